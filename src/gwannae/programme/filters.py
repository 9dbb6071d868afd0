"""Filters of a look-up are words of its query: choosing one in a menu writes the word, a chip takes it out.

So a page, its sides, its shared copy and what the office is told all say the same thing.
"""

from dataclasses import dataclass

from gwannae.programme.places import Places
from gwannae.programme.search import MAX_QUERY, Query, read_query
from gwannae.programme.vendors import CertificateKind


@dataclass(frozen=True, slots=True)
class FilterWords:
    """The pieces of a query's text in order: each with what it filters by (nothing, for a word to look for)."""

    pieces: tuple[tuple[str, str | None, tuple[CertificateKind, ...]], ...]

    def with_district(self, district: str | None) -> str:
        """The query with this district instead of the one that it names; None for all districts."""
        return _joined([text for text, named, _ in self.pieces if named is None], district)

    def with_certificate(self, kind: CertificateKind) -> str:
        """The query narrowed by one more certificate."""
        return _joined([text for text, _, _ in self.pieces], kind.label)

    def without_certificates(self, *kinds: CertificateKind) -> str:
        """The query without those certificates."""
        return _joined([text for text, _, named in self.pieces if not set(named) & set(kinds)], None)


def filter_words(query: Query, places: Places) -> FilterWords:
    """Find the filters among a query's words. Most queries have none, and then nothing is read again."""
    pieces: list[tuple[str, str | None, tuple[CertificateKind, ...]]] = []
    plain = query.district is None and not query.certificates
    district_seen = False
    for text in query.text.split():
        read = None if plain else read_query(text, places)
        if read is None or read.words:
            pieces.append((text, None, ()))
        elif read.district is not None and not district_seen:  # a second district is a word, not a filter
            district_seen = True
            pieces.append((text, read.district, ()))
        else:
            pieces.append((text, None, read.certificates))
    return FilterWords(tuple(pieces))


def _joined(words: list[str], new: str | None) -> str:
    """The words, cut where the new one would fall off the end."""
    rest = " ".join(words)
    return rest if new is None else f"{rest[: MAX_QUERY - len(new) - 1]} {new}".strip()
