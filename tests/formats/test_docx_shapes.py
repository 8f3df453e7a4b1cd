"""Word documents as people make them: hidden and moved words, controls, boxes, cells, linked styles, bodies in bodies."""

import base64
import quopri

import pytest

from deliberation.domain.errors import Refusal
from deliberation.formats.docx_numbering import figure
from deliberation.formats.reading import read_draft
from tests.formats.test_docx_read import W, docx, lines, lists, lvl, p, packed, read

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def r(text, props=""):
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def codes(draft):
    return [(caution.code, caution.line) for caution in draft.warnings]


def table(*rows):
    cells = ["".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


SHOWN = '<w:vanish w:val="0"/>'
BOX = f"<w:txbxContent>{p('框里的字。')}</w:txbxContent>"
TWICE = f"<w:r><mc:AlternateContent {MC}><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice><mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
NUMBERED = lists(lvl(0, "chineseCounting", "第%1条"))


@pytest.mark.parametrize(
    ("body", "expected", "warned"),
    [
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{p('第一条 甲。')}<w:p>{r('第二条 ')}<w:sdt><w:sdtContent>{r('乙。')}</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>{p('第三条 丙。')}",
         ["第一条　甲。", "第二条　乙。", "第三条　丙。"], []),
        (f"<w:p>{r('第一条 ')}<w:smartTag>{r('2026')}<w:smartTag>{r('年')}</w:smartTag></w:smartTag><w:customXml>{r('起。')}</w:customXml></w:p>",
         ["第一条　2026年起。"], []),
        (f"<w:p>{r('第一条 甲')}{r('看不见', '<w:vanish/>')}{r('乙。', SHOWN)}</w:p>", ["第一条　甲乙。"], [("hidden_text", 1)]),
        ('<w:p><w:r><w:t>第一条</w:t><w:tab/><w:t>甲</w:t><w:softHyphen/><w:t>乙。</w:t><w:cr/><w:t>第二款。</w:t></w:r></w:p>',
         ["第一条　甲乙。", "第二款。"], []),
        (f"<w:p>{r('第一条 甲')}<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>{r('乙。')}</w:p>", ["第一条　甲☑乙。"], []),
        (f"<w:p>{r('第一条 ')}<w:r><w:ruby><w:rt>{r('pin')}</w:rt><w:rubyBase>{r('拼')}</w:rubyBase></w:ruby></w:r>{r('。')}</w:p>", ["第一条　拼。"], []),
        (f"<w:p><w:moveFrom>{r('第一条 走。')}</w:moveFrom></w:p>{p('第一条 甲。')}<w:p><w:moveTo>{r('第二条 来。')}</w:moveTo></w:p>",
         ["第一条　甲。", "第二条　来。"], [("tracked_changes", 1)]),
        (f"<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>REF x</w:instrText><w:fldChar w:fldCharType='separate'/></w:r>{r('第一条')}<w:r><w:fldChar w:fldCharType='end'/></w:r>{r(' 甲。')}</w:p>",
         ["第一条　甲。"], []),
        (f"<w:p><w:fldSimple w:instr='PAGE'>{r('第一条')}</w:fldSimple>{r(' 甲。')}</w:p>", ["第一条　甲。"], []),
        (f"<mc:AlternateContent {MC}><mc:Choice>{p('第一条 甲。')}</mc:Choice><mc:Fallback>{p('第一条 甲。')}</mc:Fallback></mc:AlternateContent>{p('第二条 乙。')}",
         ["第一条　甲。", "第二条　乙。"], []),
        (f"<w:p>{TWICE}</w:p>{p('第一条 乙。')}", ["框里的字。", "第一条　乙。"], []),
        (p("第一条 表：") + table([p("甲"), f"<w:p>{TWICE}{r('乙')}</w:p>"]), ["第一条　表：", "甲\t乙", "框里的字。"], []),
        (table([p("第一条 甲。")], [p("第二条 乙。") + table([p("a"), p("b")])]), ["第一条　甲。", "第二条　乙。", "a\tb"], []),
        (p("第一条 表：") + table([p("甲"), p("外") + table([p("内1"), p("内2")]) + p("又外")]), ["第一条　表：", "甲\t外 内1 内2 又外"], []),
        (f"{p('第一条 表：')}<w:tbl><w:tr><w:trPr><w:ins/></w:trPr><w:tc>{p('c')}</w:tc><w:tc>{p('d')}</w:tc></w:tr></w:tbl>", ["第一条　表：", "c\td"], [("tracked_changes", 1)]),
    ],
)  # fmt: skip
def test_words_as_word_shows_them(body, expected, warned):
    draft = read(body)
    assert lines(draft) == expected
    assert codes(draft) == warned


def test_automatic_numbers_go_on_through_cells():
    draft = read(p("甲。", 1) + table([p("乙", 1), p("丙", 1)]) + p("丁。", 1), numbering=NUMBERED)
    assert lines(draft) == ["第一条　甲。", "第二条 乙\t第三条 丙", "第四条　丁。"]


def test_a_deleted_numbered_paragraph_does_not_count():
    gone = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>旧。</w:delText></w:r></w:del></w:p>'
    draft = read(gone + p("甲。", 1) + p("乙。", 1), numbering=NUMBERED)
    assert lines(draft) == ["第一条　甲。", "第二条　乙。"]


def test_a_list_finds_its_depth_by_the_style_linked_to_it():
    def style(key):
        return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{key}"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'

    numbering = lists(
        lvl(0, "chineseCounting", "第%1章", extra='<w:pStyle w:val="Z"/>'),
        lvl(1, "chineseCounting", "第%2条", extra='<w:pStyle w:val="T"/><w:lvlRestart w:val="0"/>'),
    )
    body = p("总则", style="Z") + p("甲。", style="T") + p("附则", style="Z") + p("乙。", style="T")
    draft = read(body, numbering=numbering, styles=f"<w:styles {W}>{style('Z')}{style('T')}</w:styles>")
    assert lines(draft) == ["第一章　总则", "第一条　甲。", "第二章　附则", "第二条　乙。"]


def test_legal_numbers_of_several_levels_and_no_gap():
    numbering = lists(
        lvl(0, "chineseCounting", "第%1条"), lvl(1, "decimal", "%1.%2", extra="<w:isLgl/>"),
        lvl(2, "chineseCounting", "（%3）", extra='<w:suff w:val="nothing"/>'),
    )  # fmt: skip
    draft = read(
        p("甲：", 1) + p("乙；", 1, 1) + p("丙。", 1, 1) + p("丁：", 1) + p("戊。", 1, 2), numbering=numbering
    )
    assert lines(draft) == ["第一条　甲：", "1.1　乙；", "1.2　丙。", "第二条　丁：", "（一）　戊。"]


@pytest.mark.parametrize(("fmt", "number", "written"), [("ideographZodiacTraditional", 61, "61"), ("ideographZodiacTraditional", 13, "丙子"),
    ("numberInDash", 3, "- 3 -"), ("decimalHalfWidth", 7, "7"), ("chineseCounting", 110, "一百一十")])  # fmt: skip
def test_rarer_formats(fmt, number, written):
    assert figure(number, fmt) == written


@pytest.mark.parametrize("wrong", ["x", "", "-1", "99", "1e9", "9" * 40])
def test_numbers_that_are_none_stop_nothing(wrong):
    body = f'<w:p><w:pPr><w:outlineLvl w:val="{wrong}"/><w:numPr><w:ilvl w:val="{wrong}"/><w:numId w:val="{wrong}"/></w:numPr></w:pPr>{r("第一条 甲。")}</w:p>'
    styles = f'<w:styles {W}><w:style w:styleId="A"><w:name w:val="heading {wrong}"/><w:basedOn w:val="A"/><w:pPr><w:numPr><w:ilvl w:val="{wrong}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    numbering = lists(lvl(0, "decimal", "%1.", start=wrong))
    assert "第一条" in read(body + p("乙。", style="A"), numbering=numbering, styles=styles).text()


def test_a_contents_field_without_styles():
    toc = f"<w:sdt><w:sdtContent>{p('目录')}<w:p><w:r><w:instrText>TOC</w:instrText></w:r><w:hyperlink w:anchor='_1'>{r('第一章 总则')}<w:r><w:tab/></w:r>{r('1')}</w:hyperlink></w:p>{p('第二章 附则')}</w:sdtContent></w:sdt>"
    draft = read(toc + p("第一章 总则") + p("第一条 甲。") + p("第二章 附则") + p("第二条 乙。"))
    assert lines(draft) == ["第一章　总则", "第一条　甲。", "第二章　附则", "第二条　乙。"]


HTML = "<html><head><meta charset='gb2312'><style>p{}</style></head><body><h1>××条例</h1><p class=MsoNormal>第一条&nbsp;甲=乙。</p><p>第二条　丙。</p></body></html>"


def archived(transfer, charset):
    data = HTML.encode(charset)
    written = (
        base64.encodebytes(data)
        if transfer == "base64"
        else quopri.encodestring(data)
        if transfer == "quoted-printable"
        else data
    )
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"; type="text/html"\r\n\r\n--b\r\nContent-Location: file:///C:/x.htm\r\nContent-Transfer-Encoding: {transfer}\r\nContent-Type: text/html; charset="{charset}"\r\n\r\n'
    return head.encode() + written + b"\r\n--b--\r\n"


def embedding(name, data):
    rels = f'<Relationships xmlns="{RELS}"><Relationship Id="c" Target="{name}"/></Relationships>'
    body = f'<w:document {W}><w:body>{p("甲市公告")}<w:altChunk r:id="c"/></w:body></w:document>'
    return packed({"word/document.xml": body, "word/_rels/document.xml.rels": rels, f"word/{name}": data})


def in_cells(*cells):
    """A table of one row whose cells hold this XML, and an embedded page to refer to."""
    rels = f'<Relationships xmlns="{RELS}"><Relationship Id="c" Target="afchunk.mht"/></Relationships>'
    row = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    body = f"<w:document {W}><w:body>{p('甲市公告')}<w:tbl><w:tr>{row}</w:tr></w:tbl>{p('附后。')}</w:body></w:document>"
    parts = {"word/document.xml": body, "word/_rels/document.xml.rels": rels}
    return packed(parts | {"word/afchunk.mht": archived("8bit", "utf-8")})


def test_a_body_embedded_in_a_frame_of_one_cell_is_the_body():
    draft = read_draft(in_cells('<w:altChunk r:id="c"/>'), "a.docx")
    assert [(n.number, n.children[0].text) for n in draft.articles()][0] == ("第一条", "甲=乙。")


def test_a_body_embedded_in_a_cell_of_a_table_is_words_of_that_cell():
    draft = read_draft(in_cells(p("左"), '<w:altChunk r:id="c"/>' + p("右")), "a.docx")
    (table,) = [node for node in draft.walk() if node.kind == "table"]
    assert table.text.split("\t")[0].strip() == "左"
    assert all(word in table.text for word in ("××条例", "第一条", "甲=乙。", "右"))


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", "gb18030"])
@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
def test_embedded_archives_in_every_transfer(transfer, charset):
    draft = read_draft(embedding("afchunk.mht", archived(transfer, charset)), "a.docx")
    assert [(n.number, n.children[0].text) for n in draft.articles()] == [
        ("第一条", "甲=乙。"),
        ("第二条", "丙。"),
    ]
    assert draft.title == "××条例"


@pytest.mark.parametrize("name", ["chunk.htm", "chunk.html", "chunk.docx", "chunk.txt"])
def test_other_embedded_bodies(name):
    data = {"htm": HTML.encode("gbk"), "html": HTML.encode("gbk"), "txt": "第一条 甲=乙。\n第二条　丙。".encode(),
            "docx": docx(p("甲=乙。", 1) + p("丙。", 1), numbering=NUMBERED)}[name.split(".")[1]]  # fmt: skip
    draft = read_draft(embedding(name, data), "a.docx")
    assert [(n.number, n.children[0].text) for n in draft.articles()] == [
        ("第一条", "甲=乙。"),
        ("第二条", "丙。"),
    ]


def test_bodies_inside_bodies_without_end_are_refused():
    data = docx(p("第一条 甲。"))
    for _step in range(6):
        data = embedding("chunk.docx", data)
    with pytest.raises(Refusal, match="损坏"):
        read_draft(data, "a.docx")


def test_strict_documents_are_read():
    data = docx(
        p("甲。", 1),
        numbering=NUMBERED.replace(
            "schemas.openxmlformats.org/wordprocessingml/2006/main",
            "purl.oclc.org/ooxml/wordprocessingml/main",
        ),
    )
    body = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{p("甲。", 1)}</w:body></w:document>'
    strict = packed(
        {
            "word/document.xml": body,
            "word/numbering.xml": NUMBERED.replace(
                "schemas.openxmlformats.org/wordprocessingml/2006/main",
                "purl.oclc.org/ooxml/wordprocessingml/main",
            ),
        }
    )
    assert lines(read_draft(strict, "a.docx")) == lines(read_draft(data, "a.docx")) == ["第一条　甲。"]


def test_what_stands_around_the_page_is_not_read():
    parts = {
        "header1": f"<w:hdr {W}>{p('页眉')}</w:hdr>",
        "footer1": f"<w:ftr {W}>{p('页脚')}</w:ftr>",
        "comments": f"<w:comments {W}><w:comment>{p('批注')}</w:comment></w:comments>",
    }
    draft = read(
        f"<w:p><w:commentRangeStart/>{r('第一条 甲。')}<w:commentRangeEnd/><w:r><w:commentReference/></w:r></w:p><w:sectPr/>",
        **parts,
    )
    assert lines(draft) == ["第一条　甲。"]
    assert codes(draft) == []


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def named(target, body):
    """A document whose package says where its body is."""
    rels = f'<Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="{target}"/></Relationships>'
    return packed(
        {"_rels/.rels": rels, "word/document2.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    )


@pytest.mark.parametrize(
    "target", ["word/document2.xml", "/word/document2.xml", "./word/../word/document2.xml"]
)
def test_a_body_under_another_name_is_found_as_the_package_says(target):
    draft = read_draft(named(target, p("第一条 甲。") + p("第二条 乙。")), "a.docx")
    assert draft.counts()["article"] == 2


@pytest.mark.parametrize("target", ["word/gone.xml", "../../etc/passwd", "xl/workbook.xml"])
def test_a_body_that_is_not_there_is_refused(target):
    with pytest.raises(Refusal):
        read_draft(named(target, p("第一条 甲。")), "a.docx")
