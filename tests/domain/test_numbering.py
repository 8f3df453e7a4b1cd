"""Chinese numerals both ways, and the numbers of articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain import numbering


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (100, "一百"), (101, "一百零一"), (110, "一百一十"),
        (111, "一百一十一"), (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"), (1100, "一千一百"),
        (1260, "一千二百六十"), (2026, "二千零二十六"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_written_as_laws_write(number, written):
    assert numbering.to_chinese(number) == written
    assert numbering.from_chinese(written) == number


@given(st.integers(1, 9999))
def test_both_ways(number):
    assert numbering.from_chinese(numbering.to_chinese(number)) == number
    assert numbering.from_chinese(str(number)) == number
    assert numbering.value(numbering.label(str(number))) == str(number)


def test_every_numeral_is_its_own():
    assert len({numbering.to_chinese(n) for n in range(1, 10_000)}) == 9_999


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("１２", 12), ("廿三", 23), ("卅", 30), ("一百〇一", 101), ("二〇二六", 2026), ("两百", 200), ("一十", 10),
        ("一百二", 120), ("一百零二", 102), ("一千二百六", 1260), ("十 二", 12), ("一○五", 105),
    ],
)  # fmt: skip
def test_read_besides(written, number):
    assert numbering.from_chinese(written) == number


@pytest.mark.parametrize("written", ["", "甲", "第十", "一二x", "12条"])
def test_no_number(written):
    with pytest.raises(ValueError):
        numbering.from_chinese(written)


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_out_of_range(number):
    with pytest.raises(ValueError):
        numbering.to_chinese(number)


@pytest.mark.parametrize(
    ("written", "n"),
    [
        ("第十二条", "12"), ("第１２条", "12"), ("第十七条之一", "17-1"), ("第 十七 条 之 二", "17-2"), ("（三）", "3"),
        ("(3)", "3"), ("一、", "1"), ("2.", "2"), ("附件", None), ("第三章", "3"),
    ],
)  # fmt: skip
def test_labels(written, n):
    assert numbering.value(written) == n


@given(st.integers(1, 9999), st.integers(1, 99))
def test_labels_both_ways(first, after):
    assert numbering.value(numbering.label(f"{first}-{after}")) == f"{first}-{after}"


def test_order():
    assert sorted(["18", "17-2", "17", "17-1", "2"], key=numbering.order) == ["2", "17", "17-1", "17-2", "18"]
