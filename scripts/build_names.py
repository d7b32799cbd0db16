"""Build the lists of given names and surnames: src/crosstally/languages/en/given_names.txt and surnames.txt.

    python scripts/build_names.py

Needs, at build time only: names 0.3 (MIT; the lists of the 1990 census of the United States, public domain), faker 40 (MIT; the lists of
its person providers), english-words 2 (which names are common words), anyascii. ``given_names_extra.txt`` beside the lists holds names
written for this project: romanised Ukrainian, Russian, Arabic, Hebrew, Persian and others, one a line with m, f or u.

A line is a name in lower case, a tab, and letters: m, f or u (both or unknown) for a given name; w where the word is a common one as well.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from importlib import resources
from pathlib import Path

from anyascii import anyascii

HOME = Path(__file__).resolve().parent.parent / "src" / "crosstally" / "languages" / "en"
SURNAMES = 14_000
ALSO_WORDS = {
    "will",
    "may",
    "april",
    "june",
    "august",
    "mark",
    "grant",
    "art",
    "rose",
    "hope",
    "page",
    "young",
    "king",
    "bill",
    "frank",
    "sue",
    "grace",
    "faith",
    "joy",
    "dawn",
    "summer",
    "autumn",
    "chase",
    "sky",
    "major",
    "earl",
    "dean",
    "drew",
    "rich",
    "gay",
    "guy",
    "dick",
    "bob",
    "rob",
    "chance",
    "victor",
    "chad",
    "jordan",
    "georgia",
    "china",
    "india",
    "paris",
    "israel",
    "kenya",
    "london",
    "austin",
    "dallas",
    "houston",
    "florence",
    "sydney",
    "charlotte",
    "savannah",
    "virginia",
    "carolina",
    "white",
    "black",
    "green",
    "brown",
    "rice",
    "price",
    "park",
    "hall",
    "hill",
    "wood",
    "woods",
    "long",
    "short",
    "day",
    "church",
    "street",
    "bush",
    "field",
    "fields",
    "stone",
    "stones",
    "wall",
    "walls",
    "waters",
    "rivers",
    "lake",
    "ford",
    "bridges",
    "banks",
    "wells",
    "best",
    "power",
    "powers",
    "case",
    "cross",
    "holder",
    "fox",
    "wolf",
    "bird",
    "fish",
    "moon",
    "sun",
    "star",
    "starr",
    "love",
    "blessing",
    "english",
    "french",
    "german",
    "west",
    "north",
    "south",
    "east",
    "newman",
    "chapel",
}
LATIN = frozenset(
    [
        "az_AZ",
        "bg_BG",
        "cs_CZ",
        "da_DK",
        "de_DE",
        "el_GR",
        "en_GB",
        "en_IE",
        "en_IN",
        "en_KE",
        "en_NG",
        "en_NZ",
        "en_PK",
        "en_US",
        "es_AR",
        "es_CO",
        "es_ES",
        "es_MX",
        "et_EE",
        "fi_FI",
        "fr_FR",
        "hr_HR",
        "hu_HU",
        "hy_AM",
        "id_ID",
        "it_IT",
        "lt_LT",
        "lv_LV",
        "mk_MK",
        "nl_NL",
        "no_NO",
        "pl_PL",
        "pt_BR",
        "ro_RO",
        "ru_RU",
        "sk_SK",
        "sl_SI",
        "sv_SE",
        "tr_TR",
        "uk_UA",
        "vi_VN",
    ]
)


def main() -> None:
    from english_words import get_english_words_set

    words = {w for w in get_english_words_set(["web2"]) if w.islower()}
    given: dict[str, set[str]] = defaultdict(set)
    frequent: set[str] = set()  # names far commoner as names than as words
    folder = resources.files("names")
    for file, sex in (("dist.female.first", "f"), ("dist.male.first", "m")):
        for line in (folder / file).read_text("ascii").splitlines():
            name, share = line.split()[:2]
            given[name.lower()].add(sex)
            if float(share) >= 0.03:
                frequent.add(name.lower())
    words -= frequent - ALSO_WORDS
    import faker.providers.person as people

    for module in pkgutil.iter_modules(people.__path__):
        if module.name not in LATIN:
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for sex, attribute in (("f", "first_names_female"), ("m", "first_names_male")):
            for name in getattr(provider, attribute, ()):
                for plain in romanise(str(name)):
                    given[plain].add(sex)
    for line in (HOME / "given_names_extra.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            sex, _, names = line.partition(" ")
            for name in names.split():
                given[name.lower()].add(sex)
    with open(HOME / "given_names.txt", "w", encoding="utf-8", newline="\n") as out:
        for name in sorted(given):
            if len(name) > 2 and name.replace("-", "").replace("'", "").isalpha():
                sex = given[name]
                letter = next(iter(sex)) if len(sex) == 1 else "u"
                out.write(f"{name}\t{letter}{'w' if name in words else ''}\n")
    surnames: dict[str, bool] = {}  # whether far commoner as a name than as a word
    for line in (folder / "dist.all.last").read_text("ascii").splitlines()[:SURNAMES]:
        name, share = line.split()[:2]
        surnames[name.lower()] = float(share) >= 0.01 and name.lower() not in ALSO_WORDS
    with open(HOME / "surnames.txt", "w", encoding="utf-8", newline="\n") as out:
        for name in sorted(surnames):
            if len(name) > 1:
                out.write(f"{name}\t{'w' if name in words and not surnames[name] else ''}\n")


UKRAINIAN = {
    "г": "h",
    "и": "y",
    "і": "i",
    "ї": "i",
    "й": "i",
    "є": "ie",
    "ю": "iu",
    "я": "ia",
    "х": "kh",
    "ц": "ts",
    "щ": "shch",
    "ь": "",
    "'": "",
    "’": "",
}
RUSSIAN = {
    "г": "g",
    "и": "i",
    "й": "y",
    "ы": "y",
    "ю": "yu",
    "я": "ya",
    "х": "kh",
    "ц": "ts",
    "щ": "shch",
    "ь": "",
    "ъ": "",
    "э": "e",
    "ё": "yo",
}
SHARED = dict(
    zip(
        "абвдежзклмнопрстуфчшґ",
        ["a", "b", "v", "d", "e", "zh", "z", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "ch", "sh", "g"],
        strict=True,
    )
)


def romanise(name: str) -> set[str]:
    """The name in Latin letters, in the usual ways."""
    lower = name.strip().lower()
    if not lower or " " in lower:
        return set()
    if not any("а" <= c <= "я" or c in "іїєґё" for c in lower):
        return {anyascii(lower).replace("'", "")}
    found = set()
    for table in (UKRAINIAN, RUSSIAN):
        plain = "".join({**SHARED, **table}.get(c, c) for c in lower)
        if plain.isascii():
            found |= {plain, plain.replace("ii", "iy"), plain.replace("iia", "iya").replace("ia", "ya"), plain.replace("iu", "yu")}
            if lower[0] in "єюя":
                found.add("y" + plain.removeprefix("i").removeprefix("y"))
    return {f for f in found if f.isascii()}


if __name__ == "__main__":
    main()
