"""Hints on words: a table of what is written, what the rules write instead, and why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from deliberation.domain.errors import Said, _
from deliberation.domain.provisions import Draft
from deliberation.domain.style_hints_values import Hint, texts

_LAWS = r"(?=本(?:法|条例|规定|办法)第|《[^》]*(?:法|条例)》|有关法律、|法律、)"


@dataclass(frozen=True, slots=True)
class WordRule:
    """Where `pattern` stands, `wording` (a template of `re`) replaces it."""

    code: str
    pattern: re.Pattern[str]
    wording: str
    sentence: str


def _rule(code: str, pattern: str, wording: str, sentence: str) -> WordRule:
    return WordRule(code, re.compile(pattern), wording, sentence)


WORD_RULES = (
    _rule("must", r"必须(?![的品])", "应当", _("表示义务一般用“应当”，不用“必须”。")),
    _rule("not_permitted", r"不准(?![予确备]|出境|入境)", "不得", _("表示禁止用“不得”或者“禁止”，不用“不准”。")),
    _rule("strictly", r"严禁", "禁止", _("表示禁止用“不得”或者“禁止”，不用“严禁”。")),
    _rule("point_brackets", r"第[（(]([一二三四五六七八九十百]+)[）)]项", r"第\1项", _("引用项的时候，序号不加括号。")),
    _rule("other", r"其它", "其他", _("用“其他”，不用“其它”。")),
    _rule("account", r"帐(?=[户簿目册务号单款])", "账", _("账户、账簿的“账”不写作“帐”。")),
    _rule("make", r"做出(?=[^，。；]{0,12}(?:决定|决议|判决|裁定|处理|处罚|规定|解释|说明|答复|承诺))", "作出", _("“作出”决定、处理等，不写作“做出”。")),
    _rule("pay", r"交纳(?=[^，。；]{0,6}(?:税|罚款|滞纳金|社会保险费|行政事业性收费))", "缴纳", _("税款、罚款、滞纳金用“缴纳”，不用“交纳”。")),
    _rule("log_in", r"登陆(?=[^，。；]{0,8}(?:系统|平台|网站|网页))", "登录", _("进入网站、系统用“登录”，不用“登陆”。")),
    _rule("one_of", r"有下列([^，。；：有]{1,8})之一(?=：|，(?![^。：]{0,40}的[，：]))", r"有下列\1之一的", _("“有下列情形之一”的后面加“的”。")),
    _rule("but", r"(?<=[，；。])但(?!是)，?(?=[^，。；]{1,30}除外)", "但是，", _("但书用“但是”，后面一般加逗号，不用单字“但”。")),
    _rule("according", rf"按照{_LAWS}", "依照", _("以法律、法规为依据的用“依照”；“按照”用于约定、章程、比例等。")),
    _rule("constitution", r"《(?:中华人民共和国)?宪法》", "宪法", _("引用宪法不加书名号，也不写全称。")),
)  # fmt: skip


def word_hints(draft: Draft) -> Iterator[Hint]:
    """All hints of this kind."""
    for node in texts(draft):
        for rule in WORD_RULES:
            for match in rule.pattern.finditer(node.text):
                wording = match.expand(rule.wording)
                yield Hint(rule.code, node.eid, Said(rule.sentence), match[0], match.start(), wording)
