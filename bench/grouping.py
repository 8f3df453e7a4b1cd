"""Grouping of 1,000, 10,000 and 100,000 remarks on one article: how it grows; and what it finds in the labelled sets.

    python -m bench.grouping [COUNT...]

Seconds are processor time of one run each. The remarks are those of bench/search.py: few are alike, and all share a
small vocabulary, which is the hard case for the index of rare pairs.
"""

import json
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from time import process_time

from bench.search import remarks
from deliberation.domain.grouping import Remark, group

LABELLED = Path(__file__).resolve().parents[1] / "tests" / "domain" / "data"


def growth(counts: list[int]) -> None:
    """A line a count."""
    print("| remarks | seconds | µs a remark | groups |\n|---|---|---|---|")
    for count in counts:
        each = [Remark(e.id, "art_12", "amend", e.text) for e in remarks(count)]
        start = process_time()
        found = group(each)
        taken = process_time() - start
        print(f"| {count:,} | {taken:.1f} | {taken / count * 1e6:.0f} | {len(found.groups):,} |", flush=True)


def quality(labelled: Path) -> None:
    """Precision and recall of pairs; opposites are two sides of one label."""
    rows = [json.loads(line) for line in labelled.read_text("utf-8").splitlines()]
    label = {row["id"]: row["label"] for row in rows}
    found = group(Remark(row["id"], row["eid"], row["attitude"], row["text"]) for row in rows)
    pairs = [pair for one in found.groups for pair in combinations(one.members, 2)]
    right = sum(label[a] == label[b] for a, b in pairs)
    opposite = sum(
        label[a] != label[b] and label[a].split("/")[0] == label[b].split("/")[0] for a, b in pairs
    )
    whole = sum(n * (n - 1) // 2 for n in Counter(label.values()).values())
    print(f"\n{labelled.name}: {len(rows)} remarks, {opposite} opposites grouped, ", end="")
    print(f"precision {right / len(pairs):.3f}, recall {right / whole:.3f}")


if __name__ == "__main__":
    growth([int(each) for each in sys.argv[1:]] or [1_000, 10_000, 100_000])
    for each in sorted(LABELLED.glob("grouping*.jsonl")):
        quality(each)
