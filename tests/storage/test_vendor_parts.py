"""What hangs on a vendor stands in its row as in the tables of its parts, whichever way it was written."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from gwannae.programme.vendors import Vendor
from gwannae.storage import vendor_import, vendor_update, vendors
from gwannae.storage.bulk import as_day
from gwannae.storage.database import Database, Transaction
from gwannae.storage.tables import registry as tables
from gwannae.storage.vendor_parts import parts_from, parts_text
from tests.builders import a_vendor, an_address
from tests.storage.test_vendors import BARE, FULL

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _in_tables(tx: Transaction, vendor_id: int) -> tuple[list[str], list[tuple[object, ...]], list[tuple[object, ...]]]:
    def rows(table: object) -> list[tuple[object, ...]]:
        columns = [c for c in table.c if c.name not in ("vendor_id", "position")]  # type: ignore[attr-defined]
        wanted = select(*columns).where(table.c.vendor_id == vendor_id)  # type: ignore[attr-defined]
        return [tuple(row) for row in tx.execute(wanted.order_by(table.c.position))]  # type: ignore[attr-defined]

    items, addresses, certificates = map(
        rows, (tables.vendor_items, tables.vendor_addresses, tables.vendor_certificates)
    )
    return [str(text) for (text,) in items], addresses, certificates


def _in_row(tx: Transaction, vendor_id: int) -> tuple[list[str], list[tuple[object, ...]], list[tuple[object, ...]]]:
    parts = parts_from(tx.execute(select(tables.vendors.c.parts).where(tables.vendors.c.id == vendor_id)).scalar_one())
    return (
        list(parts.items),
        [
            (a.kind.value, a.text, a.district, a.in_city.value, a.evidence, as_day(a.since), as_day(a.until))
            for a in parts.addresses
        ],
        [(c.kind.value, c.number, c.valid_from, c.valid_to) for c in parts.certificates],
    )


def test_an_insert_an_update_and_a_correction_write_both(database: Database) -> None:
    with database.write() as tx:
        full, bare = vendor_import.insert_vendors(tx, [FULL, BARE], at=NOW)
        assert _in_row(tx, full) == _in_tables(tx, full)
        assert _in_row(tx, bare) == _in_tables(tx, bare) == ([], [], [])

        said = replace(FULL, id=full, items=("떡",), addresses=(an_address(text="가람시 새길 7"),), certificates=())
        vendor_update.update_vendors(tx, [said], at=NOW, day=date(2026, 11, 23), source="newer.csv")
        assert _in_row(tx, full) == _in_tables(tx, full)
        assert _in_row(tx, full)[0] == ["떡"]

        corrected = replace(vendors.vendors(tx, [full])[full], items=("떡", "한과"))
        vendor_update.correct_vendor(tx, corrected, at=NOW, reason="적힌 것이 빠짐")
        assert _in_row(tx, full) == _in_tables(tx, full)
        assert _in_row(tx, full)[0] == ["떡", "한과"]


@pytest.mark.parametrize("vendor", [FULL, BARE, a_vendor(items=('"\\\n\u2028 <&>', "한글 'x'"))])
def test_parts_come_back_as_they_were_written(vendor: Vendor) -> None:
    parts = parts_from(parts_text(vendor))
    assert (parts.items, parts.addresses, parts.certificates) == (vendor.items, vendor.addresses, vendor.certificates)
