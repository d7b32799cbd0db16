"""Alembic's entry: runs the steps over the connection that ``opening`` hands in, inside its one transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
