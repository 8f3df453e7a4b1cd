"""English counts agree: 1 remark is, 2 remarks are. The catalogue has the plural; where the number is one it is said so."""

import re
from collections.abc import Mapping

_NOUNS = [
    "remarks",
    "suggestions",
    "days",
    "characters",
    "households",
    "members",
    "lines",
    "rows",
    "times",
    "places",
    "passages",
    "differences",
    "questions",
    "points",
    "paragraphs",
    "originals",
    "messages",
    "ballots",
    "articles",
    "villagers",
    "things",
    "steps",
    "speakers",
    "sheets",
    "seconds",
    "seats",
    "papers",
    "pages",
    "offices",
    "observers",
    "objections",
    "months",
    "hands",
    "groups",
    "corrections",
    "columns",
    "citations",
    "changes",
    "cells",
    "volumes",
    "files",
    "votes",
    "meetings",
    "persons",
    "notes",
    "words",
    "matters",
    "copies",
    "entries",
    "replies",
    "people",
]
_ODD = {"people": "person"}
_VERBS = {
    "are": "is", "were": "was", "have": "has", "do": "does", "stand": "stands", "need": "needs", "wait": "waits", "stay": "stays", "hold": "holds",
}  # fmt: skip
_COUNTED = re.compile(
    rf"%\((?P<name>\w+)\)s (?P<more>(?:other |more |new )?)(?P<noun>{'|'.join(_NOUNS)})\b(?P<verb> (?:{'|'.join(_VERBS)})\b)?"
)


def agreed(sentence: str, params: Mapping[str, object]) -> str:
    """The English sentence with the singular where a count in it is one."""
    if not any(value == 1 or value == "1" for value in params.values()):
        return sentence

    def one(found: re.Match[str]) -> str:
        if params.get(found["name"]) not in (1, "1"):
            return found[0]
        verb = f" {_VERBS[found['verb'].strip()]}" if found["verb"] else ""
        return f"%({found['name']})s {found['more']}{_singular(found['noun'])}{verb}"

    return _COUNTED.sub(one, sentence)


def _singular(noun: str) -> str:
    if noun in _ODD:
        return _ODD[noun]
    return noun[:-3] + "y" if noun.endswith("ies") else noun[:-1]
