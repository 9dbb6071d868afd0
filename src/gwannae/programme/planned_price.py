"""예정 금액: the amount in a query ("500만원 이하 책상"), which says what is to be looked at and never who is found."""

from __future__ import annotations

import re

from gwannae.programme.amount import AmountError, read_amount
from gwannae.programme.typed_text import plain

_READ = 400  # characters; of a query that is longer the rest is not read anyway
_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_IN_LETTERS = r"(?=[가-힣 ]*[십백천만억])[일이삼사오육칠팔구십백천만억 ]+원"  # 이원 is a name, 이백원 an amount
_BOUND = r"(?: ?(?:정도|이하|이내|미만|이상|초과|내외|안팎|까지|가량|짜리|어치|한도|쯤|대|선))*"
_PARTICLE = r"(?:으로|에서|로|의|인|에|은|는|이|가|을|를)?"
_AMOUNT = re.compile(
    rf"(?<![0-9A-Za-z가-힣.])(?:(?:예산|금액|단가|가격) ?)?("
    rf"(?:{_NUMBER} ?[십백천]?[만억조] ?)+(?:{_NUMBER} ?[백천]? ?)?(?:원정?)?"
    rf"|{_NUMBER} ?[백천]? ?원정?|{_IN_LETTERS}정?)"
    rf"{_BOUND}{_PARTICLE}(?![0-9A-Za-z가-힣])"
)
_COUNTED = re.compile(r" ?(?:장|매|개|부|명|권|세트|박스|인분|자루|그루|송이|회)(?![가-힣])")
_MAY_BE = re.compile(r"[0-9만억]|[십백천]원")


def take_price(text: str) -> tuple[str, int | None]:
    """The query without its amounts of money, and the largest of them in won (None where none is said).

    An amount says 원, or counts in 만, 억 or 조 and nothing that is counted follows (5만 장); a mere number is a size,
    a count or a name.
    """
    if not _MAY_BE.search(text):
        return text, None
    read_from = plain(text)[:_READ]
    amounts: list[int] = []

    def read(match: re.Match[str]) -> str:
        written = match[1].strip()
        if not written.endswith(("원", "원정")) and _COUNTED.match(read_from, match.end(1)):
            return match[0]
        try:
            amounts.append(read_amount(written))
        except AmountError:
            return match[0]
        return " "

    rest = _AMOUNT.sub(read, read_from)
    return (" ".join(rest.split()), max(amounts)) if amounts else (text, None)
