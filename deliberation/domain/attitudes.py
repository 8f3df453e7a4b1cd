"""意见态度统计: attitudes to an article, counted as exactly as a vote and never called one.

Nobody at an outreach office decides a draft's articles, so these sentences know no majority and no outcome.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from deliberation.domain.errors import Refusal, Said, _


class Attitude(StrEnum):
    """What somebody thinks of an article."""

    SUPPORT = "support"
    AMEND = "amend"
    OPPOSE = "oppose"
    NO_VIEW = "no_view"


ATTITUDE_LABELS: Mapping[Attitude, str] = {
    Attitude.SUPPORT: _("赞成"),
    Attitude.AMEND: _("建议修改"),
    Attitude.OPPOSE: _("不赞成"),
    Attitude.NO_VIEW: _("没意见"),
}
FORBIDDEN = ("通过", "否决", "法定人数")


@dataclass(frozen=True, slots=True)
class Expressed:
    """One person's attitude to one article. A later revision replaces; `origin` is where it came from."""

    person: Hashable
    attitude: Attitude
    category: str = ""
    origin: str = ""
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Attitudes:
    """How many hold each attitude."""

    support: int = 0
    amend: int = 0
    oppose: int = 0
    no_view: int = 0

    @property
    def total(self) -> int:
        """All who said anything, 没意见 included."""
        return self.support + self.amend + self.oppose + self.no_view


@dataclass(frozen=True, slots=True)
class AttitudeCount:
    """The whole, by category, and by origin. `asked` None: nobody counted whom was asked, which is not zero."""

    whole: Attitudes
    categories: tuple[tuple[str, Attitudes], ...] = ()
    origins: tuple[tuple[str, Attitudes], ...] = ()
    asked: int | None = None

    @property
    def silent(self) -> int | None:
        """Asked and said nothing; None where it is not recorded whom was asked."""
        return None if self.asked is None else self.asked - self.whole.total

    @property
    def said(self) -> Said:
        """The count as a sentence."""
        whole = self.whole
        numbers = {name: getattr(whole, name) for name in ("support", "amend", "oppose", "no_view")}
        if self.silent is None:
            return Said(
                _("赞成%(support)s，建议修改%(amend)s，不赞成%(oppose)s，没意见%(no_view)s"), **numbers
            )
        return Said(
            _(
                "征询%(asked)s，赞成%(support)s，建议修改%(amend)s，不赞成%(oppose)s，没意见%(no_view)s，未表态%(silent)s"
            ),
            asked=self.asked,
            silent=self.silent,
            **numbers,
        )


def last_expressed(expressed: Iterable[Expressed]) -> tuple[Expressed, ...]:
    """Each person's last revision, in whatever order they come; two answers in one revision are refused."""
    seen: dict[tuple[Hashable, int], Expressed] = {}
    for row in expressed:
        if seen.setdefault((row.person, row.revision), row) != row:
            raise Refusal(_("同一个人对同一条的同一次表态出现了两个不同的答案，请核对。"))
    last = {row.person: row for row in sorted(seen.values(), key=lambda row: row.revision)}
    return tuple(last.values())


def _added(rows: Iterable[Expressed]) -> Attitudes:
    numbers = dict.fromkeys(Attitude, 0)
    for row in rows:
        numbers[row.attitude] += 1
    return Attitudes(**{attitude.value: number for attitude, number in numbers.items()})


def count_attitudes(expressed: Iterable[Expressed], *, asked: int | None = None) -> AttitudeCount:
    """Count the last revision of each person; Refusal where more answered than were asked."""
    rows = last_expressed(expressed)
    if asked is not None and len(rows) > asked:
        raise Refusal(
            _("表态 %(answered)s 人多于征询的 %(asked)s 人，请核对名单。"), answered=len(rows), asked=asked
        )
    categories = sorted({row.category for row in rows})
    origins = sorted({row.origin for row in rows})
    return AttitudeCount(
        whole=_added(rows),
        categories=tuple((name, _added(r for r in rows if r.category == name)) for name in categories),
        origins=tuple((name, _added(r for r in rows if r.origin == name)) for name in origins),
        asked=asked,
    )
