"""Receipt codes: twelve digits in fours, easily read out on the telephone, with a check that hears a slip.

ISO/IEC 7064 MOD 97-10 over ten digits of chance: the number modulo 97 is 1. Every wrong digit, every swap of
two neighbours or of two digits around a third, and every doubled pair misheard (11 for 22) is noticed, because
97 is prime and none of 1…9, 9, 99, 11 times a power of ten is a multiple of it.
"""

import unicodedata

from deliberation.domain.errors import Refusal, _

LENGTH = 12
BETWEEN = frozenset(" \t\r\n-‐‑‒–—―−－_·.．,，、　\u200b\ufeff")


def complete(body: str) -> str:
    """Ten digits and their two check digits."""
    if len(body) != LENGTH - 2 or not (body.isascii() and body.isdigit()):
        raise ValueError("ten digits are completed to twelve")
    return f"{body}{98 - int(body) * 100 % 97:02d}"


def is_sound(code: str) -> bool:
    """Whether these are twelve plain digits whose check agrees; says nothing about whether the code was given out."""
    return len(code) == LENGTH and code.isascii() and code.isdigit() and int(code) % 97 == 1


def tidy(code: str) -> str:
    """Twelve plain digits from what somebody typed (spaces, dashes, full-width digits); else Refusal, saying why."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", code) if c not in BETWEEN)
    if not (digits.isascii() and digits.isdigit()):
        raise Refusal(_("查询码只有数字，请照回执条上的十二位数字填写。"), field="code")
    if len(digits) != LENGTH:
        raise Refusal(
            _("查询码是十二位数字，您填了 %(given)s 位，请对照回执条再填一次。"),
            field="code",
            given=len(digits),
        )
    if not is_sound(digits):
        raise Refusal(_("查询码里有一位可能记错了，请对照回执条再核对一遍。"), field="code")
    return digits


def grouped(code: str) -> str:
    """As printed and read out: 1234 5678 9012."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
