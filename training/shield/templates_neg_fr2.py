"""More negatives: long business texts, headings, brands and places named after people."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "neg",
        (
            "COMPTE RENDU\n"
            "Réunion du Comité de Direction – {DATE}\n"
            "1. Résultats commerciaux\n"
            "Le Chiffre d'Affaires progresse de 4 % dans les régions Nord et Est. {ORG} reste le premier client.\n"
            "2. Ressources Humaines\n"
            "Deux postes de {JOB} sont ouverts à {PLACE}.\n"
            "3. Divers\n"
            "Prochaine réunion en Salle Gutenberg."
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Bonjour,\n"
            "\n"
            "Suite à votre demande, nous vous confirmons que la Maison de l'Emploi de {PLACE} sera fermée du {DATE} au {DATE}.\n"
            "\n"
            "Bien cordialement,\n"
            "\n"
            "Le Pôle Accueil"
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Bonjour à tous,\n"
            "\n"
            "La Direction des Systèmes d'Information procédera samedi à la mise à jour de {PRODUCT}. Les applications Paie, Stock et Facturation seront indisponibles de 8 h à 12 h.\n"
            "\n"
            "Merci de votre compréhension.\n"
            "L'équipe Support"
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Madame, Monsieur,\n"
            "\n"
            "Votre abonnement Internet Fibre arrive à son terme le {DATE}. Choisissez l'offre Série Spéciale et économisez {AMOUNT}.\n"
            "\n"
            "À bientôt,\n"
            "Votre Service Clients"
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Objet : Appel d'offres – Rénovation du gymnase Alice-Milliat\n"
            "\n"
            "Lot 1 : Gros Œuvre\n"
            "Lot 2 : Charpente Bois\n"
            "Lot 3 : Menuiseries Extérieures\n"
            "Lot 4 : Électricité Courants Forts\n"
            "\n"
            "Date limite : {DATE} – Plateforme : Mégalis Bretagne"
        ),
    ),
    (
        "fr",
        "neg",
        (
            "FICHE PRODUIT\n"
            "Nom : Fauteuil Oscar\n"
            "Marque : Roche Bobois\n"
            "Coloris : Blanc, Gris, Rose\n"
            "Fabrication : France"
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Recette de la Forêt-Noire\n"
            "Ingrédients : Chocolat noir, Crème fleurette, Kirsch, Cerises\n"
            "Préparation : Monter les Blancs en neige. Incorporer la Farine."
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Politique de Confidentialité\n"
            "Responsable du traitement : {ORG}\n"
            "Finalités : Gestion des Clients, Prospection\n"
            "Délégué à la Protection des Données : {EMAIL}"
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Horaires d'ouverture\n"
            "Lundi-Vendredi : 9 h-12 h / 14 h-18 h\n"
            "Samedi : 9 h-12 h\n"
            "Fermé Pâques, Ascension, Noël et Jour de l'An"
        ),
    ),
    (
        "fr",
        "neg",
        "Itinéraire : prendre l'A6 direction Lyon, sortie Villefranche, puis rue de la République, place Bellecour et quai Jules-Courmont.",
    ),
    (
        "fr",
        "neg",
        "Projet Jeanne-d'Arc, tranche 2 : livraison de 40 logements rue Joliot-Curie, maîtrise d'ouvrage Loire Habitat.",
    ),
    (
        "fr",
        "neg",
        ("Liste des fournisseurs\n- {ORG}\n- {ORG}\n- {ORG}\n- {ORG}"),
    ),
    (
        "fr",
        "neg",
        ("{ORG};{PLACE};{AMOUNT}\n{ORG};{PLACE};{AMOUNT}\n{ORG};{PLACE};{AMOUNT}"),
    ),
    (
        "fr",
        "neg",
        "{PRODUCT}, {PRODUCT}, {PRODUCT} et {PRODUCT} sont compatibles.",
    ),
    (
        "fr",
        "neg",
        ("{JOB}\n{JOB}\n{JOB}"),
    ),
    (
        "fr",
        "neg",
        ("Responsable : à désigner\nSuppléant : à désigner\nLieu : {PLACE}"),
    ),
    (
        "fr",
        "neg",
        ("Nom : Fontaine Saint-Michel\nType : Monument\nVille : Paris"),
    ),
    (
        "fr",
        "neg",
        (
            "Q : Comment résilier mon contrat ?\n"
            "R : Envoyez un courrier recommandé au Service Résiliation, {ADDRESS}."
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Agent : Bonjour, que puis-je faire pour vous ?\n"
            "Client : Ma box Orange clignote.\n"
            "Agent : Débranchez-la, puis appuyez sur Reset."
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Le Président : La séance est ouverte.\n"
            "Le Rapporteur : Merci, monsieur le Président.\n"
            "Un membre : Je demande la parole."
        ),
    ),
    (
        "fr",
        "neg",
        (
            "MINISTÈRE DE LA TRANSITION ÉCOLOGIQUE\n"
            "Direction générale de l'Aviation civile\n"
            "Arrêté du {DATE} portant agrément"
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Ordre de mission\n"
            "Destination : {PLACE}\n"
            "Moyen de transport : Train\n"
            "Hébergement : Hôtel Mercure"
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Objet : Relance n° 2\n"
            "La somme de {AMOUNT} (pièce {REF}) n'a pas été réglée. Sans règlement sous huit jours, le Cabinet Durand & Fils engagera une procédure."
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Compte rendu d'IRM\n"
            "Technique : séquences T1, T2, FLAIR\n"
            "Résultats : discopathie L4-L5, pas de lésion de Modic\n"
            "Conclusion : Aspect stable"
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Ordonnance\n"
            "Amoxicilline 1 g matin et soir\n"
            "Paracétamol si douleur\n"
            "Bandelette Élastoplast"
        ),
    ),
    (
        "fr",
        "neg",
        "Échelles : Braden 18, Norton 14, EVA 3, Karnofsky 80 %",
    ),
    (
        "fr",
        "neg",
        "Pansement type Algostéril, sonde de Foley, drain de Redon, collier Philadelphie, aiguille de Huber",
    ),
    (
        "fr",
        "neg",
        "Position de Trendelenburg, incision de Pfannenstiel, pince de Kocher et écarteur de Farabeuf",
    ),
    (
        "fr",
        "neg",
        "Le tournevis Pozidriv, la clé Facom et la vis Parker sont dans la caisse rouge.",
    ),
    (
        "fr",
        "neg",
        "Le style Louis XV se vend mal, le mobilier Empire mieux.",
    ),
    (
        "fr",
        "neg",
        "Un Picasso s'est vendu chez Christie's.",
    ),
    (
        "fr",
        "neg",
        "Le croque-monsieur et la bouchée à la reine sont au menu Bistrot.",
    ),
    (
        "fr",
        "neg",
        "La rue Émile-Zola croise l'avenue Victor-Hugo devant la station Total.",
    ),
    (
        "fr",
        "neg",
        "Prenez le bus C3 jusqu'à l'arrêt Marie-Thérèse-de-Lamourous.",
    ),
    (
        "fr",
        "neg",
        "Résidence Georges-Sand, bâtiment Chopin, porte 12",
    ),
    (
        "fr",
        "neg",
        "Campus Jean-Jaurès, amphi Marc-Bloch",
    ),
    (
        "fr",
        "neg",
        "Les élèves du lycée Camille-Claudel ont visité l'usine Renault de Flins.",
    ),
    (
        "fr",
        "neg",
        "La fondation Bettencourt-Schueller et l'institut Gustave-Roussy financent l'étude.",
    ),
    (
        "fr",
        "neg",
        "Rendez-vous à l'agence Barbès, métro Marcadet-Poissonniers.",
    ),
    (
        "fr",
        "neg",
        "L'allée Rosa-Parks est en sens unique.",
    ),
    (
        "fr",
        "neg",
        "Le trophée Jules-Rimet, la coupe Davis et le grand chelem",
    ),
    (
        "fr",
        "neg",
        "Le ballon d'Or et la coupe Gambardella",
    ),
    (
        "fr",
        "neg",
        "La loi Evin interdit cette publicité ; la loi Toubon impose le français.",
    ),
    (
        "fr",
        "neg",
        "L'amendement Mattei et le rapport Villani sont cités en annexe.",
    ),
    (
        "fr",
        "neg",
        "Dispositif Madelin, contrat Loi Macron, PEE et Perco",
    ),
    (
        "fr",
        "neg",
        "Livret Jeune, PEL, LEP : quel taux en Février ?",
    ),
    (
        "fr",
        "neg",
        "Dans Word, Insertion > Table des matières > Style Élégant.",
    ),
    (
        "fr",
        "neg",
        "Appuyez sur Ctrl + Alt + Suppr puis sur Gestionnaire des tâches.",
    ),
    (
        "fr",
        "neg",
        "Sélectionnez Paramètres, Confidentialité, Micro, Autoriser.",
    ),
    (
        "fr",
        "neg",
        "Onglet Accueil, groupe Police, bouton Gras.",
    ),
    (
        "fr",
        "neg",
        "Erreur 404 : Page Introuvable",
    ),
    (
        "fr",
        "neg",
        "Bienvenue sur Mon Espace ! Se connecter – Créer un compte – Mot de passe oublié",
    ),
    (
        "fr",
        "neg",
        "Accueil | Boutique | Blog | Contact | Mentions légales",
    ),
    (
        "fr",
        "neg",
        "Lire la suite • Partager • Imprimer",
    ),
    (
        "fr",
        "neg",
        "Paiement 3 fois sans frais, Livraison Offerte, Retour Gratuit",
    ),
    (
        "fr",
        "neg",
        "Black Friday, Cyber Monday, French Days : nos prix fondent.",
    ),
    (
        "fr",
        "neg",
        "Fête des Mères, Fête des Pères, Saint-Jean et 14 Juillet",
    ),
    (
        "fr",
        "neg",
        "Galette des Rois, Mardi gras et Chandeleur : pensez à réserver.",
    ),
    (
        "fr",
        "neg",
        "À la Sainte-Catherine, tout bois prend racine.",
    ),
    (
        "fr",
        "neg",
        "Saint-Nicolas, saint patron des écoliers, est fêté le 6 décembre.",
    ),
    (
        "fr",
        "neg",
        "Vacances de la Toussaint : zone A, B et C.",
    ),
    (
        "fr",
        "neg",
        "Grève : CGT, CFDT, FO et Solidaires appellent à manifester de République à Nation.",
    ),
    (
        "fr",
        "neg",
        "Union européenne, Banque centrale, Cour des comptes, Sénat",
    ),
    (
        "fr",
        "neg",
        "Le Conseil Constitutionnel censure l'article 49.",
    ),
    (
        "fr",
        "neg",
        "Quel code NAF pour une boulangerie ? Et pour un charpentier ?",
    ),
    (
        "fr",
        "neg",
        "C'est quoi la différence entre un berger des Pyrénées et un beauceron ?",
    ),
    (
        "fr",
        "neg",
        "Comment tailler un rosier Pierre de Ronsard ?",
    ),
    (
        "fr",
        "neg",
        "Le camélia, l'hortensia et le dahlia craignent le gel.",
    ),
    (
        "fr",
        "neg",
        "Pomme Golden, poire Williams, prune Reine-Claude, cerise Burlat",
    ),
    (
        "fr",
        "neg",
        "Pommes de terre Charlotte, Amandine, Monalisa et Belle de Fontenay",
    ),
    (
        "fr",
        "neg",
        "Un Cosmopolitan, deux Bloody Mary, un Tom Collins et un Margarita",
    ),
    (
        "fr",
        "neg",
        "Sauce Béchamel, sauce Mornay, tournedos Rossini et poularde Albufera",
    ),
    (
        "fr",
        "neg",
        "Sandwich Rosette, bière Leffe, vin Mouton Cadet",
    ),
    (
        "fr",
        "neg",
        "La Vierge, le Lion et le Bélier ont un bon mois.",
    ),
    (
        "fr",
        "neg",
        "Vénus, Mars, Jupiter et Saturne seront visibles.",
    ),
    (
        "fr",
        "neg",
        "Le Rhône, la Loire, la Marne et la Vienne sont en crue.",
    ),
    (
        "fr",
        "neg",
        "Mont Blanc, pic Saint-Loup, col du Galibier",
    ),
    (
        "fr",
        "neg",
        "Île Maurice, Saint-Barthélemy et Sainte-Lucie : vols directs.",
    ),
    (
        "fr",
        "neg",
        "Victoria, Adélaïde et Sydney sont en Australie.",
    ),
    (
        "fr",
        "neg",
        "San Francisco, Santa Barbara et Saint Louis",
    ),
    (
        "fr",
        "neg",
        "Georgia, Verdana et Arial sont des polices ; Garamond et Didot aussi.",
    ),
    (
        "fr",
        "neg",
        "Le logiciel Ciel devient Sage, EBP reste.",
    ),
    (
        "fr",
        "neg",
        "Le robot Moulinex Companion et l'aspirateur Dyson",
    ),
    (
        "fr",
        "neg",
        "Un sac Birkin, un carré Hermès, un foulard Dior",
    ),
    (
        "fr",
        "neg",
        "La collection Printemps-Été de Jean-Paul Gaultier arrive en boutique.",
    ),
    (
        "fr",
        "neg",
        "J'ai rendez-vous chez Jean Louis David à 15 h.",
    ),
    (
        "fr",
        "neg",
        "Un Jack Daniel's, un Johnnie Walker et un Dom Pérignon",
    ),
    (
        "fr",
        "neg",
        "Tupperware, Kleenex, Frigidaire et Scotch sont des marques déposées.",
    ),
    (
        "fr",
        "neg",
        "Une Saint-Honoré, deux Mille-feuilles, trois Religieuses",
    ),
    (
        "fr",
        "neg",
        "Ampère, Volt, Watt, Joule, Pascal et Kelvin sont des unités.",
    ),
    (
        "fr",
        "neg",
        "Théorème de Gauss, série de Fourier, transformée de Laplace, matrice de Hilbert",
    ),
    (
        "fr",
        "neg",
        "Courbe de Lorenz, optimum de Pareto, paradoxe de Condorcet",
    ),
    (
        "fr",
        "neg",
        "Le test de Turing et la machine de Von Neumann sont au chapitre 2.",
    ),
    (
        "fr",
        "neg",
        "Le train Intercités 3655 à destination de Vienne partira voie B.",
    ),
    (
        "fr",
        "neg",
        "Vol AF 7430 Nice – Paris-Orly",
    ),
    (
        "fr",
        "neg",
        "Le cargo Marion-Dufresne a quitté Le Port.",
    ),
    (
        "fr",
        "neg",
        "La frégate Aquitaine escorte le porte-avions Charles de Gaulle.",
    ),
    (
        "fr",
        "neg",
        "Tempête Ciaran : routes coupées en Bretagne.",
    ),
    (
        "fr",
        "neg",
        "L'ouragan Irma a touché Saint-Martin.",
    ),
    (
        "fr",
        "neg",
        "Opération Barkhane, plan Vigipirate, mission Sentinelle",
    ),
    (
        "fr",
        "neg",
        "Le gaz Butane, le fioul Domestique et l'éthanol E85",
    ),
    (
        "fr",
        "neg",
        "Maçon, Plombier, Carreleur : nous recrutons.",
    ),
    (
        "fr",
        "neg",
        "Cherche Cuisinier H/F, Saison Été, logé, nourri.",
    ),
    (
        "fr",
        "neg",
        "Le Juge, la Greffière et le Procureur sont en grève.",
    ),
    (
        "fr",
        "neg",
        "Le Médecin du travail a rendu un Avis d'Aptitude.",
    ),
    (
        "fr",
        "neg",
        "Pour Monsieur : costume bleu. Pour Madame : robe verte.",
    ),
    (
        "fr",
        "neg",
        "Papa, Maman, Papi, Mamie : étiquettes à imprimer",
    ),
    (
        "fr",
        "neg",
        "Toi, Moi, Eux : atelier vivre-ensemble",
    ),
    (
        "fr",
        "neg",
        "Bonne Année ! Bonne Fête ! Bon Courage ! Merci Beaucoup !",
    ),
    (
        "fr",
        "neg",
        "Bravo à toute l'équipe Logistique !",
    ),
    (
        "fr",
        "neg",
        "Bonjour l'équipe, Bonne semaine",
    ),
    (
        "fr",
        "neg",
        "Salut à tous",
    ),
    (
        "fr",
        "neg",
        "Hello, petite question sur la TVA",
    ),
    (
        "fr",
        "neg",
        "Coucou, tu peux rappeler le garage ?",
    ),
    (
        "fr",
        "neg",
        "re, j'ai trouvé c'était le câble",
    ),
    (
        "fr",
        "neg",
        "dsl j'ai pas vu ton msg, on se capte tantôt",
    ),
    (
        "fr",
        "neg",
        "jsuis dans le train pr paris jarrive vers 14h",
    ),
    (
        "fr",
        "neg",
        "la mercedes est au garage, prends la clio",
    ),
    (
        "fr",
        "neg",
        "tu connais un bon boucher a laval ?",
    ),
    (
        "fr",
        "neg",
        "on mange chez paul ou au mcdo ?",
    ),
    (
        "fr",
        "neg",
        "faut commander 3 zoe et une megane",
    ),
    (
        "fr",
        "neg",
        "ya plus de place au lycee pasteur",
    ),
    (
        "fr",
        "neg",
        "noel arrive, on ferme le 24",
    ),
    (
        "fr",
        "neg",
        "qui a le mdp de canva ?",
    ),
    (
        "fr",
        "neg",
        "kubernetes plante encore, redémarre jenkins",
    ),
    (
        "fr",
        "neg",
        "alexa met la radio",
    ),
    (
        "fr",
        "neg",
        "claude peux tu m'aider a faire un tableau excel",
    ),
    (
        "fr",
        "neg",
        "merci a tous pr votre aide",
    ),
    (
        "fr",
        "neg",
        "le marin rentre au port, le berger a l'alpage",
    ),
    (
        "fr",
        "neg",
        "rose, blanc, roux, brun : les teintes dispo",
    ),
    (
        "fr",
        "neg",
        "en avril à lourdes il pleut souvent",
    ),
]
