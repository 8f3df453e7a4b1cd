"""Who may prepare meetings: the plan, replies, the working calendar, procedures, templates, series."""

from deliberation.domain.acts import Act
from deliberation.domain.standing import (
    Policy,
    at_the_console,
    clerk,
    commission_here,
    lead,
    system_admin,
)

POLICY: Policy = {
    Act.PLAN_STEPS: [[clerk], [at_the_console]],
    Act.NOTE_REPLY: [[clerk], [at_the_console]],
    Act.KEEP_LETTER: [[lead], [at_the_console]],
    Act.CHANGE_CALENDAR: [[lead], [commission_here], [system_admin], [at_the_console]],
    Act.CHANGE_PROCEDURE: [[lead], [commission_here], [at_the_console]],
    Act.CHANGE_TEMPLATE: [[lead], [commission_here], [at_the_console]],
    Act.CHANGE_SERIES: [[clerk], [at_the_console]],
}
