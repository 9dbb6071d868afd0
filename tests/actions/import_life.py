"""A worker that stores a file of purchases, to be killed.

Lives are forked from a server that has imported everything: one begins within some milliseconds, not after a second.
"""

import multiprocessing
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import psycopg  # noqa: F401 - imported once, by the server that lives are forked from
import sqlalchemy.dialects.postgresql.psycopg  # noqa: F401

from gwannae.actions import purchase_import_work as long_part
from gwannae.bot.start import toolkit_for
from gwannae.readers import purchases  # noqa: F401
from gwannae.readers.city_file import read_city
from tests.actions.importing import CITY_FILE

_CITY = read_city(str(CITY_FILE))


def live(address: str, import_id: int, now: datetime, told: Connection) -> None:
    """Claim one file, say so, and do it."""
    with toolkit_for(_CITY, address, lambda: now, upgrade=False) as toolkit:
        claimed = long_part.claim(toolkit, import_id, now.isoformat(), now)
        told.send(claimed is not None)
        if claimed is not None:
            long_part.work(toolkit, claimed[0], now.isoformat(), now)


_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.actions.import_life"])


def begin(address: str, import_id: int, now: datetime) -> BaseProcess:
    """A process of its own that works on one file; it has claimed it when this returns."""
    heard, told = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=live, args=(address, import_id, now, told), daemon=True)
    process.start()
    told.close()
    with heard:
        assert heard.recv()
    return process
