"""A second round over the hardest places: chat, lower case, bare lists, forms, calls, clubs, mail."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "chat",
        "{first_low} est pas la ?",
    ),
    (
        "fr",
        "chat",
        "{first_low} arrive dans 5",
    ),
    (
        "fr",
        "chat",
        "je passe prendre {first_low} et {first_low} a la gare",
    ),
    (
        "fr",
        "chat",
        "y a {last_low} qui gueule au telephone",
    ),
    (
        "fr",
        "chat",
        "on fait quoi pr le pot de {first_low}",
    ),
    (
        "fr",
        "chat",
        ("{full_low} dossier complet\n{full_low} manque rib\n{full_low} a rappeler"),
    ),
    (
        "fr",
        "chat",
        "qui connait {full_low} ?? elle postule chez nous",
    ),
    (
        "fr",
        "chat",
        "j'ai vu avc {first_low} c bon pr le {DATE}",
    ),
    (
        "fr",
        "chat",
        "{first_low} vient de m'appeler, il est coincé a {PLACE}",
    ),
    (
        "fr",
        "chat",
        "relance {last_low} stp, il a tjs pas payé {AMOUNT}",
    ),
    (
        "fr",
        "chat",
        "tu as le numéro de madame {last_low} de la mairie ?",
    ),
    (
        "fr",
        "chat",
        "{first_low} + {first_low} = équipe du matin",
    ),
    (
        "fr",
        "chat",
        "manque {first_low} {first_low} et {first_low} pr le foot ce soir",
    ),
    (
        "fr",
        "chat",
        "est ce que {first_low} peut me remplacer jeudi",
    ),
    (
        "fr",
        "chat",
        "je mange avec {first_low} ce midi tu viens ?",
    ),
    (
        "fr",
        "chat",
        "{first_low} m'a laissé un vocal de 4 min mdr",
    ),
    (
        "fr",
        "chat",
        "le fils de {first_low} cherche un stage, vs prenez ?",
    ),
    (
        "fr",
        "chat",
        "non mais {first_low} sérieux",
    ),
    (
        "fr",
        "chat",
        "bcp trop de taf, j'ai demandé a {first_low} de prendre le dossier {last_low}",
    ),
    (
        "fr",
        "chat",
        "{first_low}, {first_low}, vous pouvez pointer svp",
    ),
    (
        "fr",
        "chat",
        "{last_low} absent, {last_low} retard 20min, {last_low} ok",
    ),
    (
        "fr",
        "chat",
        "rien compris au mail de {FIRST}, quelqu'un ?",
    ),
    (
        "fr",
        "chat",
        "Bonsoir {FIRST} c'est la maman de {FIRST}, il pourra pas venir au match dsl",
    ),
    (
        "fr",
        "chat",
        "Bonsoir, qui peut ramener {FIRST} et {FIRST} après l'entraînement ?",
    ),
    (
        "fr",
        "chat",
        ("{FIRST} 🎾 18h\n{FIRST} 🎾 19h\nterrain 2 libre"),
    ),
    (
        "fr",
        "chat",
        "Moi pareil que {FIRST}",
    ),
    (
        "fr",
        "chat",
        "D'accord avec {FIRST} et {FIRST}",
    ),
    (
        "fr",
        "chat",
        "{FIRST} a raison.",
    ),
    (
        "fr",
        "chat",
        "Attends, je demande à {FIRST}…",
    ),
    (
        "fr",
        "chat",
        "Ah bon ? {FIRST} m'avait dit le contraire !",
    ),
    (
        "fr",
        "chat",
        "{FIRST} stp 🙏",
    ),
    (
        "fr",
        "chat",
        ("Qui a vu {FIRST_M} ?\nPas moi.\nMoi si, au dépôt avec {LAST}."),
    ),
    (
        "fr",
        "chat",
        (
            "[{DATE} 08:02] {FULL}\n"
            "Bonjour, je suis bloqué à {PLACE}, grève des trains.\n"
            "[{DATE} 08:05] {FULL}\n"
            "Ok {FIRST}, prends ta journée en télétravail."
        ),
    ),
    (
        "fr",
        "chat",
        (
            "{FULL}  10:14\n"
            "@{FIRST} tu as relancé {ORG} ?\n"
            "{FULL}  10:16\n"
            "oui hier, {LAST} me rappelle"
        ),
    ),
    (
        "fr",
        "chat",
        "{FIRST} 🔥🔥 bravo pour le contrat {ORG}",
    ),
    (
        "fr",
        "chat",
        "reply to {FIRST}: merci !",
    ),
    (
        "fr",
        "chat",
        "{first_low}.{last_low} a réagi 👍",
    ),
    (
        "fr",
        "chat",
        ("> {FIRST} : on livre quand ?\njeudi si {FIRST} finit la peinture"),
    ),
    (
        "fr",
        "chat",
        "slt c {first_low} du 2eme, c vs qui avez mon colis ?",
    ),
    (
        "fr",
        "chat",
        "bonjour docteur c'est mme {last_low}, {first_low} a encore 39, je viens ?",
    ),
    (
        "fr",
        "chat",
        "mr {last_low} dit que c {first_low} qui a cassé la vitre",
    ),
    (
        "fr",
        "chat",
        "dem on est 4 : {first_low} {first_low} {first_low} et moi",
    ),
    (
        "fr",
        "chat",
        "ptdr {first_low} qui demande a {first_low} si elle aime le café",
    ),
    (
        "fr",
        "chat",
        "vs avez pensé au cadeau de {first_low} et {first_low} ?",
    ),
    (
        "fr",
        "chat",
        "{first_low} 12h30 {first_low} 13h {first_low} 13h30 pr la cantine",
    ),
    (
        "fr",
        "chat",
        "Le responsable c'est {full_low} ou {full_low} ?",
    ),
    (
        "fr",
        "chat",
        "g eu {last_low} de {ORG}, il baisse pas le prix",
    ),
    (
        "fr",
        "chat",
        "jve bien mais faut que {first_low} valide avant",
    ),
    (
        "fr",
        "chat",
        "ouvre à {first_low} stp elle est en bas",
    ),
    (
        "fr",
        "chat",
        "pas de souci {first_low} à lundi",
    ),
    (
        "fr",
        "chat",
        "top {first_low} !",
    ),
    (
        "fr",
        "chat",
        "entendu m. {last_low}",
    ),
    (
        "fr",
        "chat",
        "oui mme {last_low} je vous l'envoie de suite",
    ),
    (
        "fr",
        "chat",
        "a tte {first_low}",
    ),
    (
        "fr",
        "chat",
        ("ok boss\n{first_low} prend le camion\n{first_low} reste"),
    ),
    (
        "fr",
        "chat",
        "merci pour tout {first_low}, bises à {first_low}",
    ),
    (
        "fr",
        "chat",
        "on a reçu la commande de {last_low}, celle de {last_low} est tjs pas là",
    ),
    (
        "fr",
        "chat",
        "le code du portail c {NUM}, demandez {first_low} si ca marche pas",
    ),
    (
        "fr",
        "chat",
        "on dit 9h avec {first_low} devant leroy merlin",
    ),
    (
        "fr",
        "chat",
        "{first_low} veut un mac pas un thinkpad",
    ),
    (
        "fr",
        "chat",
        "ds le mail {first_low} parle de la zoé de {first_low}",
    ),
    (
        "fr",
        "list",
        ("{FULL}\n{FULL}\n{FULL}"),
    ),
    (
        "fr",
        "list",
        ("{first_low}\n{first_low}\n{first_low}\n{first_low}"),
    ),
    (
        "fr",
        "list",
        ("{FULL_REV}\n{FULL_REV}\n{FULL_REV}\n{FULL_REV}"),
    ),
    (
        "fr",
        "list",
        ("{FULL} - {JOB}\n{FULL} - {JOB}\n{FULL} - {JOB}"),
    ),
    (
        "fr",
        "list",
        ("- {FIRST} : ok\n- {FIRST} : ok\n- {FIRST} : en attente\n- {ORG} : relance"),
    ),
    (
        "fr",
        "list",
        "{FULL} ; {FULL} ; {FULL} ; {FULL} ; {FULL}",
    ),
    (
        "fr",
        "list",
        "{FULL} / {FULL} / {FULL}",
    ),
    (
        "fr",
        "list",
        "{LAST} – {LAST} – {LAST} – {LAST}",
    ),
    (
        "fr",
        "list",
        (
            "Table 1 : {FIRST}, {FIRST}, {FIRST}, {FIRST}\n"
            "Table 2 : {FIRST}, {FIRST}, {FIRST}\n"
            "Table d'honneur : M. le Maire, {FULL}, {FULL}"
        ),
    ),
    (
        "fr",
        "list",
        (
            "Rappels à faire\n"
            "{LAST} 06 avant 10 h\n"
            "{LAST} (travail) après 18 h\n"
            "Garage Martin – devis\n"
            "{LAST}, la dame du 4e"
        ),
    ),
    (
        "fr",
        "list",
        "COURSES POUR LE POT : {FIRST} chips, {FIRST} jus, {FIRST} gobelets, moi gâteau",
    ),
    (
        "fr",
        "list",
        (
            "Chantier {PLACE} : {LAST}, {LAST} + 1 intérimaire\n"
            "Chantier {PLACE} : {LAST}, {FIRST} (apprenti)\n"
            "Dépôt : {FIRST}"
        ),
    ),
    (
        "fr",
        "list",
        (
            "Participants (6) : {FULL}, {FULL}, {FULL}, {FULL}, {FULL}, {FULL}.\n"
            "Invités : {ORG}, {ORG}"
        ),
    ),
    (
        "fr",
        "list",
        (
            "Habilitations électriques\n"
            "{FULL_REV} B1V jusqu'au {DATE}\n"
            "{FULL_REV} BR jusqu'au {DATE}\n"
            "{FULL_REV} périmée"
        ),
    ),
    (
        "fr",
        "list",
        "RÉPARTITION DES BUREAUX : 101 {LAST_CAPS}, 102 {LAST_CAPS}/{LAST_CAPS}, 103 STOCK, 104 {LAST_CAPS}",
    ),
    (
        "fr",
        "list",
        "Interlocuteurs : commerce {FIRST}, technique {FIRST}, facturation {FIRST}, urgences {FIRST} ou {FIRST}",
    ),
    (
        "fr",
        "list",
        (
            "P : {INIT_CAPS}, {INIT_CAPS}, {INIT_CAPS}\n"
            "E : {INIT_CAPS}\n"
            "A : -\n"
            "Diff : {INIT_CAPS}, DG, QSE"
        ),
    ),
    (
        "fr",
        "list",
        ("{FIRST} M\n{FIRST} L\n{FIRST} B\n{FIRST} T"),
    ),
    (
        "fr",
        "list",
        "Noms des stagiaires : {REV} , {REV} , {REV} et {REV}",
    ),
    (
        "fr",
        "list",
        "Tour de garde pharmacie : Pharmacie Blanchard le 3, Mme {LAST} le 10, M. {LAST} le 17",
    ),
    (
        "fr",
        "list",
        (
            "Jeu de clés n° 1 : {FIRST}\n"
            "Jeu n° 2 : {FULL}\n"
            "Jeu n° 3 : femme de ménage ({FIRST_F})\n"
            "Jeu n° 4 : perdu"
        ),
    ),
    (
        "fr",
        "list",
        (
            "Tâches\n"
            "@{first_low} mail client\n"
            "@{first_low} facture\n"
            "@{first_low} @{first_low} inventaire"
        ),
    ),
    (
        "fr",
        "form",
        ("Nom={LAST}\nPrenom={FIRST}\nVille=Nancy"),
    ),
    (
        "fr",
        "form",
        ("Titulaire: {rev_low}\nMail: {EMAIL}"),
    ),
    (
        "fr",
        "form",
        "Nom du patient : {LAST} – Prénom du patient : {FIRST} – Nom du prescripteur : {LAST}",
    ),
    (
        "fr",
        "form",
        ("Qui êtes-vous ? {FULL}\nVotre entreprise ? {ORG}\nVotre besoin ? Un site vitrine"),
    ),
    (
        "fr",
        "form",
        ("LAST NAME / NOM : {LAST_CAPS}\nFIRST NAME / PRÉNOM : {FIRST_CAPS}\nCITY / VILLE : PARIS"),
    ),
    (
        "fr",
        "form",
        "Maître d'apprentissage : {FULL}     Apprenti(e) : {FULL}     CFA : Institut des métiers",
    ),
    (
        "fr",
        "form",
        "Responsable de traitement : {ORG} – DPO : {FULL} – Contact : {EMAIL}",
    ),
    (
        "fr",
        "form",
        (
            "Ayant droit 1 : {FULL} (conjoint)\n"
            "Ayant droit 2 : {FULL} (enfant)\n"
            "Ayant droit 3 : {FULL} (enfant)"
        ),
    ),
    (
        "fr",
        "form",
        ("Prénom Nom : {FULL}\nIntitulé du poste : {JOB}\nN+1 : {FULL}\nN+2 : {FULL}"),
    ),
    (
        "fr",
        "form",
        (
            "Propriétaire de l'animal : {LAST_CAPS}\n"
            "Nom de l'animal : Caramel\n"
            "Vétérinaire : Dr {LAST}"
        ),
    ),
    (
        "fr",
        "form",
        (
            "Accident du travail\n"
            "Victime : {FULL_REV}\n"
            "Témoin(s) : {FULL_REV} ; {FULL_REV}\n"
            "Lieu : Atelier Soudure\n"
            "Rédigé par : {INIT}"
        ),
    ),
    (
        "fr",
        "form",
        "Bon de sortie matériel : emprunté par {FIRST} le {DATE}, rendu par {FIRST} le {DATE}, visa magasin {LAST}",
    ),
    (
        "fr",
        "form",
        ("Remis à : {FULL} Signature :\nRemis par : {FULL} Signature :"),
    ),
    (
        "fr",
        "form",
        "Je choisis comme représentant : ☐ {FULL} ☐ {FULL} ☒ {FULL}",
    ),
    (
        "fr",
        "form",
        (
            "Lettre recommandée AR\n"
            "Destinataire : M. {FULL_M} – {ADDRESS}\n"
            "Expéditeur : Mme {FULL_F} – {ADDRESS}"
        ),
    ),
    (
        "fr",
        "form",
        "Mineur concerné : {FULL_LASTCAPS}. Représentants légaux : {FULL_LASTCAPS} et {FULL_LASTCAPS}.",
    ),
    (
        "fr",
        "form",
        "Profil LinkedIn : {FULL}, {JOB} chez {ORG}, {PLACE}",
    ),
    (
        "fr",
        "form",
        "Créneau 10h : {LAST} (1re visite). Créneau 10h30 : libre. Créneau 11h : {LAST} (contrôle).",
    ),
    (
        "fr",
        "form",
        (
            "PV d'intervention\n"
            "Client : {ORG}\n"
            "Interlocuteur sur place : {FIRST}\n"
            "Intervenant : {FULL}\n"
            "Nom du signataire : {LAST}"
        ),
    ),
    (
        "fr",
        "form",
        (
            "Conducteur habituel ........ {FULL}\n"
            "Conducteur secondaire ...... {FULL}\n"
            "Véhicule ................... {PRODUCT}"
        ),
    ),
    (
        "fr",
        "form",
        (
            "Contact 1 : {FIRST} (mère) {PHONE}\n"
            "Contact 2 : {FIRST} (père) {PHONE}\n"
            "Contact 3 : nounou, {FIRST}, {PHONE}"
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Réunion du {DATE}, transcription partielle.\n"
            "{FIRST} – Le devis de {ORG} est trop cher.\n"
            "{FIRST} – {LAST} a proposé une remise.\n"
            "{FIRST} – On verra avec {FULL}."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Enquêtrice : Vous étiez combien dans l'atelier ?\n"
            "Enquêté : Six. Il y avait {FIRST}, {LAST}, le grand {FIRST}, et puis deux intérimaires dont j'ai oublié les noms."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Mme {INIT} : Je rappelle que M. {LAST} avait promis une réponse.\n"
            "M. {INIT} : {LAST} est parti, c'est {FIRST} qui suit."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "– Allô, {FIRST} ?\n"
            "– Non, c'est {FIRST}. {FIRST} est sortie.\n"
            "– Tu lui diras que {LAST} a appelé."
        ),
    ),
    (
        "fr",
        "transcript",
        ("– Monsieur {LAST} ?\n– Lui-même.\n– {FULL}, du Crédit Agricole. Je vous dérange ?"),
    ),
    (
        "fr",
        "transcript",
        "« Vous, {FIRST}, prenez la gauche ; {FIRST} et moi, la droite. »",
    ),
    (
        "fr",
        "transcript",
        (
            "Audition de Mme {FULL_F}, directrice de {ORG}\n"
            "M. {FULL}, rapporteur. Madame, combien de salariés ?\n"
            "Mme {FULL_F}. Cent douze, monsieur le rapporteur."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "{FIRST} : Euh, tu connais {FIRST} ? La brune des achats ?\n"
            "{FIRST} : {FIRST} comment ?\n"
            "{FIRST} : {LAST}, je crois."
        ),
    ),
    (
        "fr",
        "transcript",
        "Témoignage de {FIRST} (prénom modifié), aide-soignante : « {FIRST}, ma collègue, a craqué. »",
    ),
    (
        "fr",
        "transcript",
        "Point 3. M. {LAST} interpelle la direction sur le cas de {FULL}. Mme {LAST} indique que {FIRST} sera reçu par la médecine du travail.",
    ),
    (
        "fr",
        "transcript",
        ("SC : On a fini ?\nJB : Il manque {FIRST}.\nSC : Tant pis pour {FIRST}."),
    ),
    (
        "fr",
        "transcript",
        "Ouverture de séance à 20 h 05 par {FULL}. {FULL} est désignée secrétaire. {LAST} lit le procès-verbal, {LAST} s'abstient.",
    ),
    (
        "fr",
        "transcript",
        (
            "Formatrice : Bonjour {FIRST}, présentez-vous.\n"
            "Stagiaire : {FULL}, je viens de {PLACE}, j'étais {JOB}."
        ),
    ),
    (
        "fr",
        "transcript",
        (
            "Client : je veux parler à {FIRST}\n"
            "Bot : Je n'ai pas compris. Choisissez : Facture, Livraison, Autre.\n"
            "Client : {FULL}, votre collègue !"
        ),
    ),
    (
        "fr",
        "transcript",
        "Note vocale transcrite : oui {FIRST} c'est {FIRST} je suis devant chez monsieur {LAST} y a personne rappelle-moi",
    ),
    (
        "fr",
        "transcript",
        "Procès. – L'accusé : « Je n'ai jamais vu {LAST}. » – La présidente : « Et {FIRST} ? » – L'accusé : « C'est ma sœur. »",
    ),
    (
        "fr",
        "transcript",
        (
            "Chef : {FIRST}, {FIRST}, au four ! {FIRST}, deux Saint-Jacques table 4 !\n"
            "{FIRST} : Oui chef !"
        ),
    ),
    (
        "fr",
        "transcript",
        "Table ronde animée par {FULL}, avec {FULL} ({ORG}), {FULL} (CNRS) et {FULL} (ville de Nancy)",
    ),
    (
        "fr",
        "transcript",
        "L'enseignante : « {FIRST}, au tableau. {FIRST}, tu écoutes ? » {FIRST} rit. {FIRST} aussi.",
    ),
    (
        "fr",
        "transcript",
        ("Témoin A : c'était le cousin de {LAST}\nTémoin B : non, {FULL} lui-même"),
    ),
    (
        "fr",
        "transcript",
        (
            "Entretien n° 14, {DATE}, {PLACE}\n"
            "Enq. : {FULL} – Enq. : {FULL}\n"
            "Personne interrogée : femme, 58 ans, ancienne ouvrière de {ORG}\n"
            "– Ma fille {FIRST_F} y travaille encore, avec {FIRST}, son mari."
        ),
    ),
    (
        "fr",
        "transcript",
        "Moi je dis toujours à {FIRST}, enfin à Monsieur {LAST}, que ça ne peut pas durer.",
    ),
    (
        "fr",
        "transcript",
        "Huissier : « Maître {LAST}, c'est à vous. » Me {LAST} : « Je m'en rapporte. »",
    ),
    (
        "fr",
        "transcript",
        "Compte rendu oral : {FIRST} a rappelé le contexte, {FIRST} a posé trois questions, {LAST} n'a rien dit.",
    ),
    (
        "fr",
        "transcript",
        "R1 : {FIRST}, vingt ans de maison. R2 : {FIRST}, arrivée en mai. R3 : a refusé de donner son nom.",
    ),
    (
        "fr",
        "transcript",
        "Le standard : « Qui dois-je annoncer ? – {FULL}, j'ai rendez-vous avec Mme {LAST}. »",
    ),
    (
        "fr",
        "transcript",
        "Visio : {FULL} partage son écran. {FULL} lève la main. {FIRST}, vous êtes en muet.",
    ),
    (
        "fr",
        "transcript",
        (
            "{FULL_CAPS} : JE NE COMPRENDS PAS LA QUESTION.\n"
            "{FULL_CAPS} : JE RÉPÈTE, QUI A SIGNÉ LE BON ?\n"
            "{FULL_CAPS} : C'EST {FIRST_CAPS}."
        ),
    ),
    (
        "fr",
        "assoc",
        "Réinscription de {FULL} et {FULL} : certificats reçus. {FULL} : photo manquante.",
    ),
    (
        "fr",
        "assoc",
        "Le président sortant, {FULL}, ne se représente pas. {FIRST} et {FIRST} sont candidats.",
    ),
    (
        "fr",
        "assoc",
        "Le gardien {LAST} arrête un penalty de {LAST}. Remplacement : {LAST} sort, {LAST} entre.",
    ),
    (
        "fr",
        "assoc",
        "Liste CE2 : {FIRST} A., {FIRST} B., {FIRST} C., {FIRST} D.",
    ),
    (
        "fr",
        "assoc",
        "Anniversaire de {FIRST} samedi : {FIRST}, {FIRST}, {FIRST} et les jumeaux {LAST} sont invités.",
    ),
    (
        "fr",
        "assoc",
        "AMAP : panier de {FIRST} à garder, {LAST} prend deux douzaines d'œufs, {FULL} en vacances",
    ),
    (
        "fr",
        "assoc",
        "Concours de pétanque : doublette {LAST}-{LAST} contre doublette {LAST}-{LAST}, demi-finale place Gambetta",
    ),
    (
        "fr",
        "assoc",
        "Prêtée à {FIRST} : la clé de la salle Jean-Moulin. Prêté à {LAST} : le barnum.",
    ),
    (
        "fr",
        "assoc",
        "Visite guidée par {FULL}, historienne, du château de Vaux-le-Vicomte",
    ),
    (
        "fr",
        "assoc",
        "Rôle de {FIRST} au centre social Georges-Brassens : aide aux devoirs avec {FIRST} et {FIRST_F}",
    ),
    (
        "fr",
        "assoc",
        "Baptême de {FIRST_F}, le {DATE} : parrain {FULL_M}, marraine {FULL_F}",
    ),
    (
        "fr",
        "assoc",
        "Le conseil des enfants a élu {FIRST}, CM2, et {FIRST}, CM1.",
    ),
    (
        "fr",
        "assoc",
        "Licences : {rev_low} ok ; {rev_low} ok ; {rev_low} certif à fournir",
    ),
    (
        "fr",
        "assoc",
        "Randonnée de dimanche, guide : {FIRST} ({PHONE}). Serre-file : {FIRST}.",
    ),
    (
        "fr",
        "assoc",
        "Le curé, l'abbé {FULL_M}, et l'organiste, {FULL_F}, remercient la famille {LAST}.",
    ),
    (
        "fr",
        "assoc",
        "Exposition : aquarelles de {FULL_F}, sculptures de {FULL_M}, photos du club de Vire",
    ),
    (
        "fr",
        "assoc",
        "{FIRST} a mordu {FIRST} à la crèche ; les parents de {FIRST} demandent un rendez-vous avec {FIRST_F}, la directrice.",
    ),
    (
        "fr",
        "assoc",
        "Gala de danse : solo {FIRST}, duo {FIRST}-{FIRST}, costumes Mme {LAST}",
    ),
    (
        "fr",
        "assoc",
        "Don du sang : merci à {FULL}, 100e don, et à l'équipe de l'EFS",
    ),
    (
        "fr",
        "assoc",
        "Tableau d'honneur : {FULL_CAPS}, {FULL_CAPS}",
    ),
    (
        "fr",
        "assoc",
        "Aide aux devoirs : {FIRST} (6e) avec {FIRST}, {FIRST} (5e) avec M. {LAST}",
    ),
    (
        "fr",
        "assoc",
        "Médaille du travail : {FULL}, {FULL}, {FULL} (vermeil) ; {FULL} (or)",
    ),
    (
        "fr",
        "assoc",
        "Élus de quartier : Gare, {FULL} ; Saint-Michel, {FULL} ; Les Capucins, siège vacant",
    ),
    (
        "fr",
        "assoc",
        "Cours de yoga de {FIRST} annulé. {FIRST}, peux-tu prévenir {LAST} ?",
    ),
    (
        "fr",
        "assoc",
        "La kermesse de l'école Jacques-Prévert a rapporté {AMOUNT}. Merci à {FIRST}, à {FIRST} et à la Boulangerie Petit.",
    ),
    (
        "fr",
        "assoc",
        "Covoiturage match à {PLACE} : {FIRST} prend {FIRST}, {FIRST} et {FIRST} ; M. {LAST} prend le reste.",
    ),
    (
        "fr",
        "mail",
        ("Bonjour,\nMerci de transmettre à {FIRST}.\n{LAST}"),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour {FIRST}, Bonjour {FIRST}, Bonjour {FIRST},\n"
            "\n"
            "L'ordre du jour est en pièce jointe.\n"
            "\n"
            "Bonne réception,\n"
            "{FIRST}"
        ),
    ),
    (
        "fr",
        "mail",
        "{FIRST} bonjour, {FIRST} n'étant pas disponible, je me tourne vers vous.",
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour,\n"
            "\n"
            "j'ai une question sur ma fiche de paie, {FIRST} m'a dit de vous écrire directement. Il manque les heures du {DATE} (j'ai remplacé {LAST} à {PLACE}).\n"
            "\n"
            "merci\n"
            "\n"
            "{full_low}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Objet : {LAST} / {ORG}\n"
            "\n"
            "Ma chère Consœur,\n"
            "Je vous confirme ma constitution pour M. {LAST}.\n"
            "Votre bien dévouée,\n"
            "{FULL_F}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Monsieur {FULL_LASTCAPS}\n"
            "{ADDRESS}\n"
            "\n"
            "                                   {PLACE}, le {DATE}\n"
            "\n"
            "Monsieur,\n"
            "Nous accusons réception de votre demande."
        ),
    ),
    (
        "fr",
        "mail",
        "P.-S. : {FIRST} te passe le bonjour, et {FIRST} réclame toujours son parapluie.",
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour Madame, Monsieur,\n"
            "Ma fille {FULL_F} est scolarisée en 2de au lycée Henri-IV. Elle sera opérée le {DATE} par le Dr {LAST}, à l'hôpital Necker.\n"
            "Cordialement,\n"
            "M. {LAST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour {FIRST},\n"
            "\n"
            "1) Leroy Merlin : {FIRST} attend l'avoir.\n"
            "2) Crédit Agricole : rendez-vous avec {LAST} le {DATE}.\n"
            "3) Garage Martin : la Clio est prête, {FIRST} passe la prendre.\n"
            "\n"
            "{FIRST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bien cordialement,\n"
            "{FIRST}\n"
            "\n"
            "{FULL}\n"
            "Chargée d'affaires – {ORG}\n"
            "Assistante : {FULL} – {PHONE}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour,\n"
            "ci-dessous l'échange avec {FIRST}.\n"
            "\n"
            "De : {FULL_LASTCAPS}\n"
            "À : Contact\n"
            "Envoyé : {DATE}\n"
            "\n"
            "Vous n'avez pas répondu à ma question."
        ),
    ),
    (
        "fr",
        "mail",
        (
            "RE: RE: FW: absence {LAST_CAPS}\n"
            "Bonjour, toujours rien reçu de M. {LAST_CAPS}. {FIRST}, tu peux appeler son épouse ?"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Cher {FIRST_M}, chère {FIRST_F},\n"
            "\n"
            "Votre dîner était délicieux. {FIRST} rêve encore de votre Paris-Brest.\n"
            "\n"
            "Affectueusement,\n"
            "{FIRST} et {FIRST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Salut la compta,\n"
            "qui a émis la facture {REF} ? {FIRST} dit que c'est {FIRST}, {FIRST} dit que c'est {LAST}."
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Madame la Présidente, chère {FIRST_F},\n"
            "Je vous remercie de m'avoir conviée. {FULL_F}, ma collaboratrice, me représentera.\n"
            "{FULL_F}\n"
            "Conseillère régionale"
        ),
    ),
    (
        "fr",
        "mail",
        ("Bonjour Mme {FULL_REV},\nVotre carte Vitale a été renouvelée.\nL'Assurance Maladie"),
    ),
    (
        "fr",
        "mail",
        "Urgent : {FIRST} bloquée à l'aéroport Charles-de-Gaulle, quelqu'un peut-il prévenir {ORG} et M. {LAST} ?",
    ),
    (
        "fr",
        "mail",
        ("A+\n{INITS}"),
    ),
    (
        "fr",
        "mail",
        "Ok. {FIRST}.",
    ),
    (
        "fr",
        "mail",
        ("Vu. Merci {FIRST}. Bon week-end à toi et à {FIRST}.\n{FIRST_I}"),
    ),
]
