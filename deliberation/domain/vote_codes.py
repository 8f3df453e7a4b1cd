"""核验码: the first characters of the digest that froze question, rule and roll, as people read them out and compare."""

SHOWN = 16


def spoken_code(digest: str) -> str:
    """`6AD1 0C3E 92F8 B7C4`; empty for no digest."""
    short = digest[:SHOWN].upper()
    return " ".join(short[n : n + 4] for n in range(0, len(short), 4))
