"""Plain-language notes: Markdown in, clean HTML out."""

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "h3", "h4", "hr", "a"}


def markdown_html(text: str) -> str:
    """Markdown without raw HTML, images or scripts; bold works beside full-width punctuation."""
    made = _parser().render(text)
    return nh3.clean(
        made, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"}
    )


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.disable(["image", "html_block", "html_inline"])
    parser.inline.ruler2.before("balance_pairs", "cjk_emphasis", _open_up)
    return parser


def _open_up(state: object) -> None:
    """CommonMark keeps ** shut between a full-width mark and a letter (`**注意：**请`); beside Chinese it may open and close."""
    for mark in getattr(state, "delimiters", ()):
        if mark.marker == 0x2A and not (mark.open and mark.close):
            before, after = _around(state, mark)
            if _wide(before) or _wide(after):
                mark.open = mark.open or bool(after.strip())
                mark.close = mark.close or bool(before.strip())


def _around(state: object, mark: object) -> tuple[str, str]:
    tokens = state.tokens  # type: ignore[attr-defined]
    place = mark.token  # type: ignore[attr-defined]
    before = next((t.content for t in reversed(tokens[:place]) if t.content and set(t.content) != {"*"}), "")
    after = next((t.content for t in tokens[place + 1 :] if t.content and set(t.content) != {"*"}), "")
    return before[-1:], after[:1]


def _wide(character: str) -> bool:
    return bool(character) and ord(character) > 0x2E7F
