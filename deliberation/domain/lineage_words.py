"""How a provision of an earlier version stands in a later one, in words people read: 原第十二条，现第十五条，有改动."""

from deliberation.domain.errors import Said, _
from deliberation.domain.place_words import Cited, cited

STAGES = (_("征求意见稿"), _("一审稿"), _("二审稿"), _("三审稿"), _("公布文本"))
PROMULGATED = "公布文本"
CHANGES = {
    "same": (_("文字未变"), "＝", ""),
    "renumbered": (_("仅改号"), "#", ""),
    "reworded": (_("有修改"), "△", "ochre"),
    "moved": (_("移动"), "⇄", "indigo"),
    "split": (_("拆分"), "⑂", "indigo"),
    "merged": (_("合并"), "∪", "indigo"),
    "deleted": (_("删去"), "－", ""),
    "new": (_("新增"), "＋", "pine"),
}


def is_promulgated(stage: str) -> bool:
    """Whether a stage label says that this is the text that came out."""
    return stage.strip().startswith("公布") or stage.strip() in {"通过稿", "正式文本"}


def version_name(serial: int, stage: str) -> Said:
    """征求意见稿, or 第1稿 where no stage was written."""
    stage = stage.strip()
    if stage in STAGES:
        return Said(stage)
    return Said("%(stage)s", stage=stage) if stage else Said(_("第%(serial)s稿"), serial=serial)


def was_and_is(was: str, now: str, *, changed: bool, exact: bool, sure: bool) -> Said:
    """Where something said of `was` stands now; `now` "" where it stands nowhere. Both are eids."""
    places = {"was": Cited(cited(was)), "now": Cited(cited(now))}
    if not now:
        return Said(_("原%(was)s，已删去") if sure else _("原%(was)s，去向还没有核对"), was=places["was"])
    if not exact:
        return Said(_("原%(was)s，原句已不在，列在现%(now)s"), **places)
    if was == now:
        return Said(
            _("原%(was)s，条号未变，有改动") if changed else _("原%(was)s，条号和文字未变"), was=places["was"]
        )
    return Said(
        _("原%(was)s，现%(now)s，有改动") if changed else _("原%(was)s，现%(now)s，文字未变"), **places
    )
