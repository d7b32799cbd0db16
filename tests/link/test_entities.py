"""People and bodies across documents."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from crosstally.domain import load_domain
from crosstally.link.entities import join_entities
from tests.link.link_readings import Paper

DOMAIN = load_domain()


def join(*papers: Paper, together: tuple[tuple[str, ...], ...] = ()) -> dict[str, str]:
    """Local entity id to the name of its ledger entity."""
    joined = join_entities(tuple(p.reading for p in papers), {p.document.id: p.document for p in papers}, DOMAIN, together)
    names = {e.id: f"{e.name}#{e.id[-3:]}" for e in joined.entities}
    return {local: names[ledger] for local, ledger in joined.mention_entities}


def paper(id: str, *names: tuple[str, str | None] | str, kind: str = "person") -> Paper:
    given = [(n, None) if isinstance(n, str) else n for n in names]
    out = Paper(id, ". ".join(n for n, _ in given))
    for name, role in given:
        out.person(name, role, kind=kind)
    return out


def test_spellings_join_with_roles_by_document() -> None:
    one = paper("a", ("Volodymyr Zelensky", "President"), ("Vitali Klitschko", "Kyiv mayor"))
    two = paper("b", ("Volodymyr Zelenskyy", "Ukrainian President"), ("Vitaliy Klitschko", "mayor"))
    joined = join_entities((one.reading, two.reading), {p.document.id: p.document for p in (one, two)}, DOMAIN, ())
    assert len(joined.entities) == 2
    president = next(e for e in joined.entities if "Zelensky" in e.variants[0])
    assert {r.role: r.claimed_by for r in president.roles} == {"President": ("a",), "Ukrainian President": ("b",)}
    assert president.reasons and "Zelenskyy" in president.reasons[0] and president.party == "ua"


def test_brothers_stay_two_people() -> None:
    found = join(paper("a", "Vitali Klitschko"), paper("b", "Wladimir Klitschko"))
    assert len(set(found.values())) == 2


def test_a_surname_joins_the_one_person_it_can_mean_in_its_event() -> None:
    found = join(paper("a", "Vitali Klitschko"), paper("b", "Klitschko"), together=(("a", "b"),))
    assert len(set(found.values())) == 1


def test_a_surname_that_two_people_bear_stays_open() -> None:
    found = join(paper("a", "Vitali Klitschko", "Wladimir Klitschko"), paper("b", "Klitschko"), together=(("a", "b"),))
    assert len(set(found.values())) == 3


def test_a_surname_in_an_unrelated_report_stays_alone() -> None:
    found = join(paper("a", "Mary Johnson"), paper("b", "Johnson"))
    assert len(set(found.values())) == 2


def test_a_surname_joins_by_role_across_events() -> None:
    found = join(paper("a", ("Mary Johnson", "Harbour commissioner")), paper("b", ("Johnson", "harbour commissioner")))
    assert len(set(found.values())) == 1


def test_bodies_join_by_their_words() -> None:
    found = join(
        paper("a", "Ukraine’s Air Force", "Interior Ministry", kind="body"),
        paper("b", "Ukrainian Air Force", "the Defence Ministry", kind="body"),
    )
    assert found["a:Ukraine’s Air Force"] == found["b:Ukrainian Air Force"]
    assert len(set(found.values())) == 3
