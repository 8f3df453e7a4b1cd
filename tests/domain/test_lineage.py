"""Links with decisions on them: the newest holds, nothing is left unnamed, every old provision stands at one place at most."""

from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.alignment import ArticleText, Link
from deliberation.domain.lineage import decided, heirs, linked, settle, stands, units
from deliberation.formats.reading import read_text
from tests.make_versions import FIRST, MOVED, SECOND

OLD, NEW, OTHER = read_text(FIRST), read_text(SECOND), read_text(MOVED)


def keyed(draft):
    return {unit.key: unit for family in units(draft).values() for unit in family}


def test_every_provision_stands_once_and_inside_its_article():
    found = stands(keyed(OLD), keyed(NEW), linked(OLD, NEW))
    assert len({s.old for s in found}) == len(found)
    assert all(s.new is None or s.new == s.article or s.new.startswith(f"{s.article}__") for s in found)
    by_old = {s.old: s for s in found}
    assert by_old["art_3__para_2__point_1"].new == "art_4__para_2__point_2"
    assert by_old["art_3"].changed
    assert not by_old["art_2"].changed


def test_identity_is_kept_once():
    kept = heirs(stands(keyed(OLD), keyed(NEW), linked(OLD, NEW)))
    assert len(set(kept.values())) == len(kept)
    assert kept["art_3"] == "art_2"
    assert "art_2" not in kept


def test_a_heading_is_linked_by_its_words_only():
    old = read_text("某法\n第一章　总则\n第一条　甲。\n第二章　罚则\n第二条　乙。\n")
    new = read_text("某法\n第一章　罚则\n第一条　乙。\n第二章　总则\n第二条　甲。\n")
    found = {k.old: k.new for k in linked(old, new) if (k.old or "").startswith("chp")}
    assert found["chp_1"] == "chp_2"


OLDS, NEWS = ["a", "b", "c"], ["x", "y", "z"]
TEXTS = {key: ArticleText(key, None, f"{key}的文字有些长") for key in (*OLDS, *NEWS)}
DECISIONS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(OLDS), st.lists(st.sampled_from(NEWS), max_size=2, unique=True)),
        st.tuples(st.none(), st.lists(st.sampled_from(NEWS), min_size=1, max_size=1)),
    ),
    max_size=6,
)
MACHINE = [Link("a", "x", "reworded", 0.6, False), Link("b", "y", "same", 1.0, True), Link("c", None, "deleted", 0, True), Link(None, "z", "new", 0, True)]  # fmt: skip


def batch(old, news):
    if old is None:
        return [Link(None, news[0], "new", 1.0, True)]
    return decided(TEXTS[old], [TEXTS[new] for new in news], MACHINE)


@given(DECISIONS)
def test_after_any_decisions_every_provision_is_named_and_the_newest_holds(decisions):
    links = settle(MACHINE, [batch(*one) for one in decisions])
    assert {k.old for k in links} >= set(OLDS)
    assert {k.new for k in links} >= set(NEWS)
    assert len({(k.old, k.new) for k in links}) == len(links)
    if decisions:
        old, news = decisions[-1]
        if old is None:
            assert [k.old for k in links if k.new == news[0]] == [None]
        else:
            assert sorted(k.new for k in links if k.old == old and k.new) == sorted(news)


@given(DECISIONS)
def test_nothing_stands_in_two_places(decisions):
    links = settle(MACHINE, [batch(*one) for one in decisions])
    olds, news = {k: TEXTS[k] for k in OLDS}, {k: TEXTS[k] for k in NEWS}
    found = stands(olds, news, links)
    assert sorted(s.old for s in found) == OLDS
    assert len(set(heirs(found).values())) == len(heirs(found))
