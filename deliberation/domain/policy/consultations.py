"""Who may do what with tasks, consultations and drafts."""

from deliberation.domain.acts import Act
from deliberation.domain.standing import (
    Policy,
    at_the_console,
    commission_above,
    commission_here,
    handed_down,
    lead,
    member,
    phase_open,
    published,
    staff,
    works_somewhere,
)

POLICY: Policy = {
    Act.REGISTER_TASK: [[lead], [commission_here], [at_the_console]],
    Act.READ_TASK: [
        [staff],
        [commission_here],
        [commission_above],
        [works_somewhere, handed_down],
        [at_the_console],
    ],
    Act.CHANGE_TASK: [[lead], [commission_here], [at_the_console]],
    Act.TAKE_UP_TASK: [[lead], [at_the_console]],
    Act.READ_CONSULTATION: [[published], [staff], [member], [commission_above], [at_the_console]],
    Act.READ_STAFF: [[staff], [commission_above], [at_the_console]],
    Act.READ_RESTRICTED: [[lead], [at_the_console]],
    Act.MOVE_PHASE: [[lead], [at_the_console]],
    Act.CHANGE_CONSULTATION: [[lead], [at_the_console]],
    Act.IMPORT_DRAFT: [[lead, phase_open], [commission_here, phase_open], [at_the_console, phase_open]],
    Act.CORRECT_DRAFT: [[lead], [commission_here], [at_the_console]],
    Act.PUBLISH_DRAFT: [[lead, phase_open], [commission_here, phase_open], [at_the_console, phase_open]],
    Act.DECIDE_LINK: [[lead], [commission_here], [at_the_console]],
    Act.EDIT_DRAFT: [[lead], [commission_here], [at_the_console]],
    Act.FIND_ADOPTION: [[staff], [at_the_console]],
    Act.EXPLAIN_ARTICLE: [[staff], [commission_here], [at_the_console]],
}
