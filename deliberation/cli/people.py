"""`flask people`: offices, persons, roles, duties, accounts, invitations: how an empty installation gets its first ones."""

import getpass
import secrets
from pathlib import Path

import click
from flask import current_app, url_for
from flask.cli import AppGroup

from deliberation.cli.speaking import plainly
from deliberation.domain.errors import NotFound, Refusal, _
from deliberation.domain.roles import Duty, OfficeKind, Role
from deliberation.services import invitations, rosters, sessions
from deliberation.services import people as work
from deliberation.services.actors import Operator
from deliberation.services.people import Newcomer
from deliberation.store import people
from deliberation.store.people import Office, Person
from deliberation.store.rosters import with_accounts

HELP = """Offices, persons, roles and accounts. 人员。

An empty installation begins so:

\b
  flask people office "××市人大常委会法工委" --kind commission
  flask people office "××街道基层立法联系点" --under "××市人大常委会法工委"
  flask people add "林静" --office "××街道基层立法联系点" --role liaison --login lin
  flask people add "赵某" --office "××市人大常委会法工委" --role commission --login zhao
  flask people duty 2 system

The second number of `flask people list` is the person. The liaison officer's account suffices to run an office; three
different persons hold the duties system, security and audit.
"""
group = AppGroup("people", help=HELP)
commands = [group]
ROLES = click.Choice([role.value for role in Role])


def operator() -> Operator:
    """The system user at the console."""
    return Operator(getpass.getuser())


def office_named(words: str) -> Office:
    """An office by its number or its whole name."""
    found = people.office(int(words)) if words.isdecimal() else None
    found = found or next((one for one in people.offices() if one.name == words), None)
    if found is None:
        raise NotFound(_("没有叫“%(name)s”的单位。用 flask people list 看有哪些。"), name=words)
    return found


def person_numbered(number: int) -> Person:
    """A person by number."""
    found = people.get(number)
    if found is None:
        raise NotFound(_("没有编号为 %(number)s 的人。用 flask people list 看有哪些。"), number=number)
    return found


@group.command("list")
@plainly
def list_() -> None:
    """office, person, name, role, category, login, separated by tabs; an office without people is one line."""
    for one in people.offices():
        here = people.members(one.id)
        logins = with_accounts([m.person_id for m in here])
        if not here:
            click.echo(f"{one.id}\t-\t{one.name}\t{one.kind}\t\t")
        for m in here:
            login = logins.get(m.person_id, "")
            click.echo(f"{one.id}\t{m.person_id}\t{m.person.name}\t{m.role}\t{m.category or ''}\t{login}")


@group.command("office")
@click.argument("name")
@click.option(
    "--kind", type=click.Choice([k.value for k in OfficeKind]), default="outreach", show_default=True
)
@click.option("--under", default="", help="The office above it, by number or name.")
@plainly
def office(name: str, kind: str, under: str) -> None:
    """Open an office; prints its number."""
    parent = office_named(under) if under else None
    click.echo(str(work.open_office(operator(), name, OfficeKind(kind), parent).id))


@group.command("add")
@click.argument("name")
@click.option("--office", "where", required=True, help="Number or name.")
@click.option("--role", type=ROLES, default="panel", show_default=True)
@click.option("--phone", default="")
@click.option("--category", default="")
@click.option(
    "--login",
    default="",
    help="Give an account too; the password is asked for, or made and printed with --make-password.",
)
@click.option(
    "--make-password", is_flag=True, help="Make a first password; it must be changed at the first sign-in."
)
@plainly
def add(name: str, where: str, role: str, phone: str, category: str, login: str, make_password: bool) -> None:
    """Add a person to an office with a role; prints the person's number."""
    one = office_named(where)
    _free(login)
    password = _password(make_password) if login else ""
    made = work.add_person(operator(), one, Newcomer(name, phone, Role(role), category))
    number = made.person_id
    if login:
        work.give_account(operator(), one, made.person, login, password, must_change=make_password)
    click.echo(str(number))
    if make_password and login:
        click.echo(password)


def _free(login: str) -> None:
    if login and people.by_login(login) is not None:
        raise Refusal(_("这个用户名已经有人用了，请换一个。"))


def _password(make: bool) -> str:
    if make:
        return "-".join(secrets.token_hex(3) for _n in range(3))
    password: str = click.prompt("Password / 密码", hide_input=True, confirmation_prompt=True)
    sessions.strong(password)
    return password


@group.command("password")
@click.argument("login")
@plainly
def password(login: str) -> None:
    """Set another password for an account; every session of it ends."""
    account = people.by_login(login)
    if account is None:
        raise NotFound(_("没有用户名“%(login)s”。用 flask people list 看有哪些。"), login=login)
    sessions.set_password(operator(), account, _password(make=False))


@group.command("invite")
@click.argument("name")
@click.option("--office", "where", required=True, help="Number or name.")
@click.option("--role", type=ROLES, default="panel", show_default=True)
@click.option("--category", default="")
@click.option(
    "--person", type=int, help="Somebody already known, by number: an account, or another password."
)
@plainly
def invite(name: str, where: str, role: str, category: str, person: int | None) -> None:
    """Make an invitation and print its link: it works once, for 14 days."""
    somebody = person_numbered(person) if person else None
    new = Newcomer(name, role=Role(role), category=category)
    _made, token = invitations.invite(operator(), office_named(where), new, somebody)
    public = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    with current_app.test_request_context(base_url=public or None):
        click.echo(public + url_for("people.invitation", token=token))


@group.command("role")
@click.argument("person", type=int)
@click.argument("role", type=ROLES)
@click.option("--office", "where", required=True, help="Number or name.")
@click.option("--category", default="")
@click.option("--end", is_flag=True, help="End the role instead.")
@plainly
def role(person: int, role: str, where: str, category: str, end: bool) -> None:
    """Give PERSON another ROLE in an office, or end it."""
    somebody, one = person_numbered(person), office_named(where)
    if not end:
        work.give_role(operator(), one, somebody, Role(role), category)
        return
    held = next((m for m in people.members(one.id, role) if m.person_id == somebody.id), None)
    if held is None:
        raise NotFound(_("%(name)s 在这个单位没有这个身份。"), name=somebody.name)
    work.end_role(operator(), held)


@group.command("duty")
@click.argument("person", type=int)
@click.argument("duty", type=click.Choice([d.value for d in Duty]))
@plainly
def duty(person: int, duty: str) -> None:
    """Make PERSON the system, security or audit administrator of the installation; one person, one duty."""
    work.give_duty(operator(), person_numbered(person), Duty(duty))


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--office", "where", required=True, help="Number or name.")
@click.option("--role", type=ROLES, default="panel", show_default=True)
@plainly
def import_(file: Path, where: str, role: str) -> None:
    """Add everybody on the list FILE (.xlsx, .csv); one bad row and nothing is added. Prints added and already there."""
    one = office_named(where)
    table = rosters.read_list(data=file.read_bytes(), name=file.name)
    found = rosters.lines(table, rosters.likely(table), Role(role))
    for line in found:
        for said in line.problems:
            click.echo(f"{line.number}\t{said}", err=True)
    added, there = work.import_people(operator(), one, rosters.sound(found))
    click.echo(f"{added}\t{there}")
