"""The readers' clients as tests use them: the real HTTP, and a clock that nobody waits for."""

from collections.abc import Iterator
from contextlib import contextmanager

from gwannae.readers.open_data import OpenData
from gwannae.readers.web import HttpWeb, Pace


class Slept(list[float]):
    """How long everybody slept, in seconds; nobody did."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@contextmanager
def open_data(*, slept: Slept | None = None, seconds: float = 5.0) -> Iterator[OpenData]:
    """Calls without a pause between them."""
    sleep = Slept() if slept is None else slept
    with HttpWeb(Pace(0, lambda: 0.0, sleep), seconds=seconds) as web:
        yield OpenData(web, sleep)
