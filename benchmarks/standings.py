"""A year's standings of 200 organisations by kind, beside the least that gives the same sums out of the same database.

The product: `standings_of`, that is every organisation's figures in all and by kind, gross and effective with the
reasons that leave the ratio, ranked and ready to be said. The peers read sums by organisation, kind and verdict alone,
with the driver: at 100,000 purchases from the best covering index, from 1,000,000 on from a monthly summary table. Both
must give the same sums, and the run checks that first.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.outcome import Outcome
from gwannae.actions.scoreboard import scoreboard
from gwannae.actions.standings import standings_of
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.start import toolkit_for
from gwannae.programme.organisations import OrganisationKind, OrganisationSeed
from gwannae.programme.outside_reasons import ReasonCode
from gwannae.programme.score_lift import lift
from gwannae.programme.standings_words import year_asked
from gwannae.readers.city_file import read_city
from gwannae.storage import organisations, running_totals
from gwannae.storage.database import Database, Transaction

YEAR, ORGANISATIONS = 2027, 200
NOW = datetime(YEAR, 12, 6, 1, 0, tzinfo=UTC)
MOST_INDEX, MOST_SUMMARY = 1.3, 1.5

# Spread by multiplying with primes: the same rows on every machine, without a table of random numbers.
_ROWS = f"""
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {{number}})
INSERT INTO purchases (id, form_key, organisation_id, title, kind, method, firm_name, firm_address, item, item_key,
  amount, contract_date, verdict, judgement, rule_version, evidence, state, version, reporter_team, reporter_user,
  self_declared, reported_at, changed_at, reason_code)
SELECT i, 'b' || i,
  {{first}} + i * 7919 % {ORGANISATIONS}, '구매',
  CASE i * 31 % 3 WHEN 0 THEN 'goods' WHEN 1 THEN 'services' ELSE 'works' END,
  'open_bid', '가온', '', '', '', 1000 + i * 104729 % 9000000,
  date('{YEAR}-01-01', (i * 15485863 % 365) || ' days'),
  CASE i * 1299709 % 20 WHEN 0 THEN 'unconfirmed' WHEN 1 THEN 'outside' WHEN 2 THEN 'outside' WHEN 3 THEN 'outside'
  WHEN 4 THEN 'outside' WHEN 5 THEN 'outside' ELSE 'local' END, '{{{{}}}}', '1', 'yes:', 'reported', 1, 'T', 'U', 0,
  '{YEAR}-12-01 00:00:00', '{YEAR}-12-01 00:00:00',
  CASE WHEN i * 1299709 % 20 IN (1, 2) THEN '{ReasonCode.PATENT.value}' ELSE '' END
FROM n
"""
_INDEX = "CREATE INDEX peer_covering ON purchases (organisation_id, kind, verdict, contract_date, amount)"
_BY_INDEX = (
    "SELECT organisation_id, kind, verdict, count(*), sum(amount) FROM purchases INDEXED BY peer_covering "
    "WHERE contract_date BETWEEN ? AND ? GROUP BY organisation_id, kind, verdict"
)
_SUMMARY = (
    "CREATE TABLE peer_summary AS SELECT CAST(strftime('%m', contract_date) AS INTEGER) AS month, organisation_id, "
    "kind, verdict, count(*) AS number, sum(amount) AS won FROM purchases GROUP BY 2, 3, 4, 1"
)
_BY_SUMMARY = (
    "SELECT organisation_id, kind, verdict, sum(number), sum(won) FROM peer_summary WHERE month BETWEEN ? AND ? "
    "GROUP BY organisation_id, kind, verdict"
)

Sums = set[tuple[int, str, str, int, int]]


def measure(folder: Path, *, quick: bool = False, large: bool = False) -> Outcome:
    """Sizes one after the other, each in a file of its own; 10,000,000 takes some minutes and 7 GB."""
    outcome = Outcome()
    for number in (100_000, *(() if quick else (1_000_000,)), *((10_000_000,) if large else ())):
        path = folder / f"standings-{number}.db"
        with toolkit_for(read_city("seongnam"), f"sqlite:///{path}", lambda: NOW) as toolkit:
            _sow(toolkit, number)
            _one_size(outcome, toolkit, number, 5 if quick else 15)
        path.unlink()
    return outcome


def _one_size(outcome: Outcome, toolkit: Toolkit, number: int, rounds: int) -> None:
    by_index = number < 1_000_000
    with toolkit.database.write() as tx:
        tx.exec_driver_sql(_INDEX if by_index else _SUMMARY)
        tx.exec_driver_sql("ANALYZE")
    statement, given = (_BY_INDEX, (f"{YEAR}-01-01", f"{YEAR}-12-31")) if by_index else (_BY_SUMMARY, (1, 12))
    peer = _reader(toolkit.database, statement, given)
    assert set(peer()) == _ours(toolkit), "the peer gives other sums"
    name, most = ("covering index", MOST_INDEX) if by_index else ("monthly summary table", MOST_SUMMARY)
    theirs, ours = _in_turn(peer, lambda: standings_of(toolkit, year_asked(YEAR)), rounds)
    outcome.ratio(f"standings, {number:,} purchases: product / {name}", ours / theirs, at_most=most)
    outcome.told(f"standings, {number:,} purchases: {name}, sums alone", theirs * 1000, "ms")
    outcome.told(f"standings, {number:,} purchases: product, ranked and effective", ours * 1000, "ms")
    board = scoreboard(toolkit, YEAR, NOW)
    assert board is not None
    last = board.lines[-1].organisation.id
    _, scored = _in_turn(peer, lambda: scoreboard(toolkit, YEAR, NOW), rounds)
    outcome.told(f"standings, {number:,} purchases: everybody's score", scored * 1000, "ms")
    _, lifted = _in_turn(peer, lambda: lift(board.lines, last, board.formula), rounds)
    outcome.told(f"standings, {number:,} purchases: what would lift the last one", lifted * 1000, "ms")


def _sow(toolkit: Toolkit, number: int) -> None:
    with toolkit.database.write() as tx:
        tx.exec_driver_sql("DELETE FROM organisations")
        seeds = [OrganisationSeed(f"o{n}", f"부서{n:03}", OrganisationKind.DIVISION) for n in range(ORGANISATIONS)]
        ids = [o.id for o in organisations.save_organisations(tx, seeds).added]
        assert ids == list(range(ids[0], ids[0] + ORGANISATIONS))
        _without_triggers(tx)
        tx.exec_driver_sql(_ROWS.format(number=number, first=ids[0]))
        running_totals.install(tx)
        running_totals.rebuild(tx)


def _without_triggers(tx: Transaction) -> None:
    """Very many rows at once: totals are counted after them, as after a step of the schema."""
    for deed in ("insert", "update", "delete"):
        tx.exec_driver_sql(f"DROP TRIGGER {running_totals.NAME}_on_{deed}")


def _reader(database: Database, statement: str, given: tuple[object, ...]) -> Callable[[], list[tuple[object, ...]]]:
    def read() -> list[tuple[object, ...]]:
        with database.read() as tx:
            cursor = tx.connection.cursor()
            return list(cursor.execute(statement, given).fetchall())

    return read


def _ours(toolkit: Toolkit) -> Sums:
    """The sums that the product's figures are made of, one by one."""
    found: Sums = set()
    for place in standings_of(toolkit, year_asked(YEAR)).places:
        for kind, f in place.by_kind.items():
            for verdict, count, won in (
                ("local", f.local_count, f.local_amount),
                ("outside", f.outside_count, f.outside_amount),
                ("unconfirmed", f.unconfirmed_count, f.unconfirmed_amount),
            ):
                if count:
                    found.add((place.organisation.id, kind.value, verdict, count, won))
    return found


def _in_turn(peer: Callable[[], object], product: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median seconds of both, taken in turn so that the machine's mood is the same for both."""
    taken: dict[int, list[float]] = {0: [], 1: []}
    for n in range(rounds + 1):
        for who, once in enumerate((peer, product)):
            began = perf_counter()
            once()
            if n:  # the first round warms both
                taken[who].append(perf_counter() - began)
    return median(taken[0]), median(taken[1])
