"""What a form's file field brought: its bytes and its name, nothing written to disk under that name."""

from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import Field

from deliberation.services.files import Upload


def upload_of(field: Field) -> Upload | None:
    """The file chosen, or None where none was; folders a browser put before the name are left out."""
    given: Any = field.data
    if not isinstance(given, FileStorage) or not given.filename:
        return None
    return Upload(given.read(), given.filename.replace("\\", "/").rpartition("/")[2])
