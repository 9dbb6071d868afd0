"""Keys of posts in one spelling, the sum, and the waits between tries."""

from datetime import date, timedelta

import pytest

from gwannae.programme.ledger import (
    REFUSED,
    WAITING,
    BadKeyError,
    LedgerSum,
    PostEvent,
    PostKey,
    PostKind,
    PostState,
    SkipReason,
    day_key,
    month_key,
    read_key,
    sum_of,
    year_key,
)
from gwannae.programme.posting_terms import PostingTerms, retry_after


def a_key(**changes: object) -> PostKey:
    values: dict[str, object] = {
        "kind": PostKind.REMINDER,
        "period": "2027-05",
        "organisation": "roads",
        "recipient": "channel",
        **changes,
    }
    return PostKey(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "spelled"),
    [
        (a_key(), "reminder/2027-05/roads/channel/1"),
        (a_key(period="2027-Q2", recipient="lead", occurrence=12), "reminder/2027-Q2/roads/lead/12"),
        (
            a_key(kind=PostKind.WEEKLY_DIGEST, period="2027-05-03", organisation="", recipient="office"),
            "weekly_digest/2027-05-03//office/1",
        ),
        (a_key(period="2027-H1", recipient="person:U0LEAD"), "reminder/2027-H1/roads/person:U0LEAD/1"),
        (a_key(period="2027", rehearsal=True), "reminder/2027/roads/channel/1/rehearsal"),
        (a_key(organisation="1/2%과"), "reminder/2027-05/1%2F2%25과/channel/1"),
        (a_key(organisation="a%2Fb"), "reminder/2027-05/a%252Fb/channel/1"),
    ],
)
def test_a_key_is_spelled_in_one_way_and_read_back(key: PostKey, spelled: str) -> None:
    assert key.spelled == spelled
    assert read_key(spelled) == key


@pytest.mark.parametrize(
    ("part", "value"),
    [
        *(
            ("period", text)
            for text in (
                "2027-5",
                "2027-13",
                "2027Q2",
                "2027-Q5",
                "27-05",
                "2027-05 ",
                "２０２７-05",
                "2027-05-32",
                "2027-H3",
                "",
            )
        ),
        *(("recipient", text) for text in ("Channel", "channel ", "person:", "person:u0lead", "person:U0/1", "")),
        ("occurrence", 0),
    ],
)
def test_another_spelling_is_refused_for_it_would_be_another_post(part: str, value: object) -> None:
    with pytest.raises(BadKeyError) as refused:
        a_key(**{part: value})
    assert refused.value.part == part


@pytest.mark.parametrize(
    "text",
    [
        "",
        "reminder",
        "reminder/2027-05/roads/channel",
        "reminder/2027-05/roads/channel/01",
        "reminder/2027-05/roads/channel/x",
        "reminder/2027-05/roads/channel/1/test",
        "other/2027-05/roads/channel/1",
        "reminder/2027-05/roads/channel/²",
    ],
)
def test_what_was_not_spelled_by_us_is_no_key(text: str) -> None:
    with pytest.raises(BadKeyError):
        read_key(text)


def test_days_are_spelled_as_periods_that_a_key_takes() -> None:
    day = date(2027, 5, 3)  # a Monday
    assert [a_key(period=f(day)).period for f in (month_key, day_key, year_key)] == ["2027-05", "2027-05-03", "2027"]


def test_every_state_stands_in_exactly_one_part_of_the_sum() -> None:
    parts = [PostState.SENT, PostState.ASKING, *WAITING, *REFUSED]
    assert sorted(parts) == sorted(PostState)
    whole = sum_of(dict.fromkeys(PostState, 2), 2 * len(PostState))
    assert whole == LedgerSum(planned=14, sent=2, refused=4, waiting=6, asking=2)
    assert whole.holds
    assert not sum_of({PostState.SENT: 1}, 2).holds


def test_every_kind_state_reason_and_step_has_words_for_a_person() -> None:
    for words in (PostKind, PostState, SkipReason, PostEvent):
        assert all(one.label for one in words)


@pytest.mark.parametrize(
    ("tries", "minutes"), [(0, 1), (1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (10_000, 60)]
)
def test_waits_between_refused_tries_double_up_to_an_hour(tries: int, minutes: int) -> None:
    assert retry_after(tries) == timedelta(minutes=minutes)


def test_a_lease_outlives_ten_time_limits() -> None:
    assert PostingTerms().lease >= 10 * PostingTerms().time_limit
    with pytest.raises(ValueError, match="lease"):
        PostingTerms(time_limit=15, lease=149)
