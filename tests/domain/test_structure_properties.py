"""Tree → text → tree, for drafts nobody thought of; eids are unique; nothing is lost from any lines whatever."""

from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.domain import numbering
from deliberation.domain.eids import addressed
from deliberation.domain.provisions import Draft, Node
from deliberation.domain.structure import Line, Source, parse
from deliberation.domain.structure.lines import bare

HAN = st.sampled_from("甲乙丙丁戊己庚辛壬癸市区人民政府电动车充电设施管理安全应当不得负责有关部门")
words = st.text(HAN, min_size=1, max_size=30)
sentence = st.builds("{}。".format, words)
captions = st.none() | st.builds("【{}】".format, words) | st.builds("〖{}〗".format, words)


def leaf(kind, number=None, n=None, text="", children=()):
    return Node(kind, number, n, text=text, children=tuple(children))


@st.composite
def items(draw):
    count = draw(st.integers(0, 3))
    return [leaf("item", f"{i}.", str(i), draw(sentence)) for i in range(1, count + 1)]


@st.composite
def paragraphs(draw):
    count = draw(st.integers(0, 4))
    points = [
        leaf("subparagraph", f"（{numbering.to_chinese(i)}）", str(i), draw(sentence), draw(items()))
        for i in range(1, count + 1)
    ]
    text = draw(words) + ("：" if points else "。")
    return leaf("paragraph", text=text, children=points)


@st.composite
def articles(draw, first):
    """A run of articles numbered on from `first`, some with 之一."""
    out, n = [], first
    for _step in range(draw(st.integers(1, 4))):
        label = str(n)
        out.append(_article(draw, label))
        if draw(st.booleans()):
            out.append(_article(draw, f"{label}-1"))
        n += 1
    return out, n


def _article(draw, n):
    children = draw(st.lists(paragraphs(), min_size=1, max_size=3))
    return Node("article", numbering.label(n), n, heading=draw(captions), children=tuple(children))


@st.composite
def bodies(draw):
    if draw(st.booleans()):
        return tuple(draw(articles(1))[0])
    out, n = [], 1
    for chapter in range(1, draw(st.integers(1, 4)) + 1):
        inside, n = draw(articles(n))
        number = numbering.label(str(chapter), "章")
        out.append(Node("chapter", number, str(chapter), heading=draw(words), children=tuple(inside)))
    return tuple(out)


@st.composite
def drafts(draw):
    stage = draw(st.none() | st.sampled_from(["（草案）", "（草案征求意见稿）", "（草案二次审议稿）"]))
    return addressed(Draft(title=f"××市{draw(words)}条例", stage=stage, body=draw(bodies())))


def lines_of(text):
    return Source(tuple(Line(line, no) for no, line in enumerate(text.split("\n"), 1)))


@given(drafts())
@settings(max_examples=150, deadline=None)
def test_tree_to_text_to_tree(draft):
    again = parse(lines_of(draft.text()))
    assert again.body == draft.body
    assert (again.title, again.stage, again.text()) == (draft.title, draft.stage, draft.text())
    assert again.digest() == draft.digest()
    assert again.warnings == ()


@given(drafts())
@settings(max_examples=50, deadline=None)
def test_addresses_are_unique(draft):
    eids = [node.eid for node in draft.walk()]
    assert len(eids) == len(set(eids))


STARTS = ["第一条", "第二条 ", "第三章　", "第一节", "一、", "（一）", "(2)", "1.", "附件", "附则", "目录", "“第一条", "之一", "第九条之二",
          "【", "”", "", "　", "\u200b", "（2021年1月1日通过", "关于", "××条例", "（草案）", "第十条规定"]  # fmt: skip
any_line = st.builds(
    "{}{}{}".format,
    st.sampled_from(STARTS),
    st.text(HAN | st.sampled_from("。；：，“”（）《》 第条一二"), max_size=25),
    st.sampled_from(["", "。", "：", "；", "”"]),
)


@given(st.lists(any_line, max_size=25), st.lists(st.integers(0, 3), min_size=25, max_size=25))
@settings(max_examples=400, deadline=None)
def test_nothing_is_ever_lost(lines, levels):
    source = Source(
        tuple(Line(text, no, level) for no, (text, level) in enumerate(zip(lines, levels, strict=False), 1))
    )
    draft = parse(source)
    assert "not_lossless" not in {caution.code for caution in draft.warnings}
    eids = [node.eid for node in draft.walk()]
    assert len(eids) == len(set(eids))
    if "目" not in "".join(lines) and not any(level for level in levels):
        told, given_ = bare(draft.text()), bare("".join(lines))
        assert len(told) <= len(given_)
