"""A copied chat: which messages look like remarks, what they are about, and keys that are the same when pasted again."""

from deliberation.domain.chats import messages
from deliberation.domain.transcripts import split

PASTED = """张三 10:22
第三条的三百米太远了，老人走不动

李四 10:23
收到

李四 10:24
收到

王五 10:25
https://example.com/x

王五 10:26
[图片]

赵六 10:27
充电费能不能便宜一点
"""


def test_idle_words_are_not_ticked_and_places_are_found():
    found = messages(split(PASTED))
    assert [one.piece.speaker for one in found if one.likely] == ["张三", "赵六"]
    assert found[0].place.article == "art_3"
    assert found[-1].place is None


def test_keys_are_stable_unique_and_tell_repetitions_apart():
    once, again = messages(split(PASTED)), messages(split(PASTED))
    assert [one.key for one in once] == [one.key for one in again]
    assert len({one.key for one in once}) == len(once)
    twice = messages(split("李四：好主意呀真不错\n李四：好主意呀真不错"))
    assert len({one.key for one in twice}) == len(twice) == 2
    longer = messages(split(PASTED + "\n孙七 10:30\n还有停车的问题要管一管\n"))
    assert [one.key for one in longer][: len(once)] == [one.key for one in once]
