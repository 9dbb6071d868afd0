"""The council: terms, who sits on a day, halves, and what a form may say."""

from datetime import date

import pytest

from gwannae.programme.council import (
    CouncilFault,
    MeetingForm,
    Member,
    MemberForm,
    half_of,
    halves_to,
    meeting_faults,
    member_faults,
    members_on,
    named_without_seat,
    strangers,
)

CHAIR = Member(1, "소관과장", chair=True, since=date(2027, 1, 1), until=date(2027, 6, 30))
NEXT_CHAIR = Member(2, "소관과장", chair=True, since=date(2027, 7, 1))
TEAM = Member(3, "계약총괄팀장", chair=False, since=date(2027, 3, 1), until=date(2027, 3, 1))
EVERY = (CHAIR, NEXT_CHAIR, TEAM)


@pytest.mark.parametrize(
    ("day", "sitting"),
    [
        (date(2026, 12, 31), []),
        (date(2027, 1, 1), [1]),
        (date(2027, 3, 1), [1, 3]),
        (date(2027, 3, 2), [1]),
        (date(2027, 6, 30), [1]),
        (date(2027, 7, 1), [2]),
        (date(2099, 1, 1), [2]),
    ],
)
def test_a_term_covers_its_first_and_its_last_day(day: date, sitting: list[int]) -> None:
    assert [member.id for member in members_on(EVERY, day)] == sitting


def test_who_was_present_without_a_seat_is_told() -> None:
    assert [m.id for m in strangers(EVERY, (1, 3), date(2027, 4, 1))] == [3]
    assert strangers(EVERY, (1, 3), date(2027, 3, 1)) == ()


@pytest.mark.parametrize(
    ("text", "day", "named"),
    [
        ("위원장 소관과장, 계약총괄팀장", date(2027, 4, 1), ["계약총괄팀장"]),
        ("위원장 소관과장", date(2027, 8, 1), []),  # another holder of the same post sits
        ("위원장 소관과장", date(2026, 8, 1), ["소관과장"]),
        ("위원 4명", date(2026, 8, 1), []),
    ],
)
def test_a_post_that_is_named_in_words_is_held_against_the_terms(text: str, day: date, named: list[str]) -> None:
    assert [member.post for member in named_without_seat(EVERY, text, day)] == named


@pytest.mark.parametrize(
    ("form", "faults"),
    [
        (MemberForm(0, "", chair=False, since=date(2027, 1, 1), until=None), (CouncilFault.POST,)),
        (MemberForm(0, "팀장", chair=False, since=None, until=None), (CouncilFault.SINCE,)),
        (MemberForm(0, "팀장", chair=False, since=date(2027, 1, 2), until=date(2027, 1, 1)), (CouncilFault.UNTIL,)),
        (MemberForm(0, "팀장", chair=False, since=date(2027, 1, 1), until=date(2027, 1, 1)), ()),
        (MemberForm(0, "과장", chair=True, since=date(2027, 6, 30), until=None), (CouncilFault.SECOND_CHAIR,)),
        (MemberForm(0, "과장", chair=True, since=date(2026, 1, 1), until=date(2026, 12, 31)), ()),
        (MemberForm(2, "과장", chair=True, since=date(2027, 7, 2), until=None), ()),  # the same one, corrected
    ],
)
def test_a_members_form(form: MemberForm, faults: tuple[CouncilFault, ...]) -> None:
    assert member_faults(form, EVERY) == faults


@pytest.mark.parametrize(
    ("form", "faults"),
    [
        (MeetingForm("2027-H1", date(2027, 6, 1), (1,), "", ("정함",)), ()),
        (MeetingForm("2027-H3", date(2027, 6, 1), (1,), "", ("정함",)), (CouncilFault.PERIOD,)),
        (MeetingForm("2027-H1", None, (1,), "", ("정함",)), (CouncilFault.DAY,)),
        (MeetingForm("2027-H1", date(2027, 6, 16), (1,), "", ("정함",)), (CouncilFault.FUTURE,)),
        (MeetingForm("2027-H1", date(2027, 6, 1), (), "", ("정함",)), (CouncilFault.PRESENT,)),
        (MeetingForm("2027-H1", date(2027, 6, 1), (9,), "", ("정함",)), (CouncilFault.PRESENT,)),
        (MeetingForm("2027-H1", date(2027, 6, 1), (1,), "", ("", "")), (CouncilFault.SAID,)),
    ],
)
def test_a_meetings_form(form: MeetingForm, faults: tuple[CouncilFault, ...]) -> None:
    assert meeting_faults(form, EVERY, date(2027, 6, 15)) == faults


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2027-H1", (date(2027, 1, 1), date(2027, 6, 30))),
        ("2027-H2", (date(2027, 7, 1), date(2027, 12, 31))),
        ("2027-H3", None), ("2027", None), ("0000-H1", None), ("²027-H1", None), ("", None),
    ],
)  # fmt: skip
def test_a_half_is_read_from_its_one_spelling(text: str, span: tuple[date, date] | None) -> None:
    assert half_of(text) == span


@pytest.mark.parametrize(
    ("day", "halves"),
    [
        (date(2027, 6, 30), ("2027-H1", "2026-H2", "2026-H1")),
        (date(2027, 7, 1), ("2027-H2", "2027-H1", "2026-H2")),
    ],
)
def test_halves_are_offered_from_that_of_the_day_back(day: date, halves: tuple[str, ...]) -> None:
    assert halves_to(day, 3) == halves
