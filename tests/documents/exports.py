"""Purchases of a made-up city to hand over as files, and a head for them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gwannae.programme.purchase_export import ExportHead, ExportRow
from gwannae.programme.purchases import ContractMethod, Firm, Purchase, PurchaseKind, PurchaseState
from gwannae.programme.verdict import Reason, Verdict
from tests.builders import a_draft, a_judgement, an_organisation

SEOUL = ZoneInfo("Asia/Seoul")
HEAD = ExportHead("garam", "가람시", 2026, None, datetime(2026, 7, 1, 9, 30, tzinfo=SEOUL))
ROADS, PARKS = an_organisation(id=1, code="roads", name="도로과"), an_organisation(id=2, code="parks", name="공원과")


def a_row(number: int = 1, *, organisation: Any = ROADS, verdict: Verdict = Verdict.LOCAL, **changes: Any) -> ExportRow:
    """A purchase reported in UTC, as it is kept. `state`, `version`: the purchase's; all else is the draft's."""
    state = changes.pop("state", PurchaseState.REPORTED)
    version = changes.pop("version", 1)
    moment = datetime.fromisoformat(changes.pop("at", "2026-03-05T15:30:00+00:00"))
    draft = a_draft(**{"organisation_id": organisation.id, **changes})
    judgement = a_judgement(verdict=verdict, judged_for=draft.contract_date)
    return ExportRow(
        organisation,
        Purchase(number, draft, judgement, state, version, "T0GARAM", "U0REPORTER", False, moment, moment),
    )


def a_year() -> Sequence[ExportRow]:
    """Five purchases of two divisions: every verdict, every kind, one cancelled, one with a hostile title."""
    numbered = Firm("물빛인쇄", 3, "1234567891", "가람시 물빛구 은하로 12")
    outside = a_row(2, verdict=Verdict.OUTSIDE, amount=700_000, kind=PurchaseKind.SERVICES, version=3)
    judged = replace(outside.purchase.judgement, reasons=(Reason.ADDRESS_OUTSIDE,))
    return (
        a_row(1, firm=numbered, amount=1_500_000, title="=cmd|'/c calc'!A1"),
        ExportRow(outside.organisation, replace(outside.purchase, judgement=judged)),
        a_row(3, verdict=Verdict.UNCONFIRMED, amount=300_000, kind=PurchaseKind.WORKS, item=""),
        a_row(4, firm=numbered, amount=9_000_000, state=PurchaseState.CANCELLED, version=2),
        a_row(
            5, organisation=PARKS, firm=numbered, amount=500_000, method=ContractMethod.OPEN_BID,
            contract_date=date(2026, 12, 31), at="2027-01-02T16:00:00+00:00",
        ),
    )  # fmt: skip
