"""Chat: Teams, Slack, WhatsApp, SMS; lower case, no punctuation, abbreviations, typos."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "chat",
        "salut {first_low} tu peux regarder le ticket {REF} stp",
    ),
    (
        "fr",
        "chat",
        "tt le monde est dispo jeudi ? {first_low} {first_low} et {first_low} ont dit oui",
    ),
    (
        "fr",
        "chat",
        "jcrois que c'est {first_low} qui a la clé du local",
    ),
    (
        "fr",
        "chat",
        "{first_low} tu viens manger ?",
    ),
    (
        "fr",
        "chat",
        "[10:32] {full_low} : qqun a le numéro de {full_low} ?",
    ),
    (
        "fr",
        "chat",
        "[10:33] {full_low} : demande à {first_low} elle l'a",
    ),
    (
        "fr",
        "chat",
        "@{first_low} tu peux valider la MR stp, @{first_low} est en congé",
    ),
    (
        "fr",
        "chat",
        "merci {first_low} !!",
    ),
    (
        "fr",
        "chat",
        "bjr {first_low}, dsl du retard jsuis coincé sur l'A7",
    ),
    (
        "fr",
        "chat",
        "qqn sait si {full_low} bosse ajd ?",
    ),
    (
        "fr",
        "chat",
        "ok {first_low} je vois avec {first_low} et je te dis",
    ),
    (
        "fr",
        "chat",
        (
            "{FIRST} : on part à quelle heure ?\n"
            "{FIRST} : 8h devant le dépôt\n"
            "{FIRST} : ok je préviens {FIRST}"
        ),
    ),
    (
        "fr",
        "chat",
        "mdr {first_low} a encore oublié son badge",
    ),
    (
        "fr",
        "chat",
        "c quoi le mail de {last_low} ?",
    ),
    (
        "fr",
        "chat",
        "coucou c'est {first_low}, j'ai changé de numéro {PHONE}",
    ),
    (
        "fr",
        "chat",
        "{first_low} ?",
    ),
    (
        "fr",
        "chat",
        "slt {first_low} ça va ? tu sais si le camion de la scop est passé",
    ),
    (
        "fr",
        "chat",
        "mme {last_low} rappelle dem matin, elle avait pas l'air ravie",
    ),
    (
        "fr",
        "chat",
        "le rdv avec mr {last_low} est décalé à 15h",
    ),
    (
        "fr",
        "chat",
        "dis à {first_low} que {first_low} l'attend au parking",
    ),
    (
        "fr",
        "chat",
        (
            "{FULL} 14:05\n"
            "OK pour moi\n"
            "{FULL} 14:07\n"
            "Idem\n"
            "{FULL} 14:11\n"
            "Je ne pourrai pas, voyez avec {FIRST}"
        ),
    ),
    (
        "fr",
        "chat",
        (
            "[{DATE}, 09:41:12] {FULL}: Bonjour à tous\n"
            "[{DATE}, 09:42:03] {FULL}: Salut {FIRST}\n"
            "[{DATE}, 09:42:40] {FIRST}: image absente"
        ),
    ),
    (
        "fr",
        "chat",
        (
            "{DATE} à 18:22 - {FULL}: les clés sont chez {first_low}\n"
            "{DATE} à 18:25 - {FULL}: top merci"
        ),
    ),
    (
        "fr",
        "chat",
        "pr info {first_low} et {first_low} seront absents lundi pr la formation",
    ),
    (
        "fr",
        "chat",
        "jpeux pas j'ai la réunion avec {last_low} a 14h",
    ),
    (
        "fr",
        "chat",
        "{first_low} et moi on a fini le lot 2, reste à prévenir {last_low}",
    ),
    (
        "fr",
        "chat",
        "vous avez des news de {first_low} ? il répond pas depuis hier",
    ),
    (
        "fr",
        "chat",
        "bon anniv {first_low} 🎉🎉",
    ),
    (
        "fr",
        "chat",
        "{first_low} c toi qui a pris le transpal ?",
    ),
    (
        "fr",
        "chat",
        "demande a {full_low} c'est lui qui gere les badges",
    ),
    (
        "fr",
        "chat",
        "@channel {FIRST} est malade, qui peut prendre sa tournée ?",
    ),
    (
        "fr",
        "chat",
        "@{FULL} peux-tu jeter un œil au devis de {ORG} ?",
    ),
    (
        "fr",
        "chat",
        "hello @{FIRST} @{FIRST} le daily est à 9h45 ajd",
    ),
    (
        "fr",
        "chat",
        "oui oui {first_low} m'a tt expliqué",
    ),
    (
        "fr",
        "chat",
        "non pas {full_low}, l'autre {first_low}, celui de la compta",
    ),
    (
        "fr",
        "chat",
        "je crois que {last_low} veut pas signer",
    ),
    (
        "fr",
        "chat",
        "la fille de {first_low} est née cette nuit, félicitations a {first_low} et {first_low} !!",
    ),
    (
        "fr",
        "chat",
        "{first_low} t'as vu le mail de {first_low} ? elle est pas contente du tt",
    ),
    (
        "fr",
        "chat",
        "g vu {first_low} hier au marché il ma dit qu'il reprenait le taf lundi",
    ),
    (
        "fr",
        "chat",
        "rappel : {first_low} amène les croissants vendredi, {first_low} le café",
    ),
    (
        "fr",
        "chat",
        "qui conduit ? moi, {first_low} ou {first_low}",
    ),
    (
        "fr",
        "chat",
        "bsr madame {last_low} c'est {first_low} de la crèche, {first_low} a de la fièvre vous pouvez venir ?",
    ),
    (
        "fr",
        "chat",
        "le doc est chez {first_low} normalement",
    ),
    (
        "fr",
        "chat",
        "{first_low} ou {first_low} pour la permanence samedi svp",
    ),
    (
        "fr",
        "chat",
        "svp {first_low} enlève toi de la liste",
    ),
    (
        "fr",
        "chat",
        "wesh {first_low} tu fais koi",
    ),
    (
        "fr",
        "chat",
        "je te mets en copie {first_low} et {full_low}",
    ),
    (
        "fr",
        "chat",
        "Coucou {FIRST}, tu as pensé à relancer {LAST} ?",
    ),
    (
        "fr",
        "chat",
        "Yes {FIRST}, fait ce matin 👍",
    ),
    (
        "fr",
        "chat",
        "Perso je préfère que ce soit {FIRST} qui présente, {FIRST} parle trop vite",
    ),
    (
        "fr",
        "chat",
        ("{FIRST_I} : ok\n{FIRST_I} : pas ok"),
    ),
    (
        "fr",
        "chat",
        (
            "[09:01] {INIT} : bonjour\n"
            "[09:01] {INIT} : bonjour {FIRST}\n"
            "[09:03] {INIT} : on attend {LAST} ?"
        ),
    ),
    (
        "fr",
        "chat",
        ("*{FULL}* a rejoint le canal\n*{FULL}* a quitté le canal\n{FIRST} : bienvenue {FIRST} !"),
    ),
    (
        "fr",
        "chat",
        "{full_low} a dit quoi finalement ?",
    ),
    (
        "fr",
        "chat",
        "rdv chez {last_low} a 8h, {first_low} prend le fourgon",
    ),
    (
        "fr",
        "chat",
        "c'est bon {first_low}",
    ),
    (
        "fr",
        "chat",
        "{first_low} {first_low} {first_low} vous êtes ou ???",
    ),
    (
        "fr",
        "chat",
        "allo {first_low}",
    ),
    (
        "fr",
        "chat",
        "tkt {first_low} jm'en occupe",
    ),
    (
        "fr",
        "chat",
        "la cliente {full_low} demande un avoir de {AMOUNT}",
    ),
    (
        "fr",
        "chat",
        "mon chef {full_low} veut que je fasse un tableau",
    ),
    (
        "fr",
        "chat",
        "prévenez {rev_low} svp il est pas dans la boucle",
    ),
    (
        "fr",
        "chat",
        "le commercial cest {full_low}, son num {PHONE}",
    ),
    (
        "fr",
        "chat",
        "envoie a {EMAIL} et mets {first_low} en copie",
    ),
    (
        "fr",
        "chat",
        "g demandé a mr {full_low} il est daccord",
    ),
    (
        "fr",
        "chat",
        "bonjour je m'appelle {full_low} et je voudrais savoir ou en est ma commande {REF}",
    ),
    (
        "fr",
        "chat",
        "bonjour moi c {first_low} jai pas recu mon colis",
    ),
    (
        "fr",
        "chat",
        "je suis mme {rev_low} je vous contacte pour mon dossier",
    ),
    (
        "fr",
        "chat",
        "ici {full_low} locataire du 3eme, la fuite continue",
    ),
    (
        "fr",
        "chat",
        ("{first_low}: jarrive\n{first_low}: 5 min\n{first_low}: ok"),
    ),
    (
        "fr",
        "chat",
        (
            "Agent : Bonjour, je suis {FIRST}, comment puis-je vous aider ?\n"
            "Visiteur : bonjour je cherche mme {last_low}\n"
            "Agent : Mme {LAST} est en rendez-vous, voulez-vous parler à M. {LAST} ?"
        ),
    ),
    (
        "fr",
        "chat",
        (
            "bonjour {first_low} ici {first_low}\n"
            "le client {last_low} a rappelé\n"
            "faut lui envoyer le devis stp"
        ),
    ),
    (
        "fr",
        "chat",
        "on fait équipe avec {full_low} et {full_low} ?",
    ),
    (
        "fr",
        "chat",
        "t'inquiète, {first_low} gère",
    ),
    (
        "fr",
        "chat",
        "c {first_low} qui ma dit que {first_low} quittait la boite",
    ),
    (
        "fr",
        "chat",
        "MDR {FIRST_CAPS} T'ES OU",
    ),
    (
        "fr",
        "chat",
        "MERCI {FIRST_CAPS} ❤️",
    ),
    (
        "fr",
        "chat",
        "pas de réponse de {FULL_CAPS} dsl",
    ),
    (
        "fr",
        "chat",
        "{FIRST} tu gères ? Sinon je demande à {FIRST}.",
    ),
    (
        "fr",
        "chat",
        "{FIRST} à 10h, {FIRST} à 11h, {FIRST} à 14h",
    ),
    (
        "fr",
        "chat",
        "vu avec {FIRST}, ok pour lundi",
    ),
    (
        "fr",
        "chat",
        "Vu avec {LAST} : RAS.",
    ),
    (
        "fr",
        "chat",
        "+1 {first_low}",
    ),
    (
        "fr",
        "chat",
        "cc {first_low} {first_low}",
    ),
    (
        "fr",
        "chat",
        "d'après {first_low} le chantier de {PLACE} est fini",
    ),
    (
        "fr",
        "chat",
        "jss avec {first_low} la on revient dans 10 min",
    ),
    (
        "fr",
        "chat",
        "slt les filles, {first_low} organise un apéro ven soir, dites lui si vs venez",
    ),
    (
        "fr",
        "chat",
        "Hello ! {FIRST} et {FIRST} sont bien inscrites, manque plus que {FIRST} 😉",
    ),
    (
        "fr",
        "chat",
        "qd tu vois {first_low} dis lui de m'appeler au {PHONE}",
    ),
    (
        "fr",
        "chat",
        "pk {first_low} est plus ds le groupe ?",
    ),
    (
        "fr",
        "chat",
        "{first_low} ajoute {first_low} stp",
    ),
    (
        "fr",
        "chat",
        "a+ {first_low}",
    ),
    (
        "fr",
        "chat",
        "ouais {first_low} avait raison, excel plante avec ce fichier",
    ),
    (
        "fr",
        "chat",
        "le patron veut voir {last_low} et {last_low} dans son bureau a 16h",
    ),
    (
        "fr",
        "chat",
        "c le bordel depuis que {first_low} est parti, {first_low} fait tout",
    ),
    (
        "fr",
        "chat",
        "j'ai mis {first_low} sur le dossier la scop",
    ),
    (
        "fr",
        "chat",
        "Thread : {FULL} → {FULL} → moi",
    ),
    (
        "fr",
        "chat",
        ("{FIRST} likes this\n{FULL}: top !"),
    ),
    (
        "fr",
        "chat",
        "Tu peux appeler {FIRST} stp ? Son fils {FIRST} est tombé à l'école.",
    ),
    (
        "fr",
        "chat",
        "Chef, y a {FIRST} qui demande si on garde la benne chez {LAST}.",
    ),
    (
        "fr",
        "chat",
        "Bonjour Mr {LAST} c'est {FIRST} de chez {ORG}, on passe demain entre 8h et 10h pour la livraison. Bonne journée",
    ),
    (
        "fr",
        "chat",
        "Rappel RDV : {DATE} 14h30 avec le Dr {LAST}. Pour annuler répondez STOP",
    ),
    (
        "fr",
        "chat",
        "Bonjour {FIRST}, votre colis {REF} vous attend chez votre commerçant.",
    ),
    (
        "fr",
        "chat",
        "{FIRST} vous a envoyé une demande de paiement de {AMOUNT}.",
    ),
    (
        "fr",
        "chat",
        "Vous avez 3 messages de {FULL}.",
    ),
    (
        "fr",
        "chat",
        "{FULL} a partagé un fichier avec vous : budget_v4.xlsx",
    ),
    (
        "fr",
        "chat",
        "{FULL} vous a mentionné dans un commentaire : « @{FULL} peux-tu relire ? »",
    ),
    (
        "fr",
        "chat",
        "Réunion « Point paie » organisée par {FULL} – acceptée par {FULL}, {FULL} ; refusée par {FULL}",
    ),
]
