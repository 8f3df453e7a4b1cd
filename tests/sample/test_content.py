"""The sample's content holds together: keys meet, quotations are exact, sums come out, voices differ."""

import re
from collections import Counter
from pathlib import Path

import pytest

from deliberation.domain.numbering import from_chinese
from deliberation.domain.quorum import Heads, Rule, VoteRules
from deliberation.domain.roles import Duty, Role
from deliberation.domain.rolls import RollRow
from deliberation.domain.voting import Ballot, Choice, Totals, count, count_fixed, judge
from deliberation.formats.reading import read_draft
from deliberation.sample.content import DRAFT_NAME, FOLDER, load

CONTENT = load()
DRAFT = read_draft(CONTENT.draft, DRAFT_NAME)
NODES = {node.eid: node for node in DRAFT.walk()}
ARTICLES = {node.eid: node for node in DRAFT.articles()}
PEOPLE = CONTENT.people()
REMARKS = {remark.key: remark for remark in CONTENT.remarks}
SPOKEN = CONTENT.spoken()
MEETINGS = {meeting.key: meeting for meeting in CONTENT.meetings}
SUGGESTIONS = {suggestion.key: suggestion for suggestion in CONTENT.suggestions}
RULES = {rule.key: rule for rule in CONTENT.rules}

NINE = (
    "村党支部代表", "村民委员会代表", "村务监督委员会代表", "村民代表", "人大代表",
    "老党员代表", "老干部代表", "社会组织代表", "乡贤代表",
)  # fmt: skip
ATTITUDES = {"support", "amend", "oppose", "no_view"}
CHANNELS = {
    "online", "meeting", "visit", "paper", "box", "hotline", "chat", "questionnaire", "other_system",
}  # fmt: skip
KINDS = {"wording", "substance", "addition", "deletion", "whole", "enforcement"}


def text_of(eid):
    return "\n".join(node.text for node in NODES[eid].walk())


def test_the_draft_reads_without_a_doubt():
    assert DRAFT.warnings == ()
    assert DRAFT.title == "××市电动自行车充电安全管理条例"
    assert "草案征求意见稿" in (DRAFT.stage or "")
    assert DRAFT.notice
    assert DRAFT.counts()["chapter"] == 7
    assert [node.n for node in DRAFT.articles()] == [str(n) for n in range(1, 50)]
    assert all(node.heading for node in DRAFT.articles()), "every article has its caption"


def test_references_inside_the_draft_point_at_provisions_that_exist():
    whole = CONTENT.draft.decode("utf-8")
    cited = re.findall(r"本条例第([一二三四五六七八九十]+)条(?:至第([一二三四五六七八九十]+)条)?", whole)
    assert len(cited) >= 10
    for pair in cited:
        for number in filter(None, pair):
            assert f"art_{from_chinese(number)}" in ARTICLES


def test_every_article_has_a_note_and_an_english_caption():
    assert set(CONTENT.notes) == set(ARTICLES)
    assert set(CONTENT.english["captions"]) == set(ARTICLES)
    chapters = {node.eid for node in DRAFT.walk() if node.kind == "chapter"}
    assert set(CONTENT.english["chapters"]) == chapters
    assert set(CONTENT.english["meetings"]) == set(MEETINGS)
    assert set(CONTENT.english["offices"]) == {office.key for office in CONTENT.offices}
    assert set(CONTENT.english["votes"]) == {vote.key for vote in CONTENT.votes}


def test_people_are_distinct_and_their_numbers_plainly_invented():
    names = [person.name for person in PEOPLE.values()]
    assert len(PEOPLE) == 11 + 35 + 25 + 5
    assert len(set(names)) == len(names)
    phones = [person.phone for person in PEOPLE.values()]
    assert len(set(phones)) == len(phones)
    assert all(phone.startswith("138-0000-0") for phone in phones)


def test_offices_form_one_tree_and_staff_sit_in_it():
    offices = {office.key: office for office in CONTENT.offices}
    assert [office.key for office in CONTENT.offices if not office.parent] == ["commission"]
    assert all(office.parent in offices for office in CONTENT.offices if office.parent)
    roles = {(person.office, person.role) for person in CONTENT.staff}
    for role in (Role.RESPONSIBLE, Role.LIAISON, Role.CLERK, Role.INFORMATION):
        assert ("street", role.value) in roles
    assert {role for office, role in roles if not office} == {duty.value for duty in Duty}
    assert sum(person.office == "commission" for person in CONTENT.staff) == 2


def test_the_panel_has_thirty_five_in_six_categories():
    panel = Counter(member.category for member in CONTENT.panel.members)
    assert sum(panel.values()) == 35
    assert set(panel) == {"退休人员", "党员", "人大代表", "行业", "居民", "法律专业"}
    assert all(member.expertise for member in CONTENT.panel.members)


def test_the_council_has_its_nine_one_vacancy_and_five_coopted():
    council = CONTENT.council
    assert tuple(category.name for category in council.categories) == NINE
    held = Counter(member.category for member in council.members)
    vacant = {category.name: category.seats - held[category.name] for category in council.categories}
    assert all(1 <= category.seats <= 4 for category in council.categories)
    assert {name for name, free in vacant.items() if free} == {"社会组织代表"}
    assert sum(vacant.values()) == 1
    assert len(CONTENT.matter.coopted) == 5
    for person in CONTENT.matter.coopted:
        assert person.reason
        assert person.interest
        assert {person.nominated_by, person.confirmed_by} <= set(PEOPLE)
        assert person.confirmed_day < MEETINGS["m2"].day


def test_every_key_is_used_once():
    keys = [remark.key for remark in CONTENT.remarks] + [
        line.key for meeting in CONTENT.meetings for line in meeting.lines
    ]
    assert len(set(keys)) == len(keys)
    assert len(SUGGESTIONS) == len(CONTENT.suggestions)


def test_there_are_many_remarks_and_no_two_alike():
    assert len(CONTENT.remarks) >= 140
    assert len(SPOKEN) >= 30
    assert sum(len(meeting.lines) for meeting in CONTENT.meetings) >= 60
    texts = [remark.text for remark in CONTENT.remarks] + [line.text for line in SPOKEN.values()]
    assert len(set(texts)) == len(texts)
    assert max(map(len, texts)) <= 600
    assert {remark.channel for remark in CONTENT.remarks} == CHANNELS - {"meeting"}
    assert {remark.attitude for remark in CONTENT.remarks} == ATTITUDES
    assert {line.attitude for line in SPOKEN.values()} <= ATTITUDES


@pytest.mark.parametrize("remark", CONTENT.remarks, ids=lambda remark: remark.key)
def test_a_remark_stands_where_it_says(remark):
    assert (remark.author in PEOPLE) != bool(remark.label)
    assert remark.eid is None or remark.eid == "title" or remark.eid in NODES
    if remark.quote:
        assert remark.quote in text_of(remark.eid)
    assert remark.entered_by is None or remark.entered_by in PEOPLE
    assert (remark.entered_by is None) == (remark.channel == "online")
    assert CONTENT.letter.published_day < remark.day < 0
    assert "\r" not in remark.text
    assert remark.text == remark.text.strip()


def test_a_panel_member_speaks_in_their_own_category():
    categories = {member.key: member.category for member in CONTENT.panel.members}
    wrong = [r.key for r in CONTENT.remarks if r.author in categories and r.category != categories[r.author]]
    assert not wrong


def test_opposite_views_meet_on_the_hard_articles():
    for article in ("art_12", "art_17", "art_19", "art_22", "art_33", "art_42", "art_44"):
        said = Counter(r.attitude for r in CONTENT.remarks if (r.eid or "").split("__")[0] == article)
        assert {"support", "oppose"} <= set(said), article
    silent = set(ARTICLES) - {(r.eid or "").split("__")[0] for r in CONTENT.remarks}
    assert silent <= {"art_49"}


def test_replacements_and_withdrawals():
    replaced = [remark for remark in CONTENT.remarks if remark.replaces]
    assert len(replaced) >= 2
    for remark in replaced:
        first = REMARKS[remark.replaces]
        assert (first.day, first.at) < (remark.day, remark.at)
        assert (first.author, first.label) == (remark.author, remark.label)
    assert sum(remark.withdrawn for remark in CONTENT.remarks) >= 2
    assert sum(not remark.publish for remark in CONTENT.remarks) >= 3


@pytest.mark.parametrize("meeting", CONTENT.meetings, ids=lambda meeting: meeting.key)
def test_only_who_is_in_the_hall_speaks(meeting):
    times = [line.at for line in meeting.lines]
    assert times == sorted(times)
    staff = {meeting.chair, meeting.scribe, *meeting.observers}
    for line in meeting.lines:
        assert meeting.actual_start <= line.at <= meeting.actual_end
        assert line.who in CONTENT.present(meeting, line.at) or line.who in staff, line.key
        assert not line.attitude or line.eid in NODES
        assert line.attitude is None or line.who not in {"s01", "s02", "s03", "c02", "d02"}
    assert {item.eid for item in meeting.agenda if item.eid} <= set(NODES)


def test_the_letter_asks_about_articles_that_exist():
    letter = CONTENT.letter
    assert {focus.eid for focus in letter.focus} <= set(ARTICLES)
    assert (
        letter.received_day
        <= letter.published_day
        < 0
        < letter.public_deadline_day
        < letter.office_deadline_day
    )
    assert letter.public_deadline_day - letter.published_day == 30, "the notice gives thirty days"


@pytest.mark.parametrize("suggestion", CONTENT.suggestions, ids=lambda suggestion: suggestion.key)
def test_a_suggestion_has_a_place_reasons_and_sources(suggestion):
    assert suggestion.kind in KINDS
    assert not suggestion.eid or suggestion.eid in NODES
    assert suggestion.title
    assert suggestion.reasons
    assert suggestion.sources
    assert suggestion.wording or suggestion.kind in {"whole", "enforcement"}
    if suggestion.wording and not suggestion.after:
        assert suggestion.wording != NODES[suggestion.eid].text
    known = REMARKS.keys() | SPOKEN.keys()
    sources = [source.key for source in suggestion.sources]
    against = [key for view in suggestion.minority for key in view.sources]
    assert {source.relation for source in suggestion.sources} <= {"same", "alike", "part"}
    assert set(sources + against) <= known
    assert len(set(sources + against)) == len(sources + against)
    hidden = {r.key for r in CONTENT.remarks if r.withdrawn} | {
        r.replaces for r in CONTENT.remarks if r.replaces
    }
    assert not hidden & set(sources + against)


def test_a_wording_for_a_place_keeps_its_closing_mark():
    for suggestion in CONTENT.suggestions:
        if suggestion.wording and not suggestion.after:
            assert suggestion.wording[-1] == NODES[suggestion.eid].text[-1], suggestion.key


def test_no_remark_is_merged_and_also_settled():
    merged = {s.key for g in CONTENT.suggestions for s in g.sources}
    merged |= {key for g in CONTENT.suggestions for view in g.minority for key in view.sources}
    settled = [end.key for end in CONTENT.ends]
    assert not merged & set(settled)
    assert len(set(settled)) == len(settled)
    assert set(settled) <= REMARKS.keys() | SPOKEN.keys()
    assert {end.end for end in CONTENT.ends} == {"attached", "unrelated", "passed_on"}
    assert all(end.reason for end in CONTENT.ends)
    assert all(bool(end.to) == (end.end == "passed_on") for end in CONTENT.ends)


def rules_of(vote):
    rule = RULES[vote.rule]
    return VoteRules(Rule.from_dict(rule.quorum), Rule.from_dict(rule.carry))


def votes_of(kind):
    return next(vote for vote in CONTENT.votes if vote.kind == kind)


def test_the_show_of_hands_comes_out():
    vote = votes_of("hands")
    meeting = MEETINGS[vote.meeting]
    present = CONTENT.present(meeting, vote.closed_at)
    totals = Totals(vote.counts["for"], vote.counts["against"], vote.counts["abstain"])
    tally = judge(totals, rules_of(vote), Heads(len(CONTENT.body(meeting)), len(present)))
    assert totals.cast == len(present)
    assert vote.suggestion in SUGGESTIONS
    assert set(vote.tellers) <= set(present)
    assert seen(tally) == {key: vote.expected[key] for key in seen(tally)}


def seen(tally):
    return {
        "due": tally.due,
        "present": tally.present,
        "quorum_needs": tally.needs_present,
        "carry_needs": tally.needs_for,
        "carried": tally.carried,
    }


def numbers(tally):
    said = {"for": tally.for_, "against": tally.against, "abstain": tally.abstain}
    return seen(tally) | said | {"not_voted": tally.not_voted}


def test_the_named_ballot_comes_out_with_and_without_the_x():
    vote = votes_of("named")
    meeting = MEETINGS[vote.meeting]
    present = set(CONTENT.present(meeting, vote.opened_at))
    coopted = {person.key for person in CONTENT.matter.coopted}
    assert set(vote.choices) <= present
    assert vote.question == CONTENT.matter.question
    roll = [RollRow(key=key, present=key in present, coopted=key in coopted) for key in CONTENT.body(meeting)]
    ballots = [Ballot(row=key, choice=Choice(choice)) for key, choice in vote.choices.items()]
    assert numbers(count(ballots, rules_of(vote), roll)) == vote.expected
    assert numbers(count_fixed(ballots, rules_of(vote), roll)) == vote.expected_fixed


def test_the_notes_spoken_after_a_count_say_the_same_numbers():
    named, hands = votes_of("named"), votes_of("hands")
    last = MEETINGS["m2"].lines[-1].text
    assert "收回二十五张，赞成十八，反对五，弃权二" in last
    assert len(named.choices) == 25
    assert "在场二十九人，赞成十八，反对八，弃权三" in MEETINGS["m1"].lines[-1].text
    assert sum(hands.counts.values()) == 29


def test_nothing_names_a_place_of_this_machine_or_a_real_number():
    for path in Path(FOLDER).iterdir():
        text = path.read_text("utf-8")
        assert "/work" not in text
        assert "/tmp" not in text
        assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text), path.name
        assert not re.search(r"(?<!\d)\d{17}[\dXx](?!\d)", text), path.name
