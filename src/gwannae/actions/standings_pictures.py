"""순위의 그림: the figures behind the pictures that go with somebody's standings."""

from gwannae.actions.toolkit import Toolkit
from gwannae.programme.item_measure import leaks
from gwannae.programme.local_standings import ScoreAnswer, StandingsAnswer
from gwannae.programme.standings_pictures import LEAKS_DRAWN, DrawnStandings, upper_and_own
from gwannae.storage import monthly_figures
from gwannae.storage.item_totals import item_lines


def drawn_standings(toolkit: Toolkit, found: StandingsAnswer | ScoreAnswer) -> DrawnStandings:
    """What is drawn beside an answer that its asker may see: the own organisation's items are for them alone."""
    city, asked = toolkit.city, found.asked
    upper, mine = upper_and_own(found, city.standings_shown)
    with toolkit.database.read() as tx:
        everybody = monthly_figures.by_month(tx, asked.span.year)
        if mine is None:
            return DrawnStandings(asked.span.label, upper, None, {}, everybody, ())
        own = mine.organisation.id
        months = monthly_figures.by_month(tx, asked.span.year, own)
        lines = item_lines(tx, city.outside_rules, asked.span.first, asked.span.last, own, asked.kind)
    return DrawnStandings(asked.span.label, upper, mine, months, everybody, leaks(lines, LEAKS_DRAWN))
