"""Reported purchases with their frozen verdicts, and every version that they had."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, ForeignKey, Index, Named, TypedColumns, text

from gwannae.programme.purchases import ContractMethod, PurchaseKind, PurchaseSource, PurchaseState
from gwannae.programme.verdict import Verdict
from gwannae.storage.columns import one_of, stated, table, ten_digits


class PurchaseColumns(TypedColumns):
    """A purchase in its latest version. `form_key` makes two deliveries of one form one row.

    `evidence` is what the judgement says of the firm's size and certificates, in one word that sums can be grouped by;
    `item_key` makes spellings of one item one. `reason_code` is the code of the newest of `outside_reasons`, "" where
    nobody has given one: a trigger writes it (see `running_totals`).
    """

    id: Named[int] = Column(primary_key=True)
    form_key: Named[str] = Column(unique=True)
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"))
    title: Named[str]
    kind: Named[str]
    method: Named[str]
    vendor_id: Named[int | None] = Column(ForeignKey("vendors.id", ondelete="SET NULL"))
    firm_name: Named[str]
    firm_business_number: Named[str | None]
    firm_address: Named[str]
    item: Named[str]
    amount: Named[int] = Column(BigInteger)
    contract_date: Named[date]
    verdict: Named[str]
    judgement: Named[dict[str, Any]] = Column(JSON)
    rule_version: Named[str]
    evidence: Named[str]
    item_key: Named[str]
    state: Named[str]
    version: Named[int]
    reporter_team: Named[str]
    reporter_user: Named[str]
    self_declared: Named[bool]
    reported_at: Named[datetime]
    changed_at: Named[datetime]
    contract_number: Named[str] = Column(server_default="")
    contract_revision: Named[int] = Column(server_default="0")
    share: Named[int | None]
    total_amount: Named[int | None] = Column(BigInteger)
    stated_reason: Named[str] = Column(server_default="")
    source: Named[str] = Column(server_default="form")
    import_id: Named[int | None]  # a number and no reference: SQLite would have to look it up for every row of a file
    source_sheet: Named[str] = Column(server_default="")
    source_row: Named[int | None]
    reason_code: Named[str] = Column(server_default="")


purchases = table(
    "purchases",
    PurchaseColumns,
    stated("form_key"),
    stated("title"),
    stated("firm_name"),
    stated("rule_version"),
    one_of("kind", PurchaseKind),
    one_of("method", ContractMethod),
    one_of("verdict", Verdict),
    one_of("state", PurchaseState),
    ten_digits("firm_business_number"),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint("version >= 1", name="version_from_one"),
    one_of("source", PurchaseSource),
    CheckConstraint("share IS NULL OR share BETWEEN 0 AND 10000", name="share_of_whole"),
    # What counts of an organisation between two days: added up, listed, and looked for by day and amount.
    Index("ix_purchases_day", "state", "organisation_id", "contract_date", "amount", "kind", "verdict"),
    Index("ix_purchases_reporter", "reporter_team", "reporter_user", "id"),
    Index("ix_purchases_vendor", "vendor_id", "contract_date"),
    Index("ix_purchases_item", "organisation_id", "item_key", "contract_date"),
)


class PurchaseVersionColumns(TypedColumns):
    """What a purchase was from this version on. `form_key`: of the form that changed it, so that it changes once;
    `import_id`: of the file that made this version, so that it can be taken back.
    """

    purchase_id: Named[int] = Column(ForeignKey("purchases.id"), primary_key=True)
    version: Named[int] = Column(primary_key=True)
    form_key: Named[str | None] = Column(unique=True)
    draft: Named[dict[str, Any]] = Column(JSON)
    judgement: Named[dict[str, Any]] = Column(JSON)
    state: Named[str]
    changed_by_team: Named[str]
    changed_by_user: Named[str]
    changed_at: Named[datetime]
    import_id: Named[int | None]


purchase_versions = table(
    "purchase_versions",
    PurchaseVersionColumns,
    one_of("state", PurchaseState),
    CheckConstraint("version >= 1", name="version_from_one"),
    Index(
        "ix_purchase_versions_import",
        "import_id",
        "version",
        # as with `uq_affiliations_open`, PostgreSQL's has the same condition from its migration
        sqlite_where=text("import_id IS NOT NULL"),
    ),
)
