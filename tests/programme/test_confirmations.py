"""The fingerprint of what a lead confirms: same rows, same bytes; any other row, other bytes."""

import json
import random
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest

from gwannae.programme.confirmations import (
    Confirmation,
    ConfirmationStatus,
    ConfirmedRow,
    PeriodState,
    canonical,
    fingerprint,
)
from gwannae.programme.periods import Cycle, Period
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.verdict import Verdict
from tests.builders import an_organisation

SECOND_QUARTER = Period(2027, Cycle.QUARTER, 2)
ROW = ConfirmedRow(
    7,
    "행사 안내문 인쇄",
    PurchaseKind.GOODS,
    ContractMethod.DIRECT_SINGLE,
    "먼바다기획",
    None,
    "책자 인쇄",
    1_100_000,
    date(2027, 4, 5),
    Verdict.LOCAL,
    "2027-1",
)
BYTES = (
    '{"format":"gwannae.confirmation/1","organisation":"general","period":"2027-Q2","rows":['
    '{"amount":1100000,"business_number":null,"contract_date":"2027-04-05","firm":"먼바다기획","id":7,'
    '"item":"책자 인쇄","kind":"goods","method":"direct_single","rule":"2027-1","title":"행사 안내문 인쇄",'
    '"verdict":"local"}]}'
)


def test_the_bytes_are_these_and_stay_these() -> None:
    assert canonical("general", SECOND_QUARTER, [ROW]).decode() == BYTES
    assert fingerprint("general", SECOND_QUARTER, [ROW]) == sha256(BYTES.encode()).hexdigest()


def test_the_order_in_which_rows_come_does_not_matter() -> None:
    rows = [replace(ROW, purchase_id=n, amount=n * 1000) for n in range(1, 50)]
    first = canonical("general", SECOND_QUARTER, rows)
    for seed in range(20):
        shuffled = list(rows)
        random.Random(seed).shuffle(shuffled)  # noqa: S311
        assert canonical("general", SECOND_QUARTER, shuffled) == first


def test_hangul_in_pieces_is_the_same_hangul() -> None:
    pieces = replace(ROW, title="행사 안내문 인쇄".encode().decode(), firm_name="\u1106\u1165\u11ab바다기획")
    assert fingerprint("general", SECOND_QUARTER, [pieces]) == fingerprint("general", SECOND_QUARTER, [ROW])


@pytest.mark.parametrize(
    "change",
    [
        {"purchase_id": 8},
        {"title": "행사 안내문  인쇄"},
        {"kind": PurchaseKind.WORKS},
        {"method": ContractMethod.CARD},
        {"firm_name": "먼바다 기획"},
        {"firm_number": "1234567891"},
        {"item": ""},
        {"amount": 1_100_001},
        {"contract_date": date(2027, 4, 6)},
        {"verdict": Verdict.UNCONFIRMED},
        {"rule_version": "2027-2"},
    ],
)
def test_whatever_changes_in_a_row_changes_the_fingerprint(change: dict[str, Any]) -> None:
    assert fingerprint("general", SECOND_QUARTER, [replace(ROW, **change)]) != fingerprint(
        "general", SECOND_QUARTER, [ROW]
    )


def test_every_part_of_a_row_is_in_the_bytes() -> None:
    [told] = json.loads(canonical("general", SECOND_QUARTER, [ROW]))["rows"]
    assert len(told) == len(fields(ConfirmedRow))


def test_other_rows_periods_and_organisations_have_other_fingerprints() -> None:
    seen = {
        fingerprint(code, period, rows)
        for code in ("general", "parks")
        for period in (SECOND_QUARTER, Period(2027, Cycle.QUARTER, 3), Period(2027, Cycle.MONTH, 2))
        for rows in ([], [ROW], [ROW, replace(ROW, purchase_id=8)])
    }
    assert len(seen) == 18


@pytest.mark.parametrize(
    ("confirmed", "status", "asks"),
    [
        (None, ConfirmationStatus.WAITING, True),
        ("a" * 64, ConfirmationStatus.CONFIRMED, False),
        ("b" * 64, ConfirmationStatus.CHANGED, True),
    ],
)
def test_a_confirmation_covers_the_rows_whose_fingerprint_it_carries(
    confirmed: str | None, status: ConfirmationStatus, asks: bool
) -> None:
    at = datetime(2027, 7, 5, 1, 0, tzinfo=UTC)
    latest = Confirmation(1, confirmed, 1, 5, 0, at, "T1", "U1") if confirmed else None
    state = PeriodState(an_organisation(), SECOND_QUARTER, 1, 5, 0, "a" * 64, latest)
    assert (state.status, state.asks) == (status, asks)
