"""A fresh, migrated database for each test: a copied file for SQLite, a database made from a template for PostgreSQL.

Tests under store/, services/ and journeys/ run on both; where there is no PostgreSQL that half is skipped and says so.
With YISHITING_NOTHING_LEFT_OUT set (CI), what would be skipped fails instead.
"""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import databases

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")  # a busy machine is no fault of the code

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
BOTH = ("store", "services", "journeys")
STRICT = bool(os.environ.get("YISHITING_NOTHING_LEFT_OUT"))


def leave_out(reason):
    """Skip, or fail where nothing may be left out."""
    (pytest.fail if STRICT else pytest.skip)(reason)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if item.get_closest_marker("corpus") and not SHARED.exists():
        leave_out("the shared corpus is not beside the project")
    if item.get_closest_marker("libreoffice") and not shutil.which("soffice"):
        leave_out("LibreOffice (soffice) is not installed")
    if item.get_closest_marker("browser") and not shutil.which("chromium"):
        leave_out("Chromium (chromium) is not installed")


def pytest_generate_tests(metafunc):
    if "database_url" not in metafunc.fixturenames:
        return
    part = Path(metafunc.module.__file__).relative_to(HERE).parts[0]
    kinds = ["sqlite", "postgres"] if part in BOTH else ["sqlite"]
    metafunc.parametrize("database_kind", kinds, indirect=True, scope="session")


@pytest.fixture(scope="session")
def database_kind(request):
    return getattr(request, "param", "sqlite")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("template")
    databases.migrate(f"sqlite:///{folder / 'template.db'}", folder)
    databases.fold(folder / "template.db")
    return folder / "template.db"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    server = databases.Postgres.find(tmp_path_factory.mktemp("pg"))
    if server is None:
        leave_out("PostgreSQL is not installed and TEST_DATABASE_URL is not set")
    yield server
    server.stop()


@pytest.fixture
def database_url(database_kind, sqlite_template, tmp_path, request):
    if database_kind == "sqlite":
        shutil.copy(sqlite_template, tmp_path / "yishiting.db")
        yield f"sqlite:///{tmp_path / 'yishiting.db'}"
        return
    server = request.getfixturevalue("postgres")
    name = server.fresh(tmp_path)
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def app(database_url, tmp_path):
    """An application on a fresh database, with its context pushed."""
    application = databases.application(database_url, tmp_path)
    with application.app_context():
        yield application
        databases.let_go()


@pytest.fixture(scope="session")
def shared():
    """The folder with the corpus and the schemas, beside the project."""
    return SHARED


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """Where nothing may be left out, a skipped test is a failure, whoever skipped it."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if STRICT and reporter is not None and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
