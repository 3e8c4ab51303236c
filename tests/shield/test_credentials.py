"""Secrets in any words: what is taken, exactly which characters, and what is left alone.

Every token is drawn at test time from a seeded generator and joined from pieces: the file holds no
string that looks like a key. In the tables ``⟦…⟧`` marks what must be found.
"""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre.privacy.credentials import find_credentials
from sobre.privacy.inspect import find

DRAW = random.Random(20_260_101)
ALNUM = string.ascii_letters + string.digits
URLSAFE = ALNUM + "_-"
HEX = "0123456789abcdef"


def drawn(length: int, alphabet: str = ALNUM) -> str:
    """Random characters, digits and both cases surely among them where the alphabet has them."""
    while True:
        value = "".join(DRAW.choices(alphabet, k=length))
        kinds = {(c.isdigit(), c.isupper()) for c in value if c.isalnum()}
        if len(kinds) == len({(c.isdigit(), c.isupper()) for c in alphabet if c.isalnum()}):
            return value


def uuid() -> str:
    return "-".join(drawn(n, HEX) for n in (8, 4, 4, 4, 12))


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and where they stood."""
    plain, spans = "", []
    for position, piece in enumerate(text.replace("⟧", "⟦").split("⟦")):
        if position % 2:
            spans.append((len(plain), len(plain) + len(piece)))
        plain += piece
    return plain, spans


def found(text: str) -> list[tuple[int, int]]:
    return [(hit.start, hit.end) for hit in find(text, [find_credentials])]


def kinds(text: str) -> set[str]:
    return {hit.kind for hit in find_credentials(text)}


# provider's form; the same spoilt: a letter missing in the prefix, a tail too short, words only
PROVIDERS = [
    ("sk-" + "proj-" + drawn(74, URLSAFE) + "T3Blbk" + "FJ" + drawn(74, URLSAFE), "sk-proj-abc"),
    ("sk-" + drawn(20) + "T3Blbk" + "FJ" + drawn(20), "risk-" + "assessment-of-a-very-long-thing"),
    ("sk-" + "svcacct-" + drawn(80, URLSAFE), "sk-" + "toggleable__label-arrow-content"),
    ("sk-" + "ant-" + "api03-" + drawn(93, URLSAFE) + "AA", "sk-ant-api03"),
    ("sk-" + "sobre-" + drawn(43, URLSAFE), "sk-" + "x" * 40),
    ("AI" + "za" + drawn(35, URLSAFE), "AI" + "za" + drawn(20)),
    ("GOC" + "SPX-" + drawn(28, URLSAFE), "GOCSPX"),
    ("ya" + "29." + drawn(60, URLSAFE), "ya29"),
    ("AK" + "IA" + drawn(16, string.ascii_uppercase + "234567"), "AK" + "IA" + "A2" * 4),
    ("AS" + "IA" + drawn(16, string.ascii_uppercase + "234567"), "ASIA PACIFIC 2024"),
    ("gh" + "p_" + drawn(36), "gh" + "p_" + drawn(12)),
    ("gh" + "s_" + drawn(36), "gh" + "z_" + drawn(36)),
    ("github_" + "pat_" + drawn(22) + "_" + drawn(59), "github_pat_"),
    ("gl" + "pat-" + drawn(20, URLSAFE), "gl" + "pat-" + drawn(8)),
    ("gl" + "rt-" + drawn(20, URLSAFE), "glrt"),
    (
        "xo" + "xb-" + drawn(12, "123456789") + "-" + drawn(12, "123456789") + "-" + drawn(24),
        "xoxb",
    ),
    ("xa" + "pp-1-A" + drawn(10) + "-" + drawn(13, string.digits) + "-" + drawn(64, HEX), "xapp-1"),
    ("sk_" + "live_" + drawn(24), "sk_" + "live_" + drawn(4)),
    ("rk_" + "test_" + drawn(24), "rk_test"),
    ("wh" + "sec_" + drawn(32), "whsec"),
    ("hf" + "_" + drawn(34, string.ascii_letters), "hf_" + drawn(8)),
    ("SC" + "W" + drawn(17, string.ascii_uppercase + string.digits), "SCW2024"),
    ("SK" + drawn(32, HEX), "SK" + drawn(31, HEX)),
    ("SG" + "." + drawn(22, URLSAFE) + "." + drawn(43, URLSAFE), "SG.exemple.fr"),
    ("ke" + "y-" + drawn(32, HEX), "key-" + drawn(12, HEX)),
    ("xkey" + "sib-" + drawn(64, HEX) + "-" + drawn(16), "xkeysib"),
    (drawn(9, "123456789") + ":AA" + drawn(33, URLSAFE), drawn(9, "123456789") + ":AB" + "c" * 9),
    ("M" + drawn(23) + "." + drawn(6) + "." + drawn(27), "Merci.beaucoup.a-tous"),
    ("np" + "m_" + drawn(36), "npm_config_registry_url_for_all"),
    ("py" + "pi-" + drawn(90, URLSAFE), "pypi-simple"),
    ("dckr_" + "pat_" + drawn(27, URLSAFE), "dckr_pat"),
    ("do" + "p_v1_" + drawn(64, HEX), "dop_v1_"),
    ("shp" + "at_" + drawn(32, HEX), "shpat_" + drawn(31, HEX)),
    ("nt" + "n_" + drawn(46), "ntn_"),
    ("lin_" + "api_" + drawn(40), "lin_api_key_of_the_whole_team"),
    ("da" + "pi" + drawn(32, HEX), "dapi" + drawn(20, HEX)),
    ("gl" + "sa_" + drawn(32) + "_" + drawn(8, HEX), "glsa_"),
    ("hv" + "s." + drawn(95, URLSAFE), "hvs.fr"),
    ("sb" + "p_" + drawn(40, HEX), "sbp_"),
    ("gs" + "k_" + drawn(52), "gsk_"),
    ("xa" + "i-" + drawn(80), "xai-"),
    ("pp" + "lx-" + drawn(48), "pplx-70b-online"),
    ("r8" + "_" + drawn(37), "r8_"),
    ("abc8" + "Q~" + drawn(33, ALNUM + "_~.-") + "x", "8Q~"),
]


@pytest.mark.parametrize(("token", "near"), PROVIDERS, ids=[token[:6] for token, _ in PROVIDERS])
@pytest.mark.parametrize("around", ["⟦{}⟧", "Voir ⟦{}⟧, merci.", "« ⟦{}⟧ »", "('⟦{}⟧')", "`⟦{}⟧`:"])
def test_a_token_of_a_providers_form_is_found_and_its_near_miss_is_not(
    token: str, near: str, around: str
) -> None:
    text, spans = marked(around.format(token))
    assert found(text) == spans
    assert kinds(text) == {"api_key"}
    assert found(marked(around.format(near))[0]) == []


PASSWORDS = ["Soleil#12", "hunter22", "Tulipe!2013?", "m0td3p@ss", "aB3dE5fG7", "9f!Lm4$"]
SAID = """
mot de passe : ⟦{}⟧
Le mot de passe du wifi est ⟦{}⟧
le mdp c’est ⟦{}⟧
mdp ⟦{}⟧
Mot de passe provisoire : ⟦{}⟧. Merci de le changer.
Le nouveau mot de passe est « ⟦{}⟧ ».
Voici le mot de passe :\\n⟦{}⟧\\nMerci
J'ai changé le mot de passe, c'est maintenant ⟦{}⟧
Le mot de passe est le suivant : ⟦{}⟧
identifiant : admin / mot de passe : ⟦{}⟧
login/pass : admin/⟦{}⟧
id/mdp : compta / ⟦{}⟧
connecte-toi avec admin / ⟦{}⟧
Les identifiants sont : admin / ⟦{}⟧
Pour te connecter : login bob et mdp ⟦{}⟧
user admin pwd ⟦{}⟧
Utilise ⟦{}⟧ comme mot de passe
⟦{}⟧ est le mot de passe du serveur
Son code d'accès est ⟦{}⟧
clé wifi : ⟦{}⟧
la clé du wifi c'est ⟦{}⟧
password is ⟦{}⟧
My password is: ⟦{}⟧
the Wi-Fi password is ⟦{}⟧
The password for the staging server is ⟦{}⟧
use ⟦{}⟧ as the password
Log in as admin with password ⟦{}⟧.
**Mot de passe :** `⟦{}⟧`
- Mot de passe : **⟦{}⟧**
| Mot de passe | ⟦{}⟧ |
DB_PASSWORD=⟦{}⟧
export PGPASSWORD='⟦{}⟧'
  password: "⟦{}⟧"
{{"user": "bob", "password": "⟦{}⟧", "x": 1}}
'password' => '⟦{}⟧',
Server=db;User Id=sa;Password=⟦{}⟧;Encrypt=true
spring.datasource.password=⟦{}⟧
<password>⟦{}⟧</password>
<add key="Password" value="⟦{}⟧"/>
ALTER USER bob WITH PASSWORD '⟦{}⟧';
curl -u bob:⟦{}⟧ https://exemple.fr
"""


@pytest.mark.parametrize("said", SAID.strip().split("\n"))
@pytest.mark.parametrize("password", PASSWORDS)
def test_a_password_is_found_however_it_is_told_and_to_the_character(
    said: str, password: str
) -> None:
    text, spans = marked(said.replace("\\n", "\n").format(password))
    assert found(text) == spans
    assert kinds(text) == {"password"}


KEYS = [drawn(32), drawn(40, ALNUM + "+/"), drawn(32, HEX), uuid(), drawn(86, ALNUM + "+/") + "=="]
NAMED = """
Ma clé Mistral est ⟦{}⟧, pourquoi ai-je une erreur ?
MISTRAL_API_KEY="⟦{}⟧"
la clé d'API c'est ⟦{}⟧
Voici mon token ⟦{}⟧
my API key is ⟦{}⟧
X-Api-Key: ⟦{}⟧
-H "Authorization: Bearer ⟦{}⟧"
"Authorization": "Bearer ⟦{}⟧",
aws_secret_access_key = ⟦{}⟧
OVH_APPLICATION_SECRET=⟦{}⟧
"client_secret": "⟦{}⟧"
Clé webservice PrestaShop : ⟦{}⟧
AccountKey=⟦{}⟧;EndpointSuffix=core.windows.net
const apiToken = "⟦{}⟧";
Le jeton d'API de Qonto : ⟦{}⟧
⟦{}⟧ est ma clé API
"""


@pytest.mark.parametrize("said", NAMED.strip().split("\n"))
@pytest.mark.parametrize("key", KEYS, ids=[str(len(key)) for key in KEYS])
def test_a_key_without_form_is_found_by_its_label(said: str, key: str) -> None:
    text, spans = marked(said.format(key))
    assert found(text) == spans
    assert kinds(text) == {"api_key"}


ADDRESS = "db1.interne.lan:5432/paie"
PLACES = [
    ("url_credentials", f"le script lit ⟦postgres://app:{drawn(14)}@{ADDRESS}⟧ la nuit"),
    ("url_credentials", f"voir ⟦https://bob:{drawn(9)}@exemple.fr/export.csv⟧."),
    ("url_credentials", f"⟦redis://:{drawn(9)}@10.0.0.5:6379/0⟧"),
    ("url_credentials", f"⟦smtp://bob@ex.fr:{drawn(9)}@mail.ex.fr:587⟧"),
    ("url_credentials", f"⟦https://api.ex.fr/v1/clients?access_token={drawn(32)}⟧"),
    ("url_credentials", f"(⟦https://x.ex.net/f.pdf?sp=r&sig={drawn(43)}%3D⟧)"),
    (
        "url_credentials",
        "⟦https://hooks." + f"slack.com/services/T{drawn(8)}/B{drawn(8)}/{drawn(24)}⟧",
    ),
    ("url_credentials", f"git clone ⟦https://oauth2:{drawn(20)}@git.ex.fr/g/p.git⟧"),
    ("jwt", "Bearer ⟦ey" + f"J{drawn(20)}.ey" + f"J{drawn(40)}.{drawn(43)}⟧"),
    ("jwt", "⟦ey" + f"J{drawn(20)}..{drawn(16)}.{drawn(60)}.{drawn(22)}⟧"),
    ("api_key", "Authorization: Basic ⟦" + "dXNlcjpwYXNzd29yZA" + "==⟧"),
    ("password", f"bob:⟦$2y$10${drawn(53)}⟧"),
    ("password", f"root:⟦$6${drawn(8)}${drawn(86)}⟧:19000:0:"),
    ("password", "nom;login;mot_de_passe\nDurand;pdurand;⟦Soleil#12⟧\nMartin;lm;⟦chaton⟧\n"),
    ("password", "login,password,role\nbob,⟦hunter22⟧,admin\nann,⟦qwerty⟧,user\n"),
    ("password", "| Nom | Mot de passe |\n|---|---|\n| Julie | ⟦Ete2024!⟧ |\n"),
    ("password", "les mots de passe sont ⟦Soleil12⟧, ⟦Lune34⟧ et ⟦Mars56⟧"),
    ("password", "Le code PIN de la carte est ⟦4821⟧"),
    ("password", "Digicode : ⟦12A45⟧, interphone Durand"),
    ("password", "le digicode c'est ⟦4582#⟧"),
    ("password", "Le code de l'alarme est le ⟦7841⟧"),
    ("password", "the door code is ⟦4821⟧"),
    ("password", "Alarm code = ⟦2580⟧"),
    ("password", "Code de vérification : ⟦482 913⟧"),
    ("password", "CVV : ⟦123⟧"),
    ("password", "Mot de passe : ⟦Marguerite⟧."),
    ("password", "password=⟦changeme⟧"),
    ("password", "le mdp c'est ⟦licorne⟧"),
    ("password", "seed phrase: ⟦" + " ".join(["abandon", "ability"] * 6) + "⟧"),
    ("password", "phrase de passe : ⟦cheval agrafe batterie correct⟧"),
    ("password", "Recovery codes: ⟦a1b2c-3d4e5⟧, ⟦f6g7h-8i9j0⟧"),
    ("password", "sshpass -p '⟦Tutu1234⟧' ssh bob@hote"),
]


@pytest.mark.parametrize(("kind", "text"), PLACES)
def test_a_secret_is_found_where_such_secrets_stand(kind: str, text: str) -> None:
    plain, spans = marked(text)
    assert found(plain) == spans
    assert kinds(plain) == {kind}


BODY = "\n".join(drawn(64, ALNUM + "+/") for _ in range(4))


@pytest.mark.parametrize("named", ["RSA PRIVATE KEY", "PRIVATE KEY", "PGP PRIVATE KEY BLOCK"])
@pytest.mark.parametrize("ending", ["\n-----END {}-----", ""])
def test_a_private_key_is_taken_whole_even_without_its_end(named: str, ending: str) -> None:
    text, spans = marked(
        f"Voici :\n⟦-----BEGIN {named}-----\n{BODY}{ending.format(named)}⟧\nMerci."
    )
    assert found(text) == spans
    assert kinds(text) == {"private_key"}
    assert found(text.replace("PRIVATE", "PUBLIC")) == []


CLEAN = """
Mot de passe oublié ?
le mot de passe est ici
Le mot de passe est obligatoire.
Le mot de passe est expiré depuis le 12/05/2024.
Changez votre mot de passe régulièrement.
Politique de mot de passe : 12 caractères minimum.
Votre mot de passe Office365 expire dans 3 jours.
Réinitialisation du mot de passe : https://exemple.fr/reset
Mots de passe : bonnes pratiques
Mot de passe : voir avec Julie
Password must contain at least 8 characters, 1 digit and 1 symbol.
Use a password manager such as 1Password or KeePassXC.
The password is case-sensitive.
mot de passe : ********
MISTRAL_API_KEY=<votre-clé>
OPENAI_API_KEY="your-api-key-here"
export TOKEN=${TOKEN}
password: {{ vault_password }}
password: ${{ secrets.DB_PASSWORD }}
token = get_token()
password = input("Mot de passe : ")
password = os.environ["DB_PASSWORD"]
const apiKey = process.env.API_KEY;
if (password === confirmPassword) {
key = "name"
max_tokens = 4096
"password": {"type": "string", "minLength": 8}
<input type="password" name="pw" placeholder="Votre mot de passe" id="login-password1">
"Authorization": f"Bearer {token}"
Le code postal 29200, le code NAF 62.01Z, le code APE 6201Z, le code client 45821.
code article : AB1234
Code-barres 3760123456789, code promo ETE2024, code erreur 0x80070005.
Code de la sécurité sociale, article L. 242-1.
Le code PIN comporte 4 chiffres.
Le code d'accès sera envoyé le 12 mai 2024 à 14h30.
La clé du succès est la patience.
Le secret médical, le secret des affaires.
Les jetons de présence 2023 seront versés en juin.
Le pass Navigo 2024 coûte 86,40 €.
Il se passe quelque chose : demain 14h30 réunion.
https://exemple.fr/page?utm_source=newsletter&id=12345678
https://exemple.fr:8080/x et https://bob@db
Identifiant client : 123456 / contrat : 9876543
Accès : bus 42 / tram B / métro 14
phrase de récupération : conservez-la en lieu sûr.
Le header eyJhbGciOiJIUzI1NiJ9 annonce HS256.
"""


@pytest.mark.parametrize("text", CLEAN.strip().split("\n"))
def test_prose_rules_code_and_placeholders_hold_no_secret(text: str) -> None:
    assert found(text) == []
    assert found(f"Bonjour,\n{text}\nCordialement") == []


@pytest.mark.parametrize(
    "text",
    ["Commit {} sur main.", "Identifiant de requête {}", "Numéro de série {}", "sha256:{}"],
)
def test_drawn_characters_without_a_label_are_left_alone(text: str) -> None:
    assert [found(text.format(value)) for value in (drawn(40, HEX), uuid())] == [[], []]


PIECES = st.sampled_from(
    "mot|de|passe|password|token|key|sk-|eyJ|://|@|:|=|\"|'|«|;|est|a1B2|$6$|İ|login|curl -u|Basic"
    "|code pin|-----BEGIN PRIVATE KEY-----|\n| |\t".split("|")
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join))
def test_whatever_the_text_hits_lie_within_it_in_order_and_apart(text: str) -> None:
    end = 0
    for hit in find_credentials(text):
        assert end <= hit.start < hit.end <= len(text)
        assert hit.data_class == "secret"
        end = hit.end
