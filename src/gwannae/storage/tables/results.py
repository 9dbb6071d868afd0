"""Frozen results of a year, what went out of them, what was said against them, and what the council decided."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Named, TypedColumns, UniqueConstraint

from gwannae.programme.results import Stage
from gwannae.programme.year_end import Release
from gwannae.storage.columns import one_of, stated, table


class ResultColumns(TypedColumns):
    """The `number`th result of a year. `content` is its canonical JSON, byte for byte; nothing updates a row."""

    id: Named[int] = Column(primary_key=True)
    year: Named[int]
    number: Named[int]
    stage: Named[str]
    content: Named[str]
    fingerprint: Named[str]
    made_at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


results = table(
    "results",
    ResultColumns,
    # Two people at once take the same number, and one of them finds it taken.
    UniqueConstraint("year", "number"),
    one_of("stage", Stage),
    stated("content"),
    stated("user_id"),
    CheckConstraint("number >= 1", name="number_from_one"),
    CheckConstraint("length(fingerprint) = 64", name="fingerprint_whole"),
)


class ResultReleaseColumns(TypedColumns):
    """Somebody's press that let something out. `number` is the result's (an announcement's: the decision's)."""

    id: Named[int] = Column(primary_key=True)
    year: Named[int]
    what: Named[str]
    number: Named[int]
    until_day: Named[date | None]
    at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


result_releases = table(
    "result_releases",
    ResultReleaseColumns,
    UniqueConstraint("year", "what", "number"),
    one_of("what", Release),
    stated("user_id"),
)


class ObjectionColumns(TypedColumns):
    """What an organisation says against a preliminary result, answered once. Channel and ts are the thread it is in."""

    id: Named[int] = Column(primary_key=True)
    form_key: Named[str] = Column(unique=True)
    result_id: Named[int] = Column(ForeignKey("results.id"))
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"))
    sentence: Named[str]
    evidence: Named[str]
    channel: Named[str]
    ts: Named[str]
    at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]
    accepted: Named[bool | None]
    answer: Named[str]
    answered_at: Named[datetime | None]
    answered_by: Named[str]


objections = table(
    "objections",
    ObjectionColumns,
    stated("form_key"),
    stated("sentence"),
    stated("user_id"),
    CheckConstraint("(accepted IS NULL) = (answered_at IS NULL)", name="answered_whole"),
    CheckConstraint("accepted IS NULL OR answer <> ''", name="answer_stated"),
    Index("ix_objections_result_id", "result_id"),
)


class AwardDecisionColumns(TypedColumns):
    """The council's decision on a result; a later one of the same year replaces it. `winners` is JSON."""

    id: Named[int] = Column(primary_key=True)
    form_key: Named[str] = Column(unique=True)
    year: Named[int]
    number: Named[int]
    result_id: Named[int] = Column(ForeignKey("results.id"))
    decided_on: Named[date]
    members: Named[str]
    reason: Named[str]
    winners: Named[str]
    at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


award_decisions = table(
    "award_decisions",
    AwardDecisionColumns,
    UniqueConstraint("year", "number"),
    stated("form_key"),
    stated("members"),
    stated("reason"),
    stated("winners"),
    stated("user_id"),
)
