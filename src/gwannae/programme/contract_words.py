"""What offices write for kind, method, share and 차수 of a contract."""

import re
from decimal import Decimal, InvalidOperation

from gwannae.programme.purchase_lines import WHOLE_SHARE
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.typed_text import plain

_KINDS = (
    ("용역", PurchaseKind.SERVICES),
    ("공사용자재", PurchaseKind.GOODS),
    ("관급자재", PurchaseKind.GOODS),
    ("공사", PurchaseKind.WORKS),
    ("시설", PurchaseKind.WORKS),
    ("물품", PurchaseKind.GOODS),
    ("구매", PurchaseKind.GOODS),
    ("구입", PurchaseKind.GOODS),
    ("제조", PurchaseKind.GOODS),
    ("임차", PurchaseKind.SERVICES),
    ("서비스", PurchaseKind.SERVICES),
)
_IN_TITLES = (
    ("용역", PurchaseKind.SERVICES),
    ("공사", PurchaseKind.WORKS),
    ("구매", PurchaseKind.GOODS),
    ("구입", PurchaseKind.GOODS),
)
_METHODS = (
    (("2인", "이인", "복수견적"), ContractMethod.DIRECT_QUOTES),
    (("1인", "일인", "단독견적"), ContractMethod.DIRECT_SINGLE),
    (("카드", "견적생략"), ContractMethod.CARD),
    (("수의",), ContractMethod.DIRECT),
    (("제한",), ContractMethod.RESTRICTED_BID),
    (("지명",), ContractMethod.NOMINATED_BID),
    (("쇼핑몰",), ContractMethod.MALL),
    (("단가", "mas", "다수공급자"), ContractMethod.UNIT_PRICE),
    (("일반", "공개경쟁", "입찰", "경쟁"), ContractMethod.OPEN_BID),
)
_CANCELLED = re.compile(r"취소|해지|해제|파기|무효|계약불이행")
_NOT_CANCELLED = re.compile(r"미취소|미해지|해당없음|없음|아니")
_REVISION = re.compile(r"(?:제 ?)?([0-9]{1,3})(?:\.0)? ?(?:차|회)?(?: ?(?:변경|계약))?")
_NUMBER_WITH_REVISION = re.compile(r"(.*[0-9A-Za-z]{8,}) ?- ?([0-9]{2})")
_DIGITS_LOST = re.compile(r"[0-9]\.[0-9]+[eE]\+?[0-9]+")  # Excel shows a long number so, and the file keeps no more


def kind_of(word: str) -> PurchaseKind | None:
    """The kind that a 구분 cell names (물품, 기술용역, 시설공사 …)."""
    squeezed = "".join(plain(word).split())
    return next((kind for sign, kind in _KINDS if sign in squeezed), None)


def kind_by_title(title: str) -> PurchaseKind | None:
    """The kind that a contract's own name ends with: "전기공사 설계용역" is services. None where it names none."""
    found = max(((title.rfind(sign), kind) for sign, kind in _IN_TITLES), key=lambda pair: pair[0])
    return found[1] if found[0] >= 0 else None


def method_of(word: str) -> ContractMethod:
    """The method that a 계약방법 cell names; UNSTATED where it names none that we know."""
    squeezed = "".join(plain(word).split()).lower()
    for signs, method in _METHODS:
        if any(sign in squeezed for sign in signs):
            return method
    return ContractMethod.UNSTATED


def is_cancelled(status: str) -> bool:
    """Whether a 상태 cell says that the contract is no more."""
    return bool(_CANCELLED.search(status)) and not _NOT_CANCELLED.search(status)


def read_share(text: str) -> int | None:
    """A partner's share in basis points: "60%", "60", "0.6" and 6000 are one; None for a cell that says nothing.

    A number up to 1 is a part of one (a spreadsheet keeps 60 % as 0.6), above it percent.

    Raises:
        ValueError: it is no share; a share above 100 % is one (and is refused by whoever adds them up).
    """
    typed = plain(text).replace(" ", "")
    if typed in ("", "-"):
        return None
    percent = typed.endswith("%")
    try:
        number = Decimal(typed.rstrip("%"))
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite() or number < 0 or number > 1000:
        raise ValueError(text)
    points = number * (100 if percent or number > 1 else WHOLE_SHARE)
    return int(points.to_integral_value())


def read_revision(text: str) -> int:
    """A 차수 cell: "1", "01", "2차", "제3차 변경"; 0 where it is empty.

    Raises:
        ValueError: it names no number.
    """
    typed = plain(text)
    if typed in ("", "-", "최초", "당초", "신규"):
        return 0
    found = _REVISION.fullmatch(typed)
    if found is None:
        raise ValueError(text)
    return int(found[1])


def read_contract_number(text: str) -> tuple[str, int | None]:
    """A contract's number as it is written, and the 차수 behind its last hyphen where there is one ("…-01").

    "" for a cell that says nothing, or whose digits a spreadsheet has lost (2.02E+12).
    """
    typed = plain(text)
    if not any(char.isalnum() for char in typed) or typed.strip("0") == "" or _DIGITS_LOST.fullmatch(typed):
        return "", None
    found = _NUMBER_WITH_REVISION.fullmatch(typed)
    return (found[1], int(found[2])) if found else (typed, None)
