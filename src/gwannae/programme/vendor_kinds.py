"""What a firm supplies, 물품, 용역 or 공사: as its source states it, else as its trade and its items say.

The source of the three is the law on public contracts (물품 제조·구매, 용역, 공사). That a trade or an item says which
is our reading of how offices and classifications name them: a 공사업 builds, a 대행업 serves, a 소매업 sells goods.
A firm may supply several. One of which nothing is known is of no kind: it is never counted to one.
"""

import re
from collections.abc import Callable, Iterable, Set
from enum import StrEnum
from functools import lru_cache
from itertools import chain

from gwannae.programme.hangul import fold, search_key
from gwannae.programme.purchase_kind import PurchaseKind, in_order_of_kinds
from gwannae.programme.vendors import Vendor

NO_KINDS = 0
KIND_BITS = {kind: 1 << nth for nth, kind in enumerate(PurchaseKind)}
STATED = 1 << len(KIND_BITS)  # beside the kinds: the source says so itself, and items add nothing

Kinds = frozenset[PurchaseKind]

_APART = re.compile(r"[,;|/·ㆍ・、()\[\]\n]|\s및\s|\s")
_WORDS = {kind.label: kind for kind in PurchaseKind}

_TRADES = {
    PurchaseKind.WORKS: "공사 건설 시공",
    PurchaseKind.SERVICES: """
        용역 서비스 대행 임대 대여 렌탈 수리 관리 경비 경호 청소 소독 방역 운송 운수 여행 숙박 음식점 설계 감리 측량
        엔지니어링 컨설팅 자문 연구개발 번역 통역 교육 학원 처리 정비 세탁 위탁 알선 병원 의원 건축사사무소
        소프트웨어사업자
        """,
    PurchaseKind.GOODS: "제조 도매 소매 도소매 판매 유통 무역 인쇄 약국",
}
_ITEMS = {
    PurchaseKind.WORKS: "공사 시공",
    PurchaseKind.SERVICES: """
        용역 서비스 대행 임대 대여 렌탈 렌트 임차 수리 유지보수 유지관리 청소 소독 방역 경비 설계 감리 측량 컨설팅 자문
        번역 통역 위탁 세탁
        """,
}


def _endings(words: Iterable[str], tail: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(words)}){tail}$")


_TRADE_ENDS = {kind: _endings(words.split(), "(?:업|업체|사업|업종)?") for kind, words in _TRADES.items()}
_ITEM_ENDS = {kind: _endings(words.split(), "") for kind, words in _ITEMS.items()}


def kinds_stated(cell: str) -> tuple[PurchaseKind, ...]:
    """The kinds that a cell states: 물품, 용역/공사, "물품(제조)". Empty where it speaks of something else."""
    pieces = (piece for piece in _APART.split(fold(cell)) if piece)
    return in_order_of_kinds(_WORDS[piece] for piece in pieces if piece in _WORDS)


@lru_cache(4096)  # a registry has some hundreds of trades
def kinds_of_trade(trade: str) -> Kinds:
    """The kinds that a trade (업종, 종별) says, by the ending of each of its parts: 실내건축공사업, 도매 및 소매업."""
    pieces = [piece for piece in _APART.split(fold(trade)) if piece]
    named = {_WORDS[piece] for piece in pieces if piece in _WORDS}
    return frozenset(named | {kind for kind, ends in _TRADE_ENDS.items() if any(map(ends.search, pieces))})


def kinds_of_item(item: str, listed: Set[PurchaseKind] = frozenset()) -> Kinds:
    """The kinds that an item says: by its ending where that is a deed (청소용역, 천막 대여), else as the words of its
    trade are `listed`.
    """
    key = search_key(item)
    return frozenset(kind for kind, ends in _ITEM_ENDS.items() if ends.search(key)) or frozenset(listed)


class KindFilter(StrEnum):
    """What a look-up can be narrowed to: firms of a kind, or those of which no kind is known."""

    GOODS = "goods"
    SERVICES = "services"
    WORKS = "works"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The word in a query that says it."""
        return _FILTER_LABELS[self]

    @property
    def kind(self) -> PurchaseKind | None:
        """The kind that is asked for."""
        return None if self is KindFilter.UNKNOWN else PurchaseKind(self.value)


_FILTER_LABELS = {KindFilter(kind.value): kind.label for kind in PurchaseKind} | {KindFilter.UNKNOWN: "구분미상"}
KIND_FILTER_WORDS = {label + tail: kind for kind, label in _FILTER_LABELS.items() for tail in ("", "업체")}


def letting_through(filters: Iterable[KindFilter]) -> frozenset[int]:
    """The bits of the firms that any of the filters lets through; a firm of no known kind meets 구분미상 alone."""
    wanted = set(filters)
    asked = kind_bits(kind for f in wanted if (kind := f.kind) is not None)
    unknown = frozenset({NO_KINDS} if KindFilter.UNKNOWN in wanted else ())
    return unknown | frozenset(bits for bits in range(STATED * 2) if bits & asked)


def kinds_supplied(vendor: Vendor, listed: Callable[[str], Set[PurchaseKind]]) -> tuple[PurchaseKind, ...]:
    """What is known of one firm, in the order in which offices name the kinds; `listed` says what a word's trade is."""
    if vendor.kinds:
        return vendor.kinds
    said = (kinds_of_item(item, listed(search_key(item))) for item in vendor.items)
    return in_order_of_kinds(chain(kinds_of_trade(vendor.trade or ""), *said))


def kind_bits(kinds: Iterable[PurchaseKind]) -> int:
    """Kinds as bits of one byte, so that a whole registry of them is small and quickly gone through."""
    bits = NO_KINDS
    for kind in kinds:
        bits |= KIND_BITS[kind]
    return bits
