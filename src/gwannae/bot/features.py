"""Every feature but the look-up, and the order in which Bolt tries their listeners."""

from slack_bolt.async_app import AsyncApp

from gwannae.handlers import (
    calendar,
    certificates,
    confirmations,
    contacts,
    guidance,
    gwannae,
    home,
    office_days,
    outside_reasons,
    posting_desk,
    purchase_export,
    purchase_files,
    purchase_history,
    rejudgement,
    reminders,
    reopening,
    report_again,
    report_purchase,
    roles,
    schemes,
    stand_ins,
    standings,
    talk,
    vendor_card,
    vendor_doubts,
    vendor_history,
    vendor_office,
    weekly_digest,
    words,
)
from gwannae.handlers.desk import Desk

FEATURES = (
    vendor_card,
    vendor_doubts,
    vendor_history,
    vendor_office,
    report_purchase,
    outside_reasons,
    purchase_files,
    report_again,
    purchase_history,
    confirmations,
    reopening,
    rejudgement,
    reminders,
    guidance,
    contacts,
    weekly_digest,
    standings,
    schemes,
    gwannae,
    roles,
    stand_ins,
    home,
    words,
    certificates,
    purchase_export,
    calendar,
    office_days,
    posting_desk,
    talk,
)


def add(app: AsyncApp, desk: Desk) -> None:
    """Tie their listeners, behind those of the look-up."""
    for feature in FEATURES:
        feature.register(app, desk)
