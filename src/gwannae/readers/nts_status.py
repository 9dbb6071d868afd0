"""국세청 사업자등록 상태조회 (public data portal, 15081808): open, suspended or closed, by business number.

The service says nothing of names and addresses, and keeps no secret: it answers for any number.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gwannae.programme.vendor_status import NumberStatus, VendorState
from gwannae.readers.open_data import OpenData
from gwannae.readers.service_faults import ServiceCode, ServiceFault
from gwannae.readers.vendor_cells import clean

SOURCE = "국세청 사업자등록 상태조회"
MOST = 100  # numbers in one call

_STATES = {"01": VendorState.OPEN, "02": VendorState.SUSPENDED, "03": VendorState.CLOSED}
_WORDS = {"계속사업자": VendorState.OPEN, "휴업자": VendorState.SUSPENDED, "폐업자": VendorState.CLOSED}
_NOT_REGISTERED = "등록되지않은"
_LONGEST = 100


class NtsStatus:
    """The service. `most` numbers go into one call, `source` names it where its answers are kept."""

    source = SOURCE
    most = MOST

    def __init__(self, data: OpenData, key: str, base_url: str) -> None:
        """`key` as `read_service_key` gives it. It goes into a header: an address ends up in the logs of proxies."""
        self._data = data
        self._url = base_url.rstrip("/") + "/status"
        self._headers = {"Authorization": f"Infuser {key}"}

    def ask(self, numbers: Sequence[str]) -> Mapping[str, NumberStatus]:
        """What the tax office says of business numbers (ten digits each), by number.

        A number of which it says nothing that is clear is not in the answer; what it says of numbers that were not
        asked for is left out.

        Raises:
            ServiceFault: no usable answer; TOO_MANY, without a call, for more than `most` numbers; UNREADABLE where
                not one of the numbers was answered.
        """
        if len(numbers) > MOST:
            raise ServiceFault(ServiceCode.TOO_MANY, str(len(numbers)))
        if not numbers:
            return {}
        answer = self._data.ask(self._url, headers=self._headers, json={"b_no": list(numbers)})
        entries = answer.get("data")
        if not isinstance(entries, list):
            raise ServiceFault(ServiceCode.UNREADABLE, "data")
        found = _by_number(entries, frozenset(numbers))
        if not found:
            raise ServiceFault(ServiceCode.UNREADABLE, "no answers")
        return found


def _by_number(entries: Sequence[object], asked: frozenset[str]) -> dict[str, NumberStatus]:
    found: dict[str, NumberStatus] = {}
    contradicted: set[str] = set()
    for entry in entries:
        status = _read(entry) if isinstance(entry, dict) else None
        if status is None or status.business_number not in asked:
            continue
        if found.setdefault(status.business_number, status) != status:
            contradicted.add(status.business_number)
    return {number: status for number, status in found.items() if number not in contradicted}


def _read(entry: Mapping[str, Any]) -> NumberStatus | None:
    tax_type = clean(_text(entry, "tax_type"))[:_LONGEST]
    code, word = _text(entry, "b_stt_cd"), _text(entry, "b_stt")
    state = _STATES.get(code.zfill(2)) if code else _WORDS.get(word)
    if state is None:
        if code or word or _NOT_REGISTERED not in "".join(tax_type.split()):
            return None
        state = VendorState.UNREGISTERED
    number = _text(entry, "b_no").replace("-", "")
    closed_on = _read_day(_text(entry, "end_dt")) if state is VendorState.CLOSED else None
    return NumberStatus(number, state, closed_on, tax_type)


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    return value.strip() if isinstance(value, str) else ""


def _read_day(text: str) -> date | None:
    """YYYYMMDD; None for what is no day, for a firm is closed all the same."""
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
