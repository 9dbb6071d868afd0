"""Periods: which of them the programme office has opened again, and what leads have confirmed."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Named, TypedColumns, UniqueConstraint

from gwannae.storage.columns import stated, table


class ReopeningColumns(TypedColumns):
    """One row (`purchase_id`), or all of an organisation, with a contract date from `first_day` to `last_day` may be
    touched from `since` on, up to the day before `until`. `form_key` makes two deliveries of one form one row.
    """

    id: Named[int] = Column(primary_key=True)
    form_key: Named[str] = Column(unique=True)
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"))
    purchase_id: Named[int | None] = Column(ForeignKey("purchases.id"))
    first_day: Named[date]
    last_day: Named[date]
    since: Named[date]
    until: Named[date]
    reason: Named[str]
    opened_at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


reopenings = table(
    "reopenings",
    ReopeningColumns,
    stated("form_key"),
    stated("reason"),
    stated("user_id"),
    CheckConstraint("last_day >= first_day", name="last_day_not_before_first"),
    CheckConstraint("until > since", name="until_after_since"),
    Index("ix_reopenings_until", "until"),
)


class ConfirmationColumns(TypedColumns):
    """A lead's word for the rows of a period as they were then: the `number`th for this organisation and period.

    `fingerprint` is the SHA-256 of these rows, in hexadecimal; `touched` the mark of their months (`monthly_totals`),
    None for what was confirmed before there was one: as long as it is the same, nobody need look at the rows again.
    """

    id: Named[int] = Column(primary_key=True)
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"))
    period: Named[str]
    number: Named[int]
    fingerprint: Named[str]
    row_count: Named[int]
    amount: Named[int] = Column(BigInteger)
    unconfirmed: Named[int]
    touched: Named[int | None] = Column(BigInteger)
    confirmed_at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


confirmations = table(
    "confirmations",
    ConfirmationColumns,
    # Two leads at once take the same number, and one of them finds it taken.
    UniqueConstraint("organisation_id", "period", "number"),
    stated("period"),
    stated("user_id"),
    CheckConstraint("number >= 1", name="number_from_one"),
    CheckConstraint("length(fingerprint) = 64", name="fingerprint_whole"),
    CheckConstraint("row_count >= 0 AND unconfirmed >= 0 AND amount >= 0", name="counted"),
    Index("ix_confirmations_period", "period"),
)


class NothingBoughtColumns(TypedColumns):
    """Somebody of an organisation said that nothing was bought in a period; a purchase of it makes that void."""

    id: Named[int] = Column(primary_key=True)
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"))
    period: Named[str]
    said_at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


nothing_bought = table(
    "nothing_bought",
    NothingBoughtColumns,
    UniqueConstraint("organisation_id", "period"),
    stated("period"),
    stated("user_id"),
)
