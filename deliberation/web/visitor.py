"""Who is looking: the person behind the cookie, read once a request, and the choices a browser keeps."""

from dataclasses import dataclass

from flask import current_app, g, request, session

from deliberation import clock
from deliberation.domain.roles import STAFF, Role
from deliberation.services.actors import GUEST, Actor, Member
from deliberation.services.sessions import digest_of
from deliberation.store import people


@dataclass(frozen=True)
class Looks:
    """What the masthead shows of the visitor."""

    known: bool
    name: str
    number: int = 0


def visitor() -> Actor:
    """The person signed in, or a guest."""
    if "visitor" not in g:
        g.visitor = _find()
    return g.visitor


def _find() -> Actor:
    token = session.get("token")
    if not token:
        return GUEST
    found = people.signed_in(digest_of(token))
    if found is None or found.until <= clock.now():
        session.pop("token", None)
        return GUEST
    return Member(found.person)


def held() -> list[tuple[int, int | None, str]]:
    """The visitor's roles now, asked once a request."""
    if "held" not in g:
        person = visitor().person
        g.held, g.duties = people.roles_and_duties(person.id) if person else ([], [])
    return g.held


def duties() -> list[str]:
    """The visitor's duties in the installation, asked with the roles."""
    held()
    return g.duties


def offices_as(roles: frozenset[Role] = STAFF | {Role.COMMISSION}) -> list[int]:
    """The offices in which the visitor holds one of these roles, in the order they were given."""
    return list(dict.fromkeys(office for office, _, role in held() if Role(role) in roles))


def looks() -> Looks:
    """For the masthead."""
    person = visitor().person
    return Looks(person is not None, person.name if person else "", person.id if person else 0)


def is_loopback() -> bool:
    """Whether the request came to and from this machine."""
    host = request.host.rsplit(":", 1)[0].strip("[]")
    return (
        request.remote_addr in {"127.0.0.1", "::1"}
        and host in {"127.0.0.1", "localhost", "::1"}
        and not current_app.config["PROXIES"]
    )
