"""Which way a remark points: what it denies, which of two opposites it names, and who is to do it.

Likeness of letters says nothing about this (opposite opinions share nearly all of theirs), so that it is asked
apart, and refuses: two remarks that may be opposed are never grouped, even where a person would see they agree.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from unicodedata import normalize

from deliberation.domain.grouping_numbers import Quantity, bounded, quantities, without
from deliberation.domain.grouping_words import (
    ACTORS,
    NEUTRAL,
    OPPOSITES,
    SINGLE_OPPOSITES,
    content,
    named,
    pairs,
)

_BEGINNING: dict[str, set[int]] = {}  # which pairs of opposites have a word that begins so
for _number, (_words, _pattern, _named) in enumerate(OPPOSITES):
    for _word in _words:
        _BEGINNING.setdefault(_word[:2], set()).add(_number)
SHORT = 14  # letters; in so short a remark one word more or less is another matter
_QUESTIONS = re.compile(r"门禁|禁毒|宵禁|违禁|是否|能不能|可不可以|要不要|有没有|会不会|行不行|该不该|应不应该|同不同意|好不好|是不是|对不对|不得不|不能不|不可不|不得已|无不|(?:^|(?<=[^\w]))要不(?!得)|不只|不光是|不光|不仅|不但|不管|不论|无论|不断|不同(?!意)|不少|不久|不过|不然|不如|不妨|不免|不锈钢|不动产|不良|不知道|对不起|差不多|来不及|无人机|无障碍|未来|没完|别人|别的|别墅|区别|特别|级别|个别|分别|类别|性别|告别|识别|鉴别|别处|别家|非常|非法|并非易事|除非|非要|非得|从而|无偿|无线|无形|没准|不一定|未必")  # fmt: skip
_FORBID = re.compile(r"不得(?!已|了)|不准|不许|不允许|不予|不作|不做|不加|不能够?|不可以|不可(?!少|缺)|不要|不让|不应当|不应该|不应|不该|不宜|不当(?=为)|不再|(?<!解)禁止|严禁|禁(?![毒令区])|请?勿|莫|别(?!说)|反对|不太?同意|不赞成|不支持|不赞同|不认可|不接受|不主张|不建议|不希望|不想|不愿意?|制止|岂能|岂可|怎么?能|哪能|凭什么|谁说")  # fmt: skip
_EXEMPT = re.compile(
    r"不必|不用|不需要?|无需|无须|毋需|毋须|免于|免予|免除|免(?=[收交缴除])|没必要|没有必要|豁免|不强制|不强求|不作要求|不做要求|何必|何须|何苦|多此一举|多余|画蛇添足|无必要|不必要|没有?意义|没什么?用|大可不必|不见得"
)
_REMOVE = re.compile(
    r"删去|删除|删掉|取消|去掉|拿掉|废除|废止|撤销|撤掉|拆除|拆掉|砍掉|取缔|杜绝|抵制|停止|终止|暂停|暂缓|缓建|搁置|叫停|删(?![除去掉减繁])"
)
_DOUBLE = re.compile(
    "(?:并?不是|并非|不能说|不等于)(?:说)?(?:不|没|反对)(?:同意|赞成|支持|愿意?|想|要)?|不能不|不得不|不可不|没有?不|难道(?=[^，。？?]*[不没无])[^，。？?]*[？?吗]+"
)
_RHETORICAL = re.compile("难道[^，。？?]*(?:[？?]|吗)")
_TURN_DOWN = re.compile("拒绝|拒载|拒收|拒付")
_SELF = re.compile("自己(?![的家人村]|小区|单位)|自行(?!车)|自费|自筹|自负|自理|自担|自掏")
_EXCEPT = re.compile("除外|例外|除[^，。；]{1,14}外|另有规定|除非")
_BUT = re.compile("但是|但|不过(?![一二三四五六七八九十百0-9])|然而|可是|只不过")
_DENY = re.compile(r"没有|没|缺乏|缺少|尚未|从未|未(?!来)|无|不|非|难以")
_PERMITTED = re.compile(
    "(?:不得|不准|不许|不能|不应当?|不应该|不该|不要|禁止|严禁)(?:随意|无故|擅自|被)?(?:拒绝|拒载|拒收|阻拦|阻止|阻挠|限制|妨碍|干涉|禁止)"
)
_STOP = re.compile("(?<!不)(?:应当?|应该|必须|要|一律)停止")
_ALLOW = re.compile("(?<!不)(?:应当?|应该|要|可以)(?:允许|准许)")
_MODAL = re.compile("应当?|应该|必须|要|可以|同意|支持|赞成|允许|改为|改成|增加")
_CLAUSE = re.compile(r"[^\w\s≥≤]+|\n|但是|但|而是|而不是|而非|而应")
_JOINED = re.compile("、|(?<=的),")  # a list, and 「……的，」 which names the case a rule is for
_NO = re.compile(f"{_DENY.pattern}|{_FORBID.pattern}|{_EXEMPT.pattern}|{_REMOVE.pattern}")
_HOW = "[高低多少大小长短重轻严松宽快慢早晚远近贵]"
_TOO = re.compile(f"[太过偏]({_HOW})|({_HOW})了")
_MORE = re.compile(f"(?:再|更|还要?|加|调|放|不够)({_HOW})|({_HOW})(?:一?[点些])")
_LACK = re.compile("不够|不足")
_ON_LEAVE = re.compile("经[^，。；]{0,8}(?:批准|同意|许可|审批|审核)|凭[^，。；]{1,6}(?:证|函|信)")
_TWO = re.compile(r"[^\W≥≤]{1,2}")
_QUOTED = re.compile('[“「『"]([^”」』"]{1,12})[”」』"]')
_SEQUENCE = re.compile("先|再|然后|改为|改成|换成|变成|优先|而不是|而非|不如|替|比")


@dataclass(frozen=True, slots=True)
class Sense:
    """What may set a remark against another. `refusals` counts each kind: two make a yes again."""

    attitude: str
    numbers: tuple[Quantity, ...]
    refusals: frozenset[tuple[str, int]]
    denied: frozenset[str]
    scope: frozenset[str]
    outside: frozenset[str]
    clauses: tuple[tuple[str, frozenset[str]], ...]
    too: frozenset[str]
    more: frozenset[str]
    sides: tuple[tuple[int, str], ...]
    actors: tuple[int, ...]
    letters: str
    quoted: tuple[str, ...] = ()
    in_order: bool = False


def letters_of(text: str) -> str:
    """What the likeness of remarks is measured on: the content without quantities and refusals, asked apart."""
    return _letters(_written(text))


@lru_cache(maxsize=16384)
def sense(text: str, attitude: str | None) -> Sense:
    """The sense of a remark; `attitude` is a code (support, amend, oppose, no_view) or nothing."""
    written = _written(text)
    spoken = written.replace("未成年人", "孩子").replace("未成年", "孩子")
    neutral = NEUTRAL.sub(
        " ",
        _QUESTIONS.sub(
            " ", _PERMITTED.sub("允许", _DOUBLE.sub(" ", _ALLOW.sub("允许", _STOP.sub("禁止", spoken))))
        ),
    )
    scope, outside = _scopes(neutral)
    marks = (
        ("N", _FORBID, neutral),
        ("E", _EXEMPT, neutral),
        ("R", _REMOVE, neutral),
        ("P", _PERMITTED, written),
        ("V", _TURN_DOWN, neutral),
        ("S", _SELF, neutral),
        ("X", _EXCEPT, neutral),
        ("B", _BUT, neutral),
        ("Q", _RHETORICAL, neutral),
        ("L", _ON_LEAVE, neutral),
    )
    refusals = {(name, _times(name, len(word.findall(said)))) for name, word, said in marks}
    return Sense(
        attitude=attitude if attitude not in {None, "", "no_view"} else "",
        numbers=quantities(written),
        refusals=frozenset(refusals),
        denied=_denied(neutral),
        scope=scope,
        outside=outside,
        clauses=_clauses(neutral),
        too=_degrees(_TOO, written),
        more=_degrees(_MORE, written),
        sides=_sides(neutral),
        actors=_order(ACTORS, named(neutral)),
        letters=_letters(written),
        quoted=tuple(_QUOTED.findall(written)),
        in_order=bool(_SEQUENCE.search(written)),
    )


def _times(kind: str, count: int) -> int:
    """How often counts: what is refused twice is another thing refused, or a yes again; the rest is there or is not."""
    return count if kind in "NERP" else min(count, 1)


def _written(text: str) -> str:
    return bounded(normalize("NFKC", text).casefold())


def _letters(written: str) -> str:
    return content(_EXEMPT.sub(" ", _FORBID.sub(" ", without(written))))


def opposed(one: Sense, other: Sense) -> str | None:
    """Why the two may not stand in one group (a code), or nothing."""
    if one.attitude and other.attitude and one.attitude != other.attitude:
        return "attitude"
    if one.numbers != other.numbers:
        return "numbers"
    if one.refusals != other.refusals or _contradicts(one, other) or _contradicts(other, one):
        return "negation"
    if _turned(one, other):
        return "opposites"
    if _others(one.actors, other.actors):
        return "actors"
    if one.quoted and other.quoted and one.quoted != other.quoted:
        return "quoted"
    in_order = one.in_order or other.in_order
    return "exchanged" if _exchanged(one.letters, other.letters, in_order) else None


def _scopes(neutral: str) -> tuple[frozenset[str], frozenset[str]]:
    """Pairs of characters within reach of a refusal, and those outside of any."""
    inside: set[str] = set()
    outside: set[str] = set()
    before: set[str] = set()
    for clause in _CLAUSE.split(_JOINED.sub("", neutral)):
        hit = next((m for word in (_FORBID, _EXEMPT, _REMOVE) if (m := word.search(clause))), None)
        if not hit:
            outside |= (before := pairs(content(clause)))
            continue
        after = pairs(content(clause[hit.end() :]))
        ahead = pairs(content(clause[: hit.start()]))
        inside |= after or ahead or before
        outside |= ahead if after and _MODAL.search(clause, 0, hit.start()) else set()
    return frozenset(inside), frozenset(outside - inside)


def _clauses(neutral: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Each clause's pairs of characters, and whether it refuses (N), bewails (T) or does neither ("")."""
    return tuple(
        (_tone(clause), frozenset(pairs(content(clause))))
        for clause in _CLAUSE.split(_JOINED.sub("", neutral))
    )


def _tone(clause: str) -> str:
    rest = _LACK.sub(" ", clause)
    if _NO.search(rest):
        return "N"
    return "T" if rest != clause or _TOO.search(clause) else ""


def _clashes(one: Sense, other: Sense) -> bool:
    """Whether a clause of `one` that refuses or bewails is about what `other` says in another tone."""
    for tone, said in one.clauses:
        if tone:
            same = max((len(said & each) for its, each in other.clauses if its == tone), default=0)
            if max((len(said & each) for its, each in other.clauses if its != tone), default=0) > same:
                return True
    return False


def _degrees(word: re.Pattern[str], written: str) -> frozenset[str]:
    return frozenset(found[1] or found[2] for found in word.finditer(written))


def _denied(neutral: str) -> frozenset[str]:
    """The two characters after each plain negation (不安全 → 安全)."""
    rest = _REMOVE.sub(" ", _EXEMPT.sub(" ", _FORBID.sub(" ", neutral)))
    return frozenset(after[0] for m in _DENY.finditer(rest) if (after := _TWO.match(rest, m.end())))


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


def _order(each: tuple[re.Pattern[str], ...], text: str) -> tuple[int, ...]:
    found = [(m.start(), number) for number, word in enumerate(each) if (m := word.search(text))]
    return tuple(number for _, number in sorted(found))


def _others(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether each names someone the other does not, or both name the same in another order."""
    shared = set(one) & set(other)
    if set(one) - shared and set(other) - shared:
        return True
    return [a for a in one if a in shared] != [a for a in other if a in shared]


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
