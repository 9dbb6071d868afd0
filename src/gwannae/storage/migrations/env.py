"""Read by Alembic: run the steps on the connection that `gwannae.storage.schema` hands in."""

from alembic import context

from gwannae.storage.tables.whole import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # schema.upgrade holds one transaction around all steps
)
context.run_migrations()
