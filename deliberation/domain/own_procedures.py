"""A procedure as one office has it: the shipped one with the office's own days, basis, place of the review, and rules.

What an office wrote that no longer fits the shipped file (a statute changed, a deadline is gone) is left out and named,
never followed in silence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.procedures import Basis, LocalRule, Posting, Procedure, adjust, enter

REVIEW = "审核"
LAST = "公开"


@dataclass(frozen=True, slots=True)
class Own:
    """What an office set: `lit` None is as shipped; `review_at` where the review stands among the steps, from 1."""

    lit: bool | None = None
    deadlines: Mapping[str, int] = field(default_factory=dict)
    sheets: Mapping[str, int] = field(default_factory=dict)
    review_at: int | None = None
    basis: Basis | None = None
    rules: Sequence[LocalRule] = ()


def is_lit(procedure: Procedure, own: Own | None) -> bool:
    """Whether the office uses it."""
    return procedure.default_on if own is None or own.lit is None else own.lit


def as_held(procedure: Procedure, own: Own | None) -> tuple[Procedure, tuple[Said, ...]]:
    """The procedure as the office has it, and what of its own settings could not be kept."""
    if own is None:
        return procedure, ()
    held, faults = procedure, list[Said]()
    try:
        held = adjust(
            held, own.deadlines, {Posting(kind): days for kind, days in own.sheets.items()}
        )  # fmt: skip
    except (Refusal, ValueError):
        faults.append(Said(_("本联系点填的天数与现行规定不合，没有采用，请重填。")))
    if own.review_at is not None:
        try:
            held = with_review_at(held, own.review_at)
        except Refusal:
            faults.append(Said(_("本联系点排的审核次序与现行步骤不合，没有采用，请重排。")))
    for rule in own.rules:
        try:
            held = enter(held, rule)
        except Refusal as refusal:
            faults.append(refusal.said)
    if own.basis is not None:
        held = replace(held, basis=(own.basis, *held.basis))
    return held, tuple(faults)


def review_places(procedure: Procedure) -> range:
    """Where the review may stand, from 1: anywhere before the first disclosure; empty where there is no review."""
    names = [step.name for step in procedure.steps]
    if REVIEW not in names:
        return range(0)
    disclosed = next((n for n, name in enumerate(names) if LAST in name), len(names))
    return range(1, disclosed + 1)


def with_review_at(procedure: Procedure, place: int) -> Procedure:
    """The same steps with the review at another place."""
    if place not in review_places(procedure):
        raise Refusal(_("审核要排在决议公开以前，请重新选择。"), field="review_at")
    review = next(step for step in procedure.steps if step.name == REVIEW)
    others = [step for step in procedure.steps if step is not review]
    return replace(procedure, steps=(*others[: place - 1], review, *others[place - 1 :]))
