"""Legal and notarial texts, bank and insurance, invoices, complaints."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "legal",
        (
            "TRIBUNAL JUDICIAIRE DE PARIS\n"
            "DEMANDEUR : Monsieur {FULL_LASTCAPS}, ayant pour avocat Me {FULL_LASTCAPS}\n"
            "DÉFENDEUR : {ORG}, représentée par Me {FULL_LASTCAPS}"
        ),
    ),
    (
        "fr",
        "legal",
        "L'an deux mille vingt-quatre et le {DATE}, à la requête de Madame {FULL_3}, je, {FULL}, commissaire de justice à {PLACE}, ai signifié",
    ),
    (
        "fr",
        "legal",
        "Par-devant Maître {FULL}, notaire à {PLACE}, ont comparu : Monsieur {FULL_3}, retraité, et Madame {FULL_3}, son épouse, née {LAST}.",
    ),
    (
        "fr",
        "legal",
        "Attendu que {LAST#a} soutient que {LAST} a manqué à ses obligations ; que {LAST#a} n'en rapporte pas la preuve ;",
    ),
    (
        "fr",
        "legal",
        "COUR D'APPEL DE RENNES – Arrêt n° {NUM} – {LAST_CAPS} c/ {ORG} – Présidente : Mme {LAST_CAPS}, Conseillers : M. {LAST_CAPS} et Mme {LAST_CAPS}, Greffier : M. {LAST_CAPS}",
    ),
    (
        "fr",
        "legal",
        "Les époux {LAST} ont acquis de M. {LAST} un immeuble sis {ADDRESS}.",
    ),
    (
        "fr",
        "legal",
        "Le de cujus laisse pour lui succéder ses trois enfants : {FIRST#a}, {FIRST} et {FIRST}, le premier nommé, {FIRST#a}, renonçant à la succession.",
    ),
    (
        "fr",
        "legal",
        "Consorts {LAST} contre syndicat des copropriétaires de la résidence Les Lilas",
    ),
    (
        "fr",
        "legal",
        "Procès-verbal d'audition. Nous, {FULL}, brigadier-chef, entendons la nommée {REV_CAPS}, qui déclare : « J'ai vu {FIRST_M} sortir avec la caisse. »",
    ),
    (
        "fr",
        "legal",
        "Constat dressé à la demande de M. {LAST}, en présence de MM. {LAST} et {LAST}, voisins.",
    ),
    (
        "fr",
        "legal",
        "Ordonnance de référé : condamne la SARL {ORG} à verser à {FULL} la somme provisionnelle de {AMOUNT}.",
    ),
    (
        "fr",
        "legal",
        "Mise en demeure à M. {FULL_LASTCAPS} et Mme {FULL_LASTCAPS}, pris en qualité de cautions de {ORG}.",
    ),
    (
        "fr",
        "legal",
        "Jugement de divorce entre {FULL_M#a} et {FULL_F}. L'autorité parentale sur {FIRST} et {FIRST} est exercée conjointement. M. {LAST#a} versera {AMOUNT}.",
    ),
    (
        "fr",
        "legal",
        "Acte de décès de {REV_3}, veuf de {FULL_F}, dressé sur la déclaration de {FULL}, employé des pompes funèbres.",
    ),
    (
        "fr",
        "legal",
        "MINUTE N° {REF}. Audience tenue par {FULL}, vice-présidente, assistée de {FULL}, greffière.",
    ),
    (
        "fr",
        "legal",
        "Clause pénale. Si {LAST} ne signe pas l'acte authentique, il versera à {LAST} dix pour cent du prix.",
    ),
    (
        "fr",
        "legal",
        "Statuant publiquement, le conseil de prud'hommes dit que le licenciement de Mme {LAST_CAPS} est sans cause réelle et sérieuse.",
    ),
    (
        "fr",
        "legal",
        (
            "Pièce n° 1 : contrat de {FULL}\n"
            "Pièce n° 2 : attestation de {FULL}\n"
            "Pièce n° 3 : courriel de {INIT} du {DATE}\n"
            "Pièce n° 4 : extrait Kbis {ORG}"
        ),
    ),
    (
        "fr",
        "legal",
        "Testament olographe : je lègue ma maison à ma nièce {FULL_LASTCAPS} et mon piano à {FIRST_M}, mon filleul.",
    ),
    (
        "fr",
        "legal",
        "Vu la requête enregistrée le {DATE}, présentée par M. {INIT_CAPS}, demeurant à {PLACE}, tendant à l'annulation de l'arrêté du maire de Vire ;",
    ),
    (
        "fr",
        "legal",
        "Origine de propriété : bien acquis de Monsieur et Madame {FULL_M} suivant acte reçu par Maître {LAST}, prédécesseur du notaire soussigné.",
    ),
    (
        "fr",
        "legal",
        "Le rapport de l'expert judiciaire, M. {FULL}, conclut que les désordres affectant la toiture de Mme {LAST} proviennent des travaux de {ORG}.",
    ),
    (
        "fr",
        "legal",
        "Les sieurs {LAST}, {LAST} et la dame {LAST}, veuve {LAST}",
    ),
    (
        "fr",
        "legal",
        "Tutelle de {FULL#a} : Mme {FULL}, mandataire judiciaire, rend compte. Le compte de M. {LAST#a} présente un solde de {AMOUNT}.",
    ),
    (
        "fr",
        "legal",
        "Affaire {LAST} : relaxe. Affaire {LAST} : renvoi au {DATE}. Affaire {ORG} : radiation.",
    ),
    (
        "fr",
        "invoice",
        (
            "Facture {REF}\n"
            "Doit : {FULL}\n"
            "{ADDRESS}\n"
            "Main-d'œuvre 3 h ......... {AMOUNT}\n"
            "Fournitures .............. {AMOUNT}"
        ),
    ),
    (
        "fr",
        "invoice",
        (
            "DEVIS n° {REF} établi par {FIRST} pour M. et Mme {LAST}\n"
            "Pose d'une porte Velux, reprise d'enduit\n"
            "Validité : 1 mois"
        ),
    ),
    (
        "fr",
        "invoice",
        "Bonjour, je suis {FULL}. Ma {PRODUCT} achetée chez vous le {DATE} est tombée en panne. Votre vendeur {FIRST} m'avait garanti un échange. Je veux parler à son chef !",
    ),
    (
        "fr",
        "invoice",
        "SAV : appel de Mme {LAST} (réf {REF}). Technicien {FIRST} envoyé le {DATE}. Cliente toujours mécontente, veut voir {LAST}.",
    ),
    (
        "fr",
        "invoice",
        ("Avis Google ★☆☆☆☆\n{FULL}\nAccueil déplorable, seule {FIRST} a été aimable. À fuir !"),
    ),
    (
        "fr",
        "invoice",
        "Avis client : « Très satisfait, merci à {FIRST} et à toute l'équipe de {ORG} » – {FIRST_I}",
    ),
    (
        "fr",
        "invoice",
        (
            "Client : {FULL_REV}\n"
            "Véhicule : {PRODUCT}, 87 400 km\n"
            "Réceptionnaire : {FIRST}\n"
            "Mécanicien : {LAST}\n"
            "Travaux : distribution, plaquettes avant"
        ),
    ),
    (
        "fr",
        "invoice",
        (
            "RELANCE N° 3\n"
            "M. {FULL_LASTCAPS}\n"
            "Solde dû : {AMOUNT}\n"
            "À défaut, transmission à notre huissier, Me {LAST}."
        ),
    ),
    (
        "fr",
        "invoice",
        (
            "Bon de livraison {REF}\n"
            "Livré à : {ORG}, à l'attention de {FULL}\n"
            "Reçu par : {LAST}\n"
            "Chauffeur : {FIRST}\n"
            "Réserves : néant"
        ),
    ),
    (
        "fr",
        "invoice",
        "Ordre de réparation – client {FULL_CAPS} – appelant {FIRST} – problème : courroie",
    ),
    (
        "fr",
        "invoice",
        "Commande {REF} au nom de {LAST}, à livrer chez {LAST}, {ADDRESS}",
    ),
    (
        "fr",
        "invoice",
        "Je demande le remboursement de ma commande. Signé : une cliente furieuse, {FULL_F}.",
    ),
    (
        "fr",
        "invoice",
        "Merci de facturer le cours particulier de {FIRST} à son père, {FULL_M}, et non à {ORG}.",
    ),
    (
        "fr",
        "invoice",
        "Chambre 14, M. {LAST}, 2 nuits, petit-déjeuner, taxe de séjour : {AMOUNT}",
    ),
    (
        "fr",
        "invoice",
        "Artisan : {FULL}, {JOB}, {ADDRESS}. Client : SCI Rose. Acompte reçu de {FULL}.",
    ),
    (
        "fr",
        "invoice",
        "Reçu de {FULL_M} la somme de {AMOUNT} en espèces pour la vente d'un vélo. {FULL}",
    ),
    (
        "fr",
        "invoice",
        "Réclamation téléphonique – appelante : Mme {LAST} – motif : Livraison incomplète – suite donnée : Avoir – conseiller : {FIRST}",
    ),
    (
        "fr",
        "bank",
        "Titulaire : M. {FULL_LASTCAPS} – Compte chèque – Agence de {PLACE}",
    ),
    (
        "fr",
        "bank",
        "Votre conseillère, {FULL_F}, vous propose un rendez-vous pour faire le point sur votre Assurance Vie.",
    ),
    (
        "fr",
        "bank",
        "Déclaration de sinistre. Conducteur : {FULL}. Passagers : {FULL}, {FIRST} (6 ans). Tiers : {FULL}, assuré chez {ORG}.",
    ),
    (
        "fr",
        "bank",
        "Bénéficiaires en cas de décès : mon conjoint {FULL}, à défaut mes enfants {FIRST} et {FIRST}, à défaut mes héritiers.",
    ),
    (
        "fr",
        "bank",
        ("VIREMENT DE {FULL_CAPS}\nMOTIF : CADEAU NOEL\nMONTANT : {AMOUNT}"),
    ),
    (
        "fr",
        "bank",
        "Opposition carte Visa Premier de Mme {REV_CAPS}, agent {INIT}",
    ),
    (
        "fr",
        "bank",
        "Prêt immobilier : emprunteurs {FULL} et {FULL}, garantie Crédit Logement, courtier {FULL} ({ORG})",
    ),
    (
        "fr",
        "bank",
        "L'expert mandaté par {ORG}, M. {LAST}, passera chez {LAST} le {DATE}.",
    ),
    (
        "fr",
        "bank",
        "Alerte fraude : trois virements de {FULL} vers un compte ouvert au nom d'une certaine {FULL}. À valider par {LAST}.",
    ),
    (
        "fr",
        "bank",
        "Chèque n° {REF} de {AMOUNT} à l'ordre de {FULL}",
    ),
    (
        "fr",
        "bank",
        "Prélèvement rejeté : débiteur {REV_CAPS}, créancier Harmonie Mutuelle",
    ),
    (
        "fr",
        "bank",
        "KYC – Bénéficiaire effectif : {FULL} (62 %), {FULL} (38 %). Dirigeant : {FULL}. PPE : non.",
    ),
    (
        "fr",
        "bank",
        "Bonjour {FIRST}, le dossier {LAST} est passé en comité, {LAST} a dit oui sous réserve de l'hypothèque.",
    ),
    (
        "fr",
        "bank",
        "Constat amiable : le véhicule A ({PRODUCT}, {FULL}) a percuté le véhicule B ({PRODUCT}, {FULL}) rue Gambetta. Témoin : {FULL}.",
    ),
]
