"""One shield in a process of its own: reads texts from standard input, answers with what it found.

`python shields.py NAME`, run under the Python that has the peer. The first line answered says what
loading took; then each line read, a JSON list of texts, is answered by a line with the spans of
each text and the CPU seconds that finding them took.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

Span = tuple[int, int, str]
Finder = Callable[[str], Iterable[Span]]


def sobre() -> tuple[Finder, str]:
    from sobre.adapters.shield import detectors
    from sobre.privacy.inspect import MASKED, find, label_of

    readers = detectors()

    def finder(text: str) -> Iterable[Span]:
        for hit in find(text, readers):
            if hit.data_class in MASKED:
                yield hit.start, hit.end, label_of(hit.kind)

    return finder, version("sobre")


def presidio() -> tuple[Finder, str]:
    peer = import_module("presidio_analyzer")
    model = {"lang_code": "fr", "model_name": "fr_core_news_md"}
    provider = import_module("presidio_analyzer.nlp_engine").NlpEngineProvider(
        nlp_configuration={"nlp_engine_name": "spacy", "models": [model]}
    )
    registry = peer.RecognizerRegistry(supported_languages=["fr"])
    registry.load_predefined_recognizers(languages=["fr"])
    engine = peer.AnalyzerEngine(
        registry=registry, nlp_engine=provider.create_engine(), supported_languages=["fr"]
    )

    def finder(text: str) -> Iterable[Span]:
        for found in engine.analyze(text, language="fr"):
            yield found.start, found.end, found.entity_type

    return finder, f"{version('presidio-analyzer')}, fr_core_news_md {version('fr-core-news-md')}"


def depii() -> tuple[Finder, str]:
    peer = import_module("depii")
    redactor = peer.Redactor(locales=["fr", "eu"])

    def finder(text: str) -> Iterable[Span]:
        for span in redactor.scan(text):
            yield span.start, span.end, span.entity

    return finder, peer.__version__


def euredact() -> tuple[Finder, str]:
    peer = import_module("euredact")

    def finder(text: str) -> Iterable[Span]:
        result = peer.redact(text, countries=["FR"], detect_dates=True, cache=False)
        for found in result.detections:
            if found.start is not None and found.end is not None:
                yield found.start, found.end, found.entity_type.value

    return finder, peer.__version__


def wardcat() -> tuple[Finder, str]:
    peer = import_module("wardcat")
    guard = peer.Wardcat(salt="bench").add_entity(peer.Entity.ALL, action="hash").with_locale("fr")
    guard = guard.with_ner(spacy_model="fr_core_news_md", auto_download=False)

    def finder(text: str) -> Iterable[Span]:
        for found in guard.scan(text).violations:
            yield (
                found.start,
                found.end,
                str(getattr(found.entity_type, "value", found.entity_type)),
            )

    return finder, f"{version('wardcat')}, fr_core_news_md {version('fr-core-news-md')}"


SHIELDS: dict[str, Callable[[], tuple[Finder, str]]] = {
    made.__name__: made for made in (sobre, presidio, depii, euredact, wardcat)
}


def resident_mb() -> float:
    """What the process holds in memory now, in MiB."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints stays out of the answers
    before_mb, started, cpu = resident_mb(), time.perf_counter(), time.process_time()
    finder, version = SHIELDS[sys.argv[1]]()
    list(finder("Bonjour, je suis Jeanne Exemple, 06 12 34 56 78."))
    loaded = {
        "version": version,
        "load_s": time.perf_counter() - started,
        "load_cpu_s": time.process_time() - cpu,
        "added_mb": resident_mb() - before_mb,
    }
    print(json.dumps(loaded), file=answers, flush=True)
    for line in sys.stdin:
        texts = json.loads(line)
        cpu = time.process_time()
        found = [list(finder(text)) for text in texts]
        cpu = time.process_time() - cpu
        print(json.dumps({"found": found, "cpu_s": cpu}), file=answers, flush=True)


if __name__ == "__main__":
    main()
