"""남은 일: what organisations still owe, gathered inside a transaction that is already open."""

from collections.abc import Sequence
from datetime import datetime

from gwannae.actions.confirmations import states_of
from gwannae.programme.city import City, earliest_contract_date
from gwannae.programme.organisations import Organisation
from gwannae.programme.owed import Owed, OwedFacts, months_over, owed
from gwannae.programme.periods import Period
from gwannae.storage import nothing_bought, outside_reasons
from gwannae.storage import owed as store
from gwannae.storage.database import Transaction
from gwannae.storage.organisations import beginnings


def owed_by(
    tx: Transaction, city: City, organisations: Sequence[Organisation], months: Sequence[Period], now: datetime
) -> tuple[Owed, ...]:
    """What each of them owes now, in their order; reports are asked of `months` alone. Older programme years than the
    one that still takes reports are left in peace.
    """
    return tuple(owed(city.cycles, facts, months, now.date()) for facts in _facts(tx, city, organisations, now))


def months_asked(city: City, now: datetime) -> tuple[Period, ...]:
    """Every month that is over and whose reports are still taken, earliest first."""
    return months_over(earliest_contract_date(city.calendar, now.date()), now.date())


def _facts(tx: Transaction, city: City, organisations: Sequence[Organisation], now: datetime) -> tuple[OwedFacts, ...]:
    ids, first = [o.id for o in organisations], earliest_contract_date(city.calendar, now.date())
    reported = store.months_reported(tx, ids, first, now.date())
    nothing = nothing_bought.said(tx, ids, first.year)
    unconfirmed = store.without_verdict(tx, ids, first)
    unanswered = outside_reasons.waiting(tx, city.outside_rules, ids, first)
    files = store.open_files(tx, ids)
    begun = beginnings(tx)
    return tuple(
        OwedFacts(
            organisation=o,
            reported=reported.get(o.id, frozenset()),
            nothing=nothing.get(o.id, frozenset()),
            periods=tuple(states_of(tx, city, o, now)),
            unconfirmed=unconfirmed.get(o.id, 0),
            unanswered=unanswered.get(o.id, 0),
            files=files.get(o.id, ()),
            since=begun.get(o.id),
        )
        for o in organisations
    )
