"""Names of persons and offices: one line that stands as it was typed wherever it is put into a sentence.

A mark that turns the direction of writing belongs to no name: it would turn the rest of a list or of a printed sentence
round. What somebody says keeps such marks (`verbatim`); a name that has them is refused where it is typed.
"""

from deliberation.domain.bidi import turned
from deliberation.domain.errors import Refusal, _
from deliberation.domain.verbatim import verbatim

MOST = 60
TURNED = _("这一栏里有改变文字方向的控制字符，印出来会颠倒。请删去重新输入。")


def named(name: str, *, field: str = "name", most: int = MOST) -> str:
    """The name without space around it; a Refusal where it is too long, of several lines, or turns what stands beside it."""
    name = name.strip()
    if len(name) > most:
        raise Refusal(_("姓名太长，请不超过 60 个字。"), field=field)
    if "\n" in name or "\r" in name or "\t" in name:
        raise Refusal(_("姓名要写在一行里。"), field=field)
    return straight(name, field=field, limit=most)


def straight(words: str, *, field: str, limit: int) -> str:
    """Words beside a name (whose, where from, to whom): verbatim, and nothing in them turns the direction of writing."""
    words = verbatim(words, field=field, limit=limit)
    if turned(words):
        raise Refusal(TURNED, field=field)
    return words
