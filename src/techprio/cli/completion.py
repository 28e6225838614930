"""What a shell offers after a tab: ids and settings, from the registries."""

from __future__ import annotations

import click


def rankings(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ranking methods."""
    from techprio.methods import METHODS

    return [id for id in METHODS if id.startswith(incomplete)]


def entries(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Everything that has a card."""
    from techprio.catalogue import KINDS

    return sorted({id for kind in KINDS.values() for id in kind if id.startswith(incomplete)})


def settings(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The settings of the method that stands before on the line."""
    from techprio.methods import METHODS

    method = METHODS.get(ctx.params.get("method") or "additive")
    return [f"{key}=" for key in method.settings if key.startswith(incomplete)] if method else []
