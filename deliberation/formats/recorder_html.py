"""The offline recorder as one file that runs from a USB stick: style, page and scripts of ours in it, nothing from anywhere else."""

import html
import json
import re
from collections.abc import Iterable, Mapping

from deliberation.domain.errors import Refusal, _

KEPT = re.compile(r'<script\b[^>]*\bid="kept"[^>]*>(.*?)</script>', re.DOTALL | re.IGNORECASE)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:; form-action 'none'"


def write(
    *,
    title: str,
    language: str,
    sheets: Iterable[str],
    body: str,
    scripts: Iterable[str],
    kept: Mapping[str, object],
) -> str:
    """The whole file. `body` is markup already escaped; `kept` the entries of a saved copy, as data no script can break out of."""
    style, code = "\n".join(sheets), list(scripts)
    if "</style" in style.lower() or any("</script" in one.lower() for one in code):
        raise ValueError("our own style or script would end its element")
    data = json.dumps(kept, ensure_ascii=False).replace("<", "\\u003c")
    return "\n".join(
        (
            "<!doctype html>", f'<html lang="{html.escape(language)}">', "<head>", '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">', f"<title>{html.escape(title)}</title>",
            f"<style>{style}</style>", "</head>", "<body>", body, f'<script type="application/json" id="kept">{data}</script>',
            *(f"<script>{one}</script>" for one in code), "</body>", "</html>", "",
        )
    )  # fmt: skip


def kept_in(text: str) -> str:
    """The entries kept in a saved recorder, as JSON text; Refusal where the file is none."""
    found = KEPT.search(text)
    if found is None or len(KEPT.findall(text)) != 1:
        raise Refusal(
            _("这不是离线记录本存下来的文件。请选保存的 .json、.html，或者填好的空白表 .xlsx。"), field="file"
        )
    return found[1]
