"""Receipt codes: every slip of the ear or the finger is heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.errors import Refusal
from deliberation.domain.receipts import complete, grouped, is_sound, tidy

BODIES = st.integers(0, 10**10 - 1).map(lambda n: f"{n:010d}")


@given(BODIES)
def test_every_single_error_and_every_swap_is_found(body):
    code = complete(body)
    assert len(code) == 12
    assert is_sound(code)
    for at in range(12):
        for digit in "0123456789":
            wrong = code[:at] + digit + code[at + 1 :]
            assert is_sound(wrong) is (wrong == code)
    for step in (1, 2):
        for at in range(12 - step):
            swapped = list(code)
            swapped[at], swapped[at + step] = swapped[at + step], swapped[at]
            assert is_sound("".join(swapped)) is ("".join(swapped) == code)
    for at in range(11):
        if code[at] == code[at + 1]:
            for digit in set("0123456789") - {code[at]}:
                assert not is_sound(code[:at] + digit * 2 + code[at + 2 :])


@given(BODIES, st.sampled_from([" ", "-", "－", "　", " - ", "", "—", "."]))
def test_as_people_type_it(body, between):
    code = complete(body)
    full = code.translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert tidy(between.join([code[:4], code[4:8], code[8:]])) == code
    assert tidy(f"  {between.join(full)}\n") == code
    assert tidy(grouped(code)) == code
    assert grouped(code)[4::5] == "  "


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1234", "4 位"),
        ("", "只有数字"),
        ("1234 5678 901X", "只有数字"),
        ("二〇二六", "只有数字"),
        ("²²²²²²²²²²²²", "记错"),
        ("1234 5678 9012 3", "13 位"),
    ],
)
def test_refused_with_the_reason(typed, says):
    with pytest.raises(Refusal, match=says) as refused:
        tidy(typed)
    assert refused.value.field == "code"
    assert refused.value.status == 422


def test_a_wrong_digit_says_so():
    code = complete("0123456789")
    with pytest.raises(Refusal, match="记错"):
        tidy(code[:-1] + str((int(code[-1]) + 1) % 10))


@pytest.mark.parametrize("body", ["123456789", "12345678901", "12345678９0", "abcdefghij"])
def test_only_ten_plain_digits_are_completed(body):
    with pytest.raises(ValueError, match="ten digits"):
        complete(body)


def test_other_digits_are_not_sound():
    assert not is_sound("１" * 12)
    assert not is_sound("٣" * 12)
