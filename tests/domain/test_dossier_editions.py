"""The public edition: nothing of a person, nothing of what is withheld; everything else as it was."""

from dataclasses import fields, is_dataclass, replace

import pytest

from deliberation.domain.dossier import Letter, Person, Signature
from deliberation.domain.dossier_editions import PublicRemarks, for_public, public_remark
from tests.formats.sample_dossier import dossier, minutes, remark

CANARY = "金丝雀"
WHO = Person("居民代表", "居民代表", f"{CANARY}名", f"{CANARY}号")


def walk(value):
    """Every plain value inside."""
    if is_dataclass(value):
        for each in fields(value):
            yield from walk(getattr(value, each.name))
    elif isinstance(value, tuple | list | PublicRemarks):
        for item in value:
            yield from walk(item)
    else:
        yield value


def planted():
    """A dossier with the same person in every place a person can stand, and a withheld row with words in each field."""
    first = minutes(1)
    met = replace(first.meeting, convenor=WHO, scribe=WHO)
    speech = replace(first.speeches[0], speaker=WHO)
    sheet = replace(
        first,
        meeting=met,
        present=(WHO,),
        on_leave=(WHO,),
        observers=(WHO,),
        speeches=(speech, replace(speech, text=f"{CANARY}话", withheld="redacted")),
    )
    hidden = {name: f"{CANARY}{name}" for name in ("text", "wording", "reason", "sha256", "salt")}
    rows = (remark(1, author=WHO), remark(2, author=WHO, withheld="withdrawn", **hidden))
    return replace(
        dossier(0, 2),
        meetings=(met,),
        minutes=(sheet,),
        remarks=rows,
        letter=Letter(contact=WHO),
        signature=Signature(contact=WHO),
    )


def test_the_canary_is_in_what_goes_in_and_not_in_what_comes_out():
    assert any(CANARY in str(value) for value in walk(planted()))
    assert not [value for value in walk(for_public(planted())) if CANARY in str(value)]


def test_a_withheld_row_keeps_its_number_place_and_leaf():
    row = public_remark(remark(2, withheld="withdrawn"))
    assert (row.text, row.wording, row.reason, row.sha256, row.salt) == (None,) * 5
    assert (row.number, row.eid, row.leaf, row.attitude, row.channel) == (
        "2026-03-0002",
        "art_10__para_2",
        621,
        "oppose",
        "paper",
    )


def test_a_row_that_is_not_withheld_only_loses_its_author():
    row = remark(3)
    assert public_remark(row) == row._replace(author=Person(row.author.label, row.author.category))


def test_twice_is_once():
    once = for_public(dossier())
    again = for_public(once)
    assert again == once
    assert list(again.remarks) == list(once.remarks)
    assert again.edition == "public"


def test_remarks_are_made_while_they_are_read():
    rows = PublicRemarks((remark(1), remark(2)))
    assert len(rows) == 2
    assert [row.author.name for row in rows] == [None, None]
    assert [row.number for row in rows] == [row.number for row in rows], "it can be read again"
    assert public_remark(remark(1)) in rows
    assert remark(1) not in rows


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        (Person(), "匿名"),
        (Person("代表"), "代表"),
        (Person("", "居民"), "居民"),
        (Person("代表", "居民", "林某"), "林某"),
    ],
)
def test_shown(person, shown):
    assert person.shown == shown
