"""What a remark asks for and what it only gives as a reason; which quantities it wants and which it wants to leave behind.

Reasons complain (没人管, 太长, 睡不着): their negations point the way of what is asked, so that they are no refusals;
their quantities (三四天才来, 由十五日) are not what is asked for.
"""

import re
from fractions import Fraction

from deliberation.domain.grouping_numbers import Quantity, found
from deliberation.domain.grouping_words import ACTORS, content, pairs

Amounts = frozenset[tuple[Fraction, str]]
Wanted = tuple[tuple[Quantity, ...], Amounts, Amounts]
CLAUSE = re.compile(r"[^\w\s≥≤%/~:.、\-]+|\n|(?<=[^\d])\.|但是|但(?!书)")
ASKS = re.compile(
    r"建议|希望|恳请|请(?![示假问])|呼吁|应(?![用急酬])|必须|务必|须|(?<![只主重首想没])要(?![点么])|该(?![条款项村镇法])|不得|不准|不许|不能|不可|不宜|不让|别(?![的人处墅])|"
    r"才(?:管用|行|能|有用|可以|够|合适|合理|对|好)|不行|不适用|无权|不妥|不合适|禁|可以|允许|准许|准予|取消|删[去除掉]|保留|改[为成]|缩短[为到]|延长[为到]|提高到|降低?[为到]|反对|赞成|支持|同意|不必|无需|无须|不用|不需|有权|只准|只能|一律|≥|≤|由[^,，。]{2,12}(?:负责|承担|出|受理|管)"
)
COMPLAINS = re.compile(
    r"[太过偏](?=[高低长短重轻多少严宽松远近大小早晚慢快贵紧频吵难])|没|\w不(?!开[放设办展征发工业通辟除]|上[调浮报市牌涨学课交缴]|下[调放降浮]|动[用工迁]|清[退运理除扫洗查算空场]|成立|过[户问])[着了起到住开上下及动清见完过懂成惯]|不(?:够|足|便|方便|安全|公平|卫生|干净|清楚|放心|会|知道|科学|舒服|文明|起作用)|无(?:人|法|处|力|奈)|(?:至今|从|尚)未|难|才|了|因为|由于|现在|目前|如今|防止|防范|避免|影响|害|危险|容易|我(?!们?建议)|我家|邻居|[都老]是|很|特别|扰|堵|坏|乱|臭|吵|脏|得[^，。]{0,3}[不慌]|好几"
)
BECAUSE = re.compile(
    r"^\s*(?:因为|由于|为了?(?=防止|避免|保障|保护|方便|减少|[^,，。]{2,10}安全|[^,，。]{2,10}$)|否则|不然|以免|免得|省得|以防)"
)
# A clause that only says how the one before is to be taken: it belongs to that one.
BARE = re.compile(
    r"(?<![,，。;；!！])[,，。;；!！]+(?=(?:我们?|本人|个人|大家|坚决|完全|强烈|所以|因此|建议|希望|请|应当?|应该|应予|予以|必须|一律|一定|要|都|全部|明确|也|很)*"
    r"(?:禁止|严禁|取消|反对|不赞成|不同意|不支持|不赞同|不合适|不妥|赞成|同意|支持|赞同|保留|删去|删除|删掉)"
    r"(?:这样做|这么做|[这本该此]一?[条款项](?:规定)?|吧|了|的|掉)*(?:[,，。;；!！]|\s*$))"
)
_POLITE = re.compile(
    r"(?:^|(?<=[,，。;；!！]))\s*(?:以上(?:意见|建议)[,，]?)?(?:谨此|特此)?(?:恳请|敬请|请|希望|望|盼|供)(?:有关部门|立法机关|各位|领导|贵委|你们)?(?:能够?|给予|予以|认真|慎重|充分|酌情|一并|加以)*"
    r"(?:研究|考虑|采纳|斟酌|参考|重视|审议|论证|谢谢)+(?:为盼|谢谢)?\s*(?:[,，。;；!！]|$)|(?:^|(?<=[,，。;；!！]))谢谢[^,，。;；!！]{0,4}[,，。;；!！]?"
)
_TURNED_INTO = re.compile(
    r"^[^,，。;；]{0,8}?(?:(?:修?改|缩短|减少|压缩|延长|增加|提高|上调|提升|降低?|下调|放宽|调整?|变|减|涨|升|压|减轻|加重|放开)[为成至到]|改(?=[0-9一二两三四五六七八九十百半])|[,，]?(?:建议|应当?|应该)?(?:修?改[为成]|调整为))"
)
_FOUND_BAD = re.compile(
    r"[太过偏][高低长短重轻多少严宽松远近大小早晚慢快贵紧频]|不够|不足|不合理|不合适|不妥|来不及|不现实|仓促|频繁|[长短高低重轻多少早晚贵]了|^[^,，。]{0,3}的?规定"
)
NEAR = 40  # letters around a quantity that say what it is
ASKED = 4  # letters; 「建议明确」 alone asks for nothing
_CASE = re.compile("(?<=的)[,，]")  # 「……的，」 names the case a rule is for
_STOPS = re.compile("[,，。;；!！]")
_OUGHT = re.compile("应|改为|改成|建议")
_OF_ARTICLE = re.compile(r"^(?:第.{1,3}[款项])?(?:中的?|里的?|的|规定的?|[,，:：])")
_NO = "不(?:应当?|应该|能够?|要|宜|可以?|得|该)"
_NOT = f"(?:{_NO}|不(?:准|许|必|用|需要?)|(?<![个分特级类性告识鉴差派辨])(?:(?<!区)|(?<=[小景校街社地园辖片厂库院]区))别)"
_END = "(?=的?(?:规定|做法|制度|条款|项目)?(?:[,，。;；!！]|$))"
# Ways of saying a thing that turn round twice, or by another word: said in one way. Asked only where the first word stands.
TURNS = tuple(
    (hints.split(), re.compile(pattern), said)
    for hints, pattern, said in (
        ("就", r"不(?:能|是)?(?:说|想)(\w{1,3})就\1", ""),
        ("理由", "(?:无|没有?)(?:正当|合理)的?理由(?=[^,，。;；]{0,3}(?:不得|不能|拒))", ""),
        ("无偿", "无偿", "免费"),
        ("没 无", "(?:没有?|无)(?:人|谁|[哪一任][个何][^,，。;；]{0,4}?)不(?![是同])", "都"),
        ("权 资格", "无权|没有?(?:这个|该)?权[利力]?|[无没]有?资格", "不得"),
        ("白", "不能(?:让[^,，。;；]{0,6})?白[干做跑受]", ""),
        ("证 许可 批准", "(?:没有?|未|不)(?:依法)?(?:取得|办理|领取|获得|办)([^,，。;；]{0,8}?)(?:许可证?|执照|证)", r"未经\1许可"),
        ("无证 未经", "无证|未经(?:批准|许可)", "未经许可"),
        ("未经 没经 不经", "(?:未经|没有?经过?|不经)([^,，。;；]{1,10}?)(?:同意|许可|批准)[^,，。;；]{0,4}[,，]?([^,，。;；]{0,6}?)(?:不得|不能|不准|禁止)", r"\2须征得\1同意才能"),
        ("国标", "非国标", "超标"),
        ("停", "停工|停止施工|停止作业", "不得施工"),
        ("没 未 欠", "(?:没有?|未)(?:按时|按期|及时)?(?:交|缴)纳?(?=[^,，。;；]{0,4}[费钱])|欠[交缴]", "拖欠"),
        ("禁 限制", f"(?:{_NOT}|不)(?:再|一律|全面|完全|一刀切地?|简单地?)?(?:禁(?![不止])|禁止|限制(?![于在]))", "允许"),
        ("不", f"{_NOT}(?:因为?|以)[^,，。;；]{{1,14}}(?:剥夺|限制|禁止|取消|拒绝|影响|排除)", "允许"),
        ("允许 准", f"(?:{_NO}|不予|不会|不)(?:允许|准许|准予)", "禁止"),
        ("不", f"{_NOT}(?:再|予以|随意|轻易)?(?:取消|删去|删除|删掉|废除|撤销|砍掉|拿掉)", "保留"),
        ("取消", f"取消([^,，。;；]{{0,8}}?)(?:收费|费用|(?<!免)费){_END}", r"免费\1"),
        ("取消", f"([^,，。;；]{{2,8}}?)(?:收费|费用|(?<!免)费)(?:应当?|应该|应予|予以|要|全部|一律)*取消{_END}", r"\1免费"),
        ("收 免", f"{_NOT}(?:再?[向对给][^,，。;；]{{1,8}})?再?(?:另行?|额外)?(?:收取?费用?|收钱|收取|收(?=了|[,，。;；!！]|$))|(?<![不未])免(?:收|交|缴|除(?=[^,，。;；]{{0,6}}[费票])|票)|不收(?=费|钱|取)(?:费|钱|取)", "免费"),
        ("收", f"(?:{_NOT}|不)再?收取?([^,，。;；收]{{1,6}}?费(?!用)|[^,，。;；收]{{0,4}}门票)", r"\1免费"),
        ("免费", f"{_NO}免费", "收费"),
        ("收", "(?<![不免多少])收取?([^,，。;；收的]{1,6}?费(?!用)|[^,，。;；收]{0,4}门票)", r"\1收费"),
        ("拒", f"(?:{_NOT}|不)(?:再|随意|无故)?(?:被|遭到?)拒绝?", "允许"),
        ("反对", "(?:并)?不反对", "同意"),
        ("可以 允许 准 有权", "(?<!不)(?:应当?|应该|必须|要)(?=可以|允许|准许|准予|有权)", ""),
        ("前", "(?<=[\\w])(?<![之以事目当先提])前(?=应|必须|要|须|先|[,，]|进行|[0-9一二三四五六七八九十]+[日天个])", "之前"),
        ("后", "(?<=[\\w])(?<![之以事然最先随])后(?=应|必须|要|须|再|[,，]|进行|[0-9一二三四五六七八九十]+[日天个])", "之后"),
    )
)  # fmt: skip


def plainly(written: str) -> str:
    """The text without courtesies and turns that are turned round again: 不应禁止 is 允许, 不再收费 is 免费."""
    written = BARE.sub(" ", _POLITE.sub("", written))
    for hints, word, said in TURNS:
        if any(hint in written for hint in hints):
            written = word.sub(said, written)
    return written


_FIRST = re.compile(
    r"先(?:行|要)?([^,，。;；再后才]{1,12})[,，]?[^,，。;；]{0,6}?(?:再|然后|才|之?后)([^,，。;；]{1,12})"
)
_THEN = re.compile(
    r"([^,，。;；]{2,14}?)(?:之后|以后)[,，]?(?:应当?|应该|必须|要|再|才|可以|进行)*([^,，。;；]{2,14})"
)
# 围墙高度不得超过树冠 is not 树冠高度不得超过围墙
_COMPARED = re.compile(
    r"([^,，。;；≥≤]{1,14})([≥≤])(?!\s*[为是在有到达过]?\s*[0-9零一二两三四五六七八九十百千半])([^,，。;；≥≤]{1,14})"
)
_EARLIER = re.compile(
    r"([^,，。;；]{2,14}?)(?:之前|以前)[,，]?(?:应当?|应该|必须|要|先|就|进行)*([^,，。;；]{2,14})"
)


def sequence(written: str) -> tuple[frozenset[str], frozenset[str]]:
    """Pairs of letters of what comes first and of what follows it (先…再…, …之后…, …之前…, …不得超过…), or nothing."""
    if (match := _FIRST.search(written)) or (match := _THEN.search(written)):
        first, then = match[1], match[2]
    elif match := _EARLIER.search(written):
        first, then = match[2], match[1]
    elif match := _COMPARED.search(written):
        first, then = (match[1], match[3]) if match[2] == "≤" else (match[3], match[1])
    else:
        return frozenset(), frozenset()
    return _events(first), _events(then)


def _events(said: str) -> frozenset[str]:
    """The pairs of letters of what happens, without those it happens to."""
    for who in ACTORS:
        said = who.sub(" ", said)
    return frozenset(pairs(content(said)))


def clauses(written: str) -> list[tuple[str, bool]]:
    """Each clause, and whether it is only a reason. Where nothing is asked outright nothing is only a reason."""
    each = [clause for clause in CLAUSE.split(_CASE.sub(" ", written)) if clause and clause.strip()]
    if len(each) < 2:
        return [(clause, False) for clause in each]
    asks = [bool(ASKS.search(clause)) for clause in each]
    reasons = [_reason(clause, ask) for clause, ask in zip(each, asks, strict=True)]
    outright = (c for c, ask, reason in zip(each, asks, reasons, strict=True) if ask and not reason)
    if not any(reasons) or not any(len(content(clause)) >= ASKED for clause in outright):
        return [(clause, False) for clause in each]
    return list(zip(each, reasons, strict=True))


def _reason(clause: str, asks: bool) -> bool:
    if BECAUSE.match(clause):
        return True
    return not asks and bool(COMPLAINS.search(clause))


def wanted(written: str, reasons: list[str]) -> Wanted:
    """The quantities asked for, in order, those to be changed, and those a reason only tells."""
    want: dict[tuple[Fraction, str], str] = {}
    leave: set[tuple[Fraction, str]] = set()
    told: set[tuple[Fraction, str]] = set()
    every = found(written)
    for (value, unit, bound), (start, end) in every:
        before = _STOPS.split(written[max(0, start - NEAR) : start])[-1]
        after = _STOPS.split(written[end : end + NEAR])[0]
        if unit == "第条" and _OF_ARTICLE.match(written[end : end + NEAR]):
            continue
        here = f"{before}{written[start:end]}{after}".strip()
        if len(every) > 1 and (
            _TURNED_INTO.match(written[end : end + NEAR])
            or (_FOUND_BAD.search(after) and not _OUGHT.search(here))
        ):
            leave.add((value, unit))
        elif any(here in clause for clause in reasons):
            told.add((value, unit))
        else:
            want[value, unit] = want.get((value, unit)) or bound
    wants = tuple((value, unit, bound) for (value, unit), bound in want.items())
    return wants, frozenset(leave - set(want)), frozenset(told - leave - set(want))


def same_quantities(one: Wanted, other: Wanted) -> bool:
    """Whether both want the same; of what is left behind, and of what is told, one may say less than the other."""
    if len(one[0]) != len(other[0]) or not all(
        map(_same, sorted(one[0], key=_kind), sorted(other[0], key=_kind))
    ):
        return False
    return all(mine <= theirs or theirs <= mine for mine, theirs in zip(one[1:], other[1:], strict=True))


def _kind(one: Quantity) -> tuple[str, Fraction]:
    """「每月三百元」 is 「三百元每月」; from when to when counts in its order."""
    return one[1], one[0] if one[1] != "点" else Fraction(0)


def _same(one: Quantity, other: Quantity) -> bool:
    """「十日」 is 「十日内」: a time given for something is the longest time. 「三个」 of people are 「三名」."""
    if one[0] != other[0] or (one[1] != other[1] and {one[1], other[1]} != {"", "人"}):
        return False
    return one[2] == other[2] or (one[1] in {"分钟", "工作日", "月"} and {one[2], other[2]} == {"", "≤"})
