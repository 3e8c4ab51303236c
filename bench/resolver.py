"""How many model names the resolver knows, how well, and how fast.

    python bench/resolver.py --models FILE [--names FILE]

``--models``: a compar:IA model list (``{"models": {id: {params, active_params, endpoint…}}}``).
``--names``: more names, one a line (for instance Ollama's library). Each name is resolved alone.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter
from importlib.resources import files
from pathlib import Path

from sobre.footprint.resolve import Description, Registry, Resolved, resolve


def load() -> Registry:
    return Registry.from_json((files("sobre.footprint") / "data" / "models.json").read_bytes())


def report(title: str, answers: dict[str, Resolved], show: bool) -> None:
    sources = Counter(answer.source for answer in answers.values())
    known = Counter(answer.known for answer in answers.values())
    better = len(answers) - sources["generic"]
    print(
        f"{title}: {better}/{len(answers)} better than generic ({better / len(answers):.1%});"
        f" sources {dict(sources)}; known {dict(known)}"
    )
    missed = [name for name, answer in answers.items() if answer.source == "generic"]
    if missed:
        print("  generic:", ", ".join(missed))
    if show:
        for name, a in answers.items():
            print(
                f"  {name}: {a.total.low:.3g}-{a.total.mid:.3g}-{a.total.high:.3g} total,"
                f" {a.active.low:.3g}-{a.active.mid:.3g}-{a.active.high:.3g} active,"
                f" {a.bits:g} bits, {a.source}, {a.known}; {a.note}"
            )


def accuracy(title: str, pairs: list[tuple[str, Resolved, float, float]]) -> None:
    """Share of names whose middle total and active lie within x1.25 of the reference."""
    for part, pick in (("total", 2), ("active", 3)):
        far = []
        for name, answer, *reference in pairs:
            mid = answer.total.mid if pick == 2 else answer.active.mid
            wanted = reference[pick - 2]
            if max(mid / wanted, wanted / mid) > 1.25:
                far.append(f"{name} {mid:.3g} for {wanted:g}")
        good = len(pairs) - len(far)
        print(f"{title}, {part} within x1.25: {good}/{len(pairs)} ({good / len(pairs):.1%})")
        for line in far:
            print("  far:", line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models")
    parser.add_argument("--names")
    parser.add_argument("--show", action="store_true", help="print each answer")
    options = parser.parse_args()

    started = time.perf_counter()
    registry = load()
    read = time.perf_counter() - started
    count = len(registry)
    parsed = time.perf_counter() - started - read
    print(f"registry {registry.version}: {count} models; read {read * 1e3:.2f} ms", end="")
    print(f", parsed at the first question in {parsed * 1e3:.1f} ms")

    names: list[str] = []
    for title, known in (("with the registry", registry), ("names alone, no registry", Registry())):
        print(f"\n== {title}")
        if options.models:
            models = json.loads(Path(options.models).read_text("utf-8"))["models"]
            by_id = {i: resolve(Description(name=i), known) for i in models}
            report("ids", by_id, options.show)
            served = {i: (m.get("endpoint") or {}).get("api_model_id") for i, m in models.items()}
            by_served = {s: resolve(Description(name=s), known) for s in served.values() if s}
            report("names served", by_served, options.show)
            pairs = []
            for i, m in models.items():
                if m.get("params") and "open" in m.get("distribution", ""):
                    active = float(m.get("active_params") or m["params"])
                    pairs.append((i, by_id[i], float(m["params"]), active))
                    if served[i]:
                        pairs.append((served[i], by_served[served[i]], float(m["params"]), active))
            accuracy("open weights", pairs)
            names += [*by_id, *by_served]
        if options.names:
            lines = Path(options.names).read_text("utf-8").splitlines()
            listed = [line.strip() for line in lines if line.strip()]
            report("names", {n: resolve(Description(name=n), known) for n in listed}, options.show)
            names += listed

    each = []
    for name in names or ["llama3.2:1b-instruct-q4_K_M", "gpt-9-mini"]:
        description = Description(name=name)
        best = float("inf")
        for _ in range(5):  # the best of five: others work on the machine too
            started = time.perf_counter()
            for _ in range(5):
                resolve(description, registry)
            best = min(best, (time.perf_counter() - started) / 5)
        each.append(best * 1e6)
    each.sort()
    print(
        f"\none name, warm: median {statistics.median(each):.1f} us,"
        f" 95 % under {each[int(len(each) * 0.95)]:.1f} us, most {each[-1]:.1f} us"
    )


if __name__ == "__main__":
    main()
