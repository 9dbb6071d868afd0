"""The made-up year's firms: where each is, what it sells, and what is known of it."""

from collections.abc import Iterator
from datetime import date, timedelta

from gwannae.bot.demo_year.chance import draw, pick, some
from gwannae.bot.demo_year.firm_names import LARGE, LOCAL, MOVED_IN, MOVED_OUT, OUTSIDE, UNCONFIRMED, Name
from gwannae.bot.demo_year.wares import WARES
from gwannae.programme.addresses import read_address
from gwannae.programme.business_number import check_digit
from gwannae.programme.city import City
from gwannae.programme.facts import Fact
from gwannae.programme.provinces import PROVINCES, Province
from gwannae.programme.vendors import (
    AddressKind,
    Certificate,
    CertificateKind,
    SizeFact,
    Vendor,
    VendorAddress,
)

DEMO_TODAY = date(2027, 6, 15)  # a Tuesday
AS_OF = date(2027, 6, 1)
SOURCE = "지어낸 명부"

_CAME = date(2027, 3, 1)
_LEFT = date(2027, 4, 1)
_FIRST_YEAR, _YEARS = 2009, 17
_ROADS = ("예시로", "보기길", "가상대로", "본보기로", "견본길", "모형로")
_TOWNS = ("예시군", "보기시", "가상군")  # no such counties: the province alone makes an address an outside one
_AREA_CODES = {
    "서울": "02", "경기": "031", "인천": "032", "강원": "033", "충남": "041", "대전": "042", "충북": "043",
    "세종": "044", "부산": "051", "울산": "052", "대구": "053", "경북": "054", "경남": "055", "전남": "061",
    "광주": "062", "전북": "063", "제주": "064",
}  # fmt: skip


def demo_vendors(city: City) -> list[Vendor]:
    """The registry of the made-up year, ids 0: local firms of every trade over all districts, then outside ones, then
    large ones, then those whose place nobody can tell.

    Business numbers begin with 000, which no tax office gives out, and have a valid check digit; telephone numbers
    have the exchange 000, which does not exist.
    """
    made = [*_local(city), *_outside(city), *_large(city), *_unconfirmed(city)]
    area = _area_code(city)
    certificates = _CertificateBook()
    return [
        Vendor(
            id=0,
            name=name.text,
            business_number=demo_business_number(number),
            phone=f"{_outside_area(addresses) or area}-000-{number:04d}",
            trade=trade,
            makes=Fact.YES if CertificateKind.DIRECT_PRODUCTION in name.certificates else Fact.UNKNOWN,
            size=size,
            items=items,
            addresses=addresses,
            certificates=certificates.of(name),
            as_of=AS_OF,
            source=SOURCE,
        )
        for number, (name, trade, items, addresses, size) in enumerate(made, start=1)
    ]


_Made = tuple[Name, str, tuple[str, ...], tuple[VendorAddress, ...], SizeFact]


def demo_business_number(number: int) -> str:
    """A business number that is valid and can belong to nobody; `number` up to 8,000 tells them apart."""
    nine = f"000{1_003 + number * 37:06d}"
    return f"{nine}{check_digit(nine)}"


def outside_text(city: City, *about: object) -> str:
    """An address in another province, on a road that is not there."""
    province = pick([p for p in PROVINCES if not _is_own(p, city)], "province", *about)
    return f"{province.name} {pick(_TOWNS, 'town', *about)} {_street(*about)}"


def _local(city: City) -> Iterator[_Made]:
    number = 0
    for trade, names in LOCAL.items():
        for index, name in enumerate(names):
            text = _city_text(city, number, name.text)
            number += 1
            since = _since(index, name.text)
            addresses = _addresses(city, (AddressKind.HEAD_OFFICE, text, since, None))
            if name.text == MOVED_IN:
                former = outside_text(city, name.text)
                addresses = _addresses(
                    city,
                    (AddressKind.HEAD_OFFICE, former, date(2019, 5, 1), _CAME),
                    (AddressKind.HEAD_OFFICE, text, _CAME, None),
                )
            elif CertificateKind.DIRECT_PRODUCTION in name.certificates:
                factory = _city_text(city, number, name.text, "factory")
                addresses += _addresses(city, (AddressKind.FACTORY, factory, since, None))
            yield name, trade, _items(trade, index, name.text), addresses, _size(index, name.text)


def _outside(city: City) -> Iterator[_Made]:
    for trade, names in OUTSIDE.items():
        for index, name in enumerate(names):
            text = outside_text(city, name.text)
            addresses = _addresses(city, (AddressKind.HEAD_OFFICE, text, _since(index, name.text), None))
            if name.text == MOVED_OUT:
                former = _city_text(city, draw(100, name.text), name.text)
                addresses = _addresses(
                    city,
                    (AddressKind.HEAD_OFFICE, former, date(2016, 9, 1), _LEFT),
                    (AddressKind.HEAD_OFFICE, text, _LEFT, None),
                )
            yield name, trade, _items(trade, index, name.text), addresses, _size(index, name.text)


def _large(city: City) -> Iterator[_Made]:
    for number, (trade, name) in enumerate(LARGE.items()):
        text = _city_text(city, number, name.text)
        addresses = _addresses(city, (AddressKind.HEAD_OFFICE, text, date(2012, 3, 1), None))
        yield name, trade, _items(trade, 0, name.text), addresses, SizeFact(Fact.NO, "기업규모: 중견기업", AS_OF)


def _unconfirmed(city: City) -> Iterator[_Made]:
    texts = (
        "",
        _street("alone"),
        "확인 중",
        f"{_city_text(city, 0, 'both')} / {outside_text(city, 'both')}",
    )
    for (trade, name), text in zip(UNCONFIRMED.items(), texts, strict=True):
        addresses = _addresses(city, (AddressKind.HEAD_OFFICE, text, None, None)) if text else ()
        yield name, trade, _items(trade, 0, name.text), addresses, SizeFact()


def _addresses(city: City, *written: tuple[AddressKind, str, date | None, date | None]) -> tuple[VendorAddress, ...]:
    made = []
    for kind, text, since, until in written:
        read = read_address(text, city.places)
        made.append(VendorAddress(kind, text, read.district, read.in_city, read.evidence.value, since, until))
    return tuple(made)


def _city_text(city: City, number: int, *about: object) -> str:
    places = city.places
    parts = [places.province, places.city] if places.province != places.city else [places.city]
    if places.districts:
        parts.append(places.districts[number % len(places.districts)].name)
    return " ".join([*parts, _street(*about)])


def _street(*about: object) -> str:
    return f"{pick(_ROADS, 'road', *about)} {1 + draw(180, 'house', *about)}"


def _since(index: int, name: str) -> date | None:
    """The first firm of each trade has been there for long: a rule on residence finds one that is local."""
    if index == 0:
        return date(2014, 1 + draw(12, "month", name), 1)
    if index > 1 and draw(4, "undated", name) == 0:
        return None
    return date(_FIRST_YEAR + draw(_YEARS, "year", name), 1 + draw(12, "month", name), 1)


def _items(trade: str, index: int, name: str) -> tuple[str, ...]:
    """The first firm of each trade has all its wares; the others at least three, among them the trade's first."""
    wares = [ware.item for ware in WARES[trade]]
    if index == 0:
        return tuple(wares)
    rest = wares[1:]
    return (wares[0], *some(rest, 2 + draw(len(rest) - 1, "items", name), name))


def _size(index: int, name: str) -> SizeFact:
    if index % 3 == 2:
        return SizeFact()
    return SizeFact(Fact.YES, f"기업규모: {pick(('소기업', '소상공인', '중기업'), name)}", AS_OF)


class _CertificateBook:
    """Gives out certificates by turns: of every six one ends within 60 days of the demo's day, and one is over."""

    def __init__(self) -> None:
        self._given = 0

    def of(self, name: Name) -> tuple[Certificate, ...]:
        return tuple(self._next(kind) for kind in name.certificates)

    def _next(self, kind: CertificateKind) -> Certificate:
        self._given += 1
        turn = self._given % 6
        if turn == 0:
            last = DEMO_TODAY + timedelta(days=4 + self._given * 7 % 56)
        elif turn == 5:
            last = DEMO_TODAY - timedelta(days=10 + self._given * 11 % 200)
        else:
            last = DEMO_TODAY + timedelta(days=120 + self._given * 37 % 800)
        first = last - timedelta(days=3 * 365)
        return Certificate(kind, f"보기-{first.year}-{self._given:04d}", first, last)


def _is_own(province: Province, city: City) -> bool:
    return city.places.province in (*province.full_names, province.short)


def _area_code(city: City) -> str:
    return next((_AREA_CODES[p.short] for p in PROVINCES if _is_own(p, city)), "070")


def _outside_area(addresses: tuple[VendorAddress, ...]) -> str | None:
    """The area code of where a firm is now, if that is in another province."""
    now = next((a for a in addresses if a.until is None and a.in_city is Fact.NO), None)
    return next((_AREA_CODES[p.short] for p in PROVINCES if now and now.text.startswith(p.name)), None)
