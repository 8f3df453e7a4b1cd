"""Edits on the platform: the text after each step, numbers in order, links that say what was done; taken back exactly."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.draft_edits import FIRST, Step, standing, worked
from deliberation.domain.errors import Refusal
from deliberation.formats.reading import read_text
from deliberation.services.edited import article

BASE = read_text(
    "某条例\n\n第一章　总则\n\n第一条　甲是第一件事。\n\n第二条　乙是第二件事。\n\n第二章　附则\n\n第三条　丙是第三件事。\n"
)
NAMES = {node.eid: f"h-{node.eid}" for node in BASE.walk()}
A, B, C = (f"h-art_{n}" for n in (1, 2, 3))


def after(*steps):
    return worked(BASE, NAMES, steps, article)


def texts(done):
    return [
        (node.n, "".join(line for child in node.children for line in child.lines()))
        for node in done.draft.articles()
    ]


def relations(done):
    return {(k.old, k.new): k.relation for k in done.links if "art" in (k.old or k.new)}


@pytest.mark.parametrize(
    ("step", "numbers", "expected"),
    [
        (Step("reword", on=B, first="乙是另一件事。"), "甲乙丙", {("art_2", "art_2"): "reworded"}),
        (Step("reword", on=B, first="乙是第二件事。"), "甲乙丙", {("art_2", "art_2"): "same"}),
        (Step("insert", after=A, made="new", first="丁是新的。"), "甲丁乙丙", {(None, "art_2"): "new", ("art_2", "art_3"): "renumbered"}),
        (Step("insert", after=FIRST, made="new", first="丁是新的。"), "丁甲乙丙", {(None, "art_1"): "new", ("art_1", "art_2"): "renumbered"}),
        (Step("delete", on=A), "乙丙", {("art_1", None): "deleted", ("art_2", "art_1"): "renumbered"}),
        (Step("move", on=A, after=C), "乙丙甲", {("art_1", "art_3"): "moved", ("art_3", "art_2"): "renumbered"}),
        (Step("split", on=A, made="new", first="甲是", second="第一件事。"), "甲第乙丙", {("art_1", "art_1"): "split", ("art_1", "art_2"): "split"}),
        (Step("merge", on=A, after=B), "甲丙", {("art_1", "art_1"): "merged", ("art_2", "art_1"): "merged"}),
    ],
    ids=["reword", "as it was", "insert", "at the beginning", "delete", "move", "split", "merge"],
)  # fmt: skip
def test_one_step(step, numbers, expected):
    done = after(step)
    found = texts(done)
    assert "".join(text[0] for _n, text in found) == numbers
    assert [n for n, _text in found] == [str(k) for k in range(1, len(found) + 1)]
    assert expected.items() <= relations(done).items()
    assert all(k.sure for k in done.links)


def test_joined_text_is_in_the_order_of_the_draft_and_nothing_is_lost():
    (first, _second) = after(Step("merge", on=A, after=B)).draft.articles()
    assert [child.text for child in first.children] == ["甲是第一件事。", "乙是第二件事。"]


def test_undo_takes_back_the_last_that_stands():
    one, two = Step("delete", on=A), Step("delete", on=B)
    assert standing([Step("begin"), one, two, Step("undo"), Step("undo"), two]) == [two]
    assert after(one, Step("undo")).draft.text() == BASE.text()


@pytest.mark.parametrize(
    "step",
    [
        Step("delete", on="nobody"),
        Step("move", on=A, after=A),
        Step("merge", on=A, after=A),
        Step("reword", on=A, first=" "),
        Step("reword", on=A, first="甲。\n第二条　乙。"),
        Step("insert", after="nobody", made="x", first="丁。"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused(step):
    with pytest.raises(Refusal):
        after(step)


def test_where_there_is_a_zhiyi_the_numbers_stay():
    base = read_text("某法\n\n第一条　甲。\n\n第一条之一　乙。\n\n第二条　丙。\n")
    names = {node.eid: node.eid for node in base.walk()}
    done = worked(base, names, [Step("insert", after="art_1-1", made="new", first="丁。")], article)
    assert [node.number for node in done.draft.articles()] == ["第一条", "第一条之一", "第一条之二", "第二条"]


STEPS = st.lists(
    st.one_of(
        st.builds(Step, st.just("delete"), st.sampled_from([A, B, C])),
        st.builds(Step, st.just("move"), st.sampled_from([A, B, C]), st.sampled_from([A, B, C, FIRST])),
        st.builds(Step, st.just("merge"), st.sampled_from([A, B, C]), st.sampled_from([A, B, C])),
        st.just(Step("undo")),
        st.builds(lambda n: Step("insert", after=A, made=f"n{n}", first=f"戊{n}。"), st.integers(0, 9_999)),
    ),
    max_size=6,
)


@given(STEPS)
def test_every_article_of_either_side_is_named(steps):
    apart = [replace(step, made=f"n{k}") if step.made else step for k, step in enumerate(steps)]
    try:
        done = after(*apart)
    except Refusal:
        return
    olds = {node.eid for node in BASE.articles()}
    news = {node.eid for node in done.draft.articles()}
    assert {k.old for k in done.links} >= olds
    assert {k.new for k in done.links} >= news
    assert [node.n for node in done.draft.articles()] == [str(k) for k in range(1, len(news) + 1)]
