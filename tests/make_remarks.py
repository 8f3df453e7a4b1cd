"""Tables of remarks in one line."""

from deliberation.domain.columns import Table
from deliberation.domain.remarks import Words
from deliberation.services import remark_imports, remark_tables
from deliberation.services.remark_imports import Reading
from tests import make

HEADER = "编号,条款位置,态度,意见,姓名,电话,渠道,时间"


def table(*lines: str, header: str = HEADER) -> Table:
    return remark_tables.read("\n".join([header, *lines]).encode(), "意见.csv")


def reading(one: Table, **more: object) -> Reading:
    from deliberation.domain.columns import guess

    return Reading(guess(one.header), **more)


def imported(actor, consultation, given: Table, **more):
    return remark_imports.import_remarks(actor, consultation, given, reading(given, **more))


def words(text: str = "说一句", **more) -> Words:
    return Words(key=more.pop("key", None) or make.key(), text=text, **more)
