"""Real laws spoilt in every way a copy is spoilt: nothing crashes, nothing is lost, every address is its own.

`YISHITING_LONG_FUZZ=N` runs N mutations of each document instead of one of some.
"""

import os
import random
from pathlib import Path

import pytest

from deliberation.domain.errors import Refusal
from deliberation.domain.provisions import KINDS
from deliberation.domain.structure import parse
from deliberation.domain.structure.contents import without_contents
from deliberation.domain.structure.lines import bare, clean
from deliberation.formats.akoma import read, write
from deliberation.formats.reading import read_text, source_of_text

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
LONG = int(os.environ.get("YISHITING_LONG_FUZZ", "0"))
DOCUMENTS = sorted(p for p in CORPUS.glob("*/*") if p.suffix in {".md", ".txt"})
MOST = 40_000  # characters of a document that are spoilt
DIRT = '\u200b\ufeff\u00a0\u3000 \t　“”「」"《》〈〉（）()【】。；：，、第条款项章节一二三１2①\u00ad*#|<>&—'
PIECES = ["第一条", "第三条　", "第九章 ", "目录", "附则", "附件1", "之一", "一、", "（一）", "1.", "修改为：“", "”", "本决定自公布之日起施行。",
          "（2020年1月1日通过）", "（草案）", "- 3 -", "关于《甲》的说明", "\t", "<!--", "**", "|", "---"]  # fmt: skip
pytestmark = pytest.mark.corpus


def drop(text, draw):
    at = draw.randrange(len(text))
    return text[:at] + text[at + draw.choice((1, 1, 3, 20)) :]


def double(text, draw):
    at, size = draw.randrange(len(text)), draw.choice((1, 2, 10, 200))
    return text[: at + size] + text[at:]


def insert(text, draw):
    at = draw.randrange(len(text))
    return (
        text[:at]
        + draw.choice((draw.choice(DIRT), draw.choice(PIECES), "\n" + draw.choice(PIECES)))
        + text[at:]
    )


def join(text, draw):
    at = text.find("\n", draw.randrange(len(text)))
    return text if at < 0 else text[:at] + text[at + 1 :].lstrip("\n")


def split(text, draw):
    at = draw.randrange(len(text))
    return text[:at] + "\n" + text[at:]


def respace(text, draw):
    old, new = draw.choice((" ", "　", "\n\n")), draw.choice(("", " ", "　　", "\u00a0", "\t", "\n"))
    return text.replace(old, new)


def swap(text, draw):
    lines = text.split("\n")
    at, to = draw.randrange(len(lines)), draw.randrange(len(lines))
    lines[at], lines[to] = lines[to], lines[at]
    return "\n".join(lines)


def exchange(text, draw):
    pair = draw.choice(
        (
            ("“", '"'),
            ("”", '"'),
            ("（", "("),
            ("）", ")"),
            ("第", "第 "),
            ("、", ""),
            ("。", ""),
            ("条", "条、"),
        )
    )
    return text.replace(*pair)


WAYS = (drop, drop, double, insert, insert, insert, join, join, split, split, respace, swap, exchange)


def spoilt(text, seed):
    draw = random.Random(seed)  # noqa: S311 - the same each time
    start = draw.randrange(max(1, len(text) - MOST))
    text = text[start : start + MOST] if draw.random() < 0.3 else text[:MOST]
    for _time in range(draw.choice((1, 3, 10, 40))):
        text = draw.choice(WAYS)(text, draw) or "第一条"
    return text


def assert_sound(text):
    try:
        draft = read_text(text)
    except Refusal:  # nothing left, or too much of it
        return
    assert "not_lossless" not in {c.code for c in draft.warnings}
    eids = [node.eid for node in draft.walk()]
    assert len(eids) == len(set(eids))
    assert {node.kind for node in draft.walk()} <= set(KINDS)
    lines = [line for line in source_of_text(text).lines if clean(line.text)]
    kept, _left = without_contents(lines)
    assert bare(draft.text()) == bare("".join(clean(line.text) for line in kept))
    last = max((line.no for line in lines), default=1)
    assert all(1 <= c.line <= last for c in draft.warnings)
    try:
        again = read(write(draft))
    except Refusal:  # a character XML cannot hold
        return
    assert again.as_dict() | {"warnings": []} == draft.as_dict() | {"warnings": []}


@pytest.mark.parametrize("path", DOCUMENTS if LONG else DOCUMENTS[::7], ids=lambda path: path.name)
def test_spoilt_documents_are_read_to_the_last_character(path):
    text = path.read_text("utf-8")
    for seed in range(LONG or 1):
        changed = spoilt(text, f"{path.name}{seed}")
        try:
            assert_sound(changed)
        except Exception as fault:
            raise AssertionError(f"seed {seed}: {fault}") from fault


@pytest.mark.parametrize("path", DOCUMENTS[::40], ids=lambda path: path.name)
def test_a_spoilt_document_parsed_twice_is_the_same(path):
    source = source_of_text(spoilt(path.read_text("utf-8"), path.name))
    assert parse(source).digest() == parse(source).digest()
