"""What is attached to a matter (material, photos, signed papers), and the 提请函 that sends it to an assembly."""

from dataclasses import dataclass

from deliberation.clock import local
from deliberation.domain import assembly_letters as letters
from deliberation.domain.acts import Act
from deliberation.domain.board_sheets import SheetWords
from deliberation.domain.dossier_words import day
from deliberation.domain.errors import Refusal, _
from deliberation.domain.matters import is_over
from deliberation.formats import papers_docx
from deliberation.formats.plain_pictures import without_particulars
from deliberation.services import files, matter_sheets
from deliberation.services.actors import Actor, who
from deliberation.services.acts import act
from deliberation.services.files import Upload
from deliberation.store import councils, matter_papers
from deliberation.store.councils import Matter
from deliberation.store.db import db
from deliberation.store.matter_papers import MatterFile, MatterLetter

PARTS = {"material": _("会前公布的材料"), "work": _("落实的照片"), "signed": _("签字的原件")}
FROM = frozenset({"consensus", "division"})


@dataclass(frozen=True)
class LetterWords:
    """What a 提请函 says beside what the record knows."""

    assembly: str
    addressee: str
    request: str
    number: str = ""
    basis: str = ""


def attach(actor: Actor, matter: Matter, part: str, scan: Upload, caption: str, *, shown: bool) -> MatterFile:
    """Attach a file. `shown`: hangs on the board with the sheet; a photo then loses where and by what it was taken."""
    if part not in PARTS:
        raise Refusal(_("请选择这是什么材料。"), field="part")
    if not caption.strip():
        raise Refusal(_("请写一句这是什么，例如“现场照片”。"), field="caption")
    files.not_secret(caption, "caption")
    media_type = files.scan_type(scan)
    if shown:
        without_particulars(scan.data, media_type)
    files.put_bytes(scan.data)
    with act(actor, Act.ATTACH_TO_MATTER, on=matter) as record:
        if is_over(matter.state):
            raise Refusal(_("这一事项已经办结，不能再附材料。"))
        kept = files.keep(record, matter.council.office, scan.data, scan.name, media_type)
        row = MatterFile(
            matter_id=matter.id, part=part, caption=caption.strip()[:200], shown=shown and part != "signed", file=kept,
            at=record.at, by_id=who(actor),
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        record.about("matter-file", row.id)
        record.note(matter=matter.id, part=part, shown=row.shown, digest=kept.digest)
    return row


def write_letter(actor: Actor, matter: Matter, words: LetterWords) -> MatterLetter:
    """Write the 提请函; again while the matter has not been sent on: the last one stands, all stay."""
    letters.check_letter(words.assembly, words.addressee, words.request)
    with act(actor, Act.WRITE_LETTER, on=matter) as record:
        if matter.state not in FROM:
            raise Refusal(_("协商达成共识或者分歧较大以后，才提请会议决定。"))
        row = MatterLetter(
            matter_id=matter.id, revision=len(matter_papers.letters(matter.id)) + 1, number=words.number.strip()[:60],
            assembly=words.assembly, addressee=words.addressee.strip(), request=words.request.strip(),
            basis=words.basis.strip()[:2000], at=record.at, by_id=who(actor),
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        record.about("letter", row.id)
        record.note(matter=matter.id, assembly=row.assembly, revision=row.revision)
    return row


def as_letter(row: MatterLetter) -> letters.Letter:
    """The letter as the paper prints it."""
    matter = row.matter
    studied = ""
    if matter.party_studied_on:
        studied = (
            f"该事项已经村党组织于{day(matter.party_studied_on)}研究（记录编号：{matter.party_record}）。"
        )
    states = {step.state: step.facts for step in councils.steps(matter.id)}
    enclosed = tuple(one.caption for one in matter_papers.files(matter.id) if one.part == "material")
    return letters.Letter(
        council=matter.council.name, addressee=row.addressee, assembly=row.assembly, title=matter.title,
        request=row.request, number=row.number, opinion=str(states.get("consensus", {}).get("opinion", "")),
        views=str(states.get("division", {}).get("views", "")), vote=matter_sheets.vote_said(matter), basis=row.basis,
        studied=studied, met=matter_sheets.last_fact(matter, "deliberating", "met_on"), on=local(row.at).date(),
        enclosed=enclosed,
    )  # fmt: skip


def letter_docx(row: MatterLetter) -> bytes:
    """The letter as a .docx."""
    letter = as_letter(row)
    mark = "示例" if row.matter.council.office.sample else ""
    return papers_docx.write_parts(
        letters.letter_title(letter), letters.letter_paper(letter), made_at=row.at, mark=mark
    )


def next_sheet(matter: Matter, to: str) -> SheetWords | None:
    """The sheet the step would hang, before its facts are filled in."""
    return matter_sheets.proposed(matter, matter.state, to, {})
