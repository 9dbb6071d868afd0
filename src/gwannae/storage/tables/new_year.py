"""What people say of the settings of a new year, and which years were opened."""

from datetime import datetime

from sqlalchemy import Column, Named, TypedColumns

from gwannae.storage.columns import stated, table


class YearSettingColumns(TypedColumns):
    """A person's word for one setting of a year, the latest: its values as JSON. The setting itself stands in the
    city's file; earlier words stand in the audit log.
    """

    year: Named[int] = Column(primary_key=True, autoincrement=False)
    setting: Named[str] = Column(primary_key=True)
    said: Named[str]
    said_at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


year_settings = table("year_settings", YearSettingColumns, stated("setting"), stated("user_id"))


class OpenedYearColumns(TypedColumns):
    """A year that somebody opened. A press that was taken back leaves no row; it stands in the audit log."""

    year: Named[int] = Column(primary_key=True, autoincrement=False)
    opened_at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


opened_years = table("opened_years", OpenedYearColumns, stated("user_id"))
