"""Addresses: articles never prefixed, what restarts prefixed, all different."""

from deliberation.domain.eids import addressed, find
from deliberation.domain.provisions import Draft, Node


def node(kind, n=None, *children, number="x"):
    return Node(kind, number if n else None, n, children=tuple(children))


def eids(*body, **more):
    return [found.eid for found in addressed(Draft(body=tuple(body), **more)).walk()]


def test_articles_are_never_prefixed_and_what_restarts_is():
    tree = node(
        "part",
        "1",
        node(
            "subpart",
            "2",
            node("chapter", "3", node("section", "1", node("article", "17-1", node("paragraph")))),
        ),
    )
    assert eids(tree) == [
        "book_1", "book_1__part_2", "book_1__part_2__chp_3", "book_1__part_2__chp_3__sec_1", "art_17-1", "art_17-1__para_1",
    ]  # fmt: skip


def test_below_an_article():
    tree = node(
        "article",
        "12",
        node("paragraph"),
        node("table"),
        node("paragraph", None, node("subparagraph", "3", node("item", "1"))),
    )
    assert eids(tree)[1:] == [
        "art_12__para_1", "art_12__table_1", "art_12__para_2", "art_12__para_2__point_3", "art_12__para_2__point_3__indent_1",
    ]  # fmt: skip


def test_an_unnumbered_division_follows_the_one_before():
    assert eids(node("chapter", "6"), node("chapter")) == ["chp_6", "chp_7"]


def test_a_number_used_twice():
    assert eids(node("article", "2"), node("article", "2"), node("article", "2")) == [
        "art_2",
        "art_2_2",
        "art_2_3",
    ]


def test_around_the_body():
    attachments = (
        node("attachment"),
        node("attachment", "1", node("article", "1")),
        node("attachment", "2", node("paragraph")),
    )
    found = eids(node("clause", "1", node("quoted")), preamble=(node("paragraph"),), attachments=attachments)
    assert found == [
        "preamble__para_1",
        "cl_1",
        "cl_1__qstr_1",
        "att_0",
        "att_1",
        "att_1__art_1",
        "att_2",
        "att_2__para_1",
    ]


def test_found_by_address():
    draft = addressed(Draft(body=(node("chapter", "1", node("article", "5")),)))
    assert find(draft.body, "art_5") is draft.body[0].children[0]
    assert find(draft.body, "art_6") is None
