"""Papers of a meeting from the office's own template or the shipped one; who may change one, and back again."""

import io

import docx
import pytest

from deliberation.domain.errors import NotAllowed, Refusal
from deliberation.domain.paper_templates import KINDS
from deliberation.domain.roles import Role
from deliberation.services import paper_templates as verbs
from deliberation.services.files import Upload
from deliberation.store import paper_templates as rows
from tests import make, make_hall
from tests.formats.test_paper_template_docx import of, with_part

OPERATOR = make.OPERATOR


@pytest.fixture
def meeting(app):
    one = make.consultation(make.office("甲街道联系点"))
    return make_hall.meeting(one, make_hall.panel(one.office, 3))


def words(data):
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "".join("".join([p.text for p in document.paragraphs] + cells).split())


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_is_made_and_its_word_file_says_what_its_text_says(meeting, kind):
    paper = verbs.paper(meeting, kind)
    made = words(verbs.docx(meeting, kind))
    assert "{{" not in made
    assert "专家1" in made or kind in ("notice", "agenda", "script", "opinions")
    for line in paper.text.split():
        if kind != "cards":
            assert line.replace("　", "")[:8] in made


def test_the_script_and_plan_name_the_draft_its_sender_and_the_articles(meeting):
    script, scheme = verbs.paper(meeting, "script").text, verbs.paper(meeting, "scheme").text
    assert "《××市电动自行车充电安全管理规定（草案）》" in script
    assert "只听取意见，不作表决" in script
    assert "现在讨论第三条" in script
    assert "报送××市人大常委会法工委" in scheme
    assert "应到3人" in script


def test_a_council_deliberates_and_nothing_of_a_letter_is_said(app):
    council = make_hall.nine(make.office())
    made = make_hall.meeting(
        council, council, matter=make_hall.matter(council, state="published"), agenda=("村东头建充电棚",)
    )
    script = verbs.paper(made, "script").text
    assert "形成的是协商意见，不是会议决定" in script
    assert "议题是村东头建充电棚" in script
    assert "采纳没采纳" not in script
    assert "来文" not in verbs.paper(made, "scheme").text


def test_an_offices_own_template_is_used_until_the_shipped_one_is_taken_back(meeting):
    office = meeting.office
    own = of("本街道格式", "请参加{{会议名称}}", "地点：{{地点}}")
    verbs.change_template(OPERATOR, office, "notice", Upload(own, "通知.docx"))
    assert words(verbs.docx(meeting, "notice")) == "本街道格式请参加充电安全座谈会地点：联系点二楼议事厅"
    assert verbs.paper(meeting, "notice").text == "本街道格式\n请参加充电安全座谈会\n地点：联系点二楼议事厅\n"
    assert verbs.own_template(office.id, "notice") == own
    verbs.restore_template(OPERATOR, office, "notice")
    assert "关于召开充电安全座谈会的通知" in verbs.paper(meeting, "notice").text
    assert verbs.own_template(make.office().id, "notice") is None


@pytest.mark.parametrize("data", [of("{{密码}}"), with_part("word/vbaProject.bin"), b"x"])
def test_a_template_that_cannot_be_used_changes_nothing(meeting, data):
    with pytest.raises(Refusal):
        verbs.change_template(OPERATOR, meeting.office, "notice", Upload(data, "a.docx"))
    assert rows.current(meeting.office_id) == {}


def test_a_clerk_uses_templates_and_does_not_change_them(meeting):
    with pytest.raises(NotAllowed):
        verbs.change_template(
            make.member(meeting.office, Role.CLERK), meeting.office, "notice", Upload(of("x"), "a.docx")
        )
    with pytest.raises(Refusal):
        verbs.change_template(OPERATOR, meeting.office, "poster", Upload(of("x"), "a.docx"))
