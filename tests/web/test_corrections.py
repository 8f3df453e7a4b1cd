"""Correcting a preview through its page: tools at a block, a step, undo, conflict, ticks; the page without script."""

import re

import pytest

from deliberation.domain.correcting import Step
from deliberation.services import corrections, proofs
from deliberation.store import corrections as corrections_rows
from deliberation.store import drafts as rows
from tests import make
from tests.make_people import staff
from tests.services.test_corrections import MISREAD
from tests.web.browsing import Browser


@pytest.fixture
def lead(app):
    office = make.office("甲街道联系点")
    lead = staff(app, office)
    lead.task = make.task(office)
    lead.open(f"/tasks/{lead.task.id}/drafts/new").submit(having="pasted", pasted=MISREAD)
    lead.version = rows.versions(lead.task.id)[0]
    lead.at = f"/versions/{lead.version.id}/correct"
    return lead


def numbers(version):
    return [node.number for node in proofs.desk(rows.get(version.id)).draft.articles()]


def press(lead, status=200, having=None, to=None, **values):
    """Press one button of the tools: the form that has this field, sent with `do`."""
    lead.submit(status=status, having=having or "do", to=to or lead.at, **values)


def test_the_preview_leads_to_the_page_and_a_warning_to_its_block_and_line(lead):
    lead.open(f"/versions/{lead.version.id}")
    assert lead.at in lead.page.links
    lead.open(lead.at)
    assert f"{lead.at}?at=art_3#art_3" in lead.page.links
    assert "#L5" in lead.page.links
    assert {"art_3", "L5", "art_1__para_1", "L3"} <= lead.page.ids
    assert lead.says("原文每个字都在条文里")
    assert lead.says("要核对 1 处")


def test_splitting_at_an_offered_place_then_undoing_and_doing_again(lead):
    lead.open(f"{lead.at}?at=art_1__para_1")
    assert lead.says("从“第二条 本条例适用于本市。”起")
    text = rows.get(lead.version.id).tree["body"][0]["children"][0]["text"]
    press(lead, having="eid", do=f"split:text:{text.index('第二条')}", eid="art_1__para_1")
    assert numbers(lead.version) == ["第一条", "第二条", "第三条", "第四条"]
    assert "art_2" in lead.page.ids
    assert lead.says("撤销上一步：分开")
    press(lead, having="eid", do="undo")
    assert numbers(lead.version) == ["第一条", "第三条", "第四条"]
    press(lead, having="eid", do="again")
    assert numbers(lead.version) == ["第一条", "第二条", "第三条", "第四条"]


def test_splitting_by_typed_words_and_what_was_typed_is_kept(lead):
    lead.open(f"{lead.at}?at=art_1__para_1")
    press(lead, status=422, having="place", do="split", place="没有这几个字")
    assert lead.says("这一段里没有")
    assert 'value="没有这几个字"' in lead.page.html
    press(lead, status=422, having="place", do="split", place="条例")
    assert lead.says("不止一处")
    press(lead, having="place", do="split", place="第二条")
    assert numbers(lead.version)[1] == "第二条"


def test_marking_as_quoted_joining_level_and_words(lead):
    lead.open(f"{lead.at}?at=art_3")
    press(lead, having="kind", do="kind:quoted")
    assert numbers(lead.version) == ["第一条", "第四条"]
    press(lead, having="place", do="kind:paragraph")
    press(lead, having="place", do="join")
    assert "适用于本市。第三条　犬只应当免疫。" in rows.get(lead.version.id).text
    lead.open(f"{lead.at}?at=art_4")
    press(lead, having="label", do="words", label="第四条", heading="【施行】")
    assert rows.get(lead.version.id).tree["body"][1]["heading"] == "【施行】"
    assert lead.says("与原文不一致 1 处")


def test_renumbering_lists_the_citations_it_breaks(lead):
    text = MISREAD.replace("犬只应当免疫", "犬只应当免疫，并适用第四条的规定")
    lead.open(f"/tasks/{lead.task.id}/drafts/new").submit(having="pasted", pasted=text)
    lead.version = rows.versions(lead.task.id)[1]
    lead.at = f"/versions/{lead.version.id}/correct"
    lead.open(f"{lead.at}?at=art_3")
    press(lead, having="number", do="numbers", number="2")
    assert numbers(lead.version) == ["第一条", "第二条", "第三条"]
    assert lead.says("这 1 处引用指错了地方")
    assert lead.says("应当是“第三条”")
    lead.submit(having="heading", do="cite:8", to=lead.at, status=409)
    assert lead.says("这一处引用刚被改过")
    lead.open(f"{lead.at}?at=art_2")
    start = re.search(r'value="cite:(\d+)"', lead.page.html)[1]
    lead.submit(having="heading", do=f"cite:{start}", to=lead.at)
    assert "并适用第三条的规定" in str(rows.get(lead.version.id).tree)
    assert not lead.says("引用指错了地方")
    assert lead.says("撤销上一步：改引用")
    press(lead, having="eid", do="undo")
    assert "并适用第四条的规定" in str(rows.get(lead.version.id).tree)
    assert lead.says("这 1 处引用指错了地方")


def test_all_warnings_of_one_kind_are_ticked_at_once(lead):
    text = MISREAD + "\n第九条　甲。\n\n第十五条　乙。\n"
    lead.open(f"/tasks/{lead.task.id}/drafts/new").submit(having="pasted", pasted=text)
    lead.version = rows.versions(lead.task.id)[1]
    codes = [kept["code"] for kept in rows.get(lead.version.id).warnings]
    lead.open(f"/versions/{lead.version.id}/correct")
    many = max(set(codes), key=codes.count)
    assert lead.says(f"这 {codes.count(many)} 处都看过了")
    lead.submit(having="code", to=f"/versions/{lead.version.id}/looked", seen="1")
    assert not lead.says("处都看过了")
    assert {codes[n] for n in corrections_rows.proof(lead.version.id).looked} == {many}


def test_somebody_else_was_first(lead):
    lead.open(f"{lead.at}?at=art_3")
    other = make.member(lead.task.office, name="王伟")
    corrections.correct(other, rows.get(lead.version.id), Step("kind", "art_4", kind="quoted"), 0)
    press(lead, status=409, having="number", do="number", number="2")
    assert lead.says("王伟刚刚改过")
    assert 'value="2"' in lead.page.html
    press(lead, having="number", do="number", number="2")
    assert numbers(lead.version) == ["第一条", "第二条"]


def test_ticks(lead):
    lead.open(lead.at)
    lead.submit(having="warning", to=f"/versions/{lead.version.id}/looked", seen="1")
    assert lead.says("要核对的都看过了")
    lead.submit(having="warning", to=f"/versions/{lead.version.id}/looked", seen="0")
    assert lead.says("要核对 1 处")


def test_only_the_doubtful_and_an_article_by_its_number(lead):
    lead.open(f"{lead.at}?only=1")
    assert "art_3" in lead.page.ids
    assert "art_4" not in lead.page.ids
    lead.open(f"{lead.at}?go=四")
    assert lead.says("改这一段")


@pytest.mark.parametrize(
    "do", ["", "fly", "split:text:x", "split:moon:3", "kind:moon", "join:art_99", "fill", "undo", "again"]
)
def test_a_forged_button_is_refused_with_a_sentence(lead, do):
    lead.open(f"{lead.at}?at=art_3__para_1")
    press(lead, status=409 if "99" in do else 422, having="place", do=do)
    assert numbers(lead.version) == ["第一条", "第三条", "第四条"]


def test_a_published_version_is_only_looked_at(lead, app):
    make.drafts.publish_draft(make.member(lead.task.office), lead.version)
    lead.open(lead.at)
    assert lead.says("已经公布，文字不能再改")
    guest = Browser(app).open(lead.at)
    assert guest.url == "/sign-in"


def test_the_page_in_english(lead):
    lead.lang = "en"
    lead.client.set_cookie("lang", "en")
    lead.open(f"{lead.at}?at=art_3")
    assert lead.says("Correct against the source")
