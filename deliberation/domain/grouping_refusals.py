"""What a remark refuses, exempts, takes away, bewails or denies, and of what: the words for it, and within which reach they stand."""

import re

from deliberation.domain.grouping_words import NEUTRAL, content, pairs

_QUESTIONS = re.compile(r"门禁|禁毒|宵禁|违禁|是否|能不能|可不可以|要不要|有没有|会不会|行不行|该不该|应不应该|同不同意|好不好|是不是|对不对|不得不|不能不|不可不|不得已|无不|(?:^|(?<=[^\w]))要不(?!得)|不只|不光是|不光|不仅|不但|不管|不论|无论|不断|不同(?!意)|不少|不久|不过|不然|不如|不妨|不免|不锈钢|不动产|不良|不知道|对不起|差不多|来不及|无人机|无障碍|未来|没完|别人|别的|别墅|(?<![小景校街社地园辖片厂库院])区别|特别|(?<![班年])级别|类别|性别|(?<![公广])告别|识别|鉴别|别处|别家|非常|非法|并非易事|除非|非要|非得|从而|无偿|无线|无形|没准|不一定|未必")  # fmt: skip
_FORBID = re.compile(r"不得(?!已|了)|不准|不许|不允许|不予|不由(?!得|自主|分说)|不归|不作|不做|不加|不能够?|不可以|不可(?!少|缺)|不要|不让|不应当|不应该|不应|不该|不宜|不当(?=为)|不再|(?<!解)禁止|严禁|禁(?![毒令区])|请?勿|莫|(?<![个分])别(?!说)|反对|不太?同意|不赞成|不支持|不赞同|不认可|不接受|不主张|不建议|不希望|不想|不愿意?|制止|岂能|岂可|怎么?能|哪能|凭什么|谁说")  # fmt: skip
_EXEMPT = re.compile(
    r"不必|不用|不需要?|无需|无须|毋需|毋须|免于|免予|免除|免(?=[收交缴除付摊出检办登担押考试])|没必要|没有必要|豁免|不强制|不强求|不作要求|不做要求|何必|何须|何苦|多此一举|多余|画蛇添足|无必要|不必要|没有?意义|没什么?用|大可不必|不见得"
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
_BY_SELF = re.compile("(?<=由)[^,。;]{1,10}?自(?:行|己)")  # whoever it is left to does it himself
_EXCEPT = re.compile("除外|例外|以外|之外|除[^，。；]{1,14}外|另有规定|除非")
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
_OUTRIGHT = re.compile(f"{_FORBID.pattern}|{_EXEMPT.pattern}|{_REMOVE.pattern}")
_MAY = re.compile("(?<!不)(?:可以|允许|准许|准予|有权)|自愿|酌情|可(?=由|自|不|采|在|免)|自己决定|自行决定")
_MUST = re.compile(
    "(?<![适反响供相对效])应(?![急用对酬付收届])|必须|务必|须|一律|(?<![不需只主重首想摘还])要(?![求点么素是不紧])"
)
_HOW = "[高低多少大小长短重轻严松宽快慢早晚远近贵]"
_TOO = re.compile(f"[太过偏]({_HOW})|({_HOW})了")
_MORE = re.compile(f"(?:再|更|还要?|加|调|放|不够)({_HOW})|({_HOW})(?:一?[点些])")
_LACK = re.compile("不够|不足")
_ON_LEAVE = re.compile(
    "(?:经|须有|必须有|要有|取得|征得|得到|获得)[^，,。；;]{0,18}(?:批准|同意|许可|审批|审核)|凭[^，。；]{1,6}(?:证|函|信)"
)
_UNLIKE = re.compile("不同(?!意)|不一样|不一致|有别|区别对待|差别|分类管理|分别管理")
_ASKING = re.compile("(?<!好)吗[?。!]*$|(?<!怎么办)(?<![?])[?]+$")
_SUFFERING = re.compile("被[^,。;被]{1,6}?[人方者]")  # 被投诉人 is the other one
_TWO = re.compile(r"[^\W≥≤]{1,2}")


def refusals(neutral: str, written: str) -> frozenset[tuple[str, int]]:
    """How often each kind of refusal (N, E, R …) or reservation occurs."""
    marks = (
        ("N", _FORBID, neutral),
        ("E", _EXEMPT, neutral),
        ("R", _REMOVE, neutral),
        ("P", _PERMITTED, written),
        ("V", _TURN_DOWN, neutral),
        ("S", _SELF, _BY_SELF.sub("", neutral)),
        ("X", _EXCEPT, neutral),
        ("B", _BUT, neutral),
        ("Q", _RHETORICAL, neutral),
        ("L", _ON_LEAVE, neutral),
        ("D", _UNLIKE, written),
        ("A", _ASKING, written),
        ("I", _SUFFERING, written),
    )
    return frozenset((name, _times(name, len(word.findall(said)))) for name, word, said in marks)


def unrefused(written: str) -> str:
    """The text without refusals and exemptions."""
    return _EXEMPT.sub(" ", _FORBID.sub(" ", written))


def degrees(written: str) -> tuple[frozenset[str], frozenset[str]]:
    """Of what there is said to be too much, and of what more is wanted."""
    return _degrees(_TOO, written), _degrees(_MORE, written)


def _times(kind: str, count: int) -> int:
    """How often counts: what is refused twice is another thing refused, or a yes again; the rest is there or is not."""
    return count if kind in "NERP" else min(count, 1)


def neutral(written: str) -> str:
    """The text without what only looks like a refusal."""
    if not written:
        return ""
    spoken = written.replace("未成年人", "孩子").replace("未成年", "孩子")
    allowed = _PERMITTED.sub("允许", _DOUBLE.sub(" ", _ALLOW.sub("允许", _STOP.sub("禁止", spoken))))
    return NEUTRAL.sub(" ", _QUESTIONS.sub(" ", allowed))


def musts(neutral: str) -> str:
    """Whether something shall be (must) or only may be (may), where only one of the two is said."""
    may, must = bool(_MAY.search(neutral)), bool(_MUST.search(neutral))
    return "" if may == must else "may" if may else "must"


def scopes(asked: str, told: str) -> tuple[frozenset[str], frozenset[str]]:
    """Pairs of characters within reach of a refusal, and those outside of any."""
    inside: set[str] = set()
    outside: set[str] = set()
    before: set[str] = set()
    for clause in _CLAUSE.split(_JOINED.sub("", f"{asked},{_said_no(told)}")):
        hit = next((m for word in (_FORBID, _EXEMPT, _REMOVE) if (m := word.search(clause))), None)
        if not hit:
            outside |= (before := pairs(content(clause)))
            continue
        after = pairs(content(clause[hit.end() :]))
        inside |= after or pairs(content(clause[: hit.start()])) or before
        if after and (modal := _MODAL.search(clause, 0, hit.start())):
            outside |= pairs(content(clause[modal.end() : hit.start()]))
    return frozenset(inside), frozenset(outside - inside)


def _said_no(told: str) -> str:
    """Of the reasons only those that refuse something outright or bewail too much or too little of it."""
    return ",".join(
        clause
        for clause in _CLAUSE.split(told)
        if _OUTRIGHT.search(clause) or _TOO.search(clause) or _LACK.search(clause)
    )


def tones(asked: str, told: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Each clause's pairs of characters, and whether it refuses (N), bewails (T) or does neither ("")."""
    return tuple(
        (_tone(clause), frozenset(pairs(content(clause))))
        for clause in _CLAUSE.split(_JOINED.sub("", f"{asked},{_said_no(told)}"))
    )


def _tone(clause: str) -> str:
    rest = _LACK.sub(" ", clause)
    if _NO.search(rest):
        return "N"
    return "T" if rest != clause or _TOO.search(clause) else ""


def _degrees(word: re.Pattern[str], written: str) -> frozenset[str]:
    return frozenset(found[1] or found[2] for found in word.finditer(written))


def denied(neutral: str) -> frozenset[str]:
    """The two characters after each plain negation (不安全 → 安全)."""
    rest = _REMOVE.sub(" ", _EXEMPT.sub(" ", _FORBID.sub(" ", neutral)))
    return frozenset(after[0] for m in _DENY.finditer(rest) if (after := _TWO.match(rest, m.end())))
