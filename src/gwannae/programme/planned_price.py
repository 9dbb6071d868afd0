"""예정 금액: the amount in a query ("500만원 이하 책상"), which says what is to be looked at and never who is found."""

from __future__ import annotations

import re

from gwannae.programme.amount import AmountError, read_amount
from gwannae.programme.typed_text import plain

_READ = 400  # characters; of a query that is longer the rest is not read anyway
_LONGEST = 3  # pieces of one amount: "1억 2천만 원"
_BOUND = r"(?:정도|이하|이내|미만|이상|초과|내외|안팎|까지|가량|짜리|어치|한도|쯤|대|선)"
_PARTICLE = r"(?:으로|에서|로|의|인|에|은|는|이|가|을|를)?"
_BOUNDED = re.compile(rf"(?P<amount>.+?)(?P<bound> ?{_BOUND}*){_PARTICLE}")
_BOUND_ALONE = re.compile(rf"{_BOUND}+{_PARTICLE}")
_COUNTED = re.compile(r"[0-9]|[만억]")
_BUDGET = frozenset({"예산", "금액", "단가", "가격"})


def take_price(text: str) -> tuple[str, int | None]:
    """The query without its amounts of money, and the largest of them in won (None where none is said).

    An amount says 원, or stands in bounds ("500만 이하", "예산 500만"); a mere number is a size, a count or a name.
    """
    if not _COUNTED.search(text):
        return text, None
    pieces = plain(text)[:_READ].split()
    kept: list[str] = []
    amounts: list[int] = []
    at = 0
    while at < len(pieces):
        length, won = _amount_at(pieces, at, budgeted=bool(kept) and kept[-1] in _BUDGET)
        if won is None:
            kept.append(pieces[at])
            at += 1
            continue
        amounts.append(won)
        if kept and kept[-1] in _BUDGET:
            kept.pop()
        at += length
    return (" ".join(kept), max(amounts)) if amounts else (text, None)


def _amount_at(pieces: list[str], at: int, *, budgeted: bool) -> tuple[int, int | None]:
    """How many pieces from `at` on are an amount, its bound included, and how much it is."""
    for length in range(min(_LONGEST, len(pieces) - at), 0, -1):
        follows = pieces[at + length] if at + length < len(pieces) else ""
        bound = _BOUND_ALONE.fullmatch(follows) is not None
        won = _read(" ".join(pieces[at : at + length]), bounded=bound or budgeted)
        if won is not None:
            return length + bound, won
    return 0, None


def _read(written: str, *, bounded: bool) -> int | None:
    match = _BOUNDED.fullmatch(written)
    if match is None or not _COUNTED.search(match["amount"]):
        return None
    amount = match["amount"].strip()
    in_won = amount.endswith(("원", "원정"))
    in_units = amount.endswith(("만", "억"))
    if not (in_won or (in_units and (bounded or match["bound"].strip()))):
        return None
    try:
        return read_amount(amount)
    except AmountError:
        return None
