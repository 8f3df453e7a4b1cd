"""A whole council as a machine of chance steps: seats change, X come and go, matters run, votes open and close.

The invariants are the promises: one person one vote, nobody votes before, after, elsewhere or after their X has ended,
nothing of an open vote changes, and the tally always equals a recount from the history.
"""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from deliberation.domain.errors import Refusal
from deliberation.domain.matters import ASKS, FIRST, MATTER, check_may_vote_on, is_over, may_vote_on
from deliberation.domain.quorum import MAJORITY_OF_DUE, TWO_THIRDS_OF_DUE, VoteRules
from deliberation.domain.rolls import digest
from deliberation.domain.seats import Fixed, Seat, council_roll, end_with_matter, members
from deliberation.domain.vote_states import ASKS as VOTE_ASKS
from deliberation.domain.vote_states import VOTE, check_takes_ballots
from deliberation.domain.voting import Ballot, Choice, check_choice, count

PEOPLE = [f"p{n}" for n in range(12)]
MATTERS = ["m1", "m2"]
RULES = VoteRules(TWO_THIRDS_OF_DUE, MAJORITY_OF_DUE)
FACTS = dict.fromkeys(ASKS, "有")


class Council(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.day = date(2026, 1, 1)
        self.seats = {f"s{n}": Seat(f"s{n}", category, PEOPLE[n]) for n, category in enumerate(Fixed)}
        self.matters = dict.fromkeys(MATTERS, FIRST)
        for to in ("studied", "published", "deliberating"):  # one matter is already on the table
            self.matters["m1"] = MATTER.move(self.matters["m1"], to, FACTS)
        self.vote = None  # (matter, roll, digest, state)
        self.ballots = []
        self.accepted = {}  # row → last choice, as a clerk with paper and pencil would note it

    def on_the_table(self):
        return [matter for matter, state in self.matters.items() if may_vote_on(state)]

    @rule(days=st.integers(1, 40))
    def time_passes(self, days):
        self.day += timedelta(days=days)

    @rule(n=st.integers(0, 8), person=st.sampled_from(PEOPLE))
    def a_seat_changes_hands(self, n, person):
        old = next(s for s in self.seats.values() if s.category == list(Fixed)[n] and s.ends is None)
        if old.starts and old.starts > self.day:
            return
        self.seats[old.key] = Seat(old.key, old.category, old.person, old.starts, self.day)
        key = f"s{len(self.seats)}"
        self.seats[key] = Seat(key, old.category, person, self.day)

    @rule(person=st.sampled_from(PEOPLE), matter=st.sampled_from(MATTERS))
    def an_x_is_co_opted(self, person, matter):
        if is_over(self.matters[matter]):
            return
        key = f"s{len(self.seats)}"
        self.seats[key] = Seat(
            key, "coopted", person, self.day, None, matter, "地在渠边", "提名人", "确认人",
        )  # fmt: skip

    @rule(matter=st.sampled_from(MATTERS), way=st.integers(0, 5))
    def a_matter_moves(self, matter, way):
        follow = MATTER.may_follow(self.matters[matter])
        if not follow:
            return
        self.matters[matter] = MATTER.move(self.matters[matter], follow[way % len(follow)], FACTS)
        if is_over(self.matters[matter]):
            for seat in end_with_matter(self.seats.values(), matter, self.day):
                self.seats[seat.key] = seat

    @precondition(lambda self: (self.vote is None or self.vote[3] != "open") and self.on_the_table())
    @rule(
        matter=st.sampled_from(MATTERS),
        absent=st.sets(st.sampled_from(PEOPLE), max_size=3),
        x_votes=st.booleans(),
    )
    def a_vote_opens(self, matter, absent, x_votes):
        matter = matter if may_vote_on(self.matters[matter]) else self.on_the_table()[0]
        sitting = [member.person for member in members(self.seats.values(), matter, self.day)]
        present = [person for person in sitting if person not in absent]
        roll = council_roll(self.seats.values(), matter, self.day, present, coopted_vote=x_votes)
        self.vote = (
            matter,
            roll,
            digest(matter, RULES, roll),
            VOTE.move("ready", "open", {"roll": roll, "digest": "有"}),
        )
        self.ballots, self.accepted = [], {}

    @precondition(lambda self: self.vote is not None)
    @rule(
        ballots=st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(Choice)), min_size=1, max_size=12)
    )
    def some_cast(self, ballots):
        for person, choice in ballots:
            self.casts(person, choice)

    def casts(self, person, choice):
        matter, roll, _, state = self.vote
        row = next((row for row in roll if row.person == person), None)
        try:
            check_takes_ballots(state)
            check_may_vote_on(self.matters[matter])
            check_choice(row)
        except Refusal:
            return
        assert state == "open"
        assert row.present
        assert not is_over(self.matters[matter])
        revision = 1 + sum(ballot.row == row.key for ballot in self.ballots)
        self.ballots.append(Ballot(row.key, choice, revision))
        self.accepted[row.key] = choice

    @precondition(lambda self: self.vote is not None and self.vote[3] == "open")
    @rule()
    def the_vote_closes(self):
        matter, roll, frozen, state = self.vote
        self.vote = (matter, roll, frozen, VOTE.move(state, "closed", dict.fromkeys(VOTE_ASKS, "有")))

    @invariant()
    def one_person_one_row(self):
        for matter in MATTERS:
            persons = [member.person for member in members(self.seats.values(), matter, self.day)]
            assert len(persons) == len(set(persons))

    @invariant()
    def each_category_has_at_most_one_holder_here(self):
        for category in Fixed:
            assert sum(s.category == category and s.runs(self.day) for s in self.seats.values()) <= 1

    @invariant()
    def an_ended_matter_has_no_x(self):
        for matter, state in self.matters.items():
            if is_over(state):
                assert not any(m.seat.coopted for m in members(self.seats.values(), matter, self.day))

    @invariant()
    def the_tally_is_what_the_clerk_noted(self):
        if self.vote is None:
            return
        matter, roll, frozen, _ = self.vote
        assert digest(matter, RULES, roll) == frozen
        tally = count(self.ballots, RULES, roll)
        noted = list(self.accepted.values())
        assert (tally.for_, tally.against, tally.abstain) == tuple(noted.count(choice) for choice in Choice)
        assert tally.counted.total == len(roll)
        assert len(noted) <= tally.present
        stands = 3 * tally.present >= 2 * len(roll) > 0
        assert tally.carried == (
            2 * noted.count(Choice.FOR) > sum(row.votes for row in roll) if stands else None
        )


Council.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestCouncil = Council.TestCase
