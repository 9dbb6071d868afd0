"""What the words after `/report-purchase` already say of a purchase, to fill the form with."""

from dataclasses import dataclass
from datetime import date

from gwannae.programme.amount import AmountError, read_amount, write_won
from gwannae.programme.dates import DateError, read_date
from gwannae.programme.purchases import PurchaseKind

_MONEY_SIGNS = "원만천백억₩￦,"


@dataclass(frozen=True, slots=True)
class Words:
    """The parts that could be told apart; what could not stays in `title`."""

    title: str = ""
    amount: str = ""
    contract_date: date | None = None
    kind: PurchaseKind | None = None


def read_words(text: str, today: date) -> Words:
    """Read "현수막 제작 30만원 어제 물품". Never fails; what is not surely an amount or a day stays in the title."""
    amount, day, kind = "", None, None
    title: list[str] = []
    for word in text[:500].split():
        if kind is None and (named := _kind(word)):
            kind = named
        elif not amount and (won := _amount(word)):
            amount = write_won(won)
        elif day is None and (read := _day(word, today)):
            day = read
        else:
            title.append(word)
    return Words(" ".join(title), amount, day, kind)


def _kind(word: str) -> PurchaseKind | None:
    return next((kind for kind in PurchaseKind if kind.label == word), None)


def _amount(word: str) -> int | None:
    if not any(c.isdigit() for c in word) or not any(sign in word for sign in _MONEY_SIGNS):
        return None
    try:
        return read_amount(word)
    except AmountError:
        return None


def _day(word: str, today: date) -> date | None:
    try:
        day = read_date(word, today=today)
    except DateError:
        return None
    return day if day <= today else None
