"""The rendered page: 22 lines of 28 characters, margins, page numbers, repeated head rows (GB/T 9704-2012)."""

import re
from dataclasses import replace

import pytest

from deliberation.domain.dossier import Point
from deliberation.domain.errors import Refusal
from deliberation.formats import official_docx, official_pdf
from deliberation.formats.official_fonts import chosen
from tests.formats.rendered import BOTTOM, LEFT, MM, RIGHT, TOP, body, missing_tools, number, pages, to_pdf
from tests.formats.sample_dossier import dossier, remark, suggestion

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


HARD = (
    "http://a.example/" + "x" * 900, "，。、；：？！" * 60, "\u202e反向" + "字" * 50 + "\u202c", "😀" * 200, "行\n" * 30,
    "=1+1\t=2", "\n\n空行\n\n", "e\u0301" * 120, "（" * 60 + "）" * 60, "一1a，" * 200, "\u200b" * 200 + "零宽", " 　 ",
    "长" * 3_000,
)  # fmt: skip


@pytest.fixture(scope="module", params=WAYS)
def hard(request, folder):
    """A long report of words nobody would print of their own accord, and of wordings of several lines."""

    def words(n, most):
        return HARD[n % len(HARD)][:most]

    rows = tuple(remark(n, text=words(n, 3_000), wording=words(n + 3, 600)) for n in range(1, 27))
    suggestions = tuple(
        replace(
            suggestion(n),
            text=words(n + 7, 500),
            wording="第一款改为这样。\n第二款删去。",
            reasons=words(n + 2, 800),
        )
        for n in range(1, 13)
    )
    value = replace(dossier(26, 12), remarks=rows, suggestions=suggestions)
    return request.param(value, folder, f"hard-{request.param.__name__}")


def test_hard_words_spoil_no_page(hard):
    assert len(hard) > 25
    assert [number(page).text for page in hard] == [f"—{n}—" for n in range(1, len(hard) + 1)]
    upright = [page for page in hard if number(page).top > 700]
    assert len(upright) > 15
    for page in upright:
        lines = body(page)
        assert lines, "a page without words"
        assert min(line.left for line in lines) > LEFT - 9  # the empty half of an opening bracket
        assert max(line.right for line in lines) < RIGHT + 17  # a closing mark may hang over the edge
        assert max(line.bottom for line in lines) < BOTTOM + 3 * MM
    words = ["".join(line.text for line in page) for page in hard]
    first, after = (next(n for n, text in enumerate(words) if text.startswith(f"附件{k}")) for k in (1, 2))
    assert after - first >= 4
    assert all("条款位置" in text for text in words[first:after])


def test_a_wording_of_several_lines_is_not_drawn_out(hard):
    found = [
        line
        for page in hard
        for line in page
        if line.text in {"建议修改为：“第一款改为这样。", "第二款删去。”"}
    ]
    assert len(found) >= 6
    assert all(line.right - line.left < 17 * len(line.text) for line in found)


@pytest.mark.parametrize("lines", range(18, 23))
def test_the_contact_stands_where_the_date_stands(folder, lines):
    """However the pages fall; by DOCX, where it went wrong."""
    if GONE:
        pytest.skip(f"缺少{GONE}")
    value = replace(
        dossier(0, 0), other=(Point("字" * 28 * lines),), minutes=(), votes=(), comparison=(), attitudes=()
    )
    found = by_docx(value, folder, f"sign-{lines}")
    signed = next(page for page in found if any(line.text == "2026年7月16日" for line in page))
    assert any(line.text.startswith("（联系人：") for line in signed)
