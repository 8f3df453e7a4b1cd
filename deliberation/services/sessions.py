"""Signing in and out; back-off after wrong passwords; a cookie's token is kept only as a digest."""

from datetime import datetime, timedelta

from flask import current_app

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.keys.passwords import LONGEST, check_password, hash_password, needs_rehash
from deliberation.keys.tokens import new_token, token_digest
from deliberation.services.actors import GUEST, Actor, Member
from deliberation.services.acts import act
from deliberation.store import people
from deliberation.store.db import db
from deliberation.store.people import Account, Person, SignIn

FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)


def key() -> bytes:
    """The key of stored digests."""
    return bytes.fromhex(current_app.config["RECEIPT_KEY"])


def digest_of(token: str) -> bytes:
    """What is stored of a token."""
    return token_digest(token, key())


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many wrong passwords in a row: nothing for five, then doubling from 15 s to 15 min."""
    if failures < FREE_TRIES:
        return timedelta()
    return min(timedelta(seconds=15 * 2 ** min(failures - FREE_TRIES, 10)), LONGEST_WAIT)


def longest() -> timedelta:
    """A session ends so long after its sign-in, used or not (the setting session_hours)."""
    return timedelta(hours=current_app.config["SESSION_HOURS"])


def idle() -> timedelta:
    """Unused for so long, it ends earlier: a third of the longest."""
    return longest() / 3


def ends(signed_in: datetime, used: datetime) -> datetime:
    """When a session ends that began and was last used at these instants."""
    return min(used + idle(), signed_in + longest())


def sign_in(login: str, password: str) -> str:
    """Check login and password; returns the new cookie token. Wrong ones are counted and slow down."""
    account = people.by_login(login.strip())
    if account is not None:
        _patient(account)
    stored = account.password_hash if account else None
    if not check_password(stored, password):
        if account is not None:
            _count_failure(account)
        raise Refusal(_("用户名或密码不对，请核对后再输一次。"), field="password")
    assert account is not None
    return admit(account.person, password=password)


def _patient(account: Account) -> None:
    if account.wait_until is not None and account.wait_until > clock.now():
        raise Refusal(_("输错次数多了，请过 %(minutes)s 分钟再试，或请联络员重设密码。"),
                      minutes=_minutes(account), field="password")  # fmt: skip


def _minutes(account: Account) -> int:
    assert account.wait_until is not None
    return max(1, -(-int((account.wait_until - clock.now()).total_seconds()) // 60))


def _count_failure(account: Account) -> None:
    with act(GUEST, Act.SIGN_IN) as record:
        db.session.refresh(account)
        account.failures += 1
        account.wait_until = record.at + wait_after(account.failures)
        record.note(person=account.person_id, failed=account.failures)


def admit(person: Person, *, password: str | None = None) -> str:
    """Open a new session for a person and return its token; old sessions of the browser are not reused."""
    token = new_token()
    with act(GUEST, Act.SIGN_IN) as record:
        account = db.session.get(Account, person.id)
        if account is not None:
            if password is not None:
                _patient(account)  # tries in parallel passed the first look together
            account.failures, account.wait_until = 0, None
            if password is not None and needs_rehash(account.password_hash):
                account.password_hash = hash_password(password)
        db.session.add(
            SignIn(
                person_id=person.id, digest=digest_of(token), at=record.at, until=ends(record.at, record.at)
            )
        )
        record.note(person=person.id)
    return token


def prolong(actor: Actor, token: str) -> datetime | None:
    """A session in use lasts on, never beyond its longest; returns when it now ends, or None where it has ended."""
    with act(actor, Act.SIGN_IN) as record:
        found = people.signed_in(digest_of(token))
        if found is None or found.until <= record.at:
            record.nothing()
            return None
        found.until = ends(found.at, record.at)
        until = found.until
        record.no_leaf_of_its_own()
    return until


def sign_out(actor: Actor, token: str) -> None:
    """End this session; its token opens nothing afterwards."""
    found = people.signed_in(digest_of(token))
    if found is None:
        return
    with act(actor, Act.SIGN_OUT) as record:
        db.session.refresh(found)
        found.ended_at = record.at
        record.note(person=found.person_id)


def set_password(actor: Actor, account: Account, new: str, *, old: str | None = None) -> None:
    """Change a password; a person gives the old one, the operator need not. Every session ends, this one too."""
    strong(new)
    if isinstance(actor, Member):
        _patient(account)
        if not check_password(account.password_hash, old or ""):
            _count_failure(account)
            raise Refusal(_("原密码不对，请再输一次。"), field="old")
    digest = hash_password(new)
    with act(actor, Act.CHANGE_PASSWORD, on=account) as record:
        change_password(account, digest, record.at)
        record.note(person=account.person_id)


def change_password(account: Account, digest: str, at: datetime) -> None:
    """Inside an act: another password, no more waiting, every session of the person ended."""
    account.password_hash, account.must_change, account.changed_at = digest, False, at
    account.failures, account.wait_until = 0, None
    for each in people.sessions_of(account.person_id):
        each.ended_at = at


def strong(password: str) -> None:
    """Refuse a password that is too short, too long or of too few different signs."""
    if len(password) < 10:
        raise Refusal(_("密码太短，请至少用 10 个字符，可以是一句话。"), field="new")
    if len(password) > LONGEST:
        raise Refusal(_("密码太长，请不超过 %(most)s 个字符。"), most=LONGEST, field="new")
    if len(set(password)) < 5:
        raise Refusal(_("密码太简单，请换一个不容易猜的。"), field="new")
