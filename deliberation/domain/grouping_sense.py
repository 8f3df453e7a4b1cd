"""Which way a remark points: what it denies, which of two opposites it names, and who is to do it.

Likeness of letters says nothing about this (opposite opinions share nearly all of theirs), so that it is asked
apart, and refuses: two remarks that may be opposed are never grouped, even where a person would see they agree.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from unicodedata import normalize

from deliberation.domain.grouping_actors import Actors, actors, different
from deliberation.domain.grouping_demand import Wanted, clauses, plainly, same_quantities, sequence, wanted
from deliberation.domain.grouping_kinds import Kinds, kinds, other_kind
from deliberation.domain.grouping_numbers import bounded, without
from deliberation.domain.grouping_refusals import (
    degrees,
    denied,
    musts,
    neutral,
    refusals,
    scopes,
    tones,
    unrefused,
)
from deliberation.domain.grouping_words import OPPOSITES, SINGLE_OPPOSITES, content

_BEGINNING: dict[str, set[int]] = {}  # which pairs of opposites have a word that begins so
for _number, (_words, _pattern, _named) in enumerate(OPPOSITES):
    for _word in _words:
        _BEGINNING.setdefault(_word[:2], set()).add(_number)
SHORT = 40  # letters; in so short a remark one word in the place of another is another matter
# With the quantity that is wanted known, how it differs from that of now says no more.
_CHANGED = re.compile(
    "(?:[由从]\\s*)?(?:修?改|缩短|延长|提高|上调|提升|降低?|下调|放宽|调整?|增加|减少|提|减|定|设|规定)[为成至到]|缩短|延长|提高|降低|上调|下调|"
    "[太过偏][长短高低多少重轻]|[由从](?=\\s)|为宜|为好|合适|合理|即可"
)
_PLACES = set("区处场点站位") | {"场所", "专区"}  # which of these a thing is called is no matter
NEW = 0.6  # of the letters asked for
_ASKED = re.compile(
    "应当?(?![急用])|应该|必须|须|(?<![不需只主重首想])要(?![求点么])|建议|希望|请|不得|不准|不许|不能|不要|不宜|禁止|严禁|可以|允许|准许|一律|无需|无须|不必|不用|(?<![个分特级类性告识鉴差派辨区])别(?![的人处墅家])|改为|免费"
)
_QUOTED = re.compile('[“「『"]([^”」』"]{1,12})[”」』"]')
_SEQUENCE = re.compile("先|再|然后|改为|改成|换成|变成|优先|而不是|而非|不如|替|比(?![较例如])")


@dataclass(frozen=True, slots=True)
class Sense:
    """What may set a remark against another. `refusals` counts each kind: two make a yes again."""

    attitude: str
    numbers: Wanted
    refusals: frozenset[tuple[str, int]]
    denied: frozenset[str]
    scope: frozenset[str]
    outside: frozenset[str]
    clauses: tuple[tuple[str, frozenset[str]], ...]
    too: frozenset[str]
    more: frozenset[str]
    sides: tuple[tuple[int, str], ...]
    actors: Actors
    must: str
    sequence: tuple[frozenset[str], frozenset[str]]
    asks: frozenset[str]
    letters: str
    kinds: Kinds
    quoted: tuple[str, ...] = ()
    in_order: bool = False


def letters_of(text: str) -> str:
    """What the likeness of remarks is measured on: the content without quantities and refusals, asked apart."""
    return _letters(_written(text))


@lru_cache(maxsize=4096)
def amounts(text: str) -> Wanted:
    """The quantities a remark wants: the cheapest question, asked before its sense is worked out."""
    written = _written(text)
    return wanted(written, [clause for clause, reason in clauses(written) if reason])


@lru_cache(maxsize=16384)
def sense(text: str, attitude: str | None) -> Sense:
    """The sense of a remark; `attitude` is a code (support, amend, oppose, no_view) or nothing."""
    written = _written(text)
    plain = neutral(written)
    each = clauses(written)
    reasons = [clause for clause, reason in each if reason]
    asks = [clause for clause, reason in each if not reason]
    asked = neutral(",".join(asks)) if reasons else plain
    told = neutral(",".join(reasons))
    scope, outside = scopes(asked, told)
    too, more = degrees(written)
    return Sense(
        attitude=attitude if attitude not in {None, "", "no_view"} else "",
        numbers=amounts(text),
        refusals=refusals(plain, written),
        denied=denied(asked),
        scope=scope,
        outside=outside,
        clauses=tones(asked, told),
        too=too,
        more=more,
        sides=_sides(plain),
        actors=actors(plain),
        must=musts(plain),
        sequence=sequence(written),
        asks=_asks(asks) & set(_letters(written)),
        letters=_letters(written),
        kinds=kinds(asks, written),
        quoted=tuple(_QUOTED.findall(written)),
        in_order=bool(_SEQUENCE.search(written)),
    )


@lru_cache(maxsize=4096)
def _written(text: str) -> str:
    return plainly(bounded(normalize("NFKC", text).casefold()))


@lru_cache(maxsize=4096)
def _letters(written: str) -> str:
    rest = without(written)
    if rest != written:
        rest = _CHANGED.sub(" ", rest)
    return content(unrefused(rest))


def opposed(one: Sense, other: Sense) -> str | None:
    """Why the two may not stand in one group (a code), or nothing."""
    if one.attitude and other.attitude and one.attitude != other.attitude:
        return "attitude"
    if not same_quantities(one.numbers, other.numbers):
        return "numbers"
    if one.refusals != other.refusals or _contradicts(one, other) or _contradicts(other, one):
        return "negation"
    if _turned(one, other):
        return "opposites"
    if {one.must, other.must} == {"may", "must"}:
        return "may and must"
    if _in_turn(one, other):
        return "sequence"
    if different(one.actors, other.actors):
        return "actors"
    if other_kind(one.kinds, other.kinds):
        return "another kind"
    if _another_matter(one, other) or _another_matter(other, one):
        return "another matter"
    if one.quoted and other.quoted and one.quoted != other.quoted:
        return "quoted"
    in_order = one.in_order or other.in_order
    return "exchanged" if _exchanged(one.letters, other.letters, in_order) else None


def _clashes(one: Sense, other: Sense) -> bool:
    """Whether a clause of `one` that refuses or bewails is about what `other` says in another tone."""
    agreed = one.numbers[0] == other.numbers[0] and any(
        not unit.startswith("第") for _, unit, _ in one.numbers[0]
    )
    for tone, said in one.clauses:
        if tone == "N" or (tone and not agreed):
            same = max((len(said & each) for its, each in other.clauses if its == tone), default=0)
            if max((len(said & each) for its, each in other.clauses if its != tone), default=0) > same:
                return True
    return False


def _contradicts(one: Sense, other: Sense) -> bool:
    """Whether `one` denies what `other` says plainly."""
    if len(one.scope & other.outside) > len(one.scope & other.scope):
        return True
    if one.too & (other.more - other.too) or _clashes(one, other):
        return True
    for word in one.denied - other.denied:
        said = other.letters.count(word)
        if said and one.letters.count(word) <= 1:
            return True
    return bool(one.denied) != bool(other.denied) and _exchange(one.letters, other.letters) == "不"


def _sides(neutral: str) -> tuple[tuple[int, str], ...]:
    """For each pair of opposites named: which sides, in the order of their first mention."""
    named_sides = []
    beginnings = {neutral[n : n + 2] for n in range(len(neutral))} | set(neutral)
    for number in sorted({n for each in beginnings for n in _BEGINNING.get(each, ())}):
        words, word, sides = OPPOSITES[number]
        if not any(each in neutral for each in words):  # much cheaper than asking the pattern
            continue
        found = dict.fromkeys(sides[(match.lastindex or 1) - 1] for match in word.finditer(neutral))
        named_sides.append((number, " ".join(found)))
    return tuple(named_sides)


def _turned(one: Sense, other: Sense) -> bool:
    theirs = dict(other.sides)
    return any(theirs.get(number, side) != side for number, side in one.sides)


def _asks(clauses: list[str]) -> frozenset[str]:
    """The letters of what is asked last: what stands after the last 应当, 不得, 建议 … of a clause that says something there."""
    for clause in reversed(clauses):
        hits = list(_ASKED.finditer(clause))
        for at in [*(hit.end() for hit in reversed(hits[-4:])), *([0] if hits else [])]:
            if len(letters := _letters(clause[at:])) > 1:
                return frozenset(letters)
    return frozenset()


def _another_matter(one: Sense, other: Sense) -> bool:
    """Whether most of what `one` asks for does not occur in the other at all, however alike what they speak of."""
    agreed = one.numbers[0] == other.numbers[0] and one.numbers[0]
    return not agreed and len(one.asks - set(other.letters)) >= NEW * max(len(one.asks), 1)


def _in_turn(one: Sense, other: Sense) -> bool:
    """Whether what comes first for the one comes after it for the other."""
    (first, then), (begins, follows) = one.sequence, other.sequence
    crossed, straight = (len(first & follows), len(then & begins)), (len(first & begins), len(then & follows))
    return min(crossed) > min(straight) or sum(crossed) > sum(straight)


def _exchange(one: str, other: str) -> str:
    """The one character in which two texts of nearly the same letters differ, or nothing."""
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    rest = [c for c in longer if longer.count(c) > shorter.count(c)]
    return rest[0] if len(rest) == 1 and len(longer) - len(shorter) == 1 else ""


def _exchanged(one: str, other: str, in_order: bool) -> bool:
    """Whether, laid over one another, they differ by an opposite (高/低), by one word in otherwise equal texts,

    or, where the order counts (先…再…, 改为), by a stretch that stands elsewhere.
    """
    if one == other:
        return False
    one, other = sorted((one, other))  # which is laid over which must not matter
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    steps = [(tag, one[a:b], other[c:d]) for tag, a, b, c, d in matcher.get_opcodes()]
    steps = [step for step in steps if not (step[1] in _PLACES and step[2] in _PLACES)]
    swaps = [(mine, theirs) for tag, mine, theirs in steps if tag == "replace"]
    if in_order and {m for _, m, t in steps if m != t} & {t for _, m, t in steps if m != t} - {""}:
        return True
    for mine, theirs in swaps:
        for left, right in SINGLE_OPPOSITES:
            if (left in mine and right in theirs) or (right in mine and left in theirs):
                return True
    if (
        len(swaps) == 1
        and len([tag for tag, _, _ in steps if tag != "equal"]) == 1
        and min(len(one), len(other)) <= SHORT
    ):
        return True
    alike = matcher.ratio() >= 0.6 and len(swaps) <= 2
    return alike and any(min(len(mine), len(theirs)) >= 2 for mine, theirs in swaps)
