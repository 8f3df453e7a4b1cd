"""The 对照表 of a dossier: the current text beside the published one before it, as the links that hold say."""

from deliberation.domain.comparison import Cell, Row, compare
from deliberation.domain.dossier import ComparisonRow
from deliberation.formats.comparison_xlsx import name
from deliberation.formats.wording_diff import differences
from deliberation.services.lineage import lineage
from deliberation.store import drafts
from deliberation.store.consultations import Consultation

MANY = 400  # rows up to which unchanged articles are listed too


def comparison(one: Consultation) -> tuple[ComparisonRow, ...]:
    """Old beside new, in the order of the links; empty while there is only one published text."""
    version = drafts.current(one.task_id)
    found = lineage(version) if version is not None and version.serial > 1 else None
    if found is None:
        return ()
    links = [
        link
        for link in found.links
        if (link.old in found.old or not link.old) and (link.new in found.new or not link.new)
    ]
    rows = compare(list(found.old.values()), list(found.new.values()), links, differences)
    if len(rows) > MANY:
        rows = [row for row in rows if row.changed]
    return tuple(map(_row, rows))


def _row(row: Row) -> ComparisonRow:
    return ComparisonRow(_names(row.old), _names(row.new), row.relation, _texts(row.old), _texts(row.new))


def _names(cells: tuple[Cell, ...]) -> str:
    return "、".join(filter(None, map(name, cells)))


def _texts(cells: tuple[Cell, ...]) -> str:
    return "\n".join(cell.article.text for cell in cells)
