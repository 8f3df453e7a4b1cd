"""A matter through its whole course: what hangs when, objections, the letter, the work, the check, the end."""

from datetime import timedelta

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.services import matter_papers, matters, notices
from deliberation.services.files import Upload
from deliberation.store import councils as rows
from deliberation.store import log as logs
from deliberation.store import matter_papers as papers
from deliberation.store import notices as boards
from deliberation.store.db import db
from tests import make, make_hall, make_votes
from tests.formats.test_plain_pictures import JPEG
from tests.make import OPERATOR

today = make_hall.today
WORDS = matter_papers.LetterWords(
    "villagers_rep_assembly",
    "××村村民委员会",
    "是否同意用集体空地建充电棚",
    "村理提〔2026〕1号",
    "村组法第三十三条",
)


@pytest.fixture
def council(app):
    return make_hall.nine(make.office())


def move(matter, to, sheet=None, **facts):
    return matters.move(OPERATOR, matter, to, facts, sheet)


def said(text="离我家太近", **more):
    return notices.Said(more.pop("key", None) or make.key(), text, **more)


def posted(council):
    matter = make_hall.matter(council, state="consensus", x=["冯老六"])
    return move(matter, "posted", posted_on=today())


def trace(matter):
    db.session.rollback()
    found = rows.matter(matter.id)
    return (
        found.state,
        len(rows.steps(matter.id)),
        len(boards.of_matter(matter.id)),
        len(logs.doings(matter.log_id)),
    )


def test_the_whole_course_hangs_three_different_sheets_and_ends_the_x(council):
    matter = make_hall.matter(council, state="consensus", x=["冯老六"])
    matter_papers.attach(OPERATOR, matter, "work", Upload(JPEG, "a.jpg"), "建好的棚子", shown=True)
    move(matter, "posted", posted_on=today())
    one = notices.object_to(OPERATOR, matter, said("灯太亮", said_by="郑某"))
    with make.later(days=8):
        notices.answer(OPERATOR, one, "改成感应灯")
        move(
            matter,
            "implementing",
            responsible="村委会",
            by_when=today() + timedelta(days=60),
            budget="3.2 万元",
            funding="村集体收入",
        )
        move(matter, "checked", supervision="与协商意见一致", checked_on=today(), checked_by="监委会周某")
        move(matter, "disclosed", disclosed_on=today() + timedelta(days=8), spent="3.1 万元", done_on=today())
        with pytest.raises(Refusal, match="15 日"):
            move(matter, "archived")
    with make.later(days=24):
        move(matter, "archived")
    hung = boards.of_matter(matter.id)
    assert [(one.kind, one.about) for one in hung] == [
        ("announcement", "agenda"), ("notice", "opinion"), ("disclosure", "result"),
    ]  # fmt: skip
    assert [one.days for one in hung] == [15, 7, 15]
    result = dict(hung[2].facts)
    assert result["预算"] == "3.2 万元"
    assert result["实际花费"] == "3.1 万元"
    assert result["资金来源"] == "村集体收入"
    assert result["村务监督委员会检查"] == "与协商意见一致"
    assert result["公示期间的异议"] == "收到1件，答复1件"
    assert ("利益相关方（X）", "冯老六") in [tuple(pair) for pair in hung[0].facts]
    assert "郑某" not in str([(one.title, one.body, one.facts) for one in hung])
    assert rows.holding_now(rows.coopted_seats(matter.id)[0].id) is None


def test_the_posted_opinion_is_never_called_a_decision(council):
    sheet = boards.of_matter(posted(council).id)[-1]
    text = "\n".join([sheet.title, *sheet.body])
    assert "协商意见，不是村民会议或者村民代表会议的决定" in text
    assert "通过" not in text
    assert "同意在村东头建，离民房八米以上。" in text


def test_nothing_follows_while_an_objection_waits_or_the_days_run(council):
    matter = posted(council)
    notices.object_to(OPERATOR, matter, said())
    facts = {"responsible": "村委会", "by_when": today() + timedelta(days=60)}
    with pytest.raises(Refusal, match="公示期还没有满"):
        move(matter, "implementing", **facts)
    with make.later(days=8), pytest.raises(Refusal, match="异议没有答复"):
        move(matter, "implementing", **facts)
    assert matter.state == "posted"


def test_a_sheet_taken_down_does_not_count_as_hung(council):
    matter = posted(council)
    notices.take_down(OPERATOR, boards.of_matter(matter.id)[-1], "写错了")
    with make.later(days=8), pytest.raises(Refusal, match="公示期还没有满"):
        move(matter, "implementing", responsible="村委会", by_when=today() + timedelta(days=60))


def test_fewer_days_than_the_procedure_or_the_law_are_refused_and_nothing_moves(council):
    from deliberation.domain.board_sheets import SheetWords

    matter = make_hall.matter(council, state="consensus")
    before = trace(matter)
    short = SheetWords("公示", ("正文",), signed="村委会", days=6)
    with pytest.raises(Refusal, match="不少于 7 日"):
        move(matter, "posted", short, posted_on=today())
    assert trace(matter) == before
    with pytest.raises(Refusal, match="将来"):
        move(matter, "posted", posted_on=today() + timedelta(days=1))
    assert trace(matter) == before


def test_the_sheets_words_may_be_changed_before_they_hang_and_never_after(council):
    from deliberation.domain.board_sheets import NOT_A_DECISION, SheetWords

    matter = make_hall.matter(council, state="consensus")
    own = SheetWords("关于充电棚的公示", ("一句话。",), signed="××村村民委员会", contact="村部 123", days=10)
    move(matter, "posted", own, posted_on=today())
    sheet = boards.of_matter(matter.id)[-1]
    assert (sheet.title, sheet.body, sheet.signed, sheet.days) == (
        "关于充电棚的公示",
        ["一句话。", NOT_A_DECISION],
        "××村村民委员会",
        10,
    )
    assert notices.signed_by(council) == ("××村村民委员会", "村部 123"), (
        "the next sheet begins with the last one's name"
    )


def test_the_sitting_comes_five_days_after_the_names_or_says_why(council):
    matter = make_hall.matter(council, state="published")
    with pytest.raises(Refusal) as caught:
        move(matter, "deliberating", met_on=today())
    assert caught.value.field == "hurried"
    with pytest.raises(Refusal, match="早于议题公布"):
        move(matter, "deliberating", met_on=today() - timedelta(days=1), hurried="急")
    with make.later(days=5):
        move(matter, "deliberating", met_on=today() + timedelta(days=5))
    assert matter.state == "deliberating"


def test_an_assembly_is_asked_by_a_letter_first(council):
    matter = make_hall.matter(council, state="consensus")
    with pytest.raises(Refusal, match="提请函"):
        move(matter, "submitted", letter="说有就有", assembly="villagers_assembly")
    with pytest.raises(Refusal):
        matter_papers.write_letter(OPERATOR, matter, matter_papers.LetterWords("council", "村委会", "决定"))
    row = matter_papers.write_letter(OPERATOR, matter, WORDS)
    text = str(list(matter_papers_parts(row)))
    for words in (
        "关于提请村民代表会议讨论决定",
        "村支〔2026〕12号",
        "同意在村东头建",
        "不是决定",
        "××村村民委员会：",
    ):
        assert words in text
    assert matter_papers.letter_docx(row).startswith(b"PK")
    move(matter, "submitted")
    assert rows.steps(matter.id)[-1].facts == {
        "letter": "村理提〔2026〕1号",
        "assembly": "villagers_rep_assembly",
    }
    with pytest.raises(Refusal):
        matter_papers.write_letter(OPERATOR, matter, WORDS)
    move(matter, "decided", assembly="villagers_rep_assembly", decided_on=today(), decision="同意建设")
    assert [(one.kind, one.about) for one in boards.of_matter(matter.id)][-1] == ("announcement", "decision")
    assert "村民代表会议" in boards.of_matter(matter.id)[-1].body[0]
    move(matter, "posted", posted_on=today())
    assert boards.of_matter(matter.id)[-1].about == "posted_decision"


def matter_papers_parts(row):
    from deliberation.domain.assembly_letters import letter_paper

    return letter_paper(matter_papers.as_letter(row))


def test_objections_are_registered_once_only_while_posted_and_answered_once(council):
    matter = make_hall.matter(council, state="consensus")
    with pytest.raises(Refusal, match="不在公示"):
        notices.object_to(OPERATOR, matter, said())
    move(matter, "posted", posted_on=today())
    key = make.key()
    one = notices.object_to(OPERATOR, matter, said(key=key, said_by="郑某", contact="138"))
    assert notices.object_to(OPERATOR, matter, said(key=key)).id == one.id
    for wrong in (
        {"said_on": today() + timedelta(days=1)},
        {"said_on": today() - timedelta(days=1)},
        {"channel": "dream"},
    ):
        with pytest.raises(Refusal):
            notices.object_to(OPERATOR, matter, said(**wrong))
    with pytest.raises(Refusal):
        notices.object_to(OPERATOR, matter, said(" "))
    notices.answer(OPERATOR, one, "已改")
    with pytest.raises(Conflict):
        notices.answer(OPERATOR, one, "再改")
    assert len(boards.objections(matter.id)) == 1


def test_who_objected_lies_sealed(council):
    from sqlalchemy import text

    matter = posted(council)
    notices.object_to(OPERATOR, matter, said(said_by="郑某", contact="13800000000"))
    kept = db.session.execute(text("SELECT said_by, contact FROM objection")).one()
    assert all("郑某".encode() not in bytes(one) and b"138" not in bytes(one) for one in kept)


def test_files_are_kept_as_they_came_and_only_sound_pictures_hang(council):
    matter = make_hall.matter(council)
    row = matter_papers.attach(OPERATOR, matter, "material", Upload(JPEG, "现场.jpg"), "现场照片", shown=True)
    assert row.file.size == len(JPEG)
    assert b"Zhang San" not in notices.plain(row.file)
    signed = matter_papers.attach(OPERATOR, matter, "signed", Upload(JPEG, "签.jpg"), "签字单", shown=True)
    assert signed.shown is False, "signed papers never hang"
    for wrong in (Upload(b"MZ\x90", "a.exe"), Upload(JPEG[:60], "坏.jpg"), Upload(JPEG, "机密★.jpg")):
        with pytest.raises(Refusal):
            matter_papers.attach(OPERATOR, matter, "material", wrong, "材料", shown=True)
    assert len(papers.files(matter.id)) == 2


def test_a_matter_about_a_restricted_draft_goes_its_way_and_hangs_nothing(council):
    one = make.consultation(council.office, openness="directed")
    matter = make_hall.matter(council, state="consensus", consultation=one)
    move(matter, "posted", posted_on=today())
    assert boards.of_office(council.office_id) == []
    with make.later(days=8):
        move(matter, "implementing", responsible="联系点", by_when=today())
    assert matter.state == "implementing"


def test_the_result_of_the_vote_stands_in_the_posted_opinion(council):
    from deliberation.services import votes

    make_hall.rule(council)
    _council, matter, meeting = make_votes.nine_hall(x=(), rule=False, council=council)
    vote = make_votes.all_cast(make_votes.opened(make_votes.on_matter(meeting)), ["for"] * 7)
    votes.close_vote(OPERATOR, vote)
    votes.confirm_vote(make.member(council.office, Role.LIAISON), vote)
    move(matter, "consensus", opinion="建。")
    move(matter, "posted", posted_on=today())
    assert "赞成7；需超过4.5，即至少5" in "\n".join(boards.of_matter(matter.id)[-1].body)


def test_only_the_offices_own_people_do_any_of_it(council):
    matter = posted(council)
    other = make.member(make.office(), Role.RESPONSIBLE)
    clerk = make.member(council.office, Role.CLERK)
    objection = notices.object_to(clerk, matter, said())
    before = trace(matter)
    for actor in (other, make.GUEST, clerk):
        for deed in (
            lambda a: notices.answer(a, objection, "答"),
            lambda a: notices.take_down(a, boards.of_matter(matter.id)[-1], "撤"),
        ):
            with pytest.raises(NotAllowed):
                deed(actor)
    for actor in (other, make.GUEST):
        with pytest.raises(NotAllowed):
            notices.object_to(actor, matter, said())
        with pytest.raises(NotAllowed):
            matter_papers.attach(actor, matter, "material", Upload(JPEG, "a.jpg"), "图", shown=False)
    assert trace(matter) == before


def test_a_sheet_has_not_hung_before_the_day_it_is_hung_unless_the_paper_did_and_it_says_so(app):
    council = make_hall.nine(make.office())
    matter = make_hall.matter(council, state="consensus")
    before = today() - timedelta(days=6)
    with pytest.raises(Refusal, match="公示栏从今天才挂出"):
        move(matter, "posted", posted_on=before)
    assert not boards.of_matter(matter.id)[1:]
    move(matter, "posted", posted_on=before, hung_before="贴在村部门口，文书老杨贴的")
    sheet = boards.of_matter(matter.id)[-1]
    assert (sheet.since, (sheet.until - sheet.since).days + 1) == (before, 7)
    label, said = sheet.facts[-1]
    assert label == "补录"
    assert "文书老杨" in said
    assert f"{today().day}日在此补录" in said


def test_a_decision_is_announced_from_the_day_it_hangs_not_from_the_day_it_was_taken(app):
    matter = make_hall.matter(make_hall.nine(make.office()), state="consensus")
    matter.state = "submitted"
    db.session.commit()
    taken = today() - timedelta(days=3)
    move(matter, "decided", assembly="villagers_rep_assembly", decided_on=taken, decision="同意")
    assert boards.of_matter(matter.id)[-1].since == today()


def test_an_opinion_is_never_put_where_the_decision_will_stand(app):
    matter = make_hall.matter(make_hall.nine(make.office()), state="consensus")
    words = matter_papers.LetterWords("villagers_rep_assembly", "××村村民委员会", "是否同意", "1号", "村组法")
    matter_papers.write_letter(OPERATOR, matter, words)
    move(matter, "submitted")
    before = matter_papers.next_sheet(matter, "decided")
    assert (before.body, before.signed) == ((), "××村村民委员会")
    facts = {"assembly": "villagers_rep_assembly", "decided_on": today(), "decision": "同意用集体空地"}
    move(matter, "decided", before, **facts)
    body = "".join(boards.of_matter(matter.id)[-1].body)
    assert "同意用集体空地" in body
    assert "同意在村东头建" not in body, "the council's opinion is not the assembly's decision"
