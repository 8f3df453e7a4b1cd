"""Who is to act, to agree or to be left out of it: remarks that leave it to different ones want different things."""

import re
from functools import lru_cache
from typing import NamedTuple

from deliberation.domain.grouping_words import ACTORS, content, named, pairs

_INSTEAD = re.compile("(?:而不是|而非|不(?:应当?|应该|能|该)?(?:由|归)|不是|并非|不归|用不着)[^,。;]{2,10}")
_AGENT = re.compile(
    "(?:(?<![自理事])由|归|属于)([^,。;由]{2,10}?)(?=负责|承担|先行?|出资?|支付|赔|受理|管|组织|聘|核发|审批|决定|所有|指导|清|维|处理|实施|监督|$|[,。;])|谁([^,。;谁]{1,6})谁(?=[^,。;]{0,12}?(?:负责|承担|出|付|交|清|运|拉|扫|维|修|养|管))"
    "|(?:费用|的钱|资金|经费)(?:应当?|应该|都|全部)?([^,。;由应]{2,6}?)(?:承担|负担|支付|出)"
)
_OFFICE = re.compile("主管|部门|机关|机构|单位|企业|公司|人民政府|政府|行政|者$|人$")
_SUBJECT = re.compile(
    "(?:^|[,。;、\\s])(?:建议|希望|明确|规定|要求|应当)*([^,。;、的\\s]{0,10}?(?:[者人员商主客机女户]|部门|单位|企业|公司|机关|机构|[委协]员?会|局|政府|平台|物业|学校|医院|社区|街道|办事处))(?=应当?|应该|必须|要|须|先|负责|不得|有权|可以|对[^,。;]{1,16}(?:负责|负|承担))"
)
_ANYONE = re.compile("|".join(f"({who.pattern})" for who in ACTORS))
_CONSENT = re.compile(
    "(?:经过?|征得|取得|得到|获得|须有|必须有|要有)([^,。;经得]{2,12}?)(?:书面|表决|事先|的)?(?:同意|批准|许可|认可)"
)


class Actors(NamedTuple):
    """Those named, in order; those turned away from; who acts and whose consent it needs, as what tells them from others."""

    named: tuple[int, ...] = ()
    spurned: frozenset[int] = frozenset()
    agents: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()


def actors(neutral: str) -> Actors:
    """The actors of a text."""
    instead = _INSTEAD.findall(neutral)
    return Actors(
        named=_order(named(_INSTEAD.sub(" ", neutral) if instead else neutral)),
        spurned=frozenset(_order(named(" ".join(instead))) if instead else ()),
        agents=_agents(neutral),
        consents=tuple(_called(each[1]) for each in _CONSENT.finditer(neutral)),
    )


def different(one: Actors, other: Actors) -> bool:
    """Whether the two leave it to different ones, or turn away from one another's."""
    if one.spurned & set(other.named) - other.spurned or other.spurned & set(one.named) - one.spurned:
        return True
    if _apart(one.agents, other.agents) or _apart(one.consents, other.consents):
        return True
    return _others(one.named, other.named, bool(one.agents) and set(one.agents) == set(other.agents))


def _apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether both name someone and nobody they name can be the same (公安, 环保部门)."""
    return bool(one and other) and not any(
        mine == theirs or ("#" not in mine + theirs and pairs(mine) & pairs(theirs))
        for mine in one
        for theirs in other
    )


def _agents(neutral: str) -> tuple[str, ...]:
    """Who shall do it (由…负责, …应当), each as the letters that tell it from others, known actors as their number."""
    found = [each[1] or each[2] or each[3] for each in _AGENT.finditer(neutral)] or [
        each[1] for each in _SUBJECT.finditer(neutral)
    ]
    return tuple(_called(each) for each in found)


@lru_cache(maxsize=1024)
def _called(agent: str) -> str:
    known = _order(named(agent))
    return f"#{known[0]}" if known else _OFFICE.sub("", content(agent)) or content(agent)


def _order(text: str) -> tuple[int, ...]:
    """Numbers of the known actors in order of their first mention."""
    return tuple(dict.fromkeys(match.lastindex or 0 for match in _ANYONE.finditer(text)))


def _others(one: tuple[int, ...], other: tuple[int, ...], known: bool) -> bool:
    """Whether each names someone the other does not, or both name the same in another order and it is not `known` who acts."""
    shared = set(one) & set(other)
    if set(one) - shared and set(other) - shared:
        return True
    return not known and [a for a in one if a in shared] != [a for a in other if a in shared]
