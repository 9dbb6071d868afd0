"""Several records of one firm: what holds when they are put together, and when they cannot both be true."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from gwannae.programme.facts import Fact
from gwannae.programme.hangul import firm_key, search_key
from gwannae.programme.purchase_kind import in_order_of_kinds
from gwannae.programme.vendors import Certificate, SizeFact, Vendor, VendorAddress


def joined(records: Sequence[Vendor]) -> Vendor | None:
    """Records of one source that speak of one firm, as one; None when they contradict each other.

    The record of the newest day holds; older ones fill its gaps. Items and certificates are added up. Records of the
    same day must agree on name, head office and size: which of two addresses is right decides what is local.
    """
    if len(records) == 1:
        return records[0]
    in_order = sorted(records, key=lambda v: v.as_of or date.min, reverse=True)
    newest = [v for v in in_order if v.as_of == in_order[0].as_of]
    if not _agree(newest):
        return None
    first = in_order[0]
    addresses = next((v.addresses for v in in_order if v.addresses), ())
    return replace(
        first,
        business_number=_first(v.business_number for v in in_order),
        phone=_first(v.phone for v in in_order),
        trade=_first(v.trade for v in in_order),
        makes=_strongest(v.makes for v in in_order),
        size=next((v.size for v in in_order if _is_stated(v.size)), first.size),
        items=_each_once(item for v in records for item in v.items),
        addresses=addresses,
        certificates=tuple(dict.fromkeys(c for v in in_order for c in v.certificates)),
        kinds=in_order_of_kinds(kind for v in records for kind in v.kinds),
    )


def merged(kept: Vendor, other: Vendor) -> Vendor:
    """Two records of one firm, as the office says, in the place of the first: what it states holds, the other fills
    its gaps; items and certificates are added up. Addresses are the first one's, for two could not both be the place.
    """
    return replace(
        kept,
        business_number=kept.business_number or other.business_number,
        phone=kept.phone or other.phone,
        trade=kept.trade or other.trade,
        makes=_strongest((kept.makes, other.makes)),
        size=kept.size if _is_stated(kept.size) else other.size,
        items=_each_once([*kept.items, *other.items]),
        addresses=kept.addresses or other.addresses,
        certificates=tuple(dict.fromkeys([*kept.certificates, *other.certificates])),
        kinds=in_order_of_kinds([*kept.kinds, *other.kinds]),
    )


def with_known(known: Vendor, said: Vendor) -> Vendor:
    """What a source says of a firm that is known, filled up with what it does not speak of.

    A list without a phone column does not make a firm lose its phone. What it does speak of holds: items that are no
    longer named are no longer offered. Certificates are replaced kind by kind, for lists often name one kind only.
    Lists with other columns may be taken in by turns: the second round changes nothing.
    """
    return replace(
        said,
        id=known.id,
        business_number=said.business_number or known.business_number,
        phone=said.phone or known.phone,
        trade=said.trade or known.trade,
        makes=known.makes if said.makes is Fact.UNKNOWN else said.makes,
        size=_newer_size(known.size, said.size),
        items=_items(known, said),
        addresses=tuple(_as_known(a, known.addresses) for a in said.addresses),
        certificates=_certificates(known.certificates, said.certificates),
        version=known.version,
        status=known.status,
        kinds=said.kinds or known.kinds,
    )


def _agree(records: Sequence[Vendor]) -> bool:
    names = {firm_key(v.name) for v in records}
    numbers = {v.business_number for v in records if v.business_number}
    places = {search_key(v.head_office.text) for v in records if v.head_office is not None}
    sizes = {v.size.small for v in records} - {Fact.UNKNOWN}
    return len(names) == 1 and len(numbers) <= 1 and len(places) <= 1 and len(sizes) <= 1


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _strongest(facts: Iterable[Fact]) -> Fact:
    """A firm of which one row says that it makes something makes something."""
    seen = set(facts)
    return next((fact for fact in (Fact.YES, Fact.NO) if fact in seen), Fact.UNKNOWN)


def _each_once(items: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for item in items:
        seen.setdefault(item.casefold(), item)
    return tuple(seen.values())


def _items(known: Vendor, said: Vendor) -> tuple[str, ...]:
    """A list that names a trade and no items takes no items away; one that names items leaves the trade alone."""
    if not said.items:
        return known.items
    if _is_trade_alone(said):
        return _each_once([*(i for i in known.items if not _is_of_trade(i, known.trade)), *said.items])
    kept = [i for i in known.items if _is_of_trade(i, known.trade)] if said.trade is None else []
    return _each_once([*said.items, *kept])


def _is_trade_alone(vendor: Vendor) -> bool:
    return all(_is_of_trade(item, vendor.trade) for item in vendor.items)


def _is_of_trade(item: str, trade: str | None) -> bool:
    return trade is not None and search_key(item) in search_key(trade)


def _is_stated(size: SizeFact) -> bool:
    return size.small is not Fact.UNKNOWN or bool(size.evidence)


def _newer_size(known: SizeFact, said: SizeFact) -> SizeFact:
    if said.small is not Fact.UNKNOWN:
        return said
    return said if known.small is Fact.UNKNOWN and said.evidence else known


def _as_known(said: VendorAddress, known: Sequence[VendorAddress]) -> VendorAddress:
    """The same address in another spelling is no move; without a district it is still in the one that was named."""
    key = search_key(said.text)
    same = next((a for a in known if a.kind is said.kind and a.until is None and search_key(a.text) == key), None)
    if same is None:
        return said
    if said.in_city is Fact.UNKNOWN:
        return same
    keeps = said.district is None and said.in_city is same.in_city
    return replace(said, text=same.text, district=same.district if keeps else said.district)


def _certificates(known: Sequence[Certificate], said: Sequence[Certificate]) -> tuple[Certificate, ...]:
    """Known ones in their order, replaced where the same kind is named with number or term; new kinds behind them.

    A bare mark ("여성기업") does not make a certificate lose its number and term.
    """
    known_kinds = {old.kind for old in known}
    taken = [new for new in said if not _is_bare(new) or new.kind not in known_kinds]
    replaced = {new.kind for new in taken}
    after: dict[Certificate, None] = {}
    for old in known:
        after.update(dict.fromkeys([old] if old.kind not in replaced else [n for n in taken if n.kind is old.kind]))
    after.update(dict.fromkeys(taken))
    return tuple(after)


def _is_bare(certificate: Certificate) -> bool:
    return not (certificate.number or certificate.valid_from or certificate.valid_to)
