"""Why purchases went to outside firms."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, Named, TypedColumns

from gwannae.programme.outside_reasons import ReasonCode
from gwannae.storage.columns import one_of, stated, table


class OutsideReasonColumns(TypedColumns):
    """One reason as it was given; of several for a purchase the newest holds. `form_key` makes two deliveries one."""

    id: Named[int] = Column(primary_key=True)
    form_key: Named[str] = Column(unique=True)
    purchase_id: Named[int] = Column(ForeignKey("purchases.id"))
    code: Named[str]
    sentence: Named[str]
    looked: Named[dict[str, Any]] = Column(JSON)
    given_at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


outside_reasons = table(
    "outside_reasons",
    OutsideReasonColumns,
    one_of("code", ReasonCode),
    stated("form_key"),
    stated("sentence"),
    Index("ix_outside_reasons_purchase", "purchase_id", "id"),
)
