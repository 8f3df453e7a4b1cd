"""Words for grouping: what is only manner of speaking, what means the same, what means the opposite, who acts.

Of our own collecting, from how residents and clerks speak of regulations; general, not of one subject.
"""

import re
from unicodedata import combining, normalize

# Manner of speaking: says that something is proposed or how one stands to it, not what.
PHRASES = re.compile(
    "我们?觉得|我们?认为|我们?建议|我们?希望|个人认为|个人建议|个人觉得|本人|我个人|咱们?|我们|大家|大伙儿?|老百姓|群众|"
    "建议|希望|请求|恳请|呼吁|提议|提出|能够|可以考虑|考虑|最好|是否可以|能否|可否|应当|应该|必须|务必|需要|一定要?|"
    "坚决|完全|原则上|支持|赞成|赞同|同意(?=本|这|该|此|将|把|在|[^，。]{4})|拥护|"
    "本条例?|这一?条|该条|此条|本款|这款|条文|条款|草案|条例|规定|法规|里面|其中|明确|写明|写清楚?|注明|载明|写进去?|写上|写入|列明|"
    "进一步|一下|的话|以及|并且|而且|或者|还是|就是|也是|都是|还有|还要|也要|都要|有关|相关|关于|对于|针对|方面|问题|情况|要求|"
    "非常|特别|十分|比较|实在|真的|确实|可以|允许|准许|进行|给予|予以|规范|日常"
)
PARTICLES = re.compile(
    "[我太很更最再还也都就才又吧呢啊呀嘛了的地得着过把将被给让使由对向在于和与及或等之其该这那有是为以所并且上里中应要请需须会能些个每]"
)

# The same thing under several names; the first stands for all.
SAME = (
    "电动自行车 电瓶车 电动车 电单车 电驴", "充电桩 充电设施 充电设备 充电插座 充电柜 充电点", "楼道 楼梯间 楼道间 走廊 过道", "小区 住宅区 居民区 院里",
    "物业 物业服务企业 物业服务公司 物业公司 物业企业 物管", "业主委员会 业委会", "居民委员会 居委会 社区居委会", "村民委员会 村委会",
    "公示 公布 公开 张贴出来", "罚款 处罚 罚金 罚钱", "收费 费用 收钱 价格 价钱 资费", "老年人 老人 老人家 上了年纪的人 高龄", "儿童 小孩子 小孩 孩子 娃娃",
    "安装 装设 加装 设置 配备 装上 增设 设立 添置", "检查 巡查 巡检 查看 排查", "培训 教育 学习班", "宣传 普及 告知",
    "投诉 举报 反映", "处理 解决 办理", "及时 尽快 马上 立即 尽早 赶快", "时间 时限 期限", "距离 间距", "标准 尺度", "太高 过高 偏高 太贵 过贵 贵 高了",
    "太低 过低 偏低 低了", "太少 过少 偏少 不够 不足 少了", "太重 过重 偏重 过严 太严", "太轻 过轻 偏轻", "危险 隐患 风险", "噪声 噪音 声音 吵",
    "遛狗 遛犬 携犬外出", "养犬 养狗 饲养犬只 饲养", "犬只 狗狗 狗 犬", "牵引绳 狗绳 犬绳 绳子 牵绳", "垃圾 废弃物", "分类 分开", "出租车 出租汽车 的士", "司机 驾驶员 驾驶人", "乘客 坐车的",
    "网约车 网络预约车", "骑手 外卖员 送餐员 外卖小哥 配送员", "商家 商户 店家 店铺 经营者 餐馆", "消费者 顾客", "医院 诊所", "学校 校园", "幼儿园 托儿所",
    "停车位 车位 泊位", "停放 停车", "机动车 汽车 小汽车 轿车", "政府 有关部门 主管部门", "街道 街道办事处 街道办", "消防 消防救援机构", "公安 公安机关 警察 派出所",
    "城管 城市管理部门 执法部门", "补贴 补助 资助", "奖励 表彰", "义务 责任 职责", "保存 留存 保留记录", "更换 换掉 换", "修理 维修 维护 修好", "晚上 夜间 夜里 半夜",
    "绿化 绿地 草坪 树木", "电梯 升降梯", "文明 礼貌", "地面 路面", "雨棚 车棚 棚子 遮雨棚", "电池 电瓶", "狂犬病 狂犬", "居民楼 住宅楼 住宅 楼房 居民住宅", "定义 含义 界定", "手机 app 小程序", "平台 网站",
    "申请 申报", "登记 备案 上牌", "证明 证件", "合同 协议", "听证会 听证", "志愿者 义工", "污染 脏", "井盖 窨井盖", "水源 水质", "农药 化肥", "秸秆 秸杆",
    "烧烤 露天烧烤", "广场舞 跳舞", "油烟 烟气", "共享单车 共享自行车", "盲道 无障碍通道", "残疾人 残障人士", "保险 投保", "赔偿 赔付 赔",
)  # fmt: skip

_SAME = {name: row.split()[0] for row in SAME for name in row.split()}
_NAMES = re.compile("|".join(sorted(map(re.escape, _SAME), key=len, reverse=True)))


def _either(words: str) -> re.Pattern[str]:
    return re.compile("|".join(words.split()))


def _two_sided(left: str, right: str) -> tuple[tuple[str, ...], re.Pattern[str], tuple[str, ...]]:
    """All words of both sides, what finds them, and the side of each of its groups.

    The longer word wins (不同意 before 同意).
    """
    sides = dict.fromkeys(left.split(), "left") | dict.fromkeys(right.split(), "right")
    each = sorted(sides, key=len, reverse=True)
    return tuple(each), re.compile("|".join(f"({word})" for word in each)), tuple(sides[w] for w in each)


# What looks like one of a pair of opposites and is not.
NEUTRAL = re.compile(
    "可以考虑|可以参照|降雨|降水|降温|降噪|大小|多少|高低|长短|早晚|前后|左右|上下|内外|进出|轻重|快慢|远近|增减|开关|买卖|是非|"
    "高峰|高层|高度重视|提高认识|提高意识|提高安全意识|加强|大家|小区|小时|多数|多次|众多|长期|少年|少数|不少|人大"
)
# Pairs of opposites: naming one side is opposed to naming the other.
OPPOSITES = tuple(
    _two_sided(left, right)
    for left, right in (
        ("提高 上调 调高 涨 上涨 涨价 加价 抬高 升高 增高", "降低 下调 调低 降 降价 减价 压低 下降 减低"),
        ("增加 加大 增多 增设 增派 多设 多建 多装 扩大 扩建", "减少 减小 缩小 压缩 削减 减轻 少设 少建 精简"),
        ("延长 放长 拉长 推迟 延后 推后 晚点 晚一点", "缩短 减短 提前 提早 早点 早一点"),
        ("放宽 放松 松绑 放开 宽松", "收紧 从严 严格 严厉 加严 限制"),
        ("必须 应当 应该 强制 一律 务必 硬性", "可以 自愿 自主 自行决定 鼓励 倡导 提倡 酌情"),
        ("太高 过高 偏高 太贵 过贵 高了 贵了 很贵", "太低 过低 偏低 低了 便宜 太便宜"),
        ("太重 过重 偏重 太严 过严 重了 严了 太狠", "太轻 过轻 偏轻 轻了 太松 过松 过宽 太宽"),
        ("太长 过长 偏长 长了", "太短 过短 偏短 短了 太紧 仓促"), ("太多 过多 偏多 多了", "太少 过少 偏少 少了 不够 不足"),
        ("太早 过早 早了", "太晚 过晚 太迟 晚了"), ("太大 过大 大了", "太小 过小 小了"), ("太远 过远 远了", "太近 过近 近了"),
        ("太细 过细 繁琐 复杂", "太粗 过粗 笼统 简单 原则"),
        ("保留 维持 恢复 继续 不变 照原样 留着", "删去 删除 删掉 取消 去掉 拿掉 废除 撤销 停止"),
        ("集中 统一", "分散 各自 分别 因地制宜 因村 因小区"), ("室内 楼内 屋内 家里", "室外 楼外 户外 露天 屋外"),
        ("白天 日间 白日", "夜间 晚上 夜里 深夜"), ("免费 无偿 不收费 不收钱", "有偿 收费 付费 收钱"), ("允许 准许 许可 放行 开放", "不允许 不予允许 不应当允许 不应允许 不能允许 不得允许 不应该允许 不准 禁止 严禁 封闭 关闭"),
        ("赞成 赞同 支持 同意 拥护", "反对 不同意 不赞成 不支持 不赞同 抵制"), ("合理 恰当 可行 好 满意", "不合理 不妥 不当 不可行 不好 不满"),
        ("公开 公示 公布", "保密 不公开 隐去 匿名"), ("事前 事先 之前", "事后 之后"), ("≥", "≤"), ("以上", "以下 以内 之内"), ("上限", "下限"),
        ("政府出 财政 公家", "个人出 自费 居民出 自己出 自掏腰包"), ("业主承担 业主出 住户承担", "物业承担 物业出"), ("新建", "老旧 既有 已建成"),
        ("先行 先", "最后 随后 后付"), ("扣分", "加分"), ("奖励 表彰", "处罚 罚款 惩罚"), ("城市 城区", "农村 乡村"), ("实名", "匿名"), ("原告", "被告"), ("线上 网上", "线下 现场 窗口"),
        ("单独 专门", "合并 一并 共用"), ("进入 入内 进小区 驶入", "驶离 离开"), ("清楚 清晰 具体", "模糊 含糊 笼统"),
    )
)  # fmt: skip
# Single characters that are opposites where one stands in the place of the other.
_SINGLE = """
涨降 涨跌 升跌 严轻 宽严 原被 增删 添删 扩缩 松严 赞反 可禁 能禁 准禁 应可 拆建 拆留 放收 多单 奖罚 推拉 迎拒 男女
高低 多少 大小 长短 重轻 严松 严宽 宽窄 远近 早晚 早迟 快慢 内外 前后 有无 有没 增减 升降 加减 开关 进出 左右 男女 冬夏 昼夜 新旧 公私 留删 留去 紧松
先后 好坏 贵便 买卖 借还 冷热 厚薄 深浅 粗细 明暗 上下 东西 南北 城乡 收免 是否 可不 能不 应不 要不 甲乙 父母 老幼 松紧 强弱
"""
SINGLE_OPPOSITES = tuple((both[0], both[1]) for both in _SINGLE.split())
# Who acts: remarks that name different ones, or in another order, want different things.
ACTORS = tuple(
    _either(words)
    for words in (
        "物业", "业委会 业主委员会", "业主(?!委) 住户 居民(?!委) 房主", "居委会 居民委员会 社区", "村委会 村民委员会 村集体", "村民(?!委) 农户", "街道 镇政府 乡镇",
        "消防", "公安 警察 交警 派出所", "城管 综合执法", "市场监管 工商", "教育局 教育部门 学校", "家长 监护人", "医院 卫生", "开发商 建设单位", "房东 出租人", "租户 租客 承租人",
        "平台 企业 公司 商家 商户", "骑手 外卖员 司机 驾驶员", "乘客 消费者 顾客", "老人 老年人", "孩子 儿童 小孩 未成年", "残疾人", "财政 政府出 市政府 区政府", "供电 电力 电网",
    )
)  # fmt: skip


def content(text: str) -> str:
    """The letters that carry what is said: levelled, one name for each thing, without manner of speaking or marks."""
    folded = normalize("NFKD", text).casefold()
    level = "".join(c if c.isalnum() else " " for c in folded if not combining(c))
    return PARTICLES.sub("", named(PHRASES.sub(" ", level))).replace(" ", "")


def named(text: str) -> str:
    """The text with one name for each thing."""
    return _NAMES.sub(lambda match: _SAME[match[0]], text)


def pairs(letters: str) -> set[str]:
    """Every two neighbouring characters; a lone character as it is."""
    return {letters[n : n + 2] for n in range(max(len(letters) - 1, min(len(letters), 1)))}
