"""What the house says when it does not do something: a sentence a villager can read and act on.

Below `web/`, `_` only marks a Chinese msgid for the catalogues; whoever shows the sentence translates it.
Parameters are written `%(name)s` in the msgid.
"""

from collections.abc import Mapping
from typing import Self


def _(msgid: str) -> str:
    """Mark a sentence for translation; translate nothing."""
    return msgid


class Said:
    """A sentence that is not yet in anyone's language: a Chinese msgid and its parameters."""

    __slots__ = ("msgid", "params")

    def __init__(self, msgid: str, /, **params: object) -> None:
        self.msgid = msgid
        self.params: Mapping[str, object] = params

    def __str__(self) -> str:
        return self.msgid % self.params if self.params else self.msgid

    def __repr__(self) -> str:
        return f"Said({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Said) and (self.msgid, self.params) == (other.msgid, other.params)

    def __hash__(self) -> int:
        return hash((self.msgid, tuple(sorted((k, str(v)) for k, v in self.params.items()))))


class Refusal(Exception):  # noqa: N818 - it is the word people use
    """Refused, with the reason; nothing was changed. `status` is the HTTP status a page shows it with."""

    status = 422

    def __init__(self, msgid: str, /, *, field: str | None = None, **params: object) -> None:
        self.said = Said(msgid, **params)
        self.field = field
        super().__init__(str(self.said))

    @classmethod
    def of(cls, said: Said) -> Self:
        """The refusal that says an already composed sentence."""
        made = cls(said.msgid)
        made.said = said
        made.args = (str(said),)
        return made


class NotAllowed(Refusal):
    """The person may not do this here and now (403)."""

    status = 403


class NotFound(Refusal):
    """There is no such thing, or it is not this person's to see (404)."""

    status = 404


class Conflict(Refusal):
    """Two different things under one key, or somebody else was first (409); `first` is what stands."""

    status = 409

    def __init__(
        self, msgid: str, /, *, first: object = None, field: str | None = None, **params: object
    ) -> None:
        super().__init__(msgid, field=field, **params)
        self.first = first


class TooLarge(Refusal):
    """More bytes, rows or characters than can be taken (413)."""

    status = 413
