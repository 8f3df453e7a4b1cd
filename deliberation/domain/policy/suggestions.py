"""Who may consolidate and export."""

from deliberation.domain.acts import Act
from deliberation.domain.standing import Policy, at_the_console, commission_above, lead, phase_open, staff

BENCH = (
    Act.MAKE_SUGGESTION, Act.REWORD_SUGGESTION, Act.MERGE_REMARKS, Act.UNMERGE_REMARK, Act.ORDER_SUGGESTIONS,
    Act.DROP_SUGGESTION, Act.SPLIT_REMARK, Act.SET_APART, Act.UNDO_STEP,
)  # fmt: skip
POLICY: Policy = {
    **{act: [[staff, phase_open], [at_the_console, phase_open]] for act in BENCH},
    Act.BUILD_DOSSIER: [[staff], [commission_above], [at_the_console]],
    Act.SEAL_DOSSIER: [[lead, phase_open], [at_the_console, phase_open]],
    Act.ARRANGE_REPORT: [[staff], [at_the_console]],
    Act.KEEP_TEMPLATE: [[staff], [at_the_console]],
}
