"""나라장터 조달업체 (procurement service, UsrInfoService02): firms of the city's region that registered or changed.

The service has no filter for a region: it is asked for spans of days over the whole country, and what is not in the
city is left out here. Of a firm it tells name, number, address, phone and whether it makes or supplies; its trades are
a second question, one for each firm. Names of people, faxes and mail addresses are never read.
"""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from gwannae.programme.addresses import read_address
from gwannae.programme.business_number import BusinessNumberError, BusinessNumberFault, read_business_number
from gwannae.programme.facts import Fact
from gwannae.programme.places import Places
from gwannae.programme.vendors import AddressKind, SizeFact
from gwannae.readers.g2b_pages import Entry, G2bPages, text_in
from gwannae.readers.service_faults import ServiceFault
from gwannae.readers.vendor_cells import MOST_ITEMS, clean, is_nothing, read_phone
from gwannae.readers.vendor_row_reader import LONGEST_ADDRESS, LONGEST_NAME, MOST_NOTES
from gwannae.readers.vendor_rows import NUMBER_REFUSALS, Note, NoteCode, RefusalCode, RefusedRow, VendorRow

SOURCE = "나라장터 조달업체"
SPAN = 7  # days asked for at once: little is lost when a day's calls are used up in the middle

_FIRMS, _TRADES = "getPrcrmntCorpBasicInfo02", "getPrcrmntCorpIndstrytyInfo02"
_REGISTERED, _CHANGED = "1", "2"  # inqryDiv of firms: by day of registration, by day of change
_TRADES_BY_NUMBER = "1"  # inqryDiv of trades means another thing than that of firms
_ENDED = ("취소", "말소", "폐업", "정지", "반납")


class G2bService:
    """The two operations that are asked, page by page."""

    def __init__(self, pages: G2bPages) -> None:
        """`pages` of the service of users (UsrInfoService02)."""
        self._pages = pages

    def firms(self, division: str, first: date, last: date) -> Iterator[Entry]:
        """All firms of the country that registered (`division` "1") or changed ("2") from `first` to `last`."""
        span = {"inqryBgnDt": f"{first:%Y%m%d}0000", "inqryEndDt": f"{last:%Y%m%d}2359"}
        return self._pages.entries(_FIRMS, inqryDiv=division, **span)

    def trades(self, number: str) -> Iterator[Entry]:
        """The trades of a firm."""
        return self._pages.entries(_TRADES, inqryDiv=_TRADES_BY_NUMBER, bizno=number)


@dataclass(slots=True)
class G2bFirms:
    """Going through it asks the service, span by span, and yields the city's firms as a vendor file would.

    Firms whose number is among `known` are yielded wherever they are: one that moved away must not stay local.
    A fault ends it early and is kept in `fault`: all spans up to `read_until` were read whole, nothing of a later one
    was yielded. `skipped` counts firms of elsewhere. Row numbers count the entries of one span, `sheet` names it.
    """

    service: G2bService
    places: Places
    since: date
    until: date
    known: Container[str] = ()
    notes: list[Note] = field(default_factory=list)
    skipped: int = 0
    fault: ServiceFault | None = None
    read_until: date | None = None
    told: Callable[[date], None] | None = None  # hears `read_until` whenever it moves
    _seen: set[tuple[str, ...]] = field(default_factory=set)

    def __iter__(self) -> Iterator[VendorRow | RefusedRow]:
        """Ask from the first span on; whatever was noted before is forgotten."""
        self.notes, self.skipped, self.fault, self.read_until = [], 0, None, None
        self._seen = set()
        first = self.since
        while first <= self.until:
            last = min(first + timedelta(days=SPAN - 1), self.until)
            try:
                rows = list(self._span(first, last))
            except ServiceFault as fault:
                self.fault = fault
                return
            self.read_until = last
            if self.told is not None:
                self.told(last)
            yield from rows
            first = last + timedelta(days=1)

    def _span(self, first: date, last: date) -> Iterator[VendorRow | RefusedRow]:
        sheet, number = f"{first.isoformat()}~{last.isoformat()}", 0
        for division in (_REGISTERED, _CHANGED):
            for entry in self.service.firms(division, first, last):
                number += 1
                row = self._row(entry, number, sheet)
                if row is not None:
                    yield row

    def _row(self, entry: Entry, number: int, sheet: str) -> VendorRow | RefusedRow | None:
        name, given = clean(text_in(entry, "corpNm")), text_in(entry, "bizno")
        address = clean(f"{text_in(entry, 'adrs')} {text_in(entry, 'dtlAdrs')}")
        same = (given,) if given else (name, address)
        if same in self._seen:  # registered and changed in these days
            return None
        self._seen.add(same)
        address, is_ours = self._placed(address, text_in(entry, "rgnNm"))
        business_number = _business_number(given)
        if not is_ours and not (isinstance(business_number, str) and business_number in self.known):
            self.skipped += 1
            return None
        if isinstance(business_number, RefusalCode):
            return RefusedRow(number, sheet, business_number, given[:100])
        if not name:
            return RefusedRow(number, sheet, RefusalCode.NAME_MISSING, address[:100])
        if len(name) > LONGEST_NAME or len(address) > LONGEST_ADDRESS:
            return RefusedRow(
                number, sheet, RefusalCode.TOO_LONG, (name if len(name) > LONGEST_NAME else address)[:100]
            )
        return self._firm(entry, number, sheet, name, business_number, address, is_ours=is_ours)

    def _firm(
        self,
        entry: Entry,
        number: int,
        sheet: str,
        name: str,
        business_number: str | None,
        address: str,
        *,
        is_ours: bool,
    ) -> VendorRow:
        phone, is_mobile = read_phone(text_in(entry, "telNo"))
        if is_mobile and len(self.notes) < MOST_NOTES:
            self.notes.append(Note(number, sheet, NoteCode.MOBILE_LEFT_OUT, ""))
        trades = self._trades(business_number) if is_ours and business_number else ()
        return VendorRow(
            number=number,
            sheet=sheet,
            name=name,
            business_number=business_number,
            address=address,
            items=trades,  # as with a file that has a column of trades and none of items
            phone=phone,
            trade=", ".join(trades) or None,
            district=None,
            certificates=(),
            size=SizeFact(),
            makes=_makes(text_in(entry, "mnfctDivNm")),
            as_of=self.until,  # what the service says on the day on which it is asked
            address_kind=_address_kind(text_in(entry, "hdoffceDivNm")),
        )

    def _placed(self, address: str, region: str) -> tuple[str, bool]:
        """The address, begun with the firm's region where it leaves the city open, and whether it is in the city."""
        reading = read_address(address, self.places)
        if reading.in_city is Fact.UNKNOWN and region:
            begun = clean(f"{region} {address}")
            reading = read_address(begun, self.places)
            if reading.in_city is not Fact.UNKNOWN:
                address = begun
        return address, reading.in_city is Fact.YES

    def _trades(self, number: str) -> tuple[str, ...]:
        """Its trades in force, the one that it names as its own first."""
        found: dict[str, bool] = {}
        length = 0
        for entry in self.service.trades(number):
            name = clean(text_in(entry, "indstrytyNm"))
            length += len(name) + 2
            if not name or is_nothing(name) or length > LONGEST_NAME or not self._is_in_force(entry):
                continue
            found[name] = found.get(name, False) or text_in(entry, "rprsntIndstrytyYn").upper() == "Y"
        return tuple(sorted(found, key=lambda name: not found[name]))[:MOST_ITEMS]

    def _is_in_force(self, entry: Entry) -> bool:
        state, expires = text_in(entry, "indstrytyStatsNm"), text_in(entry, "vldPrdExprtDt")[:10]
        if any(word in state for word in _ENDED):
            return False
        try:
            return date.fromisoformat(expires) >= self.until
        except ValueError:
            return True


def _business_number(given: str) -> str | RefusalCode | None:
    if not given or is_nothing(given):
        return None
    try:
        return read_business_number(given)
    except BusinessNumberError as error:
        return None if error.code is BusinessNumberFault.EMPTY else NUMBER_REFUSALS[error.code]


def _makes(text: str) -> Fact:
    """제조, 공급 or both: who makes and supplies makes."""
    if "제조" in text and "비제조" not in text:
        return Fact.YES
    return Fact.NO if text else Fact.UNKNOWN


def _address_kind(text: str) -> AddressKind:
    """A place that calls itself a branch must not be taken for the head office, on which the rule may rest."""
    return (
        AddressKind.BRANCH
        if text.startswith(("지사", "지점", "지부", "분사무소", "사업소"))
        else AddressKind.HEAD_OFFICE
    )
