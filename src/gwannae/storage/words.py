"""The table of words: which terms there are. Which vendors they stand with is read beside the outlines."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from gwannae.storage.bulk import read_in_bulk
from gwannae.storage.database import Transaction
from gwannae.storage.statements import is_among
from gwannae.storage.tables import registry as tables

_VERSION = select(tables.registry_state.c.version)
_TERMS = select(tables.terms.c.id, tables.terms.c.text)
_IDS_OF = select(tables.terms.c.text, tables.terms.c.id).where(is_among(tables.terms.c.text, "texts"))


def registry_version(tx: Transaction) -> int:
    """The counter that moves with every change: words read at another one are out of date."""
    return int(tx.execute(_VERSION).scalar_one())


def terms(tx: Transaction) -> Iterator[tuple[int, str]]:
    """All distinct terms with their ids, also those that stand with no vendor any more."""
    return ((term_id, text) for rows in read_in_bulk(tx, _TERMS) for term_id, text in rows)


def term_ids(tx: Transaction, texts: Iterable[str]) -> dict[str, int]:
    """The ids of those texts that are terms."""
    return dict(tx.execute(_IDS_OF, {"texts": sorted(texts)}).all())
