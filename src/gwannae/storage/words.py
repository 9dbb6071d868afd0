"""The table of words: which terms there are, and which vendors they stand with."""

from collections.abc import Mapping

from sqlalchemy import select

from gwannae.programme.search import Field, Vocabulary
from gwannae.storage import tables
from gwannae.storage.database import Transaction
from gwannae.storage.statements import is_among

_VERSION = select(tables.registry_state.c.version)
_TERMS = select(tables.terms.c.id, tables.terms.c.text)
_POSTINGS = select(tables.postings.c.term_id, tables.postings.c.vendor_id, tables.postings.c.field).where(
    is_among(tables.postings.c.term_id, "ids")
)
_FIELDS = {field.value: field for field in Field}


def registry_version(tx: Transaction) -> int:
    """The counter that moves with every import: a vocabulary read at another one is out of date."""
    return int(tx.execute(_VERSION).scalar_one())


def read_vocabulary(tx: Transaction) -> Vocabulary:
    """All distinct terms. The version is read first: if an import ends in between, the vocabulary is read again."""
    version = registry_version(tx)
    return Vocabulary(((term_id, text) for term_id, text in tx.execute(_TERMS)), version)


def postings(tx: Transaction, term_strengths: Mapping[int, int]) -> dict[tuple[int, Field], int]:
    """Which vendors the terms stand with: (vendor id, field) -> the least of its terms' strengths (0 is best)."""
    best: dict[str, dict[int, int]] = {name: {} for name in _FIELDS}
    for term_id, vendor_id, field in tx.execute(_POSTINGS, {"ids": list(term_strengths)}).all():
        strength = term_strengths[term_id]
        mine = best[field]
        if mine.get(vendor_id, strength) >= strength:
            mine[vendor_id] = strength
    return {(i, _FIELDS[name]): strength for name, mine in best.items() for i, strength in mine.items()}
