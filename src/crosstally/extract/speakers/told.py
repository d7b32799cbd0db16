"""What was told in a stretch of text: attributions, and the stretch as read."""

from __future__ import annotations

import msgspec

from crosstally.values import Mention, Sentence, Span, Speaker, Window


class Attribution(msgspec.Struct, frozen=True):
    """Words and who stands behind them.

    ``content`` a run of text (a source with words in two places has two attributions, one cue). ``status``: said, confirmed, denied,
    warned,
    claimed, forecast, estimated, announced, promised, urged, asked, believed, intended, "not said", unverified. ``said_at`` holds the
    words of time only, which stand at ``when``. ``speech`` is False for thoughts and wishes. ``person``: the source is one person.
    ``reason`` tells how the speaker was found.
    """

    content: Span
    speaker: Speaker
    cue: Span | None
    source: Span | None
    channel: str | None
    status: str
    said_at: Window | None
    rule: str
    reason: str
    speech: bool = True
    person: bool = False
    when: Span | None = None


class Voiced(msgspec.Struct, frozen=True):
    """Attributions in order of content, and the quotes with ``value.speaker`` filled where it is known."""

    attributions: tuple[Attribution, ...]
    quotes: tuple[Mention, ...]


class Told(msgspec.Struct):
    """A stretch as read: its sentences, quotes, attributions, and who spoke last in it."""

    sentences: list[Sentence]
    quotes: list[Mention]
    found: list[Attribution]
    inner: list[Attribution] = []  # who is quoted inside its quotes
    stances: list[Attribution] = []  # stands taken without a word said
    last: Attribution | None = None
    opens: bool = False  # ends in a colon after a cue: the words follow
    bare: bool = False  # nothing but quotes
    first: bool = False  # begins with a quote
