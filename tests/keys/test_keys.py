"""Column encryption, passwords, tokens and signatures do what they say, and refuse the rest."""

import json

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.receipts import is_sound, tidy
from deliberation.keys import passwords
from deliberation.keys.columns import CannotOpenError, Cipher, subkey
from deliberation.keys.passwords import check_password, hash_password, needs_rehash
from deliberation.keys.signing import Signer, key_id, new_seed, opened_note, verified
from deliberation.keys.tokens import new_receipt_code, new_salt, new_token, receipt_digest, token_digest

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(TEXT, st.sampled_from(["", "people.name", "people.phone"]))
def test_sealed_and_opened(text, place):
    cipher = Cipher(KEY)
    sealed = cipher.seal(text, place=place)
    assert cipher.open(sealed, place=place) == text
    assert sealed != cipher.seal(text, place=place)
    if len(text) > 3:
        assert text.encode() not in sealed


def test_no_changed_bit_place_or_key_opens():
    cipher = Cipher(KEY)
    sealed = cipher.seal("张三 13800138000", place="people.name")
    for at in range(len(sealed) * 8):
        bad = bytearray(sealed)
        bad[at // 8] ^= 1 << at % 8
        with pytest.raises(CannotOpenError):
            cipher.open(bytes(bad), place="people.name")
    for end in range(len(sealed)):
        with pytest.raises(CannotOpenError):
            cipher.open(sealed[:end], place="people.name")
    for wrong in (lambda: cipher.open(sealed), lambda: Cipher(OTHER).open(sealed, place="people.name")):
        with pytest.raises(CannotOpenError):
            wrong()


def test_keys_change_and_old_values_still_open():
    old, new = Cipher(KEY), Cipher(OTHER, version=2, older={1: KEY})
    sealed = old.seal("张三")
    assert new.open(sealed) == "张三"
    assert new.stale(sealed)
    assert not new.stale(new.seal("张三"))
    assert new.blinds("张三") == [new.blind("张三"), old.blind("张三")]
    with pytest.raises(CannotOpenError):
        old.open(new.seal("张三"))


@pytest.mark.parametrize("key", [b"", b"short", bytes(33)])
def test_a_key_has_32_bytes(key):
    with pytest.raises(ValueError, match="32"):
        Cipher(key)


@pytest.mark.parametrize("version", [0, 256])
def test_a_version_fits_its_byte(version):
    with pytest.raises(ValueError, match="1 to 255"):
        Cipher(KEY, version=version)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("１３８ 0013 8000", "13800138000"),
        ("ＡＢＣ", "abc"),
        (" 张\u3000三\t", "张三"),
        ("Straße", "STRASSE"),
        ("ﬁ", "FI"),
    ],
)
def test_one_person_has_one_blind_mark(one, two):
    assert Cipher(KEY).blind(one) == Cipher(KEY).blind(two)


def test_blind_marks_tell_nothing_else():
    cipher = Cipher(KEY)
    marks = {
        cipher.blind("张三"),
        cipher.blind("张四"),
        cipher.blind("张三", place="phone"),
        Cipher(OTHER).blind("张三"),
    }
    assert len(marks) == 4
    assert {len(mark) for mark in marks} == {32}
    assert len({subkey(KEY, "a"), subkey(KEY, "b"), KEY}) == 3


@pytest.fixture
def quick(monkeypatch):
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", hasher)
    monkeypatch.setattr(passwords, "_NOBODY", hasher.hash("nobody has this password"))


def test_passwords(quick):
    stored = hash_password("正确的密码 abc")
    assert stored.startswith("$argon2id$")
    assert "正确" not in stored
    assert stored != hash_password("正确的密码 abc")
    assert check_password(stored, "正确的密码 abc")
    assert check_password(stored, "正确的密码\u3000ＡＢＣ".lower())
    for wrong in ("", "正确的密码 ab", "正确的密码 abcd", "\ud800", "x" * 5000):
        assert not check_password(stored, wrong)


def test_a_login_nobody_has_costs_a_hash_and_is_never_right(quick, monkeypatch):
    asked = []
    verify = passwords._hasher.verify

    class Watched:
        def verify(self, stored, password):
            asked.append(stored)
            return verify(stored, password)

    monkeypatch.setattr(passwords, "_hasher", Watched())
    assert not check_password(None, "nobody has this password")
    assert not check_password(None, "x")
    assert asked == [passwords._NOBODY] * 2


def test_weak_or_broken_hashes(quick, monkeypatch):
    stored = hash_password("x")
    assert not needs_rehash(stored)
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    assert needs_rehash(stored)
    assert not check_password("not a hash", "x")
    for bad in ("", "x" * 1025):
        with pytest.raises(ValueError, match="characters"):
            hash_password(bad)


def test_tokens_are_new_and_stored_as_digests():
    tokens = {new_token() for _ in range(500)}
    assert len(tokens) == 500
    assert all(len(token) == 43 and token.replace("-", "").replace("_", "").isalnum() for token in tokens)
    digests = {token_digest(token, KEY) for token in tokens}
    assert len(digests) == 500
    assert token_digest("a", KEY) == token_digest("a", KEY) != token_digest("a", OTHER)
    assert len(new_salt()) == 32
    assert new_salt() != new_salt()


def test_receipt_codes_are_sound_and_found_however_typed():
    codes = {new_receipt_code() for _ in range(2000)}
    assert len(codes) > 1995
    assert all(is_sound(tidy(code)) and len(code) == 14 for code in codes)
    assert {code[0] for code in codes} == set("0123456789")
    code = codes.pop()
    digest = receipt_digest(code, KEY)
    assert receipt_digest(tidy(code), KEY) == digest
    assert receipt_digest(code.translate({48 + n: 0xFF10 + n for n in range(10)}), KEY) == digest
    assert digest not in {
        receipt_digest(code, OTHER),
        token_digest(code, KEY),
        receipt_digest(codes.pop(), KEY),
    }


@given(st.binary(max_size=60))
def test_signatures(data):
    signer = Signer(KEY)
    mark = signer.sign(data)
    assert verified(signer.public, data, mark)
    assert not verified(signer.public, data + b"\0", mark)
    assert not verified(Signer(OTHER).public, data, mark)
    assert not verified(b"short", data, mark)
    assert not verified(signer.public, data, mark[:-1])


def test_notes():
    signer, name = Signer(KEY), "hujie.example.cn/2026-03/sha256-ed25519"
    note = signer.note("第一行\n2\n", name)
    assert note.startswith("第一行\n2\n\n— hujie")
    assert opened_note(note, name, signer.public) == "第一行\n2\n"
    assert opened_note(note.replace("2", "3", 1), name, signer.public) is None
    assert opened_note(note, "other", signer.public) is None
    assert opened_note(note, name, Signer(OTHER).public) is None
    assert opened_note("nothing", name, signer.public) is None
    for bad in ("no line feed", "two\n\nparts\n"):
        with pytest.raises(ValueError, match="note text"):
            signer.note(bad, name)


def test_notes_of_several_keys():
    """A known key's signature counts, wherever it stands among others (C2SP signed-note)."""
    one, two = Signer(KEY), Signer(new_seed())
    note = one.note("x\n", "a") + two.note("x\n", "b").splitlines(True)[-1]
    assert opened_note(note, "a", one.public) == opened_note(note, "b", two.public) == "x\n"


def test_key_text_and_fingerprint():
    signer = Signer(KEY)
    name, number, _packed = signer.key_text("a/b").split("+", 2)
    assert (name, number) == ("a/b", key_id("a/b", signer.public).hex())
    assert json.dumps(signer.fingerprint()).count(" ") == 7
    assert len(signer.fingerprint().replace(" ", "")) == 32
