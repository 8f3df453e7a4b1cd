"""Which kind of thing a remark is about: what is asked of lorries is not asked of private cars, of summer not of winter.

Kinds of one row exclude one another. A limiting word (外, 公办) narrows: without it, all are meant.
"""

import re
from typing import NamedTuple

from deliberation.domain.grouping_demand import ASKS

_ROWS = (
    "货车|卡车|大车|货运车",
    "私家车|自家车",
    "(?<!非)机动车|(?<![共货])汽车|轿车",
    "电动自行车|电动车|电瓶车|电单车|电驴",
    "(?<!电动)自行车|(?<!电)单车",
    "摩托",
    "三轮车",
    "公交|公共汽车",
    "校车",
    "出租车|出租汽车|的士",
    "网约车",
), (
    "春季|春天",
    "夏[季天日令]|暑[假期天]",
    "秋[季天日]",
    "冬[季天日令]|寒假|供暖季",
), (
    "组织者|领队|领头|牵头|带头|主办|发起人",
    "参与者|参加者|参与的人|参加的人",
    "观众|围观",
), (
    "(?<!祖)父母|家长",
    "祖父母|爷爷|奶奶|外公|外婆",
), (
    "饭店|饭馆|餐馆|餐饮|餐厅|食堂",
    "宾馆|酒店(?!水)|旅馆|民宿",
    "商场|超市|集市|菜市场",
    "(?:住户|居民|住家)(?:的|自己)?家|家[里中]|屋[里内]|住宅内",
), (
    "公园|绿地|广场",
    "地铁|公交|公共汽车|车厢",
    "医院|诊所",
    "学校|校园",
    "楼道|楼梯间|走廊|过道|门厅",
    "屋[里内]|家[里中]|入户",
    "车库|停车场",
), ("小学", "中学|初中", "高中", "大学|高校", "幼儿园|托儿所"), ("犬|狗", "猫"), ("早餐|早饭", "午餐|午饭", "晚餐|晚饭"), tuple(f"(?<![一二两三])(?:周|星期|礼拜){day}(?![次回趟天个年])" for day in ("一", "二", "三", "四", "五", "六", "[日天]"))  # fmt: skip
_KINDS = tuple(re.compile("|".join(f"({kind})" for kind in row)) for row in _ROWS)
_LIMITS = tuple(
    re.compile(words)
    for words in (
        "(?<=[园区馆店校院城厂楼屋室街站场池村镇])(?:之外|以外|外[面边头]|外(?![地卖部包墙来面援籍语立观]))",
        "公办|公立",
        "民办|私立",
        "(?<!重)新建",
    )
)
_BUT_FOR = re.compile("除[^,。;]{1,14}外")
_FEE = re.compile("免费|收费")
_MONEY = re.compile("[费钱价票元款资付补贴免收罚偿买押租]|分摊|报销|承担")


class Kinds(NamedTuple):
    """The kinds named of each row, the limits set, whether a fee is asked or forbidden, whether money is spoken of."""

    named: tuple[frozenset[int], ...] = ()
    limits: tuple[bool, ...] = ()
    fee: bool = False
    money: bool = False


def kinds(clauses: list[str], written: str) -> Kinds:
    """What is asked for, of which kind it is. A fee told of beside what is asked (用免费鸡蛋哄人) is not asked for."""
    asked = _BUT_FOR.sub(" ", ",".join(clauses))
    outright = [clause for clause in clauses if ASKS.search(clause)] or clauses
    return Kinds(
        named=tuple(frozenset(match.lastindex or 0 for match in row.finditer(asked)) for row in _KINDS),
        limits=tuple(bool(word.search(asked)) for word in _LIMITS),
        fee=any(map(_FEE.search, outright)),
        money=bool(_MONEY.search(written)),
    )


def other_kind(one: Kinds, other: Kinds) -> bool:
    """Whether they speak of kinds that exclude one another, one of fewer than the other, or only one of money."""
    if any(
        mine and theirs and not mine & theirs for mine, theirs in zip(one.named, other.named, strict=True)
    ):
        return True
    if one.limits != other.limits:
        return True
    return (one.fee and not other.money) or (other.fee and not one.money)
