"""Turns rows of a vendor file into the programme's vendors: address and size become facts with their evidence."""

from collections import Counter

from gwannae.programme.addresses import AddressEvidence, AddressReading, read_address
from gwannae.programme.facts import Fact
from gwannae.programme.hangul import search_key
from gwannae.programme.places import Places
from gwannae.programme.vendors import (
    AddressKind,
    Certificate,
    CertificateKind,
    Vendor,
    VendorAddress,
    read_certificate,
)
from gwannae.programme.vendors_import import LeftOut, LeftOutCode
from gwannae.readers.vendor_cells import CertificateText
from gwannae.readers.vendor_rows import VendorRow

# What an address leaves open a district beside it may settle; what it says itself is never overruled.
_OPEN = (AddressEvidence.NEIGHBOURHOOD_ONLY, AddressEvidence.UNREADABLE, AddressEvidence.EMPTY)


class VendorMaker:
    """Makes vendors of the rows of one source, and remembers what had to be left out."""

    def __init__(self, places: Places, source: str) -> None:
        """`source` names the file, as it is shown and kept."""
        self._places = places
        self._source = source
        self._districts = {search_key(name): d.name for d in places.districts for name in (d.name, *d.aliases)}
        self._kinds: dict[str, CertificateKind | None] = {}
        self._left_out: Counter[tuple[LeftOutCode, str]] = Counter()
        self._first_rows: dict[tuple[LeftOutCode, str], int] = {}

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What was left out so far, the most frequent first."""
        return tuple(
            LeftOut(code, value, rows, self._first_rows[code, value])
            for (code, value), rows in self._left_out.most_common()
        )

    def make(self, row: VendorRow) -> Vendor:
        """The firm of a row, not yet stored."""
        return Vendor(
            0,
            row.name,
            row.business_number,
            row.phone,
            row.trade,
            row.makes,
            row.size,
            row.items,
            self._addresses(row.address, row.district, row.address_kind),
            self._certificates(row.number, row.certificates) if row.certificates else (),
            row.as_of,
            self._source,
            kinds=row.kinds,
        )

    def _addresses(self, text: str, district: str | None, kind: AddressKind) -> tuple[VendorAddress, ...]:
        if not text and district is None:
            return ()
        reading = read_address(text, self._places)
        if district is not None and reading.in_city is not Fact.NO:
            reading = self._with_district(reading, text, district)
        return (
            VendorAddress(
                kind,
                text or district or "",
                reading.district,
                reading.in_city,
                reading.evidence.value,
            ),
        )

    def _with_district(self, reading: AddressReading, text: str, cell: str) -> AddressReading:
        """Read the district's own column as what it is: the beginning that the address beside it leaves out."""
        name = self._districts.get(search_key(cell))
        if reading.in_city is Fact.YES:
            if reading.district is None and name is not None:
                return AddressReading(reading.in_city, name, reading.evidence, reading.read)
            return reading
        if reading.evidence in _OPEN:
            return read_address(f"{name or cell} {text}", self._places)
        return reading

    def _certificates(self, number: int, texts: tuple[CertificateText, ...]) -> tuple[Certificate, ...]:
        found: dict[Certificate, None] = {}
        for text in texts:
            if text.kind not in self._kinds:
                self._kinds[text.kind] = read_certificate(text.kind)
            kind = self._kinds[text.kind]
            if kind is None:
                self._leave_out(LeftOutCode.CERTIFICATE_UNKNOWN, text.kind, number)
            elif text.valid_from and text.valid_to and text.valid_to < text.valid_from:
                term = f"{text.kind} {text.valid_from.isoformat()}~{text.valid_to.isoformat()}"
                self._leave_out(LeftOutCode.CERTIFICATE_TERM, term, number)
            else:
                found[Certificate(kind, text.number or "", text.valid_from, text.valid_to)] = None
        return tuple(found)

    def _leave_out(self, code: LeftOutCode, value: str, number: int) -> None:
        self._left_out[code, value] += 1
        self._first_rows.setdefault((code, value), number)
