"""Audit entries, words that found nothing, deliveries that were seen."""

import threading
from datetime import UTC, datetime, timedelta

from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.storage import audit, events, missing_items, organisations
from gwannae.storage.database import Database
from tests.builders import a_seed

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _entry(subject: str, number: int) -> AuditEntry:
    return AuditEntry(NOW, "T1", "U1", AuditEvent.PURCHASE_REPORTED, subject, {"금액": number, "was": [None, "관내"]})


def test_entries_come_back_as_they_were_written_latest_first(database: Database) -> None:
    written = [_entry("purchase:1", 1), _entry("purchase:2", 2), _entry("purchase:1", 3)]
    with database.write() as tx:
        for entry in written:
            audit.write(tx, entry)
        assert audit.entries(tx) == written[::-1]
        assert audit.entries(tx, limit=1) == written[2:]
        assert audit.entries(tx, subject="purchase:1") == [written[2], written[0]]
        assert audit.entries(tx, subject="purchase:9") == []


def test_a_missed_word_is_counted_over_its_spellings(database: Database) -> None:
    with database.write() as tx:
        general = organisations.save_organisations(tx, [a_seed()]).added[0].id
        assert missing_items.add(tx, "드론 촬영", "드론촬영", general, NOW) == 1
        assert missing_items.add(tx, "드론촬영", "드론촬영", None, NOW) == 2
        assert missing_items.add(tx, "가죽 표지", "가죽표지", general, NOW) == 1
        assert missing_items.add(tx, "나무 상자", "나무상자", None, NOW - timedelta(days=40)) == 1
        since = NOW - timedelta(days=30)
        assert missing_items.top(tx, since, 10) == [("드론촬영", 2), ("가죽 표지", 1)]
        assert missing_items.top(tx, since, 1) == [("드론촬영", 2)]
        assert missing_items.top(tx, NOW + timedelta(seconds=1), 10) == []


def test_of_twenty_deliveries_at_once_one_is_the_first(database: Database) -> None:
    answers: list[bool] = []

    def deliver() -> None:
        with database.write() as tx:
            answers.append(events.first_time(tx, "Ev1", NOW))

    threads = [threading.Thread(target=deliver) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 19 + [True]


def test_old_deliveries_are_forgotten(database: Database) -> None:
    with database.write() as tx:
        events.first_time(tx, "Ev1", NOW - timedelta(hours=2))
        events.first_time(tx, "Ev2", NOW)
        assert events.forget_before(tx, NOW - timedelta(hours=1)) == 1
        assert events.first_time(tx, "Ev1", NOW)
        assert not events.first_time(tx, "Ev2", NOW)
