"""Word documents: automatic numbers in every Chinese list format, tracked changes, tables, notes, embedded bodies."""

import io
import zipfile

import pytest

from deliberation.domain.numbering import to_chinese
from deliberation.formats.docx_numbering import figure
from deliberation.formats.reading import read_draft

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {"[Content_Types].xml": TYPES, **parts}.items():
            package.writestr(name, data)
    return out.getvalue()


def docx(body, **parts):
    """A .docx with this body; keyword `numbering="…"` becomes word/numbering.xml."""
    named = {f"word/{name}.xml": text for name, text in parts.items() if not name.startswith("rels")}
    if "rels" in parts:
        named["word/_rels/document.xml.rels"] = parts["rels"]
    return packed({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>", **named})


def p(text, num=None, depth=0, props="", style=None):
    number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>' if num else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:p><w:pPr>{named}{number}{props}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def lvl(depth, fmt, text, start=1, extra=""):
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels, nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    return f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}</w:numbering>'


def read(body, **parts):
    return read_draft(docx(body, **parts), "draft.docx")


def lines(draft):
    return list(draft.lines())


@pytest.mark.parametrize(
    ("fmt", "written"),
    [
        ("chineseCounting", "十二"), ("chineseCountingThousand", "十二"), ("japaneseCounting", "十二"),
        ("taiwaneseCountingThousand", "十二"), ("ideographDigital", "一二"), ("decimal", "12"),
        ("decimalFullWidth", "１２"), ("decimalZero", "12"), ("unheardOf", "12"),
    ],
)  # fmt: skip
def test_articles_are_numbered_as_word_shows_them(fmt, written):
    body = "".join(p(f"内容{i}。", num=1) for i in range(12))
    draft = read(body, numbering=lists(lvl(0, fmt, "第%1条")))
    assert draft.articles()[-1].number == f"第{written}条"
    assert [node.n for node in draft.articles()] == [str(n) for n in range(1, 13)]


@pytest.mark.parametrize(
    ("fmt", "number", "written"),
    [
        ("decimalEnclosedParen", 3, "⑶"), ("decimalEnclosedCircle", 3, "③"), ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedFullstop", 2, "⒉"), ("chineseLegalSimplified", 21, "贰拾壹"), ("lowerRoman", 14, "xiv"),
        ("upperRoman", 4, "IV"), ("upperLetter", 28, "BB"), ("lowerLetter", 3, "c"), ("ideographTraditional", 2, "乙"),
        ("ideographZodiac", 12, "亥"), ("ideographDigital", 10, "一〇"), ("none", 5, ""), ("bullet", 5, ""),
        ("decimalEnclosedCircle", 25, "25"),
    ],
)  # fmt: skip
def test_list_formats(fmt, number, written):
    assert figure(number, fmt) == written


def test_counting_formats_up_to_thousands():
    assert all(
        figure(n, "chineseCountingThousand") == to_chinese(n) for n in (1, 10, 99, 100, 101, 1260, 9999)
    )


def test_chapters_restart_sections_but_never_articles():
    numbering = lists(
        lvl(0, "chineseCounting", "第%1章"), lvl(1, "chineseCounting", "第%2节"),
        lvl(2, "chineseCountingThousand", "第%3条", extra='<w:lvlRestart w:val="0"/>'),
        lvl(3, "chineseCounting", "（%4）"), lvl(4, "decimal", "%5."),
    )  # fmt: skip
    body = (
        p("甲章", 1) + p("甲节", 1, 1) + p("条文。", 1, 2) + p("有下列情形的：") + p("项；", 1, 3) + p("目；", 1, 4) + p("项。", 1, 3)
        + p("乙节", 1, 1) + p("条文。", 1, 2) + p("乙章", 1) + p("丙节", 1, 1) + p("条文：", 1, 2) + p("项。", 1, 3)
    )  # fmt: skip
    draft = read(body, numbering=numbering)
    assert [node.number for node in draft.articles()] == ["第一条", "第二条", "第三条"]
    assert [(n.number, n.heading) for n in draft.walk() if n.kind in {"chapter", "section"}] == [
        ("第一章", "甲章"), ("第一节", "甲节"), ("第二节", "乙节"), ("第二章", "乙章"), ("第一节", "丙节"),
    ]  # fmt: skip
    assert [n.number for n in draft.walk() if n.kind in {"subparagraph", "item"}] == [
        "（一）",
        "1.",
        "（二）",
        "（一）",
    ]


def test_start_and_override():
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="30"/></w:lvlOverride></w:num>'
    )
    body = p("甲。", 1) + p("乙。", 1) + p("丙。", 2) + p("丁。", 2)
    draft = read(body, numbering=lists(lvl(0, "chineseCounting", "第%1条", start=5), nums=nums))
    assert [node.n for node in draft.articles()] == ["5", "6", "30", "31"]


def test_numbering_from_a_style_and_its_base():
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="A"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="条二"/><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    draft = read(
        p("甲。", style="A") + p("乙。", style="B") + p("丙。", num="0", style="A"),
        styles=styles,
        numbering=lists(lvl(0, "chineseCounting", "第%1条")),
    )
    assert [node.n for node in draft.articles()] == ["1", "2"]
    assert draft.articles()[1].children[1].text == "丙。"


def test_empty_numbered_paragraphs_do_not_count():
    draft = read(p("甲。", 1) + p("", 1) + p("乙。", 1), numbering=lists(lvl(0, "chineseCounting", "第%1条")))
    assert [node.n for node in draft.articles()] == ["1", "2"]


def test_tracked_changes_are_accepted_and_said():
    body = (
        "<w:p><w:r><w:t>第一条 市</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:t>词。</w:t></w:r></w:p>"
        "<w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom>"
    )
    draft = read(body)
    assert lines(draft) == ["第一条　市新词。"]
    assert "tracked_changes" in {caution.code for caution in draft.warnings}


def test_a_deleted_paragraph_end_joins_two_paragraphs():
    body = p("第一条 甲", props="<w:rPr><w:del/></w:rPr>") + p("乙。")
    assert lines(read(body)) == ["第一条　甲乙。"]


def test_tables_breaks_fields_and_hyphens():
    body = (
        p("第一条 标准如下：")
        + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>种类</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>金额</w:t></w:r></w:p><w:p><w:r><w:t>（元）</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        '<w:p><w:r><w:t>第二款</w:t></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>'
        "<w:r><w:noBreakHyphen/><w:t>完。</w:t><w:br/><w:t>第二条 乙。</w:t></w:r></w:p>"
    )
    draft = read(body)
    assert lines(draft) == [
        "第一条　标准如下：",
        "种类\t金额 （元）",
        "甲\t1",
        "第二款链接-完。",
        "第二条　乙。",
    ]
    assert [child.kind for child in draft.articles()[0].children] == ["paragraph", "table", "paragraph"]


def test_footnotes_stand_after_their_paragraph():
    notes = f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"/><w:footnote w:id="2"><w:p><w:r><w:t>注释。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    draft = read(
        '<w:p><w:r><w:t>第一条 甲。</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' + p("第二条 乙。"),
        footnotes=notes,
    )
    assert lines(draft) == ["第一条　甲。", "注释。", "第二条　乙。"]
    assert [caution.code for caution in draft.warnings] == ["footnote"]


def test_text_boxes_are_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>框里的字。</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = f"<w:p><w:r><w:t>第一条 甲。</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    assert lines(read(body)) == ["第一条　甲。", "框里的字。"]


def test_a_picture_is_said():
    draft = read("<w:p><w:r><w:t>第一条 甲。</w:t><w:drawing/></w:r></w:p>")
    assert [caution.code for caution in draft.warnings] == ["picture"]


def test_embedded_web_archive_is_read():
    mht = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset="utf-8"\n'
        "Content-Transfer-Encoding: 8bit\n\n<html><body><h1>××条例</h1><p>第一条 甲。</p></body></html>\n--b--\n"
    )
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c" Target="/word/afchunk.mht"/></Relationships>'
    data = packed({
        "word/document.xml": f'<w:document {W}><w:body><w:altChunk r:id="c"/></w:body></w:document>',
        "word/_rels/document.xml.rels": rels, "word/afchunk.mht": mht,
    })  # fmt: skip
    draft = read_draft(data, "a.docx")
    assert (draft.title, [node.n for node in draft.articles()]) == ("××条例", ["1"])


@pytest.mark.parametrize(
    "target",
    [
        'Target="http://127.0.0.1:9/x.html" TargetMode="External"',
        'Target="../../../etc/passwd"',
        'Target="file:///etc/passwd"',
    ],
)
def test_a_body_outside_the_file_is_never_opened(target, monkeypatch):
    import socket

    def never(*_args, **_more):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", never)
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c" {target}/></Relationships>'
    draft = read('<w:altChunk r:id="c"/>' + p("第一条 甲。"), rels=rels)
    assert lines(draft) == ["第一条　甲。"]
    assert [caution.code for caution in draft.warnings] == ["outside"]


def test_contents_entries_by_style_are_left_out():
    styles = f'<w:styles {W}><w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style></w:styles>'
    draft = read(
        p("目录") + p("第一章 总则 1", style="T") + p("第一章 总则") + p("第一条 甲。"), styles=styles
    )
    assert lines(draft) == ["第一章　总则", "第一条　甲。"]
