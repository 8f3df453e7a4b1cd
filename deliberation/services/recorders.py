"""The offline recorder as a file to take along."""

import secrets
from collections.abc import Iterable

from deliberation.formats import recorder_html


def new_name() -> str:
    """A name of its own for each file handed out, so that two of them never share what they keep."""
    return secrets.token_hex(16)


def one_file(*, title: str, language: str, sheets: Iterable[str], body: str, scripts: Iterable[str]) -> str:
    """The whole file, with nothing written in it yet."""
    return recorder_html.write(
        title=title,
        language=language,
        sheets=sheets,
        body=body,
        scripts=scripts,
        kept={"device": "", "entries": []},
    )
