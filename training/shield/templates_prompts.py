"""What people ask an assistant about messages and people; code, logs and commits with names."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "fr",
        "prompt",
        "Résume ce mail : « Bonjour {FIRST}, la livraison est reportée, préviens {LAST}. {FIRST} »",
    ),
    (
        "fr",
        "prompt",
        "Réponds à {FIRST} que je suis d'accord mais pas avant {DATE}.",
    ),
    (
        "fr",
        "prompt",
        "Traduis en anglais : « {FULL} passera lundi avec M. {LAST} et Mme {LAST}. »",
    ),
    (
        "fr",
        "prompt",
        "Écris un mot d'anniversaire pour {FIRST}, qui fête ses 50 ans chez {ORG}.",
    ),
    (
        "fr",
        "prompt",
        "rédige un mail a {first_low} pour lui dire que {first_low} est malade",
    ),
    (
        "fr",
        "prompt",
        (
            "Corrige les fautes :\n"
            "bonjour mme {last_low} je me permet de vous ecrire car monsieur {last_low} ma dit de vous contacté"
        ),
    ),
    (
        "fr",
        "prompt",
        "Peux-tu reformuler plus poliment : « {FIRST}, tu exagères, {LAST} attend depuis trois jours » ?",
    ),
    (
        "fr",
        "prompt",
        "Fais un compte rendu à partir de ces notes : {first_low} ok budget, {first_low} contre, {last_low} tranche lundi",
    ),
    (
        "fr",
        "prompt",
        "Que répondre à mon collègue {FIRST} qui dit que {FIRST} lui a promis une prime ?",
    ),
    (
        "fr",
        "prompt",
        "Génère une lettre de licenciement pour {FULL_LASTCAPS}, {JOB}, motif économique.",
    ),
    (
        "fr",
        "prompt",
        "Dans ce texte, qui est le chef de {FIRST} ? « {FULL} encadre {FIRST} et {FIRST}. {LAST} encadre tout le monde. »",
    ),
    (
        "fr",
        "prompt",
        "Liste les tâches de {FIRST} dans le tableau ci-dessous.",
    ),
    (
        "fr",
        "prompt",
        "Mets {FIRST}, {FIRST} et {FIRST} dans l'ordre alphabétique.",
    ),
    (
        "fr",
        "prompt",
        "Tu es l'assistant de {FULL}, {JOB}. Prépare sa réunion avec {ORG}.",
    ),
    (
        "fr",
        "prompt",
        "Simule une conversation entre {FIRST}, vendeuse, et M. {LAST}, client mécontent.",
    ),
    (
        "fr",
        "prompt",
        "Est-ce que {FULL} a droit à des indemnités s'il démissionne pour suivre {FIRST_F} ?",
    ),
    (
        "fr",
        "prompt",
        "Voici l'avis du Dr {LAST}, explique-le simplement à ma mère, {FIRST_F}.",
    ),
    (
        "fr",
        "prompt",
        "Analyse ce CV et dis-moi si {FULL} convient au poste de {JOB}.",
    ),
    (
        "fr",
        "prompt",
        "Compare les offres de {FULL} (auto-entrepreneur) et de {ORG}.",
    ),
    (
        "fr",
        "prompt",
        "Traduis la lettre de {FULL} en arabe, puis résume-la pour {FIRST}.",
    ),
    (
        "fr",
        "prompt",
        "Trouve un titre pour l'article de {FIRST} sur {PRODUCT}.",
    ),
    (
        "fr",
        "prompt",
        "Invente un slogan pour le salon de coiffure de {FIRST_F}.",
    ),
    (
        "fr",
        "prompt",
        "Remplace « Monsieur {LAST} » par « le client » dans tout le document.",
    ),
    (
        "fr",
        "prompt",
        "Quels points {FIRST} et {LAST} ont-ils validés hier ?",
    ),
    (
        "fr",
        "prompt",
        "Rédige un SMS pour {FIRST} : rdv décalé, voir avec {FIRST}, s'excuser.",
    ),
    (
        "fr",
        "prompt",
        "Extrait les noms : « {FULL}, {INIT}, Mme {LAST} et leur fils {FIRST} étaient à {PLACE}. »",
    ),
    (
        "fr",
        "prompt",
        "Peux-tu écrire un discours de départ pour notre directrice, {FULL_F} ? Cite {FIRST}, {FIRST} et le Garage Martin.",
    ),
    (
        "fr",
        "prompt",
        "j'ai un conflit avec {first_low} au boulot, mon n+1 {last_low} fait rien, je fais quoi",
    ),
    (
        "fr",
        "prompt",
        "Calcule les congés restants : {FIRST} 12 jours posés sur 25, {FIRST} 18, {FIRST} 25.",
    ),
    (
        "fr",
        "prompt",
        "Qui est {=Victor Hugo} ? Et {=Simone Veil} ?",
    ),
    (
        "fr",
        "prompt",
        "Fais une frise de la vie de {=Napoléon Bonaparte}.",
    ),
    (
        "fr",
        "prompt",
        "Quel est le film le plus connu de {=François Truffaut} ?",
    ),
    (
        "fr",
        "prompt",
        "Explique la philosophie de {=Descartes} à un apprenti.",
    ),
    (
        "fr",
        "prompt",
        "Donne-moi une citation de {=Molière} et une de {=Simone de Beauvoir}.",
    ),
    (
        "fr",
        "prompt",
        "Prépare un mail de relance pour trois clients : M. {LAST} ({AMOUNT}), Mme {LAST} ({AMOUNT}) et {ORG} ({AMOUNT}).",
    ),
    (
        "fr",
        "prompt",
        "Classe ces tickets par urgence : {REF} ({FIRST}, écran noir), {REF} ({LAST}, badge), {REF} (Accueil, téléphone).",
    ),
    (
        "fr",
        "prompt",
        "Aide-moi à annoncer à {FIRST} le décès de {FULL}.",
    ),
    (
        "fr",
        "prompt",
        "Comment s'écrit le nom de {=Kylian Mbappé} ?",
    ),
    (
        "fr",
        "prompt",
        "Note pour {FIRST} : les mots de passe sont chez {FIRST}.",
    ),
    (
        "fr",
        "prompt",
        "Écris un poème avec les prénoms {FIRST}, {FIRST} et {FIRST}.",
    ),
    (
        "fr",
        "code",
        (
            "commit 4f2a9c1\n"
            "Author: {FULL} <{EMAIL}>\n"
            "Date:   Mon Mar 4 10:22:31 2024 +0100\n"
            "\n"
            "    fix: arrondi de la TVA"
        ),
    ),
    (
        "fr",
        "code",
        (
            "feat(paie): export DSN\n"
            "\n"
            "Co-authored-by: {FULL} <{EMAIL}>\n"
            "Reviewed-by: {FULL} <{EMAIL}>\n"
            "Signed-off-by: {FULL} <{EMAIL}>"
        ),
    ),
    (
        "fr",
        "code",
        ("# Auteur : {FULL}\n# Relu par : {INIT}\ndef export_csv(chemin: str) -> None:\n    ..."),
    ),
    (
        "fr",
        "code",
        ('"""Import des salariés.\n\n:author: {FULL}\n:maintainer: {full_low}\n"""'),
    ),
    (
        "fr",
        "code",
        (
            "{\n"
            '  "name": "facturation",\n'
            '  "author": "{FULL}",\n'
            '  "contributors": ["{FULL}", "{FULL}"],\n'
            '  "license": "MIT"\n'
            "}"
        ),
    ),
    (
        "fr",
        "code",
        ('[project]\nname = "paie"\nauthors = [{name = "{FULL}", email = "{EMAIL}"}]'),
    ),
    (
        "fr",
        "code",
        (
            "INFO 2024-05-02 08:14:11 connexion de {full_low} acceptée\n"
            "WARN 2024-05-02 08:15:02 échec pour {full_low} (3 essais)"
        ),
    ),
    (
        "fr",
        "code",
        ('user=SYSTEM action=backup status=ok\nuser="{FULL}" action=delete table=FACTURES'),
    ),
    (
        "fr",
        "code",
        (
            "a1b2c3d {FULL} 2024-03-04 Corrige le total HT\n"
            "e4f5a6b {FULL} 2024-03-05 Ajoute l'écran Clients\n"
            "c7d8e9f dependabot 2024-03-06 Bump lodash"
        ),
    ),
    (
        "fr",
        "code",
        (
            "git blame src/paie.py\n"
            "^4f2a9c1 ({FULL} 2023-11-02 1) import csv\n"
            "4f2a9c17 ({FULL} 2024-01-09 2) import json"
        ),
    ),
    (
        "fr",
        "code",
        'git commit --author="{FULL} <{EMAIL}>" -m "Mise à jour du README"',
    ),
    (
        "fr",
        "code",
        ("@author {FULL}\n@since 2.1"),
    ),
    (
        "fr",
        "code",
        ("// TODO({first_low}) : gérer les avoirs\n// cf. remarque de {FIRST} en revue"),
    ),
    (
        "fr",
        "code",
        (
            'client = Client(nom="{LAST}", prenom="{FIRST}", ville="Paris")\n'
            'assert client.nom_complet == "{FULL}"'
        ),
    ),
    (
        "fr",
        "code",
        ('const equipe = ["{FIRST}", "{FIRST}", "{FIRST}"];\nconst chef = "{FULL}";'),
    ),
    (
        "fr",
        "code",
        "SELECT * FROM clients WHERE nom = '{LAST_CAPS}' AND prenom LIKE '{FIRST}%';",
    ),
    (
        "fr",
        "code",
        ('noms = {"a": "{FULL}", "b": "{FULL}"}\nvilles = {"a": "Paris", "b": "Florence"}'),
    ),
    (
        "fr",
        "code",
        "CODEOWNERS : le module paie appartient à {FIRST}, le module stock à {FIRST}.",
    ),
    (
        "fr",
        "code",
        ("## Remerciements\nMerci à {FULL}, {FULL} et à toute la communauté Django."),
    ),
    (
        "fr",
        "code",
        ("Copyright (c) 2021 {FULL}\nCopyright (c) 2023 {ORG}"),
    ),
    (
        "fr",
        "code",
        (
            "Ticket {REF} – Rapporteur : {FULL} – Assigné : {FULL} – Composant : Facturation\n"
            "{FIRST} a changé le statut : Ouvert → Résolu"
        ),
    ),
    (
        "fr",
        "code",
        "Revue de code : {FIRST} demande de renommer `Client` en `Customer`, {FIRST} approuve.",
    ),
    (
        "fr",
        "code",
        (
            '<meta name="author" content="{FULL}">\n'
            '<meta name="description" content="Boulangerie à Nancy">'
        ),
    ),
    (
        "fr",
        "code",
        ("\\author{{FULL} \\and {FULL}}\n\title{Étude de la Loire}"),
    ),
    (
        "fr",
        "code",
        'print("Bonjour {FIRST}, votre commande est prête")',
    ),
    (
        "fr",
        "code",
        (
            "cn={FULL},ou=Achats,dc=exemple,dc=fr\n"
            "displayName: {REV}\n"
            "sn: {LAST}\n"
            "givenName: {FIRST}"
        ),
    ),
    (
        "fr",
        "code",
        ('Message-ID: <{REF}@exemple.fr>\nFrom: "{REV}" <{EMAIL}>\nX-Mailer: Thunderbird'),
    ),
    (
        "fr",
        "code",
        ("$ finger {first_low}\nLogin: {first_low}   Name: {FULL}\nDirectory: /home"),
    ),
    (
        "fr",
        "code",
        (
            "May 02 08:14:11 srv-paie sshd[812]: Accepted publickey for deploy\n"
            "May 02 08:14:12 srv-paie sudo: deploy : COMMAND=/usr/bin/systemctl restart nginx"
        ),
    ),
    (
        "fr",
        "code",
        (
            "## Journal des modifications\n"
            "- 2.3.1 : correction par {FULL}\n"
            "- 2.3.0 : nouvel écran Stock ({FIRST})\n"
            "- 2.2.0 : passage à Symfony 6"
        ),
    ),
]
