"""Correcting a draft: tables of cases, and for drafts and steps nobody thought of: no character lost, undone exactly."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.domain.correcting import BODY, Step, apply, build, flatten, names, undone
from deliberation.domain.correcting.beside import beside
from deliberation.domain.errors import Conflict, Refusal
from deliberation.domain.provisions import KINDS
from deliberation.domain.structure import Line, Source, parse
from deliberation.domain.structure.lines import bare
from tests.domain.test_structure_properties import any_line, drafts

TEXT = """××市养犬管理条例（草案）

第一章　总则

第一条　为了规范养犬，制定本条例。第二条所说的犬，不包括军犬。

第二条　本条例适用于本市。养犬人应当遵守第三条第一款的规定：

（一）办证；

（二）牵绳。

第三条　犬只应当免疫。

第二章　附则

第四条　依照第三条办理。

第五条　本条例自公布之日起施行。
"""


def read(text=TEXT):
    return replace(
        parse(Source(tuple(Line(line, no) for no, line in enumerate(text.split("\n"), 1)))), warnings=()
    )


def at(draft, eid):
    return next(node for node in draft.walk() if node.eid == eid)


def labels(draft):
    return [node.number for node in draft.articles()]


def offset(draft, eid, words):
    return at(draft, eid).text.index(words)


def test_an_article_that_begins_in_mid_line_is_split_off_with_its_number():
    draft = read(TEXT.replace("本条例适用于本市。养犬人", "本条例适用于本市，第二条之一养犬人"))
    assert labels(draft) == ["第一条", "第二条", "第三条", "第四条", "第五条"]
    place = offset(draft, "art_2__para_1", "第二条之一")
    made = apply(draft, Step("split", "art_2__para_1", place))
    assert labels(made.draft) == ["第一条", "第二条", "第二条之一", "第三条", "第四条", "第五条"]
    assert made.focus == "art_2-1"
    assert at(made.draft, "art_2-1__para_1").text.startswith("养犬人")
    assert [node.text for node in at(made.draft, "art_2-1__para_1").children] == ["办证；", "牵绳。"]


def test_a_line_taken_for_an_article_is_joined_back_or_marked_as_quoted():
    draft = read(TEXT.replace("不包括军犬。", "不包括军犬。\n第二条　规定如下。"))
    assert labels(draft)[:3] == ["第一条", "第二条", "第二条"]
    wrong = draft.articles()[1].eid
    joined = apply(draft, Step("join", wrong)).draft
    assert labels(joined)[:3] == ["第一条", "第二条", "第三条"]
    assert at(joined, "art_1__para_1").text.endswith("不包括军犬。第二条　规定如下。")
    quoted = apply(draft, Step("kind", wrong, kind="quoted"))
    assert labels(quoted.draft)[:2] == ["第一条", "第二条"]
    assert at(quoted.draft, "art_1__qstr_1").text == "第二条　规定如下。"
    back = apply(quoted.draft, Step("kind", quoted.focus, kind="article"))
    assert back.draft == draft


def test_levels_go_up_and_down_and_take_what_stands_below():
    draft = read()
    section = apply(draft, Step("kind", "chp_2", kind="section")).draft
    assert at(section, "chp_1__sec_2").children[0].number == "第四条"
    assert apply(section, Step("kind", "chp_1__sec_2", kind="chapter")).draft == draft
    up = apply(draft, Step("kind", "art_2__para_1__point_2", kind="paragraph")).draft
    assert at(up, "art_2__para_2").text == "（二）　牵绳。"
    article = apply(draft, Step("kind", "art_2__para_1", kind="article")).draft
    assert [node.kind for node in at(article, "art_3").children] == ["paragraph"]


def test_front_lines_are_put_into_place_in_their_order():
    draft = read("某街道办事处\n××市养犬条例\n（草案稿）\n第一条　甲。")
    lines = {entry.text: name for entry, name in zip(flatten(draft), names(draft), strict=True)}
    assert draft.title == "××市养犬条例"
    first = apply(draft, Step("kind", lines["××市养犬条例"], kind="notice")).draft
    assert first.notice == ("某街道办事处", "××市养犬条例")
    assert bare(first.text()) == bare(draft.text())
    whole = read("××市养犬条例草案征求意见稿\n第一条　甲。")
    made = apply(whole, Step("split", "front_1", len("××市养犬条例"))).draft
    stage = apply(made, Step("kind", "front_2", kind="stage")).draft
    assert (stage.title, stage.stage) == ("××市养犬条例", "草案征求意见稿")
    with pytest.raises(Refusal, match="依次是"):
        apply(stage, Step("kind", "front_1", kind="note"))


@pytest.mark.parametrize(
    ("typed", "label", "n"),
    [
        ("7", "第七条", "7"),
        ("十七之一", "第十七条之一", "17-1"),
        ("第二十条", "第二十条", "20"),
        ("17-2", "第十七条之二", "17-2"),
    ],
)
def test_one_number_is_mended_as_people_type_it(typed, label, n):
    made = apply(read(), Step("number", "art_3", number=typed)).draft
    assert [(a.number, a.n) for a in made.articles()][2] == (label, n)


def test_numbers_run_on_from_here_and_keep_their_zhi_yi():
    draft = read(TEXT.replace("第三条　犬只", "第二条之一　犬只"))
    made = apply(draft, Step("numbers", "art_2", number="5")).draft
    assert labels(made) == ["第一条", "第五条", "第五条之一", "第六条", "第七条"]
    chapters = apply(draft, Step("numbers", "chp_1", number="3")).draft
    assert [n.number for n in chapters.body] == ["第三章", "第四章"]
    points = apply(draft, Step("numbers", "art_2__para_1__point_1", number="三")).draft
    assert [n.number for n in at(points, "art_2__para_1").children] == ["（三）", "（四）"]


@pytest.mark.parametrize(
    "step",
    [
        Step("number", "art_3", number="几"), Step("number", "art_3", number=""), Step("number", "art_3", number="0"),
        Step("number", "art_3", number="123456"), Step("number", "art_3__para_1", number="3"), Step("split", "art_3__para_1", 0),
        Step("split", "art_3__para_1", 9_999), Step("kind", "art_3", kind="moon"), Step("kind", "art_3", kind="article"),
        Step("join", "front_1"), Step("join", "art_3__para_1"), Step("fill", "art_3__para_1", text="甲"), Step("fly", "art_3"),
        Step("words", "front_1", text=" "), Step("words", "art_3__para_1", text="犬只应当免疫。"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(step):
    with pytest.raises(Refusal):
        apply(read(), step)


def test_a_block_that_is_gone_is_a_conflict():
    with pytest.raises(Conflict):
        apply(read(), Step("join", "art_99"))
    with pytest.raises(Conflict):
        apply(read(), Step("join", ""))


def test_an_article_is_typed_in():
    made = apply(
        read(),
        Step("fill", "art_3", text="犬只应当：\n（一）免疫；\n1. 每年一次；\n\n（二）登记。\n不得遗弃。"),
    ).draft
    article = at(made, "art_3")
    assert [child.text for child in article.children] == ["犬只应当：", "不得遗弃。"]
    assert [point.number for point in article.children[0].children] == ["（一）", "（二）"]
    assert article.children[0].children[0].children[0].text == "每年一次；"
    assert at(apply(made, Step("fill", "art_3", text="")).draft, "art_3__para_1").text == ""


def test_the_words_of_a_block_are_mended():
    made = apply(read(), Step("words", "chp_1", number="第一章", heading="总　则")).draft
    assert made.body[0].heading == "总　则"
    assert (
        apply(made, Step("words", "art_3__para_1", text="犬只必须免疫。"))
        .draft.articles()[2]
        .children[0]
        .text
        == "犬只必须免疫。"
    )


NEVER_CHANGES = st.one_of(
    st.tuples(st.just("split"), st.integers(1, 40), st.sampled_from(["text", "heading"]), st.just("")),
    st.tuples(st.just("join"), st.just(0), st.just("text"), st.just("")),
    st.tuples(st.just("kind"), st.just(0), st.just("text"), st.sampled_from([*KINDS, "notice", "title", "stage", "note"])),
)  # fmt: skip
read_lines = st.lists(any_line, min_size=1, max_size=14).map(lambda lines: read("\n".join(lines)))


@given(drafts() | read_lines)
@settings(max_examples=50, deadline=None)
def test_the_list_of_blocks_gives_the_same_tree(draft):
    assert build(flatten(draft)) == draft
    assert len(flatten(draft)) == len(names(draft))


@given(drafts() | read_lines, st.lists(st.tuples(st.integers(0, 200), NEVER_CHANGES), max_size=8))
@settings(max_examples=120, deadline=None)
def test_no_step_of_structure_changes_a_character_and_every_one_is_undone_exactly(draft, tried):
    first, made = draft, []
    for where, (do, place, part, kind) in tried:
        found = [name for name in names(draft) if name]
        step = Step(do, found[where % len(found)] if found else "none", place, part, kind)
        try:
            result = apply(draft, step)
        except Refusal:
            continue
        assert bare(result.draft.text()) == bare(first.text()), step
        eids = [node.eid for node in result.draft.walk()]
        assert len(eids) == len(set(eids))
        assert undone(result.draft, result.change) == draft
        assert result.focus in names(result.draft)
        made.append(result.change)
        draft = result.draft
    for change in reversed(made):
        draft = undone(draft, change)
    assert draft == first


@given(drafts(), st.integers(0, 50), st.integers(1, 300))
@settings(max_examples=40, deadline=None)
def test_renumbering_changes_numbers_only(draft, which, first):
    eid = draft.articles()[which % len(draft.articles())].eid
    made = apply_or_none(draft, Step("numbers", eid, number=str(first)))
    if made is None:
        return
    assert [(e.kind, e.text, e.heading) for e in flatten(made.draft)] == [
        (e.kind, e.text, e.heading) for e in flatten(draft)
    ]
    assert undone(made.draft, made.change) == draft


def apply_or_none(draft, step):
    try:
        return apply(draft, step)
    except Refusal:
        return None


@given(drafts() | read_lines)
@settings(max_examples=50, deadline=None)
def test_every_block_and_every_line_stands_in_one_row(draft):
    lines = [line for line in draft.text().split("\n") if line]
    found = beside(draft, lines)
    assert found.differences == ()
    assert [i for row in found.rows for i in row.lines] == list(range(len(lines)))
    blocks = [e for e in flatten(draft) if e.kind != BODY]
    assert [i for row in found.rows for i in row.blocks] == list(range(len(blocks)))
    for row in found.rows:
        said = "".join(bare(blocks[i].words()) for i in row.blocks)
        assert said == "".join(bare(lines[i]) for i in row.lines)


def test_a_difference_is_told_with_its_place():
    draft = read()
    lines = [line for line in TEXT.split("\n") if line]
    assert beside(draft, lines).differences == ()
    mended = apply(draft, Step("words", "art_3__para_1", text="犬只必须免疫。")).draft
    (one,) = beside(mended, lines).differences
    assert (lines[one.line], one.source, one.tree) == ("第三条　犬只应当免疫。", "应当", "必须")
    (missing,) = beside(draft, [*lines[:3], "漏读的一行字。", *lines[3:]]).differences
    assert (missing.line, missing.source, missing.tree) == (3, "漏读的一行字。", "")
    (more,) = beside(draft, [*lines[:4], *lines[5:]]).differences
    assert (more.source, more.tree) == ("", "（一）办证；")
    assert beside(draft, lines).block_of(lines.index("第三条　犬只应当免疫。")) == "art_3"
