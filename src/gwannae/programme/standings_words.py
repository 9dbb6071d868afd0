"""What the words after `/local-standings` ask for: a span of contract dates, a kind, a group, one's own alone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from gwannae.programme.hangul import search_key
from gwannae.programme.purchase_kind import PurchaseKind

_YEAR = re.compile(r"(20\d{2})년?", re.ASCII)
_QUARTER = re.compile(r"([1-4])분기", re.ASCII)
_MONTH = re.compile(r"(1[0-2]|0?[1-9])월분?", re.ASCII)
_KINDS = {kind.label: kind for kind in PurchaseKind}
_OWN = frozenset({"우리부서", "우리기관", "우리과", "내부서"})
_GROUP = "그룹"
_AWARD = frozenset({"평가", "평가기간", "시상", "포상"})
_MONTHS = {"상반기": (1, 6), "하반기": (7, 12), "올해": (1, 12), "전체": (1, 12)}


class Span(NamedTuple):
    """Contract dates, both inclusive, and how they are named."""

    first: date
    last: date
    label: str

    @property
    def year(self) -> int:
        """The year that they lie in."""
        return self.first.year

    @property
    def is_year(self) -> bool:
        """Whether it is a whole calendar year."""
        return (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; no group: all of them."""

    span: Span
    kind: PurchaseKind | None = None
    group: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Words that name no period, kind or group. `groups` are those that could be named."""

    words: tuple[str, ...]
    groups: tuple[str, ...] = ()


def whole_year(year: int) -> Span:
    """A calendar year."""
    return months_of(year, 1, 12)


def months_of(year: int, first: int, last: int, label: str = "") -> Span:
    """From the first day of one month to the last day of another of the same year."""
    after = date(year + last // 12, last % 12 + 1, 1)
    return Span(date(year, first, 1), after - timedelta(days=1), f"{year}년{f' {label}' if label else ''}")


def year_asked(year: int) -> Asked:
    """A whole calendar year, of everything."""
    return Asked(whole_year(year))


def read_asked(text: str, today: date, award: tuple[int, int], groups: Sequence[str] = ()) -> Asked | NotUnderstood:
    """Read "2분기 물품", "2026년 하반기", "지난달 우리 부서", "본청 그룹"; nothing at all is this calendar year.

    `award` are the first and last month that count for the award ("평가"). A word that could be a kind and a group
    (공사) is a kind, unless "그룹" stands behind it.
    """
    words = _joined(text[:200].split())
    known = {search_key(group): group for group in groups}
    year, months, label, kind, group, own = today.year, (1, 12), "", None, "", False
    strange: list[str] = []
    for word in words:
        key = search_key(word)
        if found := _YEAR.fullmatch(word):
            year = int(found[1])
        elif span := _months(word, today, award):
            year, months, label = (span[0] or year), span[1], span[2]
        elif word in _KINDS:
            kind = _KINDS[word]
        elif key in _OWN:
            own = True
        elif group_named := known.get(key) or known.get(key.removesuffix(search_key(_GROUP))):
            group = group_named
        else:
            strange.append(word)
    if strange:
        return NotUnderstood(tuple(strange), tuple(groups))
    return Asked(months_of(year, *months, label), kind, group, own)


def _joined(words: list[str]) -> list[str]:
    """우리 부서 is one word, and so is the name of a group with 그룹 behind it."""
    joined: list[str] = []
    for word in words:
        if joined and (word == _GROUP or (joined[-1] in ("우리", "내") and word in ("부서", "기관", "과"))):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _months(word: str, today: date, award: tuple[int, int]) -> tuple[int, tuple[int, int], str] | None:
    """A year (0: the one that is named elsewhere), months and what they are called."""
    before = today.replace(day=1) - timedelta(days=1)
    near: dict[str, Callable[[], tuple[int, tuple[int, int], str]]] = {
        "지난해": lambda: (today.year - 1, (1, 12), ""),
        "작년": lambda: (today.year - 1, (1, 12), ""),
        "이번달": lambda: (today.year, (today.month, today.month), f"{today.month}월"),
        "지난달": lambda: (before.year, (before.month, before.month), f"{before.month}월"),
    }
    if word in near:
        return near[word]()
    if word in _MONTHS:
        return 0, _MONTHS[word], "" if _MONTHS[word] == (1, 12) else word
    if word in _AWARD:
        return 0, award, "평가 기간"
    if found := _QUARTER.fullmatch(word):
        quarter = int(found[1])
        return 0, (quarter * 3 - 2, quarter * 3), f"{quarter}분기"
    if found := _MONTH.fullmatch(word):
        month = int(found[1])
        return 0, (month, month), f"{month}월"
    return None
