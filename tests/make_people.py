"""Staff and their browsers in one line, for the pages of people, tasks and drafts."""

from deliberation.domain.roles import Role
from deliberation.services import people
from deliberation.services.actors import Member
from tests import make
from tests.web.browsing import Browser


def staff(app, office, role=Role.LIAISON, lang="zh"):
    """A browser signed in as somebody who holds a role in an office."""
    somebody = make.person(office, role=role)
    account = make.account(office, somebody)
    return Browser(app, lang).sign_in(account.login)


def admin(app, office, duty, lang="zh"):
    """A browser signed in as an administrator of the installation who holds no role that leads anything."""
    somebody = make.person(office)
    account = make.account(office, somebody)
    people.give_duty(make.OPERATOR, somebody, duty)
    return Browser(app, lang).sign_in(account.login)


def names(office):
    """The names on an office's list, in order."""
    from deliberation.store import people as rows

    return [m.person.name for m in rows.members(office.id)]


def lead(office):
    """Somebody who leads an office, as an actor."""
    return Member(make.person(office, role=Role.LIAISON))
