"""Every table at once: for the steps of a schema, and for whoever walks all of them."""

from gwannae.storage.columns import metadata
from gwannae.storage.tables import (
    annual_plans,
    calendar,
    checks,
    council,
    cross_checks,
    ledger,
    new_year,
    outside_reasons,
    people,
    periods,
    policy_record,
    purchase_imports,
    purchases,
    records,
    registry,
    reminders,
    results,
    score_entries,
    totals,
    vendor_doubts,
    vendor_retirements,
    words,
)

_FILES = (
    annual_plans,
    calendar,
    checks,
    council,
    cross_checks,
    ledger,
    new_year,
    outside_reasons,
    people,
    periods,
    policy_record,
    purchase_imports,
    purchases,
    records,
    registry,
    reminders,
    results,
    score_entries,
    totals,
    vendor_doubts,
    vendor_retirements,
    words,
)

__all__ = ["metadata"]
