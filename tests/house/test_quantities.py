"""No page and no report says 多数, 一致, 普遍 of opinions unless the same sentence has the counts."""

import ast
import re

from deliberation.cli import words
from deliberation.domain.quantity_words import claims

COUNTS = re.compile(r"%\((?:n|base|count|number|counts)\)")
ABOUT_THE_WORDS = {  # sentences that speak of the words or of figures of two tellers, not of opinions
    "写了“%(word)s”，可是%(counts)s。请改用数字，或者先归入相应的意见。",
}


HOUSE = words.HOUSE
LISTS_OF_WORDS = ("domain/grouping", "domain/quantity_words", "sample/", "store/migrations")


def literals():
    """Every string of the code, also those no catalogue has: a report is written in Chinese only."""
    for path in sorted(HOUSE.rglob("*.py")):
        where = str(path.relative_to(HOUSE))
        if where.startswith(LISTS_OF_WORDS):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        pieces = {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                yield (
                    "".join(
                        getattr(part, "value", "") if isinstance(part, ast.Constant) else "%(n)s"
                        for part in node.values
                    ),
                    where,
                )
            elif (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in prose | pieces
            ):
                yield node.value, where


def test_no_sentence_claims_a_majority_without_its_counts():
    every = {one.msgid: one.where for one in [*words.in_code(), *words.in_templates()]} | dict(literals())
    assert len(every) > 500
    wrong = [
        f"{where}  {said}"
        for said, where in every.items()
        if claims(said) and not COUNTS.search(said) and said not in ABOUT_THE_WORDS
    ]
    assert not wrong, "write the counts beside the word:\n" + "\n".join(wrong)


def test_the_test_would_notice():
    assert claims("多数意见认为应当修改")
    assert not COUNTS.search("多数意见认为应当修改")
