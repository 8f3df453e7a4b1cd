"""What a later edition says differently from the one before: suggestions added, reworded, counted anew, left out; remarks;
the draft's text, votes, minutes; figures. That nothing changed is said only where none of it did.

Only suggestions' words and the numbers of remarks are named, never an original's text: the same sentences stand in
the public edition.
"""

from collections.abc import Callable, Iterable, Iterator

from deliberation.domain.dossier import Counts, Dossier, RemarkRow, SuggestionRow, VoteRow
from deliberation.domain.dossier_words import SUGGESTION_KINDS, word

SHOWN = 40  # numbers of remarks told one by one
LONGEST = 120  # characters of a wording that is quoted
LEAD = 20  # characters before the first that differs
CHOSEN = {True: "报送", False: "不作重点报送", None: "没有议定"}
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
    found += [*_draft(before, now), *_votes(before, now), *_minutes(before, now)]
    head = f"本版为第{now.edition_number}版，以下与第{before.edition_number}版比较。"
    return (head, *found) if found else (f"{head}建议、意见、表决和会议纪要都没有变化。",)


def _listed(verb: str, rows: list[SuggestionRow]) -> Iterator[str]:
    if rows:
        said = "；".join(f"第{row.n}号（{row.place}）{_short(row.title or row.text)}" for row in rows)
        yield f"{verb}建议{len(rows)}条：{said}。"


def _reworded(old: dict[int, SuggestionRow], new: dict[int, SuggestionRow]) -> Iterator[str]:
    both = [(old[n], new[n]) for n in new if n in old]
    worded = [(was, row) for was, row in both if _differing(was, row)]
    if worded:
        numbers = "、".join(f"第{row.n}号" for _was, row in worded)
        yield f"改写建议{len(worded)}条：{numbers}。"
    for was, row in both:
        for field, label in _differing(was, row):
            yield f"第{row.n}号（{row.place}）{label}：{_beside(getattr(was, field), getattr(row, field))}。"
        facts = list(_facts(was, row))
        if facts:
            yield f"第{row.n}号（{row.place}）：{'；'.join(facts)}。"


def _facts(was: SuggestionRow, row: SuggestionRow) -> Iterator[str]:
    """What is no wording of the suggestion's own. Another view is never quoted: it may be an original nobody released."""
    if was.place != row.place:
        yield f"位置由{was.place or '草案总体'}变为{row.place or '草案总体'}"
    if was.kind != row.kind:
        yield f"类型由{word(SUGGESTION_KINDS, was.kind)}变为{word(SUGGESTION_KINDS, row.kind)}"
    if set(was.remarks) != set(row.remarks):
        gone, come = (
            len(set(a) - set(b)) for a, b in ((was.remarks, row.remarks), (row.remarks, was.remarks))
        )
        parts = [*([f"新归入意见{come}条"] if come else []), *([f"不再归入意见{gone}条"] if gone else [])]
        yield f"{'，'.join(parts)}，同类意见由{was.backing.remarks}条变为{row.backing.remarks}条"
    if was.others != row.others:
        before, after = (sum(view.backing.remarks for view in each.others) for each in (was, row))
        yield f"不同意见由{before}条变为{after}条" if before != after else "不同意见的写法有改动"
    if was.forwarded != row.forwarded:
        yield f"议定结果由“{CHOSEN[was.forwarded]}”变为“{CHOSEN[row.forwarded]}”"
    if (was.outcome, was.outcome_reason, was.office_view, was.note) != (
        row.outcome, row.outcome_reason, row.office_view, row.note
    ):  # fmt: skip
        yield "汇总表中的联系点意见、采纳情况或者备注有改动"


def _draft(before: Dossier, now: Dossier) -> Iterator[str]:
    if before.version_digest != now.version_digest:
        yield "征求意见的草案文本换了一稿，条款位置按新稿写。"


def _votes(before: Dossier, now: Dossier) -> Iterator[str]:
    """Counts of a vote are corrected by decision, never quietly: which vote, and the figures before and after."""
    old = {(vote.question, vote.held_on, vote.meeting): vote for vote in before.votes}
    for vote in now.votes:
        was = old.get((vote.question, vote.held_on, vote.meeting))
        if was is not None and was != vote:
            figures = _counted(was), _counted(vote)
            more = f"：原为{figures[0]}，现为{figures[1]}" if figures[0] != figures[1] else ""
            yield f"表决“{_short(vote.question)}”的记录有更正{more}。"


def _counted(vote: VoteRow) -> str:
    return f"赞成{vote.in_favour}、反对{vote.against}、弃权{vote.abstain}、未表决{vote.not_voted}"


def _minutes(before: Dossier, now: Dossier) -> Iterator[str]:
    """Minutes of the same meeting that read differently, and those that are there for the first time."""
    old = {(each.meeting.title, each.meeting.starts_at): each for each in before.minutes}
    new = {(each.meeting.title, each.meeting.starts_at): each for each in now.minutes}
    added = [title for (title, at) in new if (title, at) not in old]
    differing = [key[0] for key, each in new.items() if key in old and old[key] != each]
    gone = [title for (title, at) in old if (title, at) not in new]
    for verb, titles in (("新增会议纪要", added), ("会议纪要有改动", differing), ("会议纪要不再附", gone)):
        if titles:
            yield f"{verb}{len(titles)}份：{'；'.join(map(_short, titles))}。"


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


def _beside(before: str, after: str) -> str:
    """Both quoted; long ones from shortly before the first sign that differs, so that the difference is seen."""
    one, other = (" ".join(each.split()) for each in (before, after))
    if one == other:
        return "只改了换行或者空格"
    if _quoted(one) == _quoted(other):
        at = next(
            (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
        )
        one, other = (f"……{each[max(0, at - LEAD) :]}" for each in (one, other))
    return f"原为{_quoted(one)}，现为{_quoted(other)}"
