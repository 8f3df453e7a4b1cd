"""Who may do what with remarks."""

from deliberation.domain.acts import Act
from deliberation.domain.standing import (
    Policy,
    anyone,
    at_the_console,
    author,
    clerk,
    commission_above,
    guests_welcome,
    member,
    panel_shares,
    phase_open,
    published,
    released,
    staff,
)

POLICY: Policy = {
    Act.MAKE_REMARK: [[published, guests_welcome, phase_open], [member, phase_open], [staff, phase_open]],
    Act.REPLACE_REMARK: [[author, phase_open]],
    Act.WITHDRAW_REMARK: [[author, phase_open]],
    Act.READ_REMARK: [[author], [staff], [commission_above], [released, published], [released, member], [panel_shares, member], [at_the_console]],
    Act.RECORD_REMARK: [[clerk, phase_open], [at_the_console, phase_open]],
    Act.IMPORT_REMARKS: [[clerk, phase_open], [at_the_console, phase_open]],
    Act.RELEASE_REMARK: [[staff], [at_the_console]],
    Act.SETTLE_REMARK: [[staff, phase_open], [at_the_console, phase_open]],
    Act.ASK_QUESTION: [[staff, phase_open], [at_the_console, phase_open]],
    Act.FIND_RECEIPT: [[anyone]],
}  # fmt: skip
