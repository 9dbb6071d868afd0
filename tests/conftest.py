"""Fixtures that every room may ask for. `database` runs a test twice: on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gwannae.storage.database import Database
from tests.databases import PostgresServer, SqliteTemplate, postgres_server
from tests.soaking import announcement


def pytest_report_header() -> list[str]:
    """The seed of a soak stands first, so that whatever it finds can be found again."""
    said = announcement()
    return [said] if said else []


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    """A SQLite file that was migrated once for the run."""
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the run, with a migrated database to copy from."""
    with postgres_server() as server:
        server.make_template()
        yield server


@pytest.fixture
def sqlite_database(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Database]:
    """A migrated SQLite database of the test's own; its address is `database.url`."""
    database = Database.open(sqlite_template.copy_to(tmp_path))
    yield database
    database.close()


@pytest.fixture
def postgres_database(postgres: PostgresServer) -> Iterator[Database]:
    """A migrated PostgreSQL database of the test's own; its address is `database.url`."""
    with postgres.fresh() as url:
        database = Database.open(url)
        yield database
        database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated database, first SQLite, then PostgreSQL."""
    name = "sqlite_database" if request.param == "sqlite" else "postgres_database"
    found = request.getfixturevalue(name)
    assert isinstance(found, Database)
    return found


@pytest.fixture
def sqlite_url(sqlite_template: SqliteTemplate) -> Iterator[str]:
    """The address of a migrated SQLite database, in memory where there is room, for whoever opens it in its own way."""
    with sqlite_template.fresh() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same, first on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        with server.fresh() as url:
            yield url
