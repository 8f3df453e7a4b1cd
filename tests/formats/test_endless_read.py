"""Inputs made to hold a reader up: long lines, many lines, deep nesting. Each is read to its end or refused in words."""

import io
import signal
import socket
import zipfile

import pytest

from deliberation.domain.errors import Refusal
from deliberation.formats.reading import read_draft, read_text

SECONDS = 60  # of a busy machine; measured alone each takes a few at most
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


@pytest.fixture(autouse=True)
def soon_and_alone(monkeypatch):
    """An alarm against hanging, and no connection."""

    def late(*_args):
        raise AssertionError("still reading")

    def never(*_args, **_more):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def docx(body):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return out.getvalue()


def p(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


LINES = {
    "one article again and again": "第一条甲。" * 100_000,
    "a list again and again": "（一）甲；（二）乙；" * 50_000,
    "quotations that open": "修改为：“甲" * 80_000,
    "straight marks": '"' * 500_000,
    "white space": " " * 1_000_000,
    "numbers": "第" + "一 " * 300_000,
    "leaders": "第一章 " + "." * 500_000 + "1",
    "book titles": "关于《" + "《" * 500_000 + "》的说明",
    "stages": "某条例" + "（草案）" * 100_000,
    "no end": "甲乙丙丁，" * 200_000,
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_of_a_million_characters(name):
    draft = read_text(f"第一条 甲。\n{LINES[name]}完。")
    assert draft.text().rstrip().endswith("完。")
    assert "not_lossless" not in {c.code for c in draft.warnings}


MANY = {
    "chapters": "第一章 甲\n第二章 乙\n" * 5_000,
    "attachments": "附件1 甲\n" * 10_000,
    "announcements": "\n".join(
        f"{'一二三四五六七八九'[n % 9]}、修改为：\n第{n}条 甲" for n in range(1, 5_001)
    ),
    "titles": "某市条例\n" * 10_000,
    "labels": "目录\n" * 10_000,
    "broken lines": "为了加强和规范无人驾驶航空器安全管理保障\n" * 10_000,
    "open quotations": "一、修改为：\n“甲\n" + "乙\n" * 10_000,
}


@pytest.mark.parametrize("name", MANY)
def test_tens_of_thousands_of_lines(name):
    draft = read_text(MANY[name] + "\n第一条 甲。")
    assert "not_lossless" not in {c.code for c in draft.warnings}
    eids = [node.eid for node in draft.walk()]
    assert len(eids) == len(set(eids))


@pytest.mark.parametrize(
    "mark", ["<style>", "<!-- ", "<table>", "<script x=1>", "[a](b", "__a", "- ", "|", "<a "]
)
def test_markdown_that_never_closes(mark):
    draft = read_draft(f"# 甲\n第一条 甲。\n{mark * 150_000}\n第二条 乙。".encode(), "a.md")
    assert [node.n for node in draft.articles()] == ["1", "2"]


DEEP = {
    "divisions of a page": (b"<html><body>" + b"<div>" * 10_000 + b"x", "a.html", "层次太深"),
    "spans of a page": (b"<html><body>" + b"<span>" * 10_000 + b"x", "a.html", "层次太深"),
    "tables of a page": (b"<html><body>" + b"<table><tr><td>" * 10_000 + b"x", "a.html", "层次太深"),
    "tables of a document": (docx("<w:tbl><w:tr><w:tc>" * 10_000 + p("甲") + "</w:tc></w:tr></w:tbl>" * 10_000), "a.docx", "损坏"),
    "controls of a document": (docx("<w:sdt><w:sdtContent>" * 10_000 + p("甲") + "</w:sdtContent></w:sdt>" * 10_000), "a.docx", "损坏"),
    "levels of a bill": (f'<akomaNtoso xmlns="{AKN}"><bill><body>{"<article>" * 10_000}{"</article>" * 10_000}</body></bill></akomaNtoso>'.encode(), "a.xml", "XML"),
}  # fmt: skip


@pytest.mark.parametrize("name", DEEP)
def test_ten_thousand_levels_are_refused_in_words(name):
    data, filename, words = DEEP[name]
    with pytest.raises(Refusal) as refused:
        read_draft(data, filename)
    assert words in str(refused.value.said)


def test_an_archive_of_countless_parts_is_refused():
    data = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\r\n\r\nx\r\n" * 100_000
    )
    with pytest.raises(Refusal, match="损坏"):
        read_draft(data, "a.mht")


def test_millions_of_lines_are_refused_before_they_are_made():
    with pytest.raises(Refusal, match="段落太多"):
        read_draft("第一条 甲。\n".encode() * 1_000_000, "a.txt")
