"""Minutes: drafted from what was recorded, four steps, every save a revision, two editors shown to one another, final."""

import io
import zipfile
from datetime import timedelta

import pytest

from deliberation.domain.errors import Conflict, Refusal
from deliberation.services import attendance, lines, meetings, minutes
from deliberation.store import meetings as rows
from tests import make, make_hall

OPERATOR = make_hall.OPERATOR


@pytest.fixture
def ended(app):
    hall = make_hall.hall(people=4)
    attendance.take_back(OPERATOR, hall, 4)
    attendance.reply(OPERATOR, hall, 4, "leave")
    make_hall.line(hall, "三百米太远", 1, item_id=hall.agenda[0].id, attitude="amend", as_remark=True)
    make_hall.line(hall, "嗯", 2)
    lines.strike_line(OPERATOR, make_hall.line(hall, "划掉的", 3))
    meetings.end_meeting(OPERATOR, hall)
    return hall


def save(meeting, base, to, **edited):
    return minutes.save_minutes(OPERATOR, meeting, base, minutes.Edited(**edited), to)


def test_the_draft_is_what_was_recorded(ended):
    body = minutes.draft_minutes(OPERATOR, ended).body
    assert (body["due"], body["came"]) == (4, 3)
    assert [name for name, _category in body["present"]] == ["专家1", "专家2", "专家3"]
    assert [name for name, _category in body["on_leave"]] == ["专家4"]
    assert [(s["speaker"], s["text"], s["item"]) for s in body["speeches"]] == [
        ("专家1", "三百米太远", 1), ("专家2", "嗯", None),
    ]  # fmt: skip
    assert body["agenda"] == ["第三条"]


def test_no_minutes_of_a_meeting_that_goes_on(app):
    hall = make_hall.hall()
    with pytest.raises(Refusal, match="还没有结束"):
        minutes.draft_minutes(OPERATOR, hall)
    assert rows.latest_minutes(hall.id) is None


def test_every_save_is_a_revision_and_steps_follow_one_another(ended):
    lines.check_lines(OPERATOR, ended, [1, 2], "speaker")
    minutes.draft_minutes(OPERATOR, ended)
    save(ended, 1, "draft", number="第3期", agreed=("建议改为二百米",))
    with pytest.raises(Refusal):
        save(ended, 2, "final")
    save(ended, 2, "convenor", number="第3期", agreed=("建议改为二百米", " "))
    with pytest.raises(Refusal) as caught:
        save(ended, 3, "correction")
    assert caught.value.field == "correct_until"
    save(ended, 3, "correction", correct_until=make_hall.today() + timedelta(days=3))
    with pytest.raises(Refusal, match="更正期到"):
        save(ended, 4, "final")
    with make.later(days=4):
        save(ended, 4, "final", number="第3期")
    assert [(m.revision, m.state) for m in rows.minutes(ended.id)] == [
        (1, "draft"), (2, "draft"), (3, "convenor"), (4, "correction"), (5, "final"),
    ]  # fmt: skip
    assert rows.minutes(ended.id)[1].body["agreed"] == ["建议改为二百米"]
    with pytest.raises(Refusal, match="定稿"):
        save(ended, 5, "final")


def test_the_window_may_end_early_where_everybody_has_seen_it(ended):
    lines.check_lines(OPERATOR, ended, [1], "speaker")
    made = make_hall.final(ended)
    assert made.state == "final"


def test_two_editors_see_one_another_and_nothing_is_overwritten(ended):
    minutes.draft_minutes(OPERATOR, ended)
    save(ended, 1, "draft", number="甲的期号")
    with pytest.raises(Conflict) as caught:
        save(ended, 1, "draft", number="乙的期号")
    assert caught.value.first.body["number"] == "甲的期号"
    assert rows.latest_minutes(ended.id).revision == 2


def test_words_that_became_a_remark_are_not_edited_others_may_be(ended):
    lines.check_lines(OPERATOR, ended, [1], "speaker")
    minutes.draft_minutes(OPERATOR, ended)
    with pytest.raises(Refusal, match="原话不能改"):
        save(ended, 1, "draft", speeches={1: "三百米合适"})
    made = save(ended, 1, "draft", speeches={1: "三百米太远", 2: "表示同意"})
    assert [s["text"] for s in made.body["speeches"]] == ["三百米太远", "表示同意"]


def test_not_final_while_a_line_waits_to_be_a_remark(ended):
    minutes.draft_minutes(OPERATOR, ended)
    save(ended, 1, "convenor")
    save(ended, 2, "correction", correct_until=make_hall.today())
    with pytest.raises(Refusal, match="还有 1 句"):
        save(ended, 3, "final", all_agree=True)


def test_drawn_up_again_only_while_a_draft_and_what_was_agreed_stays(ended):
    minutes.draft_minutes(OPERATOR, ended)
    save(ended, 1, "draft", number="第3期", agreed=("上报",))
    make_hall.line(ended, "补记的一句", 2)
    again = minutes.draft_minutes(OPERATOR, ended)
    assert (again.revision, again.body["number"], len(again.body["speeches"])) == (3, "第3期", 3)
    save(ended, 3, "convenor")
    with pytest.raises(Refusal):
        minutes.draft_minutes(OPERATOR, ended)


def test_the_paper_names_people_or_only_their_category(ended):
    made = minutes.draft_minutes(OPERATOR, ended)
    named = minutes.as_paper(ended, made)
    assert [p.shown for p in named.present] == ["专家1", "专家2", "专家3"]
    assert named.speeches[0].place == "第三条"
    plain = minutes.as_paper(ended, made, named=False)
    assert {p.shown for p in plain.present} == {"居民", "法律专业"}
    assert plain.meeting.convenor.shown == "召集人"


def test_the_docx_holds_what_was_said(ended):
    made = minutes.draft_minutes(OPERATOR, ended)
    with zipfile.ZipFile(io.BytesIO(minutes.docx(ended, made))) as package:
        words = package.read("word/document.xml").decode()
    for part in ("充电安全座谈会纪要", "三百米太远", "专家4", "赵主任"):
        assert part in words
    assert "划掉的" not in words


def test_names_in_minutes_lie_sealed(ended):
    from sqlalchemy import text

    from deliberation.store.db import db

    minutes.draft_minutes(OPERATOR, ended)
    stored = bytes(db.session.execute(text("SELECT body FROM minutes")).scalar_one())
    assert "专家1".encode() not in stored
