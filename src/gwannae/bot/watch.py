"""Keeps the words of the registry fresh while the bot serves, in a thread of its own."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from gwannae.actions.toolkit import Toolkit
from gwannae.programme.verdict import NoRuleError
from gwannae.storage.database import DatabaseAwayError, DatabaseBusyError

PREPARE = 0.025  # seconds of each look that go into what makes later answers quicker: a tenth of one core
LOOK_EVERY = 0.25  # seconds; firms that have changed are read in a tenth of one, 100,000 new ones in one and a half

_LOG = logging.getLogger(__name__)


@contextmanager
def watching(toolkit: Toolkit, every: float = LOOK_EVERY) -> Iterator[None]:
    """Look at the registry's version again and again until the block ends.

    Who asks meanwhile is answered from the old words. Without this the first who asks after a change, or after
    midnight, would wait until the new ones are read. What very many firms have is looked up ahead, little by little.
    """
    stop = threading.Event()
    thread = threading.Thread(target=_look, args=(toolkit, stop, every), name="gwannae-watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _look(toolkit: Toolkit, stop: threading.Event, every: float) -> None:
    while not stop.wait(every):
        try:
            with toolkit.database.read() as tx:
                toolkit.shelf.look(tx, toolkit.today)
            toolkit.shelf.prepare(PREPARE)
        except (NoRuleError, DatabaseAwayError, DatabaseBusyError):
            continue  # who asks is told; the next look may do it
        except Exception as error:  # the bot serves on: who asks reads the words then
            _LOG.warning("watch_failed", extra={"error": type(error).__name__})
