"""The count sheet of a paper vote: nine numbers whose sums must agree, and the one that voids a round."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from deliberation.domain.errors import Refusal, _
from deliberation.domain.voting import Totals

MISSING: Mapping[str, str] = {
    "due": _("计票单缺“应到”人数；没有记录不等于零，请补填。"),
    "present": _("计票单缺“实到”人数；没有记录不等于零，请补填。"),
    "issued": _("计票单缺“发出”票数；没有记录不等于零，请补填。"),
    "collected": _("计票单缺“收回”票数；没有记录不等于零，请补填。"),
    "valid": _("计票单缺“有效”票数；没有记录不等于零，请补填。"),
    "invalid": _("计票单缺“无效”票数；没有记录不等于零，请补填。"),
    "for_": _("计票单缺“赞成”票数；没有记录不等于零，请补填。"),
    "against": _("计票单缺“反对”票数；没有记录不等于零，请补填。"),
    "abstain": _("计票单缺“弃权”票数；没有记录不等于零，请补填。"),
}


@dataclass(frozen=True, slots=True)
class PaperCount:
    """应到/实到/发出/收回/有效/无效/赞成/反对/弃权, all ≥ 0 and checked.

    More papers collected than issued makes `void` true; then the inner sums are kept as written and not checked.
    """

    due: int
    present: int
    issued: int
    collected: int
    valid: int
    invalid: int
    for_: int
    against: int
    abstain: int

    def __post_init__(self) -> None:
        if min(getattr(self, field.name) for field in fields(self)) < 0:
            raise Refusal(_("票数不能小于零，请核对。"))
        _check_issue(self)
        if not self.void:
            _check_sums(self)

    @property
    def void(self) -> bool:
        """More papers came back than were given out: the round says nothing and is held again."""
        return self.collected > self.issued

    @property
    def totals(self) -> Totals:
        """The votes of a round that stands; Refusal where it is void."""
        if self.void:
            raise Refusal(
                _("收回 %(collected)s 张多于发出 %(issued)s 张，本轮作废，请重新投票。"),
                collected=self.collected,
                issued=self.issued,
            )
        return Totals(self.for_, self.against, self.abstain, self.invalid)


def _check_issue(sheet: PaperCount) -> None:
    if sheet.present > sheet.due:
        raise Refusal(
            _("实到 %(present)s 多于应到 %(due)s，请核对签到表和名册。"), present=sheet.present, due=sheet.due
        )
    if sheet.issued > sheet.present:
        raise Refusal(
            _("发出 %(issued)s 张多于实到 %(present)s 人，请核对发票数。"),
            issued=sheet.issued,
            present=sheet.present,
        )


def _check_sums(sheet: PaperCount) -> None:
    if sheet.valid + sheet.invalid != sheet.collected:
        raise Refusal(
            _("有效 %(valid)s 加无效 %(invalid)s 不等于收回 %(collected)s，请重新清点。"),
            valid=sheet.valid,
            invalid=sheet.invalid,
            collected=sheet.collected,
        )
    if sheet.for_ + sheet.against + sheet.abstain != sheet.valid:
        raise Refusal(
            _("赞成 %(for_)s、反对 %(against)s、弃权 %(abstain)s 之和不等于有效 %(valid)s，请重新清点。"),
            for_=sheet.for_,
            against=sheet.against,
            abstain=sheet.abstain,
            valid=sheet.valid,
        )


def from_sheet(numbers: Mapping[str, int | None]) -> PaperCount:
    """A count from what was typed in; Refusal with the field where a number was left blank."""
    filled: dict[str, int] = {}
    for name, missing in MISSING.items():
        number = numbers.get(name)
        if number is None:
            raise Refusal(missing, field=name)
        filled[name] = number
    return PaperCount(**filled)
