"""Business mail as French staff paste it: openings, bodies, closings, forwarded headers, signatures."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "mail",
        (
            "Bonjour {FIRST},\n"
            "\n"
            "Suite à notre échange de ce matin, je t'envoie le planning révisé. {FIRST#b} m'a dit que l'atelier ne pourrait pas livrer avant {DATE}.\n"
            "\n"
            "Tu me dis si ça te convient ?\n"
            "\n"
            "Bonne journée,\n"
            "{FIRST#c}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour Madame {LAST},\n"
            "\n"
            "Nous accusons réception de votre courrier du {DATE} et vous en remercions. Votre dossier a été transmis à notre service Recouvrement, qui prendra contact avec vous sous huitaine.\n"
            "\n"
            "Veuillez agréer, Madame, l'expression de nos salutations distinguées.\n"
            "\n"
            "{FULL}\n"
            "Responsable Relation Clients\n"
            "{ORG}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "De : {FULL#a} <{EMAIL}>\n"
            "Envoyé : {DATE} 09:14\n"
            "À : {FULL#b} <{EMAIL}>\n"
            "Cc : {FULL#c} <{EMAIL}>\n"
            "Objet : RE: Devis {REF} - complément\n"
            "\n"
            "{FIRST#b},\n"
            "\n"
            "Le client a validé la variante 2. {FIRST#c} peut lancer l'achat des profilés dès demain.\n"
            "\n"
            "{FIRST#a}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Madame, Monsieur,\n"
            "\n"
            "Je soussignée {FULL_F}, demeurant {ADDRESS}, vous informe de ma décision de mettre fin à mon abonnement référencé {REF}.\n"
            "\n"
            "Dans l'attente de votre confirmation, je vous prie d'agréer mes salutations.\n"
            "\n"
            "{FULL_F#a}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Salut {FIRST},\n"
            "\n"
            "Comme convenu je te transfère le mail de {INIT}. À mon avis il faut répondre avant vendredi, sinon {ORG} va encore nous relancer.\n"
            "\n"
            "@+\n"
            "{FIRST#c}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Cher Monsieur {LAST},\n"
            "\n"
            "C'est avec plaisir que nous vous confirmons votre inscription à la journée « Achats responsables » du {DATE}, à {PLACE}. Vous y serez accueilli par {FULL_F}, notre déléguée régionale.\n"
            "\n"
            "Bien cordialement,\n"
            "\n"
            "{FULL}\n"
            "Chargé de mission\n"
            "Tél. {PHONE}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour à tous,\n"
            "\n"
            "Petit point d'avancement : {FIRST} a terminé la recette, {FIRST} attend encore les accès à {PRODUCT} et {FULL} reprend le lot 3 pendant mon absence.\n"
            "\n"
            "Je serai de retour le {DATE}. En cas d'urgence, voir avec {FIRST}.\n"
            "\n"
            "Bien à vous"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "-------- Message transféré --------\n"
            "Sujet : Litige livraison {REF}\n"
            "Date : {DATE}\n"
            "De : {FULL_LASTCAPS} <{EMAIL}>\n"
            "Pour : Service Logistique <{EMAIL}>\n"
            "\n"
            "Bonjour,\n"
            "La palette est arrivée abîmée. J'ai fait des réserves auprès du chauffeur, un certain M. {LAST}.\n"
            "Merci de faire le nécessaire.\n"
            "{FULL}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour,\n"
            "\n"
            "Pouvez-vous s'il vous plaît ajouter {FULL} ({EMAIL}) à la liste de diffusion Direction Commerciale et retirer {FULL}, qui a quitté la société le {DATE} ?\n"
            "\n"
            "Merci d'avance,\n"
            "{INIT}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Mesdames, Messieurs les membres du bureau,\n"
            "\n"
            "Vous êtes conviés à la réunion du {DATE} à 18 h 30 en salle Jean-Moulin. L'ordre du jour sera établi par notre secrétaire, {FULL_F}, à qui vous voudrez bien adresser vos points divers.\n"
            "\n"
            "Le Président,\n"
            "{FULL_M}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour Monsieur {LAST_CAPS},\n"
            "\n"
            "Nous n'avons à ce jour pas reçu le règlement de la facture {REF} d'un montant de {AMOUNT}, échue depuis le {DATE}.\n"
            "\n"
            "Sans réponse de votre part sous 8 jours, le dossier sera transmis à notre conseil, Maître {LAST}.\n"
            "\n"
            "Le Service Comptabilité"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Coucou {FIRST},\n"
            "\n"
            "Tu pourrais demander à {FIRST} si elle a gardé les photos du séminaire ? {FIRST} en aurait besoin pour l'intranet.\n"
            "\n"
            "Bises\n"
            "{FIRST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Objet : Absence de {FULL#a} le {DATE}\n"
            "\n"
            "Bonjour,\n"
            "\n"
            "Je vous informe que {FIRST#a} sera absente toute la journée pour raisons familiales. Ses rendez-vous sont repris par {FULL}.\n"
            "\n"
            "Cordialement,\n"
            "--\n"
            "{FULL_F}\n"
            "Assistante de direction\n"
            "{ORG}\n"
            "{PHONE} | {EMAIL}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "{FIRST}, {FIRST},\n"
            "\n"
            "Je vous mets en relation : {FULL} dirige l'agence de {PLACE}, {FULL} s'occupe des appels d'offres chez {ORG}. Je vous laisse caler un créneau.\n"
            "\n"
            "Amicalement,\n"
            "{FIRST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour,\n"
            "\n"
            "Merci de bien vouloir noter que mon nom d'épouse est désormais {LAST} et non plus {LAST}. Mon adresse devient {EMAIL}.\n"
            "\n"
            "Bien cordialement\n"
            "{FULL_LASTCAPS}\n"
            "Service Paie"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Chère {FIRST_F},\n"
            "\n"
            "Toute l'équipe se joint à moi pour te souhaiter un bon départ à la retraite. Vingt-sept ans chez {ORG}, ça ne s'oublie pas ! {FIRST} a commandé le gâteau à la boulangerie Petit et {FIRST} s'occupe de la cagnotte.\n"
            "\n"
            "On t'embrasse,\n"
            "{FIRST}, {FIRST}, {FIRST} et toute la compta"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour M. {LAST},\n"
            "\n"
            "Je me permets de vous relancer au sujet de ma candidature au poste de {JOB}. J'avais rencontré Mme {LAST} et M. {LAST} le {DATE}.\n"
            "\n"
            "Restant à votre disposition,\n"
            "\n"
            "{FULL}\n"
            "{PHONE}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Le {DATE}, {FULL#a} <{EMAIL}> a écrit :\n"
            "> Bonjour {FIRST#b},\n"
            "> Le plombier passe jeudi, peux-tu prévenir les locataires ?\n"
            "> {FIRST#a}\n"
            "\n"
            "C'est fait, M. {LAST} et la famille {LAST} sont prévenus.\n"
            "\n"
            "{FIRST#b}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Maître,\n"
            "\n"
            "Nous revenons vers vous dans le dossier {ORG} c/ {LAST_CAPS}. Notre client maintient que M. {LAST} a bien reçu la mise en demeure.\n"
            "\n"
            "Votre bien dévoué confrère,\n"
            "{FULL}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour,\n"
            "\n"
            "Je suis actuellement en congés jusqu'au {DATE} inclus. Pour toute demande urgente, vous pouvez contacter {FULL} au {PHONE} ou {FULL_LASTCAPS} pour les questions de facturation.\n"
            "\n"
            "Cordialement,\n"
            "{FULL}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Re,\n"
            "\n"
            "Ok pour moi, mais vois quand même avec {FIRST} du service Achats. La dernière fois {LAST} avait refusé à cause du délai.\n"
            "\n"
            "{FIRST_I}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Monsieur le Directeur,\n"
            "\n"
            "J'ai l'honneur de solliciter un rendez-vous au sujet de la situation de mon fils {FIRST_M#a}, élève de 4e B. Sa professeure principale, Mme {LAST}, nous a signalé plusieurs incidents que {FIRST_M#a} ne reconnaît pas.\n"
            "\n"
            "Je vous prie de croire, Monsieur le Directeur, à l'assurance de ma considération.\n"
            "\n"
            "Mme {DOUBLE}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour l'équipe,\n"
            "\n"
            "Bienvenue à {FULL#a} qui nous rejoint lundi comme {JOB} ! {FIRST#a} arrive de {ORG} et sera basé à {PLACE}. {FIRST} l'accompagnera pendant sa période d'intégration.\n"
            "\n"
            "{FULL}\n"
            "DRH"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Objet : TR: TR: Accès badge\n"
            "\n"
            "Pour info et suite à donner.\n"
            "\n"
            "{INIT}\n"
            "\n"
            "-----Message d'origine-----\n"
            "De : {FULL_REV}\n"
            "Envoyé : {DATE}\n"
            "À : {FULL_REV}; {FULL_REV}\n"
            "Objet : Accès badge\n"
            "\n"
            "Bonjour,\n"
            "Le badge de {FULL_REV} ne fonctionne plus sur le portillon nord.\n"
            "Merci"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bjr,\n"
            "\n"
            "merci de rajouter {FULL} ds la boucle, c'est lui qui gère le contrat {ORG} maintenant. {LAST} est parti en mars.\n"
            "\n"
            "Cdt,\n"
            "{FIRST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Chers collègues,\n"
            "\n"
            "À la suite du départ de {FULL}, la direction générale a confié l'intérim du pôle Qualité à {FULL}, jusqu'ici responsable méthodes. Nous lui souhaitons pleine réussite.\n"
            "\n"
            "La Direction des Ressources Humaines"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour Docteur {LAST},\n"
            "\n"
            "Je vous adresse ce message au sujet de ma mère, Mme {FULL_F}, que vous suivez depuis 2019. Serait-il possible d'avancer son rendez-vous du {DATE} ?\n"
            "\n"
            "Avec mes remerciements,\n"
            "{FULL}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Monsieur {LAST},\n"
            "\n"
            "Votre véhicule {PRODUCT} est prêt. Vous pouvez venir le chercher au garage dès demain, demandez {FIRST} à l'accueil.\n"
            "\n"
            "{ORG}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Hello {FIRST},\n"
            "\n"
            "Peux-tu vérifier les heures sup de {INIT} et {INIT} ? J'ai un écart de 3 h 30 avec le relevé de {PRODUCT}.\n"
            "\n"
            "Thx\n"
            "{FIRST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour {FULL_LASTCAPS},\n"
            "\n"
            "Votre commande {REF} a été expédiée. Elle sera livrée par {ORG} au {ADDRESS}.\n"
            "\n"
            "À bientôt sur notre boutique !\n"
            "L'équipe Service Client"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonsoir {FIRST},\n"
            "désolé pour le retard, la réunion avec {ORG} a débordé. En résumé :\n"
            "- {FIRST} doit renvoyer le BAT corrigé\n"
            "- le logo est validé par Mme {LAST}\n"
            "- {FIRST} et moi passons au magasin mardi\n"
            "bonne soirée\n"
            "{FIRST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "À l'attention de Mme {FULL_F}\n"
            "\n"
            "Madame,\n"
            "Conformément à l'article 12 du contrat, nous vous notifions la révision annuelle du loyer. M. {LAST}, notre gestionnaire, reste à votre écoute au {PHONE}.\n"
            "\n"
            "Pour {ORG},\n"
            "{FULL}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Merci {FIRST} !\n"
            "\n"
            "Je fais suivre à {FIRST} et à {FULL}.\n"
            "\n"
            "Belle journée,\n"
            "\n"
            "{FULL}\n"
            "{JOB}\n"
            "{ORG} – {ADDRESS}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour,\n"
            "\n"
            "Qui peut remplacer {FIRST} sur la permanence de samedi ? {FIRST} est déjà de garde et {FIRST} est en formation {PRODUCT}.\n"
            "\n"
            "Merci\n"
            "{FIRST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "De: {EMAIL}\n"
            "A: {EMAIL}\n"
            "Sujet: dossier {LAST}\n"
            "\n"
            "Bonjour Madame,\n"
            "Le dossier de M. et Mme {LAST} est complet, il ne manque que la pièce d'identité de leur fille {FIRST_F}.\n"
            "Salutations\n"
            "{FULL}\n"
            "Conseillère clientèle, agence de {PLACE}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Cher Maître {LAST},\n"
            "\n"
            "Ci-joint les conclusions de notre confrère {LAST}. Je reste persuadée que la pièce n° 14 est déterminante.\n"
            "\n"
            "Bien à vous,\n"
            "{=Hélène de Ravel}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Objet : Invitation pot de départ\n"
            "\n"
            "{FIRST} nous quitte ! Rendez-vous le {DATE} à 17 h en salle Rose. Merci de confirmer votre présence à {FIRST} ou {FIRST} avant jeudi."
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour Mme {LAST}, bonjour M. {LAST},\n"
            "\n"
            "Je vous confirme notre visite du {DATE}. Je serai accompagné de {FULL}, ingénieur d'affaires, et de notre conducteur de travaux {FULL}.\n"
            "\n"
            "Bien respectueusement,\n"
            "{FULL_M}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour {FIRST},\n"
            "\n"
            "Je te confirme que {REV} passera la semaine prochaine.\n"
            "\n"
            "Cordialement"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Signature :\n"
            "{FULL}\n"
            "Directrice administrative et financière\n"
            "M : {PHONE}\n"
            "{ORG} SAS – {ADDRESS}\n"
            "Avant d'imprimer, pensez à l'environnement."
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour,\n"
            "J'ai bien eu votre collègue {FIRST} au téléphone hier, il m'a dit de m'adresser à vous. Mon contrat est au nom de mon mari, {FULL_M}, décédé le {DATE}. Que dois-je fournir ?\n"
            "Mme Vve {LAST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "{FIRST} bonjour,\n"
            "Peux-tu me faire un retour sur la note de {LAST} avant le CODIR ?\n"
            "Merci,\n"
            "{FIRST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Objet : Compte rendu de visite – {ORG}\n"
            "\n"
            "Participants : {FULL} (client), {FULL} (client), {FULL} (nous)\n"
            "\n"
            "Le client souhaite un prototype pour {DATE}. {LAST} insiste sur le coût ; sa responsable, Mme {LAST}, paraît plus souple.\n"
            "\n"
            "Prochaine étape : chiffrage par {FIRST}."
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Monsieur,\n"
            "Par la présente, je vous mets en demeure de me restituer le dépôt de garantie de {AMOUNT} versé à votre mandataire, Monsieur {FULL_M}, lors de mon entrée dans les lieux.\n"
            "{FULL_CAPS}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "bonjour monsieur {last_low}\n"
            "je n'ai tjs pas recu mon attestation employeur, votre collègue madame {last_low} devait me l'envoyer\n"
            "cordialement\n"
            "{full_low}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour {FIRST},\n"
            "\n"
            "Pour le salon de {PLACE}, voici qui vient : {FULL} et {FULL} côté commerce, {FULL} côté technique. Peux-tu réserver trois chambres ?\n"
            "\n"
            "Bonne fin de journée\n"
            "{FIRST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Objet : Remerciements\n"
            "\n"
            "Au nom de {ORG}, je tiens à remercier tout particulièrement Monsieur {FULL_M}, maire de {PLACE}, Madame {FULL_F}, conseillère départementale, ainsi que {FULL} et {FULL}, bénévoles de la première heure.\n"
            "\n"
            "La présidente, {FULL_F}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour,\n"
            "Suite à l'appel de votre technicien ({FIRST}), je confirme que la chaudière {PRODUCT} fuit toujours.\n"
            "Merci d'envoyer quelqu'un d'autre que M. {LAST}.\n"
            "{INIT}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour Mesdames,\n"
            "La réunion parents-professeurs est avancée au {DATE}. Mmes {LAST}, {LAST} et {LAST} recevront en salle 12, MM. {LAST} et {LAST} en salle 14.\n"
            "La vie scolaire"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "{FIRST},\n"
            "ci-joint la version signée par {FULL}. Il manque juste le paraphe de {INITS} page 4.\n"
            "{FIRST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour,\n"
            "\n"
            "Nous vous informons que {FULL_3}, née le {DATE} à {PLACE}, est affiliée à notre régime depuis son embauche.\n"
            "\n"
            "Le centre de gestion"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Objet: candidature spontanée\n"
            "\n"
            "Madame, Monsieur,\n"
            "Actuellement en BTS à {PLACE}, je recherche une alternance de deux ans. Mon maître de stage, {FULL}, pourra vous confirmer mon sérieux.\n"
            "{FULL}\n"
            "{PHONE}\n"
            "{EMAIL}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Salut tout le monde,\n"
            "Petit rappel : la caisse du café est vide. {FIRST} a avancé 20 €, pensez à la rembourser :)\n"
            "{FIRST}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour {FIRST}-\n"
            "Je viens d'avoir le bureau d'études : les plans de {LAST} sont faux, il faut repartir de ceux de {FULL}. Tu peux voir ça avec lui ?\n"
            "++"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Monsieur le Maire,\n"
            "Les riverains de la {PLACE}, représentés par M. {FULL_M} et Mme {FULL_F}, souhaitent vous rencontrer au sujet des nuisances du chantier."
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour Monsieur {=Van den Broeck},\n"
            "Merci pour votre confiance. Votre conseiller dédié est désormais {FULL}, joignable au {PHONE}.\n"
            "{ORG}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Pour : Équipe Support ; {FULL} ; {FULL}\n"
            "Cc : {REV_CAPS} ; {REV_CAPS}\n"
            "Objet : [URGENT] panne {PRODUCT}\n"
            "\n"
            "Le serveur est tombé à 6 h 12. {FIRST} est sur place, {FIRST} arrive. Point à 9 h avec {LAST}."
        ),
    ),
    (
        "fr",
        "mail",
        ("Bonjour,\nJe vous écris de la part de M. {INITS}, de l'agence de {PLACE}.\nCordialement"),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour,\n"
            "\n"
            "L'entretien annuel de {FULL} est fixé au {DATE}. Celui de {FULL} est reporté à la demande de son manager, {FULL}.\n"
            "\n"
            "Merci de préparer la grille.\n"
            "\n"
            "{FIRST}\n"
            "Ressources humaines"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Madame {DOUBLE},\n"
            "\n"
            "Votre demande de formation « {PRODUCT} avancé » a été acceptée par votre N+1, {INIT}. La session aura lieu à {PLACE}.\n"
            "\n"
            "Bien à vous,\n"
            "Le service Formation"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Bonjour {FIRST} et {FIRST},\n"
            "merci pour votre accueil hier à {PLACE}. {FULL} vous adresse ses amitiés.\n"
            "Je vous envoie le contrat dès que {LAST} l'a relu.\n"
            "Cordialement,\n"
            "{FULL}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Objet : Re: planning Noël\n"
            "\n"
            "Moi je peux faire le 24 et le 26. {FIRST} ne peut pas le 31. Demande à {FIRST} ou {FIRST}, ils n'ont pas d'enfants :)"
        ),
    ),
    (
        "fr",
        "mail",
        ("Bien reçu, merci.\n\n{INIT}"),
    ),
    (
        "fr",
        "mail",
        ("C'est noté {FIRST}, je vois ça avec {FIRST} dès son retour.\n\nBien à toi,\n{FIRST}"),
    ),
    (
        "fr",
        "mail",
        (
            "Dans l'attente de vous lire, recevez, cher Monsieur {LAST}, mes salutations les meilleures.\n"
            "\n"
            "Pour la SARL {ORG}\n"
            "Le gérant, {FULL_M}"
        ),
    ),
    (
        "fr",
        "mail",
        (
            "Envoyé depuis mon iPhone\n"
            "\n"
            "> De : {FULL}\n"
            "> Objet : clés\n"
            "\n"
            "je laisse les clés chez {FIRST}, le voisin du 3e"
        ),
    ),
]
