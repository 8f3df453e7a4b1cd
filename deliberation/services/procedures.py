"""Procedures as an office has them: switched on or off, its own days and rules; letters that commission a hearing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, Refusal, Said, _
from deliberation.domain.own_procedures import Own, as_held, is_lit, with_review_at
from deliberation.domain.procedures import Basis, LocalRule, Posting, Procedure, adjust, enter
from deliberation.domain.quorum import Rule, VoteRules
from deliberation.formats.procedures_read import shipped
from deliberation.services.actors import Actor
from deliberation.services.acts import Record, act
from deliberation.services.files import Upload, keep, not_secret, scan_type
from deliberation.store import procedures as rows
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.people import Office
from deliberation.store.procedures import CommissionLetter, ProcedureRule, ProcedureSetting

NINE_X = "council_9x"


@dataclass(frozen=True)
class Held:
    """A procedure as an office has it: lit or not, and what of its own settings could not be kept."""

    procedure: Procedure
    lit: bool
    faults: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Days:
    """An office's own days for a procedure, the place of the review, and the local rule they rest on."""

    deadlines: Mapping[str, int] = field(default_factory=dict)
    sheets: Mapping[str, int] = field(default_factory=dict)
    review_at: int | None = None
    basis_name: str = ""
    basis_date: date | None = None
    basis_clause: str = ""


@dataclass(frozen=True)
class Letter:
    """The commissioning letter: who wrote it, its number and date."""

    sender: str
    number: str
    dated: date


def held(office_id: int) -> Mapping[str, Held]:
    """Every procedure as this office has it, in the order they are listed."""
    settings, rules = rows.settings(office_id), rows.rules(office_id)
    found: dict[str, Held] = {}
    for key, one in shipped().items():
        own = _own(settings.get(key), [rule for rule in rules if rule.key == key])
        procedure, faults = as_held(one, own)
        found[key] = Held(procedure, is_lit(one, own), faults)
    return found


def lit(office_id: int) -> Mapping[str, Procedure]:
    """The procedures an office may call a meeting under."""
    return {key: one.procedure for key, one in held(office_id).items() if one.lit}


def _own(setting: ProcedureSetting | None, rules: list[ProcedureRule]) -> Own | None:
    if setting is None and not rules:
        return None
    kept = tuple(_rule(one) for one in rules)
    if setting is None:
        return Own(rules=kept)
    basis = None
    if setting.basis_name:
        basis = Basis(setting.basis_name, setting.basis_clause, setting.basis_date, checked=True)
    return Own(setting.lit, setting.deadlines, setting.sheets, setting.review_at, basis, kept)


def _rule(row: ProcedureRule) -> LocalRule:
    quorum = Rule.from_dict(row.quorum) if row.quorum else None
    return LocalRule(row.name, row.dated, row.clause, row.way, VoteRules(quorum, Rule.from_dict(row.carry)))


def named(key: str) -> Procedure:
    """A shipped procedure by its key; NotFound for any other word."""
    if key not in shipped():
        raise NotFound(_("没有这一种会议程序，请从程序页重新选。"))
    return shipped()[key]


def _setting(office: Office, key: str) -> ProcedureSetting:
    found = rows.settings(office.id).get(key)
    if found is None:
        found = ProcedureSetting(office_id=office.id, key=key, deadlines={}, sheets={})
        db.session.add(found)
    return found


def light(record: Record, office: Office, key: str) -> bool:
    """Inside an act: the office uses this procedure from now on; whether it did not before."""
    if held(office.id)[key].lit:
        return False
    setting = _setting(office, key)
    setting.lit, setting.at = True, record.at
    db.session.flush()
    return True


def switch(actor: Actor, office: Office, key: str, on: bool) -> None:
    """Switch a procedure on or off in an office; meetings called under it stay."""
    named(key)
    with act(actor, Act.CHANGE_PROCEDURE, on=office) as record:
        setting = _setting(office, key)
        setting.lit, setting.at = on, record.at
        record.about("procedure", key)
        record.note(office=office.id, lit=on)


def set_days(actor: Actor, office: Office, key: str, days: Days) -> None:
    """The office's own days; those a statute sets may only grow stricter."""
    adjust(named(key), days.deadlines, {Posting(kind): number for kind, number in days.sheets.items()})
    _checked_review(named(key), days.review_at)
    given = (days.basis_name.strip(), days.basis_clause.strip(), days.basis_date)
    if any(given) and not all(given):
        raise Refusal(_("写依据要把名称、日期和条款都写全，或者都不写。"), field="basis_name")
    with act(actor, Act.CHANGE_PROCEDURE, on=office) as record:
        if days.basis_date is not None and days.basis_date > local(record.at).date():
            raise Refusal(_("议事规则的日期在将来，请核对。"), field="basis_date")
        setting = _setting(office, key)
        setting.deadlines, setting.sheets = dict(days.deadlines), dict(days.sheets)
        setting.review_at, setting.at = days.review_at, record.at
        setting.basis_name, setting.basis_clause = given[0][:200], given[1][:80]
        setting.basis_date = days.basis_date
        record.about("procedure", key)
        record.note(office=office.id, deadlines=dict(days.deadlines), sheets=dict(days.sheets), review_at=days.review_at)  # fmt: skip


def _checked_review(procedure: Procedure, place: int | None) -> None:
    if place is not None:
        with_review_at(procedure, place)


def enter_rule(actor: Actor, office: Office, key: str, rule: LocalRule) -> None:
    """Enter the office's own rule for one way of counting; the one before is ended and stays as history."""
    enter(named(key), rule)
    if len(rule.name.strip()) > 200 or len(rule.clause.strip()) > 80:
        raise Refusal(_("写得太长，请不超过 200 个字。"), field="name")
    if key == NINE_X:
        raise Refusal(_("9+X 议事会的表决规则按议事会填写，请到“议事”里打开那个议事会填。"))
    with act(actor, Act.CHANGE_PROCEDURE, on=office) as record:
        if rule.dated > local(record.at).date():
            raise Refusal(_("议事规则的日期在将来，请核对。"), field="dated")
        _end(office, key, rule.way, record.at)
        quorum = rule.rules.quorum.to_dict() if rule.rules.quorum else None
        carry = rule.rules.carry.to_dict() if rule.rules.carry else {}
        row = ProcedureRule(
            office_id=office.id, key=key, way=rule.way, name=rule.name.strip(), dated=rule.dated,
            clause=rule.clause.strip(), quorum=quorum, carry=carry, at=record.at,
        )  # fmt: skip
        db.session.add(row)
        record.about("procedure", key)
        record.note(office=office.id, way=rule.way, dated=rule.dated.isoformat(), quorum=quorum, carry=carry)


def end_rule(actor: Actor, office: Office, key: str, way: str) -> None:
    """No longer follow the office's own rule: the shipped numbers hold again."""
    with act(actor, Act.CHANGE_PROCEDURE, on=office) as record:
        if not _end(office, key, way, record.at):
            raise Refusal(_("这里没有本联系点自己的规则，不用停用。"))
        record.about("procedure", key)
        record.note(office=office.id, way=way, ended=True)


def _end(office: Office, key: str, way: str, at: datetime) -> bool:
    had = [one for one in rows.rules(office.id) if (one.key, one.way) == (key, way)]
    for one in had:
        one.ended_at = at
    db.session.flush()
    return bool(had)


def keep_letter(
    actor: Actor, consultation: Consultation, key: str, letter: Letter, scanned: Upload | None = None
) -> CommissionLetter:
    """Keep the commission's letter on which the office helps to hold a hearing or an argumentation meeting."""
    if not named(key).letter_needed:
        raise Refusal(_("这种会不需要委托函。"))
    if not (letter.sender.strip() and letter.number.strip()):
        raise Refusal(_("请填写委托单位和文号。"), field="sender")
    if len(letter.sender) > 120 or len(letter.number) > 80:
        raise Refusal(_("写得太长，请不超过 80 个字。"), field="number")
    for name in ("sender", "number"):
        not_secret(getattr(letter, name), name)
    media = scan_type(scanned) if scanned else ""
    with act(actor, Act.KEEP_LETTER, on=consultation) as record:
        if letter.dated > local(record.at).date():
            raise Refusal(_("委托函的日期在将来，请核对。"), field="dated")
        kept = keep(record, consultation.office, scanned.data, scanned.name, media) if scanned else None
        made = CommissionLetter(
            office_id=consultation.office_id, consultation_id=consultation.id, procedure=key,
            sender=letter.sender.strip(), number=letter.number.strip(), dated=letter.dated,
            file_id=kept.id if kept else None, at=record.at,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        record.about("letter", made.id)
        record.note(procedure=key, number=made.number, dated=letter.dated.isoformat())
    return made
