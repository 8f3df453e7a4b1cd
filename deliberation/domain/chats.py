"""A copied chat as remarks: each message a proposal with the place it names, which a person confirms one by one."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from deliberation.domain.cited_places import Wanted, named_in
from deliberation.domain.transcripts import Piece

IDLE = frozenset(
    {
        "收到",
        "好的",
        "好",
        "ok",
        "谢谢",
        "嗯",
        "赞",
        "同意",
        "1",
        "+1",
        "[图片]",
        "[语音]",
        "[表情]",
        "[链接]",
        "[视频]",
        "[文件]",
    }
)
LEAST = 6  # characters under which a message is hardly a remark


@dataclass(frozen=True, slots=True)
class Message:
    """One message: a key that is the same whenever it is pasted again, whether it looks like a remark, the place it names."""

    key: str
    piece: Piece
    likely: bool
    place: Wanted | None


def messages(pieces: Sequence[Piece]) -> list[Message]:
    """The pieces of a chat, in order. Two equal messages of one person at one time are told apart by their order."""
    seen: Counter[str] = Counter()
    found = []
    for piece in pieces:
        name = "\x1f".join((piece.speaker, piece.at, piece.text))
        seen[name] += 1
        digest = hashlib.sha256(f"{name}\x1f{seen[name]}".encode()).hexdigest()[:32]
        places = named_in(piece.text)
        found.append(Message(f"chat-{digest}", piece, _likely(piece.text), places[0][1] if places else None))
    return found


def _likely(text: str) -> bool:
    bare = "".join(text.split()).casefold().strip("。！!~～.")
    return bare not in IDLE and len(bare) >= LEAST and not bare.startswith(("http://", "https://", "@所有人"))
