"""Press-like prose, old newspapers (c. 1870-1940), OCR scans, upper-case documents."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "press",
        "M. {=Eugène Motte}, député du Nord, a déposé hier sur le bureau de la Chambre une proposition de loi relative aux sociétés de secours mutuels.",
    ),
    (
        "fr",
        "press",
        "Le comte de {LAST} et la marquise de {LAST} ont assisté aux courses de Longchamp. On remarquait dans les tribunes le baron {LAST}, le général {LAST} et Mme {LAST}.",
    ),
    (
        "fr",
        "press",
        "Mme veuve {LAST}, née {LAST}, a l'honneur d'informer sa clientèle qu'elle continue le commerce de feu son mari, rue du Bac.",
    ),
    (
        "fr",
        "press",
        "Le nommé {FULL_M}, âgé de 34 ans, journalier, demeurant rue Mouffetard, a été conduit au poste de police.",
    ),
    (
        "fr",
        "press",
        "Hier matin, vers six heures, un garçon boucher, {FULL_M}, dit « l'Avocat », est tombé sous les roues d'un tramway de la ligne Bastille-Saint-Ouen.",
    ),
    (
        "fr",
        "press",
        "Conseil municipal. — Présents : MM. {LAST}, maire ; {LAST}, {LAST}, adjoints ; {LAST}, {LAST}, {LAST}. M. {LAST} demande la parole.",
    ),
    (
        "fr",
        "press",
        (
            "M. {LAST}. — Je demande à M. le ministre de la Marine s'il entend maintenir l'arsenal de Rochefort. (Très bien ! à gauche.)\n"
            "M. le ministre. — Assurément."
        ),
    ),
    (
        "fr",
        "press",
        "ÉTAT CIVIL. — Naissances : {FULL}, {FULL}. Publications de mariage : {FULL_M}, menuisier, et {FULL_F}, lingère. Décès : {FULL}, 71 ans, rentier.",
    ),
    (
        "fr",
        "press",
        "L'armée prussienne a repassé le Rhin. Le maréchal de {=Mac-Mahon} a établi son quartier général à Reims.",
    ),
    (
        "fr",
        "press",
        "On nous télégraphie de Londres : lord {=Salisbury} a reçu ce matin M. {=Cambon}, ambassadeur de France.",
    ),
    (
        "fr",
        "press",
        "Le paquebot Ville-de-Rome, capitaine {LAST}, est arrivé à Alger avec 212 passagers, au nombre desquels M. {LAST}, inspecteur des finances.",
    ),
    (
        "fr",
        "press",
        "Théâtre du Gymnase. — Mlle {FULL_F} a chanté avec un sentiment exquis un air de Carmen. M. {LAST} est un baryton d'avenir.",
    ),
    (
        "fr",
        "press",
        "TRIBUNAUX. — L'affaire {LAST}. Me {LAST} défendra l'accusé ; l'avocat général {LAST} occupera le siège du ministère public.",
    ),
    (
        "fr",
        "press",
        "Le citoyen {LAST}, secrétaire de la Bourse du travail, a pris la parole devant deux mille grévistes.",
    ),
    (
        "fr",
        "press",
        "Sont nommés chevaliers de la Légion d'honneur : MM. {LAST} ({FIRST_M}), négociant ; {LAST} ({FIRST_M}), armateur ; docteur {LAST}.",
    ),
    (
        "fr",
        "press",
        "L'abbé {LAST}, curé de Saint-Roch, a béni l'union de M. {FULL_M}, lieutenant au 3e dragons, avec Mlle {FULL_F}, fille du notaire.",
    ),
    (
        "fr",
        "press",
        "Nécrologie. On annonce la mort de M. {FULL_M}, ancien préfet, officier de la Légion d'honneur. Les obsèques auront lieu en l'église Sainte-Clotilde.",
    ),
    (
        "fr",
        "press",
        "À VENDRE par adjudication, en l'étude de Me {LAST}, notaire à Vienne (Isère), une maison bourgeoise, jardin, écurie. S'adresser à M. {LAST}, avoué.",
    ),
    (
        "fr",
        "press",
        "La jeune {FULL_F}, onze ans, a été mordue par un chien errant. On l'a conduite à l'Institut Pasteur.",
    ),
    (
        "fr",
        "press",
        "Lutte à main plate : {LAST} (Bordeaux) tombe {LAST} (Lyon) en 4 m. 12 s. ; match nul entre {LAST} et le Turc {=Kara Ahmed}.",
    ),
    (
        "fr",
        "press",
        "Vélodrome Buffalo. — 50 kilomètres : 1. {LAST}, 2. {LAST}, à une longueur ; 3. {LAST}. {LAST} est tombé au 3e tour.",
    ),
    (
        "fr",
        "press",
        "Le roi {=Léopold} et le prince {=Ferdinand de Saxe-Cobourg} sont attendus à Nice.",
    ),
    (
        "fr",
        "press",
        "M. {=Thiers} monte à la tribune. M. {=Gambetta} l'interrompt vivement. M. {=Jules Favre} se lève à son tour.",
    ),
    (
        "fr",
        "press",
        "L'assassin {LAST} a fait des aveux complets à M. {LAST}, juge d'instruction. La femme {LAST}, sa complice, persiste à nier.",
    ),
    (
        "fr",
        "press",
        "La veuve {LAST}, 62 ans, concierge, a été trouvée étranglée dans sa loge. M. {LAST}, commissaire de police du quartier Saint-Merri, a ouvert une enquête.",
    ),
    (
        "fr",
        "press",
        "M. {DOUBLE}, sénateur, assisté de M. {INIT}, a présidé la distribution des prix du lycée Henri-IV.",
    ),
    (
        "fr",
        "press",
        "Bulletin financier. — Le Crédit foncier cote 712, le Suez 3 605, l'Extérieure 72 ; M. {LAST}, administrateur de la Banque ottomane, est démissionnaire.",
    ),
    (
        "fr",
        "press",
        "De notre correspondant particulier : « Le colonel {LAST} et sa suite ont quitté Tananarive. Le sergent {LAST} est blessé. »",
    ),
    (
        "fr",
        "press",
        "Le Figaro publie une lettre de M. {FULL_M} à M. {=Francis Magnard}.",
    ),
    (
        "fr",
        "press",
        "Le professeur {LAST}, de Vienne, vient d'expérimenter le sérum du docteur {=Roux}.",
    ),
    (
        "fr",
        "press",
        "{=Emmanuel Macron} recevra {=Olaf Scholz} mardi à l'Élysée. Le chancelier rencontrera aussi {=Gérard Larcher}.",
    ),
    (
        "fr",
        "press",
        "{=Emmanuel Macron} a promulgué la loi mercredi ; {=Marine Le Pen} et {=Jean-Luc Mélenchon} ont annoncé saisir le Conseil constitutionnel.",
    ),
    (
        "fr",
        "press",
        "Le patron de {ORG}, {FULL_M}, dément tout plan social. « Nous recrutons », assure-t-il. La déléguée CFDT, {FULL_F}, en doute.",
    ),
    (
        "fr",
        "press",
        "« On a tout perdu », souffle {FIRST_F}, 52 ans, devant sa boulangerie inondée. Son mari, {FIRST_M}, charrie la boue au seau.",
    ),
    (
        "fr",
        "press",
        "L'entreprise familiale, fondée par {FULL_M} en 1954 et dirigée par sa petite-fille {FIRST_F}, emploie 84 personnes à {PLACE}.",
    ),
    (
        "fr",
        "press",
        "Les sénateurs {FULL} (LR) et {FULL} (PS) ont rendu leur rapport sur les Ehpad.",
    ),
    (
        "fr",
        "press",
        "Portrait. À 28 ans, {FULL#a} a repris la quincaillerie de {PLACE}. {FIRST#a} y vend aussi des graines. « {FIRST#a} n'arrête jamais », sourit sa voisine, {FIRST}.",
    ),
    (
        "fr",
        "press",
        "Football. Ligue 2 : Laval l'emporte grâce à un doublé de {LAST}. L'entraîneur {FULL} salue « le travail de {FIRST} et de {FIRST} ».",
    ),
    (
        "fr",
        "press",
        "Le procureur de la République de Nancy, {FULL}, a indiqué que le suspect, prénommé {FIRST_M}, avait reconnu les faits.",
    ),
    (
        "fr",
        "press",
        "D'après une étude de l'Insee, signée {FULL} et {FULL}, le nombre de micro-entrepreneurs a doublé.",
    ),
    (
        "fr",
        "press",
        "Culture. Au théâtre Gérard-Philipe, {FULL_F} met en scène une pièce de {=Marivaux} avec {FULL} et {FULL}.",
    ),
    (
        "fr",
        "press",
        "Un chirurgien de l'hôpital Necker, le professeur {FULL_M}, opère à distance une enfant de Nouméa.",
    ),
    (
        "fr",
        "press",
        "Rachat : {ORG} confie les rênes à {FULL}, ex-directeur financier de {ORG}, épaulé par {FULL} et {FULL}.",
    ),
    (
        "fr",
        "press",
        "Selon {LAST}, le marché va se retourner. {LAST}, lui, n'y croit pas ; quant à {LAST}, elle refuse de se prononcer.",
    ),
    (
        "fr",
        "press",
        "La cheffe {FULL_F#a} ouvre à Angers son second restaurant. {LAST#a} a fait ses classes chez {=Anne-Sophie Pic}.",
    ),
    (
        "fr",
        "press",
        "Le maire sortant, {FULL} (DVG), affrontera {FULL} (Renaissance) et {FULL} (RN).",
    ),
    (
        "fr",
        "press",
        "Prix Goncourt : {FULL} succède à {FULL}. Le Renaudot va à {FULL_F}.",
    ),
    (
        "fr",
        "press",
        "Naissances : {FULL}, le 3 ; {FULL}, le 5. Mariages : {FULL} et {FULL}, le 7. Décès : {FULL}, veuve {LAST}, 88 ans.",
    ),
    (
        "fr",
        "press",
        "Par {FULL}, envoyé spécial à {PLACE}",
    ),
    (
        "fr",
        "press",
        "Propos recueillis par {FULL}",
    ),
    (
        "fr",
        "press",
        "Photo : {FULL} / AFP",
    ),
    (
        "fr",
        "press",
        "Édito de {FULL} : « La dette, et après ? »",
    ),
    (
        "fr",
        "press",
        "(Avec {INIT}, à Bruxelles)",
    ),
    (
        "fr",
        "press",
        "{FULL_M}, dit {=Nénesse}, cabaretier à Montmartre, a été acquitté.",
    ),
    (
        "fr",
        "press",
        "M. le préfet de police a reçu MM. {=de La Rochette}, {LAST} et {=d'Alembert de Brossac}, délégués du syndicat.",
    ),
    (
        "fr",
        "press",
        "Mgr {LAST}, évêque d'Angers, est à Rome. Le R. P. {LAST} prêchera le carême à Saint-Sulpice. La sœur {FIRST_F} est décédée.",
    ),
    (
        "fr",
        "press",
        "Lord et lady {LAST}, le prince {=Troubetzkoï} et le vicomte {=de Saint-Aulaire} sont descendus à l'hôtel Bristol.",
    ),
    (
        "fr",
        "press",
        "Le Docteur {LAST}, spécialiste des voies urinaires, consulte de 2 h. à 4 h., boulevard Sébastopol. Pilules Pink, Quintonine, Vin Mariani.",
    ),
    (
        "fr",
        "press",
        "Les conscrits {LAST}, {LAST}, {LAST} et {LAST}, de la classe 1892, sont portés insoumis.",
    ),
    (
        "fr",
        "press",
        "Maison fondée en 1869, fabrique de chapeaux ; M. {LAST} fils, successeur.",
    ),
    (
        "fr",
        "press",
        "CHRONIQUE DE L'ALGÉRIE. Si {=Mohammed ben Abdallah}, caïd des Ouled-Naïl, et l'interprète {LAST} sont arrivés à Biskra.",
    ),
    (
        "fr",
        "ocr",
        "M . {LAST_CAPS} , maire , a donné lecture de la délibération . MM . {LAST_CAPS} et {LAST_CAPS} ont voté contre .",
    ),
    (
        "fr",
        "ocr",
        (
            "Le sieur {LAST} , cultiva-\n"
            "teur à {PLACE} , a trou-\n"
            "vé un portefeuille appartenant à M. {LAST} ."
        ),
    ),
    (
        "fr",
        "ocr",
        "M. {=Du rand} , percepteur , et Mme {=Le fèvre} , institutrice",
    ),
    (
        "fr",
        "ocr",
        "Mlle {=Loui se Martin} a obtenu le 1er prix de pian o .",
    ),
    (
        "fr",
        "ocr",
        "M. {=Bernar d} ; M. {=Ro ux} ; M. {=Lefe- vre} ; absents .",
    ),
    (
        "fr",
        "ocr",
        ("FACTURE N0 {REF}\nCL1ENT : {FULL_CAPS}\nT0TAL : {AMOUNT}"),
    ),
    (
        "fr",
        "ocr",
        ("N o m : {LAST_CAPS}     P r é n o m : {FIRST_CAPS}\nN é le : {DATE}"),
    ),
    (
        "fr",
        "ocr",
        ("Reçu de M.{LAST_CAPS} la somme de {AMOUNT} pour solde de tout compte.\nSigné:{INIT}"),
    ),
    (
        "fr",
        "ocr",
        "M.{LAST},adjoint,M.{LAST},conseiller.-Mme {LAST} arrive à 20h15.",
    ),
    (
        "fr",
        "ocr",
        "LE PRES1DENT DE SEANCE,M. {=MAR71N}",
    ),
    (
        "fr",
        "ocr",
        "Dr.{=MOREAU} / Med. traitant Dr {=P. LEFE8VRE}",
    ),
    (
        "fr",
        "ocr",
        "page 2/3 -- Dossier {LAST_CAPS} {NUM} -- ne pas diffuser",
    ),
    (
        "fr",
        "ocr",
        (
            "{LAST_CAPS}\n"
            "{FIRST_CAPS}\n"
            "{DATE} {PLACE}\n"
            "REPUBLIQUE FRANCAISE\n"
            "CARTE NATIONALE D'IDENTITE"
        ),
    ),
    (
        "fr",
        "ocr",
        "Et sur Ia droite, M. {=Vaillant} s'écrie : C'est une honte ! (Bruit .) M. Ie comte {=de Mun} : Respect à l'armée !",
    ),
    (
        "fr",
        "ocr",
        "Ie docteur {LAST} et son aide , M . {LAST} , ont pratiqué I'autopsie .",
    ),
    (
        "fr",
        "ocr",
        "Vu par nous , {LAST} , huissier , Ie present expioit . Cout : {AMOUNT}",
    ),
    (
        "fr",
        "ocr",
        "ETAIENT PRESENTS : MM.{LAST_CAPS},{LAST_CAPS},{LAST_CAPS} ET MME {LAST_CAPS}",
    ),
    (
        "fr",
        "ocr",
        ('Madame {FULL_CAPS} **\n{ADDRESS}\nVotre N" de client : {REF}'),
    ),
    (
        "fr",
        "ocr",
        ("TICKET 00412 CAISSE 3 VENDEUR {FIRST_CAPS}\nMERCI DE VOTRE VISITE"),
    ),
    (
        "fr",
        "ocr",
        "Sig nature : {INIT}   Visa  chef :  {LAST}",
    ),
    (
        "fr",
        "ocr",
        "PATIENT:{FULL_REV}  NE LE {DATE}",
    ),
    (
        "fr",
        "ocr",
        ("MM. {LAST},\n{LAST} , {LAST} et\n{LAST} ont signé au registre ."),
    ),
    (
        "fr",
        "ocr",
        "M. {=Jean-Bap- tiste Morel} , négociant , rue du Pont , 14 .",
    ),
    (
        "fr",
        "ocr",
        "Mme V e {LAST} ; M r {LAST} ; D r {LAST} ; M e {LAST} , not re .",
    ),
    (
        "fr",
        "ocr",
        "■ {FULL} • {PHONE} ► {JOB}",
    ),
    (
        "fr",
        "ocr",
        "Tél. {PHONE} | Mme {INIT_CAPS} | Serv. Cornptabilité",
    ),
    (
        "fr",
        "caps",
        "OBJET : MUTATION DE {FULL_CAPS} AU SERVICE EXPÉDITIONS",
    ),
    (
        "fr",
        "caps",
        "NOTE À L'ATTENTION DE M. {LAST_CAPS} ET MME {LAST_CAPS}",
    ),
    (
        "fr",
        "caps",
        "MERCI DE RAPPELER {FIRST_CAPS} AU {PHONE} AVANT MIDI",
    ),
    (
        "fr",
        "caps",
        "LE SALARIÉ {REV_CAPS} EST CONVOQUÉ LE {DATE} À {PLACE}",
    ),
    (
        "fr",
        "caps",
        "REUNION DU {DATE} PRESENTS {LAST_CAPS} {LAST_CAPS} {LAST_CAPS}",
    ),
    (
        "fr",
        "caps",
        "IMPOSSIBLE DE ME CONNECTER. {FULL_CAPS}, SERVICE EXPEDITION",
    ),
    (
        "fr",
        "caps",
        "URGENT : LE CLIENT {LAST_CAPS} ATTEND SON AVOIR DEPUIS TROIS SEMAINES",
    ),
    (
        "fr",
        "caps",
        "JE SOUSSIGNÉ {FULL_CAPS} CERTIFIE SUR L'HONNEUR L'EXACTITUDE DES RENSEIGNEMENTS",
    ),
    (
        "fr",
        "caps",
        "DE LA PART DE {FIRST_CAPS} POUR {FIRST_CAPS} : PENSER AUX CLÉS DU LOCAL",
    ),
    (
        "fr",
        "caps",
        "COLIS POUR MADAME {REV_CAPS} CHEZ MONSIEUR {REV_CAPS} 2E ETAGE",
    ),
    (
        "fr",
        "caps",
        "INTERVENTION CHEZ {LAST_CAPS}, RUE VICTOR HUGO, LAVAL",
    ),
    (
        "fr",
        "caps",
        "ASSISTAIENT À LA SÉANCE : {FULL_CAPS}, {FULL_CAPS}, {FULL_CAPS}",
    ),
    (
        "fr",
        "caps",
        "TITRE : RAPPORT ANNUEL – AUTEUR : {FULL_CAPS} – RELU PAR {INIT_CAPS}",
    ),
    (
        "fr",
        "caps",
        "MME {LAST_CAPS} NÉE {LAST_CAPS}, VEUVE DE {FULL_CAPS}",
    ),
    (
        "fr",
        "caps",
        ("{FULL_CAPS}\nDIRECTRICE GÉNÉRALE\n{ORG}"),
    ),
    (
        "fr",
        "caps",
        "EN MÉMOIRE DE {FULL_CAPS}, FONDATEUR",
    ),
    (
        "fr",
        "caps",
        "NE PAS LIVRER A {LAST_CAPS} (IMPAYES) SANS ACCORD DE {FIRST_CAPS}",
    ),
    (
        "fr",
        "caps",
        "PROCÉDURE QUALITÉ N° {REF} – RÉDACTEUR {LAST_CAPS} – VALIDATION DIRECTION TECHNIQUE",
    ),
]
