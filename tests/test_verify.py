"""verify.py: true dossiers and receipts are true, and nothing altered is."""

import ast
import base64
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import verify
from deliberation.keys.signing import Signer
from tests.make_log import ORIGIN, Log, dossier, remark_row, write_manifest

PROGRAM = Path(verify.__file__)
MUTATIONS = int(os.environ.get("MUTATIONS", "1200"))


def check(*words):
    """The exit code of verify.py with these words, run inside this process."""
    before, sys.argv = sys.argv, ["verify.py", *map(str, words)]
    try:
        return verify.main()
    finally:
        sys.argv = before


@pytest.fixture
def sealed(tmp_path):
    return tmp_path / "d", dossier(tmp_path / "d", remarks=6, withheld={3})


def test_it_stands_alone():
    text = PROGRAM.read_text("utf-8")
    assert len(text.splitlines()) <= 200
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {a.name.split(".")[0] for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module.split(".")[0])
    assert names <= set(sys.stdlib_module_names)


def test_it_runs_without_the_house(sealed, tmp_path):
    alone = tmp_path / "elsewhere"
    alone.mkdir()
    shutil.copy(PROGRAM, alone / "verify.py")
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", str(sealed[0])], cwd=alone, capture_output=True, text=True,
        env={"PYTHONIOENCODING": "utf-8", "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "TRUE" in done.stdout
    assert hashlib.sha256(sealed[1].signer.public).hexdigest()[:32] in done.stdout


def test_ed25519_agrees_with_the_library():
    chance = random.Random(8032)
    for length in range(24):
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        message = chance.randbytes(length * 7)
        mark = key.sign(message)
        assert verify.signed(public, message, mark)
        assert not verify.signed(public, message + b"\0", mark)
        s = int.from_bytes(mark[32:], "little") + verify.ORDER
        if s < 2**256:
            assert not verify.signed(public, message, mark[:32] + s.to_bytes(32, "little"))
        at = chance.randrange(64)
        assert not verify.signed(public, message, mark[:at] + bytes([mark[at] ^ 1]) + mark[at + 1 :])


def test_ed25519_first_vector_of_rfc_8032():
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    mark = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert verify.signed(public, b"", mark)


@pytest.mark.parametrize("since", [0, 1, 5])
@pytest.mark.parametrize("remarks", [0, 1, 2, 7, 40])
def test_true_dossiers(tmp_path, remarks, since, capsys):
    log = dossier(tmp_path / "d", remarks=remarks, withheld={2}, since=since)
    assert check(tmp_path / "d") == 0, capsys.readouterr().out
    assert check("--key", log.signer.fingerprint(), tmp_path / "d") == 0
    assert check("--key", "0" * 32, tmp_path / "d") == 1
    assert check("--key", "short", tmp_path / "d") == 2


def test_a_preview_says_that_it_is_not_sealed(tmp_path, capsys):
    dossier(tmp_path / "d", sealed=False)
    assert check(tmp_path / "d") == 0
    assert "未封存" in capsys.readouterr().out


def test_witness(sealed, tmp_path):
    folder, log = sealed
    total = len(log.leaves)
    for size in range(1, total + 1):
        head = log.head(size)
        assert check("--witness", f"{size}:{head.short_code()}", folder) == 0
        assert check("--witness", f"{size}:{head.root.hex()}", folder) == 0
        assert check("--witness", f"{size}:{log.head(size - 1).root.hex()}", folder) == 1
    assert check("--witness", f"{total + 1}:{log.head().root.hex()}", folder) == 2
    assert check("--witness", f"{total}:{log.head().root.hex()[:8]}", folder) == 2
    (tmp_path / "head").write_text(log.note(3), "utf-8")
    assert check("--witness", tmp_path / "head", folder) == 0
    other = Log()
    other.add("x", "y", None, {})
    (tmp_path / "head").write_text(other.note(), "utf-8")
    assert check("--witness", tmp_path / "head", folder) == 1


def test_a_log_rewritten_after_the_witness_signed(tmp_path):
    first = dossier(tmp_path / "a")
    log = Log()
    rows = [remark_row(log, f"2026-03-{n:04d}", text="换掉的") for n in range(1, 6)]
    dossier(tmp_path / "b", log=log, rows=rows)
    assert check(tmp_path / "b") == 0
    assert check("--witness", f"4:{first.head(4).short_code()}", tmp_path / "b") == 1


@pytest.mark.parametrize("shown", [True, False])
def test_receipts(tmp_path, shown, capsys):
    log = Log()
    for n in range(9):
        remark_row(log, f"2026-03-{n:04d}", text=f"原话{n}")
    for n in range(9):
        path = tmp_path / f"{n}.tlog-proof"
        path.write_text(log.proof(n, shown=shown).text(), "utf-8")
        assert check("--key", log.signer.fingerprint(), path) == 0
        assert (f"原话{n}" in capsys.readouterr().out) is shown
        assert check("--witness", f"9:{log.head().short_code()}", path) == 0
        assert check("--witness", f"5:{log.head(5).short_code()}", path) == 2


def forged(folder, log, change):
    """The same dossier after `change`, its manifest made anew and sealed by the same key: a dishonest office."""
    change(folder)
    (folder / "manifest.json").unlink()
    (folder / "seal.txt").unlink()
    rows = len((folder / "remarks.jsonl").read_text("utf-8").splitlines())
    size = len((folder / "leaves.txt").read_text().splitlines())
    write_manifest(folder, log, size, rows, True)
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    seal = log.add("seal-dossier", "dossier", "2026-03", {"manifest_sha256": digest, "edition": 2})
    (folder / "seal.txt").write_text(
        log.proof(seal.index, since=log.leaves[size : seal.index]).text(), "utf-8"
    )


def edit_rows(change):
    def edit(folder):
        path = folder / "remarks.jsonl"
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        rows = change(rows) or rows
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")

    return edit


def set_in(at, **values):
    return edit_rows(lambda rows: rows[at].update(values))


@pytest.mark.parametrize(
    "change",
    [
        edit_rows(lambda rows: rows[1:]),
        edit_rows(lambda rows: rows[:-1]),
        edit_rows(lambda rows: [*rows, rows[0]]),
        set_in(0, text="换掉的话"),
        set_in(0, text="换掉的话", sha256=hashlib.sha256("换掉的话".encode()).hexdigest()),
        set_in(0, attitude="support"),
        set_in(0, eid="art_1"),
        set_in(0, reason=None),
        set_in(0, wording="添的"),
        set_in(0, number="2026-03-9999"),
        set_in(0, leaf=True),
        set_in(0, leaf=0),
        set_in(0, leaf=2),
        set_in(0, text=None),
        set_in(2, salt="00" * 32),
        set_in(2, reason="留下的一半"),
        edit_rows(lambda rows: [{**rows[0], "number": "2026-03-0007", "leaf": 0}, *rows]),
        lambda folder: (folder / "leaves.txt").write_text(
            "".join((folder / "leaves.txt").read_text().splitlines(True)[:-2])
        ),
    ],
)
def test_a_dishonest_office_cannot_seal_what_was_not_logged(sealed, change):
    folder, log = sealed
    forged(folder, log, lambda folder: None)
    assert check(folder) == 0
    forged(folder, log, change)
    assert check(folder) == 1


def test_a_remark_logged_between_snapshot_and_seal_is_not_dropped(sealed):
    folder, log = sealed
    remark_row(log, "2026-03-0099", text="来晚一步")
    forged(folder, log, lambda folder: None)
    assert check(folder) == 1


@pytest.mark.parametrize(
    "break_it",
    [
        lambda d: (d / "extra.docx").write_bytes(b""),
        lambda d: (d / "minutes" / "1.docx").unlink(),
        lambda d: (d / "seal.txt").unlink(),
        lambda d: (d / "report.docx").write_bytes(b"another"),
    ],
)
def test_files_added_lost_or_changed(sealed, break_it):
    break_it(sealed[0])
    assert check(sealed[0]) == 1


def test_what_cannot_be_read(tmp_path, sealed):
    assert check(tmp_path / "nothing") == 2
    (tmp_path / "empty").mkdir()
    assert check(tmp_path / "empty") == 2
    (tmp_path / "receipt").write_bytes(b"\xff\xfe")
    assert check(tmp_path / "receipt") == 2
    (sealed[0] / "manifest.json").write_text("[" * 100_000)
    assert check(sealed[0]) == 2


def test_another_key_or_another_log_is_not_taken(sealed, tmp_path):
    folder, log = sealed
    fingerprint = log.signer.fingerprint()
    stranger = dossier(tmp_path / "x", log=Log(signer=Signer(b"s" * 32)))
    assert check(tmp_path / "x") == 0
    assert check("--key", fingerprint, tmp_path / "x") == 1
    shutil.copy(tmp_path / "x" / "seal.txt", folder / "seal.txt")
    assert check(folder) == 1
    assert stranger.signer.fingerprint() != fingerprint


def mutated(raw, chance):
    """One byte changed, dropped, doubled or swapped, or a line dropped, doubled or swapped."""
    at = chance.randrange(len(raw))
    kind = chance.randrange(7)
    if kind == 0:
        return raw[:at] + bytes([raw[at] ^ 1 << chance.randrange(8)]) + raw[at + 1 :]
    if kind == 1:
        return raw[:at] + raw[at + 1 :]
    if kind == 2:
        return raw[:at] + bytes([chance.randrange(256)]) + raw[at:]
    if kind == 3:
        return raw[:at] + chance.choice(b"0123456789abcdefABCDEF+/= \n").to_bytes(1, "big") + raw[at + 1 :]
    lines = raw.splitlines(True)
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    if kind == 4:
        del lines[one]
    elif kind == 5:
        lines.insert(two, lines[one])
    else:
        lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def deep_mutation(text, chance):
    """A receipt whose `extra` was changed as JSON and packed again as the format asks."""
    lines = text.split("\n")
    extra = json.loads(base64.b64decode(lines[1][6:]))
    name = chance.choice(sorted(extra))
    if isinstance(extra[name], str):
        at = chance.randrange(len(extra[name]))
        extra[name] = extra[name][:at] + chance.choice("0123456789abcdef A+") + extra[name][at + 1 :]
    elif isinstance(extra[name], dict):
        key = chance.choice(sorted(extra[name]))
        extra[name][key] = chance.choice([None, 1, "x", str(extra[name][key]) + " "])
    packed = json.dumps(extra, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return "\n".join([lines[0], "extra " + base64.b64encode(packed).decode(), *lines[2:]])


def test_no_single_mutation_is_accepted(sealed, tmp_path, capsys):
    folder, log = sealed
    chance = random.Random(int(os.environ.get("SEED", "1")))
    receipt = tmp_path / "receipt"
    true_receipt = log.proof(4).text()
    files = [p for p in sorted(folder.rglob("*")) if p.is_file()]
    accepted = []
    for turn in range(MUTATIONS):
        if turn % 3 == 0:
            raw = true_receipt.encode()
            bad = mutated(raw, chance) if turn % 2 else deep_mutation(true_receipt, chance).encode()
            receipt.write_bytes(bad)
            code = check(receipt)
        else:
            path = folder / "seal.txt" if turn % 3 == 1 else chance.choice(files)
            raw = path.read_bytes()
            bad = mutated(raw, chance)
            path.write_bytes(bad)
            code = check(folder)
            path.write_bytes(raw)
        if bad != raw and code == 0:
            accepted.append((turn, bad))
    capsys.readouterr()
    assert check(folder) == 0
    assert not accepted, accepted[:3]


def test_origin_names_the_suite():
    assert ORIGIN.endswith("/sha256-ed25519")
