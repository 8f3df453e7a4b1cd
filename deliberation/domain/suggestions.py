"""What a suggestion says and where it stands, as values; how a remark stands behind it."""

from dataclasses import dataclass

from deliberation.domain.dossier_words import SUGGESTION_KINDS as KINDS
from deliberation.domain.errors import Refusal, _
from deliberation.domain.verbatim import verbatim

__all__ = ["BOXES", "KINDS", "RELATIONS", "SPOTS", "Proposal", "Spot", "spot_of", "spot_word"]
SPOTS = ("whole", "title", "article", "paragraph", "after")
RELATIONS = {
    "same": _("同样的话"),
    "alike": _("意思相同，说法不同"),
    "part": _("部分相同"),
    "minority": _("不同意见，并列上报"),
}
TITLE = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggestion as it is typed: kind, title, proposed wording, reasons, legal basis, what those who differ say."""

    title: str
    kind: str = "wording"
    wording: str = ""
    reasons: str = ""
    basis: str = ""
    dissent: str = ""

    def checked(self, limit: int = 10_000) -> "Proposal":
        """The same with line ends of one kind; a Refusal at the field that will not do."""
        if self.kind not in KINDS:
            raise Refusal(_("请选择建议的类型。"), field="kind")
        title = " ".join(verbatim(self.title, field="title", limit=limit).split())
        if not title:
            raise Refusal(_("请用一句话写明建议，例如“把服务半径改为二百米”。"), field="title")
        if len(title) > TITLE:
            raise Refusal(
                _("这句话有 %(n)s 个字，请不超过 %(most)s 个字；细节写在理由里。"),
                n=len(title), most=TITLE, field="title",
            )  # fmt: skip
        rest = {n: verbatim(getattr(self, n), field=n, limit=limit).strip() for n in BOXES}
        if self.kind == "addition" and not rest["wording"]:
            raise Refusal(_("建议新增的，请写出增加的文字。"), field="wording")
        return Proposal(title, self.kind, **rest)


BOXES = ("wording", "reasons", "basis", "dissent")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a suggestion stands: whole, title, an article, a 款 or below, or after an article. `eid` "" for whole and title."""

    place: str = "whole"
    eid: str = ""

    def checked(self) -> "Spot":
        """The same, or a Refusal."""
        if self.place not in SPOTS:
            raise Refusal(_("请选择建议针对哪里。"), field="eid")
        if self.place in {"whole", "title"}:
            return Spot(self.place)
        if not self.eid:
            raise Refusal(_("请选择建议针对哪里。"), field="eid")
        return self


def spot_of(word: str) -> Spot:
    """The place a select box names: whole, title, after:art_3, art_3, art_3__para_2."""
    if word in {"", "whole", "title"}:
        return Spot(word or "whole")
    kind, colon, eid = word.partition(":")
    if colon:
        return Spot(kind, eid)
    return Spot("paragraph" if "__" in word else "article", word)


def spot_word(spot: Spot) -> str:
    """The other way."""
    if spot.place in {"whole", "title"}:
        return spot.place
    return f"after:{spot.eid}" if spot.place == "after" else spot.eid
