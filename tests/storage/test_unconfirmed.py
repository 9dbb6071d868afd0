"""What has no verdict yet, of all organisations and years."""

from datetime import UTC, date, datetime

from gwannae.programme.verdict import Verdict
from gwannae.storage import organisations, purchases, unconfirmed
from gwannae.storage.database import Database
from tests.builders import REPORTER, a_draft, a_judgement, a_seed

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_only_reported_rows_without_a_verdict_are_listed_oldest_first(database: Database) -> None:
    with database.write() as tx:
        organisations.save_organisations(tx, [a_seed(), a_seed(code="parks", name="꽃길과")])
        general, parks = (organisations.by_code(tx, code) for code in ("general", "parks"))
        assert general is not None
        assert parks is not None
        stored = {}
        for name, whose, day, verdict in (
            ("new", general, date(2026, 3, 4), Verdict.UNCONFIRMED),
            ("old", parks, date(2024, 3, 4), Verdict.UNCONFIRMED),
            ("judged", general, date(2026, 3, 4), Verdict.LOCAL),
            ("gone", general, date(2026, 3, 4), Verdict.UNCONFIRMED),
        ):
            draft = a_draft(organisation_id=whose.id, contract_date=day, amount=7)
            stored[name] = purchases.add(
                tx, draft, a_judgement(verdict=verdict), actor=REPORTER, self_declared=False, at=NOW
            )
        purchases.cancel(tx, stored["gone"].id, 1, actor=REPORTER, at=NOW)
        assert unconfirmed.rows(tx, 9) == [stored["old"], stored["new"]]
        assert unconfirmed.rows(tx, 1) == [stored["old"]]
        assert unconfirmed.counts(tx) == {general.id: (1, 7), parks.id: (1, 7)}
