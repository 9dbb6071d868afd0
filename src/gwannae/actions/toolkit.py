"""What every action is handed: the city, the database, the shelf of search words, and the way into a thread."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from gwannae.actions.meanings import MeaningKeeper
from gwannae.actions.shelf_keeper import ShelfKeeper
from gwannae.programme.city import City
from gwannae.storage.database import Database

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Toolkit:
    """Parts for actions and handlers, joined once in `bot`. `clock` answers the time in the city's zone."""

    city: City
    database: Database
    shelf: ShelfKeeper
    meanings: MeaningKeeper
    clock: Callable[[], datetime]
    threads: ThreadPoolExecutor

    @property
    def today(self) -> date:
        """The city's day."""
        return self.clock().date()

    async def work(self, action: Callable[..., T], *values: Any) -> T:
        """Run a plain action in a thread: one hop for one transaction."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, action, self, *values)
