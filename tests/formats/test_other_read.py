"""Plain and pasted text, Markdown, web pages, PDF, and the older office files."""

import io
import re
import shutil
import socket
import subprocess
import zipfile

import pytest

from deliberation.domain.errors import Refusal
from deliberation.formats import office_read
from deliberation.formats.reading import read_draft, read_text

LAW = "××市示例条例\n第一条　为了示例，制定本条例。\n第二条　本条例自公布之日起施行。\n"


def lines(draft):
    return list(draft.lines())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings(encoding):
    draft = read_draft(LAW.encode(encoding), "a.txt")
    assert lines(draft) == LAW.split("\n")[:-1]
    assert draft.digest() == read_text(LAW).digest()


def test_rare_characters_of_gb18030():
    assert "㐂𠀀" in read_draft("第一条 㐂𠀀。".encode("gb18030"), "a.txt").text()


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028", "\x0b"])
def test_line_ends(newline):
    assert read_text(LAW.replace("\n", newline)).digest() == read_text(LAW).digest()


def test_markdown_pasted_without_being_called_so():
    draft = read_text(
        "# ××市示例条例\n\n**第一条**　甲**乙**丙。\n\n第二条 见[本法](http://example.org/(a))。\n\n| 甲 | 乙 |\n|---|:-:|\n| 1 | **2** |\n"
    )
    assert lines(draft) == ["××市示例条例", "第一条　甲乙丙。", "第二条　见本法。", "甲\t乙", "1\t2"]
    assert [child.kind for child in draft.articles()[1].children] == ["paragraph", "table"]


def test_markdown_keeps_what_is_not_markup():
    draft = read_draft(
        "第一条 填写____年，2*3=6，A_B，a < b 且 c > d。\n\n- 第二款带减号。\n".encode(), "a.md"
    )
    assert lines(draft) == ["第一条　填写____年，2*3=6，A_B，a < b 且 c > d。", "- 第二款带减号。"]


def test_markdown_line_numbers_are_the_source_s():
    draft = read_draft("---\na: b\n---\n\n<!-- x\ny -->\n\n第一条 甲。\n\n第三条 乙。\n".encode(), "a.md")
    assert [(c.code, c.line) for c in draft.warnings] == [("number_gap", 10)]


def test_rows_pasted_from_a_sheet_are_a_table():
    draft = read_text("第一条 标准如下：\n种类\t金额\n1.甲\t100\n第二条\t乙。")
    assert [child.kind for child in draft.articles()[0].children] == ["paragraph", "table"]
    assert draft.articles()[1].children[0].text == "乙。"


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>网站</title><style>p {{}}</style></head><body>
<nav>首页</nav><script>alert(1)</script><h1>××市示例条例</h1><p>（草案征求意见稿）</p>
<p>第一条&nbsp;&nbsp;为了&#31034;例，<b>制定</b>本<br>条例。</p><div>第二条 甲：<ol><li>乙；</li><li>丙。</li></ol></div>
<table><tr><th>种类</th><td>金额</td></tr><tr><td>甲</td><td>1</td></tr></table></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk"])
def test_web_page(charset):
    draft = read_draft(
        PAGE.format(charset=charset).encode("gbk" if charset != "utf-8" else "utf-8"), "a.html"
    )
    assert (draft.title, draft.stage) == ("××市示例条例", "（草案征求意见稿）")
    assert [node.n for node in draft.articles()] == ["1", "2"]
    assert lines(draft)[-4:] == ["1.　乙；", "2.　丙。", "种类\t金额", "甲\t1"]
    assert "首页" not in draft.text()
    assert "alert" not in draft.text()


def test_a_page_laid_out_by_a_table():
    cells = "".join(f"<p>第{n}条 甲。</p>" for n in range(1, 12))
    draft = read_draft(
        f"<html><body><table><tr><td>栏目</td><td>{cells}</td></tr></table></body></html>".encode(), "a.htm"
    )
    assert len(draft.articles()) == 11


def test_a_web_page_named_doc_is_read():
    draft = read_draft("<html><body><p>第一条 甲。</p></body></html>".encode(), "a.doc")
    assert [node.n for node in draft.articles()] == ["1"]


def pdf(pages):
    """A PDF whose pages are lists of (x, y, size, words), with a text layer and no embedded font."""
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def "
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
    ]  # fmt: skip
    kids = []
    for page in pages:
        drawn = b"".join(
            b"BT /F %d Tf 1 0 0 1 %d %d Tm <%s> Tj ET\n"
            % (size, x, y, words.encode("utf-16-be").hex().encode())
            for x, y, size, words in page
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, len(out),
    )  # fmt: skip


def printed(paragraphs, width=28, rows=8, size=16):
    """Pages of printed paragraphs: first lines indented by two letters, a running head, a page number."""
    out, page, y = [], [], 0
    for paragraph in paragraphs:
        rest, x = paragraph, 80 + 2 * size
        while rest:
            fits = width - 2 if x > 80 else width
            if len(page) == rows:
                out.append(page)
                page = []
            y = 700 - 29 * len(page)
            page.append((x, y, size, rest[:fits]))
            rest, x = rest[fits:], 80
    out.append(page)
    head = [(80, 780, 10, "××市示例条例（草案）")]
    return pdf([head + page + [(280, 60, 12, f"— {no} —")] for no, page in enumerate(out, 1)])


def test_pdf_paragraphs_are_joined_again_and_pages_forgotten():
    paragraphs = ["第一条　" + "为了规范示例活动，保障公共安全，" * 4 + "制定本条例。", "第二条　" + "有关部门应当" * 15 + "。" + "按照职责" * 10 + "做好工作。",
                  "市人民政府应当加强领导。", "第三条　下列情形除外：", "（一）" + "甲乙丙丁" * 12 + "；", "（二）戊。"]  # fmt: skip
    draft = read_draft(printed(paragraphs), "a.pdf")
    assert ["".join(line.split()) for line in lines(draft)] == ["".join(p.split()) for p in paragraphs]
    assert {caution.code for caution in draft.warnings} == {"pdf"}


TURNED = {
    90: (b"0 1 -1 0 %d %d Tm", lambda x, y: (842 - y, x)),
    180: (b"-1 0 0 -1 %d %d Tm", lambda x, y: (595 - x, 842 - y)),
    270: (b"0 -1 1 0 %d %d Tm", lambda x, y: (y, 595 - x)),
}
ARTICLES = [
    "第一条　" + "为了规范示例活动，保障公共安全，" * 4 + "制定本条例。",
    "第二条　" + "有关部门应当" * 15 + "。" + "按照职责" * 10 + "做好工作。",
    "市人民政府应当加强领导。",
]


@pytest.mark.parametrize("angle", TURNED)
@pytest.mark.parametrize("said", [True, False])
def test_pages_of_a_pdf_drawn_turned_are_read_as_they_are_seen(angle, said):
    way, at = TURNED[angle]
    data = re.sub(rb"1 0 0 1 (\d+) (\d+) Tm", lambda m: way % at(int(m[1]), int(m[2])), printed(ARTICLES))
    if said:
        data = data.replace(b"/Type/Page/Parent", b"/Type/Page/Rotate %d/Parent" % angle)
    draft = read_draft(data, "a.pdf")
    assert ["".join(line.split()) for line in lines(draft)] == ["".join(p.split()) for p in ARTICLES]


def test_a_pdf_only_shown_turned_is_read_as_it_is():
    data = printed(ARTICLES).replace(b"/Type/Page/Parent", b"/Type/Page/Rotate 90/Parent")
    assert len(lines(read_draft(data, "a.pdf"))) == 3


@pytest.mark.parametrize("words", [20, 27, 56, 60, 200])
@pytest.mark.parametrize("before", [1, 5, 8])
def test_a_paragraph_that_ends_on_a_short_last_page_is_whole(words, before):
    rest = ("有关部门应当按照各自职责做好有关工作并且" * 10)[:words]
    paragraphs = [
        "第一条　" + "为了规范示例活动，保障公共安全，" * before + "制定本条例。",
        f"第二条　{rest}。",
    ]
    found = ["".join(line.split()) for line in lines(read_draft(printed(paragraphs), "a.pdf"))]
    assert found[-2:] == ["".join(p.split()) for p in paragraphs]


def test_a_note_of_centred_lines_below_the_title_of_a_pdf_is_one():
    page = [(200, 780, 22, "××市示例条例"), (86, 740, 16, "（2020年5月15日××市人民代表大会常务委员"), (212, 718, 16, "会第二十一次会议通过）"),
            (112, 680, 16, "第一条　为了规范示例活动，保障公共安全，制定本条例。")]  # fmt: skip
    draft = read_draft(pdf([page]), "a.pdf")
    assert draft.note == "（2020年5月15日××市人民代表大会常务委员会第二十一次会议通过）"
    assert [node.n for node in draft.articles()] == ["1"]


def test_a_line_whose_width_is_guessed_short_goes_on():
    page = [(80, 740, 16, "第一条　为了规范示例活动，保障公共安全，制定本条例办法。"), (80, 710, 11, "第二条　在非机动车道上划设机动车停车位（包括限时停车位）"),
            (80, 680, 16, "的，余留的非机动车道的宽度不得小于一点五米。")]  # fmt: skip
    draft = read_draft(pdf([page]), "a.pdf")
    assert len(draft.articles()) == 2
    assert len(draft.articles()[1].children) == 1


def test_a_page_of_a_pdf_without_words_is_said():
    data = pdf([[(80, 700, 16, "第一条　为了规范示例活动，保障公共安全，制定本条例。")], []])
    assert "pages_without_text" in {caution.code for caution in read_draft(data, "a.pdf").warnings}


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_older_files_through_libreoffice(kind, tmp_path):
    (tmp_path / "a.txt").write_text(LAW, "utf-8-sig")
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
        "--headless",
        "--infilter=Text (encoded):UTF8",
        "--convert-to",
        kind,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.txt"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    draft = read_draft((tmp_path / f"a.{kind}").read_bytes(), f"a.{kind}")
    assert lines(draft) == LAW.split("\n")[:-1]
    assert draft.warnings == ()


def test_without_libreoffice_it_is_said_what_to_do(monkeypatch):
    monkeypatch.setattr(office_read.shutil, "which", lambda name: None)
    with pytest.raises(Refusal, match="另存为 .docx"):
        read_draft(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.wps")


def test_a_conversion_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(office_read, "SECONDS", 0.2)
    monkeypatch.setattr(office_read.shutil, "which", lambda name: "/bin/sh")
    monkeypatch.setattr(office_read, "_command", lambda *parts: ["/bin/sh", "-c", "sleep 30"])
    with pytest.raises(Refusal, match="转换不成功"):
        office_read.read(b"{\\rtf1 x}", ".rtf")


def test_a_comment_that_is_never_closed_hides_nothing():
    draft = read_draft(
        "# ××条例\n第一条 甲<!-- 乙 -->。\n<!-- 第二条 丙。\n第三条 丁。\n<table>戊".encode(), "a.md"
    )
    assert [node.n for node in draft.articles()] == ["1", "3"]
    assert "乙" not in draft.text()
    assert "<!-- 第二条 丙。" in draft.text()
    assert "戊" in draft.text()


LINKED = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2">
<office:body><office:text><text:p>第一条 甲。<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">
<draw:image xlink:href="http://127.0.0.1:{port}/x.png" xlink:type="simple"/></draw:frame></text:p><text:section text:name="S">
<text:section-source xlink:href="http://127.0.0.1:{port}/x.odt" xlink:type="simple"/><text:p>第二条 乙。</text:p></text:section>
</office:text></office:body></office:document-content>"""


@pytest.mark.libreoffice
def test_libreoffice_fetches_nothing_a_file_links_to():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            package.writestr("content.xml", LINKED.format(port=server.getsockname()[1]))
            package.writestr(
                "META-INF/manifest.xml",
                '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
                'manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
            )
        draft = read_draft(packed.getvalue(), "a.odt")
        assert [node.n for node in draft.articles()] == ["1", "2"]
        with pytest.raises(TimeoutError):  # nobody knocked
            server.accept()
