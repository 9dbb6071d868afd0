"""Published lists beside the reports: what was found for each organisation, sent and answered.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Make the three tables; no list was kept before."""
    _checks()
    _cards()
    _answers()


def _checks() -> None:
    counts = ("year", "published", "reported", "agreed", "other_years", "without_amount", "unread")
    op.create_table(
        "cross_checks",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.CheckConstraint("source IN ('file', 'g2b')", name=op.f("ck_cross_checks_source_known")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["purchase_imports.id"], name=op.f("fk_cross_checks_import_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_cross_checks")),
    )


def _cards() -> None:
    op.create_table(
        "cross_check_cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("published", sa.JSON(), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.Column("unpublished", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("message_ts", sa.Text(), nullable=False),
        sa.CheckConstraint("(sent_at IS NULL) = (channel_id = '')", name=op.f("ck_cross_check_cards_sent_somewhere")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["cross_checks.import_id"], name=op.f("fk_cross_check_cards_import_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_cross_check_cards_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cross_check_cards")),
        sa.UniqueConstraint(
            "import_id", "organisation_id", name=op.f("uq_cross_check_cards_import_id_organisation_id")
        ),
    )


def _answers() -> None:
    op.create_table(
        "cross_check_answers",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer IN ('not_ours', 'known')", name=op.f("ck_cross_check_answers_answer_known")),
        sa.CheckConstraint("finding <> ''", name=op.f("ck_cross_check_answers_finding_stated")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_cross_check_answers_reason_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_cross_check_answers_user_id_stated")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_cross_check_answers_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["card_id"], ["cross_check_cards.id"], name=op.f("fk_cross_check_answers_card_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "finding", name=op.f("pk_cross_check_answers")),
    )
    op.create_index("ix_cross_check_answers_card", "cross_check_answers", ["card_id"], unique=False)
