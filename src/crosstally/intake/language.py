"""Which language a report is in. English is told without loading a model."""

from __future__ import annotations

import re


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_WORD = re.compile(r"[^\W\d_]+")
# The commonest English words that no other Latin-script language shares in number: a fifth of any English text and a few percent of others.
_ENGLISH = _words(
    "the of and to in a is was that for on with as by at from were had has have it an be this which said its but not they after been "
    "are who their more his would or over when about people one two also during all he we there no she what than into will"
)
# Words that look English in the set above but are commoner elsewhere never decide on their own: a share is asked for.
_SHARE = 0.22
_SAMPLE = 4000
_LEAST = 12


def recognise(text: str) -> str | None:
    """ISO 639-1 code of a text's language, or None where it is too short to tell."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    if sum(map(len, words)) < _LEAST:
        return None
    ascii_words = [w.lower() for w in words if w.isascii()]
    if len(ascii_words) >= 0.9 * len(words) and sum(w in _ENGLISH for w in ascii_words) >= _SHARE * len(words) and len(words) >= 8:
        return "en"
    import py3langid  # loads its model: about a second, so only for texts that are not plainly English

    code, _ = py3langid.classify(sample)
    return str(code)
