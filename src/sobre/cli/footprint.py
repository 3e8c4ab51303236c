"""``sobre footprint``: what a call costs the planet, alone or line by line, and the factors used.

Nothing here needs a server, a configuration or a data folder; imported electricity counts where
there is any.
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sobre import messages
from sobre.cli import lines
from sobre.cli.verbs import assume
from sobre.errors import BadRequest
from sobre.messages import say

if TYPE_CHECKING:
    from sobre.core.impact import Impact, Phase
    from sobre.core.quantity import Quantity
    from sobre.footprint import FootprintInputError
    from sobre.footprint.calculator import Calculator, Estimate, Params, Site
    from sobre.footprint.ecologits import Constants, Result
    from sobre.footprint.resolve import Resolved

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse names it nowhere else
PHYSICS, ECOLOGITS = "physics", "ecologits"
_AMOUNTS = {"energy": "energy_wh", "gwp": "gwp_g", "adpe": "adpe_kgsb", "pe": "pe_mj"}
_WATER = {"wcf": "wcf_l"}


def add(subcommands: Subcommands[argparse.ArgumentParser], lang: str) -> None:
    command = subcommands.add_parser(
        "footprint",
        help=say("footprint.about", lang),
        description=say("footprint.about.more", lang),
    )
    verbs = command.add_subparsers(
        dest="verb", metavar="VERB", required=True, parser_class=argparse.ArgumentParser
    )
    call = verbs.add_parser("call", help=say("footprint.call", lang))
    call.add_argument("--model", metavar="NAME", help=say("footprint.model", lang))
    call.add_argument("--describe", type=Path, metavar="FILE", help=say("footprint.describe", lang))
    call.add_argument("--active-b", type=float, metavar="N", help=say("footprint.active", lang))
    call.add_argument("--total-b", type=float, metavar="N", help=say("footprint.total", lang))
    call.add_argument("--bits", type=float, metavar="N", help=say("footprint.bits", lang))
    for name in ("input", "output", "cached"):
        told = say(f"footprint.{name}", lang)
        call.add_argument(f"--{name}-tokens", type=int, default=0, metavar="N", help=told)
    call.add_argument("--zone", metavar="ZONE", help=say("footprint.zone", lang))
    call.add_argument("--batch", type=float, metavar="N", help=say("footprint.batch", lang))
    call.add_argument(
        "--hardware", choices=("gpu", "cpu"), default="gpu", help=say("footprint.hardware", lang)
    )
    call.add_argument("--own", action="store_true", help=say("footprint.own", lang))
    call.add_argument("--method", choices=(PHYSICS, ECOLOGITS), default=PHYSICS,
                      help=say("footprint.method", lang))  # fmt: skip
    call.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    call.add_argument("--jsonl", action="store_true", help=say("footprint.jsonl", lang))
    call.set_defaults(run=_call)
    factors = verbs.add_parser("factors", help=say("footprint.factors", lang))
    factors.add_argument("word", nargs="?", default="", help=say("footprint.factors.word", lang))
    factors.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    factors.set_defaults(run=_factors)
    assume(command, verbs.choices, "call")


# --- One call -------------------------------------------------------------------------------------


def _call(args: argparse.Namespace) -> int:
    from sobre.footprint import FootprintInputError

    if args.jsonl:
        return _batch(args)
    if args.bits is not None and args.active_b is None and args.total_b is None:
        raise BadRequest("--bits goes with --active-b or --total-b.", key="error.footprint_bits")
    asked: dict[str, Any] = {
        name: getattr(args, name)
        for name in ("model", "input_tokens", "output_tokens", "cached_tokens", "zone", "batch")
        if getattr(args, name) is not None
    }
    asked |= {"hardware": args.hardware, "own": args.own, "method": args.method}
    if args.active_b is not None or args.total_b is not None:
        active = args.active_b if args.active_b is not None else args.total_b
        asked["params"] = {"active_b": active, "total_b": args.total_b, "bits": args.bits}
    try:
        answer = Answers(args, args.describe).of(asked)
    except FootprintInputError as error:
        raise BadRequest(
            f"{error.field}: {error.why}.",
            key="error.footprint",
            params={"field": error.field, "why": fault(error, args.lang)},
        ) from error
    if args.json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        _show(answer, args.lang)
    return 0


def fault(error: FootprintInputError, lang: str) -> str:
    """What is wrong with a value, in words of ``lang``; the library's English where it has none."""
    key = f"footprint.fault.{error.kind}"
    if not error.kind or key not in messages.catalogue(lang):
        return error.why
    shown = {
        name: _plain(value, lang) if isinstance(value, float | int) else value
        for name, value in error.params.items()
    }
    return say(key, lang, **shown)


def _plain(value: float, lang: str) -> str:
    """A bound in full: ``1,000,000,000``, ``0,1``."""
    text = f"{value:,.10g}"
    return text.translate({44: "\u00a0", 46: ","}) if lang == "fr" else text


def _show(answer: Mapping[str, Any], lang: str) -> None:
    from sobre.core.quantity import Quantity
    from sobre.messages.amounts import amount, class_words

    def read(bounds: Mapping[str, float] | None, unit: str) -> Quantity | None:
        if bounds is None:
            return None
        return Quantity(bounds["low"], bounds["mid"], bounds["high"], unit)

    units = {"energy_wh": "Wh", "gwp_g": "gCO2eq", "adpe_kgsb": "kgSbeq", "pe_mj": "MJ",
             "wcf_l": "L"}  # fmt: skip
    colon = "\u00a0:" if lang == "fr" else ":"
    width = max(len(say(f"footprint.amount.{name}", lang)) for name in units)
    for name, unit in units.items():
        quantity = read(answer[name], unit)
        label = say(f"footprint.amount.{name}", lang).ljust(width)
        line = f"{label}  {amount(quantity, lang)}"
        making = read(answer["embodied"].get(name), unit)
        if making is not None:
            line += f"  ({say('footprint.of_which_made', lang)} {amount(making, lang)})"
        print(line)
    grams = read(answer["gwp_g"], "gCO2eq")
    if grams is not None:
        print(f"{say('footprint.class', lang)}{colon} {class_words(grams, lang)}")
    tier = say(f"footprint.tier.{answer['tier']}", lang)
    print(f"{say('footprint.tier', lang)}{colon} {answer['tier']}, {tier}")
    if model := answer.get("model"):
        print(f"{say('footprint.size', lang)}{colon} {_size(model, lang)}")
    for how in ("computed", "excluded", "not assessed"):
        parts = [part for part, told in answer["scope"].items() if told == how]
        if parts:
            key = f"footprint.scope.{how.replace(' ', '_')}"
            named = ", ".join(_part(part, lang) for part in parts)
            print(f"{say(key, lang)}{colon} {named}")
    print(f"{say('footprint.factors_used', lang)}{colon} {answer['factors']}")


def _part(part: str, lang: str) -> str:
    key = f"console.part.{part.replace(' ', '_')}"
    return say(key, lang) if key in messages.catalogue(lang) else part


def _size(model: Mapping[str, Any], lang: str) -> str:
    from sobre.messages.amounts import number

    def billions(bounds: Sequence[float]) -> str:
        low, high = (number(bound, lang) for bound in bounds)
        return low if low == high else say("footprint.to", lang, low=low, high=high)

    return say(
        "footprint.size_is",
        lang,
        active=billions(model["active_b"]),
        total=billions(model["total_b"]),
        source=say(f"footprint.source.{model['source']}", lang),
    )


# --- Line by line ---------------------------------------------------------------------------------


def _batch(args: argparse.Namespace) -> int:
    """One line out for one line in, in order; a bad line gives its error and the rest goes on."""
    answers, out = Answers(args), sys.stdout.buffer
    for number, come in lines.chunks():
        for offset, line in enumerate(come):
            if line.strip():
                out.write(_encoded(_answer(answers, line, number + offset, args.lang)) + b"\n")
        out.flush()
    return 0


def _answer(answers: Answers, line: bytes, number: int, lang: str) -> dict[str, Any]:
    from sobre.footprint import FootprintInputError

    asked = lines.decoded(line)
    if asked is None:
        told = say("footprint.line", lang, line=number, why=say("footprint.fault.json", lang))
        return {"error": {"code": "bad_line", "field": None, "message": told}}
    answer = {"id": asked["id"]} if "id" in asked else {}
    try:
        return answer | answers.of(asked)
    except FootprintInputError as error:
        why = say("footprint.field", lang, field=error.field, why=fault(error, lang))
        told = say("footprint.line", lang, line=number, why=why)
        code = error.kind.replace("_", "-") if error.kind in _CODES else "invalid-value"
        return answer | {"error": {"code": code, "field": error.field, "message": told}}


_CODES = frozenset(
    {"model_not_registered", "zone_not_registered", "unknown_zone", "missing", "unknown_field"}
)


def _encoded(answer: Mapping[str, Any]) -> bytes:
    """One line of JSON; what the id holds that has no such form comes back as ``null``."""
    import msgspec

    try:
        return msgspec.json.encode(answer)
    except (UnicodeEncodeError, OverflowError, RecursionError):
        pass  # half a character, an integer past 64 bits: json writes both; or too deep
    try:
        return json.dumps(answer, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return json.dumps({**answer, "id": None}, allow_nan=False).encode()


_FIELDS = frozenset(
    """
    id model params input_tokens output_tokens cached_tokens reasoning_tokens zone batch method
    hardware own site cpu_seconds images pixels audio_seconds ecologits
    """.split()
)


class Answers:
    """What a line asks, computed by its method; everything is loaded once."""

    _described: Resolved | None = None

    def __init__(self, args: argparse.Namespace, described: Path | None = None) -> None:
        """``described``: a file that tells more of the model than its name."""
        self._calculator = _calculator(args)
        if described is not None:
            from sobre.adapters.model_descriptions import read_description
            from sobre.footprint.resolve import resolve

            self._described = resolve(read_description(described), self._calculator.registry)
        self._constants: Constants | None = None

    def of(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Raises ``FootprintInputError`` naming the field."""
        from sobre.footprint import FootprintInputError

        for name in asked:
            if name not in _FIELDS:
                raise FootprintInputError(name, "there is no such field", "unknown_field")
        method = PHYSICS if asked.get("method") is None else asked["method"]
        if method == ECOLOGITS:
            return self._ecologits(asked)
        if method != PHYSICS:
            raise FootprintInputError("method", "needs 'physics' or 'ecologits'", "method")
        return self._physics(asked)

    def _physics(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        from sobre.footprint.calculator import MAX_SECONDS, bounded

        zone = _place(asked.get("zone"))
        if asked.get("audio_seconds") is not None:
            bounded("audio_seconds", asked["audio_seconds"], 0, MAX_SECONDS)
            return _told_nothing(self._calculator)
        if asked.get("images") is not None:
            pixels = asked.get("pixels")
            made = self._calculator.estimate_images(
                asked["images"],
                pixels=1024 * 1024 if pixels is None else pixels,
                model=asked.get("model"),
                zone=zone,
            )
            return _told(made, self._calculator)
        made = self._calculator.estimate(
            self._described or asked.get("model"),
            params=_params(asked.get("params")),
            input_tokens=_count(asked, "input_tokens"),
            output_tokens=_count(asked, "output_tokens"),
            cached_tokens=_count(asked, "cached_tokens"),
            reasoning_tokens=_count(asked, "reasoning_tokens"),
            zone=zone,
            batch=asked.get("batch"),
            hardware="gpu" if asked.get("hardware") is None else asked["hardware"],
            own=False if asked.get("own") is None else asked["own"],
            site=_site(asked.get("site")),
            cpu_seconds=asked.get("cpu_seconds"),
        )
        return _told(made, self._calculator)

    def _ecologits(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        from sobre.footprint import ecologits

        if self._constants is None:
            self._constants = ecologits.Constants.of(self._calculator.factors)
        given = asked.get("ecologits")
        if given is None:
            given = {
                "model_name": asked.get("model"),
                "zone": _known_place(asked.get("zone")),
                "output_tokens": asked.get("output_tokens"),
                "batch_size": asked.get("batch"),
            }
            if (params := _params(asked.get("params"))) is not None:
                given["active_params_B"] = params.active_b
                given["total_params_B"] = (
                    params.active_b if params.total_b is None else params.total_b
                )
                given["quantization_bits"] = params.bits
        result = ecologits.case(self._constants, self._calculator.completed(given))
        return _compatible(result, self._calculator)


def _calculator(args: argparse.Namespace) -> Calculator:
    from sobre import config
    from sobre.adapters import data, grids
    from sobre.footprint.calculator import Calculator

    folder = config.load(args.config, data_dir=args.data_dir).data_dir
    return Calculator(grids.factors(folder), data.registry())


def _place(zone: Any) -> str | None:
    """A zone as people name it: by a code or by its name in French or English."""
    from sobre.footprint import FootprintInputError

    if zone is None:
        return None
    if not isinstance(zone, str):
        raise FootprintInputError("zone", "needs a text", "text")
    return _zone_named(zone)


@functools.lru_cache(1024)
def _zone_named(zone: str) -> str:
    from sobre.adapters import grids
    from sobre.footprint import FootprintInputError
    from sobre.footprint.grid import zone_of

    try:
        return zone_of(zone, grids.atlas().names)
    except FootprintInputError as error:
        near = error.why.partition("near ones: ")[2] or "–"
        raise FootprintInputError(
            "zone", error.why, "unknown_zone", zone=zone[:40], near=near
        ) from error


def _known_place(zone: Any) -> Any:
    """The zone's code where there is one; else as it came, for the method to refuse."""
    from sobre.footprint import FootprintInputError

    try:
        return _place(zone)
    except FootprintInputError:
        return zone


def _count(asked: Mapping[str, Any], name: str) -> int:
    value = asked.get(name)
    return 0 if value is None else value


def _params(given: Any) -> Params | None:
    from sobre.footprint import FootprintInputError
    from sobre.footprint.calculator import Params

    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise FootprintInputError("params", "needs an object", "object")
    if unknown := given.keys() - set(Params._fields):
        name = f"params.{min(map(str, unknown))}"
        raise FootprintInputError(name, "there is no such field", "unknown_field")
    total = given.get("total_b")
    active: Any = total if given.get("active_b") is None else given["active_b"]
    if active is None:
        raise FootprintInputError("params.active_b", "missing", "missing")
    bits = given.get("bits")
    return Params(active, total, 16.0 if bits is None else bits)


def _site(given: Any) -> Site | None:
    from sobre.footprint import FootprintInputError
    from sobre.footprint.calculator import Site

    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise FootprintInputError("site", "needs an object", "object")
    if unknown := given.keys() - set(Site._fields):
        name = f"site.{min(map(str, unknown))}"
        raise FootprintInputError(name, "there is no such field", "unknown_field")
    known = {}
    for name, value in given.items():
        if isinstance(value, list) and len(value) != 2:
            raise FootprintInputError(f"site.{name}", "needs a number or [lowest, highest]", "pair")
        known[name] = tuple(value) if isinstance(value, list) else value
    return Site(**known)


# --- As JSON --------------------------------------------------------------------------------------


def _bounds(quantity: Quantity | None) -> dict[str, float] | None:
    if quantity is None:
        return None
    return {"low": quantity.low, "mid": quantity.mid, "high": quantity.high}


def _impact(impact: Impact) -> dict[str, Any]:
    def phase(of: Phase) -> dict[str, Any]:
        return {
            "gwp_g": _bounds(of.gwp),
            "adpe_kgsb": _bounds(of.adpe),
            "pe_mj": _bounds(of.pe),
            "wcf_l": _bounds(of.wcf),
        }

    return {
        "energy_wh": _bounds(impact.energy),
        "gwp_g": _bounds(impact.gwp),
        "adpe_kgsb": _bounds(impact.adpe),
        "pe_mj": _bounds(impact.pe),
        "wcf_l": _bounds(impact.wcf),
        "usage": phase(impact.use),
        "embodied": phase(impact.embodied),
        "tier": impact.tier,
        "method": impact.method,
        "scope": dict(impact.scope),
        "factors": impact.factors,
    }


def _told(made: Estimate, calculator: Calculator) -> dict[str, Any]:
    from sobre.footprint.calculator import GIVEN

    by_id = calculator.factors.by_id
    told = _impact(made.impact)
    told["energy_parts_wh"] = {name: _bounds(part) for name, part in made.parts.items()}
    told["sources"] = {
        name: GIVEN if name in made.given else by_id[name].source
        for name in made.sources
        if name in by_id
    }
    told["factors"] = told["factors"] or calculator.factors.name
    if made.model is not None:
        resolved = made.model
        told["model"] = {
            "active_b": [resolved.active.low, resolved.active.high],
            "total_b": [resolved.total.low, resolved.total.high],
            "bits": resolved.bits,
            "bits_known": resolved.bits_known,
            "source": resolved.source,
            "note": resolved.note,
        }
    return told


def _told_nothing(calculator: Calculator) -> dict[str, Any]:
    """Sound: nobody has measured it in a way that can be cited, so no figure is given."""
    from sobre.footprint import unassessed

    told = _impact(unassessed())
    return told | {
        "scope": told["scope"] | {"audio": "not assessed"},
        "factors": calculator.factors.name,
        "energy_parts_wh": {},
        "sources": {},
    }


def _compatible(result: Result, calculator: Calculator) -> dict[str, Any]:
    """In EcoLogits' own units under ``ecologits``, and in ours beside it.

    A range has no middle of its own: the arithmetic mean of its ends stands there.
    """
    from sobre.footprint.ecologits import SCOPE

    def scaled(ends: Sequence[float] | None, by: float = 1.0) -> dict[str, float] | None:
        if ends is None:
            return None
        low, high = (end * by for end in ends)
        return {"low": low, "mid": (low + high) / 2, "high": high}

    def phase(of: Any) -> dict[str, Any]:
        return {
            "gwp_g": scaled(of.gwp, 1000),
            "adpe_kgsb": scaled(of.adpe),
            "pe_mj": scaled(of.pe),
            "wcf_l": scaled(of.wcf),
        }

    def plain(of: Any) -> dict[str, Any]:
        told = {"gwp_kgCO2eq": of.gwp, "adpe_kgSbeq": of.adpe, "pe_MJ": of.pe, "wcf_L": of.wcf}
        return {name: list(ends) for name, ends in told.items() if ends is not None}

    return {
        "energy_wh": scaled(result.energy, 1000),
        **phase(result),
        "usage": phase(result.use),
        "embodied": phase(result.embodied),
        "tier": "C",
        "method": ECOLOGITS,
        "scope": dict(SCOPE),
        "factors": calculator.factors.name,
        "sources": {"ecologits": "EcoLogits 0.11.3 (MPL-2.0)"},
        "ecologits": {
            "energy_kWh": list(result.energy),
            **plain(result),
            "usage": plain(result.use),
            "embodied": plain(result.embodied),
        },
    }


# --- The factors ----------------------------------------------------------------------------------


def _factors(args: argparse.Namespace) -> int:
    factors = _calculator(args).factors
    chosen = [
        factor
        for factor in factors.by_id.values()
        if args.word.lower() in f"{factor.id} {factor.source}".lower()
    ]
    if args.json:
        told = {
            "version": factors.version,
            "sha256": factors.sha256,
            "flags": dict(factors.flags),
            "factors": [factor._asdict() for factor in chosen],
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    print(say("footprint.factors.file", args.lang, version=factors.version, sha256=factors.sha256))
    for factor in chosen:
        bounds = ""
        if not factor.low == factor.value == factor.high:
            bounds = f" ({factor.low:.4g} – {factor.high:.4g})"
        about = ", ".join(
            word
            for word in (str(factor.year or ""), factor.basis, factor.accounting)
            if word and word != "not applicable"
        )
        print(f"{factor.id:34} {factor.value:.6g}{bounds} {factor.unit}")
        print(f"    {factor.source}{' · ' if about else ''}{about} · {factor.perimeter}")
        if flag := factors.flags.get(factor.id) or factor.note:
            print(f"    {flag}")
    if not chosen:
        print(say("footprint.factors.none", args.lang, word=args.word), file=sys.stderr)
        return 1
    return 0
