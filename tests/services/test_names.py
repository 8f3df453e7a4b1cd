"""A name that would turn a printed line round is refused where it is typed; what people say keeps every mark."""

import pytest

from deliberation.domain.errors import Refusal
from deliberation.domain.remarks import Origin
from deliberation.domain.roles import OfficeKind, Role
from deliberation.services import attendance, consultations, councils, invitations, people, remarks, reports
from deliberation.services.people import Newcomer
from deliberation.store import log
from deliberation.store import people as rows
from tests import make, make_hall

BAD = [
    "郑\u202e负责",
    "\u2066郑负责",
    "郑\u0007负责",
    "郑\ufffe负责",
    "郑\ud800负责",
    "郑\n负责",
    "郑\u000b负责",
]


@pytest.fixture
def office(app):
    return make.office()


def counted(office):
    return len(rows.members(office.id)), log.head_size(office.log_id)


@pytest.mark.parametrize("name", BAD)
def test_of_a_person(office, name):
    before = counted(office)
    new = Newcomer(name, role=Role.PANEL)
    for step in (
        lambda: people.add_person(make.OPERATOR, office, new),
        lambda: people.import_people(make.OPERATOR, office, [Newcomer("好名字"), new]),
        lambda: invitations.invite(make.OPERATOR, office, new),
    ):
        with pytest.raises(Refusal) as refused:
            step()
        assert refused.value.field == "name"
    if "\n" not in name:
        with pytest.raises(Refusal):
            people.open_office(make.OPERATOR, name, OfficeKind.OUTREACH)
        with pytest.raises(Refusal):
            councils.found(make.OPERATOR, office, councils.Founding("panel", name))
    assert counted(office) == before


@pytest.mark.parametrize("name", BAD)
def test_of_a_guest_on_the_sheet(office, name):
    meeting = make_hall.meeting(make.consultation(office))
    before = counted(office)
    with pytest.raises(Refusal):
        attendance.add(make.OPERATOR, meeting, Newcomer(name))
    assert counted(office) == before


@pytest.mark.parametrize("field", ["sender", "title", "letter_number", "contact"])
def test_of_a_sender(office, field):
    given = {"title": "条例", "sender": "法工委", field: "法\u202e工委"}
    with pytest.raises(Refusal) as refused:
        consultations.register_task(
            make.OPERATOR, office, consultations.Letter(received_on=make.now().date(), report_due_at=make.now(), **given)
        )  # fmt: skip
    assert refused.value.field == field


def test_of_who_said_it_and_not_of_what_was_said(office):
    one = make.consultation(office)
    said = make.words("反\u202e向，照样留着")
    with pytest.raises(Refusal):
        remarks.record_remark(make.OPERATOR, one, said, Origin(channel="visit", said_by="王\u202e大娘"))
    assert make.recorded(make.OPERATOR, one, "反\u202e向，照样留着").text == "反\u202e向，照样留着"


def test_of_who_approved_and_whose_seal(office):
    one = make.consultation(office)
    consultations.move_phase(make.OPERATOR, one, "consolidating")
    report = reports.begin(make.OPERATOR, one)
    with pytest.raises(Refusal) as refused:
        reports.move(make.OPERATOR, report, "approved", {"approved_by": "郑\u202e负责"})
    assert (refused.value.field, report.state) == ("approved_by", "drafting")
