"""Schools, clubs, associations, town halls, churches, sport, families."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "assoc",
        (
            "Chers adhérents,\n"
            "L'assemblée générale a élu {FULL} présidente, {FULL} trésorier et {FULL} secrétaire. {FIRST}, notre doyenne, reste présidente d'honneur."
        ),
    ),
    (
        "fr",
        "assoc",
        "Conseil de classe de 5e D : Félicitations à {FIRST}, {FIRST} et {FIRST} ; encouragements à {FIRST} ; avertissement travail : {LAST}.",
    ),
    (
        "fr",
        "assoc",
        "Appréciation : {FIRST} progresse, mais bavarde avec {FIRST}. M. {LAST}, professeur de Mathématiques",
    ),
    (
        "fr",
        "assoc",
        "Chers parents, {FIRST} et {FIRST} ont la varicelle. Pensez à prévenir Mme {LAST}, l'infirmière.",
    ),
    (
        "fr",
        "assoc",
        "U13 : victoire 4-2 contre {PLACE}. Buts de {FIRST} (2), {FIRST} et {FIRST}. Goûter offert par la maman de {FIRST}.",
    ),
    (
        "fr",
        "assoc",
        "Feuille de match : n° 1 {LAST}, n° 4 {LAST}, n° 7 {LAST}, n° 9 {LAST} (cap.), n° 10 {LAST}",
    ),
    (
        "fr",
        "assoc",
        "Le club félicite {FULL}, ceinture noire, et son professeur, {FULL}.",
    ),
    (
        "fr",
        "assoc",
        "Trail des Sapins : {FULL} s'impose en 1 h 12, devant {FULL} ({ORG}) et {FULL}. Chez les dames, {FULL_F} l'emporte.",
    ),
    (
        "fr",
        "assoc",
        "Carnet rose : {FIRST} est arrivée chez {FIRST} et {FULL}. Félicitations aux parents et à son grand frère {FIRST_M} !",
    ),
    (
        "fr",
        "assoc",
        "Avis de décès. {FULL_F}, son épouse ; {FIRST}, {FIRST} et {FIRST}, ses enfants ; les familles {LAST} et {LAST} ont la douleur de vous faire part du décès de Monsieur {FULL_M}.",
    ),
    (
        "fr",
        "assoc",
        "Nous avons la joie de vous annoncer le mariage de {FIRST_F} et {FIRST_M} le {DATE} en l'église Saint-Martin.",
    ),
    (
        "fr",
        "assoc",
        "Planning bénévoles buvette : 14h {FIRST}+{FIRST}, 16h {FIRST}+{FIRST}, 18h qui ? 20h {FIRST} et ses fils",
    ),
    (
        "fr",
        "assoc",
        "Mairie : permanences des élus. {FULL} (urbanisme) le lundi, {FULL} (affaires scolaires) le jeudi, M. le Maire sur rendez-vous.",
    ),
    (
        "fr",
        "assoc",
        "Délibération : rapporteur Mme {LAST}. M. {LAST} ne prend pas part au vote. Adopté à l'unanimité.",
    ),
    (
        "fr",
        "assoc",
        "Chorale : sopranos {FIRST}, {FIRST} ; altos {FIRST}, {FIRST} ; ténors {FIRST} ; basses {FIRST}, {FIRST}",
    ),
    (
        "fr",
        "assoc",
        "Atelier théâtre : le père, {FIRST} ; la fille, {FIRST} ; le valet, {FIRST}. Mise en scène : {FULL}.",
    ),
    (
        "fr",
        "assoc",
        "Mot dans le cahier : {FIRST} n'a pas son livre. Merci d'en parler avec elle. La maîtresse, {FULL_F}",
    ),
    (
        "fr",
        "assoc",
        "Stage de 3e : {FULL}, élève au collège Louise-Michel, sera accueilli chez {ORG} par {FULL}.",
    ),
    (
        "fr",
        "assoc",
        "Don de {FULL} : {AMOUNT}. Reçu fiscal à envoyer à sa veuve, Mme {LAST}, {ADDRESS}.",
    ),
    (
        "fr",
        "assoc",
        "Le tournoi Marcel-Cerdan aura lieu à Casablanca ; notre sélection : {FULL}, {FULL}, {FULL}.",
    ),
    (
        "fr",
        "assoc",
        "Covid à la crèche : groupe des Coccinelles fermé. {FIRST}, {FIRST} et le petit {FIRST} sont cas contacts.",
    ),
    (
        "fr",
        "assoc",
        "Soutenance de {FULL}, jury : {FULL} (rapporteur), {FULL} (rapporteuse), {FULL} (directeur), {FULL} (invité, {ORG})",
    ),
    (
        "fr",
        "assoc",
        "Messe du dimanche 12 : défunts {FULL}, famille {LAST}, {FIRST} et {FULL}. Baptême de {FIRST}.",
    ),
    (
        "fr",
        "assoc",
        "Repas de quartier : {FIRST} fait un couscous, {FIRST} une tarte, les {LAST} amènent le vin.",
    ),
    (
        "fr",
        "assoc",
        "La famille {LAST} vous remercie de vos marques de sympathie.",
    ),
    (
        "fr",
        "assoc",
        "Chez les {LAST}, on est boulangers de père en fils : {FIRST_M}, puis {FIRST_M}, et bientôt {FIRST_F}.",
    ),
    (
        "fr",
        "assoc",
        "Bureau : présidente {FULL_F} (réélue), vice-président {FULL_M}, trésorière à pourvoir",
    ),
    (
        "fr",
        "assoc",
        "Conseil d'école. Présents : Mme {LAST} (directrice), Mmes {LAST} et {LAST} (enseignantes), {FULL} et {FULL} (parents élus), M. {LAST} (mairie). Excusé : l'inspecteur.",
    ),
    (
        "fr",
        "assoc",
        (
            "{FULL} (3e A) – retard de 20 min, motif : bus\n"
            "{FULL} (4e B) – exclu de cours par Mme {LAST}\n"
            "{FULL} (6e C) – infirmerie"
        ),
    ),
    (
        "fr",
        "assoc",
        "Loto des pompiers : le vélo est gagné par {FULL}, de {PLACE} ; le jambon par {FIRST}, 9 ans.",
    ),
    (
        "fr",
        "assoc",
        "Équipe pédagogique : Français, Mme {LAST} ; Anglais, M. {LAST} ; EPS, {FULL} ; Musique, poste non pourvu",
    ),
    (
        "fr",
        "assoc",
        "Les frères {LAST}, {FIRST_M} et {FIRST_M}, ont repris la ferme en avril.",
    ),
    (
        "fr",
        "assoc",
        "Jumelage avec {PLACE} : nos correspondants sont {FULL} et {FULL}. {FIRST} traduira.",
    ),
    (
        "fr",
        "assoc",
        "La Ligue a suspendu {INIT} pour deux matchs ; son entraîneur, {FULL}, fait appel.",
    ),
]
