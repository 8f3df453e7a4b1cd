"""Runs as a process of its own: data as JSON on standard input, a template and a PDF or PNG named on the command line.

A typesetter's memory grows with the paper; it is given back when the process ends. Imports nothing of the house.
"""

import sys
from pathlib import Path

PPI = 180.0  # a picture 120 mm wide is 850 dots wide


def main(template: str, out: str, fonts: list[str]) -> None:
    """Typeset `template` with the data into `out`; any warning (a font that is not there) is an error."""
    import typst

    compiler = typst.Compiler(template, font_paths=fonts, sys_inputs={"data": sys.stdin.read()})
    kind = {"format": "png", "ppi": PPI} if out.endswith(".png") else {"format": "pdf"}
    made, warnings = compiler.compile_with_warnings(**kind)
    if warnings:
        raise SystemExit("\n".join(str(warning) for warning in warnings))
    if not isinstance(made, bytes):
        raise SystemExit("more than one file was made")
    Path(out).write_bytes(made)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
