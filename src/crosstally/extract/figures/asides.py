"""What stands between a subject and its verb, between commas: "including 14 women", "who has not been named"."""

from __future__ import annotations

from crosstally.extract.figures.scene import Scene
from crosstally.extract.figures.syntax import Parsed

_ASIDE = 16  # tokens of a relative clause between commas, at most


def aside(i: int, scene: Scene) -> int:
    """Behind ", including 14 women and nine children," where such an aside begins at token ``i``; else ``i``."""
    tokens, words = scene.parsed.sentence.tokens, scene.grammar.words
    if i + 1 >= len(tokens) or tokens[i].text != "," or tokens[i + 1].lower not in words["including"]:
        return i
    for j in range(i + 2, len(tokens) - 1):
        if tokens[j].text == "," and scene.parsed.verb_at[j + 1] >= 0:
            return j + 1
        if scene.parsed.verb_at[j] >= 0 and scene.parsed.verbs[scene.parsed.verb_at[j]].finite:
            break
    return i


def past_aside(comma: int, parsed: Parsed, scene: Scene) -> int:
    """The token behind a relative clause between commas ("the student, who has not been named, died"); ``comma`` itself where there is none."""
    tokens = parsed.sentence.tokens
    after = comma + 1
    if after < len(tokens) and tokens[after].lower in scene.grammar.words["who"]:
        for i in range(after + 1, min(len(tokens), after + _ASIDE)):
            if tokens[i].text == ",":
                return i + 1
    return comma
