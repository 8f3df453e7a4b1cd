"""Votes in one line, made through the verbs people use."""

from deliberation.domain.voting import Totals
from deliberation.services import attendance, votes
from deliberation.store import votes as rows
from deliberation.store.db import db
from deliberation.store.drafts import current
from deliberation.store.suggestions import Suggestion
from tests import make, make_hall

OPERATOR = make.OPERATOR


def key():
    return f"ballot-key-{next(make.count):08d}"


def suggestion(one, number=1, title="缩短服务半径", wording="服务半径一般不超过二百米。"):
    """A suggestion's row, as the bench would leave it."""
    made = Suggestion(
        consultation_id=one.id, number=number, position=number, version_id=current(one.task_id).id, place="article",
        eid="art_3", article_eid="art_3", kind="substance", title=title, wording=wording, key=key(), made_at=make.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.commit()
    return made


def panel_hall(people=5, present=None, rule=False, actor=OPERATOR, **more):
    """(consultation, panel, meeting): an open panel meeting with `present` of `people` signed in."""
    one = make.consultation(make.office(), **more)
    panel = make_hall.panel(one.office, people)
    if rule:
        make_hall.rule(panel, name="××联系点议事规则")
    meeting = make_hall.meeting(one, panel, "open", actor)
    attendance.arrive(OPERATOR, meeting, range(1, (people if present is None else present) + 1))
    return one, panel, meeting


def nine_hall(x=("冯老六",), present=None, rule=True, actor=OPERATOR, state="deliberating", council=None):
    """(council, matter, meeting): a 9+X sitting on a village affair, `present` of its members signed in."""
    council = council or make_hall.nine(make.office())
    if rule:
        make_hall.rule(council)
    matter = make_hall.matter(council, state=state, x=x)
    meeting = make_hall.meeting(council, council, "open", actor, matter=matter, agenda=("村东头建充电棚",))
    last = 9 + len(x)
    attendance.arrive(OPERATOR, meeting, range(1, (last if present is None else present) + 1))
    return council, matter, meeting


def on_suggestion(meeting, about, kind="named", actor=OPERATOR, **more):
    question = more.pop("question", "是否同意把建议 1 上报？")
    return votes.call_vote(
        actor, meeting, votes.Motion(question, kind, meeting.council, suggestion=about, **more)
    )


def on_matter(meeting, kind="named", actor=OPERATOR, **more):
    question = more.pop("question", "是否同意在村东头建充电棚？")
    motion = votes.Motion(question, kind, meeting.council, matter=meeting.matter, **more)
    return votes.call_vote(actor, meeting, motion)


def opened(vote, actor=OPERATOR, **more):
    votes.open_vote(actor, vote, **more)
    return vote


def panel_vote(people=5, kind="named", present=None, rule=False, actor=OPERATOR, **more):
    """An open vote of a panel on a suggestion."""
    one, _panel, meeting = panel_hall(people, present, rule, actor)
    return opened(on_suggestion(meeting, suggestion(one), kind, actor, **more), actor)


def nine_vote(kind="named", present=None, rule=True, x=("冯老六",), actor=OPERATOR, recused=None, **more):
    """An open vote of a 9+X council on a village affair."""
    _council, _matter, meeting = nine_hall(x, present, rule, actor)
    return opened(on_matter(meeting, kind, actor, **more), actor, recused=recused)


def cast(vote, row, choice="for", replaces=0, ballot_key=None):
    """The person of a row casts on their own page."""
    given = votes.Cast(choice, ballot_key or key(), replaces)
    return votes.cast_ballot(make.Member(row.person), vote, given)


def all_cast(vote, choices):
    """The first rows that may vote cast these choices in order."""
    able = [row for row in rows.roll(vote.id) if row.may_vote]
    for row, choice in zip(able, choices, strict=False):
        cast(vote, row, choice)
    return vote


def seen(vote, for_, against=0, abstain=0, teller="监票人甲", actor=OPERATOR, **more):
    return votes.record_hands(
        actor, vote, teller, Totals(for_, against, abstain), more.pop("key", None) or key()
    )
