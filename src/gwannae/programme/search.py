"""업체 찾기: what a query asks for, and how its words meet the registry's vocabulary of terms."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from gwannae.programme.hangul import firm_key, fold, search_key
from gwannae.programme.places import Places
from gwannae.programme.typed_text import plain
from gwannae.programme.vendors import CERTIFICATE_LABELS, CertificateKind, Vendor

MAX_QUERY = 200  # characters that are read; what a person types is shorter, what a script sends is cut
MAX_WORDS = 8

# Only a whole name is a filter: 혁신디자인 is a firm and 녹색어머니회 a customer, not a certificate.
_CERTIFICATES = {label: kind for kind, label in CERTIFICATE_LABELS.items()} | {
    "표준사업장": CertificateKind.STANDARD_WORKPLACE,
    "중증장애인": CertificateKind.SEVERELY_DISABLED,
    "청년창업": CertificateKind.YOUTH_STARTUP,
}
_CERTIFICATE_TAILS = ("", "확인", "확인서", "인증", "인증서", "증명", "증명서", "업체")
_CERTIFICATE_WORDS = {label + tail: kind for label, kind in _CERTIFICATES.items() for tail in _CERTIFICATE_TAILS}


class Field(StrEnum):
    """Where a term stands in a vendor's record."""

    ITEM = "item"
    NAME = "name"


class MatchClass(IntEnum):
    """How well a word met a term; lower is better. A whole item is worth most, a piece of a name least."""

    ITEM_EXACT = 0
    NAME_EXACT = 1
    ITEM_PREFIX = 2
    NAME_PREFIX = 3
    ITEM_SUBSTRING = 4
    NAME_SUBSTRING = 5


_CLASSES = {
    (Field.ITEM, 0): MatchClass.ITEM_EXACT,
    (Field.ITEM, 1): MatchClass.ITEM_PREFIX,
    (Field.ITEM, 2): MatchClass.ITEM_SUBSTRING,
    (Field.NAME, 0): MatchClass.NAME_EXACT,
    (Field.NAME, 1): MatchClass.NAME_PREFIX,
    (Field.NAME, 2): MatchClass.NAME_SUBSTRING,
}


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood: words to match, a business number, and filters that were named among the words."""

    text: str
    words: tuple[str, ...]
    business_number: str | None = None
    district: str | None = None
    certificates: tuple[CertificateKind, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing to look for at all."""
        return not (self.words or self.business_number or self.district or self.certificates)


def read_query(text: str, places: Places) -> Query:
    """Understand a query. District names and certificate names among the words become filters; ten digits (with or
    without hyphens) are a business number. Never fails: what is left over are words; beyond MAX_WORDS they are dropped.

    `text` of the answer is what was typed, to be shown again; `words` are keys.
    """
    shown = plain(text)[:MAX_QUERY].strip()
    if (whole := _ten_digits(shown)) is not None:
        return Query(shown, (), whole)
    district: str | None = None
    certificates: list[CertificateKind] = []
    words: list[str] = []
    number: str | None = None
    aliases = {search_key(a): d.name for d in places.districts for a in (d.name, *d.aliases)}
    for piece in fold(shown).split():
        key = search_key(piece)
        if key in aliases and district is None:
            district = aliases[key]
        elif key in _CERTIFICATE_WORDS:
            certificates.append(_CERTIFICATE_WORDS[key])
        elif (digits := _ten_digits(piece)) is not None:
            number = digits
        elif key:
            words.append(firm_key(piece))
    return Query(shown, tuple(words[:MAX_WORDS]), number, district, tuple(dict.fromkeys(certificates)))


def words_alone(text: str) -> Query:
    """A query in which every piece is a word to match: for a type-ahead, where a district may be a name half typed."""
    shown = plain(text)[:MAX_QUERY].strip()
    words = tuple(firm_key(piece) for piece in fold(shown).split() if search_key(piece))
    return Query(shown, words[:MAX_WORDS])


def _ten_digits(text: str) -> str | None:
    """A business number as people write it: hyphens, dots or spaces between its ten digits."""
    digits = "".join(c for c in text if c not in "-. ")
    return digits if len(digits) == 10 and digits.isascii() and digits.isdigit() else None


def vendor_terms(vendor: Vendor) -> Iterator[tuple[Field, str]]:
    """The terms by which a vendor is found: its items (or its trade when it names none) and its name, as keys."""
    for item in vendor.items or ((vendor.trade,) if vendor.trade else ()):
        key = search_key(item)
        if key:
            yield Field.ITEM, key
    yield Field.NAME, firm_key(vendor.name)


class Vocabulary:
    """All distinct terms of a registry, held in memory; immutable, replaced when the registry's version moves.

    Prefixes are found by bisection in the sorted list, substrings by one pass over the joined text: a scan at memory
    speed over terms, of which there are far fewer than vendors.
    """

    __slots__ = ("_ids", "_joined", "_starts", "_texts", "version")

    def __init__(self, terms: Iterable[tuple[int, str]], version: int) -> None:
        """`terms` are (term id, key) pairs; `version` is the registry's counter that they were read at."""
        pairs = sorted((text, term_id) for term_id, text in terms)
        self.version = version
        self._texts = [text for text, _ in pairs]
        self._ids = [term_id for _, term_id in pairs]
        self._joined = "\n".join(self._texts)
        self._starts: list[int] = []
        at = 0
        for text in self._texts:
            self._starts.append(at)
            at += len(text) + 1

    def __len__(self) -> int:
        """The number of distinct terms."""
        return len(self._texts)

    def match(self, word: str) -> Mapping[int, int]:
        """Term ids that the word (a key) meets: 0 whole, 1 at the beginning, 2 inside. Empty for an empty word."""
        if not word:
            return {}
        found: dict[int, int] = {}
        first = bisect_left(self._texts, word)
        for index in range(first, len(self._texts)):
            text = self._texts[index]
            if not text.startswith(word):
                break
            found[self._ids[index]] = 0 if text == word else 1
        at = self._joined.find(word)
        while at >= 0:
            index = self._index_at(at)
            found.setdefault(self._ids[index], 2)
            at = self._joined.find(word, self._starts[index] + len(self._texts[index]))
        return found

    def near(self, word: str, limit: int = 3) -> tuple[str, ...]:
        """Terms that share a part with a word that met nothing: longest common beginning or ending first.

        For "did you mean" under an empty answer; not a guess that stands in for the query.
        """
        for size in range(len(word) - 1, 1, -1):
            pieces = dict.fromkeys((word[:size], word[-size:]))
            ids = [i for piece in pieces for i in self.match(piece)]
            if ids:
                texts = dict(zip(self._ids, self._texts, strict=True))
                names = sorted({texts[i] for i in ids}, key=lambda t: (len(t), t))
                return tuple(names[:limit])
        return ()

    def _index_at(self, position: int) -> int:
        index = bisect_left(self._starts, position)
        return index if index < len(self._starts) and self._starts[index] == position else index - 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A vendor that met every word of a query, and how: the worst of its words' best classes, then their sum."""

    vendor_id: int
    match: MatchClass
    score: int


def rank_hits(postings_by_word: Sequence[Mapping[tuple[int, Field], int]]) -> list[Hit]:
    """Join what each word met. `postings_by_word[i]` maps (vendor id, field) to the strength (0, 1, 2) of word i.

    A vendor must meet every word. Best first; the order among equals is left to the caller.
    """
    best: list[dict[int, MatchClass]] = []
    for postings in postings_by_word:
        mine: dict[int, MatchClass] = {}
        for (vendor_id, where), strength in postings.items():
            match = _CLASSES[where, strength]
            if vendor_id not in mine or match < mine[vendor_id]:
                mine[vendor_id] = match
        best.append(mine)
    if not best:
        return []
    common = set(best[0]).intersection(*best[1:])
    hits = [Hit(v, max(b[v] for b in best), sum(b[v] for b in best)) for v in common]
    hits.sort(key=lambda hit: (hit.match, hit.score, hit.vendor_id))
    return hits
