"""Lists narrowed, in SQL, to what the visitor may see."""

from typing import TypedDict

from sqlalchemy import Select

from deliberation.domain.roles import MEMBERS, STAFF, Role
from deliberation.store import remarks
from deliberation.store.consultations import Consultation
from deliberation.store.remarks import Remark
from deliberation.web.pages import stands
from deliberation.web.visitor import visitor


class Sight(TypedDict):
    """How far a visitor sees among the remarks of a consultation: what `remarks.visible` asks for."""

    viewer: int | None
    staff: bool
    shares: bool
    published: bool


def seeing(asked: Select[Remark], one: Consultation) -> Select[Remark]:
    """A question about remarks of one consultation, narrowed for this visitor."""
    return remarks.visible(asked, **sight(one))


def sight(one: Consultation) -> Sight:
    """What this visitor may see of a consultation's remarks."""
    where = stands(one)
    person = visitor().person
    above = Role.COMMISSION in where.above or bool(where.above & STAFF)
    return Sight(
        viewer=person.id if person else None,
        staff=bool(where.roles & STAFF) or above,
        shares=one.panel_shares and bool(where.roles & MEMBERS),
        published=one.is_public or bool(where.roles & MEMBERS),
    )
