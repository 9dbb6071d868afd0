"""What the words after `/report-purchase` already say of a purchase, to fill the form with."""

import re
from dataclasses import dataclass
from datetime import date

from gwannae.programme.amount import AmountError, read_amount, write_won
from gwannae.programme.dates import DateError, read_date
from gwannae.programme.purchases import PurchaseKind

_MONEY_SIGNS = "원만천백억₩￦,"
_IN_WORDS = re.compile(r"(?:금|일금)?[일이삼사오육칠팔구][일이삼사오육칠팔구십백천만억조 ]+원정?")
_RUN = 4  # words that may belong together: 2027년 6월 14일, 1억 2천 만 원


@dataclass(frozen=True, slots=True)
class Words:
    """The parts that could be told apart; what could not stays in `title`."""

    title: str = ""
    amount: str = ""
    contract_date: date | None = None
    kind: PurchaseKind | None = None


def read_words(text: str, today: date) -> Words:
    """Read "현수막 제작 30만 원 어제 물품". Never fails; what is not surely an amount or a day stays in the title.

    용역 and 공사 stay there as well: they are part of how a contract is named.
    """
    words = text[:500].split()
    amount, day, kind = "", None, None
    title: list[str] = []
    at = 0
    while at < len(words):
        run, won, read = _longest(words[at : at + _RUN], today, bool(amount), day is not None)
        if won:
            amount = write_won(won)
        elif read:
            day = read
        else:
            named = _kind(words[at])
            kind = kind or named
            if named is not PurchaseKind.GOODS:
                title.append(words[at])
        at += run
    return Words(" ".join(title), amount, day, kind)


def _longest(words: list[str], today: date, has_amount: bool, has_day: bool) -> tuple[int, int | None, date | None]:
    """How many of the words are one amount or one day, and which; the longest reading is meant: 1억 2천 is not 1억."""
    for run in range(len(words), 0, -1):
        together = " ".join(words[:run])
        if not has_amount and (won := _amount(together)):
            return run, won, None
        if not has_day and (day := _day(together, today)):
            return run, None, day
    return 1, None, None


def _kind(word: str) -> PurchaseKind | None:
    return next((kind for kind in PurchaseKind if kind.label == word), None)


def _amount(words: str) -> int | None:
    in_digits = any(c.isdigit() for c in words) and any(sign in words for sign in _MONEY_SIGNS)
    if not in_digits and _IN_WORDS.fullmatch(words) is None:
        return None  # 천원 may begin a name (천원 아침밥); 삼천원 is an amount
    try:
        return read_amount(words)
    except AmountError:
        return None


def _day(words: str, today: date) -> date | None:
    if words.isdigit() and len(words) < len("20270614"):
        return None  # a spreadsheet's day number; a person who types 45000 means something else
    try:
        day = read_date(words, today=today)
    except DateError:
        return None
    return day if day <= today else None
