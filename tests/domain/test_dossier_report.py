"""The report: four parts, article order, counts beside every word of quantity, minority views beside the majority's."""

from dataclasses import replace

import pytest

from deliberation.domain.annexes import annex
from deliberation.domain.dossier import (
    AttitudeRow,
    Backing,
    Dossier,
    Letter,
    MeetingRow,
    Point,
    Signature,
    SuggestionRow,
)
from deliberation.domain.dossier_words import chinese, speak
from deliberation.domain.paper import Para
from deliberation.domain.report import annexes, book_marked, closed, full_name, quoted, report
from deliberation.domain.report_facts import came
from tests.formats.sample_dossier import dossier

BARE = Dossier(title="示例市养犬条例", office="普安街道", addressee="示例市人大常委会法工委")


def words(value, kind=None):
    return [speak(block.text, chinese) for block in report(value) if kind in (None, block.kind)]


def test_the_four_parts_in_order():
    parts = ["一、基本情况", "二、总体评价", "三、具体修改意见", "四、其他建议"]
    assert words(dossier(), "h1") == parts
    assert words(BARE, "h1") == parts


def test_articles_in_order_whatever_order_they_came_in():
    rows = tuple(SuggestionRow(n, article=f"第{'一二三四五'[order - 1]}条", order=order, text="建议修改")
                 for n, order in enumerate((3, 1, 5, 1, 2), 1))  # fmt: skip
    value = replace(BARE, suggestions=rows)
    assert words(value, "h2") == [
        "（一）关于第一条",
        "（二）关于第二条",
        "（三）关于第三条",
        "（四）关于第五条",
    ]
    text = words(value)
    first = text.index("（一）关于第一条")
    assert text[first + 1 : first + 3] == ["1. 建议修改。", "2. 建议修改。"]


def test_a_suggestion_shows_its_count_who_it_comes_from_and_the_other_view():
    text = words(dossier(), "body")
    said = next(line for line in text if line.startswith("多数意见"))
    assert said.startswith("多数意见（26条中的19条）提出，第二款")
    assert said.endswith("其中，居民代表12条、专家团4条、人大代表3条。")
    assert "另有4条意见提出，老城区用地不足，建议保留“三百米”。其中，物业企业4条。" in text


def test_a_suggestion_that_was_not_chosen_is_still_reported_and_said_so():
    row = SuggestionRow(1, article="第一条", order=1, text="建议删去", forwarded=False, backing=Backing(1))
    text = words(replace(BARE, suggestions=(row,)), "body")
    assert "有的意见（1条）提出，建议删去。" in text
    assert "经议定，该建议未列入重点报送，作为不同意见一并报告。" in text


@pytest.mark.parametrize("word", ["多数", "一致"])
def test_no_great_word_without_a_count(word):
    rows = tuple(
        SuggestionRow(n, article="第一条", order=1, text="建议", backing=Backing(n)) for n in range(30)
    )
    view = replace(
        BARE, suggestions=rows, general=(Point("总体合适", Backing(40)),), other=(Point("加强宣传"),)
    )
    assert not [line for line in words(view) if word in line]


def test_without_anything_each_part_says_so():
    assert words(BARE, "body") == ["本次没有收到意见。", "无。", "无。", "无。"]


def test_a_part_without_a_suggestion_is_not_empty_where_somebody_spoke():
    spoken = replace(
        BARE,
        counts=replace(BARE.counts, remarks=7),
        attitudes=(AttitudeRow("总体意见", support=2, no_view=5),),
    )
    assert words(spoken, "body")[-3:] == [
        "对草案总体没有归纳成建议。表明的态度：赞成2人、没意见5人。原话见附件《意见原文》。",
        "没有归并成建议。收到的意见逐字照录，见附件《意见原文》。",
        "无。",
    ]
    table = [item.text for item in annex(annexes(spoken)[0], spoken) if isinstance(item, Para)]
    assert "没有归并成建议，收到的意见逐字照录，见附件《意见原文》。" in table


def test_the_letter_is_named_with_single_marks_inside():
    lead = words(dossier(), "lead")[0]
    assert lead.startswith(
        "根据《关于征求对〈示例市电动自行车充电安全管理条例（草案征求意见稿）〉意见的函》（示人常法函〔2026〕12号）要求，我联系点就"
    )
    assert words(BARE, "lead")[0].startswith("我单位就《示例市养犬条例》组织征求意见。")
    numbered = replace(BARE, letter=Letter(number="示人常法函〔2026〕12号"))
    assert words(numbered, "lead")[0].startswith("根据示人常法函〔2026〕12号要求，")


MARKED = [
    ("条例", "《条例》"),
    ("《条例》", "《条例》"),
    ("关于《甲》的函", "《关于〈甲〉的函》"),
    ("《甲》和《乙》", "《〈甲〉和〈乙〉》"),
]


@pytest.mark.parametrize(("name", "marked"), MARKED)
def test_book_marks(name, marked):
    assert book_marked(name) == marked


@pytest.mark.parametrize(("wording", "in_marks"), [("不超过二百米", "“不超过二百米”。"), ("不超过二百米。", "“不超过二百米。”"),
                                                  ("（一）设计；", "“（一）设计；”")])  # fmt: skip
def test_proposed_words_keep_their_own_stop_inside(wording, in_marks):
    assert quoted(wording) == in_marks


@pytest.mark.parametrize(
    ("text", "end"),
    [("", ""), ("好", "好。"), ("好。", "好。"), ("好！", "好！"), (" 好\n", "好。"), ("“好”", "“好”")],
)
def test_closed(text, end):
    assert closed(text) == end


FULL = [
    ("条例", "", "条例"),
    ("条例", "草案", "条例（草案）"),
    ("条例", "（草案）", "条例（草案）"),
    ("条例（草案）", "草案", "条例（草案）"),
]


@pytest.mark.parametrize(("title", "stage", "name"), FULL)
def test_full_name(title, stage, name):
    assert full_name(replace(BARE, title=title, stage=stage)) == name


@pytest.mark.parametrize(
    ("due", "present", "said"),
    [(35, 31, "应到35人，实到31人"), (None, 31, "实到31人"), (35, None, "应到35人，实到未记录"), (None, None, "到会人数未记录"),
     (0, 0, "应到0人，实到0人")],
)  # fmt: skip
def test_not_recorded_is_not_nought(due, present, said):
    assert str(came(due, present)) == said


def test_annexes_are_numbered_without_a_gap_and_listed():
    assert [(a.number, a.key) for a in annexes(BARE)] == [(1, "table"), (2, "originals"), (3, "counts")]
    assert words(BARE, "annex") == ["附件：1. 意见建议汇总表", "2. 意见原文", "3. 意见数量和完整性说明"]
    assert [a.key for a in annexes(dossier())] == [
        "table",
        "originals",
        "minutes",
        "votes",
        "comparison",
        "counts",
    ]


def test_a_later_edition_says_what_changed():
    text = words(replace(BARE, changes=("建议12拆为12、60两条",)))
    assert text[text.index("五、与上一版的不同") + 1] == "建议12拆为12、60两条。"


def test_meetings_are_counted_by_kind():
    text = words(
        replace(BARE, meetings=(MeetingRow("甲会"), MeetingRow("乙会", "hearing"), MeetingRow("丙会"))),
        "body",
    )
    assert text[0].startswith("召开座谈会2次、听证会1次。第一次：")


def test_no_contact_no_line():
    assert words(replace(BARE, signature=Signature()), "contact") == []
    assert words(dossier(), "contact") == ["（联系人：林某，电话：010-00000000）"]
