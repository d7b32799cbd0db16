"""What a report goes on counting without naming it: "Of the drones, 28 were shot down", "138 were shot down and 119 were lost".

A frame that tells a part of a whole (shot down, of those launched) may stand with a bare number: it counts what the account of the raid
counted last, in this sentence or in those before. Of several kinds, what is common to them.
"""

from __future__ import annotations

from collections.abc import Mapping

from crosstally.domain.model import Domain
from crosstally.extract.figures import syntax
from crosstally.extract.figures.counted import common_facets, noun_run
from crosstally.extract.figures.nouns import Noun, Terms, lookup
from crosstally.extract.figures.scene import Candidate, Scene
from crosstally.extract.figures.syntax import Grammar, Parsed


def counted_last(
    scene: Scene, chosen: Mapping[int, tuple[Candidate, ...]], before: Noun | None, wholes: frozenset[str], domain: Domain
) -> Noun | None:
    """The noun that the counts of a sentence have in common, of those that tell a whole or a part of one; ``before`` where none does.

    ``wholes``: the measures of which some frame tells a part.
    """
    found: Noun | None = None
    for count in scene.counts:
        fits = chosen.get(count.index, ())
        if not fits or count.noun is None or not count.noun.classes or not (fits[0].whole is not None or fits[0].measure in wholes):
            continue
        if found is None:
            found = count.noun
            continue
        classes = tuple((name, common_facets(facets, count.noun.facets(name), domain)) for name, facets in found.classes if count.noun.is_a(name))
        found = Noun(found.head, classes, found.first, found.last, found.words) if classes else found
    return found or before


def named_first(parsed: Parsed, blocked: frozenset[int], terms: Terms, grammar: Grammar) -> Noun | None:
    """The noun of "Of the downed drones," that opens a sentence; None where no number-less set does."""
    tokens, tags = parsed.sentence.tokens, parsed.tags
    if len(tokens) < 4 or tokens[0].lower not in grammar.words["of"] or tags[1] != syntax.DET:
        return None
    end = noun_run(1, parsed, blocked, skip_determiners=True)
    if end < 2 or end + 1 >= len(tokens) or tokens[end + 1].text != ",":
        return None
    noun = lookup(parsed, 2, end, terms, grammar)
    return noun if noun.classes else None
