"""What the office says of a year's programme in its policy record."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Named, TypedColumns, UniqueConstraint

from gwannae.storage.columns import stated, table


class PolicyRecordColumns(TypedColumns):
    """The `number`th wording of a year; a later one replaces it, all are kept."""

    id: Named[int] = Column(primary_key=True)
    form_key: Named[str] = Column(unique=True)
    year: Named[int]
    number: Named[int]
    texts: Named[dict[str, Any]] = Column(JSON)
    at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


policy_records = table(
    "policy_records",
    PolicyRecordColumns,
    UniqueConstraint("year", "number"),
    stated("form_key"),
    stated("user_id"),
    CheckConstraint("number >= 1", name="number_from_one"),
)
