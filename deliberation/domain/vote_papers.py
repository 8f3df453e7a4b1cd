"""Papers of a vote to print: the ballots to be cut apart, and the count sheet the tellers fill in and sign."""

from collections.abc import Iterator
from dataclasses import dataclass

from deliberation.domain.paper import Grid, Item, Labelled, Para

CHOICES = "□ 赞成　　□ 反对　　□ 弃权"
NUMBERS = (
    ("due", "应到人数"),
    ("present", "实到人数"),
    ("issued", "发出票数"),
    ("collected", "收回票数"),
    ("valid", "其中有效票"),
    ("invalid", "其中无效票"),
    ("for_", "赞成"),
    ("against", "反对"),
    ("abstain", "弃权"),
)
SUMS = (
    "有效票＋无效票＝收回票数；赞成＋反对＋弃权＝有效票。",
    "收回多于发出的，本轮作废，重新投票；少于发出的有效。",
    "没有清点的不要写 0，空着再点一遍。",
)
BALLOT_ROW = 62.0  # millimetres: four rows of two on a page


@dataclass(frozen=True, slots=True)
class VotePaper:
    """What both papers name: who votes on what, in which round; `known` are numbers of the sheet already certain."""

    council: str
    meeting: str
    question: str
    round: int
    code: str = ""
    voters: int = 0
    named: bool = False
    known: tuple[tuple[str, int], ...] = ()


def ballots(paper: VotePaper) -> Iterator[Item]:
    """One ballot a voter, two beside one another; unnamed unless the vote is by name."""
    yield Para("title", f"{paper.council}表决票")
    yield Para(
        "small",
        f"共{paper.voters}张，沿线裁开，每人一张。第{paper.round}轮。发出几张、收回几张，都记在计票单上。",
    )
    one = _ballot(paper)
    rows = [[one, one if 2 * n + 1 < paper.voters else ""] for n in range((paper.voters + 1) // 2)]
    yield Grid((78.0, 78.0), ("表决票", "表决票"), rows, BALLOT_ROW)


def _ballot(paper: VotePaper) -> str:
    lines = [paper.question, "", CHOICES, ""]
    lines.append("姓名：＿＿＿＿＿＿＿＿" if paper.named else "不写姓名。")
    lines.append(f"只选一项，在方框里打√；多选、不选、涂改不清的无效。第{paper.round}轮")
    return "\n".join(lines)


def count_sheet(paper: VotePaper) -> Iterator[Item]:
    """The count sheet: nine numbers, the sums that must agree, places to sign."""
    yield Para("title", "计票单")
    yield Para("flush", "")
    yield Labelled("谁表决", paper.council)
    if paper.meeting:
        yield Labelled("会议", paper.meeting)
    yield Labelled("问题", paper.question)
    yield Labelled("轮次", f"第{paper.round}轮")
    if paper.code:
        yield Labelled("核验码", paper.code)
    known = dict(paper.known)
    rows = [[label, str(known.get(name, "")), ""] for name, label in NUMBERS]
    yield Grid((52.0, 52.0, 52.0), ("项目", "数目", "复点"), rows, 9.0)
    yield from (Para("small", line) for line in SUMS)
    yield Para("flush", "唱票人：＿＿＿＿　计票人：＿＿＿＿　监票人：＿＿＿＿", hold=True)
    yield Para("flush", "主持人：＿＿＿＿　日期：＿＿年＿＿月＿＿日＿＿时＿＿分")
