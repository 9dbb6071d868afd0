"""`ledger_url`: a migrated database for the ledger's proofs, first SQLite, then PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import PostgresServer, SqliteTemplate


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_template.copy_to(tmp_path)
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        with server.fresh() as url:
            yield url
