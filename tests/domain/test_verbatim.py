"""Verbatim: only line ends change; what no document can carry is refused with its place."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.errors import Refusal
from deliberation.domain.verbatim import form_utf8, utf8, verbatim

BAD = [chr(c) for c in range(32) if c not in (9, 10, 13)] + [
    "\ufffe",
    "\uffff",
    "\ud800",
    "\udbff",
    "\udc00",
    "\udfff",
]
KEPT = st.text(
    st.characters(exclude_categories=["Cs"]).filter(lambda c: c not in BAD and c != "\r"), max_size=200
)


@given(KEPT)
def test_kept_as_it_is(text):
    assert verbatim(text, field="text") == text


@given(st.lists(KEPT.map(lambda t: t.replace("\n", "")), max_size=8), st.sampled_from(["\r\n", "\r", "\n"]))
def test_line_ends_become_lf(lines, end):
    assert verbatim(end.join(lines), field="text") == "\n".join(lines)


@given(st.text(st.sampled_from("\r\n\t x\u2028\u0085"), max_size=30))
def test_folding_twice_is_folding_once(text):
    once = verbatim(text, field="text")
    assert "\r" not in once
    assert verbatim(once, field="text") == once


@pytest.mark.parametrize(
    "text",
    [
        "  前后空格  ", "\u3000全角空格\u3000", "e\u0301 不合成", "\ufeff开头的 BOM", "a\u200b零宽", "\u202e反向\u202c", "=1+1",
        "<script>alert(1)</script>", "𠮷野家👨\u200d👩\u200d👧", "\ufdd0", "\U0001fffe", "\x7f\x80\x9f", "a\tb\n\n\nc", "%FF &amp; \\n", "",
    ],
)  # fmt: skip
def test_hostile_but_kept(text):
    assert verbatim(text, field="text") == text
    assert verbatim(unicodedata.normalize("NFD", text), field="text") == unicodedata.normalize("NFD", text)


@pytest.mark.parametrize("bad", BAD, ids=lambda c: f"{ord(c):04X}")
@pytest.mark.parametrize("field", ["text", "wording", "reason"])
def test_refused_with_character_and_place(bad, field):
    with pytest.raises(Refusal) as refused:
        verbatim(f"第一行\r\n第二{bad}行", field=field)
    assert refused.value.field == field
    assert refused.value.status == 422
    assert refused.value.said.params == {"line": 2, "column": 3, "shown": f"U+{ord(bad):04X}"}
    assert f"U+{ord(bad):04X}" in str(refused.value)


def test_length_is_counted_after_line_ends():
    assert len(verbatim("字" * 9_999 + "\r\n", field="text")) == 10_000
    with pytest.raises(Refusal, match="10000 字，现有 10001 字"):
        verbatim("字" * 10_000 + "\r\n", field="text")
    assert verbatim("字" * 12, field="text", limit=12)
    with pytest.raises(Refusal, match="最多 12 字"):
        verbatim("字" * 13, field="text", limit=12)


def test_no_setting_goes_beyond_a_cell():
    assert len(verbatim("字" * 30_000, field="text", limit=99_999)) == 30_000
    with pytest.raises(Refusal, match="30000 字"):
        verbatim("字" * 30_001, field="text", limit=99_999)
    assert len(verbatim("𠮷" * 16_383, field="text", limit=30_000)) == 16_383
    with pytest.raises(Refusal, match="放不下"):
        verbatim("𠮷" * 16_384, field="text", limit=30_000)


@given(KEPT)
def test_utf8_reads_what_was_written(text):
    assert utf8(text.encode("utf-8")) == text


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"\xff", 1), (b"ab\xc0\xaf", 3), (b"\xed\xa0\x80", 1), (b"\xf4\x90\x80\x80", 1), ("中".encode()[:2], 1),
        ("中文".encode("gb18030"), 1), (b"ok \x80", 4), (b"\xe2\x28\xa1", 1),
    ],
)  # fmt: skip
def test_utf8_refuses_the_first_wrong_byte(raw, place):
    with pytest.raises(Refusal) as refused:
        utf8(raw, field="text")
    assert refused.value.said.params["place"] == place
    assert refused.value.field == "text"


def test_forms_are_checked_before_anyone_decodes_them():
    form_utf8(b"text=%E4%B8%AD+%E6%96%87&reason=")
    form_utf8(b"")
    form_utf8("text=中文&a".encode())
    for raw in (b"text=%FF", b"text=%E4%B8", b"a=1&text=ok%C0%AF", b"text=%ED%A0%80"):
        with pytest.raises(Refusal) as refused:
            form_utf8(raw)
        assert refused.value.field == "text"
    with pytest.raises(Refusal):
        form_utf8(b"%FF=1")
