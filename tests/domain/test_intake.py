"""Tables of other offices: columns guessed, rows read with their problems, keys that survive a corrected file."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.columns import PEOPLE, REMARKS, Table, cautions_of, guess, header_row
from deliberation.domain.errors import Refusal
from deliberation.domain.intake import by_cells, iso_time, people_rows, remark_rows
from deliberation.domain.row_keys import row_keys
from deliberation.domain.verbatim import verbatim


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("序号 条款位置 草案原文 修改建议 理由和依据 意见类型 提出人 征集形式 提出时间 支持人数 联系点意见", "- place - wording reason - name channel made_at - origin?"),
        ("编号 条款位置 eid 版本 所指文字 态度 意见 建议表述 理由 渠道 来源 类别 提出人 电话 时间", "id place eid - quote attitude text wording reason channel origin category name phone made_at"),
        ("姓名 联系方式 身份 对哪一条有意见 您的意见（必填） 修改理由", "name phone category - text reason"),
        ("1.姓名 2.手机号码 3.针对条款* 4.是否同意 5.具体意见：", "name phone place attitude text"),
        ("number eid attitude text wording reason channel category made_at", "id eid attitude text wording reason channel category made_at"),
    ],
)  # fmt: skip
def test_guess(header, found):
    words = header.split(" ")
    got = {at: name for name, at in guess(words).items()}
    for at, name in enumerate(found.split(" ")):
        if name.endswith("?"):
            continue
        assert got.get(at) == (None if name == "-" else name), words[at]


def test_each_column_and_each_field_once():
    found = guess(["意见", "意见", "意见内容", "意见"])
    assert found == {"text": 0}
    assert guess([]) == {}
    assert guess(["意见和建议（对第几条）"]) == {"text": 0}


def test_identity_numbers_are_never_taken():
    header = ["姓名", "身份证号", "身份证号码", "类别"]
    assert guess(header, PEOPLE) == {"name": 0, "category": 3}
    assert "身份证号、身份证号码" in str(cautions_of(header)[0])
    assert cautions_of(["姓名"]) == ()


def test_the_heading_row_is_found_below_titles():
    rows = [
        ["××市条例（草案）意见汇总表"],
        ["填报单位：某街道"],
        ["序号", "条款", "修改建议", "理由"],
        ["1", "第一条", "改", "因"],
    ]
    assert header_row(rows) == 2
    assert header_row([["甲", "乙"], ["1", "2"]]) == 0
    assert header_row([["", ""], ["x", "y"]]) == 1
    assert header_row([]) == 0


HEADER = ("编号", "条款", "态度", "意见", "修改建议", "理由", "姓名", "渠道", "时间")


def table(*rows):
    return Table(HEADER, tuple(tuple(row) + ("",) * (len(HEADER) - len(row)) for row in rows))


def read(*rows, **options):
    made = table(*rows)
    return remark_rows(made, guess(made.header), **options)


def test_a_whole_row():
    (row,) = read(
        (
            "A1",
            "第十二条第二款",
            "建议修改",
            " 原话\r\n第二行 ",
            "改为",
            "因为",
            "张三",
            "座谈会",
            "2026年3月5日 14:30",
        )
    )
    assert row.problems == ()
    assert row.line == 2
    assert dict(row.values) == {
        "id": "A1", "kind": "paragraph", "eid": "art_12__para_2", "quote": "", "attitude": "amend", "text": " 原话\n第二行 ",
        "wording": "改为", "reason": "因为", "name": "张三", "channel": "meeting", "made_at": "2026-03-05T14:30", "place_words": "第十二条第二款",
    }  # fmt: skip


def test_empty_cells_take_what_the_form_says():
    (row,) = read(("", "", "", "意见"), channel="paper")
    assert (row.values["kind"], row.values["attitude"], row.values["channel"]) == (
        "whole",
        "no_view",
        "paper",
    )
    assert "made_at" not in row.values
    assert read(("", "", "", "意见"))[0].values["channel"] == "other_system"
    assert read(("", "", "赞成", ""))[0].problems == ()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("", "第一条、第二条", "", "意见"), "看不懂条款位置“第一条、第二条”"),
        (("", "", "随便", "意见"), "看不懂态度“随便”"),
        (("", "", "", "意见", "", "", "", "飞鸽"), "看不懂渠道“飞鸽”"),
        (("", "", "", "意见", "", "", "", "", "前天"), "看不懂时间“前天”"),
        (("", "第一条", "", "", "", "只有理由"), "没有意见内容"),
        (("", "", "", "响\x07铃"), "U+0007"),
        (("", "", "", "长" * 10_001), "最多 10000 字"),
        (("", "", "", "意见", "", "", "名" * 81), "最多 80 字"),
    ],
)
def test_problems_are_said_and_the_row_is_kept(row, says):
    (got,) = read(row)
    assert [str(problem) for problem in got.problems if says in str(problem)]
    for at, name in ((3, "text"), (5, "reason")):
        assert got.values[name] == (row[at] if len(row) > at else "")


def test_several_problems_of_one_row_are_all_said():
    (row,) = read(("", "同上", "随便", "", "", "", "", "飞鸽", "前天"))
    assert len(row.problems) == 5


def test_an_id_twice_is_said_on_both_rows():
    rows = read(("1", "", "", "甲"), ("1", "", "", "乙"), ("2", "", "", "丙"))
    assert [bool(row.problems) for row in rows] == [True, True, False]


def test_empty_rows_are_no_rows():
    assert read(("", "", "", ""), (" ", "", "", "　")) == []


def test_people():
    made = Table(
        ("姓名", "手机号", "人员类别", "单位及职务"),
        (("张三 ", "13800138000", "居民代表", ""), ("", "139", "", "")),
        (5, 9),
    )
    rows = people_rows(made, guess(made.header, PEOPLE))
    assert [(row.line, len(row.problems)) for row in rows] == [(5, 0), (9, 1)]
    assert rows[0].values == {"name": "张三", "phone": "13800138000", "category": "居民代表", "duty": ""}
    assert rows[0].key != rows[1].key


@pytest.mark.parametrize(
    ("word", "iso"),
    [
        ("2026-03-05", "2026-03-05"), ("2026/3/5", "2026-03-05"), ("2026.3.5", "2026-03-05"), ("2026年3月5日", "2026-03-05"),
        ("2026-03-05 14:30", "2026-03-05T14:30"), ("2026-03-05T06:30:00Z", "2026-03-05T06:30Z"), ("2026年3月5日14时", "2026-03-05T14:00"),
        ("２０２６－３－５　９：０５", "2026-03-05T09:05"), ("2024-2-29", "2024-02-29"), ("2026-02-29", None), ("2026-13-01", None),
        ("2026-04-31", None), ("3月5日", None), ("2026-03-05 25:00", None), ("46086", None), ("", None), ("2026-03-05 下午", None),
    ],
)  # fmt: skip
def test_times(word, iso):
    assert iso_time(word) == iso


ROWS = st.lists(
    st.fixed_dictionaries({"text": st.sampled_from("甲乙丙丁"), "place": st.sampled_from(["", "1", "2"])}),
    max_size=12,
)


@given(ROWS, st.randoms())
def test_keys_do_not_depend_on_where_a_row_stands(rows, chance):
    keys = row_keys(rows)
    assert len(set(keys)) == len(keys)
    shuffled = rows[:]
    chance.shuffle(shuffled)
    assert sorted(row_keys(shuffled)) == sorted(keys)
    assert all(8 <= len(key) <= 80 and key.isascii() for key in keys)


@given(ROWS, ROWS)
def test_a_longer_file_adds_only_what_is_new(old, new):
    both = [*old, *new]
    random.Random(1).shuffle(both)
    assert set(row_keys(old)) <= set(row_keys(both))
    assert len(set(row_keys(both))) == len(both)


def test_an_id_is_the_key_whatever_else_changes():
    one = row_keys([{"id": "7", "text": "甲"}])
    assert row_keys([{"text": "x"}, {"id": " 7 ", "text": "改过"}])[1:] == one
    assert row_keys([{"id": "7", "text": "甲"}], source="某街道") != one
    assert row_keys([{"text": "甲", "reason": ""}]) == row_keys([{"text": "甲"}])


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_words_come_through_verbatim_or_with_a_problem(text):
    rows = read(("", "", "赞成", text))
    try:
        kept = verbatim(text, field="text")
    except Refusal:
        assert rows[0].problems
        return
    assert rows[0].values["text"] == kept
    assert not rows[0].problems


def test_every_field_has_a_heading_of_its_own():
    for fields in (REMARKS, PEOPLE):
        words = [word for each in fields.values() for word in each]
        assert len(words) == len(set(words))
        for name, each in fields.items():
            assert guess([each[0]], fields) == {name: 0}


def test_a_source_that_names_only_channels_is_the_channel():
    def columns(*cells):
        table = Table(("意见", "来源"), tuple(("好", cell) for cell in cells))
        return by_cells(table, guess(table.header))

    assert columns("入户走访", "", "热线") == {"text": 0, "channel": 1}
    assert columns("入户走访", "海棠社区") == {"text": 0, "origin": 1}
    assert columns("", "") == {"text": 0, "origin": 1}
