"""Words that turn the direction of writing turn nothing beside themselves."""

from dataclasses import replace

import pytest

from deliberation.domain.bidi import enclosed, turned
from deliberation.domain.dossier_words import chinese, speak
from deliberation.domain.report import closed, quoted, report
from tests.formats.sample_dossier import dossier, suggestion


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("没有", "没有"),
        ("a\u202eb", "a\u202eb\u202c"),
        ("a\u202eb\u202c", "a\u202eb\u202c"),
        ("\u2066a\u202eb", "\u2066a\u202eb\u202c\u2069"),
        ("\u2066a\u202eb\u2069", "\u2066a\u202eb\u2069"),
        ("\u202c\u2069", "\u202c\u2069"),
    ],
)
def test_what_is_open_is_closed_at_the_end(given, wanted):
    assert enclosed(given) == wanted
    assert turned(given) == (given != "没有")


def test_sentences_of_the_report_end_as_they_are_read():
    assert closed("改小\u202e半径") == "改小\u202e半径\u202c。"
    assert quoted("不超过\u202e二百米") == "“不超过\u202e二百米\u202c”。"
    value = replace(
        dossier(3, 1), suggestions=(replace(suggestion(1), text="改小\u202e半径", reasons="太\u2067远"),)
    )
    for block in report(value):
        text = speak(block.text, chinese)
        assert text.count("\u202e") == text.count("\u202c")
        assert text.count("\u2067") == text.count("\u2069")
