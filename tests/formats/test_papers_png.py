"""A paper as a picture: readable on a telephone, the same bytes again, refused with the fonts named."""

import struct

import pytest

from deliberation.domain.errors import Refusal
from deliberation.domain.paper import Grid, Labelled, Para
from deliberation.formats import official_fonts, papers_png
from tests.formats.test_official_pdf import MARKUP, needs_fonts

PARTS = (Para("title", "关于召开座谈会的通知"), Labelled("时间", "2026年6月11日"), Para("body", MARKUP), Grid((20, 30), ("序号", "姓名"), [["1", "张三"]]))  # fmt: skip


def size(png):
    assert png.startswith(b"\x89PNG")
    return struct.unpack(">II", png[16:24])


@needs_fonts
def test_one_picture_as_wide_as_a_telephone_wants_and_as_long_as_the_paper():
    short, long = papers_png.write("甲", PARTS), papers_png.write("甲", PARTS * 6)
    assert size(short)[0] == size(long)[0] == 850
    assert size(long)[1] > 3 * size(short)[1]
    assert papers_png.write("甲", PARTS) == short


def test_missing_fonts_are_named(monkeypatch):
    monkeypatch.setattr(official_fonts, "_families", lambda _folder: frozenset())
    with pytest.raises(Refusal, match="仿宋_GB2312"):
        papers_png.write("甲", PARTS)
