"""疑似采纳: only what a proposal changes counts, and the words are shown where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.alignment_adoption import adoption

OLD = "电动自行车应当在指定的充电场所充电，不得在楼道充电。"
WISH = "电动自行车应当在指定的充电场所充电，不得在楼道、地下室充电。"


def marked(old: str, new: str, wording: str, quote: str = "") -> tuple[bool, list[str]]:
    found = adoption(old, new, wording, quote)
    return found.likely, [new[start:end] for start, end in found.words]


@pytest.mark.parametrize(
    ("new", "wording", "quote", "expected"),
    [
        (WISH, WISH, "", (True, ["地下室充"])),
        (OLD, WISH, "", (False, [])),
        (OLD.replace("楼道", "楼道、地下室和门厅"), "楼道、地下室", "楼道", (True, ["地下室"])),
        (OLD.replace("指定的", "符合标准的"), WISH, "", (False, [])),
        (OLD.replace("指定的", ""), "充电场所", "指定的充电场所", (True, [])),
        (OLD, OLD, "", (False, [])),
        (OLD + "业主委员会应当劝阻。", "业主委员会应当劝阻", "", (True, ["业主委员会应当劝阻"])),
    ],
    ids=[
        "taken over",
        "not taken",
        "taken in part of more",
        "another change",
        "words dropped",
        "no proposal",
        "added",
    ],
)
def test_adoption(new, wording, quote, expected):
    assert marked(OLD, new, wording, quote) == expected


def test_the_share_grows_with_what_was_taken():
    wording = OLD.replace("楼道", "楼道、地下室、门厅")
    half = adoption(OLD, OLD.replace("楼道", "楼道、地下室"), wording)
    whole = adoption(OLD, wording, wording)
    assert 0 < half.score < whole.score == 1


TEXT = st.text("甲乙丙丁戊己，。", max_size=30)


@given(TEXT, TEXT, TEXT)
def test_scores_are_shares_and_words_stand_apart_in_order(old, new, wording):
    found = adoption(old, new, wording)
    assert 0 <= found.score <= 1
    assert all(0 <= a < b <= len(new) for a, b in found.words)
    assert all(one[1] <= other[0] for one, other in zip(found.words, found.words[1:], strict=False))


@given(TEXT, TEXT)
def test_an_unchanged_text_adopted_nothing(old, wording):
    found = adoption(old, old, wording)
    assert found.score == 0
    assert not found.words
