"""Who may bring a report up, approve it, review it."""

from deliberation.domain.acts import Act
from deliberation.domain.standing import (
    Policy,
    at_the_console,
    commission_above,
    lead,
    member,
    responsible,
    staff,
)

POLICY: Policy = {
    Act.MOVE_REPORT: [[lead], [at_the_console]],
    Act.APPROVE_REPORT: [[responsible]],
    Act.REVIEW_REPORT: [[member], [staff]],
    # leaders may have sent the edition with names
    Act.READ_SENT: [[lead], [commission_above], [at_the_console]],
}
