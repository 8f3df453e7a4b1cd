"""report.pdf: real fonts, data never markup, no program's name, same bytes, refused without its fonts."""

import io
from dataclasses import replace

import pypdf
import pytest

from deliberation.domain.dossier import Point, Signature
from deliberation.domain.errors import Refusal
from deliberation.formats import official_fonts, official_pdf
from tests.formats.sample_dossier import dossier, remark

try:
    FONTS = official_fonts.chosen()
except Refusal:
    FONTS = None
needs_fonts = pytest.mark.skipif(FONTS is None, reason="PDF的字体不齐")
MARKUP = '#panic("x") $1/0$ *b* _i_ `c` <label> @ref \\ // /* = 标题 #sys.inputs [x] {y} "'


def text_of(path):
    return "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


@needs_fonts
def test_markup_in_the_words_stays_words(tmp_path):
    rows = (remark(1, text=MARKUP, wording=MARKUP),)
    path = tmp_path / "a.pdf"
    official_pdf.write(replace(dossier(0, 1), remarks=rows, general=(Point(MARKUP),)), path)
    text = text_of(path).replace("\n", "")
    for piece in ('#panic("x")', "$1/0$", "*b*", "#sys.inputs", "[x]"):
        assert text.count(piece) >= 2


@needs_fonts
def test_fonts_are_embedded_and_nobody_is_named(tmp_path):
    path = tmp_path / "a.pdf"
    official_pdf.write(dossier(5, 2), path)
    reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    assert reader.metadata.title.startswith("关于《示例市电动自行车")
    assert not (reader.metadata.creator or "").strip()
    assert b"ypst" not in path.read_bytes()
    assert "ypst" not in reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    embedded = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any("Fang" in name for name in embedded)
    assert all(
        "+" in str(font.get_object()["/BaseFont"]) for font in reader.pages[0]["/Resources"]["/Font"].values()
    )


@needs_fonts
@pytest.mark.parametrize("copies", [1, 10])
def test_the_imprint_stands_whole_at_the_foot_of_the_last_page(tmp_path, copies):
    path = tmp_path / "a.pdf"
    to = ("示例市普安区人大常委会法制工作委员会",) * copies
    official_pdf.write(replace(dossier(2, 1), signature=Signature(red_head=True, copies_to=to)), path)
    *before, last = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    assert "抄送：" in last
    assert "印发" in last
    assert not any("抄送：" in words or "印发" in words for words in before)


@needs_fonts
def test_same_dossier_same_bytes(tmp_path):
    for name in ("a", "b"):
        official_pdf.write(dossier(5, 2), tmp_path / f"{name}.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_what_cannot_be_typeset_is_refused_and_leaves_nothing(tmp_path, monkeypatch):
    broken = tmp_path / "broken.typ"
    broken.write_text('#panic("no")')
    monkeypatch.setattr(official_pdf, "TEMPLATE", broken)
    with pytest.raises(Refusal, match="DOCX"):
        official_pdf.typeset({}, tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_fonts_in_a_folder_of_ones_own_are_looked_at(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(official_fonts, "_families", lambda folder: asked.append(folder) or frozenset())
    with pytest.raises(Refusal, match="仿宋_GB2312、楷体_GB2312、黑体、方正小标宋简体、宋体"):
        official_fonts.chosen(tmp_path)
    assert asked == [str(tmp_path)]


def test_the_official_font_is_taken_before_a_free_one(monkeypatch):
    names = {"方正小标宋简体", "FandolFang R", "KaiTi", "SimHei", "Noto Serif CJK SC"}
    monkeypatch.setattr(official_fonts, "_families", lambda _folder: frozenset(names))
    found = official_fonts.chosen()
    assert (found["title"], found["title_weight"], found["fang"], found["kai"]) == (
        "方正小标宋简体",
        "regular",
        "FandolFang R",
        "KaiTi",
    )
    assert found["spare"] == ["Noto Serif CJK SC"]
