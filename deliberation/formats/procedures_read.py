"""Reading the reviewed data files: procedures and the calendar of days off, TOML in, values out.

The files are ours and read strictly: an unknown key, a missing one or a wrong type is a ValueError naming the file.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from deliberation.domain.calendar import Calendar, Recurrence, Unit
from deliberation.domain.errors import Refusal
from deliberation.domain.procedures import Basis, Deadline, Posting, Procedure, Result, Sheet, Step, Way
from deliberation.domain.quorum import Rule, VoteRules

FOLDER = Path(__file__).resolve().parent.parent / "procedures"
HOLIDAYS = "holidays.toml"
FLAGS = ("default_on", "local_rule_needed", "letter_needed")
TABLE = dict[str, Any]


def _rules(plain: TABLE) -> VoteRules:
    quorum, carry = plain.pop("quorum", None), plain.pop("carry", None)
    return VoteRules(
        quorum=Rule.from_dict(quorum) if quorum else None,
        carry=Rule.from_dict(carry) if carry else None,
        entered=plain.pop("entered"),
    )


def _basis(rows: list[TABLE]) -> tuple[Basis, ...]:
    return tuple(Basis(**row) for row in rows)


def _way(plain: TABLE, result: Result) -> Way:
    rules, basis = _rules(plain), _basis(plain.pop("basis", []))
    return Way(**{**plain, "result": Result(plain.get("result", result)), "rules": rules, "basis": basis})


def _deadline(plain: TABLE) -> Deadline:
    return Deadline(**{**plain, "unit": Unit(plain.get("unit", "day"))})


def _sheet(plain: TABLE) -> Sheet:
    return Sheet(**{**plain, "kind": Posting(plain["kind"])})


def _recurrence(plain: TABLE | None) -> Recurrence | None:
    return Recurrence(**{**plain, "days": tuple(plain.get("days", ()))}) if plain else None


def _procedure(plain: TABLE, known: Mapping[str, Procedure]) -> Procedure:
    result = Result(plain.pop("result"))
    ways: list[Way] = []
    for row in plain.pop("ways"):
        ways += known[row["as"]].ways if "as" in row else (_way(row, result),)
    return Procedure(
        **{key: plain.pop(key) for key in ("key", "name", "name_en", "convenor")},
        **{flag: plain.pop(flag, False) for flag in FLAGS},
        result=result,
        steps=tuple(Step(**row) for row in plain.pop("steps")),
        ways=tuple(ways),
        basis=_basis(plain.pop("basis")),
        deadlines=tuple(_deadline(row) for row in plain.pop("deadlines", [])),
        sheets=tuple(_sheet(row) for row in plain.pop("sheets", [])),
        notes=tuple(plain.pop("notes", [])),
        recurrence=_recurrence(plain.pop("recurrence", None)),
        **plain,
    )


def read(data: bytes, known: Mapping[str, Procedure] | None = None) -> Procedure:
    """One procedure from its TOML; `known` are those whose ways it may name with `as`."""
    plain = tomllib.loads(data.decode("utf-8"))
    plain.pop("order", None)
    try:
        return _procedure(plain, known or {})
    except (TypeError, KeyError, ValueError, Refusal) as error:
        raise ValueError(f"not a procedure: {error}") from error


@cache
def shipped() -> Mapping[str, Procedure]:
    """All shipped procedures by key, in the order they are listed to people."""
    files = {path: path.read_bytes() for path in sorted(FOLDER.glob("*.toml")) if path.name != HOLIDAYS}
    borrowing = {path: b'as = "' in data for path, data in files.items()}
    found: dict[str, Procedure] = {}
    for path in sorted(files, key=lambda path: borrowing[path]):
        found[path.stem] = _named(path.stem, read(files[path], found))
    order = {path.stem: tomllib.loads(data.decode("utf-8"))["order"] for path, data in files.items()}
    return {key: found[key] for key in sorted(found, key=lambda key: order[key])}


def _named(stem: str, procedure: Procedure) -> Procedure:
    if procedure.key != stem:
        raise ValueError(f"{stem}.toml holds {procedure.key}")
    return procedure


@cache
def seed_calendar() -> Calendar:
    """The days off and the weekend days worked that have been announced; an administrator adds the years to come."""
    plain = tomllib.loads((FOLDER / HOLIDAYS).read_text("utf-8"))
    days = [day for row in plain["holidays"] for day in _span(row["first"], row["last"])]
    return Calendar(frozenset(days), frozenset(plain["workdays"]), frozenset(plain["years"]))


@cache
def seed_names() -> Mapping[date, str]:
    """What the seeded days off are called."""
    plain = tomllib.loads((FOLDER / HOLIDAYS).read_text("utf-8"))
    return {day: row["name"] for row in plain["holidays"] for day in _span(row["first"], row["last"])}


def _span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
