"""Reports handed in: each item is read in turn in the background, and says how it went. What changed is told when all are done."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from .ports import Books, Change, Offer, Outcome

State = Literal["waiting", "reading", "read", "known", "not read"]
_KEPT = 50


@dataclass(slots=True)
class Item:
    name: str
    state: State = "waiting"
    outcome: Outcome = field(default_factory=Outcome)


@dataclass(slots=True)
class Job:
    """``settled``: every item is done and the account is up to date. ``trouble``: why it could not be brought up to date."""

    id: str
    items: list[Item]
    changes: tuple[Change, ...] = ()
    settled: bool = False
    trouble: str = ""

    @property
    def done(self) -> int:
        return sum(item.state not in ("waiting", "reading") for item in self.items)


class Jobs:
    """What was handed in since the desk opened. One worker: a ledger is written by one at a time."""

    def __init__(self, books: Books, settled: Callable[[], object]) -> None:
        self._books, self._settled = books, settled
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._decided: OrderedDict[str, tuple[Change, ...]] = OrderedDict()
        self._turn = threading.Lock()

    def start(self, offers: list[Offer]) -> Job:
        job = Job(secrets.token_hex(6), [Item(offer.name) for offer in offers])
        self._jobs[job.id] = job
        while len(self._jobs) > _KEPT:
            self._jobs.popitem(last=False)
        threading.Thread(target=self._run, args=(job, offers), daemon=True).start()
        return job

    def get(self, id: str) -> Job | None:
        return self._jobs.get(id)

    def decided(self, changes: tuple[Change, ...]) -> str:
        """Keeps what a decision changed, for the page that is shown next; returns the name to ask for it by."""
        id = secrets.token_hex(6)
        self._decided[id] = changes
        while len(self._decided) > _KEPT:
            self._decided.popitem(last=False)
        return id

    def changed(self, id: str) -> tuple[Change, ...] | None:
        return self._decided.get(id)

    def _run(self, job: Job, offers: list[Offer]) -> None:
        from crosstally.errors import CrosstallyError

        with self._turn:
            for item, offer in zip(job.items, offers, strict=True):
                item.state = "reading"
                try:
                    item.outcome = self._books.take(offer)
                except CrosstallyError as error:
                    item.outcome = Outcome(problems=(str(error),))
                except Exception as error:  # one report that breaks a reader must not take the others with it
                    item.outcome = Outcome(problems=(f"{offer.name}: could not be read ({type(error).__name__})",))
                item.state = "read" if item.outcome.fresh else "known" if item.outcome.documents else "not read"
            try:
                if any(item.outcome.fresh for item in job.items):
                    job.changes = self._books.settle()
                    self._settled()
            except CrosstallyError as error:
                job.trouble = str(error)
            finally:
                job.settled = True
