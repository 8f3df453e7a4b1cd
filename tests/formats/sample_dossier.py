"""A made-up dossier for the writers' tests: a charging-safety draft, three meetings, remarks of many voices."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from deliberation.domain.dossier import (
    Attendance,
    AttitudeRow,
    Backing,
    ComparisonRow,
    Dossier,
    Letter,
    MeetingRow,
    Minutes,
    Person,
    Point,
    RemarkRow,
    Signature,
    Speech,
    SuggestionRow,
    Tally,
    View,
    VoteCategory,
    VoteRow,
)
from deliberation.domain.dossier_counts import count_up

START = datetime(2026, 6, 8, 1, 0, tzinfo=UTC)
CATEGORIES = ("居民代表", "人大代表", "物业企业", "专家团", "快递行业代表")
SURNAMES = "赵钱孙李周吴郑王冯陈"
WORDS = (
    "楼下的充电棚离我们家要走七八分钟，下雨天谁愿意推过去。",
    "老小区没有地方，硬性要求三百米做不到，应当允许按实际情况来。",
    "充电收费一个小区一个价，\n有的比电价高三倍，\n请把服务费管起来。",
    "电池不能进电梯这一条我赞成，但要写清楚谁来管、怎么罚。",
    "快递员一天换两次电池，希望把换电柜写进条例。",
)


def remark(n: int, **changes: object) -> RemarkRow:
    """The nth original."""
    text = f"{WORDS[n % len(WORDS)]}（第{n}条）"
    article = n % 7 + 8
    row = RemarkRow(
        number=f"2026-03-{n:04d}",
        version=2,
        version_digest="ab" * 32,
        eid=f"art_{article}__para_2",
        attitude=("amend", "support", "oppose", "no_view")[n % 4],
        text=text,
        wording="服务半径不超过二百米。" if n % 3 == 0 else None,
        reason="走得太远就没有人去充。" if n % 5 == 0 else None,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        leaf=619 + n,
        salt="cd" * 32,
        channel=("online", "meeting", "paper", "visit")[n % 4],
        category=CATEGORIES[n % 5],
        made_at=START + timedelta(hours=n),
        suggestions=(1 + n % 9,) if n % 4 else (),
        outcome="pending",
        place=f"第{'八九十'[article - 8] if article < 11 else '十' + '一二三四'[article - 11]}条第二款",
        order=article,
        author=Person(CATEGORIES[n % 5], CATEGORIES[n % 5], f"{SURNAMES[n % 10]}某{n}", f"1380000{n:04d}"),
        meeting="第一次座谈会" if n % 4 == 1 else "",
        end="merged" if n % 4 else None,
    )
    return row._replace(**changes)  # type: ignore[arg-type]


def suggestion(n: int) -> SuggestionRow:
    """The nth suggestion; three articles have two of them."""
    article = 8 + n * 2 // 3
    names = ["八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十"]
    label = f"第{names[article - 8]}条" if article - 8 < len(names) else f"第{article}条"
    return SuggestionRow(
        n=n,
        eid=f"art_{article}",
        place=f"{label}第二款",
        article=label,
        order=article,
        draft_text="新建住宅小区应当按照规定配建电动自行车集中充电设施，服务半径不超过三百米。",
        kind=("substance", "wording", "addition", "deletion")[n % 4],
        text="第二款规定的服务半径过大，老年人、残疾人推行不便，建议缩短服务半径，并给老城区留出过渡期。",
        wording="新建住宅小区应当按照规定配建电动自行车集中充电设施，服务半径不超过二百米。",
        reasons="多名居民反映，超过二百米后使用率明显下降，飞线充电随之增多。",
        legal_basis="《中华人民共和国消防法》（2021年修正）第二十八条",
        remarks=tuple(f"2026-03-{k:04d}" for k in range(1, 20)),
        backing=Backing(
            19,
            26,
            4,
            (Tally("居民代表", 12), Tally("人大代表", 3), Tally("专家团", 4)),
            (Tally("网上", 9), Tally("会议", 10)),
        ),
        others=(View("老城区用地不足，建议保留“三百米”。", Backing(4, categories=(Tally("物业企业", 4),))),),
        made_on=date(2026, 6, 12),
        office_view="建议采纳",
        forwarded=n % 5 != 0,
        outcome="pending",
    )


def meeting(n: int) -> MeetingRow:
    """The nth meeting."""
    return MeetingRow(
        title=f"电动自行车充电安全立法征询第{'一二三'[n - 1]}次座谈会",
        kind="argumentation" if n == 3 else "discussion",
        place="普安街道党群服务中心二楼会议室",
        starts_at=datetime(2026, 6, 10 + n, 1, 0, tzinfo=UTC),
        ended_at=datetime(2026, 6, 10 + n, 3, 30, tzinfo=UTC),
        convenor=Person("召集人", "", "林某"),
        scribe=Person("记录人", "", "何某"),
        due=35,
        present=31,
        attendance=(
            Attendance("居民代表", 15, 13),
            Attendance("人大代表", 5, 5),
            Attendance("行业代表", 15, 13),
        ),
        remarks=12,
    )


def minutes(n: int) -> Minutes:
    """The minutes of the nth meeting."""
    return Minutes(
        meeting=meeting(n),
        number=f"第{n}期",
        agenda=("介绍草案起草情况", "逐条听取对第八条至第十四条的意见"),
        present=tuple(Person("居民代表", "居民代表", f"{name}某") for name in SURNAMES),
        on_leave=(Person("人大代表", "人大代表", "沈某"),),
        speeches=tuple(
            Speech(
                Person("居民代表", "居民代表", f"{SURNAMES[k % 10]}某"),
                WORDS[k % 5],
                "第十二条",
                datetime(2026, 6, 10 + n, 1, k, tzinfo=UTC),
            )
            for k in range(12)
        ),
        agreed=("将服务半径的意见整理后报送。", "收费问题请价格主管部门到会说明。"),
        office="普安街道基层立法联系点",
        on=date(2026, 6, 12 + n),
    )


VOTE = VoteRow(
    question="是否将“服务半径改为二百米”列为重点建议报送",
    held_on=date(2026, 6, 28),
    due=61,
    present=45,
    in_favour=24,
    against=15,
    abstain=6,
    carried=True,
    words="应到61，实到45，赞成24；需超过22.5，即至少23",
    by_category=(VoteCategory("居民代表", 14, 9, 2), VoteCategory("X（利益相关方）", 10, 6, 4)),
)


def dossier(remarks: int = 40, suggestions: int = 9, **changes: object) -> Dossier:
    """A restricted dossier of so many remarks and suggestions."""
    rows = tuple(remark(n) for n in range(1, remarks + 1))
    sittings = tuple(meeting(n) for n in (1, 2, 3))
    value = Dossier(
        title="示例市电动自行车充电安全管理条例",
        stage="草案征求意见稿",
        office="普安街道基层立法联系点",
        addressee="示例市人大常委会法制工作委员会",
        slug="charging-2026",
        edition="restricted",
        edition_number=1,
        made_at=datetime(2026, 7, 16, 8, 20, tzinfo=UTC),
        letter=Letter(
            "示例市人大常委会法制工作委员会",
            "示人常法函〔2026〕12号",
            "关于征求对《示例市电动自行车充电安全管理条例（草案征求意见稿）》意见的函",
            date(2026, 6, 5),
            datetime(2026, 7, 17, 9, 0, tzinfo=UTC),
        ),
        signature=Signature(on=date(2026, 7, 16), contact=Person("联络员", "", "林某", "010-00000000")),
        opened_on=date(2026, 6, 8),
        closed_on=date(2026, 7, 7),
        meetings=sittings,
        panel=(Tally("退休人员", 10), Tally("人大代表", 5), Tally("行业代表", 8), Tally("居民代表", 12)),
        counts=count_up(rows, suggestions=suggestions, meetings=sittings, votes=1, late=2, withdrawn=1),
        general=(
            Point(
                "草案针对性强，回应了群众对充电安全的关切，体例总体合适",
                Backing(8, 8, 0, (Tally("居民代表", 8),)),
            ),
        ),
        suggestions=tuple(suggestion(n) for n in range(1, suggestions + 1)),
        other=(Point("建议加大宣传，条例施行前编写一问一答", Backing(3)),),
        remarks=rows,
        votes=(VOTE,),
        attitudes=(AttitudeRow("第八条", 8, 10, 5, 2, 1), AttitudeRow("第十二条", 12, 4, 19, 3, 0)),
        minutes=(minutes(1), minutes(2)),
        comparison=(
            ComparisonRow("第八条", "第九条", "reworded", "应当配建充电设施。", "应当配建集中充电设施。"),
        ),
        head="1083\nc20f7d1992f8b7c45e11a90d7f3326bc48d7c02be96f1a3590ee47b1d8a2c65f",
        leaves=("leaf\n",),
    )
    return replace(value, **changes)  # type: ignore[arg-type]
