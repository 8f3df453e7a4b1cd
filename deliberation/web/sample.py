"""The sample's door: be anyone of it with one press, on this machine alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import Blueprint, Flask, current_app, g, redirect, render_template, session, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response
from wtforms import StringField

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.domain.roles import DUTY_NAMES, MEMBERS, ROLE_NAMES, Duty, OfficeKind, Role
from deliberation.domain.seats import CATEGORY_LABELS, COOPTED
from deliberation.services import sessions
from deliberation.store import people, sample
from deliberation.store.people import Office
from deliberation.store.sample import Face
from deliberation.web.forms.base import Form
from deliberation.web.pages import page
from deliberation.web.visitor import is_loopback, visitor

bp = Blueprint("sample", __name__)
GUEST = "guest"


@dataclass(frozen=True)
class Part:
    """A part one can take: what it is called, what there is to try, who of the sample has it."""

    key: str
    label: str
    tries: str
    has: Callable[[Face], bool]


def _staff(role: Role, tries: str) -> Part:
    return Part(role.value, ROLE_NAMES[role], tries, lambda face: face.role == role)


def _duty(duty: Duty, tries: str) -> Part:
    return Part(duty.value, DUTY_NAMES[duty], tries, lambda face: face.role == duty)


def _working_in(kind: OfficeKind) -> Callable[[Face], bool]:
    return lambda face: face.kind == kind and face.role == Role.COMMISSION


PARTS = (
    _staff(Role.LIAISON, _("整件事这一个账号就能办：登记来文、代录、开会、归并、出报告。")),
    _staff(Role.RESPONSIBLE, _("看进度和期限，核对表决，给纪要定稿。")),
    _staff(Role.CLERK, _("会上一句一句记，会后代录纸质的、电话里的意见。")),
    _staff(Role.INFORMATION, _("走访听来的话，当天录进来。")),
    _staff(Role.PANEL, _("对一条草案说一句，再看自己的话去了哪里。")),
    Part(
        "council", ROLE_NAMES[Role.COUNCIL], _("看村里议的事、开的会、表决的结果。"),
        lambda face: face.role == Role.COUNCIL and face.category != COOPTED,
    ),
    Part(
        "coopted", CATEGORY_LABELS[COOPTED], _("只为充电棚这一件事坐进来，事情办完，席位就结束。"),
        lambda face: face.role in MEMBERS and face.category == COOPTED,
    ),
    Part("commission", ROLE_NAMES[Role.COMMISSION], _("看联系点收了什么意见，报告写成了什么样。"), _working_in(OfficeKind.COMMISSION)),
    Part("district", _("区人大工作人员"), _("看本区的联系点办到哪一步。"), _working_in(OfficeKind.DISTRICT)),
    _duty(Duty.SYSTEM, _("开单位，邀请第一个人。")),
    _duty(Duty.SECURITY, _("给和收回各人的身份。")),
    _duty(Duty.AUDIT, _("查办理经过，不能改任何东西。")),
)  # fmt: skip


class EnterForm(Form):
    """One press: which part."""

    part = StringField()


class Seeded:
    """Whether this installation is the sample: asked once, when somebody first wants to know."""

    def __init__(self) -> None:
        self._known: bool | None = None

    def __bool__(self) -> bool:
        if self._known is None:
            self._known = sample.is_there()
        return self._known


def door() -> str:
    """Where one changes parts; nothing where the sample is not to be entered."""
    return url_for("sample.enter") if is_loopback() and current_app.extensions["sample"] else ""


@bp.record_once
def _prepare(state: BlueprintSetupState) -> None:
    app = cast("Flask", state.app)
    app.extensions["sample"] = Seeded()
    app.jinja_env.globals["sample_door"] = door


def sample_office() -> Office | None:
    """The sample's office, for requests to and from this machine; nobody else learns of the door."""
    found = sample.office() if is_loopback() else None
    if found is not None:
        g.office = found
    return found


@page(bp, "/sample", Act.ENTER_SAMPLE, about=sample_office, methods=("GET", "POST"))
def enter(office: Office) -> Response | tuple[str, int]:
    """Cards of parts; a press ends the session there was and begins one as somebody of the sample."""
    form, parts = EnterForm(), _parts()
    if form.submitted():
        chosen = form.part.data
        if chosen != GUEST and chosen not in parts:
            raise NotFound(_("示例里没有这个身份，请从这一页重新选择。"))
        _leave()
        if chosen != GUEST:
            person = people.get(parts[chosen].person_id)
            assert person is not None
            session["token"] = sessions.admit(person)
        return redirect(url_for("consultations.home"))
    names = people.names([face.person_id for face in parts.values()])
    cards = [(part, names[parts[part.key].person_id]) for part in PARTS if part.key in parts]
    return render_template("sample/enter.html", form=form, cards=cards, office=office), form.status


def _parts() -> dict[str, Face]:
    faces = sample.faces()
    found = ((part.key, next((face for face in faces if part.has(face)), None)) for part in PARTS)
    return {key: face for key, face in found if face is not None}


def _leave() -> None:
    token = session.get("token")
    if token:
        sessions.sign_out(visitor(), token)
    session.clear()
