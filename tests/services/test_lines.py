"""Lines: exactly once, mended with history until checked, then remarks with a leaf each, linked both ways."""

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.services import lines, meetings, minutes
from deliberation.store import drafts, log
from deliberation.store import lines as asked
from deliberation.store import meetings as rows
from deliberation.store import remarks as originals
from tests import make, make_hall

OPERATOR = make_hall.OPERATOR


@pytest.fixture
def hall(app):
    return make_hall.hall()


def texts(meeting):
    return [(line.text, line.state) for line in rows.lines(meeting.id)]


def test_a_line_knows_speaker_point_and_time_and_is_verbatim(hall):
    made = make_hall.line(hall, "  三百米，\r\n走不动。 ", 2, item_id=hall.agenda[0].id)
    assert (made.text, made.speaker, made.position) == ("  三百米，\n走不动。 ", "专家2", 1)
    assert made.attendance.person.name == "专家2"
    assert made.item.eid == "art_3"


def test_the_same_key_once_and_other_words_are_a_conflict(hall):
    typed = make_hall.typed("一句")
    first = lines.record_line(OPERATOR, hall, typed)
    size = len(log.leaves(hall.log_id))
    assert lines.record_line(OPERATOR, hall, typed).id == first.id
    with pytest.raises(Conflict) as caught:
        lines.record_line(OPERATOR, hall, make_hall.typed("另一句", key=typed.key))
    assert caught.value.first.text == "一句"
    assert texts(hall) == [("一句", "draft")]
    assert len(log.leaves(hall.log_id)) == size


def test_a_retried_line_that_was_mended_meanwhile_is_no_conflict(hall):
    typed = make_hall.typed("一句")
    first = lines.record_line(OPERATOR, hall, typed)
    lines.mend_line(OPERATOR, first, make_hall.typed("一句，改过"), 1)
    assert lines.record_line(OPERATOR, hall, typed).text == "一句，改过"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": " \n"}, "text"),
        ({"text": "零\x00"}, "text"),
        ({"number": 77}, "speaker"),
        ({"number": None}, "speaker"),
        ({"number": None, "speaker": "长" * 61}, "speaker"),
        ({"item_id": 12345}, "item"),
        ({"attitude": "maybe"}, "attitude"),
        ({"key": "k"}, "key"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_taken_down(hall, wrong, field):
    with pytest.raises(Refusal) as caught:
        make_hall.line(hall, **wrong)
    assert caught.value.field == field
    assert not texts(hall)


def test_somebody_not_on_the_sheet_speaks_by_name(hall):
    assert make_hall.line(hall, number=None, speaker=" 路人甲 ").speaker == "路人甲"


def test_no_line_before_the_opening_and_lines_after_the_end_are_taken_and_marked(app):
    one = make.consultation(make.office())
    planned = make_hall.meeting(one, make_hall.panel(one.office))
    with pytest.raises(Refusal, match="还没有开始"):
        make_hall.line(planned)
    meetings.open_meeting(OPERATOR, planned)
    in_time = make_hall.line(planned)
    meetings.end_meeting(OPERATOR, planned)
    with make.later(days=12):
        late = make_hall.line(planned, "回去才补上的一句", as_remark=True, attitude="amend")
        assert (in_time.late, late.late) == (False, True)
        assert late.said_at == planned.ended_at
        lines.check_lines(OPERATOR, planned, [2], "convenor")
    remark = originals.get(late.remark_id)
    assert not remark.late, "it was said before the public's deadline, whenever it was typed"


def test_mending_keeps_what_it_said_and_who_said_it(hall):
    made = make_hall.line(hall, "三百迷", 1)
    lines.mend_line(OPERATOR, made, make_hall.typed("三百米", 3, item_id=hall.agenda[0].id), 1)
    assert (made.text, made.speaker, made.revision) == ("三百米", "专家3", 2)
    assert [(c.text, c.speaker, c.item_id) for c in asked.changes(made.id)] == [("三百迷", "专家1", None)]


def test_two_clerks_never_overwrite_one_another_silently(hall):
    made = make_hall.line(hall)
    lines.mend_line(OPERATOR, made, make_hall.typed("甲改的"), 1)
    with pytest.raises(Conflict) as caught:
        lines.mend_line(OPERATOR, made, make_hall.typed("乙改的"), 1)
    assert caught.value.first.text == "甲改的"
    assert texts(hall) == [("甲改的", "draft")]


def test_striking_and_taking_back_the_last(hall):
    clerk = make.member(hall.office, Role.CLERK)
    make_hall.line(hall, "联络员记的")
    mine = make_hall.line(hall, "我记错的", actor=clerk)
    make_hall.line(hall, "联络员又记的")
    assert lines.last_of(clerk, hall).id == mine.id
    lines.strike_line(clerk, lines.last_of(clerk, hall))
    assert texts(hall) == [("联络员记的", "draft"), ("我记错的", "struck"), ("联络员又记的", "draft")]
    with pytest.raises(Refusal):
        lines.last_of(clerk, hall)
    with pytest.raises(Refusal, match="已经划掉"):
        lines.strike_line(clerk, mine)


def test_checked_lines_marked_become_remarks_in_one_act_with_a_leaf_each(hall):
    make_hall.line(hall, "三百米太远", 1, item_id=hall.agenda[0].id, attitude="amend", as_remark=True)
    make_hall.line(hall, "我没别的", 2)
    make_hall.line(hall, "总体赞成", 3, attitude="support", as_remark=True)
    size = len(log.leaves(hall.log_id))
    lines.check_lines(OPERATOR, hall, [1, 2, 3], "speaker")
    made = originals.all_of(hall.consultation_id)
    assert [(r.text, r.attitude, r.article_eid, r.channel) for r in made] == [
        ("三百米太远", "amend", "art_3", "meeting"), ("总体赞成", "support", "", "meeting"),
    ]  # fmt: skip
    assert [(leaf.kind, leaf.act) for leaf in log.leaves(hall.log_id)][size:] == [
        ("remark", "check-lines"), ("remark", "check-lines"), ("meeting", "check-lines"),
    ]  # fmt: skip
    first = rows.lines(hall.id)[0]
    assert (first.remark_id, made[0].meeting_id) == (made[0].id, hall.id)
    assert asked.line_of_remark(made[0].id).id == first.id
    assert made[0].author_id == first.attendance.person_id
    assert (made[0].said_by, made[0].category) == ("专家1", "居民")
    version = drafts.current(hall.consultation.task_id)
    assert drafts.at_with_counts(version.id, "art_3", hall.consultation_id)[1].amend == 1


def test_what_was_checked_is_immutable_and_checking_again_makes_nothing_new(hall):
    made = make_hall.line(hall, attitude="amend", as_remark=True)
    lines.check_lines(OPERATOR, hall, [1], "convenor")
    for verb in (
        lambda: lines.mend_line(OPERATOR, made, make_hall.typed("改口"), 1),
        lambda: lines.strike_line(OPERATOR, made),
    ):
        with pytest.raises(Refusal, match="核对过"):
            verb()
    assert lines.check_lines(OPERATOR, hall, [1], "convenor") == []
    assert len(originals.all_of(hall.consultation_id)) == 1


@pytest.mark.parametrize(
    ("numbers", "with_whom", "field"),
    [
        ([], "speaker", "lines"),
        ([1], "nobody", "with_whom"),
        ([1], "speaker", "lines"),
        ([2, 9], "speaker", None),
    ],
)
def test_a_check_that_does_not_fit_changes_nothing(hall, numbers, with_whom, field):
    make_hall.line(hall, as_remark=True)
    make_hall.line(hall)
    with pytest.raises(Refusal) as caught:
        lines.check_lines(OPERATOR, hall, numbers, with_whom)
    assert caught.value.field == field
    assert {state for _text, state in texts(hall)} == {"draft"}
    assert not originals.all_of(hall.consultation_id)


def test_a_newer_version_of_the_draft_does_not_move_what_was_said(hall):
    make_hall.line(hall, item_id=hall.agenda[0].id, attitude="amend", as_remark=True)
    old = drafts.current(hall.consultation.task_id)
    shifted = make.DRAFT.replace("第三条　", "第三条　增加的一条。\n\n第四条　").replace(
        "第四条　本规定自", "第五条　本规定自"
    )
    make.publish(hall.consultation.task, shifted)
    lines.check_lines(OPERATOR, hall, [1], "speaker")
    remark = originals.all_of(hall.consultation_id)[0]
    assert remark.version_id == old.id
    assert remark.stood.startswith("住宅小区应当设置")


def test_a_transcript_is_taken_down_whole_and_once(hall):
    many = [make_hall.typed(f"第{n}句", n) for n in (1, 2, 3)]
    assert len(lines.record_lines(OPERATOR, hall, many)) == 3
    assert lines.record_lines(OPERATOR, hall, many) == []
    with pytest.raises(Refusal):
        lines.record_lines(OPERATOR, hall, [make_hall.typed("好的"), make_hall.typed("坏的", 99)])
    assert len(texts(hall)) == 3


def test_a_village_affair_makes_no_remarks(app):
    council = make_hall.nine(make.office())
    matter = make_hall.matter(council, state="published")
    hall = make_hall.meeting(council, council, "open", agenda=("选址",), matter=matter)
    with pytest.raises(Refusal, match="不能提取为意见"):
        make_hall.line(hall, as_remark=True)
    make_hall.line(hall, "同意")
    assert texts(hall) == [("同意", "draft")]


def test_after_the_final_minutes_nothing_is_added_or_changed(hall):
    made = make_hall.line(hall)
    meetings.end_meeting(OPERATOR, hall)
    make_hall.final(hall)
    for verb in (
        lambda: make_hall.line(hall, "后来的"),
        lambda: lines.mend_line(OPERATOR, made, make_hall.typed("改"), 1),
        lambda: lines.check_lines(OPERATOR, hall, [1], "speaker"),
        lambda: minutes.save_minutes(OPERATOR, hall, 4, minutes.Edited(), "final"),
    ):
        with pytest.raises(Refusal, match="定稿"):
            verb()
    assert texts(hall) == [("三百米太远", "draft")]


def test_members_type_nothing_and_other_offices_neither(hall):
    for somebody in (make.member(hall.office, Role.PANEL), make.member(make.office(), Role.CLERK)):
        with pytest.raises(NotAllowed):
            make_hall.line(hall, actor=somebody)
    assert not texts(hall)
