"""나라장터 계약 (procurement service, PubDataOpnStdService): what the city's bodies bought, as a published list.

Asked by the body for which something is bought, not by the one that signs. A contract's later 차수 replace earlier
ones. The service names no business numbers; names of people are never read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from gwannae.programme.amount import AmountError, AmountFault, read_amount
from gwannae.programme.contracts import Contract
from gwannae.readers.contract_list import Unread
from gwannae.readers.g2b_pages import Entry, G2bPages, text_in
from gwannae.readers.purchase_columns import PurchaseColumn
from gwannae.readers.vendor_cells import clean

OPERATION = "getDataSetOpnStdCntrctInfo"
DEMANDING = "2"  # insttDivCd: the code is that of the demanding body (수요기관)
SOURCE = "나라장터 계약정보"


@dataclass(slots=True)
class G2bContracts:
    """The contracts of some bodies, by their seven-digit codes, from `first` to `last`, both inclusive.

    Going through it asks the service month by month, for that is as much as it answers at once. `unread` and
    `without_amount` as with a list in a file.
    """

    pages: G2bPages
    institutions: Sequence[str]
    first: date
    last: date
    unread: list[Unread] = field(default_factory=list)
    without_amount: int = 0

    def __iter__(self) -> Iterator[Contract]:
        """Yield every contract in its latest 차수. Raises ServiceFault: half a list would show gaps that are none."""
        self.unread, self.without_amount = [], 0
        latest: dict[str, tuple[int, Entry]] = {}
        for number, entry in enumerate(self._entries(), start=1):
            key = text_in(entry, "untyCntrctNo") or text_in(entry, "cntrctNo") or f"#{number}"
            order = _order(text_in(entry, "cntrctOrd"))
            if key not in latest or order >= latest[key][0]:
                latest[key] = (order, entry)
        for number, (_, entry) in enumerate(latest.values(), start=1):
            found = self._read(number, entry)
            if found is not None:
                yield found

    def _entries(self) -> Iterator[Entry]:
        for code in self.institutions:
            first = self.first
            while first <= self.last:
                next_month = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
                last = min(next_month - timedelta(days=1), self.last)
                span = {"cntrctCnclsBgnDate": f"{first:%Y%m%d}", "cntrctCnclsEndDate": f"{last:%Y%m%d}"}
                yield from self.pages.entries(OPERATION, insttDivCd=DEMANDING, insttCd=code, **span)
                first = next_month

    def _read(self, number: int, entry: Entry) -> Contract | None:
        written = text_in(entry, "cntrctAmt")
        try:
            amount = read_amount(written)
        except AmountError as error:
            if error.code in (AmountFault.ZERO, AmountFault.NEGATIVE, AmountFault.EMPTY):
                self.without_amount += 1
            else:
                self.unread.append(Unread(number, PurchaseColumn.AMOUNT, written[:100]))
            return None
        signed = text_in(entry, "cntrctCnclsDate")
        try:
            day = date.fromisoformat(signed[:10])
        except ValueError:
            self.unread.append(Unread(number, PurchaseColumn.DATE, signed[:100]))
            return None
        return Contract(
            ref=number,
            title=clean(text_in(entry, "cntrctNm"))[:500],
            amount=amount,
            day=day,
            firm=clean(text_in(entry, "rprsntCorpNm"))[:200],
            number=text_in(entry, "untyCntrctNo") or text_in(entry, "cntrctNo"),
            organisation_text=clean(text_in(entry, "dmndInsttNm"))[:200],
        )


def _order(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
