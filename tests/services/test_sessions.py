"""Sessions: a fresh token a sign-in, lasting while used and never too long; wrong passwords slow down."""

from datetime import timedelta

import pytest

from deliberation import clock
from deliberation.domain.errors import NotAllowed, Refusal
from deliberation.services import sessions
from deliberation.services.actors import Member
from deliberation.store import people
from tests import make

PASSWORD = "correct horse battery"


@pytest.fixture
def account(app):
    office = make.office()
    return make.account(office, make.person(office), "zhang")


def alive(token, **later):
    with make.later(**later):
        found = people.signed_in(sessions.digest_of(token))
        return found is not None and found.until > clock.now()


def test_every_sign_in_makes_a_new_token_and_keeps_only_its_digest(account):
    one, two = sessions.sign_in("zhang", PASSWORD), sessions.sign_in(" zhang ", PASSWORD)
    assert one != two
    assert alive(one)
    assert alive(two)
    assert all(one.encode() not in bytes(s.digest) for s in people.sessions_of(account.person_id))


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (10, 480), (11, 900), (500, 900)]
)
def test_the_wait_doubles_from_the_fifth_failure_to_a_quarter_of_an_hour(failures, seconds):
    assert sessions.wait_after(failures) == timedelta(seconds=seconds)


def test_after_five_wrong_ones_even_the_right_password_waits(account):
    for _n in range(5):
        with pytest.raises(Refusal, match="用户名或密码不对"):
            sessions.sign_in("zhang", "wrong")
    with pytest.raises(Refusal, match="分钟"):
        sessions.sign_in("zhang", PASSWORD)
    with make.later(seconds=16):
        assert sessions.sign_in("zhang", PASSWORD)
    assert people.by_login("zhang").failures == 0


def test_an_unknown_login_is_told_the_same(account):
    with pytest.raises(Refusal) as unknown:
        sessions.sign_in("nobody", PASSWORD)
    with pytest.raises(Refusal) as wrong:
        sessions.sign_in("zhang", "wrong")
    assert unknown.value.said == wrong.value.said


def test_an_unused_session_ends_after_a_third_of_the_longest(account):
    token = sessions.sign_in("zhang", PASSWORD)
    assert alive(token, hours=3.9)
    assert not alive(token, hours=4.1)


def test_a_used_session_lasts_on_but_never_beyond_the_longest(account):
    token = sessions.sign_in("zhang", PASSWORD)
    member = Member(account.person)
    for hour in (3, 6, 9, 11.5):
        with make.later(hours=hour):
            assert sessions.prolong(member, token) is not None
    assert alive(token, hours=11.9)
    assert not alive(token, hours=12.1)
    with make.later(hours=12.1):
        assert sessions.prolong(member, token) is None


def test_signing_out_ends_it(account):
    token = sessions.sign_in("zhang", PASSWORD)
    sessions.sign_out(Member(account.person), token)
    assert not alive(token)
    assert sessions.prolong(Member(account.person), token) is None


def test_another_password_ends_every_session(account):
    tokens = [sessions.sign_in("zhang", PASSWORD) for _n in range(2)]
    sessions.set_password(Member(account.person), account, "a new sentence", old=PASSWORD)
    assert not any(alive(token) for token in tokens)
    assert sessions.sign_in("zhang", "a new sentence")


def test_the_old_password_guards_the_new_one_and_is_not_guessed_at_will(account):
    for _n in range(5):
        with pytest.raises(Refusal) as caught:
            sessions.set_password(Member(account.person), account, "a new sentence", old="guess")
        assert caught.value.field == "old"
    with pytest.raises(Refusal, match="分钟"):
        sessions.set_password(Member(account.person), account, "a new sentence", old=PASSWORD)


def test_nobody_changes_anothers_password(account):
    office = make.office()
    other = Member(make.person(office))
    with pytest.raises(NotAllowed):
        sessions.set_password(other, account, "a new sentence", old=PASSWORD)


@pytest.mark.parametrize("weak", ["", "short", "aaaaaaaaaaaaaa", "1212121212", "长" * 9, "x" * 2000])
def test_weak_passwords_are_refused(account, weak):
    with pytest.raises(Refusal) as caught:
        sessions.set_password(make.OPERATOR, account, weak)
    assert caught.value.field == "new"
    assert sessions.sign_in("zhang", PASSWORD)
