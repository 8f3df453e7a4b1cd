"""The comparison table: words marked so that both texts can be read off it, rows in order, the same bytes each time."""

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from deliberation.cli.compare import compare as command
from deliberation.domain.alignment import ArticleText, align
from deliberation.domain.comparison import Row, Run, compare, words
from deliberation.formats import comparison_docx, comparison_xlsx
from deliberation.formats.comparison_xlsx import MOST, Beside
from deliberation.formats.wording_diff import differences, similarity

CHARGE = "电动自行车应当在指定的充电场所充电，不得在楼道、门厅等公共部位停放或者充电。"
REPORT = "物业服务企业发现违规充电行为的，应当劝阻；劝阻无效的，应当及时报告街道办事处。"
FINE = "违反本条例规定，在公共部位充电的，由消防救援机构责令改正，处二百元以上五百元以下罚款。"
START = "本条例自公布之日起施行。"


def side(*texts: str) -> list[ArticleText]:
    return [ArticleText(f"art_{n}", str(n), text) for n, text in enumerate(texts, 1)]


def table(old: list[ArticleText], new: list[ArticleText]) -> list[Row]:
    return compare(old, new, align(old, new), differences)


def marked(old: str, new: str) -> str:
    signs = {"equal": "{}", "gone": "[-{}-]", "added": "[+{}+]"}
    return "".join(signs[r.change].format(r.text) for r in differences(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("同", "同", "同"),
        ("", "", ""),
        ("", "新增", "[+新增+]"),
        ("删去", "", "[-删去-]"),
        (
            "处二百元以上五百元以下罚款",
            "处五百元以上一千元以下罚款",
            "处[-二百元-][+五百元+]以上[-五百元-][+一千元+]以下罚款",
        ),
        ("违反本法第三十条规定", "违反本法第三十五条规定", "违反本法[-第三十条-][+第三十五条+]规定"),
        ("自2019年3月1日起", "自2024年7月1日起", "自[-2019-][+2024+]年[-3-][+7+]月1日起"),
        ("甲乙的丙丁", "戊己的庚辛", "[-甲乙的丙丁-][+戊己的庚辛+]"),
    ],
)
def test_words_are_marked_as_people_read_them(old, new, expected):
    assert marked(old, new) == expected


TEXT = st.text("甲乙丙丁一二百元第条12，。\n", max_size=40)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_off_the_runs(old, new):
    runs = differences(old, new)
    assert "".join(r.text for r in runs if r.change != "added") == old
    assert "".join(r.text for r in runs if r.change != "gone") == new
    assert all(r.text for r in runs)
    assert all(a.change != b.change for a, b in zip(runs, runs[1:], strict=False))


@given(TEXT)
def test_equal_texts_have_no_change(text):
    assert differences(text, text) == ((Run("equal", text),) if text else ())
    assert similarity(text, text) == 1


def test_a_split_is_one_row_with_its_words_in_their_articles():
    rows = table(side(CHARGE + REPORT, START), side(CHARGE, REPORT, START))
    assert [(r.relation, len(r.old), len(r.new), r.sure) for r in rows] == [
        ("split", 1, 2, False),
        ("renumbered", 1, 1, True),
    ]
    assert ["".join(run.text for run in cell.runs) for cell in rows[0].new] == [CHARGE, REPORT]
    assert not [run for cell in (*rows[0].old, *rows[0].new) for run in cell.runs if run.change != "equal"]


ARTICLES = st.lists(st.text("甲乙丙丁戊己庚辛，。", min_size=1, max_size=20), max_size=6)


@given(ARTICLES, ARTICLES)
def test_every_article_stands_in_exactly_one_row_with_all_its_words(old, new):
    olds, news = side(*old), side(*new)
    rows = table(olds, news)
    for articles, cells in (
        (olds, [c for r in rows for c in r.old]),
        (news, [c for r in rows for c in r.new]),
    ):
        assert sorted(c.article.key for c in cells) == sorted(a.key for a in articles)
        assert all("".join(run.text for run in c.runs) == c.article.text for c in cells)


def test_only_real_changes_pass_the_filter():
    rows = table(side(CHARGE, REPORT, START), side(REPORT, CHARGE.replace("门厅", "大厅"), START))
    assert {r.old[0].article.key: r.changed for r in rows if r.old}["art_3"] is False
    changed = [r for r in rows if r.changed]
    assert [(r.old[0].article.key, r.relation) for r in changed] == [("art_1", "moved")]


def test_words_lists_what_went_and_what_came():
    runs = differences(FINE, FINE.replace("消防救援机构", "街道办事处").replace("二百", "三百"))
    assert (words(runs, "gone"), words(runs, "added")) == (
        ["消防救援机构", "二百元"],
        ["街道办事处", "三百元"],
    )


def rows() -> list[Row]:
    return table(side(CHARGE, REPORT, FINE, START), side(CHARGE.replace("门厅", "大厅"), REPORT, START))


def test_the_spreadsheet_holds_every_text_and_word_of_change():
    data = comparison_xlsx.write(rows(), title="某条例")
    lines = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("对照表").to_python()
    assert lines[0] == ["原条文", "新条文", "变化"]
    assert lines[1] == [f"第一条　{CHARGE}", f"第一条　{CHARGE.replace('门厅', '大厅')}", "有修改"]
    assert [line[2] for line in lines[2:]] == ["未改", "删去", "条序调整"]
    assert lines[3][:2] == [f"第三条　{FINE}", ""]


@pytest.mark.parametrize("heading", ["处罚", "【处罚】", "〖处罚〗", " [处罚] "])
def test_a_caption_stands_in_one_pair_of_brackets(heading):
    one = ArticleText("art_9", "9", FINE, heading=heading, number="第九条")
    (row,) = compare([one], [], align([one], []), differences)
    assert comparison_xlsx.name(row.old[0]) == "第九条【处罚】"


def test_the_spreadsheet_has_remarks_and_outcome_where_they_are_given():
    said = {"art_1": Beside("建议增加“地下室”。", "采纳"), "art_3": Beside("=1+1", "")}
    data = comparison_xlsx.write(rows(), title="某条例", beside=said)
    lines = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("对照表").to_python()
    assert lines[0][3:] == ["意见", "处理结果"]
    assert [line[3:] for line in lines[1:]] == [
        ["建议增加“地下室”。", "采纳"],
        ["", ""],
        ["=1+1", ""],
        ["", ""],
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    data = comparison_xlsx.write(table(side("甲" * 40_000), []), title="某条例")
    cell = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1][0]
    assert len(cell) == MOST
    assert cell.endswith("（本格放不下全文，见网页对照表）")


def test_words_can_be_said_in_another_language():
    english = {
        "对照表": "Comparison",
        "原条文": "Before",
        "新条文": "After",
        "变化": "Change",
        "有修改": "reworded",
    }
    data = comparison_xlsx.write(rows()[:1], title="x", say=lambda m: english.get(m, m))
    lines = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Comparison").to_python()
    assert (lines[0], lines[1][2]) == (["Before", "After", "Change"], "reworded")


def test_the_document_holds_the_same_rows_with_the_head_on_every_page():
    data = comparison_docx.write(
        rows(), title="某条例对照表", beside={"art_3": Beside("建议保留。", "未采纳")}
    )
    (made,) = docx.Document(io.BytesIO(data)).tables
    texts = [[cell.text for cell in row.cells] for row in made.rows]
    assert texts[0] == ["原条文", "新条文", "变化", "意见", "处理结果"]
    assert texts[3] == [f"第三条　{FINE}", "", "删去", "建议保留。", "未采纳"]
    assert texts[4] == [f"第四条　{START}", f"第三条　{START}", "条序调整", "", ""]
    xml = made._tbl.xml
    assert xml.count("w:tblHeader") == 1
    struck = [r.text for p in made.rows[1].cells[0].paragraphs for r in p.runs if r.font.strike]
    under = [r.text for p in made.rows[1].cells[1].paragraphs for r in p.runs if r.font.underline]
    assert (struck, under) == (["门"], ["大"])


@pytest.mark.parametrize("write", [comparison_xlsx.write, comparison_docx.write])
def test_the_same_rows_give_the_same_bytes(write):
    assert write(rows(), title="某条例") == write(rows(), title="某条例")


def document(path: Path, *texts: str) -> str:
    numbers = "一二三四五"
    lines = ["某市充电条例", *(f"第{numbers[n]}条　{text}" for n, text in enumerate(texts))]
    path.write_text("\n\n".join(lines), "utf-8")
    return str(path)


@pytest.fixture
def files(tmp_path):
    old = document(tmp_path / "old.txt", CHARGE, REPORT, START)
    new = document(tmp_path / "new.txt", REPORT, CHARGE.replace("门厅", "大厅"), FINE, START)
    return old, new


def test_the_command_prints_links_as_agreed(files):
    done = CliRunner().invoke(command, [*files, "--json"])
    assert done.exit_code == 0, done.output
    links = json.loads(done.output)["links"]
    assert [set(link) for link in links] == [{"old", "new", "relation", "score", "sure"}] * len(links)
    told = {(link["old"], link["new"]): link["relation"] for link in links}
    assert told[(None, "art_3")] == "new"
    assert told[("art_3", "art_4")] == "renumbered"
    assert {old for old, _ in told if old} == {"art_1", "art_2", "art_3"}
    assert {new for _, new in told if new} == {"art_1", "art_2", "art_3", "art_4"}


def test_the_command_writes_a_spreadsheet_and_never_over_another(files, tmp_path):
    out = tmp_path / "out.xlsx"
    assert CliRunner().invoke(command, [*files, "--xlsx", str(out)]).exit_code == 0
    first = out.read_bytes()
    assert CalamineWorkbook.from_path(out).sheet_names == ["对照表"]
    again = CliRunner().invoke(command, [*files, "--xlsx", str(out)])
    assert (again.exit_code, out.read_bytes()) == (2, first)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("missing.txt", None, "读不到文件"), ("plain.txt", "只有一句话，没有编号。", "没有条文")],
)
def test_the_command_refuses_in_one_line(files, tmp_path, name, content, says):
    if content is not None:
        (tmp_path / name).write_text(content, "utf-8")
    done = CliRunner().invoke(command, [files[0], str(tmp_path / name), "--json"])
    assert done.exit_code == 2
    assert says in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_a_column_in_which_nothing_stands_is_left_out():
    said = {"art_1": Beside("建议增加“地下室”。", "")}
    book = comparison_xlsx.write(rows(), title="某条例", beside=said)
    lines = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("对照表").to_python()
    assert lines[0] == ["原条文", "新条文", "变化", "意见"]
    (made,) = docx.Document(io.BytesIO(comparison_docx.write(rows(), title="某条例", beside=said))).tables
    assert [cell.text for cell in made.rows[0].cells] == ["原条文", "新条文", "变化", "意见"]
    assert made.rows[1].cells[3].text == "建议增加“地下室”。"
    assert (
        len(
            docx.Document(
                io.BytesIO(comparison_docx.write(rows(), title="某条例", beside={"art_1": Beside()}))
            )
            .tables[0]
            .columns
        )
        == 3
    )


def test_a_row_of_the_spreadsheet_is_as_high_as_its_longest_cell():
    assert comparison_xlsx.height(["甲", "乙"], (60, 60)) == 18
    assert comparison_xlsx.height(["甲" * 58, "乙"], (60, 60)) == 48
    assert comparison_xlsx.height(["甲\n乙\n丙", "x" * 40], (60, 60)) == 48
    assert comparison_xlsx.height(["甲" * 40_000], (60,)) == 409
