"""Councils, matters and meetings in one line, made through the verbs people use."""

from datetime import timedelta

from deliberation.clock import local
from deliberation.domain.quorum import Base, Operator, Rule
from deliberation.domain.roles import Role
from deliberation.services import attendance, councils, lines, matters, meetings, minutes
from deliberation.services.people import Newcomer
from deliberation.store import councils as rows
from tests import make

OPERATOR = make.OPERATOR
TWO_THIRDS = Rule(Base.DUE, Operator.GE, 2, 3)
MAJORITY = Rule(Base.DUE, Operator.GT, 1, 2)


def today():
    return local(make.now()).date()


def panel(office, people=5, **more):
    for n in range(people):
        make.person(office, f"专家{n + 1}", Role.PANEL, ("居民", "法律专业")[n % 2])
    return councils.found(OPERATOR, office, councils.Founding("panel", more.pop("name", "专家团"), **more))


def nine(office, seats=None, filled=True, name="××村 9+X 议事会"):
    """A 9+X council, every seat filled unless told otherwise."""
    made = councils.found(OPERATOR, office, councils.Founding("council_9x", name, seats=seats or {}))
    for n, seat in enumerate(rows.seats(made.id), 1):
        if filled is True or (filled and n <= filled):
            councils.fill_seat(OPERATOR, seat, Newcomer(f"委员{n}"), since=today() - timedelta(days=30))
    return made


def rule(council, **more):
    own = councils.OwnRule(
        more.pop("name", "××村议事规则"),
        today() - timedelta(days=100),
        "第八条",
        TWO_THIRDS,
        MAJORITY,
        **more,
    )
    councils.enter_rule(OPERATOR, council, own)
    return council


def matter(council, title="村东头建充电棚", state="proposed", x=(), **more):
    made = matters.propose(OPERATOR, council, title, **more)
    for name in x:
        co_opted(made, name)
    for to, facts in STEPS.items():
        if made.state == state:
            break
        matters.move(OPERATOR, made, to, {k: v() if callable(v) else v for k, v in facts.items()})
    return made


STEPS = {
    "studied": {"studied_on": today, "study_number": "村支〔2026〕12号"},
    "published": {"published_on": today, "coopted_published": True},
    "deliberating": {"met_on": today, "hurried": "汛期在即"},
    "consensus": {"opinion": "同意在村东头建，离民房八米以上。"},
}


def co_opted(matter, name="冯老六", **more):
    given = {"reason": "棚子挨着他家窗户", "nominator": "郑委员", "confirmer": "村党支部", "interest": "邻户"}
    return matters.co_opt(OPERATOR, matter, matters.Stakeholder(Newcomer(name), **given | more))


def plan(council=None, agenda=("art_3",), **more):
    points = tuple(
        meetings.Point(eid=one) if one.startswith("art_") else meetings.Point(one) for one in agenda
    )
    nine_x = council is not None and council.kind == "council_9x"
    return meetings.Plan(
        title=more.pop("title", "充电安全座谈会"),
        starts_at=more.pop("starts_at", None) or make.now() + timedelta(minutes=30),
        place="联系点二楼议事厅",
        convenor="赵主任",
        scribe="林静",
        procedure="council_9x" if nine_x else "symposium",
        council=council,
        agenda=points,
        **more,
    )


def meeting(about, council=None, state="planned", actor=OPERATOR, **more):
    made = meetings.call_meeting(actor, about, plan(council, **more))
    if state != "planned":
        meetings.open_meeting(actor, made)
    if state == "ended":
        meetings.end_meeting(actor, made)
    return made


def hall(actor=OPERATOR, state="open", people=5, **more):
    """A consultation with a panel meeting, everybody signed in."""
    one = make.consultation(make.office(), **more)
    made = meeting(one, panel(one.office, people), "open", actor)
    attendance.arrive(actor, made, range(1, people + 1))
    if state == "ended":
        meetings.end_meeting(actor, made)
    return made


def typed(text="三百米太远", number=1, **more):
    return lines.Typed(key=more.pop("key", None) or make.key(), text=text, number=number, **more)


def line(meeting, text="三百米太远", number=1, actor=OPERATOR, **more):
    return lines.record_line(actor, meeting, typed(text, number, **more))


def final(meeting, actor=OPERATOR):
    """Minutes brought through all four steps."""
    minutes.draft_minutes(actor, meeting)
    minutes.save_minutes(actor, meeting, 1, minutes.Edited(), "convenor")
    minutes.save_minutes(actor, meeting, 2, minutes.Edited(correct_until=today()), "correction")
    return minutes.save_minutes(actor, meeting, 3, minutes.Edited(all_agree=True), "final")
