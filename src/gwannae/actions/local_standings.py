"""`/local-standings`: what the words ask for, the asker's own place, and what would lift it."""

from datetime import date, datetime

from gwannae.actions.people import standing
from gwannae.actions.scoreboard import scoreboard_in
from gwannae.actions.standings import standings_in
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.city import City
from gwannae.programme.item_measure import leaks
from gwannae.programme.local_standings import ScoreAnswer, ScoreExplained, StandingsAnswer
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed, may
from gwannae.programme.score import Scored
from gwannae.programme.score_lift import Lift, lift
from gwannae.programme.score_rules import formula_for
from gwannae.programme.scoreboard import Scoreboard
from gwannae.programme.standings_words import Asked, NotUnderstood, months_of, read_asked
from gwannae.storage import organisations
from gwannae.storage.database import Transaction
from gwannae.storage.item_totals import item_lines

LEAKS = 3


def my_standings(
    toolkit: Toolkit, actor: Actor, now: datetime, words: str = ""
) -> StandingsAnswer | ScoreAnswer | NotUnderstood:
    """Standings of what the words ask for, with the asker's own organisation (or the linked channel's) picked out: by
    the year's formula, if it has one, where the year or the months that count are asked for as a whole.
    """
    city, day = toolkit.city, now.date()
    asked = read_asked(words, day, _award_months(city), _groups(city, day.year))
    if isinstance(asked, NotUnderstood):
        return asked
    with toolkit.database.read() as tx:
        mine = _own(tx, actor, day)
        if _is_scored(city, asked) and (board := scoreboard_in(tx, city, asked.span.year, now)):
            line = board.of(mine or 0)
            return ScoreAnswer(asked, board, line, day, _lift(board, line))
        computed = standings_in(tx, city, asked)
        if mine is None:
            return StandingsAnswer(asked, computed, None, day)
        lines = item_lines(tx, city.outside_rules, asked.span.first, asked.span.last, mine, asked.kind)
    return StandingsAnswer(asked, computed, computed.of(mine), day, leaks(lines, LEAKS))


def score_in(tx: Transaction, city: City, organisation_id: int, year: int, now: datetime) -> ScoreExplained | None:
    """An organisation's score of a year, inside a transaction that is open; None where the year has no formula."""
    board = scoreboard_in(tx, city, year, now)
    line = board.of(organisation_id) if board else None
    return ScoreExplained(board, line, _lift(board, line)) if board and line else None


def my_score(toolkit: Toolkit, actor: Actor, year: int, organisation_id: int, now: datetime) -> ScoreExplained | None:
    """One's own organisation's score, to be explained; anybody's for who reads results. None: there is none to show."""
    with toolkit.database.read() as tx:
        who = standing(tx, actor, now.date())
        own = organisation_id == _own(tx, actor, now.date()) or organisation_id in who.organisations
        if not own and not may(who, Deed.READ_RESULTS, organisation_id):
            return None
        board = scoreboard_in(tx, toolkit.city, year, now)
    line = board.of(organisation_id) if board else None
    return ScoreExplained(board, line, _lift(board, line)) if board and line else None


def _lift(board: Scoreboard, line: Scored | None) -> Lift | None:
    return None if line is None else lift(board.lines, line.organisation.id, board.formula)


def _award_months(city: City) -> tuple[int, int]:
    return city.calendar.award_first_month, city.calendar.award_last_month


def _groups(city: City, year: int) -> tuple[str, ...]:
    formula = formula_for(city.score_formulas, year)
    return () if formula is None else tuple(group.name for group in formula.groups)


def _is_scored(city: City, asked: Asked) -> bool:
    span = months_of(asked.span.year, *_award_months(city))
    whole = asked.span.is_year or (asked.span.first, asked.span.last) == (span.first, span.last)
    return whole and asked.kind is None


def _own(tx: Transaction, actor: Actor, day: date) -> int | None:
    who = standing(tx, actor, day)
    linked = organisations.organisation_of_channel(tx, actor.team_id, actor.channel_id or "")
    return who.organisations[0] if who.organisations else (linked.id if linked else None)
