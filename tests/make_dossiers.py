"""Suggestions and dossiers in one line."""

from deliberation.domain.suggestions import Proposal, spot_of
from deliberation.services import suggestions
from tests import make

OPERATOR = make.OPERATOR


def proposal(title="把服务半径改为二百米", **more):
    given = {
        "kind": "substance",
        "wording": "住宅小区应当设置集中充电设施，服务半径一般不超过二百米。",
        "reasons": "老人走不动。",
    }
    return Proposal(title, **given | more)


def suggestion(one, *sources, at="art_3", actor=OPERATOR, relation="alike", key=None, **more):
    return suggestions.make_suggestion(
        actor, one, spot_of(at), proposal(**more), key=key or make.key(), sources=sources, relation=relation
    )
