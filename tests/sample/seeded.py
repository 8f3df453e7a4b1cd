"""The whole sample, made once for the tests of a module: first killed half-way, then brought in."""

from contextlib import contextmanager

from deliberation.sample import installing
from tests import databases


class KilledError(Exception):
    """The plug is pulled."""


def pull_the_plug(done):
    if done > 0.03:
        raise KilledError


@contextmanager
def installed(folder, *, killed=False):
    """An application on the sample, with its context pushed; `killed`: a first try ends half-way."""
    url = f"sqlite:///{folder / 'yishiting.db'}"
    databases.migrate(url, folder)
    app = databases.application(url, folder)
    with app.app_context():
        if killed:
            try:
                installing.install(app, pull_the_plug)
            except KilledError:
                assert (folder / installing.BEGUN).exists()
                assert installing.is_new(app), "what was begun is not the database"
        installing.install(app, lambda done: None)
        yield app
        databases.let_go()
