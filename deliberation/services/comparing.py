"""对照表: two versions of a draft side by side, from their links; with what people said and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from deliberation.domain.alignment import ArticleText, Link, Relation, in_reading_order
from deliberation.domain.comparison import Cell, Row, compare
from deliberation.domain.dossier_words import OUTCOMES
from deliberation.domain.errors import NotFound, _
from deliberation.domain.lineage import FAMILIES, units
from deliberation.formats import comparison_docx, comparison_xlsx
from deliberation.formats.comparison_xlsx import Beside
from deliberation.formats.wording_diff import differences
from deliberation.services.lineage import draft_of, lineage
from deliberation.store import adoptions, drafts, links
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version
from deliberation.store.links import Carried

Say = Callable[[str], str]
__all__ = ("NEW", "Beside", "as_file", "beside", "label", "one_pair", "rows")
NEW = "+"  # before the address of a new article, which may be that of an old one


def rows(old: Version, new: Version) -> list[Row]:
    """The rows of the table, in reading order; headings are left out. `old` came before `new`."""
    olds, news = _texts(old), _texts(new)
    known, others = {a.key for a in olds}, {a.key for a in news}
    found = [
        link
        for link in _links(old, new, news)
        if (link.old is None or link.old in known) and (link.new is None or link.new in others)
    ]
    return compare(olds, news, in_reading_order(found, olds, news), differences)


def _texts(version: Version) -> list[ArticleText]:
    found = units(draft_of(version))
    return [unit for family in FAMILIES if family != "heading" for unit in found[family]]


def _links(old: Version, new: Version, news: Sequence[ArticleText]) -> list[Link]:
    """As they were decided for two neighbours; over several versions as they are carried on."""
    next_to = lineage(new)
    if next_to is not None and next_to.base.id == old.id:
        return next_to.links
    if new.state != "published" or old.task_id != new.task_id:
        raise NotFound(_("这两稿之间没有对应关系，请换两稿对照。"))
    found = [
        Link(
            row.from_eid,
            row.to_article_eid or None,
            _relation(row),
            row.score,
            row.sure,
        )
        for row in links.to(new.id)
        if row.from_version_id == old.id and row.from_eid == row.from_article_eid
    ]
    met = {link.new for link in found}
    return [*found, *(Link(None, unit.key, "new", 0.0, True) for unit in news if unit.key not in met)]


def _relation(row: Carried) -> Relation:
    return cast(Relation, row.relation if row.to_eid else "deleted")


def beside(
    one: Consultation, old: Version, new: Version, found: Sequence[Row], *, outcomes: bool, say: Say
) -> dict[str, Beside]:
    """By old article: how many remarks stand there (those of a deleted article where it stood), and for staff what was suggested."""
    spoken = _counts(one, old, new)
    suggested = _suggested(one, new, say) if outcomes and new.state == "published" else {}
    table: dict[str, Beside] = {}
    for row in found:
        remarks = sum(spoken.get((new.id, c.article.key), 0) for c in row.new)
        remarks = remarks if row.new else sum(spoken.get((old.id, c.article.key), 0) for c in row.old)
        said = say(_("意见 %(count)s 条")) % {"count": remarks} if remarks else ""
        became = "\n".join(line for c in row.new for line in suggested.get(c.article.key, ()))
        for cell in row.old:
            table[cell.article.key] = Beside(said, became)
        if not row.old:
            table[NEW + row.new[0].article.key] = Beside(said, became)
    return table


def _counts(one: Consultation, old: Version, new: Version) -> dict[tuple[int, str], int]:
    sides = [version for version in (old, new) if version.state == "published"]
    return {(v.id, row.eid): row.remarks for v in sides for row in drafts.contents(v.id, one.id)}


def _suggested(one: Consultation, new: Version, say: Say) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for suggestion, eid in adoptions.suggested(one.id, new.id):
        words = say(_("建议 %(number)s　%(outcome)s")) % {
            "number": suggestion.number, "outcome": say(OUTCOMES.get(suggestion.outcome, suggestion.outcome)),
        }  # fmt: skip
        found.setdefault(eid, []).append(words)
    return found


def one_pair(old: ArticleText, new: ArticleText) -> Row:
    """Two articles beside one another, whatever links them."""
    (row,) = compare([old], [new], [Link(old.key, new.key, "reworded", 0.0, True)], differences)
    return row


def label(cell: Cell) -> str:
    """第十二条【条旨】 as it stands before the text."""
    return comparison_xlsx.name(cell)


def as_file(
    kind: str, found: Sequence[Row], title: str, table: Mapping[str, Beside] | None, say: Say
) -> bytes:
    """The table as .xlsx or .docx."""
    write = {"xlsx": comparison_xlsx.write, "docx": comparison_docx.write}[kind]
    return write(found, title=title, beside=table, say=say)
