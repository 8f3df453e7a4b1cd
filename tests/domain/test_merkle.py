"""The tree against an independent naive one, and every proof against every change."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.domain.merkle import EMPTY, Frontier, Tree, consistent, included

SIZES = range(34)


def naive(leaves):
    """RFC 6962 §2.1 word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + naive(leaves[:k]) + naive(leaves[k:])).digest()


def naive_path(m, leaves):
    """RFC 6962 §2.1.1."""
    if len(leaves) <= 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*naive_path(m, leaves[:k]), naive(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive(leaves[:k])]


def naive_proof(m, leaves, whole=True):
    """RFC 6962 §2.1.2."""
    if m == len(leaves):
        return [] if whole else [naive(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*naive_proof(m, leaves[:k], whole), naive(leaves[k:])]
    return [*naive_proof(m - k, leaves[k:], False), naive(leaves[:k])]


def leaves(n):
    return [bytes([i]) * (i % 5) + b"x" for i in range(n)]


def test_known_vectors():
    """The eight leaves used by the RFC 6962 reference tests, and their published roots."""
    data = [bytes.fromhex(h) for h in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
    data.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
    assert Tree().root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert Tree(data[:1]).root().hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert Tree(data).root().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("n", SIZES)
def test_root_frontier_and_paths_are_the_naive_ones(n):
    data, tree, frontier = leaves(n), Tree(leaves(n)), Frontier()
    for leaf in data:
        frontier = frontier.add(leaf)
    assert tree.root() == naive(data) == frontier.root()
    assert Frontier.unpacked(n, frontier.packed()) == frontier
    for size in range(n + 1):
        assert tree.root(size) == naive(data[:size])
    for i in range(n):
        path = tree.inclusion(i)
        assert path == naive_path(i, data)
        assert included(data[i], i, n, path, tree.root())


@pytest.mark.parametrize("n", SIZES)
def test_consistency_is_the_naive_one(n):
    data, tree = leaves(n), Tree(leaves(n))
    for old in range(n + 1):
        path = tree.consistency(old)
        assert path == (naive_proof(old, data) if old else [])
        assert consistent(old, tree.root(old), n, tree.root(), path)


@pytest.mark.parametrize("n", range(1, 18))
def test_a_path_proves_one_place_only(n):
    data, tree = leaves(n), Tree(leaves(n))
    for i in range(n):
        path = tree.inclusion(i)
        for other in range(-1, n + 2):
            assert included(data[i], other, n, path, tree.root()) is (other == i)
        for size in range(n + 20):
            if included(data[i], i, size, path, tree.root()) and size != n:
                # the same path may serve another size only where the climb is the same
                assert len(naive_path(i, leaves(size))) == len(path)
        assert not included(data[i] + b"!", i, n, path, tree.root())
        assert not included(data[i], i, n, [*path, EMPTY], tree.root())
        if path:
            assert not included(data[i], i, n, path[:-1], tree.root())
            assert not included(data[i], i, n, path[::-1], tree.root()) or path == path[::-1]


@pytest.mark.parametrize("n", range(2, 18))
def test_a_changed_past_is_not_consistent(n):
    data, tree = leaves(n), Tree(leaves(n))
    for old in range(1, n):
        path = tree.consistency(old)
        for at in range(old):
            forged = Tree([*data[:at], b"other", *data[at + 1 :]])
            assert not consistent(old, forged.root(old), n, tree.root(), path)
            assert not consistent(old, tree.root(old), n, forged.root(), forged.consistency(old))
        assert not consistent(old, tree.root(old), n, tree.root(), [*path, EMPTY])
        assert not consistent(old, tree.root(old), n, tree.root(), path[:-1])
        assert not consistent(old + n, tree.root(old), n, tree.root(), path)
        assert not consistent(old, tree.root(old), n, tree.root(old), path)


@settings(max_examples=60)
@given(st.integers(1, 900), st.data())
def test_larger_trees(n, data):
    tree = Tree(n.to_bytes(2, "big") + i.to_bytes(2, "big") for i in range(n))
    i = data.draw(st.integers(0, n - 1))
    size = data.draw(st.integers(i + 1, n))
    old = data.draw(st.integers(0, size))
    leaf = n.to_bytes(2, "big") + i.to_bytes(2, "big")
    path, proof = tree.inclusion(i, size), tree.consistency(old, size)
    assert len(path) <= size.bit_length()
    assert included(leaf, i, size, path, tree.root(size))
    assert consistent(old, tree.root(old), size, tree.root(size), proof)
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        path[at] = bytes([path[at][0] ^ 1]) + path[at][1:]
        assert not included(leaf, i, size, path, tree.root(size))
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        proof[at] = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        assert not consistent(old, tree.root(old), size, tree.root(size), proof)


@pytest.mark.parametrize("wrong", [lambda t: t.inclusion(3), lambda t: t.root(4), lambda t: t.consistency(4)])
def test_what_never_was_is_refused(wrong):
    with pytest.raises(ValueError, match="leaf 3|leaves"):
        wrong(Tree(leaves(3)))


def test_peaks_fit_their_size():
    with pytest.raises(ValueError, match="peak"):
        Frontier(3, (EMPTY,))
    with pytest.raises(ValueError, match="belong together"):
        Frontier.unpacked(3, EMPTY)
