"""Clinical letters, reports, prescriptions, duty rosters and ward notes."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "clinical",
        (
            "Cher confrère,\n"
            "Je vous remercie de m'avoir adressé Mme {FULL_LASTCAPS}, 67 ans, pour une dyspnée d'effort. L'examen retrouve un souffle systolique.\n"
            "Bien confraternellement,\n"
            "Dr {FULL}"
        ),
    ),
    (
        "fr",
        "clinical",
        (
            "COMPTE RENDU D'HOSPITALISATION\n"
            "Patient : {FULL_REV}\n"
            "Né le {DATE}\n"
            "Médecin traitant : Dr {LAST_CAPS}\n"
            "Motif : chute à domicile"
        ),
    ),
    (
        "fr",
        "clinical",
        "Monsieur {FULL_REV}, né le {DATE}, a été hospitalisé dans le service du Pr {LAST} du {DATE} au {DATE}.",
    ),
    (
        "fr",
        "clinical",
        (
            "Service de Cardiologie – Chef de service : Pr {INIT_CAPS}\n"
            "Praticiens : Dr {INIT_CAPS}, Dr {INIT_CAPS}, Dr {INIT_CAPS}\n"
            "Internes : {FULL}, {FULL}\n"
            "Cadre de santé : Mme {INIT_CAPS}\n"
            "Secrétariat : {PHONE}"
        ),
    ),
    (
        "fr",
        "clinical",
        "Opérateur : {INIT_CAPS}   Aide : {INIT_CAPS}   Anesthésiste : {INIT_CAPS}   IADE : {FIRST}",
    ),
    (
        "fr",
        "clinical",
        ("Internes : {LAST}, {LAST}, {LAST}\nExternes : {FIRST}, {FIRST}, {FIRST}, {FIRST}"),
    ),
    (
        "fr",
        "clinical",
        (
            "Dr {FULL_CAPS}\n"
            "Médecine générale\n"
            "{ADDRESS}\n"
            "\n"
            "Mme {FULL}\n"
            "Doliprane 1 g : 1 cp x 3 par jour pendant 5 jours\n"
            "Ventoline si besoin"
        ),
    ),
    (
        "fr",
        "clinical",
        (
            "Ordonnance établie par le Docteur {LAST} pour l'enfant {FULL}, 14 kg.\n"
            "Augmentin 100 mg/ml, dose poids 14 kg, 3 fois par jour, 8 jours"
        ),
    ),
    (
        "fr",
        "clinical",
        "Brancardage 14 h 10 : M. {LAST_CAPS} ch. 212 > scanner. Retour prévu 15 h. {FIRST} prévenu.",
    ),
    (
        "fr",
        "clinical",
        (
            "Transmissions de nuit\n"
            "Ch. 4 : Mme {LAST} agitée vers 3 h, Dr {LAST} appelé, Risperdal donné.\n"
            "Ch. 7 : M. {LAST} RAS.\n"
            "Ch. 9 : entrée de Mme {LAST}, fracture du col.\n"
            "IDE : {FIRST} / AS : {FIRST}"
        ),
    ),
    (
        "fr",
        "clinical",
        (
            "Chambre 12 : {LAST_CAPS} – pansement à refaire\n"
            "Chambre 13 : {LAST_CAPS} – à jeun\n"
            "Chambre 14 : lit vide\n"
            "Chambre 15 : {LAST_CAPS} – sortie à 11 h, ambulance Jussieu"
        ),
    ),
    (
        "fr",
        "clinical",
        "Garde du week-end : senior Dr {LAST}, interne {FULL}, IDE {FIRST} et {FIRST}.",
    ),
    (
        "fr",
        "clinical",
        "Staff du {DATE} : dossier {LAST_CAPS} présenté par {FULL} ; dossier {LAST_CAPS} présenté par {INIT}. Décision collégiale : chimiothérapie type FOLFOX.",
    ),
    (
        "fr",
        "clinical",
        "RCP – Présents : Dr {LAST}, Dr {LAST}, Pr {LAST}, Dr {DOUBLE} (radiothérapie), Dr {INIT} (anapath).",
    ),
    (
        "fr",
        "clinical",
        "La patiente, Mme {FULL_F#a}, est accompagnée de sa fille. Mme {LAST_CAPS#a} se plaint de céphalées depuis trois semaines. Pas de raideur de nuque, signe de Kernig négatif.",
    ),
    (
        "fr",
        "clinical",
        "Vu en consultation ce jour M {FULL_REV}. ATCD : HTA, BPCO, maladie de Crohn. Ttt : Kardégic, Tahor, Lévothyrox.",
    ),
    (
        "fr",
        "clinical",
        "mr {rev_low} 58 ans fumeur adressé par dr {last_low} pour toux chronique",
    ),
    (
        "fr",
        "clinical",
        "Fait marquant : M. {LAST} a refusé les soins. Le Dr {LAST} en a informé l'épouse, {FIRST_F}.",
    ),
    (
        "fr",
        "clinical",
        "Copies : Dr {FULL}, {PLACE} ; Dr {FULL}, {PLACE} ; le patient",
    ),
    (
        "fr",
        "clinical",
        "Dicté par le Dr {LAST_CAPS}, tapé par {INIT_CAPS}, validé le {DATE}",
    ),
    (
        "fr",
        "clinical",
        "Compte-rendu signé électroniquement par {FULL_REV}, interne, sous la responsabilité du Docteur {FULL_REV}",
    ),
    (
        "fr",
        "clinical",
        "Anatomie pathologique : prélèvement n° {REF}, M. {LAST}. Examen lu par le Dr {LAST} et relu par le Pr {LAST} (institut Curie).",
    ),
    (
        "fr",
        "clinical",
        "Échographie réalisée par {FULL}, sage-femme. Grossesse de Mme {LAST} née {LAST}, terme prévu le {DATE}.",
    ),
    (
        "fr",
        "clinical",
        "Maternité : naissance de {FIRST_F}, 3 kg 250, fille de {FULL_F} et de {FULL_M}. Apgar 10/10.",
    ),
    (
        "fr",
        "clinical",
        (
            "EHPAD Les Glycines – Relève\n"
            "Mme {LAST}, apathique, a peu mangé.\n"
            "Mme {LAST} réclame sa fille.\n"
            "Kiné passé pour M. {LAST}."
        ),
    ),
    (
        "fr",
        "clinical",
        "Personne de confiance : {FULL} (fils) – Tutrice : Mme {FULL_F}, UDAF",
    ),
    (
        "fr",
        "clinical",
        "Merci au Dr {INIT} de revoir M. {LAST} à 3 mois, et à Mme {FULL}, infirmière libérale, de poursuivre les pansements.",
    ),
    (
        "fr",
        "clinical",
        "IDE de coordination : {FULL} – Assistante sociale : {FULL} – Psychologue : {FULL} (mardi et jeudi)",
    ),
    (
        "fr",
        "clinical",
        ("Pr. {LAST_CAPS}\nDr. {LAST_CAPS}\nDr. {LAST_CAPS}\nMlle {LAST_CAPS} (interne)"),
    ),
    (
        "fr",
        "clinical",
        (
            "Consultations externes\n"
            "Dr {FULL} lundi matin\n"
            "Dr {FULL} mardi\n"
            "Pr {FULL} sur rendez-vous (secrétaire : {FIRST}, poste 4412)"
        ),
    ),
    (
        "fr",
        "clinical",
        "SMUR arrivé à 22 h 14. Médecin régulateur : {LAST}. Équipage : {LAST}, {LAST}, {FIRST}. Patient : homme d'environ 40 ans, identité inconnue.",
    ),
    (
        "fr",
        "clinical",
        "Certificat médical : je soussignée, Dr {FULL}, certifie que l'état de santé de {FULL} ne contre-indique pas la pratique du judo.",
    ),
    (
        "fr",
        "clinical",
        "Bilan orthophonique de {FIRST#a} du {DATE}. {FIRST#a} est en CE1 ; sa maîtresse, Mme {LAST}, signale des confusions.",
    ),
    (
        "fr",
        "clinical",
        "Psychiatrie : M. {LAST#a} évoque son frère {FIRST_M} et son ex-compagne {FIRST_F}. M. {LAST#a} nie toute idée suicidaire.",
    ),
    (
        "fr",
        "clinical",
        "Cabinet dentaire {PLACE} – Patient {FULL} – Dents 36 et 37 – Dr {LAST}",
    ),
    (
        "fr",
        "clinical",
        "Transfert de Mme {REV_CAPS} vers l'hôpital Cochin, ambulancier : {FIRST}. Dossier remis à l'interne, {INIT}.",
    ),
    (
        "fr",
        "clinical",
        "Kinésithérapie : {FULL}, 12 séances, prescription du Dr {LAST} pour syndrome rotulien.",
    ),
    (
        "fr",
        "clinical",
        "Labo : résultats de {FULL_CAPS}, prescripteur {FULL_CAPS}, hémoglobine 11,2 g/dl",
    ),
    (
        "fr",
        "clinical",
        "Bloc 3 – 08:00 {LAST_CAPS} (Dr {LAST}) PTH droite ; 10:30 {LAST_CAPS} (Dr {LAST}) cholécystectomie ; 13:00 urgence éventuelle",
    ),
    (
        "fr",
        "clinical",
        "Vaccination : {FIRST} 2 doses, {FIRST} 1 dose, {FIRST} refus parental",
    ),
    (
        "fr",
        "clinical",
        "A la demande de {INIT_CAPS}, avis neuro pris auprès de {INIT_CAPS} et {INIT_CAPS} : IRM en urgence.",
    ),
    (
        "fr",
        "clinical",
        "Dr {FULL} (Ophtalmologie), Dr {FULL} (ORL) et Mme {FULL} (orthoptiste) déclarent l'absence de lien d'intérêt.",
    ),
    (
        "fr",
        "clinical",
        "Évolution : depuis la visite du Dr {LAST}, la fièvre a cédé. Mme {LAST} souhaite rentrer. On rappelle M. {LAST}, son gendre.",
    ),
    (
        "fr",
        "clinical",
        (
            "Service du Professeur {FULL}\n"
            "Unité Laënnec, 3e étage\n"
            "Secrétariat : Mesdames {LAST} et {LAST}"
        ),
    ),
    (
        "fr",
        "clinical",
        "Je vous adresse votre patient {FULL#a}, âgé de 8 ans, amené par sa grand-mère. {FIRST#a} présente depuis hier une éruption prurigineuse.",
    ),
    (
        "fr",
        "clinical",
        "Décès constaté à 4 h 35 de {FULL_REV} par le Dr {INIT}. Famille prévenue ({FIRST}, nièce).",
    ),
    (
        "fr",
        "clinical",
        "Étude observationnelle : investigateur principal {FULL} ; co-investigateurs {FULL}, {FULL}, {FULL} ; promoteur {ORG}.",
    ),
    (
        "fr",
        "clinical",
        "Staff 8h : {first_low} présente mme {last_low}, {first_low} fait le point lits",
    ),
    (
        "fr",
        "clinical",
        "Demande d'avis gériatrique – Mme {FULL_REV} – Demandeur : {FULL_REV} (urgences)",
    ),
    (
        "fr",
        "clinical",
        (
            "Mme {FULL_REV}\n"
            "Age : 81 ans\n"
            "Entrée : {DATE}\n"
            "Sortie : {DATE}\n"
            "Rédacteur : Dr {FULL_REV}"
        ),
    ),
]
