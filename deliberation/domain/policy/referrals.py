"""Who may refer what is not about a draft, and see what becomes of it: the office alone."""

from deliberation.domain.acts import Act
from deliberation.domain.standing import Policy, at_the_console, phase_open, staff

POLICY: Policy = {
    Act.READ_REFERRALS: [[staff], [at_the_console]],
    Act.TAKE_UP_REFERRAL: [[staff], [at_the_console]],
    Act.REFER_REMARK: [[staff, phase_open], [at_the_console, phase_open]],
    Act.MOVE_REFERRAL: [[staff], [at_the_console]],
}
