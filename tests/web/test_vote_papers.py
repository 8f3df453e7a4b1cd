"""Paper votes, corrections and the board through their pages."""

from deliberation.domain.roles import Role
from deliberation.services import votes as verbs
from deliberation.store import notices as boards
from deliberation.store import vote_counts as counts
from deliberation.store import votes as rows
from deliberation.store.db import db
from tests import make, make_votes
from tests.services.test_vote_papers import SHEET, confirmed
from tests.web.browsing import Browser
from tests.web.test_votes import FORBIDDEN, clerk, holder

FORM = {name: str(number) for name, number in SHEET.items()}


def test_a_clerk_prints_types_in_and_closes_a_paper_vote(app):
    vote = make_votes.nine_vote("paper")
    b = clerk(app, vote.office).open(f"/votes/{vote.id}")
    assert b.says("最多发 10 张")
    b.open(f"/votes/{vote.id}/papers/ballots")
    assert b.page.text.count("只选一项") == 2 * 10  # on the screen, and once more for paper
    assert b.open(f"/votes/{vote.id}/papers/ballots.docx").response.data.startswith(b"PK")
    assert b.open(f"/votes/{vote.id}/papers/count-sheet").says("收回票数")
    b.open(f"/votes/{vote.id}/papers/what", status=404)
    b.open(f"/votes/{vote.id}/count").submit(422, **FORM | {"for_": "7"})
    assert b.says("不等于有效")
    assert 'value="7"' in b.page.html, "what was typed is kept"
    b.submit(422, **FORM | {"invalid": ""})
    assert b.says("没有清点的再点一遍")
    assert counts.paper_counts(vote.id) == []
    b.submit(**FORM)
    assert b.says("计票单已经填好")
    b.open(f"/votes/{vote.id}/close").submit()
    assert b.says("赞成6；需超过5，即至少6")


def test_a_void_round_says_so_and_offers_the_next(app):
    vote = make_votes.nine_vote("paper")
    b = clerk(app, vote.office).open(f"/votes/{vote.id}/count").submit(**FORM | {"issued": "8"})
    assert b.says("收回9张，多于发出的8张，本轮作废")
    assert b.says("再表决一轮")


def test_a_member_is_told_to_vote_in_the_hall(app):
    vote = make_votes.nine_vote("paper")
    b = holder(app, vote).open(f"/votes/{vote.id}/ballot")
    assert b.says("请在会场领票")
    b.post(
        f"/votes/{vote.id}/ballot", {"choice": "for", "sure": "1", "key": make_votes.key(), "replaces": "0"}
    )
    assert rows.ballots(vote.id) == []


def test_publishing_hangs_the_result_where_anyone_reads_it(app):
    vote = confirmed()
    b = clerk(app, vote.office, Role.RESPONSIBLE).open(f"/votes/{vote.id}/publish").submit(422, days="3")
    assert b.says("不少于 15 日")
    b.submit(signed="××村村民委员会", days="15")
    sheet = boards.of_vote(vote.id)[0]
    assert (sheet.signed, b.url) == ("××村村民委员会", f"/board/sheets/{sheet.id}")
    guest = Browser(app).open("/board/")
    assert guest.says("“村东头建充电棚”表决结果公开")
    guest.open(f"/board/{vote.office_id}/").open(f"/board/sheets/{sheet.id}")
    assert guest.says("应到10，实到10，赞成6；需超过5，即至少6")
    assert "gauge" in guest.page.html
    assert not any(word in guest.page.text for word in FORBIDDEN)
    assert not any(row.person.name in guest.page.html for row in rows.roll(vote.id))
    assert guest.open(f"/board/sheets/{sheet.id}.docx").response.data.startswith(b"PK")
    guest.post(f"/board/sheets/{sheet.id}/down", {"reason": "撤"})
    guest.post(f"/votes/{vote.id}/publish", {"title": "x"})
    db.session.expire_all()
    assert boards.get(sheet.id).down_at is None
    assert len(boards.of_vote(vote.id)) == 1
    b.open(f"/board/sheets/{sheet.id}/down").submit(reason="录错了，重新公布")
    gone = Browser(app).open(f"/board/sheets/{sheet.id}")
    assert gone.says("录错了，重新公布")
    assert not gone.says("应到10")
    assert gone.client.get(f"/board/sheets/{sheet.id}.docx").status_code == 404
    assert b.open(f"/board/sheets/{sheet.id}").says("应到10")
    assert not Browser(app).open("/board/").says("表决结果公开")


def test_two_people_correct_a_published_count(app):
    vote = confirmed()
    verbs.publish_vote(make.OPERATOR, vote)
    one = clerk(app, vote.office, Role.LIAISON, "lin").open(f"/votes/{vote.id}/correct")
    one.submit(**FORM | {"for_": "5", "against": "2", "reason": "录错了一栏"})
    row = counts.corrections(vote.id)[0]
    assert one.says("仍以原来的结果为准")
    one.open(f"/votes/{vote.id}/errata/{row.id}").submit(422, agree="1")
    assert one.says("由另一个人确认")
    two = clerk(app, vote.office, Role.RESPONSIBLE, "zhao").open(f"/votes/{vote.id}/errata/{row.id}")
    two.submit(agree="1")
    db.session.expire_all()
    assert rows.get(vote.id).tally["counted"]["for_"] == 5
    assert two.says("没有达到本地议事规则的赞成票数")
    assert Browser(app).open("/board/").says("关于更正")


def test_a_named_count_is_recounted_by_the_row(app):
    vote = make_votes.all_cast(make_votes.nine_vote(), ["for"] * 6 + ["against"] * 4)
    b = clerk(app, vote.office).open(f"/votes/{vote.id}/close").submit()
    row = rows.roll(vote.id)[6]
    b.open(f"/votes/{vote.id}/correct").submit(**{f"c-{row.key}": "for", "reason": "念错了"})
    db.session.expire_all()
    assert rows.get(vote.id).tally["counted"]["for_"] == 7
    assert counts.corrections(vote.id)[0].change == {"choices": {row.key: "for"}}
    assert b.says("已经算数")


def test_the_new_pages_in_english(app):
    vote = confirmed()
    sheet = verbs.publish_vote(make.OPERATOR, vote)
    b = clerk(app, vote.office, lang="en")
    for page in ("", "/correct", "/papers/count-sheet"):
        b.open(f"/votes/{vote.id}{page}")
    b.open("/board/").open(f"/board/{vote.office_id}/").open(f"/board/sheets/{sheet.id}").open(
        f"/board/sheets/{sheet.id}/down"
    )
    for word in ("公示栏", "重新计票", "撤下", "现在挂着的"):
        assert word not in b.page.text
