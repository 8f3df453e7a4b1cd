"""A whole council as a machine of chance steps THROUGH the services, on a real database.

Seats change hands, X come and go, matters run their course, votes of every kind open, close, are counted again and put
right. What a clerk with paper and pencil would note is compared with what the rows say after every step.
"""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from deliberation import clock
from deliberation.domain.errors import NotAllowed, Refusal
from deliberation.domain.matters import is_over, may_vote_on
from deliberation.domain.roles import Role
from deliberation.domain.voting import Tally
from deliberation.services import attendance, councils, matters, meetings, votes
from deliberation.services.people import Newcomer
from deliberation.store import councils as council_rows
from deliberation.store import log as logs
from deliberation.store import meetings as meeting_rows
from deliberation.store import notices as boards
from deliberation.store import vote_counts as counts
from deliberation.store import votes as rows
from deliberation.store.db import db
from tests import databases, make, make_hall, make_votes
from tests.make import OPERATOR

CHOICES = ("for", "against", "abstain")
STEPS = ("postponed", "published", "deliberating", "consensus", "posted", "implementing", "archived")


class Council(RuleBasedStateMachine):
    template: Path

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.template, self.folder / "y.db")
        self.app = databases.application(f"sqlite:///{self.folder / 'y.db'}", self.folder)
        self.context = self.app.app_context()
        self.context.push()
        self.days = 0
        office = make.office()
        self.council = make_hall.rule(make_hall.nine(office)).id
        self.second = make.member(office, Role.RESPONSIBLE)
        self.matters = [
            make_hall.matter(self.body(), f"事项{n}", state=state, x=["冯老六"]).id
            for n, state in enumerate(("deliberating", "studied"))
        ]
        self.meeting = None
        self.sit(self.matters[0])
        self.noted = {}  # vote → {row: choice}, as the clerk's pencil has it
        self.frozen = {}  # vote → what its opening froze
        self.errata = 0

    def teardown(self):
        databases.let_go()
        self.context.pop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def body(self):
        return council_rows.get(self.council)

    def sit(self, matter):
        """A new meeting about a matter, everybody there; each step may be refused, and leaves nothing then."""
        if self.meeting is not None:
            self.tried(lambda: meetings.end_meeting(OPERATOR, meeting_rows.get(self.meeting)))
        made = self.tried(
            lambda: make_hall.meeting(
                self.body(), self.body(), matter=council_rows.matter(matter), agenda=("议题",)
            )
        )
        if isinstance(made, Exception) or isinstance(
            self.tried(lambda: meetings.open_meeting(OPERATOR, made)), Exception
        ):
            return
        attendance.arrive(OPERATOR, made, range(1, len(meeting_rows.attendance(made.id)) + 1))
        self.meeting = made.id

    def now(self):
        return clock.pretend(make.now() + timedelta(days=self.days))

    def tried(self, does):
        """What came of it, or the refusal; a fault is a fault. A refusal must leave no leaf."""
        db.session.rollback()
        before = self.leaves()
        got = self.refused(does)
        db.session.rollback()
        assert not isinstance(got, Exception) or self.leaves() == before, f"{got} left something behind"
        return got

    def refused(self, does):
        try:
            with self.now():
                return does()
        except (Refusal, NotAllowed) as refusal:
            return refusal

    def leaves(self):
        return (
            db.session.get_one(logs.Log, self.body().log_id).size
            if hasattr(logs.Log, "size")
            else len(logs.doings(self.body().log_id))
        )

    def votes(self, *states):
        return [one for one in (rows.get(v) for v in self.frozen) if not states or one.state in states]

    @rule(days=st.integers(1, 20))
    def time_passes(self, days):
        self.days += days

    @rule(nth=st.integers(0, 8), back=st.booleans())
    def a_seat_changes_hands(self, nth, back):
        seat = [one for one in council_rows.seats(self.council) if one.fixed][nth]
        held = council_rows.holding_now(seat.id)
        if held is not None:
            self.tried(lambda: councils.vacate_seat(OPERATOR, seat, "换人"))
        if back:
            self.tried(
                lambda: councils.fill_seat(
                    OPERATOR, council_rows.seat(seat.id), Newcomer(f"新人{next(make.count)}")
                )
            )

    @rule(which=st.integers(0, 1))
    def an_x_is_co_opted(self, which):
        matter = council_rows.matter(self.matters[which])
        got = self.tried(lambda: make_hall.co_opted(matter, f"利害{next(make.count)}"))
        assert isinstance(got, Refusal) == (matter.state not in matters.CO_OPTING)

    @rule(which=st.integers(0, 1), to=st.sampled_from(STEPS))
    def a_matter_moves(self, which, to):
        matter = council_rows.matter(self.matters[which])
        today = (make.now() + timedelta(days=self.days)).date()
        facts = {
            "reason": "有变化", "published_on": today, "coopted_published": True, "met_on": today, "hurried": "急", "opinion": "就这样办",
            "posted_on": today, "responsible": "村委会", "by_when": today,
        }  # fmt: skip
        self.tried(lambda: matters.move(OPERATOR, matter, to, facts))

    @rule(
        which=st.integers(0, 1),
        kind=st.sampled_from(("named", "hands", "paper")),
        x_votes=st.booleans(),
        leave=st.integers(0, 4),
    )
    def a_vote_opens(self, which, kind, x_votes, leave):
        if self.votes("open"):
            return
        matter = council_rows.matter(self.matters[which])
        self.sit(matter.id)
        meeting = meeting_rows.get(self.meeting)
        if leave:
            self.tried(lambda: attendance.leave(OPERATOR, meeting, range(1, leave + 1)))
        made = self.tried(lambda: make_votes.on_matter(meeting, kind, x_votes=x_votes))
        if isinstance(made, Exception):
            return
        got = self.tried(lambda: make_votes.opened(made))
        if isinstance(got, Exception):
            return
        assert may_vote_on(council_rows.matter(matter.id).state)
        self.frozen[made.id] = (
            made.question,
            made.roll_digest,
            [(r.key, r.person_id, r.may_vote) for r in rows.roll(made.id)],
        )
        self.noted[made.id] = {}

    @precondition(lambda self: self.frozen)
    @rule(nth=st.integers(0, 20), choice=st.sampled_from(CHOICES), by_clerk=st.booleans(), last=st.booleans())
    def somebody_casts(self, nth, choice, by_clerk, last):
        vote = rows.get(max(self.frozen) if last else min(self.frozen))
        roll = rows.roll(vote.id)
        row = roll[nth % len(roll)]
        standing = len(rows.ballots_of(row.id))
        given = votes.Cast(choice, make_votes.key(), standing)
        if by_clerk or row.person is None:
            got = self.tried(lambda: votes.record_ballot(OPERATOR, vote, row, given, "called"))
        else:
            got = self.tried(lambda: votes.cast_ballot(make.Member(row.person), vote, given))
        if isinstance(got, Exception):
            return
        fresh, seat = rows.get(vote.id), council_rows.holding_now(row.seat_id)
        assert (fresh.state, fresh.kind, row.may_vote) == ("open", "named", True)
        assert may_vote_on(fresh.matter.state)
        assert seat is not None
        assert seat.person_id == row.person_id
        self.noted[vote.id][row.key] = choice

    @precondition(lambda self: self.votes("open"))
    @rule(
        for_=st.integers(0, 12),
        against=st.integers(0, 12),
        abstain=st.integers(0, 4),
        extra=st.integers(-1, 1),
    )
    def tellers_count(self, for_, against, abstain, extra):
        vote = self.votes("open")[0]
        here = votes.voters(vote)
        if vote.kind == "hands":
            got = self.tried(lambda: make_votes.seen(vote, for_, against, abstain))
            if not isinstance(got, Exception):
                assert for_ + against + abstain <= here
                self.noted[vote.id] = {"totals": (for_, against, abstain)}
        if vote.kind == "paper":
            valid = for_ + against + abstain
            sheet = {"due": vote.due, "present": vote.present, "issued": here, "collected": valid + extra, "valid": valid, "invalid": extra, "for_": for_, "against": against, "abstain": abstain}  # fmt: skip
            got = self.tried(lambda: votes.record_paper(OPERATOR, vote, sheet, make_votes.key()))
            if not isinstance(got, Exception):
                assert got.void == (valid + extra > here)
                assert got.void or extra >= 0
                self.noted[vote.id] = {"totals": (for_, against, abstain)}

    @precondition(lambda self: self.votes("open"))
    @rule()
    def the_vote_closes(self):
        self.tried(lambda: votes.close_vote(OPERATOR, self.votes("open")[0]))

    @precondition(lambda self: self.votes("counted"))
    @rule(alone=st.booleans())
    def a_count_is_confirmed(self, alone):
        vote = self.votes("counted")[0]
        got = self.tried(lambda: votes.confirm_vote(OPERATOR if alone else self.second, vote))
        counter = OPERATOR.code if alone else self.second.code
        assert isinstance(got, Refusal) == (vote.counted_by == counter)

    @precondition(lambda self: self.votes("counted", "confirmed", "published"))
    @rule(for_=st.integers(0, 10), against=st.integers(0, 10), agree=st.booleans(), alone=st.booleans())
    def a_count_is_put_right(self, for_, against, agree, alone):
        vote = self.votes("counted", "confirmed", "published")[0]
        key = next((row.key for row in rows.roll(vote.id) if row.may_vote), None)
        change = {
            "hands": {"for_": for_, "against": against, "abstain": 0},
            "paper": {"due": vote.due, "present": vote.present, "issued": votes.voters(vote), "collected": for_ + against, "valid": for_ + against, "invalid": 0, "for_": for_, "against": against, "abstain": 0},
            "named": {"choices": {key: CHOICES[for_ % 3]}},
        }[vote.kind]  # fmt: skip
        was = vote.tally
        if vote.state == "counted":
            got = self.tried(lambda: votes.recount(OPERATOR, vote, change, "数错了"))
        else:
            row = self.tried(lambda: votes.propose_erratum(OPERATOR, vote, change, "录错了"))
            if isinstance(row, Exception):
                return
            assert rows.get(vote.id).tally == was, "until a second person agrees the old count stands"
            got = self.tried(lambda: votes.settle_erratum(OPERATOR if alone else self.second, row, agree))
            if isinstance(got, Exception):
                assert alone
                assert agree
                assert rows.get(vote.id).tally == was
                self.tried(lambda: votes.settle_erratum(self.second, row, False))
                return
            if not agree:
                assert rows.get(vote.id).tally == was
                return
        if isinstance(got, Exception):
            return
        if vote.kind == "named":
            self.noted[vote.id] |= change["choices"]
        else:
            self.noted[vote.id] = {"totals": (for_, against, 0)}

    @precondition(lambda self: self.votes("confirmed"))
    @rule()
    def a_result_is_published(self):
        self.tried(lambda: votes.publish_vote(OPERATOR, self.votes("confirmed")[0]))

    @invariant()
    def nothing_that_was_frozen_has_changed(self):
        for vote in self.votes():
            roll = [(r.key, r.person_id, r.may_vote) for r in rows.roll(vote.id)]
            assert (vote.question, vote.roll_digest, roll) == self.frozen[vote.id]
            assert votes.is_intact(vote)
            people = [person for _key, person, _may in roll if person]
            assert len(people) == len(set(people)), "one person, one row"

    @invariant()
    def the_tally_is_what_the_clerk_noted(self):
        for vote in self.votes("counted", "confirmed", "published", "no_quorum"):
            tally, noted = Tally.from_dict(vote.tally), self.noted[vote.id]
            whole, nine = votes.counted(vote)
            assert vote.tally == whole.to_dict()
            assert vote.tally_nine == (nine.to_dict() if nine else None)
            values = list(noted.values())
            expected = (
                noted["totals"] if "totals" in noted else tuple(values.count(choice) for choice in CHOICES)
            )
            assert (tally.for_, tally.against, tally.abstain) == expected
            assert tally.counted.total == len(rows.roll(vote.id)) == vote.due
            assert tally.counted.participating <= vote.present
            stands = 3 * vote.present >= 2 * vote.due > 0
            base = sum(row.votes for row in rows.roll(vote.id))
            assert tally.carried == (2 * tally.for_ > base if stands else None)
            assert (vote.state == "no_quorum") == (not stands)

    @invariant()
    def an_ended_matter_has_no_x_and_no_sheet_of_an_unpublished_vote_hangs(self):
        for number in self.matters:
            matter = council_rows.matter(number)
            if is_over(matter.state):
                assert matters.coopted(matter) == []
        for vote in self.votes():
            hung = [one for one in boards.of_vote(vote.id) if one.about == "vote"]
            assert len(hung) == (vote.state == "published")

    @invariant()
    def every_correction_is_a_row_that_says_what_was(self):
        for vote in self.votes():
            done = [one for one in counts.corrections(vote.id) if one.accepted]
            for before, after in zip(done, done[1:], strict=False):
                assert before.after["tally"] == after.before["tally"]
            if done:
                assert done[-1].after["tally"] == vote.tally
            for one in done:
                assert one.kind == "recount" or one.settled_by != one.proposed_by

    @invariant()
    def a_sheet_hangs_its_days(self):
        for sheet in boards.of_office(self.body().office_id):
            least = 15 if sheet.kind == "disclosure" else 7 if sheet.kind == "notice" else 1
            assert sheet.days >= least
            assert "通过" not in sheet.title + "".join(sheet.body)


@pytest.fixture
def template(sqlite_template):
    Council.template = sqlite_template
    return sqlite_template


def test_a_whole_council_through_the_services(template):
    run_state_machine_as_test(
        Council,
        settings=settings(
            max_examples=4,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
