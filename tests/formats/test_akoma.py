"""Akoma Ntoso 3.0: every draft validates strictly and comes back as the same tree."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from deliberation.domain.alignment import Link
from deliberation.domain.errors import Refusal
from deliberation.domain.provisions import KINDS, Caution, Draft, Node
from deliberation.formats.akoma import AkomaMeta, Modification, modifications_of, read, write
from deliberation.formats.akoma_names import AKN

SHARED = Path(__file__).resolve().parents[3] / "shared"
DOCUMENTS = sorted(
    p for folder in ("hard", "wide") for p in (SHARED / "corpus" / folder).glob("*") if p.is_file()
)
NS = {"a": AKN}


@cache
def schema() -> etree.XMLSchema:
    path = SHARED / "schemas" / "akomantoso30.xsd"
    if not path.exists():
        pytest.skip(f"the schemas are not beside the project: {path}")
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True)))


def assert_valid(written: bytes) -> etree._Element:
    root = etree.fromstring(written)
    assert schema().validate(root), schema().error_log.last_error
    return root


def small() -> Draft:
    point = Node("subparagraph", "（一）", "1", "art_1__para_1__point_1", text="充电设施；")
    lead = Node("paragraph", None, None, "art_1__para_1", text="下列场所应当设置：", children=(point,))
    first = Node("article", "第一条", "1", "art_1", "目的", children=(lead,))
    after = Node("article", "第十七条之一", "17-1", "art_17-1", children=())
    chapter = Node("chapter", "第一章", "1", "chp_1", "总则", children=(first, after))
    table = Node("table", None, None, "att_1__table_1", text="名称\t数量\n桩\t2")
    return Draft(
        title="某市电动自行车充电条例",
        stage="草案征求意见稿",
        note="（2026年3月1日通过\n2026年5月2日批准）",
        notice=("关于公开征求意见的公告", "截止日期：四月一日"),
        preamble=(Node("paragraph", None, None, "preamble__para_1", text="为了安全。"),),
        body=(chapter,),
        attachments=(Node("attachment", "附件1", "1", "att_1", "一览表", "说明", (table,)),),
    )


META = AkomaMeta(slug="charging", date="2026-05-02", region="210000", subtype="local-regulation")


def test_levels_have_the_names_of_the_standard():
    root = assert_valid(write(small(), meta=META))
    article = root.find(".//a:chapter/a:article", NS)
    assert article.get("eId") == "art_1"
    assert [e.text for e in article.findall("a:num", NS) + article.findall("a:heading", NS)] == [
        "第一条",
        "目的",
    ]
    assert article.findtext("a:paragraph/a:intro/a:p", namespaces=NS) == "下列场所应当设置："
    assert article.findtext("a:paragraph/a:point/a:content/a:p", namespaces=NS) == "充电设施；"
    assert root.findtext(".//a:preface//a:docStage", namespaces=NS) == "草案征求意见稿"
    assert [e.text for e in root.findall(".//a:attachment//a:td/a:p", NS)] == ["名称", "数量", "桩", "2"]


def test_addresses_of_work_version_and_file():
    root = assert_valid(write(small(), meta=replace(META, version="2")))
    uris = [e.get("value") for e in root.findall(".//a:bill/a:meta/a:identification/*/a:FRBRuri", NS)]
    work = "/akn/cn-210000/bill/local-regulation/2026/charging"
    assert uris == [work, f"{work}/zho@2026-05-02", f"{work}/zho@2026-05-02.xml"]
    assert root.find(".//a:FRBRversionNumber", NS).get("value") == "2"
    inside = root.find(".//a:attachment//a:FRBRWork/a:FRBRthis", NS)
    assert inside.get("value") == f"{work}/!att_1"


def test_the_day_of_a_file_comes_from_its_note():
    root = assert_valid(write(small()))
    assert root.find(".//a:FRBRExpression/a:FRBRdate", NS).get("date") == "2026-05-02"


@pytest.mark.parametrize(
    "wrong", [{"subtype": "9-plus-x"}, {"date": "2026/5/2"}, {"slug": "a b"}, {"region": "辽/宁"}]
)
def test_a_name_no_address_can_hold_is_an_error(wrong):
    with pytest.raises(ValueError, match="a (subtype|date|region)"):
        AkomaMeta(**wrong)


def test_lasting_identity_and_mappings_of_the_renumbered():
    meta = replace(META, uids={"art_1": "u-7f3a"}, wids={"art_1": "art_3", "chp_1": "chp_1", "gone": "art_9"})
    root = assert_valid(write(small(), meta=meta))
    article = root.find(".//a:article[@eId='art_1']", NS)
    assert (article.get("GUID"), article.get("wId")) == ("u-7f3a", "art_3")
    mappings = [(e.get("original"), e.get("current")) for e in root.findall(".//a:mapping", NS)]
    assert mappings == [("#art_3", "#art_1")]
    assert root.find(".//a:chapter", NS).get("wId") is None


def test_modifications_come_from_the_links():
    links = [
        Link("art_1", "art_1", "same", 1.0, True),
        Link("art_2", "art_3", "renumbered", 1.0, True),
        Link("art_3", "art_4", "split", 1.0, False),
        Link("art_3", "art_5", "split", 1.0, False),
        Link("art_6", "art_6", "merged", 1.0, False),
        Link("art_7", "art_6", "merged", 1.0, False),
        Link("art_8", None, "deleted", 0.0, True),
        Link(None, "art_2", "new", 0.0, True),
    ]
    found = modifications_of(links)
    assert found == (
        Modification("renumbering", ("art_2",), ("art_3",)),
        Modification("split", ("art_3",), ("art_4", "art_5")),
        Modification("join", ("art_6", "art_7"), ("art_6",)),
        Modification("repeal", ("art_8",), ()),
        Modification("insertion", (), ("art_2",)),
    )
    before = "/akn/cn-210000/bill/local-regulation/2026/charging/zho@2026-03-01"
    root = assert_valid(write(small(), meta=replace(META, previous=before, modifications=found)))
    mods = root.findall(".//a:passiveModifications/a:textualMod", NS)
    assert [m.get("type") for m in mods] == ["renumbering", "split", "join", "repeal", "insertion"]
    assert [e.get("href") for e in mods[1].findall("a:destination", NS)] == ["#art_4", "#art_5"]
    assert [e.get("href") for e in mods[2].findall("a:old", NS)] == [f"{before}#art_6", f"{before}#art_7"]


def test_the_same_bytes_each_time_and_no_namespace_of_ours_without_need():
    plain = Draft(title="某条例", body=(Node("article", "第一条", "1", "art_1"),))
    assert write(small(), meta=META) == write(small(), meta=META)
    assert b"urn:yishiting" not in write(plain, meta=META)


def test_warnings_are_not_part_of_the_document():
    doubtful = replace(small(), warnings=(Caution("gap", 3, "条号不连续。"),))
    assert write(doubtful, meta=META) == write(small(), meta=META)


# What XML 1.0 can hold; a carriage return is written as a reference and so survives too.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="￾￿"), max_size=12
)
LINES = st.lists(TEXT, max_size=3).map("\n".join)
LABEL = st.one_of(
    st.none(), TEXT, st.sampled_from(["第十二条", "第十七条之一", "（三）", "1．", "附件二", "①"])
)


@st.composite
def nodes(draw, kinds, depth=3):
    made = Node(
        draw(st.sampled_from(kinds)),
        number=draw(LABEL),
        n=draw(st.one_of(st.none(), st.from_regex(r"[1-9][0-9]{0,2}(-[1-9])?", fullmatch=True))),
        heading=draw(st.one_of(st.none(), TEXT)),
        text=draw(LINES),
        children=draw(st.lists(nodes(kinds, depth - 1), max_size=2).map(tuple)) if depth else (),
    )
    return made if made.text.strip("\n") else replace(made, text="")


def addressed(draft: Draft) -> Draft:
    """Every node its own eid, as a reader gives them."""
    count = 0

    def name(node: Node) -> Node:
        nonlocal count
        count += 1
        eid = f"prov_{count}"
        return replace(node, eid=eid, children=tuple(name(c) for c in node.children))

    return replace(
        draft,
        preamble=tuple(map(name, draft.preamble)),
        body=tuple(map(name, draft.body)),
        attachments=tuple(map(name, draft.attachments)),
    )


LEVELS = [k for k in KINDS if k != "attachment"]
DRAFTS = st.builds(
    Draft,
    title=TEXT,
    stage=st.one_of(st.none(), TEXT),
    note=st.one_of(st.none(), LINES),
    notice=st.lists(TEXT, max_size=2).map(tuple),
    preamble=st.lists(nodes(LEVELS, 1), max_size=2).map(tuple),
    body=st.lists(nodes(LEVELS), max_size=3).map(tuple),
    attachments=st.lists(nodes(["attachment"], 0), max_size=2).map(tuple),
).map(addressed)


@settings(deadline=None, max_examples=150)
@given(DRAFTS)
def test_any_tree_validates_and_comes_back(draft):
    written = write(draft, meta=META)
    assert_valid(written)
    assert read(written) == draft


@pytest.mark.corpus
@pytest.mark.parametrize("path", DOCUMENTS or [None], ids=lambda p: p.name if p else "no corpus")
def test_every_document_of_the_corpus_validates_and_comes_back(path):
    from deliberation.formats.reading import read_draft

    if path is None:
        pytest.skip("the shared corpus is not beside the project")
    draft = read_draft(path.read_bytes(), path.name)
    written = write(draft)
    assert_valid(written)
    assert read(written) == replace(draft, warnings=())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "不是完整的 XML"),
        (b"<akomaNtoso", "不是完整的 XML"),
        (b"<html/>", "不是 Akoma Ntoso 3.0"),
        (f'<akomaNtoso xmlns="{AKN}"><debate/></akomaNtoso>'.encode(), "没有法案"),
    ],
)
def test_what_is_no_bill_is_refused_with_the_way_on(data, says):
    with pytest.raises(Refusal, match=says):
        read(data)


def test_entities_are_not_expanded():
    doc = f'<!DOCTYPE akomaNtoso [<!ENTITY x SYSTEM "file:///etc/hostname">]><akomaNtoso xmlns="{AKN}"><bill name="b"><body><article><num>第一条</num><content><p>甲&x;乙</p></content></article></body></bill></akomaNtoso>'
    assert "".join(read(doc.encode()).text().split()) in {"第一条甲乙", "第一条甲&x;乙"}


FOREIGN = f"""<akomaNtoso xmlns="{AKN}"><act name="a"><meta/><preface><p>某某 <docTitle>××条例</docTitle></p></preface>
<preamble><formula name="enacting"><p>全国人大通过：</p></formula><recitals><recital><p>鉴于甲。</p></recital></recitals></preamble>
<body><title eId="t1"><num>第一编</num><heading>总则</heading>
<article eId="a"><num>第一条</num><paragraph><list><intro><p>下列<b>情形</b>
   除外：</p></intro><point><num>（一）</num><content><p>甲<authorialNote marker="1"><p>注。</p></authorialNote></p></content></point>
<wrapUp><p>以上。</p></wrapUp></list></paragraph></article><hcontainer name="foo"><num>第二条</num><content><p>丁。</p>
<table><tr><td><p>a</p><p>b</p></td><td><p>c</p></td></tr></table></content></hcontainer>
<article eId="a"><num>第三条</num><alinea><content><p>戊。</p></content></alinea></article></title></body>
<conclusions><p>签名。</p></conclusions></act></akomaNtoso>"""


def test_documents_of_other_makers_are_read_to_the_last_word():
    draft = read(FOREIGN.encode())
    assert list(draft.lines()) == [
        "某某 ××条例", "全国人大通过：", "鉴于甲。", "第一编　总则", "第一条　下列情形除外：", "（一）　甲", "注。", "以上。",
        "第二条　丁。", "a b\tc", "第三条　戊。", "签名。",
    ]  # fmt: skip
    assert [node.eid for node in draft.walk() if node.kind in {"part", "article"}] == [
        "book_1", "art_1", "art_2", "art_3",
    ]  # fmt: skip
    assert draft.warnings == ()
    assert {node.kind for node in draft.walk()} <= set(KINDS)


def test_control_characters_are_refused_by_name():
    with pytest.raises(Refusal, match=r"U\+000B"):
        write(Draft(title="某\x0b条例"), meta=META)
