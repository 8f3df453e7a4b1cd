"""A course of states as data: what may follow what, and which facts a step needs before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deliberation.domain.errors import Refusal, _


@dataclass(frozen=True, slots=True)
class State:
    """One state: its code, its Chinese name (a msgid), and for each state that may follow the facts it needs."""

    code: str
    name: str
    then: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Course:
    """All states of one noun by code, and the sentence said when a fact is missing."""

    states: Mapping[str, State]
    asks: Mapping[str, str]

    def may_follow(self, state: str) -> tuple[str, ...]:
        """What may follow; empty where the course ends."""
        return tuple(self.states[state].then)

    def missing(self, state: str, to: str, facts: Mapping[str, object]) -> tuple[str, ...]:
        """The facts still needed for a lawful step, in order; blank text and None are not facts."""
        needed = self.states[state].then[to]
        return tuple(name for name in needed if not _is_fact(facts.get(name)))

    def move(self, state: str, to: str, facts: Mapping[str, object]) -> str:
        """The new state; Refusal where the step is not lawful or its first missing fact says what to fill in."""
        if to not in self.states[state].then:
            raise Refusal(_("眼下这一步不能这样走，请按页面列出的下一步办理。"))
        for name in self.missing(state, to, facts):
            raise Refusal(self.asks[name], field=name)
        return to


def _is_fact(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value is not False


def course(states: tuple[State, ...], asks: Mapping[str, str]) -> Course:
    """Put states together; ValueError where one leads nowhere or asks for a fact without a sentence."""
    by_code = {state.code: state for state in states}
    for state in states:
        for to, needs in state.then.items():
            if to not in by_code or not set(needs) <= set(asks):
                raise ValueError(f"{state.code} → {to}")
    return Course(by_code, asks)
