"""All tables, one file for each feature; `metadata` knows every one of them.

Statements name their columns (`purchases.c.amount`) and are built once; there are no objects of a session: a round trip
costs 15 microseconds instead of 300, and the object mapper need not be imported.
"""

from gwannae.storage.columns import metadata
from gwannae.storage.tables.calendar import office_days
from gwannae.storage.tables.checks import vendor_checks
from gwannae.storage.tables.cross_checks import cross_check_answers, cross_check_cards, cross_checks
from gwannae.storage.tables.ledger import post_steps, posting_pace, posting_pauses, posting_state, posts
from gwannae.storage.tables.outside_reasons import outside_reasons
from gwannae.storage.tables.people import affiliations, members, organisation_channels, organisations
from gwannae.storage.tables.periods import confirmations, nothing_bought, reopenings
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
from gwannae.storage.tables.reminders import guidance, snoozes
from gwannae.storage.tables.results import award_decisions, objections, result_releases, results
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
    "award_decisions",
    "confirmations",
    "cross_check_answers",
    "cross_check_cards",
    "cross_checks",
    "guidance",
    "item_day_totals",
    "members",
    "metadata",
    "missing_items",
    "missing_marks",
    "monthly_totals",
    "nothing_bought",
    "objections",
    "office_days",
    "organisation_channels",
    "organisations",
    "outside_reasons",
    "post_steps",
    "posting_pace",
    "posting_pauses",
    "posting_state",
    "postings",
    "posts",
    "purchase_import_answers",
    "purchase_import_columns",
    "purchase_import_files",
    "purchase_imports",
    "purchase_versions",
    "purchases",
    "registry_state",
    "reopenings",
    "result_releases",
    "results",
    "seen_events",
    "snoozes",
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
