"""What a person wrote comes back equal from DOCX, XLSX and JSONL: 5,600 hostile strings, trust.md "Verbatim"."""

import hashlib
import io
import json
import random
from dataclasses import replace
from itertools import islice

import docx
import pytest

from deliberation.domain.dossier_counts import count_up
from deliberation.formats import official_docx, remarks_jsonl, tables
from deliberation.formats.dossier_tables_read import read_originals
from tests.formats.sample_dossier import dossier, remark

SEEDS = [
    "=1+1", "=cmd|' /C calc'!A0", "+86 10", "-1", "@SUM(A1)", "\t=1", "http://a.example/?a=1&b=2", "mailto:a@b.c",
    "a\nb", "\n", "\n\n", "\na\n", "a\tb", "\t", " ", "  前后有空格  ", "　全角空格　", "\u00a0", "\u2028段\u2029",
    "\u0085", "\u200b零宽\u200d\ufeff", "\u202e反向\u202c", "\u2066隔离\u2069", "e\u0301 é 不归一", "ﬁ ㎡ Ⅳ", "𠮷𡨸😀👩‍👩‍👧",
    "<w:t>&amp;</w:t>", "]]>", "<!--", "&#10;", "_x000D_", "_x0041_", "_xABCD_x", "%(name)s {x} {{ y }}", "'", '"', "\\n",
    "第十二条　“三百米”——改为‘二百米’", "\ud7ff\ue000\ufffd", "#标题\n- 项\n```\n码\n```", "0012", "1e5", "2026-06-08", "TRUE",
    "", "长" * 10_000, ("行\n" * 5_000)[:10_000], "😀" * 10_000,
]  # fmt: skip
ALPHABET = (
    "=+-@'\"<>&;\t\n 　，。“”《》abc019_x%{}\\/`|#*\u200b\u202e\u0301\u00a0\ufeff第条款😀𠮷\ue000\u2028\u0085"
)


def hostile(count: int = 5_600) -> list[str]:
    """The seeds, then strings of a fixed chance: any of the alphabet, and any character XML and UTF-8 can hold."""
    chance = random.Random(20260608)
    out = list(SEEDS)
    while len(out) < count:
        size = chance.choice((1, 2, 3, 8, 40))
        kind = chance.random()
        out.append(
            "".join(chance.choice(ALPHABET) if kind < 0.7 else any_character(chance) for _ in range(size))
        )
    return out


def any_character(chance: random.Random) -> str:
    while True:
        point = chance.choice((chance.randrange(0x20, 0x3000), chance.randrange(0x3000, 0x110000)))
        if not 0xD800 <= point < 0xE000 and point & 0xFFFE != 0xFFFE and point != 0x7F:
            return chr(point)


@pytest.fixture(scope="module")
def texts():
    return hostile()


@pytest.fixture(scope="module")
def made(texts):
    """Every string once as a text, once as a wording and once as a reason."""
    size = len(texts)
    rows = tuple(
        remark(n, text=text, wording=texts[(n + 1) % size], reason=texts[(n + 2) % size], quote=None)
        for n, text in enumerate(texts)
    )
    return replace(dossier(0, 0), remarks=rows, counts=count_up(rows))


def test_there_are_enough_of_them(texts):
    assert len(texts) >= 5_000
    assert len(set(texts)) > 4_000
    assert max(map(len, texts)) == 10_000


def test_jsonl(made, texts):
    buffer = io.BytesIO()
    remarks_jsonl.write(made.remarks, buffer)
    lines = buffer.getvalue().split(b"\n")
    assert lines.pop() == b""
    back = [json.loads(line) for line in lines]
    assert [line["text"] for line in back] == texts
    assert [line["wording"] for line in back] == [row.wording for row in made.remarks]
    assert [line["reason"] for line in back] == [row.reason for row in made.remarks]


def test_xlsx(made, texts):
    buffer = io.BytesIO()
    tables.write(made, buffer)
    back = read_originals(buffer.getvalue())
    assert [row["text"] for row in back] == texts
    assert [row["wording"] for row in back] == [row.wording for row in made.remarks]
    assert [row["reason"] for row in back] == [row.reason for row in made.remarks]


def test_docx(made, texts):
    """Volumes of 2,000 in turn; python-docx reads each original's paragraph back equal."""
    rows, back = iter(made.remarks), []
    for number in (1, 2, 3):
        buffer = io.BytesIO()
        official_docx.write_volume(made, number, rows, buffer)
        back += verbatim_paragraphs(buffer.getvalue())
    assert next(rows, None) is None
    assert back == list(said(made.remarks))


def test_a_report_holds_them_too(texts):
    rows = tuple(remark(n, text=text, quote=None) for n, text in enumerate(islice(texts, 300)))
    value = replace(dossier(0, 0), remarks=rows, counts=count_up(rows), minutes=(), head="")
    buffer = io.BytesIO()
    official_docx.write(value, buffer)
    assert verbatim_paragraphs(buffer.getvalue()) == list(said(rows))


def said(rows):
    for row in rows:
        yield row.text
        yield from (text for text in (row.wording, row.reason) if text)


def verbatim_paragraphs(data: bytes) -> list[str]:
    body = docx.Document(io.BytesIO(data)).element.body
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    names = {f"{space}br": "\n", f"{space}tab": "\t"}
    return [
        "".join(names.get(piece.tag, piece.text or "") for run in p.iter(f"{space}r") for piece in run)
        for p in body.iter(f"{space}p")
        if (style := p.find(f"{space}pPr/{space}pStyle")) is not None
        and style.get(f"{space}val") == "Verbatim"
    ]


def test_the_sum_in_the_row_is_the_sum_of_what_was_written(made):
    row = remark(7)
    assert row.sha256 == hashlib.sha256(row.text.encode()).hexdigest()
    assert json.loads(remarks_jsonl.line(row))["sha256"] == row.sha256
