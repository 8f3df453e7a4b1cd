"""Recorded votes on article pages: everybody sees what was published, at the words it was about, with the text as it stood."""

import pytest

from bench.statements import counted as statements
from deliberation.domain.roles import Role
from deliberation.services import attendance, notices, votes
from tests import make, make_dossiers, make_hall, make_votes
from tests.make_people import staff
from tests.make_versions import FIRST, SECOND
from tests.web.browsing import Browser


@pytest.fixture
def vote(app):
    """A counted vote on a suggestion about the first paragraph of an article that has another number in the second text."""
    one = make.consultation(make.office(), FIRST, slug="bikes")
    panel = make_hall.panel(one.office, 3)
    meeting = make_hall.meeting(one, panel, "open", make.OPERATOR)
    attendance.arrive(make.OPERATOR, meeting, range(1, 4))
    about = make_dossiers.suggestion(
        one, at="art_3__para_1", title="缩短服务半径", wording="改为不超过一百五十米。"
    )
    made = make_votes.opened(
        make_votes.on_suggestion(meeting, about, question="是否同意把缩短服务半径上报？")
    )
    make_votes.all_cast(made, ["for", "for", "against"])
    votes.close_vote(make.OPERATOR, made)
    make.publish(one.task, SECOND)
    return made


def test_a_published_vote_stands_at_its_words_and_says_where_it_stood(app, vote):
    guest = Browser(app)
    assert not guest.open("/c/bikes/at/art_4").says("缩短服务半径上报")
    votes.confirm_vote(make.member(vote.office, Role.RESPONSIBLE), vote)
    sheet = votes.publish_vote(make.OPERATOR, vote)
    assert guest.open("/c/bikes/at/art_4").says("是否同意把缩短服务半径上报？")
    assert guest.says("赞成2，反对1，弃权0")
    assert guest.says("原第三条第一款，现第四条第一款，有改动")
    assert {"/c/bikes/v/1/at/art_3", f"/board/sheets/{sheet.id}"} <= set(guest.page.links)
    assert not guest.says("改为不超过一百五十米。")  # the wording is the office's until it reports
    assert not guest.open("/c/bikes/at/art_3").says("缩短服务半径上报")
    then = guest.open("/c/bikes/v/1/at/art_3")
    assert then.says("是否同意把缩短服务半径上报？")
    notices.take_down(make.OPERATOR, sheet, "写错了")
    assert not guest.open("/c/bikes/at/art_4").says("缩短服务半径上报")


def test_staff_see_a_counted_vote_on_the_article_and_on_the_bench(app, vote):
    clerk = staff(app, vote.office)
    for page in ("/c/bikes/at/art_4", "/c/bikes/suggestions/at/art_4"):
        assert clerk.open(page).says("是否同意把缩短服务半径上报？")
        assert clerk.says("还没有公布")
        assert clerk.says("表决时的建议原文")
        assert clerk.says("改为不超过一百五十米。")
        assert clerk.says("原第三条第一款，现第四条第一款，有改动")
        assert f"/votes/{vote.id}" in clerk.page.links


def test_a_vote_whose_article_is_gone_is_in_the_list_of_what_stands_nowhere(app, vote):
    clerk = staff(app, vote.office)
    assert not clerk.open("/c/bikes/remarks/orphans").says("缩短服务半径上报")
    make.publish(
        vote.consultation.task,
        SECOND.replace(
            "第四条　住宅小区应当设置集中充电设施，服务半径一般不超过二百米。\n\n充电设施应当符合下列要求：\n\n（一）配备自动断电装置；\n\n（二）不得占用消防车通道。\n\n第五条",
            "第四条",
        ),
    )
    assert clerk.open("/c/bikes/remarks/orphans").says("是否同意把缩短服务半径上报？")
    assert clerk.says("原第三条第一款")
    assert clerk.open("/c/bikes/suggestions/at/gone").says("是否同意把缩短服务半径上报？")


def test_it_costs_one_statement_however_many_votes(app, vote):
    guest = Browser(app)
    for page in ("/c/bikes/at/art_4", "/c/bikes/v/1/at/art_3"):
        guest.open(page)
        with statements() as sent:
            guest.open(page)
        assert len(sent) <= 8
