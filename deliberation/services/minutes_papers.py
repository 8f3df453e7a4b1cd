"""Minutes beside one another and for machines: two revisions word by word, and Akoma Ntoso."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from deliberation.clock import local
from deliberation.domain.comparison import Run
from deliberation.domain.errors import NotFound, _
from deliberation.formats.akoma_meta import AkomaMeta
from deliberation.formats.akoma_minutes import write_minutes
from deliberation.formats.wording_diff import differences
from deliberation.services.dossier_hall import vote_rows
from deliberation.services.minutes import as_paper
from deliberation.store import meetings, votes
from deliberation.store.meetings import Meeting, Minutes

NUMBER, AGREED, STRUCK = _("期号"), _("形成的意见"), _("出席、请假、列席")


@dataclass(frozen=True)
class Compared:
    """One part of the minutes in two revisions: its heading (a msgid, or a speaker), and what went and came."""

    heading: str
    runs: tuple[Run, ...]
    line: int | None = None

    @property
    def same(self) -> bool:
        """Nothing was changed here."""
        return all(run.change == "equal" for run in self.runs)


def revision(meeting: Meeting, number: int) -> Minutes:
    """A revision by number."""
    found = next((one for one in meetings.minutes(meeting.id) if one.revision == number), None)
    if found is None:
        raise NotFound(_("没有这一稿。"))
    return found


def compare(old: Minutes, new: Minutes) -> list[Compared]:
    """The parts of both revisions in the order of the newer one, what was dropped where it stood."""
    parts = [Compared(NUMBER, differences(old.body["number"], new.body["number"]))]
    people = [_people(one.body) for one in (old, new)]
    parts.append(Compared(STRUCK, differences(*people)))
    parts += _speeches(old.body["speeches"], new.body["speeches"])
    agreed = ["\n".join(one.body["agreed"]) for one in (old, new)]
    parts.append(Compared(AGREED, differences(*agreed)))
    return [part for part in parts if part.runs]


def _people(body: dict[str, Any]) -> str:
    return "\n".join(
        "、".join(name for name, _category in body[part]) for part in ("present", "on_leave", "observers")
    )


def _speeches(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[Compared]:
    before = {one["line"]: one for one in old}
    after = {one["line"]: one for one in new}
    for line in sorted(before.keys() | after.keys()):
        was, now = before.get(line, {}), after.get(line, {})
        speaker = now.get("speaker") or was.get("speaker", "")
        yield Compared(speaker, differences(was.get("text", ""), now.get("text", "")), line)


def akoma(meeting: Meeting, minutes: Minutes) -> bytes:
    """The minutes as an Akoma Ntoso debate, with the votes that were counted at the meeting."""
    held = [one for one in votes.of_meeting(meeting.id) if one.tally and one.state != "cancelled"]
    meta = AkomaMeta(
        slug=f"meeting-{meeting.id}", subtype="minutes", date=local(meeting.opened_at or meeting.starts_at).date().isoformat(),
        kind="debate", author="office", author_name=meeting.office.name, version=str(minutes.revision),
    )  # fmt: skip
    return write_minutes(as_paper(meeting, minutes), vote_rows(held), meta=meta)
