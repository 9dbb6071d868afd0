"""A file of purchases as its rows, and what they would do: for a look at it and for the storing alike."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from gwannae.actions.purchase_owners import Owners
from gwannae.actions.purchase_plan import Plan, make_plan
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.city import earliest_contract_date
from gwannae.programme.hangul import search_key
from gwannae.programme.import_questions import QuestionKind
from gwannae.programme.organisations import Actor
from gwannae.programme.purchase_imports import ImportBatch
from gwannae.programme.purchase_lines import Line, RefusedRow
from gwannae.readers.purchase_columns import PurchaseColumn
from gwannae.storage import purchase_imports as imports
from gwannae.storage.database import Transaction

if TYPE_CHECKING:
    from gwannae.readers.purchases import PurchaseFile


TELL_EVERY = 500  # rows
Progress = Callable[[int], None]
Rows = list[Line | RefusedRow]
Columns = tuple[tuple[str, str], ...]


def sender_of(batch: ImportBatch) -> Actor:
    """Who gave the file, and so reports what is in it."""
    return Actor(batch.team_id, batch.user_id, batch.channel_id or None)


def read_rows(toolkit: Toolkit, batch: ImportBatch, content: bytes, progress: Progress | None) -> tuple[Columns, Rows]:
    """The columns that were found, and all rows; raises FileFault. What was answered of its columns is known."""
    with toolkit.database.read() as tx:
        said = imports.answers(tx, batch.id)
        known = {} if batch.organisation_id is None else imports.remembered_columns(tx, batch.organisation_id)
    for key, word in said.items():
        kind, _, field = key.partition(":")
        if kind == QuestionKind.COLUMN and search_key(word):
            known[search_key(word)] = field
    fields = {column.value: column for column in PurchaseColumn}
    remembered = {word: fields[field] for word, field in known.items() if field in fields}
    today = batch.received_at.astimezone(toolkit.city.zone).date()
    earliest = earliest_contract_date(toolkit.city.calendar, today)
    from gwannae.readers.purchases import read_purchases  # nothing that a start needs

    opened = read_purchases(content, today=today, earliest=earliest, remembered=remembered)
    return columns_of(opened), gone_through(opened, progress)


def gone_through(opened: "PurchaseFile", progress: Progress | None) -> Rows:
    """All rows of a file that is open."""
    rows: Rows = []
    for row in opened:
        rows.append(row)
        if progress is not None and len(rows) % TELL_EVERY == 0:
            progress(len(rows))
    return rows


def plan_of(tx: Transaction, toolkit: Toolkit, batch: ImportBatch, rows: Rows, now: datetime) -> Plan:
    """What a file would do as of now, with the answers that were given."""
    owners = Owners(tx, sender_of(batch), batch.organisation_id, now.date())
    return make_plan(tx, toolkit.city, rows, owners, imports.answers(tx, batch.id), now.date())


def columns_of(opened: "PurchaseFile") -> Columns:
    """Which of the file's words stand over which column."""
    return tuple((column.value, word) for column, word in opened.tables[0].header.words.items())
