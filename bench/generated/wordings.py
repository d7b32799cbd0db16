"""Ways to say it. ``{0}`` is the first figure; ``[0s]`` a plural ending, ``[0be]`` was or were, ``[0p]`` person or people, ``[0kid]`` child.

A row: the cells its figures tell (measure, member), in order, and wordings of one clause in the active voice of a news report.
"""

from __future__ import annotations

from collections.abc import Mapping

Cells = tuple[tuple[str, str], ...]

_MISSILE_WORDS = {
    "ballistic_missile": "ballistic missile", "cruise_missile": "cruise missile", "guided_missile": "guided missile",
    "aeroballistic_missile": "aeroballistic missile", "missile": "missile", "drone": "drone", "strike_drone": "strike drone",
}  # fmt: skip


def _by_weapon() -> dict[Cells, tuple[str, ...]]:
    out: dict[Cells, tuple[str, ...]] = {}
    for member, word in _MISSILE_WORDS.items():
        out[(("launched", member),)] = (
            f"Russia launched {{0}} {word}[0s] at Ukraine overnight",
            f"Russian forces fired {{0}} {word}[0s] at Ukraine during the night",
            f"{{0}} {word}[0s] [0be] launched against Ukraine overnight",
            f"Russia attacked Ukraine with {{0}} {word}[0s] overnight",
        )
        out[(("shot_down", member),)] = (
            f"air defences shot down {{0}} {word}[0s]",
            f"{{0}} {word}[0s] [0be] shot down",
            f"Ukrainian forces downed {{0}} {word}[0s]",
            f"air defence units destroyed {{0}} {word}[0s]",
        )
        out[(("hit", member),)] = (
            f"{{0}} {word}[0s] hit [0its] target[0s]",
            f"{{0}} {word}[0s] got through and struck [0its] target[0s]",
        )
        out[(("suppressed", member),)] = (
            f"{{0}} {word}[0s] [0be] jammed or lost from radar",
            f"{{0}} {word}[0s] [0be] suppressed by electronic warfare",
            f"{{0}} {word}[0s] [0be] lost without reaching a target",
        )
        out[(("neutralised", member),)] = (
            f"{{0}} {word}[0s] [0be] neutralised",
            f"air defences intercepted {{0}} {word}[0s]",
            f"{{0}} {word}[0s] [0be] shot down or suppressed",
        )
    return out


CLAUSES: Mapping[Cells, tuple[str, ...]] = {
    (("launched", "drone"), ("launched", "missile")): (
        "Russia launched {0} drone[0s] and {1} missile[1s] at Ukraine overnight",
        "Russian forces attacked Ukraine with {0} drone[0s] and {1} missile[1s] during the night",
        "{0} drone[0s] and {1} missile[1s] were fired at Ukraine overnight",
        "the overnight attack involved {0} drone[0s] and {1} missile[1s]",
    ),
    (("shot_down", "drone"), ("shot_down", "missile")): (
        "air defences shot down {0} drone[0s] and {1} missile[1s]",
        "{0} drone[0s] and {1} missile[1s] were shot down",
        "Ukrainian crews downed {0} drone[0s] and {1} missile[1s]",
    ),
    (("shot_down", "drone"), ("suppressed", "drone")): (
        "{0} drone[0s] [0be] shot down and {1} more [1be] jammed or lost from radar",
        "air defences shot down {0} drone[0s], while another {1} [1be] suppressed by electronic warfare",
    ),
    (("hit", "drone"), ("hit", "missile")): (
        "{0} drone[0s] and {1} missile[1s] hit their targets",
        "strikes by {0} drone[0s] and {1} missile[1s] were recorded",
    ),
    (("launched", ""),): (
        "Russia launched a total of {0} drones and missiles at Ukraine overnight",
        "{0} drones and missiles were launched against Ukraine overnight",
        "Russian forces used {0} drones and missiles in the overnight attack on Ukraine",
    ),
    (("shot_down", ""),): (
        "air defences shot down {0} drones and missiles in total",
        "{0} drones and missiles were shot down in all",
    ),
    (("suppressed", ""),): (
        "{0} drones and missiles were jammed or lost from radar",
        "a total of {0} drones and missiles were suppressed by electronic warfare",
    ),
    (("neutralised", ""),): (
        "{0} drones and missiles were shot down or suppressed",
        "a total of {0} drones and missiles were neutralised",
    ),
    (("hit", ""),): ("{0} drones and missiles hit their targets",),
    (("hit_locations", ""),): (
        "hits were recorded at {0} location[0s]",
        "strikes were recorded in {0} place[0s]",
        "{0} location[0s] [0be] hit",
    ),
    (("debris_sites", ""),): (
        "debris fell at {0} location[0s]",
        "falling debris was recorded in {0} place[0s]",
    ),
    (("killed", ""), ("wounded", "")): (
        "{0} [0p] [0be] killed and {1} [1be] wounded in {city}",
        "the attack on {city} killed {0} [0p] and injured {1}",
        "{0} [0p] died and {1} [1be] injured in {city}",
    ),
    (("wounded", ""), ("wounded", "child")): (
        "{0} [0p] [0be] injured in {city}, including {1} [1kid]",
        "{0} [0p] [0be] wounded in {city}, among them {1} [1kid]",
    ),
    (("killed", ""),): (
        "{0} [0p] [0be] killed in {city}",
        "the strikes on {city} killed {0} [0p]",
        "the death toll in {city} stood at {0}",
    ),
    (("wounded", ""),): (
        "{0} [0p] [0be] wounded in {city}",
        "the attack injured {0} [0p] in {city}",
        "the number of injured in {city} reached {0}",
    ),
    (("hospitalised", ""),): ("{0} [0p] [0be] taken to hospital", "{0} [0p] [0be] hospitalised"),
    (("missing", ""),): ("{0} [0p] [0be] missing", "{0} [0p] remained missing"),
    (("wounded", "child"),): ("{0} [0kid] [0be] among the injured",),
    **_by_weapon(),
}
SCOPED: Mapping[str, tuple[str, ...]] = {
    "week": ("Russia has launched {0} drones at Ukraine over the past week",),
    "ru": ("Russian air defences shot down {0} Ukrainian drone[0s] over Russian regions",),
    "city": ("air defences shot down {0} drone[0s] over {city}", "{0} drone[0s] [0be] shot down over {city}"),
}
WIDE = ("air defences intercepted {0} drone[0s]", "{0} drone[0s] [0be] intercepted or brought down")
SAYING: Mapping[str, tuple[str, ...]] = {
    "Ukrainian Air Force": (
        "{c}, Ukraine’s air force said{when}",
        "According to the Ukrainian Air Force, {l}",
        "The Ukrainian Air Force said{when} that {l}",
        "{c}, the Ukrainian Air Force reported{when}",
    ),
    "mayor": ("{c}, the mayor said{when}", "The mayor of {city} said{when} that {l}", "{c}, according to the city’s mayor"),
    "State Emergency Service": ("{c}, the State Emergency Service said{when}", "The State Emergency Service reported{when} that {l}"),
    "Russian Defence Ministry": ("{c}, the Russian Defence Ministry said", "Russia’s Defence Ministry said {l}"),
    "officials": ("{c}, officials said", "Officials said {l}"),
    "": ("{c}",),
}  # fmt: skip
TITLES = (
    "Overnight attack on Ukraine: what is known", "Drones and missiles strike {city} overnight", "Ukraine reports mass overnight attack",
    "{city} counts the cost after a night of strikes", "Explosions heard in {city} during a large air attack",
)  # fmt: skip
# Told beside a toll of which some had been wounded first; no figure in it.
MOVED = (
    "Doctors could not save some of those who had been wounded.",
    "Some of those who were wounded in the attack died in hospital.",
    "People who had been in hospital since the attack died of their wounds.",
)
FILLERS = (
    "Explosions were heard in several parts of the city before dawn.",
    "Rescue work was continuing in the morning.",
    "Residents spent the night in metro stations.",
    "Power was cut in part of the region and was later restored.",
    "Ukraine’s president called on partners to send more air defence systems.",
)
HEDGES: Mapping[str, tuple[str, ...]] = {
    "exact": ("",), "at_least": ("at least ",), "more_than": ("more than ", "over "), "nearly": ("nearly ", "almost "),
    "around": ("around ", "about "),
    "up_to": ("up to ",),
}  # fmt: skip
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
