"""Photos and recordings of a meeting: kept as they came with their check code, shown to staff only, never public."""

from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.services.actors import Actor, who
from deliberation.services.acts import act
from deliberation.services.files import Upload, keep, not_secret
from deliberation.store import hall
from deliberation.store.db import db
from deliberation.store.hall import HallFile
from deliberation.store.meetings import Meeting

HEADS = (
    (b"\xff\xd8\xff", 0, "image/jpeg"), (b"\x89PNG\r\n\x1a\n", 0, "image/png"), (b"WEBP", 8, "image/webp"),
    (b"WAVE", 8, "audio/wav"), (b"ftyp", 4, "audio/mp4"), (b"ID3", 0, "audio/mpeg"), (b"\xff\xfb", 0, "audio/mpeg"),
    (b"\xff\xf3", 0, "audio/mpeg"), (b"\xff\xf2", 0, "audio/mpeg"), (b"OggS", 0, "audio/ogg"), (b"#!AMR", 0, "audio/amr"),
    (b"\xff\xf1", 0, "audio/aac"), (b"\xff\xf9", 0, "audio/aac"),
)  # fmt: skip


def file_type(data: bytes) -> str | None:
    """The media type of a photo or recording by its bytes; None for anything else."""
    return next((kind for head, at, kind in HEADS if data[at : at + len(head)] == head), None)


def keep_file(actor: Actor, meeting: Meeting, upload: Upload | None, note: str = "") -> HallFile:
    """Keep one; the same bytes again are the one that is there."""
    if upload is None or not upload.data:
        raise Refusal(_("请选择一张照片或者一段录音。"), field="file")
    kind = file_type(upload.data)
    if kind is None:
        raise Refusal(_("照片请用 JPG、PNG 或 WebP，录音请用 MP3、M4A、WAV、AMR、AAC 或 OGG。"), field="file")
    for words in (upload.name, note):
        not_secret(words, "file")
    if len(note) > 200:
        raise Refusal(_("写得太长，请不超过 200 个字。"), field="note")
    with act(actor, Act.KEEP_HALL_FILE, on=meeting) as record:
        row = keep(record, meeting.office, upload.data, upload.name, kind)
        same = hall.same_file(meeting.id, row.digest)
        if same is not None:
            record.nothing()
            return same
        made = HallFile(
            meeting_id=meeting.id, meeting=meeting, file_id=row.id, file=row, note=note.strip(), at=record.at,
            by_id=who(record.actor),
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        record.about("meeting", meeting.id)
        record.note(file=row.digest, size=row.size)
    return made


def take_back(actor: Actor, row: HallFile, reason: str) -> None:
    """Hide one: it is given out no more; its check code stays in the list with the reason."""
    if not reason.strip() or len(reason) > 200:
        raise Refusal(_("请写明为什么撤下，不超过 200 个字。"), field="reason")
    with act(actor, Act.KEEP_HALL_FILE, on=row) as record:
        if row.taken_back_at is not None:
            raise Refusal(_("这一份已经撤下了。"))
        row.taken_back_at, row.reason = record.at, reason.strip()
        record.about("meeting", row.meeting_id)
        record.note(file=row.file.digest, taken_back=True)
