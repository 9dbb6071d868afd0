"""What a purchase was from each change on: versions, the first one stored together with its purchase."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert

from gwannae.programme.audit import AuditEntry
from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import Draft, Purchase, PurchaseState
from gwannae.storage import audit
from gwannae.storage.bulk import insert_at_once
from gwannae.storage.database import Transaction
from gwannae.storage.pictures import draft_json, judgement_json
from gwannae.storage.statements import insert_if_absent, insert_with_others
from gwannae.storage.tables.purchases import purchase_versions, purchases
from gwannae.storage.tables.records import audit_entries

_ABOUT = "purchase:"  # and the id: what an audit entry of a purchase is about
_ADD_VERSION = insert(purchase_versions)


def insert_purchase(
    tx: Transaction, values: dict[str, Any], version: dict[str, Any], noted: AuditEntry | None
) -> int | None:
    """The new purchase's id, its first version and the entry beside it; None where its form key is taken."""
    made: int | None
    if tx.dialect.name == "sqlite":
        made = insert_at_once(tx, insert_if_absent(tx, purchases, "id"), values)
        if made is not None:
            insert_at_once(tx, _ADD_VERSION, {"purchase_id": made, **version})
            if noted is not None:
                audit.write(tx, replace(noted, subject=f"{_ABOUT}{made}"))
        return made
    others: list[tuple[Table, str, str, dict[str, Any]]] = [(purchase_versions, "purchase_id", "", version)]
    if noted is not None:
        entry = audit.columns_of(noted)
        del entry["subject"]
        others.append((audit_entries, "subject", _ABOUT, entry))
    statement = insert_with_others(purchases, tuple(values), tuple((*other[:3], tuple(other[3])) for other in others))
    given = {f"{table.name}_{name}": value for table, _, _, columns in others for name, value in columns.items()}
    made = insert_at_once(tx, statement, {**values, **given})
    return made


def keep_version(
    tx: Transaction, after: Purchase, actor: Actor, form_key: str | None, import_id: int | None = None
) -> None:
    """Keep what a purchase is now as its newest version."""
    picture = judgement_json(after.judgement)
    said = version_columns(
        after.draft, picture, after.state, after.version, after.changed_at, actor, form_key, import_id
    )
    insert_at_once(tx, _ADD_VERSION, {"purchase_id": after.id, **said})


def version_columns(
    draft: Draft,
    picture: dict[str, Any],
    state: PurchaseState,
    version: int,
    changed_at: datetime,
    actor: Actor,
    form_key: str | None = None,
    import_id: int | None = None,
) -> dict[str, Any]:
    """A version as its columns, but for the purchase's id; `picture` is the judgement's."""
    return {
        "version": version,
        "form_key": form_key,
        "draft": draft_json(draft),
        "judgement": picture,
        "state": state.value,
        "changed_by_team": actor.team_id,
        "changed_by_user": actor.user_id,
        "changed_at": changed_at,
        "import_id": import_id,
    }
