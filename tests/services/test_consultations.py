"""Tasks and consultations as verbs: registered, changed, taken up, moved; nobody acts in another's office."""

from datetime import timedelta

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, NotFound, Refusal
from deliberation.domain.roles import OfficeKind, Role
from deliberation.services import consultations as work
from deliberation.services.actors import GUEST
from deliberation.services.files import Upload, read
from deliberation.store import consultations as rows
from deliberation.store import log
from tests import make

PDF = b"%PDF-1.4\n"


@pytest.fixture
def office(app):
    return make.office()


def letter(**more):
    given = {
        "title": "某条例（草案）",
        "sender": "法工委",
        "received_on": make.now().date(),
        "report_due_at": make.now() + timedelta(days=20),
    }
    return work.Letter(**{**given, **more})


def terms(public=10, office=12, **more):
    return work.Terms(make.now() + timedelta(days=public), make.now() + timedelta(days=office), **more)


def test_the_scan_is_kept_with_its_digest_in_the_same_act(office):
    task = work.register_task(make.member(office), office, letter(), scanned=Upload(PDF, "来函.pdf"))
    assert read(task.scan) == PDF
    assert (task.scan.media_type, task.scan.name, len(task.scan.digest)) == (
        "application/pdf",
        "来函.pdf",
        64,
    )
    size = log.head(office.log_id).size
    with pytest.raises(Refusal):
        work.register_task(make.member(office), office, letter(title="机密：某条例"))
    assert len(rows.tasks_of([office.id])) == 1
    assert log.head(office.log_id).size == size + 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"), ({"sender": ""}, "sender"), ({"letter_number": "1" * 81}, "letter_number"),
        ({"contact": "\x07"}, "contact"), ({"openness": "secret"}, "openness"), ({"focus": "（绝密）"}, "focus"),
        ({"report_due_at": make.now() - timedelta(days=9)}, "report_due_at"),
    ],
)  # fmt: skip
def test_a_bad_letter_names_its_field(office, change, field):
    with pytest.raises(Refusal) as caught:
        work.register_task(make.member(office), office, letter(**change))
    assert caught.value.field == field
    assert rows.tasks_of([office.id]) == []


@pytest.mark.parametrize("title", ["××市商业秘密保护条例（草案）", "××省实施《保守国家秘密法》办法"])
def test_a_regulation_about_secrets_is_no_secret(office, title):
    assert work.register_task(make.member(office), office, letter(title=title)).title == title


def test_nobody_registers_or_takes_up_for_another_office(office):
    task = make.task(office)
    other = make.office()
    for actor in (
        make.member(other),
        make.member(office, Role.PANEL),
        make.member(office, Role.CLERK),
        GUEST,
    ):
        with pytest.raises(NotAllowed):
            work.register_task(actor, office, letter())
        with pytest.raises(NotAllowed):
            work.take_up(actor, task, office, terms())
        with pytest.raises(NotAllowed):
            work.change_task(actor, task, letter())
    with pytest.raises(NotFound):
        work.take_up(make.member(other), task, other, terms())


def test_a_task_of_above_is_taken_up_once_by_each_office_below(app):
    top = make.office(kind=OfficeKind.COMMISSION)
    district = make.office(kind=OfficeKind.DISTRICT, parent=top)
    below = [make.office(parent=district) for _n in range(2)]
    task = make.task(top)
    everyone = [top.id, district.id, *(o.id for o in below), make.office().id]
    assert [o.id for o in work.takers(task, everyone)] == everyone[:4]
    made = [work.take_up(make.member(o), task, o, terms()) for o in below]
    assert len({one.slug for one in made}) == 2
    assert len({one.log_id for one in made}) == 2
    with pytest.raises(Conflict):
        work.take_up(make.member(below[0]), task, below[0], terms())
    assert [o.id for o in work.takers(task, everyone)] == everyone[:2]


@pytest.mark.parametrize(
    ("given", "field"),
    [(terms(10, 9), "office_until"), (terms(10, 21), "office_until"), (terms(lede="长" * 2001), "lede")],
)
def test_terms_out_of_order_are_refused(office, given, field):
    with pytest.raises(Refusal) as caught:
        work.take_up(make.member(office), make.task(office), office, given)
    assert caught.value.field == field


def test_a_directed_task_lets_no_guest_in(office):
    task = make.task(office, openness="directed")
    with pytest.raises(Refusal) as caught:
        work.take_up(make.member(office), task, office, terms(guests=True))
    assert caught.value.field == "guests"


def test_once_open_a_task_is_not_shut_nor_opened(office):
    for openness, other in (("open", "directed"), ("directed", "open")):
        one = make.consultation(office, openness=openness)
        with pytest.raises(Refusal) as caught:
            work.change_task(make.member(office), one.task, letter(openness=other))
        assert caught.value.field == "openness"
        assert rows.task(one.task_id).openness == openness


def test_phases_go_only_where_they_may(office):
    one = make.consultation(office, phase="preparing")
    lead = make.member(office)
    for wrong in ("consolidating", "reported", "archived", "moon", "preparing"):
        with pytest.raises(Refusal):
            work.move_phase(lead, one, wrong)
    with pytest.raises(NotAllowed):
        work.move_phase(make.member(make.office()), one, "collecting")
    work.move_phase(lead, one, "collecting")
    begun = one.opened_at
    for to in ("consolidating", "collecting"):
        work.move_phase(lead, one, to)
    assert one.opened_at == begun
