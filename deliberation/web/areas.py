"""The page of areas: the tree from province to grid, entering more, where the office and its people are."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from deliberation.domain.acts import Act
from deliberation.domain.areas import LEVELS, full_name, tree
from deliberation.domain.errors import Refusal
from deliberation.domain.errors import _ as mark
from deliberation.services import areas as verbs
from deliberation.store import areas, people
from deliberation.store.areas import Area
from deliberation.store.people import Office
from deliberation.store.remarks import Remark
from deliberation.web.councils import Answer, office
from deliberation.web.forms.base import Form
from deliberation.web.pages import page
from deliberation.web.remarks import remark
from deliberation.web.visitor import visitor

bp = Blueprint("areas", __name__)
BOTH = ("GET", "POST")
LEVEL_CHOICES = [SelectChoice(code, _(name)) for code, name in LEVELS.items()]


class AddForm(Form):
    """More areas of one level inside another."""

    parent = SelectField(_("在哪个区域里"), coerce=int)
    level = SelectField(_("哪一级"), choices=LEVEL_CHOICES)
    names = TextAreaField(_("名称"), [InputRequired()])


class PlaceForm(Form):
    """In which area."""

    person = SelectField(_("谁"), coerce=int)
    area = SelectField(_("区域"), coerce=int)


def _options() -> list[tuple[int, str]]:
    known = verbs.places()
    return [(place.id, full_name(known, place.id)) for _depth, place in tree(list(known.values()))]


def _area(number: int | None) -> Area:
    found = areas.get(number) if number else None
    if found is None:
        raise Refusal(mark("请选择一个区域。"), field="area")
    return found


def _to(one: Office) -> Response:
    return redirect(url_for("areas.index", office_id=one.id))


@page(bp, "/offices/<int:office_id>/areas", Act.READ_OFFICE, about=office)
def index(one: Office) -> str:
    """The tree, with how many offices, people and remarks lie in each area."""
    known = verbs.places()
    own = areas.of_office(one.id)
    return render_template(
        "areas/index.html", office=one, rows=tree(list(known.values())), levels=LEVELS, used=areas.used(),
        own=full_name(known, own.area_id) if own else "", people=[
            (member.person, where.area_id) for member in people.members(one.id)
            if (where := areas.of_person(member.person_id)) is not None
        ], known=known, full_name=full_name,
    )  # fmt: skip


@page(bp, "/offices/<int:office_id>/areas/add", Act.CHANGE_AREAS, about=office, methods=BOTH)
def add(one: Office) -> Answer:
    """Enter areas: a name a line."""
    form = AddForm()
    form.parent.choices = [(0, "—"), *_options()]
    if form.submitted():
        parent = areas.get(form.parent.data) if form.parent.data else None
        verbs.add_areas(visitor(), one, parent, form.level.data or "", (form.names.data or "").splitlines())
        return _to(one)
    return render_template("areas/add.html", form=form, office=one), form.status


@page(bp, "/offices/<int:office_id>/areas/here", Act.CHANGE_AREAS, about=office, methods=BOTH)
def here(one: Office) -> Answer:
    """Say where the office lies."""
    return _placing(one, "office")


@page(bp, "/offices/<int:office_id>/areas/people", Act.PLACE_IN_AREA, about=office, methods=BOTH)
def lives(one: Office) -> Answer:
    """Say where one of the office's people lives."""
    return _placing(one, "person")


def _placing(one: Office, what: str) -> Answer:
    form = PlaceForm()
    form.area.choices = _options()
    form.person.choices = list({m.person_id: m.person.name for m in people.members(one.id)}.items())
    if what != "person":
        del form.person
    if form.submitted():
        if what == "office":
            verbs.place_office(visitor(), one, _area(form.area.data))
        else:
            person = people.get(form.person.data)
            if person is None:
                raise Refusal(mark("请选择一个人。"), field="person")
            verbs.place_person(visitor(), one, person, _area(form.area.data))
        return _to(one)
    return render_template("areas/place.html", form=form, office=one, what=what, back=url_for("areas.index", office_id=one.id)), form.status  # fmt: skip


@page(bp, "/c/<slug>/remarks/<int:number>/area", Act.PLACE_IN_AREA, about=remark, methods=BOTH)
def came_from(found: Remark) -> Answer:
    """Say from which area a remark came."""
    form = PlaceForm()
    form.area.choices = _options()
    del form.person
    back = url_for("remarks.origin", slug=found.consultation.slug, number=found.number)
    if form.submitted():
        verbs.place_remark(visitor(), found, _area(form.area.data))
        return redirect(back)
    return render_template(
        "areas/place.html", form=form, office=found.consultation.office, what="remark", back=back
    ), form.status
