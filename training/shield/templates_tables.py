"""CSV, TSV, JSON, YAML, XML, Markdown tables and exports with names in columns."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "table",
        (
            "nom;prenom;service\n"
            "{LAST};{FIRST};Achats\n"
            "{LAST};{FIRST};Production\n"
            "{LAST};{FIRST};Maintenance"
        ),
    ),
    (
        "fr",
        "table",
        (
            "NOM;PRENOM;DATE_NAISSANCE;VILLE\n"
            "{LAST_CAPS};{FIRST_CAPS};{DATE};Angers\n"
            "{LAST_CAPS};{FIRST_CAPS};{DATE};Laval\n"
            "{LAST_CAPS};{FIRST_CAPS};{DATE};Nancy"
        ),
    ),
    (
        "fr",
        "table",
        (
            "matricule,nom,prenom,poste,site\n"
            "00412,{LAST},{FIRST},{JOB},{PLACE}\n"
            "00415,{LAST},{FIRST},{JOB},{PLACE}\n"
            "00477,{DOUBLE},{FIRST},{JOB},{PLACE}"
        ),
    ),
    (
        "fr",
        "table",
        ("prenom,nom,email\n{first_low},{last_low},{EMAIL}\n{first_low},{last_low},{EMAIL}"),
    ),
    (
        "fr",
        "table",
        (
            "id|client|commercial|montant\n"
            "1|{ORG}|{FULL}|{AMOUNT}\n"
            "2|{ORG}|{FULL}|{AMOUNT}\n"
            "3|{ORG}|{FULL}|{AMOUNT}"
        ),
    ),
    (
        "fr",
        "table",
        (
            "{LAST_CAPS};{FIRST};F;CDI\n"
            "{LAST_CAPS};{FIRST};M;CDD\n"
            "{LAST_CAPS};{FIRST};F;CDI\n"
            "{LAST_CAPS};{FIRST};M;Intérim"
        ),
    ),
    (
        "fr",
        "table",
        ("{LAST},{FIRST},12,15,09\n{LAST},{FIRST},14,11,17\n{LAST},{FIRST},08,ABS,10"),
    ),
    (
        "fr",
        "table",
        (
            '"Nom","Prénom","Adresse","Téléphone"\n'
            '"{LAST}","{FIRST}","{ADDRESS}","{PHONE}"\n'
            '"{LAST}","{FIRST}","{ADDRESS}","{PHONE}"'
        ),
    ),
    (
        "fr",
        "table",
        ("Salarié;Congés pris;Solde\n{FULL_REV};12;13\n{FULL_REV};25;0\n{FULL_REV};7,5;17,5"),
    ),
    (
        "fr",
        "table",
        (
            "collaborateur,manager,date_entretien\n"
            "{full_low},{full_low},{DATE}\n"
            "{full_low},{full_low},{DATE}"
        ),
    ),
    (
        "fr",
        "table",
        (
            "Nom\tPrénom\tClasse\tMoyenne\n"
            "{LAST}\t{FIRST}\t4B\t12,4\n"
            "{LAST}\t{FIRST}\t4B\t15,1\n"
            "{LAST}\t{FIRST}\t4B\t9,8"
        ),
    ),
    (
        "fr",
        "table",
        (
            "{first_low}\t{last_low}\t{PHONE}\n"
            "{first_low}\t{last_low}\t{PHONE}\n"
            "{first_low}\t{last_low}\tpas de tel"
        ),
    ),
    (
        "fr",
        "table",
        (
            "Date;Chauffeur;Véhicule;Km\n"
            "{DATE};{LAST};Trafic;212\n"
            "{DATE};{LAST};Master;87\n"
            "{DATE};{LAST};Kangoo;145"
        ),
    ),
    (
        "fr",
        "table",
        (
            "Projet;Pilote;Statut\n"
            "Orion;{FIRST};En cours\n"
            "Vénus;{FIRST} / {FIRST};Clos\n"
            "Mercure;{FIRST};Retard"
        ),
    ),
    (
        "fr",
        "table",
        '{"nom": "{LAST}", "prenom": "{FIRST}", "ville": "{PLACE}"}',
    ),
    (
        "fr",
        "table",
        '[{"id": 1, "fullName": "{FULL}"}, {"id": 2, "fullName": "{FULL}"}]',
    ),
    (
        "fr",
        "table",
        (
            "{\n"
            '  "employe": {\n'
            '    "nom": "{LAST_CAPS}",\n'
            '    "prenom": "{FIRST}",\n'
            '    "poste": "{JOB}",\n'
            '    "responsable": "{FULL}"\n'
            "  }\n"
            "}"
        ),
    ),
    (
        "fr",
        "table",
        '{"auteur":"{full_low}","relecteurs":["{full_low}","{full_low}"],"titre":"Note de cadrage"}',
    ),
    (
        "fr",
        "table",
        '{"participants": ["{FULL}", "{FULL}", "{FULL}"], "lieu": "Salle Descartes"}',
    ),
    (
        "fr",
        "table",
        '{"contact":{"civilite":"Mme","nom":"{LAST}","prenom":"{FIRST_F}","societe":"{ORG}"}}',
    ),
    (
        "fr",
        "table",
        ("client:\n  nom: {LAST}\n  prenom: {FIRST}\n  societe: {ORG}\n  ville: {PLACE}"),
    ),
    (
        "fr",
        "table",
        ("equipe:\n  - {FULL}\n  - {FULL}\n  - {FULL}\nlead: {FULL}\nprojet: Migration {PRODUCT}"),
    ),
    (
        "fr",
        "table",
        (
            "astreinte:\n"
            "  semaine_12: {first_low}\n"
            "  semaine_13: {first_low}\n"
            "  semaine_14: {first_low}"
        ),
    ),
    (
        "fr",
        "table",
        "<contact><nom>{LAST_CAPS}</nom><prenom>{FIRST}</prenom><societe>{ORG}</societe></contact>",
    ),
    (
        "fr",
        "table",
        (
            "<Facture>\n"
            "  <Client>{FULL}</Client>\n"
            "  <Vendeur>{INIT}</Vendeur>\n"
            "  <Total>{AMOUNT}</Total>\n"
            "</Facture>"
        ),
    ),
    (
        "fr",
        "table",
        "<td>{FULL}</td><td>{JOB}</td><td>{FULL}</td>",
    ),
    (
        "fr",
        "table",
        (
            "| Nom | Prénom | Fonction |\n"
            "|---|---|---|\n"
            "| {LAST} | {FIRST} | {JOB} |\n"
            "| {LAST} | {FIRST} | {JOB} |"
        ),
    ),
    (
        "fr",
        "table",
        (
            "| Tâche | Qui | Quand |\n"
            "|:--|:--:|--:|\n"
            "| Maquette | {FIRST} | {DATE} |\n"
            "| Tests | {FIRST}, {FIRST} | {DATE} |\n"
            "| Mise en production | {FULL} | {DATE} |"
        ),
    ),
    (
        "fr",
        "table",
        (
            "| # | Candidat | Avis |\n"
            "|---|----------|------|\n"
            "| 1 | {FULL_REV} | Favorable |\n"
            "| 2 | {FULL_REV} | Réservé |"
        ),
    ),
    (
        "fr",
        "table",
        (
            "Client,Facture,Échéance,Montant\n"
            "M. {FULL},{REF},{DATE},{AMOUNT}\n"
            "Mme {FULL},{REF},{DATE},{AMOUNT}\n"
            "SARL {ORG},{REF},{DATE},{AMOUNT}"
        ),
    ),
    (
        "fr",
        "table",
        (
            "login;nom complet;groupe\n"
            "{REF};{FULL};admin\n"
            "{REF};{FULL};lecture\n"
            "{REF};compte de service;batch"
        ),
    ),
    (
        "fr",
        "table",
        ("Ligne 1 : {LAST} ; {FIRST} ; {AMOUNT}\nLigne 2 : {LAST} ; {FIRST} ; {AMOUNT}"),
    ),
    (
        "fr",
        "table",
        (
            "civ;nom;prenom;cp;ville\n"
            "M;{LAST_CAPS};{FIRST_M};75011;PARIS\n"
            "MME;{LAST_CAPS};{FIRST_F};38200;VIENNE\n"
            "MME;{LAST_CAPS};{FIRST_F};54000;NANCY\n"
            "M;{LAST_CAPS};{FIRST_M};35000;RENNES"
        ),
    ),
    (
        "fr",
        "table",
        (
            "Bénéficiaire ; Date ; Don\n"
            "{FULL} ; {DATE} ; {AMOUNT}\n"
            "Anonyme ; {DATE} ; {AMOUNT}\n"
            "{ORG} ; {DATE} ; {AMOUNT}"
        ),
    ),
    (
        "fr",
        "table",
        (
            "{FULL_REV}     {DATE}   07:58   16:32\n"
            "{FULL_REV}     {DATE}   08:01   16:45\n"
            "{FULL_REV}     {DATE}   --:--   --:--"
        ),
    ),
    (
        "fr",
        "table",
        (
            "NOM            PRENOM         NET A PAYER\n"
            "{LAST_CAPS}         {FIRST_CAPS}        1 845,12\n"
            "{LAST_CAPS}         {FIRST_CAPS}        2 012,77\n"
            "TOTAL                         3 857,89"
        ),
    ),
    (
        "fr",
        "table",
        ("N° adhérent,Adhérent,Section\n1024,{REV},Judo\n1025,{REV},Judo\n1031,{REV},Tir à l'arc"),
    ),
    (
        "fr",
        "table",
        (
            "Réf.;Titre;Auteur\n"
            "{REF};Le jardin d'hiver;{FULL}\n"
            "{REF};Mémoire d'atelier;{FULL}\n"
            "{REF};Actes du colloque;collectif"
        ),
    ),
    (
        "fr",
        "table",
        (
            "2024-03-01,entrée,{full_low},porte nord\n"
            "2024-03-01,sortie,{full_low},porte nord\n"
            "2024-03-01,entrée,{full_low},quai 2"
        ),
    ),
    (
        "fr",
        "table",
        "INSERT INTO salaries (nom, prenom, ville) VALUES ('{LAST}', '{FIRST}', 'Lyon'), ('{LAST}', '{FIRST}', 'Paris');",
    ),
    (
        "fr",
        "table",
        "UPDATE clients SET nom = '{LAST}' WHERE nom = '{LAST}' AND prenom = '{FIRST}';",
    ),
    (
        "fr",
        "table",
        (
            "nom_naissance;nom_usage;prenoms\n"
            "{LAST_CAPS};{LAST_CAPS};{FIRST_F}\n"
            "{LAST_CAPS};;{FIRST_M}"
        ),
    ),
    (
        "fr",
        "table",
        (
            "eleve;responsable 1;responsable 2\n"
            "{REV};{FULL};{FULL}\n"
            "{REV};{FULL};\n"
            "{REV};Mme {LAST};M. {LAST}"
        ),
    ),
    (
        "fr",
        "table",
        (
            "Technicien,Intervention,Client,Ville\n"
            "{INIT},Ramonage,M. {LAST},Vire\n"
            "{INIT},Dépannage,Mme {LAST},Flers\n"
            "{INIT},Entretien,{ORG},Caen"
        ),
    ),
    (
        "fr",
        "table",
        (
            "resp,backup,application\n"
            "{first_low},{first_low},paie\n"
            "{first_low},{first_low},{PRODUCT}\n"
            "{first_low},aucun,intranet"
        ),
    ),
    (
        "fr",
        "table",
        (
            "Heure | Salle | Intervenant\n"
            "09:00 | Curie | {FULL}\n"
            "10:30 | Pasteur | {FULL}, {FULL}\n"
            "14:00 | Curie | Table ronde"
        ),
    ),
    (
        "fr",
        "table",
        (
            "Bonjour, voici l'export demandé :\n"
            "{REV_CAPS};{EMAIL};{PHONE}\n"
            "{REV_CAPS};{EMAIL};{PHONE}\n"
            "{REV_CAPS};{EMAIL};{PHONE}\n"
            "Tu peux trier par ville ?"
        ),
    ),
    (
        "fr",
        "table",
        (
            "Voici mon tableau, ajoute une colonne « Ancienneté » :\n"
            "Prénom,Nom,Date d'entrée\n"
            "{FIRST},{LAST},{DATE}\n"
            "{FIRST},{LAST},{DATE}\n"
            "{FIRST},{LAST},{DATE}"
        ),
    ),
    (
        "fr",
        "table",
        "vendeur={last_low}&client={last_low}&mois=mai",
    ),
    (
        "fr",
        "table",
        "{FULL},{FULL},{FULL},{FULL}",
    ),
    (
        "fr",
        "table",
        "{REV};{REV};{REV}",
    ),
    (
        "fr",
        "table",
        ("Tuteur,Apprenti,Diplôme\n{FULL},{FULL},CAP Boulanger\n{FULL},{FULL},BP Coiffure"),
    ),
    (
        "fr",
        "table",
        (
            '"{LAST_CAPS}, {FIRST}","Comptable","{PLACE}"\n'
            '"{LAST_CAPS}, {FIRST}","Chef de projet","{PLACE}"'
        ),
    ),
    (
        "fr",
        "table",
        (
            "Compte;Libellé;Débit;Crédit\n"
            "411 {LAST_CAPS};Facture {REF};{AMOUNT};\n"
            "421000;Salaire {FULL};;{AMOUNT}\n"
            "512000;Virement {ORG};;{AMOUNT}"
        ),
    ),
    (
        "fr",
        "table",
        (
            "{DATE} VIR SEPA RECU DE {REV_CAPS} {AMOUNT}\n"
            "{DATE} PRLV EDF CLIENTS PARTICULIERS {AMOUNT}\n"
            "{DATE} VIR INST {FULL_CAPS} LOYER AVRIL {AMOUNT}\n"
            "{DATE} CARTE CARREFOUR LAVAL {AMOUNT}"
        ),
    ),
    (
        "fr",
        "table",
        ("key,value\nowner,{FULL}\ncreated_by,{FULL}\nstatus,Terminé\ncity,Florence"),
    ),
    (
        "fr",
        "table",
        ("[contact]\nnom = {LAST}\nprenom = {FIRST}\nagence = {PLACE}"),
    ),
    (
        "fr",
        "table",
        (
            "BEGIN:VCARD\n"
            "VERSION:3.0\n"
            "N:{LAST};{FIRST};;;\n"
            "FN:{FULL}\n"
            "ORG:{ORG}\n"
            "TEL:{PHONE}\n"
            "END:VCARD"
        ),
    ),
    (
        "fr",
        "table",
        (
            "SUMMARY:Entretien {FULL}\n"
            "ORGANIZER;CN={FULL}:mailto:{EMAIL}\n"
            "ATTENDEE;CN={FULL};PARTSTAT=ACCEPTED:mailto:{EMAIL}\n"
            "LOCATION:Salle Montaigne"
        ),
    ),
]
