"""Drafts: read into a preview with places for its warnings, published once, explained by the office that registered them."""

import pytest

from deliberation.domain.errors import NotAllowed, NotFound, Refusal
from deliberation.domain.roles import OfficeKind, Role
from deliberation.services import drafts, files
from deliberation.store import drafts as rows
from tests import make

SKIPS = "某条例（草案）\n\n第一条　甲。\n\n第三条　丙。\n\n第四条　丁。\n"


@pytest.fixture
def task(app):
    return make.task(make.office())


def bring(actor, task, text=make.DRAFT, **more):
    return drafts.import_draft(actor, task, drafts.Brought(pasted=text, **more))


def test_a_preview_is_nobodys_law_until_it_is_published(task):
    lead = make.member(task.office)
    version = bring(lead, task)
    assert (version.serial, version.state, version.title) == (1, "preview", "××市电动自行车充电安全管理规定")
    assert rows.current(task.id) is None
    assert rows.provisions(version.id) == []
    drafts.publish_draft(lead, version, title="改过的标题", stage="征求意见稿")
    assert rows.current(task.id).title == "改过的标题"
    assert rows.current(task.id).stage == "征求意见稿"
    found = rows.provisions(version.id)
    assert [r.eid for r in found if r.kind == "article"] == ["art_1", "art_2", "art_3", "art_4"]
    assert len({r.uid for r in found}) == len(found)
    with pytest.raises(Refusal, match="已经公布"):
        drafts.publish_draft(lead, version)


def test_a_warning_has_its_place_in_the_tree_and_the_words_of_its_line(task):
    version = bring(make.member(task.office), task, SKIPS)
    places = {w["code"]: (w["eid"], w["words"]) for w in version.warnings}
    assert ("art_3", "第三条　丙。") in places.values()


def test_every_row_of_a_preview_has_its_words(task):
    version = bring(make.member(task.office), task)
    tree = drafts.preview(version)
    eids = [eid for eid, *_rest in tree]
    assert len(eids) == len(set(eids))
    whole = "".join(html + heading + number for _eid, _kind, number, heading, html in tree)
    for words in (
        "第三条",
        "服务半径一般不超过三百米",
        "应当符合下列要求",
        "（一）",
        "不得占用消防车通道",
        "2027年1月1日",
    ):
        assert words in whole


@pytest.mark.parametrize(
    ("brought", "field"),
    [
        ({}, "file"),
        ({"pasted": "   \n"}, "file"),
        ({"pasted": "没有条文，只有一段话。"}, "file"),
        ({"pasted": "机密★1年\n某条例\n第一条　甲。"}, "pasted"),
        ({"data": b"\x89PNG\r\n\x1a\n" + b"0" * 50, "name": "a.png"}, "file"),
        ({"data": b"PK\x03\x04broken", "name": "a.docx"}, "file"),
        ({"data": "第一条　甲。".encode(), "name": "绝密.txt"}, "file"),
    ],
)  # fmt: skip
def test_what_is_no_draft_or_is_secret_leaves_no_trace(task, brought, field):
    with pytest.raises(Refusal) as caught:
        drafts.import_draft(make.member(task.office), task, drafts.Brought(**brought))
    assert caught.value.field == field
    assert rows.versions(task.id) == []


def test_the_source_is_kept_byte_for_byte(task):
    data = make.DRAFT.encode("gb18030")
    version = drafts.import_draft(
        make.member(task.office), task, drafts.Brought(data, "草案.txt", "text/plain")
    )
    assert files.read(version.source) == data
    assert version.source.name == "草案.txt"


def test_only_the_tasks_office_imports_and_publishes(task):
    others = [
        make.member(make.office()),
        make.member(task.office, Role.PANEL),
        make.member(task.office, Role.CLERK),
    ]
    version = bring(make.member(task.office), task)
    for actor in others:
        with pytest.raises(NotAllowed):
            bring(actor, task)
        with pytest.raises(NotAllowed):
            drafts.publish_draft(actor, version)
    assert len(rows.versions(task.id)) == 1


def test_a_second_version_stands_beside_the_first(task):
    lead = make.member(task.office)
    drafts.publish_draft(lead, bring(lead, task))
    second = bring(lead, task, make.DRAFT.replace("三百米", "二百米"))
    assert (second.serial, rows.current(task.id).serial) == (2, 1)
    drafts.publish_draft(lead, second)
    assert rows.current(task.id).serial == 2
    assert "三百米" in rows.at(rows.versions(task.id)[0].id, "art_3").html


def test_a_note_in_plain_words_is_markdown_without_scripts(app):
    one = make.consultation(make.office())
    row = rows.at(rows.current(one.task_id).id, "art_3")
    drafts.explain(
        make.member(one.office, Role.CLERK), one, row, "**说的是**充电棚<script>x</script>[看](javascript:1)"
    )
    kept = rows.provision(row.id).plain_html
    assert "<strong>说的是</strong>" in kept
    assert "<script" not in kept
    assert "javascript" not in kept.replace("[看](javascript:1)", "")
    drafts.explain(make.member(one.office), one, row, " ")
    assert rows.provision(row.id).plain_html == ""


def test_a_note_is_written_by_the_office_of_the_task_and_only_on_its_own_draft(app):
    top = make.office(kind=OfficeKind.COMMISSION)
    below = make.office(parent=top)
    task = make.task(top)
    one = make.consultation(below, task_=task)
    row = rows.at(rows.current(task.id).id, "art_3")
    with pytest.raises(NotAllowed):
        drafts.explain(make.member(below), one, row, "别人的")
    with pytest.raises(NotAllowed):
        drafts.explain(make.member(make.office()), one, row, "外人的")
    own = make.consultation(make.office())
    with pytest.raises(NotFound):
        drafts.explain(make.member(own.office), own, row, "隔壁的条")
    assert rows.provision(row.id).plain == ""
