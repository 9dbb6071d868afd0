"""Projects while they are designed, and the rows of their bills."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Named, TypedColumns, UniqueConstraint

from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.storage.columns import one_of, stated, table


class ProjectColumns(TypedColumns):
    """A project as registered. `form_key` makes two deliveries of one bill one row; `name_key` its spellings one.

    `ordered_in` is the first day of the planned month of order; `budget` in won.
    """

    id: Named[int] = Column(primary_key=True)
    form_key: Named[str] = Column(unique=True)
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"))
    name: Named[str]
    name_key: Named[str]
    kind: Named[str]
    stage: Named[str]
    ordered_in: Named[date]
    budget: Named[int | None] = Column(BigInteger)
    at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


projects = table(
    "projects",
    ProjectColumns,
    UniqueConstraint("organisation_id", "name_key"),
    stated("form_key"),
    stated("name_key"),
    stated("user_id"),
    one_of("kind", PurchaseKind),
    CheckConstraint("budget IS NULL OR budget > 0", name="budget_positive"),
    Index("ix_projects_ordered_in", "ordered_in"),
)


class ProjectItemColumns(TypedColumns):
    """A row of a bill at its place; `amount` planned won, NULL where the bill states none. `key` is that of the words
    by which its thing is looked for, the same as in the list of missing words.
    """

    project_id: Named[int] = Column(ForeignKey("projects.id"), primary_key=True)
    place: Named[int] = Column(primary_key=True)
    name: Named[str]
    key: Named[str]
    spec: Named[str]
    unit: Named[str]
    quantity: Named[str]
    amount: Named[int | None] = Column(BigInteger)
    sheet: Named[str]
    source_row: Named[int]


project_items = table(
    "project_items",
    ProjectItemColumns,
    stated("name"),
    CheckConstraint("amount IS NULL OR amount >= 0", name="amount_no_reduction"),
    Index("ix_project_items_key", "key"),
)
