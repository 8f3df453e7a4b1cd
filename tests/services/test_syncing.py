"""What comes home from the hall: once, in order, whatever is doubled, reordered or retried; conflicts kept, nothing dropped."""

import random
import uuid
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from deliberation.domain.errors import NotAllowed, Refusal
from deliberation.domain.hall_entries import Entry
from deliberation.domain.roles import Role
from deliberation.services import attendance, consultations, lines, meetings, scratch, syncing, syncing_settle
from deliberation.services.actors import GUEST
from deliberation.store import lines as line_rows
from deliberation.store import meetings as rows
from deliberation.store import syncing as asked
from tests import make, make_hall

OP = make.OPERATOR
A, B = "a" * 32, "b" * 32


def entry(seq, kind="line", device=A, at=None, key=None, **facts):
    key = key or f"{device[0]}{seq:031x}"
    if kind == "line":
        facts = {"text": f"{device[0]}{seq}", "number": 1} | facts
    return Entry(key, device, seq, kind, at or make.now(), facts)


def send(meeting, entries, device=A, first=0, actor=OP, source="page", sent_at=None):
    return syncing.sync(actor, meeting, syncing.Batch(device, entries, first, sent_at, source))


def texts(meeting):
    return [line.text for line in rows.lines(meeting.id) if line.state != "struck"]


def states(outcome):
    return [one.state for one in outcome.answers]


@pytest.fixture
def hall(app):
    return make_hall.hall(people=4)


def test_a_batch_sent_three_times_is_there_once_and_answered_alike(hall):
    batch = [entry(n) for n in range(1, 6)]
    first = send(hall, batch)
    again = send(hall, batch)
    third = send(hall, batch[2:])
    assert texts(hall) == ["a1", "a2", "a3", "a4", "a5"]
    assert first.new == 5
    assert again.new == third.new == 0
    assert first.answers == again.answers
    assert third.answers == first.answers[2:]


def test_what_comes_before_its_predecessor_is_asked_for_again(hall):
    out = send(hall, [entry(4), entry(3)], first=1)
    assert out.want == 1
    assert out.answers == []
    assert texts(hall) == []
    out = send(hall, [entry(1), entry(2)], first=1)
    assert out.want is None
    assert send(hall, [entry(3), entry(4)], first=1).want is None
    assert texts(hall) == ["a1", "a2", "a3", "a4"]


def test_a_device_that_has_no_earlier_ones_any_more_goes_on(hall):
    """The server was restored from a backup: what the device has left is taken, nothing waits for ever."""
    assert send(hall, [entry(7), entry(8)], first=7).want is None
    assert texts(hall) == ["a7", "a8"]


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(0, 2**32), st.integers(5, 24))
def test_any_sequence_of_doubled_reordered_lost_batches_ends_in_each_line_once_in_order(hall, seed, count):
    """Two devices, each with a network that loses requests, loses answers, repeats and overtakes."""
    chance, tag = random.Random(seed), f"{uuid.uuid4().hex[:8]}-"
    device = {name: uuid.uuid4().hex for name in "ab"}
    waiting = {
        name: [entry(n, device=device[name], key=uuid.uuid4().hex, text=f"{tag}{name}{n}")
               for n in range(1, count + 1)]
        for name in "ab"
    }  # fmt: skip
    in_flight = []
    while any(waiting.values()) or in_flight:
        name = chance.choice("ab")
        if waiting[name] and chance.random() < 0.7:
            size = chance.randint(1, 6)
            start = chance.choice([0, 0, 0, min(2, len(waiting[name]) - 1)])
            in_flight.append((name, waiting[name][start : start + size], waiting[name][0].seq))
        if not in_flight:
            continue
        name, batch, first = in_flight.pop(chance.randrange(len(in_flight)))
        if chance.random() < 0.2:
            continue  # the request was lost
        answers = send(hall, batch, device[name], first).answers
        if chance.random() < 0.3:
            in_flight.append((name, batch, first))  # it is repeated by somebody on the way
        if chance.random() < 0.25:
            continue  # the answer was lost
        done = {one.key for one in answers}
        waiting[name] = [one for one in waiting[name] if one.key not in done]
    for name in "ab":
        mine = [text for text in texts(hall) if text.startswith(f"{tag}{name}")]
        assert mine == [f"{tag}{name}{n}" for n in range(1, count + 1)]


def test_the_same_key_with_other_words_does_not_overwrite_and_is_shown(hall):
    send(hall, [entry(1, text="原话")])
    out = send(hall, [entry(1, text="改过的文件里的话")], source="file")
    assert states(out) == ["conflict"]
    assert texts(hall) == ["原话"]
    (row,) = asked.open_questions(hall.id)
    assert [one["text"] for one in syncing_settle.versions(row)] == ["改过的文件里的话"]
    send(hall, [entry(1, text="改过的文件里的话")], source="file")
    assert len(syncing_settle.versions(asked.open_questions(hall.id)[0])) == 1
    syncing_settle.settle(OP, row, "take", 0)
    assert texts(hall) == ["改过的文件里的话"]
    assert not asked.open_questions(hall.id)
    assert [c.text for c in line_rows.changes(rows.lines(hall.id)[0].id)] == ["原话"]


def test_a_line_mended_on_both_sides_keeps_both(hall):
    send(hall, [entry(1, text="三百米")])
    line = rows.lines(hall.id)[0]
    lines.mend_line(OP, line, make_hall.typed("三百五十米", 1), 1)
    out = send(hall, [entry(2, "mend", target=entry(1).key, revision=1, text="四百米", number=1)])
    assert states(out) == ["conflict"]
    assert "别人刚刚改过" in str(out.answers[0].why)
    assert texts(hall) == ["三百五十米"]
    syncing_settle.settle(OP, asked.open_questions(hall.id)[0], "take")
    assert texts(hall) == ["四百米"]
    with pytest.raises(Refusal, match="已经有人处理"):
        syncing_settle.settle(OP, asked.settled(hall.id)[0], "keep")


def test_a_line_written_mended_and_struck_there_arrives_so(hall):
    one = entry(1, text="头一遍")
    send(hall, [one, entry(2, "mend", target=one.key, revision=1, text="改了", number=2),
                entry(3), entry(4, "strike", target=entry(3).key, revision=1)])  # fmt: skip
    assert [(x.text, x.speaker, x.state) for x in rows.lines(hall.id)] == [
        ("改了", "专家2", "draft"), ("a3", "专家1", "struck"),
    ]  # fmt: skip


def test_signed_in_on_both_devices_keeps_both_facts_and_the_earlier_time(app):
    one = make.consultation(make.office())
    hall = make_hall.meeting(one, make_hall.panel(one.office, 3), "open")
    early, late = make.now() - timedelta(minutes=9), make.now() - timedelta(minutes=4)
    send(hall, [entry(1, "arrive", at=late, number=1)])
    out = send(hall, [entry(1, "arrive", device=B, at=early, number=1)], B)
    assert states(out) == ["noted"]
    assert "两处都记了 专家1 到会" in str(out.answers[0].why)
    assert rows.attendance(hall.id)[0].arrived_at == early
    syncing_settle.look_through(OP, hall)
    assert not asked.open_questions(hall.id)


def test_a_departure_that_overtakes_its_arrival_finds_it(app):
    one = make.consultation(make.office())
    hall = make_hall.meeting(one, make_hall.panel(one.office, 3), "open")
    came, went = make.now() - timedelta(minutes=9), make.now() - timedelta(minutes=4)
    assert states(send(hall, [entry(1, "leave", device=B, at=went, number=2)], B)) == ["conflict"]
    send(hall, [entry(1, "arrive", at=came, number=2)])
    row = rows.attendance(hall.id)[1]
    assert (row.arrived_at, row.left_at) == (came, went)
    assert not asked.open_questions(hall.id)


def test_a_guest_and_a_point_made_there_are_spoken_of_by_their_keys(hall):
    guest, point = entry(1, "guest", name="过路人", seat="商户"), entry(2, "item", title="临时动议")
    said = entry(3, text="我也说一句", number=None, guest=guest.key, item_key=point.key)
    out = send(hall, [guest, point, said, entry(4, "point", item_key=point.key)])
    assert states(out) == ["done"] * 4
    line = rows.lines(hall.id)[0]
    assert (line.speaker, line.item.title) == ("过路人", "临时动议")
    assert asked.now_at(hall.id).item_id == line.item_id
    assert states(send(hall, [entry(1, "guest", device=B, name="过路人")], B)) == ["noted"]
    assert [a.person.name for a in rows.attendance(hall.id)].count("过路人") == 1


def test_what_is_late_is_never_refused_marked_and_looked_through(hall):
    said_at = make.now()
    meetings.end_meeting(OP, hall)
    consultations.move_phase(OP, hall.consultation, "consolidating")
    consultations.move_phase(OP, hall.consultation, "reported")
    with make.later(hours=3):
        out = send(hall, [entry(1, at=said_at, text="断网时说的")])
    assert states(out) == ["late"]
    assert texts(hall) == ["断网时说的"]
    line = rows.lines(hall.id)[0]
    assert not line.late
    assert asked.came_late(hall.id) == {line.id}
    syncing_settle.look_through(OP, hall)
    assert asked.settled(hall.id)[0].line_id == line.id


def test_after_final_minutes_the_words_are_kept_beside_them(hall):
    meetings.end_meeting(OP, hall)
    make_hall.final(hall)
    out = send(hall, [entry(1, text="来晚了")])
    assert states(out) == ["conflict"]
    assert texts(hall) == []
    (row,) = asked.open_questions(hall.id)
    assert syncing_settle.versions(row)[0]["text"] == "来晚了"
    with pytest.raises(Refusal, match="已经定稿"):
        syncing_settle.settle(OP, row, "take")
    syncing_settle.settle(OP, row, "keep")


def test_two_wordings_under_one_key_in_one_batch_are_both_kept(hall):
    """A power cut brings a line back into the box that was kept already: what is typed over it must not replace it."""
    one, two = entry(1, text="先说的"), entry(2, text="后说的", key=f"a{1:031x}")
    send(hall, [one, two])
    assert texts(hall) == ["先说的"]
    (row,) = asked.open_questions(hall.id)
    assert [given["text"] for given in syncing_settle.versions(row)] == ["后说的"]


def test_after_final_minutes_arrivals_change_nothing_and_are_kept_to_be_seen(hall):
    meetings.end_meeting(OP, hall)
    make_hall.final(hall)
    before = [(one.position, one.arrived_at, one.left_at) for one in rows.attendance(hall.id)]
    out = send(hall, [
        entry(1, "arrive", number=1), entry(2, "leave", number=2), entry(3, "unarrive", number=3),
        entry(4, "guest", name="外来人"), entry(5, "item", title="加一项"),
    ])  # fmt: skip
    assert states(out) == ["conflict"] * 5
    assert [(one.position, one.arrived_at, one.left_at) for one in rows.attendance(hall.id)] == before
    assert len(asked.open_questions(hall.id)) == 5
    assert "已经定稿" in str(out.answers[0].why)
    with pytest.raises(Refusal, match="已经定稿"):
        syncing_settle.settle(OP, asked.open_questions(hall.id)[1], "take")
    for act in (attendance.arrive, attendance.leave):
        with pytest.raises(Refusal, match="已经定稿"):
            act(OP, hall, [1])
    with pytest.raises(Refusal, match="已经定稿"):
        attendance.take_back(OP, hall, 1)


def test_a_wrong_clock_is_set_right_by_what_it_said_when_sending(hall):
    wrong = make.now() - timedelta(days=400)
    send(hall, [entry(1, at=wrong - timedelta(minutes=10))], sent_at=wrong)
    said = rows.lines(hall.id)[0].said_at
    assert timedelta(minutes=9) < make.now() - said < timedelta(minutes=11)
    send(hall, [entry(2, at=make.now() + timedelta(days=3))])
    assert rows.lines(hall.id)[1].said_at <= make.now()


def test_a_planned_meeting_that_was_held_without_network_is_opened_by_what_comes(app):
    one = make.consultation(make.office())
    hall = make_hall.meeting(one, make_hall.panel(one.office, 3))
    at = make.now()
    send(hall, [entry(1, "arrive", at=at, number=1), entry(2), entry(3, "end")], source="file")
    assert hall.state == "ended"
    assert texts(hall) == ["a2"]
    assert rows.attendance(hall.id)[0].arrived_at


@pytest.mark.parametrize("bad", [{"text": ""}, {"text": "\x07"}, {"text": "长" * 10_001}, {"text": 5}])
def test_a_line_that_cannot_be_kept_as_one_is_kept_beside_and_stops_nothing(hall, bad):
    out = send(hall, [entry(1, **bad), entry(2)])
    assert states(out) == ["conflict", "done"]
    assert texts(hall) == ["a2"]


def test_an_unknown_number_or_point_does_not_cost_the_line(hall):
    send(hall, [entry(1, number=77, item=99999), entry(2, number=88, name="李四")])
    assert [(x.speaker, x.item_id) for x in rows.lines(hall.id)] == [("77号", None), ("李四", None)]


def test_hands_with_no_vote_are_kept_and_must_add_up(hall):
    out = send(hall, [entry(1, "hands", question="要不要延长", present=4, against=1, abstain=0, teller="孙", **{"for": 3}),
                      entry(2, "hands", question="多了", present=2, against=1, abstain=0, **{"for": 3})])  # fmt: skip
    assert states(out) == ["done", "conflict"]
    assert [(c.question, c.for_, c.present) for c in asked.counts(hall.id)] == [("要不要延长", 3, 4)]


def test_strangers_and_other_offices_may_not(hall):
    for actor in (GUEST, make.member(make.office(), Role.CLERK)):
        with pytest.raises(NotAllowed):
            send(hall, [entry(1)], actor=actor)
    assert texts(hall) == []


def test_the_line_being_typed_is_kept_until_it_is_taken_down_and_others_see_it(hall):
    lin, bai = (make.member(hall.office, Role.CLERK) for _ in range(2))
    typing = scratch.Typing(entry(1).key, "说到一半", 2, "", hall.agenda[0].id)
    scratch.keep_scratch(lin, hall, typing)
    assert scratch.unfinished(lin, hall).text == "说到一半"
    assert [one.text for one in scratch.others(bai, hall)] == ["说到一半"]
    assert not scratch.others(lin, hall)
    send(hall, [entry(1, text="说到一半就说完了")], actor=lin)
    assert scratch.unfinished(lin, hall) is None
    scratch.keep_scratch(lin, hall, typing)
    assert not scratch.others(bai, hall)
