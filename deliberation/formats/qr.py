"""QR codes as the path of an SVG: no image file, no inline style."""

from dataclasses import dataclass

import segno


@dataclass(frozen=True)
class Picture:
    """`path` is the d of an SVG path drawn with lines one module thick; `size` the modules a side."""

    path: str
    size: int


def picture(text: str) -> Picture:
    """The QR code of a text, error correction M."""
    code = segno.make(text, error="m", micro=False)
    parts = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                parts.append(f"M{x} {y + 0.5}h{run}")
            x += max(run, 1)
    return Picture("".join(parts), len(code.matrix))
