"""意见态度统计: counted like a vote, by category and origin, and never worded like one."""

import ast
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain import attitudes
from deliberation.domain.attitudes import ATTITUDE_LABELS, FORBIDDEN, Attitude, Expressed, count_attitudes
from deliberation.domain.errors import Refusal


def test_by_category_and_origin():
    counted = count_attitudes(
        [
            Expressed("甲", Attitude.SUPPORT, "resident", "online"),
            Expressed("乙", Attitude.AMEND, "resident", "paper"),
            Expressed("丙", Attitude.OPPOSE, "legal", "meeting"),
        ],
        asked=5,
    )
    assert str(counted.said) == "征询5，赞成1，建议修改1，不赞成1，没意见0，未表态2"
    assert {name: part.total for name, part in counted.categories} == {"resident": 2, "legal": 1}
    assert {name: part.total for name, part in counted.origins} == {"online": 1, "paper": 1, "meeting": 1}


def test_not_recorded_is_not_zero():
    counted = count_attitudes([Expressed("甲", Attitude.NO_VIEW)])
    assert counted.silent is None
    assert "未表态" not in str(counted.said)


def test_more_answers_than_asked():
    with pytest.raises(Refusal):
        count_attitudes([Expressed("甲", Attitude.SUPPORT), Expressed("乙", Attitude.SUPPORT)], asked=1)


def test_two_answers_in_one_revision():
    with pytest.raises(Refusal):
        count_attitudes([Expressed("甲", Attitude.SUPPORT), Expressed("甲", Attitude.OPPOSE)])


def test_no_word_of_a_decision():
    """Every sentence this module can say, read from its source, is free of the words of a decision."""
    tree = ast.parse(inspect.getsource(attitudes))
    said = [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_"
    ]
    assert len(said) >= 8
    assert not [sentence for sentence in said for word in FORBIDDEN if word in sentence]
    assert list(ATTITUDE_LABELS.values()) == ["赞成", "建议修改", "不赞成", "没意见"]


rows = st.lists(
    st.builds(
        Expressed,
        st.integers(0, 6),
        st.sampled_from(Attitude),
        st.sampled_from(["resident", "legal"]),
        st.sampled_from(["online", "paper"]),
        st.integers(1, 9),
    ),
    max_size=30,
    unique_by=lambda row: (row.person, row.revision),
)


@given(rows, st.randoms())
def test_order_is_nothing_and_the_last_revision_counts(rows, random):
    counted = count_attitudes(rows)
    assert count_attitudes(random.sample(rows, len(rows))) == counted
    last = {}
    for row in rows:
        if row.person not in last or last[row.person].revision < row.revision:
            last[row.person] = row
    for attitude in Attitude:
        assert getattr(counted.whole, attitude.value) == sum(
            row.attitude is attitude for row in last.values()
        )
    for parts in (counted.categories, counted.origins):
        assert sum(part.total for _, part in parts) == counted.whole.total == len(last)
