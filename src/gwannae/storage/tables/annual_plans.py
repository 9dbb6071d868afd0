"""추진 계획: every version of every year's plan."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Named, TypedColumns, UniqueConstraint

from gwannae.storage.columns import stated, table


class AnnualPlanColumns(TypedColumns):
    """The `number`th version of a year's plan, with fingerprints of the settings of that day. Nothing updates a row."""

    id: Named[int] = Column(primary_key=True)
    year: Named[int]
    number: Named[int]
    plan: Named[dict[str, Any]] = Column(JSON)
    settings: Named[dict[str, Any]] = Column(JSON)
    at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


annual_plans = table(
    "annual_plans",
    AnnualPlanColumns,
    # Two people at once take the same number, and one of them finds it taken.
    UniqueConstraint("year", "number"),
    stated("user_id"),
    CheckConstraint("number >= 1", name="number_from_one"),
)
