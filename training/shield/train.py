"""Train the shield's person tagger, and say how good it is.

    python training/shield/train.py --prenoms data.parquet --patronymes patronymes.csv.gz \
        --newspapers ext_europeana_fr.train.jsonl --to src/sobre/privacy/data/persons.json

Learns from two sources only: our own templates (``templates_*.py``, filled with names drawn from
public lists) and the CC0 newspapers of Europeana. Same seed, same file. Needs ``python-crfsuite``
(MIT) and ``pyarrow`` (Apache-2.0), for this command only.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib
import json
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import world  # noqa: E402
from slots import PERSON, SLOT, Person  # noqa: E402

from sobre.privacy.lexicon import Lexicon  # noqa: E402
from sobre.privacy.tagger import LABELS, Reader, chains, line_lengths, named  # noqa: E402

WORLDLY = 0.12
"""Share of names drawn from ``world.py``."""
SCALE = 100
"""Weights are kept as whole hundredths."""
ELIDED = re.compile(r"(?i)(?<!\w)(?:d|qu)e $")
VOWELS = frozenset("AEIOUYÉÈÊÀÂÎÏÔÛHaeiouyéèêh")


class Example(NamedTuple):
    text: str
    spans: tuple[tuple[int, int], ...]


class Names:
    """First names and surnames, drawn as often as the square root of their bearers."""

    def __init__(self, prenoms: Path, patronymes: Path, rng: random.Random) -> None:
        import pyarrow.parquet

        self.rng = rng
        births: dict[tuple[str, str], int] = defaultdict(int)
        table = pyarrow.parquet.read_table(prenoms, columns=["sexe", "prenom", "valeur"])
        for sex, name, n in zip(*(c.to_pylist() for c in table.columns), strict=True):
            if not name.startswith("_") and len(name) > 1:
                births[sex, name] += n
        self._first = {
            sex: self._pool({n: c for (s, n), c in births.items() if s == sex and c > 300})
            for sex in "12"
        }
        with gzip.open(patronymes, "rt", encoding="utf-8") as lines:
            rows = [r for r in csv.reader(lines) if len(r) == 2 and r[1].isdigit()]
        self._last = self._pool(
            {
                n.strip(): int(c)
                for n, c in rows
                if int(c) > 15 and re.fullmatch(r"[A-Z]{2,}(?:[ '-][A-Z]+){0,2}", n.strip())
            }
        )

    @staticmethod
    def _pool(counts: Mapping[str, int]) -> tuple[list[str], list[float]]:
        return list(counts), list(accumulate(n**0.5 for n in counts.values()))

    def _draw(self, pool: tuple[list[str], list[float]]) -> str:
        return self.rng.choices(pool[0], cum_weights=pool[1])[0]

    def first(self, sex: str = "") -> str:
        if self.rng.random() < WORLDLY:
            return self.rng.choice(world.FIRST_F if sex == "2" else world.FIRST_M)
        name = self._draw(self._first[sex or self.rng.choice("12")]).title()
        if self.rng.random() < 0.06 and "-" not in name:
            name += "-" + self._draw(self._first[sex or "1"]).title()
        return name

    def plain_last(self) -> str:
        return self._draw(self._last).title()

    def last(self) -> str:
        if self.rng.random() < WORLDLY:
            return self.rng.choice(world.LAST)
        name = self.plain_last()
        chance = self.rng.random()
        if chance < 0.06:
            particle = self.rng.choice(
                ("de ", "de La ", "Le ", "El ", "Ben ", "Da ", "d'", "van der ", "du ", "dos ")
            )
            name = particle + name
        elif chance < 0.10:
            name += self.rng.choice("-- ") + self._draw(self._last).title()
        return name


def draw(names: Names, sex: str) -> Person:
    sex = sex or names.rng.choice("12")
    firsts = (names.first(sex), names.first(sex), names.first(sex))
    return Person(firsts, names.last(), names.plain_last())


def fill(template: str, names: Names, fillers: Mapping[str, Sequence[str]]) -> Example:
    """A template with its slots filled, and where the persons are."""
    people: dict[str, Person] = {}
    out, at = "", 0
    spans: list[tuple[int, int]] = []
    for match in SLOT.finditer(template):
        name, literal = match["name"], match["literal"]
        if not literal and name not in PERSON and name not in fillers:
            continue
        out += template[at : match.start()]
        at = match.end()
        if not literal and name in fillers:
            out += names.rng.choice(fillers[name])
            continue
        text = literal
        if not text:
            sex = "2" if name.endswith("_F") else "1" if name.endswith("_M") else ""
            person = people.get(match["who"] or "") or draw(names, sex)
            if match["who"]:
                people[match["who"]] = person
            text = PERSON[name](person)
        if ELIDED.search(out) and text[0] in VOWELS:
            out = out[:-2] + "'"
        spans.append((len(out), len(out) + len(text)))
        out += text
    return Example(out + template[at:], tuple(spans))


def varied(example: Example, rng: random.Random) -> Example:
    """Now and then what scanners, phones and haste make of a text. Lengths do not change."""
    text, chance = example.text, rng.random()
    if chance < 0.08:
        text = text.lower()
    elif chance < 0.15:
        text = text.upper()
    elif chance < 0.21:
        text = text.translate(str.maketrans("éèêëàâîïôûùüçÉÈÀÇ", "eeeeaaiiouuucEEAC"))
    elif chance < 0.25:
        text = "".join(
            rng.choice("abcdeilnorstu")
            if c.isalpha() and c.islower() and rng.random() < 0.02
            else c
            for c in text
        )
    return Example(text, example.spans) if len(text) == len(example.text) else example


def written(names: Names, rng: random.Random, fills: int) -> Iterator[Example]:
    """Our own corpus."""
    french = {k: v for k, v in vars(importlib.import_module("fillers")).items() if k.isupper()}
    english = french | {k[:-3]: v for k, v in french.items() if k.endswith("_EN")}
    for path in sorted(HERE.glob("templates_*.py")):
        for lang, _, template in importlib.import_module(path.stem).TEMPLATES:
            for _ in range(fills if SLOT.search(template) else 2):
                yield varied(fill(template, names, english if lang == "en" else french), rng)


def read(path: Path) -> Iterator[Example]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Example(row["text"], tuple((s["start"], s["end"]) for s in row["spans"]))


def labelled(example: Example, reader: Reader) -> Iterator[tuple[list[list[str]], list[str]]]:
    """The chains of a text as the learner takes them."""
    words, starts, seen = reader.read(example.text)
    lines = line_lengths(seen)

    def span_of(index: int) -> int:
        start = starts[index]
        end = start + len(words[index].rstrip("."))
        for number, (first, last) in enumerate(example.spans):
            if start < last and end > first:
                return number
        return -1

    for chain in chains(reader.candidates(seen)):
        labels: list[str] = []
        before, at = -1, -2
        for index in chain:
            span = span_of(index)
            if span < 0:
                labels.append("O")
            elif span == before and index == at + 1:
                labels.append("I")
            else:
                labels.append("C" if before >= 0 else "B")
            before, at = span, index
        yield named(seen, lines, chain, reader.edge()), labels


def learn(
    chained: Sequence[tuple[list[list[str]], list[str]]], c1: float, c2: float
) -> dict[str, object]:
    """L-BFGS with both penalties; what is left of the weights, as the tagger reads them."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    ids: dict[str, str] = {}  # the learner's dump does not bear a line end in a name
    for items, labels in chained:
        trainer.append(
            [[ids.setdefault(n, f"a{len(ids)}") for n in item] for item in items], labels
        )
    names = {short: name for name, short in ids.items()}
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": 120, "feature.minfreq": 2})
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "model")
        trainer.train(place)
        tagger = pycrfsuite.Tagger()
        tagger.open(place)
        info = tagger.info()
    weights: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for (name, label), weight in info.state_features.items():
        weights[names[name]][LABELS.index(label)] = round(weight * SCALE)
    moves = [[round(info.transitions.get((a, b), 0.0) * SCALE) for b in LABELS] for a in LABELS]
    kept = {name: w for name, w in sorted(weights.items()) if any(w)}
    return {"labels": list(LABELS), "scale": SCALE, "transitions": moves, "weights": kept}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    for name in ("prenoms", "patronymes", "newspapers", "to"):
        options.add_argument(f"--{name}", type=Path, required=True)
    options.add_argument("--fills", type=int, default=6, help="times each template is filled")
    options.add_argument("--c1", type=float, default=0.08)
    options.add_argument("--c2", type=float, default=0.02)
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    rng = random.Random(args.seed)
    data = args.to.parent
    lexicon = Lexicon((data / "names.bin").read_bytes(), (data / "words.bin").read_bytes())
    reader = Reader(lexicon)
    names = Names(args.prenoms, args.patronymes, rng)
    own = [c for e in written(names, rng, args.fills) for c in labelled(e, reader)]
    press = [c for e in read(args.newspapers) for c in labelled(e, reader)]
    print(f"chains: {len(own)} of our own, {len(press)} of newspapers")
    model = learn(own + press, args.c1, args.c2)
    args.to.write_text(
        json.dumps(model, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )
    print(f"{len(model['weights'])} weights, {args.to.stat().st_size} bytes")


if __name__ == "__main__":
    main()
