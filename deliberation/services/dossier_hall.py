"""What was done in the hall, as the plain values a dossier prints: meetings, who came, minutes, votes with arithmetic."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from deliberation.clock import local
from deliberation.domain import dossier_sittings as paper
from deliberation.domain.tally_words import spoken
from deliberation.domain.voting import Tally
from deliberation.services import attendance
from deliberation.services.councils import label
from deliberation.services.minutes import KINDS, as_paper
from deliberation.services.vote_rules import rule_named
from deliberation.store import councils, dossiers, meetings, people, votes
from deliberation.store.consultations import Consultation
from deliberation.store.meetings import Meeting
from deliberation.store.votes import Vote


def held(one: Consultation) -> Sequence[Meeting]:
    """The meetings that took place, by time."""
    return [meeting for meeting in meetings.of_consultation(one.id) if meeting.state == "ended"]


def meeting_rows(one: Consultation, *, named: bool) -> tuple[paper.MeetingRow, ...]:
    """Every meeting held, with 应到 and 实到 as the sheet has them, also by category."""
    said = dossiers.remarks_of_meetings(one.id)
    return tuple(_meeting(meeting, said.get(meeting.id, 0), named=named) for meeting in held(one))


def _meeting(meeting: Meeting, said: int, *, named: bool) -> paper.MeetingRow:
    sheet = meetings.attendance(meeting.id)
    heads = attendance.heads(sheet)
    return paper.MeetingRow(
        title=meeting.title, kind=KINDS.get(meeting.procedure, meeting.procedure), place=meeting.place,
        starts_at=meeting.opened_at or meeting.starts_at, ended_at=meeting.ended_at,
        convenor=paper.Person("召集人", name=meeting.convenor if named else None),
        scribe=paper.Person("记录人", name=meeting.scribe if named else None),
        due=heads.due if sheet else None, present=heads.came if sheet else None, remarks=said,
        attendance=tuple(
            paper.Attendance(label(category) or "其他", own.due, own.came)
            for category, own, _x in attendance.by_category(sheet)
        ),
    )  # fmt: skip


def minutes(one: Consultation, *, named: bool) -> tuple[paper.Minutes, ...]:
    """The minutes as they stand. A line is withheld from the public unless the remark it became is open to it."""
    found = []
    for meeting in held(one):
        latest = meetings.latest_minutes(meeting.id)
        if latest is None:
            continue
        made, open_ = as_paper(meeting, latest, named=named), dossiers.released_lines(meeting.id)
        speeches = tuple(
            line if said["line"] in open_ else replace(line, withheld="not_released")
            for line, said in zip(made.speeches, latest.body["speeches"], strict=True)
        )
        found.append(replace(made, speeches=speeches))
    return tuple(found)


def composition(one: Consultation) -> tuple[tuple[paper.Tally, ...], tuple[paper.Tally, ...]]:
    """Who sits on the office's expert panel, and on the 9+X councils that met about this draft."""
    bodies = councils.of_office(one.office_id)
    met = {(meeting.council_id, meeting.matter_id) for meeting in held(one) if meeting.council_id}
    panel = [h.seat.category for body in bodies if body.kind == "panel" for h in councils.holders(body.id)]
    if not panel:
        panel = [member.category or "" for member in people.members(one.office_id, "panel")]
    nine = {body.id for body in bodies if body.kind == "council_9x"}
    seats = {
        h.id: h.seat.category for body, matter in met if body in nine for h in councils.holders(body, matter)
    }
    return _tallied(panel), _tallied(seats.values())


def _tallied(categories: Iterable[str]) -> tuple[paper.Tally, ...]:
    counted = Counter(label(category) or "未分类别" for category in categories)
    return tuple(paper.Tally(name, n) for name, n in counted.most_common())


def counted_votes(one: Consultation) -> Sequence[Vote]:
    """The votes that were counted and not cancelled."""
    return [vote for vote in votes.of_consultation(one.id) if vote.tally and vote.state != "cancelled"]


def vote_rows(found: Sequence[Vote]) -> tuple[paper.VoteRow, ...]:
    """Each with its exact arithmetic in words; by category only where the vote was open."""
    return tuple(_vote(vote, Tally.from_dict(vote.tally or {})) for vote in found)


def _vote(vote: Vote, tally: Tally) -> paper.VoteRow:
    return paper.VoteRow(
        question=vote.question, kind=vote.kind, held_on=local(vote.opened_at).date() if vote.opened_at else None,
        meeting=vote.meeting.title if vote.meeting else "", due=tally.due, present=tally.present, in_favour=tally.for_,
        against=tally.against, abstain=tally.abstain, not_voted=tally.not_voted, carried=tally.carried,
        words=spoken(tally).rstrip("。"), basis=rule_named(vote),
        suggestion=vote.suggestion.number if vote.suggestion else None,
        by_category=tuple(
            paper.VoteCategory(label(name), part.for_, part.against, part.abstain, part.total)
            for name, part in tally.categories
        ),
    )  # fmt: skip


def forwarded(found: Sequence[Vote]) -> dict[int, bool | None]:
    """For each suggestion that was voted on, whether it was chosen: by the last vote; None where no rule says so."""
    return {
        vote.suggestion_id: Tally.from_dict(vote.tally or {}).carried
        for vote in found
        if vote.suggestion_id is not None
    }
