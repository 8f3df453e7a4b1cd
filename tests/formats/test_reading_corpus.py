"""Real laws: true counts, not a character lost, no warning without its reason."""

import csv
import re
import sys
import tracemalloc
from pathlib import Path

import pytest

from deliberation.domain.structure.lines import bare
from deliberation.formats.reading import read_draft, read_text

CORPUS = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus"
pytestmark = pytest.mark.corpus
KINDS = {"编": "part", "分编": "subpart", "章": "chapter", "节": "section", "条": "article"}


def files(*folders):
    return sorted(p for folder in folders for p in (CORPUS / folder).glob("*") if p.is_file())


def texts(*folders):
    return [p for p in files(*folders) if p.suffix in {".md", ".txt"}]


def manifest():
    """(file, {kind: true count}) of every file of hard/ whose counts are known."""
    if not CORPUS.is_dir():
        return []
    with (CORPUS / "MANIFEST.tsv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if row["条"]]
    return [(CORPUS / row["file"], {kind: int(row[word]) for word, kind in KINDS.items()}) for row in rows]


def plain(text):
    """The source without white space, markup and its contents list, as commands.md says."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"</?(?:table|thead|tbody|tr|th|td|br)\b[^>]*>", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"<style>.*?</style>", "", text, flags=re.S)
    lines = []
    for line in text.split("\n"):
        line = re.sub(r"^\s*#+\s", "", line)
        if re.fullmatch(r"\s*\|[\s|:-]+\|\s*", line):
            continue
        if line.lstrip().startswith("|"):
            line = line.replace("|", "")
        lines.append(line.replace("**", ""))
    lines = [re.sub(r"[\s\u200b\ufeff]", "", line) for line in lines]
    return "".join(_without_list([line for line in lines if line]))


def _without_list(lines):
    """Without the lines from 目录, or from the first 第一章, to where the same 第一章 comes back."""
    firsts = [i for i, line in enumerate(lines) if line.startswith("第一章") and len(line) < 30]
    again = next((i for i in firsts[1:2] if lines[i] == lines[firsts[0]]), None)
    if again is None:
        return lines
    start = firsts[0] - (lines[firsts[0] - 1].strip("*") == "目录")
    return lines[:start] + lines[again:]


EXPLAINED = {
    "D11": {"number_start"},  # one book of the code: begins at 205
    "物权编": {"number_start"},
    "D16": {
        "start_in_line",
        "number_gap",
    },  # 第十六条 stands in mid-line; 第四章 has no heading in the source
    "私募投资基金监督管理条例": {"number_gap"},  # 第六章 lost its number in the source
    "D17": {"line_joined", "number_start"},  # hard breaks; 第一至四条 lost their numbers
    "D01c": {"pdf"},
    "山东省中医药条例": {"number_gap"},  # 第十三条 is missing in the source
    "最高人民法院关于审理专利纠纷": {"line_joined"},  # title broken over lines
    "最高人民法院、最高人民检察院关于办理强奸": {"line_joined"},
    "中山市": {"no_articles"},
    "张某": {"no_articles"},
    "李某": {"no_articles"},
    "最高人民检察院关于工人": {"no_articles"},
}


def explained(path):
    return next((codes for start, codes in EXPLAINED.items() if path.name.startswith(start)), set())


@pytest.mark.parametrize(
    ("path", "counts"), manifest(), ids=lambda value: value.name if isinstance(value, Path) else ""
)
def test_true_counts(path, counts):
    found = read_draft(path.read_bytes(), path.name).counts()
    assert {kind: found.get(kind, 0) for kind in counts} == counts


@pytest.mark.parametrize("path", texts("hard", "wide", "pairs"), ids=lambda path: path.name)
def test_not_a_character_lost(path):
    draft = read_draft(path.read_bytes(), path.name)
    told = "".join(draft.text().split())
    source = plain(path.read_text("utf-8"))
    at = next(
        (i for i, (a, b) in enumerate(zip(told, source, strict=False)) if a != b), min(len(told), len(source))
    )
    assert told == source, f"from {at}: {told[at : at + 40]!r} instead of {source[at : at + 40]!r}"


@pytest.mark.parametrize("path", files("hard", "wide", "pairs"), ids=lambda path: path.name)
def test_no_unexplained_warning(path):
    draft = read_draft(path.read_bytes(), path.name)
    assert {caution.code for caution in draft.warnings} <= explained(path)
    eids = [node.eid for node in draft.walk()]
    assert len(eids) == len(set(eids))


@pytest.mark.parametrize("path", texts("hard"), ids=lambda path: path.name)
def test_the_text_read_again_is_the_same_draft(path):
    draft = read_draft(path.read_bytes(), path.name)
    again = read_text(draft.text())
    if path.name.startswith("D14"):  # a table row of one merged cell is no row once the table is text
        assert bare(again.text()) == bare(draft.text())
        return
    assert again.text() == draft.text()
    kinds = ("part", "subpart", "chapter", "section", "article", "clause", "subparagraph", "attachment")
    assert {k: v for k, v in again.counts().items() if k in kinds} == {
        k: v for k, v in draft.counts().items() if k in kinds
    }


def test_three_clothes_one_text():
    embedded, printed = (next((CORPUS / "hard").glob(f"{name}_*")) for name in ("D01b", "D01c"))
    a, b = read_draft(embedded.read_bytes(), "a.docx"), read_draft(printed.read_bytes(), "b.pdf")
    assert [line.split() for line in a.lines()] == [line.split() for line in b.lines()]
    assert a.counts()["article"] == 120
    taxi = read_draft(next((CORPUS / "hard").glob("D05*")).read_bytes(), "a.md")
    word = read_draft(next((CORPUS / "hard").glob("S01*")).read_bytes(), "a.docx")
    assert [node.whole_text().split() for node in taxi.articles()] == [
        node.whole_text().split() for node in word.articles()
    ]


def test_automatic_numbers_are_those_of_the_text():
    bikes = read_draft(next((CORPUS / "hard").glob("D04*")).read_bytes(), "a.md")
    word = read_draft(next((CORPUS / "hard").glob("S02*")).read_bytes(), "a.docx")
    assert [node.number for node in word.articles()] == [node.number for node in bikes.articles()]
    assert "".join(word.text().split())[-400:] == "".join(bikes.text().split())[-400:]


def test_missing_numbers_are_named():
    path = next((CORPUS / "hard").glob("D17*"))
    told = [c.message for c in read_draft(path.read_bytes(), path.name).warnings if c.code == "number_start"]
    assert "第一条至第四条" in told[0]


def test_the_largest_file_stays_small():
    path = max(files("hard"), key=lambda p: p.stat().st_size)
    data = path.read_bytes()
    tracemalloc.start()
    try:
        read_draft(data, path.name)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 300 * 1024 * 1024


def long_text(articles):
    from deliberation.domain.numbering import label

    return "".join(
        f"{label(str(n))} 本市应当做好第{n}件事，依照前条的规定。\n有下列情形之一的：\n（一）甲；\n（二）乙。\n"
        for n in range(1, articles + 1)
    )


def test_reading_grows_in_step_with_the_text():
    """Steps, not seconds: four times the articles take about four times the calls."""

    def steps(articles):
        counted = 0

        def count(_frame, event, _argument):
            nonlocal counted
            counted += event == "call"

        text = long_text(articles)
        sys.setprofile(count)
        try:
            assert len(read_text(text).articles()) == articles
        finally:
            sys.setprofile(None)
        return counted

    assert steps(1260) < 4.2 * steps(315)
