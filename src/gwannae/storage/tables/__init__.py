"""All tables, one file for each feature; `metadata` knows every one of them.

Statements name their columns (`purchases.c.amount`) and are built once; there are no objects of a session: a round trip
costs 15 microseconds instead of 300, and the object mapper need not be imported.
"""

from gwannae.storage.columns import metadata
from gwannae.storage.tables.checks import vendor_checks
from gwannae.storage.tables.outside_reasons import outside_reasons
from gwannae.storage.tables.people import affiliations, members, organisation_channels, organisations
from gwannae.storage.tables.periods import confirmations, reopenings
from gwannae.storage.tables.purchase_imports import (
    purchase_import_answers,
    purchase_import_columns,
    purchase_import_files,
    purchase_imports,
)
from gwannae.storage.tables.purchases import purchase_versions, purchases
from gwannae.storage.tables.records import audit_entries, missing_items, seen_events
from gwannae.storage.tables.registry import (
    postings,
    registry_state,
    terms,
    vendor_addresses,
    vendor_certificates,
    vendor_items,
    vendor_versions,
    vendors,
)
from gwannae.storage.tables.totals import item_day_totals, monthly_totals, yearly_totals
from gwannae.storage.tables.vendor_care import vendor_doubts, vendor_retirements
from gwannae.storage.tables.words import (
    missing_marks,
    synonyms,
    unanswered_words,
    word_groups,
    word_members,
    word_state,
)

__all__ = [
    "affiliations",
    "audit_entries",
    "confirmations",
    "item_day_totals",
    "members",
    "metadata",
    "missing_items",
    "missing_marks",
    "monthly_totals",
    "organisation_channels",
    "organisations",
    "outside_reasons",
    "postings",
    "purchase_import_answers",
    "purchase_import_columns",
    "purchase_import_files",
    "purchase_imports",
    "purchase_versions",
    "purchases",
    "registry_state",
    "reopenings",
    "seen_events",
    "synonyms",
    "terms",
    "unanswered_words",
    "vendor_addresses",
    "vendor_certificates",
    "vendor_checks",
    "vendor_doubts",
    "vendor_items",
    "vendor_retirements",
    "vendor_versions",
    "vendors",
    "word_groups",
    "word_members",
    "word_state",
    "yearly_totals",
]
