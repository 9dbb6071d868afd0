"""실적: reported purchases. One form is one row; a change names the version that it was made from."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError

from gwannae.programme.audit import AuditEntry
from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import (
    Draft,
    Purchase,
    PurchaseSource,
    PurchaseState,
    PurchaseVersion,
)
from gwannae.programme.verdict import Judgement
from gwannae.storage.database import Transaction
from gwannae.storage.pictures import draft_from, judgement_from, judgement_json
from gwannae.storage.purchase_errors import AlreadyStoredError as AlreadyStoredError
from gwannae.storage.purchase_errors import NoPurchaseError as NoPurchaseError
from gwannae.storage.purchase_errors import ReferenceGoneError as ReferenceGoneError
from gwannae.storage.purchase_errors import StaleError as StaleError
from gwannae.storage.purchase_rows import columns_of, purchase_of
from gwannae.storage.purchase_totals import totals as totals
from gwannae.storage.purchase_versions import insert_purchase, keep_version, version_columns
from gwannae.storage.tables.people import organisations
from gwannae.storage.tables.purchases import purchase_versions, purchases
from gwannae.storage.tables.registry import vendors

_BY_ID = select(purchases).where(purchases.c.id == bindparam("of"))
_HELD = _BY_ID.with_for_update()
_BY_FORM_KEY = select(purchases).where(purchases.c.form_key == bindparam("of"))
_OF_CHANGE = select(purchases).join(purchase_versions).where(purchase_versions.c.form_key == bindparam("of"))
_RECENT = (
    select(purchases)
    .where(purchases.c.reporter_team == bindparam("team"), purchases.c.reporter_user == bindparam("user"))
    .order_by(purchases.c.id.desc())
    .limit(bindparam("most"))
)
_HISTORY = (
    select(purchase_versions)
    .where(purchase_versions.c.purchase_id == bindparam("of"))
    .order_by(purchase_versions.c.version)
)
_UPDATE = update(purchases).where(
    purchases.c.id == bindparam("of"),
    purchases.c.version == bindparam("expected"),
    purchases.c.state == bindparam("stands"),
)
_PUT_BACK = update(purchases).where(purchases.c.id == bindparam("of"), purchases.c.version == bindparam("expected"))
_EQUAL_FROM_FILE = select(purchases).where(
    purchases.c.organisation_id == bindparam("organisation"),
    purchases.c.contract_date == bindparam("day"),
    purchases.c.amount == bindparam("won"),
    purchases.c.source == PurchaseSource.FILE.value,
    purchases.c.state == PurchaseState.REPORTED.value,
)
_NAMED = select(
    select(organisations.c.id).where(organisations.c.id == bindparam("organisation")).scalar_subquery().label("whose"),
    select(vendors.c.id).where(vendors.c.id == bindparam("vendor")).scalar_subquery().label("vendor"),
)


def add(
    tx: Transaction,
    draft: Draft,
    judgement: Judgement,
    *,
    actor: Actor,
    self_declared: bool,
    at: datetime,
    noted: AuditEntry | None = None,
) -> Purchase:
    """Store a report. Of many with one form key, at once or after one another, one is stored.

    `noted` is written down with it, about "purchase:" and its id, whatever its own subject is.

    Raises:
        AlreadyStoredError: the form key is taken; the transaction stays usable.
        ReferenceGoneError: there is no such organisation or vendor (any more).
    """
    moment = at.astimezone(UTC)
    picture = judgement_json(judgement)
    values = {
        **columns_of(draft, judgement, picture),
        "form_key": draft.form_key,
        "state": PurchaseState.REPORTED.value,
        "version": 1,
        "reporter_team": actor.team_id,
        "reporter_user": actor.user_id,
        "self_declared": self_declared,
        "reported_at": moment,
        "changed_at": moment,
    }
    version = version_columns(draft, picture, PurchaseState.REPORTED, 1, moment, actor)
    try:
        made = insert_purchase(tx, values, version, noted)
    except IntegrityError as error:
        raise _gone(tx, error, draft) from error
    if made is None:
        taken = by_form_key(tx, draft.form_key)
        assert taken is not None
        raise AlreadyStoredError(taken)
    return Purchase(
        made,
        draft,
        judgement,
        PurchaseState.REPORTED,
        1,
        actor.team_id,
        actor.user_id,
        self_declared,
        moment,
        moment,
    )


def change(
    tx: Transaction,
    purchase_id: int,
    expected_version: int,
    draft: Draft,
    judgement: Judgement,
    *,
    actor: Actor,
    at: datetime,
    import_id: int | None = None,
) -> Purchase:
    """Store a new version. The purchase keeps the form key of its first report. `import_id`: a file says so.

    A `draft.form_key` other than that is the key of the form that changes it: delivered twice it changes once.

    Raises:
        AlreadyStoredError: this form has changed it before.
        StaleError: another version is the latest now, or the purchase is cancelled.
        NoPurchaseError, ReferenceGoneError: there is no such row.
    """
    before = _existing(tx, purchase_id)
    form_key = None if draft.form_key == before.draft.form_key else draft.form_key
    _refuse_again(tx, form_key)
    moment = at.astimezone(UTC)
    values = {**columns_of(draft, judgement), "version": expected_version + 1, "changed_at": moment}
    try:
        _move(tx, purchase_id, expected_version, values)
    except StaleError:
        _refuse_again(tx, form_key)  # on PostgreSQL its other delivery may have been under way at the first look
        raise
    except IntegrityError as error:
        raise _gone(tx, error, draft) from error
    after = _existing(tx, purchase_id)
    keep_version(tx, after, actor, form_key, import_id)
    return after


def hold(tx: Transaction, purchase_id: int, expected_version: int, form_key: str) -> Purchase:
    """The purchase as a change by this form finds it: nobody else changes it until this transaction ends.

    For what must not be written when the change comes too late.

    Raises:
        AlreadyStoredError, StaleError, NoPurchaseError: as `change` would.
    """
    row = tx.execute(_HELD, {"of": purchase_id}).first()
    if row is None:
        raise NoPurchaseError(purchase_id)
    held = purchase_of(row)
    _refuse_again(tx, None if form_key == held.draft.form_key else form_key)
    if held.version != expected_version or held.state is not PurchaseState.REPORTED:
        raise StaleError(held)
    return held


def cancel(
    tx: Transaction,
    purchase_id: int,
    expected_version: int,
    *,
    actor: Actor,
    at: datetime,
    import_id: int | None = None,
) -> Purchase:
    """Cancel a report: it stays readable and counts nowhere. `import_id`: a file says so.

    Raises:
        StaleError: another version is the latest now, or it is cancelled already.
        NoPurchaseError: there is no such purchase.
    """
    return _turn(tx, purchase_id, expected_version, PurchaseState.CANCELLED, actor, at, import_id)


def restore(tx: Transaction, purchase_id: int, expected_version: int, *, actor: Actor, at: datetime) -> Purchase:
    """Take a cancelling back: it counts again, as it was and as it was judged.

    Raises:
        StaleError: another version is the latest now, or it is not cancelled.
        NoPurchaseError: there is no such purchase.
    """
    return _turn(tx, purchase_id, expected_version, PurchaseState.REPORTED, actor, at)


def put_back(
    tx: Transaction, purchase_id: int, first: int, last: int, *, actor: Actor, at: datetime
) -> Purchase | None:
    """Make a purchase what it was before an import's versions `first` to `last`; None when it was changed since.

    The new version is the earlier import's again where one had made it, so that this one can be undone as well.
    """
    now = _existing(tx, purchase_id)
    if now.version != last:
        return None
    rows = [row for row in tx.execute(_HISTORY, {"of": purchase_id}) if row.version < first]
    if not rows:
        return cancel(tx, purchase_id, last, actor=actor, at=at)
    before = rows[-1]
    values = {
        **columns_of(draft_from(before.draft), judgement_from(before.judgement)),
        "state": before.state,
        "version": last + 1,
        "changed_at": at.astimezone(UTC),
    }
    tx.execute(_PUT_BACK.values(values), {"of": purchase_id, "expected": last})
    after = _existing(tx, purchase_id)
    keep_version(tx, after, actor, None, before.import_id)
    return after


def equal_from_file(tx: Transaction, organisation_id: int, day: date, amount: int) -> list[Purchase]:
    """What files brought in for an organisation with this day and amount, and counts."""
    given = {"organisation": organisation_id, "day": day, "won": amount}
    return [purchase_of(row) for row in tx.execute(_EQUAL_FROM_FILE, given)]


def purchase(tx: Transaction, purchase_id: int) -> Purchase | None:
    """The purchase of that id, cancelled or not."""
    row = tx.execute(_BY_ID, {"of": purchase_id}).first()
    return None if row is None else purchase_of(row)


def by_form_key(tx: Transaction, form_key: str) -> Purchase | None:
    """The purchase that the form of this key reported."""
    row = tx.execute(_BY_FORM_KEY, {"of": form_key}).first()
    return None if row is None else purchase_of(row)


def history(tx: Transaction, purchase_id: int) -> list[PurchaseVersion]:
    """All its versions, oldest first; empty when there is no such purchase."""
    first = purchase(tx, purchase_id)
    if first is None:
        return []
    return [
        PurchaseVersion(
            row.version,
            draft_from(row.draft),
            judgement_from(row.judgement),
            PurchaseState(row.state),
            row.changed_by_team,
            row.changed_by_user,
            row.changed_at,
        )
        for row in tx.execute(_HISTORY, {"of": purchase_id})
    ]


def recent_of(tx: Transaction, team_id: str, user_id: str, limit: int) -> list[Purchase]:
    """What a person reported, latest first, cancelled ones included."""
    rows = tx.execute(_RECENT, {"team": team_id, "user": user_id, "most": limit})
    return [purchase_of(row) for row in rows]


def _turn(
    tx: Transaction,
    purchase_id: int,
    expected_version: int,
    state: PurchaseState,
    actor: Actor,
    at: datetime,
    import_id: int | None = None,
) -> Purchase:
    """The purchase in its other state."""
    _existing(tx, purchase_id)
    before = next(other for other in PurchaseState if other is not state)
    values = {"state": state.value, "version": expected_version + 1, "changed_at": at.astimezone(UTC)}
    _move(tx, purchase_id, expected_version, values, stands=before)
    after = _existing(tx, purchase_id)
    keep_version(tx, after, actor, None, import_id)
    return after


def _existing(tx: Transaction, purchase_id: int) -> Purchase:
    found = purchase(tx, purchase_id)
    if found is None:
        raise NoPurchaseError(purchase_id)
    return found


def _refuse_again(tx: Transaction, form_key: str | None) -> None:
    """Raise AlreadyStoredError if the form of this key has changed a purchase before."""
    row = None if form_key is None else tx.execute(_OF_CHANGE, {"of": form_key}).first()
    if row is not None:
        raise AlreadyStoredError(purchase_of(row))


def _move(
    tx: Transaction,
    purchase_id: int,
    expected_version: int,
    values: dict[str, Any],
    *,
    stands: PurchaseState = PurchaseState.REPORTED,
) -> None:
    wanted = {"of": purchase_id, "expected": expected_version, "stands": stands.value}
    done = tx.execute(_UPDATE.values(values), wanted)
    if done.rowcount != 1:
        raise StaleError(_existing(tx, purchase_id))


def _gone(tx: Transaction, error: IntegrityError, draft: Draft) -> Exception:
    """What a purchase names and is not there; any other broken rule is a fault of the caller. PostgreSQL says which one
    it was, and takes no more questions then.
    """
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        no_organisation = diagnosis.constraint_name == "fk_purchases_organisation_id"
        no_vendor = diagnosis.constraint_name == "fk_purchases_vendor_id"
    else:
        named = {"organisation": draft.organisation_id, "vendor": draft.firm.vendor_id}
        whose, vendor = tx.execute(_NAMED, named).one()
        no_organisation, no_vendor = whose is None, vendor is None
    if no_organisation:
        return ReferenceGoneError("organisation", draft.organisation_id)
    if no_vendor and draft.firm.vendor_id is not None:
        return ReferenceGoneError("vendor", draft.firm.vendor_id)
    return error
