"""``crosstally desk`` serves the local web app on a ledger; ``crosstally mcp`` answers agents from the same ledger."""

from __future__ import annotations

import socket
from pathlib import Path

import click

_NEEDS = "pip install 'crosstally[desk]'"


@click.command()
@click.option("--ledger", "ledger_path", type=click.Path(dir_okay=False, path_type=Path), help="The ledger to show and to keep; in memory without.")
@click.option("--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="Port on this machine; 0 picks a free one.")
def desk(ledger_path: Path | None, port: int) -> None:
    """Open the desk: a local web app on a ledger, for this machine alone.

    Prints its address, and serves until it is stopped with Ctrl-C.
    """
    try:
        import uvicorn

        from crosstally.desk.web import create
    except ImportError as missing:
        raise click.ClickException(f"the desk needs {missing.name}: {_NEEDS}") from None
    from crosstally.serving import LedgerBooks

    listening = _listen(port)
    books = LedgerBooks(ledger_path)
    try:
        app = create(books, listening.getsockname()[1])
        click.echo(f"crosstally desk on {books.name}: http://127.0.0.1:{listening.getsockname()[1]}/ (Ctrl-C stops it)")
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off"))
        server.run(sockets=[listening])
    finally:
        books.close()


def _listen(port: int) -> socket.socket:
    """Loopback only: nobody else on the network reaches the desk."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(("127.0.0.1", port))
    except OSError:
        made.close()
        raise click.ClickException(f"port {port} is in use; name another with --port, or 0 for a free one") from None
    return made


@click.command()
@click.option("--ledger", "ledger_path", type=click.Path(dir_okay=False, exists=True, path_type=Path), required=True, help="Answer from this file.")
def mcp(ledger_path: Path) -> None:
    """Answer agents from a ledger, over the Model Context Protocol on standard input and output.

    Tools: list_events, get_event, get_findings, explain_figure, search_claims. Each figure comes with its sentence.
    """
    try:
        from crosstally.desk.agents import server
    except ImportError as missing:
        raise click.ClickException(f"the agent server needs {missing.name}: {_NEEDS}") from None
    from crosstally.serving import LedgerBooks

    books = LedgerBooks(ledger_path)
    try:
        server(books).run("stdio")
    finally:
        books.close()
