"""Rows in one line, made through the same verbs people use."""

import itertools
from datetime import UTC, datetime, timedelta

from deliberation import clock
from deliberation.domain.remarks import Origin, Words
from deliberation.domain.roles import OfficeKind, Role
from deliberation.services import consultations, drafts, people, remarks
from deliberation.services.actors import GUEST, Member, Operator

OPERATOR = Operator("tests")
count = itertools.count(1)
DRAFT = """××市电动自行车充电安全管理规定（草案）

第一条　为了规范电动自行车充电行为，保障人身财产安全，结合本市实际，制定本规定。

第二条　本市行政区域内电动自行车的充电及其监督管理，适用本规定。

第三条　住宅小区应当设置集中充电设施，服务半径一般不超过三百米。

充电设施应当符合下列要求：

（一）不得占用消防车通道；

（二）配备自动断电装置。

第四条　本规定自2027年1月1日起施行。
"""


def now():
    return datetime.now(UTC)


def office(name=None, kind=OfficeKind.OUTREACH, parent=None):
    return people.open_office(OPERATOR, name or f"联系点{next(count)}", kind, parent)


def person(office, name=None, role=Role.PANEL, category="", phone=""):
    new = people.Newcomer(name or f"人{next(count)}", phone=phone, role=role, category=category)
    return people.add_person(OPERATOR, office, new).person


def member(office, role=Role.LIAISON, name=None, category=""):
    """Somebody who acts, with a role in an office."""
    return Member(person(office, name, role, category))


def account(office, somebody, login=None, password="correct horse battery"):
    return people.give_account(OPERATOR, office, somebody, login or f"login{next(count)}", password)


def task(office, title="××市电动自行车充电安全管理规定（草案）", openness="open", due=20):
    letter = consultations.Letter(
        title, "××市人大常委会法工委", now().date(), now() + timedelta(days=due), openness=openness
    )
    return consultations.register_task(OPERATOR, office, letter)


def consultation(
    office,
    text=DRAFT,
    *,
    task_=None,
    days=10,
    guests=True,
    openness="open",
    phase="collecting",
    slug="",
    **terms,
):
    """A consultation with a published draft, collecting."""
    task_ = task_ or task(office, openness=openness)
    public = now() + timedelta(days=days)
    given = consultations.Terms(
        public, public + timedelta(days=2), guests=guests and openness == "open", **terms
    )
    made = consultations.take_up(OPERATOR, task_, office, given, slug=slug)
    publish(task_, text)
    if phase != "preparing":
        consultations.move_phase(OPERATOR, made, "collecting")
    return made


def publish(task_, text=DRAFT):
    version = drafts.import_draft(OPERATOR, task_, drafts.Brought(pasted=text))
    return drafts.publish_draft(OPERATOR, version)


def key():
    return f"key-{next(count):012d}"


def words(text="说一句", eid="art_3", attitude="amend", **more):
    return Words(key=more.pop("key", None) or key(), text=text, eid=eid, attitude=attitude, **more)


def remark(consultation, text="说一句", actor=GUEST, eid="art_3", **more):
    return remarks.make_remark(actor, consultation, words(text, eid, **more)).remark


def recorded(actor, consultation, text="说一句", channel="visit", eid="art_3", **more):
    said_by = more.pop("said_by", "王大娘")
    return remarks.record_remark(
        actor, consultation, words(text, eid, **more), Origin(channel=channel, said_by=said_by)
    ).remark


def later(**delta):
    """Inside the block it is so much later."""
    return clock.pretend(now() + timedelta(**delta))
