"""Filters of a look-up are words of its query: choosing one in a menu writes the word, a chip takes it out.

So a page, its sides, its shared copy and what the office is told all say the same thing.
"""

from dataclasses import dataclass

from gwannae.programme.hangul import search_key
from gwannae.programme.places import Places
from gwannae.programme.search import MAX_QUERY, Query, read_query
from gwannae.programme.vendor_kinds import KIND_FILTER_WORDS, KindFilter
from gwannae.programme.vendors import CertificateKind


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a query's text, and what it filters by: nothing, for a word to look for."""

    text: str
    district: str | None = None
    certificates: tuple[CertificateKind, ...] = ()
    kind: KindFilter | None = None


@dataclass(frozen=True, slots=True)
class FilterWords:
    """The pieces of a query's text in order."""

    pieces: tuple[Piece, ...]

    def with_district(self, district: str | None) -> str:
        """The query with this district instead of those that it names; None for all districts."""
        return _joined([piece.text for piece in self.pieces if piece.district is None], district)

    def without_district(self, district: str) -> str:
        """The query without that district."""
        return _joined([piece.text for piece in self.pieces if piece.district != district], None)

    def with_kind(self, kind: KindFilter | None) -> str:
        """The query with this kind instead of those that it names; None for all kinds."""
        return _joined([piece.text for piece in self.pieces if piece.kind is None], kind.label if kind else None)

    def without_kind(self, kind: KindFilter) -> str:
        """The query without that kind."""
        return _joined([piece.text for piece in self.pieces if piece.kind is not kind], None)

    def with_certificate(self, kind: CertificateKind) -> str:
        """The query narrowed by one more certificate."""
        return _joined([piece.text for piece in self.pieces], kind.label)

    def without_certificates(self, *kinds: CertificateKind) -> str:
        """The query without those certificates."""
        return _joined([piece.text for piece in self.pieces if not set(piece.certificates) & set(kinds)], None)


def filter_words(query: Query, places: Places) -> FilterWords:
    """Find the filters among a query's words. Most queries have none, and then nothing is read again.

    A kind is found also where the look-up had to do without it, so that a menu can take its place.
    """
    pieces: list[Piece] = []
    plain = not query.districts and not query.certificates
    for text in query.text.split():
        kind = None if query.as_it_stands else KIND_FILTER_WORDS.get(search_key(text))
        read = None if plain or kind else read_query(text, places, short=query.short)
        if read is None or read.words:
            pieces.append(Piece(text, kind=kind))
        elif read.districts:
            pieces.append(Piece(text, read.districts[0]))
        else:
            pieces.append(Piece(text, certificates=read.certificates))
    return FilterWords(tuple(pieces))


def _joined(words: list[str], new: str | None) -> str:
    """The words, cut where the new one would fall off the end."""
    rest = " ".join(words)
    return rest if new is None else f"{rest[: MAX_QUERY - len(new) - 1]} {new}".strip()
