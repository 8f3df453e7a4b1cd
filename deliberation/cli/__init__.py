"""Commands, thin: what `flask` offers beside the pages. A refusal is one plain line on stderr, exit 2, nothing changed."""

import importlib
import pkgutil

import click
from flask import Flask


def init(app: Flask) -> None:
    """Register every module's `commands`; a module may add to another's group by naming it in `joins`."""
    modules = [
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    ]
    groups: dict[str, click.Command] = {}
    for module in modules:
        for command in getattr(module, "commands", ()):
            groups[command.name or ""] = command
            app.cli.add_command(command)
    for module in modules:
        for group, command in getattr(module, "joins", ()):
            target = groups.get(group)
            if isinstance(target, click.Group):
                target.add_command(command)
