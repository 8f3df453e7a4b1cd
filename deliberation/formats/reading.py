"""One door for every document that may hold a draft: bytes and a name in, a draft out, or a Refusal that says what to do."""

from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

from deliberation.domain.errors import Refusal, TooLarge, _
from deliberation.domain.provisions import Caution, Draft
from deliberation.domain.structure import Source, parse, secrecy_mark
from deliberation.formats import READERS, limits, markdown_read, sniffing, text_read

BLANKS = 4  # lines of a text for each that has words: more are not even parted
_SECRET = _("文件开头标有密级“%(mark)s”。涉密文件不得上传到本平台，没有读入。请按保密规定办理。")
_NO_AKN = _("这个 XML 文件不是 Akoma Ntoso 格式的草案。请选 Word 文档、PDF 或者纯文本，或者把文字粘贴进来。")


def read_draft(data: bytes, name: str) -> Draft:
    """The draft in this file; `name` is only a hint of its kind, never a path that is opened.

    Refuses (Refusal, TooLarge) what cannot be read, and whatever carries a mark of secrecy at its head.
    """
    return read_with_lines(data, name)[0]


def read_with_lines(data: bytes, name: str) -> tuple[Draft, Source | None]:
    """The draft and the lines it was read from; None where the document has no lines (Akoma Ntoso). Refuses like `read_draft`."""
    limits.check_size(data)
    kind = sniffing.kind_of(data, name)
    if kind == ".akn":
        return _akoma(data), None
    source = source_of_text(text_read.decode(data)) if kind == "text" else READERS[kind](data)
    draft = _read(source)
    ending = sniffing.ALIASES.get(sniffing.ending_of(name), sniffing.ending_of(name))
    if ending in sniffing.CONTAINERS and _family(ending) != _family(kind):
        doubt = Caution.of(
            "wrong_extension",
            1,
            _("文件的后缀名是 %(ending)s，内容却是 %(kind)s，已按内容读入。"),
            ending=ending,
            kind=kind,
        )
        draft = replace(draft, warnings=(doubt, *draft.warnings))
    return draft, source


def read_text(text: str) -> Draft:
    """The draft in pasted text: from WPS, WeChat, a web page, or in Markdown."""
    if len(text) > limits.MAX_BYTES // 4:
        raise TooLarge(_("粘贴的文字太多。请分成几份，或者用文件上传。"))
    if not text.strip():
        raise Refusal(_("没有文字。请把草案全文粘贴进来。"))
    return _read(source_of_text(text))


def source_of_text(text: str) -> Source:
    """The lines of a text, as Markdown when it looks like it. TooLarge before a list of them fills the memory."""
    limits.check_lines(text.count("\n") // BLANKS)
    return markdown_read.from_text(text) if markdown_read.MARKED.search(text) else text_read.from_text(text)


def _read(source: Source) -> Draft:
    limits.check_lines(sum(1 for line in source.lines if line.text.strip()))
    mark = secrecy_mark(line.text for line in source.lines)
    if mark:
        raise Refusal(_SECRET, mark=mark)
    if not any(line.text.strip() for line in source.lines):
        raise Refusal(_("这个文件里没有文字。请检查是否选错了文件；如果是扫描件，请识别后把文字粘贴进来。"))
    return parse(source)


def _akoma(data: bytes) -> Draft:
    limits.refuse_document_type(data)
    if b"akomaNtoso" not in data[:4096] or find_spec("deliberation.formats.akoma") is None:
        limits.xml(data)
        raise Refusal(_NO_AKN)
    draft = import_module("deliberation.formats.akoma").read(data)
    if not isinstance(draft, Draft):
        raise Refusal(_NO_AKN)
    return draft


def _family(ending: str) -> str:
    return {".wps": ".doc", ".wpt": ".doc", ".dot": ".doc", ".dotx": ".docx"}.get(ending, ending)
