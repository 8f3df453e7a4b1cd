"""Files kept as they came: a row here, the bytes under their digest in the instance folder."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from deliberation.store.db import Row, db


class StoredFile(Row):
    """A file somebody brought: its name as given, type, size, SHA-256."""

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    made_at: Mapped[datetime]


def get(file_id: int) -> StoredFile | None:
    """A kept file by id."""
    return db.session.get(StoredFile, file_id)
