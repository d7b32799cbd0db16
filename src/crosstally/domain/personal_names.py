"""Whether two names may be one person's: spellings of romanised names, short forms, initials. Every answer comes with its reason."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

_SUFFIX = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES = frozenset(
    {
        "al",
        "el",
        "bin",
        "bint",
        "ben",
        "ibn",
        "abu",
        "van",
        "von",
        "de",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "la",
        "le",
        "ter",
        "ten",
    }
)

# Given names that are one name: spellings of one language, and the forms of neighbouring ones by which news calls the same person.
_GROUPS = """
volodymyr vladimir vladymyr wolodymyr volodimir uladzimir vova volodya
oleksandr aleksandr alexander aleksander alexandr aleksandar alyaksandr oleksander alex sasha
andrii andriy andrey andrei andrew andrej andriі
mykhailo mikhail mykhaylo michael mihail misha mikhailo
mykola nikolai nikolay nicholas mikalai nikolaj kolya
serhii serhiy sergei sergey sergii sergiy sergej serhij siarhei
dmytro dmitry dmitri dmitriy dmitrii dmitrij dima
yurii yuriy yuri yury iurii jurij yuriі iouri
oleh oleg
ihor igor
vitalii vitaliy vitali vitaly vitalij
viktor victor
valerii valeriy valery valeri valerij
vasyl vasily vasili vasyly vasilii vasil wasyl
petro pyotr peter petr
pavlo pavel paul
yevhen yevhenii yevgeny yevgeniy evgeny evgenii yevgeni eugene yevheniy
maksym maksim maxim maxym
kyrylo kirill kiril kyryl cyril
anatolii anatoliy anatoly anatoli
borys boris
denys denis dennis
danylo daniil danilo daniel
hennadii hennadiy gennady gennadiy gennadi
illia ilya illya ilia
kostiantyn konstantin kostyantyn constantine konstantyn
mykyta nikita
oleksii oleksiy aleksei alexei alexey aleksey oleksy alexi
ostap astap
rostyslav rostislav
stanislav stanislaw
sviatoslav svyatoslav
valentyn valentin
viacheslav vyacheslav vyacheslaw viatcheslav
vladyslav vladislav wladyslaw vlad
yaroslav jaroslav jaroslaw
yakiv yakov jacob
hryhorii hryhoriy grigory grigori grigoriy
leonid leonyd
timur tymur
olena elena yelena helena olenа
olha olga
iryna irina
natalia nataliia nataliya natalya natalie natalija
tetiana tatiana tetyana tatyana tetjana
svitlana svetlana
liudmyla lyudmila ludmila lyudmyla ljudmila
halyna galina
mariia maria mariya marija mary masha
maryna marina
yuliia yulia yuliya julia iuliia julija
kateryna ekaterina yekaterina katerina catherine katya
anastasiia anastasia anastasiya
viktoriia viktoria victoria viktoriya
kseniia ksenia kseniya xenia
sofiia sofia sofiya sophia
daria dariia darya daryna dasha
mohammed mohammad muhammad mohamed muhammed mohamad mahomed
ahmed ahmad ahmet
mahmoud mahmud mehmood
yousef yusuf youssef yousuf yusef joseph
hussein hussain husain hossein husayn
hassan hasan
khaled khalid khalil
osama usama
ismail ismael esmail esmaeil
suleiman sulaiman soleiman
abdullah abdallah abdulla
yasser yasir yaser
nasser nasir naser
saeed said saeid
mustafa moustafa mostafa
qassem qasem kassem qasim ghasem
hashem hashim
ibrahim ebrahim abraham
benjamin binyamin bibi ben
yoav joab
yitzhak yitzchak itzhak isaac
yehuda jehuda
moshe moses
yaakov yaacov jacob
yosef joseph yossi
eli eliyahu
william bill will billy liam
robert bob rob bobby bert
richard dick rick rich ricky
james jim jimmy jamie
john johnny jack jon
jonathan jon jonny
joseph joe joey
michael mike mick mickey
thomas tom tommy
charles charlie chuck
edward ed eddie ted
theodore ted teddy
daniel dan danny
david dave davey
donald don donny
ronald ron ronnie
kenneth ken kenny
stephen steven steve
anthony tony antony
christopher chris
matthew matt
nicholas nick nicky
gregory greg
jeffrey jeff geoffrey geoff
lawrence larry laurence
patrick pat paddy
peter pete
philip phil phillip
raymond ray
samuel sam sammy
timothy tim
andrew andy drew
alexander alex alec
benjamin ben benny
frederick fred freddie
gerald gerry jerry
henry harry hank
leonard len lenny
ernest ernie
eugene gene
albert al bert
alfred al fred
arthur art
bernard bernie
elizabeth liz beth betty eliza lisa betsy
margaret maggie peggy meg
katherine catherine kate kathy katie cathy kathryn katharine
jennifer jen jenny
jessica jess
susan sue suzanne
deborah debbie deb debra
patricia pat patty tricia
barbara barb
rebecca becky
victoria vicky tori
christine chris christina tina
pamela pam
samantha sam
amanda mandy
kimberly kim
alexandra alex sandra
jacqueline jackie
""".strip().splitlines()


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[int]]:
    table: dict[str, set[int]] = {}
    for number, line in enumerate(_GROUPS):
        for name in line.split():
            table.setdefault(anyascii(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in table.items()}


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name in lower-case Latin letters, without dots, apostrophes, particles and "Jr."; "al-Assad" gives "assad"."""
    plain = anyascii(name).lower()
    plain = re.sub(r"['`\u2019.]", "", plain)
    words = [w for w in re.split(r"[\s,]+", plain) if w]
    words = [w for w in words if w not in _SUFFIX]
    words = [re.sub(r"^(?:al|el|ash|as|ar|an|at|ad|az)-(?=\w{3})", "", w) for w in words]
    kept = [w for w in words if w not in _PARTICLES]
    return tuple(kept or words)


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """One form for the usual romanisations of a word: "zelenskyy", "zelenskiy", "zelenski" -> "zelenski"; "sybiha", "sibiga" stay apart."""
    s = anyascii(word).lower().replace("'", "").replace("-", "")
    s = re.sub(r"(?:yy|yi|iy|ii|ij|yj)\b", "y", s)
    s = re.sub(r"(?:yy|yi|iy|ii|ij|yj)", "i", s)
    for old, new in (
        ("shch", "sch"),
        ("kh", "h"),
        ("ts", "c"),
        ("dzh", "j"),
        ("zh", "z"),
        ("ph", "f"),
        ("ck", "k"),
        ("w", "v"),
        ("x", "ks"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("q", "k"),
    ):
        s = s.replace(old, new)
    s = re.sub(r"[jy](?=[aeou])", "i", s)
    s = re.sub(r"i(?=[aeou])", "", s)
    s = s.replace("y", "i")
    return re.sub(r"(.)\1+", r"\1", s)


def _shown(word: str) -> str:
    return word[:1].upper() + word[1:]


@lru_cache(maxsize=65536)
def same_surname(a: str, b: str) -> tuple[bool, str]:
    """Whether two surnames (single words) may be one, and why. "Putin" and "Rutin" are two."""
    x, y = anyascii(a).lower(), anyascii(b).lower()
    a, b = _shown(a), _shown(b)
    if x == y:
        return True, "same surname"
    if skeleton(x) == skeleton(y) and len(skeleton(x)) > 2:
        return True, f"surname spelt two ways: {a}, {b}"
    if (
        len(x) >= 7
        and len(y) >= 7
        and x[0] == y[0]
        and x[:3] == y[:3]
        and OSA.distance(skeleton(x), skeleton(y)) <= 1
        and abs(len(x) - len(y)) <= 2
    ):
        return True, f"surnames differ in one letter: {a}, {b}"
    return False, f"different surnames: {a}, {b}"


@lru_cache(maxsize=65536)
def same_given(a: str, b: str) -> tuple[bool, str]:
    """Whether two given names may be one: equal, an initial, a spelling, or a short form of the other."""
    x, y = anyascii(a).lower().replace(".", ""), anyascii(b).lower().replace(".", "")
    a, b = _shown(a), _shown(b)
    if x == y:
        return True, "same given name"
    if len(x) == 1 or len(y) == 1:
        return (x[0] == y[0]), f"initial of the given name: {a}, {b}" if x[0] == y[0] else f"different initials: {a}, {b}"
    groups = _groups()
    if groups.get(x, frozenset()) & groups.get(y, frozenset()):
        return True, f"given name in two forms: {a}, {b}"
    if skeleton(x) == skeleton(y) and len(skeleton(x)) > 2:
        return True, f"given name spelt two ways: {a}, {b}"
    return False, f"different given names: {a}, {b}"


@lru_cache(maxsize=65536)
def same_name(a: str, b: str) -> tuple[bool, str]:
    """Whether two names may be one person's, and why (or why not). Symmetric.

    A surname alone agrees with a full name of that surname ("Zelensky", "Volodymyr Zelenskyy"); full names need given names that agree too:
    "Vitali Klitschko" and "Wladimir Klitschko" are two people. A middle name that one lacks is no difference; two that differ are two people's.
    Empty names never agree.
    """
    x, y = parts(a), parts(b)
    if not x or not y:
        return False, "no name"
    if x == y:
        return True, "same name"
    if len(x) == 1 or len(y) == 1:
        short, full = (x, y) if len(x) == 1 else (y, x)
        alike, why = same_surname(short[0], full[-1])
        if alike:
            return True, why if len(full) == 1 else f"surname of the full name: {why}"
        if len(full) > 2 and same_surname(short[0], full[-2])[0] and full[0] != short[0]:
            return True, "first of two surnames"  # Spanish names: "López" of "Andrés López Obrador"
        return False, why
    alike, why = same_surname(x[-1], y[-1])
    if not alike:
        # two surnames, of which one telling gives the first alone: "Gustavo Petro Urrego", "Gustavo Petro"
        longer, shorter = (x, y) if len(x) > len(y) else (y, x)
        if len(longer) > len(shorter) >= 2 and longer[: len(shorter)] == shorter:
            return True, "the same name, cut short"
        return False, why
    given, reason = same_given(x[0], y[0])
    if given and len(x) > 2 and len(y) > 2 and not any(same_given(i, j)[0] for i in x[1:-1] for j in y[1:-1]):
        return False, f"different middle names: {_shown(x[1])}, {_shown(y[1])}"  # "Muhammad Tarek Khan" and "Muhammad Basim Khan"
    if not given and len(x) != len(y):
        longer, shorter = (x, y) if len(x) > len(y) else (y, x)
        if any(same_given(shorter[0], middle)[0] for middle in longer[1:-1]):
            return True, "a middle name used as the given name"
    return (True, f"{why}; {reason}" if why != "same surname" else reason) if given else (False, reason)
