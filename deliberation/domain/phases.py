"""Phases of a consultation, as data: each says which acts it opens and what may follow."""

from dataclasses import dataclass, field

from deliberation.domain.acts import Act
from deliberation.domain.errors import _

HALL = frozenset({
    Act.CALL_MEETING, Act.CHANGE_MEETING, Act.OPEN_MEETING, Act.SIGN_ATTENDANCE, Act.RECORD_LINE, Act.MEND_LINE,
    Act.CHECK_LINES, Act.END_MEETING, Act.WRITE_MINUTES,
})  # fmt: skip
BALLOT = frozenset({
    Act.CALL_VOTE, Act.OPEN_VOTE, Act.CAST_BALLOT, Act.RECORD_BALLOT, Act.RECORD_HANDS, Act.RECORD_COUNT,
    Act.CLOSE_VOTE, Act.VOTE_OF_HANDS,
    Act.CONFIRM_VOTE, Act.CANCEL_VOTE,
})  # fmt: skip
BENCH = frozenset({
    Act.MAKE_SUGGESTION, Act.REWORD_SUGGESTION, Act.MERGE_REMARKS, Act.UNMERGE_REMARK, Act.ORDER_SUGGESTIONS,
    Act.DROP_SUGGESTION, Act.SETTLE_REMARK, Act.REFER_REMARK, Act.SPLIT_REMARK, Act.SET_APART, Act.UNDO_STEP,
})  # fmt: skip
INTAKE = frozenset({Act.RECORD_REMARK, Act.IMPORT_REMARKS})
ANSWER = frozenset({Act.MAKE_REMARK, Act.REPLACE_REMARK, Act.WITHDRAW_REMARK})


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of a consultation. Acts that are in no phase's `opens` do not depend on phases."""

    code: str
    name: str
    opens: frozenset[Act] = field(default=frozenset())
    then: tuple[str, ...] = ()


PHASES: dict[str, Phase] = {
    phase.code: phase
    for phase in (
        Phase("preparing", _("准备"), frozenset({Act.IMPORT_DRAFT, Act.PUBLISH_DRAFT, Act.ASK_QUESTION, Act.CALL_MEETING, Act.CHANGE_MEETING}), ("collecting",)),
        Phase("collecting", _("征集意见"), ANSWER | INTAKE | HALL | BALLOT | BENCH | {Act.IMPORT_DRAFT, Act.PUBLISH_DRAFT, Act.ASK_QUESTION}, ("consolidating",)),
        Phase("consolidating", _("整理归并"), ANSWER | INTAKE | HALL | BALLOT | BENCH | {Act.SEAL_DOSSIER}, ("collecting", "reported")),
        Phase("reported", _("已上报，研究中"), frozenset({Act.SEAL_DOSSIER}), ("consolidating", "archived")),
        Phase("archived", _("已归档")),
    )
}  # fmt: skip
PHASED: frozenset[Act] = frozenset().union(*(phase.opens for phase in PHASES.values()))
# The public may write only while remarks are collected; afterwards the door keeps what arrives apart, marked late.
