"""Projects while they are designed, and the rows of their bills.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Make the tables; no project is registered yet."""
    op.create_table(
        "projects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("ordered_in", sa.Date(), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("form_key <> ''", name=op.f("ck_projects_form_key_stated")),
        sa.CheckConstraint("name_key <> ''", name=op.f("ck_projects_name_key_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_projects_user_id_stated")),
        sa.CheckConstraint("kind IN ('goods', 'services', 'works')", name=op.f("ck_projects_kind_known")),
        sa.CheckConstraint("budget IS NULL OR budget > 0", name=op.f("ck_projects_budget_positive")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_projects_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("form_key", name=op.f("uq_projects_form_key")),
        sa.UniqueConstraint("organisation_id", "name_key", name=op.f("uq_projects_organisation_id_name_key")),
    )
    op.create_index("ix_projects_ordered_in", "projects", ["ordered_in"])
    op.create_table(
        "project_items",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_project_items_name_stated")),
        sa.CheckConstraint("amount IS NULL OR amount >= 0", name=op.f("ck_project_items_amount_no_reduction")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_project_items_project_id_projects")),
        sa.PrimaryKeyConstraint("project_id", "place", name=op.f("pk_project_items")),
    )
    op.create_index("ix_project_items_key", "project_items", ["key"])
