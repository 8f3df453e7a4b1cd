"""Leaves and canonical facts: one spelling for one thing, nothing told without the salt."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.fingerprints import REMARK_FIELDS, remark_content, remark_facts, remark_sha256
from deliberation.domain.leaves import (
    Leaf,
    canonical,
    commitment,
    leaf_bytes,
    leaves_text,
    read_leaf,
    read_leaves,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text("abz_", min_size=1, max_size=4), each, max_size=4),
    max_leaves=12,
)  # fmt: skip
FACTS = st.dictionaries(st.text("abcxyz_", min_size=1, max_size=6), VALUES, max_size=6)
SALT = bytes(range(32))


@given(FACTS)
def test_canonical_reads_back_and_does_not_depend_on_order(facts):
    raw = canonical(facts)
    assert json.loads(raw) == facts
    assert canonical(dict(reversed(facts.items()))) == raw
    assert canonical(json.loads(raw)) == raw


@given(FACTS, FACTS)
def test_different_facts_have_different_bytes(one, two):
    if canonical(one) == canonical(two):
        assert one == two
    if one != two:
        assert canonical(one) != canonical(two)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(
    st.dictionaries(
        st.text(st.characters(max_codepoint=127), max_size=4),
        st.none() | WORDS | st.dictionaries(st.sampled_from(["a", "b", '"']), WORDS),
        max_size=5,
    )
)
def test_what_is_only_text_is_written_as_the_encoder_writes_it(facts):
    said = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(facts) == said.encode()


@pytest.mark.parametrize(
    ("facts", "raw"),
    [
        ({}, "{}"),
        ({"b": 1, "a": [None, True, False]}, '{"a":[null,true,false],"b":1}'),
        (
            {"t": '引号"与\\与/\n\t\r\b\f\x01\x7f\u2028'},
            '{"t":"引号\\"与\\\\与/\\n\\t\\r\\b\\f\\u0001\x7f\u2028"}',
        ),
        ({"n": -0}, '{"n":0}'),
        ({"n": 2**53 - 1}, '{"n":9007199254740991}'),
        ({"t": ("a", "b")}, '{"t":["a","b"]}'),
    ],
)
def test_canonical_as_rfc_8785_writes_it(facts, raw):
    assert canonical(facts).decode() == raw


@pytest.mark.parametrize(
    "value", [1.0, 2**53, b"x", {1: 2}, {"键": 1}, {1, 2}, object(), float("nan"), "\ud800"]
)
def test_what_has_no_one_spelling_is_refused(value):
    with pytest.raises(ValueError):
        canonical({"v": value})


def test_commitment_is_as_described():
    assert commitment(SALT, b"x") == hashlib.sha256(b"\x02" + SALT + b"x").digest()
    assert len({commitment(bytes([n]) * 32, b"x") for n in range(50)}) == 50
    with pytest.raises(ValueError, match="32"):
        commitment(b"short", b"x")


def test_leaf_bytes_are_as_described():
    raw = leaf_bytes(3, "make-remark", "remark", "2026-03-0001", b"\xab" * 32)
    assert raw == b"3 make-remark remark 2026-03-0001 " + b"ab" * 32
    assert leaf_bytes(0, "sign-in", "visit", None, bytes(32)).split(b" ")[3] == b"-"


@pytest.mark.parametrize(
    "words",
    [(-1, "a", "b", "c"), (0, "", "b", "c"), (0, "a b", "b", "c"), (0, "a", "b\n", "c"), (0, "a", "b", "编号"), (2**53, "a", "b", "c")],
)  # fmt: skip
def test_leaves_that_could_be_read_in_two_ways_are_refused(words):
    with pytest.raises(ValueError, match="a leaf has"):
        leaf_bytes(*words, bytes(32))


WORDS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=9)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS | st.none(), st.binary(min_size=32, max_size=32)), max_size=9))
def test_leaves_come_back(entries):
    leaves = [Leaf(i, a, k, None if n == "-" else n, c) for i, (a, k, n, c) in enumerate(entries)]
    assert read_leaves(leaves_text(leaves)) == leaves
    assert all(read_leaf(leaf.line()) == leaf for leaf in leaves)


LINE = leaf_bytes(0, "a", "b", "c", bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [LINE, f"{LINE}\n{LINE}\n", LINE.replace("0 a", "1 a", 1) + "\n", f"0{LINE}\n", LINE.replace(" b", "  b") + "\n", f"{LINE}\r\n", f"\n{LINE}\n", f"{LINE[:-2]}AB\n"],
)  # fmt: skip
def test_another_spelling_of_the_log_is_refused(text):
    with pytest.raises(ValueError):
        read_leaves(text)


def test_gaps_are_not_written():
    with pytest.raises(ValueError, match="gaps"):
        leaves_text([Leaf(1, "a", "b", None, bytes(32))])


def test_a_remark_is_rebuilt_from_its_line():
    facts = remark_facts(
        version_digest="d", eid="art_1", attitude="amend", text="原话\n第二行", wording="", reason=None
    )
    assert set(facts) == set(REMARK_FIELDS)
    row = {"number": "2026-03-0001", "channel": "online", "suggestions": [1], **facts}
    assert remark_content(row) == remark_content(facts)
    assert Leaf(0, "a", "remark", "n", commitment(SALT, remark_content(row))).commits_to(
        SALT, canonical(facts)
    )
    assert remark_sha256("原话") == hashlib.sha256("原话".encode()).hexdigest()
    for name in REMARK_FIELDS:
        assert remark_content({**row, name: "换"}) != remark_content(row)
    with pytest.raises(KeyError):
        remark_content({"text": "x"})


def test_an_empty_box_is_nothing():
    empty = remark_facts(
        version_digest="d", eid="", attitude="support", text="", quote="", wording="", reason=""
    )
    assert empty == {**dict.fromkeys(REMARK_FIELDS), "version_digest": "d", "attitude": "support"}
    assert remark_content({**empty, "text": "", "eid": ""}) == remark_content(empty)
