"""Goal 13: reading a draft of 1,260 articles, aligning 218 × 266, and how the time grows. No control: the loop tells the pace.

python -m bench.reading [FILE...]     also: seconds and memory of reading each FILE, in a process of its own
"""

import subprocess
import sys
from random import Random
from statistics import median

from bench.common import LEAST_REPEATS, Row, at_most_seconds, at_most_times, calibration, once, report
from deliberation.domain.alignment import ArticleText, align
from deliberation.domain.numbering import label
from deliberation.formats.reading import read_text

WORDS = "市区人民政府应当加强电动自行车停放充电设施建设管理工作保障公共安全有关部门按照职责分工做好监督检查宣传教育处罚改正"
READ_ONE = (
    "import sys,resource,time\nfrom pathlib import Path\nfrom deliberation.formats.reading import read_draft\n"
    "path = Path(sys.argv[1]); data = path.read_bytes(); start = time.process_time(); read_draft(data, path.name)\n"
    "print(f'{time.process_time() - start:.2f} s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB', path.name)"
)


def law(articles: int) -> str:
    """A law of so many articles in chapters of thirty, each with a list; the same one each time."""
    lines = ["××法"]
    for n in range(1, articles + 1):
        if n % 30 == 1:
            lines.append(f"{label(str(n // 30 + 1), '章')}　规定")
        turn = n * 7 % len(WORDS)
        text = WORDS[turn:] + WORDS[:turn]
        lines += [
            f"{label(str(n))}　{text}。",
            f"有下列情形之一的，{text[:20]}：",
            f"（一）{text[5:25]}；",
            f"（二）{text[30:50]}。",
        ]
    return "\n".join(lines)


def versions(old: int, new: int) -> tuple[list[ArticleText], list[ArticleText]]:
    """Two versions of one law: a third of the articles as they were, a third in part, the rest new; turns of phrase recur."""
    draw = Random(13)  # noqa: S311 - the same law each time
    phrases = [
        "".join(chr(0x4E00 + draw.randrange(900)) for _ in range(draw.randint(4, 14))) for _ in range(700)
    ]
    texts = ["，".join(draw.choice(phrases) for _ in range(draw.randint(4, 16))) + "。" for _ in range(old)]
    before = [ArticleText(f"a{n}", str(n), text) for n, text in enumerate(texts, 1)]
    after = []
    for n in range(1, new + 1):
        text = texts[n * old // (new + 1)]
        if n % 3 == 1:
            text = text[: len(text) // 2] + "，".join(draw.choice(phrases) for _ in range(4)) + "。"
        elif n % 3 == 2:
            text = "，".join(draw.choice(phrases) for _ in range(8)) + "。"
        after.append(ArticleText(f"b{n}", str(n), text))
    return before, after


def rows() -> list[Row]:
    """The lines of goal 13; growth is the time of four times the articles beside four times the time of one part."""
    small, whole = law(315), law(1260)
    before, after = versions(218, 266)

    def middle(work: str) -> float:
        return median(once(lambda: read_text(work)) for _ in range(LEAST_REPEATS))

    part, all_ = middle(small), middle(whole)
    aligned = median(once(lambda: align(before, after)) for _ in range(LEAST_REPEATS))
    return [
        Row("13 read 1,260 articles", all_, goal=at_most_seconds(1.5)),
        Row("13 growth: 1,260 beside 4 × 315", all_, 4 * part, at_most_times(1.25)),
        Row("13 align 218 × 266", aligned, goal=at_most_seconds(1.0)),
        Row("13 loop of a million additions", calibration()),
    ]


def main(files: list[str]) -> int:
    """Print the table; with files their figures, too."""
    missed = report("Reading and aligning", rows())
    for file in files:
        subprocess.run([sys.executable, "-c", READ_ONE, file], check=True)  # noqa: S603 - our own interpreter
    return missed


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
