"""Rows, the questions asked of them, migrations: all SQL."""
