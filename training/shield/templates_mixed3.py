"""A third round: slot-rich negatives (words, laws, firms, places) and the rarer ways to write a name."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "neg",
        "{WORD} et {WORD} sont deux mots du dictionnaire.",
    ),
    (
        "fr",
        "neg",
        "Le sac « {WORD} » existe en trois tailles.",
    ),
    (
        "fr",
        "neg",
        "Projet {WORD}, phase 2, budget {AMOUNT}",
    ),
    (
        "fr",
        "neg",
        "Salle {WORD}, 2e étage, à droite de l'ascenseur",
    ),
    (
        "fr",
        "neg",
        "Code couleur : {WORD} pour l'urgence, {WORD} pour le reste",
    ),
    (
        "fr",
        "neg",
        "{WORD} : nom commun, masculin ou féminin selon le sens",
    ),
    (
        "fr",
        "neg",
        "La gamme {WORD} remplace la gamme {WORD} au catalogue.",
    ),
    (
        "fr",
        "neg",
        "{WORD} n'est pas un prénom ici, c'est le nom de la peinture.",
    ),
    (
        "fr",
        "neg",
        "La résidence « Le {WORD} » compte 40 lots.",
    ),
    (
        "fr",
        "neg",
        "Le chalutier {WORD} est en cale sèche à Lorient.",
    ),
    (
        "fr",
        "neg",
        "Selon la {LAWNAME}, le plafond est de {AMOUNT}.",
    ),
    (
        "fr",
        "neg",
        "Applique le {LAWNAME} à cet exercice.",
    ),
    (
        "fr",
        "neg",
        "Que dit la {LAWNAME} sur les logements de {PLACE} ?",
    ),
    (
        "fr",
        "neg",
        "{LAWNAME}, {LAWNAME}, {LAWNAME} : cours du mardi",
    ),
    (
        "fr",
        "neg",
        "Le chapitre sur la {LAWNAME} fait douze pages.",
    ),
    (
        "fr",
        "neg",
        "fiche memo {LAWNAME} a imprimer",
    ),
    (
        "fr",
        "neg",
        "J'ai rendez-vous chez {ORG} à {PLACE} le {DATE}.",
    ),
    (
        "fr",
        "neg",
        "{ORG} et {ORG} ont fusionné ; {ORG} reste indépendant.",
    ),
    (
        "fr",
        "neg",
        "On sous-traite à {ORG}, basé {PLACE}.",
    ),
    (
        "fr",
        "neg",
        ("Client : {ORG}\nContact : service Achats\nVille : {PLACE}"),
    ),
    (
        "fr",
        "neg",
        "Facture {ORG} : {AMOUNT}. Avoir {ORG} : {AMOUNT}.",
    ),
    (
        "fr",
        "neg",
        "Le camion {ORG} est à quai.",
    ),
    (
        "fr",
        "neg",
        "{ORG} recrute : {JOB}, {JOB}, {JOB}.",
    ),
    (
        "fr",
        "neg",
        "Merci à {ORG} et à {ORG} pour leur soutien.",
    ),
    (
        "fr",
        "neg",
        "Rappel : {ORG} ne livre pas à {PLACE} le lundi.",
    ),
    (
        "fr",
        "neg",
        "resilier {ORG} stp c'est trop cher",
    ),
    (
        "fr",
        "neg",
        "qui a le contact chez {ORG} ?",
    ),
    (
        "fr",
        "neg",
        "tu passes chez {ORG} avant de rentrer ?",
    ),
    (
        "fr",
        "neg",
        "De {PLACE} à {PLACE}, il faut compter quatre heures.",
    ),
    (
        "fr",
        "neg",
        "Agences : {PLACE}, {PLACE}, {PLACE}, {PLACE}",
    ),
    (
        "fr",
        "neg",
        "{PLACE} ; {PLACE} ; {PLACE}",
    ),
    (
        "fr",
        "neg",
        "Le dépôt de {PLACE} ferme, celui de {PLACE} reste ouvert.",
    ),
    (
        "fr",
        "neg",
        "Nous recherchons un {JOB} pour notre site de {PLACE}.",
    ),
    (
        "fr",
        "neg",
        "Rdv {PLACE} à 9 h, devant l'entrée principale",
    ),
    (
        "fr",
        "neg",
        "on est bloqués vers {PLACE}, gros bouchon",
    ),
    (
        "fr",
        "neg",
        "Chantier {PLACE} : dalle coulée le {DATE}, {NUM} m3",
    ),
    (
        "fr",
        "neg",
        "{PRODUCT} ou {PRODUCT} : que choisir pour une TPE ?",
    ),
    (
        "fr",
        "neg",
        "Prix de la {PRODUCT} : {AMOUNT} ; de la {PRODUCT} : {AMOUNT}",
    ),
    (
        "fr",
        "neg",
        "Installe {PRODUCT}, supprime {PRODUCT}, redémarre.",
    ),
    (
        "fr",
        "neg",
        "{PRODUCT} plante depuis la mise à jour du {DATE}.",
    ),
    (
        "fr",
        "neg",
        "Le forfait {PRODUCT} comprend {NUM} licences.",
    ),
    (
        "fr",
        "neg",
        "Demande à {PRODUCT} de résumer le document.",
    ),
    (
        "fr",
        "neg",
        "{PRODUCT} dit que la pièce est en rupture chez {ORG}.",
    ),
    (
        "fr",
        "neg",
        "Le {JOB} signe le bon, le {JOB} le classe, le {JOB} le paie.",
    ),
    (
        "fr",
        "neg",
        "{JOB} H/F – {PLACE} – CDI – {AMOUNT}",
    ),
    (
        "fr",
        "neg",
        ("Fiche de poste : {JOB}\nRattachement : {JOB}\nLieu : {PLACE}"),
    ),
    (
        "fr",
        "neg",
        "Contacter le {JOB} au {PHONE} ou {EMAIL}",
    ),
    (
        "fr",
        "neg",
        "Adresse du chantier : {ADDRESS}. Accès par la {PLACE}.",
    ),
    (
        "fr",
        "neg",
        "Objet : {ORG} – {PLACE} – {REF}",
    ),
    (
        "fr",
        "neg",
        ("poste;lieu;salaire\n{JOB};{PLACE};{AMOUNT}\n{JOB};{PLACE};{AMOUNT}"),
    ),
    (
        "fr",
        "neg",
        ("societe;ville\n{ORG};{PLACE}\n{ORG};{PLACE}"),
    ),
    (
        "fr",
        "neg",
        ("produit,marque,prix\n{PRODUCT},{ORG},{AMOUNT}\n{PRODUCT},{ORG},{AMOUNT}"),
    ),
    (
        "fr",
        "neg",
        (
            "| Fournisseur | Ville | Produit |\n"
            "|---|---|---|\n"
            "| {ORG} | {PLACE} | {PRODUCT} |\n"
            "| {ORG} | {PLACE} | {PRODUCT} |"
        ),
    ),
    (
        "fr",
        "neg",
        '{"societe": "{ORG}", "ville": "{PLACE}", "contact": null}',
    ),
    (
        "fr",
        "neg",
        ("fournisseur:\n  nom: {ORG}\n  ville: {PLACE}\n  produit: {PRODUCT}"),
    ),
    (
        "fr",
        "neg",
        "Bonjour, je représente {ORG} et je voudrais louer la salle {WORD}.",
    ),
    (
        "en",
        "neg",
        "{WORD} and {WORD} are colour names in our catalogue.",
    ),
    (
        "en",
        "neg",
        "Room {WORD} is booked until {DATE}.",
    ),
    (
        "en",
        "neg",
        "Our {PLACE} office closes on {DATE}; {ORG} takes over the lease.",
    ),
    (
        "en",
        "neg",
        "{ORG} hired a {JOB} in {PLACE}.",
    ),
    (
        "en",
        "neg",
        "Project {WORD} is on hold.",
    ),
    (
        "en",
        "neg",
        "{PRODUCT} and {PRODUCT} are down again.",
    ),
    (
        "en",
        "neg",
        ("company,city,amount\n{ORG},{PLACE},{AMOUNT}\n{ORG},{PLACE},{AMOUNT}"),
    ),
    (
        "en",
        "neg",
        "{ORG} v {ORG}: settlement reached.",
    ),
    (
        "fr",
        "list",
        "Intervenants : {INIT_REV}, {INIT_REV}, {DOUBLE}",
    ),
    (
        "fr",
        "list",
        "{INITS} (animateur), {INITS} (secrétaire), {FIRST_I} (observatrice)",
    ),
    (
        "fr",
        "list",
        "MM. {DOUBLE}, {LAST} et {DOUBLE}, Mmes {LAST} et {LAST}",
    ),
    (
        "fr",
        "list",
        "{REV_CAPS} (50 %), {REV_CAPS} (80 %), {REV_CAPS} (100 %)",
    ),
    (
        "fr",
        "list",
        "{INIT_REV}/{INIT_REV} : contrôle ; {INIT_REV} : emballage",
    ),
    (
        "fr",
        "list",
        "Élus titulaires : {FULL_DOUBLE}, {FULL}, {FULL_DOUBLE}. Suppléants : {INIT}, {INIT}.",
    ),
    (
        "fr",
        "list",
        ("{rev_low} 8h30\n{rev_low} 9h\n{rev_low} absent"),
    ),
    (
        "fr",
        "list",
        "Vu : {INITS}. Validé : {INITS}. Archivé : {INITS}.",
    ),
    (
        "fr",
        "form",
        "Nom patronymique : {LAST_CAPS} – Prénoms (dans l'ordre de l'état civil) : {=Paul}, {=André}, {=Marcel}",
    ),
    (
        "fr",
        "form",
        "{REV_3}, né le {DATE} à {PLACE}, de nationalité française",
    ),
    (
        "fr",
        "form",
        "Assuré : {FULL_3}, conjoint : {FULL_3}",
    ),
    (
        "fr",
        "form",
        "Identité vérifiée : {REV_CAPS}, pièce n° {REF}",
    ),
    (
        "fr",
        "form",
        "Nom complet : {FULL_DOUBLE}",
    ),
    (
        "fr",
        "clinical",
        "Dr {DOUBLE}, Dr {LAST} et Pr {DOUBLE} – Service d'Oncologie, institut Curie",
    ),
    (
        "fr",
        "clinical",
        "M. {DOUBLE}, 72 ans, maladie de Parkinson connue, suivi par le Dr {LAST} à {PLACE}",
    ),
    (
        "fr",
        "clinical",
        "Interne de garde : {INIT_REV} – bip 4417 – Senior : {INIT_REV}",
    ),
    (
        "fr",
        "clinical",
        "IDE {first_low}, AS {first_low}, chambre 8 mme {last_low} constipée j3",
    ),
    (
        "fr",
        "clinical",
        "{FULL_REV} (lit 3) : {PRODUCT} arrêté par Dr {INIT_CAPS}, relais {PRODUCT}",
    ),
    (
        "fr",
        "clinical",
        "Prescription de {FULL_LASTCAPS}, interne ; pharmacien : {FULL_LASTCAPS}",
    ),
    (
        "fr",
        "clinical",
        "Signataires : Pr {INIT_CAPS} – Dr {INIT_CAPS} – Dr {FULL_LASTCAPS}",
    ),
    (
        "fr",
        "clinical",
        "Patiente opérée par {INIT} (aide : {INIT}), suites simples, sortie vers {PLACE}",
    ),
    (
        "fr",
        "clinical",
        "Anesthésie : {LAST}. Chirurgie : {LAST}, {LAST}. Panseuse : {FIRST_F}.",
    ),
    (
        "fr",
        "clinical",
        "Le fils de Mme {LAST}, {FIRST_M}, demande un rendez-vous avec le Pr {DOUBLE}.",
    ),
    (
        "fr",
        "chat",
        "{INITS} a dit ok",
    ),
    (
        "fr",
        "chat",
        "vu avec {INITS} et {INITS}",
    ),
    (
        "fr",
        "chat",
        "{FIRST_I} et {FIRST_I} en visio, {INIT} sur place",
    ),
    (
        "fr",
        "chat",
        "cc {INIT} {INIT}",
    ),
    (
        "fr",
        "chat",
        "mme {=martin-roux} a encore appelé",
    ),
    (
        "fr",
        "chat",
        "demande à {FIRST_I} ou à {FIRST_I}",
    ),
    (
        "fr",
        "prose",
        "{DOUBLE} et {DOUBLE} n'ont rien à voir, malgré leurs noms.",
    ),
    (
        "fr",
        "prose",
        "Le {JOB} {FULL} et la {JOB} {FULL} se partagent la salle {WORD}.",
    ),
    (
        "fr",
        "prose",
        "{FULL}, de {ORG}, et {FULL}, du lycée Jean-Monnet, interviendront à {PLACE}.",
    ),
    (
        "fr",
        "prose",
        "{FULL_3} a vendu la {PRODUCT} à {DOUBLE}, de {PLACE}.",
    ),
    (
        "fr",
        "prose",
        "À {PLACE}, {LAST} parle de la {LAWNAME} ; à {PLACE}, {LAST} n'en dit rien.",
    ),
    (
        "fr",
        "prose",
        "{ORG} doit {AMOUNT} à {LAST} et {AMOUNT} à {ORG}.",
    ),
    (
        "fr",
        "prose",
        "{=Rose} aime les roses, {=Pierre} taille la pierre et {=Marin} n'a jamais vu la mer.",
    ),
    (
        "fr",
        "prose",
        "{=Florence} habite Florence, {=France} vit en France, {=Paris} est son nom et Lyon sa ville.",
    ),
    (
        "fr",
        "prose",
        "{=Olive} vend de l'huile d'olive ; {=Violette} préfère le parfum à la violette.",
    ),
    (
        "fr",
        "prose",
        "{=Clémence} a demandé la clémence du jury, {=Prudence} la prudence.",
    ),
    (
        "fr",
        "prose",
        "M. {=Boulanger} est boucher, M. {=Boucher} est berger et M. {=Berger} est boulanger.",
    ),
    (
        "fr",
        "prose",
        "Mme {=Petit} a un petit chien, Mme {=Grand} un grand jardin, M. {=Leblanc} une voiture blanche.",
    ),
    (
        "fr",
        "prose",
        "{=Victoire} a remporté la victoire ; {=Aimé} est aimé de tous.",
    ),
]
