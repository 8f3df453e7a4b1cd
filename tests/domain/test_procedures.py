"""The shipped procedures: every rule exhaustively against the law's words, what an office may change, what it says."""

from datetime import date
from pathlib import Path

import pytest

from deliberation.domain.calendar import Unit, plan
from deliberation.domain.errors import Refusal
from deliberation.domain.procedures import (
    LocalRule,
    Posting,
    Result,
    adjust,
    check_proxies,
    enter,
    judge_procedure,
    softer,
)
from deliberation.domain.quorum import (
    MAJORITY_OF_DUE,
    MAJORITY_OF_PRESENT,
    TWO_THIRDS_OF_DUE,
    Base,
    Heads,
    Operator,
    Rule,
    VoteRules,
)
from deliberation.domain.rolls import RollRow
from deliberation.domain.voting import Totals
from deliberation.formats.procedures_read import FOLDER, read, seed_calendar, shipped

MOST = 30
SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def most_of(part, of):
    """过半数: cross off one of each side until a side is empty; somebody of ours is left over."""
    return of > 0 and part > of - part


def two_thirds(part, of):
    """三分之二以上: of every three at most one is missing."""
    return of > 0 and 3 * (of - part) <= of


# (procedure, way) → does the meeting stand, does it carry; written from the law's sentences, not from the data files.
LAW = {
    ("villagers_assembly", "villagers"): (lambda d, p: most_of(p, d), lambda d, p, f: most_of(f, p)),
    ("villagers_assembly", "households"): (lambda d, p: two_thirds(p, d), lambda d, p, f: most_of(f, p)),
    ("villagers_rep_assembly", "representatives"): (lambda d, p: two_thirds(p, d), lambda d, p, f: most_of(f, p)),
    ("villager_group_meeting", "villagers"): (lambda d, p: two_thirds(p, d), lambda d, p, f: most_of(f, p)),
    ("villager_group_meeting", "households"): (lambda d, p: two_thirds(p, d), lambda d, p, f: most_of(f, p)),
    ("residents_assembly", "residents"): (lambda d, p: most_of(p, d), lambda d, p, f: most_of(f, p)),
    ("residents_assembly", "households"): (lambda d, p: most_of(p, d), lambda d, p, f: most_of(f, p)),
    ("residents_rep_assembly", "representatives"): (lambda d, p: two_thirds(p, d), lambda d, p, f: most_of(f, p)),
    ("party_members_assembly", "party_members"): (lambda d, p: two_thirds(p, d), lambda d, p, f: most_of(f, d)),
    ("collective_members_assembly", "members"): (lambda d, p: two_thirds(p, d), lambda d, p, f: two_thirds(f, d)),
    ("council_9x", "members"): (lambda d, p: two_thirds(p, d), None),
    ("roundtable", "local"): (None, None),
    ("joint_meeting", "local"): (None, None),
} | {
    (key, "views"): (None, None)
    for key in (
        "symposium", "argumentation", "hearing", "household_visit", "questionnaire", "party_day_discussion",
        "half_month_talk", "public_meet",
    )
}  # fmt: skip
CHAINS = ("four_deliberations", "four_deliberations_one_review")


def every_hall():
    for due in range(MOST + 1):
        for present in range(due + 1):
            for votes_for in range(present + 1):
                yield due, present, votes_for


def test_the_table_names_every_shipped_way():
    assert {(key, way.key) for key, p in shipped().items() if key not in CHAINS for way in p.ways} == set(LAW)


@pytest.mark.parametrize("named", LAW, ids="/".join)
def test_every_rule_for_0_to_30(named):
    meets, carries = LAW[named]
    rules = shipped()[named[0]].way(named[1])
    for due, present, votes_for in every_hall():
        judged = judge_procedure(shipped()[named[0]], Totals(votes_for), Heads(due, present), rules.key)
        stands = meets(due, present) if meets else None
        wanted = carries(due, present, votes_for) if carries and stands else None
        assert (judged.tally.quorum_met, judged.tally.carried) == (stands, wanted), (due, present, votes_for)


OWN = (
    (Operator.GT, 1, 2),
    (Operator.GE, 2, 3),
    (Operator.GE, 3, 4),
    (Operator.GT, 2, 3),
    (Operator.GE, 1, 1),
)


def by_hand(operator, numerator, denominator, part, of):
    """An office's own share by taking heads away one by one: no fraction, no division."""
    if not of:
        return False
    ours, theirs = part * denominator, of * numerator
    while ours and theirs:
        ours, theirs = ours - 1, theirs - 1
    return not theirs and (bool(ours) or operator is Operator.GE)


@pytest.mark.parametrize("own", OWN, ids=str)
@pytest.mark.parametrize("key", ["council_9x", "roundtable", "joint_meeting", "villagers_rep_assembly"])
def test_an_offices_own_numbers_for_0_to_30(key, own):
    """Quorum and majority as an office enters them, against counting on fingers; a statute keeps its own base."""
    procedure = shipped()[key]
    way = procedure.way()
    base = way.rules.carry.base if way.statutory else Base.DUE
    local = LocalRule(
        "规则", date(2026, 3, 1), "一", way.key, VoteRules(Rule(Base.DUE, *own), Rule(base, *own))
    )
    if way.statutory and own == (Operator.GT, 1, 2):
        with pytest.raises(Refusal):
            enter(procedure, local)
        return
    entered = enter(procedure, local)
    for due, present, votes_for in every_hall():
        tally = judge_procedure(entered, Totals(votes_for), Heads(due, present)).tally
        meets = by_hand(*own, present, due)
        carries = by_hand(*own, votes_for, present if base is Base.PRESENT else due)
        assert (tally.quorum_met, tally.carried) == (meets, carries if meets else None), (
            due,
            present,
            votes_for,
        )


@pytest.mark.parametrize("named", LAW, ids="/".join)
def test_least_numbers_are_the_first_that_do(named):
    meets, carries = LAW[named]
    for due in range(1, MOST + 1):
        tally = judge_procedure(shipped()[named[0]], Totals(0), Heads(due, due), named[1]).tally
        if meets:
            assert tally.needs_present == next(p for p in range(MOST + 1) if meets(due, p))
        if carries:
            assert tally.needs_for == next(f for f in range(MOST + 1) if carries(due, due, f))


@pytest.mark.parametrize("against_and_abstain", [(0, 0), (3, 2), (0, 9), (9, 0)])
def test_only_the_votes_for_count_where_the_base_is_due_or_present(against_and_abstain):
    against, abstain = against_and_abstain
    for key, way in LAW:
        judged = judge_procedure(shipped()[key], Totals(11, against, abstain), Heads(21, 20), way)
        alone = judge_procedure(shipped()[key], Totals(11), Heads(21, 20), way)
        assert judged.tally.carried == alone.tally.carried


@pytest.mark.parametrize("key", CHAINS)
def test_chains_decide_by_the_assemblies_own_ways(key):
    ways = shipped()[key].ways
    borrowed = [
        shipped()[name].ways
        for name in ("villagers_rep_assembly", "villagers_assembly", "party_members_assembly")
    ]
    assert ways == tuple(way for group in borrowed for way in group)
    assert [way.result for way in ways] == [Result.DECISION] * 3 + [Result.PARTY]


def test_a_council_never_decides_until_its_own_rule_is_entered_and_never_by_that_name():
    council = shipped()["council_9x"]
    assert judge_procedure(council, Totals(12), Heads(12, 12)).outcome is None
    local = LocalRule(
        "山神村议事规则", date(2026, 3, 1), "第六条", "members", VoteRules(TWO_THIRDS_OF_DUE, MAJORITY_OF_DUE)
    )
    entered = enter(council, local)
    judged = judge_procedure(entered, Totals(7), Heads(12, 8))
    assert judged.tally.carried is True
    assert str(judged.outcome) == "达到本地议事规则的赞成票数，形成协商意见"
    assert "通过" not in str(judged.outcome) + "".join(map(str, judged.tally.words))
    assert str(judged.basis[0]) == "山神村议事规则第六条（2026-03-01文本）"
    assert judge_procedure(entered, Totals(6), Heads(12, 8)).tally.carried is False
    assert judge_procedure(entered, Totals(7), Heads(12, 7)).tally.carried is None
    assert judge_procedure(council, Totals(7), Heads(12, 8)).tally.carried is None


@pytest.mark.parametrize(
    "gap", [{"name": " "}, {"clause": ""}, {"rules": VoteRules(TWO_THIRDS_OF_DUE, None)}, {"way": "nobody"}]
)
def test_a_local_rule_has_name_date_and_clause(gap):
    whole = {
        "name": "规则",
        "dated": date(2026, 3, 1),
        "clause": "一",
        "way": "members",
        "rules": VoteRules(None, MAJORITY_OF_DUE),
    }
    with pytest.raises(Refusal):
        enter(shipped()["council_9x"], LocalRule(**{**whole, **gap}))


def test_no_rule_for_what_only_listens():
    local = LocalRule("规则", date(2026, 3, 1), "一", "views", VoteRules(None, MAJORITY_OF_DUE))
    with pytest.raises(Refusal):
        enter(shipped()["symposium"], local)


@pytest.mark.parametrize(
    ("quorum", "carry", "lawful"),
    [
        (TWO_THIRDS_OF_DUE, MAJORITY_OF_PRESENT, True),
        (Rule(Base.DUE, Operator.GE, 3, 4), Rule(Base.PRESENT, Operator.GE, 2, 3), True),
        (TWO_THIRDS_OF_DUE, Rule(Base.PRESENT, Operator.GE, 1, 2), False),
        (MAJORITY_OF_DUE, MAJORITY_OF_PRESENT, False),
        (None, MAJORITY_OF_PRESENT, False),
        (TWO_THIRDS_OF_DUE, Rule(Base.PARTICIPATING, Operator.GT, 1, 2), False),
    ],
)
def test_an_assembly_of_the_law_is_only_made_stricter(quorum, carry, lawful):
    local = LocalRule("村民自治章程", date(2026, 3, 1), "第九条", "representatives", VoteRules(quorum, carry))
    if lawful:
        assert enter(shipped()["villagers_rep_assembly"], local).way().rules == local.rules
        return
    with pytest.raises(Refusal):
        enter(shipped()["villagers_rep_assembly"], local)


def test_softer_agrees_with_counting():
    """A rule is not softer exactly when nothing passes it that the law would refuse, for every base up to 30."""
    shares = [(1, 2), (2, 3), (3, 4), (1, 1), (1, 3)]
    rules = [Rule(Base.DUE, o, n, d) for o in Operator for n, d in shares if (o, n, d) != (Operator.GT, 1, 1)]
    for law in rules:
        for rule in rules:
            through = any(rule.met(f, n) and not law.met(f, n) for n in range(1, 61) for f in range(n + 1))
            assert softer(rule, law) == through, (rule, law)


def test_days_of_the_law_only_grow():
    assembly = shipped()["villagers_assembly"]
    longer = adjust(assembly, {"notice": 15}, {Posting.DISCLOSURE: 30})
    assert (longer.deadlines[0].days, longer.sheets[0].days) == (15, 30)
    for wrong in ({"notice": 9}, {"other": 20}, {"notice": 400}):
        with pytest.raises(Refusal):
            adjust(assembly, wrong)
    with pytest.raises(Refusal):
        adjust(assembly, None, {Posting.DISCLOSURE: 14})
    assert adjust(shipped()["symposium"], {"notice": 0}).deadlines[0].days == 0


def test_written_proxies_only_where_the_law_knows_them():
    roll = [RollRow("a", "甲", proxy="乙"), RollRow("c", "丙")]
    check_proxies(shipped()["collective_members_assembly"].way(), roll)
    check_proxies(shipped()["villagers_assembly"].way(), roll[1:])
    with pytest.raises(Refusal, match="书面委托"):
        check_proxies(shipped()["villagers_assembly"].way(), roll)
    assert [key for key, procedure in shipped().items() if any(way.proxies for way in procedure.ways)] == [
        "collective_members_assembly"
    ]


def test_two_are_lit():
    assert [key for key, procedure in shipped().items() if procedure.default_on] == [
        "symposium",
        "council_9x",
    ]


def test_all_the_named_ones_are_there():
    assert [procedure.name for procedure in shipped().values()] == [
        "座谈会", "论证会", "听证会", "入户走访", "问卷调查", "9+X 议事协商", "四议两公开", "四议一审两公开", "党员大会",
        "主题党日议事", "圆桌议事会", "百姓半月谈", "联席会议", "见面会", "村民会议", "村民代表会议", "村民小组会议",
        "居民会议", "居民代表会议", "农村集体经济组织成员大会",
    ]  # fmt: skip


def test_every_procedure_is_whole():
    for procedure in shipped().values():
        assert len(procedure.steps) >= 4
        assert procedure.convenor
        assert all(step.name and step.who for step in procedure.steps)
        for way in procedure.ways:
            assert way.statutory <= (way.rules.quorum is not None and way.rules.carry is not None)
            assert (way.result is Result.VIEWS) == (way.rules.carry is None and way.rules.entered)
            assert way.unit == ("household" if way.key == "households" else "person")
        for basis in procedure.basis:
            assert basis.checked == bool(basis.article and basis.text_date)
        unlit = any(not way.rules.entered for way in procedure.ways)
        assert procedure.local_rule_needed == unlit


def test_hearings_and_argumentation_need_the_letter():
    assert [key for key, procedure in shipped().items() if procedure.letter_needed] == [
        "argumentation",
        "hearing",
    ]


def test_the_days_of_a_hearing():
    """A1.5: notice 20 days before, speakers 10, material 7, listeners apply 7 and hear 3 before, record 5 after."""
    hearing = shipped()["hearing"]
    planned = plan(seed_calendar(), date(2026, 6, 30), [deadline.offset for deadline in hearing.deadlines])
    assert {thing.name: thing.by for thing in planned} == {
        "发布听证公告": date(2026, 6, 10),
        "确定陈述人": date(2026, 6, 20),
        "通知陈述人并送材料": date(2026, 6, 23),
        "旁听申请截止": date(2026, 6, 23),
        "通知旁听人员": date(2026, 6, 27),
        "查阅、补正听证记录截止": date(2026, 7, 5),
    }
    assert all(deadline.unit is Unit.DAY for deadline in hearing.deadlines)


def test_the_party_day_is_the_first_friday():
    days = shipped()["party_day_discussion"].recurrence.dates(date(2026, 5, 2))
    assert [next(days) for _ in range(3)] == [date(2026, 6, 5), date(2026, 7, 3), date(2026, 8, 7)]


@pytest.mark.parametrize(
    "change",
    [
        ('base = "due"', 'base = "all"'),
        ("denominator = 3", "denominator = 1"),
        ('result = "opinion"', 'result = "decision!"'),
        ("entered = false", 'entered = "no"\nshare = 1'),
        ('convenor = "', 'colour = "'),
        ('kind = "notice"', 'kind = "sheet"'),
    ],
)
def test_a_data_file_is_read_strictly(change):
    text = (FOLDER / "council_9x.toml").read_text("utf-8")
    assert change[0] in text
    read(text.encode())
    with pytest.raises(ValueError):
        read(text.replace(*change).encode())


# What each cited article must speak of, where the text itself is at hand: catches an article number that has moved.
SPEAKS_OF = {
    ("村民委员会组织法", "第二十五条"): ("提前十日通知", "十分之一以上"),
    ("村民委员会组织法", "第二十六条"): ("十八周岁以上村民的过半数", "三分之二以上的户", "到会人员的过半数"),
    ("村民委员会组织法", "第二十八条"): ("应当先经村党组织研究讨论",),
    ("村民委员会组织法", "第二十九条"): ("五分之四以上", "三分之一以上"),
    ("村民委员会组织法", "第三十条"): ("三分之二以上的组成人员", "到会人员的过半数"),
    ("村民委员会组织法", "第三十二条"): ("三分之二以上", "到会人员的过半数"),
    ("村民委员会组织法", "第三十三条"): ("利益相关方", "协商"),
    ("村民委员会组织法", "第三十五条"): ("不得少于十五日",),
    ("立法法", "第三十九条"): ("座谈会、论证会、听证会",),
    ("立法法", "第九十条"): ("基层立法联系点", "地方性法规"),
}
TEXTS = {"村民委员会组织法": "D02_*.md", "立法法": "D01_*.md"}


def article(law, number):
    """An article's text out of the corpus: from its number to the next article's."""
    text = next((SHARED / "corpus" / "hard").glob(TEXTS[law])).read_text("utf-8").replace("**", "")
    lines = iter(text.splitlines())
    found = []
    for line in lines:
        if found and line.startswith("第") and "条" in line[:8]:
            break
        if found or line.startswith(number):
            found.append(line)
    return "".join(found)


@pytest.mark.corpus
@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not beside the project")
@pytest.mark.parametrize("cited", SPEAKS_OF, ids="".join)
def test_cited_articles_say_what_they_are_cited_for(cited):
    text = article(*cited)
    for words in SPEAKS_OF[cited]:
        assert words in text


def test_every_checked_article_of_these_laws_is_in_that_table():
    cited = {
        (basis.law, basis.article)
        for procedure in shipped().values()
        for basis in (*procedure.basis, *(b for way in procedure.ways for b in way.basis))
        if basis.law in TEXTS
    }
    assert cited == set(SPEAKS_OF)
