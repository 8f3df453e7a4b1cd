"""Dossiers of several offices in one: article order, whose each is, nothing tampered, foreign or doubled goes in."""

import json

import pytest
import python_calamine

from deliberation.domain.errors import Refusal
from deliberation.domain.remarks import Origin
from deliberation.formats import dossier_folder
from deliberation.formats.archive import zip_beside
from deliberation.services import dossier_merging, dossiers, remarks
from tests import make, make_dossiers


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch):
    """Typesetting is tested elsewhere and takes its time."""

    def missing(*_args, **_given):
        raise Refusal("没有字体")

    monkeypatch.setattr(dossier_folder.official_pdf, "write", missing)


def built(office, tmp_path, name, places, edition="restricted", text=make.DRAFT):
    one = make.consultation(office, text, slug=name)
    for n, at in enumerate(places):
        origin = Origin("paper", category="居民代表")
        said = remarks.record_remark(make.OPERATOR, one, make.words(f"{name}{n}", at), origin).remark
        make_dossiers.suggestion(one, said, at=at, title=f"{name}的第{n}条建议")
    make.remark(one, f"{name}没有归并的", eid="", place="whole")
    dossiers.build(make.OPERATOR, one, tmp_path / name, edition)
    return tmp_path / name


@pytest.fixture
def three(app, tmp_path):
    return [
        built(make.office("甲联系点"), tmp_path, "jia", ("art_3", "art_1")),
        built(make.office("乙联系点"), tmp_path, "yi", ("art_1", "art_4")),
        built(make.office("丙联系点"), tmp_path, "bing", ("art_2",)),
    ]


def test_in_article_order_with_offices_kept(three, tmp_path):
    made = dossier_merging.merge(three, tmp_path / "all", make.now())
    assert (made.counts["remarks"], made.counts["suggestions"]) == (8, 5)
    sheet = (
        python_calamine.CalamineWorkbook.from_path(tmp_path / "all" / "table.xlsx")
        .get_sheet_by_index(0)
        .to_python()
    )
    assert [(row[0], row[1], row[13]) for row in sheet[1:]] == [
        ("1", "第一条", "甲联系点第2号"), ("2", "第一条", "乙联系点第1号"), ("3", "第二条", "丙联系点第1号"),
        ("4", "第三条", "甲联系点第1号"), ("5", "第四条", "乙联系点第2号"),
    ]  # fmt: skip
    assert [row[6] for row in sheet[1:3]] == ["甲联系点（居民代表1）", "乙联系点（居民代表1）"]
    lines = [
        json.loads(line) for line in (tmp_path / "all" / "remarks.jsonl").read_text("utf-8").splitlines()
    ]
    assert {line["origin"] for line in lines} == {"甲联系点", "乙联系点", "丙联系点"}
    assert [line["suggestions"] for line in lines if line["text"] == "yi1"] == [[5]]
    assert len({line["number"] for line in lines}) == 8
    report = (tmp_path / "all" / "report.md").read_text("utf-8")
    assert "本报告汇总3个单位报送的意见：甲联系点（意见3条、建议2条）" in report
    manifest = json.loads((tmp_path / "all" / "manifest.json").read_text("utf-8"))
    assert [source["office"] for source in manifest["sources"]] == ["甲联系点", "乙联系点", "丙联系点"]
    assert zip_beside(tmp_path / "all").exists()


def test_the_same_input_the_same_bytes(three, tmp_path):
    at = make.now()
    for name in ("a", "b"):
        dossier_merging.merge(three, tmp_path / name, at)
    assert zip_beside(tmp_path / "a").read_bytes() == zip_beside(tmp_path / "b").read_bytes()


def refused(folders, tmp_path, match):
    with pytest.raises(Refusal, match=match):
        dossier_merging.merge(folders, tmp_path / "all", make.now())
    assert not (tmp_path / "all").exists()
    assert not zip_beside(tmp_path / "all").exists()


def test_what_was_changed_is_refused(three, tmp_path):
    path = three[1] / "suggestions.jsonl"
    path.write_text(path.read_text("utf-8").replace("建议", "意见"), "utf-8")
    refused(three, tmp_path, "没有通过核对")


def test_what_is_foreign_or_doubled_is_refused(three, tmp_path):
    (tmp_path / "strange").mkdir()
    refused([three[0], tmp_path / "strange"], tmp_path, "不是意见报告")
    other = make.DRAFT.replace("三百米", "四百米")
    refused([three[0], built(make.office(), tmp_path, "ding", ("art_1",), text=other)], tmp_path, "另一稿")
    refused([three[0], three[0]], tmp_path, "只要一份")
    refused([three[0]], tmp_path, "至少两个")
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "mine").write_text("mine")
    with pytest.raises(Refusal, match="已有内容"):
        dossier_merging.merge(three, tmp_path / "all", make.now())


@pytest.mark.parametrize(("other", "edition"), [("public", "public"), ("restricted", "restricted")])
def test_with_a_restricted_dossier_among_them_it_is_restricted(app, tmp_path, other, edition):
    folders = [
        built(make.office("甲联系点"), tmp_path, "jia", ("art_3",), "public"),
        built(make.office("乙联系点"), tmp_path, "yi", ("art_1",), other),
    ]
    made = dossier_merging.merge(folders, tmp_path / "all", make.now(), office="法工委")
    assert made.edition == edition
    words = (tmp_path / "all" / "remarks.jsonl").read_text("utf-8")
    assert "jia0" not in words
    assert ("yi0" in words) == (edition == "restricted")
