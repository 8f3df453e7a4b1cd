"""The quantities in a remark, in order: value, unit, and whether a least or a most.

Figures and Chinese numerals are compared as numbers (二百米 = 200m), in one unit of a kind (0.2公里 too).
A lone numeral counts only before a unit: 一定, 统一, 十分 and 万一 are words, not numbers.
"""

import re
from fractions import Fraction
from functools import lru_cache
from operator import mul

from deliberation.domain.numbering import from_chinese

Quantity = tuple[Fraction, str, str]

UNITS: tuple[tuple[str, str, Fraction], ...] = tuple(
    (pattern, unit, Fraction(factor))
    for pattern, unit, factor in (
        ("平方公里|平方千米", "平方米", "1000000"), ("平方米|平米|m2", "平方米", "1"), ("亩", "亩", "1"),
        ("公里|千米|km", "米", "1000"), ("厘米|公分|cm", "米", "1/100"), ("毫米|mm", "米", "1/1000"), ("米|m(?![a-z0-9])", "米", "1"),
        ("立方米|m3", "立方米", "1"), ("公斤|千克|kg", "公斤", "1"), ("斤", "公斤", "1/2"), ("吨", "公斤", "1000"), ("克|g(?![a-z0-9])", "公斤", "1/1000"),
        ("个?工作日", "工作日", "1"), ("个?季度?", "月", "3"), ("周年|年", "月", "12"), ("个?月", "月", "1"),
        ("周(?!岁|边|末|围)|个?星期(?![一二三四五六日天])|个?礼拜(?![一二三四五六日天])", "分钟", "10080"), ("昼夜|天|日", "分钟", "1440"), ("个?小时|个?钟头", "分钟", "60"), ("分钟", "分钟", "1"), ("秒", "秒", "1"),
        ("点(?!建议|意见|要求)|时(?![间候期])", "点", "1"),
        ("元|块钱|块|圆", "元", "1"), ("角|毛钱?", "元", "1/10"), ("%|个?百分点", "%", "1"), ("成(?![为立员本功])", "%", "10"), ("倍", "倍", "1"),
        ("周?岁", "岁", "1"), ("楼|层", "层", "1"), ("摄氏度|度|℃|°c", "度", "1"), ("千瓦|kw", "瓦", "1000"), ("瓦|w", "瓦", "1"),
        ("伏|v(?![a-z])", "伏", "1"), ("安(?!全|装|排)", "安", "1"), ("分贝|db", "分贝", "1"),
        ("名|位|个?人", "人", "1"), ("户|家", "户", "1"), ("辆|台|部|车(?![位棚库道站])", "辆", "1"), ("次|回|遍", "次", "1"), ("条|款|项", "条", "1"),
        ("级|档|等", "级", "1"), ("个|只|根|座|处|套|组|支|张|份|幢|栋|把|种|类|方面|道|头|盏|块|口|间|所|棵|株|件|本|节|架|艘|瓶|箱|袋|桶", "", "1"),
    )
)  # fmt: skip
_UNIT = re.compile("|".join(f"(?P<u{n}>{pattern})" for n, (pattern, _, _) in enumerate(UNITS)))

# Least and most, however they are said; without this 「不少于」 would look like a negation.
_LEAST = re.compile(
    r"不(?:得|应|能|要|可|应当|可以)?(?:少|低|小|短|近|轻)于|至少|最少|最低|起码|最[短小近早](?=\s*[0-9零一二两三四五六七八九十百半])|(?<![未不])(?<!未年)(?:年满|满(?=\s*[0-9一二两三四五六七八九十百]{1,4}周?岁))|(?<!不)(?<!不得)(?<!不能)(?<!不应)(?<!不应当)(?<!不可以)(?:超过|超出|多于|高于|大于|长于)"
)
_MOST = re.compile(
    r"不(?:得|应|能|要|可|应当|可以)?(?:超过|超出|多于|高于|大于|长于|重于|超)|至多|最多|最高|顶多|封顶|最[长大远晚迟](?=\s*[0-9零一二两三四五六七八九十百半])|(?:少|低|小|短)于|不足|不满|未满|不到"
)
_ANY = re.compile("[0-9零〇一二两三四五六七八九十百千半]")
_IDIOMS = re.compile(
    "半夜|大半|千万(?=[不别要注])|万一|(?<![一二两三四五六七八九百千零几])十分(?![贝钟之米])|百姓|千家万户|一刀切|一一|五花八门|七嘴八舌|四通八达|三无|二手|二次|"
    "两轮|三轮|四轮|二维码|半径|半导体|半成品|一半以上|(?<![零一二两三四五六七八九十百])一点(?![零一二三四五六七八九])|(?<![零一二两三四五六七八九十百千])一块(?=[\u4e00-\u9fff])(?![钱多二两三四五六七八九])|(?<![零一二两三四五六七八九十百千])一[个种些下样直定旦般起切致同经体再味时刀把方](?!月|人|小时|工作日|季度|星期|礼拜)|"
    "百分百|百分之百|第一时间|三方|双方|两方|两者|十字|五保|二婚|二胎|万分|万达|八成(?=[是会])|两头|两侧|两边|两会"
)
_DIGITS = "[一二两三四五六七八九十百]+|[0-9]{1,4}"
_PARTS = re.compile(
    rf"(?P<whole>(?!百分)(?:{_DIGITS}))分之(?P<part>{_DIGITS})|(?P<above>[0-9]{{1,3}})[/⁄](?P<below>[0-9]{{1,3}})"
)
_HEIGHT = re.compile("([一二两三四])米([一二三四五六七八九])(?![米十百个])")
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟两", "一二三四五六七八九十百千两")
_APART = re.compile(
    f"([≥≤])([^,.，。;；≤≥{_ANY.pattern[1:-1]}]{{1,8}})(?=[{_ANY.pattern[1:-1]}])"
)  # 至少要配三十
_HUNDRED = re.compile("(?<=每)百(?=[户人名家])")
_EACH = re.compile("[每按逐](?=个?(?:季度?|月|周|星期|礼拜|年|天|日)(?![底末初头]))")
_FIGURE = r"\d+(?:,\d{3})*(?:\.\d+)?"
_NUMERAL = "[零〇一二两三四五六七八九十百千]+(?:点[零一二三四五六七八九]+)?"
_NUMBER = re.compile(
    rf"(?P<most>[≥≤])?\s*[为是在有到达过]?\s*(?:(?P<share>百分之)|(?P<nth>第))?"
    rf"(?:(?P<half>半)|(?P<number>{_FIGURE}|{_NUMERAL})\s*(?P<scale>万亿|[万亿千百](?![瓦米克]))?(?P<about>[多余来几])?)\s*"
)
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-4]):00(?!\d)")
_DAILY = re.compile(r"(?<![每一二两三四五六七八九十0-9当])([天月年])\1(?![审检底末度有])")  # 天天 is 每天
_KWH = re.compile("千瓦时|kwh")
_ANIMAL = re.compile("条(?=[狗犬鱼])")
_HALF = re.compile("(?:超过|过)半数?(?!年|个?月)|(?:半数|一半)以上|(?:超过|过)一半")
_CEILING = re.compile(
    rf"((?:上限|限值|控制在|限速|限[到在为于])[^,.，。;；≤≥{_ANY.pattern[1:-1]}]{{0,8}})(?=[{_ANY.pattern[1:-1]}])"
)
_RANGE = re.compile(
    rf"(?<![0-9.,零〇一二两三四五六七八九十百千])(?P<low>(?P<lowest>{_FIGURE}|{_NUMERAL})(?P<lows>[万千百])?)(?P<lowu>元|块钱?|%)?[-~到至—]+"
    rf"(?P<high>(?P<highest>{_FIGURE}|{_NUMERAL})(?P<highs>[万千百])?)(?P<unit>元|块钱?|%)?"
)
_AFTER = re.compile(
    r"\s*(?:的|钱)?(?:(?P<least>以上|起步)|(?P<most>以下|以内|之内|范围(?:以|之)?内|内(?!部|容|的)))"
)
_ONE_OF = {
    "",
    "条",
    "辆",
    "人",
    "户",
    "层",
    "次",
}  # 一 before these is only 「a」; 两 still differs from nothing
_HOW_OFTEN = re.compile("每1?个?(?:[天日周月年季]|星期|礼拜)|一[天日周月年季]")
_EVENING = re.compile("(?:晚上?|夜里|夜间|深夜|下午|傍晚|午后)$")
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "万亿": 10**12}


def bounded(text: str) -> str:
    """The text with 「不少于」, 「至少」 … written ≥ and 「不超过」, 「最多」 … written ≤, and without idioms of numbers."""
    text = _DAILY.sub(r"每\1", text.translate(_CAPITALS))
    if _ANY.search(text):
        text = _CLOCK.sub(
            r"\1点", _ANIMAL.sub("只", _KWH.sub("度", _HALF.sub("≥50%", _HUNDRED.sub("100", text))))
        )
        text = _CEILING.sub(r"\1≤", _RANGE.sub(_from_to, text))
    plain = _EACH.sub(r"\g<0>1", _PARTS.sub(_percent, _IDIOMS.sub(" ", text)))
    return _APART.sub(r"\2\1", _MOST.sub("≤", _LEAST.sub("≥", _HEIGHT.sub(r"\1点\2米", plain))))


def _from_to(match: re.Match[str]) -> str:
    """200-500元, 一万到十万 after 罚 → 200元以上500元以下."""
    unit = (
        match["unit"]
        or match["lowu"]
        or ("元" if "罚" in match.string[max(0, match.start() - 6) : match.start()] else "")
    )
    if not unit or re.search("[由从]$", match.string[: match.start()]):
        return match[0]
    try:
        low, high = _value(match["lowest"], match["lows"]), _value(match["highest"], match["highs"])
    except ValueError:
        return match[0]
    return f"{match['low']}{unit}以上{match['high']}{unit}以下" if low < high else match[0]


def _percent(match: re.Match[str]) -> str:
    """三分之二, 2/3 → per cent, to four places."""
    whole, part = match["whole"] or match["below"], match["part"] or match["above"]
    return f"{float(100 * _value(part, None) / (_value(whole, None) or 1)):.4f}%"


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text already `bounded`, in order of mention, none twice."""
    return tuple(dict.fromkeys(one for one, _ in found(text)))


def without(text: str) -> str:
    """The text with its quantities left out."""
    for _, (start, end) in reversed(list(found(text))):
        text = f"{text[:start]} {text[end:]}"
    return text


def found(text: str) -> list[tuple[Quantity, tuple[int, int]]]:
    """Each quantity with where it stands, from and to."""
    each: list[tuple[Quantity, tuple[int, int]]] = []
    at = 0 if _ANY.search(text) else len(text) + 1
    while at <= len(text) and (match := _NUMBER.search(text, at)):
        unit = _UNIT.match(text, match.end())
        end = unit.end() if unit else match.end()
        at = max(end, match.end(), at + 1)
        if (quantity := _quantity(match, unit, text, end)) is not None:
            each.append((quantity, (match.start(), end)))
    return each


def _quantity(match: re.Match[str], unit: re.Match[str] | None, text: str, end: int) -> Quantity | None:
    number = match["number"] or ""
    lone = len(number) <= 1 and not number.isascii()
    if lone and not unit and not match["share"] and not match["nth"]:
        return None
    try:
        value = Fraction(1, 2) if match["half"] else _value(number, match["scale"])
    except ValueError:
        return None
    name, factor = _unit(unit)
    if match["share"]:
        name, factor = "%", Fraction(1)
    if match["nth"]:
        name = f"第{name}"
    if value == 1 and not match["nth"] and name in _ONE_OF and not (name == "次" and _HOW_OFTEN.search(text)):
        return None
    if name == "点" and value <= 12 and _EVENING.search(text, 0, match.start()):
        value += 12
    after = _AFTER.match(text, end)
    bound = match["most"] or (("≥" if after["least"] else "≤") if after else "")
    return (_times(value, factor), name, bound + (match["about"] or ""))


_times = lru_cache(maxsize=1024)(mul)


def _unit(match: re.Match[str] | None) -> tuple[str, Fraction]:
    if not match or not match.lastgroup:
        return "", Fraction(1)
    _, name, factor = UNITS[int(match.lastgroup[1:])]
    return name, factor


@lru_cache(maxsize=1024)
def _value(number: str, scale: str | None) -> Fraction:
    """The value of figures or a numeral, with its 万 or 亿. ValueError when it is none."""
    plain = number.replace(",", "")
    if plain[:1].isascii():
        return Fraction(plain) * _SCALES.get(scale or "", 1)
    whole, _, part = plain.partition("点")
    value = Fraction(0 if whole in "零〇" else from_chinese(whole))
    if part:
        value += Fraction("0." + "".join(str(from_chinese(c)) if c != "零" else "0" for c in part))
    return value * _SCALES.get(scale or "", 1)
