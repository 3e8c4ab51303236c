"""What fills the slots that are not persons: every value here is negative for the tagger.

Many are chosen because they look like a name: firms, streets, schools and brands called after
somebody, and common words that are also first names or surnames.
"""


def parts(text: str) -> list[str]:
    """Cut at bars and line ends."""
    return text.strip().replace("\n", "|").split("|")


ORG: list[str] = parts("""
Garage Martin|Cabinet Durand & Fils|Boulangerie Petit|Leroy Merlin|Crédit Agricole|Menuiserie Roux
Transports Girard|Établissements Lambert|Ets Moreau et Cie|Maçonnerie Da Silva|Pharmacie Blanchard
Imprimerie Saint-Paul|Étude Lefèvre|SCP Morel-Vidal|SELARL Faure Associés|Bricolage Renaud SARL
Roche Bobois|Yves Rocher|Pierre Fabre|Louis Vuitton|Christian Dior|Jean Louis David|Franck Provost
Jacques Vabre|Charal|Fleury Michon|William Saurin|Paul Ricard|Marie Blachère|Maison Thiriet
Daniel Hechter|Nina Ricci|Agnès b.|Célio|Armand Thiery|Camaïeu|Devred|Pimkie|Renault Trucks
Michelin|Peugeot|Citroën|Dassault Systèmes|Schneider Electric|Bouygues Bâtiment|Vinci Énergies
Eiffage|Colas|Saint-Gobain|Lafarge|Point P|Würth|Rexel|Manutan|Bruneau|JPG|Banque Populaire
Caisse d'Épargne|Crédit Mutuel|Société Générale|BNP Paribas|La Banque Postale|LCL|Boursorama|Qonto
MAIF|Macif|Groupama|Axa|Allianz|Generali|MMA|Harmonie Mutuelle|Malakoff Humanis|Urssaf|CPAM|CAF
MSA|Pôle emploi|France Travail|DREETS|Inspection du travail|préfecture du Rhône|mairie de Nancy
conseil départemental du Gers|région Occitanie|Agence de l'eau|Ademe|Bpifrance|CCI de Lyon
chambre de métiers|Medef|CPME|CFDT|CGT|Force ouvrière|Unsa|Croix-Rouge française|Secours populaire
Emmaüs|Restos du cœur|Fondation Abbé-Pierre|Apprentis d'Auteuil|Ligue contre le cancer
Amicale laïque|Comité des fêtes|Union sportive de Laval|Stade rennais|Racing club de Lens|La Poste
Chronopost|DHL|Geodis|Kuehne+Nagel|XPO|SNCF Réseau|RATP|Keolis|Transdev|Air France|EDF|Engie
TotalEnergies|Veolia|Suez|Orange|SFR|Bouygues Telecom|Free|OVHcloud|Scaleway|Atos|Capgemini
Sopra Steria|CGI|Accenture|Deloitte|KPMG|Mazars|Grant Thornton|Fiducial|In Extenso|Carrefour
Auchan|Leclerc|Intermarché|Système U|Casino|Monoprix|Picard|Lidl|Métro|Promocash|Decathlon
Intersport|Go Sport|Fnac|Darty|Boulanger|But|Conforama|Ikea|Castorama|Bricomarché|Novalia Conseil
BioArmor|Isotec Industrie|Alpha Sécurité|Nord Façades|Sud Étanchéité|Plastimer
Brasserie du Vieux Port|Hôtel de France|Auberge des Trois Sapins|Le Relais Fleuri|Chez Marcel
Les Délices de Sophie|L'Atelier de Margaux|Fleurs d'Élise|Salon Virginie|Coiffure Pascal|SCI Rose
SCI Les Tilleuls|GAEC du Chêne|EARL Berger|Domaine Fontaine|Château Margaux|Champagne Petit
McDonald's|Johnson & Johnson|Ernst & Young|Procter & Gamble|JPMorgan|Morgan Stanley|Goldman Sachs
Smith & Sons Ltd|Baker Tilly|Marks & Spencer|John Deere|Philip Morris|Harley-Davidson|Walt Disney
Hewlett-Packard|Siemens|Bosch|Mercedes-Benz|Krüger GmbH|Nguyen Import|Kowalski Transport
Atlas Maroc
""")

PLACE: list[str] = parts("""
Paris|Lyon|Marseille|Toulouse|Nantes|Strasbourg|Rennes|Lille|Bordeaux|Montpellier|Nice|Angers
Laval|Nancy|Vienne|Lourdes|Florence|Orange|Die|Vire|Gap|Pau|Sète|Agde|Arles|Apt|Saint-Étienne
Saint-Denis|Saint-Nazaire|Saint-Malo|Saint-Martin-d'Hères|Sainte-Maxime|Saint-Brieuc
Sainte-Foy-la-Grande|Villefranche-sur-Saône|Bourg-en-Bresse|La Roche-sur-Yon|Le Mans|Le Havre
Clermont-Ferrand|Charleville-Mézières|Boulogne-Billancourt|Aix-en-Provence|L'Isle-Adam
Bourgoin-Jallieu|Montreuil|Vincennes|Créteil|Nanterre|Bobigny|Évry|Cergy|Roubaix|Tourcoing|Lens
Arras|Amiens|Beauvais|Bretagne|Normandie|Occitanie|Alsace|Lorraine|Corse|Savoie|Provence|Auvergne
Vendée|Landes|Somme|Aude|France|Belgique|Suisse|Allemagne|Maroc|Tunisie|Sénégal|Portugal|Pologne
Viêt Nam|Canada|Chine|Bruxelles|Genève|Luxembourg|Londres|Madrid|Lisbonne|Milan|Casablanca|Dakar
Montréal|Shanghai|Munich|rue Victor Hugo|rue Pasteur|rue Jules Ferry|avenue Jean Jaurès
avenue Foch|boulevard Voltaire|boulevard Gambetta|place Carnot|place Bellecour|place Jean Moulin
quai Louis Blériot|cours Lafayette|rue Pierre Curie|rue Émile Zola|allée Rosa Parks|rue Paul Bert
avenue du Général-Leclerc|rue Saint-Jacques|rue du Docteur Roux|rue Anatole France
square Simone Veil|impasse Marie Laurencin|rue Claude Bernard|lycée Henri IV|lycée Jean Monnet
collège Louise Michel|école Jacques Prévert|école Sainte-Thérèse|université Paul-Sabatier
institut Curie|hôpital Édouard-Herriot|CHU Gabriel-Montpied|clinique Saint-Jean|hôpital Necker
centre Léon-Bérard|gymnase Alain Mimoun|stade Marcel Picot|piscine Alfred Nakache
salle Georges Brassens|espace Simone Signoret|médiathèque André Malraux|théâtre Gérard Philipe
aéroport Charles-de-Gaulle|gare Saint-Lazare|gare Matabiau|métro Robespierre
pont Jacques Chaban-Delmas|parc Georges Brassens|zone industrielle des Pins|ZAC des Grands Champs
porte Maillot|tour Montparnasse|tour Eiffel|résidence Les Lilas|bâtiment Ampère|salle Lavoisier
entrepôt B|site de Vénissieux
""")

PRODUCT: list[str] = parts("""
Clio|Mégane|Zoé|Scénic|Laguna|Twingo|Kangoo|Trafic|Master|Partner|Berlingo|Jumper|Picasso|Duster
Sandero|Mercedes|Porsche|Ferrari|Ford Transit|Opel Corsa|Fiat Panda|Skoda Octavia|Giulietta
Seat Leon|Ibiza|Tesla|Alexa|Siri|Cortana|Claude|Mistral|Le Chat|ChatGPT|Copilot|Gemini|Llama
Watson|Jarvis|Perplexity|Kubernetes|Docker|Ansible|Terraform|Jenkins|Grafana|Prometheus|Redis
Kafka|Cassandra|Django|Flask|Symfony|Laravel|Angular|React|Vue|Spring|Maven|Gradle|Python|Ruby|Ada
Julia|Pascal|Haskell|Java|Perl|Excel|Word|Outlook|Teams|SharePoint|PowerPoint|Windows 11|Ubuntu
Debian|Chrome|Firefox|Safari|Sage|Cegid|Pennylane|Odoo|SAP|Salesforce|HubSpot|Silae|Lucca|PayFit
Doctolib|Yousign|DocuSign|Slack|Zoom|Trello|Jira|Confluence|Notion|Asana|Figma|Canva|Photoshop
InDesign|AutoCAD|SolidWorks|iPhone|Galaxy S23|Pixel|ThinkPad|MacBook|Surface Pro|Epson|Canon
Brother|Ricoh|Xerox|Zebra|Dymo|Doliprane|Augmentin|Ventoline|Lévothyrox|Kardégic|Spasfon|Smecta
Dafalgan|Xarelto|Previscan|Tramadol|Karcher|Makita|Bosch|Festool|Hilti|Stihl|Husqvarna|Velux|Placo
Grohe|Viessmann|De Dietrich|Atlantic|Nespresso|Ricoré|Orangina|Perrier|Vittel|Évian|Badoit|Martini
Ricard|Kronenbourg|Nutella|Danone|Canapé Roméo|Fauteuil Oscar|Lampe Margot|Chaise Alice|Table Hugo
Parfum Chloé|Gamme Victor|Pack Emma|Carte Visa|Mastercard|PEA|Livret A|Navigo|Chorus Pro|Ameli
FranceConnect|Impots.gouv|Net-entreprises
""")

WORD: list[str] = parts("""
Rose|Pierre|Olive|Marin|Violette|Clémence|Martin-pêcheur|Petit|Grand|Blanc|Roux|Boulanger|Berger
Avril|Noël|Juste|Victoire|Prudence|Constance|Aimé|Désiré|Parfait|France|Paris|Lourdes|Florence
Vienne|Nancy|Laval|Angers|Iris|Jasmin|Capucine|Marguerite|Églantine|Hortense|Angélique|Cerise
Prune|Fleur|Ambre|Perle|Opale|Jade|Rubis|Aurore|Océane|Céleste|Soleil|Lune|Colombe|Loup|Lion
Modeste|Patience|Espérance|Grâce|Honoré|Fidèle|Innocent|Placide|Boniface|Blaise|Sylvestre|Ange|Roi
Prince|Comte|Duc|Marquis|Baron|Chevalier|Sergent|Moine|Abbé|Prieur|Mercier|Charpentier|Meunier
Fournier|Boucher|Tailleur|Marchand|Maréchal|Couturier|Pelletier|Tisserand|Fontaine|Rivière
Montagne|Colline|Vallée|Forêt|Bois|Buisson|Chêne|Pommier|Poirier|Noyer|Rosier|Brun|Noir|Gris|Gros
Court|Vieux|Jeune|Riche|Bon|Beau|Gentil|Sage|Savant|Bonnet|Manteau|Maison|Château|Tour|Mur|Porte
Clef|Marteau|Lance|Carton|Papillon|Pigeon|Merle|Moineau|Coq|Renard|Mai|Janvier|Vendredi|Dimanche
Pâques|Toussaint|Carême|Lumière|Bonheur|Amour|Major|Victor
""")

LAWNAME: list[str] = parts("""
loi Pinel|loi Sapin II|loi Macron|loi Carrez|loi Badinter|loi Évin|loi Hoguet|loi Alur|loi Besson
loi Malraux|loi Veil|loi Neiertz|loi Scrivener|loi Aubry|loi Fillon|réduction Fillon|loi Rixain
loi d'Ohm|loi de Poisson|loi de Murphy|loi de Moore|loi de Pareto|loi de Hooke
théorème de Pythagore|théorème de Thalès|théorème de Bayes|méthode Montessori|méthode Pilates
méthode Agile|méthode Singapour|pédagogie Freinet|prix Nobel|prix Goncourt|prix Pulitzer
médaille Fields|syndrome de Down|syndrome de Raynaud|syndrome de Guillain-Barré
maladie de Parkinson|maladie de Crohn|maladie d'Alzheimer|maladie de Lyme|moteur Diesel
moteur Stirling|cycle de Carnot|diagramme de Gantt|matrice d'Eisenhower|pyramide de Maslow
roue de Deming|diagramme d'Ishikawa|échelle de Richter|échelle de Borg|score de Glasgow
test de Rorschach|effet Doppler|effet Joule|nombre de Reynolds|suite de Fibonacci
algorithme de Dijkstra|algèbre de Boole|chiffre de César|machine de Turing|plan Marshall
plan Vigipirate|traité de Maastricht|accords de Grenelle|constante de Planck|principe d'Archimède
clé Allen|prise Péritel
""")

JOB: list[str] = parts("""
boulanger|boucher|charpentier|maçon|plombier|électricien|soudeur|chaudronnier|tourneur-fraiseur
cariste|magasinier|préparateur de commandes|chauffeur routier|livreur|conducteur de travaux
chef de chantier|chef de projet|chef d'équipe|responsable qualité|responsable des achats
directrice commerciale|comptable|assistante de direction|secrétaire médicale|infirmière
aide-soignant|kinésithérapeute|pharmacien|médecin|ingénieure d'études|développeur
administrateur système|technicien de maintenance|dessinatrice projeteuse|commercial itinérant
vendeuse|caissier|hôtesse d'accueil|serveur|cuisinier|commis de cuisine|pâtissière|avocat|notaire
huissier|juriste|gestionnaire de paie|chargée de recrutement|DRH|DAF|directeur général|gérant
enseignante|formateur|éducateur|animatrice|bibliothécaire|architecte|géomètre|berger|vigneron
Chef de projet|Responsable RH|Directeur technique|Ingénieur commercial|Technicienne SAV
Contrôleur de gestion
""")

DATE: list[str] = parts("""
3 mars 2024|12/04/2025|lundi 6 janvier|1er avril 2023|14 juillet|2025-02-11|24.12.2024
vendredi prochain|mardi 18 novembre|30/06|15 août 2022|09-10-2024|fin mai|jeudi 2 octobre 2025
08/01/26|5 courant
""")

DATE_EN: list[str] = parts("""
March 3, 2024|12 April 2025|Monday|2025-02-11|Friday 13 June|04/07/2024|next Tuesday|1 May|Q3
""")

AMOUNT: list[str] = parts("""
1 250,00 €|349 € HT|12 500 euros|48,90 €|2 300 € TTC|75 k€|980.00 EUR|15 %|1,2 M€|450 €
""")

NUM: list[str] = parts("""
3|12|27|148|2 400|0,75|1er|1024|40|7|2019|56
""")

REF: list[str] = parts("""
FA-2024-00317|CMD 88412|DEV-1093|BL20451|#48213|INC0031245|2024/117|REF. 7A-114|PO-55120|TK-902
AO 23-08|LOT 4417|JIRA-2210|n° 0045812
""")

EMAIL: list[str] = parts("""
contact@novalia.example|s.martin@exemple.fr|compta@durand-btp.example|karim.benali@exemple.fr
accueil@mairie.example|jdupont@exemple.com|support@exemple.fr|rh@isotec.example
marie-claire.roux@exemple.org|noreply@boutique.example|p.nguyen@exemple.com
direction@ecole.example
""")

PHONE: list[str] = parts("""
01 99 00 12 34|02.61.91.45.10|0639981122|+33 6 39 98 33 44|03-53-01-22-11|+33 (0)4 65 71 00 12
05 36 49 88 76|0033 1 99 00 45 67|07 00 12 34 56
""")

ADDRESS: list[str] = parts("""
12 rue Victor Hugo, 69002 Lyon|4 bis avenue Jean Jaurès, 31000 Toulouse
27, rue Pasteur, 49000 Angers|3 impasse des Rosiers, 35000 Rennes
118 boulevard Voltaire 75011 PARIS|ZA des Pins, 64100 Bayonne|8 place Carnot, 54000 Nancy
15 rue du Docteur Calmette, 59000 Lille|BP 120, 38200 Vienne Cedex|1 chemin du Moulin, 53000 Laval
62 cours Lafayette, 69006 Lyon|9 allée Rosa Parks, 93200 Saint-Denis
""")

ADDRESS_EN: list[str] = parts("""
14 Baker Street, London NW1 6XE|220 Victoria Road, Leeds LS6 1AA|5 St John's Lane, Dublin 8
1600 Jackson Ave, Austin, TX 78701|27 King William Street, Bristol
""")

JOB_EN: list[str] = parts("""
account manager|warehouse supervisor|payroll officer|site foreman|HR business partner|baker|nurse
sales executive|software engineer|Head of Operations|Chief Financial Officer|receptionist
carpenter
""")

WORD_EN: list[str] = parts("""
Rose|Grace|Hope|Faith|Mark|Bill|Will|Jack|Frank|Grant|Art|Gene|Rich|Baker|Cook|Smith|Carter|Miller
May|April|June|August|Summer|Dawn|Joy|Penny|Rob|Sue|Pat|Drew|Chase|Hunter|Mason|Page|King|Young
Long|Brown|Green|White|Black|Woods|Rivers|Stone|Bush|Fields|Price|Banks|Cash|Ford|Lane|Church
Bishop|Paris|Florence|Jordan|Chelsea|Victoria|Georgia|Virginia|Sydney|Madison|Austin|Dallas
Lincoln|Washington
""")
