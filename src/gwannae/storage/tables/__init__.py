"""All tables, one file for each feature; `metadata` knows every one of them.

Repositories use the plain tables named here (`purchases.c.amount`), not the classes: statements are built once, no
session keeps objects, and a round trip costs 15 microseconds instead of 300.
"""

from typing import cast

from sqlalchemy import Table

from gwannae.storage.columns import Base
from gwannae.storage.tables.checks import VendorCheckRow
from gwannae.storage.tables.people import AffiliationRow, ChannelRow, MemberRow, OrganisationRow
from gwannae.storage.tables.purchases import PurchaseRow, PurchaseVersionRow
from gwannae.storage.tables.records import AuditRow, MissingItemRow, SeenEventRow
from gwannae.storage.tables.registry import (
    PostingRow,
    RegistryStateRow,
    TermRow,
    VendorAddressRow,
    VendorCertificateRow,
    VendorItemRow,
    VendorRow,
    VendorVersionRow,
)
from gwannae.storage.tables.vendor_care import VendorDoubtRow, VendorRetirementRow
from gwannae.storage.tables.words import (
    MissingMarkRow,
    SynonymRow,
    UnansweredRow,
    WordGroupRow,
    WordMemberRow,
    WordStateRow,
)

metadata = Base.metadata

organisations = cast(Table, OrganisationRow.__table__)
organisation_channels = cast(Table, ChannelRow.__table__)
members = cast(Table, MemberRow.__table__)
affiliations = cast(Table, AffiliationRow.__table__)
vendors = cast(Table, VendorRow.__table__)
vendor_addresses = cast(Table, VendorAddressRow.__table__)
vendor_items = cast(Table, VendorItemRow.__table__)
vendor_certificates = cast(Table, VendorCertificateRow.__table__)
vendor_versions = cast(Table, VendorVersionRow.__table__)
vendor_checks = cast(Table, VendorCheckRow.__table__)
terms = cast(Table, TermRow.__table__)
postings = cast(Table, PostingRow.__table__)
registry_state = cast(Table, RegistryStateRow.__table__)
purchases = cast(Table, PurchaseRow.__table__)
purchase_versions = cast(Table, PurchaseVersionRow.__table__)
audit_entries = cast(Table, AuditRow.__table__)
missing_items = cast(Table, MissingItemRow.__table__)
seen_events = cast(Table, SeenEventRow.__table__)
word_groups = cast(Table, WordGroupRow.__table__)
word_members = cast(Table, WordMemberRow.__table__)
word_state = cast(Table, WordStateRow.__table__)
synonyms = cast(Table, SynonymRow.__table__)
unanswered_words = cast(Table, UnansweredRow.__table__)
missing_marks = cast(Table, MissingMarkRow.__table__)
vendor_doubts = cast(Table, VendorDoubtRow.__table__)
vendor_retirements = cast(Table, VendorRetirementRow.__table__)
