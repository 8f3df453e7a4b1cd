"""The report's .docx: well formed, official fonts and measures, nothing of a program, same bytes, volumes."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from lxml import etree

from deliberation.domain.annexes import VOLUME, volumes
from deliberation.domain.dossier import Signature
from deliberation.domain.dossier_editions import for_public
from deliberation.formats import minutes_docx, official_docx
from deliberation.formats.official_package import package_bytes
from deliberation.formats.official_styles import section
from deliberation.formats.official_xml import paragraph, safe
from tests.formats.sample_dossier import dossier, minutes, remark

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROGRAMS = re.compile(
    "yishiting|议事厅|deliberation|python|openpyxl|xlsxwriter|typst|libreoffice|microsoft word", re.I
)


def made(value):
    buffer = io.BytesIO()
    official_docx.write(value, buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def data():
    return made(dossier())


@pytest.fixture(scope="module")
def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_every_part_is_well_formed_and_named_in_the_types(parts):
    for name, text in parts.items():
        etree.fromstring(text)
        if name.startswith("word/") and name.endswith(".xml"):
            assert f'PartName="/{name}"'.encode() in parts["[Content_Types].xml"]


def test_relations_used_are_relations_declared(parts):
    used = set(re.findall(rb'r:id="(\w+)"', parts["word/document.xml"]))
    declared = set(re.findall(rb'Id="(\w+)"', parts["word/_rels/document.xml.rels"]))
    assert used <= declared
    assert used == {b"header_default", b"header_even", b"footer_default", b"footer_even"}


def test_every_style_used_is_declared_and_based_on_one(parts):
    used = set(re.findall(rb'w:(?:p|tbl)Style w:val="(\w+)"', parts["word/document.xml"]))
    declared = set(re.findall(rb'w:styleId="(\w+)"', parts["word/styles.xml"]))
    assert used <= declared


def test_measures_of_the_standard(parts):
    root = etree.fromstring(parts["word/document.xml"])
    upright, across = (
        root.iter(f"{W}sectPr"),
        [s for s in root.iter(f"{W}sectPr") if s.find(f"{W}pgSz").get(f"{W}orient")],
    )
    margin = next(upright).find(f"{W}pgMar")
    assert [margin.get(f"{W}{side}") for side in ("top", "bottom", "left", "right")] == [
        "2098",
        "1984",
        "1587",
        "1474",
    ]
    assert len(across) == 1
    styles = parts["word/styles.xml"].decode()
    assert '<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>' in styles
    assert '<w:spacing w:val="-5"/><w:sz w:val="32"/>' in styles
    assert b"docGrid" not in parts["word/document.xml"]
    assert b"<w:evenAndOddHeaders/>" in parts["word/settings.xml"]


def test_fonts_are_the_official_ones_and_only_named(parts):
    names = set(re.findall('w:eastAsia="([^"]+)"', parts["word/styles.xml"].decode())) - {"zh-CN"}
    assert names == {"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"}
    assert not [name for name in parts if "font" in name.lower() or name.endswith((".ttf", ".odttf"))]


def test_levels_have_their_fonts(parts):
    styles = etree.fromstring(parts["word/styles.xml"])
    fonts = {
        s.get(f"{W}styleId"): f.get(f"{W}eastAsia")
        for s in styles.iter(f"{W}style")
        for f in s.iter(f"{W}rFonts")
    }
    assert (fonts["Heading1"], fonts["Heading2"], fonts["Body"]) == ("黑体", "楷体_GB2312", "仿宋_GB2312")


def test_no_program_picture_or_seal(parts):
    for name, text in parts.items():
        assert not PROGRAMS.search(text.decode()), name
        assert b"w:drawing" not in text
        assert b"w:pict" not in text
    assert not [name for name in parts if "media" in name or name.endswith("app.xml")]


def test_the_properties_have_a_title_and_the_day_and_nobody(data):
    found = docx.Document(io.BytesIO(data)).core_properties
    assert found.title == "关于《示例市电动自行车充电安全管理条例（草案征求意见稿）》征求意见情况的报告"
    assert found.created == datetime(2026, 7, 16, 8, 20, tzinfo=UTC)
    assert (found.author, found.last_modified_by, found.comments, found.keywords) == ("", "", "", "")


def test_same_dossier_same_bytes(data):
    assert made(dossier()) == data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_head_row_of_every_table_is_repeated(data):
    tables = docx.Document(io.BytesIO(data)).tables
    assert len(tables) == 5
    for table in tables:
        assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
        assert len(table.rows) >= 2


def test_the_summary_table_is_in_article_order_and_complete(data):
    table = docx.Document(io.BytesIO(data)).tables[0]
    assert [cell.text for cell in table.rows[0].cells][:5] == [
        "序号",
        "条款位置",
        "草案原文",
        "修改建议",
        "理由和依据",
    ]
    assert len(table.rows) == 10
    first = [cell.text for cell in table.rows[1].cells]
    assert first[0] == "1"
    assert first[3].splitlines()[1].startswith("建议表述：")
    assert first[3].splitlines()[2] == "不同意见（4条）：老城区用地不足，建议保留“三百米”。"
    assert first[9] == "19"


def test_every_original_is_there_whatever_its_end(data):
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)
    for n in range(1, 41):
        assert remark(n).number in text
        assert remark(n).text in text
    assert "未归并，原文照附" in text


def test_the_public_edition_says_that_words_are_withheld():
    rows = (remark(1), remark(2, withheld="withdrawn", text="不应出现"))
    text = all_text(made(for_public(replace(dossier(0, 1), remarks=rows))))
    assert "不应出现" not in text
    assert "（此条内容不在本版公开：已撤回）" in text
    assert "2026-03-0002" in text
    assert "1380000" not in text
    assert "某1" not in text


def all_text(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "".join(etree.fromstring(package.read("word/document.xml")).itertext())


RED = Signature(
    number="普街联〔2026〕3号", signer="林某", red_head=True, copies_to=("示例市普安区人大常委会",)
)


def test_letter_form_has_no_red_and_red_head_has_its_parts(data):
    red = made(replace(dossier(2, 1), signature=RED))
    assert "FF0000" not in all_xml(data)
    assert "FF0000" in all_xml(red)
    text = all_text(red)
    assert "普街联〔2026〕3号" in text
    assert "签发人：林某" in text
    assert "抄送：示例市普安区人大常委会。" in text
    assert text.index("普街联") < text.index("关于《")
    copies = next(
        p for p in etree.fromstring(all_xml(red).encode()).iter(f"{W}p") if "抄送" in "".join(p.itertext())
    )
    assert copies.find(f"{W}pPr/{W}keepNext") is not None  # the imprint is never on two pages


def all_xml(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def test_the_mark_stands_at_the_head_of_every_page():
    with zipfile.ZipFile(io.BytesIO(made(replace(dossier(1, 1), mark="示例")))) as package:
        assert "示例" in package.read("word/header1.xml").decode()
        assert "示例" in package.read("word/header2.xml").decode()


@pytest.mark.parametrize(
    ("total", "many"), [(0, 0), (2000, 0), (2001, 2), (4000, 2), (4001, 3), (100_000, 50)]
)
def test_volumes(total, many):
    assert volumes(total) == many


def test_a_report_above_the_limit_names_its_volumes_and_holds_no_original():
    rows = tuple(remark(n) for n in range(1, VOLUME + 2))
    value = replace(dossier(0, 1), remarks=rows)
    text = all_text(made(value))
    assert "共2001条，每2000条一册，共2册，见随附的各分册。" in text
    assert remark(1).text not in text
    source, found = iter(rows), []
    for number in (1, 2):
        buffer = io.BytesIO()
        official_docx.write_volume(value, number, source, buffer)
        found += re.findall(r"2026-03-\d{4}", all_text(buffer.getvalue()))
    assert found == [row.number for row in rows]


def test_a_character_that_xml_cannot_hold_is_shown_not_lost():
    assert safe("a\x00b\x0b\ud800\uffff<&>") == "a\ufffdb\ufffd\ufffd\ufffd&lt;&amp;&gt;"
    paper = package_bytes([paragraph("姓\x08名", "Body"), section()], title="题\x01", made_at=None)
    assert docx.Document(io.BytesIO(paper)).paragraphs[0].text == "姓\ufffd名"


def test_minutes_are_a_paper_of_their_own_and_a_draft_says_so():
    final, draft = (
        minutes_docx.write(minutes(1)),
        minutes_docx.write(replace(minutes(1), state="draft"), mark="示例"),
    )
    text = [p.text for p in docx.Document(io.BytesIO(final)).paragraphs]
    assert text[:3] == ["电动自行车充电安全立法", "征询第一次座谈会纪要", "第1期"]
    assert "出席：赵某　钱某　孙某　李某　周某　吴某　郑某　王某　冯某　陈某" in text
    assert "到会：应到35人，实到31人" in text
    assert [line for line in text if line[:2] in {"一、", "二、", "三、"}] == [
        "一、议程",
        "二、发言记录",
        "三、形成的意见",
    ]
    with zipfile.ZipFile(io.BytesIO(draft)) as package:
        assert "示例　草稿" in package.read("word/header1.xml").decode()
    with zipfile.ZipFile(io.BytesIO(final)) as package:
        assert "稿" not in package.read("word/header1.xml").decode()


def test_public_minutes_count_people_instead_of_naming_them():
    sheet = for_public(dossier(1, 1)).minutes[0]
    text = all_text(minutes_docx.write(sheet))
    assert "居民代表10人" in text
    assert not re.search("[赵钱孙李周吴郑王冯陈沈林何]某", text)
