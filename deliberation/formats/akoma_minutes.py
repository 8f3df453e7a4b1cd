"""Minutes as an Akoma Ntoso 3.0 `debate`: who came, who said what and in which capacity, what was counted.

Source: OASIS, Akoma Ntoso Version 1.0 (schema 3.0), debate and analysis/parliamentary. Names stand in it exactly as far
as the edition of the minutes has them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from deliberation.domain.dossier_sittings import Minutes, Person, Speech, VoteRow
from deliberation.domain.dossier_words import BEIJING, WITHHELD, minute, word
from deliberation.domain.minutes_paper import minutes_title
from deliberation.formats.akoma import serialise
from deliberation.formats.akoma_meta import UNKNOWN_DAY, AkomaMeta, write_meta, write_references
from deliberation.formats.akoma_names import AKN, OWN, Element, child

CONCEPTS = {
    "due": "应到", "present": "实到", "for": "赞成", "against": "反对", "abstain": "弃权", "not_voted": "未投票",
    "carried": "达到规则要求的赞成数", "lost": "没有达到规则要求的赞成数", "undecided": "只列数字",
}  # fmt: skip
OUTCOMES = {True: "carried", False: "lost", None: "undecided"}


@dataclass(frozen=True, slots=True)
class Recount:
    """A vote counted again: which of the votes (from 0), and the second count."""

    vote: int
    in_favour: int
    against: int
    abstain: int


def write_minutes(
    minutes: Minutes,
    votes: Sequence[VoteRow] = (),
    recounts: Sequence[Recount] = (),
    *,
    meta: AkomaMeta | None = None,
) -> bytes:
    """The minutes as UTF-8 XML, the same bytes each time. Refusal for characters XML cannot hold."""
    names = replace(meta or AkomaMeta(slug="minutes", subtype="minutes", date=_day(minutes)), kind="debate")
    root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap={None: AKN, "y": OWN})
    debate = child(root, "debate", name="minutes")
    people = _people(minutes)
    head = write_meta(debate, names)
    _analysis(head, minutes, votes, recounts)
    _references(head, names, minutes, people)
    _preface(debate, minutes)
    body = child(debate, "debateBody")
    _roll(body, minutes, people)
    _section(body, "agenda", "议程", minutes.agenda)
    _speeches(body, minutes.speeches, people)
    _section(body, "votes", "表决", [_vote_line(vote) for vote in votes])
    _section(body, "agreed", "形成的意见", minutes.agreed)
    return serialise(root)


def _day(minutes: Minutes) -> str:
    on = minutes.on or (
        minutes.meeting.starts_at.astimezone(BEIJING).date() if minutes.meeting.starts_at else None
    )
    return on.isoformat() if on else UNKNOWN_DAY


def _people(minutes: Minutes) -> dict[Person, str]:
    """Everyone named, in order of appearance, with an identifier of this document only."""
    named: list[Person | None] = [minutes.meeting.convenor, minutes.meeting.scribe]
    named += [*minutes.present, *minutes.on_leave, *minutes.observers]
    named += [speech.speaker for speech in minutes.speeches]
    distinct = dict.fromkeys(person for person in named if person is not None)
    return {person: f"person_{number}" for number, person in enumerate(distinct, 1)}


def _roles(people: Iterable[Person]) -> dict[str, str]:
    categories = dict.fromkeys(person.category for person in people if person.category)
    return {category: f"role_{number}" for number, category in enumerate(categories, 1)}


def _references(head: Element, meta: AkomaMeta, minutes: Minutes, people: dict[Person, str]) -> None:
    references = write_references(head, meta, minutes_title(minutes))
    for person, name in people.items():
        _term(references, "TLCPerson", name, f"person/{name}", person.shown)
    for category, name in _roles(people).items():
        _term(references, "TLCRole", name, f"role/{name}", category)
    for name, shown in CONCEPTS.items():
        _term(references, "TLCConcept", name, f"concept/{name}", shown)


def _term(references: Element, element: str, name: str, path: str, shown: str) -> None:
    child(references, element, eId=name, href=f"/akn/ontology/{path}", showAs=shown)


def _analysis(head: Element, minutes: Minutes, votes: Sequence[VoteRow], recounts: Sequence[Recount]) -> None:
    """The quorum of the meeting and of each vote, the votings, the recounts; left out where nothing was counted."""
    analysis = child(head, "analysis", source="#author")
    counted = child(analysis, "parliamentary")
    _quorum(counted, "quorum_meeting", minutes.meeting.due, minutes.meeting.present)
    for number, vote in enumerate(votes, 1):
        _quorum(counted, f"quorum_{number}", vote.due, vote.present)
        voting = child(
            counted,
            "voting",
            eId=f"voting_{number}",
            outcome=f"#{OUTCOMES[vote.carried]}",
            href=f"#vote_{number}",
        )
        _counts(voting, f"voting_{number}", vote.in_favour, vote.against, vote.abstain)
        _count(voting, f"voting_{number}", "not_voted", vote.not_voted)
    for number, again in enumerate(recounts, 1):
        recount = child(counted, "recount", eId=f"recount_{number}", href=f"#voting_{again.vote + 1}")
        _counts(recount, f"recount_{number}", again.in_favour, again.against, again.abstain)
    if not len(counted):
        head.remove(analysis)


def _quorum(counted: Element, name: str, due: int | None, present: int | None) -> None:
    if due is None or present is None:
        return
    verification = child(counted, "quorumVerification", eId=name)
    child(verification, "quorum", eId=f"{name}__due", value=str(due), refersTo="#due")
    _count(verification, name, "present", present)


def _counts(parent: Element, name: str, in_favour: int, against: int, abstain: int) -> None:
    for concept, value in (("for", in_favour), ("against", against), ("abstain", abstain)):
        _count(parent, name, concept, value)


def _count(parent: Element, name: str, concept: str, value: int) -> None:
    child(parent, "count", eId=f"{name}__{concept}", value=str(value), refersTo=f"#{concept}")


def _preface(debate: Element, minutes: Minutes) -> None:
    preface = child(debate, "preface")
    child(child(preface, "p"), "docTitle", minutes_title(minutes))
    meeting = minutes.meeting
    if meeting.starts_at:
        day = child(child(preface, "p"), "docDate", minute(meeting.starts_at))
        day.set("date", meeting.starts_at.isoformat(timespec="seconds"))
    if meeting.place:
        child(preface, "p", f"地点：{meeting.place}")


def _roll(body: Element, minutes: Minutes, people: dict[Person, str]) -> None:
    roll = child(body, "rollCall", eId="rollcall")
    child(roll, "heading", "出席情况")
    groups = {
        "present": ("出席", minutes.present),
        "leave": ("请假", minutes.on_leave),
        "observers": ("列席", minutes.observers),
    }
    meeting = minutes.meeting
    if meeting.due is not None and meeting.present is not None:
        child(roll, "p", f"应到{meeting.due}人，实到{meeting.present}人。")
    for role, person in (("召集人", meeting.convenor), ("记录人", meeting.scribe)):
        if person is not None:
            _named(roll, role, [person], people)
    for label, some in groups.values():
        if some:
            _named(roll, label, some, people)


def _named(roll: Element, label: str, some: Sequence[Person], people: dict[Person, str]) -> None:
    line = child(roll, "p", f"{label}：")
    for person in some:
        child(line, "person", person.shown, refersTo=f"#{people[person]}").tail = "　"


def _speeches(body: Element, speeches: Sequence[Speech], people: dict[Person, str]) -> None:
    if not speeches:
        return
    section = child(body, "debateSection", name="speeches", eId="speeches")
    child(section, "heading", "发言记录")
    roles = _roles(people)
    for number, speech in enumerate(speeches, 1):
        made = child(section, "speech", eId=f"speech_{number}", by=f"#{people[speech.speaker]}")
        if role := roles.get(speech.speaker.category):
            made.set("as", f"#{role}")
        if speech.at is not None:
            made.set("startTime", speech.at.isoformat(timespec="seconds"))
        if speech.place:
            child(made, "heading", speech.place)
        child(made, "from", speech.speaker.shown)
        said = f"（{word(WITHHELD, speech.withheld)}）" if speech.text is None else speech.text
        for line in said.split("\n"):
            child(made, "p", line)


def _vote_line(vote: VoteRow) -> str:
    said = f"赞成{vote.in_favour}，反对{vote.against}，弃权{vote.abstain}，未投票{vote.not_voted}"
    words = f"{vote.question}：{said}；{CONCEPTS[OUTCOMES[vote.carried]]}。"
    return f"{words}{vote.words}" if vote.words else words


def _section(body: Element, name: str, heading: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    section = child(body, "debateSection", name=name, eId=name)
    child(section, "heading", heading)
    for number, line in enumerate(lines, 1):
        made = child(section, "p", line)
        if name == "votes":
            made.set("eId", f"vote_{number}")
