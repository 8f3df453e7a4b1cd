"""提请函: a council asks that an assembly decides what a council cannot (村民委员会组织法, text in force 2026-01-01, arts. 27, 28, 33)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from deliberation.domain.dossier_words import day
from deliberation.domain.errors import Refusal, _
from deliberation.domain.paper import Item, Para

ASSEMBLY_NAMES: Mapping[str, str] = {
    "villagers_assembly": _("村民会议"),
    "villagers_rep_assembly": _("村民代表会议"),
    "residents_assembly": _("居民会议"),
    "residents_rep_assembly": _("居民代表会议"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """Who asks whom to decide what, on what ground; `studied` names the Party organisation's record."""

    council: str
    addressee: str
    assembly: str
    title: str
    request: str
    number: str = ""
    opinion: str = ""
    views: str = ""
    vote: str = ""
    basis: str = ""
    studied: str = ""
    met: date | None = None
    on: date | None = None
    enclosed: tuple[str, ...] = ()


def check_letter(assembly: str, addressee: str, request: str) -> None:
    """Refuse a letter that says not whom, which assembly, or what is asked."""
    if assembly not in ASSEMBLY_NAMES:
        raise Refusal(_("请选择由村民会议还是村民代表会议决定。"), field="assembly")
    if not addressee.strip() or len(addressee) > 120:
        raise Refusal(_("请写明提请函写给谁，例如“××村村民委员会”。"), field="addressee")
    if not request.strip() or len(request) > 5_000:
        raise Refusal(_("请写明提请会议决定什么。"), field="request")


def letter_title(letter: Letter) -> str:
    """关于提请村民代表会议讨论决定“…”的函."""
    return f"关于提请{ASSEMBLY_NAMES[letter.assembly]}讨论决定“{letter.title}”的函"


def letter_paper(letter: Letter) -> Iterator[Item]:
    """The letter as it is printed."""
    name = ASSEMBLY_NAMES[letter.assembly]
    if letter.number:
        yield Para("centre", letter.number)
    yield Para("title", letter_title(letter))
    yield Para("flush", "")
    yield Para("flush", f"{letter.addressee}：")
    when = f"于{day(letter.met)}" if letter.met else ""
    yield Para("body", f"{letter.council}{when}就“{letter.title}”进行了协商。{letter.studied}")
    for heading, text in (
        ("协商意见", letter.opinion),
        ("各方意见", letter.views),
        ("表决情况", letter.vote),
    ):
        if text.strip():
            yield Para("h1", heading, hold=True)
            yield from (Para("body", line.strip()) for line in text.splitlines() if line.strip())
    yield Para("h1", "提请决定的事项", hold=True)
    yield from (Para("body", line.strip()) for line in letter.request.splitlines() if line.strip())
    if letter.basis.strip():
        yield Para("body", f"依据：{letter.basis.strip()}")
    yield Para("body", f"以上是协商意见，不是决定。请依法召集{name}讨论决定。")
    yield from (Para("flush", f"附：{n}. {line}") for n, line in enumerate(letter.enclosed, 1))
    yield Para("flush", "", hold=True)
    yield Para("sign", letter.council, right=2, hold=bool(letter.on))
    if letter.on:
        yield Para("sign", day(letter.on), right=4)
