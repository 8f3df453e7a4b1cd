"""Every sentence people see has its English: whole, with the same parameters, one English for one Chinese."""

import re

import pytest

from deliberation.cli import words

PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%%|%")
BRACES = re.compile(r"\{(\w+)\}")
QUOTED = re.compile(r"「[^」]*」|《[^》]*》|“[^”]*”")
STAYS_CHINESE = {"议事厅"}


def placeholders(text):
    return {m.group(1) for m in PLACEHOLDER.finditer(text) if m.group(1)}, set(BRACES.findall(text))


@pytest.fixture(scope="module")
def english():
    return words.catalogues()


def test_every_sentence_has_english():
    lines = [f"{s.where}  {s.msgid}" for s in words.missing()]
    assert not lines, f"{len(lines)} sentences without English:\n" + "\n".join(lines)


def test_no_chinese_in_a_page_goes_unmarked():
    lines = [f"{s.where}  {s.msgid[:60]}" for s in words.unmarked()]
    assert not lines, "mark these with _() or trans:\n" + "\n".join(lines)


def test_parameters_are_the_same(english):
    wrong = [
        f"{file}: {msgid} → {text}"
        for msgid, texts in english.items()
        for file, text in texts.items()
        if text and placeholders(msgid) != placeholders(text)
    ]
    assert not wrong, "\n".join(wrong)


def test_english_can_be_filled_in(english):
    wrong = []
    for msgid, texts in english.items():
        names, _braces = placeholders(msgid)
        for file, text in texts.items():
            if names:
                try:
                    text % dict.fromkeys(names, 1)
                except (ValueError, TypeError, KeyError) as fault:
                    wrong.append(f"{file}: {text}: {fault}")
    assert not wrong, "\n".join(wrong)


def test_one_english_for_one_chinese(english):
    wrong = [f"{msgid}: {texts}" for msgid, texts in english.items() if len(set(texts.values())) > 1]
    assert not wrong, "\n".join(wrong)


def test_no_chinese_left_in_english(english):
    wrong = [
        f"{file}: {text}"
        for texts in english.values()
        for file, text in texts.items()
        if words.chinese(QUOTED.sub("", text)) and text not in STAYS_CHINESE
    ]
    assert not wrong, "\n".join(wrong)


def test_every_msgid_is_chinese(english):
    wrong = [f"{texts}: {msgid}" for msgid, texts in english.items() if not words.needs_english(msgid)]
    assert not wrong, "the msgid is the Chinese sentence:\n" + "\n".join(wrong)


def test_sentences_are_found_where_they_are_marked(tmp_path, monkeypatch):
    (tmp_path / "deliberation").mkdir()
    (tmp_path / "deliberation" / "a.py").write_text(
        "class Gone(Refusal): ...\nclass Far(Gone): ...\n"
        '_("一"); Said("二", n=1); raise Far("三" "四"); ngettext("五", "六", 2); gettext("plain"); other("七")\n',
        "utf-8",
    )
    monkeypatch.setattr(words, "HOUSE", tmp_path / "deliberation")
    assert {s.msgid for s in words.in_code()} == {"一", "二", "三四", "五", "六"}


def test_unmarked_chinese_is_found(tmp_path, monkeypatch):
    (tmp_path / "deliberation").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        '{# 注 #}<p>{{ _("一") }}{% trans n=1 %}二 {{ n }}{% endtrans %}</p><b>三</b>{{ "四" }}中文', "utf-8"
    )
    monkeypatch.setattr(words, "HOUSE", tmp_path / "deliberation")
    monkeypatch.setattr(words, "TEMPLATES", tmp_path / "templates")
    assert {s.msgid for s in words.in_templates()} == {"一", "二 %(n)s"}
    assert {s.msgid for s in words.unmarked()} == {"四"} | {
        s.msgid for s in words.unmarked() if "三" in s.msgid
    }
    assert len(list(words.unmarked())) == 2
