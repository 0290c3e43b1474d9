"""Byte-level BPE: trains it, reads and writes it as tokenizer.json, encodes and decodes.

Text is first cut into pieces, and no merge crosses a cut. Digits, backticks and double quotes stand alone, so that a
decoder can constrain ids, channel names and numbers token by token.

    python3 tokenizer.py out/tokenizer.json
"""
import collections
import itertools
import json
import sys
import unicodedata

SPECIALS = ["<|pad|>", "<|user|>", "<|assistant|>", "<|end|>"]
VOCABULARY = 1280
TRAINING_PAIRS = 12000
# The same cuts as `pieces` below, for standard loaders.
PATTERN = r"""[`"]|\p{N}| ?\p{L}+| ?[^\s\p{L}\p{N}`"]+|\s+(?!\S)|\s+"""


def byte_letters():
    """The usual printable stand-in for each byte: printable Latin-1 as itself, the others from U+0100 up."""
    kept = set(range(0x21, 0x7F)) | set(range(0xA1, 0xAD)) | set(range(0xAE, 0x100))
    extra = itertools.count(0x100)
    return [chr(b) if b in kept else chr(next(extra)) for b in range(256)]


LETTERS = byte_letters()


def kind(character):
    if character in '`"':
        return "quote"
    if character.isspace():
        return "space"
    return {"L": "letter", "N": "number"}.get(unicodedata.category(character)[0], "other")


def pieces(text):
    at, kinds = 0, [kind(c) for c in text]
    while at < len(text):
        end = at + 1
        first = kinds[at]
        if text[at] == " " and end < len(text) and kinds[end] in ("letter", "other"):
            first = kinds[end]
        if first in ("letter", "other"):
            end += text[at] == " "
            while end < len(text) and kinds[end] == first:
                end += 1
        elif first == "space":
            while end < len(text) and kinds[end] == "space":
                end += 1
            if end < len(text) and end - at > 1:
                end -= 1
        yield text[at:end]
        at = end


def merged(symbols, pair):
    out, at = [], 0
    while at < len(symbols):
        if at + 1 < len(symbols) and (symbols[at], symbols[at + 1]) == pair:
            out.append(symbols[at] + symbols[at + 1])
            at += 2
        else:
            out.append(symbols[at])
            at += 1
    return out


def train(texts, size):
    """Returns the merges in rank order: the most frequent pair first, ties in alphabetical order."""
    counts = collections.Counter(piece for text in texts for piece in pieces(text))
    words = [([LETTERS[b] for b in piece.encode()], count) for piece, count in sorted(counts.items())]
    merges = []
    while len(SPECIALS) + 256 + len(merges) < size:
        pairs = collections.Counter()
        for symbols, count in words:
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += count
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        words = [(merged(symbols, best), count) if best[0] in symbols else (symbols, count)
                 for symbols, count in words]
    return merges


class Tokenizer:
    def __init__(self, merges):
        self.merges = merges
        self.tokens = SPECIALS + sorted(LETTERS) + [a + b for a, b in merges]
        self.ids = {token: i for i, token in enumerate(self.tokens)}
        self.ranks = {pair: rank for rank, pair in enumerate(merges)}
        self.bytes = {letter: b for b, letter in enumerate(LETTERS)}
        self.pad, self.user, self.assistant, self.end = range(len(SPECIALS))
        self.known = {}

    def piece_ids(self, piece):
        if piece not in self.known:
            symbols = [LETTERS[b] for b in piece.encode()]
            while len(symbols) > 1:
                best = min(zip(symbols, symbols[1:]), key=lambda pair: self.ranks.get(pair, len(self.ranks)))
                if best not in self.ranks:
                    break
                symbols = merged(symbols, best)
            self.known[piece] = [self.ids[s] for s in symbols]
        return self.known[piece]

    def encode(self, text):
        return [i for piece in pieces(text) for i in self.piece_ids(piece)]

    def decode(self, ids):
        text = "".join(self.tokens[i] for i in ids if i >= len(SPECIALS))
        return bytes(self.bytes[letter] for letter in text).decode("utf-8", "replace")

    def save(self, path):
        document = {
            "version": "1.0", "truncation": None, "padding": None,
            "added_tokens": [{"id": i, "content": token, "single_word": False, "lstrip": False, "rstrip": False,
                              "normalized": False, "special": True} for i, token in enumerate(SPECIALS)],
            "normalizer": None,
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": "Isolated", "invert": False},
                {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}]},
            "post_processor": None,
            "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
            "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                      "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
                      "vocab": self.ids, "merges": [f"{a} {b}" for a, b in self.merges]}}
        with open(path, "w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False, indent=1)
            file.write("\n")


def load(path):
    with open(path, encoding="utf-8") as file:
        model = json.load(file)["model"]
    return Tokenizer([tuple(line.split(" ")) for line in model["merges"]])


if __name__ == "__main__":
    import cases
    samples = list(itertools.islice(cases.stream("tokenizer"), TRAINING_PAIRS))
    tokenizer = Tokenizer(train([text for s in samples for text in (s.prompt, s.answer)], VOCABULARY))
    tokenizer.save(sys.argv[1])
    held_out = list(itertools.islice(cases.stream("tokenizer check"), 500))
    assert all(tokenizer.decode(tokenizer.encode(s.prompt + s.answer)) == s.prompt + s.answer for s in held_out)
    prompt = sum(len(tokenizer.encode(s.prompt)) for s in held_out) / len(held_out)
    answer = sum(len(tokenizer.encode(s.answer)) for s in held_out) / len(held_out)
    longest = max(len(tokenizer.encode(s.prompt + s.answer)) for s in held_out)
    print(f"{len(tokenizer.tokens)} tokens; prompt {prompt:.0f}, answer {answer:.0f} tokens on average, longest pair {longest}")
