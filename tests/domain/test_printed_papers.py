"""Words for paper: what a screen draws is not printed as signs."""

import pytest

from deliberation.domain.printed_papers import unmarked


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("一般走**三百米以内**。", "一般走三百米以内。"),
        ("## 题\n\n- 一\n- 二", "题\n一\n二"),
        ("见[办法](https://a.example/x)，*要紧*。", "见办法，要紧。"),
        ("`码`__重__", "码重"),
        ("2*3*4 米", "2*3*4 米"),
        ("1. 先问邻居", "1. 先问邻居"),
        ("", ""),
    ],
)
def test_markdown_becomes_words(markdown, words):
    assert unmarked(markdown) == words
