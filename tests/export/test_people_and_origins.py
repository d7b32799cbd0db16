"""Who was quoted, who stands behind whom, and the run of events."""

from __future__ import annotations

from crosstally.export import origins, quoted, timeline
from crosstally.export.shelf import Shelf
from tests.export.book_fixture import domain, night


def test_one_entry_a_person_with_roles_by_whom() -> None:
    shelf = Shelf(night())
    sybiha, zelensky = quoted.people(shelf, shelf.documents)
    assert sybiha.roles == (("Deputy Foreign Minister", ("Ridge Wire",)), ("Foreign Minister", ("Harbour Post", "Late Edition")))
    assert [len(s.places) for s in sybiha.sayings] == [3]
    assert zelensky.name == "Volodymyr Zelensky"


def test_the_same_words_are_one_saying_and_short_ones_must_be_equal() -> None:
    assert quoted.same_words("It was a horrible night in Kyiv", "“It was a horrible night in Kyiv,”")
    assert quoted.same_words("the first alarms began to blare at dusk", "Notably, the first alarms began to blare at dusk in our cities")
    assert not quoted.same_words("No.", "No, never")
    assert not quoted.same_words("We will rebuild every single house", "They will answer for every single house")


def test_quotes_stand_with_what_their_report_is_chiefly_about() -> None:
    homes = quoted.home_event(Shelf(night()))
    assert homes["post"] == "ev-raid"
    assert set(homes.values()) == {"ev-raid"}


def test_institutions_between_party_and_reports() -> None:
    shelf = Shelf(night())
    found = origins.origins(shelf, domain(), shelf.events["ev-raid"])
    assert found is not None
    assert found.parties == ("Ukraine",)
    assert found.institutions[-1] == origins.NOBODY
    assert ("Ukrainian air force", "wire", True) in found.told
    assert (origins.NOBODY, "wire", False) in found.told
    assert found.copied == (("late", "post", "copies"),)
    assert found.count == "3–7"


def test_every_reason_for_counting_several_as_one_is_told() -> None:
    shelf = Shelf(night())
    found = origins.origins(shelf, domain(), shelf.events["ev-raid"])
    assert found is not None
    told = {r.who: r.why for r in found.reasons}
    assert told["Mayor of Kyiv"] == "one person, spelt two ways, speaks in all three"
    assert "Late Edition copies Harbour Post" in told


def test_days_strands_and_links_in_the_reports_own_words() -> None:
    shelf = Shelf(night())
    line = timeline.timeline(shelf, domain(), shelf.book.situations[0])
    assert [d.label for d in line.days] == ["1 July 2025", "3 July 2025", "4 July 2025"]
    assert line.strands == ("raids", "harm", "diplomacy", "aid", "forecasts")
    raid = line.days[1].cells[0][0]
    assert raid.figures == 29
    assert [(t.relation, t.words) for t in raid.ties] == [("after", "Just hours after a call between Donald Trump and Vladimir Putin")]
