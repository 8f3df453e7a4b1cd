"""Bad input: each its own clear sentence, soon, nothing connected to, nothing written."""

import io
import socket
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from pypdf import PdfWriter

from deliberation.domain.errors import Refusal, TooLarge
from deliberation.domain.structure import Line, Source
from deliberation.formats import limits, office_read, reading
from deliberation.formats.reading import read_draft, read_text

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = f"<w:document {W}><w:body><w:p><w:r><w:t>第一条 甲。</w:t></w:r></w:p></w:body></w:document>"


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """No connection, and nothing left in the working folder."""

    def never(*_args, **_more):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    monkeypatch.chdir(tmp_path)
    yield
    assert list(tmp_path.iterdir()) == []


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


GOOD = packed({"[Content_Types].xml": "<Types/>", "word/document.xml": BODY})


def locked_pdf():
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.encrypt("geheim", algorithm="RC4-128")
    return pdf_bytes(writer)


def blank_pdf():
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    return pdf_bytes(writer)


def pdf_bytes(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked_docx():
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 512
        + "EncryptedPackage".encode("utf-16-le")
        + b"\x00" * 512
    )


def word_97(flags):
    """A .doc: its directory in sector 0, its text in sector 1, with these flags at the head of the text."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[30:32] = (9).to_bytes(2, "little")
    entry = bytearray(512)
    name = "WordDocument".encode("utf-16-le")
    entry[128 : 128 + len(name)] = name
    entry[128 + 116 : 128 + 120] = (1).to_bytes(4, "little")
    text = bytearray(4096)
    text[:2], text[10:12] = b"\xec\xa5", flags.to_bytes(2, "little")
    return bytes(head + entry + text)


def test_a_word_97_document_with_a_password_is_told_before_anything_is_started(monkeypatch):
    monkeypatch.setattr(office_read, "read", lambda *_: pytest.fail("LibreOffice was asked"))
    with pytest.raises(Refusal, match="加了密码"):
        read_draft(word_97(0x0100), "a.doc")
    with pytest.raises(Refusal, match="加了密码"):
        read_draft(word_97(0x8100), "a.wps")


def test_one_without_a_password_goes_on_to_its_reader(monkeypatch):
    monkeypatch.setattr(office_read, "read_doc", lambda _: Source((Line("第一条 甲。", 1),)))
    assert len(read_draft(word_97(0x0200), "a.doc").articles()) == 1


def locked_entry():
    """An entry with the flag of a password."""
    data = bytearray(GOOD)
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def bomb():
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": b" " * (150 * 1024 * 1024)})


def lying_bomb():
    """A package whose directory says that the body is small."""
    body = BODY.encode() + b" " * (30 * 1024 * 1024)
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezed = raw.compress(body) + raw.flush()
    name = b"word/document.xml"
    head = struct.pack(
        "<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(body), len(squeezed), 900, len(name), 0
    )
    directory = struct.pack(
        "<4s6H3I5H2I",
        b"PK\x01\x02",
        20,
        20,
        0,
        8,
        0,
        0,
        zlib.crc32(body),
        len(squeezed),
        900,
        len(name),
        0,
        0,
        0,
        0,
        0,
        0,
    )
    start = len(head) + len(name) + len(squeezed)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(directory) + len(name), start, 0)
    return head + name + squeezed + directory + name + end


def many_entries():
    return packed({f"{i}.xml": "" for i in range(6_000)})


def xxe():
    return packed(
        {
            "word/document.xml": f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{BODY.replace("甲", "&e;")}'
        }
    )


def xxe_utf16():
    return packed(
        {
            "word/document.xml": f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{BODY.replace("甲", "&e;")}'.encode(
                "utf-16"
            )
        }
    )


def xxe_in_numbering():
    return packed(
        {
            "word/document.xml": BODY,
            "word/numbering.xml": f'<!DOCTYPE x [<!ENTITY e "x">]><w:numbering {W}>&e;</w:numbering>',
        }
    )


def billion_laughs():
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    return packed(
        {"word/document.xml": f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>{BODY.replace("甲", "&a9;")}'}
    )


def macro():
    return packed({"word/document.xml": BODY, "word/vbaProject.bin": b"x"})


def macro_by_type():
    return packed(
        {
            "[Content_Types].xml": '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
            "word/document.xml": BODY,
        }
    )


BAD = {
    "locked docx": (locked_docx, "a.docx", "密码"),
    "locked entry": (locked_entry, "a.docx", "密码"),
    "locked pdf": (locked_pdf, "a.pdf", "密码"),
    "truncated docx": (lambda: GOOD[: len(GOOD) // 2], "a.docx", "损坏"),
    "truncated to a sign": (lambda: b"PK\x03\x04", "a.docx", "损坏"),
    "truncated pdf": (lambda: blank_pdf()[:60], "a.pdf", "损坏"),
    "nothing but a pdf sign": (lambda: b"%PDF-1.7\n", "a.pdf", "损坏"),
    "bomb": (bomb, "a.docx", "压缩得不正常"),
    "lying bomb": (lying_bomb, "a.docx", ""),
    "many entries": (many_entries, "a.docx", "压缩得不正常"),
    "external entity": (xxe, "a.docx", "外部实体"),
    "external entity in UTF-16": (xxe_utf16, "a.docx", "外部实体"),
    "entity in the lists": (xxe_in_numbering, "a.docx", "外部实体"),
    "a billion laughs": (billion_laughs, "a.docx", "外部实体"),
    "entity in XML": (lambda: b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><akomaNtoso>&e;</akomaNtoso>', "a.akn", "外部实体"),
    "macro": (macro, "a.docx", "宏"),
    "macro by type": (macro_by_type, "a.docx", "宏"),
    "noise in an old file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 9, "a.doc", "损坏"),
    "macro in an old file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), "a.doc", "宏"),
    "macro by name": (lambda: GOOD, "a.docm", "宏"),
    "image only": (blank_pdf, "a.pdf", "两个办法"),
    "photograph": (lambda: b"\xff\xd8\xff\xe0" + b"\x00" * 99, "a.docx", "两个办法"),
    "empty": (lambda: b"", "a.docx", "空的"),
    "only white space": (lambda: b" \r\n\t" * 20, "a.txt", "空的"),
    "text named docx": (lambda: "第一条 甲。".encode(), "a.docx", "后缀名"),
    "noise named docx": (lambda: bytes(range(128, 256)) * 9, "a.docx", ""),
    "noise": (lambda: b"\x00\x01\x02\xff" * 99, "a.txt", "不是能读懂的文字"),
    "sheet named docx": (lambda: packed({"xl/workbook.xml": "<x/>"}), "a.docx", "表格"),
    "archive": (lambda: packed({"a.docx": GOOD}), "a.zip", "压缩包"),
    "no body": (lambda: packed({"[Content_Types].xml": "<Types/>"}), "a.docx", "正文"),
    "malformed body": (lambda: packed({"word/document.xml": BODY[:-9]}), "a.docx", "损坏"),
    "malformed XML": (lambda: b"<akomaNtoso><a></b>", "a.xml", ""),
    "other XML": (lambda: b"<?xml version='1.0'?><rss/>", "a.xml", "Akoma Ntoso"),
    "secret": (lambda: "机密★1年\n××条例\n第一条 甲。".encode(), "a.txt", "密级"),
    "no text in it": (lambda: packed({"word/document.xml": f"<w:document {W}><w:body/></w:document>"}), "a.docx", "没有文字"),
    "empty page": (lambda: b"<html><body><script>x</script></body></html>", "a.html", "没有文字"),
    "deep page": (lambda: b"<html><body>" + b"<div>" * 5000 + b"x", "a.html", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_refused_with_its_own_sentence(name):
    make, filename, words = BAD[name]
    with pytest.raises(Refusal) as refused:
        read_draft(make(), filename)
    sentence = str(refused.value.said)
    assert words in sentence
    assert sentence.endswith("。")
    assert "\n" not in sentence


def test_two_hundred_megabytes():
    with pytest.raises(TooLarge, match="最多 50 MB"):
        read_draft(b"\xe7\x94\xb2" * (70 * 1024 * 1024), "a.txt")


def paragraphs(count):
    return [f"第{n}条 甲乙丙。" for n in range(1, count + 1)]


def as_docx(lines):
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return packed({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"})


def test_a_draft_longer_than_any_law_is_read():
    draft = read_draft(as_docx(paragraphs(5_000)), "a.docx")
    assert len(draft.articles()) == 5_000


MANY = {
    "docx": as_docx,
    "txt": lambda lines: "\n".join(lines).encode(),
    "md": lambda lines: "# 草案\n\n".encode() + "\n\n".join(lines).encode(),
    "html": lambda lines: ("<html><body>" + "".join(f"<p>{line}</p>" for line in lines)).encode(),
}


@pytest.mark.parametrize("count", [100_000, limits.MAX_LINES + 1])
@pytest.mark.parametrize("kind", MANY)
def test_a_hundred_thousand_paragraphs_are_refused_before_the_costly_passes(kind, count, monkeypatch):
    monkeypatch.setattr(reading, "parse", lambda source: pytest.fail("the tree was begun"))
    with pytest.raises(TooLarge) as refused:
        read_draft(MANY[kind](paragraphs(count)), f"a.{kind}")
    said = str(refused.value.said)
    assert "超过 40000 段" in said
    assert "分成几份上传" in said


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:\\x\\..\\y.docx", "a\x00b.docx", "%2e%2e/x", "." * 300, ""]
)
def test_a_name_is_never_a_path(name):
    draft = read_draft(GOOD, name)
    assert [node.n for node in draft.articles()] == ["1"]
    assert Path.cwd().exists()


def test_entries_named_like_paths_are_never_written():
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": BODY,
        "../../../tmp/planted-by-a-draft": "x",
    }
    assert len(read_draft(packed(parts), "a.docx").articles()) == 1
    assert not Path("/tmp/planted-by-a-draft").exists()


def test_a_pdf_named_docx_is_read_as_what_it_is_or_refused_as_such():
    with pytest.raises(Refusal, match="两个办法"):
        read_draft(blank_pdf(), "a.docx")


def test_word_named_pdf_is_read_and_said():
    draft = read_draft(GOOD, "a.pdf")
    assert [node.n for node in draft.articles()] == ["1"]
    assert [caution.code for caution in draft.warnings] == ["wrong_extension"]


@pytest.mark.parametrize("text", ["", "  \n\t　"])
def test_nothing_pasted(text):
    with pytest.raises(Refusal, match="粘贴"):
        read_text(text)


@pytest.mark.parametrize(
    "piece", ["第二条规定的（一）第三条", "|", "（", "“", "第", " ", "——", "**", "[(", "一、", "\t"]
)
def test_a_long_line_of_marks_is_read_to_its_end(piece):
    draft = read_text("第一条 甲。\n" + piece * 20_000 + "完。\n第二条 乙。")
    assert [node.n for node in draft.articles()][0] == "1"
    assert "完。" in draft.text()
    assert "not_lossless" not in {caution.code for caution in draft.warnings}
