"""Check a dossier or a receipt without having, or trusting, the software that made it (docs/formats/log.md).

HEAD is SIZE:CODE from a witness sheet (32 or more hex digits of the root) or a file with a signed head.
Exit 0: true. 1: false. 2: unreadable. Standard library only; nothing is written, nothing is sent.
"""

# fmt: off
import argparse
import base64
import json
import re
import sys
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, TURN = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)
FIELDS = ("version_digest", "eid", "quote", "attitude", "text", "wording", "reason")
LEAF = re.compile(r"(0|[1-9][0-9]{0,15}) ([!-~]+) ([!-~]+) ([!-~]+) ([0-9a-f]{64})", re.ASCII)
HEAD = r"(([^\s+]+/sha256-ed25519)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n)\n— ([^\s+]+) ([A-Za-z0-9+/=]+)\n"
PROOF = re.compile(r"c2sp\.org/tlog-proof@v1\nextra (\S+)\nindex (0|[1-9][0-9]*)\n((?:\S+\n)*)\n(.+)", re.S)

def need(holds: Any, words: str, kind: type = AssertionError) -> Any:
    """What was asked for, if it is there: AssertionError where a claim is false, ValueError where unreadable."""
    if not holds:
        raise kind(words)
    return holds

def add(a: tuple, b: tuple) -> tuple:
    """The sum of two points of edwards25519 in extended coordinates (RFC 8032 §5.1.4)."""
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return (t - s) * (v - u) % P, (v + u) * (t + s) % P, (v - u) * (v + u) % P, (t - s) * (t + s) % P

def point(raw: bytes) -> tuple:
    """The point of 32 bytes in their one spelling."""
    y, odd = int.from_bytes(raw, "little") & (2**255 - 1), raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * TURN % P
    need(y < P and x * x % P == square and (x or not odd), "公钥不是曲线上的点")
    return (x := x if x & 1 == odd else P - x), y, 1, x * y % P

def signed(public: bytes, message: bytes, mark: bytes) -> bool:
    """Whether `mark` is the Ed25519 signature (RFC 8032 §5.1.7, without cofactor, S below the order)."""
    s, key = int.from_bytes(mark[32:], "little"), point(public)
    k = int.from_bytes(sha512(mark[:32] + public + message).digest(), "little") % ORDER
    base, away = point((4 * pow(5, -1, P) % P).to_bytes(32, "little")), (P - key[0], key[1], 1, P - key[3])
    total, sums = (0, 1, 1, 0), ((0, 1, 1, 0), base, away, add(base, away))
    for bit in range(255, -1, -1):
        total = add(add(total, total), sums[(s >> bit & 1) + 2 * (k >> bit & 1)])
    z = pow(total[2], -1, P)
    x, y = total[0] * z % P, total[1] * z % P
    return len(mark) == 64 and s < ORDER and mark[:32] == (y | (x & 1) << 255).to_bytes(32, "little")

def unb64(text: str) -> bytes:
    """Base64 in its one spelling."""
    need(base64.b64encode(data := base64.b64decode(text)).decode() == text, "Base64 写法不唯一", ValueError)
    return data

def canonical(value: object) -> bytes:
    """The one JSON spelling (RFC 8785 for text, whole numbers, true, false, null)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

def shown(salt: str, facts: object, commitment: str) -> bool:
    """Whether these facts with this salt are what the leaf commits to."""
    raw = bytes.fromhex(salt)
    need(len(raw) == 32 and raw.hex() == salt, "盐读不懂", ValueError)
    return sha256(b"\2" + raw + canonical(facts)).hexdigest() == commitment

def leaf(line: str) -> list[str]:
    """Index, act, kind, number, commitment."""
    return list(need(LEAF.fullmatch(line), "账里有一行读不懂", ValueError).groups())

def root_of(lines: list) -> bytes:
    """The tree head over these leaves (RFC 6962 §2.1)."""
    peaks: list = []
    for size, line in enumerate(lines):
        node = sha256(b"\0" + line.encode()).digest()
        while size & 1:
            node, size = sha256(b"\1" + peaks.pop() + node).digest(), size >> 1
        peaks.append(node)
    while len(peaks) > 1:
        peaks.append(sha256(b"\1" + b"".join([peaks.pop(), peaks.pop()][::-1])).digest())
    return peaks[0] if peaks else sha256(b"").digest()

def head(note: str, key: str, pinned: str | None) -> tuple:
    """Origin, size, root, fingerprint of a signed head; the key is this log's and, if pinned, the known one."""
    text, origin, size, root, by, mark = need(re.fullmatch(HEAD, note), "总账头读不懂", ValueError).groups()
    name, number, public = key.split("+", 2)
    raw, sign = unb64(public), unb64(mark)
    need(len(raw) == 33 and raw[0] == 1, "公钥读不懂", ValueError)
    mine, known = sha256(name.encode() + b"\n" + raw).digest()[:4], sha256(raw[1:]).hexdigest()[:32]
    need(name == origin == by and mine.hex() == number, "公钥不属于这本账")
    need(sign[:4] == mine and signed(raw[1:], text.encode(), sign[4:]), "总账头的签名不对")
    need(pinned in (None, known), f"不是您给的那把钥匙签的，而是 {known}")
    return origin, int(size), unb64(root).hex(), known

def proof(path: Path, pinned: str | None) -> tuple:
    """What a receipt or seal adds, and its head; leaf, path and commitment are checked."""
    packed, index, steps, note = need(PROOF.fullmatch(path.read_bytes().decode()), "不是回执", ValueError).groups()
    extra = json.loads(unb64(packed))
    need(canonical(extra) == unb64(packed), "附加内容写法不对", ValueError)
    need(set(extra) - {"salt", "facts", "since"} == {"key", "leaf"}, "附加内容不全", ValueError)
    top, entry, node = head(note, extra["key"], pinned), leaf(extra["leaf"]), b"\0" + extra["leaf"].encode()
    here, last, node = int(index), top[1] - 1, sha256(node).digest()
    need(index == entry[0] and here <= last, "序号不对")
    for other in map(unb64, steps.split()):
        need(last and len(other) == 32, "路径不对")
        right = here & 1 or here == last
        node = sha256(b"\1" + (other + node if right else node + other)).digest()
        while right and here and not here & 1:
            here, last = here >> 1, last >> 1
        here, last = here >> 1, last >> 1
    need(not last and node.hex() == top[2], "这一笔不在账里")
    bare = not {"salt", "facts"} & set(extra)
    need(bare or shown(extra["salt"], extra["facts"], entry[4]), "内容与账不符")
    return extra, top

def remarks(rows: list, entries: list) -> None:
    """Every remark in the log has one row, every row its leaf, every row shown the words that were logged."""
    seen = set()
    for row in rows:
        number, text, at = row["number"], row["text"], row["leaf"]
        need(type(at) is int and 0 <= at < len(entries) and number not in seen, f"{number}：账里没有这一笔")
        need(entries[at][2:4] == ["remark", number], f"{number}：与账里的编号不符")
        seen.add(number)
        hidden = text is None
        need(not hidden or not any(row[k] for k in ("wording", "reason", "sha256", "salt")), f"{number}：只隐去一半")
        need(hidden or sha256(text.encode()).hexdigest() == row["sha256"], f"{number}：文字与摘要不符")
        need(hidden or shown(row["salt"], {k: row[k] or None for k in FIELDS}, entries[at][4]), f"{number}：文字与账不符")
    missing = {entry[3] for entry in entries if entry[2] == "remark"} - seen
    need(not missing, f"账里有、卷里没有：{' '.join(sorted(missing))}")

def dossier(folder: Path, pinned: str | None) -> tuple:
    """Leaves, head and key of a dossier whose files, rows, leaves, heads and seal all agree."""
    raw = (folder / "manifest.json").read_bytes()
    manifest = json.loads(raw.decode())
    key, files, sealed = manifest["key"], manifest["files"], manifest["sealed"]
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}
    wanted = {"manifest.json", "leaves.txt", "remarks.jsonl", *files, *(["seal.txt"] if sealed else [])}
    need(there == wanted, f"文件多了或者少了：{' '.join(sorted(there ^ wanted))}")
    changed = [name for name in files if sha256((folder / name).read_bytes()).hexdigest() != files[name]]
    need(not changed and {"leaves.txt", "remarks.jsonl"} <= set(files), f"文件改动过：{' '.join(changed)}")
    *lines, end = (folder / "leaves.txt").read_bytes().decode().split("\n")
    *rows, last = (folder / "remarks.jsonl").read_bytes().decode().split("\n")
    need(end == last == "", "文件末行不全", ValueError)
    top = head(manifest["head"], key, pinned)
    need(len(lines) == top[1] and root_of(lines).hex() == top[2], "账与总账头不符")
    remarks(list(map(json.loads, rows)), list(map(leaf, lines)))
    need(manifest["counts"]["remarks"] == len(rows), "条数不符")
    print(len(rows), "条意见 remarks,", len(lines), "笔 leaves,", "已封存 sealed" if sealed else "未封存 not sealed")
    if sealed:
        extra, seal = proof(folder / "seal.txt", pinned)
        need(seal[0] == top[0] and extra["key"] == key, "封存的是另一本账")
        need(extra["facts"]["manifest_sha256"] == sha256(raw).hexdigest(), "目录改动过")
        need(not [a for a in extra.get("since", []) if leaf(a)[2] == "remark"], "封存之前还有意见没有入卷")
        lines, top = [*lines, *extra.get("since", []), extra["leaf"]], seal
    need([leaf(line)[0] for line in lines] == list(map(str, range(top[1]))), "账有缺号")
    need(root_of(lines).hex() == top[2], "封存与账不符")
    return lines, top, key

def witness(given: str, lines: list, top: tuple, key: str) -> None:
    """The log still begins with what a witness signed."""
    size, colon, code = given.partition(":")
    if not (colon and size.isdecimal()):
        _, size, code, _ = head(Path(given).read_bytes().decode(), key, top[3])
    code = need(re.fullmatch("[0-9a-f]{32,64}", re.sub(r"[\s-]", "", code).lower()), "写成 笔数:代码", ValueError)[0]
    need(int(size) in (top[1], *range(len(lines))), "见证时的账与这份长短不同，无法核对", ValueError)
    root = top[2] if int(size) == top[1] else root_of(lines[: int(size)]).hex()
    need(root.startswith(code), "与见证人签过的账不符")

def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--key", metavar="FINGERPRINT", help="墙上公布的指纹 the fingerprint on the wall")
    parser.add_argument("--witness", metavar="HEAD", help="见证单上的 笔数:代码 SIZE:CODE")
    parser.add_argument("what", type=Path, metavar="DOSSIER_DIR|RECEIPT_FILE")
    given = parser.parse_args()
    pinned = None if given.key is None else re.sub(r"[\s-]", "", given.key).lower()
    try:
        need(pinned is None or re.fullmatch("[0-9a-f]{32}", pinned), "指纹是 32 位数字和字母", ValueError)
        if given.what.is_dir():
            lines, top, key = dossier(given.what, pinned)
        else:
            extra, top = proof(given.what, pinned)
            lines, key = [], extra["key"]
            print(extra["leaf"], json.dumps(extra.get("facts"), ensure_ascii=False), sep="\n")
        if given.witness:
            witness(given.witness, lines, top, key)
    except (AssertionError, OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as wrong:
        print("假 FALSE:" if type(wrong) is AssertionError else "读不了 UNREADABLE:", wrong)
        return 1 if type(wrong) is AssertionError else 2
    print("真 TRUE:", *top[:2])
    if pinned is None:
        print("只核对了前后一致，请与墙上的指纹比对 consistency only; is this the known key?", top[3])
    return 0

if __name__ == "__main__":
    sys.exit(main())
