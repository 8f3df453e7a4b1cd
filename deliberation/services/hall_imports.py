"""A saved recorder or a filled-in table comes home: looked at first, then taken in, each thing once."""

import base64
import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass, field

from deliberation.clock import local
from deliberation.domain.errors import NotFound, Refusal, Said, _
from deliberation.domain.hall_entries import Entry
from deliberation.formats import hall_xlsx, hall_xlsx_read, recorder_read
from deliberation.formats.recorder_read import Brought
from deliberation.services.actors import Actor
from deliberation.services.councils import label
from deliberation.services.files import Upload
from deliberation.services.staging import _read, _sweep, _write
from deliberation.services.syncing import Batch, Outcome, meeting_code, sync
from deliberation.store import meetings
from deliberation.store import syncing as asked
from deliberation.store.meetings import Meeting


@dataclass(frozen=True)
class Look:
    """What bringing a file in would do. `blank`: the file does not say which meeting it is of."""

    brought: Brought
    new: tuple[Entry, ...]
    there: int
    differ: tuple[Entry, ...]
    blank: bool
    counts: dict[str, int] = field(default_factory=dict)


def read_file(meeting: Meeting, upload: Upload | None) -> Brought:
    """The file's entries; a file of another meeting is refused."""
    if upload is None or not upload.data:
        raise Refusal(_("请选择离线记录本存下的文件，或者填好的空白表。"), field="file")
    if upload.data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        begins = local(meeting.opened_at or meeting.starts_at)
        points = [(one.id, one.title) for one in meeting.agenda]
        brought = hall_xlsx_read.read(upload.data, begins.date(), begins.time(), points)
    else:
        brought = recorder_read.read(upload.data)
    _of_this_meeting(meeting, brought)
    return brought


def _of_this_meeting(meeting: Meeting, brought: Brought) -> None:
    if brought.code and brought.code != meeting_code(meeting):
        raise Refusal(
            _("这份记录是另一次会议的（%(title)s），不能导入到这里，什么也没有保存。"),
            title=brought.title or "—",
            field="file",
        )
    keys = [one.key for one in brought.entries]
    # a row's key comes of what it says: the same people at the same time on another day write the same row
    table = brought.source == "table"
    other = asked.whole_elsewhere(meeting, keys) if table else asked.elsewhere(meeting.id, keys)
    if other is not None:
        raise Refusal(
            _("这份记录已经导入到“%(title)s”了，不能再导入到这里。"), title=other.title, field="file"
        )


def look(meeting: Meeting, brought: Brought) -> Look:
    """What is new, what is there already, what differs from what is there."""
    there = asked.known(meeting.id, [one.key for one in brought.entries])
    new = tuple(one for one in brought.entries if one.key not in there)
    differ = tuple(one for one in brought.entries if one.key in there and there[one.key].digest != one.digest)
    counts = dict(Counter(one.kind for one in new))
    return Look(brought, new, len(there) - len(differ), differ, not brought.code, counts)


def stage(actor: Actor, meeting: Meeting, upload: Upload) -> str:
    """Keep the file for its bringer between two pages; returns its token."""
    _sweep()
    token = secrets.token_urlsafe(24)
    data = base64.b64encode(upload.data).decode()
    _write(token, {"by": actor.code, "hall": meeting.id, "name": upload.name[:200], "data": data})
    return token


def staged(actor: Actor, meeting: Meeting, token: str) -> Upload:
    """The file behind a token, to the one who brought it."""
    body = _read(token)
    if body is None or body.get("by") != actor.code or body.get("hall") != meeting.id:
        raise NotFound(_("这个文件已经不在了（只留一天）。请重新选一次，已经导入的不会重复。"))
    return Upload(base64.b64decode(body["data"]), body["name"])


def bring(actor: Actor, meeting: Meeting, upload: Upload, *, sure: bool = False) -> Outcome:
    """Take a file in: only what is new is added. A file that names no meeting needs somebody to be sure."""
    brought = read_file(meeting, upload)
    if not brought.code and not sure:
        raise Refusal(_("这份记录没有写明是哪次会议。请核对后勾选，再导入。"), field="this_meeting")
    digest = hashlib.sha256(upload.data).hexdigest()
    return sync(actor, meeting, Batch(brought.device, brought.entries, source=brought.source, file=digest))


def blank_table(meeting: Meeting | None) -> bytes:
    """The empty table with this meeting's people and points in it; None: with nobody's."""
    if meeting is None:
        return hall_xlsx.write(hall_xlsx.HallTable("", ""))
    people = tuple(
        (one.position, one.person.name, label(one.category) if one.category else "")
        for one in meetings.attendance(meeting.id)
    )
    agenda = tuple(one.title for one in meeting.agenda)
    return hall_xlsx.write(hall_xlsx.HallTable(meeting.title, meeting_code(meeting), people, agenda))


def problems(outcome: Outcome) -> list[Said]:
    """Why some could not be put where they belong."""
    return [one.why for one in outcome.answers if one.state == "conflict" and one.why is not None]
