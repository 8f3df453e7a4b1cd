"""What a later edition says differently from the one before: suggestions added, reworded, left out; remarks; figures.

Only suggestions' words and the numbers of remarks are named, never an original's text: the same sentences stand in
the public edition.
"""

from collections.abc import Callable, Iterable, Iterator

from deliberation.domain.dossier import Counts, Dossier, RemarkRow, SuggestionRow

SHOWN = 40  # numbers of remarks told one by one
LONGEST = 120  # characters of a wording that is quoted
WORDS = (("title", "建议要点"), ("wording", "建议表述"), ("reasons", "理由"), ("legal_basis", "依据"))
FIGURES: tuple[tuple[str, Callable[[Counts], int]], ...] = (
    ("计入的意见", lambda c: c.remarks),
    ("涉及条文", lambda c: c.articles),
    ("建议", lambda c: c.suggestions),
    ("会议", lambda c: c.meetings),
    ("表决", lambda c: c.votes),
    ("已撤回或改写的意见", lambda c: c.withdrawn),
    ("截止后收到的意见", lambda c: c.late),
)


def changes(before: Dossier, now: Dossier, before_size: int) -> tuple[str, ...]:
    """Paragraphs, each a sentence or more; `before_size` is how many leaves the log had then."""
    old = {row.n: row for row in before.suggestions}
    new = {row.n: row for row in now.suggestions}
    found = [
        *_listed("新增", [new[n] for n in new if n not in old]),
        *_reworded(old, new),
        *_listed("不再列入", [old[n] for n in old if n not in new]),
        *_came(now.remarks, before_size),
        *_figures(before.counts, now.counts),
    ]
    head = f"本版为第{now.edition_number}版，以下与第{before.edition_number}版比较。"
    return (head, *found) if found else (f"{head}建议和意见没有变化。",)


def _listed(verb: str, rows: list[SuggestionRow]) -> Iterator[str]:
    if rows:
        said = "；".join(f"第{row.n}号（{row.place}）{_short(row.title or row.text)}" for row in rows)
        yield f"{verb}建议{len(rows)}条：{said}。"


def _reworded(old: dict[int, SuggestionRow], new: dict[int, SuggestionRow]) -> Iterator[str]:
    both = [(old[n], new[n]) for n in new if n in old and _differing(old[n], new[n])]
    if not both:
        return
    numbers = "、".join(f"第{row.n}号" for _was, row in both)
    yield f"改写建议{len(both)}条：{numbers}。"
    for was, row in both:
        for field, label in _differing(was, row):
            before, after = (_quoted(getattr(each, field)) for each in (was, row))
            yield f"第{row.n}号（{row.place}）{label}：原为{before}，现为{after}。"


def _differing(was: SuggestionRow, row: SuggestionRow) -> list[tuple[str, str]]:
    return [(field, label) for field, label in WORDS if getattr(was, field) != getattr(row, field)]


def _came(remarks: Iterable[RemarkRow], before_size: int) -> Iterator[str]:
    """Remarks whose leaf is younger than the edition before."""
    numbers, total = list[str](), 0
    for row in remarks:
        if row.leaf is not None and row.leaf >= before_size:
            total += 1
            if len(numbers) < SHOWN:
                numbers.append(row.number)
    if total:
        more = "等" if total > SHOWN else ""
        yield f"新收入意见原文{total}条：编号{'、'.join(numbers)}{more}。"


def _figures(before: Counts, now: Counts) -> Iterator[str]:
    told = [
        f"{label}由{of(before)}变为{of(now)}"
        for label, of in FIGURES
        if of(before) != of(now)
    ]  # fmt: skip
    ends = {tally.label: tally.count for tally in before.by_end}
    for tally in now.by_end:
        was = ends.pop(tally.label, 0)
        if was != tally.count:
            told.append(f"“{tally.label}”的意见由{was}变为{tally.count}")
    told += [f"“{label}”的意见由{was}变为0" for label, was in ends.items() if was]
    if told:
        yield f"数字变化：{'；'.join(told)}。"


def _short(text: str) -> str:
    text = " ".join(text.split()).rstrip("。；")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……"


def _quoted(text: str) -> str:
    return f"“{_short(text)}”" if text.strip() else "空"
