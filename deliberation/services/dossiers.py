"""The dossier of a consultation: gathered from the rows, built into a folder, looked at before it is built."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flask import current_app

from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.domain.dossier import Counts, Dossier, Letter, Person
from deliberation.domain.dossier_counts import count_up
from deliberation.domain.dossier_editions import for_public
from deliberation.domain.errors import NotAllowed, Refusal, _
from deliberation.domain.permissions import allows, why_not
from deliberation.formats.archive import Manifest, refuse_full
from deliberation.formats.dossier_folder import Progress, write_dossier
from deliberation.formats.draft_json import draft_from_dict
from deliberation.formats.watching import Pulse, silent
from deliberation.services import dossier_hall as hall
from deliberation.services import dossier_versions, report_forms, sender_tables
from deliberation.services.actors import Actor
from deliberation.services.acts import act
from deliberation.services.dossier_log import LogLines
from deliberation.services.dossier_rows import Order, Remarks, Suggestions, attitudes, points
from deliberation.services.log import key_text
from deliberation.services.standing import standing
from deliberation.store import drafts, log
from deliberation.store.consultations import Consultation

EDITIONS = {"public": _("公开版"), "restricted": _("内部版")}


def dossier_of(one: Consultation, edition: str, at: datetime) -> Dossier:
    """Everything of one edition as it stands, its date `at`. Remarks are read while the dossier is written."""
    _known(edition)
    leaves = LogLines(one.log, log.head_size(one.log_id))
    named = edition == "restricted"
    version = drafts.current(one.task_id)
    order = Order(version)
    remarks = Remarks(one, len(leaves), order, named=named)
    votes = hall.counted_votes(one)
    rows = Suggestions(one, order, remarks.categories, named=named).rows(hall.forwarded(votes))
    meetings = hall.meeting_rows(one, named=named)
    panel, council = hall.composition(one)
    addressee, signature = report_forms.signature(one, at)
    made = Dossier(
        title=version.title if version else one.title, stage=version.stage if version else "", slug=one.slug,
        office=one.office.name, addressee=addressee, edition=edition, made_at=at, letter=_letter(one),
        signature=signature, closed_on=local(one.public_until).date(),
        opened_on=local(one.opened_at).date() if one.opened_at else None, meetings=meetings, panel=panel,
        council=council, counts=_counts(remarks, len(rows), meetings, len(votes)), general=points(rows, "whole"),
        suggestions=rows, other=points(rows, "execution"), remarks=remarks, votes=hall.vote_rows(votes),
        attitudes=attitudes(one, order, remarks.categories), minutes=hall.minutes(one, named=named),
        draft=draft_from_dict(version.tree) if version else None, head=leaves.note(),
        key=key_text(one.log), leaves=leaves, mark=_mark(one), version_digest=version.digest if version else "",
        sender_table=sender_tables.for_dossier(one), comparison=dossier_versions.comparison(one),
    )  # fmt: skip
    return made if named else for_public(made)


def _known(edition: str) -> None:
    if edition not in EDITIONS:
        raise Refusal(_("请选择公开版，还是内部版。"), field="edition")


def _letter(one: Consultation) -> Letter:
    task = one.task
    contact = Person("联系人", name=task.contact) if task.contact else None
    return Letter(
        task.sender, task.letter_number, "", task.received_on, task.report_due_at, contact,
        targeted=task.openness == "directed",
    )  # fmt: skip


def _mark(one: Consultation) -> str:
    """The sample says so on every page; while remarks still come in, the report is a preview."""
    if one.sample:
        return "示例"
    return "预览" if one.phase in {"preparing", "collecting"} else ""


def _counts(
    remarks: Remarks, suggestions: int, meetings: tuple[hall.paper.MeetingRow, ...], votes: int
) -> Counts:
    """In one pass: those that do not count are counted while the others are read."""
    apart = Counter[str]()
    counted = count_up(remarks.counting(apart), suggestions=suggestions, meetings=meetings, votes=votes)
    return replace(counted, late=apart["late"], withdrawn=apart["gone"])


@dataclass(frozen=True, slots=True)
class Begun:
    """A build that was allowed and logged: the index of its leaf, its instant."""

    number: int
    at: datetime


def build(
    actor: Actor, one: Consultation, out: Path, edition: str = "public", *, progress: Progress | None = None
) -> Manifest:
    """Build an edition into `out` (new or empty) with its ZIP beside it. The act is logged first, so its own leaf is in it."""
    refuse_full(out)
    return fill(one, out, edition, begin(actor, one, edition).at, progress=progress)


def begin(actor: Actor, one: Consultation, edition: str) -> Begun:
    """Log that an edition is being built; its date is this instant. The restricted one is only for who leads."""
    _known(edition)
    with act(actor, Act.BUILD_DOSSIER, on=one) as record:
        may_build(actor, one, edition)
        record.about("dossier", edition)
        number = record.head.size
    return Begun(number, record.at)


def may_build(actor: Actor, one: Consultation, edition: str) -> None:
    """NotAllowed unless the actor may have this edition built."""
    where = standing(actor, one)
    for what in (Act.BUILD_DOSSIER, *([Act.READ_RESTRICTED] if edition == "restricted" else [])):
        if not allows(what, where):
            raise NotAllowed.of(why_not(what, where))


def fill(
    one: Consultation, out: Path, edition: str, at: datetime, *, progress: Progress | None = None
) -> Manifest:
    """Write the folder and the ZIP of what `begin` allowed."""
    return write(dossier_of(one, edition, at), out, progress=progress)


def write(made: Dossier, out: Path, *, progress: Progress | None = None, pulse: Pulse = silent) -> Manifest:
    """Write a dossier's folder and ZIP with the fonts that are set."""
    return write_dossier(made, out, fonts=fonts(), progress=progress, pulse=pulse)


def fonts() -> Path | None:
    """The folder with fonts for PDF, where one is set."""
    folder = current_app.config["FONTS"]
    return Path(folder) if folder else None


def taken_away(actor: Actor, one: Consultation, number: int, name: str) -> None:
    """Log that somebody took a file with names and phones."""
    with act(actor, Act.READ_RESTRICTED, on=one) as record:
        record.about("dossier", number)
        record.note(file=name)
