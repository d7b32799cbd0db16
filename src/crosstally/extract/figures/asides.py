"""From a subject to its verb: past what stands between them, between commas ("including 14 women", "who has not been named") or not."""

from __future__ import annotations

from crosstally.extract.figures import syntax
from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.scene import Scene, reduced
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


def next_verb(i: int, parsed: Parsed, scene: Scene) -> tuple[int, int, float] | None:
    """The verb whose subject ends before token ``i``: (index, distance, penalty). Skips modifiers: prepositional phrases, commas, relatives."""
    tags, tokens = parsed.tags, parsed.sentence.tokens
    start, penalty, depth, clause = i, 0.0, 0, False
    while i < len(tags):
        if tokens[i].text in ("(", "["):
            depth += 1
        elif tokens[i].text in (")", "]"):
            depth -= 1
        elif depth == 0:
            if parsed.verb_at[i] >= 0:
                index = parsed.verb_at[i]
                verb = parsed.verbs[index]
                if verb.voice in ("gerund", "infinitive") or verb.lemma in scene.grammar.words["contain"]:
                    i = verb.last + 1
                    penalty += 0.05
                    continue
                relative = tokens[i - 1].lower in scene.grammar.words["that"]
                if relative and verb.lemma == "be" and tags[verb.last + 1 : verb.last + 2] == syntax.PREP:
                    i = verb.last + 1  # "who were at the market": the main verb, further on
                    continue
                if (
                    verb.voice == "ambiguous"
                    and tags[i - 1] != syntax.COORD
                    and reduced(verb, parsed, scene.triggers)
                    and any(scene_verb.first > verb.last and scene_verb.voice != "gerund" for scene_verb in parsed.verbs[index + 1 : index + 2])
                    and i != start
                ):
                    i = verb.last + 1  # a reduced relative further off: look for the main verb
                    continue
                return index, i - start, penalty
            if tags[i] == syntax.SUB and tokens[i].lower not in scene.grammar.words["that"]:
                return None
            if tokens[i].text == "," and (past := past_aside(i, parsed, scene)) > i:
                i, penalty = past, penalty + 0.05
                continue
            if tokens[i].lower in scene.grammar.words["contrast"] or tokens[i].lower in scene.grammar.words["whose"]:
                return None
            if tags[i] == syntax.COORD and i > start:
                penalty += 0.08
            if tokens[i].text in (";", ":"):
                return None
            if tags[i] == syntax.PUNCT and tokens[i].text == ",":
                penalty += 0.04
            if tags[i] == syntax.NUM:
                penalty += 0.05
            relative = tokens[i].lower in scene.grammar.words["that"]
            if relative and i > start and (clause or tags[i + 1 : i + 2] == syntax.DET):
                return None  # "a girl who fled from a farm where three were killed", "took the woman to a clinic where the boy died"
            clause = clause or (relative and i == start)
            contact = parsed.verb_at[i + 1] if tags[i] == syntax.PRON and i == start and i + 1 < len(tags) else -1
            if contact >= 0 and tokens[i].lower in scene.grammar.words["doers"] and parsed.verbs[contact].voice in ("active", "ambiguous"):
                i, penalty = parsed.verbs[contact].last + 1, penalty + 0.05
                continue  # "30 of the 45 drones it tracked were shot down"
            if tags[i] == syntax.PRON and not (relative and i == start) and (i == 0 or tags[i - 1] not in (syntax.PREP, syntax.TO)):
                return None
        i += 1
    return None


def set_off(opening: int, count: Counted, scene: Scene) -> bool:
    """Whether a bare number stands alone between commas or brackets, of which ``opening`` is the first."""
    tokens = scene.parsed.sentence.tokens
    closing = {",": (",", "."), "(": (")",)}.get(tokens[opening].text, ())
    return count.bare and count.last + 1 < len(tokens) and tokens[count.last + 1].text in closing
