"""An imported row's key: its external id, else the digest of the row and which occurrence of it this is (trust.md).

So a corrected file adds only what is new: rows that stand unchanged keep their key wherever they stand, and two equal
rows (two neighbours who said the same) stay two.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from deliberation.domain.leaves import canonical


def row_keys(rows: Iterable[Mapping[str, str]], *, source: str = "") -> list[str]:
    """One key a row, in order, 39 or 40 ASCII characters; `source` keeps two offices' numbering apart. Empty cells count as absent."""
    seen: Counter[str] = Counter()
    whose = canonical({"source": source})[:-1].decode()
    keys = []
    for row in rows:
        given = {name: cell for name, cell in row.items() if cell}
        identity = given.get("id", "").strip()
        digest = _sha256(canonical({"row": {"id": identity} if identity else given, "source": source}))
        seen[digest] += 1
        again = "" if identity else str(seen[digest])
        # the canonical form of {"row": {"again", "row"}, "source"}, written out: nothing in it but the source needs escaping
        told = f'{{"row":{{"again":"{again}","row":"{digest}"}},{whose[1:]}}}'
        keys.append(("id-" if identity else "row-") + _sha256(told.encode())[:36])
    return keys


def doubled_ids(rows: Iterable[Mapping[str, str]]) -> set[str]:
    """External ids that stand on more than one row of a file: they cannot both be the key."""
    counted = Counter(row.get("id", "").strip() for row in rows)
    return {identity for identity, times in counted.items() if identity and times > 1}


def _sha256(told: bytes) -> str:
    return hashlib.sha256(told).hexdigest()
