"""What a remark asks for, apart from its reasons; which quantities it wants; what is said in a roundabout way."""

from unicodedata import normalize

import pytest

from deliberation.domain.grouping import Remark, group
from deliberation.domain.grouping_demand import clauses, plainly, same_quantities, sequence, wanted
from deliberation.domain.grouping_numbers import bounded
from deliberation.domain.grouping_sense import opposed, sense


def written(text):
    return plainly(bounded(normalize("NFKC", text).casefold()))


def reasons(text):
    return [clause for clause, reason in clauses(written(text)) if reason]


def quantities(text):
    return wanted(written(text), reasons(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("充电桩坏了没人管，建议由物业负责维护。", ["充电桩坏了没人管"]),
        ("工地夜里吵得睡不着，应规定晚上十点后不准施工。", ["工地夜里吵得睡不着"]),
        ("建议取消押金，否则没有人借书。", ["否则没有人借书"]),
        ("水价维持不变。请认真研究采纳。", []),  # a courtesy asks for nothing
        ("建议明确，不公布投诉人姓名。", []),  # nor does what only begins to ask
        ("应当由街道审批，区里不行。", []),  # a refusal is no reason
        ("物业费太高。", []),
    ],
)
def test_reasons(text, expected):
    assert reasons(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("答复期限由十五日缩短为十日。", "答复期限15日太长，应当改为10日。"),
        ("建议将期限从15日改成10日内。", "期限应当为十日。"),
        ("我邻居摔倒两天才被发现，建议给独居老人安装呼叫装置。", "应当给独居老人安装呼叫装置。"),
        ("罚款五百元以上两千元以下。", "处500-2000元罚款。"),
        ("罚一万到十万。", "处一万元以上十万元以下罚款。"),
        ("年龄上限提高到65周岁。", "年龄不超过六十五周岁。"),
        ("8:00至18:00。", "早上八点到下午六点。"),
        ("补贴每月不低于三百元。", "每个月至少补助300元。"),
        ("经半数以上业主同意。", "要有一半以上的业主同意。"),
        ("第三条规定的期限改为十日。", "期限改为十日。"),
    ],
)
def test_the_same_is_wanted(one, other):
    assert same_quantities(quantities(one), quantities(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("答复期限由十五日缩短为十日。", "答复期限由十日延长为十五日。"),
        ("答复期限由十五日改为十日。", "答复期限由七日改为十日。"),
        ("补贴三百元。", "补贴不超过三百元。"),
        ("从八点到十八点。", "从十八点到八点。"),
        ("第三款应当删去。", "第四款应当删去。"),
    ],
)
def test_something_else_is_wanted(one, other):
    assert not same_quantities(quantities(one), quantities(other))


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("不应当禁止养狗", "允许养狗"),
        ("不允许养狗", "禁止养狗"),
        ("应当允许养狗", "允许养狗"),
        ("登记费应当取消", "登记免费"),
        ("不应当再收取停车费", "免费停车费"),
        ("不应取消电召", "保留电召"),
        ("业主无权决定", "业主不得决定"),
        ("没有人不希望安静", "都希望安静"),
        ("决定前应当听取意见", "决定之前应当听取意见"),
    ],
)
def test_said_plainly(said, plain):
    assert plainly(said) == plain


@pytest.mark.parametrize(
    "text", ["先评估老年人能力,再办理入住", "入住之前应当进行能力评估", "评估以后再办理入住"]
)
def test_what_comes_first(text):
    first, then = sequence(text)
    assert "评估" in first
    assert "入住" in then


def why(one, other):
    return opposed(sense(one, "amend"), sense(other, "amend"))


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("应当先评估，再办理入住。", "入住以后再进行评估。", "sequence"),
        ("夜间施工由住建部门审批。", "夜间施工由环保部门审批。", "actors"),
        ("涨价须经业主同意。", "涨价须经业委会同意。", "actors"),
        ("应明确企业负责维护，而不是物业。", "应明确物业负责维护。", "actors"),
        ("小区应当配建充电场所。", "小区要不要配建充电场所，可以由开发商决定。", "opposites"),
        ("火车站应当设置出租车候客区。", "火车站候客区应当设置公共厕所。", "another matter"),
        ("上学时段禁止货车驶入。", "上学时段禁止私家车驶入。", "another kind"),
        ("夏季开放时间应当延长。", "开放时间到了冬天应当延长。", "another kind"),
        ("课后看护应当免费。", "公办学校课后看护应当免费。", "another kind"),
        ("摊位都应当登记。", "摊位登记应当免费。", "another kind"),
    ],
)
def test_why_not_together(one, other, reason):
    assert why(one, other) == why(other, one)
    assert why(one, other) == reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("建议禁止电动车进电梯。", "不应当允许电动车进电梯。"),
        ("低保户应当免收垃圾费。", "垃圾费不应向低保户收取。"),
        ("充电设施由物业负责维护。", "充电桩坏了没人管，建议由物业负责维护。"),
        ("业委会换届应当由居委会指导。", "居委会应当指导业委会换届。"),
    ],
)
def test_said_otherwise_and_the_same(one, other):
    each = [Remark(str(n), "art_1", "amend", text) for n, text in enumerate((one, other))]
    assert [found.members for found in group(each).groups] == [("0", "1")]
