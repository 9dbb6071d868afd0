"""업체 찾기: what a query asks for beside its words, and how well a firm can meet it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache

from gwannae.programme.hangul import firm_key, fold, search_key
from gwannae.programme.places import Places
from gwannae.programme.typed_text import plain
from gwannae.programme.vendor_kinds import KIND_FILTER_WORDS, KindFilter
from gwannae.programme.vendors import CERTIFICATE_LABELS, CertificateKind, Vendor
from gwannae.programme.word_matches import Kind, Place

MAX_QUERY = 200  # characters that are read; what a person types is shorter, what a script sends is cut
MAX_WORDS = 8
QUOTE = '"'

# Only a whole name is a filter: 혁신디자인 is a firm and 녹색어머니회 a customer, not a certificate.
_CERTIFICATES = {label: kind for kind, label in CERTIFICATE_LABELS.items()} | {
    "표준사업장": CertificateKind.STANDARD_WORKPLACE,
    "중증장애인": CertificateKind.SEVERELY_DISABLED,
    "청년창업": CertificateKind.YOUTH_STARTUP,
}
# These are words of many things as well (여성 의류, 장애인 화장실): a filter only where they find nothing as words.
_SHORT_CERTIFICATES = {
    "여성": CertificateKind.WOMEN,
    "장애인": CertificateKind.DISABLED,
    "사회적": CertificateKind.SOCIAL,
    "창업": CertificateKind.STARTUP,
    "중증": CertificateKind.SEVERELY_DISABLED,
    "자활": CertificateKind.SELF_SUPPORT,
    "녹색": CertificateKind.GREEN,
    "혁신": CertificateKind.INNOVATION,
}
_CERTIFICATE_TAILS = ("", "확인", "확인서", "인증", "인증서", "증명", "증명서", "업체")
_CERTIFICATE_WORDS = {label + tail: kind for label, kind in _CERTIFICATES.items() for tail in _CERTIFICATE_TAILS}

# "직접생산 확인이 필요한지", "여성기업 여부 포함해서": asked is whether, and whoever has none is an answer too.
_ASKS_WHETHER = re.compile("(?:확인서?|증명서?|인증서?)?[이가을를]?(?:필요[^한하해]|필요한지|여부|유무)")


class Field(StrEnum):
    """Where a term stands in a vendor's record."""

    ITEM = "item"
    NAME = "name"


class MatchClass(IntEnum):
    """How well a word met a term; lower is better. A whole item is worth most, a piece of a name met by a slip least.

    By kind (as it stands, 초성, typing in progress, the other keyboard, a slip), then place, then field.
    """

    ITEM_EXACT = 0
    NAME_EXACT = 1
    ITEM_PREFIX = 2
    NAME_PREFIX = 3
    ITEM_SUBSTRING = 4
    NAME_SUBSTRING = 5
    ITEM_INITIALS = 6
    NAME_INITIALS = 7
    ITEM_INITIALS_PREFIX = 8
    NAME_INITIALS_PREFIX = 9
    ITEM_INITIALS_SUBSTRING = 10
    NAME_INITIALS_SUBSTRING = 11
    ITEM_UNFINISHED = 12
    NAME_UNFINISHED = 13
    ITEM_UNFINISHED_PREFIX = 14
    NAME_UNFINISHED_PREFIX = 15
    ITEM_UNFINISHED_SUBSTRING = 16
    NAME_UNFINISHED_SUBSTRING = 17
    ITEM_OTHER_KEYBOARD = 18
    NAME_OTHER_KEYBOARD = 19
    ITEM_OTHER_KEYBOARD_PREFIX = 20
    NAME_OTHER_KEYBOARD_PREFIX = 21
    ITEM_OTHER_KEYBOARD_SUBSTRING = 22
    NAME_OTHER_KEYBOARD_SUBSTRING = 23
    ITEM_SLIP = 24
    NAME_SLIP = 25
    ITEM_SLIP_PREFIX = 26
    NAME_SLIP_PREFIX = 27
    ITEM_SLIP_SUBSTRING = 28
    NAME_SLIP_SUBSTRING = 29

    @property
    def is_of_name(self) -> bool:
        """Whether it is a name that was met."""
        return self % len(Field) == 1

    @property
    def is_guess(self) -> bool:
        """Whether another word than the one typed was met, so that the asker should be told."""
        return Kind(self // CLASSES_OF_A_KIND).is_guess


CLASSES_OF_A_KIND = len(Place) * len(Field)
_CLASSES = tuple(MatchClass)  # asking the enumeration takes three times as long


def match_class(where: Field, kind: Kind, place: Place) -> MatchClass:
    """The class of a match of a kind, at a place of the term, in a field."""
    return _CLASSES[int(kind) * CLASSES_OF_A_KIND + int(place) * 2 + (where is Field.NAME)]


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood: words to match, a business number, and filters that were named among the words.

    `rest` is what is left of the text beside number and filters, in its order and with its full stops. `as_it_stands`:
    it was written in quotation marks, and nothing else is to be tried. `short`: a certificate is named by a word that
    may be meant as a word (녹색). Firms of any of the `districts` are meant; of the certificates, all are.
    """

    text: str
    words: tuple[str, ...]
    business_number: str | None = None
    districts: tuple[str, ...] = ()
    certificates: tuple[CertificateKind, ...] = ()
    rest: str = ""
    as_it_stands: bool = False
    kinds: tuple[KindFilter, ...] = ()
    short: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing to look for at all."""
        return not (self.words or self.business_number or self.is_narrowed)

    @property
    def is_narrowed(self) -> bool:
        """Whether there are filters to take off."""
        return bool(self.districts or self.certificates or self.kinds)

    @property
    def filters(self) -> tuple[str, ...]:
        """The filters in the words that say them."""
        return (*self.districts, *(kind.label for kind in self.kinds), *(kind.label for kind in self.certificates))


def read_query(text: str, places: Places, *, kinds: bool = True, short: bool = False) -> Query:
    """Understand a query. District names and certificate names among the words become filters; ten digits (with or
    without hyphens) are a business number. Never fails: what is left over are words; beyond MAX_WORDS they are dropped.

    물품, 용역 and 공사 are filters with `kinds`, short names of certificates (녹색) with `short`; else words, as in
    quotation marks.

    `text` of the answer is what was typed, to be shown again; `words` are keys.
    """
    shown = plain(text)[:MAX_QUERY].strip()
    if (whole := _ten_digits(shown)) is not None:
        return Query(shown, (), whole)
    quoted = _is_quoted(shown)
    districts: list[str] = []
    certificates: list[CertificateKind] = []
    of_kinds: list[KindFilter] = []
    by_short_name = False
    words: list[str] = []
    rest: list[str] = []
    number: str | None = None
    aliases = _districts_by_name(places)
    pieces = fold(shown).split()
    for after, piece in enumerate(pieces, start=1):
        key = search_key(piece)
        if key in aliases:
            districts.append(aliases[key])
        elif key in _CERTIFICATE_WORDS and not _ASKS_WHETHER.match("".join(pieces[after : after + 3])):
            certificates.append(_CERTIFICATE_WORDS[key])
        elif kinds and not quoted and key in KIND_FILTER_WORDS:
            of_kinds.append(KIND_FILTER_WORDS[key])
        elif short and not quoted and key in _SHORT_CERTIFICATES:
            certificates.append(_SHORT_CERTIFICATES[key])
            by_short_name = True
        elif (digits := _ten_digits(piece)) is not None:
            number = digits
        elif key:
            words.append(firm_key(piece))
            rest.append(piece)
        elif rest:  # a full stop on its own
            rest.append(piece)
    words = [word for word in words if not _is_company_form(word)] or words
    return Query(
        text=shown,
        words=tuple(words[:MAX_WORDS]),
        business_number=number,
        districts=tuple(dict.fromkeys(districts)),
        certificates=tuple(dict.fromkeys(certificates)),
        rest=" ".join(rest),
        as_it_stands=quoted,
        kinds=tuple(dict.fromkeys(of_kinds)),
        short=by_short_name,
    )


@lru_cache(8)
def _districts_by_name(places: Places) -> dict[str, str]:
    return {search_key(name): d.name for d in places.districts for name in (d.name, *d.aliases)}


def _is_quoted(text: str) -> bool:
    return len(text) > 2 and text[0] == text[-1] == QUOTE


def _is_company_form(word: str) -> bool:
    """Whether a word is 주식회사 or ㈜ alone, written apart from the name: the registry's keys have none."""
    if len(word) > 1 and not word.endswith(("회사", "법인")):  # most words, and folding them takes its time
        return False
    return firm_key(f"가나 {word}") == "가나" or firm_key(f"가나({word})") == "가나"


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


@dataclass(frozen=True, slots=True)
class Hit:
    """A vendor that met every word of a query, and how: the worst of its words' best classes, then their sum."""

    vendor_id: int
    match: MatchClass
    score: int
