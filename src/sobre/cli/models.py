"""``sobre models``: the model files of this machine."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from sobre.config import Config, load
from sobre.messages import say


def add(subcommands: argparse._SubParsersAction[argparse.ArgumentParser], lang: str) -> None:
    models = subcommands.add_parser("models", help=say("cli.models.about", lang))
    verbs = models.add_subparsers(dest="verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help=say("cli.models.list.about", lang))
    listing.add_argument("--json", action="store_true", help=say("cli.models.json", lang))
    listing.add_argument("--all", action="store_true", help=say("cli.models.all", lang))
    listing.set_defaults(run=_list)
    adding = verbs.add_parser("add", help=say("cli.models.add.about", lang))
    adding.add_argument("name", nargs="?", metavar="NAME|FILE", help=say("cli.models.name", lang))
    adding.add_argument("--to", type=Path, metavar="DIR", help=say("cli.models.to", lang))
    adding.set_defaults(run=_add)
    checking = verbs.add_parser("check", help=say("cli.models.check.about", lang))
    checking.set_defaults(run=_check)
    removing = verbs.add_parser("remove", help=say("cli.models.remove.about", lang))
    removing.add_argument("name", metavar="NAME", help=say("cli.models.name", lang))
    removing.set_defaults(run=_remove)


def _config(args: argparse.Namespace) -> Config:
    return load(args.config, data_dir=args.data_dir)


def _list(args: argparse.Namespace) -> int:
    from sobre.adapters import models
    from sobre.adapters.data import catalogue

    known, folder = catalogue(), _config(args).models_dir
    here = models.installed(folder, known)
    names = {item.model for item in here}
    fetchable = [m for m in known.models if m.file and m.id not in names]
    others = [m for m in known.models if not m.file] if args.all else []
    if args.json:
        answer = {
            "folder": str(folder),
            "default": known.default,
            "installed": [models.as_json(item) | {"zone": "machine"} for item in here],
            "available": [models.model_json(m) for m in fetchable],
            "catalogue": [models.model_json(m) for m in others],
        }
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return 0
    unknown = say("cli.models.unknown", args.lang)
    here_zone = say("cli.zone.machine", args.lang)
    print(say("cli.models.here", args.lang, folder=folder))
    for item in here:
        licence = item.licence or unknown
        print(f"  {item.model:<24} {_size(item.bytes, args.lang):>9}  {licence:<12}  {here_zone}")
        print("    " + say("cli.models.from", args.lang, source=item.source or unknown))
    if not here:
        print("  " + say("cli.models.none", args.lang, default=known.default))
    print(say("cli.models.fetchable", args.lang))
    for model in fetchable:
        assert model.file is not None
        licence = model.licence or unknown
        size = _size(model.file.bytes, args.lang)
        print(f"  {model.id:<24} {size:>9}  {licence:<12}  {here_zone}")
        print("    " + say("cli.models.from", args.lang, source=model.source))
    if others:
        print(say("cli.models.others", args.lang))
    for model in others:
        size = _params(model.total_params, unknown)
        print(f"  {model.id:<28} {size:>12}  {model.licence or unknown}")
    return 0


def _add(args: argparse.Namespace) -> int:
    from sobre.adapters import models
    from sobre.adapters.data import catalogue

    known = catalogue()
    folder = args.to or _config(args).models_dir
    name = args.name or known.default
    if name.endswith(".gguf") or Path(name).is_file():
        item = models.add_file(Path(name), folder, known)
    else:
        model = known.model(name)
        if model is None or model.file is None:
            raise models.unknown(name, known)
        teller = Terminal(args.lang)
        teller.tell(
            "cli.models.fetching",
            name=model.title,
            size=_size(model.file.bytes, args.lang),
            licence=model.licence,
        )
        item = models.add(model, folder, teller)
        teller.end()
    print(say("cli.models.added", args.lang, name=item.model, path=item.path))
    print(say("cli.models.hash", args.lang, sha256=item.sha256))
    unknown = say("cli.models.unknown", args.lang)
    print(say("cli.models.licence", args.lang, licence=item.licence or unknown))
    return 0


def _check(args: argparse.Namespace) -> int:
    from sobre.adapters import models
    from sobre.adapters.data import catalogue

    wrong = 0
    for item, found, expected in models.check(_config(args).models_dir, catalogue()):
        if expected is None:
            key = "cli.models.check.unknown"
        elif found == expected:
            key = "cli.models.check.good"
        else:
            key = "cli.models.check.wrong"
            wrong += 1
        print(say(key, args.lang, name=item.model, found=found, expected=expected))
    return 1 if wrong else 0


def _remove(args: argparse.Namespace) -> int:
    from sobre.adapters import models
    from sobre.adapters.data import catalogue

    item = models.remove(args.name, _config(args).models_dir, catalogue())
    print(say("cli.models.removed", args.lang, name=item.model, path=item.path))
    return 0


class Terminal:
    """Tells a download: a bar that redraws itself on a terminal, a line each tenth elsewhere."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._live = sys.stderr.isatty()
        self._drawn = 0.0
        self._tenth = -1
        self._open = False

    def tell(self, key: str, **params: object) -> None:
        self.end()
        print(say(key, self._lang, **params), file=sys.stderr, flush=True)

    def progress(self, done: int, total: int) -> None:
        share = min(done / total, 1.0) if total else 1.0
        if self._live:
            now = time.monotonic()
            if now - self._drawn < 0.1 and share < 1:
                return
            self._drawn, self._open = now, True
            bar = "█" * int(share * 30)
            line = f"\r{bar:░<30} {share:4.0%} {done / 1e6:>5.0f}/{total / 1e6:.0f} MB"
            print(line, end="", file=sys.stderr, flush=True)
        elif int(share * 10) != self._tenth:
            self._tenth = int(share * 10)
            print(
                f"{share:.0%} ({done / 1e6:.0f}/{total / 1e6:.0f} MB)", file=sys.stderr, flush=True
            )

    def end(self) -> None:
        """Leave the bar's line, so that what follows starts on its own."""
        if self._open:
            print(file=sys.stderr)
        self._open = False


def _size(count: int, lang: str) -> str:
    text = f"{count / 1e6:.0f}" if count < 1e9 else f"{count / 1e9:.2f}"
    unit = ("Mo" if count < 1e9 else "Go") if lang == "fr" else ("MB" if count < 1e9 else "GB")
    return f"{text.replace('.', ',') if lang == 'fr' else text}\u00a0{unit}"


def _params(bounds: tuple[float, float] | None, unknown: str) -> str:
    if bounds is None:
        return unknown
    low, high = bounds
    return f"{low:g} B" if low == high else f"{low:g}–{high:g} B"
