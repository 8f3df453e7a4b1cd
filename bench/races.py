"""The long harness of voting: 500 races of closing against casting and 32 processes on one seat, on both databases.

`python -m bench.races [RACES]`; exit 0 where nothing was wrong, doubled or lost.
"""

import sys
import tempfile
from pathlib import Path

from tests import databases, make_votes
from tests.services import test_vote_races as races


def run(kind: str, url: str, folder: Path, number: int) -> None:
    """Both races on one fresh database; prints one line each."""
    app = databases.application(url, folder)
    with app.app_context():
        vote = make_votes.panel_vote()
        row_id, vote_id = races.rows.roll(vote.id)[0].id, vote.id
        databases.let_go()
        found = races.together(races.one_seat, [(url, folder, vote_id, row_id)] * 32)
        ballots = len(races.rows.ballots_of(row_id))
        print(f"{kind}: 32 processes, one seat: {found.count('cast')} acknowledged, {ballots} stored")
        if (found.count("cast"), ballots) != (1, 1):
            raise SystemExit(1)
        seen = races.check(*races.race(url, folder, number))
        print(f"{kind}: {number} races: {seen['cast']} in time and counted, {seen['late']} refused, 0 wrong")
        databases.let_go()


def main(number: int = 500) -> None:
    """SQLite first, then PostgreSQL where it is installed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'races.db'}"
        databases.migrate(url, folder)
        run("sqlite", url, folder, number)
        server = databases.Postgres.find(folder)
        if server is None:
            print("postgres: left out, not installed")
            return
        try:
            run("postgres", server.url(server.fresh(folder)), folder, number)
        finally:
            server.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
