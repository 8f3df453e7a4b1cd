"""多数, 一致, 普遍 in an editor's words are held against the counts; other uses of these characters are left alone."""

import pytest

from deliberation.domain.dossier import Backing
from deliberation.domain.quantity_words import claims, unsupported


def backing(n, base=None, opposed=0):
    return Backing(remarks=n, base=base, opposed=opposed, categories=(), channels=())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("多数居民认为太远", [("多数", "most")]),
        ("绝大多数意见要求降低", [("绝大多数", "nearly")]),
        ("大部分业主赞成；大多数骑手反对", [("大部分", "most"), ("大多数", "most")]),
        ("群众普遍反映噪声大", [("普遍", "nearly")]),
        ("与会人员一致认为应当删除", [("一致认为", "all")]),
        ("大家都说路太窄", [("大家都", "all")]),
        ("有的居民提出", []),
        ("与上位法的规定一致", []),
        ("应当和消防法第二十八条保持一致，前后表述不一致", []),
        ("少数服从多数", []),
        ("多数情况下车棚离得不远", []),
        ("业主过半数同意", []),
    ],
)
def test_great_words_are_found_and_others_left_alone(text, expected):
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "behind", "warned"),
    [
        ("多数意见", backing(0, 9), True),
        ("多数意见", backing(4, 9), True),
        ("多数意见", backing(5, 9), False),
        ("多数意见", backing(3, 4), True),  # too few for any great word
        ("多数意见", backing(9), True),  # nobody counted the place
        ("一致认为", backing(8, 9, 1), True),
        ("一致认为", backing(9, 9), False),
        ("普遍要求", backing(6, 9), True),
        ("普遍要求", backing(7, 9), False),
        ("建议降低", backing(0), False),
    ],
)
def test_a_word_is_warned_of_unless_the_counts_bear_it_out(text, behind, warned):
    assert bool(unsupported(text, behind)) is warned


def test_the_warning_says_the_word_and_the_counts():
    (said,) = unsupported("绝大多数居民", backing(3, 17))
    assert (
        str(said) == "写了“绝大多数”，可是本条 17 条意见里归入的只有 3 条。请改用数字，或者先归入相应的意见。"
    )
