"""The rendered page: 22 lines of 28 characters, margins, page numbers, repeated head rows (GB/T 9704-2012)."""

import re
from dataclasses import replace

import pytest

from deliberation.domain.dossier import Point
from deliberation.domain.errors import Refusal
from deliberation.formats import official_docx, official_pdf
from deliberation.formats.official_fonts import chosen
from tests.formats.rendered import BOTTOM, LEFT, MM, RIGHT, TOP, body, missing_tools, number, pages, to_pdf
from tests.formats.sample_dossier import dossier

GONE = missing_tools("soffice", "pdftotext")
CLOSING = "，。、；：？！）》〉”’』」】…"
PLAIN = "为了加强电动自行车集中充电设施建设和安全管理预防火灾事故保护人身财产安全根据有关法律法规结合本市实际制定本条例"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("layout")


def by_docx(value, folder, name):
    path = folder / f"{name}.docx"
    with path.open("wb") as target:
        official_docx.write(value, target)
    return pages(to_pdf(path, folder))


def by_pdf(value, folder, name):
    path = folder / f"{name}-direct.pdf"
    official_pdf.write(value, path)
    return pages(path)


def fonts_are_there():
    try:
        return bool(chosen())
    except Refusal:
        return False


WAYS = [
    pytest.param(
        by_docx,
        id="docx",
        marks=[pytest.mark.libreoffice, pytest.mark.skipif(bool(GONE), reason=f"缺少{GONE}")],
    ),
    pytest.param(
        by_pdf,
        id="pdf",
        marks=pytest.mark.skipif(bool(GONE) or not fonts_are_there(), reason=f"缺少字体或{GONE}"),
    ),
]


@pytest.fixture(scope="module", params=WAYS)
def full(request, folder):
    """A report whose second to fourth pages are one paragraph without a mark in it."""
    value = replace(dossier(3, 2), general=(Point(PLAIN * 45),))
    return request.param(value, folder, f"full-{request.param.__name__}")


@pytest.fixture(scope="module", params=WAYS)
def ordinary(request, folder):
    return request.param(dossier(60, 24), folder, f"ordinary-{request.param.__name__}")


def plain_pages(full):
    found = [page for page in full if all(set(line.text) <= set(PLAIN) for line in body(page))]
    assert len(found) >= 2, "no page of nothing but plain text"
    return found


def test_22_lines_of_28_characters(full):
    for page in plain_pages(full):
        assert [len(line.text) for line in body(page)] == [28] * 22


def test_the_text_stands_inside_its_margins(full):
    for page in plain_pages(full):
        lines = body(page)
        assert min(line.left for line in lines) == pytest.approx(LEFT, abs=1)
        assert RIGHT - 3 < max(line.right for line in lines) < RIGHT + 1
        assert lines[0].top > TOP - 2 * MM
        assert lines[-1].bottom < BOTTOM + 2 * MM
        pitch = (lines[-1].top - lines[0].top) / 21
        assert pitch == pytest.approx(28.95, abs=0.1)


def test_page_numbers_stand_outside_odd_right_even_left_7_mm_below(full):
    for index, page in enumerate(full[:4], 1):
        line = number(page)
        assert line.text == f"—{index}—"
        centre = (line.top + line.bottom) / 2
        assert centre == pytest.approx(BOTTOM + 7 * MM, abs=1.5 * MM)
        if index % 2:
            assert line.right == pytest.approx(RIGHT - 14, abs=3)
        else:
            assert line.left == pytest.approx(LEFT + 14, abs=3)


def test_every_page_is_numbered_in_turn(ordinary):
    assert [number(page).text for page in ordinary] == [f"—{n}—" for n in range(1, len(ordinary) + 1)]


def test_no_line_starts_with_a_closing_mark(ordinary):
    wrong = [line.text for page in ordinary for line in page if line.text[0] in CLOSING]
    assert wrong == []


def test_the_head_row_stands_on_every_page_of_the_table(ordinary):
    words = ["".join(line.text for line in page) for page in ordinary]
    first = next(n for n, text in enumerate(words) if text.startswith("附件1"))
    after = next(n for n, text in enumerate(words) if text.startswith("附件2"))
    assert after - first >= 4
    assert all(
        "条款位置" in text and "草案原文" in text and "理由和依据" in text for text in words[first:after]
    )
    assert all("条款位置" not in text for text in words[:first])


def test_annexes_begin_on_their_own_pages_in_order(ordinary):
    heads = [page[0].text for page in ordinary if re.fullmatch("附件\\d", page[0].text)]
    assert heads == [f"附件{n}" for n in range(1, len(heads) + 1)]
    assert len(heads) == 6


def test_who_signs_stands_on_a_page_with_words(ordinary):
    """No page holds only the signature: 此页无正文 is not allowed (GB/T 9704-2012, 7.3.5.4)."""
    signed = next(page for page in ordinary if any(line.text == "普安街道基层立法联系点" for line in page))
    assert any("附件：" in line.text or "6." in line.text for line in signed)
