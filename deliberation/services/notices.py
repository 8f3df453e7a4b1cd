"""The public board: hanging a sheet inside another act, taking one down, objections registered and answered."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from deliberation.clock import local
from deliberation.domain import board_sheets as sheets
from deliberation.domain.acts import Act
from deliberation.domain.board_sheets import Hanging, SheetWords
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.procedures import Posting, Procedure, Sheet
from deliberation.domain.remarks import CHANNELS
from deliberation.domain.verbatim import verbatim
from deliberation.formats import papers_docx
from deliberation.formats.plain_pictures import without_particulars
from deliberation.services import files, procedures
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.store import assemblies, notices
from deliberation.store.councils import Council, Matter
from deliberation.store.db import db
from deliberation.store.files import StoredFile
from deliberation.store.notices import BoardSheet, Objection
from deliberation.store.people import Office
from deliberation.store.votes import Vote

DISCLOSED_AT_LEAST = 15  # 村民委员会组织法 (text in force 2026-01-01), art. 35
ANNOUNCED_AT_LEAST = 1
SAID_HOW = {"visit": CHANNELS["visit"], "paper": _("书面"), "hotline": CHANNELS["hotline"], "box": CHANNELS["box"], "chat": CHANNELS["chat"]}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """An objection as it came in; `key` is made by the client."""

    key: str
    text: str
    channel: str = "visit"
    said_by: str = ""
    contact: str = ""
    said_on: date | None = None


def procedure(council: Council) -> Procedure:
    """The procedure a council works by, with its days as the office has them."""
    key = assemblies.kind_of(council.id) if council.kind == "assembly" else procedures.NINE_X
    return procedures.held(council.office_id)[key].procedure


def least_days(kind: Posting, council: Council | None) -> Sheet:
    """How long a sheet of this kind hangs at least, and whether the law says so."""
    found = {one.kind: one for one in procedure(council).sheets} if council is not None else {}
    if kind in found:
        return found[kind]
    if kind is Posting.DISCLOSURE:
        return Sheet(kind, DISCLOSED_AT_LEAST, statutory=True)
    return Sheet(kind, ANNOUNCED_AT_LEAST)


def standard_days(about: str, council: Council | None) -> int:
    """How many days a sheet hangs where nobody says otherwise."""
    least = least_days(sheets.KIND_OF[about], council).days
    return max(least, DISCLOSED_AT_LEAST) if about in ("agenda", "decision", "erratum") else least


def signed_by(council: Council) -> tuple[str, str]:
    """Who signed this council's last sheet and whom it named; the council's own name at first."""
    for sheet in notices.of_office(council.office_id):
        owner = sheet.matter.council_id if sheet.matter else sheet.vote.council_id if sheet.vote else None
        if owner == council.id:
            return sheet.signed, sheet.contact
    return council.name, f"电话 {council.office.hotline}" if council.office.hotline else ""


def may_hang(thing: Matter | Vote) -> bool:
    """Nothing about a restricted task ever hangs in public."""
    about = [thing.consultation] if isinstance(thing, Vote) else []
    matter = thing.matter if isinstance(thing, Vote) else thing
    if matter is not None and matter.consultation_id is not None:
        about.append(_consultation(matter))
    return all(one is None or one.is_public for one in about)


def _consultation(matter: Matter) -> Any:
    from deliberation.store.consultations import Consultation

    return db.session.get_one(Consultation, matter.consultation_id)


def hang(
    record: Record, office: Office, about: str, words: SheetWords, since: date, *, thing: Matter | Vote,
    picture: dict[str, Any] | None = None,
) -> BoardSheet:  # fmt: skip
    """Hang a sheet, inside an act; its words and days are checked and never change afterwards."""
    council = thing.council
    kind = sheets.KIND_OF[about]
    least = least_days(kind, council)
    days = words.days or standard_days(about, council)
    sheets.check_days(kind, days, least.days, statutory=least.statutory)
    fair = sheets.checked(words)
    if about == "opinion" or (about == "vote" and council.kind == "council_9x"):
        fair = sheets.no_decision(fair)
    row = BoardSheet(
        office_id=office.id, number=notices.next_number(office.id), kind=kind.value, about=about,
        matter_id=thing.id if isinstance(thing, Matter) else None, vote_id=thing.id if isinstance(thing, Vote) else None,
        title=fair.title, body=list(fair.body), facts=[list(pair) for pair in fair.facts], picture=picture,
        signed=fair.signed, contact=fair.contact, since=since, until=since + timedelta(days=days - 1), at=record.at,
        by_id=who(record.actor),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record.note(sheet=row.number, sheet_kind=row.kind, since=since.isoformat(), until=row.until.isoformat())
    return row


def take_down(actor: Actor, sheet: BoardSheet, reason: str) -> None:
    """Take a sheet down with the reason, which stays at its address. Its days are then not fulfilled."""
    if not reason.strip():
        raise Refusal(_("请写明为什么撤下，这句话会留在原来的地址上。"), field="reason")
    with act(actor, Act.TAKE_DOWN_SHEET, on=sheet) as record:
        if sheet.down_at is not None:
            raise Conflict(_("这张公示单已经撤下了。"), first=sheet)
        sheet.down_at, sheet.down_reason = record.at, reason.strip()
        record.about("sheet", sheet.number)
        record.note(reason=sheet.down_reason)


def object_to(actor: Actor, matter: Matter, said: Said) -> Objection:
    """Register an objection as it was said, while the matter is posted. The same key again gives the first row."""
    text = verbatim(said.text, field="text")
    if not text.strip():
        raise Refusal(_("请写下异议，照原话写。"), field="text")
    if said.channel not in SAID_HOW:
        raise Refusal(_("请选择异议是怎么提的。"), field="channel")
    if not 8 <= len(said.key) <= 80:
        raise Refusal(_("页面缺少提交编号，请刷新页面后再提交。"), field="key")
    with act(actor, Act.REGISTER_OBJECTION, on=matter) as record:
        known = notices.objections(matter.id)
        first = next((one for one in known if one.key == said.key), None)
        if first is not None:
            record.nothing()
            return first
        return _registered(record, matter, replace(said, text=text), len(known) + 1)


def _registered(record: Record, matter: Matter, said: Said, number: int) -> Objection:
    today = local(record.at).date()
    if matter.state != "posted":
        raise Refusal(_("这一事项眼下不在公示，登记不了异议。新的意见请作为新的议题提出。"))
    on = said.said_on or today
    began = notices_of(matter, Posting.NOTICE)
    if on > today or (began and on < began[-1].since):
        raise Refusal(_("异议的日期应在公示开始之后、今天以前，请核对。"), field="said_on")
    row = Objection(
        matter_id=matter.id, number=number, key=said.key, text=said.text, channel=said.channel,
        said_by=said.said_by.strip()[:60] or None, contact=said.contact.strip()[:120] or None, said_on=on, at=record.at,
        by_id=who(record.actor),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record.about("objection", number)
    record.note(matter=matter.id, channel=row.channel)
    return row


def answer(actor: Actor, objection: Objection, words: str, on: date | None = None) -> None:
    """Answer an objection, once."""
    if not words.strip():
        raise Refusal(_("请写明怎么答复的。"), field="answer")
    with act(actor, Act.ANSWER_OBJECTION, on=objection) as record:
        today = local(record.at).date()
        if objection.answered_at is not None:
            raise Conflict(_("这条异议已经答复过了，答复在下面。"), first=objection)
        day = on or today
        if day > today or day < objection.said_on:
            raise Refusal(_("答复的日期应在提出异议之后、今天以前，请核对。"), field="answered_on")
        objection.answer, objection.answered_on = words.strip(), day
        objection.answered_at, objection.answered_by_id = record.at, who(actor)
        record.about("objection", objection.number)
        record.note(matter=objection.matter_id)


def notices_of(matter: Matter, kind: Posting) -> list[BoardSheet]:
    """The sheets of one kind about a matter that were not taken down, oldest first."""
    return [one for one in notices.of_matter(matter.id) if one.kind == kind.value and one.down_at is None]


def hung_out(matter: Matter, kind: Posting, today: date) -> bool:
    """Whether the last sheet of this kind has hung all its days."""
    found = notices_of(matter, kind)
    return bool(found) and today > found[-1].until


def unanswered(matter: Matter) -> int:
    """How many objections wait for an answer."""
    return sum(one.answered_at is None for one in notices.objections(matter.id))


def as_hanging(sheet: BoardSheet, address: str = "") -> Hanging:
    """A sheet as the value that is printed."""
    words = SheetWords(
        sheet.title, tuple(sheet.body), tuple((pair[0], pair[1]) for pair in sheet.facts), sheet.signed, sheet.contact
    )  # fmt: skip
    return Hanging(Posting(sheet.kind), words, sheet.since, sheet.until, sheet.number, address)


def docx(sheet: BoardSheet, address: str = "") -> bytes:
    """The sheet as a .docx to print."""
    mark = "示例" if sheet.office.sample else ""
    parts = sheets.sheet_paper(as_hanging(sheet, address))
    return papers_docx.write_parts(sheet.title, parts, made_at=sheet.at, mark=mark)


def plain(file: StoredFile) -> bytes:
    """A file as the board gives it: pictures without where, when and by what they were taken."""
    return without_particulars(files.read(file), file.media_type)
