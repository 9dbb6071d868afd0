"""공휴일: what the calendar computes for a year. The one file that knows the library of holidays."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType


@cache
def public_holidays(year: int) -> Mapping[date, str] | None:
    """The public holidays of the country in `year` with their names, substitute days among them; None: nobody knows.

    Source: python-holidays, by 「관공서의 공휴일에 관한 규정」. Elections that fall on fixed days are in it; a holiday
    that is declared during the year is not.
    """
    from holidays import country_holidays  # a quarter of a second with its first year, and most runs ask for no year

    found = country_holidays("KR", years=year, language="ko").items()
    # The library answers with an empty set where it knows nothing (from 2101 on): that is no year without holidays.
    return MappingProxyType({day: name for day, name in found if day.year == year}) or None
