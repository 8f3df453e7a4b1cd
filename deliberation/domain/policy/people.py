"""Who may do what with persons, roles, offices."""

from deliberation.domain.acts import Act
from deliberation.domain.standing import (
    Policy,
    anyone,
    at_the_console,
    audit_admin,
    commission_above,
    commission_here,
    lead,
    own_account,
    sample,
    security_admin,
    signed_in,
    staff,
    system_admin,
)

POLICY: Policy = {
    Act.VISIT: [[anyone]],
    Act.SIGN_IN: [[anyone]],
    Act.SIGN_OUT: [[signed_in]],
    Act.ANSWER_INVITATION: [[anyone]],
    Act.CHANGE_PASSWORD: [[own_account], [at_the_console]],
    Act.READ_OFFICE: [
        [staff],
        [commission_here],
        [commission_above],
        [system_admin],
        [security_admin],
        [at_the_console],
    ],
    Act.ADD_PERSON: [[staff], [commission_here], [system_admin], [at_the_console]],
    Act.IMPORT_PEOPLE: [[staff], [commission_here], [at_the_console]],
    Act.INVITE: [[lead], [commission_here], [system_admin], [at_the_console]],
    Act.GIVE_ROLE: [[lead], [commission_here], [security_admin], [at_the_console]],
    Act.END_ROLE: [[lead], [commission_here], [security_admin], [at_the_console]],
    Act.OPEN_OFFICE: [[system_admin], [at_the_console]],
    Act.CHANGE_OFFICE: [[lead], [commission_here], [system_admin], [at_the_console]],
    Act.GIVE_DUTY: [[at_the_console]],
    Act.READ_LOG: [[lead], [commission_above], [audit_admin], [at_the_console]],
    Act.INSTALL: [[at_the_console]],
    Act.SEED_SAMPLE: [[at_the_console]],
    Act.ENTER_SAMPLE: [[sample]],
    Act.SEARCH: [[anyone]],
    Act.SEE_OWN: [[signed_in]],
}
