"""Lists, minutes, rosters, org charts, distribution lists, team sheets."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "list",
        (
            "Présents : {FULL}, {FULL}, {INIT}, {FULL_LASTCAPS}\n"
            "Excusés : {FULL}, {FULL}\n"
            "Absents : {LAST}\n"
            "Secrétaire de séance : {FULL}"
        ),
    ),
    (
        "fr",
        "list",
        ("PRÉSENTS\n- {FULL_REV}\n- {FULL_REV}\n- {FULL_REV}\nEXCUSÉE\n- {FULL_REV}"),
    ),
    (
        "fr",
        "list",
        (
            "Compte rendu CSE du {DATE}\n"
            "Étaient présents : Mmes {LAST}, {LAST} et {DOUBLE} ; MM. {LAST}, {LAST}.\n"
            "Absents excusés : M. {LAST} (pouvoir à Mme {LAST})."
        ),
    ),
    (
        "fr",
        "list",
        (
            "Lundi : {FIRST}, {FIRST}\n"
            "Mardi : {FIRST}, {FIRST}\n"
            "Mercredi : {FIRST} / {FIRST}\n"
            "Jeudi : fermé\n"
            "Vendredi : {FIRST}, {FIRST}, {FIRST}"
        ),
    ),
    (
        "fr",
        "list",
        (
            "Planning semaine 12\n"
            "L : {FIRST} 8h-15h / {FIRST} 13h-20h\n"
            "M : {FIRST} 8h-15h / {FIRST} 13h-20h\n"
            "Me : repos {FIRST}\n"
            "J : {FIRST} seul\n"
            "V : {FIRST} + {FIRST}"
        ),
    ),
    (
        "fr",
        "list",
        (
            "Équipe A : {FULL} (capitaine), {FULL}, {FULL}\n"
            "Équipe B : {FULL} (capitaine), {FULL}, {FULL}\n"
            "Arbitre : {INIT}"
        ),
    ),
    (
        "fr",
        "list",
        ("1. {FULL}\n2. {FULL}\n3. {FULL}\n4. {FULL}\n5. {FULL}"),
    ),
    (
        "fr",
        "list",
        (
            "Nom\tPrénom\tService\n"
            "{LAST_CAPS}\t{FIRST}\tAchats\n"
            "{LAST_CAPS}\t{FIRST}\tProduction\n"
            "{LAST_CAPS}\t{FIRST}\tQualité"
        ),
    ),
    (
        "fr",
        "list",
        ("Liste de diffusion :\n{FULL} <{EMAIL}>; {FULL} <{EMAIL}>; {FULL} <{EMAIL}>"),
    ),
    (
        "fr",
        "list",
        "Destinataires : {FULL_REV}; {FULL_REV}; {FULL_REV}; {FULL_REV}",
    ),
    (
        "fr",
        "list",
        (
            "Organigramme\n"
            "Directeur général : {FULL}\n"
            "├── DAF : {FULL}\n"
            "│   ├── Comptabilité : {FULL}\n"
            "│   └── Paie : {FULL}\n"
            "└── Directeur technique : {FULL}\n"
            "    └── Atelier : {INIT}, {INIT}, {INIT}"
        ),
    ),
    (
        "fr",
        "list",
        "Participants : {INIT} (RH), {INIT} (Achats), {INIT} (DSI), {INIT} (invité)",
    ),
    (
        "fr",
        "list",
        ("Groupe 1 : {REV}, {REV}, {REV}\nGroupe 2 : {REV}, {REV}, {REV}"),
    ),
    (
        "fr",
        "list",
        (
            "Élèves absents ce jour (3e C) :\n"
            "{FULL_REV}\n"
            "{FULL_REV}\n"
            "{FULL_REV} (retard)\n"
            "Professeur : Mme {LAST}"
        ),
    ),
    (
        "fr",
        "list",
        (
            "Ordre du jour\n"
            "1. Approbation du PV – {FIRST}\n"
            "2. Budget travaux – {FULL}\n"
            "3. Fête de quartier – {FIRST} et {FIRST}\n"
            "4. Questions diverses"
        ),
    ),
    (
        "fr",
        "list",
        ("{FIRST}/{FIRST}/{FIRST} : inventaire\n{FIRST}/{FIRST} : réassort\n{FIRST} : caisse"),
    ),
    (
        "fr",
        "list",
        (
            "Qui fait quoi\n"
            "* Relecture : {FIRST}\n"
            "* Maquette : {FIRST}, {FIRST}\n"
            "* Impression : {ORG}\n"
            "* Distribution : tout le monde sauf {FIRST}"
        ),
    ),
    (
        "fr",
        "list",
        ("{rev_low}\n{rev_low}\n{rev_low}\n{rev_low}"),
    ),
    (
        "fr",
        "list",
        ("{full_low}, {full_low}, {full_low} : ok\n{full_low} : pas de nouvelle"),
    ),
    (
        "fr",
        "list",
        (
            "À faire\n"
            "[ ] Appeler {FULL}\n"
            "[x] Devis pour M. {LAST}\n"
            "[ ] Relancer {ORG}\n"
            "[ ] Anniversaire de {FIRST}"
        ),
    ),
    (
        "fr",
        "list",
        "Astreintes {DATE} : {LAST} (N1), {LAST} (N2), {LAST} (N3)",
    ),
    (
        "fr",
        "list",
        (
            "Équipage n° 4 : {LAST_CAPS} / {LAST_CAPS}\n"
            "Équipage n° 5 : {LAST_CAPS} / {LAST_CAPS}\n"
            "Équipage n° 6 : {LAST_CAPS} seul"
        ),
    ),
    (
        "fr",
        "list",
        (
            "Conseil d'administration :\n"
            "Président – {FULL_M}\n"
            "Vice-présidente – {FULL_F}\n"
            "Trésorier – {FULL_M}\n"
            "Secrétaire – {FULL_F}\n"
            "Membres – {FULL}, {FULL}, {FULL}"
        ),
    ),
    (
        "fr",
        "list",
        "Convoqués : {FIRST} M., {FIRST} B., {FIRST} D., {FIRST} L.",
    ),
    (
        "fr",
        "list",
        "Convives table 3 : M. et Mme {LAST}, {FULL}, {FIRST} et {FULL}, la famille {LAST}",
    ),
    (
        "fr",
        "list",
        (
            "Copropriétaires présents ou représentés :\n"
            "M. {LAST_CAPS} (125/1000)\n"
            "Mme {LAST_CAPS} (98/1000)\n"
            "M. et Mme {LAST_CAPS} (140/1000)\n"
            "SCI Les Tilleuls (210/1000) représentée par {FULL}\n"
            "Indivision {LAST_CAPS} (77/1000)"
        ),
    ),
    (
        "fr",
        "list",
        (
            "RELEVÉ DE DÉCISIONS\n"
            "Décision 1 : {FIRST} rédige le cahier des charges avant le {DATE}.\n"
            "Décision 2 : {LAST} valide l'enveloppe de {AMOUNT}.\n"
            "Décision 3 : report du point 4 (absence de {INIT})."
        ),
    ),
    (
        "fr",
        "list",
        "Référents sécurité : bâtiment A, {FULL} ; bâtiment B, {FULL} ; entrepôt, {FULL}.",
    ),
    (
        "fr",
        "list",
        (
            "Vacances d'été :\n"
            "{FIRST} du 8 au 26 juillet\n"
            "{FIRST} du 15 juillet au 2 août\n"
            "{FIRST} août complet\n"
            "{FIRST} pas de congés posés"
        ),
    ),
    (
        "fr",
        "list",
        (
            "Pilote : {FULL}\n"
            "Sponsor : {FULL}\n"
            "Contributeurs : {FULL}, {FULL}, {FULL}\n"
            "Informés : Comité de direction"
        ),
    ),
    (
        "fr",
        "list",
        (
            "Responsable | Tâche | Échéance\n"
            "{FIRST} | commander {PRODUCT} | {DATE}\n"
            "{FIRST} | prévenir {LAST} | {DATE}\n"
            "{FIRST} | archiver | {DATE}"
        ),
    ),
    (
        "fr",
        "list",
        "Liste des candidats reçus : {FULL} (14 h), {FULL} (14 h 45), {FULL} (15 h 30). Jury : Mme {LAST}, M. {LAST}, {INIT}.",
    ),
    (
        "fr",
        "list",
        (
            "Covoiturage :\n"
            "voiture 1 : {first_low}, {first_low}, {first_low}\n"
            "voiture 2 : {first_low}, {first_low}\n"
            "train : {first_low}"
        ),
    ),
    (
        "fr",
        "list",
        ("Classement\n1er {FULL} 38'12\n2e {FULL} 38'45\n3e {FULL} 39'02\nAbandon : {FULL}"),
    ),
    (
        "fr",
        "list",
        (
            "Remplaçants : {LAST}, {LAST}, {LAST}. Suspendu : {LAST} (3 matchs).\n"
            "Buteurs : {LAST} (12e, 54e), {LAST} (78e s.p.)"
        ),
    ),
    (
        "fr",
        "list",
        ("RÉF;AFFECTÉ À\n{REF};{FULL}\n{REF};{FULL}\n{REF};à pourvoir"),
    ),
    (
        "fr",
        "list",
        "Trombinoscope : {FIRST}, {JOB} – {FIRST}, {JOB} – {FIRST}, {JOB}",
    ),
    (
        "fr",
        "list",
        (
            "Émargement\n"
            "Nom Prénom Signature\n"
            "{REV_CAPS} ........\n"
            "{REV_CAPS} ........\n"
            "{REV_CAPS} ........"
        ),
    ),
    (
        "fr",
        "list",
        (
            "Contacts utiles\n"
            "Plombier : {FULL} {PHONE}\n"
            "Électricien : {ORG} {PHONE}\n"
            "Gardien : M. {LAST} {PHONE}\n"
            "Mairie : {PHONE}"
        ),
    ),
    (
        "fr",
        "list",
        ("Permanences d'août :\n01-07 {LAST}\n08-14 {LAST}/{LAST}\n15-21 fermeture\n22-31 {LAST}"),
    ),
    (
        "fr",
        "list",
        (
            "Bureau 204 {FULL}\n"
            "Bureau 205 {FULL} / {FULL}\n"
            "Bureau 206 Salle de réunion\n"
            "Bureau 207 {FULL}"
        ),
    ),
    (
        "fr",
        "list",
        "Parrains/filleuls : {FIRST} → {FIRST}, {FIRST} → {FIRST}, {FIRST} → {FIRST}",
    ),
    (
        "fr",
        "list",
        (
            "Points abordés\n"
            "• Retour de {FIRST} sur le salon\n"
            "• Remplacement de M. {LAST}, en arrêt\n"
            "• Fournisseur {ORG} : litige en cours (suivi {FIRST})\n"
            "• Divers"
        ),
    ),
    (
        "fr",
        "list",
        "Ont voté pour : {LAST}, {LAST}, {LAST}, {LAST}. Contre : {LAST}. Abstention : {LAST}, {LAST}.",
    ),
    (
        "fr",
        "list",
        "Tombola : lot 1 {FULL} ; lot 2 {FULL} ; lot 3 {FIRST} (classe de CP) ; lot 4 non réclamé",
    ),
    (
        "fr",
        "list",
        ("Matin : {FIRST} {FIRST} {FIRST}\nAprès-midi : {FIRST} {FIRST}\nNuit : {FIRST}"),
    ),
    (
        "fr",
        "list",
        "Distribution : Mme {LAST} (original), M. {LAST} (copie), archives (copie)",
    ),
    (
        "fr",
        "list",
        ("Rédacteur : {INIT}    Vérificateur : {INIT}    Approbateur : {INIT}\nIndice B – {DATE}"),
    ),
    (
        "fr",
        "list",
        (
            "Réunion de chantier n° 17\n"
            "Maître d'ouvrage : {ORG} – {FULL} – P\n"
            "Architecte : {FULL} – P\n"
            "Lot 01 Gros œuvre : {ORG} – M. {LAST} – A\n"
            "Lot 05 Plomberie : {ORG} – M. {LAST} – E\n"
            "Bureau de contrôle : {ORG} – Mme {LAST} – C"
        ),
    ),
    (
        "fr",
        "list",
        "Correspondants : Nord ({FULL}), Sud ({FULL}), Est (poste vacant), Ouest ({FULL})",
    ),
    (
        "fr",
        "list",
        "Cotisations en retard : {REV} (2023, 2024), {REV} (2024)",
    ),
    (
        "fr",
        "list",
        ("M. {FULL_REV}\nMme {FULL_REV}\nMme {FULL_REV} ép. {LAST_CAPS}\nM. {FULL_REV}"),
    ),
    (
        "fr",
        "list",
        ("{FIRST} – 06h00/14h00\n{FIRST} – 14h00/22h00\n{FIRST} – 22h00/06h00"),
    ),
    (
        "fr",
        "list",
        "{INIT_REV} ; {INIT_REV} ; {INIT_REV} ; {INIT_REV}",
    ),
    (
        "fr",
        "list",
        "Inscrits au stage {PRODUCT} : {REV}, {REV}, {REV}",
    ),
    (
        "fr",
        "list",
        "Anniversaires du mois : {FIRST} (3), {FIRST} (11), {FIRST} et {FIRST} (19), {FIRST} (27)",
    ),
    (
        "fr",
        "list",
        "{FIRST_CAPS}, {FIRST_CAPS} ET {FIRST_CAPS} : RÉUNION SALLE B",
    ),
]
