"""Electricity by place and by hour: zones and their names, profiles, series that people import.

Numbers and aware times in, values out: files and clocks belong to ``adapters/grids.py`` and the
edge. Grams are gCO2eq per kWh.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sobre.footprint.errors import FootprintInputError
from sobre.footprint.interval import Interval

if TYPE_CHECKING:
    from datetime import datetime

MAX_G_PER_KWH = 1500.0
"""Above any power station: old lignite emits some 1,200."""
MAX_MISSING = 0.10
_DAYS_A_MONTH = 30.4
BASES = ("location", "market")
ACCOUNTINGS = ("life cycle", "direct", "not stated")
PERIMETERS = ("production", "consumption", "not stated")
Hours = tuple[float, ...]
"""24 values, for the hours of a local day."""


# --- Zones -------------------------------------------------------------------------------------


def zone_of(text: str, names: Mapping[str, str] | None = None) -> str:
    """The zone a person means: ``FR``, ``fra``, ``UK``, ``DK-DK1`` (Electricity Maps) -> alpha-3.

    A part of a country gives its country; ``EEE`` is Europe's mean, ``WOR`` the world's. ``names``
    adds spellings, in capitals, such as ``Atlas.names``. Raises ``FootprintInputError("zone", …)``
    naming what comes near.
    """
    codes = {**_codes(), **(names or {})}
    asked = text.strip().upper()
    head = asked.partition("-")[0]
    for word in (asked, head):
        if word in codes:
            return codes[word]
    from difflib import get_close_matches

    near = get_close_matches(asked, list(codes), 3, 0.5)
    hint = f"; near ones: {', '.join(near)}" if near else ""
    raise FootprintInputError("zone", f"unknown place {text[:40]!r}{hint}")


@cache
def _codes() -> Mapping[str, str]:
    pairs = [(pair[:2], pair[2:]) for pair in _ISO.split()]
    every = dict(pairs) | {long: long for _, long in pairs}
    return every | {
        "UK": "GBR", "EL": "GRC", "EU": "EEE", "EEE": "EEE", "EUROPE": "EEE",
        "WORLD": "WOR", "WOR": "WOR", "MONDE": "WOR",
        "XK": "XKX", "XKX": "XKX",
    }  # fmt: skip


# --- What a file of zones holds beside the yearly factors ----------------------------------------


@dataclass(frozen=True, slots=True)
class Published:
    """One yearly figure somebody publishes for a zone, and what it counts."""

    zone: str
    gco2_per_kwh: float
    year: int | None
    source: str
    licence: str
    basis: str
    accounting: str
    perimeter: str
    note: str


@dataclass(frozen=True, slots=True)
class Place:
    """A zone as people call it, and whose clock it lives by (its capital's, or largest city's)."""

    zone: str
    fr: str
    en: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """The zones by name, and what else is published of each than the factor in use."""

    places: Mapping[str, Place]
    published: Mapping[str, Sequence[Published]]

    @property
    def names(self) -> Mapping[str, str]:
        """French and English names in capitals -> zone."""
        return {
            name.upper(): place.zone
            for place in self.places.values()
            for name in (place.fr, place.en)
        }

    @classmethod
    def from_json(cls, text: str | bytes) -> Atlas:
        """Reads ``data/electricity.json``. Raises ``FootprintInputError``."""
        try:
            table = json.loads(text)
            places = {
                zone: Place(zone, row["fr"], row["en"], row["timezone"])
                for zone, row in table["zones"].items()
            }
            published: dict[str, list[Published]] = {}
            for zone, grams, year, source in table["published"]:
                said = table["sources"][source]
                published.setdefault(zone, []).append(
                    Published(
                        zone,
                        grams,
                        year,
                        said["name"],
                        said["licence"],
                        said["basis"],
                        said["accounting"],
                        said["perimeter"],
                        said["note"],
                    )
                )
        except (ValueError, TypeError, KeyError) as error:
            raise FootprintInputError("electricity", f"not a file of zones: {error!r}") from error
        return cls(places, published)


# --- Hours ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HourProfile:
    """What one kWh emits by local month and hour, made of one year or of what somebody imported."""

    zone: str
    timezone: str
    """IANA name. Months and hours are its clock's."""
    month_hour: tuple[Hours | None, ...]
    """Twelve, ``None`` where the month is not known."""
    weekend_factor: float
    """Mean of Saturdays and Sundays over mean of other days."""
    mean: float
    p05: float
    p95: float
    """Of all hours."""
    source: str
    year: int | None
    basis: str
    accounting: str
    perimeter: str

    def __post_init__(self) -> None:
        name = f"profile {self.zone}"
        if len(self.month_hour) != 12:
            raise FootprintInputError(name, f"needs 12 months, got {len(self.month_hour)}")
        if all(hours is None for hours in self.month_hour):
            raise FootprintInputError(name, "knows no month")
        for hours in self.month_hour:
            if hours is not None and len(hours) != 24:
                raise FootprintInputError(name, f"needs 24 hours a month, got {len(hours)}")
            if hours is not None and not all(0 <= value <= MAX_G_PER_KWH for value in hours):
                raise FootprintInputError(name, f"needs 0 to {MAX_G_PER_KWH:g} g/kWh")
        if not 0.1 <= self.weekend_factor <= 10:
            raise FootprintInputError(name, f"absurd weekend factor {self.weekend_factor!r}")
        if not 0 <= self.p05 <= self.mean <= self.p95:
            raise FootprintInputError(name, "needs 0 <= p05 <= mean <= p95")

    @property
    def missing_months(self) -> tuple[int, ...]:
        """1 is January."""
        return tuple(i for i, hours in enumerate(self.month_hour, 1) if hours is None)

    def at(self, month: int, weekday: int, hour: int) -> Interval:
        """One local hour; Monday is 0, January 1. A month not known takes the mean of the others.

        Bounds are the year's 5th and 95th percentiles, moved with the hour: they hold more than
        90 % of hours, since months differ too.
        """
        for name, value, low, high in (
            ("month", month, 1, 12),
            ("weekday", weekday, 0, 6),
            ("hour", hour, 0, 23),
        ):
            if not low <= value <= high:
                raise FootprintInputError(name, f"needs {low} to {high}, got {value!r}")
        mid = self._mid(month, weekday, hour)
        if not self.mean:
            return Interval(0.0, mid, max(mid, self.p95))
        return Interval(mid * self.p05 / self.mean, mid, mid * self.p95 / self.mean)

    def series(self, start: datetime, hours: int) -> Hours:
        """g/kWh of the ``hours`` hours that follow ``start``, an aware time; one value an hour.

        They are hours that pass, so a day on which clocks change has 23 or 25. An hour that begins
        between two of the clock's takes its share of both. A month's values are those of its
        middle, with a straight line from each to the next. Raises ``FootprintInputError``.
        """
        from datetime import UTC, timedelta

        if start.tzinfo is None or start.utcoffset() is None:
            raise FootprintInputError("start", "needs a time zone")
        if not 1 <= hours <= 24 * 366:
            raise FootprintInputError("hours", f"needs 1 to {24 * 366}, got {hours!r}")
        begin = start.astimezone(UTC)
        clock = begin.replace(minute=0, second=0, microsecond=0)
        past = (begin - clock).total_seconds() / 3600
        zone = zone_info(self.timezone)
        whole = []
        for i in range(hours + (past > 0)):
            local = (clock + timedelta(hours=i)).astimezone(zone)
            into = min((local.day - 1 + local.hour / 24) / _DAYS_A_MONTH, 1.0) - 0.5
            other = (local.month if into > 0 else local.month - 2) % 12 + 1
            hour = (local.weekday(), local.hour)
            own, beside = self._mid(local.month, *hour), self._mid(other, *hour)
            whole.append(own + abs(into) * (beside - own))
        if not past:
            return tuple(whole)
        return tuple(a + past * (b - a) for a, b in pairwise(whole))

    def _mid(self, month: int, weekday: int, hour: int) -> float:
        hours = self.month_hour[month - 1]
        if hours is not None:
            mid = hours[hour]
        else:
            known = [other[hour] for other in self.month_hour if other is not None]
            mid = sum(known) / len(known)
        on_a_weekday = 7 / (5 + 2 * self.weekend_factor)
        return mid * on_a_weekday * (self.weekend_factor if weekday >= 5 else 1.0)


def profiles_from_json(text: str | bytes) -> Mapping[str, HourProfile]:
    """Reads ``data/grid_profiles.json``: zone -> profile. Raises ``FootprintInputError``."""
    try:
        table = json.loads(text)
        return {
            zone: HourProfile(
                zone,
                row["timezone"],
                tuple(tuple(hours) for hours in row["month_hour"]),
                row["weekend_factor"],
                row["mean"],
                row["p05"],
                row["p95"],
                row["source"],
                table["year"],
                table["basis"],
                table["accounting"],
                table["perimeter"],
            )
            for zone, row in table["zones"].items()
        }
    except (ValueError, TypeError, KeyError) as error:
        if isinstance(error, FootprintInputError):
            raise
        raise FootprintInputError("profiles", f"not a file of profiles: {error!r}") from error


def zone_info(name: str) -> Any:
    """The clock of a place. Raises ``FootprintInputError`` for one the system does not know."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise FootprintInputError("timezone", f"unknown time zone {name[:60]!r}") from error


# --- Series that people import -------------------------------------------------------------------


class SeriesError(FootprintInputError):
    """A series that cannot be used. ``problem`` is one word, ``found`` what was seen of it."""

    def __init__(self, problem: str, why: str, **found: object) -> None:
        super().__init__("series", why)
        self.problem = problem
        self.found = found


@dataclass(frozen=True, slots=True)
class Imported:
    """One zone's own electricity: a mean with the range of its hours, and its profile."""

    profile: HourProfile
    name: str
    """What stands as source beside every impact that uses it."""
    file: str
    sha256: str
    first: str
    last: str
    """ISO 8601, UTC: where the first hour begins and the last ends."""
    step_minutes: int
    count: int
    missing: float
    """Share of the period without a value."""
    flags: Mapping[str, str] = field(default_factory=dict)
    """Word -> what is to be known of it: ``gaps``, ``short``, ``months``, ``direct_above``…"""

    @property
    def zone(self) -> str:
        return self.profile.zone

    @property
    def gwp(self) -> Interval:
        """gCO2eq/kWh of an hour nobody knows more of; above 0, since bounds multiply."""
        mean = self.profile.mean
        return Interval(max(self.profile.p05, mean / 100), mean, self.profile.p95)

    def as_json(self) -> dict[str, Any]:
        from dataclasses import asdict

        return {"version": 1, **asdict(self)}

    @classmethod
    def from_json(cls, text: str | bytes) -> Imported:
        """What ``as_json`` gave. Raises ``FootprintInputError``."""
        try:
            table = json.loads(text)
            if table.pop("version") != 1:
                raise FootprintInputError("grid", "of an unknown version")
            row = table.pop("profile")
            months = tuple(None if m is None else tuple(m) for m in row.pop("month_hour"))
            return cls(profile=HourProfile(month_hour=months, **row), **table)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            if isinstance(error, FootprintInputError):
                raise
            raise FootprintInputError("grid", f"not an imported zone: {error!r}") from error


@dataclass(frozen=True, slots=True)
class Summary:
    """What ``summarise`` finds in a series."""

    month_hour: tuple[Hours | None, ...]
    weekend_factor: float
    mean: float
    p05: float
    p95: float
    first: float
    last: float
    """Unix seconds: begin of the first value, end of the last."""
    step_s: int
    count: int
    missing: float
    flags: Mapping[str, str]


def summarise(
    samples: Sequence[tuple[float, float | None]], timezone: str, *, accounting: str = "life cycle"
) -> Summary:
    """Mean, percentiles and month x hour means of ``(Unix seconds, g/kWh or None)``, checked.

    Times must rise. Raises ``SeriesError`` for what cannot be electricity.
    """
    flags: dict[str, str] = {}
    for (before, _), (after, _) in pairwise(samples):
        if after == before:
            raise SeriesError("twice", f"{_utc(after)} stands twice", at=_utc(after))
        if after < before:
            raise SeriesError("order", f"{_utc(after)} comes after a later time", at=_utc(after))
    known = [(at, grams) for at, grams in samples if grams is not None]
    if len(known) < 24:
        raise SeriesError("few", f"needs 24 values or more, got {len(known)}", count=len(known))
    _check_amounts(known, accounting)
    step = _step(known)
    expected = round((known[-1][0] - known[0][0]) / step) + 1
    missing = max(0.0, 1 - len(known) / expected)
    if missing > MAX_MISSING:
        share = f"{missing:.0%}"
        raise SeriesError("gaps", f"{share} of the period has no value", share=share)
    if len(known) < expected:
        flags["gaps"] = f"{missing:.1%}"
    days = (known[-1][0] + step - known[0][0]) / 86400
    if days < 364:
        flags["short"] = f"{days:.0f}"
    month_hour, weekend = _by_month_and_hour(known, timezone)
    if absent := [str(i) for i, hours in enumerate(month_hour, 1) if hours is None]:
        flags["months"] = ", ".join(absent)
    values = sorted(grams for _, grams in known)
    mean = math.fsum(values) / len(values)
    return Summary(
        month_hour,
        weekend,
        mean,
        min(values[int(0.05 * (len(values) - 1))], mean),
        max(values[math.ceil(0.95 * (len(values) - 1))], mean),
        known[0][0],
        known[-1][0] + step,
        step,
        len(known),
        missing,
        flags,
    )


def _check_amounts(known: Sequence[tuple[float, float]], accounting: str) -> None:
    values = sorted(grams for _, grams in known)
    middle = values[len(values) // 2]
    if not all(map(math.isfinite, values)) or values[0] < 0:
        at, bad = next((a, g) for a, g in known if not 0 <= g < math.inf)
        raise SeriesError("negative", f"{bad:g} at {_utc(at)}", value=f"{bad:g}", at=_utc(at))
    if values[0] == values[-1]:
        raise SeriesError("constant", f"is {middle:g} throughout", value=f"{middle:g}")
    if 0 < middle < 1.5 and accounting != "direct":
        raise SeriesError("kilograms", f"median {middle:g}: kg, not g?", value=f"{middle:g}")
    if middle > MAX_G_PER_KWH:
        raise SeriesError("per_mwh", f"median {middle:g}: g/MWh, not g/kWh?", value=f"{middle:g}")
    if values[-1] > MAX_G_PER_KWH:
        at = next(at for at, grams in known if grams == values[-1])
        raise SeriesError(
            "high", f"{values[-1]:g} g/kWh at {_utc(at)}", value=f"{values[-1]:g}", at=_utc(at)
        )
    if not values[0] and accounting != "direct":
        at = next(at for at, grams in known if not grams)
        raise SeriesError("zero", f"0 g/kWh at {_utc(at)}", at=_utc(at))


def _step(known: Sequence[tuple[float, float]]) -> int:
    """Seconds between values, most often."""
    gaps = sorted(b[0] - a[0] for a, b in pairwise(known))
    step = round(gaps[len(gaps) // 2])
    if not 60 <= step <= 3600:
        raise SeriesError(
            "coarse", f"has a value each {step / 3600:.3g} h", hours=f"{step / 3600:.3g}"
        )
    return step


def _by_month_and_hour(
    known: Sequence[tuple[float, float]], timezone: str
) -> tuple[tuple[Hours | None, ...], float]:
    """Twelve rows of 24 means, and the weekend's mean over that of other days (1 if either lacks).

    A month counts once a week of it is there: 7 values or more for each hour.
    """
    from datetime import datetime

    clock = zone_info(timezone)
    sums = [[0.0] * 24 for _ in range(12)]
    counts = [[0] * 24 for _ in range(12)]
    days: dict[bool, list[float]] = {False: [], True: []}
    for at, grams in known:
        local = datetime.fromtimestamp(at, clock)
        sums[local.month - 1][local.hour] += grams
        counts[local.month - 1][local.hour] += 1
        days[local.weekday() >= 5].append(grams)
    rows = tuple(
        tuple(round(s / n, 3) for s, n in zip(of_month, number, strict=True))
        if min(number) >= 7
        else None
        for of_month, number in zip(sums, counts, strict=True)
    )
    means = {end: math.fsum(values) / len(values) for end, values in days.items() if values}
    if not any(rows):
        raise SeriesError("few", "no month of it has a week of values", count=len(known))
    return rows, means[True] / means[False] if len(means) == 2 and means[False] else 1.0


def _utc(at: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


_ISO = """
    ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA
    AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES
    BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK
    CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA
    DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA
    GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS
    GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD
    IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA
    KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA
    LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ
    MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC
    NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
    PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC
    SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV
    SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR
    TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR
    VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
"""
"""ISO 3166-1: alpha-2 then alpha-3."""
