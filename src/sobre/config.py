"""One ``sobre.toml`` becomes one frozen ``Config``. The only module that reads the environment.

With no file at all every value below stands. A value comes, last wins, from the default, the file,
or an environment variable named ``SOBRE_`` + the path in capitals (``SOBRE_SERVER_PORT``); secrets
come from ``key_file`` (a path) or ``key_env`` (a variable's name), never from the file itself.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import math
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import platformdirs

from sobre.errors import ConfigError

ZoneName = Literal["machine", "company", "eu-sovereign", "eu-hosted", "abroad"]
ActionName = Literal["pass", "disguise", "keep", "refuse"]
ClassName = Literal[
    "plain", "personal", "sensitive", "secret", "business", "confidential", "unreadable"
]
DISGUISABLE = ("personal", "secret", "business")
"""Classes of values; of the others there is no value that an alias could stand for."""


@dataclass(frozen=True, slots=True)
class Server:
    host: str = "127.0.0.1"
    port: int = 8686
    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    max_body_mb: float = 16.0
    body_timeout_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Data:
    dir: str = ""
    keep_texts: bool = True
    vault_key_file: str = ""
    vault_days: float = 30.0


@dataclass(frozen=True, slots=True)
class Ladder:
    expected_output_tokens: int = 300
    time_limit_s: float = 600.0
    retries: int = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """What happens to one class of data toward each zone."""

    machine: ActionName
    company: ActionName
    eu_sovereign: ActionName
    eu_hosted: ActionName
    abroad: ActionName


@dataclass(frozen=True, slots=True)
class PolicyException:
    """One block ``[[policy.exceptions]]``. A list that is left out means all."""

    action: ActionName
    classes: tuple[ClassName, ...] | None = None
    zones: tuple[ZoneName, ...] | None = None
    purposes: tuple[str, ...] | None = None
    teams: tuple[str, ...] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """Nothing goes abroad unless ``open_abroad``; the rules say the rest, class by class."""

    open_abroad: bool = False
    inspect_time_limit_s: float = 10.0
    plain: Rule = Rule("pass", "pass", "pass", "pass", "pass")
    personal: Rule = Rule("pass", "pass", "disguise", "disguise", "refuse")
    sensitive: Rule = Rule("pass", "refuse", "refuse", "refuse", "refuse")
    secret: Rule = Rule("pass", "refuse", "refuse", "refuse", "refuse")
    business: Rule = Rule("pass", "pass", "disguise", "disguise", "refuse")
    confidential: Rule = Rule("pass", "refuse", "refuse", "refuse", "refuse")
    unreadable: Rule = Rule("pass", "pass", "refuse", "refuse", "refuse")
    exceptions: tuple[PolicyException, ...] = ()
    """The first that matches decides in the place of the class's rule."""


@dataclass(frozen=True, slots=True)
class BudgetConfig:
    """One block ``[[budgets]]``: gCO2eq for a team, a use case or all, a period or some days."""

    limit_g: float = 0.0
    name: str = ""
    team: str = ""
    use_case: str = ""
    period: Literal["week", "month", "year"] | None = None
    first_day: str = ""
    last_day: str = ""

    @property
    def label(self) -> str:
        """Its name; where none is given, whom it is for."""
        return self.name or ", ".join(filter(None, (self.team, self.use_case))) or "all"


@dataclass(frozen=True, slots=True)
class Steering:
    """How the ladder keeps carbon budgets."""

    exempt: tuple[str, ...] = ()
    answer_share: float = 0.6
    usual_answer_tokens: int = 1000


@dataclass(frozen=True, slots=True)
class Measure:
    """How the energy of this machine is measured."""

    enabled: bool = True
    sources: tuple[Literal["wall", "rapl", "nvml", "cpu-time"], ...] = (
        "wall",
        "rapl",
        "nvml",
        "cpu-time",
    )
    hertz: float = 2.0
    record_s: float = 10.0
    share_idle: bool = False
    processes: Literal["auto", "sobre", "all"] = "auto"
    cpu_tdp_w: float | None = None
    meter: str = ""
    meter_unit: Literal["W", "mW", "uW", "kW", "J", "mJ", "uJ", "Wh", "kWh"] = "W"
    meter_pointer: str = ""
    meter_covers: Literal["machine", "company", "both"] = "machine"


@dataclass(frozen=True, slots=True)
class RungConfig:
    """One block ``[rungs.NAME]``. What it leaves out is taken from the catalogue, or is unknown."""

    enabled: bool = True
    provider: str = ""
    """``embedded``, a provider of the catalogue (``mistral``, ``ollama``…), or ``openai-style``."""
    model: str = ""
    path: str = ""
    url: str = ""
    key_file: str = ""
    key_env: str = ""
    zone: ZoneName | None = None
    level: Literal[2, 3, 4] | None = None
    operations: tuple[Literal["chat", "complete", "embed"], ...] | None = None
    features: tuple[Literal["tools", "json_schema", "logprobs", "images", "n"], ...] | None = None
    context_tokens: int | None = None
    total_params_b: float | None = None
    active_params_b: float | None = None
    electricity: str | None = None
    hardware: Literal["cpu", "gpu"] | None = None
    price_in: float | None = None
    price_out: float | None = None
    connect_timeout_s: float = 5.0
    read_timeout_s: float = 120.0
    threads: int = 0
    parallel: int = 2
    queue: int = 64


@dataclass(frozen=True, slots=True)
class Batches:
    """Files of requests that can wait, see ``docs/batches.md``."""

    keep_days: float = 30.0
    max_file_mb: float = 200.0
    parallel: int = 4
    seconds_per_line: float = 10.0


EMBEDDED = {"embedded": RungConfig(provider="embedded", model="qwen2.5-coder-0.5b")}


@dataclass(frozen=True, slots=True)
class Config:
    electricity: str = ""
    """Where this machine and the firm's servers draw theirs: ISO 3166 alpha-3 (``FRA``)."""
    server: Server = Server()
    data: Data = Data()
    ladder: Ladder = Ladder()
    policy: Policy = Policy()
    batches: Batches = Batches()
    measure: Measure = Measure()
    steering: Steering = Steering()
    budgets: tuple[BudgetConfig, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    rungs: Mapping[str, RungConfig] = field(default_factory=lambda: dict(EMBEDDED))
    """The embedded rung is there unless ``[rungs.embedded]`` says ``enabled = false``."""
    file: Path | None = None
    """Where the values came from, if from a file."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Dotted path -> ``file`` or the environment variable's name; what is absent is a default."""

    @property
    def data_dir(self) -> Path:
        """Where keys, ledger and models live."""
        if self.data.dir:
            base = self.file.parent if self.file else Path()
            return (base / Path(self.data.dir).expanduser()).resolve()
        return platformdirs.user_data_path("sobre", appauthor=False)

    @property
    def vault_key_file(self) -> Path | None:
        """The key of the vault where one is named, relative to the file; else Sobre makes one."""
        if not self.data.vault_key_file:
            return None
        base = self.file.parent if self.file else Path()
        return base / Path(self.data.vault_key_file).expanduser()

    @property
    def models_dir(self) -> Path:
        return self.data_dir / "models"


_INTERNAL = {"file", "origins"}
_BLOCKS = (Rule, PolicyException, BudgetConfig)
"""Parts that no environment variable names."""


def find() -> Path | None:
    """The file used when none is named: ``$SOBRE_CONFIG``, ``./sobre.toml``, the user's folder."""
    if named := os.environ.get("SOBRE_CONFIG"):
        return Path(named)
    places = (
        Path("sobre.toml"),
        platformdirs.user_config_path("sobre", appauthor=False) / "sobre.toml",
    )
    return next((place for place in places if place.is_file()), None)


def load(path: Path | None = None, *, data_dir: str | None = None) -> Config:
    """Read and check everything. Raises ``ConfigError`` naming the key, the file and the remedy."""
    path = path or find()
    table: dict[str, Any] = {}
    if path is not None:
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ConfigError(
                f"cannot read {str(path)!r}: {error.strerror}.",
                remedy="Check the path given with --config.",
                key="error.config_unreadable",
                params={"path": str(path), "why": error.strerror},
            ) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(
                f"{path}: not valid TOML: {error}.",
                remedy="Correct the line it names.",
                key="error.config_syntax",
                params={"path": str(path), "why": str(error)},
            ) from error
    origins: dict[str, str] = {}
    where = str(path) if path else "no file"
    config: Config = _build(Config, table, "", where, origins)
    if data_dir is not None:
        origins["data.dir"] = "--data-dir"
        config = dataclasses.replace(
            config, data=dataclasses.replace(config.data, dir=str(Path(data_dir).resolve()))
        )
    _check(config)
    return dataclasses.replace(config, file=path, origins=origins)


def with_server(config: Config, host: str | None, port: int | None) -> Config:
    """The configuration with the command line's address laid over it."""
    server = config.server
    server = dataclasses.replace(
        server, host=host or server.host, port=server.port if port is None else port
    )
    changed = dataclasses.replace(config, server=server)
    _check(changed)
    return changed


def _build(kind: Any, table: Any, prefix: str, where: str, origins: dict[str, str]) -> Any:
    """A dataclass from a TOML table, the environment laid over it."""
    if not isinstance(table, dict):
        raise _bad(prefix, f"needs a table, got {table!r}", where)
    hints = get_type_hints(kind)
    known = [f.name for f in dataclasses.fields(kind) if f.name not in _INTERNAL]
    table = {key.replace("-", "_"): value for key, value in table.items()}
    for key in table:
        if key not in known:
            raise _unknown(_join(prefix, key), key, known, where)
    values: dict[str, Any] = {}
    for name in known:
        path, hint = _join(prefix, name), hints[name]
        if name == "rungs":
            if "rungs" in table:
                values[name] = EMBEDDED | {
                    rung: _rung(rung, block, _join(path, rung), where, origins)
                    for rung, block in _tables(table[name], path, where)
                }
        elif name == "budgets":
            if name in table:
                values[name] = tuple(_budgets(table[name], path, where))
                origins[path] = "file"
        elif name == "exceptions":
            if name in table:
                values[name] = tuple(_exceptions(table[name], path, where))
                origins[path] = "file"
        elif dataclasses.is_dataclass(hint):
            if hint is Rule:
                base = dataclasses.asdict(getattr(kind(), name))
                values[name] = _build(
                    Rule, _rule(table.get(name, {}), base, path, where), path, where, {}
                )
                if name in table:
                    origins[path] = "file"
            else:
                values[name] = _build(hint, table.get(name, {}), path, where, origins)
        elif kind not in _BLOCKS and (variable := _variable(path)) in os.environ:
            values[name] = _leaf(os.environ[variable], hint, path, f"${variable}", text=True)
            origins[path] = variable
        elif name in table:
            values[name] = _leaf(table[name], hint, path, where)
            origins[path] = "file"
    return kind(**values)


def _variable(path: str) -> str:
    return "SOBRE_" + path.upper().replace(".", "_")


def _rung(name: str, block: Any, path: str, where: str, origins: dict[str, str]) -> Any:
    if name in EMBEDDED and isinstance(block, dict):
        model = {} if "path" in block else {"model": EMBEDDED[name].model}
        block = {"provider": EMBEDDED[name].provider, **model, **block}
    return _build(RungConfig, block, path, where, origins)


def _rule(table: Any, base: dict[str, Any], path: str, where: str) -> dict[str, Any]:
    """The default with what the file says laid over it; ``keep_in`` speaks of all farther zones."""
    if isinstance(table, str):
        raise _bad(path, "needs one action a zone, such as { eu_hosted = 'disguise' }", where)
    said = {str(key).replace("-", "_"): value for key, value in table.items()}
    if "keep_in" not in said:
        return base | said
    place = _leaf(said.pop("keep_in"), ZoneName, _join(path, "keep_in"), where).replace("-", "_")
    zones = list(base)
    farther = zones[zones.index(place) + 1 :]
    rule = base | dict.fromkeys(farther, "keep") | said
    if rule[place] not in ("pass", "disguise"):
        raise _bad(
            path, f"keep_in = {place!r}, but {place} is closed to it: add {place} = 'pass'", where
        )
    return rule


def _exceptions(blocks: Any, path: str, where: str) -> Iterator[PolicyException]:
    if not isinstance(blocks, list):
        raise _bad(path, "needs blocks [[policy.exceptions]]", where)
    for number, block in enumerate(blocks, 1):
        place = f"{path}[{number}]"
        if isinstance(block, dict) and "action" not in block:
            raise _bad(place, "needs an action: pass, disguise, keep or refuse", where)
        yield _build(PolicyException, block, place, where, {})


def _budgets(blocks: Any, path: str, where: str) -> Iterator[BudgetConfig]:
    if not isinstance(blocks, list):
        raise _bad(path, "needs blocks [[budgets]]", where)
    for number, block in enumerate(blocks, 1):
        if isinstance(block, dict):  # TOML has dates of its own
            days = {k: str(v) for k, v in block.items() if type(v) is dt.date}
            block = {**block, **days}  # noqa: PLW2901 - the same block, its days written out
        yield _build(BudgetConfig, block, f"{path}[{number}]", where, {})


def _tables(value: Any, path: str, where: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        raise _bad(path, "needs blocks such as [rungs.mistral]", where)
    yield from value.items()


def _leaf(value: Any, hint: Any, path: str, where: str, *, text: bool = False) -> Any:
    if text and any(get_origin(kind) is tuple for kind in (hint, *get_args(hint))):
        value = [item.strip() for item in value.split(",") if item.strip()]
    try:
        return msgspec.convert(value, hint, strict=not text)
    except msgspec.ValidationError as error:
        known = _choices(hint)
        for item in value if isinstance(value, list) else [value]:
            if known and isinstance(item, str) and item not in known:
                raise _no_choice(path, item, known, where) from error
        raise _bad(path, str(error), where) from error


def _choices(hint: Any) -> list[str]:
    """The words that a key takes, when it takes nothing else."""
    if get_origin(hint) is Literal:
        return [word for word in get_args(hint) if isinstance(word, str)]
    return [word for kind in get_args(hint) for word in _choices(kind)]


def _no_choice(path: str, given: str, known: list[str], where: str) -> ConfigError:
    near = difflib.get_close_matches(given, known, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}?" if near else f"Known here: {', '.join(known)}."
    return ConfigError(
        f"{where}: {path}: there is no {given!r}.",
        remedy=hint,
        key="error.config_choice_near" if near else "error.config_choice",
        params={
            "where": where,
            "path": path,
            "given": given,
            "near": near[0] if near else ", ".join(known),
        },
    )


def _join(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name


def _unknown(path: str, key: str, known: list[str], where: str) -> ConfigError:
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}?" if near else f"Known here: {', '.join(known)}."
    return ConfigError(
        f"{where}: unknown key {path!r}.",
        remedy=hint,
        key="error.config_unknown_near" if near else "error.config_unknown",
        params={"where": where, "path": path, "near": near[0] if near else ", ".join(known)},
    )


def _bad(path: str, why: str, where: str) -> ConfigError:
    return ConfigError(
        f"{where}: {path}: {why}.",
        remedy="`sobre config check` lists what each key takes.",
        key="error.config_value",
        params={"where": where, "path": path, "why": why},
    )


def _check(config: Config) -> None:
    where = "configuration"
    if not 0 <= config.server.port <= 65535:
        raise _bad("server.port", f"needs 0 to 65535, got {config.server.port}", where)
    if not 0 < config.server.max_body_mb <= 1024:
        raise _bad("server.max_body_mb", "needs a number above 0, at most 1024", where)
    if not 0 < config.server.body_timeout_s < math.inf:
        raise _bad("server.body_timeout_s", "needs a number above 0", where)
    if not 0 < config.ladder.time_limit_s < math.inf:
        raise _bad("ladder.time_limit_s", "needs a number above 0", where)
    if not 0 < config.data.vault_days < math.inf:
        raise _bad("data.vault_days", "needs a number above 0", where)
    if not 1 <= config.ladder.expected_output_tokens <= 100_000:
        raise _bad("ladder.expected_output_tokens", "needs 1 to 100000", where)
    _check_policy(config.policy, where)
    _check_batches(config.batches, where)
    _check_measure(config.measure, where)
    _check_budgets(config, where)
    if config.ladder.retries < 0 or config.ladder.retries > 5:
        raise _bad("ladder.retries", "needs 0 to 5", where)
    for name, rung in config.rungs.items():
        if not rung.provider and not rung.url:
            raise _bad(f"rungs.{name}", "needs a provider or an url", where)
        if name == "auto":
            raise _bad("rungs.auto", "is a reserved name", where)
        if rung.url and not rung.url.startswith(("http://", "https://")):
            raise _bad(f"rungs.{name}.url", "needs http:// or https://", where)
        if not all(0 < s < math.inf for s in (rung.connect_timeout_s, rung.read_timeout_s)):
            raise _bad(f"rungs.{name}", "needs time-outs above 0", where)
        if rung.parallel < 1 or rung.queue < 1 or rung.threads < 0:
            raise _bad(f"rungs.{name}", "needs parallel >= 1, queue >= 1, threads >= 0", where)


def _check_policy(policy: Policy, where: str) -> None:
    if not 0 < policy.inspect_time_limit_s < math.inf:
        raise _bad("policy.inspect_time_limit_s", "needs a number above 0", where)
    for name in get_args(ClassName):
        rule = getattr(policy, name)
        if name not in DISGUISABLE and "disguise" in dataclasses.asdict(rule).values():
            raise _no_alias(f"policy.{name}", name, where)
        if rule.machine == "keep":
            raise _nothing_nearer(f"policy.{name}.machine", where)
    for number, block in enumerate(policy.exceptions, 1):
        path = f"policy.exceptions[{number}]"
        for name in get_args(ClassName) if block.classes is None else block.classes:
            if block.action == "disguise" and name not in DISGUISABLE:
                raise _no_alias(f"{path}.classes", name, where)
        if block.action == "keep" and "machine" in (block.zones or ("machine",)):
            raise _nothing_nearer(f"{path}.zones", where)
        for key in ("classes", "zones", "purposes", "teams"):
            if getattr(block, key) == ():
                raise _bad(f"{path}.{key}", "is empty, so nothing matches: leave it out", where)


def _check_budgets(config: Config, where: str) -> None:
    if not 0 < config.steering.answer_share <= 1:
        raise _bad("steering.answer_share", "needs a number above 0, at most 1", where)
    if not 1 <= config.steering.usual_answer_tokens <= 1_000_000:
        raise _bad("steering.usual_answer_tokens", "needs 1 to 1000000", where)
    if any(not _LABEL.fullmatch(name.strip()) for name in config.steering.exempt):
        raise _bad("steering.exempt", _NO_LABEL, where)
    labels: set[str] = set()
    for number, block in enumerate(config.budgets, 1):
        path = f"budgets[{number}]"
        if not 0 < block.limit_g < math.inf:
            raise _bad(f"{path}.limit_g", "needs a number of grams above 0", where)
        if block.period is not None and (block.first_day or block.last_day):
            raise _bad(path, "needs a period, or first_day and last_day, not both", where)
        if bool(block.first_day) != bool(block.last_day):
            raise _bad(path, "needs first_day and last_day together", where)
        if block.first_day and days_of(block, path, where)[0] > days_of(block, path, where)[1]:
            raise _bad(f"{path}.last_day", "comes before first_day", where)
        if block.use_case and not _LABEL.fullmatch(block.use_case.strip()):
            raise _bad(f"{path}.use_case", _NO_LABEL, where)
        if block.label in labels:
            raise _bad(path, f"a budget is named {block.label!r} already: give it a name", where)
        labels.add(block.label)


_LABEL = re.compile(r"[\w.\-]{1,64}")
_NO_LABEL = (
    "needs 1 to 64 letters, digits, dots, dashes or underscores, as callers state a use case"
)


def days_of(
    block: BudgetConfig, path: str = "budgets", where: str = "configuration"
) -> tuple[dt.date, dt.date]:
    """First and last day of a dated budget. Raises ``ConfigError``."""
    found: list[dt.date] = []
    for key in ("first_day", "last_day"):
        text = getattr(block, key)
        try:
            found.append(dt.date.fromisoformat(text))
        except ValueError as error:
            raise _bad(
                f"{path}.{key}", f"needs a day such as 2026-01-31: {text!r}", where
            ) from error
    return found[0], found[1]


_PRIVATE = (
    "10.0.0.0/8",
    "127.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
)


def _check_measure(measure: Measure, where: str) -> None:
    if not 1 <= measure.hertz <= 5:
        raise _bad("measure.hertz", "needs 1 to 5 readings a second", where)
    if not 1 <= measure.record_s <= 3600:
        raise _bad("measure.record_s", "needs 1 to 3600 seconds", where)
    if measure.cpu_tdp_w is not None and not 1 <= measure.cpu_tdp_w <= 2000:
        raise _bad("measure.cpu_tdp_w", "needs 1 to 2000 watts", where)
    if measure.meter and "wall" not in measure.sources:
        raise _bad("measure.meter", "is named, but measure.sources leaves out wall", where)
    if measure.meter_pointer and not measure.meter_pointer.startswith("/"):
        raise _bad("measure.meter_pointer", "starts with a slash: /StatusSNS/ENERGY/Power", where)
    if "://" in measure.meter and (why := _not_private(measure.meter)):
        raise _bad("measure.meter", why, where)


def _not_private(url: str) -> str:
    """Why this is no address that a meter may be asked at, or nothing: no name is looked up."""
    import ipaddress
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
        if parts.scheme not in ("http", "https"):
            return "needs http:// or https://, or the path of a file"
        if parts.username is not None:
            return "holds a name or a password, which the file may not"
        if host == "localhost":
            return ""
        address = ipaddress.ip_address(host)
    except ValueError:
        return "needs an address in figures, such as http://192.168.1.20/status"
    if any(address in ipaddress.ip_network(network) for network in _PRIVATE):
        return ""
    return "is not a private address: nothing may leave the firm's network"


def _check_batches(batches: Batches, where: str) -> None:
    for name, least, most in (
        ("keep_days", 1, 3650),
        ("max_file_mb", 0.001, 10_000),
        ("parallel", 1, 256),
        ("seconds_per_line", 0.001, 86_400),
    ):
        if not least <= getattr(batches, name) <= most:
            raise _bad(f"batches.{name}", f"needs {least:g} to {most}", where)


def _no_alias(path: str, name: str, where: str) -> ConfigError:
    return ConfigError(
        f"{where}: {path}: {name} cannot be disguised: it speaks of the text itself, and holds no"
        " value that an alias could stand for.",
        remedy=f"Use pass, keep or refuse; disguise is for {', '.join(DISGUISABLE)}.",
        key="error.config_no_alias",
        params={
            "where": where,
            "path": path,
            "name": name,
            "disguisable": ", ".join(DISGUISABLE),
        },
    )


def _nothing_nearer(path: str, where: str) -> ConfigError:
    return ConfigError(
        f"{where}: {path}: no zone is nearer than this machine, so nothing can be kept from it.",
        remedy="Name farther zones, or use refuse.",
        key="error.config_keep",
        params={"where": where, "path": path},
    )


def secret(
    rung: RungConfig, name: str, base: Path | None, usual_env: str | None = None
) -> str | None:
    """A rung's API key, from ``key_file`` or ``key_env``; raises when the one named is absent.

    Where neither is named, the provider's usual variable counts if it is set.
    """
    if rung.key_file:
        place = (base or Path()) / Path(rung.key_file).expanduser()
        try:
            return place.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise _bad(f"rungs.{name}.key_file", f"{place}: {error.strerror}", "key") from error
    if rung.key_env:
        value = os.environ.get(rung.key_env, "").strip()
        if not value:
            raise _bad(f"rungs.{name}.key_env", f"variable {rung.key_env} is not set", "key")
        return value
    return os.environ.get(usual_env, "").strip() or None if usual_env else None


def language() -> str:
    """The language of the person at the terminal: ``$SOBRE_LANG``, else the locale."""
    for variable in ("SOBRE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable, ""):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def walk(config: Config) -> Iterator[tuple[str, Any, str]]:
    """Every value as ``(dotted path, value, origin)``, in the order of the file's description."""
    yield from _walk(config, "", config.origins)


def _walk(node: Any, prefix: str, origins: Mapping[str, str]) -> Iterator[tuple[str, Any, str]]:
    for spec in dataclasses.fields(node):
        if spec.name in _INTERNAL:
            continue
        path, value = _join(prefix, spec.name), getattr(node, spec.name)
        if spec.name == "rungs":
            for name, rung in value.items():
                yield from _walk(rung, f"rungs.{name}", origins)
        elif dataclasses.is_dataclass(value) and not isinstance(value, Rule):
            yield from _walk(value, path, origins)
        else:
            yield path, value, origins.get(path, "default")
