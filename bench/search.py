"""Goal 8: search 100,000 remarks of one draft, 20 hits, against a scan for the substring.

    python -m bench.search [COUNT]

The scan is kind to itself: it holds the levelled texts and their readers in memory and only counts.
"""

import random
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.common import Row, at_most_seconds, once, report, spell, turns
from deliberation.domain.grams import plain
from deliberation.search import Entry, open_index

ASKED = (
    "的", "电", "桩", "充电", "楼道", "物业", "消防", "老人", "二百", "50",
    "充电桩", "二十米", "电动自行车", "不得在楼道", "物业服务企业", "应当不少于三十米",
    "楼道 物业", "充电 收费 公示", "飞机", "不存在的话",
)  # fmt: skip
WHO = (
    "我们小区",
    "本村",
    "三单元的住户",
    "物业服务企业",
    "外卖骑手",
    "沿街商户",
    "业主委员会",
    "消防救援机构",
    "老人",
)
WHAT = (
    "充电桩太少", "楼道里停放电动自行车", "充电收费没有公示", "电池应当集中存放", "车棚顶漏雨", "消防通道被占",
    "应当不少于三十米", "不得在楼道充电", "费用由谁承担", "巡查记录应当保存", "智能断电装置", "换电柜的选址",
)  # fmt: skip
HOW = ("希望写明", "建议删去", "不同意", "同意", "应当补充", "可以考虑", "请明确", "最好改为")
MORE = "安全管理责任单位居民停放区域设施建设运营企业街道办事处社区监督检查罚款警告改正期限标准电压温度烟雾报警灭火器材隔离带雨棚照明扫码付费投诉电话夜间高峰冬季电梯地下室平房自建房出租屋学校医院市场"
AUDIENCE = {"public", "person:7"}


def remarks(count: int) -> list[Entry]:
    """Remarks as people write them: 20 to 200 characters, common words common and rare ones rare."""
    chance = random.Random(8)
    return [one(number, chance) for number in range(count)]


def one(number: int, chance: random.Random) -> Entry:
    """The remark of this number."""
    parts = [chance.choice(WHO), chance.choice(HOW), chance.choice(WHAT), "，"]
    for _ in range(chance.randint(1, 9)):
        start = chance.randrange(len(MORE) - 8)
        parts += [MORE[start : start + chance.randint(2, 8)], chance.choice("的，的是和。")]
    parts.append(f"{chance.randint(1, 400)}米。")
    readers = ("public", "office:1") if number % 5 else ("office:1", f"person:{number % 50}")
    at = f"2026-03-{number % 28 + 1:02}T{number % 24:02}:{number % 60:02}:00+08:00"
    return Entry("remark", str(number), "ebike", f"意见 {number}", "".join(parts), readers, "art_12", at)


def scan(held: list[tuple[str, frozenset[str]]], asked: str) -> int:
    """How many there are, by looking at each."""
    sought = plain(asked).split()
    return sum(1 for text, who in held if not who.isdisjoint(AUDIENCE) and all(w in text for w in sought))


def main(count: int) -> int:
    """Print the table of every word; how many goals were missed or counts were wrong."""
    entries = remarks(count)
    held = [(plain(f"{e.title}\n{e.text}"), frozenset(e.audience)) for e in entries]
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(Path(folder))
        building = once(lambda: index.rebuild(entries, count))
        wrong = [a for a in ASKED if index.find(a, AUDIENCE).total != scan(held, a)]
        print(
            f"{count:,} remarks; built in {spell(building)} ({count / building:,.0f} a second); wrong counts: {wrong or 0}"
        )
        rows, ours, control = [], [], []
        for asked in ASKED:
            taken = turns(
                {"ours": lambda a=asked: index.find(a, AUDIENCE), "scan": lambda a=asked: scan(held, a)}
            )
            ours.append(median(taken["ours"]))
            control.append(median(taken["scan"]))
            rows.append(Row(f"{asked} ({index.find(asked, AUDIENCE).total:,})", ours[-1], control[-1]))
        short = [o for a, o in zip(ASKED, ours, strict=True) if len(a) <= 2]
        rows += [
            Row("p50 of all words", median(ours), median(control), at_most_seconds(0.040)),
            Row("p50 of one and two characters", median(short), median(control), at_most_seconds(0.040)),
            Row("slowest word", max(ours), max(control)),
            Row(
                "one remark more, until found",
                median(lag(index, count) for _ in range(9)),
                0,
                at_most_seconds(2),
            ),
        ]
    return report("8 search", rows) + len(wrong)


def lag(index, count: int) -> float:
    """Seconds from putting one new remark to having it found."""
    entry = one(count + 1, random.Random())
    return once(lambda: (index.put([entry], index.last() + 1), index.find("充电", AUDIENCE)))


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000) else 0)
