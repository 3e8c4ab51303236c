"""Negatives: French texts full of capitals, products, places and titles, without any person."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "neg",
        "La livraison {REF} est arrivée à {PLACE} le {DATE} sans bon de réception.",
    ),
    (
        "fr",
        "neg",
        "Cliquez sur Enregistrer, puis sur Exporter au format CSV.",
    ),
    (
        "fr",
        "neg",
        "Menu Fichier > Options > Complexe > Autoriser les macros.",
    ),
    (
        "fr",
        "neg",
        "Le Service Achats et la Direction Générale se réunissent à {PLACE}.",
    ),
    (
        "fr",
        "neg",
        "{ORG} a remporté le marché devant {ORG} et {ORG}.",
    ),
    (
        "fr",
        "neg",
        "Noël tombe un jeudi cette année, l'atelier fermera du 24 au 29.",
    ),
    (
        "fr",
        "neg",
        "La Toussaint et le 11 Novembre sont chômés dans la convention Syntec.",
    ),
    (
        "fr",
        "neg",
        "Pour la Saint-Valentin, le magasin propose -20 % sur les bijoux.",
    ),
    (
        "fr",
        "neg",
        "Je voudrais un tableau Excel avec une colonne Janvier, une colonne Février et un total.",
    ),
    (
        "fr",
        "neg",
        "Explique-moi le {LAWNAME} comme à un enfant de dix ans.",
    ),
    (
        "fr",
        "neg",
        "Quelle est la différence entre la {LAWNAME} et le régime réel ?",
    ),
    (
        "fr",
        "neg",
        "Le navire Charles-de-Gaulle est à quai à Toulon.",
    ),
    (
        "fr",
        "neg",
        "Rendez-vous à l'aéroport Roissy-Charles-de-Gaulle, terminal 2E.",
    ),
    (
        "fr",
        "neg",
        "Nous habitons près du lycée Victor-Hugo, derrière la rue Pasteur.",
    ),
    (
        "fr",
        "neg",
        "L'hôpital Robert-Debré a commandé douze lits.",
    ),
    (
        "fr",
        "neg",
        "Le rosier grimpe sur la pierre du mur, à côté de l'olive et du laurier.",
    ),
    (
        "fr",
        "neg",
        "Une {WORD}, c'est aussi un mot commun.",
    ),
    (
        "fr",
        "neg",
        "Le mot {WORD} figure deux fois dans le titre.",
    ),
    (
        "fr",
        "neg",
        "Ma {PRODUCT} fait un bruit au ralenti, que vérifier ?",
    ),
    (
        "fr",
        "neg",
        "Claude, ChatGPT ou Le Chat : lequel choisir pour une PME ?",
    ),
    (
        "fr",
        "neg",
        "Alexa, allume la lumière du salon.",
    ),
    (
        "fr",
        "neg",
        "Siri ne comprend pas quand je dis « rappelle-moi demain ».",
    ),
    (
        "fr",
        "neg",
        "Bonjour Claude, peux-tu corriger ce texte ?",
    ),
    (
        "fr",
        "neg",
        "Merci Copilot, c'est parfait.",
    ),
    (
        "fr",
        "neg",
        "Hello, comment créer un pipeline sous GitLab CI avec Kubernetes ?",
    ),
    (
        "fr",
        "neg",
        "Bonjour à toutes et à tous, la cantine sera fermée vendredi.",
    ),
    (
        "fr",
        "neg",
        "Madame, Monsieur, veuillez trouver ci-joint notre offre de prix.",
    ),
    (
        "fr",
        "neg",
        "Chers clients, nos bureaux seront fermés pour inventaire le {DATE}.",
    ),
    (
        "fr",
        "neg",
        "Mesdames et Messieurs, la séance est ouverte.",
    ),
    (
        "fr",
        "neg",
        "Monsieur le Président, Monsieur le Maire, mes chers collègues,",
    ),
    (
        "fr",
        "neg",
        "Cher Client, votre contrat arrive à échéance.",
    ),
    (
        "fr",
        "neg",
        "Bonjour Maman de la classe de CP, pensez au gâteau !",
    ),
    (
        "fr",
        "neg",
        "Le Chef de projet valide, le Directeur technique signe.",
    ),
    (
        "fr",
        "neg",
        "LE RESPONSABLE QUALITÉ DOIT VISER CHAQUE FICHE DE NON-CONFORMITÉ.",
    ),
    (
        "fr",
        "neg",
        "ATTENTION : NE PAS DÉBRANCHER LE SERVEUR PENDANT LA MISE À JOUR",
    ),
    (
        "fr",
        "neg",
        "CONDITIONS GÉNÉRALES DE VENTE",
    ),
    (
        "fr",
        "neg",
        "ARTICLE 4 – DURÉE ET RÉSILIATION",
    ),
    (
        "fr",
        "neg",
        "CHAPITRE II – DISPOSITIONS FINANCIÈRES",
    ),
    (
        "fr",
        "neg",
        ("SOMMAIRE\n1. Contexte\n2. Objectifs\n3. Périmètre\n4. Calendrier\n5. Budget"),
    ),
    (
        "fr",
        "neg",
        ("# Plan de communication\n## Cible\n## Message\n## Canaux\n### Réseaux sociaux"),
    ),
    (
        "fr",
        "neg",
        "Titre : Guide du Nouvel Arrivant",
    ),
    (
        "fr",
        "neg",
        ("Total HT : {AMOUNT}\nTVA 20 %\nTotal TTC : {AMOUNT}\nNet à payer : {AMOUNT}"),
    ),
    (
        "fr",
        "neg",
        (
            "Référence;Désignation;Quantité;Prix\n"
            "{REF};Vis inox 4x40;200;{AMOUNT}\n"
            "{REF};Cheville Molly;100;{AMOUNT}"
        ),
    ),
    (
        "fr",
        "neg",
        (
            "Code postal;Ville;Région\n"
            "75011;Paris;Île-de-France\n"
            "49000;Angers;Pays de la Loire\n"
            "54000;Nancy;Grand Est"
        ),
    ),
    (
        "fr",
        "neg",
        ("Produit;Marque;Stock\nPerceuse;Bosch;12\nScie;Makita;4\nPonceuse;Festool;0"),
    ),
    (
        "fr",
        "neg",
        "lundi mardi mercredi jeudi vendredi",
    ),
    (
        "fr",
        "neg",
        "Avril : 12 jours ouvrés. Mai : 18. Juin : 21.",
    ),
    (
        "fr",
        "neg",
        "En Avril, ne te découvre pas d'un fil.",
    ),
    (
        "fr",
        "neg",
        "Le Grand Paris Express ouvrira la ligne 15 Sud.",
    ),
    (
        "fr",
        "neg",
        "Île-de-France, Auvergne-Rhône-Alpes et Bretagne sont les trois régions pilotes.",
    ),
    (
        "fr",
        "neg",
        "Nous livrons Laval, Angers, Vienne, Nancy, Lourdes et Florence (Italie).",
    ),
    (
        "fr",
        "neg",
        "Quel temps fait-il à Florence en octobre ?",
    ),
    (
        "fr",
        "neg",
        "De Nancy à Vienne, comptez cinq heures par l'A31.",
    ),
    (
        "fr",
        "neg",
        "Le TGV pour {PLACE} part voie 3.",
    ),
    (
        "fr",
        "neg",
        "La France et l'Allemagne ont signé le traité de l'Élysée.",
    ),
    (
        "fr",
        "neg",
        "Air France, SNCF et Renault sont actionnaires de la Caisse.",
    ),
    (
        "fr",
        "neg",
        "Le Crédit Mutuel et la Banque Populaire refusent le prêt.",
    ),
    (
        "fr",
        "neg",
        "J'ai acheté la table chez Leroy Merlin et la lampe chez Conforama.",
    ),
    (
        "fr",
        "neg",
        "Chez Michelin, la grève continue.",
    ),
    (
        "fr",
        "neg",
        "Louis Vuitton ouvre une boutique à {PLACE}.",
    ),
    (
        "fr",
        "neg",
        "Yves Rocher, Pierre Fabre et Jacques Dessange sont des marques françaises.",
    ),
    (
        "fr",
        "neg",
        "Le parfum Miss Dior est en rupture.",
    ),
    (
        "fr",
        "neg",
        "Peux-tu me comparer Sage, Cegid et Pennylane ?",
    ),
    (
        "fr",
        "neg",
        "Ouvre Outlook, va dans Paramètres puis Réponses automatiques.",
    ),
    (
        "fr",
        "neg",
        "Depuis la mise à jour de {PRODUCT}, l'imprimante Brother ne répond plus.",
    ),
    (
        "fr",
        "neg",
        "Le Code du travail, article L. 1232-2, impose un entretien préalable.",
    ),
    (
        "fr",
        "neg",
        "Vu le Code général des collectivités territoriales ; Vu la délibération du Conseil municipal ;",
    ),
    (
        "fr",
        "neg",
        "Considérant que la commune a compétence ; Arrête :",
    ),
    (
        "fr",
        "neg",
        "Attendu que la Cour d'appel de {PLACE} a retenu la compétence du tribunal judiciaire ;",
    ),
    (
        "fr",
        "neg",
        "L'Urssaf réclame {AMOUNT} de majorations.",
    ),
    (
        "fr",
        "neg",
        "La CPAM, la CAF et la MSA ont fusionné leurs guichets.",
    ),
    (
        "fr",
        "neg",
        "Le Conseil d'État a annulé le décret.",
    ),
    (
        "fr",
        "neg",
        "Conformément au RGPD, la CNIL peut contrôler l'entreprise.",
    ),
    (
        "fr",
        "neg",
        "Recette du pot-au-feu : Blanchir la viande. Ajouter Carottes, Navets, Poireaux. Servir avec Gros Sel.",
    ),
    (
        "fr",
        "neg",
        "Tarte Tatin, Paris-Brest, Saint-Honoré, Opéra : 4 € la part.",
    ),
    (
        "fr",
        "neg",
        "Menu du jour : Blanquette à l'ancienne, Île flottante, Café gourmand",
    ),
    (
        "fr",
        "neg",
        "Vin : Saint-Émilion 2018, Sancerre, Côtes-du-Rhône, Gewurztraminer",
    ),
    (
        "fr",
        "neg",
        "Fromages : Saint-Nectaire, Sainte-Maure, Pont-l'Évêque",
    ),
    (
        "fr",
        "neg",
        "Plat : Pêche Melba, Poire Belle-Hélène, crêpe Suzette",
    ),
    (
        "fr",
        "neg",
        "La fête de la Musique aura lieu place Bellecour.",
    ),
    (
        "fr",
        "neg",
        "Le marché des Capucins, à Bordeaux, ouvre à 7 h.",
    ),
    (
        "fr",
        "neg",
        "Le Petit Prince est épuisé chez notre grossiste.",
    ),
    (
        "fr",
        "neg",
        "Le film « Le Grand Bleu » passe ce soir.",
    ),
    (
        "fr",
        "neg",
        "Pierre, feuille, ciseaux : le jeu de l'atelier.",
    ),
    (
        "fr",
        "neg",
        "La pierre de Bourgogne coûte plus cher que le grès.",
    ),
    (
        "fr",
        "neg",
        "Un berger allemand et un chat siamois.",
    ),
    (
        "fr",
        "neg",
        "La rose des vents, l'étoile polaire et la boussole.",
    ),
    (
        "fr",
        "neg",
        "Le martin-pêcheur niche dans la berge.",
    ),
    (
        "fr",
        "neg",
        "Prudence sur les routes : verglas en Lozère.",
    ),
    (
        "fr",
        "neg",
        "Victoire 3-1 de l'équipe première !",
    ),
    (
        "fr",
        "neg",
        "Constance et clémence du temps sont requises pour la peinture extérieure.",
    ),
    (
        "fr",
        "neg",
        "Un homme désiré, un enfant aimé : la brochure parle de parentalité.",
    ),
    (
        "fr",
        "neg",
        "C'est parfait, juste un point : le logo est trop petit.",
    ),
    (
        "fr",
        "neg",
        "Le blanc cassé va mieux que le gris perle, le roux fait daté.",
    ),
    (
        "fr",
        "neg",
        "Grand format, petit prix.",
    ),
    (
        "fr",
        "neg",
        "Offre Petit Budget : -30 % sur la gamme Blanc.",
    ),
    (
        "fr",
        "neg",
        "Merci d'avance.",
    ),
    (
        "fr",
        "neg",
        "Bien cordialement,",
    ),
    (
        "fr",
        "neg",
        ("Cordialement,\nLe Service Client"),
    ),
    (
        "fr",
        "neg",
        ("Sincères salutations,\nLa Direction"),
    ),
    (
        "fr",
        "neg",
        ("Bien à vous,\nL'équipe Support\n{ORG}"),
    ),
    (
        "fr",
        "neg",
        "Envoyé depuis mon iPhone",
    ),
    (
        "fr",
        "neg",
        "Objet : Relance facture {REF}",
    ),
    (
        "fr",
        "neg",
        ("De : {EMAIL}\nÀ : {EMAIL}\nObjet : Planning de Mai"),
    ),
    (
        "fr",
        "neg",
        "Pièce jointe : Contrat_Cadre_V3_FINAL.docx",
    ),
    (
        "fr",
        "neg",
        (
            "Bonjour,\n"
            "\n"
            "Pouvez-vous me confirmer la réception de notre commande {REF} ?\n"
            "\n"
            "Merci,\n"
            "Le magasin"
        ),
    ),
    (
        "fr",
        "neg",
        "bonjour je veux resilier mon abonnement comment faire",
    ),
    (
        "fr",
        "neg",
        "slt tt le monde réunion à 14h salle verte",
    ),
    (
        "fr",
        "neg",
        "qui a pris la clé du fourgon ?",
    ),
    (
        "fr",
        "neg",
        "ok pour moi",
    ),
    (
        "fr",
        "neg",
        "merci !",
    ),
    (
        "fr",
        "neg",
        "Peux-tu traduire « Bonjour » en portugais, en polonais et en vietnamien ?",
    ),
    (
        "fr",
        "neg",
        "Fais-moi un plan de formation Sécurité pour des Caristes.",
    ),
    (
        "fr",
        "neg",
        "Écris une fiche de poste de {JOB} pour {ORG}.",
    ),
    (
        "fr",
        "neg",
        "Rédige une annonce pour recruter un {JOB} à {PLACE}.",
    ),
    (
        "fr",
        "neg",
        "Quel est le salaire moyen d'un {JOB} ?",
    ),
    (
        "fr",
        "neg",
        "On cherche un boulanger, un boucher et un berger pour la saison.",
    ),
    (
        "fr",
        "neg",
        "Le Boulanger du quartier ferme le mardi.",
    ),
    (
        "fr",
        "neg",
        "Poste : Maçon. Lieu : Petit-Quevilly. Contrat : CDI.",
    ),
    (
        "fr",
        "neg",
        "Profession : Marin pêcheur. Nationalité : Française.",
    ),
    (
        "fr",
        "neg",
        ("Formulaire CERFA n° 13750\nNom :\nPrénom :\nNé(e) le :\nÀ :"),
    ),
    (
        "fr",
        "neg",
        "Nom : ____________ Prénom : ____________",
    ),
    (
        "fr",
        "neg",
        ("NOM\nPRÉNOM\nADRESSE\nCODE POSTAL\nVILLE"),
    ),
    (
        "fr",
        "neg",
        ("Nom du produit : {PRODUCT}\nNom du fournisseur : {ORG}"),
    ),
    (
        "fr",
        "neg",
        "Signature du salarié précédée de la mention « Lu et approuvé »",
    ),
    (
        "fr",
        "neg",
        "Fait à {PLACE}, le {DATE}, en deux exemplaires.",
    ),
    (
        "fr",
        "neg",
        "Bulletin de paie – Convention collective : Métallurgie – Emploi : Ajusteur – Coefficient 215",
    ),
    (
        "fr",
        "neg",
        (
            "Salaire de base 151,67 h\n"
            "Heures supplémentaires 25 %\n"
            "Mutuelle\n"
            "Prévoyance\n"
            "CSG déductible"
        ),
    ),
    (
        "fr",
        "neg",
        "Diagnostic : Pneumopathie. Traitement : Augmentin 1 g, Doliprane, Ventoline.",
    ),
    (
        "fr",
        "neg",
        "Antécédents : HTA, Diabète de type 2, maladie de Crohn, Basedow.",
    ),
    (
        "fr",
        "neg",
        "Syndrome de Raynaud, maladie de Parkinson et signe de Babinski recherchés.",
    ),
    (
        "fr",
        "neg",
        "Score de Glasgow à 15, Apgar 10 à 5 minutes.",
    ),
    (
        "fr",
        "neg",
        "Test de Lasègue négatif, signe de Kernig absent, manœuvre de Valsalva possible.",
    ),
    (
        "fr",
        "neg",
        "Patient transféré en réanimation, service Trousseau, lit 14.",
    ),
    (
        "fr",
        "neg",
        "Prélèvement : Hémoculture, ECBU. Germe : Escherichia coli, Staphylococcus aureus.",
    ),
    (
        "fr",
        "neg",
        "IRM : pas d'anomalie. Scanner : nodule du lobe supérieur droit.",
    ),
    (
        "fr",
        "neg",
        "Ordonnance : Lévothyrox 75, Kardégic 75, Tahor 20.",
    ),
    (
        "fr",
        "neg",
        "Aspect de maladie de Hodgkin, à confronter à la biologie.",
    ),
    (
        "fr",
        "neg",
        "La Salpêtrière, Cochin et Bichat sont saturés.",
    ),
    (
        "fr",
        "neg",
        "EHPAD Les Glycines, 3e étage, unité Alzheimer",
    ),
    (
        "fr",
        "neg",
        "Docteur en pharmacie, la gérante a repris l'officine de la Gare.",
    ),
    (
        "fr",
        "neg",
        "Bâtiment Descartes, salle Marie-Curie, 2e étage.",
    ),
    (
        "fr",
        "neg",
        "Salle Jean Jaurès : 40 places ; salle Simone Veil : 80 places.",
    ),
    (
        "fr",
        "neg",
        "Stade Roland-Garros, métro Michel-Ange Molitor.",
    ),
    (
        "fr",
        "neg",
        "L'avenue du Général-Leclerc est barrée jusqu'à la place Gambetta.",
    ),
    (
        "fr",
        "neg",
        "Prendre la sortie Porte de Saint-Cloud puis le quai Louis-Blériot.",
    ),
    (
        "fr",
        "neg",
        "Ligne 9 : Pont de Sèvres – Mairie de Montreuil via Saint-Augustin et Richelieu-Drouot",
    ),
    (
        "fr",
        "neg",
        "Collège Jules-Ferry : 412 élèves. Lycée Saint-Exupéry : 980. École Jean-de-La-Fontaine : 210.",
    ),
    (
        "fr",
        "neg",
        "Le prix Goncourt et le prix Femina seront remis en novembre.",
    ),
    (
        "fr",
        "neg",
        "Il a eu le Nobel et la médaille Fields, une rareté.",
    ),
    (
        "fr",
        "neg",
        "La cathédrale Notre-Dame et l'église Saint-Martin sont classées.",
    ),
    (
        "fr",
        "neg",
        "Saint-Martin-d'Hères, Sainte-Geneviève-des-Bois et Saint-Denis répondent à l'appel à projets.",
    ),
    (
        "fr",
        "neg",
        "Le château de Vaux-le-Vicomte se loue pour les mariages.",
    ),
    (
        "fr",
        "neg",
        "L'algorithme de Dijkstra, la méthode de Newton et la loi de Poisson sont au programme.",
    ),
    (
        "fr",
        "neg",
        "Diagramme de Gantt, matrice d'Eisenhower, loi de Pareto : trois outils.",
    ),
    (
        "fr",
        "neg",
        "Le modèle de Black-Scholes sous-estime la queue.",
    ),
    (
        "fr",
        "neg",
        "Échelle de Richter : 4,2. Température : 25 degrés Celsius. Puissance : 300 Watts.",
    ),
    (
        "fr",
        "neg",
        "Le moteur Diesel consomme moins que le moteur Essence.",
    ),
    (
        "fr",
        "neg",
        "Utilise l'indice de Gini et le test de Student.",
    ),
    (
        "fr",
        "neg",
        "Clé Allen de 6, tournevis Torx, prise Schuko.",
    ),
    (
        "fr",
        "neg",
        "Plug-in WordPress : Yoast, Elementor, Jetpack.",
    ),
    (
        "fr",
        "neg",
        "Terraform, Ansible, Jenkins et Docker tournent sur Debian.",
    ),
    (
        "fr",
        "neg",
        "Le serveur Apollon est en maintenance, Zeus prend le relais.",
    ),
    (
        "fr",
        "neg",
        "Projet Orion : jalon 2 franchi ; projet Vénus : en retard.",
    ),
    (
        "fr",
        "neg",
        "Nom de code : Hermès. Diffusion restreinte.",
    ),
    (
        "fr",
        "neg",
        "Base Oracle 19c, tables CLIENTS, FACTURES et LIGNES_FACTURE.",
    ),
    (
        "fr",
        "neg",
        "SELECT Nom, Prenom FROM Clients WHERE Ville = 'Paris' ORDER BY Nom;",
    ),
    (
        "fr",
        "neg",
        (
            "class Facture:\n"
            "    def __init__(self, client: Client) -> None:\n"
            "        self.client = client"
        ),
    ),
    (
        "fr",
        "neg",
        (
            "def calculer_tva(montant: float, taux: float = 0.2) -> float:\n"
            "    return montant * taux"
        ),
    ),
    (
        "fr",
        "neg",
        ('import pandas as pd\nfrom pathlib import Path\ndf = pd.read_csv("Ventes_Mars.csv")'),
    ),
    (
        "fr",
        "neg",
        (
            "public class Main {\n"
            "  public static void main(String[] args) {\n"
            '    System.out.println("Bonjour");\n'
            "  }\n"
            "}"
        ),
    ),
    (
        "fr",
        "neg",
        "ERROR 2024-05-02 Connection refused: Redis on localhost:6379",
    ),
    (
        "fr",
        "neg",
        "WARN [Scheduler] Job NettoyageCache skipped: previous run still active",
    ),
    (
        "fr",
        "neg",
        'npm ERR! Missing script: "build"',
    ),
    (
        "fr",
        "neg",
        "git checkout -b feature/Export-PDF",
    ),
    (
        "fr",
        "neg",
        "fix: arrondi TVA sur les avoirs",
    ),
    (
        "fr",
        "neg",
        '{"produit": "{PRODUCT}", "ville": "Paris", "statut": "Expédié"}',
    ),
    (
        "fr",
        "neg",
        '{"nom": "Perceuse", "prenom": null, "marque": "Bosch"}',
    ),
    (
        "fr",
        "neg",
        ("serveur:\n  nom: Jupiter\n  ville: Roubaix\n  rôle: Sauvegarde"),
    ),
    (
        "fr",
        "neg",
        "<client><raisonSociale>{ORG}</raisonSociale><ville>Laval</ville></client>",
    ),
    (
        "fr",
        "neg",
        ("| Ville | Ventes |\n|---|---|\n| Angers | 12 |\n| Laval | 9 |\n| Vienne | 4 |"),
    ),
    (
        "fr",
        "neg",
        (
            "| Étape | Responsable | Délai |\n"
            "|---|---|---|\n"
            "| Cadrage | Chef de projet | 2 j |\n"
            "| Recette | Service Qualité | 5 j |"
        ),
    ),
    (
        "fr",
        "neg",
        (
            "- Étape 1 : Ouvrir le Capot\n"
            "- Étape 2 : Dévisser le Filtre\n"
            "- Étape 3 : Remplacer le Joint"
        ),
    ),
    (
        "fr",
        "neg",
        ("• Points forts : Réactivité, Rigueur\n• Points faibles : Délais"),
    ),
    (
        "fr",
        "neg",
        ("Étage 1 : Accueil, Comptabilité\nÉtage 2 : Ressources Humaines\nÉtage 3 : Direction"),
    ),
    (
        "fr",
        "neg",
        "Présents : le bureau, la commission Travaux, le Conseil syndical",
    ),
    (
        "fr",
        "neg",
        "Absents : Service Informatique, Service Paie",
    ),
    (
        "fr",
        "neg",
        ("Lundi : Inventaire\nMardi : Livraison {ORG}\nMercredi : Fermé\nJeudi : Formation SST"),
    ),
    (
        "fr",
        "neg",
        "Équipe Rouge 3 – Équipe Bleue 2",
    ),
    (
        "fr",
        "neg",
        "Buts contre son camp : 1. Carton jaune : 2. Spectateurs : 350.",
    ),
    (
        "fr",
        "neg",
        "Groupe A : Lens, Lille, Dunkerque. Groupe B : Nancy, Metz, Laval.",
    ),
    (
        "fr",
        "neg",
        "Olympique Lyonnais, Paris Saint-Germain et Stade Rennais en tête.",
    ),
    (
        "fr",
        "neg",
        "Résultat : Angers 2 – Vannes 1",
    ),
    (
        "fr",
        "neg",
        "Le secteur Nord bat son objectif, le secteur Ouest décroche.",
    ),
    (
        "fr",
        "neg",
        "Chiffre d'Affaires T1 : {AMOUNT} ; T2 : {AMOUNT}",
    ),
    (
        "fr",
        "neg",
        "La société {ORG}, SAS au capital de {AMOUNT}, dont le siège est {ADDRESS},",
    ),
    (
        "fr",
        "neg",
        "Immatriculée au RCS de Paris, représentée par son gérant en exercice,",
    ),
    (
        "fr",
        "neg",
        "Entre les soussignés : {ORG}, ci-après « le Bailleur », et {ORG}, ci-après « le Preneur »",
    ),
    (
        "fr",
        "neg",
        "Le Vendeur déclare, l'Acquéreur accepte, le Notaire instrumentaire constate.",
    ),
    (
        "fr",
        "neg",
        "Le Preneur s'engage à user paisiblement des Lieux Loués.",
    ),
    (
        "fr",
        "neg",
        "Madame la Greffière, Monsieur le Bâtonnier",
    ),
    (
        "fr",
        "neg",
        "Le Tribunal de Commerce de Nanterre, statuant en référé,",
    ),
    (
        "fr",
        "neg",
        "Assurance Habitation – Formule Confort – Franchise {AMOUNT}",
    ),
    (
        "fr",
        "neg",
        "MAIF, Macif, Groupama, Axa : comparez vos devis Auto.",
    ),
    (
        "fr",
        "neg",
        "Garantie Vol, Bris de glace, Assistance 0 km",
    ),
    (
        "fr",
        "neg",
        "Carte Visa Premier, compte Livret A, PEL, Assurance Vie",
    ),
    (
        "fr",
        "neg",
        "SEPA Direct Debit – Créancier : EDF – Mandat {REF}",
    ),
    (
        "fr",
        "neg",
        "Virement de {AMOUNT} vers Compte Courant, libellé Loyer Mars",
    ),
    (
        "fr",
        "neg",
        "Commande {REF} : 3 Chaises Oslo, 1 Table Helsinki, 2 Lampes Stockholm",
    ),
    (
        "fr",
        "neg",
        "Canapé Roméo 3 places, coloris Taupe, livré à {PLACE}",
    ),
    (
        "fr",
        "neg",
        "Gamme Alice : Parure de lit, Taie, Housse. Gamme Victor : Serviettes.",
    ),
    (
        "fr",
        "neg",
        "Modèle : Victoria. Taille : M. Coloris : Rose poudré.",
    ),
    (
        "fr",
        "neg",
        "La Clio, la Mégane et la Zoé passent en révision ; la Mercedes attend une pièce.",
    ),
    (
        "fr",
        "neg",
        "Vends Peugeot Partner 2017, 120 000 km, CT OK",
    ),
    (
        "fr",
        "neg",
        "Nouvelle Renault Scénic E-Tech : Prix, Autonomie, Recharge",
    ),
    (
        "fr",
        "neg",
        "Pneus Michelin CrossClimate montés sur Dacia Sandero",
    ),
]
