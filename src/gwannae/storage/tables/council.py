"""The working council: its members with their terms, and what its meetings came to."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Named, TypedColumns, UniqueConstraint

from gwannae.storage.columns import stated, table


class CouncilMemberColumns(TypedColumns):
    """A post's seat from a day to a day (`until_day`, inclusive), as entered last; the audit log has the rest."""

    id: Named[int] = Column(primary_key=True)
    form_key: Named[str] = Column(unique=True)
    post: Named[str]
    chair: Named[bool]
    since: Named[date]
    until_day: Named[date | None]
    at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


council_members = table(
    "council_members",
    CouncilMemberColumns,
    stated("form_key"),
    stated("post"),
    stated("user_id"),
    CheckConstraint("until_day IS NULL OR since <= until_day", name="term_in_order"),
)


class CouncilMeetingColumns(TypedColumns):
    """The `number`th record of a half's meeting; a later one replaces it, all are kept."""

    id: Named[int] = Column(primary_key=True)
    form_key: Named[str] = Column(unique=True)
    period: Named[str]
    number: Named[int]
    held_on: Named[date]
    present: Named[list[Any]] = Column(JSON)
    others: Named[str]
    said: Named[list[Any]] = Column(JSON)
    at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


council_meetings = table(
    "council_meetings",
    CouncilMeetingColumns,
    UniqueConstraint("period", "number"),
    stated("form_key"),
    stated("period"),
    stated("user_id"),
    CheckConstraint("number >= 1", name="number_from_one"),
)
