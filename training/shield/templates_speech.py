"""Meeting transcripts, interviews, calls, dictation; prose about several people."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "transcript",
        (
            "Mme {LAST} : Je voudrais revenir sur le budget.\n"
            "M. {LAST} : On l'a déjà voté, non ?\n"
            "Mme {LAST} : En principe, oui, mais {FIRST} n'avait pas les chiffres."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Interviewer : Pouvez-vous vous présenter ?\n"
            "Répondante : Je m'appelle {FULL_F}, j'ai 41 ans, je suis {JOB} chez {ORG}.\n"
            "Interviewer : Et votre supérieur ?\n"
            "Répondante : C'est {FIRST}, enfin M. {LAST}."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "{FULL} : Bonjour à tous.\n"
            "{FULL} : Bonjour. On attend {FIRST} ?\n"
            "{FULL} : Non, {FIRST} est en déplacement à {PLACE}."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "[00:03:12] {FIRST} : donc le fournisseur nous lâche\n"
            "[00:03:15] {FIRST} : lequel, {ORG} ?\n"
            "[00:03:18] {FIRST} : oui, enfin, {LAST}, leur commercial"
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Q : Avez-vous parlé du dossier à {LAST} ?\n"
            "R : Non, seulement à {FIRST}.\n"
            "Q : Quel {FIRST} ?\n"
            "R : {FULL}, de la paie."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "LE PRÉSIDENT : La parole est à M. {LAST}.\n"
            "M. {LAST} : Merci, monsieur le Président. Je souscris aux propos de Mme {LAST}.\n"
            "LE PRÉSIDENT : Madame {LAST} ?"
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Agent : {ORG}, bonjour, {FIRST} à votre écoute.\n"
            "Client : Oui bonjour, {LAST} à l'appareil, L comme Lille.\n"
            "Agent : Votre prénom s'il vous plaît ?\n"
            "Client : {FIRST}."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "{INIT_CAPS} – Point travaux : le toit est fini.\n"
            "{INIT_CAPS} – Qui a payé ?\n"
            "{INIT_CAPS} – La mairie, M. {LAST} me l'a confirmé."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Speaker 1: alors euh moi je travaille avec {FIRST} depuis euh dix ans\n"
            "Speaker 2: et ça se passe bien\n"
            "Speaker 1: ben oui enfin sauf quand y a {FIRST}"
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "E : Parle-moi de ton équipe.\n"
            "{FIRST} : Alors il y a {FIRST}, qui est un peu le pilier. Et puis {FIRST} et {FIRST}, les deux apprentis.\n"
            "E : Et ton chef ?\n"
            "{FIRST} : {LAST}. On l'appelle tous {LAST}, jamais par son prénom."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Journaliste. – Que pensez-vous du rachat par {ORG} ?\n"
            "{FULL#a}. – Rien de bon.\n"
            "Journaliste. – {FULL} parle pourtant d'une chance.\n"
            "{LAST#a}. – {FIRST} est un optimiste."
        ),
    ),
    (
        "fr",
        "transcript",
        "Messagerie vocale : « Bonjour, c'est {FULL}, du garage. Je cherche à joindre M. {LAST} au sujet de sa {PRODUCT}. Rappelez-moi au {PHONE}. »",
    ),
    (
        "fr",
        "transcript",
        "Dictée : à l'attention de madame {last_low} virgule chère madame virgule suite à notre entretien avec maître {last_low} point",
    ),
    (
        "fr",
        "transcript",
        "Débat. {LAST} : « Votre bilan est nul. » {LAST} : « Le vôtre est pire. » Modératrice : {FULL_F}.",
    ),
    (
        "fr",
        "transcript",
        (
            "M1 : qui a ouvert la porte\n"
            "F1 : {first_low} je crois ou {full_low}\n"
            "M1 : {first_low} le gardien\n"
            "F1 : non {first_low} du premier"
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Transcription automatique\n"
            "{FULL}\n"
            "0:04 Vous m'entendez ?\n"
            "{FULL}\n"
            "0:06 Oui, très bien, {FIRST}.\n"
            "{FULL}\n"
            "0:09 Parfait, on commence. {FIRST} prend des notes ?"
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Enquêteur : date et lieu de naissance ?\n"
            "Mis en cause : {DATE}, à {PLACE}.\n"
            "Enquêteur : connaissez-vous {FULL} ?\n"
            "Mis en cause : Je connais un {FIRST}, pas de nom."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Secrétaire : M. {LAST} est arrivé, docteur.\n"
            "Docteur {LAST} : Faites entrer. Et appelez Mme {LAST} pour son résultat."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Verbatim n° 7 – {FIRST}, 29 ans, Laval : « J'utilise {PRODUCT} tous les jours. »\n"
            "Verbatim n° 8 – {FIRST}, 61 ans, Vienne : « Trop compliqué pour moi. »"
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "{FIRST} (RH) : on embauche ?\n"
            "{FIRST} (DAF) : pas avant mai.\n"
            "{FIRST} (RH) : {FIRST} sera déçu."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Coach : – Alors, {FIRST}, ce match ?\n"
            "– Dur. {LAST} nous a manqué.\n"
            "– Et {FIRST} ?\n"
            "– Impeccable."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "I. : Vous êtes arrivée quand en France ?\n"
            "Mme {LAST} : En 1987, avec mes frères {FIRST_M} et {FIRST_M}. Ma sœur {FIRST_F} est restée à Casablanca.\n"
            "I. : Et votre mari ?\n"
            "Mme {LAST} : {FIRST_M}, je l'ai rencontré chez Renault, à Flins."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Animateur : Question de {FIRST}, de Nancy.\n"
            "Auditrice : Bonjour {FIRST}, bonjour à votre invité.\n"
            "Invité ({FULL}) : Bonjour {FIRST}."
        ),
    ),
    (
        "fr",
        "transcript",
        "Podcast, épisode 12. {FIRST} reçoit {FULL}, fondatrice de {ORG}. « {FIRST}, d'où vient l'idée ? – De ma grand-mère, {FIRST_F}. »",
    ),
    (
        "fr",
        "transcript",
        "Mme {LAST_CAPS} demande si {LAST} viendra. M. {LAST_CAPS} répond par la négative. {LAST_CAPS} s'en étonne.",
    ),
    (
        "fr",
        "transcript",
        ("{INIT} : Qui est contre ? (Silence.)\nM. {LAST} : Personne.\n{INIT} : Adopté."),
    ),
    (
        "fr",
        "transcript",
        "CSE – Extrait. La Direction (Mme {LAST}) présente les chiffres. CGT (M. {LAST}) : ces chiffres sont faux. CFDT (Mme {LAST}) : nous demandons une expertise. FO : même demande.",
    ),
    (
        "fr",
        "transcript",
        "Interprète : Il dit qu'il s'appelle {=Nguyen Van Minh}, que sa femme s'appelle {=Tran Thi Lan} et qu'ils habitent chez {FULL}.",
    ),
    (
        "fr",
        "transcript",
        (
            "Conversation avec {FIRST}\n"
            "Moi : tu connais {FULL} ?\n"
            "{FIRST} : de vue, c'est le cousin de {FIRST}"
        ),
    ),
    (
        "fr",
        "transcript",
        "Formateur : {FIRST}, à vous. {FIRST}, lisez la consigne. {FIRST}, moins fort !",
    ),
    (
        "fr",
        "transcript",
        "Voix off : {FULL} n'a que vingt ans quand elle quitte {PLACE}. {FIRST}, sa mère, ne le lui pardonnera pas.",
    ),
    (
        "fr",
        "prose",
        "Notre comptable, {FULL_F}, prend sa retraite en juin ; {FIRST}, son adjoint, lui succède.",
    ),
    (
        "fr",
        "prose",
        "Chez {LAST}, on ne plaisante pas avec les délais.",
    ),
    (
        "fr",
        "prose",
        "Mme {LAST} née {LAST} a demandé un duplicata.",
    ),
    (
        "fr",
        "prose",
        "M. et Mme {LAST} ont deux enfants, {FIRST} et {FIRST}.",
    ),
    (
        "fr",
        "prose",
        "{FIRST_M} est un prénom ; {LAST} peut être un nom ou un métier.",
    ),
    (
        "fr",
        "prose",
        "{FIRST} et {FULL} se sont associés en 2012.",
    ),
    (
        "fr",
        "prose",
        "{=Charles de La Tour} et {=Yann Le Goff} ont repris l'affaire de {=Samir Ben Youssef}.",
    ),
    (
        "fr",
        "prose",
        "{=Fatima El Amrani}, {=Pieter van der Berg} et {=João Da Silva} travaillent au quai 3.",
    ),
    (
        "fr",
        "prose",
        "{=Jean-Philippe d'Alembert} a laissé sa place à {=Maria dos Santos}.",
    ),
    (
        "fr",
        "prose",
        "On doit à {=Anne-Laure de Kersaint} la réorganisation du Service Clients.",
    ),
    (
        "fr",
        "prose",
        "L'équipe de {=O'Brien} est en avance sur celle de {=McCarthy}.",
    ),
    (
        "fr",
        "prose",
        "{=Abdel Karim Ould Ahmed} a signé à la place de {=Mamadou Lamine N'Diaye}.",
    ),
    (
        "fr",
        "prose",
        "{=Marie-Thérèse du Plessis de Grenédan} siège au conseil.",
    ),
    (
        "fr",
        "prose",
        "{=Lê Thi Hoa} et {=Zhang Wei} ont suivi la formation ; {=Kim Min-jun} est inscrit à la suivante.",
    ),
    (
        "fr",
        "prose",
        "{=Agnieszka Wiśniewska} et {=Tomasz Wójcik} arrivent de {PLACE} jeudi.",
    ),
    (
        "fr",
        "prose",
        "{=Ould Brahim}, {=Aït Ahmed} et {=Bou Zid} ont pointé à 6 h.",
    ),
    (
        "fr",
        "prose",
        "Le chef d'équipe, {FULL}, a prévenu {FULL}, {FULL}, {FULL} et {FULL} que {FULL} serait absente.",
    ),
    (
        "fr",
        "prose",
        "Je travaille avec {FIRST} depuis que {LAST} est parti chez {ORG}.",
    ),
    (
        "fr",
        "prose",
        "Tout le monde l'appelle {=Jojo}, mais il s'appelle {FULL_M}.",
    ),
    (
        "fr",
        "prose",
        "{=Titi} et {=Momo} montent l'échafaudage, {LAST} tient le camion.",
    ),
    (
        "fr",
        "prose",
        "Le fils {LAST} reprend la ferme, la fille {LAST} est {JOB} à {PLACE}.",
    ),
    (
        "fr",
        "prose",
        "C'est {FULL}, et non {FULL}, qui a ouvert le colis destiné à {FULL}.",
    ),
    (
        "fr",
        "prose",
        "Sans {FIRST}, rien ne marche ; avec {FIRST}, c'est pire.",
    ),
    (
        "fr",
        "prose",
        "J'ai croisé {FIRST} chez Leroy Merlin, elle achetait une lampe pour {FIRST}.",
    ),
    (
        "fr",
        "prose",
        "{FIRST} habite rue Pasteur, {FIRST} près du lycée Henri-IV, et {LAST} à Florence.",
    ),
    (
        "fr",
        "prose",
        "Ni {LAST} ni {LAST} n'ont vu le Garage Martin ouvrir ce jour-là.",
    ),
    (
        "fr",
        "prose",
        "Monsieur {LAST} senior a fondé {ORG} ; {LAST} junior l'a vendue.",
    ),
    (
        "fr",
        "prose",
        "Pour joindre {FIRST} le week-end, passer par sa compagne, {FULL_F}.",
    ),
    (
        "fr",
        "prose",
        "Les docteurs {LAST} et {LAST}, le professeur {LAST} et maître {LAST} ont participé au colloque.",
    ),
    (
        "fr",
        "prose",
        "L'ingénieure {FULL_F}, le chauffeur {LAST} et l'apprentie {FIRST_F} sont témoins.",
    ),
    (
        "fr",
        "prose",
        "On a donné à {FIRST} le bureau de {FIRST}, à {FIRST} celui de {FIRST}.",
    ),
    (
        "fr",
        "prose",
        "Grâce à {FIRST}, le client a payé. À cause de {LAST}, il ne reviendra pas.",
    ),
    (
        "fr",
        "prose",
        "Mon oncle {FIRST_M}, ma tante {FIRST_F} et mes cousins {FIRST} et {FIRST} viennent à Noël.",
    ),
    (
        "fr",
        "prose",
        "Le {JOB} {LAST} a livré {FIRST} avant {ORG}.",
    ),
    (
        "fr",
        "prose",
        "Selon {FIRST} ({ORG}), selon {LAST} (Urssaf) et selon moi, la règle est différente.",
    ),
    (
        "fr",
        "prose",
        "{FULL#a} est né à {PLACE}. Fils d'un maçon, {LAST#a} entre chez {ORG} à seize ans. {FIRST#a} y reste trente ans.",
    ),
    (
        "fr",
        "prose",
        "Quand {FIRST} est arrivée, {FIRST} partait ; ils se sont croisés devant la Boulangerie Petit.",
    ),
    (
        "fr",
        "prose",
        "{FULL}, {NUM} ans, {JOB}, marié à {FULL}, deux enfants.",
    ),
    (
        "fr",
        "prose",
        "Le sous-traitant, {FULL} ({ORG}), conteste les réserves de {INITS}.",
    ),
    (
        "fr",
        "prose",
        "Feu {FULL_M} avait légué l'atelier à {FIRST_F}, sa filleule.",
    ),
    (
        "fr",
        "prose",
        "{FIRST}, c'est la stagiaire ; {FIRST}, le tuteur.",
    ),
    (
        "fr",
        "prose",
        "{FULL_DOUBLE} remplace {FULL_DOUBLE} au poste de secrétaire générale.",
    ),
    (
        "fr",
        "prose",
        "{INITS} relit, {INIT} valide, {FIRST_I} archive.",
    ),
    (
        "fr",
        "prose",
        "{LAST} a dit : « Demandez à {FIRST}. » {FIRST} a répondu : « Voyez {LAST}. »",
    ),
    (
        "fr",
        "prose",
        "L'avis de {FIRST} compte autant que celui de {FIRST} et de {LAST}.",
    ),
    (
        "fr",
        "prose",
        "L'épouse de {LAST}, le mari de {FULL_F}, la mère de {FIRST} : toutes les familles étaient là.",
    ),
    (
        "fr",
        "prose",
        "{FIRST} de la compta a vu {FIRST} du commerce avec {FIRST} des RH.",
    ),
    (
        "fr",
        "prose",
        "Vous avez rendez-vous avec {FIRST}, votre coach, à l'espace Simone-Signoret.",
    ),
    (
        "fr",
        "prose",
        "Le jeune {FIRST_M} et la petite {FIRST_F} ont gagné le concours de {ORG}.",
    ),
    (
        "fr",
        "prose",
        "Sur la photo, de gauche à droite : {FIRST}, {LAST}, {FULL}, {INIT} et {FULL_LASTCAPS}.",
    ),
    (
        "fr",
        "prose",
        "{=Victor Hugo} a vécu ici ; la rue Victor-Hugo lui doit son nom.",
    ),
    (
        "fr",
        "prose",
        "{=Marie Curie} reçut le prix Nobel deux fois ; l'institut Curie fut créé par elle.",
    ),
    (
        "fr",
        "prose",
        "{=Pythagore} n'est sans doute pas l'auteur du théorème de Pythagore.",
    ),
    (
        "fr",
        "prose",
        "{=Jean Moulin} est né à Béziers ; le collège Jean-Moulin porte son nom.",
    ),
    (
        "fr",
        "prose",
        "{=Steve Jobs} a fondé Apple avec {=Steve Wozniak}, {=Bill Gates} Microsoft avec {=Paul Allen}.",
    ),
    (
        "fr",
        "prose",
        "{=Louis Renault} et {=André Citroën} ont donné leur nom à Renault et Citroën.",
    ),
]
