"""The roll of a vote: who may vote, frozen as rows when the vote opens, with a digest nobody can change unseen."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deliberation.domain.errors import Refusal, _
from deliberation.domain.quorum import Heads, VoteRules


@dataclass(frozen=True, slots=True)
class RollRow:
    """One person (or household, where the law counts households) on the roll.

    `key` names the row and is unique in its roll; `person` the one who holds it. `votes` False: speaks and does not
    vote (an X member where the vote was opened so). `recused` True: declared an interest and does not vote. `proxy`
    names who attends and votes for them by written proxy; the row is then present (only where the law knows proxies).
    """

    key: str
    person: str = ""
    category: str = ""
    coopted: bool = False
    present: bool = True
    votes: bool = True
    recused: bool = False
    proxy: str = ""

    def __post_init__(self) -> None:
        if self.proxy and (not self.present or self.proxy == self.person):
            raise Refusal(_("书面委托要写明受托人，受托人到会才算到会，也不能是本人。"))

    @property
    def may_vote(self) -> bool:
        """Present, with a vote, and not recused."""
        return self.present and self.votes and not self.recused


@dataclass(frozen=True, slots=True)
class Hall:
    """The heads of a roll: as shown, as the quorum counts them, as the majority counts them."""

    shown: Heads
    for_quorum: Heads
    for_carry: Heads


def checked(roll: Iterable[RollRow]) -> tuple[RollRow, ...]:
    """The rows, refused where a key or a person stands twice: one person, one vote."""
    rows = tuple(roll)
    keys = [row.key for row in rows]
    persons = [row.person for row in rows if row.person]
    if len(set(keys)) < len(keys) or len(set(persons)) < len(persons):
        raise Refusal(_("名册里有人重复出现；一人只有一票，请先合并再开始表决。"))
    return rows


def _heads(rows: Sequence[RollRow], less: int, whole: int | None, households: int | None) -> Heads:
    return Heads(
        due=len(rows),
        present=sum(row.present for row in rows),
        whole=None if whole is None else whole - less,
        households=None if households is None else households - less,
    )


def hall(
    roll: Sequence[RollRow], rules: VoteRules, *, whole: int | None = None, households: int | None = None
) -> Hall:
    """Count the heads. A recused member leaves both bases only where the rule says so; a member who only speaks
    counts for the quorum and not for the majority."""
    sitting = [row for row in roll if not (row.recused and rules.recusal_shrinks)]
    voting = [row for row in sitting if row.votes]
    return Hall(
        shown=_heads(roll, 0, whole, households),
        for_quorum=_heads(sitting, len(roll) - len(sitting), whole, households),
        for_carry=_heads(voting, len(roll) - len(voting), whole, households),
    )


def digest(question: str, rules: VoteRules, roll: Iterable[RollRow]) -> str:
    """SHA-256 (hex) over the exact question, the rules and the rows in key order: what opening froze."""
    rows = sorted(checked(roll), key=lambda row: row.key)
    plain = [[r.key, r.person, r.category, r.coopted, r.present, r.votes, r.recused, r.proxy] for r in rows]
    frozen = json.dumps(
        [question, rules.to_dict(), plain], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(frozen.encode("utf-8")).hexdigest()
