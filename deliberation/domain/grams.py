"""Text as search and grouping see it: plain characters, and the grams of one and two of them.

The index, its twin in the database and the grouping of remarks share these, so that all count alike.
"""

from unicodedata import combining, normalize

MOST_WORDS, LONGEST_WORD = 12, 64


def plain(text: str) -> str:
    """Letters and figures, width and case and accents levelled (Unicode NFKD, UAX #15), all else a space.

    It works character by character: `plain(a + b) == plain(a) + plain(b)`.
    """
    folded = normalize("NFKD", text).casefold()
    return "".join([c if c.isalnum() else " " for c in folded if not combining(c)])


def grams(text: str) -> set[str]:
    """Every character of the text and every two neighbours, spaces apart; what an index holds of it."""
    found: set[str] = set()
    for run in plain(text).split():
        found.update(run)
        found.update(map("".join, zip(run, run[1:], strict=False)))
    return found


def words(asked: str) -> list[str]:
    """The words of a query, in order, none twice and none that stands inside another.

    The first MOST_WORDS words count, and of each the first LONGEST_WORD characters; the rest is left out.
    """
    each = list(dict.fromkeys(run[:LONGEST_WORD] for run in plain(asked).split()))[:MOST_WORDS]
    return [word for word in each if not any(word in other for other in each if other != word)]


def grams_of_word(word: str) -> list[str]:
    """The grams a text must hold to hold this word: itself up to two characters, else its pairs."""
    if len(word) <= 2:
        return [word]
    return sorted(set(map("".join, zip(word, word[1:], strict=False))))
