"""report.md: the report to read and search; nothing anybody wrote becomes markup."""

import io
import re
from dataclasses import replace

from markdown_it import MarkdownIt

from deliberation.domain.dossier_editions import for_public
from deliberation.formats import report_md
from tests.formats.sample_dossier import dossier, remark


def made(value, **given):
    buffer = io.BytesIO()
    report_md.write(value, buffer, **given)
    return buffer.getvalue().decode()


def test_headings_of_the_report_and_the_annexes():
    text = made(dossier())
    assert text.startswith("# 关于《示例市电动自行车充电安全管理条例（草案征求意见稿）》征求意见情况的报告\n")
    assert re.findall("^## ([一二三四]、.*)$", text, re.M) == [
        "一、基本情况",
        "二、总体评价",
        "三、具体修改意见",
        "四、其他建议",
    ]
    assert "## 附件2　意见原文" in text


def test_originals_come_back_equal_through_a_markdown_reader():
    hostile = [
        "# 标题",
        "```\n码\n```",
        "````",
        "<script>",
        "a\n\nb",
        "- 项\n1. 项",
        "    缩进",
        "| 表 | 格 |",
        "\\*",
        "~~~",
        "长`" * 500,
    ]
    rows = tuple(remark(n, text=text, wording=None, reason=None) for n, text in enumerate(hostile, 1))
    tokens = MarkdownIt("commonmark").parse(made(replace(dossier(0, 0), remarks=rows)))
    assert [token.content.removesuffix("\n") for token in tokens if token.type == "fence"] == hostile


def test_a_cell_with_a_bar_or_a_line_feed_stays_one_cell():
    rows = (replace(dossier(0, 1).suggestions[0], text="甲|乙\n丙", note="*注*"),)
    line = next(
        line
        for line in made(replace(dossier(0, 0), suggestions=rows)).splitlines()
        if line.startswith("| 1 |")
    )
    assert "甲\\|乙<br>丙" in line
    assert "\\*注\\*" in line
    assert len(re.findall(r"(?<!\\)\|", line)) == 15


def test_labels_can_be_in_another_language_and_words_stay():
    english = {
        "一、基本情况": "I. The consultation",
        "意见原文": "Original remarks",
        "附件%(n)s　%(name)s": "Annex %(n)s: %(name)s",
    }
    text = made(dossier(3, 1), translate=lambda msgid: english.get(msgid, msgid))
    assert "## I. The consultation" in text
    assert "## Annex 2: Original remarks" in text
    assert remark(1).text in text


def test_withheld_words_are_not_there():
    rows = (remark(2, withheld="redacted", text="不应出现"),)
    text = made(for_public(replace(dossier(0, 0), remarks=rows)))
    assert "不应出现" not in text
    assert "已遮盖" in text
