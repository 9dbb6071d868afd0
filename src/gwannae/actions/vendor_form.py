"""Reads the office's form about one firm: what was typed beside what is known, or what is wrong with it."""

from dataclasses import replace
from datetime import date

from gwannae.programme.addresses import read_address
from gwannae.programme.business_number import BusinessNumberError, read_business_number
from gwannae.programme.hangul import search_key
from gwannae.programme.places import Places
from gwannae.programme.vendor_changes import ChangeFault, VendorForm
from gwannae.programme.vendors import AddressKind, Vendor, VendorAddress
from gwannae.readers.vendor_cells import clean, is_nothing, read_phone, split_items
from gwannae.storage.vendor_update import addresses_after


def read_form(form: VendorForm, known: Vendor, places: Places, today: date) -> tuple[Vendor, tuple[ChangeFault, ...]]:
    """The firm as the form says that it is, and what is wrong with the form (then the firm is not to be stored).

    A field left empty says nothing: what is known stays. A dash in number or phone takes it away. `known` has id 0 and
    nothing else for a new firm, which needs a name and items.
    """
    faults: list[ChangeFault] = []
    name = clean(form.name) or known.name
    items = split_items(form.items) or known.items
    if not search_key(name):
        faults.append(ChangeFault.NAME_MISSING)
    if not items and not known.id:
        faults.append(ChangeFault.ITEMS_MISSING)
    number = _number(form.business_number, known.business_number, faults)
    phone = _phone(form.phone, known.phone, faults)
    addresses = _addresses(form, known, places, today, faults)
    if not clean(form.reason):
        faults.append(ChangeFault.REASON_MISSING)
    read = replace(known, name=name, business_number=number, phone=phone, items=items, addresses=addresses, as_of=today)
    return read, tuple(faults)


def _number(typed: str, known: str | None, faults: list[ChangeFault]) -> str | None:
    if not clean(typed):
        return known
    if is_nothing(typed):
        return None
    try:
        return read_business_number(typed)
    except BusinessNumberError:
        faults.append(ChangeFault.NUMBER_WRONG)
        return known


def _phone(typed: str, known: str | None, faults: list[ChangeFault]) -> str | None:
    if not clean(typed):
        return known
    if is_nothing(typed):
        return None
    phone, _ = read_phone(typed)
    if phone is None:  # a mobile number among others: it is somebody's own and never kept
        faults.append(ChangeFault.PHONE_WRONG)
    return phone


def _addresses(
    form: VendorForm, known: Vendor, places: Places, today: date, faults: list[ChangeFault]
) -> tuple[VendorAddress, ...]:
    """A new head office ends the one before on the day it began; a day alone says since when the present one stands."""
    text, since = clean(form.address), form.since
    if since is not None and since > today:
        faults.append(ChangeFault.DAY_AHEAD)
    if text:
        reading = read_address(text, places)
        place = VendorAddress(
            AddressKind.HEAD_OFFICE, text, reading.district, reading.in_city, reading.evidence.value, since
        )
        return addresses_after(known.addresses, (place,), since or today)
    if since is None:
        return known.addresses
    heads = [a for a in known.addresses if a.until is None and a.kind is AddressKind.HEAD_OFFICE]
    if not heads:
        faults.append(ChangeFault.SINCE_WITHOUT_ADDRESS)
    return tuple(replace(a, since=since) if a in heads else a for a in known.addresses)
