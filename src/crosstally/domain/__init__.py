"""Packs of data and languages, loaded and compiled."""

from .language import load_language
from .load import compile_packs, load_domain
from .model import Domain, EventClass, Example, FacetTree, Frame, Language, Measure, NounClass, Party, Relation, Slot, Strand, Term

__all__ = [
    "Domain", "EventClass", "Example", "FacetTree", "Frame", "Language", "Measure", "NounClass", "Party", "Relation", "Slot", "Strand",
    "Term", "compile_packs", "load_domain", "load_language",
]  # fmt: skip
