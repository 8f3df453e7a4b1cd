"""What a step of a matter hangs on the board: proposed from the record, worded by whoever takes the step."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from deliberation.clock import local
from deliberation.domain import board_sheets as sheets
from deliberation.domain.assembly_letters import ASSEMBLY_NAMES
from deliberation.domain.board_sheets import KIND_OF, SheetWords
from deliberation.domain.dossier_words import day
from deliberation.domain.matters import HANGS, HUNG_ON
from deliberation.domain.procedures import Result
from deliberation.domain.tally_words import spoken
from deliberation.domain.vote_results import meaning
from deliberation.domain.voting import Tally
from deliberation.services import notices
from deliberation.services.acts import Record
from deliberation.store import assemblies, councils, matter_papers, votes
from deliberation.store import notices as boards
from deliberation.store.councils import Matter
from deliberation.store.notices import BoardSheet
from deliberation.store.votes import Vote

Facts = Mapping[str, object]
BEGAN = {
    "published": "published_on",
    "posted": "posted_on",
    "decided": "decided_on",
    "disclosed": "disclosed_on",
}


ENTERED_LATER = "补录"


def about_of(was: str, to: str) -> str | None:
    """Which sheet a step hangs; None where it hangs none."""
    if to == "posted" and was == "decided":
        return "posted_decision"
    return HANGS.get(to)


def last_fact(matter: Matter, state: str, name: str) -> date | None:
    """A date noted at the last step of that kind."""
    found = [step.facts.get(name) for step in councils.steps(matter.id) if step.state == state]
    return date.fromisoformat(str(found[-1])) if found and found[-1] else None


def hung_out(matter: Matter, state: str, today: date) -> bool:
    """Whether what hangs since the last such step has hung its days; on paper only, counted from the day noted."""
    began = last_fact(matter, state, BEGAN[state])
    if began is None:
        return False
    kind = KIND_OF[HANGS[state]]
    hung = notices.notices_of(matter, kind)
    if notices.may_hang(matter):
        return bool(hung) and hung[-1].since >= began and today > hung[-1].until
    return today >= began + timedelta(days=notices.least_days(kind, matter.council).days)


def proposed(matter: Matter, was: str, to: str, given: Facts) -> SheetWords | None:
    """The sheet a step would hang, with its words; None where it hangs none."""
    about = about_of(was, to)
    if about is None or not notices.may_hang(matter):
        return None
    words = _worded(about, matter, given)
    signed, contact = notices.signed_by(matter.council)
    asked = matter_papers.letters(matter.id)
    if (
        about in ("decision", "posted_decision") and asked
    ):  # whoever was asked to call the assembly announces for it
        signed = asked[-1].addressee
    return replace(words, signed=signed, contact=contact, days=notices.standard_days(about, matter.council))


def _worded(about: str, matter: Matter, given: Facts) -> SheetWords:
    name = matter.council.name
    if about == "agenda":
        x = [seat.holdings[0].person.name for seat in councils.coopted_seats(matter.id) if seat.holdings]
        material = sum(one.shown and one.part == "material" for one in matter_papers.files(matter.id))
        return sheets.agenda_words(matter.title, matter.detail, tuple(x), name, material)
    if about == "opinion":
        met = last_fact(matter, "deliberating", "met_on")
        return sheets.opinion_words(matter.title, matter.result, name, met, vote_said(matter))
    if about == "result":
        return sheets.result_words(matter.title, matter.result, _course(matter, given))
    decided = given.get("decided_on") or last_fact(matter, "decided", "decided_on")
    assembly = str(given.get("assembly") or _noted(matter, "decided", "assembly"))
    if about == "decision" and not given.get(
        "decision"
    ):  # nothing is decided yet: an opinion is never put in its place
        return SheetWords(sheets.titled(about, matter.title), ())
    decision = str(given.get("decision") or matter.result)
    own = matter.council.kind == "assembly"
    named = name if own else ASSEMBLY_NAMES.get(assembly, assembly or "会议")
    return sheets.decision_words(
        about, matter.title, decision, named, decided if isinstance(decided, date) else None
    )


def vote_said(matter: Matter) -> str:
    """The arithmetic of the last vote on a matter that was confirmed."""
    held = [
        one for one in votes.of_matter(matter.id) if one.state in ("confirmed", "published") and one.tally
    ]
    return spoken(Tally.from_dict(held[-1].tally or {})) if held else ""


def decided_in(matter: Matter) -> Vote | None:
    """The last confirmed vote of an assembly on a matter, if any."""
    held = [
        one for one in votes.of_matter(matter.id) if one.state in ("confirmed", "published") and one.tally
    ]
    return next((one for one in reversed(held) if one.council.kind == "assembly"), None)


def decision_said(vote: Vote) -> str:
    """What an assembly's vote came to, as its decision is noted."""
    chosen, tally = assemblies.way_of(vote), Tally.from_dict(vote.tally or {})
    said = meaning(vote.council.kind, tally, Result(chosen.result) if chosen else None)
    return f"{vote.question}{spoken(tally)}{f'{said}。' if said else ''}"


def _noted(matter: Matter, state: str, name: str) -> str:
    found = [step.facts.get(name) for step in councils.steps(matter.id) if step.state == state]
    return str(found[-1] or "") if found else ""


def _course(matter: Matter, given: Facts) -> tuple[tuple[str, str], ...]:
    """What was done, by whom, by when, with what money, what the supervisors found, how objections were answered."""
    objections = boards.objections(matter.id)
    answered = sum(one.answered_at is not None for one in objections)
    done = given.get("done_on")
    return (
        ("落实单位（人）", _noted(matter, "implementing", "responsible")),
        ("要求何时办成", _day(_noted(matter, "implementing", "by_when"))),
        ("实际办成", day(done) if isinstance(done, date) else ""),
        ("预算", _noted(matter, "implementing", "budget")),
        ("资金来源", _noted(matter, "implementing", "funding")),
        ("实际花费", str(given.get("spent") or "")),
        ("承办单位答复", str(given.get("answer") or "")),
        ("村务监督委员会检查", _noted(matter, "checked", "supervision")),
        (
            "公示期间的异议",
            f"收到{len(objections)}件，答复{answered}件" if boards.of_matter(matter.id) else "",
        ),
    )


def _day(plain: str) -> str:
    return day(date.fromisoformat(plain)) if plain else ""


def hang_step(
    record: Record, matter: Matter, was: str, to: str, given: Facts, words: SheetWords | None
) -> BoardSheet | None:
    """Hang the step's sheet, inside its act; what the words leave out is taken from the record."""
    own = proposed(matter, was, to, given)
    if own is None:
        return None
    about = about_of(was, to) or ""
    today = local(record.at).date()
    paper = given.get(HUNG_ON.get(to, ""))
    since = paper if isinstance(paper, date) else today
    full = _filled(words, own)
    if since < today:  # the paper hung already: what hangs here says that it was entered later, and why
        late = (
            ENTERED_LATER,
            f"纸质公示{day(since)}张贴，{day(today)}在此补录。{str(given['hung_before']).strip()}",
        )
        full = replace(full, facts=(*full.facts, late))
    return notices.hang(record, matter.council.office, about, full, since, thing=matter)


def _filled(words: SheetWords | None, own: SheetWords) -> SheetWords:
    if words is None:
        return own
    body = words.body if any(line.strip() for line in words.body) else own.body
    return SheetWords(
        words.title.strip() or own.title, body, own.facts, words.signed.strip() or own.signed, words.contact,
        words.days or own.days,
    )  # fmt: skip
