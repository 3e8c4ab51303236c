"""A word of Articles 9 and 10 is a hint only where it is said of a person; all are made up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sobre.privacy.fold import fold
from sobre.privacy.inspect import find
from sobre.privacy.sensitive import ENOUGH, TERMS, find_sensitive

SAID_OF_SOMEONE = [
    ("health", "Je suis diabétique, puis-je demander un aménagement de poste ?"),
    ("health", "Ma collègue est en burn-out depuis mars."),
    ("health", "Mme Legrand est enceinte de quatre mois."),
    ("health", "Le salarié est en arrêt maladie depuis le 3 mai."),
    ("health", "Mon fils a été hospitalisé hier soir."),
    ("health", "Paul Renaud souffre d'une dépression sévère."),
    ("health", "mon mari a un cancer du poumon, comment poser des jours ?"),
    ("health", "Notre comptable a demandé la RQTH la semaine dernière."),
    ("health", "La salariée a été déclarée inapte par le médecin du travail."),
    ("health", "Elle suit une chimiothérapie et sera absente."),
    ("health", "J'ai été testé séropositif l'an dernier."),
    ("health", "Le candidat m'a confié qu'il est épileptique."),
    ("health", "Un de nos salariés a un problème d'addiction à l'alcool."),
    ("health", "Patient : LEROUX Alain, diabète de type 2"),
    ("health", "Nom;Prénom;Motif\nDurand;Paul;arrêt maladie"),
    ("health", "M. Ferrand perçoit une pension d'invalidité de 2e catégorie."),
    ("health", "Suite à son accident du travail, M. Costa reprendra le 12."),
    ("health", "il est en mi-temps therapeutique jusqu'en juin"),
    ("health", "SALARIÉ : DUPUIS MARC - ARRÊT DE TRAVAIL PROLONGÉ"),
    ("health", "Notre vendeuse fait une fausse couche, que dire à l'équipe ?"),
    ("health", "Cette employée est autiste et demande un casque antibruit."),
    ("health", "Ma femme prend des antidépresseurs depuis un an."),
    ("health", "He told me he has depression and cannot travel."),
    ("health", "My colleague is pregnant and wants to work from home."),
    ("health", "John Carter was diagnosed with epilepsy in 2021."),
    ("health", "I am HIV positive and worried about the insurance form."),
    ("health", "Our intern is on sick leave until Monday."),
    ("health", "Sarah Miller has been hospitalized after a stroke."),
    ("health", "My wife has breast cancer."),
    ("health", "Le chauffeur a fait une tentative de suicide."),
    ("health", "Ma mère est en ALD pour une sclérose en plaques."),
    ("health", "Julie Moreau, née le 12/03/1985, asthmatique, sous traitement."),
    ("union", "M. Bernard est délégué syndical CGT."),
    ("union", "Je suis syndiqué à la CFDT, est-ce que mon patron peut le savoir ?"),
    ("union", "Notre magasinier est adhérent CGT depuis 2019."),
    ("union", "Karim Haddad a participé à la grève du 7 mars."),
    ("union", "Mon collègue est syndicaliste et veut un local."),
    ("union", "La salariée adhère à SUD."),
    ("union", "Sophie Lambert, élue CFE-CGC au CSE"),
    ("union", "Employee: Tom Baker, union member since 2018"),
    ("union", "My manager found out I am a union rep."),
    ("union", "L'intéressé est secrétaire de la section syndicale."),
    ("religion", "Mon collègue musulman demande un congé."),
    ("religion", "Mme Cohen est juive pratiquante."),
    ("religion", "Notre stagiaire fait le ramadan, comment adapter ses horaires ?"),
    ("religion", "Je suis catholique pratiquant."),
    ("religion", "Ce salarié est témoin de Jéhovah."),
    ("religion", "La candidate porte le voile, que puis-je lui demander ?"),
    ("religion", "My employee is a devout Muslim and prays at noon."),
    ("religion", "David Levy asked for Saturdays off because he is Jewish."),
    ("religion", "Ma voisine s'est convertie à l'islam."),
    ("religion", "il est protestant et sa femme aussi"),
    ("belief", "M. Petit est encarté au Rassemblement national."),
    ("belief", "Mon chef milite : il est membre du Parti socialiste."),
    ("belief", "Elle a été candidate LFI aux municipales."),
    ("belief", "Notre assistante affiche ses opinions politiques au bureau."),
    ("belief", "Jean Tissot est franc-maçon."),
    ("belief", "My boss is a member of the Labour Party."),
    ("belief", "Le candidat est militant écologiste, adhérent EELV."),
    ("sexual_life", "Mon collègue est gay et ne l'a dit à personne."),
    ("sexual_life", "Camille Rousseau a commencé une transition de genre."),
    ("sexual_life", "Cette salariée est lesbienne et subit des moqueries."),
    ("sexual_life", "Je suis bisexuel."),
    ("sexual_life", "M. Garnier est homosexuel."),
    ("sexual_life", "One of my employees is transgender."),
    ("sexual_life", "Our colleague asked about his sexual orientation in an email."),
    ("ethnic_origin", "Le candidat est d'origine maghrébine."),
    ("ethnic_origin", "Ma locataire est d'origine sénégalaise."),
    ("ethnic_origin", "Ce monsieur est rom, dit le voisin, M. Faure."),
    ("ethnic_origin", "My colleague is of Turkish descent."),
    ("ethnic_origin", "Fatou Ndiaye, ethnie peule"),
    ("offence", "M. Roche a un casier judiciaire."),
    ("offence", "Notre chauffeur a été condamné pour conduite en état d'ivresse."),
    ("offence", "Mon fils est en garde à vue."),
    ("offence", "Le salarié porte un bracelet électronique."),
    ("offence", "Pierre Vidal a été mis en examen pour escroquerie."),
    ("offence", "Ma sœur a porté plainte pour violences conjugales."),
    ("offence", "Our driver has a criminal record."),
    ("offence", "He was convicted of fraud in 2015."),
    ("offence", "Mon associé a fait de la prison."),
    ("biometric", "Nous avons enregistré l'empreinte digitale de Mme Roux."),
    ("biometric", "Le test ADN de mon client est positif."),
    ("biometric", "His fingerprints were taken at the police station."),
    ("biometric", "La reconnaissance faciale a identifié Marc Olivier à l'entrée."),
]

SAID_OF_NOBODY = [
    "Quels sont les symptômes du diabète ?",
    "Explique la loi de 1905 sur la laïcité.",
    "Notre mutuelle couvre l'hospitalisation.",
    "Un salarié peut-il être licencié pendant un arrêt maladie ?",
    "Le burn-out est-il reconnu comme maladie professionnelle ?",
    "Rédige une note sur la prévention des accidents du travail.",
    "Quelle est la différence entre ALD et invalidité ?",
    "Combien de jours dure un congé maternité ?",
    "L'employeur doit proposer un reclassement en cas d'inaptitude.",
    "Les salariés en arrêt maladie perçoivent des indemnités journalières.",
    "Le cancer est la première cause de mortalité en France.",
    "La dépression de 1929 a touché toute l'Europe.",
    "Une dépression atmosphérique arrive par l'ouest.",
    "La grève à la SNCF perturbe les livraisons de lundi.",
    "Les syndicats CGT et CFDT appellent à la grève le 7 mars.",
    "Comment organiser les élections du CSE avec les syndicats ?",
    "Quelle est la date du ramadan cette année ?",
    "L'islam est la deuxième religion de France.",
    "Les fêtes catholiques sont fériées en Alsace.",
    "Le restaurant propose des plats halal et casher.",
    "Que dit le Code du travail sur le voile en entreprise ?",
    "Le Parti socialiste a perdu les élections.",
    "Le Rassemblement national a présenté son programme.",
    "Écris un résumé du programme politique des Républicains.",
    "Le mariage gay a été légalisé en 2013.",
    "Quels sont les droits des personnes transgenres ?",
    "Transition énergétique : quel plan pour notre usine ?",
    "Ce vin est d'origine italienne.",
    "Le règlement interdit la discrimination selon l'origine ethnique.",
    "La race bovine charolaise est très rustique.",
    "Peut-on demander le casier judiciaire à l'embauche ?",
    "Un employeur peut-il exiger un extrait de casier judiciaire ?",
    "Le vol Paris-Nice décolle à 8 h.",
    "La lutte contre la fraude est une priorité.",
    "La reconnaissance faciale est encadrée par le RGPD.",
    "La CNIL interdit la badgeuse à empreinte digitale pour les horaires.",
    "La garde à vue dure au plus 24 heures, renouvelable une fois.",
    "Quelle peine encourt l'auteur d'un abus de confiance ?",
    "Le virus informatique a infecté le serveur.",
    "Le traitement des données dure deux heures.",
    "Le traitement de la commande est en cours.",
    "Les allergènes doivent figurer sur l'étiquette.",
    "L'ADN de notre entreprise, c'est l'innovation.",
    "La voile est un sport nautique.",
    "L'enceinte du stade est fermée.",
    "Achète une enceinte Bluetooth.",
    "Installer deux enceintes dans la salle de réunion.",
    "Il est interdit de fumer dans l'enceinte de l'établissement.",
    "Les travailleurs handicapés représentent 6 % de l'effectif.",
    "Toute salariée enceinte bénéficie d'une protection.",
    "La médecine du travail organise les visites.",
    "Il faut déclarer tout accident du travail sous 48 heures.",
    "What are the symptoms of depression?",
    "How do I write a sick leave policy?",
    "Explain the history of trade unions in the UK.",
    "The Great Depression began in 1929.",
    "Write a blog post about cancer prevention.",
    "The union of the two sets is empty.",
    "SELECT a FROM t1 UNION SELECT b FROM t2;",
    "Christian Dior is a fashion brand.",
    "The European Union adopted the AI Act.",
    "Is it legal to ask for a criminal record?",
    "Can an employer ask about religion?",
    "The stroke width of the line is 2 px.",
    "Python's race condition in threads.",
    "The race starts at nine.",
    "A fingerprint of the file is computed with SHA-256.",
    "Fraud detection models need labelled data.",
    "Résume l'article L. 1226-2 du Code du travail sur l'inaptitude.",
    "Notre politique handicap vise 6 % d'emploi direct.",
    "Le certificat médical est obligatoire pour les clubs de sport.",
    "Il existe plusieurs formes de diabète.",
    "Les catholiques et les protestants ont signé l'édit de Nantes.",
    "La cour a condamné la société à payer 12 000 € de dommages.",
    "Quelles obligations si une salariée est enceinte ?",
    "Le comité social traite les questions de santé et sécurité.",
    "Prévoir un plan de continuité en cas de pandémie de Covid-19.",
    "Le code couleur : noir pour les câbles, rouge pour la phase.",
    "Chaque patient atteint de diabète reçoit un carnet de suivi.",
    "La fracture numérique touche les zones rurales.",
    "L'origine étrangère des composants est indiquée.",
    "La prison de Fresnes a été construite en 1898.",
    "L'opération de maintenance aura lieu dimanche.",
    "Le handicap au golf se calcule sur dix-huit trous.",
    "La télévision a diffusé un film sur Alzheimer.",
    "Comment calculer les indemnités d'un arrêt maladie de 10 jours ?",
    "Rédige un mail type pour annoncer un congé maternité.",
    "Quelle convention s'applique à un délégué syndical ?",
    "Notre client principal fabrique des prothèses pour le cancer du sein.",
    "Le candidat doit fournir un casier judiciaire vierge.",
    "La salle de prière est au deuxième étage.",
    "Le patient virtuel est un outil de formation.",
    "Il faut une formation contre le harcèlement.",
    "Mon équipe travaille sur la détection de fraude.",
    "Mon ordinateur a un virus.",
    "Our team builds cancer detection models.",
    "My code has a race condition.",
    "I have a question about disability law.",
    "Nous vendons des fauteuils roulants aux hôpitaux.",
    "La mutuelle rembourse-t-elle la chimiothérapie ?",
    "L'accord avec les syndicats CGT et FO est signé.",
    "Je prépare un exposé sur l'islam.",
    "J'ai besoin d'un modèle de lettre pour un arrêt de travail.",
    "Je suis chargé de la politique handicap.",
    "Mon entreprise emploie des travailleurs handicapés, quelle est l'obligation ?",
    'Traduis : "the union of Europe".',
    "Il est interdit de mentionner la religion dans une offre d'emploi.",
    "Le vol de M. Durand part à 8 h.",
    "Je cherche un vol pour Lyon.",
    "M. Leroux a commandé deux enceintes Sonos.",
    "Mme Petit travaille sur le traitement des données.",
    "Le projet de Marie Curie sur le radium date de 1898.",
    "Nous suivons la loi sur le voile.",
    "Jean Dupont demande la procédure en cas d'accident du travail.",
    "Mon cours porte sur la dépression de 1929.",
    "Installez l'enceinte de la salle de réunion.",
    "Jean-Baptiste Morin arrive lundi.",
    "",
]


@pytest.mark.parametrize(("kind", "text"), SAID_OF_SOMEONE)
def test_what_is_said_of_someone_is_a_hint(kind: str, text: str) -> None:
    assert kind in {hit.kind for hit in find(text, [find_sensitive])}


SAID_IN_OTHER_WAYS = [
    "Bonjour, suite à mon opération du genou je serai absent trois semaines.",
    "Thomas est dépressif, faut-il prévenir l'équipe ?",
    "Compte rendu : Mme Aubin, 54 ans, hypertendue, sous metformine.",
    "nos deux apprentis fument du cannabis, et Kevin Lebrun est toxicomane",
    "Arrêt de travail de Sophie prolongé jusqu'au 12",
    "Ma fille est handicapée à 80 %, ai-je droit à des jours ?",
    "On a appris que le nouveau était séropositif.",
    "Marc Vasseur vient de se faire amputer, dossier MDPH en cours",
    "Julien, notre préparateur, a fait un AVC.",
    "Mon employeur sait que je suis enceinte.",
    "Elle a été internée en psychiatrie.",
    "Objet : inaptitude de M. Blanc",
    "Absence de Mme Noël pour congé maternité",
    "Le délégué CGT Farid Amara a été convoqué",
    "Luc Perrot refuse de serrer la main des femmes, il est très religieux, musulman.",
    "notre nouvelle recrue est voilée",
    "il vote RN et le dit à tout le monde",
    "Ma responsable est lesbienne, et alors ?",
    "Il sort de prison et cherche un CDI",
    "Un ancien détenu postule chez nous, il a été condamné pour vol",
    "M. Sow est d'origine malienne",
    "Fiche : DUBREUIL Anne, allergie à la pénicilline, groupe A+",
    "My boss suffers from bipolar disorder.",
    "Peter Jones was arrested for assault",
    "Her religion forbids work on Saturday.",
    "Employee 4411 Anna Lee: maternity leave from May.",
    "She is undergoing chemotherapy.",
    "My son is autistic.",
]


@pytest.mark.parametrize("text", SAID_IN_OTHER_WAYS)
def test_the_person_can_be_said_in_many_ways(text: str) -> None:
    assert find(text, [find_sensitive])


@pytest.mark.parametrize("text", SAID_OF_NOBODY)
def test_what_is_said_of_nobody_is_none(text: str) -> None:
    assert find(text, [find_sensitive]) == []


def test_a_hint_covers_its_words_and_marks_the_text_around() -> None:
    text = "Le salarié Luc Morin est en arrêt maladie jusqu’au 3 mai."
    (hit,) = find(text, [find_sensitive])
    assert (text[hit.start : hit.end], hit.data_class) == ("arrêt maladie", "sensitive")
    assert "person" in hit.evidence


def test_a_hint_is_read_without_accents_and_in_capitals() -> None:
    for text in ("mme roy est diabetique", "MME ROY EST DIABÉTIQUE", "Mme Roy est diabétique"):
        hits = find("Mme Roy. Ma collègue, " + text, [find_sensitive])
        assert [hit.kind for hit in hits] == ["health"]


def test_one_text_can_hold_hints_of_several_kinds() -> None:
    text = "M. Morin, délégué syndical CGT, est en arrêt maladie et a un casier judiciaire."
    assert [hit.kind for hit in find_sensitive(text)] == ["union", "health", "offence"]


def test_the_previous_sentence_can_name_the_person() -> None:
    assert find_sensitive("Luc Morin est absent. Diagnostic de schizophrénie confirmé.")


def test_another_paragraph_names_nobody() -> None:
    assert not find_sensitive("Luc Morin est absent.\n\nLa schizophrénie a plusieurs formes.")


def test_every_kind_of_articles_9_and_10_has_terms() -> None:
    kinds = {"health", "union", "religion", "belief", "sexual_life", "ethnic_origin", "offence"}
    assert {term.kind for term in TERMS} == kinds | {"biometric"}


PIECES = st.sampled_from(
    [
        "Mme Roy ",
        "mon ",
        "il ",
        "est ",
        "diabétique",
        "cancer",
        ". ",
        "\n",
        "vol",
        "CGT",
        "œ",
        ";",
        "condamné pour ",
        "d'origine ",
        "İ",
        "ß",
        "de ",
        "arrêt ",
        "maladie",
        "Luc Morin",
        "?",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_is_read_and_offsets_stay_inside(text: str) -> None:
    text, _ = fold(text)
    for hit in find_sensitive(text):
        assert 0 <= hit.start < hit.end <= len(text)


def test_a_long_text_is_read_to_its_end_and_yields_enough_hints_of_each_kind() -> None:
    text = "Mme Roy est diabétique. " * 2_000 + "M. Sow est délégué CGT."
    kinds = [hit.kind for hit in find_sensitive(text)]
    assert kinds.count("health") == ENOUGH
    assert kinds[-1] == "union"
