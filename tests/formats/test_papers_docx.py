"""Printed papers: notice, sign-in sheet, opinion form, from plain values."""

import io
import zipfile
from datetime import UTC, date, datetime

import docx
import pytest

from deliberation.domain.dossier import MeetingRow, Person
from deliberation.domain.paper import Para
from deliberation.domain.printed_papers import FocusArticle, Notice, OpinionSheet, SignInSheet, weekday
from deliberation.domain.vote_papers import VotePaper, count_sheet
from deliberation.formats import papers_docx

OFFICE = "普安街道基层立法联系点"
MEETING = MeetingRow(
    "充电安全立法座谈会", place="二楼会议室", starts_at=datetime(2026, 6, 11, 1, 0, tzinfo=UTC), due=None
)
LIAISON = Person("联络员", "", "林某", "010-00000000")


def read(paper, **given):
    return docx.Document(io.BytesIO(papers_docx.write(paper, **given)))


def lines(paper):
    return [p.text for p in read(paper).paragraphs]


def test_a_notice_says_when_where_what_for_and_whom_to_ring():
    notice = Notice(OFFICE, MEETING, "示例市养犬条例（草案）", agenda=("介绍草案", "听取意见"), bring="草案文本",
                    reply_by=datetime(2026, 6, 9, 9, 0, tzinfo=UTC), contact=LIAISON, on=date(2026, 6, 8))  # fmt: skip
    found = lines(notice)
    assert found[0] == "关于召开充电安全立法座谈会的通知"
    assert (
        "我们将就《示例市养犬条例（草案）》召开充电安全立法座谈会，听取大家的意见。现将有关事项通知如下："
        in found
    )
    assert {
        "时间：2026年6月11日（星期四）09:00",
        "地点：二楼会议室",
        "请带：草案文本",
        "1. 介绍草案",
        "2. 听取意见",
    } <= set(found)
    assert "请于2026年6月9日17:00前回复能否到会；不能到会的，可以书面提出意见。" in found
    assert "联系人：林某，电话：010-00000000" in found
    assert found[-2:] == [OFFICE, "2026年6月8日"]


def test_the_signature_of_a_notice_takes_a_line_of_text_with_it():
    notice = Notice(OFFICE, MEETING, contact=LIAISON, on=date(2026, 6, 8))
    *_, contact, blank, office, _day = read(notice).paragraphs
    assert contact.text.startswith("联系人")
    assert all(one.paragraph_format.keep_with_next for one in (contact, blank, office))


def test_what_is_signed_by_hand_stands_on_one_line_each():
    paper = VotePaper("村民理事会", "第 6 次会议", "是否同意？", 1)
    signed = [one.text for one in count_sheet(paper) if isinstance(one, Para) and "＿" in one.text]
    assert [line.split("：")[0] for line in signed] == ["唱票人", "主持人"]
    assert all(len(line) <= 27 for line in signed)  # characters of 16 pt between the margins


def test_a_bare_notice_has_no_empty_labels():
    found = lines(Notice(OFFICE, MeetingRow("座谈会")))
    assert not [
        line
        for line in found
        if line.endswith("：") and line != "各位代表、各位居民：" and "通知如下" not in line
    ]
    assert "议程" not in found


def test_a_sign_in_sheet_has_a_line_for_everyone_and_some_to_spare():
    roll = tuple(Person("居民代表", "居民代表", f"{name}某") for name in "赵钱孙")
    table = read(SignInSheet(OFFICE, MEETING, roll, spare=2)).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "姓名", "身份", "签名", "到会时间"]
    assert rows[1] == ["1", "赵某", "居民代表", "", ""]
    assert rows[4] == ["4", "", "", "", ""]
    assert len(rows) == 6


@pytest.mark.parametrize(("due", "said"), [(None, "应到3人，实到＿＿＿人"), (35, "应到35人，实到＿＿＿人")])
def test_due_is_the_roll_unless_given(due, said):
    sheet = SignInSheet(OFFICE, MeetingRow("会", due=due), (Person("甲"),) * 3)
    assert said in lines(sheet)


def test_an_opinion_form_has_the_articles_their_plain_words_and_room():
    form = OpinionSheet(OFFICE, "示例市养犬条例（草案）", (FocusArticle("第八条", "犬只应当系绳。", "出门要牵好狗"),),
                        spare=1, until=datetime(2026, 7, 7, 9, 30, tzinfo=UTC))  # fmt: skip
    rows = [[cell.text for cell in row.cells] for row in read(form).tables[0].rows]
    assert rows[1][:2] == ["第八条", "犬只应当系绳。\n大白话：出门要牵好狗。"]
    assert rows[1][2].splitlines() == ["□赞成", "□建议修改", "□不赞成", "□没意见"]
    assert rows[2][0] == "第＿＿条"
    text = "\n".join(lines(form))
    assert "请于2026年7月7日17:30前填好，交到普安街道基层立法联系点。" in text
    assert "不公开" in text


def test_papers_are_the_same_twice_and_carry_only_the_given_day():
    sheet = SignInSheet(OFFICE, MEETING)
    made = papers_docx.write(sheet, made_at=MEETING.starts_at)
    assert papers_docx.write(sheet, made_at=MEETING.starts_at) == made
    assert read(sheet, made_at=MEETING.starts_at).core_properties.created == MEETING.starts_at


def test_the_sample_says_so_on_every_page():
    made = papers_docx.write(SignInSheet(OFFICE, MEETING), mark="示例")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert "示例" in package.read("word/header1.xml").decode()


def test_weekdays():
    assert weekday(datetime(2026, 6, 14, 16, 0, tzinfo=UTC)) == "2026年6月15日（星期一）00:00"
    assert weekday(None) == ""
