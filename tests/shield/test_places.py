"""Addresses, birth dates, salaries, coordinates, handles: what is one and what only looks like one.

In each text ``[[…]]`` marks what must be found, exactly; what is not marked must not be. All
places, people and amounts are made up.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sobre.privacy.fold import fold
from sobre.privacy.inspect import find
from sobre.privacy.places import find_places

ADDRESSES = [
    # running text
    "Livraison au [[7 quater, chemin du Vieux-Four, 84000 Avignon]], merci.",
    "J'habite [[18 rue Gustave Flaubert, 76000 Rouen]] depuis dix ans.",
    "Je réside au [[4, place du Maréchal-Foch, 29200 Brest]].",
    "demeurant [[113 boulevard de la Libération - 06300 Nice Cedex 4]], France",
    "Le local se trouve [[2-4 avenue du Général-Leclerc 54000 NANCY]]",
    "Rendez-vous [[n° 12, impasse des Glycines, 30900 Nîmes]] à 9 h.",
    "Envoyer au [[5 B rue d'Alésia, 75014 Paris]].",
    "au [[31 ter av. de l'Europe, 67300 Schiltigheim]] puis",
    "mon adresse: [[9 allée des Peupliers 45160 Olivet]]",
    "Elle vit au [[22 cours de la Liberté, 69003 Lyon 3e]].",
    "Il loge [[16 bd Raspail, 75007 Paris 7ème]].",
    "Siège : [[40 quai du Wault, 59000 Lille]]",
    "[[3 rue du 11-Novembre-1918, 42000 Saint-Étienne]]",
    "[[3 rue du 11 novembre, 42100 Saint-Etienne]]",
    "[[27 rue du 4 septembre 1870, 13100 Aix-en-Provence]]",
    "[[14 avenue de la 2e DB, 61000 Alençon]]",
    "[[51 rue Pierre et Marie Curie, 86000 Poitiers]]",
    "[[1 place Charles de Gaulle, 78100 Saint-Germain-en-Laye]]",
    "[[6 rue de l'Abbé-de-l'Épée, 33000 Bordeaux]]",
    "[[8 rue du général de Gaulle, 56100 Lorient]]",
    "[[10 rue du Dr Roux, 94000 Créteil]]",
    "[[2 rue St-Jacques, 51100 Reims]]",
    "[[77 faubourg Saint-Martin, 75010 Paris]]",
    "[[19 rue Jean de La Fontaine, 92160 Antony]]",
    "[[25 montée de la Grande-Côte, 69001 Lyon]]",
    "[[12 cité Joly, 75011 Paris]]",
    "[[4 villa des Roses 93100 Montreuil]]",
    "[[30 esplanade de la Défense, 92400 Courbevoie]]",
    "[[15 sentier des Douaniers, 22700 Perros-Guirec]]",
    "[[11 rond-point de l'Étoile, 35400 Saint-Malo]]",
    "[[64 route de Paris, 27120 Pacy-sur-Eure]]",
    "[[5 venelle du Port, 29900 Concarneau]]",
    "[[8 traverse du Moulin, 13009 Marseille]]",
    "[[21 hameau de la Roche, 73000 Chambéry]]",
    "[[1 mail François-Mitterrand, 35000 Rennes]]",
    "[[33 rue de Lourmel, F-75015 Paris]]",
    "[[9 rue Napoléon, 20000 Ajaccio]]",
    "[[44 rue Maréchal Galliéni, 97490 Sainte-Clotilde]]",
    "[[3 rue des Flamboyants, 97200 Fort-de-France]]",
    "[[17 rue Haute, 77300 Fontainebleau]]",
    "[[62 rue de la Roquette, 75 011 Paris]]",
    "Il habite [[12 rue des Lilas, Nantes]].",
    "Le siège est au [[8 rue Pasteur]], à Dijon.",
    "Domiciliée [[48 avenue Foch]].",
    "on est au [[14 rue des tanneurs]] depuis lundi",
    "habite [[rue des Mimosas]] avec ses parents",
    "il demeure [[impasse du Four]], près de l'église",
    # with complements
    "[[Bâtiment C, 3e étage, 28 rue de Vaugirard, 75006 Paris]]",
    "[[Appt 12, escalier B, 6 rue du Bac, 75007 Paris]]",
    "[[Résidence Les Tilleuls, 5 rue de Metz, 57000 Metz]]",
    "[[15 rue de Brest, Bât. A2, 29600 Morlaix]]",
    "[[15 rue de Brest, CS 40012, 29600 Morlaix Cedex]]",
    "[[7 rue Ampère, ZI Nord, 28000 Chartres]]",
    "[[ZA de Kergaradec, 29850 Gouesnou]]",
    "[[Lieu-dit Kerbihan, 22140 Cavan]]",
    "[[Lotissement Les Oliviers, 83400 Hyères]]",
    "[[Résidence du Parc, 64000 Pau]]",
    "[[BP 45, 17000 La Rochelle Cedex]]",
    "Écrire à : [[CS 51234, 35012 Rennes Cedex]]",
    "[[TSA 90001, 59910 Lille Cedex 9]]",
    "[[rue de la Mairie, 24200 Sarlat-la-Canéda]]",
    # names of ways with a word inside, and communes where someone lives
    "[[12 rue aux Ours, 75003 Paris]]",
    "au [[4 chemin de la Croix aux Moines]].",
    "[[7 allée Sous-les-Bois]]",
    "[[6 rue entre les Vignes, 88000 Épinal]]",
    "[[2 rue de l'Arbre à la Vache]]",
    "[[9 chemin des Vignes sous la Roche]]",
    "[[10 RUE DE LA CROIX AUX MOINES 35000 RENNES]]",
    "[[3 rue à la Tour, 57000 Metz]]",
    "Elle est domiciliée à [[Metz]].",
    "M. Roy, demeurant à [[Saint-Étienne]], est assigné.",
    "il habite [[Metz]] depuis lundi",
    "J'habite à [[La Rochelle]].",
    "Courrier envoyé à l'adresse : [[Metz]]",
    "résidant actuellement à [[Aix-en-Provence]]",
    # several lines
    "M. Jules Ferrand\n[[41 rue des Carmes\n31000 Toulouse]]\nFrance",
    "[[Résidence Le Parc\nBât. D\n12 allée des Cèdres\n92290 Châtenay-Malabry]]\nTél. 01",
    "Adresse :\n  [[8 rue Basse\n  14000 Caen]]\n",
    "Cordialement,\nClara Vial\nDirectrice\n[[120 avenue de Grammont\n37000 Tours]]\n",
    "SARL Delmas\n[[ZA des Prés\n8 rue de l'Industrie\n63000 Clermont-Ferrand]]\nSIREN",
    # upper case, lower case
    "MME PAYET [[17 RUE DE LA PAIX 97410 SAINT-PIERRE]]",
    "DOMICILE : [[2 CHEMIN DES MURIERS, 13012, MARSEILLE]]",
    "[[145 AVENUE DU MARECHAL JUIN 92100 BOULOGNE BILLANCOURT]]\nTEL",
    "[[6 RUE DES ECOLES 69003 LYON 03]]\n",
    "jhabite [[12 rue victor hugo 44000 nantes]]",
    "mon adresse cest [[3 impasse des acacias 33700 mérignac]] merci",
    "livrez au [[25 bis rue de la gare 59000 lille]] svp",
    "au [[4 place du marché 21000 dijon]]",
    # postcode and commune
    "Né à Reims, il vit à [[51100 Reims]].",
    "Commune : [[74000 Annecy]]",
    "[[76600 Le Havre]]",
    "[[72000 Le Mans]] est loin.",
    "[[(69003) Lyon]]",
    "[[95880 Enghien-les-Bains]], le 3 mai",
    "[[62200 Boulogne sur Mer]]",
    "[[59650 Villeneuve d'Ascq]]",
    "[[13100 Aix en Provence]]",
    "[[94240 L'Haÿ-les-Roses]]",
    "Fait à [[75008 Paris]]",
    # CSV, JSON, forms
    'nom,adresse,cp\nMorin,"[[8 rue du Puits, 68000 Colmar]]",x',
    "Morin;Luc;[[8 rue du Puits;68000;Colmar]]",
    '{"adresse": "[[17 rue Haute, 25000 Besançon]]"}',
    '{"cp": "[[25000]]", "ville": "[[Besançon]]"}',
    "Code postal : [[87000]]\nVille : [[Limoges]]",
    "| Morin | [[8 rue du Puits, 68000 Colmar]] | actif |",
    "Entre Luc Morin, [[9 rue Saint-Denis, 10000 Troyes]], et Zoé, [[5 rue Haute, 10000 Troyes]]",
    # neighbours
    "Siège : [[Rue de la Loi 16, 1000 Bruxelles]]",
    "[[Avenue Louise 231 bte 4, 1050 Ixelles]]",
    "[[Chaussée de Namur 12, B-5030 Gembloux]]",
    "[[Rue du Rhône 8, 1204 Genève]]",
    "[[12 rue Philippe II, L-2340 Luxembourg]]",
    "[[Bahnhofstrasse 12, 8001 Zürich]]",
    "[[Hauptstraße 5, 10115 Berlin]]",
    # English
    "Ship to [[221B Baker Street, London NW1 6XE]].",
    "He lives at [[12 Green Lane, Leeds LS1 4AB]]",
    "[[1600 Amphitheatre Parkway, Mountain View, CA 94043]]",
    "[[350 Fifth Avenue, Suite 300, New York, NY 10118]]",
    "[[742 Evergreen Terrace, Springfield, IL 62704]]",
    "[[PO Box 1234]] only",
    "Their office is at [[48 Queen's Road]].",
]

NO_ADDRESS = [
    "Rendez-vous à Lyon mardi.",
    "Il travaille à l'hôpital Saint-Louis.",
    "Notre fils est au lycée Victor Hugo.",
    "Il y a 3 places de parking et 2 cours par semaine.",
    "Une place de marché en ligne, 4 cours de français.",
    "Le projet est en cours, 12 voies ont été ouvertes.",
    "La route sera longue : 3 routes possibles.",
    "Le chiffre de 12000 Euros est faux.",
    "40110 Fournisseurs, 60611 Achats, 51200 Banque",
    "Imputer au compte 60610 Fournitures.",
    "Commande 48210 Rouge, référence 75011 Bleu",
    "Facture 33000 du 3 mai",
    "25000 Francs, 15000 Hommes, 10000 Habitants",
    "EAN 3452702905959, dimensions 1628 x 762 x 55 mm",
    "Numéro de série JCDS-26421-SGA",
    "port 49152 TCP et port 50000 UDP",
    "La révolution de 1789 et la rue gronde.",
    "Tour de France 2023, étape 12 : Pau - Laruns",
    "5 passages par jour, 2 tours de piste",
    "Le 12 mars, rue fermée.",
    "Chapitre 3, page 12, ligne 4",
    "En 1998, avenue du progrès social",
    "La loi n° 78-17 du 6 janvier 1978",
    "version 10.4.12345 Beta",
    "The road to recovery takes 3 drives.",
    "We drive 20 miles down the street.",
    "Room 12, second floor",
    "Les 20000 Lieues sous les mers",
    "ticket INC-75011-Paris",
    "Le séminaire se tient à Metz.",
    "Elle travaille à Metz et voyage à Saint-Étienne.",
    "Il habite chez sa mère, à la campagne.",
    "Elle réside à l'étranger.",
    "habite Monsieur Roy",
]

BIRTHS = [
    "Né le [[07/11/1962]] à Vannes",
    "née le [[3 mai 1978]]",
    "Né(e) le : [[12.04.1990]]",
    "née en [[mars 1982]]",
    "ne le [[14/02/1971]] a Metz",
    "NÉE LE [[14 FÉVRIER 1971]]",
    "Née à Tours (37) le [[1er août 1955]]",
    "Né à Lyon, le [[9 juin 2001]]",
    "nés le [[02/03/2010]] et le [[05/06/2012]]",
    "Date de naissance : [[31-12-1949]]",
    "Date de naissance\n[[31/12/1949]]",
    "Date et lieu de naissance : [[31/12/1949]] à Brest",
    "Date et lieu de naissance : Brest, le [[31/12/1949]]",
    "naissance [[07 . 03 . 1958]]",
    "DDN [[15/08/84]]",
    "DDN : [[15|08|1984]]",
    "DN : [[15/08/1984]]",
    "date naiss. [[15.08.1984]]",
    "Mise au monde le [[15|10|1960]]",
    "son anniversaire est le [[4 juillet 1986]]",
    "née le lundi [[12 mai 1973]]",
    "née le [[12, Mai 1973]]",
    "né le [[quinze septembre mille neuf cent soixante-cinq]].",
    "né le [[12 mai 73]]",
    "born on [[March 3rd, 1980]]",
    "born [[3 March 1980]] in Leeds",
    "DOB: [[1980-03-03]]",
    "Date of birth: [[03/04/1980]]",
    '{"birthdate": "[[1990-12-31]]", "since": "2020-01-01"}',
    '{"date_naissance":"[[1990-12-31]]"}',
    '{"naissance": "[[31/12/1990]]"}',
    "nom;date de naissance;entrée\nMorin;[[03/04/1980]];01/09/2019\nWeil;[[07/08/1991]];01/02/2020",
    "| Nom | Né le | Poste |\n|---|---|---|\n| Morin | [[03/04/1980]] | chef |",
    "Morin Luc | M | [[13/09/1965]] | 8054",
    "Zoé Weil [[13/09/1965]] (58 ans)",
    "Né le [[12/03/1980]] à Lyon (69), entré le 12/03/2010",
    "Naissance : [[12/03/1980]]. Embauche : 01/04/2015.",
    "entre le 01/01/2020 et le 02/02/2021, née le [[03/03/1990]]",
    # glued or boxed
    "né le[[15/03/1958]]",
    "née:[[15/03/1958]]",
    "DN[[15/03/1958]]",
    "DDN[[15/03/1958]]",
    "DN [[15/03/1958]] F",
    "nee le [[15 mars 58]]",
    "Date de naissance : [[0 9 0 1 1 9 8 7]]",
    "Né(e) le |[[0|9|0|1|1|9|8|7]]|",
    "naissance : [[0 9 / 0 1 / 1 9 8 7]]",
    # beside a name, an age or a sex
    "Solange Perrichon ([[12/03/1958]])",
    "M. Perrichon ([[12-03-1958]]) a rappelé.",
    "Le dossier de Solange Perrichon ([[12 mars 1958]]) est complet.",
    "PERRICHON Solange, [[12.03.1958]]",
    "Solange Perrichon - [[12/03/1958]] - Metz",
    "Liste :\n- Luc Morin, [[12/03/1958]]\n- Zoé de la Tour, [[03/11/2004]]",
    "1. PERRICHON Solange [[12/03/1958]]\n2. MORIN Luc [[05/06/1971]]",
    "PERRICHON Solange | F | [[12/03/1958]]",
    "| Perrichon Solange | [[12/03/2015]] | 8054 |",
    "| Nom | Sexe | DDN |\n|---|---|---|\n| Perrichon Solange | F | [[12/03/2015]] |",
    "Perrichon;Solange;[[12/03/1958]];Metz",
    "H, 54 ans, [[03/04/1971]]",
    "Solange Perrichon, 67 ans, [[12/03/1958]]",
    "[[12/03/1958]] (67 ans)",
    "[[12/03/1958]] - 67 ans",
    "[[12 mars 1958]] (67 ans)",
    "Patients : Luc Morin [[12/03/1958]], Zoé Weil [[03/04/1960]] et Léa Roy [[05/06/1970]]",
]

NO_BIRTH = [
    "Le séminaire aura lieu le 19/12/2019.",
    "Il ne viendra pas le 12/03/2024.",
    "La société est née le 12 mai 1990.",
    "Embauché le 01/04/2015, il est né à Lyon.",
    "Né à Lyon, embauché le 01/04/2015.",
    "sa fille, 12/03/2011",
    "Prime de naissance versée le 12/03/2024.",
    "Le congé de naissance débute le 12/03/2024.",
    "l'anniversaire de la société le 12/03/2024",
    "La réunion du 3 mars 2023 est reportée.",
    "Contrat signé le 3 mars 2023",
    "Il a 45 ans.",
    "The meeting is on March 3rd, 2024.",
    "version 2.10.2023",
    # beside a name, and yet of something else
    "Facture Solange Perrichon (12/03/2018)",
    "Contrat de Solange Perrichon - 12/03/2012",
    "Rendez-vous Solange Perrichon, 12/03/2010",
    "Solange Perrichon (12/03/2024)",
    "Solange Perrichon - 12/03/2012 à 14 h",
    "Décès de Solange Perrichon (12/03/1958)",
    "Cabinet Perrichon (12/03/1998)",
    "Intervention de Solange Perrichon : 12/03/2001",
    "Loi Informatique Libertés (06/01/1978)",
    "Bordeaux, Lyon, 12/03/1998",
    "Traité de Rome, 25/03/1957",
    "Version Finale - 12/03/2009",
    "| Nom | Entrée |\n|---|---|\n| Perrichon Solange | 12/03/2015 |",
    "Nom;Date d'embauche\nPerrichon Solange;12/03/2009\nMorin Luc;12/04/2009",
    "depuis 10 ans, 12/03/1998",
    "DN 100, PN 16",
    "naissance : 0 6 1 2 3 4 5 6 7 8",
    "tel 0 9 0 1 1 9 8 7",
]

SALARIES = [
    "Son salaire est de [[2 300 €]] par mois.",
    "Salaire : [[45 k€]]",
    "elle touche [[1 850 €]] nets",
    "Il gagne [[38000 euros]] par an",
    "rémunération mensuelle de [[3 200 € bruts]]",
    "Rémunération annuelle brute : [[41 500 €]]",
    "Salaire de base : [[2 512,37 €]]",
    "il est payé [[1 700 €]]",
    "On lui propose [[52K€]] de salaire.",
    "une prime de [[1 500 €]]",
    "prétentions salariales : [[42-45 k€]]",
    "Net à payer au bulletin de paie : [[1 987,65 €]]",
    "il perçoit [[2 100 euros]]",
    "augmenté de [[2 000 €]] à [[2 200 €]]",
    "son fixe : [[30 000 €]] plus variable",
    "Her salary is [[$85,000]] per year.",
    "He earns [[£32k]]",
    "paid [[€45,000]] a year",
    "wage: [[1,200 EUR]]",
    "Nom;Poste;Salaire\nMorin;chef;[[2 900 €]]\nWeil;aide;[[1 800 €]]",
    "| Nom | Salaire |\n|---|---|\n| Morin | [[57 000 €]] |",
    '{"nom": "Morin", "salaire": [[2900]]}',
    "Salaire brut : [[2850]]",
    # no currency after a label, decimals, tables
    "Salaire [[2300]]",
    "Salaire 2024 : [[2300]]",
    "Brut mensuel [[2 845,00]]",
    "Salaire : [[2 764.67 €]]",
    "Rémunération de [[38 000 euros brut]] par an",
    "[[2 764,67 EUR bruts]] par mois",
    "Salaire : [[45 k€]]/an",
    "Bulletin de paie\nNet à payer : [[1 987,65]]",
    "Salaire de base | 151,67 | 18,23 | [[2 764,67]]",
    "Salaire de base;25;18;[[2764,67]]\nCSG;25",
    "| Nom | Salaire | Taux |\n|---|---|---|\n| Morin | [[2 764,67]] | 25 |\n| Weil | 18 | 22 |",
    "| Rubrique | Salaire |\n|---|---|\n| Heures | 151,67 h |\n| Base | [[2 764,67]] |",
]

NO_SALARY = [
    "Chiffre d'affaires : 491 968 € HT",
    "Total TTC 362 657 €",
    "Le loyer est de 950 € par mois.",
    "Devis de 12 000 € HT pour le salarié.",
    "Marge brute : 45 000 €",
    "Le résultat net est de 120 000 €.",
    "La masse salariale est de 450 k€.",
    "Facture de 300 € à payer",
    "J'ai payé 1 700 € de fournitures.",
    "Le prix passe à 19,90 €.",
    "Budget : 40 k€",
    "Le SMIC est de 1 766,92 € bruts.",
    "L'action gagne 3 % à 45 €.",
    "Il a une augmentation de 3 %.",
    "The price is $45 per month.",
    "compte à créditer de 15 000 €",
    "Salaire 2024",
    "Salaire : 25",
    "Salaire horaire, 35 heures",
    "Facture. Net à payer : 1 987,65",
    "Salaires : 25 lignes",
]

COORDINATES = [
    "Position : [[48.85661, 2.35222]]",
    "[[47.218371,-1.553621]]",
    "domicile géolocalisé [[45°45'35\"N 4°50'32\"E]]",
    "[[48° 51' 24\" N, 2° 21' 07\" E]]",
    "GPS [[48.8566 N, 2.3522 E]]",
    "coordonnées : [[48,85661 ; 2,35222]]",
    "geo:[[48.8566,2.3522]]",
    '{"lat": [[48.85661]], "lon": [[2.35222]]}',
    "latitude : [[48.8566]], longitude : [[2.3522]]",
    "lat=[[48.85661]]&lon=[[2.35222]]",
    "Latitude : [[48.85661° N]] - Longitude : [[2.35222° E]]",
    "lat: [[48.85]] lon: [[2.35]]",
    "Balise [[N 48.85661, E 2.35222]].",
    "[[48.8566° N, 2.3522° E]], à 3 km",
    "[[45°45'35\"N, 4°50'32\"E]].",
    "[[45° 45.583' N 4° 50.533' E]]",
    "https://maps.example/?q=[[48.85661,2.35222]]",
]

NO_COORDINATES = [
    "cours : 1.0834, 1.0921",
    "vecteur 0.123456, 0.234567, 0.345678",
    "48.85, 2.35",
    "98.123456, 200.123456",
    "Prix 12.5000, 13.5000",
    "La température est de 25° et non 30°.",
    "lat 48.85 seule",
    "un tuyau long 2,35 m et lat 3",
]

HANDLES = [
    "contacte [[@lea.marin_92]] sur Insta",
    "Insta : [[zoe.weil]]",
    "Twitter : [[@luc_morin]]",
    "Snap: [[lulu_du_44]]",
    "Discord : [[morin#1234]]",
    "https://www.linkedin.com/in/[[luc-morin-12a]]/",
    "facebook.com/[[luc.morin]]",
    "https://x.com/[[lucmorin44]]",
    "https://t.me/[[lucmorin44]]",
    "skype : [[live:luc.morin]]",
    "Pseudo : [[lulu44]]",
    "merci [[@paul]], tu peux voir ?",
]

NO_HANDLES = [
    "luc@exemple.fr",
    "@property\ndef name(self):",
    "@dataclass(frozen=True)\nclass A:",
    "@media (max-width: 600px) { }",
    "npm install @scope/package",
    "@Override\npublic void run()",
    " * @param name the name",
    "https://www.linkedin.com/company/exemple",
    "https://www.facebook.com/groups/12345",
    "Instagram : nouvelle campagne lundi",
    "merci @all et @here",
    "git clone git@github.com:org/repo.git",
]


def marked(text: str) -> tuple[str, list[str]]:
    """A text without its marks, and what stood between them."""
    return re.sub(r"\[\[|\]\]", "", text), re.findall(r"\[\[(.+?)\]\]", text, re.DOTALL)


def found(text: str, kind: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find(text, [find_places]) if hit.kind == kind]


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_is_found_whole(text: str) -> None:
    text, expected = marked(text)
    assert found(text, "address") == expected


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_what_only_looks_like_an_address_is_left(text: str) -> None:
    assert found(text, "address") == []


@pytest.mark.parametrize("text", BIRTHS)
def test_a_date_is_one_of_birth_beside_a_word_of_birth(text: str) -> None:
    text, expected = marked(text)
    assert found(text, "birth_date") == expected


@pytest.mark.parametrize("text", NO_BIRTH)
def test_another_date_is_left(text: str) -> None:
    assert found(text, "birth_date") == []


@pytest.mark.parametrize("text", SALARIES)
def test_an_amount_is_a_salary_beside_a_word_of_pay(text: str) -> None:
    text, expected = marked(text)
    assert found(text, "salary") == expected


@pytest.mark.parametrize("text", NO_SALARY)
def test_another_amount_is_left(text: str) -> None:
    assert found(text, "salary") == []


@pytest.mark.parametrize("text", COORDINATES)
def test_a_latitude_and_a_longitude_are_one_place(text: str) -> None:
    text, expected = marked(text)
    assert found(text, "gps") == expected


@pytest.mark.parametrize("text", NO_COORDINATES)
def test_two_numbers_are_no_place(text: str) -> None:
    assert found(text, "gps") == []


@pytest.mark.parametrize("text", HANDLES)
def test_a_handle_is_found_without_its_network(text: str) -> None:
    text, expected = marked(text)
    assert found(text, "handle") == expected


@pytest.mark.parametrize("text", NO_HANDLES)
def test_code_and_addresses_of_mail_are_no_handles(text: str) -> None:
    assert found(text, "handle") == []


PIECES = st.sampled_from(
    [
        "12",
        " ",
        "rue",
        "rue de la ",
        "75011",
        " Paris",
        "\n",
        ",",
        "né le ",
        "12/03/1980",
        "mars",
        "@",
        "lat: ",
        "48.85661",
        "°",
        "'",
        "salaire",
        "€",
        "2 300 €",
        ";",
        "|",
        "BP 12",
        "Cedex",
        "É",
        "ß",
        "İ",
        "St.",
        "(",
        ")",
        "Apt. 5",
        "Street",
        "-",
        "1er",
        "L'",
        "d'",
        "\xa0",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_is_read_and_offsets_stay_inside(text: str) -> None:
    text, _ = fold(text)
    last = 0
    for hit in find_places(text):
        assert last <= hit.start < hit.end <= len(text)
        last = hit.end


@pytest.mark.parametrize("text", [ADDRESSES[0], SALARIES[0], COORDINATES[0], HANDLES[0]])
def test_every_hit_is_personal_and_says_why(text: str) -> None:
    (hit,) = find_places(marked(text)[0])
    assert hit.data_class == "personal"
    assert hit.evidence


def test_a_long_text_is_read_to_its_end() -> None:
    text = (
        "Rien à dire ici. " * 3_000
        + "Née le 3 mai 1978, salaire de 2 300 €, 9 rue Basse, 14000 Caen"
    )
    assert [hit.kind for hit in find_places(text)] == ["birth_date", "salary", "address"]
