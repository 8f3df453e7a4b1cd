"""What a remark says and how it came in, as values; the codes of the exchange format and their Chinese names."""

from dataclasses import dataclass
from datetime import datetime

from deliberation.domain.errors import Refusal, _
from deliberation.domain.verbatim import verbatim

ATTITUDES = {"support": _("赞成"), "amend": _("建议修改"), "oppose": _("不赞成"), "no_view": _("没意见")}
CHANNELS = {
    "online": _("网上"),
    "meeting": _("会议发言"),
    "visit": _("入户走访"),
    "paper": _("纸质意见表"),
    "box": _("意见箱"),
    "hotline": _("热线电话"),
    "chat": _("微信群"),
    "questionnaire": _("问卷"),
    "other_system": _("其他系统"),
}
PLACES = {
    "whole": _("总体意见"),
    "title": _("标题"),
    "article": _("条文"),
    "paragraph": _("条款"),
    "quote": _("具体字句"),
    "after": _("建议增加一条"),
}
ENDINGS = {
    "annex": _("原文照附"),
    "unrelated": _("与草案无关"),
    "referred": _("转有关部门"),
}


@dataclass(frozen=True)
class Words:
    """One remark as typed. `eid` is where it stands ("" for the whole); `key` is made by the client, for exactly-once.

    `seen`: the beginning of the digest of the version that was on the page, where that is known.
    """

    key: str
    text: str
    attitude: str = "no_view"
    place: str = "article"
    eid: str = ""
    quote: str = ""
    wording: str = ""
    reason: str = ""
    seen: str = ""

    def checked(self, limit: int = 10_000) -> "Words":
        """The same, verbatim (line ends only) and within limits; else a Refusal at its field."""
        if self.attitude not in ATTITUDES:
            raise Refusal(_("请选择一种态度。"), field="attitude")
        if self.place not in PLACES:
            raise Refusal(_("请选择意见针对哪里。"), field="eid")
        if not 8 <= len(self.key) <= 80:
            raise Refusal(_("页面缺少提交编号，请刷新页面后再提交。"), field="key")
        fields = {
            n: verbatim(getattr(self, n), field=n, limit=limit)
            for n in ("text", "quote", "wording", "reason")
        }
        if not fields["text"].strip() and not fields["wording"].strip() and self.attitude == "no_view":
            raise Refusal(_("请写下您的意见。哪怕一句话也行。"), field="text")
        place = self.place_meant()
        if place == self.place and all(getattr(self, name) == kept for name, kept in fields.items()):
            return self
        return Words(self.key, attitude=self.attitude, place=place, eid=self.eid, seen=self.seen, **fields)

    def place_meant(self) -> str:
        """The place that goes with the address: none is the whole, `title` the title, whatever kind was sent along."""
        if self.eid == "title" or self.place == "title":
            return "title"
        if not self.eid:
            return "after" if self.place == "after" else "whole"
        return "article" if self.place == "whole" else self.place


@dataclass(frozen=True)
class Origin:
    """How a remark came in when somebody else typed it: channel, who said it, when it reached the office.

    `private`: its author does not want it shown to others; it is never released.
    """

    channel: str = "online"
    said_by: str = ""
    contact: str = ""
    category: str = ""
    source: str = ""
    received_at: datetime | None = None
    author_id: int | None = None
    meeting_id: int | None = None
    show_name: bool = False
    private: bool = False
