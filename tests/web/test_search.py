"""The search page: marks what was found, never shows another's remark, keeps hostile words harmless."""

from deliberation.domain.roles import Role
from deliberation.services import searching
from tests import make
from tests.web.browsing import Browser


def drained():
    while searching.drain():
        pass


def test_finding_through_the_page(app):
    one = make.consultation(make.office(), slug="bikes")
    make.remark(one, "只有我看得到的充电故事", make.member(one.office, Role.PANEL))
    drained()
    b = Browser(app).open("/search?words=充电")
    assert "<mark>充电</mark>" in b.page.html
    assert not b.says("只有我看得到")
    assert b.open("/search?words=半径").says("第三条")
    assert b.open("/search?words=没有这样的词语").says("没有找到")
    b.open("/search")


def test_hostile_words_stay_words(app):
    make.consultation(make.office())
    drained()
    for words in ("<script>alert(1)</script>", "\"'&", "AND OR NOT *", "%00", "\u202e"):
        Browser(app).open("/search?words=" + __import__("urllib.parse").parse.quote(words))


def test_too_long_is_refused_with_a_sentence(app):
    Browser(app).open("/search?words=" + "长" * 61, status=422)
