"""How a person's name may be entered when somebody looks for it: in characters, in pinyin, by initials, with one slip.

Readings are those of each character by itself (pypinyin's dictionary), for a name is no phrase: the likelier ones, more of
the first character, because surnames are read in ways of their own (单 shàn, 仇 qiú, 区 ōu, 尉迟 yùchí).
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

from hengjian.kernel import typed

LONGEST = 20  # characters of a name that are looked at
OF_THE_FIRST, OF_OTHERS, SPELLINGS = 3, 2, 8  # readings of the first character, of another; spellings of one name
ANY = "?"
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTERS = re.compile(r"[a-z]+")
_U_UMLAUT = re.compile(r"(l|\bn)yu|ü|u:")  # `linyu` is lin yu, not li nü


def key_of(name: str) -> str:
    """The name as it is compared, at most so long."""
    return typed.name_key(name)[:LONGEST]


def in_characters(words: str) -> bool:
    return _HAN.search(words) is not None


@lru_cache(maxsize=20_000)
def readings(character: str) -> tuple[str, ...]:
    """Without tones, the likeliest first, ü as v; the character itself where it has none."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # half a second and the phrases, which names are not
    from pypinyin import Style, pinyin

    (found,) = pinyin(character, style=Style.NORMAL, heteronym=True, errors="default")
    return tuple(dict.fromkeys(reading.lower() for reading in found))


def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """The ways a name is read, each as its syllables."""
    characters = list(key_of(name))
    likely = [readings(one)[: OF_OTHERS if place else OF_THE_FIRST] for place, one in enumerate(characters)]
    return tuple(islice(product(*likely), SPELLINGS)) if characters else ()


def pinyin_of(name: str) -> tuple[str, ...]:
    """`wangzhixing`, in every reading that is kept."""
    return tuple(dict.fromkeys("".join(spelling) for spelling in spellings(name)))


def initials_of(name: str) -> tuple[str, ...]:
    """`wzx`; none of a name of one character."""
    found = dict.fromkeys("".join(syllable[:1] for syllable in spelling) for spelling in spellings(name))
    return tuple(each for each in found if len(each) > 1)


def typed_pinyin(words: str) -> str:
    """What was entered as pinyin: blanks, apostrophes, tones and case do not count; empty where it is none."""
    plain = unicodedata.normalize("NFC", words.lower())
    plain = "".join("ü" if letter in "üǖǘǚǜ" else letter for letter in plain)
    plain = _U_UMLAUT.sub(lambda found: f"{found[1] or ''}v", plain)
    bare = "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))
    joined = re.sub(r"[\s'’·.\-]+", "", bare)
    return joined if _LETTERS.fullmatch(joined) else ""


def slips_of(name: str) -> tuple[str, ...]:
    """The name with one character left open, in each place: what it shares with every name that differs there alone."""
    key = key_of(name)
    places = range(len(key)) if len(key) > 1 else ()
    return tuple(dict.fromkeys(f"{key[:place]}{ANY}{key[place + 1 :]}" for place in places))


def names_meant(words: str) -> tuple[str, ...]:
    """Names that differ from what was entered by one character entered too many, or by two that changed places."""
    key = key_of(words)
    without = [key[:place] + key[place + 1 :] for place in range(len(key))] if len(key) > 2 else []
    swapped = [key[:place] + key[place + 1] + key[place] + key[place + 2 :] for place in range(len(key) - 1)]
    return tuple(each for each in dict.fromkeys([*without, *swapped]) if each != key)


def slips_meant(words: str) -> tuple[str, ...]:
    """Slips of the names that differ from what was entered by one other character, or by one that was left out; without
    those that leave nothing but a surname."""
    key = key_of(words)
    missing = [f"{key[:place]}{ANY}{key[place:]}" for place in range(len(key) + 1)] if len(key) > 1 else []
    known = [slip for slip in slips_of(words) if slip not in surname_of(words)]
    return tuple(dict.fromkeys([*known, *missing]))


def surname_of(words: str) -> tuple[str, ...]:
    """The slip of a name of two characters that leaves its first: a surname, which half a street shares."""
    key = key_of(words)
    return (f"{key[0]}{ANY}",) if len(key) == 2 else ()
