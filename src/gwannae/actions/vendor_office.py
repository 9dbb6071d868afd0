"""업체 고치기: the programme office adds, corrects, merges and retires firms. Nothing is ever deleted."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from gwannae.actions.permission import asked
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendor_form import read_form
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.localvendor import FirmGone
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.programme.vendor_changes import (
    MAX_REASON,
    AlreadyChanged,
    ChangeFault,
    ChangeOutcome,
    ChangeRefused,
    NotTheOffice,
    RecordGone,
    RecordMoved,
    VendorAdded,
    VendorCorrected,
    VendorForm,
    VendorRestored,
    VendorRetired,
    VendorsMerged,
)
from gwannae.programme.vendor_merging import merged
from gwannae.programme.vendors import Vendor
from gwannae.readers.vendor_cells import clean
from gwannae.storage import audit, events, vendor_import, vendor_retirements
from gwannae.storage import vendor_update as history
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction


def firm_to_keep(toolkit: Toolkit, actor: Actor, vendor_id: int, now: datetime) -> Vendor | NotTheOffice | FirmGone:
    """The firm that a form is about to be opened for, retired or not (the form's own action asks); an empty one for
    `vendor_id` 0. The office alone.
    """
    if not asked(toolkit, actor, now, Deed.KEEP_REGISTRY, f"vendor:{vendor_id}"):
        return NotTheOffice()
    if not vendor_id:
        return _new(toolkit)
    with toolkit.database.read() as tx:
        vendor = vendor_store.vendor(tx, vendor_id)
    return vendor or FirmGone(vendor_id)


def add_vendor(toolkit: Toolkit, actor: Actor, form: VendorForm, form_key: str, now: datetime) -> ChangeOutcome:
    """Put a firm into the registry by hand."""

    def add(tx: Transaction) -> ChangeOutcome:
        vendor, faults = read_form(form, _new(toolkit), toolkit.city.places, now.date())
        if refused := _refused(tx, vendor, faults):
            return refused
        [vendor_id] = vendor_import.insert_vendors(tx, [vendor], at=now)
        _end(tx, actor, AuditEvent.VENDOR_ADDED, vendor_id, {"reason": _kept(form.reason)}, now)
        return VendorAdded(replace(vendor, id=vendor_id))

    return _change(toolkit, actor, 0, form_key, now, add)


def correct_vendor(
    toolkit: Toolkit, actor: Actor, vendor_id: int, version: int, form: VendorForm, form_key: str, now: datetime
) -> ChangeOutcome:
    """Say what is true of a firm instead; `version` is the one that the form was opened with."""

    def correct(tx: Transaction) -> ChangeOutcome:
        known = _standing(tx, vendor_id)
        if known is None:
            return RecordGone()
        vendor, faults = read_form(form, replace(known, version=version), toolkit.city.places, now.date())
        if refused := _refused(tx, vendor, faults):
            return refused
        said = replace(vendor, source=toolkit.city.programme_office)
        after = history.correct_vendor(tx, said, at=now, reason=_kept(form.reason))
        if after is None:
            return VendorCorrected(known, changed=False)
        _end(tx, actor, AuditEvent.VENDOR_CORRECTED, vendor_id, {"reason": _kept(form.reason)}, now)
        return VendorCorrected(after)

    return _change(toolkit, actor, vendor_id, form_key, now, correct)


def retire_vendor(
    toolkit: Toolkit, actor: Actor, vendor_id: int, day: date | None, reason: str, form_key: str, now: datetime
) -> ChangeOutcome:
    """Take a firm off the list: nobody finds it any more, and its addresses end on `day`, so that no later contract
    counts as local. What was reported before keeps its verdict.
    """

    def retire(tx: Transaction) -> ChangeOutcome:
        known = _standing(tx, vendor_id)
        if known is None:
            return RecordGone()
        faults = [ChangeFault.REASON_MISSING] if not _kept(reason) else []
        if day is None:
            faults.append(ChangeFault.DAY_MISSING)
        elif day > now.date():
            faults.append(ChangeFault.DAY_AHEAD)
        if faults or day is None:
            return ChangeRefused(tuple(faults))
        history.correct_vendor(tx, _closed(known, day), at=now, reason=_kept(reason))
        vendor_retirements.retire(tx, vendor_id, day, _kept(reason), by=actor, at=now)
        detail = {"reason": _kept(reason), "day": day.isoformat()}
        _end(tx, actor, AuditEvent.VENDOR_RETIRED, vendor_id, detail, now)
        return VendorRetired(known, day)

    return _change(toolkit, actor, vendor_id, form_key, now, retire)


def restore_vendor(
    toolkit: Toolkit, actor: Actor, vendor_id: int, reason: str, form_key: str, now: datetime
) -> ChangeOutcome:
    """Take a retirement back: the addresses that it ended stand again. A merged record stays where it is."""

    def restore(tx: Transaction) -> ChangeOutcome:
        retired = vendor_retirements.retirement(tx, vendor_id)
        known = vendor_store.vendor(tx, vendor_id)
        if retired is None or known is None or not vendor_retirements.restore(tx, vendor_id):
            return RecordGone()
        if not _kept(reason):
            return ChangeRefused((ChangeFault.REASON_MISSING,))
        opened = tuple(replace(a, until=None) if a.until == retired.day else a for a in known.addresses)
        after = history.correct_vendor(tx, replace(known, addresses=opened), at=now, reason=_kept(reason))
        _end(tx, actor, AuditEvent.VENDOR_RESTORED, vendor_id, {"reason": _kept(reason)}, now)
        return VendorRestored(after or known)

    return _change(toolkit, actor, vendor_id, form_key, now, restore)


def merge_vendors(
    toolkit: Toolkit, actor: Actor, kept_id: int, other_id: int, reason: str, form_key: str, now: datetime
) -> ChangeOutcome:
    """Make two records of one firm one. The other is off the list and points to the kept one; purchases reported with
    it keep what was written, and are counted with the kept one.
    """

    def merge(tx: Transaction) -> ChangeOutcome:
        kept, other = _standing(tx, kept_id), _standing(tx, other_id)
        if kept is None:
            return RecordGone()
        faults = [ChangeFault.REASON_MISSING] if not _kept(reason) else []
        if other is None or other.id == kept.id:
            return ChangeRefused((*faults, ChangeFault.OTHER_MISSING))
        if kept.business_number and other.business_number:
            faults.append(ChangeFault.OTHER_NUMBER)
        if faults:
            return ChangeRefused(tuple(faults))
        day, why = now.date(), _kept(reason)
        # the other one first: a number belongs to one record at a time
        history.correct_vendor(tx, replace(_closed(other, day), business_number=None), at=now, reason=why)
        after = history.correct_vendor(tx, merged(kept, other), at=now, reason=why)
        vendor_retirements.retire(tx, other_id, day, why, by=actor, at=now, merged_into=kept_id)
        _end(tx, actor, AuditEvent.VENDORS_MERGED, kept_id, {"reason": why, "other": other_id}, now)
        return VendorsMerged(after or kept, other)

    return _change(toolkit, actor, kept_id, form_key, now, merge)


class _TakenBackError(Exception):
    """Nothing of the transaction is to stay; `outcome` says why."""

    def __init__(self, outcome: ChangeOutcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def _change(
    toolkit: Toolkit,
    actor: Actor,
    vendor_id: int,
    form_key: str,
    now: datetime,
    change: Callable[[Transaction], ChangeOutcome],
) -> ChangeOutcome:
    """One change in one transaction, while nobody else writes to the registry. A form that Slack delivers twice, or a
    person sends twice, changes once; one that was refused may be sent again.
    """
    if not asked(toolkit, actor, now, Deed.KEEP_REGISTRY, f"vendor:{vendor_id}"):
        return NotTheOffice()
    try:
        with toolkit.database.write() as tx:
            vendor_import.lock_registry(tx)
            if not events.first_time(tx, f"vendor-form:{form_key}", now):
                return AlreadyChanged()
            outcome = change(tx)
            if isinstance(outcome, ChangeRefused | RecordGone):
                raise _TakenBackError(outcome)
            return outcome
    except history.MovedOnError:
        return RecordMoved()
    except _TakenBackError as taken_back:
        return taken_back.outcome


def _standing(tx: Transaction, vendor_id: int) -> Vendor | None:
    """The firm, if it is on the list."""
    gone = vendor_retirements.retirement(tx, vendor_id) is not None
    return None if gone else vendor_store.vendor(tx, vendor_id)


def _refused(tx: Transaction, vendor: Vendor, faults: tuple[ChangeFault, ...]) -> ChangeRefused | None:
    owner = vendor_store.by_business_number(tx, vendor.business_number) if vendor.business_number else None
    if owner is not None and owner.id != vendor.id:
        gone = vendor_retirements.retirement(tx, owner.id) is not None
        faults = (*faults, ChangeFault.NUMBER_RETIRED if gone else ChangeFault.NUMBER_TAKEN)
    return ChangeRefused(faults) if faults else None


def _closed(vendor: Vendor, day: date) -> Vendor:
    """Every place that still stands ends on the day; one that began later ends as it begins."""
    ended = tuple(replace(a, until=max(day, a.since or day)) if a.until is None else a for a in vendor.addresses)
    return replace(vendor, addresses=ended)


def _new(toolkit: Toolkit) -> Vendor:
    return Vendor(0, "", source=toolkit.city.programme_office)


def _kept(reason: str) -> str:
    return clean(reason)[:MAX_REASON]


def _end(
    tx: Transaction, actor: Actor, event: AuditEvent, vendor_id: int, detail: Mapping[str, object], now: datetime
) -> None:
    vendor_import.end_import(tx, as_of=None, at=now)
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, f"vendor:{vendor_id}", detail))
