"""What was known of the firm is kept as a column that sums are grouped by, and old rows say that nobody knows."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from gwannae.programme.facts import Fact
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.schemes import Evidence
from gwannae.programme.vendors import Certificate, CertificateKind, SizeFact
from gwannae.programme.verdict import Judgement
from gwannae.storage import organisations, purchases, schema
from gwannae.storage.database import Database
from gwannae.storage.scheme_totals import evidence_totals
from tests.builders import REPORTER, a_draft, a_judgement, a_seed

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
HELD = (
    Certificate(CertificateKind.WOMEN, "W-1", date(2025, 1, 1), date(2027, 1, 1)),
    Certificate(CertificateKind.STARTUP, "S-1"),
)


def _add(database: Database, organisation: int, judgement: Judgement, amount: int) -> int:
    with database.write() as tx:
        draft = a_draft(organisation_id=organisation, amount=amount)
        return purchases.add(tx, draft, judgement, actor=REPORTER, self_declared=False, at=NOW).id


def test_sums_are_grouped_by_what_was_known_of_the_firm(database: Database) -> None:
    with database.write() as tx:
        first, second = (
            o.id for o in organisations.save_organisations(tx, [a_seed(), a_seed(code="b", name="나")]).added
        )
    small = SizeFact(Fact.YES, "확인서")
    for amount in (100, 200):
        _add(database, first, a_judgement(certificates=HELD, size=small), amount)
    _add(database, first, a_judgement(certificates=()), 400)
    _add(database, first, a_judgement(certificates=None), 800)
    cancelled = _add(database, second, a_judgement(certificates=HELD), 1600)
    with database.write() as tx:
        purchases.cancel(tx, cancelled, 1, actor=REPORTER, at=NOW)
    kinds = frozenset({CertificateKind.WOMEN, CertificateKind.STARTUP})
    with database.read() as tx:
        found = {(t.organisation_id, t.evidence): (t.count, t.amount) for t in evidence_totals(tx, *YEAR)}
        assert found == {
            (first, Evidence(Fact.YES, kinds)): (2, 300),
            (first, Evidence(Fact.UNKNOWN, frozenset())): (1, 400),
            (first, Evidence(Fact.UNKNOWN, None)): (1, 800),
        }
        assert evidence_totals(tx, *YEAR, organisation_id=second) == []
        assert {t.kind for t in evidence_totals(tx, *YEAR, organisation_id=first)} == {PurchaseKind.GOODS}
        assert evidence_totals(tx, date(2027, 1, 1), date(2027, 12, 31)) == []


def test_certificates_are_read_back_with_the_verdict_and_its_history(database: Database) -> None:
    with database.write() as tx:
        organisation = organisations.save_organisations(tx, [a_seed()]).added[0].id
    judgement = a_judgement(certificates=HELD)
    made = _add(database, organisation, judgement, 100)
    with database.read() as tx:
        kept = purchases.purchase(tx, made)
        assert kept is not None
        assert kept.judgement == judgement
        assert [v.judgement for v in purchases.history(tx, made)] == [judgement]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_report_of_before_stays_readable_and_says_that_nobody_knows(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "sqlite":
        _walk_the_step(f"sqlite:///{tmp_path / 'old.db'}")
    else:
        with request.getfixturevalue("postgres").fresh(migrated=False) as url:
            _walk_the_step(url)


def _walk_the_step(url: str) -> None:
    database = Database.open(url)
    config = Config()
    config.set_main_option("script_location", "gwannae.storage:migrations")
    picture = (
        '{"verdict": "local", "reasons": ["address_in_city"], "rule_version": "1", "judged_for": "2026-03-04",'
        ' "address": null, "size": {"small": "yes", "evidence": "확인서", "checked_on": null}}'
    )
    with database.write() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "0006")
        tx.execute(
            text("INSERT INTO organisations (id, code, name, kind, active) VALUES (1, 'a', 'A', 'division', true)")
        )
        tx.execute(
            text(
                "INSERT INTO purchases (id, form_key, organisation_id, title, kind, method, firm_name, firm_address, "
                "item, amount, contract_date, verdict, judgement, rule_version, state, version, reporter_team, "
                "reporter_user, self_declared, reported_at, changed_at) VALUES (7, 'k', 1, '제목', 'goods', 'card', "
                "'업체', '', 'A4 용지', 500, '2026-03-04', 'local', :picture, '1', 'reported', 1, 'T', 'U', false, "
                "'2026-03-05 00:00:00', '2026-03-05 00:00:00')"
            ),
            {"picture": picture},
        )
    schema.upgrade(database)
    with database.read() as tx:
        kept = purchases.purchase(tx, 7)
        assert kept is not None
        assert kept.judgement.certificates is None
        (total,) = evidence_totals(tx, *YEAR)
        assert (total.evidence, total.amount) == (Evidence(Fact.YES, None), 500)
        assert tx.execute(text("SELECT item_key FROM purchases")).scalar() == "a4용지"
    database.close()
