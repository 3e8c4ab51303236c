"""What the shield sees and misses, and its cost, beside its peers: `python bench/shield.py`.

python bench/shield.py --data FOLDER [--peers PYTHON]   goals held or missed, each peer with a ratio
python bench/shield.py --hostile                        1 MB against 50 kB of each hostile text

FOLDER holds `score.py` and texts as `*.jsonl`, one JSON object a line: `{id, text, spans:
[{start, end, label}]}` and optionally `slice`, `optional`, `negatives`. The slice says what a text
is judged for. PYTHON is one that has the peers. Exits with 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import selectors
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType
from typing import IO, Any

HERE = Path(__file__).parent
PEERS = ("presidio", "depii", "euredact", "wardcat")
HOUSE = "sobre"

SYNTHETIC = {"id", "neg", "person", "doc", "secret", "en", "noisy"}
CHAT, BUSINESS = {"chat", "lists"}, {"business", "interview"}
SETS: dict[str, set[str | None]] = {
    "synthetic": {*SYNTHETIC},
    "chat and lists": {*CHAT},
    "business": {*BUSINESS},
    "newspapers": {None},
    "clinical": {"clinical"},
    "English": {"presidio-synth"},
}
"""Name of a set -> the slices it is made of; a text without a slice is from a newspaper."""
MOST_CHARACTERS = 120_000
"""A larger set is thinned evenly to this size: the slowest peers need 0.1 s for 1,000."""
DOCUMENT_CHARACTERS = 2_000
STARTS = 3
LIMIT_S = 300.0

Row = Mapping[str, Any]
Spans = list[tuple[int, int, str]]


class Absent(Exception):
    """A shield that cannot run here, with the reason in a sentence."""


@dataclass
class Shield:
    """One shield in its own process, asked one batch at a time."""

    name: str
    process: subprocess.Popen[str]
    loaded: dict[str, Any] = field(default_factory=dict)

    def ask(self, texts: Sequence[str], limit_s: float = LIMIT_S) -> tuple[list[Spans], float]:
        """The spans of each text, and CPU seconds for all. Raises ``Absent`` when it dies."""
        print(json.dumps(list(texts)), file=stdin(self.process), flush=True)
        answer = self.read(limit_s)
        found = [[(s, e, str(label)) for s, e, label in spans] for spans in answer["found"]]
        return found, float(answer["cpu_s"])

    def read(self, limit_s: float = LIMIT_S) -> dict[str, Any]:
        out = self.process.stdout
        assert out is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(out, selectors.EVENT_READ)
            if not waiting.select(limit_s):
                raise Absent(f"no answer in {limit_s:.0f} s")
        line = out.readline()
        if not line:
            self.process.wait()
            assert self.process.stderr is not None
            last = self.process.stderr.read().strip().rpartition("\n")[2]
            raise Absent(last or f"ended with {self.process.returncode}")
        answer: dict[str, Any] = json.loads(line)
        return answer


def stdin(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdin is not None
    return process.stdin


@contextmanager
def running(name: str, python: str) -> Iterator[Shield]:
    """A shield that has loaded. Raises ``Absent`` where it cannot."""
    command = [python, str(HERE / "peers" / "shields.py"), name]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )
    except OSError as error:
        raise Absent(str(error)) from None
    shield = Shield(name, process)
    try:
        shield.loaded = shield.read()
        yield shield
    finally:
        process.kill()
        process.communicate()


# ---------- the texts


def read_sets(folder: Path) -> dict[str, list[Row]]:
    """Every ``*.jsonl`` of the folder, sorted into the sets by slice; empty sets left out."""
    rows: dict[str, list[Row]] = {}
    for file in sorted(folder.glob("*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                row = json.loads(line)
                row["id"] = f"{file.name}:{number}"
                for name, slices in SETS.items():
                    if row.get("slice") in slices:
                        rows.setdefault(name, []).append(row)
    return {name: thinned(rows[name]) for name in SETS if name in rows}


def thinned(rows: list[Row]) -> list[Row]:
    size = sum(len(row["text"]) for row in rows)
    return rows[:: math.ceil(size / MOST_CHARACTERS)]


def documents(rows: Sequence[Row]) -> list[str]:
    """The same texts joined into documents of at least ``DOCUMENT_CHARACTERS``."""
    made, current = [], ""
    for row in rows:
        current += row["text"] + "\n\n"
        if len(current) >= DOCUMENT_CHARACTERS:
            made.append(current)
            current = ""
    return made or [current]


def persons_only(rows: Sequence[Row]) -> list[Row]:
    """The same rows, gold only where a person stands; what else is marked counts for nothing."""
    return [
        {
            **row,
            "spans": [s for s in row["spans"] if s["label"] == "PERSON"],
            "optional": [
                *row.get("optional", ()),
                *(s for s in row["spans"] if s["label"] != "PERSON"),
            ],
        }
        for row in rows
    ]


def false_secrets(scorer: ModuleType, rows: Sequence[Row], found: Mapping[str, Spans]) -> int:
    """Secrets seen in texts that hold none."""
    return sum(
        scorer.canon(label) == "SECRET"
        for row in rows
        if not any(s["label"] in ("SECRET", "URL_CRED") for s in row["spans"])
        for _, _, label in found[row["id"]]
    )


# ---------- the measures


@dataclass(frozen=True)
class Measure:
    """A figure with the goal it has to hold; ``best`` says which way is good."""

    name: str
    best: str
    goal: float | None
    unit: str = ""

    def held(self, seen: float) -> bool:
        if self.goal is None:
            return True
        return seen >= self.goal if self.best == "high" else seen <= self.goal

    def ratio(self, ours: float, theirs: float) -> float | None:
        """How many times better ours is, where a ratio says something."""
        over, under = (ours, theirs) if self.best == "high" else (theirs, ours)
        return over / under if over and under else None


MEASURES = (
    Measure("synthetic: typed F1", "high", 0.965),
    Measure("synthetic: exact F1", "high", 0.94),
    Measure("synthetic: character recall", "high", 0.985),
    Measure("synthetic: leaked per 1k characters", "low", 6),
    Measure("synthetic: over-masked per 1k", "low", 5),
    Measure("synthetic: hard negatives hit, %", "low", 1),
    Measure("structured types with character recall under .95", "low", 0),
    Measure("business: PERSON F1", "high", 0.965),
    Measure("newspapers: PERSON F1", "high", 0.81),
    Measure("clinical: PERSON F1", "high", None),
    Measure("English: PERSON F1", "high", None),
    Measure("chat and lists: PERSON character recall", "high", 0.96),
    Measure("chat and lists: PERSON precision", "high", 0.93),
    Measure("clinical: character recall", "high", 0.80),
    Measure("clinical: over-masked per 1k", "low", 15),
    Measure("secrets: character recall", "high", 0.99),
    Measure("secrets: false alarms where there is none", "low", 0),
    Measure("CPU ms per 1k characters, prompts", "low", 2),
    Measure("CPU ms per 1k characters, documents", "low", 1.5),
    Measure("added memory, MiB", "low", 120),
    Measure("load, s", "low", 1),
)


def judge(
    scorer: ModuleType, sets: Mapping[str, list[Row]], found: Mapping[str, Spans]
) -> tuple[dict[str, float], dict[str, float]]:
    """Name of a measure -> figure, from what one shield found; and recall of each type."""
    seen: dict[str, float] = {}
    recall: dict[str, float] = {}
    if "synthetic" in sets:
        rows = sets["synthetic"]
        result = scorer.score(rows, found, detail=True)
        recall = {label: kind["char"] for label, kind in result["types"].items()}
        structured = [part for label, part in recall.items() if label not in ("PERSON", "SECRET")]
        secrets = [
            {**row, "spans": [s for s in row["spans"] if s["label"] in ("SECRET", "URL_CRED")]}
            for row in rows
        ]
        seen |= {
            "synthetic: typed F1": result["F1"],
            "synthetic: exact F1": result["F1_exact"],
            "synthetic: character recall": result["char_recall"],
            "synthetic: leaked per 1k characters": result["leak_1k"],
            "synthetic: over-masked per 1k": result["over_1k"],
            "synthetic: hard negatives hit, %": 100 * (result["neg_hit"] or 0),
            "structured types with character recall under .95": sum(
                part < 0.95 for part in structured
            ),
            "secrets: character recall": scorer.score(secrets, found)["char_recall"],
        }
    for name in ("business", "newspapers", "clinical", "English", "chat and lists"):
        if name not in sets:
            continue
        result = scorer.score(persons_only(sets[name]), found, person_only=True)
        if name == "chat and lists":
            seen[f"{name}: PERSON character recall"] = result["char_recall"]
            seen[f"{name}: PERSON precision"] = result["P"]
        else:
            seen[f"{name}: PERSON F1"] = result["F1"]
    if "clinical" in sets:
        result = scorer.score(sets["clinical"], found)
        seen["clinical: character recall"] = result["char_recall"]
        seen["clinical: over-masked per 1k"] = result["over_1k"]
    seen["secrets: false alarms where there is none"] = sum(
        false_secrets(scorer, rows, found) for rows in sets.values()
    )
    return seen, recall


@dataclass
class Seen:
    """All that was seen of one shield."""

    version: str = ""
    figures: dict[str, float] = field(default_factory=dict)
    recall: dict[str, float] = field(default_factory=dict)
    why_not: str = ""


def compare(
    pythons: Mapping[str, str], scorer: ModuleType, sets: Mapping[str, list[Row]], rounds: int
) -> dict[str, Seen]:
    """Each shield on the same texts; CPU in turns whose order moves on from round to round."""
    seen = {name: Seen() for name in pythons}
    with ExitStack() as stack:
        shields: list[Shield] = []
        for name, python in pythons.items():
            try:
                loads = [load(name, python) for _ in range(STARTS - 1)]
                shield = stack.enter_context(running(name, python))
            except Absent as error:
                seen[name].why_not = str(error)
                continue
            shields.append(shield)
            loads.append(shield.loaded)
            seen[name].version = shield.loaded["version"]
            for measure, key in (("load, s", "load_s"), ("added memory, MiB", "added_mb")):
                seen[name].figures[measure] = statistics.median(one[key] for one in loads)
        for shield in shields:
            note(f"{shield.name}: reading the texts")
            found: dict[str, Spans] = {}
            for rows in sets.values():
                spans, _ = shield.ask([row["text"] for row in rows])
                found |= {row["id"]: one for row, one in zip(rows, spans, strict=True)}
            figures, recall = judge(scorer, sets, found)
            seen[shield.name].figures |= figures
            seen[shield.name].recall = recall
        timed = sets.get("synthetic") or next(iter(sets.values()))
        for kind, texts in (
            ("prompts", [row["text"] for row in timed]),
            ("documents", documents(timed)),
        ):
            costs = interleaved(shields, texts, rounds)
            for name, each in costs.items():
                figure = f"CPU ms per 1k characters, {kind}"
                seen[name].figures[figure] = statistics.median(each)
    return seen


def load(name: str, python: str) -> dict[str, Any]:
    with running(name, python) as shield:
        return shield.loaded


def interleaved(
    shields: Sequence[Shield], texts: Sequence[str], rounds: int
) -> dict[str, list[float]]:
    """Name -> CPU milliseconds per 1,000 characters, one for each round."""
    size = sum(map(len, texts)) / 1000
    costs: dict[str, list[float]] = {shield.name: [] for shield in shields}
    for turn in range(rounds):
        note(f"CPU, round {turn + 1}")
        first = turn % len(shields)
        for shield in [*shields[first:], *shields[:first]]:
            _, cpu_s = shield.ask(texts)
            costs[shield.name].append(cpu_s * 1000 / size)
    return costs


def note(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


# ---------- what is printed


def show(seen: Mapping[str, Seen], sets: Mapping[str, list[Row]]) -> bool:
    """The table; whether every goal that could be judged is held."""
    ours = seen[HOUSE]
    peers = [name for name, one in seen.items() if name != HOUSE and not one.why_not]
    for name, rows in sets.items():
        size = sum(len(row["text"]) for row in rows)
        seen_before = any(".train." in row["id"] for row in rows)
        note_train = ", which a shipped model may have been trained on" if seen_before else ""
        print(f"- {name}: {len(rows):,} texts, {size:,} characters{note_train}")
    print()
    for name, one in seen.items():
        print(f"- {name} {one.version}" if not one.why_not else f"- {name}: absent, {one.why_not}")
    if ours.why_not:
        return False
    heads = ["measure", "goal", HOUSE, "", *(f"{name} (Sobre is × better)" for name in peers)]
    print("\n| " + " | ".join(heads) + " |\n|---|---:|---:|---|" + "---:|" * len(peers))
    kept = True
    for measure in MEASURES:
        figure = ours.figures.get(measure.name)
        if figure is None:
            print(f"| {measure.name} | {goal(measure)} | no data | |" + " |" * len(peers))
            continue
        told = "" if measure.goal is None else "held" if measure.held(figure) else "**missed**"
        kept &= measure.held(figure)
        cells = [measure.name, goal(measure), number(figure), told]
        for name in peers:
            theirs = seen[name].figures[measure.name]
            ratio = measure.ratio(figure, theirs)
            times = f" (×{ratio:.{0 if ratio >= 10 else 1}f})" if ratio else ""
            cells.append(number(theirs) + times)
        print("| " + " | ".join(cells) + " |")
    if ours.recall:
        show_types(seen, [HOUSE, *peers])
    return kept


def show_types(seen: Mapping[str, Seen], names: Sequence[str]) -> None:
    print("\n| character recall of | " + " | ".join(names) + " |\n|---|" + "---:|" * len(names))
    for label in sorted(seen[HOUSE].recall):
        cells = [number(seen[name].recall[label]) for name in names]
        print(f"| {label} | " + " | ".join(cells) + " |")


def goal(measure: Measure) -> str:
    if measure.goal is None:
        return ""
    return ("≥ " if measure.best == "high" else "≤ ") + number(measure.goal)


def number(value: float) -> str:
    if value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3f}".lstrip("0") if abs(value) < 1 else f"{value:.3g}"


# ---------- hostile texts

SMALL, LARGE = 50_000, 1_000_000
MOST_TIMES = 20.0
NOISE = 1.1
"""A linear reader takes 20 times as long for 20 times the text, a quadratic one 400; two
measurements on a shared machine differ by some percent."""

Maker = Callable[[int], str]


def repeated(unit: str) -> Maker:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def counted(pattern: str) -> Maker:
    """A text whose pieces all differ: ``{}`` is a number."""

    def make(size: int) -> str:
        pieces: list[str] = []
        held = at = 0
        while held < size:
            piece = pattern.replace("{}", str(at * 7919 % 1_000_003))
            pieces.append(piece)
            held += len(piece)
            at += 1
        return "".join(pieces)[:size]

    return make


def letters_of(size: int) -> str:
    """What base64 of random bytes looks like, the same at each call."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    state, made = 1, []
    for _ in range(size):
        state = (state * 1_103_515_245 + 12_345) % 2**31
        made.append(alphabet[state >> 16 & 63])
    return "".join(made)


HOSTILE: dict[str, Maker] = {
    "digits without end": repeated("1234567890"),
    "one digit": repeated("0"),
    "digits in pairs": repeated("06 12 34 56 "),
    "digits with dots": repeated("1.2.3.4."),
    "digits with dashes": repeated("12-34-"),
    "nested quotes": lambda size: "«“\"'" * (size // 8) + "'\"”»" * (size // 8),
    "quotes that never close": repeated("password = \"'"),
    "brackets": lambda size: "([{<" * (size // 8) + ">}])" * (size // 8),
    "zero-width and combining characters": repeated("a\u200b\u0301\u00ad\ufe0f"),
    "full-width digits and thin spaces": repeated("\uff10\uff16\u202f\uff11\uff12\u00a0"),
    "right-to-left marks": repeated("\u202eJean\u202c "),
    "a@a@a@": repeated("a@"),
    "a.a.a.@": repeated("a."),
    "a://a:": repeated("a://a:"),
    "mot de passe": repeated("mot de passe "),
    "mot de passe : mot de passe :": repeated("mot de passe : "),
    "password=": repeated("password="),
    "one surname": repeated("Lefebvre "),
    "civility and surname": repeated("M. Dupont, Mme Durand. "),
    "surnames that differ": counted("Monsieur Jean Kerbal{}, "),
    "capitalised words": repeated("Alpha Beta Gamma "),
    "capitals without end": repeated("A"),
    "names joined by hyphens": repeated("Jean-"),
    "names joined by apostrophes": repeated("d'"),
    "street words": repeated("12 rue de la rue de "),
    "né le": repeated("né le "),
    "IBAN": repeated("FR76 "),
    "colons": repeated("a:"),
    "base64": letters_of,
    "eyJ": repeated("eyJ"),
    "BEGIN PRIVATE KEY": repeated("-----BEGIN PRIVATE KEY-----\n"),
    "spaces": repeated(" "),
    "line ends": repeated("\n"),
    "semicolons": repeated("nom;prenom;"),
    "pipes": repeated("| "),
    "@handles": repeated("@jean "),
    "NIR starts": repeated("1 85 "),
    "different mail addresses": counted("p{}.x@exemple.fr "),
}


def hostile(python: str, limit_s: float) -> bool:
    """CPU for 1 MB over CPU for 50 kB of each hostile text; whether all are within 20 times."""
    print(f"| hostile text | {SMALL:,} characters, ms | {LARGE:,}, ms | ratio ≤ {MOST_TIMES:g} | |")
    print("|---|---:|---:|---:|---|")
    kept = True
    for name, make in HOSTILE.items():
        try:
            with running(HOUSE, python) as shield:
                small_texts, large_texts = [make(SMALL)] * (LARGE // SMALL), [make(LARGE)]
                shield.ask(small_texts[:1], limit_s)
                turns = [
                    (shield.ask(small_texts, limit_s)[1], shield.ask(large_texts, limit_s)[1])
                    for _ in range(2)
                ]
        except Absent as error:
            print(f"| {name} | | | {error} | **missed** |", flush=True)
            kept = False
            continue
        many, large = (sum(turn) / len(turns) for turn in zip(*turns, strict=True))
        small = many / (LARGE // SMALL)
        ratio = large / small
        fine = ratio <= MOST_TIMES * NOISE
        kept &= fine
        told = "held" if ratio <= MOST_TIMES else "held, within noise" if fine else "**missed**"
        print(
            f"| {name} | {small * 1e3:.1f} | {large * 1e3:.0f} | {ratio:.1f} | {told} |",
            flush=True,
        )
    return kept


# ---------- the command


def read_scorer(folder: Path) -> ModuleType:
    """The folder's own ``score.py``: figures are comparable only when it is the same one."""
    spec = importlib.util.spec_from_file_location("shield_scorer", folder / "score.py")
    if spec is None or spec.loader is None or not (folder / "score.py").is_file():
        sys.exit(f"{folder} holds no score.py: give its folder with --score.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="score.py and *.jsonl")
    parser.add_argument("--score", type=Path, metavar="FOLDER", help="where score.py is, if apart")
    parser.add_argument("--hostile", action="store_true", help="linear time on hostile texts")
    parser.add_argument("--limit", type=float, default=60, help="seconds for one hostile text")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the CPU measurement")
    parser.add_argument("--python", default=sys.executable, help="a Python that has Sobre")
    every = os.environ.get("SOBRE_BENCH_SHIELDS", sys.executable)
    parser.add_argument("--peers", default=every, metavar="PYTHON", help="one that has the peers")
    for name in PEERS:
        own = os.environ.get(f"SOBRE_BENCH_{name.upper()}")
        parser.add_argument(f"--{name}", default=own, metavar="PYTHON", help=f"one with {name}")
    parser.add_argument("--only", default="", help="peers to run, separated by commas")
    parser.add_argument("--json", type=Path, metavar="FILE")
    args = parser.parse_args()
    if args.hostile:
        return 0 if hostile(args.python, args.limit) else 1
    if not args.data:
        parser.print_usage()
        print("\nNo texts: give a folder that holds score.py and *.jsonl with --data FOLDER.")
        return 2
    scorer = read_scorer(args.score or args.data)
    sets = read_sets(args.data)
    if not sets:
        sys.exit(f"{args.data} holds no *.jsonl with a known slice.")
    wanted = [name for name in PEERS if not args.only or name in args.only.split(",")]
    pythons = {HOUSE: args.python}
    pythons |= {name: getattr(args, name) or args.peers for name in wanted}
    started = time.perf_counter()
    seen = compare(pythons, scorer, sets, args.rounds)
    kept = show(seen, sets)
    note(f"{time.perf_counter() - started:.0f} s")
    if args.json:
        args.json.write_text(
            json.dumps({name: asdict(one) for name, one in seen.items()}, indent=1)
        )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
