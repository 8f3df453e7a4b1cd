"""Web pages of governments, WeChat and WPS: what a browser shows, block by block, and nothing else."""

import pytest

from deliberation.formats.reading import read_draft

WECHAT = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title></head><body><div id="js_content" style="visibility: hidden">
<section><section><p style="text-align:center"><span><strong><span>××市养犬条例</span></strong></span></p><p><br></p><p><span>（草案）</span></p>
<section><p><span><strong>第一条</strong></span><span>&nbsp;&nbsp;为了<span>规范</span></span><span>养犬。</span></p></section>
<section><p><strong><span>第二条&nbsp;</span></strong><span>下列：<br>（一）甲；<br/>（二）乙。</span></p></section></section>
<p><span>&#8203;</span></p><p>第三条&emsp;丙<a href="javascript:x">丁</a>。</p><img src="http://127.0.0.1:9/x.png"></section></div>
<script>var a="第九条 x。";</script><p style="display: none;">第九条 看不见。</p></body></html>"""
GOVERNMENT = """<html><head><meta charset="gb2312"></head><body><table><tr><td><table><tr><td class="nav"><a>首页</a></td></tr></table></td></tr><tr><td><div>
<p align="center">××市条例</p>
　　第一条　为了甲。<br>
<br>
　　第二条　乙：<br>　　（一）子；<br>　　（二）丑。
<table border=1><tr><td rowspan=2><p>a</p><p>b</p><script>x</script></td><td>c</td></tr><tr><td>d</td></tr></table>
　　第三条　丙。
</div></td></tr></table></body></html>"""
WORD = """<html xmlns:o="urn:x"><head><!--[if gte mso 9]><xml><o:x>甲</o:x></xml><![endif]--><style>p{}</style></head><body lang=ZH-CN>
<p class=MsoNormal><b><span style='x'>第一条<span lang=EN-US> </span></span></b><span>为了
规范
养犬。<o:p></o:p></span></p><p>第二条<![if !supportLists]><span>　</span><![endif]>乙。</p></body></html>"""


def told(page, encoding="utf-8"):
    draft = read_draft(page.encode(encoding), "page.html")
    assert [c.code for c in draft.warnings] == []
    return list(draft.lines())


def test_a_wechat_page():
    assert told(WECHAT) == [
        "××市养犬条例", "（草案）", "第一条　为了规范养犬。", "第二条　下列：", "（一）　甲；", "（二）　乙。", "第三条　丙丁。",
    ]  # fmt: skip


def test_a_government_page_laid_out_by_tables():
    assert told(GOVERNMENT, "gbk") == [
        "首页", "××市条例", "第一条　为了甲。", "第二条　乙：", "（一）　子；", "（二）　丑。", "a b\tc", "d", "第三条　丙。",
    ]  # fmt: skip


def test_a_page_saved_by_word():
    assert told(WORD) == ["第一条　为了规范养犬。", "第二条　乙。"]


def test_lines_of_preformatted_text():
    assert told("<html><body><pre>\n××条例\n第一条  甲。\n第二条  <b>乙</b>。\n</pre></body></html>") == [
        "××条例", "第一条　甲。", "第二条　乙。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lists", "numbers"),
    [
        ("<ol><li>甲</li><li>乙</li></ol>", ["1.", "2."]),
        ("<ol start=3 type=a><li>甲</li><li>乙</li></ol>", ["c.", "d."]),
        ("<ol><li value=7>甲</li><li>乙</li></ol>", ["7.", "8."]),
        ("<ol start=x><li>甲</li></ol>", ["1."]),
    ],
)
def test_numbers_a_browser_writes(lists, numbers):
    draft = read_draft(f"<html><body><p>第一条 下列：</p>{lists}</body></html>".encode(), "a.html")
    assert [node.number for node in draft.walk() if node.kind == "item"] == numbers


def test_long_lists_are_counted_once():
    items = "".join(f"<li>甲{n}。</li>" for n in range(5_000))
    draft = read_draft(f"<html><body><p>第一条 下列：</p><ol>{items}</ol></body></html>".encode(), "a.html")
    assert len([node for node in draft.walk() if node.kind == "item"]) >= 999
    assert draft.text().endswith("5000. 甲4999。\n")


def test_forms_and_hidden_pieces_are_no_text():
    page = "<html><body><p>第一条 甲。</p><p hidden>乙</p><textarea>丙</textarea><button>提交</button><select><option>丁</select><p>第二条 戊。</p></body></html>"
    assert told(page) == ["第一条　甲。", "第二条　戊。"]
