"""Members with terms, meetings that replace each other, and outside purchases added up, on both databases."""

from datetime import UTC, date, datetime

from gwannae.programme.bought import Bought
from gwannae.programme.council import MeetingForm, MemberForm
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.outside_reasons import Looked, OutsideReason, ReasonCode
from gwannae.programme.verdict import Verdict
from gwannae.storage import council, council_figures, organisations, outside_reasons, purchases
from gwannae.storage.database import Database, Transaction
from tests.builders import a_draft, a_judgement, a_seed

AT = datetime(2027, 7, 1, tzinfo=UTC)
SPAN = date(2027, 1, 1), date(2027, 6, 30)


def test_a_member_is_entered_once_for_each_form_and_can_be_corrected(database: Database) -> None:
    form = MemberForm(0, "소관과장", chair=True, since=date(2027, 1, 1), until=None)
    with database.write() as tx:
        made = council.add_member(tx, form, "m1", by=COMMAND_LINE, at=AT)
        assert council.add_member(tx, form, "m1", by=COMMAND_LINE, at=AT) == made
        ended = MemberForm(made.id, "소관과장", chair=True, since=date(2027, 1, 1), until=date(2027, 6, 30))
        assert council.change_member(tx, ended, by=COMMAND_LINE, at=AT)
        nobody = MemberForm(99, "팀장", chair=False, since=date(2027, 1, 1), until=None)
        assert not council.change_member(tx, nobody, by=COMMAND_LINE, at=AT)
        assert [(m.post, m.until) for m in council.members(tx)] == [("소관과장", date(2027, 6, 30))]


def test_a_later_record_of_a_half_replaces_the_one_before_and_both_are_kept(database: Database) -> None:
    first = MeetingForm("2027-H1", date(2027, 6, 29), (1, 2), "감사담당", ("하나", "", "셋"))
    again = MeetingForm("2027-H1", date(2027, 6, 30), (1,), "", ("고침", "", ""))
    with database.write() as tx:
        made = council.add_meeting(tx, first, 1, "h1", by=COMMAND_LINE, at=AT)
        assert made is not None
        assert (made.present, made.said, made.others) == ((1, 2), ("하나", "", "셋"), "감사담당")
        assert council.add_meeting(tx, first, 1, "h1", by=COMMAND_LINE, at=AT) is None
        assert council.add_meeting(tx, again, 1, "h2", by=COMMAND_LINE, at=AT) is None, "the number is taken"
        assert council.add_meeting(tx, again, 2, "h2", by=COMMAND_LINE, at=AT) is not None
        held = council.meeting_of(tx, "2027-H1")
        assert held is not None
        assert held.said[0] == "고침"
        assert len(council.meetings(tx)) == 2
        assert [m.number for m in council.held_between(tx, date(2027, 6, 1), date(2027, 6, 30))] == [2]
        assert council.meeting_of(tx, "2027-H2") is None


def _bought(tx: Transaction, key: str, verdict: Verdict, amount: int, item: str, day: date = date(2027, 6, 1)) -> int:
    found = organisations.all_organisations(tx) or organisations.save_organisations(tx, [a_seed()]).added
    organisation = found[0]
    draft = a_draft(
        form_key=key, organisation_id=organisation.id, amount=amount, item=item, contract_date=day, title=key
    )
    made = purchases.add(tx, draft, a_judgement(verdict=verdict), actor=COMMAND_LINE, self_declared=False, at=AT)
    return made.id


def test_outside_purchases_are_added_up_by_item_reason_and_firm(database: Database) -> None:
    with database.write() as tx:
        for key, amount, item in (("a", 500, "현수막"), ("b", 300, "현수막"), ("c", 900, "")):
            _bought(tx, key, Verdict.OUTSIDE, amount, item)
        patent = _bought(tx, "d", Verdict.OUTSIDE, 100, "책상")
        _bought(tx, "e", Verdict.LOCAL, 5_000, "책상")
        _bought(tx, "f", Verdict.OUTSIDE, 7_000, "책상", date(2027, 7, 1))
        looked = Looked("책상", date(2027, 6, 1), (), 0)
        for number, code in enumerate((ReasonCode.PRICE, ReasonCode.PATENT)):  # the newest holds
            reason = OutsideReason(code, "까닭", looked, AT, "T", "U")
            outside_reasons.add(tx, patent, reason, f"r{number}")
    with database.read() as tx:
        found, left = council_figures.leaks(tx, *SPAN, 2)
        assert (found, left) == ([("", Bought(1, 900)), ("현수막", Bought(2, 800))], 1)
        assert council_figures.reasons(tx, *SPAN) == [(ReasonCode.PATENT, Bought(1, 100)), (None, Bought(3, 1_700))]
        (firm,) = council_figures.firms(tx, *SPAN, 10)
        assert (firm.bought, firm.organisations, firm.local) == (Bought(5, 6_800), 1, False)
