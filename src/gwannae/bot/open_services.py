"""The public data services as the command line uses them: keys and addresses from the settings, the real clock."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from gwannae.bot.settings import Settings

if TYPE_CHECKING:
    from gwannae.readers.g2b_contracts import G2bContracts
    from gwannae.readers.g2b_firms import G2bService
    from gwannae.readers.g2b_pages import G2bPages
    from gwannae.readers.nts_status import NtsStatus
    from gwannae.readers.open_data import OpenData

BETWEEN_CALLS = 0.1  # seconds: a third of what the slower of the two services allows


@contextmanager
def nts_status(settings: Settings) -> Iterator["NtsStatus"]:
    """The tax office's status service. Raises ServiceFault (NO_KEY, REFUSED_KEY) before anything is opened."""
    from gwannae.readers.nts_status import NtsStatus
    from gwannae.readers.open_data import read_service_key

    key = read_service_key(settings.nts_service_key.reveal(), "NTS_SERVICE_KEY")
    with _open_data() as data:
        yield NtsStatus(data, key, settings.nts_api_url)


@contextmanager
def g2b_service(settings: Settings) -> Iterator["G2bService"]:
    """The procurement service's firms. Raises ServiceFault (NO_KEY, REFUSED_KEY) before anything is opened."""
    from gwannae.readers.g2b_firms import G2bService

    with _g2b_pages(settings, settings.g2b_api_url) as pages:
        yield G2bService(pages)


@contextmanager
def g2b_contract_pages(settings: Settings) -> Iterator["G2bPages"]:
    """The procurement service's contracts, by the standard of open data. Raises as `g2b_service`."""
    with _g2b_pages(settings, settings.g2b_contracts_api_url) as pages:
        yield pages


@contextmanager
def published_contracts(settings: Settings, institutions: Sequence[str], year: int) -> Iterator["G2bContracts"]:
    """A year's contracts of these bodies (their seven-digit codes). Raises as `g2b_service`."""
    from gwannae.readers.g2b_contracts import G2bContracts

    with g2b_contract_pages(settings) as pages:
        yield G2bContracts(pages, institutions, date(year, 1, 1), date(year, 12, 31))


@contextmanager
def _g2b_pages(settings: Settings, url: str) -> Iterator["G2bPages"]:
    from gwannae.readers.g2b_pages import G2bPages
    from gwannae.readers.open_data import read_service_key

    key = read_service_key(settings.g2b_service_key.reveal(), "G2B_SERVICE_KEY")
    with _open_data() as data:
        yield G2bPages(data, key, url)


@contextmanager
def _open_data() -> Iterator["OpenData"]:
    from gwannae.readers.open_data import OpenData
    from gwannae.readers.web import HttpWeb, Pace

    with HttpWeb(Pace(BETWEEN_CALLS, time.monotonic, time.sleep)) as web:
        yield OpenData(web, time.sleep)
