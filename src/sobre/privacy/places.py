"""Where people live, when they were born, what they earn, where they stand, what they go by.

None of these has a check digit, so each is known by its form and by the words around it: a date is
one of birth only beside a word of birth, an amount is a salary only beside a word of pay. Addresses
follow the grammar of French postal addresses (number, type of way, name, complements, postcode,
commune; La Poste's rules, NF Z10-011) without any list of communes, and in part the Belgian, Swiss,
German, British and American ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from sobre.privacy.inspect import Hit

PERSONAL = "personal"


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORDS = re.compile("[a-zà-ÿœ]+")
_NO_LETTER = re.compile("[^a-zà-ÿœ]")
_DIGIT = re.compile("[0-9]")
_DATE_SIGN = re.compile(r"[0-9][/.\-][0-9]{1,2}[/.\-][0-9]{2}")
_LATITUDES = frozenset(("lat", "latitude", "lon", "lng", "longitude"))

_MONTHS = (
    r"(?:janv(?:ier|\.)?|f[ée]v(?:rier|r)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[ûu]t"
    r"|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|d[ée]c(?:embre)?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sep|dec)\b\.?"
)
_MONTH_WORDS = _listed(
    "janvier janv février fevrier fév fev févr mars avril avr mai juin juillet juil août aout "
    "septembre sept octobre oct novembre nov décembre decembre déc dec january february march "
    "april may june july august september october november december jan feb mar apr jun jul aug sep"
)


def find_places(text: str) -> list[Hit]:
    """Addresses, birth dates, salaries, coordinates and social handles, in reading order."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = text.replace("İ", "i").lower()
    signs = _signs_of(lower)
    digits = _DIGIT.search(text) is not None
    mentions = "@" in text or "://" in text
    if not (digits or signs or mentions):
        return []
    hits: list[Hit] = []
    if digits or not signs.isdisjoint(_ABODE):
        hits += _addresses(text, lower, signs, digits=digits)
    if digits:
        dated = _DATE_SIGN.search(text) is not None
        if "°" in text or not signs.isdisjoint(_LATITUDES) or _HAS_DECIMALS.search(text):
            hits += _coordinates(text, signs)
        if dated or not signs.isdisjoint(_MONTH_WORDS):
            hits += _dates_of_people(text)
        if not signs.isdisjoint(_PAY_WORDS):
            hits += _salaries(text, lower, signs)
    if (
        not signs.isdisjoint(_BIRTH_WORDS)
        or "ne le" in lower
        or "ne(e)" in lower
        or ".o.b" in lower
        or "d.d.n" in lower
    ):
        hits += _birth_dates(text)
    if mentions or not signs.isdisjoint(_NETWORKS):
        hits += _handles(text, signs)
    return _exclusive(hits)


PIECE = 20_000


def _signs_of(lower: str) -> frozenset[str]:
    """The words of a text that some detector looks for; a long text is read by pieces."""
    if len(lower) <= PIECE:
        return _SIGNS.intersection(_WORDS.findall(lower))
    signs: set[str] = set()
    start = 0
    while start < len(lower):
        cut = _NO_LETTER.search(lower, start + PIECE)
        end = cut.start() if cut else len(lower)
        signs.update(_SIGNS.intersection(_WORDS.findall(lower, start, end)))
        start = end
    return frozenset(signs)


def _exclusive(hits: list[Hit]) -> list[Hit]:
    """In order; of two that overlap the longer stays."""
    kept: list[Hit] = []
    for hit in sorted(hits):
        if kept and hit.start < kept[-1].end:
            if hit.end - hit.start > kept[-1].end - kept[-1].start:
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept


# Addresses --------------------------------------------------------------------------------------

_SURE_WAY = (
    r"rue|r\.|avenue|ave|av|boulevard|boul|bld|blvd|bvd|bd|impasse|imp|all[ée]es?|all|chemin|chem"
    r"|che|ch|chauss[ée]e|route|rte|square|faubourg|fbg|fg|venelle|sentier|sente|ruelle"
    r"|esplanade|rond[- ]point|lotissement|promenade|traverse|quai|lieu[- ]?dit|parvis"
    r"|r[ée]sidence"
)
_OTHER_WAY = (
    r"place|pl|sq|cours|crs|passage|pass|villa|cit[ée]|hameau|ham|mont[ée]e|c[ôo]te|voie|mail|r"
    r"|domaine|dom|clos|le clos|rés|r[ée]s|lot|galerie|carrefour|cour|enclave|parc|pont|porte|tour"
    r"|levée|drève|rampe|escalier|za|zi|zac|z\.[ai]\.|zone artisanale|zone industrielle"
)
"""Ways whose word has other meanings: a number before is not enough (3 places, 2 cours)."""
_WAY = rf"(?:(?P<sure>{_SURE_WAY})|(?P<other>{_OTHER_WAY}))(?!\w)\.?"
_STREET = re.compile(
    rf"[0-9](?<![\w/.+\-#]\d)(?<!\d,\d)\d{{0,3}}(?:(?:-| ?(?:/|à|et|&) ?)\d{{1,4}})?"
    rf"(?: ?(?i:bis|ter|quater|quinquies|[A-H])(?!\w))?[ ,\n]{{0,3}}(?=[A-Za-z])"
    rf"(?i:{_WAY})(?=[ '\n])"
)
_TAIL = re.compile(
    r"[0-9]\d{4}(?![\w.%°€$£/:]|,\d|-\d)(?<![\w/.+#°€$£@:]\d{5})(?<!\d[ ,]\d{5})(?<!\d-\d{5})"
    r"(?<![A-Za-z]{2}-\d{5})(?<![A-EG-Za-z]-\d{5})"
    r"\)?(?: ?[,;|/\t] ?| - | {1,2})(?=[^\W\d_]{2}|[LlDd]')"
)
_WORD = re.compile(r"([ \-]{1,2}|')?((?:[^\W_]\.-?)?[^\W_]+(?:[\-'.][^\W_]+){0,6})")
_PARTICLES = _listed("de du des d la le les l aux au à en sur sous lès lez")
_INNER = _listed("de du des d la le les l von van da do dos el ben sur sous lès lez en")
_TITLES = _listed(
    "général gal maréchal mal docteur dr capitaine cap colonel commandant cdt lieutenant "
    "président professeur pr prof abbé pasteur chanoine saint sainte st ste faubourg fbg vieux "
    "vieil vieille vieilles petit petite petits grand grande grands grand' haut haute hauts bas "
    "basse bout pont moulin port château chateau église eglise cardinal amiral père frères "
    "sergent roi reine comte jean pierre champ champs clos mère monseigneur mgr sœur quatre "
    "trois deux cinq sept dix onze ancien ancienne neuve neuf fontaine tour croix route chemin "
    "place rue cité parc bois val general marechal president abbe"
)
"""Words that a name of way goes on after, whatever their case: rue du général Leclerc."""
_STOPS = _listed(
    "tel tél téléphone telephone port portable mobile fax mail email courriel siret siren rcs "
    "tva iban bic code digicode interphone depuis est et a ai ont sont était sera dans pour "
    "avec car mais ou où qui que dont chez près face derrière devant entre jusqu afin merci svp "
    "cordialement bonjour bonsoir né née nés monsieur madame mademoiselle m mme mlle mr mrs dr "
    "contact client n no numéro numero je tu il elle nous vous ils elles on y se ce cette il y "
    "voir date objet france belgique suisse allemagne europe thailand switzerland germany à au "
    "aux par vers ne pas plus puis ensuite ici là lundi mardi mercredi jeudi vendredi samedi "
    "dimanche demain hier is and at the to in on for with from phone please attention attn "
    "livraison livrer appel appeler sans sous contre selon euros euro eur km kg mm cm ha h tout "
    "mon ma mes ton ta son sa ses notre votre leur leurs c'est j'ai j'habite hôtel étage "
    "représenté représentée représentés immatriculé immatriculée ci-après demeurant locataire "
    "bailleur nationalité profession siège capital tel. ref réf référence dossier"
)
_ABBREVIATIONS = _listed(
    "st ste dr gal mal cdt pr prof mgr gén gen col cap lt pdt fg fbg av bd pl che imp all"
)
_DATE_NAME = re.compile(
    rf"(?i)(?: (?:du|de la|de|le))? ?\d{{1,2}}(?:er|e|è?me)?(?:[ -]{_MONTHS}(?:[ -]\d{{4}})?"
    r"|[ -](?:r[ée]giment|arm[ée]e|division|db|ri|bca|rima|dragons?)(?!\w)(?: [A-Z]\w{2,20})?)"
)
_SEPARATOR = r"[ \t]{0,3}(?:[,;|/\-]|\r?\n|\.(?=\s))?(?:[ \t\-,>]|\r?\n){0,4}"
_SHORT_NAME = (
    r"(?:(?i:de la|de l'|de|du|des|d'|la|les|le|l') ?){0,2}[A-ZÀ-Ý0-9][\w'\-]{0,24}"
    r"(?: (?:(?i:de la|de l'|de|du|des|d'|la|les|le|l'|sur|en) ?){0,2}[A-ZÀ-Ý][\w'\-]{0,24}){0,3}"
)
_COMPLEMENT = (
    r"(?:(?i:b[âa]t(?:iment)?|app(?:artement|t)?|apt|esc(?:alier)?|porte|hall|entr[ée]e|bo[iî]te"
    r"|bte"
    r"|[ée]tage|niveau|villa|lot|logt|logement|chambre|studio|casier|bloc|tour|cage)\.?"
    r" ?(?:n ?° ?)?(?:[A-Za-z]?\d{1,4}[A-Za-z]?|[A-Z])(?!\w)"
    r"|\d{1,2} ?(?i:er|[èe]re|[èe]me|nd|e|[èe])\.? (?i:[ée]tage)(?: (?i:gauche|droite|face))?"
    r"|(?i:rez[- ]de[- ]chauss[ée]e|rdc)(?!\w)"
    r"|(?i:b\.?p\.?|c\.?s\.?|tsa|boîte postale) ?(?:n ?° ?)?\d{1,5}(?: ?\d{1,3})?(?!\w)"
    r"|(?i:r[ée]s(?:idence|\.)?|lot(?:issement|\.)?|lieu[- ]?dit|hameau|immeuble|imm\.|domaine"
    r"|b[âa]timent|quartier|qu?\.|villa|cit[ée]|clos|tour|parc(?: d'activit[ée]s?)?|le clos"
    r"|z\.?[ai]\.?c?\.?|zone (?:artisanale|industrielle|d'activit[ée]s?(?: commerciale)?)"
    r"|centre commercial|espace|technop[ôo]le|p[ôo]le|mas|ferme|ch[âa]teau) " + _SHORT_NAME + ")"
)
_AFTER = re.compile(rf"(?:{_SEPARATOR}{_COMPLEMENT}){{0,4}}")
_BEFORE = re.compile(rf"(?<![\w\-])(?:{_COMPLEMENT}{_SEPARATOR}){{1,4}}(?:(?i:au|n°|n° |no|no ))?$")
_TO_TAIL = re.compile(
    rf"{_SEPARATOR}(?:(?i:F|FR|B|L)[- ]{{1,3}})?\(?(?:\d{{5}}|\d\d \d{{3}})\)?(?![\w.%€/:]|,\d)"
    r"(?:[ ,;|\-]|\t|\r?\n){1,4}(?=[^\W\d_]{2}|[LlDd]')"
)
_LATE = re.compile(rf"(?:, ?{_COMPLEMENT}){{1,2}}")
_TO_FOUR = re.compile(r"(?:[ ,]|\n| - ){1,3}(?:(?:CH|BE?|LU?)[- ])?[1-9]\d{3} (?=[A-ZÀ-Ý])")
_TO_CODE = re.compile(r"[ ,\n\-]{1,3}(?:F-)?(?:0[1-9]|[1-8]\d|9[0-578])\d{3}(?![\w.%€/:]|,\d)")
_TO_CITY = re.compile(r", {0,2}(?=[A-ZÀ-Ý])")
_CEDEX = re.compile(r"(?i)(?: ?[,\-])? {0,2}cedex(?: {0,2}n?°? ?\d{1,2}(?!\d))?")
_ARRONDISSEMENT = re.compile(
    r" {0,2}(?:(?:1[0-9]|20|[1-9]) ?(?:er|ers|[èe]me|e|ème)(?!\w)(?: arrondissement| arr\.?)?"
    r"|(?:1\d|20|0?[1-9])(?![\w.,/])(?= ?(?:$|[\n,;)])))"
)
_ABODE = _listed(
    "habite habitent habitant habitait j'habite demeure demeurant demeurent demeurait domicilié "
    "domiciliée domiciliés domicile domicilie résidant réside résidence adresse sis sise logé "
    "logée logé logés loge address lives résident réside resident residant domicilie domiciliee "
    "habitaient demeure habites"
)
_NO_NUMBER = re.compile(
    r"(?i)\b(?:habite(?:nt|z|r|s)?|habitait|habitant|demeure|demeurant|demeurait|domicili[ée]e?s?"
    r"|r[ée]sid(?:e|ant|ait|ent)|sise?|adresse(?: postale| actuelle| personnelle)?(?: est| :|:)?)"
    rf"(?: (?:au|à|a|à l'adresse|dans la|dans l'|maintenant|toujours"
    rf"|la))? (?P<way>(?:{_SURE_WAY}))"
    r"(?!\w)\.?(?=[ '])"
)
_NUMBERLESS = re.compile(
    rf"(?<![\w\-])(?:(?i:le |la )?(?i:{_SURE_WAY}|{_OTHER_WAY})(?!\w)\.?"
    rf" (?=[A-ZÀ-Ý]|d|l|a)[^\n,;|:()!?\d]{{2,50}}|{_COMPLEMENT})"
    rf"(?:{_SEPARATOR}{_COMPLEMENT}){{0,3}}{_SEPARATOR}(?:F-|FR-|\()?$"
)
_AT_LABEL = re.compile(
    r"(?i)(?:adresse|domicile|domicili\w{1,4}|habit\w{1,4}|demeur\w{1,4}|r[ée]sid\w{1,4}"
    r"|livr\w{1,6}"
    r"|sis|sise|si[èe]ge|situ[ée]e?|chez|envoy\w{1,4}|exp[ée]di\w{1,4}|coordonn[ée]es"
    r"|factur\w{1,6}"
    r"|rendez-vous|rdv|locaux|bureau\w?|courrier|address|ship|at|au"
    r"|à)(?: \w{1,12}){0,2}[ :\"'=|]*$"
)
_YEAR_BEFORE = re.compile(rf"(?i)(?:\b(?:en|depuis|l'an|année|de|{_MONTHS}),? )$")
_WEEKDAY_BEFORE = re.compile(r"(?i)(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\ble) $")
_NOT_A_CODE = re.compile(
    r"(?i)(?:n ?°|\bno\.?|\bnum[ée]ro|r[ée]f\.?|r[ée]f[ée]rence|commande|facture|\blots?|article"
    r"|ticket"
    r"|comptes?|version|isbn|pages?|dossier|ports?|\bid|client|#|contrat|bon|devis|mati?ricule"
    r"|pi[èe]ce"
    r"|series?|s[ée]rie|mod[èe]le|model|type|soit|de|des|les|aux|environ|plus|moins|sur|à peu près"
    r"|quelque"
    r"|pr[èe]s de|que|et|total|montant|prix|plan|order|part|train|tgv|\bvols?|vol [A-Z0-9]{2}|rfc"
    r"|naf|ape|code|norme|iso|en|invoice|line|ligne)\s*[:=\-]?\s*$"
)
_IS_A_CODE = re.compile(
    r"(?i)(?:code postal|code_postal|\bcp|zip(?: ?code)?|postcode"
    r"|postal code)[\"']?\s{0,2}[:=]?\s{0,2}"
    r"[\"']?(?P<code>\d{5}|\d{4}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?!\w)"
)
_CITY_LABEL = re.compile(
    r"(?i:\b(?:ville|commune|city|town|localit[ée]))[\"']?\s{0,2}[:=]\s{0,2}[\"']?(?=[^\W\d_]{2})"
)
_NOT_A_COMMUNE = _listed(
    "euros euro eur francs franc français française françaises km kms kg hommes femmes "
    "habitants salariés salaries personnes clients client fournisseurs fournisseur achats achat "
    "fournitures banque caisse ventes vente charges charge tva honoraires salaires emprunts "
    "emprunt capital personnel sécurité etat état locations location entretien assurance "
    "assurances publicité déplacements frais intérêts produits produit stocks stock "
    "amortissements dotations provisions prestations prestation services service "
    "immobilisations matériel marchandises autres autre compte comptes total sous-total "
    "créances dettes impôts taxes rémunérations cotisations subventions remises rabais "
    "variation résultat report réserves exemplaires unités pièces tonnes litres heures jours "
    "ans mètres m² items users lines rows pages tokens points votes voix voies janvier février "
    "mars avril mai juin juillet août septembre octobre novembre décembre tests lots lot ref "
    "réf version rev bleu rouge vert noir blanc et ou est dans pour avec par sur fois le la les "
    "de du des il elle ce un une on nous vous je hz mb gb ko mo go ms oui non ok ht ttc estimé "
    "estimée cher chère chers mesdames messieurs logements emplois entreprises places "
    "kilomètres pieds boîtes chf usd gbp sms mails"
) - {"le", "la", "les"}
_ARTICLES = _listed("le la les l saint sainte st ste sainte-marie mont bourg fort pont port")


def _addresses(text: str, lower: str, signs: frozenset[str], *, digits: bool) -> list[Hit]:
    spans: list[Span] = []
    ways = not signs.isdisjoint(_WAYS)
    if digits:
        if ways:
            spans += _streets(text)
        if _FIVE_DIGITS.search(text):
            spans += _tails(text, [span[:2] for span in spans], ways=ways)
        if ways and _FOUR_SIGN.search(text):
            spans += _numbers_after(text)
        if not signs.isdisjoint(_LABELS):
            spans += _labelled_codes(text)
        if not signs.isdisjoint(_ENGLISH_WAYS):
            spans += _english(text)
        if not signs.isdisjoint(_ENGLISH_CUES):
            spans += _after_english_cue(text)
        if "B-" in text or "BE-" in text or "L-" in text or "LU-" in text or "CH-" in text:
            spans += _after_country(text)
        if _GERMANIC_SIGN.search(lower):
            spans += _germanic(text)
    if not signs.isdisjoint(_ABODE):
        spans += _numberless(text)
        spans += _where_someone_lives(text)
    return [
        Hit(start, end - (text[end - 1] == "."), "address", PERSONAL, evidence)
        for start, end, evidence in _joined(spans)
    ]


Span = tuple[int, int, str]
_LABELS = _listed("cp postal zip postcode ville commune city town localité localite")
_WAYS = _listed(
    "rue r avenue ave av boulevard boul bld blvd bvd bd impasse imp allée allee allées allees "
    "all chemin chem che ch chaussée chaussee route rte square faubourg fbg fg venelle sentier "
    "sente ruelle esplanade rond lotissement promenade traverse quai lieu lieudit parvis "
    "résidence residence place pl sq cours crs passage pass villa cité cite hameau ham montée "
    "montee côte cote voie mail domaine dom clos rés res lot galerie carrefour cour enclave "
    "parc pont porte tour levée drève rampe escalier za zi zac z zone via viale piazza"
)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Overlapping spans as one."""
    last: Span | None = None
    for start, end, evidence in sorted(spans):
        if last is None or start >= last[1]:
            if last:
                yield last
            last = start, end, evidence
        elif end > last[1]:
            last = last[0], end, last[2]
    if last:
        yield last


def _streets(text: str) -> Iterator[Span]:
    """Number, type of way and name, with what belongs to it on both sides."""
    known = 0
    for match in _STREET.finditer(text):
        start = match.start()
        named = _name_end(text, match.end())
        if named is None:
            continue
        end, proper = named
        whole, tail = _complete(text, end)
        before = text[max(0, start - 40) : start]
        if match["other"] and not (proper or tail):
            word = match["other"].lower()
            if word in ("cours", "tour", "porte", "pont", "cour", "parc") or not _AT_LABEL.search(
                before
            ):
                continue
        if not tail and _WEEKDAY_BEFORE.search(before) and not proper:
            continue
        number = match[0][:4]
        if number.isdigit() and number[:2] in ("18", "19", "20") and _YEAR_BEFORE.search(before):
            if not tail:
                continue
            start = match.start("sure") if match["sure"] else match.start("other")
        yield _leftwards(text, start, known), whole, "number, type of way and name"
        known = whole if match["sure"] else 0


def _leftwards(text: str, start: int, known: int) -> int:
    """Where the address begins, after the one before: its building, flat or residence, "n°"."""
    floor = max(min(known, start), start - 90, 0)
    before = text[floor:start]
    if found := _BEFORE.search(before):
        return floor + found.start()
    label = re.search(r"(?:(?<!\w)n ?° ?)$", before)
    return floor + label.start() if label else start


def _name_end(text: str, place: int) -> tuple[int, bool] | None:
    """End of a way's name that begins at ``place``, and whether it is written as a proper name."""
    if found := _DATE_NAME.match(text, place):
        return found.end(), True
    content = 0
    style = ""
    proper = led = False
    ends: list[int] = []
    for _ in range(12):
        if not (found := _WORD.match(text, place)):
            break
        word, low, end = found[2], found[2].lower(), found.end()
        after = text[end : end + 1]
        if word[0].isdigit():
            if ends or not re.fullmatch(r"\d{1,3}(?:e|er|[èe]me)?", word):
                break
            if date := _DATE_NAME.match(text, found.start()):
                return date.end(), True
            content, proper, place = 1, True, end
            ends.append(end)
            continue
        if low in (_INNER if content else _PARTICLES):
            led = led or not ends
            place = end + (after == "'")
            continue
        if low in _INSIDE and _goes_on(text, place, content=content):
            place = end
            continue
        if low in _STOPS and not (led and not content and low in ("port", "dr", "mail", "pr")):
            break
        bare, shown = (low[2:], word[2:]) if low[:2] in ("d'", "l'") else (low, word)
        case = _case(shown)
        if ends and case == "l" and style != "l" and (content or proper):
            if not _TO_TAIL.match(text, end):
                break
        elif content and _breaks(style, case, shown):
            break
        place = end + (after == "." and (bare in _ABBREVIATIONS or len(shown) == 1))
        proper = proper or case != "l"
        ends.append(end)
        if bare in _TITLES and not content:
            continue
        content += 1
        style = style or case
        if content >= (4 if style == "l" else 6):
            break
    return (_unhurried(text, ends, style, led=led), proper) if ends else None


_INSIDE = _listed("à a au aux sous entre près sur lès")
_INSIDE_NAME = re.compile(
    r" (?i:entre|sous|près|aux|au|à la|à l|a la|à|sur|lès)"
    r"(?: (?i:de la|de|les|la|le|deux|l)| l|)[ ']"
    r"(?:(?<=')|(?<= ))[A-ZÀ-Ý]"
)


def _goes_on(text: str, place: int, *, content: int) -> bool:
    """Whether a name of way holds the word: rue aux Ours, Croix à la Vache; not rue Haute à Dijon.

    What follows is written with a capital, and "à" alone leads to a commune once there is a name.
    """
    found = _INSIDE_NAME.match(text, place)
    return found is not None and not (content and re.match(r" [àÀ] [A-ZÀ-Ý]", text[place:]))


def _case(word: str) -> str:
    """``U`` for upper case, ``C`` for a capital, ``l`` for neither."""
    return "U" if word.isupper() and len(word) > 1 else "C" if word[:1].isupper() else "l"


def _breaks(style: str, case: str, word: str) -> bool:
    """Whether a word of another case ends a name written in one."""
    if style == "C" and case == "U":
        return len(word) < 4 and bool(word.strip("IVX"))
    return (style == "l") != (case == "l") or (style == "U" and case == "C")


def _unhurried(text: str, ends: list[int], style: str, *, led: bool) -> int:
    """Which of the words' ends is the name's: in lower case a sentence may run on after it."""
    usual = 1 if led else 2
    end = ends[-1]
    closed = text[end : end + 1] in _CLOSERS or _TO_TAIL.match(text, end)
    return end if style != "l" or closed else ends[min(usual, len(ends)) - 1]


_CLOSERS = frozenset(("", ",", "\n", ".", ";", ")", '"', "|"))


def _complete(text: str, end: int) -> tuple[int, bool]:
    """End of an address whose way's name ends at ``end``; whether a postcode was there."""
    found = _AFTER.match(text, end)
    further = found.end() if found else end
    if tail := _TO_TAIL.match(text, further):
        code = re.search(r"\d\d ?\d{3}", tail[0])
        if (
            code
            and _is_postcode(code[0])
            and (city := _commune_end(text, tail.end(), any_case=True))
        ):
            late = _LATE.match(text, city)
            return late.end() if late else city, True
    if (four := _TO_FOUR.match(text, further)) and (
        city := _commune_end(text, four.end(), any_case=False)
    ):
        return city, True
    if code := _TO_CODE.match(text, further):
        return code.end(), True
    if cedex := _CEDEX.match(text, further):
        return cedex.end(), False
    if (comma := _TO_CITY.match(text, further)) and (
        city := _commune_end(text, comma.end(), any_case=False)
    ):
        rest = text[city : city + 2]
        numbered = re.search(r"\d\w{0,3}$", text[city - 4 : city])
        if numbered or rest.strip()[:1] in ("", ".", ")", "(", ";", '"') or rest[:1] == "\n":
            if code := re.compile(r" \(\d{2,5}\)").match(text, city):
                return code.end(), True
            return city, False
    return further, False


def _is_postcode(written: str) -> bool:
    return "01" <= written[:2] <= "98" and written[:2] != "96"


def _commune_end(text: str, place: int, *, any_case: bool) -> int:
    """End of the commune that begins at ``place`` with its Cedex or arrondissement; 0 for none."""
    found = _WORD.match(text, place)
    if not found or found[1]:
        return 0
    low, style = found[2].lower(), _case(found[2])
    if (
        (style == "l" and not any_case)
        or found[2][0].isdigit()
        or low in _NOT_A_COMMUNE
        or (low in _STOPS)
        or (len(low) < 2 and low not in "yl")
    ):
        return 0
    end = found.end()
    for index in range(1, 8):
        previous = low.rpartition("-")[2] if low not in _ARTICLES else low
        found = _WORD.match(text, end + (low in ("st", "ste") and text[end : end + 1] == "."))
        if not found or found[1] is None or found[2][0].isdigit():
            break
        word, low = found[2], found[2].lower()
        if low == "cedex" or (low in _STOPS and previous not in ("le", "la", "les")):
            break
        elided = low[:2] in ("d'", "l'") and style != "l"
        case = _case(word[2:] if elided else word)
        if previous in _ARTICLES:
            if case == "l" and style != "l":
                break
        elif low in _LINKS and found[1] != "'":
            if not _leads_on(text, found.end(), style):
                break
        elif not (elided and case == style) and previous not in _LINKS:
            if style == "l" or case != style:
                break
            if style == "C" and (index > 3 or not _closes(text, found.end())):
                break
        end = found.end()
    if cedex := _CEDEX.match(text, end):
        return cedex.end()
    if district := _ARRONDISSEMENT.match(text, end):
        return district.end()
    return end


_LINKS = _listed("sur sous en de du des la le les lès lez d l aux au")


def _leads_on(text: str, place: int, style: str) -> bool:
    """Whether a name goes on after a word such as "sur" or "de la"."""
    following = _WORD.match(text, place)
    for _ in range(2):
        if following and following[2].lower() in ("la", "le", "les", "l", "d"):
            following = _WORD.match(text, following.end())
    if not following or following[2].lower() in _STOPS or following[2][0].isdigit():
        return False
    return style == "l" or not following[2][0].islower()


def _closes(text: str, place: int) -> bool:
    """Whether a second capitalised word is a commune's rather than the next thing said."""
    following = _WORD.match(text, place)
    if not following or not following[1]:
        return True
    word = following[2]
    return not word[0].isupper() and (
        word.lower() in _STOPS or word.lower() in ("sur", "sous", "en", "de", "cedex")
    )


_WITHOUT_WAY = re.compile(
    r"(?i)(?<!\w)(?:b\.?p|c\.?s|tsa|bo[iî]te|b[âa]t|app|apt|esc|hall|entr|bte|[ée]tage|niveau|log"
    r"|chambre|studio|casier|bloc|cage|rez|rdc|imm|quartier|qu?\.|centre|espace|techn|p[ôo]le|mas"
    r"|ferme|ch[âa]teau|le |la |z\.)|\d{1,2} ?(?:er|[èe]|nd|[èe]me) "
)
_AFTER_WAY = frozenset((",", "-", "\n", ".", "|", " ", "(", ";", "\t"))


_FIVE_DIGITS = re.compile(r"[0-9][0-9]{4}(?![0-9])")


def _tails(text: str, known: list[tuple[int, int]], *, ways: bool) -> Iterator[Span]:
    """Postcode and commune, with the way or building that has no number before them."""
    last = 0
    for match in _TAIL.finditer(text):
        start = match.start()
        if not _is_postcode(match[0]):
            continue
        at = bisect_left(known, (start, 0))
        if at and known[at - 1][1] > match.end():
            continue
        floor = max(min(last, start), start - 110, 0)
        before = text[floor:start]
        labelled = before[-24:]
        if _NOT_A_CODE.search(labelled) and not re.search(
            r"(?i)(?:code postal|cp) ?:? ?$", labelled
        ):
            continue
        end = _commune_end(text, match.end(), any_case=False)
        if not end:
            continue
        if before.endswith("("):
            start -= 1
        elif before.endswith(("F-", "FR-")):
            start -= 2 + before.endswith("FR-")
        if (
            before[-1:] in _AFTER_WAY
            and (ways or _WITHOUT_WAY.search(before))
            and (way := _NUMBERLESS.search(before))
        ):
            start = floor + way.start()
        yield start, end, "postcode and commune"
        last = end


def _numberless(text: str) -> Iterator[Span]:
    """A street without number where someone lives: habite rue des Lilas."""
    for match in _NO_NUMBER.finditer(text):
        named = _name_end(text, match.end())
        if named:
            yield match.start("way"), _complete(text, named[0])[0], "street after a word of abode"


_LIVES = re.compile(
    r"(?i:(?<![^\W_])(?:à l'adresse(?: suivante)?(?: ?: ?| )"
    r"|(?:j')?habit(?:e|es|ent|ant|ait|aient)?(?: (?:toujours|encore|maintenant|actuellement))?"
    r"(?: (?:à|a|au|aux|sur|:))? "
    r"|(?:domicili[ée](?:\(e\))?e?s?|demeur(?:e|ant|ent|ait)|r[ée]sid(?:e|ent|ant|ait)|log[ée]e?s?)"
    r"(?: (?:toujours|encore|maintenant|actuellement|ensemble|tous deux|toutes deux))?"
    r" ?(?:à|a|au|aux|:) ?:? ?))(?=[A-ZÀ-Ý][^\W\d_])"
)
_NOT_LIVED_IN = _listed(
    "rue avenue boulevard place chemin impasse allée allee route quai résidence residence "
    "immeuble appartement bâtiment lotissement cité villa square cours monsieur madame mme mr m "
    "chez etat état"
)


def _where_someone_lives(text: str) -> Iterator[Span]:
    """A commune alone where a word says that someone lives there: domiciliée à Metz."""
    for match in _LIVES.finditer(text):
        first = _WORD.match(text, match.end())
        if first is None or first[2].lower() in _NOT_LIVED_IN:
            continue
        if end := _commune_end(text, match.end(), any_case=False):
            yield match.end(), end, "commune after a word of abode"


def _labelled_codes(text: str) -> Iterator[Span]:
    for match in _IS_A_CODE.finditer(text):
        yield *match.span("code"), "postcode after its label"
    for match in _CITY_LABEL.finditer(text) if ":" in text or "=" in text else ():
        if end := _commune_end(text, match.end(), any_case=False):
            yield match.end(), end, "commune after its label"


_ENGLISH_WAYS = _listed(
    "street st road rd lane ln drive dr avenue ave boulevard blvd court ct place pl square sq "
    "terrace way close crescent gardens grove row mews hill highway hwy parkway pkwy circle cir "
    "trail trl apt suite box unit"
)
_ENGLISH_STREET = re.compile(
    r"[0-9](?<![\w/.+\-#]\d)(?<!\d,\d)\d{0,5}(?: \d{1,5})?(?:-\d{1,4})?[A-Za-z]?,? "
    r"(?:[NSEW]{1,2}\.? )?(?:(?:[A-Z][\w'\-]{0,20}\.?|\d{1,3}(?:st|nd|rd|th)|of|the) ){1,4}"
    r"(?:Street|St|Road|Rd|Lane|Ln|Drive|Dr|Avenue|Ave|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Sq"
    r"|Terrace|Ter|Way|Close|Crescent|Gardens|Grove|Row|Mews|Hill|Highway|Hwy|Parkway|Pkwy|Circle"
    r"|Cir|Trail|Trl|STREET|ROAD|LANE|DRIVE|AVENUE)(?!\w)\.?"
)
_ENGLISH_UNIT = (
    r"(?i:apt|apartment|suite|ste|unit|flat|floor|fl|room|rm|#)\.? ?#?\d{1,5}[A-Za-z]?(?!\w)"
)
_ENGLISH_REST = re.compile(
    rf"(?:[ ,\n]{{1,4}}{_ENGLISH_UNIT})?"
    r"(?:[ ,\n]{1,5}(?:[A-Z][\w'.\-]{1,20} ?){1,3}"
    r"(?:[ ,\n]{1,4}[A-Z]{2},?[ \n]{1,3}\d{5}(?:-\d{4})?(?!\w)"
    r"|[ ,\n]{1,4}[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)))?"
    rf"(?:[ ,\n]{{1,4}}{_ENGLISH_UNIT})?"
)
_NUMBERED = re.compile(r"(?i)(?:chapter|section|part|figure|step|table|lesson|page|unit) $")
_FLAT = re.compile(r"(?:Flat|Apt\.?|Apartment|Suite|Unit|Floor) \w{1,5},? {1,2}$")
_ENGLISH_BOX = re.compile(
    r"(?:(?:P\.?O\.? ?Box|PO BOX) \d{1,6}|(?:PSC|Unit|UNIT) \d{2,5},? Box \d{2,5}"
    r"|(?:USS|USNS|USNV|USCGC) [A-Z]\w{1,20})"
    r"(?:[ ,\n]{1,3}(?:[A-Z][\w'.\-]{1,20} ?){1,3}[ ,\n]{1,3}[A-Z]{2} \d{5}(?:-\d{4})?)?"
)
_ENGLISH_PLACE = (
    r"(?:[ ,\n]{1,5}[^\W\d_][\w'.\-]{1,20}(?: [^\W\d_][\w'.\-]{1,20}){0,2}"
    r"(?:[ ,\n]{1,5}(?:[A-Z]{2,3}|nan)(?!\w))?"
    r"(?:[ ,\n]{1,5}[A-Z][\w()]{1,16}(?: [A-Z(][\w()]{1,16}){0,2})?"
    r"(?:[ ,\n]{1,5}\d{4,5}(?!\w)|(?=[.?!)\n]|$)))?"
)
_UNIT_FIRST = re.compile(
    r"[0-9](?<![\w/.+\-#]\d)\d{1,5} (?:[^\W_][\w'.\-/]{0,24} ){1,5}(?:\d{1,5}[ ,]{0,2}\s{0,3})?"
    rf"\s{{0,3}}(?:Apt\.?|Suite|apt\.|suite) \d{{1,5}}(?!\w){_ENGLISH_PLACE}"
)
_ENGLISH_CUES = _listed(
    "address addresses lives live located office offices sent send"
) | {
    "restaurant", "billing", "ship", "deliver", "moved", "meet",
}  # fmt: skip
_ENGLISH_CUE = re.compile(
    r"(?i:\b(?:address(?:es)?(?: is| to|:)|lives? at|located (?:at|on)|(?:is|arrived|me"
    r"|meet you) at"
    r"|one to|sent to|ship(?:ped)? to|deliver(?:ed)? to|(?:his|her|their|my) address:?))\s{1,6}"
    r"(?P<address>\d{1,6}(?:,? [^\W_][\w'.\-/]{0,24}){1,5}?,? \d{1,5}[a-z]?(?!\w)\.?"
    rf"(?:[ ,\n]{{1,4}}{_ENGLISH_UNIT})?{_ENGLISH_PLACE})"
)


def _after_english_cue(text: str) -> Iterator[Span]:
    for match in _ENGLISH_CUE.finditer(text):
        yield *match.span("address"), "number and name after a word of abode"


def _english(text: str) -> Iterator[Span]:
    for match in _ENGLISH_STREET.finditer(text):
        rest = _ENGLISH_REST.match(text, match.end())
        end = rest.end() if rest else match.end()
        before = text[max(0, match.start() - 20) : match.start()]
        if _NUMBERED.search(before) or " The " in match[0]:
            continue
        flat = _FLAT.search(before)
        start = match.start() - (len(before) - flat.start() if flat else 0)
        yield start, end, "number, name and type of street"
    if "Box" in text or "BOX" in text or "USS" in text or "USNS" in text:
        for match in _ENGLISH_BOX.finditer(text):
            yield *match.span(), "post-office box"
    if "Apt" in text or "Suite" in text or "apt." in text:
        for match in _UNIT_FIRST.finditer(text):
            yield *match.span(), "number, name and flat"


_GERMANIC_SIGN = re.compile(
    r"[adglpsuw](?:tr(?:a(?:ss|ß)e|\.|aat)|eg|asse|l(?:atz|lee|ein)|aan|amm|fer|racht) [0-9]"
    r"|stra(?:ss|ß)e (?:des|der|am) "
)
_GERMANIC = re.compile(
    r"(?<!\w)(?:[^\W\d_][\w\-]{1,30}?(?i:stra(?:ss|ß)e|str\.|weg|gasse|platz|allee|laan|straat"
    r"|plein"
    r"|steenweg|gracht|damm|ufer)|Stra(?:ss|ß)e (?:des|der"
    r"|am) [^\n,;:]{2,30}?) \d{1,4} ?[a-z]?(?!\w)(?:[ ,\n\-]{1,4}(?:(?:D|A|CH|NL|BE|B"
    r"|L)[- ])?\d{4,5}(?: [A-Z]{2})?"
    r"[ ,]"
    r"(?P<city>))?"
)
_FOUR_DIGITS = re.compile(
    r"[0-9](?<![\w/.+\-#]\d)\d{0,3} ?[a-zA-Z]?(?:,? (?:bte|boîte|b|bus) ?\d{1,4})?(?:,? | - |,?\n)"
    r"(?:(?:B|BE|L|LU|CH)[- ])?[1-9]\d{3} (?=[A-ZÀ-Ý])"
)
_WAY_BEFORE = re.compile(
    rf"(?<!\w)(?i:{_SURE_WAY}|{_OTHER_WAY}|via|viale|piazza)(?!\w)\.? [^\n;|:()!?\d]{{2,50}}$"
)
_FOUR_SIGN = re.compile(r"[1-9][0-9]{3} [A-ZÀ-Ý]")
_FOUR_WITH_COUNTRY = re.compile(
    r"[BLCE](?:(?<=B)E?|(?<=L)U?|(?<=C)H|(?<!E))(?<!\w\w\w)-[1-9]\d{3} (?=[A-ZÀ-Ý])"
)


def _numbers_after(text: str) -> Iterator[Span]:
    """Way, name, number, postcode of four digits: Belgium, Luxembourg, Switzerland."""
    for match in _FOUR_DIGITS.finditer(text):
        floor = max(0, match.start() - 70)
        way = _WAY_BEFORE.search(text[floor : match.start()])
        if way and (end := _commune_end(text, match.end(), any_case=False)):
            yield floor + way.start(), end, "way, number and postcode"


def _after_country(text: str) -> Iterator[Span]:
    for match in _FOUR_WITH_COUNTRY.finditer(text):
        if end := _commune_end(text, match.end(), any_case=False):
            yield match.start(), end, "country, postcode and commune"


def _germanic(text: str) -> Iterator[Span]:
    for match in _GERMANIC.finditer(text):
        end = match.end()
        if match["city"] is not None:
            end = _commune_end(text, end, any_case=False) or end
        yield match.start(), end, "street and number"


# Dates of birth ---------------------------------------------------------------------------------

_BIRTH_WORDS = _listed(
    "né née nés nées nee naissance naiss naissances ddn dn dob born birth birthdate birthday "
    "birthdates anniversaire mise mises nato geboren dateofbirth datenaissance naissances "
    "datenaiss nais né·e"
)
_NUMBER_WORDS = (
    r"(?:(?:un|premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze"
    r"|quinze|seize|dix|vingt|trente|quarante|cinquante|soixante|septante|octante|huitante|nonante"
    r"|et|cents?|mil|mille|vingts)(?!\w)[ \-]?)"
)
_WEEKDAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
_DATE = (
    r"(?:"
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
    r"|\d{1,2} ?(?P<sep>[/.\-|]) ?\d{1,2} ?(?P=sep) ?(?:\d{4}|\d{2})(?!\d)"
    r"|\d{1,2} \d{1,2} (?:19|20)\d\d(?!\d)"
    rf"|\d{{1,2}}(?:er|st|nd|rd|th)?[ ,.\-]{{1,2}}(?:of )?{_MONTHS}[ ,\-]{{0,3}}(?:\d{{4}}"
    rf"|'?\d{{2}})(?!\d)"
    rf"|{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d(?!\d)"
    rf"|{_NUMBER_WORDS}{{1,3}} ?{_MONTHS} (?:{_NUMBER_WORDS}{{2,9}}(?<! )|\d{{4}})"
    rf"|(?:1er|\d{{1,2}}) {_MONTHS} {_NUMBER_WORDS}{{2,9}}(?<! )"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)"
    rf"|{_MONTHS} (?:19|20)\d\d(?!\d)"
    r")"
)
_BOXED = (
    r"[0-3](?P<box>[ |]{1,3})[0-9](?:[ |/.\-]{1,5})[01](?P=box)[0-9](?:[ |/.\-]{1,5})"
    r"[12](?P=box)[09](?P=box)[0-9](?P=box)[0-9](?!\d)"
)
"""A form's boxes: one digit each."""
_BIRTH = re.compile(
    r"(?i)(?<![^\W_])(?=[abdgjlmn])(?:"
    r"(?P<born>n[ée]e?s?(?:\(e\)s?|\(ée\)|[.·/\-]e[.·]?s?)?(?=[ :|])|born|nato|geboren)"
    r"|(?:date|jour|lieu|ann[ée]e|d)?[ _\-]{0,2}(?:et (?:lieu|heure) |)(?:de |d')?[ _\-]{0,2}"
    r"(?P<noun>naissance|naiss|nais)(?![^\W\d_])\.?|d\.?d\.?n\.?|date[_ ]?of[_ ]?birth"
    r"|d\.?o\.?b\.?"
    r"|birth[_ ]?(?:day|date)?s?|dn(?= ?[:\d]| : )|(?:date de )?mises? au monde"
    r"|(?P<party>anniversaire)"
    r")(?![^\W\d_])"
)
_BIRTH_GAP = re.compile(r"[^\d\n]{0,60}(?:\(\d{2,5}\)[^\d\n]{0,15})?(?:\n[ \t]{0,4})?\[?")
_NEXT_DATE = re.compile(
    r"(?i)(?:(?=[\djfmasondéuplctqhv])(?<![\w/])"
    r"|(?=\d)(?:(?<=\ble)|(?<=\bdn)|(?<=ddn)|(?<=naissance)|(?<=\bdob)))"
    rf"(?P<date>{_BOXED}|{_DATE})"
)
_GAP_REACH, _LONGEST_DATE = 110, 90
_BIRTH_CUE = re.compile(
    r"(?i)(?<![^\W_])(?:naissance|naiss|n[ée]\(?e?\)? le|ddn|d\.?o\.?b|date of birth|date_of_birth"
    r"|birth_?date|birthday)(?![^\W\d_])"
)
_NOT_OF_BIRTH = re.compile(
    r"(?i)embauch|entr[ée]|arriv|depuis|vers[ée]|sorti|divorc|mari|d[ée]c[èé]|sign|contrat"
    r"|d[ée]livr|valab"
    r"|expir|[ée]tabli|travaill|hired|since|died|join|entreprise|soci[ée]t[ée]|bo[iî]te|projet"
    r"|facture"
    r"|rendez|rdv|r[ée]union|fête|party|prévu|will be|deadline|\bne\b|\bpas\b"
)
_NO_PERSON = re.compile(
    r"(?i)(?:soci[ée]t[ée]|entreprise|association|projet|marque|groupe|id[ée]e|id[ée]es"
    r"|cong[ée]s? (?:de )?"
    r"|prime (?:de )?|start-?up|company|project|coop[ée]rative|filiale|loi|l'ue|euro)"
    r"(?:[ ,:](?:[\w\-']{1,20}[ ,]{1,2}){0,2}(?:est |was |, )?)?$"
)
_MORE_DATES = re.compile(
    rf"(?i)(?:,? et (?:le )?|, (?:le )?|/|-| ou (?:le )?| and )(?P<date>{_DATE})"
)
_BETWEEN_SIGN = re.compile(r"[0-9]/[0-9]{1,2} (?:et|and|ou) ")
_BETWEEN = re.compile(
    rf"(?i)(?:n[ée]e?s?|born)[^\d\n]{{1,40}}?(?P<first>\d{{1,2}}/\d{{1,2}}) (?:et|and|ou) (?:le )?"
    rf"(?P<date>{_DATE})"
)
_PERSON_DATE = re.compile(
    r"[0-9](?<![\w/.\-]\d)(?:\d{3}-\d\d-\d\d|\d?[/.\-|]\d{1,2}[/.\-|](?P<year>(?:19|20)\d\d)"
    rf"|\d?(?:er)? (?P<month>(?i:{_MONTHS})) (?P<named>(?:19|20)\d\d))(?![\w/]|\.\d|-\d)"
)
_AGE_AFTER = re.compile(r" ?(?:[(|,;]| -) ?\d{1,3} (?:ans|y/?o|years)(?!\w)")
_SEX_CELL = re.compile(r"[|;,\t] ?[MFH] ?[|;,\t] ?$")
_AGE_CELL = re.compile(
    r"(?:(?<!\w)(?:[HFM]|[Hh]omme|[Ff]emme|[Mm]asculin|[Ff]éminin|[Pp]atiente?)(?: de)?"
    r"[ ,;|/\t(]{1,3}"
    r"|^|\n|[A-ZÀ-Ý][\w'\-]{1,24}[ ,;|/\t(]{1,3})\d{1,3} ans ?[,;|(\t\-]{1,2} ?$"
)
_PATIENTS = re.compile(r"(?i:\bpatiente?s?(?: \w{1,12}){0,2}) ?:[^\n]{0,400}$")
_NAME_WORD = r"[A-ZÀ-ÝŒ][\w'\-]{1,24}"
_NAME_BEFORE = re.compile(
    rf"(?<![\w'\-/.@])(?P<name>(?:M|Mr|Mme|Mlle|Dr|Me|Monsieur|Madame)\.? {_NAME_WORD}"
    rf"|{_NAME_WORD}"
    r"(?P<join> (?:(?:de la|de|du|des|le|la|von|van|den|el|al|ben|da|dos|di) |d'|d' )?"
    rf"| ?[|;\t] ?|, ?){_NAME_WORD}(?: (?:(?:de|du|le|la|el|ben) |d')?{_NAME_WORD}){{0,2}})"
    r"(?P<after> ?[(\[] ?| ?[,;|\t] ?| -{1,2} ?|-{2} ?| )"
    r"(?P<sex>\(?(?:[MFH]|[Hh]omme|[Ff]emme)\)?(?: ?[,;|\t/] ?| - | ))?$"
)
_NOT_A_PERSON = _listed(
    "facture contrat devis commande société societe sarl sas sa eurl sci cabinet groupe banque "
    "assurance assurances mutuelle loi décret arrêté ordonnance article version accord convention "
    "réunion rendez-vous rdv séminaire salon congrès conférence festival foire forum concert match "
    "finale bataille traité guerre exposition édition tome rapport compte note bulletin courrier "
    "lettre mail courriel objet date dates réf ref référence dossier projet plan budget bilan "
    "audit annexe page chapitre ville mairie préfecture tribunal cour chambre conseil commission "
    "comité assemblée sénat ministère ministre hôpital clinique centre institut école université "
    "lycée collège "
    "france belgique suisse europe paris lyon marseille toulouse nice nantes strasbourg bordeaux "
    "lille rennes grenoble metz rouen saint sainte la les rue avenue place boulevard "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi "
    "mardi mercredi jeudi vendredi samedi dimanche bonjour cordialement merci fait signé signe "
    "cher chère mise jour dernière première prochaine début fin entrée sortie embauche échéance "
    "livraison achat vente paiement règlement release windows microsoft google new york london "
    "décès mort mariage divorce naissance baptême congé congés absence stage formation arrêt "
    "visite consultation entretien opération admission hospitalisation signature permis visa vol "
    "train opel audi renault peugeot citroën volkswagen ford toyota fiat bmw mercedes "
    "order invoice contract meeting date updated created due the service direction produit client"
) | _listed("mot code total montant album film single jeu")
_NEVER_BIRTH = re.compile(
    r"(?i)(?<![^\W_])(?:d[ée]c[èé]|mort[es]?\b|mariée?s?\b|mariage|divorc|lois?\b|d[ée]cret|jugement"
    r"|trait[ée]\b|bataille|version|[ée]dition|factur|devis|command[ée]|invoice|died|buried)\w{0,12}[^\n]{0,40}$"
)
_NOT_THEIR_BIRTH = re.compile(
    r"(?i)(?<![^\W_])(?:contrat|rendez|rdv|r[ée]union|sign[ée]|embauch|entr[ée]"
    r"|arriv|consult|examen|op[ée]r|hospi|admi|effet|[ée]ch[ée]an|livr|courrier|lettre|mail"
    r"|publi|audience|cr[ée][ée]|depuis"
    r"|jusqu|avant|apr[èe]s|du\b|au\b|le\b|en\b|on\b|fait\b|re[çc]u|pay[ée]|vers[ée]|sort|visa"
    r"|valid|expir|d[ée]livr|obtenu|permis|acte|vote|[ée]lu|nomm[ée]|term|d[ée]but|fin\b|stage"
    r"|formation|absen|cong|arr[êe]t|vol\b|match|concert|hired|since|joined|due|meet"
    r"|poste|date)\w{0,12}[^\n]{0,40}$"
)
_LISTED_BEFORE = re.compile(r"(?:19|20)\d\d\)?[ ,;.]{1,3}(?:et )?$")
_TIME_AFTER = re.compile(r"\)?[ ,]{0,2}(?:à |de |at |vers |dès )?\d{1,2} ?(?:h|:|heures|[ap]m)")
_NOTHING_ELSE, _SURELY_BORN, _PERHAPS_BORN = 1995, 2012, 2019
"""Last years of birth taken: whatever stands before the name, but a death or a law; beside a bare
name; beside a name in brackets or a table."""
_ONLY_DATE = re.compile(rf"(?i)(?P<date>{_DATE})")


def _birth_dates(text: str) -> Iterator[Hit]:
    place = clean = step = 0
    date: re.Match[str] | None = None
    while match := _BIRTH.search(text, place):
        place = match.start() + 2
        if date is None or date.start() < match.end():
            if match.end() + _GAP_REACH < clean:
                continue
            until = match.end() + _GAP_REACH + step
            date = _NEXT_DATE.search(text, max(match.end(), clean), until + _LONGEST_DATE)
            if date is None:
                clean, step = until, 2 * step + _GAP_REACH
                continue
            step = 0
        start, end = date.span("date")
        if start - match.end() > _GAP_REACH or not _BIRTH_GAP.fullmatch(text, match.end(), start):
            continue
        gap = text[match.end() : start]
        before = text[max(0, match.start() - 45) : match.start()]
        if _NOT_OF_BIRTH.search(gap) or _NO_PERSON.search(before):
            continue
        if re.search(r"[.!?;](?=\s+[A-ZÀ-Ý])", gap) or gap.count("|") > 2:
            continue
        if match["born"] and not re.search(r"[\s:(\"|=]", gap):
            continue
        yield Hit(start, end, "birth_date", PERSONAL, "date after a word of birth")
        place = end
        if match["born"] and match["born"].lower().endswith("s"):
            while more := _MORE_DATES.match(text, end):
                start, end = more.span("date")
                yield Hit(start, end, "birth_date", PERSONAL, "date after a word of birth")
            place = end
    for match in _BETWEEN.finditer(text) if _BETWEEN_SIGN.search(text) else ():
        yield Hit(*match.span("first"), "birth_date", PERSONAL, "date after a word of birth")
        yield Hit(*match.span("date"), "birth_date", PERSONAL, "date after a word of birth")
    for start, end in _cells(text, _BIRTH_CUE):
        if date := _ONLY_DATE.search(text, start, end):
            yield Hit(*date.span("date"), "birth_date", PERSONAL, "date under a heading of birth")


def _dates_of_people(text: str) -> Iterator[Hit]:
    """A date beside a name, an age or a sex and no word of birth, as lists of people have it."""
    headings = _Headings(text)
    for match in _PERSON_DATE.finditer(text):
        start, end = match.span()
        floor = max(text.rfind("\n", max(0, start - 120), start) + 1, start - 120, 0)
        if _AGE_AFTER.match(text, end) and not match["named"]:
            yield Hit(start, end, "birth_date", PERSONAL, "date beside an age")
            continue
        year = int(match["year"] or match["named"] or match[0][:4])
        if not 1900 <= year <= _PERHAPS_BORN or _TIME_AFTER.match(text, end):
            continue
        before = text[floor:start]
        if _AGE_AFTER.match(text, end):
            evidence = "date beside an age"
        elif _SEX_CELL.search(before):
            evidence = "date beside a sex"
        elif _AGE_CELL.search(before):
            evidence = "date beside an age"
        elif _beside_name(before, text[end : end + 1], year, named=bool(match["month"])):
            evidence = "date beside a person's name"
        else:
            continue
        if not headings.deny(start):
            yield Hit(start, end, "birth_date", PERSONAL, evidence)


def _beside_name(before: str, after: str, year: int, *, named: bool) -> bool:
    """Whether the line before a date ends with a person's name and says nothing else of it."""
    found = _NAME_BEFORE.search(before)
    if not found:
        return False
    names = [name.lower() for name in re.findall(r"(?<!\w)[A-ZÀ-Ý][\w\-]*", found["name"])]
    if not _NOT_A_PERSON.isdisjoint(names):
        return False
    rest, sign = before[: found.start()], found["after"].strip()
    bracket = sign in ("(", "[")
    begins = not rest.strip(" \t-*•|#.)0123456789") or bool(_LISTED_BEFORE.search(rest))
    loose = not sign or (found["join"] or "").strip() in (",", ";", "|")
    if loose and not begins and (sign or not _PATIENTS.search(before)):
        return False
    if named and not bracket:
        return False
    if bracket and after not in (")", "]", ",", " ", ""):
        return False
    if year > _SURELY_BORN and not (bracket or sign in ("|", ";") or found["sex"]):
        return False
    if _NEVER_BIRTH.search(rest):
        return False
    return year <= _NOTHING_ELSE or not _NOT_THEIR_BIRTH.search(rest)


class _Headings:
    """The headings of the tables that dates stand in, each table's read once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.until = -1
        """End of the last line known to belong to the table in hand."""
        self.denies = False

    def deny(self, place: int) -> bool:
        """Whether the table of a date has headings that speak of no birth."""
        if place < self.until:
            return self.denies
        floor = max(0, place - LONGEST_ROW)
        first = max(floor, self.text.rfind("\n", floor, place) + 1)
        last = self.text.find("\n", place, place + LONGEST_ROW)
        before, self.until = self.until, last if last >= 0 else place + LONGEST_ROW
        head, line = "", self.text[first : self.until]
        delimiter = max("|;\t", key=line.count)
        while first and delimiter in line and len(line) < LONGEST_ROW:
            if first == before + 1:
                return self.denies
            floor = max(0, first - LONGEST_ROW)
            start = max(floor, self.text.rfind("\n", floor, first - 1) + 1)
            line = self.text[start : first - 1]
            if delimiter in line:
                head, first = line, start
        self.denies = bool(head) and not _DIGIT.search(head) and not _BIRTH_HEAD.search(head)
        return self.denies


LONGEST_ROW = 2_000
_BIRTH_HEAD = re.compile(r"(?i)naiss|(?<!\w)(?:n[ée]\W?e?|ddn|dn|d\.?o\.?b|birth|[âa]ge)(?!\w)")
_DELIMITERS = "|;\t,"
_QUOTED_CELLS = re.compile(r'"[^"\n]*"|[^,\n"]+|(?<=,)(?=,)')


def _cells(text: str, heading: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The cells of a table (Markdown, CSV) below a heading that matches, as spans."""
    if "\n" not in text or not ("|" in text or ";" in text or "," in text or "\t" in text):
        return
    place = 0
    while match := heading.search(text, place):
        start = text.rfind("\n", 0, match.start()) + 1
        stop = text.find("\n", match.end())
        if stop < 0:
            return
        place = stop
        line = text[start:stop]
        delimiter = max(_DELIMITERS, key=line.count)
        if not line.count(delimiter) or len(line) > LONGEST_ROW:
            continue
        columns = [
            index
            for index, (first, last) in enumerate(_split(text, start, stop, delimiter))
            if heading.search(text, first, last) and last - first < 60
        ]
        while columns and stop < len(text):
            start, stop = stop + 1, text.find("\n", stop + 1)
            stop = len(text) if stop < 0 else stop
            if delimiter not in text[start:stop] or heading.search(text, start, stop):
                break
            cells = _split(text, start, stop, delimiter)
            for index in columns:
                if index < len(cells):
                    yield cells[index]
        place = max(place, start - 1)


def _split(text: str, start: int, stop: int, delimiter: str) -> list[tuple[int, int]]:
    if delimiter == "," and '"' in text[start:stop]:
        return [match.span() for match in _QUOTED_CELLS.finditer(text, start, stop)]
    cells: list[tuple[int, int]] = []
    for cell in text[start:stop].split(delimiter):
        cells.append((start, start + len(cell)))
        start += len(cell) + 1
    return cells


# Pay --------------------------------------------------------------------------------------------

_PAY_WORDS = _listed(
    "salaire salaires salariale salarial salary salaries wage wages rémunération rémunérations "
    "rémunéré rémunérée rémunérés remuneration remunere paie paye payé payée payslip bulletin "
    "brut bruts brute brutes net nets nette nettes touche touchait touchais gagne gagnait "
    "gagnais gagnent perçoit perçois percevait percoit prime primes bonus earns earn earned "
    "earning paid pay gross appointements traitement gratification indemnité prétentions "
    "pretentions fixe variable augmentation augmenté augmentée compensation package stipend "
    "alternance sal retraite"
)
_PAY_NOUNS = _listed(
    "salaire salaires salary rémunération remuneration wage wages brut net prime bonus"
)
_CURRENCY = (
    r"(?:[kK] ?€|[kK] ?euros?(?!\w)|[kK] ?(?:eur|EUR)(?!\w)|€|[Ee]uros?(?!\w)|EUR(?!\w)|eur(?!\w)"
    r"|EUROS?(?!\w)|CHF|\$|£)"
)
_FIGURES = (
    r"(?:\d{1,3}(?:[ .']\d{3}){1,2}(?:,\d{1,2})?(?!\d)"
    r"|\d{1,3}(?: \d{3}){1,2}\.\d{1,2}(?!\d)|\d{1,3}(?:,\d{3}){1,2}(?:\.\d{1,2})?"
    r"|\d{1,7}(?:[.,]\d{1,2})?)"
)
_AMOUNT = re.compile(
    rf"(?:(?:(?P<left>€|£|\$|EUR |CHF |USD |GBP )|(?<![\w.,/\-])) ?)"
    rf"(?P<low>{_FIGURES}(?: ?(?:à|et|to) ?| ?(?:{_CURRENCY} ?)?- ?))?"
    rf"(?P<number>{_FIGURES})(?![\w.]?\d)"
    rf"(?:(?P<thousand> ?[kK](?![\w€]))?(?P<unit> {{0,2}}{_CURRENCY})?)(?P<gross> bruts?(?!\w))?"
)
_AMOUNT_SIGN = re.compile(
    rf"[0-9] {{0,2}}(?:{_CURRENCY}|[kK](?!\w))|[€£$] ?[0-9]|(?:EUR|CHF) [0-9]"
)
_PAY_BEFORE = re.compile(
    r"(?<![^\W_])(?:salaires?|salary|salaries|wages?|r[ée]mun[ée]rations?"
    r"|r[ée]mun[ée]r[ée]e?s?|sal\.?(?= ?:)"
    r"|(?:fiche|bulletin)s? de (?:paie|paye)|(?:sa|ma|la|leur|une) (?:paie|paye)|(?:est|était|suis"
    r"|sera|être|es|bien|mal|mieux|moins|plus|sont) pay[ée]e?s?"
    r"|appointements|traitement (?:brut|net|mensuel|annuel|indiciaire)|gagn(?:e|es|ent|ait|ais|ons"
    r"|ez|er)"
    r"|touch(?:e|es|ent|ait|ais|er|ons|ez)|per[çc](?:oit|ois|oivent|evait|evais|evoir)"
    r"|primes?(?! d'(?:assurance|activit[ée]|[ée]nergie))|bonus|gratification"
    r"|pr[ée]tentions?(?: salariales?)?"
    r"|indemnit[ée]s? (?:de |d')?(?:licenciement|d[ée]part|rupture|stage|chômage)|augment(?:ation"
    r"|[ée]e?|er)s?"
    r"|earn(?:s|ed|ing|ings)?|(?:is|are|was|were|am|gets?|being|be) paid|(?:base|gross|net|annual"
    r"|monthly|hourly) pay|pay(?= ?[:=])|compensation|stipend|package"
    r"|fixe|(?:net|brut) (?:mensuel|annuel|à payer|payé|imposable|fiscal|horaire)|brut(?= ?:)"
    r"|salari(?:al|ale)"
    r"|pension|retraite|mensualis[ée]e?)(?![^\W\d_])"
)
_PAY_AFTER = re.compile(
    r"(?i) {0,2}(?:/ ?|par |per |a |an )?(?:mois |an |month |year |heure )?(?:bruts?|nets?"
    r"|gross)(?![^\W_])"
    r"(?! (?:ht|ttc|d'imp|de (?:frais|commission|remise)|vendeur))"
    r"| (?:de|of|en) (?:salaire|rémunération|salary|prime|fixe|variable|paie)"
    r"|,? (?:per|a) (?:year|annum|month|hour)(?!\w)|/(?:yr|year|hr|annum)\b"
)
_NOT_PAY = re.compile(
    r"chiffre d'affaires|\bca\b|\bht\b|\bttc\b|factur|devis|loyer|prix|remise|marge"
    r"|r[ée]sultat|b[ée]n[ée]fice"
    r"|budget|masse salariale|revenue|invoice|rent\b|price|assurance|subvention|vendeur|achat"
    r"|smic\b|plafond"
    r"|immobili|commission|investi|lev[ée]e|capital|contrat de (?:maintenance|vente)|cotisation"
    r"|tarif|frais"
    r"|soci[ée]t[ée] (?:gagne|touche|per[çc]oit)|entreprise (?:gagne|touche|per[çc]oit)|panier"
    r"|acompte|abonnement|\baction\b|bourse|indice|dollar"
)
_NEVER_PAY = re.compile(r"masse salariale|smic\b|plafond|\baction\b|bourse|indice\b|dollar ")
_NOT_PAY_AFTER = re.compile(
    r"(?i) {0,2}(?:ht|ttc|h\.t\.|hors taxes?|de (?:ca|chiffre|loyer|frais|remise))(?![^\W_])|[\d%]"
)
_PAY_CUE = re.compile(
    r"(?i)(?<![^\W_])(?:salaires?|r[ée]mun[ée]ration|salary|wage|brut (?:mensuel|annuel)"
    r"|net (?:mensuel|annuel|à payer)"
    r"|salaire_\w{3,12}|annual_salary|gross_salary|base_salary|brut|prime|bonus)(?![^\W\d_])"
)
_PAY_SIGNS = {"pay": _PAY_BEFORE, "other": _NOT_PAY, "never": _NEVER_PAY}


def _salaries(text: str, lower: str, signs: frozenset[str]) -> Iterator[Hit]:
    """Amounts beside a word of pay in the same sentence."""
    if _AMOUNT_SIGN.search(text):
        amounts = list(_amounts(text))
        said = _Said(lower, [match.start() for match in amounts])
        for match in amounts:
            if evidence := _is_pay(text, match, said):
                yield _amount(match, evidence)
    if signs.isdisjoint(_PAY_NOUNS):
        return
    for start, end in _cells(text, _PAY_CUE):
        for match in _AMOUNT.finditer(text, start, end):
            if _is_sum(text, match):
                yield _amount(match, "amount under a heading of pay")
    payslip = not signs.isdisjoint(_PAYSLIP)
    for match in _BARE_PAY.finditer(text):
        if match["due"] and not payslip:
            continue
        if match["sign"].isspace() and _YEAR.fullmatch(match["number"]):
            continue
        if _value(match["number"]) >= _LEAST:
            yield Hit(*match.span("number"), "salary", PERSONAL, "number after a word of pay")
    for row in _PAY_ROW.finditer(text):
        until = text.find("\n", row.end())
        for match in _AMOUNT.finditer(text, row.end(), until if until >= 0 else len(text)):
            if _is_sum(text, match) and re.search(r"[., ]|€", match[0]):
                yield _amount(match, "amount in a row of pay")


_YEAR = re.compile(r"(?:19|20)\d\d")


def _amounts(text: str) -> Iterator[re.Match[str]]:
    """Numbers with a currency or a "k", read only where there is a sign of one."""
    first = last = 0
    for sign in (*_AMOUNT_SIGN.finditer(text), None):
        if sign and sign.start() - _SIGN_REACH <= last:
            last = sign.end() + _SIGN_REACH
            continue
        for match in _AMOUNT.finditer(text, first, last):
            if match["left"] or match["unit"] or match["thousand"]:
                yield match
        if sign:
            first, last = max(last, sign.start() - _SIGN_REACH), sign.end() + _SIGN_REACH


_SIGN_REACH = 30
_PAYSLIP = _listed("salaire salaires paie paye bulletin salarié salariée payslip salary")
_LEAST = 300
"""Less, without a currency, is a rate, a count or hours."""
_NO_SUM = re.compile(r" ?(?:h(?![^\W_])|%|heures?|hours?|j(?![^\W_])|jours?|days?|ans?(?!\w))")


def _value(written: str) -> float:
    whole, _, cents = re.sub(r"[ ']", "", written).replace(",", ".").rpartition(".")
    if len(cents) == 3 or not whole:
        return float(whole.replace(".", "") + cents)
    return float(whole.replace(".", ""))


def _is_sum(text: str, match: re.Match[str]) -> bool:
    """Whether a number in a table of pay is money rather than a rate, a count or hours."""
    if _NO_SUM.match(text, match.end()):
        return False
    if match["left"] or match["unit"] or match["thousand"]:
        return True
    return _value(match["number"]) >= _LEAST


_PAY_LABEL = (
    r"(?:salaires?|salary|r[ée]mun[ée]ration|wage|annual_salary|base_salary|appointements"
    r"|traitement (?:brut|net|indiciaire|mensuel)"
    r"|(?:total )?(?:brut|net) (?:mensuel|annuel|imposable|fiscal|social)|salaire_\w{3,12}"
    r"|(?P<due>net (?:à|a) payer|net pay[ée]|total brut))"
)
_BARE_PAY = re.compile(
    rf"(?i)(?<![^\W_]){_PAY_LABEL}"
    r"(?: (?:brute?|nete?|nette|mensuel(?:le)?|annuel(?:le)?|de base|fixe|actuel(?:le)?"
    r"|avant imp[ôo]t|(?:19|20)\d\d(?= ?[:=]))){0,3}[\"']?"
    r"(?P<sign> {0,2}(?:[:=]|de|est de|est)(?: ?[\"'])? {0,2}| {1,3})"
    r"(?P<number>\d{1,3}[ .']\d{3}(?:[.,]\d{1,2})?|\d{1,3},\d{3}(?:\.\d\d)?"
    r"|\d{3,6}(?:[.,]\d{1,2})?)"
    r"(?![\w%/]|[.,]\d| ?(?:[€$£kKh%]|heures?|jours?|euros?|eur\b)| \d)"
)
_PAY_ROW = re.compile(
    r"(?im)^[ \t]{0,4}\|?[ \t]{0,4}(?:\d{1,5}[ |;\t]{1,5})?"
    r"(?:salaire (?:de base|brut|net|mensuel)[\w ]{0,20}"
    r"|(?:total )?brut (?:mensuel|annuel)|total brut|net (?:à|a) payer[\w ]{0,20}|net imposable"
    r"|net (?:mensuel|annuel|social)|prime[\w' ]{0,30}|heures sup[\w ]{0,30})[ \t]{0,40}[|;\t]"
)


def _amount(match: re.Match[str], evidence: str) -> Hit:
    start = match.start("left")
    if start < 0:
        start = match.start("low") if match["low"] else match.start("number")
    return Hit(start, match.end(), "salary", PERSONAL, evidence)


_REACH = 90
"""Characters before an amount in which its word of pay stands."""


class _Said:
    """What the stretches before amounts say for and against pay, each stretch read once.

    The text is in lower case.
    """

    def __init__(self, text: str, places: list[int]) -> None:
        self.starts: dict[str, list[int]] = {"pay": [], "other": [], "never": []}
        first = last = -1
        for place in [*places, len(text) + 2 * _REACH]:
            if place - _REACH > last:
                if last > 0:
                    self._read(text, first, last)
                first = max(0, place - _REACH)
            last = place

    def _read(self, text: str, first: int, last: int) -> None:
        for name, pattern in _PAY_SIGNS.items():
            self.starts[name] += [found.start() for found in pattern.finditer(text, first, last)]

    def last(self, name: str, first: int, place: int) -> int:
        """Where the last such word between two places begins; -1 for none."""
        starts = self.starts[name]
        at = bisect_left(starts, place)
        return starts[at - 1] if at and starts[at - 1] >= first else -1


def _is_pay(text: str, match: re.Match[str], said: _Said) -> str:
    """Why an amount is someone's pay; empty when it is not."""
    end, place = match.end(), match.start()
    if _NOT_PAY_AFTER.match(text, end):
        return ""
    floor = max(0, place - _REACH)
    cut = max(text.rfind(sign, floor, place) for sign in (". ", "\n", "? ", "! "))
    first = cut + 1 if cut >= 0 else floor
    if said.last("never", first, place) >= 0:
        return ""
    cue, against = said.last("pay", first, place), said.last("other", first, place)
    if match["gross"] or _PAY_AFTER.match(text, end):
        return "" if against >= 0 else "amount said gross or net"
    if cue >= 0 and cue > against:
        return "amount after a word of pay"
    if cue < 0 <= cut and text[cut] == "\n" and not text[first:place].strip(" -:\"'"):
        line = text[max(floor, text.rfind("\n", floor, cut) + 1) : cut]
        if re.search(r"(?i)(?:salaire|rémunération|salary)[^.\n]{0,20}$", line):
            return "amount below a word of pay"
    return ""


# Coordinates ------------------------------------------------------------------------------------

_HAS_DECIMALS = re.compile(r"[0-9][.,][0-9]{4}")
_DECIMAL_PAIR = re.compile(
    r"[+\-]?[0-9](?:(?<![\w.]\d)|(?<=(?<!\w)[NS]\d))(?<![\w.][+\-]\d)\d?[.](?P<a>\d{3,15}) ?°? ?"
    r"(?P<ns>[NSns](?![^\W_]))?(?:[,;/ ]|, | ; | / |%2C)"
    r" {0,2}(?:[EWO] ?)?[+\-]?\d{1,3}[.](?P<b>\d{3,15})(?!\d|\.\d)(?: ?°)?"
    r"(?: ?[EWOewo](?![^\W_]))?"
)
_COMMA_PAIR = re.compile(
    r"[+\-]?[0-9](?<![\w,]\d)\d?,(?P<a>\d{4,15})°? ?(?P<ns>[NS](?!\w))?(?: ?[;/] ?| "
    r"| , )[+\-]?\d{1,3},(?P<b>\d{4,15})"
    r"(?!\d|,\d)°?(?: ?[EWO](?!\w))?"
)
_DMS_ONE = (
    r"\d{1,3} ?° ?(?:\d{1,2}(?:[.,]\d{1,8})? ?['′] ?"
    r"(?:\d{1,2}(?:[.,]\d{1,6})? ?(?:\"|″|''|′′) ?)?)?"
)
_DMS = re.compile(
    rf"[0-9](?<![\w.]\d)(?:(?<=\d){_DMS_ONE.replace('{1,3}', '{0,2}', 1)})[NSns](?!\w)"
    rf"[ ,;/\-]{{0,3}}(?:{_DMS_ONE}[EWOewo](?!\w))"
    rf"|[NS] ?{_DMS_ONE}[ ,;/]{{0,3}}[EWO] ?{_DMS_ONE}"
)
_LABELLED = re.compile(
    r"(?i)(?<![^\W_])(?:(?P<lat>lat(?:itude)?)|lon(?:gitude)?|long(?= ?[:=])|lng)[\"']?"
    r"\s{0,2}[:=]?\s{0,2}[\"']?"
    rf"(?P<value>[+\-]?\d{{1,3}}[.,](?P<decimals>\d{{2,15}})(?: ?°)?(?: ?[NSEWO](?![^\W_]))?"
    rf"|(?P<degrees>{_DMS_ONE} ?[NSEWO](?![^\W_])))"
)
_GPS_WORDS = re.compile(
    r"(?i)gps|coord|position|g[ée]oloc|localis|latitude|\blat\b|maps?|geo:|domicile|balise|point"
    r"|waypoint|[?&@](?:q|ll)?="
)


def _coordinates(text: str, words: frozenset[str]) -> Iterator[Hit]:
    for pattern in (_DECIMAL_PAIR, _COMMA_PAIR):
        for match in pattern.finditer(text):
            numbers = re.findall(r"[+\-]?\d+[.,]\d+", match[0])
            if len(numbers) != 2 or not _on_earth(*numbers):
                continue
            precise = min(len(match["a"]), len(match["b"]))
            before = text[max(0, match.start() - 60) : match.start()]
            listed = re.match(
                r"[,;] ?-?\d+\.\d{3}", text[match.end() : match.end() + 12]
            ) or re.search(r"\d[.,]\d+[,;] ?$", before)
            if match["ns"] or (
                precise >= 4 and (_GPS_WORDS.search(before) or (precise >= 5 and not listed))
            ):
                lead = re.search(r"(?<![^\W_])[NS] ?$", before)
                start = match.start() - (len(lead[0]) if lead else 0)
                yield Hit(start, match.end(), "gps", PERSONAL, "latitude and longitude")
    if "°" in text:
        for match in _DMS.finditer(text):
            yield Hit(*match.span(), "gps", PERSONAL, "degrees with their directions")
    if words.isdisjoint(_LATITUDES):
        return
    labelled = list(_LABELLED.finditer(text))
    both = len({bool(match["lat"]) for match in labelled}) == 2
    for match in labelled:
        if both or match["degrees"] or len(match["decimals"]) >= 4:
            evidence = "after lat" if match["lat"] else "after lon"
            yield Hit(*match.span("value"), "gps", PERSONAL, evidence)


def _on_earth(latitude: str, longitude: str) -> bool:
    return (
        abs(float(latitude.replace(",", "."))) <= 90
        and abs(float(longitude.replace(",", "."))) <= 180
    )


# Handles ----------------------------------------------------------------------------------------

_NETWORKS = _listed(
    "insta instagram twitter snap snapchat tiktok linkedin telegram discord facebook fb "
    "mastodon bluesky skype github pseudo handle username threads twitch utilisateur x tik live"
)
_MENTION = re.compile(r"@(?<![\w.@/+\-]@)(?P<name>[A-Za-z_][\w.]{1,30}[\w])(?![\w/(@{\-]|:\w)")
_NOT_A_HANDLE = _listed(
    "property dataclass media import staticmethod classmethod override overload pytest app "
    "charset keyframes font param params return returns see since author throws deprecated test "
    "autowired abstractmethod cached_property lru_cache wraps contextmanager router fixture "
    "mark given settings supports page layer include extend mixin apply tailwind use type types "
    "typedef private public final entity table column id component injectable service "
    "controller get post put delete patch bean configuration springbootapplication nullable "
    "notnull before after beforeeach aftereach all here channel everyone team suppresswarnings "
    "functionalinterface data builder version todo namespace container namespace else if end "
    "for section yield csrf extends"
)
_CODE_NEXT = re.compile(
    r"\s*(?:\n\s*(?:@|def |class |async |public |private |protected |static |function )|\(|\{)"
)
_LABELLED_HANDLE = re.compile(
    r"(?i)(?<![\w@])(?:insta(?:gram)?|twitter|snap(?:chat)?|tik ?tok|linkedin|telegram|discord"
    r"|facebook|fb|mastodon"
    r"|bluesky|skype|github|threads|twitch|compte x|x \(ex-twitter\)|twitter/x|x/twitter"
    r"|x(?= ?: ?@)|pseudo|handle"
    r"|username|nom d'utilisateur)(?: perso(?:nnel)?| pro)?[\"']? {0,2}[:=] {0,2}[\"']?"
    r"(?P<at>@)?(?P<name>(?:live:)?[A-Za-z0-9_][\w.\-]{1,31}(?:#\d{4})?)(?P<rest>[ ,;.)\n|\"'/]|$)"
)
_PROFILE = re.compile(
    r"(?i)(?:linkedin\.com/(?:in|pub)|(?:facebook|fb|instagram|twitter|github|x|twitch"
    r"|pinterest)\.(?:com|tv|fr)"
    r"|t\.me|snapchat\.com/add|(?:tiktok|youtube|threads)\.(?:com"
    r"|net)(?=/@))/@?(?P<name>[\w.%\-]{2,60})(?![\w.])"
)
_NOT_A_PROFILE = _listed(
    "company login share sharer watch groups pages events explore p reel reels search hashtag "
    "intent home i about privacy in feed jobs school posts legal help settings features pricing "
    "orgs topics marketplace status tos terms download profile.php sharer.php"
)
_LIVE = re.compile(r"(?<!\w)live:[\w.\-]{3,40}")


def _handles(text: str, signs: frozenset[str]) -> Iterator[Hit]:
    if "@" in text:
        for match in _MENTION.finditer(text):
            name = match["name"].lower()
            if name in _NOT_A_HANDLE or name.partition(".")[0] in _NOT_A_HANDLE:
                continue
            if _CODE_NEXT.match(text, match.end()) and _begins_line(text, match.start()):
                continue
            yield Hit(match.start(), match.end(), "handle", PERSONAL, "name after @")
    for match in () if signs.isdisjoint(_NETWORKS) else _LABELLED_HANDLE.finditer(text):
        name = match["name"]
        said = match["at"] or re.search(r"[_.\d#]", name[:-1])
        follows = text[match.start("rest") : match.start("rest") + 2]
        if not said and (follows[:1] == " " and follows[1:].isalpha()):
            continue
        if name.lower().startswith(("http", "www")) or name.lower() in (
            "oui",
            "non",
            "true",
            "false",
            "null",
            "none",
        ):
            continue
        start = match.start("at") if match["at"] else match.start("name")
        end = match.end("name")
        yield Hit(start, end - name.endswith("."), "handle", PERSONAL, "name after its network")
    if ".com/" in text or "t.me/" in text or ".net/@" in text or ".tv/" in text:
        for match in _PROFILE.finditer(text):
            if match["name"].lower() not in _NOT_A_PROFILE:
                yield Hit(*match.span("name"), "handle", PERSONAL, "address of a profile")
    if "live:" in text:
        for match in _LIVE.finditer(text):
            yield Hit(*match.span(), "handle", PERSONAL, "Skype name")


def _begins_line(text: str, place: int) -> bool:
    return not text[text.rfind("\n", 0, place) + 1 : place].strip()


_SIGNS = (
    _ABODE | _WAYS | _LABELS | _ENGLISH_WAYS | _ENGLISH_CUES | _LATITUDES
    | _BIRTH_WORDS | _PAY_WORDS | _NETWORKS | _MONTH_WORDS
)  # fmt: skip
"""Every word without which a detector of this module has nothing to look for."""
