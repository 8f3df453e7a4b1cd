"""What a dossier's table.xlsx and remarks.jsonl say can be imported again, and is equal."""

import io

import pytest

from deliberation.domain.remarks import Origin
from deliberation.formats import remarks_jsonl, tables
from deliberation.services import dossiers, remark_imports, remark_tables, remarks
from deliberation.services.dossier_rows import words_of
from deliberation.services.remark_imports import Reading
from deliberation.store import dossiers as rows
from tests import make
from tests.formats.test_verbatim_out import SEEDS

KEPT = ("where", "eid", "quote", "attitude", "text", "wording", "reason", "channel", "origin", "category")
NAMES = ("said_by", "contact", "made_at")


def said(one):
    found = [row for batch in rows.remark_batches(one, 10**6, named=True) for row in batch]
    return [
        {"where": words_of(row.place, row.eid)} | {name: getattr(row, name) for name in (*KEPT[1:], *NAMES)}
        for row in found
    ]


@pytest.fixture
def full(app):
    """Remarks at every kind of place, with every kind of words."""
    one = make.consultation(make.office(), slug="from")
    origin = Origin("visit", "王大娘", "13900001111", "居民代表", "海棠社区")
    places = [
        {"eid": "art_3"}, {"eid": "art_3__para_1", "place": "quote", "quote": "三百米"}, {"eid": "art_3__para_2__point_2"},
        {"eid": "", "place": "whole", "attitude": "support"}, {"eid": "", "place": "title"},
        {"eid": "art_3", "place": "after", "wording": "第三条之后加一条。"},
    ]  # fmt: skip
    for n, where in enumerate(places):
        more = {"reason": "理由\n两行", **where}
        remarks.record_remark(make.OPERATOR, one, make.words(f"说{n}\n\t=1+1", **more), origin)
    for text in SEEDS:
        if text.strip() and "\x00" not in text:
            remarks.record_remark(make.OPERATOR, one, make.words(text, "art_1"), Origin("paper"))
    return one


@pytest.mark.parametrize("name", ["table.xlsx", "remarks.jsonl"])
def test_taken_in_again_it_is_equal(full, name):
    made = dossiers.dossier_of(full, "restricted", make.now())
    out = io.BytesIO()
    tables.write(made, out) if name == "table.xlsx" else remarks_jsonl.write(made.remarks, out)
    other = make.consultation(make.office(), slug="to")
    table = remark_tables.read(out.getvalue(), name)
    columns, _known = remark_imports.columns_for(other, table)
    report = remark_imports.import_remarks(make.OPERATOR, other, table, Reading(columns))
    assert [(row.line, row.why) for row in report.refused] == []
    before, after = said(full), said(other)
    names = [*KEPT, *(NAMES if name == "table.xlsx" else ())]
    for was, now in zip(before, after, strict=True):
        assert {key: now[key] for key in KEPT} == {key: was[key] for key in KEPT}
        if "said_by" in names:
            assert (now["said_by"] or None, now["contact"] or None) == (
                was["said_by"] or None,
                was["contact"] or None,
            )
        assert abs((now["made_at"] - was["made_at"]).total_seconds()) < 60
    again = remark_imports.import_remarks(make.OPERATOR, other, table, Reading(columns))
    assert (again.added, again.there) == (0, len(before))


@pytest.mark.parametrize("edition", ["restricted", "public"])
@pytest.mark.parametrize("name", ["table.xlsx", "remarks.jsonl"])
def test_brought_back_where_it_was_made_nothing_is_doubled(full, name, edition):
    made = dossiers.dossier_of(full, edition, make.now())
    out = io.BytesIO()
    tables.write(made, out) if name == "table.xlsx" else remarks_jsonl.write(made.remarks, out)
    table = remark_tables.read(out.getvalue(), name)
    columns, _known = remark_imports.columns_for(full, table)
    before = said(full)
    report = remark_imports.import_remarks(make.OPERATOR, full, table, Reading(columns))
    assert (report.added, report.there + len(report.refused)) == (0, len(before))
    assert said(full) == before
    if edition == "restricted":
        assert not report.refused
    else:
        assert all("请用内部版的表" in str(why) for row in report.refused for why in row.why)
    other = make.consultation(make.office("乙"), slug="other")
    make.remark(other, "别的话")  # another office counts from 1 too: its number is nobody's here
    assert remark_imports.import_remarks(make.OPERATOR, other, table, Reading(columns)).there == 0
