"""The text forms of heads and proofs: read back equal, and in one spelling only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.checkpoints import Head, Proof, b64, origin, read_head, read_proof, split_note, unb64
from deliberation.domain.leaves import Leaf
from deliberation.keys.signing import Signer

ORIGIN = origin("hujie.example.cn", "2026-03")
NOTE = Signer(bytes(32)).note(Head(ORIGIN, 1, bytes(32)).text(), ORIGIN)
HASHES = st.binary(min_size=32, max_size=32)


@given(st.integers(0, 2**40), HASHES)
def test_heads_come_back(size, root):
    head = Head(ORIGIN, size, root)
    assert read_head(head.text()) == head
    assert head.root.hex().startswith(head.short_code().replace(" ", ""))


@given(st.binary(max_size=80))
def test_base64_has_one_spelling(data):
    assert unb64(b64(data)) == data


@pytest.mark.parametrize("text", ["YR==", "YQ", "Y Q==", "YQ==\n", "YQ=", "Y-==", "中"])
def test_other_spellings_are_refused(text):
    with pytest.raises(ValueError):
        unb64(text)


@pytest.mark.parametrize(
    "text",
    [
        "", f"{ORIGIN}\n1\n", f"{ORIGIN}\n01\n{b64(bytes(32))}\n", f"{ORIGIN}\n1\n{b64(bytes(31))}\n",
        f"{ORIGIN}\n1\n{b64(bytes(32))}\nmore\n", f"{ORIGIN}\n1\n{b64(bytes(32))}", f"other/suite\n1\n{b64(bytes(32))}\n",
    ],
)  # fmt: skip
def test_other_heads_are_refused(text):
    with pytest.raises(ValueError):
        read_head(text)


@pytest.mark.parametrize("place", ["a b", "a+b", "a\u3000b", "a\nb", "a\x00"])
def test_origins_have_no_spaces(place):
    with pytest.raises(ValueError, match="origin"):
        origin(place, "x")


@given(
    st.integers(0, 2**40), st.lists(HASHES, max_size=5), st.none() | HASHES,
    st.dictionaries(st.sampled_from(["text", "eid", "n"]), st.none() | st.integers(0, 9) | st.text("中a\n\"", max_size=5)),
    st.integers(0, 2),
)  # fmt: skip
def test_proofs_come_back(index, path, salt, facts, since):
    between = tuple(Leaf(n, "sign-in", "visit", None, bytes(32)) for n in range(since))
    leaf = Leaf(index, "make-remark", "remark", "2026-03-0001", bytes(32))
    proof = Proof(leaf, tuple(path), NOTE, "name+00000000+AQ==", salt, facts if salt else None, between)
    assert read_proof(proof.text()) == proof
    assert proof.text().startswith("c2sp.org/tlog-proof@v1\nextra ")


@pytest.mark.parametrize(
    "change",
    [("index 0", "index 00"), ("index 0", "index 1"), ("@v1", "@v2"), ("\n\n", "\n"), ("extra ", "extra  ")],
)
def test_other_proofs_are_refused(change):
    text = Proof(Leaf(0, "a", "b", None, bytes(32)), (), NOTE, "k+0+AQ==").text()
    assert read_proof(text)
    with pytest.raises(ValueError):
        read_proof(text.replace(*change, 1))


def test_a_note_has_one_signature():
    text, name, mark = split_note(NOTE)
    assert (text, name, len(mark)) == (Head(ORIGIN, 1, bytes(32)).text(), ORIGIN, 68)
    for bad in (
        NOTE + NOTE.splitlines(True)[-1],
        NOTE[:-1],
        NOTE.replace("— ", "- "),
        NOTE.replace("\n\n", "\n"),
    ):
        with pytest.raises(ValueError, match="one signature"):
            split_note(bad)
