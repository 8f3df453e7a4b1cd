"""The sample as it is seeded: everything in, by the people who did it, in the order it happened, with true counters."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from deliberation import clock
from deliberation.domain.seats import CATEGORY_LABELS, PANEL_LABELS
from deliberation.domain.voting import Tally
from deliberation.sample import installing
from deliberation.sample.content import load
from deliberation.sample.seed_bench import behind
from deliberation.sample.seed_meetings import points_of
from deliberation.sample.seeding import PARTS
from deliberation.sample.timeline import Timeline
from deliberation.sample.world import World, category
from deliberation.services import log as logs
from deliberation.services import searching
from deliberation.services.actors import GUEST
from deliberation.store import (
    bench,
    consultations,
    councils,
    drafts,
    meetings,
    people,
    sample,
    suggestions,
    votes,
)
from deliberation.store.db import db
from deliberation.store.drafts import ArticleCount
from deliberation.store.log import Leaf, LeafContent, Log
from deliberation.store.people import Office
from deliberation.store.remarks import Remark
from tests.sample.seeded import installed

CONTENT = load()


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with installed(tmp_path_factory.mktemp("sample"), killed=True) as made:
        yield made


@pytest.fixture(autouse=True)
def fresh(request):
    yield
    if "app" in request.fixturenames:
        db.session.rollback()


@pytest.fixture
def one(app):
    return consultations.by_slug(CONTENT.letter.slug)


def rows(row, *where):
    return db.session.scalars(select(row).where(*where)).all()


def test_a_try_that_was_killed_leaves_nothing_behind(app):
    folder = installing.folder(app)
    assert not list(folder.glob(f"{installing.BEGUN}*"))
    assert db.session.scalar(select(func.count()).select_from(Office)) == 3


def test_every_remark_is_in_with_its_words_and_its_author(one):
    by_key = {remark.key: remark for remark in rows(Remark)}
    assert len(by_key) == len(CONTENT.remarks) + len(CONTENT.spoken())
    names = CONTENT.people()
    for given in CONTENT.remarks:
        made = by_key[f"sample-{given.key}"]
        assert (made.text, made.wording, made.reason) == (given.text, given.wording or "", given.reason or "")
        assert (made.attitude, made.channel, made.category) == (given.attitude, given.channel, given.category)
        assert made.eid == (given.eid or "")
        assert made.private is not given.publish
        author = people.get(made.author_id).name if made.author_id else None
        assert author == (names[given.author].name if given.author else None)


def test_spoken_lines_are_remarks_of_their_speakers(one):
    spoken = [remark for remark in rows(Remark) if remark.meeting_id]
    lines = {line.text: line for line in CONTENT.spoken().values()}
    assert len(spoken) == len(lines) == 44
    for remark in spoken:
        line = lines[remark.text]
        assert (remark.eid, remark.attitude) == (line.eid, line.attitude)
        assert people.get(remark.author_id).name == CONTENT.people()[line.who].name
        assert f"{clock.local(remark.received_at):%H:%M}" == line.at


def test_authors_replace_and_withdraw_their_own(one):
    states = Counter(remark.state for remark in rows(Remark))
    owned = [remark for remark in CONTENT.remarks if remark.author]
    assert states["replaced"] == sum(bool(remark.replaces) for remark in owned) > 0
    assert states["withdrawn"] == sum(remark.withdrawn for remark in owned) > 0
    assert one.remark_count == one.remark_serial - states["replaced"] - states["withdrawn"]
    assert one.remark_serial == len(rows(Remark))


def test_counters_are_what_counting_gives(one):
    standing = Counter(r.article_eid for r in rows(Remark, Remark.state == "current") if r.article_eid)
    version = drafts.current(one.task_id)
    kept = {
        drafts.provision(row.provision_id).eid: row.remarks
        for row in rows(ArticleCount, ArticleCount.consultation_id == one.id)
    }
    assert {eid: n for eid, n in kept.items() if n} == standing
    assert version.state == "published"


def test_every_article_is_explained(one):
    version = drafts.current(one.task_id)
    for eid, note in CONTENT.notes.items():
        assert drafts.at(version.id, eid).plain == note
        assert "<" in drafts.at(version.id, eid).plain_html


def test_it_is_collecting_with_days_left(one):
    left = clock.local(one.public_until).date() - clock.local(clock.now()).date()
    assert one.phase == "collecting"
    assert left in (
        timedelta(days=12),
        timedelta(days=11),
    )  # 11 where midnight has passed since it was seeded
    assert one.guests
    assert one.sample
    assert all(office.sample for office in people.offices())


def test_meetings_ran_as_the_content_says(one):
    held = {meeting.title: meeting for meeting in meetings.of_consultation(one.id)}
    for given in CONTENT.meetings:
        made = held[given.title]
        sheet = [row for row in meetings.attendance(made.id) if row.due]
        assert len(sheet) == len(CONTENT.body(given))
        assert sum(row.arrived_at is not None for row in sheet) == len(sheet) - len(given.absent)
        left_early = sum(row.left_at is not None and row.left_at < made.ended_at for row in sheet)
        assert left_early == len(given.left)
        assert f"{clock.local(made.opened_at):%H:%M}" == given.actual_start
        assert f"{clock.local(made.ended_at):%H:%M}" == given.actual_end
        assert [line.text for line in meetings.lines(made.id)] == [line.text for line in given.lines]
        assert meetings.latest_minutes(made.id).state == "final"


def test_a_line_belongs_to_the_point_that_was_up():
    for given in CONTENT.meetings:
        points = points_of(given)
        assert all(points[line.key][0] == line.eid for line in given.lines if line.eid)
        assert points[given.lines[-1].key][0] == ""
    first = points_of(CONTENT.meetings[0])
    assert first["m1-12"][0] == "art_17", "the chair announces the next article"
    assert first["m1-15"][0] == "art_17"


@pytest.mark.parametrize("given", CONTENT.votes, ids=lambda vote: vote.key)
def test_votes_come_out_as_they_must(one, given):
    made = next(vote for vote in votes.of_consultation(one.id) if vote.question == given.question)
    assert made.state == ("published" if given.matter else "confirmed")
    assert made.confirmed_at > made.closed_at > made.opened_at
    tally = Tally.from_dict(made.tally)
    expected = dict(given.expected)
    seen = {
        "due": tally.due, "present": tally.present, "carried": tally.carried,
        "quorum_needs": made.tally["needs_present"], "carry_needs": made.tally["needs_for"],
        "for": tally.for_, "against": tally.against, "abstain": tally.abstain, "not_voted": tally.not_voted,
    }  # fmt: skip
    assert {name: seen[name] for name in expected} == expected
    if given.expected_fixed:
        nine = Tally.from_dict(made.tally_nine)
        assert (nine.due, nine.present, nine.carried) == tuple(
            given.expected_fixed[n] for n in ("due", "present", "carried")
        )


def test_suggestions_have_all_their_sources_in_the_drafts_order(one):
    made = suggestions.of_consultation(one.id)
    assert [row.title for row in made] == [given.title for given in CONTENT.suggestions]
    for row, given in zip(made, CONTENT.suggestions, strict=True):
        assert Counter(s.relation for s in row.sources) == Counter(behind(given).values())
        assert all(m.text in row.dissent for m in given.minority)


def test_some_wait_some_have_ended_some_are_public(one):
    desk = bench.desk(one.id)
    assert sum(place.settled for place in desk.values()) == len(CONTENT.ends)
    assert 90 <= sum(place.waiting for place in desk.values()) <= 120
    released = rows(Remark, Remark.released_at.is_not(None))
    assert len(released) > 60
    assert not any(remark.private or remark.state != "current" for remark in released)


def test_the_matter_is_where_its_outcome_says(one):
    body = next(body for body in councils.of_office(one.office_id) if body.kind == "council_9x")
    (matter,) = councils.matters(body.id)
    assert [step.state for step in councils.steps(matter.id)] == [
        "proposed", "studied", "published", "deliberating", "consensus", "submitted",
    ]  # fmt: skip
    assert all(condition in matter.result for condition in CONTENT.matter.conditions)
    assert len(councils.coopted_seats(matter.id)) == len(CONTENT.matter.coopted)


def test_the_log_is_whole_in_order_and_names_who_did_it(one):
    for log in rows(Log):
        assert not list(logs.faults(log))
        kept = db.session.execute(
            select(Leaf, LeafContent).join(LeafContent, LeafContent.leaf_id == Leaf.id)
            .where(Leaf.log_id == log.id).order_by(Leaf.index)
        ).all()  # fmt: skip
        moments = [content.at for _leaf, content in kept]
        assert moments == sorted(moments)
        assert moments[-1] < clock.now()
        if log.id == one.log_id:
            actors = {content.actor for _leaf, content in kept}
            assert not any(actor.startswith("operator") for actor in actors)
            assert GUEST.code in actors
            assert len(actors) > 20


def test_what_was_seeded_is_found(app):
    assert searching.find(GUEST, "楼道").hits
    assert searching.find(GUEST, "服务半径").hits


def test_it_is_seeded_once(app):
    assert not installing.is_new(app)
    with pytest.raises(Exception, match="已经有内容"):
        installing.install(app, lambda done: None)
    assert sample.is_there()
    assert sample.is_alone()


@pytest.mark.parametrize(
    "today", [date(2026, 11, 20), date(2028, 2, 29), date(2027, 1, 1), date(2027, 3, 14)]
)
def test_nothing_happens_today_or_later_whatever_day_it_is(today):
    world = World(CONTENT, Timeline(today))
    for part in PARTS:
        part.plan(world)
    last = max(moment for moment, *_rest in world.time.planned)
    assert clock.local(last).date() == today - timedelta(days=1)
    assert len(world.time.planned) > 500


def test_the_calendar_plays_by_moment_then_by_order():
    played, time = [], Timeline(date(2027, 1, 1))
    for name, day, at in (("c", 0, "09:00"), ("a", -2, "24:00"), ("b", -1, "00:00"), ("d", 0, "09:00")):
        time.plan(day, at, lambda n=name: played.append((n, f"{clock.local(clock.now()):%m-%d %H:%M}")))
    assert list(time.play())[-1] == 1
    assert played == [("a", "12-30 23:59"), ("b", "12-31 00:00"), ("c", "01-01 09:00"), ("d", "01-01 09:00")]


def test_every_category_of_the_content_has_a_code_or_is_a_word_of_its_own():
    codes = {*PANEL_LABELS, *CATEGORY_LABELS}
    assert {
        category(member.category) for member in (*CONTENT.panel.members, *CONTENT.council.members)
    } <= codes
    assert category("村民") == "村民"
