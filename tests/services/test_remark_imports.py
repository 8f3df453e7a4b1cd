"""Tables taken in exactly once: corrected files add what is new, doubled numbers wait, rows equal those made one by one."""

import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import event

from deliberation.domain.columns import guess
from deliberation.domain.errors import NotAllowed, NotFound, Refusal
from deliberation.domain.roles import Role
from deliberation.formats.tables_read import read_table
from deliberation.services import receipts, remark_imports, remark_tables, staging
from deliberation.services.remark_imports import Reading
from deliberation.services.remarks import _code
from deliberation.store import drafts, log, outbox
from deliberation.store import remarks as rows
from deliberation.store.db import db, is_sqlite
from tests import make
from tests.make_remarks import imported, table

THREE = (
    "1,第三条第一款,建议修改,三百米太远,王大娘,13800000001,入户,2026-01-05",
    "2,第三条,不赞成,棚子挡光,李某,,意见箱,2026-01-06 09:30",
    "3,总体意见,赞成,早该管了,,,,",
)


@pytest.fixture
def one(app):
    return make.consultation(make.office())


@pytest.fixture
def clerk(one):
    return make.member(one.office, Role.CLERK)


def said(one):
    return [(r.number, r.eid, r.attitude, r.text, r.channel) for r in rows.all_of(one.id)]


def test_rows_come_in_as_they_stand(one, clerk):
    report = imported(clerk, one, table(*THREE))
    assert (report.added, report.there, report.refused) == (3, 0, [])
    assert said(one) == [
        (1, "art_3__para_1", "amend", "三百米太远", "visit"),
        (2, "art_3", "oppose", "棚子挡光", "box"),
        (3, "", "support", "早该管了", "other_system"),
    ]
    first = rows.all_of(one.id)[0]
    assert (first.said_by, first.contact, first.typed_by_id) == ("王大娘", "13800000001", clerk.person.id)
    assert f"{first.received_at:%Y-%m-%d %H:%M}" == "2026-01-04 16:00"


def test_one_by_one_and_all_at_once_leave_the_same(app):
    """Counters, leaves and errands do not tell which way a remark came in."""
    a, b = (make.consultation(make.office()) for _each in range(2))
    clerks = [make.member(one.office, Role.CLERK) for one in (a, b)]
    imported(clerks[0], a, table(*(line.rsplit(",", 1)[0] + "," for line in THREE)))
    for eid, attitude, text, channel in (
        ("art_3__para_1", "amend", "三百米太远", "visit"),
        ("art_3", "oppose", "棚子挡光", "box"),
        ("", "support", "早该管了", "other_system"),
    ):
        make.recorded(
            clerks[1],
            b,
            text,
            channel,
            eid,
            attitude=attitude,
            place="paragraph" if "__" in eid else "article",
        )
    assert said(a) == said(b)
    assert rows.tallies(a.id) == rows.tallies(b.id)
    assert (a.remark_count, a.remark_serial) == (b.remark_count, b.remark_serial) == (3, 3)
    for one in (a, b):
        count = drafts.counts(one.id, drafts.at(drafts.current(one.task_id).id, "art_3").id)
        assert (count.remarks, count.amend, count.oppose) == (2, 1, 1)
        assert [r.place for r in rows.all_of(one.id)] == ["paragraph", "article", "whole"]
    logged = [leaf for leaf in log.leaves(a.log_id) if leaf.kind == "remark"]
    assert [(leaf.index, leaf.number) for leaf in logged] == [
        (r.leaf_index, r.public_number) for r in rows.all_of(a.id)
    ]
    assert [leaf.index for leaf in log.leaves(a.log_id)] == list(range(a.log.size))
    errands = [each.ref for each in outbox.after(0, 1000) if each.kind == "remark"]
    assert set(errands) >= {str(r.id) for r in rows.all_of(a.id)}


def test_every_leaf_commits_to_the_words_that_are_kept(one, clerk):
    from deliberation.domain.fingerprints import remark_content, remark_facts
    from deliberation.domain.leaves import commitment

    imported(clerk, one, table(*THREE))
    doings = {leaf.index: (leaf, content) for leaf, content in log.doings(one.log_id)}
    for made in rows.all_of(one.id):
        leaf, content = doings[made.leaf_index]
        facts = remark_facts(
            version_digest=made.version.digest, eid=made.eid, attitude=made.attitude, text=made.text, quote=made.quote,
            wording=made.wording, reason=made.reason,
        )  # fmt: skip
        assert leaf.commitment == commitment(content.salt, remark_content(facts))


def test_the_same_file_again_adds_nothing(one, clerk):
    imported(clerk, one, table(*THREE))
    size = one.log.size
    again = imported(clerk, one, table(*THREE))
    assert (again.added, again.there, len(rows.all_of(one.id))) == (0, 3, 3)
    assert one.log.size == size


def test_a_corrected_file_adds_only_what_is_new(one, clerk):
    imported(clerk, one, table(*THREE[:2], "4,第九十九条,赞成,没有这一条,,,,"))
    report = imported(clerk, one, table(*THREE, "4,第四条,赞成,没有这一条,,,,"))
    assert (report.added, report.there) == (2, 2)
    assert [text for _n, _e, _a, text, _c in said(one)] == [
        "三百米太远",
        "棚子挡光",
        "早该管了",
        "没有这一条",
    ]


def test_rows_without_numbers_are_known_by_what_they_say(one, clerk):
    header = "条款,意见"
    imported(clerk, one, table("第三条,一样的话", "第三条,一样的话", "第四条,另一句", header=header))
    report = imported(
        clerk, one, table("第四条,另一句", "第三条,新的", "第三条,一样的话", "第三条,一样的话", header=header)
    )
    assert (report.added, report.there) == (1, 3)
    assert len(rows.all_of(one.id)) == 4


def test_whose_table_it_is_changes_nothing_for_rows_without_numbers(one, clerk):
    given = table("第三条,一样的话", header="条款,意见")
    imported(clerk, one, given)
    assert imported(clerk, one, given, source="东湖社区").there == 1


def test_two_rows_under_one_number_wait_both(one, clerk):
    report = imported(
        clerk, one, table("7,第三条,赞成,甲,,,,", "7,第三条,赞成,乙,,,,", "8,第三条,赞成,丙,,,,")
    )
    assert [row.line for row in report.refused] == [2, 3]
    assert [text for *_rest, text, _c in said(one)] == ["丙"]


def test_a_known_number_with_other_words_is_refused_and_the_first_stands(one, clerk):
    imported(clerk, one, table(THREE[0]))
    report = imported(clerk, one, table(THREE[0].replace("太远", "太近")))
    assert (report.added, report.there) == (0, 0)
    assert "000" in str(report.refused[0].why[0])
    assert [text for *_rest, text, _c in said(one)] == ["三百米太远"]


def test_two_offices_may_both_begin_with_one(one, clerk):
    imported(clerk, one, table("1,第三条,赞成,东湖说,,,,"), source="东湖社区")
    assert imported(clerk, one, table("1,第三条,赞成,西湖说,,,,"), source="西湖社区").added == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("1,第九十九条,赞成,好,,,,", "草案里没有这一条"),
        ("1,第三条和第四条,赞成,好,,,,", "看不懂条款位置"),
        ("1,第三条,也许,好,,,,", "看不懂态度"),
        ("1,第三条,赞成,好,,,飞鸽,", "看不懂渠道"),
        ("1,第三条,赞成,好,,,,去年", "看不懂时间"),
        ("1,第三条,赞成,好,,,,2199-01-01", "将来"),
        ("1,第三条“草案里没有的话”,赞成,好,,,,", "引用"),
        ("1,第三条,没意见,,,,,", "没有意见内容"),
        ("1,第三条,赞成,有\x07声,,,,", "控制字符"),
    ],
)
def test_a_bad_row_says_why_and_the_others_come_in(one, clerk, line, words):
    report = imported(clerk, one, table(line, "2,第三条,赞成,照常,,,,"))
    assert report.added == 1
    assert words in "".join(map(str, report.refused[0].why))
    assert [text for *_rest, text, _c in said(one)] == ["照常"]


def test_a_thousand_rows_an_act(one, clerk):
    many = table(*(f"{n},第三条,赞成,第{n}句,,,," for n in range(1, 1_502)))
    report = imported(clerk, one, many)
    assert (report.added, report.last[-4:]) == (1_501, "1501")
    acts = [leaf for leaf in log.leaves(one.log_id) if leaf.kind == "table"]
    assert len(acts) == 2
    assert rows.tallies(one.id)["standing"] == one.remark_count == 1_501
    assert [r.number for r in rows.all_of(one.id)] == list(range(1, 1_502))


def test_errands_of_an_import_keep_their_order(one, clerk):
    """Where ids become visible out of order (PostgreSQL), its errands go through the same turnstile as any other's."""
    said = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    imported(clerk, one, table(*THREE))
    wrote = next(at for at, words in enumerate(said) if words.startswith("INSERT INTO outbox"))
    passed = [
        at for at, words in enumerate(said) if f"pg_advisory_xact_lock_shared({outbox.TURNSTILE})" in words
    ]
    assert is_sqlite() or passed[0] < wrote
    assert [row.ref for row in outbox.after(0) if row.kind == "remark"] == [
        str(r.id) for r in rows.all_of(one.id)
    ]


def test_late_rows_are_counted_apart(one, clerk):
    with make.later(days=14):
        report = imported(clerk, one, table(*THREE[2:], "9,第三条,赞成,晚了,,,,"))
    assert report.added == 2
    assert rows.tallies(one.id) == {"late": 2}
    assert one.remark_count == 0


def test_after_the_offices_deadline_rows_received_in_time_are_refused_one_by_one(one, clerk):
    with make.later(days=13):
        report = imported(clerk, one, table(THREE[0], "9,第三条,赞成,今天才到,,,,"))
    assert (report.added, len(report.refused)) == (1, 1)
    assert [r.late for r in rows.all_of(one.id)] == [True]


def test_only_staff_of_the_office_import(one):
    for somebody in (make.member(one.office, Role.PANEL), make.member(make.office(), Role.CLERK)):
        with pytest.raises(NotAllowed):
            imported(somebody, one, table(*THREE))
    assert rows.all_of(one.id) == []


def test_a_table_without_opinions_is_refused(one, clerk):
    given = table("王大娘,13800000001", header="姓名,电话")
    with pytest.raises(Refusal) as caught:
        imported(clerk, one, given)
    assert caught.value.field == "text"


def test_columns_are_mapped_once_for_an_office(one, clerk):
    given = table("太远了,第三条", header="想说的,哪里")
    assert remark_imports.columns_for(one, given) == ({}, False)
    mapped = {"text": 0, "place": 1}
    remark_imports.import_remarks(clerk, one, given, Reading(mapped))
    assert remark_imports.columns_for(one, given) == (mapped, True)
    other = make.consultation(make.office())
    assert remark_imports.columns_for(other, given) == ({}, False)


def test_the_blank_form_offers_this_drafts_articles_and_is_read_again(one):
    data = remark_tables.blank_form(one)
    inside = zipfile.ZipFile(io.BytesIO(data)).read("xl/sharedStrings.xml").decode()
    assert all(word in inside for word in ("第三条", "第四条", "建议修改", "入户走访"))
    assert {"text", "place", "attitude", "name"} <= set(guess(read_table(data, "登记表.xlsx").header))
    with pytest.raises(Refusal) as caught:
        remark_tables.read(data, "登记表.xlsx")
    assert caught.value.field == "file"


def test_receipts_of_imported_remarks_are_known(one, clerk):
    imported(clerk, one, table(*THREE))
    made = rows.all_of(one.id)[1]
    assert receipts.find(_code(made)).id == made.id


def test_a_staged_table_is_its_uploaders_and_lies_sealed(app, one, clerk):
    given = table(*THREE)
    token = staging.stage(clerk, one, given, "意见.csv", "d" * 64)
    assert staging.staged(clerk, one, token).table == given
    kept = next((Path(app.config["INSTANCE"]) / "staged").iterdir()).read_bytes()
    assert "王大娘".encode() not in kept
    assert b"13800000001" not in kept
    for who, where in ((make.member(one.office, Role.CLERK), one), (clerk, make.consultation(make.office()))):
        with pytest.raises(NotFound):
            staging.staged(who, where, token)
    for wrong in ("x" * 32, "../../settings.toml", ""):
        with pytest.raises(NotFound):
            staging.staged(clerk, one, wrong)


def test_refused_rows_go_home_as_they_came(one, clerk):
    given = table("1,第九十九条,赞成,=HYPERLINK(1),,,,", *THREE[1:])
    report = imported(clerk, one, given)
    text = remark_tables.refused_csv(given, report).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("2,")
    assert "'=HYPERLINK(1)" in text
    assert "棚子挡光" not in text
