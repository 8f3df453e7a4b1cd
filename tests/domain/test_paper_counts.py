"""The count sheet: sums that must agree, and the round that is void."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.errors import Refusal
from deliberation.domain.paper_counts import MISSING, PaperCount, from_sheet

SHEET = {
    "due": 61, "present": 45, "issued": 45, "collected": 44, "valid": 42, "invalid": 2, "for_": 24, "against": 15, "abstain": 3,
}  # fmt: skip


def test_a_sheet_that_adds_up():
    sheet = from_sheet(SHEET)
    assert not sheet.void
    assert (sheet.totals.for_, sheet.totals.cast) == (24, 44)


@pytest.mark.parametrize("name", SHEET)
def test_any_single_wrong_number_is_seen(name):
    """Every number is bound to another by a sum, but the heads and the papers out only by an upper bound."""
    with pytest.raises(Refusal):
        from_sheet({**SHEET, name: SHEET[name] - 50})
    if name in ("valid", "invalid", "for_", "against", "abstain", "collected"):
        with pytest.raises(Refusal):
            from_sheet({**SHEET, name: SHEET[name] + 1})


@pytest.mark.parametrize("name", SHEET)
def test_not_recorded_is_not_zero(name):
    with pytest.raises(Refusal, match="没有记录不等于零") as refused:
        from_sheet({**SHEET, name: None})
    assert refused.value.field == name
    with pytest.raises(Refusal):
        from_sheet({key: number for key, number in SHEET.items() if key != name})


def test_more_back_than_out_voids_the_round():
    sheet = from_sheet({**SHEET, "collected": 46, "valid": 44})
    assert sheet.void
    with pytest.raises(Refusal, match="收回 46 张多于发出 45 张，本轮作废"):
        _ = sheet.totals


@pytest.mark.parametrize("wrong", [{"present": 62}, {"issued": 46}])
def test_more_in_the_hall_than_can_be(wrong):
    with pytest.raises(Refusal):
        from_sheet({**SHEET, **wrong})


@given(st.fixed_dictionaries({name: st.integers(-1, 4) for name in MISSING}))
def test_a_sheet_stands_exactly_when_its_sums_agree(numbers):
    n = numbers
    heads = min(n.values()) >= 0 and n["issued"] <= n["present"] <= n["due"]
    sums = (
        n["valid"] + n["invalid"] == n["collected"] and n["for_"] + n["against"] + n["abstain"] == n["valid"]
    )
    void = n["collected"] > n["issued"]
    try:
        sheet = PaperCount(**numbers)
    except Refusal:
        assert not (heads and (void or sums))
    else:
        assert heads
        assert sheet.void == void
        assert void or sums
