"""The backup command is for the embedded database; on PostgreSQL it says what to use instead."""

import pytest

from deliberation.domain.errors import Refusal
from deliberation.services import backups
from deliberation.store.db import is_sqlite


def test_a_backup_is_made_or_says_what_to_use(app, tmp_path):
    archive = tmp_path / "all.backup"
    if is_sqlite():
        assert backups.backup(archive) > 0
        return
    with pytest.raises(Refusal, match="pg_dump"):
        backups.backup(archive)
    assert not archive.exists()
