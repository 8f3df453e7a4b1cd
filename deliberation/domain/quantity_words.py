"""Words of quantity that an editor types: which of them the counts do not bear out, and what the counts say.

多数 and 一致 need what `quantities` asks for; 普遍 and 绝大多数 at least three quarters. A warning, not a refusal: the editor may
speak of something else (多数情况下, 与上位法一致 are left alone), but nobody should send such a word up without knowing.
"""

import re
from fractions import Fraction

from deliberation.domain.dossier import Backing
from deliberation.domain.errors import Said, _
from deliberation.domain.quantities import LEAST, quantity

_ALL = "一致(?:认为|同意|赞成|要求|建议|反对|提出|希望|支持|意见)|全体(?:居民|村民|业主|代表|委员|与会)|所有人都|人人都|大家都|无一(?:人)?反对|一致(?![性的])"
_NEARLY = "绝大多数|绝大部分|普遍|几乎所有|几乎都|大家普遍"
_MOST = "大多数|大多|多数|大部分|过半的?(?:意见|人|居民|村民)|大都"
_OTHERWISE = re.compile(
    "不一致|不尽一致|(?:与(?!会)|和|同|跟)[^，。；]{1,24}?(?:相|保持|取得)?一致(?!认为|同意|赞成|要求|建议|反对|提出|希望|支持|意见)|保持一致|相一致|前后一致|一致性|一致的|少数服从多数|多数情况|多数时候|多数时间|"
    "普遍(?:服务|规律|性)|(?:过|超过)?半数以上(?:同意|通过)|多数决|多数票"
)
_WORDS = re.compile(f"(?P<nearly>{_NEARLY})|(?P<most>{_MOST})|(?P<all>{_ALL})")
THREE_QUARTERS = Fraction(3, 4)


def claims(text: str) -> list[tuple[str, str]]:
    """Each great word with how much it claims: all, nearly, most; once each, in order."""
    plain = _OTHERWISE.sub(" ", text)
    return list(dict.fromkeys((match[0], match.lastgroup or "") for match in _WORDS.finditer(plain)))


def unsupported(text: str, backing: Backing) -> list[Said]:
    """What to tell the editor: one sentence for each great word the counts do not bear out."""
    return [
        Said(_("写了“%(word)s”，可是%(counts)s。请改用数字，或者先归入相应的意见。"), word=word, counts=_counts(backing))
        for word, claim in claims(text)
        if not _borne_out(claim, backing)
    ]  # fmt: skip


def _borne_out(claim: str, backing: Backing) -> bool:
    if backing.remarks < 1:
        return False
    found = quantity(backing).word
    if claim == "all":
        return found == "all"
    if claim == "most":
        return found in {"most", "all"}
    return bool(
        backing.base and backing.base >= LEAST and Fraction(backing.remarks, backing.base) >= THREE_QUARTERS
    )


def _counts(backing: Backing) -> Said:
    if backing.base is None or backing.base < 1:
        return Said(_("归入的只有 %(n)s 条"), n=backing.remarks)
    return Said(_("本条 %(base)s 条意见里归入的只有 %(n)s 条"), base=backing.base, n=backing.remarks)
