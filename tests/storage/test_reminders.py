"""What is kept for reminders, on both databases: what was said, what was put off, how far a guidance is."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from gwannae.programme.guidance import GuidanceState
from gwannae.programme.import_questions import Question, QuestionKind
from gwannae.programme.organisations import COMMAND_LINE, Organisation, Role
from gwannae.programme.outside_reasons import OutsideRule
from gwannae.programme.purchase_imports import ImportState, Summary
from gwannae.programme.reminders import Audience, Snooze
from gwannae.programme.verdict import Verdict
from gwannae.storage import (
    affiliations,
    guidance,
    nothing_bought,
    organisations,
    outside_reasons,
    owed,
    purchase_imports,
    purchases,
    snoozes,
    unconfirmed,
    vendor_age,
    vendor_import,
    vendor_update,
)
from gwannae.storage.database import Database
from tests.builders import OFFICER, REPORTER, a_draft, a_judgement, a_seed, a_vendor

AT = datetime(2027, 6, 15, 1, 0, tzinfo=UTC)


def two(database: Database) -> tuple[Organisation, Organisation]:
    with database.write() as tx:
        saved = organisations.save_organisations(tx, [a_seed(), a_seed(code="parks", name="꽃길과")])
    first, second = saved.added
    return first, second


def a_snooze(organisation: Organisation, until: str, audience: Audience = Audience.CHANNEL) -> Snooze:
    day = date.fromisoformat(until)
    return Snooze(organisation.id, "2027-05", audience, day, AT, REPORTER.team_id, REPORTER.user_id)


def test_that_nothing_was_bought_is_said_once_for_each_organisation_and_period(database: Database) -> None:
    ours, other = two(database)
    with database.write() as tx:
        said = [
            nothing_bought.say(tx, ours.id, "2027-05", by=REPORTER, at=AT),
            nothing_bought.say(tx, ours.id, "2027-05", by=OFFICER, at=AT),
            nothing_bought.say(tx, ours.id, "2026-12", by=REPORTER, at=AT),
            nothing_bought.say(tx, other.id, "2027-Q2", by=REPORTER, at=AT),
        ]
        assert said == [True, False, True, True]
        assert nothing_bought.said(tx, [ours.id, other.id], 2027) == {
            ours.id: frozenset({"2027-05"}),
            other.id: frozenset({"2027-Q2"}),
        }
        assert nothing_bought.said(tx, [], 2027) == {}


def test_a_snooze_is_kept_once_for_each_day_and_audience_and_numbered_as_asked(database: Database) -> None:
    ours, other = two(database)
    first, second = a_snooze(ours, "2027-06-18"), a_snooze(ours, "2027-06-21")
    with database.write() as tx:
        added = [snoozes.add(tx, one) for one in (first, first, second, a_snooze(ours, "2027-06-18", Audience.LEAD))]
        assert added == [True, False, True, True]
        snoozes.add(tx, a_snooze(other, "2027-06-18"))
        assert snoozes.latest(tx, ours.id, "2027-05", Audience.CHANNEL) == second
        assert snoozes.latest(tx, ours.id, "2027-04", Audience.CHANNEL) is None
        assert [snoozes.number_of(tx, one) for one in (first, second)] == [1, 2]
        ending = snoozes.ending(tx, date(2027, 6, 18), date(2027, 6, 18))
        assert {(s.organisation_id, s.audience) for s in ending} == {
            (ours.id, Audience.CHANNEL), (ours.id, Audience.LEAD), (other.id, Audience.CHANNEL),
        }  # fmt: skip


def test_a_guidance_moves_only_from_where_it_was_seen(database: Database) -> None:
    with database.write() as tx:
        seen = guidance.release(tx, 2027)
        assert (seen.state, seen.version) == (GuidanceState.DRAFT, 0)
        moved = guidance.change(tx, seen, GuidanceState.GOING_OUT, "먼저", by=OFFICER, at=AT)
        assert moved is not None
        assert (moved.state, moved.version, moved.note, moved.changed_at) == (GuidanceState.GOING_OUT, 1, "먼저", AT)
        assert guidance.change(tx, seen, GuidanceState.STOPPED, "", by=OFFICER, at=AT) is None
        assert guidance.change(tx, moved, GuidanceState.STOPPED, "", by=OFFICER, at=AT) is not None
        assert guidance.change(tx, replace(moved, version=1), GuidanceState.GOING_OUT, "", by=OFFICER, at=AT) is None
        assert guidance.release(tx, 2028).version == 0


def test_an_audience_that_is_none_cannot_be_kept(database: Database) -> None:
    ours, _ = two(database)
    wrong = replace(a_snooze(ours, "2027-06-18"), period="")
    with pytest.raises(IntegrityError), database.write() as tx:
        snoozes.add(tx, wrong)


def test_months_with_purchases_rows_without_a_verdict_and_missing_reasons_are_counted(database: Database) -> None:
    ours, other = two(database)
    rows = [
        (ours, "2027-03-31", Verdict.LOCAL, 100),
        (ours, "2027-05-01", Verdict.UNCONFIRMED, 100),
        (ours, "2027-05-31", Verdict.OUTSIDE, 600),
        (ours, "2027-06-01", Verdict.OUTSIDE, 400),
        (ours, "2026-12-31", Verdict.UNCONFIRMED, 100),
        (other, "2027-05-31", Verdict.OUTSIDE, 900),
    ]
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    rule = OutsideRule(date(2027, 1, 1), 500, frozenset(), "계획")
    with database.write() as tx:
        for organisation, day, verdict, amount in rows:
            draft = a_draft(organisation_id=organisation.id, contract_date=date.fromisoformat(day), amount=amount)
            kept = purchases.add(tx, draft, a_judgement(verdict=verdict), actor=REPORTER, self_declared=False, at=AT)
        purchases.cancel(tx, kept.id, 1, actor=REPORTER, at=AT)
        both = [ours.id, other.id]
        assert owed.months_reported(tx, both, first, last) == {ours.id: frozenset({"2027-03", "2027-05", "2027-06"})}
        assert owed.without_verdict(tx, both, first) == {ours.id: 1}
        assert outside_reasons.waiting(tx, [rule], both, first) == {ours.id: 1}
        assert outside_reasons.waiting(tx, [], both, first) == {}
        assert [p.draft.amount for p in unconfirmed.rows_of(tx, ours.id, first, 5)] == [100]
        assert unconfirmed.rows_of(tx, other.id, first, 5) == []


def test_files_that_wait_for_somebody_are_listed_and_others_not(database: Database) -> None:
    ours, _ = two(database)
    question = Question("kind:표:4", QuestionKind.KIND, (("표", 4),), (("goods", ""),))
    with database.write() as tx:
        for name, state, questions, summary in (
            ("물음.csv", ImportState.READY, [question], Summary(rows=3)),
            ("확정.csv", ImportState.READY, [], Summary(rows=3, new=3)),
            ("아는것.csv", ImportState.READY, [], Summary(rows=3, known=3)),
            ("끝.csv", ImportState.CONFIRMED, [], Summary(rows=3, new=3)),
        ):
            batch, _ = purchase_imports.receive(tx, name, name, REPORTER, ours.id, AT)
            assert purchase_imports.claim(tx, batch.id, "me", AT, AT - AT) is not None
            purchase_imports.settle(tx, batch.id, "me", state, AT, summary=summary, questions=questions)
        found = owed.open_files(tx, [ours.id])[ours.id]
    assert [(file.name, file.questions) for file in found] == [("물음.csv", 1), ("확정.csv", 0)]


def test_what_came_in_after_a_moment_has_a_higher_number_and_a_change_makes_nothing_new(database: Database) -> None:
    old, new = datetime(2025, 5, 1, tzinfo=UTC), datetime(2027, 1, 5, tzinfo=UTC)
    since = datetime(2026, 1, 1, tzinfo=UTC)
    with database.write() as tx:
        assert vendor_age.last_not_new(tx, since) is None
        vendor_import.insert_vendors(tx, [a_vendor(name="가온", business_number=None)], at=old)
        vendor_import.insert_vendors(tx, [a_vendor(name="나래", business_number=None)], at=old)
        vendor_import.insert_vendors(tx, [a_vendor(name="다솜", business_number=None)], at=new)
        assert vendor_age.last_not_new(tx, since) == 2
        changed = a_vendor(id=2, name="나래", business_number=None, phone="031-000-9999")
        vendor_update.update_vendors(tx, [changed], at=new, day=new.date(), source="새 파일")
        assert vendor_age.last_not_new(tx, since) == 2, "it stood there before, whoever has changed it since"
        newer = a_vendor(id=3, name="다솜", business_number=None, phone="031-000-9998")
        vendor_update.update_vendors(tx, [newer], at=new, day=new.date(), source="새 파일")
        assert vendor_age.last_not_new(tx, since) == 3, "nobody can say it of the only new one any more"
        vendor_import.insert_vendors(tx, [a_vendor(name="라온", business_number=None)], at=new)
        assert vendor_age.last_not_new(tx, since) == 3


def test_who_became_a_lead_lately_is_found(database: Database) -> None:
    ours, other = two(database)
    with database.write() as tx:
        for user, role, since, organisation, declared in (
            ("U0OLD", Role.LEAD, date(2027, 1, 4), ours, False),
            ("U0NEW", Role.LEAD, date(2027, 6, 10), ours, False),
            ("U0STAFF", Role.STAFF, date(2027, 6, 10), ours, False),
            ("U0SAID", Role.LEAD, date(2027, 6, 10), other, True),
        ):
            affiliations.add_affiliation(
                tx, "T0", user, organisation.id, role, self_declared=declared, since=since, by=COMMAND_LINE
            )
        found = affiliations.leads_since(tx, date(2027, 6, 1), date(2027, 6, 15))
        assert [(a.user_id, a.since) for a in found] == [("U0NEW", date(2027, 6, 10))]
        organisations.set_active(tx, ours.id, active=False)
        assert affiliations.leads_since(tx, date(2027, 6, 1), date(2027, 6, 15)) == []
        assert organisations.active_codes(tx) == ["parks"]
