"""Build ``names.bin`` and ``words.bin`` of the shield from their public sources.

    python training/shield/lexicon.py --prenoms data.parquet --patronymes patronymes.csv \
        --dictionary fr.dic --expanded fr.txt --english american-english --to src/sobre/privacy/data

Sources, licences and figures: src/sobre/privacy/data/README.md. ``--expanded`` is the output of
hunspell's ``unmunch fr.dic fr.aff``. The Parquet file needs ``pyarrow``, for this command only.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from collections import defaultdict
from pathlib import Path

from sobre.privacy.lexicon import pack, plain

FIRST_BINS = (40, 400, 8000)
"""Births since 1900 from which a first name is rare, known, usual (under the first: dropped)."""
LAST_BINS = (4, 20, 200)
"""Bearers in the list from which a surname is rare, known, usual."""
GRAMMATICAL = {
    "mg",
    "prep",
    "det",
    "detpos",
    "detdem",
    "detind",
    "cjco",
    "cjsub",
    "proneg",
    "prodem",
}
GRAMMATICAL |= {
    "proind",
    "prorel",
    "proint",
    "properobj",
    "propersuj",
    "preverb",
    "adv",
    "1pe",
    "2pe",
}
GRAMMATICAL |= {"3pe", "negadv", "advint", "interj", "nb"}
PROPER, FIRST, LAST = {"npr"}, {"prn"}, {"patr"}


def bin_of(count: int, bins: tuple[int, int, int]) -> int:
    return sum(count >= least for least in bins)


def first_names(path: Path) -> dict[str, int]:
    """Name -> bits: how usual (2 bits), and the gender of nine bearers in ten (bits 4 and 5)."""
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path, columns=["sexe", "prenom", "valeur"])
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for sex, name, births in zip(*(column.to_pylist() for column in table.columns), strict=True):
        if not name.startswith("_"):
            counts[plain(name).replace(" ", "-")][int(sex) - 1] += births
    bits: dict[str, int] = {}
    for name, (men, women) in counts.items():
        usual = bin_of(men + women, FIRST_BINS)
        if usual and len(name) > 1:
            share = women / (men + women)
            bits[name] = usual | ((1 if share >= 0.9 else 2 if share <= 0.1 else 0) << 4)
    return bits


def surnames(path: Path) -> dict[str, int]:
    """Name -> bits 2 and 3; each word of a surname of several counts by itself too."""
    opened = gzip.open if path.suffix == ".gz" else open
    counts: dict[str, int] = defaultdict(int)
    with opened(path, "rt", encoding="utf-8") as lines:
        for name, count in (row for row in csv.reader(lines) if len(row) == 2 and row[1].isdigit()):
            for word in re.split(r"[\s']+", plain(name.strip())):
                if len(word) > 1 and word.replace("-", "").isalpha():
                    counts[word] += int(count)
    return {name: bin_of(n, LAST_BINS) << 2 for name, n in counts.items() if n >= LAST_BINS[0]}


def ordinary(dictionary: Path, expanded: Path) -> dict[str, int]:
    """Word -> 1 ordinary, 2 grammatical, 4 a proper noun that is no person's."""
    bits: dict[str, int] = {}
    for line in dictionary.read_text(encoding="utf-8").splitlines()[1:]:
        form, _, rest = line.partition("/")
        word = form.split(" ")[0]
        parts = set(re.findall(r"po:(\w+)", rest or line))
        if word[:1].isupper():
            if parts & PROPER and len(word) > 2:
                bits[plain(word)] = bits.get(plain(word), 0) | 4
        elif word.replace("-", "").isalpha() and len(word) > 1:
            kind = 2 if parts & GRAMMATICAL else 1
            bits[plain(word)] = bits.get(plain(word), 0) | kind
    with expanded.open(encoding="utf-8") as lines:
        for line in lines:
            word = line.split("/")[0].split("\t")[0].strip()
            if word.isalpha() and word.islower() and len(word) > 1:
                bits.setdefault(plain(word), 1)
    return {word: 2 | (b & 4) if b & 2 else b for word, b in bits.items()}


TOWNS = frozenset(
    "paris marseille lyon toulouse nice nantes montpellier strasbourg bordeaux lille rennes reims"
    " toulon grenoble dijon angers nimes villeurbanne brest limoges tours amiens perpignan metz"
    " besancon orleans rouen mulhouse caen nancy argenteuil montreuil roubaix tourcoing dunkerque"
    " avignon poitiers versailles courbevoie creteil pau vannes lorient quimper bayonne biarritz"
    " anglet annecy chambery valence colmar troyes niort chartres angouleme laval cholet tarbes"
    " beziers narbonne carcassonne albi castres montauban agen perigueux bergerac brive aurillac"
    " rodez mende gap digne frejus antibes cannes grasse menton calais boulogne arras lens douai"
    " valenciennes maubeuge cambrai soissons laon beauvais compiegne creil meaux melun evry cergy"
    " nanterre bobigny pontoise mantes dreux evreux dieppe fecamp cherbourg lisieux alencon blois"
    " bourges vierzon chateauroux montlucon vichy moulins nevers auxerre sens macon chalon beaune"
    " dole belfort montbeliard epinal verdun thionville sarreguemines haguenau selestat guebwiller"
    " roanne oyonnax annemasse thonon albertville ajaccio bastia corte calvi cayenne papeete noumea"
    " lannion guingamp morlaix concarneau pontivy fougeres vitre redon saumur royan saintes cognac"
    " rochefort dax libourne arcachon oloron pamiers foix millau issoire romans montelimar orange"
    " arles istres martigues aubagne gardanne hyeres ancenis challans bruxelles geneve lausanne"
    " luxembourg liege namur charleroi gand anvers londres berlin munich madrid barcelone rome milan"
    " lisbonne porto casablanca rabat tunis alger dakar abidjan bamako montreal quebec tokyo pekin".split()
)
"""Towns that texts of business name most, whatever surnames they also are."""
ENGLISH = frozenset(
    "the of and a to in is you that it he was for on are as with his they at be this have from or"
    " had by but not what all were we when your can said there use an each which she do how their"
    " if will up other about out many then them these so some her would make like him into has"
    " look two more go see no way could my than first been call who its now did get come made may"
    " please dear best kind regards thanks hello hi our us me i am yours sincerely".split()
)
"""The most usual words of English: grammatical, as French's are."""


ACRONYMS = frozenset(
    "iban bic rib siret siren nir rcs ape naf tva ttc ht cfo ceo cto coo cmo pdg dg dga drh daf dsi"
    " rssi dpo rh cdi cdd ctt rtt cse cgt cfdt urssaf cpam caf msa opco siae sas sarl sa sci eurl"
    " scop gie selarl gmbh ltd inc llc spa nv bv ag plc kg qr pdf csv xml json html url http https"
    " sql api sdk ide aws gcp azure ovh sms mms mail email fax tel mob gsm wifi vpn lan wan dns ssh"
    " ssl tls usb ram cpu gpu ssd hdd iot erp crm gmao sav kpi roi ca ebitda bfr pib tv dvd cd nfc"
    " rgpd gdpr cnil anssi iso nf ce ue usa uk onu otan oms ars chu chr ehpad ide sante irm ecg"
    " nb ps cc cci objet ref cf cp bp cs tsa zi za zac rdv ok svp stp mdp id pin cv mr pr pme tpe"
    " lun mar mer jeu ven sam dim mel papa maman mamie papi papy eti ong oss poc mvp b2b b2c pcr adn vih sida ald rqth aah rsa apl smic pea pel ldd ccp cb".split()
)
"""Initials of business French, which capitals and lists of surnames would make names."""


def english(path: Path) -> dict[str, int]:
    words = path.read_text(encoding="utf-8").split()
    return {
        plain(w): 2 if w in ENGLISH else 1
        for w in words
        if w.isalpha() and w.islower() and len(w) > 1
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    for name in ("prenoms", "patronymes", "dictionary", "expanded", "english", "to"):
        options.add_argument(f"--{name}", type=Path, required=True)
    args = options.parse_args()
    names = first_names(args.prenoms)
    firsts = len(names)
    lasts = surnames(args.patronymes)
    for name, bits in lasts.items():
        names[name] = names.get(name, 0) | bits
    words = ordinary(args.dictionary, args.expanded)
    for word, bits in english(args.english).items():
        words.setdefault(word, bits)
    for town in TOWNS:
        words[town] = words.get(town, 0) | 4
    words |= dict.fromkeys(ACRONYMS, 2)
    for name, table in (("names.bin", names), ("words.bin", words)):
        (args.to / name).write_bytes(pack(table))
    print(f"{firsts} first names, {len(lasts)} surnames, {len(words)} words")


if __name__ == "__main__":
    main()
