"""Renders papers for the layout tests: LibreOffice with free fonts under the official names, pages read by poppler."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

FONTS = {
    "仿宋_GB2312": "FandolFang",
    "楷体_GB2312": "FandolKai",
    "黑体": "Noto Sans CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
}
MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, (210 - 26) * MM, 37 * MM, (297 - 35) * MM


@dataclass
class Line:
    """A line of a page: its text, its edges in points from the upper left."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def missing_tools(*names: str) -> str:
    """Which of these programs or fonts are not here, for a skip's reason; empty when all are."""
    gone = [name for name in names if not shutil.which(name)]
    if shutil.which("fc-list"):
        there = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True).stdout
        gone += [name for name in set(FONTS.values()) if name not in there]
    else:
        gone.append("fc-list")
    return "、".join(gone)


def to_pdf(docx: Path, folder: Path) -> Path:
    """Convert with a profile and a fontconfig file of its own."""
    config = folder / "fonts.conf"
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{free}</string></edit></match>'
        for name, free in FONTS.items()
    )
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{aliases}</fontconfig>',
        "utf-8",
    )
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(folder), str(docx)],
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
        capture_output=True,
        check=True,
        timeout=180,
    )
    made = folder / f"{docx.stem}.pdf"
    assert made.stat().st_size > 0
    return made


def pages(pdf: Path) -> list[list[Line]]:
    """Every page's lines from top to bottom; pieces on one height are one line."""
    text = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()
    space = "{http://www.w3.org/1999/xhtml}"
    text = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", "", text)
    return [_lines(page.iter(f"{space}word")) for page in ElementTree.fromstring(text).iter(f"{space}page")]


def _lines(words) -> list[Line]:
    lines: list[Line] = []
    for word in sorted(words, key=lambda word: (round(float(word.get("yMin"))), float(word.get("xMin")))):
        left, right, top, bottom = (float(word.get(key)) for key in ("xMin", "xMax", "yMin", "yMax"))
        if lines and abs(lines[-1].top - top) < 3:
            last = lines[-1]
            lines[-1] = Line(
                last.text + word.text, min(last.left, left), max(last.right, right), last.top, bottom
            )
        else:
            lines.append(Line(word.text, left, right, top, bottom))
    return lines


def body(page: list[Line]) -> list[Line]:
    """The lines of the text's area, without the page number."""
    return [line for line in page if not re.fullmatch("—\\d+—", line.text)]


def number(page: list[Line]) -> Line:
    """The page number's line."""
    return next(line for line in page if re.fullmatch("—\\d+—", line.text))
