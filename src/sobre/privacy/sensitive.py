"""Hints that a text says of a person what Articles 9 and 10 of the GDPR protect.

Health, union, religion, belief, sexual life, ethnic origin, biometrics, offences. A word alone says
nothing of anyone ("What are the symptoms of diabetes?"): a hint needs the word **and** a person it
is said of, near it in the same paragraph. The hit covers the words of the hint: it marks the text
around rather than a value. It is a lexicon, so what is said between the lines is not seen.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from sobre.privacy.inspect import Hit

SENSITIVE = "sensitive"
BEFORE, AFTER = 200, 120
"""Characters around a hint in which its person stands."""

STEP = 60
"""Windows begin and end at multiples of this, so that hints close together share what is read."""
ENOUGH = 200
"""Hints of one kind that a text is read for: one is enough to say what the text is."""
BLOCK, LONGEST_SIGN = 240, 60
"""Characters in which the signs of a person are looked for at once, and that one may run on."""
PIECE = 20_000
"""Characters of which the words are listed at once."""

_WORDS = re.compile("[a-z]+")
_NO_LETTER = re.compile("[^a-z]")
_ACCENTED = "àâäáãåéèêëîïíìôöóõòûüùúçñÿý"
_BARE = "aaaaaaeeeeiiiiooooouuuucnyy"
_PLAIN = bytes.maketrans(_ACCENTED.encode("latin-1"), _BARE.encode())


def _plain(text: str) -> str:
    """Lower case without accents, each character in its place; what is not Latin is ``?``."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    if lower.isascii():
        return lower
    lower = lower.replace("œ", "o").replace("’", "'")
    return lower.encode("latin-1", "replace").translate(_PLAIN).decode("latin-1")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


class Term(NamedTuple):
    """One entry: the words that make it worth a look, and its form in plain lower case."""

    kind: str
    signs: frozenset[str]
    needs: frozenset[str]
    """One of these words must stand in the text too, where the signs are common words."""
    form: re.Pattern[str]
    weak: bool
    """Said of a person only where the person is its subject: treatment, theft, voice."""


def _terms(kind: str, forms: str, *, weak: bool = False) -> Iterator[Term]:
    """One term per line: ``sign sign… = form``, or ``sign sign… / need need… = form``.

    A line that begins with two spaces goes on with the one before.
    """
    joined = re.sub(r"\n  (?=[|(])", "", forms.strip()).replace("\n  ", " ")
    for line in joined.splitlines():
        head, _, form = line.partition(" = ")
        signs, _, needs = head.partition(" / ")
        yield Term(
            kind,
            frozenset(signs.split()),
            frozenset(needs.split()),
            re.compile(rf"(?<![^\W_])(?<!\w-)(?:{form})(?![^\W_])"),
            weak,
        )


_UNION_WORDS = (
    "cgt cfdt cftc cfe force fo unsa sud solidaires fsu snes syndicat syndicats syndical syndicale"
    " syndicaux syndicales section"
)
_PARTY_WORDS = (
    "parti rassemblement front republicains renaissance modem insoumise lfi ps pcf rn fn lr eelv"
    " npa nupes ump reconquete ecologistes verts horizons ouvriere publique afd labour tories tory"
    " conservative green communist republican democratic"
)
_PARTIES = (
    r"(?:parti (?:socialiste|communiste|de gauche|pirate|radical)|rassemblement national"
    r"|front national"
    r"|republicains|renaissance|modem|la france insoumise|lfi|france insoumise|ps|pcf|rn|fn|lr"
    r"|eelv|npa|nupes|ump"
    r"|reconquete|ecologistes|les verts|horizons|lutte ouvriere|place publique|afd|labour|tories"
    r"|tory"
    r"|conservative party|labour party|green party|communist party|republican party"
    r"|democratic party)"
)
_UNIONS = (
    r"(?:cgt|cfdt|cftc|cfe[- ]cgc|force ouvriere|fo|unsa|sud(?: \w{3,10})?|solidaires|fsu|snes"
    r"|un syndicat"
    r"|syndicat|ver\.?di|ig metall|unison|unite the union|trade union|a union|the union|union)"
)
_FAITH = (
    (
        r"(?:musulman~|catholique~?|juif|juive~|juifs|protestant~|bouddhiste~?|hindou~"
        r"|evangelique~?|orthodoxe~?"
        r"|athee~?|chretien(?:ne)?~|sikh~|mormon~|evangeliste~?|adventiste~?|salafiste~?"
        r"|islamiste~?)"
    )
    .replace("~?", "s?")
    .replace("~", "e?s?")
)

TERMS: tuple[Term, ...] = (
    *_terms(
        "health",
        r"""
cancer cancers leucemie lymphome tumeur tumeurs melanome metastases
  = (?:(?:cancers?|tumeurs?)(?: d(?:u|e|es) (?:la |l')?\w{3,12}| \w{4,12}(?:ique|eux|aire|al)s?)?
  |leucemie|lymphome|melanome|metastases?)
cancereux cancereuse cancereuses = cancereu(?:x|ses?)
diabete diabetique diabetiques = diab(?:ete(?: de type [12])?|etiques?)
depression depressif depressive depressions
  = depressi(?:ons?|fs?|ves?)(?: (?:severe|nerveuse|post[- ]?partum|chronique))?
burn burnout = burn[- ]?out
bipolaire bipolaires schizophrene schizophrenie schizophrenes bipolarite autiste autisme
  autistes tdah anorexie anorexique anorexiques boulimie boulimique
  = (?:(?:trouble )?bipolaires?|bipolarite|schizophren(?:es?|ie)|autis(?:tes?|me)|tdah|anorexi(?:e
  |ques?)|boulimi(?:e|ques?))
enceinte enceintes grossesse grossesses
  = (?:grossesses?(?: (?:a risque|gemellaire|pathologique))?
  |(?<!l')(?<!d')(?<!une )(?<!cette )(?<!notre )(?<!des )(?<!les )(?<!deux )enceintes?
  (?! (?:du |des |de la |de l'|bluetooth|acoustiq|sporti|connect)))
fausse ivg avortement = (?:fausses? couches?|ivg|avortement)
arret arrets / travail maladie = arrets? (?:de travail|(?:pour )?maladie|longue maladie)
conge conges / maladie duree maternite pathologique
  = conges? (?:(?:de )?(?:longue|grave) (?:maladie|duree)|(?:de )?maladie|maternite|pathologique)
longue affection ald / ald duree maladie = (?:ald|affection (?:de )?longue duree|longue maladie)
handicap handicape handicapee handicapes handicapees handicaps
  = handicap(?:e?s?|ees?)(?: (?:a \d\d ?%|moteur|visuel|auditif|psychique|mental))?
rqth aah mdph = (?:rqth|aah|mdph)
inapte inaptes inaptitude
  = inapt(?:es?|itude)(?: (?:au poste|a son poste|au travail|professionnelle|medicale
  |definitive))?
hospitalise hospitalisee hospitalises hospitalisees hospitalisation hospitalisations
  = hospitalis(?:e?s?|ees?|ations?)
chimiotherapie chimio radiotherapie dialyse dialysee dialyses
  = (?:chimio(?:therapie)?|radiotherapie|dialys(?:e|ee|es))
seropositif seropositive seropositifs vih hiv sida seropositivite
  = (?:seropositi(?:fs?|ves?|vite)|vih|hiv|sida)
addiction addictions toxicomane toxicomanie drogue droguee alcoolique alcooliques alcoolisme
  cocainomane heroinomane
  = (?:addictions?(?: (?:a|au|aux) (?:l')?\w+)?|toxicoman(?:es?|ie)|alcooli(?:ques?|sme)
  |cocainomane|heroinomane)
invalidite invalide
  = (?:pension d')?invalidite(?: de (?:1re|2e|3e|premiere|deuxieme|troisieme) categorie
  | categorie \d)?
accident accidents / travail = accidents? du travail
maladie maladies
  = maladies? (?:professionnelles?|chroniques?|mentales?|psychiques?|graves?|cardiaques?
  |auto-?immunes?|genetiques?|orphelines?|rares?|de (?:crohn|parkinson|alzheimer|lyme|charcot
  |hodgkin|basedow))
temps / therapeutique = mi[- ]temps therapeutique
medecin / travail = medecin du travail
epilepsie epileptique epileptiques asthme asthmatique asthmatiques sclerose parkinson alzheimer
  fibromyalgie endometriose hepatite tuberculose cirrhose psoriasis arthrose polyarthrite crohn
  = (?:epilep(?:sie|tiques?)|asthm(?:e|atiques?)|sclerose en plaques|parkinson|alzheimer
  |fibromyalgie|endometriose|hepatite(?: [abc])?|tuberculose|cirrhose|psoriasis|arthrose
  |polyarthrite|crohn)
avc infarctus cardiaque insuffisance hypertension hypertendu hypertendue
  = (?:avc|infarctus|(?:crise|insuffisance|arret) (?:cardiaque|renale|respiratoire)|hypertension
  |hypertendue?)
suicide suicidaire suicidaires suicider
  = (?:(?:tentative de |idees? |pensees? )?suicid(?:e|aires?|er))
psychiatre psychiatrie psychiatrique psychotherapie psychologue antidepresseurs antidepresseur
  anxiolytiques anxiolytique
  = (?:psychiatr(?:e|ie|ique)|psychotherapie|anti-?depresseurs?|anxiolytiques?)
hernie lombalgie sciatique fracture entorse tms canal epicondylite lumbago
  = (?:hernie(?: (?:discale|inguinale))?|lombalgies?(?: chroniques?)?|sciatique
  |fractures?(?: d(?:u|e la|e l')\w*(?: \w+)?)?|entorse|tms|(?:syndrome du )?canal carpien
  |epicondylite|lumbago)
covid paludisme mst ist syphilis
  = (?:(?:positi(?:f|ve) (?:au|a la) )?covid(?:[- ]?19|[- ]long)?|paludisme|mst|ist|syphilis)
malvoyant malvoyante aveugle sourd sourde malentendant malentendante paraplegique tetraplegique
  trisomie trisomique dyslexique dyslexie
  = (?:malvoyante?s?|malentendante?s?|paraplegiques?|tetraplegiques?|trisomi(?:e(?: 21)?|ques?)
  |dyslexi(?:ques?|e))
stress / traumatique = (?:syndrome de )?stress post[- ]traumatique
diagnostique diagnostiquee diagnostic diagnosed diagnosis
  = (?:diagnostiquee? (?!suite|par|en|le|a\b|sur)(?:d'une? |d'|de |comme |avec )?|diagnostic de[ ]
  |diagnosed with |diagnosis of )\w{4,20}
fiv pma menopause infertilite = (?:fiv|pma|menopause|infertilite)
operation operations
  = operations? (?:du|de la|de l'|des|au) (?:\w{3,8} )?(?:genou|coeur|hanche|dos|epaule|main|pied
  |cataracte|prostate|yeux|oeil|poignet|menisque|vesicule|tendon|cheville|coude|rein|foie|sein
  |thyroide|ligaments?|appendicite)
obese obesite surpoids = (?:obeses?|obesite)
maladie malade malades = (?:gravement |tres )?malades?
greffe greffee transplantation opere operee
  = (?:greffee?(?: d(?:u|e) \w+)?|transplantation|operee? d(?:u|e|es) (?:la |l')?\w+)
insuline metformine lithium methadone subutex levothyrox prozac xanax morphine tritherapie
  = (?:insuline|metformine|lithium|methadone|subutex|levothyrox|prozac|xanax|morphine|tritherapie)
pregnant pregnancy miscarriage abortion = (?:pregnan(?:t|cy)|miscarriage|abortion)
diabetes diabetic depressed schizophrenic schizophrenia bipolar autistic autism epileptic
  epilepsy asthma hepatitis leukemia leukaemia tumor tumour chemotherapy
  = (?:diabet(?:es|ic)|depressed|schizophreni[ac]|bipolar|autis(?:tic|m)|epilep(?:tic|sy)|asthma
  |hepatitis|leuka?emia|tumou?r|(?:breast |lung )?cancer|chemotherapy)
sick medical maternity disability
  = (?:(?:long[- ]term )?sick leave|medical leave|maternity leave|disability(?: (?:benefits?
  |pension|leave))?)
disabled hospitalized hospitalised stroke wheelchair dementia
  = (?:disabled|hospitali[sz]ed|(?:had|suffered) a stroke|wheelchair|dementia)
alcoholic alcoholism addict addicted overdose rehab
  = (?:alcoholi(?:c|sm)|(?:drug )?addict(?:ed)?|overdose|rehab)
mental mentally = (?:mental (?:illness|disorder|breakdown)|mentally ill)
""",
    ),
    *_terms(
        "health",
        r"""
traitement traitements treatment
  = (?:traitements? (?:medical|medicamenteux|contre|pour (?:le|la|son|sa|ses) \w+|lourd
  |de substitution)|treatment for \w+)
restriction restrictions amenagement amenagements
  = (?:restrictions? medicales?|amenagements? (?:de poste|du poste) (?:pour raison de sante
  |medical))
sante health
  = (?:problemes? de sante|raisons? (?:de sante|medicales?)|etat de sante|health (?:problems?
  |condition|issues?))
allergique allergie allergies allergic
  = (?:allergi(?:ques?|es?)|allergic) (?:a|au|aux|to) (?:la |l'|le )?\w+
medical medicale medicaux
  = dossier medical|certificat medical|visite medicale|medical (?:condition|record)
anxiety depression anxiete = (?:anxiety|anxiete)(?: disorder)?
pathologie pathologies symptomes symptome = pathologies? \w{4,}
avis / inaptitude medical = avis (?:d'inaptitude|medical)
psychologue therapist = (?:suivie? par (?:un|une|le|la) psychologue|sees a therapist)
""",
        weak=True,
    ),
    *_terms(
        "union",
        rf"""
syndique syndiquee syndiques syndiquees = syndiqu(?:e?s?|ees?)(?: (?:a la |a |chez )?{_UNIONS})?
delegue deleguee delegues representant representante elu elue secretaire responsable militant
  militante / {_UNION_WORDS}
  = (?:deleguee?s?|representante?s?|elue?s?|secretaire|responsable|militante?s?) (?:(?:de la |du[ ]
  |de l'|de )?section )?(?:syndica(?:l|le|ux|les)|(?:(?:a |de |pour |de la |a la |du[ ]
  |chez )?(?:cgt|cfdt|cftc|cfe[- ]cgc|force ouvriere|fo(?= )|unsa|sud|solidaires)))
adherent adherente adherents adhere adhesion affilie affiliee encarte encartee carte membre
  cotise / {_UNION_WORDS}
  = (?:adherente?s?|adhere(?:nt)?|adhesion|affiliee?s?|encartee?s?|carte|membre|cotise) (?:a |au[ ]
  |a la |a l'|chez |de |de la |du |d'un )?(?:syndicat(?: \w+)?|cgt|cfdt|cftc|cfe[- ]cgc
  |force ouvriere|fo|unsa|sud|solidaires|fsu|snes)
syndicaliste syndicalistes syndicalisme = syndicalistes?
mandat mandats activites activite appartenance engagement heures / syndical syndicale syndicaux
  syndicales
  = (?:mandats?|activites?|appartenance|engagement|heures) syndica(?:l|le|ux|les)
greviste grevistes greve
  = (?:(?:etait |est )?grevistes?|(?:participe a|participation a|suivi|fait|fera|en) (?:la[ ]
  |une )?greve)
union unionised unionized / member membership rep representative steward official organizer
  organiser activist joined belongs unionised unionized
  = (?:(?:trade |labou?r )?union (?:member|membership|rep|representative|steward|official
  |organi[sz]er|activist)|unioni[sz]ed|(?:joined|member of|belongs to) (?:the |a )?(?:trade[ ]
  |labou?r )?union)
shop = shop steward
strike = (?:went|was|took part|participated) (?:in the |on |in a )strike
""",
    ),
    *_terms(
        "religion",
        rf"""
musulman musulmane musulmans musulmanes catholique catholiques juif juive juifs juives
  protestant protestante protestants bouddhiste bouddhistes hindou hindoue evangelique
  orthodoxe athee athees chretien chretienne chretiens sikh mormon evangeliste adventiste
  salafiste islamiste
  = {_FAITH}(?: (?:pratiquante?s?|convertie?s?|integriste))?
temoin temoins / jehovah = temoins? de jehovah
pratiquant pratiquante = (?:non )?pratiquante?s?
ramadan shabbat chabbat careme aid
  = (?:(?:fait |jeune (?:pour |pendant )?)?(?:le |du )?ramadan|shabbat|chabbat|careme
  |fete de l'aid|l'aid)
confession religion foi croyances convictions culte
  = (?:(?:de )?confession (?:musulmane|catholique|juive|israelite|protestante|religieuse)|(?:sa|ma
  |leur|de|pour sa|his|her|my|their) religion|(?:jour|lieu) de culte
  |(?:croyances?|convictions?|pratiques?
  |appartenance) religieuses?)
religieuse religieuses religieux
  = (?:appartenance|pratiques?|motif|fete|signes?|tenue) religieu(?:ses?|x)
voile voilee foulard kippa hijab hidjab niqab burqa soutane
  = (?:(?:porte|portant|met|retirer|retire|enlever) (?:le |un |son |la |sa |une )?(?:voile
  |foulard(?: islamique)?|kippa|hi[d]?jab|niqab|burqa|turban|croix)|voilees?|foulard islamique
  |kippa|hi[d]?jab|niqab|burqa)
priere prieres mosquee synagogue
  = (?:(?:fait|faire|salle de|pause) (?:sa |ses |la )?prieres?|(?:va|frequente|imam|prie) (?:a[ ]
  |de |d')?(?:la |une )?(?:mosquee|synagogue))
halal casher kasher = (?:mange |repas |menus? )?(?:halal|casher|kasher)
converti convertie
  = convertie? (?:a l'islam|au (?:judaisme|catholicisme|christianisme|bouddhisme))
baptise baptisee baptemes = baptisee?s?
muslim muslims catholic catholics jewish jew protestant buddhist hindu christian atheist mormon
  = (?:(?:devout |practi[sc]ing )?(?:muslims?|catholics?|jewish|jew|protestants?|buddhists?
  |hindus?|atheists?|mormons?))
christian christians = (?:is|am|are|was|a|devout|practi[sc]ing|fellow) christians?
jehovah = jehovah's witness(?:es)?
religious = religious (?:beliefs?|practices?|holiday|grounds|affiliation)
""",
    ),
    *_terms(
        "belief",
        rf"""
encarte encartee encartes adherent adherente adhere membre militant militante elu elue candidat
  candidate sympathisant sympathisante cotisant vote votait voted votes carte / {_PARTY_WORDS}
  = (?:encartee?s?|adherente?s?|adhere|membres?|militante?s?|elue?s?|candidate?s?|sympathisante?s?
  |vote|votait|voted|votes|carte) (?:(?:actif |active )?(?:pour |du |de |des |de la |de l'|au[ ]
  |aux |a |a la |chez |for |the )?(?:les |la )?){_PARTIES}
politique politiques / opinion opinions conviction convictions engagement engagements
  orientation sympathies appartenance idees militant militante activiste
  = (?:(?:opinions?|convictions?|engagements?|orientations?|sympathies|appartenance
  |idees) politiques?|(?:militante?s?|activiste) politiques?)
philosophiques philosophique = (?:convictions|croyances|opinions) philosophiques?
franc francs franc-macon = francs?[- ]macon(?:ne)?s?
extreme
  = (?:militante?s? |proche |sympathisante?s? |electeur |electrice )(?:de |d')(?:l')?(?:extreme
  |ultra)[- ]?(?:droite|gauche)
anarchiste communiste communistes royaliste gauchiste trotskiste frontiste
  = (?:anarchiste|communiste|royaliste|gauchiste|trotskiste|frontiste|macroniste)s?
gilet gilets = gilets? jaunes?
political politically = political (?:opinions?|views|beliefs?|affiliation|activist)
member members supporter activist votes voted / {_PARTY_WORDS}
  = (?:members?|supporters?|activists?) (?:of |for )(?:the )?{_PARTIES}
""",
    ),
    *_terms(
        "sexual_life",
        r"""
homosexuel homosexuelle homosexuels homosexualite gay gays lesbienne lesbiennes bisexuel
  bisexuelle bisexuels heterosexuel heterosexuelle asexuel asexuelle pansexuel queer
  = (?:homosexuel(?:le)?s?|homosexualite|gays?|lesbiennes?|bisexuel(?:le)?s?|heterosexuel(?:le)?s?
  |asexuel(?:le)?s?|pansexuel(?:le)?s?|queer)
trans transgenre transgenres transsexuel transsexuelle transgender
  = (?:(?:femme|homme|personne|est|suis|fille|garcon|is|am|collegue) trans(?:genre
  |sexuel(?:le)?)?s?|transgenres?|transsexuel(?:le)?s?|transgender)
transition / genre = transition (?:de genre|(?:hormonale|medicale) de genre)
changement change / sexe genre identite
  = chang(?:e|ement) (?:de )?(?:sexe|genre|d'identite de genre)
sexuelle sexuelles intime intimes
  = (?:vie|orientation|preferences?|pratiques?|moeurs) (?:sexuelles?|intimes?)
adultere libertin libertine echangiste maitresse prostituee
  = (?:adultere|libertine?s?|echangistes?|prostituee?s?)
coming = coming[- ]out
homosexual lesbian bisexual = (?:homosexual|lesbian|bisexual)s?
sexual sex = (?:sexual orientation|sex life|sexual preferences?)
""",
    ),
    *_terms(
        "ethnic_origin",
        r"""
origine origines
  = (?:d'|de l'|son |ses |mes |leurs )?origines? (?:ethniques?|raciales?|maghrebines?|africaines?
  |algeriennes?|marocaines?|tunisiennes?|senegalaises?|maliennes?|turques?|kurdes?|armeniennes?
  |juives?|arabes?|berberes?|kabyles?|asiatiques?|chinoises?|vietnamiennes?|indiennes?
  |antillaises?|portugaises?|espagnoles?|italiennes?|polonaises?|roumaines?|russes?|ukrainiennes?
  |camerounaises?|congolaises?|ivoiriennes?|comoriennes?|malgaches?|haitiennes?|libanaises?
  |syriennes?|iraniennes?|pakistanaises?|etrangeres?|subsahariennes?)
ethnie ethnique ethniques ethnicity
  = (?:ethnie(?: \w{3,12})?|(?:appartenance|groupe|minorite) ethniques?|ethnicity)
race raciale racial
  = (?:(?:de|sa|leur) race(?: (?:noire|blanche|jaune))?|race\s*:\s*\w+|appartenance raciale
  |racial origin)
rom roms gitan gitane gitans tzigane tziganes manouche maghrebin maghrebine maghrebins metis
  metisse beur kabyle
  = (?:roms?|gitane?s?|tziganes?|manouches?|maghrebine?s?|metis(?:se)?s?|kabyles?)
noir noire noirs arabe arabes
  = (?:est|suis|sont|etait|homme|femme|personne|candidate?|salariee?|parce qu'(?:il
  |elle) est) (?:noire?s?|arabes?)
descent ethnic = (?:of \w{3,15} (?:descent|origin)|ethnic (?:origin|background|minority))
black = (?:is|am|was|as a|a) black (?:man|woman|person|employee)
""",
    ),
    *_terms(
        "biometric",
        r"""
empreinte empreintes = empreintes? (?:digitales?|palmaires?|genetiques?)
reconnaissance = reconnaissance (?:faciale|vocale|de l'iris|palmaire)
adn genetique genetiques
  = (?:(?:test|profil|analyse|prelevement|echantillon) (?:adn|genetiques?)|(?:son|mon|leur
  |d')\s?adn|adn)
biometrique biometriques biometrie gabarit
  = (?:(?:donnees?|gabarits?|badges?|pointage|controle) biometriques?)
scan iris retine = (?:scan|image|lecture) (?:de (?:l'|son |la |sa ))(?:iris|retine)
fingerprint fingerprints = fingerprints?
facial = facial (?:recognition|scan|template)
dna genetic biometric biometrics
  = (?:dna(?: (?:test|sample|profile))?|genetic (?:test|data)|biometric (?:data|template))
""",
    ),
    *_terms(
        "offence",
        r"""
casier casiers = (?:casiers? judiciaires?|bulletin n ?° ?[123] du casier)
condamne condamnee condamnes condamnees condamnation condamnations
  = (?:condamn(?:ee?s?|es)(?: (?:a \d+ \w+(?: de prison)?|pour \w+(?: \w+)?|penalement|en (?:20
  |19)\d\d))?|condamnations?(?: penales?)?)
garde gardes / vue = gardes? a vue
mis mise / examen = mise?s? en examen
peine peines / prison mois ans = (?:peines? de (?:prison|\d+ (?:mois|ans)))
prison incarcere incarceree detenu detenue detention emprisonnement sursis ecroue ecrouee
  = (?:(?:fait |faire |fit |en |de |sorti de |purge )(?:de la )?prison(?: avec sursis| ferme)?
  |incarcer(?:ee?s?|ation)|(?:ex-)?detenue?s?|detention provisoire|emprisonnement|avec sursis
  |ecrouee?)
bracelet = bracelet electronique
violences violence
  = (?:violences? (?:conjugales?|volontaires?|sexuelles?|aggravees?|familiales?|physiques?)
  |pour violences?)
viol viols agression agressions attouchements pedophile pedophilie pedopornographie
  proxenetisme
  = (?:viols?|agressions? sexuelles?|attouchements?|pedophil(?:es?|ie)|pedopornographie
  |proxenetisme)
harcelement
  = (?:accusee? |poursuivie? |plainte |condamnee? )(?:de |pour )harcelement(?: (?:moral|sexuel))?
escroquerie escroqueries escroc detournement abus recel fraude blanchiment corruption
  = (?:escroqueries?|escroc|detournements? de (?:fonds|mineur)|abus de (?:confiance|biens sociaux
  |faiblesse)|recel|(?:pour|de) (?:fraude|blanchiment|corruption)(?: fiscale)?)
stupefiants trafic
  = (?:(?:trafic|usage|detention|possession) de (?:stupefiants|drogue|cannabis)|stupefiants)
conduite alcool
  = (?:conduite (?:en etat d'(?:ivresse|ebriete)|sous l'emprise \w+ ?\w*|sans permis)
  |permis (?:suspendu|annule|retire))
homicide meurtre meurtrier assassinat
  = (?:homicide(?: (?:involontaire|volontaire))?|meurtr(?:e|ier|iere)|assassinat)
delinquant delinquante recidiviste repris fiche fichee terrorisme radicalise radicalisee
  = (?:delinquante?s?|recidivistes?|repris de justice|fichee? s|terroris(?:me|te)|radicalisee?s?)
correctionnelle correctionnel comparution
  = (?:tribunal correctionnel|en correctionnelle|comparution immediate)
infraction infractions delit delits
  = (?:infractions?|delits?) (?:penale?s?|routier|de fuite|sexuels?)|a commis (?:un|une
  |des) (?:delits?|infractions?|crimes?)
criminal convicted conviction convictions felony felon jailed imprisoned probation parole
  arrested
  = (?:criminal (?:record|conviction|charges?|offen[cs]e)s?|convicted(?: of \w+)?
  |convictions?(?= for)|felon[y]?|jailed|imprisoned|on (?:probation|parole)|arrested(?: for \w+)?)
assault fraud theft embezzlement rape manslaughter dui
  = (?:for |of |charged with )(?:assault|fraud|theft|embezzlement|rape|manslaughter|dui)
prison sentence = (?:(?:in|to|from) (?:prison|jail)|prison sentence)
""",
    ),
    *_terms(
        "offence",
        r"""
vol vols voler vole
  = (?:pour|de|d'un|un|auteur du?|a commis un|plainte pour) vols?(?: (?:a l'etalage|de \w+|aggrave
  |en reunion|de materiel| d'\w+))?
plainte = (?:plainte|poursuites? penales?|poursuivie?) (?:contre|pour|a l'encontre)
""",
        weak=True,
    ),
)  # fmt: skip
_BY_SIGN: dict[str, list[int]] = {}
for _index, _term in enumerate(TERMS):
    for _sign in _term.signs:
        _BY_SIGN.setdefault(_sign, []).append(_index)
_SIGNS = _BY_SIGN.keys()
_ASKED = frozenset().union(*(term.signs | term.needs for term in TERMS))
KINDS = sorted({term.kind for term in TERMS})

# Whom it is said of ------------------------------------------------------------------------------

_PEOPLE = (
    r"recrue|nouveau|preparat(?:eur|rice)|deleguee?|cuisini(?:er|ere)|livreur|serveu(?:r|se)"
    r"|(?:salari|employ)ee?s?|patiente?s?|collegues?|candidate?s?|cliente?s?|collaborat(?:eur"
    r"|rice)s?"
    r"|stagiaires?|apprentie?s?|alternante?s?|assistante?s?|comptables?|chef(?:fe)?s?"
    r"|patron(?:ne)?|manager|directeur|directrice"
    r"|associee?s?|adjointe?s?|agente?s?|technicien(?:ne)?s?|ouvri(?:er|ere)s?|vendeu(?:r|se)s?"
    r"|secretaire|responsable"
    r"|mari|femme|epouse?|conjointe?|compagne|compagnon|copine?|ami|amie|amis|fils|filles?"
    r"|enfants?|bebe|freres?|so?eurs?|sours?|pere"
    r"|mere|maman|papa|parents?|tante|oncle|cousine?|neveu|niece|voisine?s?|locataires?|beau-\w+"
    r"|belle-\w+|grand-\w+"
    r"|eleves?|etudiante?s?|adherente?|interimaires?|chauffeur|conducteur|conductrice"
    r"|beneficiaires?|gerante?|homme|femme"
    r"|infirmi(?:er|ere)|binome|tuteur|equipier|equipiere|personne|victime|debiteur|assuree?"
    r"|menage|couple|magasinier|caissi(?:er|ere)"
    r"|employees?|colleagues?|coworkers?|co-workers?|wife|husband|son|daughter|child|children"
    r"|kids?|brother|sister|father|mother"
    r"|mom|dad|boss|client|patients?|candidates?|friend|neighbou?r|tenant|partner|worker|intern"
    r"|boyfriend|girlfriend|staff member"
    r"|assistant|manager|accountant|driver|applicant|student|aunt|uncle|nephew|niece|teammate"
)
_OWN = re.compile(
    r"(?<![^\W_])(?:"
    r"(?:mon|ma|son|sa|notre|votre|leur|ton|ta|mes|tes|ce|cet|cette|my|his|her|our|your|their|this"
    rf"|that) (?:[a-z\-]{{2,14}} ){{0,1}}(?:{_PEOPLE})"
    rf"|une? (?:de |d')?(?:mes|nos|ses|leurs|vos) (?:{_PEOPLE})"
    rf"|one of (?:my|our|his|her) (?:{_PEOPLE})"
    r"|l'interessee?|l'assuree?|ce dernier|cette derniere|la susnommee?|le susnomme|le prenomme"
    r"|le prevenu|la prevenue|le mis en cause)(?![^\W_])"
)
_MYSELF = re.compile(
    r"(?<![^\W_])(?:je suis|j'ai|j'avais|j'etais|je souffre|je me|je m'|je vis|je prends|j'attends"
    r"|je fais|j'adhere|je vote|je serai|je reviens|i am|i'm|i have|i was|i've|i had|i suffer"
    r"|i got|i take)"
    r"(?![^\W_])"
)
_TOPIC = re.compile(
    r"(?<![^\W_])(?:(?P<always>en cas d[e']|modeles?|procedures?|prevention|politiques?|detection"
    r"|formations?|loi|questions?|expose|lettre|mail type|policy|law)|about|droits?|regles?"
    r"|statistiques|lutte|campagne|sensibilisation|indemnites|definition|recherche|etude|article"
    r"|film|livre|cours|charte|accord)(?:(?<=')|(?![^\W_]))"
)
_TOPIC_REACH = 30
_TOPIC_JUST_BEFORE = tuple(
    f"{link}{what} " for link in ("d'", "de ", "of ") for what in ("modele", "detection")
)
_CLAUSE = re.compile(r"[.;,:\n]")
_TOPIC_AFTER = re.compile(
    r" (?:laws?|polic(?:y|ies)|detection|models?|prevention|research|awareness)\b"
)
_TRADE = re.compile(
    r"(?<![^\W_])(?:fabriqu\w+|vend(?:ons|ent|s)?|developp\w+|travaille\w* sur|builds?|sells?"
    r"|je prepare"
    r"|porte sur|rembourse\w*|couvre|works? on|emploie|employons)(?![^\W_])"
)
_SOME = re.compile(
    rf"(?<![^\W_])(?:le|la|l'|un|une|the|a|an|du|de la|au|chez le"
    rf"|chez la) ?(?:[a-z\-]{{2,14}} )?(?P<who>{_PEOPLE})(?![^\W_])"
)
_PRONOUN = re.compile(
    r"(?<![^\W_])(?<!-)(?:il|elle|ils|elles|tu|on|he|she|they|lui|you)(?![^\W_])"
    r"(?! (?:est|s'agit|faut|y a|existe|convient|is|semble|suffit) (?:interdit|possible|important"
    r"|necessaire"
    r"|obligatoire|recommande|de|que|prevu|essentiel|utile|un|une|des)(?![a-z]))(?! (?:faut|y a"
    r"|s'agit"
    r"|existe|convient|peut|doit|must|can))"
)
_THEIRS_INSIDE = re.compile(r"(?:son|sa|ses|leur|his|her|their|mon|ma|my) ")
_THEIRS = re.compile(
    r"(?<![^\W_])(?:son|sa|ses|leurs?|his|her|their|mon|ma|mes|my) (?:[a-z]{4,12} )?$"
)
_CIVIL = re.compile(
    r"(?<![^\W_])(?:M\.|Mr\.?|Mme|Mlle|MM\.|Mmes|Monsieur|Madame|Mademoiselle|Mrs\.?|Ms\.?|Miss|Dr"
    r"|Me|M) {1,2}[A-ZÀ-Ý][\w'\-]*"
)
_NAME = re.compile(
    r"(?<![\w'’])(?P<first>[A-ZÀ-Ý](?:[a-zà-ÿ]{1,14}|[A-ZÀ-Ý]{2,14})(?:-[A-ZÀ-Ý][a-zà-ÿ]{1,14})?)"
    r"(?: [A-Z]\.)? (?:\(?(?:de |de la |du |d'|le |la |ben |el |al |van "
    r"|von )?)(?P<last>[A-ZÀ-Ý][\w'\-]{1,24})(?!\w)"
)
_SUBJECT = re.compile(
    r"(?:^|(?<=[.!?:;,\n] )|(?<=\n)|(?<=[a-z] ))"
    r"(?P<first>[A-ZÀ-Ý][a-zà-ÿ]{2,14}(?:-[A-ZÀ-Ý][a-zà-ÿ]{2,14})?)"
    r"(?:,? (?:est(?! une? |-| la | le )|sera|était|vient de|souffre|suit un|is(?! an? )"
    r"|a (?:un|une|été|fait)\b|has (?:been|a)\b|was|suffers)"
    r"|, (?:notre|mon|ma|son|sa|our|my|his|her) )",
    re.MULTILINE,
)
_OF_NAME = re.compile(r" (?:de |d'|pour |of |for )(?P<first>[A-ZÀ-Ý][a-zà-ÿ]{2,14})(?![\w-])")
_EPONYMS = _listed(
    "kaposi parkinson crohn alzheimer hodgkin lyme charcot basedow down france paris lyon marseille"
    " toulouse nantes lille rennes bordeaux strasbourg europe droit travail windows linux"
)
_NOT_NAMES = _listed(
    "le la les un une des ce cette ces mon ma mes son sa notre nos votre vos leur quel quelle "
    "quels quelles comment pourquoi article code loi droit travail assurance maladie securite "
    "sociale mutuelle sante ministere institut union conseil cour haute autorite etats unis ile "
    "france nations republique europe europeenne commission parlement ville mairie region "
    "departement institut universite ecole lycee college hopital clinique centre cabinet groupe "
    "societe association federation ligue croix rouge premiere guerre mondiale seconde moyen "
    "age saint sainte note bulletin service direction ressources humaines comite plan programme "
    "projet rapport guide fiche contrat convention accord protocole formation journee semaine "
    "mois annee janvier fevrier mars avril mai juin juillet aout septembre octobre novembre "
    "decembre lundi mardi mercredi jeudi vendredi samedi dimanche bonjour merci cordialement "
    "objet rue avenue place boulevard the a an what how why when who which is are can does do "
    "explain write give list describe summarize act health world national human rights european "
    "court general data data protection regulation office bureau agence caisse primaire "
    "nationale regionale black friday new york los angeles san francisco united states kingdom "
    "north south east west prix nobel grande bretagne pole emploi covid type partie chapitre "
    "titre section annexe resume redige explique traduis corrige liste donne ecris quelles "
    "cancer diabete depression ramadan islam bible coran front rassemblement parti mouvement "
    "republicains cgt cfdt fo unsa cftc alzheimer parkinson crohn notre dame en au aux du de "
    "pour par dans sur avec selon depuis lors apres avant si que qui il elle je nous vous ils "
    "elles on et ou mais donc or ni car"
)
_NO_NAMES = _EPONYMS | _NOT_NAMES
_STRONG_SIGNS = re.compile(
    r"(?<![^\W_])(?:nee? le \d|nee?\(e\)|ne le \d|date de naissance|dob|nir|n ?° ?(?:de )?secu\w*"
    r"|matricule \d"
    r"|(?:patiente?|salariee?|nom|prenom|candidate?|employee?|agent|client|cliente|assuree?"
    r"|collaborat(?:eur|rice)|name|employee|patient)\"? ?[:=] ?\"?\w)"
    r"|(?<!\d)[12] ?\d\d ?(?:0[1-9]|1[0-2]) ?\d[\dab] ?\d{3} ?\d{3}(?!\d)"
)
_ROW = re.compile(r"[A-ZÀ-Ý][\w'\-]+ ?[;|\t,] ?(?:[A-ZÀ-Ý][\w'\-]+|\d{2}/\d{2}/\d{4})")
_GENERIC = re.compile(
    r"(?<![^\W_])(?:quelle?s? (?:\w{3,15} )?(?:s'applique\w*|faut|appliquer)|quels? (?:est|sont)"
    r"|quelles? (?:est|sont)|qu'est[- ]ce|c'est quoi|explique\w*"
    r"|definis|definition|comment|pourquoi|combien"
    r"|peut[- ](?:on|il|elle)|faut[- ]il|doit[- ](?:on|il|elle)|a[- ]t[- ](?:on|il|elle)|est-il"
    r"|est-elle|est-ce que|existe[- ]t"
    r"|what (?:is|are)|how (?:do|does|to|can|is|are)|why|explain\w*|define|can an?|is it|does an?"
    r"|should an?|must an?"
    r"|redige\w* (?:un|une) (?:article|modele|note|fiche|procedure|politique|charte)|write an?"
    r"|modele de|dans (?:le|un) cas ou"
    r"|(?:tout|toute|chaque|any|every|each|all) (?:salarie|employe|patient|candidat|travailleur"
    r"|agent|personne|femme|homme|eleve|client|member|worker|staff|people)\w*|en cas de|lorsqu'un"
    r"|lorsqu'une|lorsque|si un|si une|quand un|if an?|when an?"
    r"|peut|peuvent|doit|doivent|a droit|ont droit|beneficie|beneficient|percoit|percoivent"
    r"|est tenu|may|must|shall|should"
    r"|article \w|code du travail|code penal|la loi|l'employeur|selon l'?\w*|l'insee"
    r"|statistique\w*|etude\w*)(?![^\W_])"
)
_BREAK = re.compile(r"\n\s*\n")
_SENTENCE = re.compile(
    r"[.!?](?<!\bM\.)(?<!\bMr\.)(?<!\bMM\.)(?<!\bDr\.)(?<!\bMe\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\b[A-Z]\.)"
    r"\s+(?=[A-ZÀ-Ý\d\-•])|\n|[.!?]$"
)


_CASED = ("civil", "name", "subject")
"""Signs that are read in the text as written."""
_OF_PERSONS = {
    "civil": _CIVIL, "name": _NAME, "subject": _SUBJECT, "own": _OWN, "record": _STRONG_SIGNS,
    "trade": _TRADE, "generic": _GENERIC, "some": _SOME, "myself": _MYSELF, "pronoun": _PRONOUN,
    "topic": _TOPIC,
}  # fmt: skip


def find_sensitive(text: str) -> list[Hit]:
    """Hints of Articles 9 and 10, of class ``sensitive``, in reading order.

    At most ``ENOUGH`` of each kind.
    """
    plain = _plain(text)
    words = _words(plain)
    found = _SIGNS & words
    if not found:
        return []
    hits: list[Hit] = []
    read = _Read(text, plain)
    left = dict.fromkeys(KINDS, ENOUGH)
    for index in sorted({index for sign in found for index in _BY_SIGN[sign]}):
        term = TERMS[index]
        if not left[term.kind] or (term.needs and term.needs.isdisjoint(words)):
            continue
        for match in _forms(plain, term):
            start, end = match.span()
            if evidence := _concerns(read, match, read.sentence(start, end), weak=term.weak):
                hits.append(Hit(start, end, term.kind, SENSITIVE, evidence))
                left[term.kind] -= 1
                if not left[term.kind]:
                    break
    return _once(hits)


def _forms(plain: str, term: Term) -> Iterator[re.Match[str]]:
    """Where a term stands; in a long text its form is read around its signs alone."""
    if len(plain) <= PIECE:
        yield from term.form.finditer(plain)
        return
    places: list[int] = []
    for sign in term.signs:
        place = plain.find(sign)
        while place >= 0:
            end = place + len(sign)
            if not (plain[place - 1 : place].isalnum() or plain[end : end + 1].isalnum()):
                places.append(place)
            place = plain.find(sign, end)
    done = first = last = 0
    for place in (*sorted(places), len(plain) + 2 * LONGEST_FORM):
        if place - LONGEST_FORM > last:
            for match in term.form.finditer(plain, max(done, first), last):
                yield match
                done = match.end()
            first = place - LONGEST_FORM
        last = place + LONGEST_FORM


LONGEST_FORM = 100


def _words(plain: str) -> set[str]:
    """The words of a text; of a long one only those that some term asks for."""
    if len(plain) <= PIECE:
        return set(_WORDS.findall(plain))
    words: set[str] = set()
    start = 0
    while start < len(plain):
        cut = _NO_LETTER.search(plain, start + PIECE)
        end = cut.start() if cut else len(plain)
        words.update(_ASKED.intersection(_WORDS.findall(plain, start, end)))
        start = end
    return words


def _once(hits: list[Hit]) -> list[Hit]:
    """In order; of two of one kind that overlap the longer stays."""
    kept: list[Hit] = []
    last: dict[str, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= last.get(hit.kind, 0):
            kept.append(hit)
            last[hit.kind] = hit.end
    return kept


class _Said(NamedTuple):
    """What a sentence says of people, whatever the hint in it."""

    first: int
    last: int
    sure: str
    """Whom it is surely said of, in a phrase."""
    general: bool
    """It asks or rules about people in general."""
    someone: bool
    """It says "the employee", "a patient"…"""
    trade: int
    """Where it has said that something is made or sold; past its end when it does not."""


class _Block:
    """The matches of one sign in one block of a text, sought only as far as they are asked for."""

    def __init__(self, sign: str, first: int) -> None:
        self.sign = sign
        self.place = first
        self.last = first + BLOCK
        self.matches: list[re.Match[str]] = []

    def at(self, index: int, subject: str) -> re.Match[str] | None:
        """The match of that number, or ``None`` where there are fewer."""
        while index >= len(self.matches):
            if self.place >= self.last:
                return None
            found = _OF_PERSONS[self.sign].search(subject, self.place, self.last + LONGEST_SIGN)
            if not found or found.start() >= self.last:
                self.place = self.last
            elif self.sign in ("name", "subject") and not _is_name(found):
                self.place = found.end("first")
            else:
                self.place = found.end()
                self.matches.append(found)
        return self.matches[index]


class _Read:
    """A text with what has been read of it: each block for each sign of a person once.

    However many hints stand in a block, what the block says of people is read once.
    """

    def __init__(self, text: str, plain: str) -> None:
        self.text = text
        self.plain = plain
        self.cuts = [(cut.start() + 1, cut.end()) for cut in _SENTENCE.finditer(text)]
        self.said: dict[tuple[int, int], _Said] = {}
        self.before: dict[int, str] = {}
        self.blocks: dict[str, dict[int, _Block]] = {sign: {} for sign in _OF_PERSONS}

    def seen(self, sign: str, first: int, last: int) -> Iterator[re.Match[str]]:
        """The matches of a sign that lie between two places, in order."""
        blocks = self.blocks[sign]
        subject = self.text if sign in _CASED else self.plain
        for number in range(first // BLOCK, (last - 1) // BLOCK + 1):
            block = blocks.get(number)
            if block is None:
                block = blocks[number] = _Block(sign, number * BLOCK)
            index = 0
            while match := block.at(index, subject):
                index += 1
                if match.start() >= last:
                    return
                if first <= match.start() and match.end() <= last:
                    yield match

    def holds(self, signs: Iterable[str], first: int, last: int) -> bool:
        return any(next(self.seen(sign, first, last), None) for sign in signs)

    def last(self, sign: str, first: int, place: int) -> re.Match[str] | None:
        """The last match of a sign between two places."""
        matches = list(self.seen(sign, max(first, 0), place))
        return matches[-1] if matches else None

    def sentence(self, start: int, end: int) -> _Said:
        """The sentence around a span, within the window."""
        first = max(0, start - start % STEP - BEFORE)
        last = min(len(self.text), end - end % STEP + STEP + AFTER)
        at = bisect_right(self.cuts, start, key=itemgetter(1))
        if at:
            first = max(first, self.cuts[at - 1][1])
        while at < len(self.cuts) and self.cuts[at][0] <= end:
            at += 1
        if at < len(self.cuts):
            last = min(last, self.cuts[at][0])
        place = first, last
        if place not in self.said:
            self.said[place] = self._said(first, last)
        return self.said[place]

    def _said(self, first: int, last: int) -> _Said:
        trade = next(self.seen("trade", first, last), None)
        made = trade.end() if trade else last + 1
        sure = ""
        if self.holds(("record",), max(0, first - BEFORE), last):
            sure = "word and a person's record near it"
        elif self.holds(_CASED, first, last):
            sure = "word and a person's name in its sentence"
        elif self.holds(("own",), first, last):
            sure = "word and a person of the writer's in its sentence"
        if sure:
            return _Said(first, last, sure, False, False, made)
        if self.holds(("generic",), first, last):
            return _Said(first, last, "", True, False, made)
        some = next(self.seen("some", first, last), None)
        return _Said(first, last, "", False, some is not None and not _plural(some), made)

    def named_before(self, first: int) -> str:
        """Whom the text before a sentence, of its paragraph and window, names, in a phrase."""
        if first not in self.before:
            self.before[first] = self._named_before(first)
        return self.before[first]

    def _named_before(self, first: int) -> str:
        previous = _previous(self.text, first)
        if previous >= first:
            return ""
        if self.holds(_CASED, previous, first):
            return "word and a person's name just before"
        if self.holds(("own",), previous, first) and not self.holds(("generic",), previous, first):
            return "word and a person of the writer's just before"
        return ""


def _concerns(read: _Read, hint: re.Match[str], said: _Said, *, weak: bool) -> str:
    """Whom the hint is said of, in a phrase; empty where it is said of nobody."""
    text, plain = read.text, read.plain
    start, end = hint.span()
    if said.trade <= start or _is_topic(read, said, start) or _TOPIC_AFTER.match(plain, end):
        return ""
    if said.sure:
        return said.sure
    writer = read.last("myself", max(said.first, start - 80), start)
    if writer and start - writer.end() <= 60:
        return "word said of the writer"
    if said.general:
        return ""
    if (name := _OF_NAME.match(text, end)) and _plain(name["first"]) not in _NO_NAMES:
        return "word and a name after it"
    clause = max(said.first, start - 70)
    if not weak and _row(text, start, end):
        return "word in a row with a person's name"
    if _THEIRS.search(plain, max(said.first, start - 21), start) or _THEIRS_INSIDE.match(
        plain, start, end
    ):
        return "word said to be someone's"
    if read.holds(("pronoun",), clause, start):
        return "word and a pronoun before it"
    if said.someone:
        return "word and a person in its sentence"
    return "" if weak else read.named_before(said.first)


def _is_topic(read: _Read, said: _Said, start: int) -> bool:
    """Whether the hint is what a law, a course or a request is about."""
    plain = read.plain
    first = max(said.first, start - 50)
    for topic in read.seen("topic", first, start):
        end = topic.end()
        near = start - end <= _TOPIC_REACH and not _CLAUSE.search(plain, end, start)
        if near and (topic["always"] or not said.sure):
            return True
    return not said.sure and plain.endswith(_TOPIC_JUST_BEFORE, first, start)


def _plural(some: re.Match[str]) -> bool:
    """A rule about people in general rather than a fact about one."""
    return some["who"].endswith("s") and not some["who"].endswith(("fils", "boss"))


def _previous(text: str, first: int) -> int:
    """Where the text before a sentence, of the same paragraph and window, begins."""
    floor = max(0, first - BEFORE)
    for cut in _BREAK.finditer(text, floor, first):
        floor = cut.end()
    return floor


def _is_name(match: re.Match[str]) -> bool:
    """Whether the words of a first and a last name, or of a subject, are nothing else's."""
    names = {_plain(name) for name in match.groupdict().values() if name}
    return names.isdisjoint(_NOT_NAMES)


def _row(text: str, start: int, end: int) -> bool:
    """Whether the line is a row of a table or list that names someone."""
    first = text.rfind("\n", max(0, start - BEFORE), start) + 1
    if not first and start > BEFORE:
        return False
    last = text.find("\n", end, end + AFTER)
    line = text[first : last if last >= 0 else end + AFTER]
    return sum(map(line.count, ";|\t,")) >= 2 and _ROW.search(line) is not None
