"""The pages of a scanned PDF as the pictures its scanner put there: shown beside the articles where no PDF viewer is."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

MOST_PAGES = 200
JPEG = b"\xff\xd8\xff"


def pictures(data: bytes) -> int:
    """How many pages there are, when each of them is one JPEG picture; else 0: such a file is shown as it is."""
    try:
        pages = PdfReader(BytesIO(data)).pages
        count = len(pages)
        if count > MOST_PAGES or any(_picture(page) is None for page in pages):
            return 0
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return 0
    return count


def picture(data: bytes, page: int) -> bytes | None:
    """The JPEG of a page (from 1), or None."""
    try:
        pages = PdfReader(BytesIO(data)).pages
        return _picture(pages[page - 1]) if 1 <= page <= len(pages) else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _picture(page: Any) -> bytes | None:
    """The largest JPEG on a page."""
    found = []
    objects = page.get("/Resources", {}).get_object().get("/XObject", {}).get_object()
    for name in objects:
        one = objects[name].get_object()
        filters = one.get("/Filter")
        filters = filters if isinstance(filters, list) else [filters]
        if one.get("/Subtype") == "/Image" and filters == ["/DCTDecode"] and one._data.startswith(JPEG):
            found.append(one._data)
    return max(found, key=len, default=None)
