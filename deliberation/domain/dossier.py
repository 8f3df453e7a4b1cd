"""The dossier as plain values: everything its writers print, so that none of them needs a database.

Text a person said is kept exactly (trust.md "Verbatim"); labels shown are Chinese because the document is Chinese.
Instants are aware datetimes; `day()` and `minute()` of `dossier_words` print them in Beijing time.
A `Collection` of remarks may be a lazy one (length and iteration only): writers never index it and never copy it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from deliberation.domain.dossier_sittings import (
    Attendance,
    AttitudeRow,
    MeetingRow,
    Minutes,
    Person,
    Speech,
    Tally,
    VoteCategory,
    VoteRow,
)
from deliberation.domain.provisions import Draft

__all__ = [
    "Attendance", "AttitudeRow", "Backing", "ComparisonRow", "Counts", "Dossier", "Letter", "MeetingRow", "Minutes",
    "Person", "Point", "RemarkRow", "SenderTable", "Signature", "SourceOffice", "Speech", "SuggestionRow", "Tally", "View", "VoteCategory", "VoteRow",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter that brought the task: 来文单位, 文号, 来文标题, 收文日期, 报送截止, 联系人."""

    sender: str = ""
    number: str = ""
    title: str = ""
    received_on: date | None = None
    due_at: datetime | None = None
    contact: Person | None = None
    targeted: bool = False  # 定向（不公开）


@dataclass(frozen=True, slots=True)
class Signature:
    """How the report ends and heads: 落款, 成文日期, 发文字号, 签发人, 附注联系人. `red_head` takes the 红头 form."""

    office: str = ""
    on: date | None = None
    number: str = ""  # ×街联〔2026〕3号
    signer: str = ""
    contact: Person | None = None
    red_head: bool = False
    copies_to: tuple[str, ...] = ()  # 抄送


class RemarkRow(NamedTuple):
    """One original, as commands.md states a `remarks.jsonl` line, and below it what people read about it.

    Withheld in the public edition: `text`, `wording`, `reason`, `sha256`, `salt` are None; `leaf` stays.
    `sha256` is the digest of the text's UTF-8 bytes, `leaf` its index in the consultation's log.
    """

    number: str
    version: int | str | None = None
    version_digest: str | None = None
    eid: str | None = None
    quote: str | None = None
    attitude: str = "no_view"  # support | amend | oppose | no_view
    text: str | None = None
    wording: str | None = None
    reason: str | None = None
    sha256: str | None = None
    leaf: int | None = None
    salt: str | None = None
    channel: str = "online"  # online|meeting|visit|paper|box|hotline|chat|questionnaire|other_system
    origin: str | None = None  # office or installation it came from
    category: str | None = None
    made_at: datetime | None = None
    suggestions: tuple[int, ...] = ()
    outcome: str | None = None  # adopted|partly|not|already_law|absorbed|kept_for_study|referred|pending
    # for people
    place: str = ""  # 第十二条第二款, 总体意见, 标题, 在第十二条后增加
    article: str = ""  # 第十二条, or 总体意见
    order: int = 0  # reading order of the place in the draft; the whole draft is 0
    spot: str = ""  # the place's code: whole, title, article, paragraph …, quote, after
    draft_text: str | None = None
    author: Person = Person()
    meeting: str = ""  # title of the meeting it was said in
    end: str | None = None  # merged | annex | unrelated | referred; None: not yet judged, printed verbatim
    end_reason: str = ""
    withheld: str | None = None  # why it is withheld from the public: not_released | redacted | withdrawn


@dataclass(frozen=True, slots=True)
class Backing:
    """What stands behind a view, as counts; nothing is rounded and nothing is guessed.

    `base` is how many remarks speak of the same place, whatever they say; None: nobody counted them, and then the
    words 多数 and 一致 are never used.
    """

    remarks: int = 0  # remarks that say it
    base: int | None = None
    opposed: int | None = None  # of `base`, those that say the opposite; None: not counted
    categories: tuple[Tally, ...] = ()
    channels: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A minority or other view that stands beside a suggestion, with its own count: 另有4条意见提出…"""

    text: str
    backing: Backing = field(default_factory=Backing)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """One consolidated suggestion in article order; `n` is its number in this edition, from 1."""

    n: int
    title: str = ""
    eid: str | None = None
    place: str = ""
    article: str = ""
    order: int = 0
    draft_text: str = ""
    kind: str = "wording"  # wording | substance | addition | deletion | whole | execution
    text: str = ""  # what is suggested and why, as a sentence: 第二款规定的服务半径过大
    wording: str = ""  # the full wording proposed
    reasons: str = ""
    legal_basis: str = ""
    remarks: tuple[str, ...] = ()  # numbers of the originals
    proposers: str = ""  # 提出人, as this edition may show it
    backing: Backing = field(default_factory=Backing)
    others: tuple[View, ...] = ()
    made_on: date | None = None  # first time it was raised
    office_view: str = ""  # 联系点意见
    forwarded: bool | None = None  # 议定: True sent up, False not chosen (still reported), None not voted
    outcome: str | None = None
    outcome_reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A paragraph of 二、总体评价 or 四、其他建议, with the count it rests on."""

    text: str
    backing: Backing = field(default_factory=Backing)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One line of the comparison table: relation as in `compare --json`."""

    old: str
    new: str
    relation: str
    old_text: str = ""
    new_text: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """The page of counts. Every figure has one meaning: remarks = originals received in time and not withdrawn."""

    remarks: int = 0
    articles: int = 0  # articles somebody spoke about
    suggestions: int = 0
    by_channel: tuple[Tally, ...] = ()
    by_category: tuple[Tally, ...] = ()
    by_attitude: tuple[Tally, ...] = ()
    by_end: tuple[Tally, ...] = ()  # 归并, 照附, 与草案无关, 转办, 待定: they sum to `remarks`
    withheld: int = 0
    withdrawn: int = 0
    late: int = 0  # kept apart: 本次已截止，意见已留存
    meetings: int = 0
    due: int | None = None
    present: int | None = None
    votes: int = 0


@dataclass(frozen=True, slots=True)
class SenderTable:
    """A template as it came and how it is filled: the file (Base64), sheet or table, heading row from 0, field → column."""

    name: str
    kind: str  # xlsx | docx
    data: str
    place: str
    head_row: int
    columns: dict[str, int]


@dataclass(frozen=True, slots=True)
class SourceOffice:
    """One of the dossiers a merged one was made of: whose, how much, which edition, and what its manifest was."""

    office: str
    remarks: int
    suggestions: int
    edition: str
    edition_number: int
    manifest_sha256: str
    head: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything of one edition of one consultation's dossier."""

    title: str  # the draft's name without book marks: ××市电动自行车充电安全管理条例
    office: str
    addressee: str
    stage: str = ""  # 草案征求意见稿
    slug: str = ""
    edition: str = "public"  # public | restricted
    edition_number: int = 0  # 0: a preview; from 1: sealed
    made_at: datetime | None = None  # the act's instant; every date inside the files comes from it
    letter: Letter = field(default_factory=Letter)
    signature: Signature = field(default_factory=Signature)
    opened_on: date | None = None
    closed_on: date | None = None
    meetings: tuple[MeetingRow, ...] = ()
    panel: tuple[Tally, ...] = ()  # composition of the expert panel
    council: tuple[Tally, ...] = ()  # composition of the 9+X council
    counts: Counts = field(default_factory=Counts)
    general: tuple[Point, ...] = ()
    suggestions: tuple[SuggestionRow, ...] = ()
    other: tuple[Point, ...] = ()
    remarks: Collection[RemarkRow] = ()
    votes: tuple[VoteRow, ...] = ()
    attitudes: tuple[AttitudeRow, ...] = ()
    minutes: tuple[Minutes, ...] = ()
    comparison: tuple[ComparisonRow, ...] = ()
    draft: Draft | None = None
    head: str = ""  # the signed head of the log, as text
    key: str = ""  # the log's verifier key, as text
    leaves: Collection[str] = ()  # lines of leaves.txt, each with its line feed; none: not written
    seal: str = ""  # text of seal.txt; empty: not sealed
    changes: tuple[str, ...] = ()  # what this edition says differently from the one before
    sender_table: SenderTable | None = None  # the sender's own table, to be filled
    sources: tuple[SourceOffice, ...] = ()  # a merged one: the dossiers it was made of
    version_digest: str = ""  # of the draft's current text
    mark: str = ""  # 示例 or 预览, printed at the head of every page
