"""Days of which the programme office says whether they are worked."""

from datetime import date, datetime

from sqlalchemy import Column, Named, TypedColumns

from gwannae.storage.columns import stated, table


class OfficeDayColumns(TypedColumns):
    """The office's word for one day, the latest; what was said before stands in the audit log."""

    day: Named[date] = Column(primary_key=True)
    off: Named[bool]
    name: Named[str]
    said_at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


office_days = table("office_days", OfficeDayColumns, stated("name"), stated("user_id"))
