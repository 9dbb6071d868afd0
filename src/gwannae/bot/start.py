"""Joins the parts: city, database, toolkit. The only place that reads the clock."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

from gwannae.actions.city import seed_city
from gwannae.actions.meanings import MeaningKeeper
from gwannae.actions.shelf_keeper import ShelfKeeper
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.city import City
from gwannae.readers.word_file import shipped_words
from gwannae.storage import schema
from gwannae.storage.database import Database

THREADS = 8


@contextmanager
def toolkit_for(
    city: City, database_url: str, clock: Callable[[], datetime] | None = None, *, upgrade: bool = True
) -> Iterator[Toolkit]:
    """Open the database (bringing its tables up to date and sowing the city's first list into an empty one) and hand
    out the toolkit; close everything after. `clock` stands in for the wall clock, in the demo and in tests.
    """

    def now() -> datetime:
        return datetime.now(city.zone)

    database = Database.open(database_url, pool_size=THREADS)
    threads = ThreadPoolExecutor(THREADS, thread_name_prefix="gwannae")
    shelf = ShelfKeeper(city, database, time.monotonic)
    meanings = MeaningKeeper(shipped_words, time.monotonic)
    toolkit = Toolkit(city, database, shelf, meanings, clock or now, threads)
    try:
        if upgrade:
            schema.upgrade(database)
            seed_city(toolkit, toolkit.clock())
        yield toolkit
    finally:
        threads.shutdown(wait=True, cancel_futures=True)
        database.close()
