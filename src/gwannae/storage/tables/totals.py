"""Running totals of what counts among the purchases. Triggers of the database keep them (see `running_totals`)."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Named, TypedColumns

from gwannae.programme.outside_reasons import ReasonCode
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.verdict import Verdict
from gwannae.storage.columns import one_of, stated, table


class MonthlyTotalColumns(TypedColumns):
    """Contracts (`number`) and won of a month of contract dates (year * 100 + month), by organisation, kind, verdict
    and what was known of the firm (`purchases.evidence`).

    `touched` grows with every change of a purchase that stands here or stood here, whatever was changed: as long as it
    is the same, the rows behind it are the same. A row whose `number` is 0 stays for its sake.
    """

    month: Named[int] = Column(primary_key=True, autoincrement=False)
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"), primary_key=True)
    kind: Named[str] = Column(primary_key=True)
    verdict: Named[str] = Column(primary_key=True)
    evidence: Named[str] = Column(primary_key=True)
    number: Named[int]
    won: Named[int] = Column(BigInteger)
    touched: Named[int] = Column(BigInteger)


monthly_totals = table(
    "monthly_totals",
    MonthlyTotalColumns,
    one_of("kind", PurchaseKind),
    one_of("verdict", Verdict),
    CheckConstraint("month % 100 BETWEEN 1 AND 12", name="month_of_year"),
    sqlite_with_rowid=False,
)


class YearlyTotalColumns(TypedColumns):
    """The same of a year, by organisation, kind and verdict: what a rank is made from at every report."""

    year: Named[int] = Column(primary_key=True, autoincrement=False)
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"), primary_key=True)
    kind: Named[str] = Column(primary_key=True)
    verdict: Named[str] = Column(primary_key=True)
    number: Named[int]
    won: Named[int] = Column(BigInteger)


yearly_totals = table(
    "yearly_totals",
    YearlyTotalColumns,
    one_of("kind", PurchaseKind),
    one_of("verdict", Verdict),
    sqlite_with_rowid=False,
)


class ItemDayTotalColumns(TypedColumns):
    """Direct contracts of one contract date for one item (`purchases.item_key`, where one was stated): what is added
    up at every report over twelve months that begin on any day.
    """

    organisation_id: Named[int] = Column(ForeignKey("organisations.id"), primary_key=True)
    item_key: Named[str] = Column(primary_key=True)
    day: Named[date] = Column(primary_key=True)
    number: Named[int]
    won: Named[int] = Column(BigInteger)


item_day_totals = table("item_day_totals", ItemDayTotalColumns, stated("item_key"), sqlite_with_rowid=False)


class ReasonTotalColumns(TypedColumns):
    """Outside contracts of a month of contract dates (year * 100 + month) with a reason, by the code that holds."""

    month: Named[int] = Column(primary_key=True, autoincrement=False)
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"), primary_key=True)
    kind: Named[str] = Column(primary_key=True)
    code: Named[str] = Column(primary_key=True)
    number: Named[int]
    won: Named[int] = Column(BigInteger)


reason_totals = table(
    "reason_totals",
    ReasonTotalColumns,
    one_of("kind", PurchaseKind),
    one_of("code", ReasonCode),
    CheckConstraint("month % 100 BETWEEN 1 AND 12", name="month_of_year"),
    sqlite_with_rowid=False,
)
