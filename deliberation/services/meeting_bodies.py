"""Which body meets under which procedure, about whose matter, and who of it is due."""

from deliberation.domain.errors import Refusal, _
from deliberation.services.procedures import NINE_X, named
from deliberation.services.vote_rules import ASSEMBLY, sits_under
from deliberation.store.councils import Council, Matter
from deliberation.store.meetings import Meeting


def check_body(body: Council | None, procedure: str, matter: Matter | None) -> None:
    """Refuse a 9+X sitting of another body, an assembly under a procedure not its own, somebody else's matter."""
    kind = body.kind if body is not None else ""
    if (procedure == NINE_X) != (kind == NINE_X):
        raise Refusal(_("9+X 议事协商由 9+X 议事会开，座谈会请选专家团或不选。"), field="council")
    if body is not None and kind == ASSEMBLY and not sits_under(body, named(procedure)):
        raise Refusal(_("这份成员名单不是开这种会的，请换一种会议程序。"), field="procedure")
    if matter is None or (body is not None and matter.council_id == body.id):
        return
    if body is None or kind != ASSEMBLY or matter.office_id != body.office_id:
        raise Refusal(_("这一事项不是这个议事会的，请重新选择。"), field="matter")


def everybody_due(meeting: Meeting) -> bool:
    """Whether all members are due, whoever is ticked: at a 9+X sitting and at an assembly."""
    return meeting.procedure == NINE_X or (meeting.council is not None and meeting.council.kind == ASSEMBLY)
