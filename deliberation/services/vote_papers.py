"""A paper vote: its ballots and count sheet to print, and the count sheet typed in, whose sums must agree."""

from collections.abc import Iterator, Mapping

from deliberation.domain import vote_papers as papers
from deliberation.domain import vote_states
from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, NotAllowed, Refusal, _
from deliberation.domain.paper import Item
from deliberation.domain.paper_counts import PaperCount as Nine
from deliberation.domain.paper_counts import from_sheet
from deliberation.domain.vote_codes import spoken_code
from deliberation.formats import papers_docx
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.vote_counts import NINE, nine, voters
from deliberation.services.vote_rules import check_matter
from deliberation.store import vote_counts
from deliberation.store.db import db
from deliberation.store.vote_counts import PaperCount
from deliberation.store.votes import Vote

PAPERS = ("ballots", "count-sheet")


def record_paper(actor: Actor, vote: Vote, numbers: Mapping[str, int | None], key: str) -> PaperCount:
    """Type in a count sheet. More papers back than out voids the round: it is cancelled, and held again."""
    if not 16 <= len(key) <= 64:
        raise Refusal(_("这一页的标记不完整，请重新打开再填。"))
    sheet = from_sheet(numbers)
    first = _first(vote, key, sheet)
    if first is not None:
        return first
    try:
        with act(actor, Act.RECORD_COUNT, on=vote) as record:
            first = _first(vote, key, sheet)
            if first is not None:
                record.nothing()
                return first
            return _typed(record, vote, sheet, key)
    except NotAllowed:
        vote_states.check_takes_ballots(vote.state)
        raise


def _first(vote: Vote, key: str, sheet: Nine) -> PaperCount | None:
    found = next((one for one in vote_counts.paper_counts(vote.id) if one.key == key), None)
    if found is not None and nine(found) != sheet:
        raise Conflict(_("这一页刚才已经交过另一组数字。要重新填，请重新打开这一页。"), first=found)
    return found


def _typed(record: Record, vote: Vote, sheet: Nine, key: str) -> PaperCount:
    if vote.kind != "paper":
        raise Refusal(_("这次不是用纸质票表决，不填计票单。"))
    vote_states.check_takes_ballots(vote.state)
    check_matter(vote)
    check_fits(vote, sheet)
    row = PaperCount(
        vote_id=vote.id, key=key, **{name: getattr(sheet, name) for name in NINE}, void=sheet.void, at=record.at,
        by_id=who(record.actor),
    )  # fmt: skip
    db.session.add(row)
    if sheet.void:
        _void(vote, sheet)
    db.session.flush()
    record.about("vote", vote.id)
    record.note(**{name.rstrip("_"): getattr(sheet, name) for name in NINE}, void=sheet.void)
    return row


def check_fits(vote: Vote, sheet: Nine) -> None:
    """Refuse a sheet whose heads are not those of the frozen roll, or with more papers out than people who may vote."""
    if (sheet.due, sheet.present) != (vote.due, vote.present):
        raise Refusal(
            _("封存的名册是应到 %(due)s、实到 %(present)s，和计票单不一样，请核对。"),
            due=vote.due, present=vote.present, field="due" if sheet.due != vote.due else "present",
        )  # fmt: skip
    here = voters(vote)
    if sheet.issued > here:
        raise Refusal(
            _("发出 %(issued)s 张，多于可以投票的 %(voters)s 人，请核对。"), issued=sheet.issued, voters=here, field="issued"
        )  # fmt: skip


def _void(vote: Vote, sheet: Nine) -> None:
    reason = f"收回{sheet.collected}张，多于发出的{sheet.issued}张，本轮作废"
    vote_states.VOTE.move(vote.state, "cancelled", {"reason": reason})
    vote.cancelled_reason, vote.state = reason, "cancelled"


def paper(vote: Vote) -> papers.VotePaper:
    """What both papers name; the numbers of the sheet the roll has already."""
    opened = vote.opened_at is not None
    return papers.VotePaper(
        council=vote.council.name, meeting=vote.meeting.title if vote.meeting else "", question=vote.question,
        round=vote.round, code=spoken_code(vote.roll_digest), voters=voters(vote) if opened else 0,
        named=vote.kind == "named", known=(("due", vote.due), ("present", vote.present)) if opened else (),
    )  # fmt: skip


def parts(vote: Vote, which: str) -> Iterator[Item]:
    """One of PAPERS; ballots are printed once the roll says how many."""
    if which == "ballots" and vote.opened_at is None:
        raise Refusal(_("开始表决、封存名册以后才知道要印几张表决票。"))
    return papers.ballots(paper(vote)) if which == "ballots" else papers.count_sheet(paper(vote))


def title(vote: Vote, which: str) -> str:
    """The paper's title, also its file's name."""
    return f"{vote.council.name}{'表决票' if which == 'ballots' else '计票单'}"


def docx(vote: Vote, which: str) -> bytes:
    """The same as a .docx."""
    mark = "示例" if vote.office.sample else ""
    return papers_docx.write_parts(title(vote, which), parts(vote, which), made_at=vote.made_at, mark=mark)


def last_count(vote: Vote) -> PaperCount | None:
    """The count sheet that stands."""
    found = vote_counts.paper_counts(vote.id)
    return found[-1] if found else None
