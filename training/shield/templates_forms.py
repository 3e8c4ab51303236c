"""Forms, CV, payslips, HR letters, contracts, leases, deeds."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "form",
        ("Nom : {LAST}\nPrénom : {FIRST}\nNé(e) le : {DATE} à {PLACE}\nAdresse : {ADDRESS}"),
    ),
    (
        "fr",
        "form",
        (
            "NOM DE NAISSANCE : {LAST_CAPS}\n"
            "NOM D'USAGE : {LAST_CAPS}\n"
            "PRÉNOMS : {FIRST_CAPS}\n"
            "NATIONALITÉ : FRANÇAISE"
        ),
    ),
    (
        "fr",
        "form",
        "Nom : {LAST} / Prénom : {FIRST} / Société : {ORG}",
    ),
    (
        "fr",
        "form",
        (
            "Demandeur : {FULL}\n"
            "Service : Maintenance\n"
            "Objet de la demande : remplacement de {PRODUCT}\n"
            "Visa du responsable : {INIT}"
        ),
    ),
    (
        "fr",
        "form",
        (
            "Civilité : Mme\n"
            "Nom d'usage : {LAST_CAPS}\n"
            "Nom de jeune fille : {LAST_CAPS}\n"
            "Prénom(s) : {FIRST_F}\n"
            "Profession : {JOB}"
        ),
    ),
    (
        "fr",
        "form",
        (
            "Nom et prénom du salarié : {FULL_REV}\n"
            "Motif : congé payé\n"
            "Du {DATE} au {DATE}\n"
            "Accord du chef de service : oui (M. {LAST})"
        ),
    ),
    (
        "fr",
        "form",
        (
            "nom: {last_low}\n"
            "prenom: {first_low}\n"
            "tel: {PHONE}\n"
            "message: bonjour je souhaite être rappelé par madame {last_low}"
        ),
    ),
    (
        "fr",
        "form",
        "Nom du contact={FULL}",
    ),
    (
        "fr",
        "form",
        (
            "FICHE CLIENT\n"
            "Titulaire : {FULL_LASTCAPS}\n"
            "Co-titulaire : {FULL_LASTCAPS}\n"
            "Conseiller : {FULL}\n"
            "Agence : {PLACE}"
        ),
    ),
    (
        "fr",
        "form",
        (
            "Personne à prévenir en cas d'urgence : {FULL} (conjoint), {PHONE}\n"
            "Médecin traitant : Dr {LAST}"
        ),
    ),
    (
        "fr",
        "form",
        (
            "ENFANT\n"
            "Nom .......... {LAST_CAPS}\n"
            "Prénom ....... {FIRST}\n"
            "Classe ....... CE2\n"
            "PÈRE : {FULL_M}\n"
            "MÈRE : {FULL_F}"
        ),
    ),
    (
        "fr",
        "form",
        "Je soussigné(e) {FULL}, autorise mon fils {FIRST_M} à participer à la sortie du {DATE} au musée Jean-Jacques Henner.",
    ),
    (
        "fr",
        "form",
        "Je soussigné, {FULL_M}, gérant de {ORG}, certifie que {FULL_F} est employée en qualité de {JOB} depuis le {DATE}.",
    ),
    (
        "fr",
        "form",
        "Nom de l'assuré : {LAST_CAPS}        Prénom : {FIRST_CAPS}        N° contrat : {REF}",
    ),
    (
        "fr",
        "form",
        "Bon pour pouvoir. Je donne mandat à {FULL} pour me représenter à l'assemblée du {DATE}.",
    ),
    (
        "fr",
        "form",
        (
            "Déclarant : {REV_CAPS}\n"
            "Tiers impliqué : {REV_CAPS}\n"
            "Témoin éventuel : {FULL}, {ADDRESS}"
        ),
    ),
    (
        "fr",
        "form",
        (
            "ATTESTATION D'HÉBERGEMENT\n"
            "Je soussignée {FULL_F}, née le {DATE}, atteste héberger à mon domicile Monsieur {FULL_M} depuis le {DATE}.\n"
            "Fait à {PLACE}"
        ),
    ),
    (
        "fr",
        "form",
        "Réservation au nom de {LAST}, 4 personnes, samedi 20 h.",
    ),
    (
        "fr",
        "form",
        ("Destinataire : {FULL_CAPS}\nExpéditeur : {ORG}\nPoids : 4,2 kg"),
    ),
    (
        "fr",
        "form",
        ("Signataire 1 : {FULL}, Directrice\nSignataire 2 : {FULL}, Trésorier"),
    ),
    (
        "fr",
        "form",
        "Identité du visiteur : {FULL} – société {ORG} – visite : {FULL}",
    ),
    (
        "fr",
        "form",
        "☒ M. ☐ Mme  Nom : {LAST}  Prénom : {FIRST_M}  Fonction : {JOB}",
    ),
    (
        "fr",
        "form",
        ("Dossier suivi par : {FULL}\nTél. : {PHONE}\nRéf. : {REF}"),
    ),
    (
        "fr",
        "form",
        ("Vos réf. : {REF}\nAffaire suivie par Mme {FULL_F}\nObjet : régularisation"),
    ),
    (
        "fr",
        "form",
        (
            "Réclamation n° {REF}\n"
            "Consommateur : {FULL}\n"
            "Enseigne : {ORG}\n"
            "Faits : le vendeur, prénommé {FIRST}, a refusé l'échange."
        ),
    ),
    (
        "fr",
        "form",
        ("Parrain : {FULL}\nFilleul : {FULL}\nPrime : {AMOUNT}"),
    ),
    (
        "fr",
        "form",
        ("Attribué à {FULL}\nCréé par {FULL}\nObservateurs : {FULL}, {FULL}\nPriorité : Haute"),
    ),
    (
        "fr",
        "form",
        "Nom de famille (suivi, s'il y a lieu, du nom d'usage) : {LAST_CAPS} épouse {LAST_CAPS}",
    ),
    (
        "fr",
        "form",
        "nom-prénom : {rev_low} / date : {DATE} / n° lot : {REF}",
    ),
    (
        "fr",
        "form",
        (
            "Votre nom* {LAST}\n"
            "Votre prénom* {FIRST}\n"
            "Votre ville* Laval\n"
            "Votre message* La fuite est revenue."
        ),
    ),
    (
        "fr",
        "form",
        ("Emprunteur : {FULL_3}\nCaution solidaire : {FULL_3}\nNotaire : Me {LAST}"),
    ),
    (
        "fr",
        "form",
        "Licence n° {REF} – {FULL_REV} – catégorie U15 – responsable légal {FULL_LASTCAPS}",
    ),
    (
        "fr",
        "form",
        ("Titulaire du compte\n{REV_CAPS}\nOU {REV_CAPS}\nDomiciliation : {PLACE}"),
    ),
    (
        "fr",
        "cv",
        (
            "{FULL_CAPS}\n"
            "{ADDRESS}\n"
            "{PHONE} – {EMAIL}\n"
            "\n"
            "EXPÉRIENCE\n"
            "2019-2024 {JOB}, {ORG}, {PLACE}\n"
            "2015-2019 Assistant, {ORG}\n"
            "\n"
            "FORMATION\n"
            "Licence Gestion, université Jean-Moulin\n"
            "\n"
            "RÉFÉRENCES\n"
            "{FULL}, directeur d'agence"
        ),
    ),
    (
        "fr",
        "cv",
        (
            "Curriculum vitae de {FULL}\n"
            "Permis B, véhicule personnel ({PRODUCT})\n"
            "Langues : Anglais C1, Arabe langue maternelle"
        ),
    ),
    (
        "fr",
        "cv",
        ("{FULL_LASTCAPS} | {JOB} | {PLACE}\nCompétences : {PRODUCT}, {PRODUCT}, {PRODUCT}"),
    ),
    (
        "fr",
        "cv",
        "Profil : {FULL}, 34 ans, {JOB} depuis huit ans, dont cinq chez {ORG} sous la direction de {FULL}.",
    ),
    (
        "fr",
        "cv",
        (
            "Lettre de motivation\n"
            "{FULL}\n"
            "à l'attention de Madame {LAST}, responsable du recrutement\n"
            "\n"
            "Madame,\n"
            "Votre annonce pour un poste de {JOB} a retenu mon attention. Mon ancien employeur, M. {LAST}, peut témoigner de mon sérieux."
        ),
    ),
    (
        "fr",
        "cv",
        "Recommandé par {FULL} (ex-collègue chez {ORG}), {FIRST} a travaillé deux ans sur {PRODUCT}.",
    ),
    (
        "fr",
        "cv",
        "Centres d'intérêt : lecture ({=Camus}, {=Duras}), piano ({=Chopin}), randonnée",
    ),
    (
        "fr",
        "hr",
        (
            "Madame {LAST_CAPS},\n"
            "Nous vous confirmons votre engagement à compter du {DATE} en qualité de {JOB}, coefficient 190, sous l'autorité de M. {LAST}."
        ),
    ),
    (
        "fr",
        "hr",
        (
            "ENTRE LES SOUSSIGNÉS\n"
            "La société {ORG}, représentée par {FULL}, Président,\n"
            "ET\n"
            "Madame {FULL_F}, née le {DATE} à {PLACE}, demeurant {ADDRESS},\n"
            "Il a été convenu ce qui suit :"
        ),
    ),
    (
        "fr",
        "hr",
        (
            "AVENANT N° 2 au contrat de travail de {FULL_LASTCAPS}\n"
            "La durée hebdomadaire de travail de {FULL_F} est portée à 28 heures."
        ),
    ),
    (
        "fr",
        "hr",
        ("BULLETIN DE PAIE – Mars\nSalarié : {FULL_REV}\nEmploi : {JOB}\nNet imposable : {AMOUNT}"),
    ),
    (
        "fr",
        "hr",
        (
            "{LAST_CAPS} {FIRST_CAPS}\n"
            "Matricule 00318\n"
            "Entrée : {DATE}\n"
            "Emploi : Préparateur\n"
            "Brut : {AMOUNT}"
        ),
    ),
    (
        "fr",
        "hr",
        (
            "Convocation à un entretien préalable\n"
            "Monsieur {LAST},\n"
            "Vous pourrez vous faire assister par un membre du personnel, par exemple {FULL}, élu au CSE."
        ),
    ),
    (
        "fr",
        "hr",
        "Avertissement : le {DATE}, vous avez tenu des propos déplacés à l'égard de votre collègue {FULL}. {FIRST} et {INIT} en ont été témoins.",
    ),
    (
        "fr",
        "hr",
        (
            "Entretien annuel – {FULL#a}\n"
            "Évaluateur : {FULL}\n"
            "Points forts : {FIRST#a} maîtrise {PRODUCT}.\n"
            "Axes de progrès : {FIRST#a} doit mieux déléguer à {FIRST}."
        ),
    ),
    (
        "fr",
        "hr",
        "Certificat de travail. Nous soussignés {ORG} certifions avoir employé M. {FULL_M} du {DATE} au {DATE}.",
    ),
    (
        "fr",
        "hr",
        "Solde de tout compte reçu par {FULL_LASTCAPS} la somme de {AMOUNT}.",
    ),
    (
        "fr",
        "hr",
        "Note de service : à compter du {DATE}, {FULL} est nommée responsable d'équipe en remplacement de {FULL}.",
    ),
    (
        "fr",
        "hr",
        "Bilan de la période d'essai de {FIRST#b} : {FULL} recommande de confirmer {FIRST#b} dans ses fonctions.",
    ),
    (
        "fr",
        "hr",
        "Arrêt maladie de {REV} prolongé jusqu'au {DATE}, remplaçante : {FULL} (intérim, {ORG}).",
    ),
    (
        "fr",
        "hr",
        "Effectif au {DATE} : 42 salariés dont 3 apprentis ({FIRST}, {FIRST} et {FIRST}).",
    ),
    (
        "fr",
        "hr",
        "Demande de télétravail de {FULL} : avis favorable de {LAST}, refus de la DRH.",
    ),
    (
        "fr",
        "hr",
        "Rupture conventionnelle entre {ORG} et {FULL}, assistée de {INIT}, conseillère du salarié.",
    ),
    (
        "fr",
        "hr",
        "Alerte harcèlement : Mme {LAST} met en cause son supérieur, M. {LAST_CAPS}. Témoins entendus : {FULL}, {FULL}, {DOUBLE}.",
    ),
    (
        "fr",
        "hr",
        "Primes de fin d'année : {LAST} {AMOUNT}, {LAST} {AMOUNT}, {LAST} néant.",
    ),
    (
        "fr",
        "hr",
        "Le départ de {FIRST} désorganise l'équipe : {FIRST} cumule deux postes et {LAST} menace de démissionner.",
    ),
    (
        "fr",
        "hr",
        "Tableau d'avancement : sont inscrits {FULL_REV}, {FULL_REV} et {FULL_REV}. Ne sont pas retenus {FULL_REV} et {FULL_REV}.",
    ),
    (
        "fr",
        "contract",
        (
            "CONTRAT DE LOCATION\n"
            "Bailleur : M. et Mme {FULL_M}\n"
            "Locataire : Mlle {FULL_F}\n"
            "Caution : {FULL}\n"
            "Logement : {ADDRESS}"
        ),
    ),
    (
        "fr",
        "contract",
        "Le présent bail est consenti par {FULL_M} à {FULL_F} et {FULL_M}, colocataires solidaires.",
    ),
    (
        "fr",
        "contract",
        "Entre la société {ORG}, représentée par M. {FULL_M} en sa qualité de gérant, d'une part, et M. {FULL_LASTCAPS}, artisan, d'autre part,",
    ),
    (
        "fr",
        "contract",
        (
            "Lu et approuvé, bon pour accord\n"
            "{FULL}                                   {FULL}\n"
            "Le Bailleur                               Le Preneur"
        ),
    ),
    (
        "fr",
        "contract",
        "État des lieux d'entrée réalisé le {DATE} en présence de {FULL} (locataire) et de {FIRST}, agent de {ORG}.",
    ),
    (
        "fr",
        "contract",
        "Statuts : les associés, {FULL}, {FULL} et la société {ORG}, conviennent de nommer {FULL} première gérante.",
    ),
    (
        "fr",
        "contract",
        "Cession de parts : M. {REV} cède à Mme {LAST} cent parts de la SCI Les Tilleuls.",
    ),
    (
        "fr",
        "contract",
        "Pacte d'associés : en cas de décès de {FULL#a}, les héritiers de {LAST#a} proposent leurs parts à {FULL}.",
    ),
    (
        "fr",
        "contract",
        "Accord de confidentialité signé par {FULL} pour {ORG} et par {FULL} pour {ORG}.",
    ),
    (
        "fr",
        "contract",
        "Procuration donnée par {FULL_3} à {FULL} devant Me {LAST}, notaire à {PLACE}.",
    ),
]
