"""업체 이력: what became of a firm in the registry, one happening after another; nothing of it is ever deleted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import zip_longest

from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.facts import Fact
from gwannae.programme.hangul import search_key
from gwannae.programme.vendor_status import VendorCheck
from gwannae.programme.vendors import Certificate, SizeFact, Vendor, VendorAddress


class Happening(StrEnum):
    """What can become of a firm."""

    RENAMED = "renamed"
    NUMBER_CHANGED = "number_changed"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    MOVED = "moved"
    PLACE_ADDED = "place_added"
    PLACE_ENDED = "place_ended"
    SIZE_CHANGED = "size_changed"
    ITEMS_CHANGED = "items_changed"
    CERTIFICATES_CHANGED = "certificates_changed"
    DETAILS_CHANGED = "details_changed"
    CHECKED = "checked"
    RETIRED = "retired"
    RESTORED = "restored"
    MERGED = "merged"

    @property
    def label(self) -> str:
        """The word that offices use."""
        return _LABELS[self]


_LABELS = {
    Happening.RENAMED: "이름 바뀜",
    Happening.NUMBER_CHANGED: "사업자등록번호 바뀜",
    Happening.MOVED_IN: "관내로 옮김",
    Happening.MOVED_OUT: "관외로 옮김",
    Happening.MOVED: "주소 바뀜",
    Happening.PLACE_ADDED: "주소 늘어남",
    Happening.PLACE_ENDED: "주소 끝남",
    Happening.SIZE_CHANGED: "규모 자료 바뀜",
    Happening.ITEMS_CHANGED: "취급 품목 바뀜",
    Happening.CERTIFICATES_CHANGED: "인증 바뀜",
    Happening.DETAILS_CHANGED: "전화·업종 등 바뀜",
    Happening.CHECKED: "휴폐업 확인",
    Happening.RETIRED: "명부에서 내림",
    Happening.RESTORED: "명부에 다시 올림",
    Happening.MERGED: "다른 기록과 합침",
}

_SIZES = {Fact.YES: "중소기업·소상공인", Fact.NO: "중소기업·소상공인 아님", Fact.UNKNOWN: "확인 전"}
_DEEDS = {
    AuditEvent.VENDOR_RETIRED: Happening.RETIRED,
    AuditEvent.VENDOR_RESTORED: Happening.RESTORED,
    AuditEvent.VENDORS_MERGED: Happening.MERGED,
}


@dataclass(frozen=True, slots=True)
class VendorVersion:
    """A firm as it was until `replaced_at`; `replaced_by` is the file, service or reason that said otherwise."""

    vendor: Vendor
    replaced_at: datetime
    replaced_by: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that became of a firm, written down at `at`. `day` is since when it was so, where that is known;
    `source` from what (file, service, reason), `user_id` by whom, empty where nobody wrote it down.
    """

    at: datetime
    what: Happening
    before: str
    after: str
    source: str
    user_id: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class VendorHistory:
    """A firm as it is now, and all that became of it, the newest first."""

    vendor: Vendor
    happened: tuple[Happened, ...]


def history_of(
    now: Vendor,
    versions: Sequence[VendorVersion],
    checks: Iterable[VendorCheck],
    deeds: Iterable[AuditEntry],
    who: Mapping[datetime, str],
) -> VendorHistory:
    """Put a firm's history together. `versions` oldest first; `deeds` are the office's entries about it; `who` is the
    user id of whoever wrote at a moment.
    """
    found = [
        Happened(v.replaced_at, what, before, after, v.replaced_by, who.get(v.replaced_at, ""), day)
        for v, later in zip(versions, _later(versions, now), strict=True)
        for what, before, after, day in _changes(v.vendor, later)
    ]
    found += [
        Happened(c.checked_at, Happening.CHECKED, "", c.answer.state.label, c.source, c.user_id, c.answer.closed_on)
        for c in checks
    ]
    found += [
        Happened(e.at, _DEEDS[e.event], "", "", str(e.detail.get("reason", "")), e.user_id, _day(e.detail.get("day")))
        for e in deeds
        if e.event in _DEEDS
    ]
    found.sort(key=lambda happened: happened.at, reverse=True)
    return VendorHistory(now, tuple(found))


def _later(versions: Sequence[VendorVersion], now: Vendor) -> list[Vendor]:
    """What each version became."""
    return [*(version.vendor for version in versions), now][1:]


_Change = tuple[Happening, str, str, date | None]


def _changes(old: Vendor, new: Vendor) -> Iterator[_Change]:
    if old.name != new.name:
        yield Happening.RENAMED, old.name, new.name, None
    if old.business_number != new.business_number:
        yield Happening.NUMBER_CHANGED, old.business_number or "", new.business_number or "", None
    yield from _moves(old, new)
    if old.size != new.size:
        yield Happening.SIZE_CHANGED, _size(old.size), _size(new.size), new.size.checked_on
    if old.items != new.items:
        yield Happening.ITEMS_CHANGED, ", ".join(old.items), ", ".join(new.items), None
    if old.certificates != new.certificates:
        yield Happening.CERTIFICATES_CHANGED, _certificates(old.certificates), _certificates(new.certificates), None
    if (old.phone, old.trade, old.makes) != (new.phone, new.trade, new.makes):
        yield Happening.DETAILS_CHANGED, _details(old), _details(new), None


def _moves(old: Vendor, new: Vendor) -> Iterator[_Change]:
    stood, stands = _standing(old), _standing(new)
    ends = {_place(a): a.until for a in new.addresses if a.until is not None}
    for kind in dict.fromkeys(kind for kind, _ in (*stood, *stands)):
        gone = [a for place, a in stood.items() if place[0] is kind and place not in stands]
        fresh = [a for place, a in stands.items() if place[0] is kind and place not in stood]
        for left, came in zip_longest(gone, fresh):
            if left is None:
                yield Happening.PLACE_ADDED, "", came.text, came.since
            elif came is None:
                yield Happening.PLACE_ENDED, left.text, "", ends.get(_place(left))
            else:
                yield _move(left, came), left.text, came.text, came.since


def _move(left: VendorAddress, came: VendorAddress) -> Happening:
    if left.in_city is not Fact.YES and came.in_city is Fact.YES:
        return Happening.MOVED_IN
    if left.in_city is Fact.YES and came.in_city is Fact.NO:
        return Happening.MOVED_OUT
    return Happening.MOVED


def _standing(vendor: Vendor) -> dict[tuple[object, str], VendorAddress]:
    return {_place(a): a for a in vendor.addresses if a.until is None}


def _place(address: VendorAddress) -> tuple[object, str]:
    return address.kind, search_key(address.text)


def _size(size: SizeFact) -> str:
    return f"{_SIZES[size.small]}({size.evidence})" if size.evidence else _SIZES[size.small]


def _certificates(certificates: Iterable[Certificate]) -> str:
    return ", ".join(f"{c.kind.label}{f'({c.valid_to}까지)' if c.valid_to else ''}" for c in certificates)


def _details(vendor: Vendor) -> str:
    made = {Fact.YES: "직접 만듦", Fact.NO: "판매", Fact.UNKNOWN: ""}[vendor.makes]
    return ", ".join(filter(None, (vendor.phone, vendor.trade, made)))


def _day(kept: object) -> date | None:
    return date.fromisoformat(kept) if isinstance(kept, str) else None
