"""Frozen results, what went out of them, objections, and the council's decisions.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the four tables; no year is settled yet."""
    _results()
    _releases()
    _objections()
    _decisions()


def _results() -> None:
    op.create_table(
        "results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("stage IN ('preliminary', 'final', 'amended')", name=op.f("ck_results_stage_known")),
        sa.CheckConstraint("content <> ''", name=op.f("ck_results_content_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_results_user_id_stated")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_results_number_from_one")),
        sa.CheckConstraint("length(fingerprint) = 64", name=op.f("ck_results_fingerprint_whole")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_results_year_number")),
    )


def _releases() -> None:
    op.create_table(
        "result_releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "what IN ('preliminary', 'announcement', 'bonus_points')", name=op.f("ck_result_releases_what_known")
        ),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_result_releases_user_id_stated")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_releases")),
        sa.UniqueConstraint("year", "what", "number", name=op.f("uq_result_releases_year_what_number")),
    )


def _objections() -> None:
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.CheckConstraint("form_key <> ''", name=op.f("ck_objections_form_key_stated")),
        sa.CheckConstraint("sentence <> ''", name=op.f("ck_objections_sentence_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_objections_user_id_stated")),
        sa.CheckConstraint("(accepted IS NULL) = (answered_at IS NULL)", name=op.f("ck_objections_answered_whole")),
        sa.CheckConstraint("accepted IS NULL OR answer <> ''", name=op.f("ck_objections_answer_stated")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_objections_result_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_objections_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("form_key", name=op.f("uq_objections_form_key")),
    )
    op.create_index("ix_objections_result_id", "objections", ["result_id"], unique=False)


def _decisions() -> None:
    op.create_table(
        "award_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("winners", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("form_key <> ''", name=op.f("ck_award_decisions_form_key_stated")),
        sa.CheckConstraint("members <> ''", name=op.f("ck_award_decisions_members_stated")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_award_decisions_reason_stated")),
        sa.CheckConstraint("winners <> ''", name=op.f("ck_award_decisions_winners_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_award_decisions_user_id_stated")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_award_decisions_result_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_decisions")),
        sa.UniqueConstraint("form_key", name=op.f("uq_award_decisions_form_key")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_award_decisions_year_number")),
    )
