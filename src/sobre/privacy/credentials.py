"""Secrets in a text: provider tokens, keys, addresses with credentials, passwords in any words.

Three kinds of rule, surest first. A *form* that a provider documents is enough by itself. A *place*
(an address, a header, a PEM block, a column of a table) says which part is secret. A *label*
("mot de passe", "api key", ``*_TOKEN=``) starts a walk over the words behind it, up to the value:
``est``, ``is``, ``:`` or ``=`` link the two, and what stands there must look like a value.
A placeholder, a call, a type or a plain word of prose is none.

Each rule runs only where a cheap sign of it stands, and no character is read a number of times that
grows with the text.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from sobre.privacy.inspect import Hit

SECRET = "secret"  # noqa: S105 - the name of a class of data
FORM, PLACE, LABELLED, LIKELY = 1.0, 0.98, 0.95, 0.9
"""Scores: a provider's own form; a place for secrets; a label; a label and a likely value."""


def find_credentials(text: str) -> list[Hit]:
    """Every secret in a folded text, in order, none overlapping another.

    The span is the secret alone, without quotes or closing punctuation, except for an address that
    carries credentials and for a private key, which are taken whole.
    """
    spans = _Spans()
    if "://" in text or "hooks.slack.com" in text:
        spans.add(_addresses(text))
    if "PRIVATE" in text or "Private-" in text or "SECRET-KEY" in text or "b3BlbnNzaC" in text:
        spans.add(_private_keys(text))
    if "eyJ" in text:
        spans.add(_jwts(text))
    spans.add(_provider_tokens(text))
    if "Q~" in text:
        spans.add(_azure_secrets(text))
    if "$" in text:
        spans.add(_password_hashes(text))
    lower = _lower(text)
    spans.add(_command_lines(text, lower))
    spans.add(_labelled(text, lower))
    if _PAIR_SIGN.search(lower):
        spans.add(_pairs(text, lower))
    return sorted(spans.hits)


class _Spans:
    """Hits that do not overlap: what comes first stays."""

    def __init__(self) -> None:
        self.hits: list[Hit] = []
        self._taken = bytearray()

    def add(self, found: Iterator[Hit]) -> None:
        for hit in found:
            if hit.end > len(self._taken):
                self._taken += bytes(hit.end - len(self._taken))
            if self._taken.find(1, hit.start, hit.end) < 0:
                self._taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
                self.hits.append(hit)


def _hit(start: int, end: int, kind: str, evidence: str, score: float = LABELLED) -> Hit:
    return Hit(start, end, kind, SECRET, evidence, score)


def _lower(text: str) -> str:
    """The text in lower case, each character where it stood."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


# --- What a value looks like ---

_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_SYMBOL = re.compile(r"[!#$%&*?@_+=^~€£§|\\<>]")
_EDGES = re.compile(r"[a-zà-ÿ][A-Z]")
_NO_VOWELS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}", re.IGNORECASE)
_PLAIN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MOMENT = re.compile(
    r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{4}-\d\d-\d\d\S*|\d{1,2}[h:]\d{0,2}"
    r"|(?:24h?/24|7j?/7)|\d+[.,]\d+|\d+(?:€|%|px|ms|s|min|h|j|mois|ans?|jours?|days?|chars?|car\.?)"
)
_LOCATION = re.compile(r"(?:https?:)?//|www\.|[./~]{1,2}/\w|[A-Za-z]:\\|/(?:etc|home|var|usr|opt)/")
_PLACEHOLDER = re.compile(
    r"""(?xi)
      [<\[{(] .*
    | \$ [({] .* [)}] | \$ [a-z_]+ | \$ \w+ (?:->|\[|\() .*
    | \$ \d | % [\w.]+ % | % [-\w]? [sdrq]? | @ [A-Z_]+ @
    | (?:process\.env|os\.environ|env|secrets|vars|config|settings|self|this|request|req|args|params
        |options|opts|form|data|user|props|ctx|context|st|app|var|local|module)\s*[.\[(?] .*
    | \W+
    | (?:your|votre|vos|ton|mon|my|the|insert|replace|enter|put|some|any|une?|le|la|new|old|user
        |test)
        [-_ .'] [-\w .']*
        (?:key|token|secret|passw?(?:or)?d?|pwd|cl[ée]|jeton|passe|mdp|ici|id|me)s?
    | (?:your|votre|vos|ton) [-_]? [a-z_-]* | x+ | none | null | nil | undefined | true | false
    | v[12] | n/a
    """,
)
_HOLE = re.compile(
    r"(?i)\.\.\.|…|\*\*\*|•••|xxxx|____|0{12}|1234567890abcdef|redacted|placeholder|caviard"
    r"|masqu[ée]|[-_]here\b|example_?key|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}"
)
_CODE = re.compile(
    r"""(?x)
      \.?[A-Za-z_$][\w$.:>-]* [(\[] .*
    | (?:new|await|return|lambda|async|function|def|class|const|let|typeof) \b .*
    | [a-z_]+ (?: (?:\.|->|::) [A-Za-z_]+ )+ (?:\(\))?
    | [a-z]+ (?:_[a-z]+)*
        _ (?:key|token|secret|password|passwd|pwd|pass|hash|value|input|field|id|name)
    | [a-z]+ [A-Za-z]* (?:Key|Token|Secret|Password|Pwd|Hash|Value|Input|Field|Id|Name)
    | [rbfu]{1,2} ["'] .*
    | .* (?: \\[wdsbSWDB](?![a-z]) | \[A-Z | \[a-z | \[0-9 | \(\?[:P=!<i] ) .*
    | [^\W\d_]+ (?: [|,/] [^\W\d_]+ )+
    """,
)
"""A value that a program computes: a call, an index, an attribute, another variable."""
_TYPES = frozenset(
    """str string bytes int integer bool boolean any none null nil undefined true false optional
    float number object text varchar char secretstr securestring charfield void unknown never
    list dict array required hidden readonly default password token secret key bearer basic input
    textbox submit file env vault base64 plain header cookie query json yaml pass""".split()
)
_PROSE = frozenset(
    """obligatoire obligatoires facultatif facultative requis requise oublié oubliée oublie perdu
    perdue expiré expirée incorrect incorrecte erroné faux fausse invalide valide vide court long
    faible fort forte robuste complexe simple unique identique différent différente personnel
    personnelle confidentiel confidentielle secret secrète inconnu inconnue demandé ici là dessous
    ci-dessous ci-dessus suivant suivante nouveau nouvelle provisoire temporaire définitif initial
    inchangé modifié changé envoyé partagé stocké chiffré haché conservé protégé compromis piraté
    bon bonne mauvais mauvaise même dedans affiché noté joint pareil toujours encore nécessaire
    possible impossible sécurisé trop très pas plus aussi dans avec pour sans sous chez comme voir
    aucun aucune celui celle cela tout toute tous quoi quel quelle lequel disponible attendu
    conseils conseil rappel rappels règle règles politique politiques exigences exigence gestion
    sécurité recommandations recommandation changement modification réinitialisation procédure
    généralités définition introduction principe principes critères longueur complexité durée
    renouvellement expiration attention important importante urgent merci bonjour voici
    wrong incorrect correct required expired invalid valid empty missing fine safe secure weak
    strong hashed encrypted stored sent changed reset hidden visible optional unknown same
    different not now here there below above case-sensitive sensitive unique short long too very
    never always also only protected compromised leaked shared lost forgotten policy policies
    rules guidelines tips best manager management requirements strength length recovery generator
    generated unchanged needed mandatory ready set known important confidential private good bad
    right updated rotated blocked locked disabled enabled rejected accepted refused denied failed
    authentication authorization access login account field fields form page screen
    prompt""".split()
)
"""Words that follow a label in prose without being the value."""
_STATE = re.compile(r"(?i).*(?:ée?s?|ables?|ibles?|oires?|ments?|tions?|ing|ed|ait|ent)")
_PRODUCTS = re.compile(
    r"(?i)(?:wi-?fi\d?|office-?365|microsoft-?365|[mo]365|windows-?\d*|win(?:7|10|11)|iphone\d*"
    r"|ipad\d*|e-?mails?|1password|2fa|mfa|sage-?\d*|vpn\d?|https?|oauth2?|s3|sha\d+|md5|aes\d*"
    r"|base64|utf-?8|i?os\d+|linkedin|github|gitlab|icloud|openai|chatgpt|franceconnect|youtube"
    r"|mysql|postgresql|mongodb|paypal|onedrive|sharepoint|keepass(?:xc)?|bitwarden|lastpass"
    r"|prestashop|wordpress|ovhcloud|chorus-?pro|dropbox|hubspot|salesforce|playstation\d?|ps\d"
    r"|freebox|livebox|bbox|sfr-?box|ipv\d|usb\d?|rj45|n[°o]?\d+|[a-z]\d|\d+[a-z]{1,2}|mp3|web3?)"
)
_REFERENCE = re.compile(r"(?:[A-Z]{2,6}[-_ ]?\d{1,6}|[A-Z]\d{1,3}|v?\d+(?:[.,/:x-]\d+)+)[.,;)a-z]?")


def _strong(value: str) -> bool:
    """Letters with digits or signs, or capitals inside: no plain word looks so."""
    if len(value) < 4 or not any(map(str.isalpha, value)):
        return False
    return (
        any(map(str.isdigit, value))
        or _SYMBOL.search(value) is not None
        or len(_EDGES.findall(value)) > 1
    )


def _tight(value: str) -> bool:
    """Letters, digits and a sign in a few characters."""
    return _SYMBOL.search(value) is not None and any(map(str.isdigit, value)) and _strong(value)


def _random(value: str, shortest: int = 16) -> bool:
    """Drawn, not written: long, of mixed kinds, and not words joined by hyphens or dots."""
    if len(value) < shortest:
        return False
    if _UUID.fullmatch(value):
        return True
    digits = sum(map(str.isdigit, value))
    letters = sum(map(str.isalpha, value))
    if len(set(value)) < min(8, shortest) or not letters:
        return False
    pieces = [piece for piece in re.split(r"[-_./:+=~\s]", value) if len(piece) > 3]
    if not digits:
        return any(_drawn_letters(piece) for piece in pieces)
    mixed = [
        len(piece)
        for piece in pieces
        if any(map(str.isdigit, piece)) and any(map(str.isalpha, piece))
    ]
    return sum(mixed) * 4 >= shortest * 3 and (
        digits > 2
        or max(mixed) > 13
        or len(_EDGES.findall(value)) > 1
        or _SYMBOL.search(value) is not None
    )


def _drawn_letters(piece: str) -> bool:
    """Letters that no words make, in one case or joined as programs join them."""
    if len(piece) < 8:
        return False
    capitals = sum(map(str.isupper, piece))
    if 0 < capitals < len(piece):
        return capitals * 3 > len(piece) and len(_EDGES.findall(piece)) > 2
    return _NO_VOWELS.search(piece) is not None


def _refused(value: str) -> bool:
    """A placeholder, a place or a moment: never the secret itself."""
    return bool(
        _PLACEHOLDER.fullmatch(value)
        or _HOLE.search(value)
        or _LOCATION.match(value)
        or _MOMENT.fullmatch(value)
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without wrapping (Markdown, brackets, quotes) and without the sentence's punctuation."""
    for mark in ("**", "__", "*", "`", '"', "'"):
        if end - start > 2 * len(mark) and text.startswith(mark, start):
            close = text.find(mark, start + len(mark), end)
            if close > 0:
                return start + len(mark), close
    while start < end and text[start] in "\"'`«»([":
        start += 1
    value = text[start:end]
    for cut in _CUTS.finditer(value):
        if cut.start() > 2:
            end = start + cut.start()
            break
    while end > start:
        last = text[end - 1]
        if end - start > 3 and text.endswith("**", start, end):
            end -= 2
        elif last in ".,;:…\"'`«»" or (last in ")]}" and _OPENING[last] not in text[start:end]):
            end -= 1
        else:
            break
    return start, end


_OPENING = {")": "(", "]": "[", "}": "{"}
_CUTS = re.compile(
    r"\\[nrt\"']|</|<br"
    r"|;(?=[\w ]{1,40}=)|;(?=\S*$)(?<=['\"];)|&(?=\w{1,40}=)|,(?=[\"'\w]{1,40}[=:])"
    r"|[\"`»](?=[\s,;.:)\]}/>]|$)|'(?=[,;)\]}]|$)"
)
"""Where a value written without quotes ends before the next space does."""


# --- Forms that providers document ---


class _Provider(NamedTuple):
    name: str
    heads: str
    """The first two characters a token can have, separated by spaces; none: any character."""
    form: str


_B64 = r"[A-Za-z0-9_\-]"
_END = r"(?![A-Za-z0-9])"
_ID = _UUID.pattern
_PROVIDERS = (
    # Prefixes, alphabets and lengths: the providers' public documentation, and the rules of
    # gitleaks (MIT) read as a list of facts. A shorter tail than documented is accepted where the
    # prefix alone is telling: a token cut by a copy is still mostly there.
    _Provider("Anthropic", "sk", rf"sk-ant-[a-z]{{2,8}}\d\d-{_B64}{{20,}}+"),
    _Provider("OpenRouter", "sk", r"sk-or-(?:v\d-)?[A-Za-z0-9]{32,}+"),
    _Provider("Langfuse", "sk pk", rf"[ps]k-lf-{_ID}"),
    _Provider("OpenAI's form", "sk", rf"sk-(?:(?:proj|svcacct|admin|None|sobre)-)?{_B64}{{20,}}+"),
    _Provider("Mapbox", "sk", rf"sk\.eyJ{_B64}{{20,200}}+\.{_B64}{{20,60}}+"),
    _Provider("ElevenLabs", "sk", rf"sk_[0-9a-f]{{48}}{_END}"),
    _Provider(
        "Stripe's form",
        "sk rk pk wh",
        r"[srp]k_(?:live|test|prod)_[A-Za-z0-9]{10,250}+|whsec_[A-Za-z0-9+/=]{20,100}+"
        r"|[sp]k_[A-Za-z]{2,12}_[A-Za-z0-9]{24,100}+",
    ),
    _Provider(
        "AWS",
        "AK AS AB AC AG AI AR AN be",
        rf"(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{{16}}{_END}"
        r"|ABSK[A-Za-z0-9+/]{100,400}+={0,2}|bedrock-api-key-[A-Za-z0-9+/=]{20,}+",
    ),
    _Provider("GitHub", "gh gi", r"gh[pousr]_[A-Za-z0-9]{30,255}+|github_pat_\w{22,255}+"),
    _Provider(
        "GitLab",
        "gl GR",
        rf"gl(?:pat|dt|rt|rtr|ptt|ft|soat|agent|oas|imt|ffct|cbt|wt)-{_B64}{{18,300}}+"
        rf"(?:\.[0-9a-z]{{2}}\.?[0-9a-z]{{7}})?|GR1348941{_B64}{{20}}",
    ),
    _Provider(
        "Slack",
        "xo xa",
        r"xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9\-]{10,300}+|xapp-\d-[A-Za-z0-9\-]{16,300}+",
    ),
    _Provider(
        "Google",
        "AI GO ya 1/ AQ",
        rf"AIza{_B64}{{35}}|GOCSPX-{_B64}{{20,40}}+|ya29\.{_B64}{{20,1000}}+"
        rf"|1//0{_B64}{{30,150}}+|AQ\.{_B64}{{40,100}}+",
    ),
    _Provider("Hugging Face", "hf ap", r"(?:hf|api_org)_[A-Za-z0-9]{30,64}+"),
    _Provider("Scaleway", "SC", rf"SCW[A-Z0-9]{{17}}{_END}"),
    _Provider("Twilio", "SK AC", rf"(?:SK|AC)[0-9a-f]{{32}}{_END}"),
    _Provider("SendGrid", "SG", rf"SG\.{_B64}{{16,40}}+\.{_B64}{{30,60}}+"),
    _Provider("Mailgun", "ke", rf"key-[0-9a-f]{{32}}{_END}"),
    _Provider("Mailgun", "", r"[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![\w-])"),
    _Provider("Brevo", "xk xs", r"x(?:key|smtp)sib-[0-9a-f]{60,70}+(?:-[A-Za-z0-9]{10,20})?"),
    _Provider("Telegram", "", rf"\d{{8,10}}:AA{_B64}{{32,34}}{_END}"),
    _Provider(
        "Discord",
        "",
        rf"(?:mfa\.{_B64}{{60,100}}+|[MNO]{_B64}{{23,27}}\.{_B64}{{6,7}}\.{_B64}{{27,45}}+)",
    ),
    _Provider("npm", "np", r"npm_[A-Za-z0-9]{30,50}+"),
    _Provider("PyPI", "py", rf"pypi-{_B64}{{40,1000}}+"),
    _Provider("RubyGems", "ru", r"rubygems_[0-9a-f]{40,60}+"),
    _Provider("crates.io", "ci", rf"cio[A-Za-z0-9]{{32}}{_END}"),
    _Provider("Docker", "dc", rf"dckr_(?:pat|oat)_{_B64}{{20,60}}+"),
    _Provider("DigitalOcean", "do", r"do[opr]_v1_[0-9a-f]{40,80}+"),
    _Provider("Heroku", "HR", rf"HRKU-{_B64}{{30,80}}+"),
    _Provider("Shopify", "sh", rf"shp(?:at|ca|pa|ss|tka)_[0-9A-Fa-f]{{32}}{_END}"),
    _Provider("Notion", "nt se", r"(?:ntn|secret)_[A-Za-z0-9]{40,60}+"),
    _Provider("Linear", "li", r"lin_(?:api|oauth)_[A-Za-z0-9]{32,72}+"),
    _Provider("Databricks", "da", rf"dapi[0-9a-f]{{32}}(?:-\d)?{_END}"),
    _Provider(
        "Grafana",
        "gl",
        r"glsa_[A-Za-z0-9]{32}_[0-9A-Fa-f]{8}|glc_[A-Za-z0-9+/]{32,400}+={0,3}",
    ),
    _Provider("HashiCorp Vault", "hv", rf"hv[sbr]\.{_B64}{{24,300}}+"),
    _Provider("Terraform", "", rf"[A-Za-z0-9]{{14}}\.atlasv1\.{_B64}{{50,80}}+"),
    _Provider("Cloudflare", "v1", r"v1\.0-[0-9a-f]{24}-[0-9a-f]{146}"),
    _Provider("Cloudflare", "cf", rf"cf(?:ut|at|k)_{_B64}{{40,64}}+"),
    _Provider("Sentry", "sn", r"sntrys_[A-Za-z0-9+/=_]{40,500}+|sntryu_[0-9a-f]{64}"),
    _Provider(
        "Supabase",
        "sb",
        rf"sbp_(?:v0_)?[0-9a-f]{{40}}|sb_(?:secret|publishable)_{_B64}{{20,60}}+",
    ),
    _Provider("Groq", "gs", r"gsk_[A-Za-z0-9]{40,80}+"),
    _Provider("xAI", "xa", r"xai-[A-Za-z0-9]{40,120}+"),
    _Provider("Perplexity", "pp", r"pplx-[A-Za-z0-9]{32,80}+"),
    _Provider("Replicate", "r8", r"r8_[A-Za-z0-9]{30,60}+"),
    _Provider("Together", "tg", rf"tgp_v1_{_B64}{{30,80}}+"),
    _Provider("NVIDIA", "nv", rf"nvapi-{_B64}{{50,100}}+"),
    _Provider("Fireworks", "fw", r"fw_[A-Za-z0-9]{20,40}+(?![A-Za-z0-9_])"),
    _Provider("LangSmith", "ls", r"lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}|ls__[0-9a-f]{32}"),
    _Provider("Tavily", "tv", rf"tvly-(?:dev-|prod-)?{_B64}{{24,60}}+"),
    _Provider("Airtable", "pa", r"pat[A-Za-z0-9]{14}\.[0-9a-f]{64}"),
    _Provider("HubSpot", "pa", rf"pat-(?:eu|na)\d-{_ID}"),
    _Provider("Atlassian", "AT", rf"AT[AC]TT3{_B64}{{60,250}}+(?:=[0-9A-F]{{8}})?"),
    _Provider("Alibaba", "LT", rf"LTAI[A-Za-z0-9]{{16,20}}{_END}"),
    _Provider(
        "1Password",
        "op A3",
        r"ops_eyJ[A-Za-z0-9+/]{100,}+={0,3}|A3-[A-Z0-9]{6}(?:-[A-Z0-9]{5,11}){4,5}",
    ),
    _Provider("Doppler", "dp", r"dp\.(?:pt|st|sa|ct)\.(?:[a-z0-9_\-]{1,35}\.)?[A-Za-z0-9]{40,44}+"),
    _Provider("Pulumi", "pu", rf"pul-[0-9a-f]{{40}}{_END}"),
    _Provider("PlanetScale", "ps", r"pscale_(?:tkn|pw|oauth)_[\w=.\-]{32,64}+"),
    _Provider("Postman", "PM", r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    _Provider("Square", "EA sq", rf"(?:EAAA|sq0(?:atp|csp)-){_B64}{{22,60}}+"),
    _Provider("Meta", "EA", r"EAA[A-Za-z]{1,2}[A-Za-z0-9]{80,300}+"),
    _Provider("Artifactory", "AK cm", r"AKCp[A-Za-z0-9]{60,75}+|cmVmd[A-Za-z0-9]{59}"),
    _Provider(
        "Fly.io", "fo fm", rf"fo1_{_B64}{{43}}|fm[12][ar]?_[A-Za-z0-9+/]{{80,1000}}+={{0,3}}"
    ),
    _Provider("Dynatrace", "dt", r"dt0[a-z]\d\d\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{64}"),
    _Provider("New Relic", "NR", r"NR(?:AK|JS|II|RA)-[A-Za-z0-9\-]{20,50}+"),
    _Provider("Contentful", "CF", rf"CFPAT-{_B64}{{40,50}}+"),
    _Provider("Figma", "fi", rf"figd_{_B64}{{36,60}}+"),
    _Provider("Typeform", "tf", rf"tfp_{_B64}{{36,60}}+"),
    _Provider("Tailscale", "ts", r"tskey-[a-z]{2,10}-[A-Za-z0-9\-]{16,80}+"),
    _Provider("Buildkite", "bk", r"bkua_[0-9a-f]{40}"),
    _Provider("CircleCI", "CC", rf"CCIPAT_{_B64}{{22,30}}_[0-9a-f]{{40}}"),
    _Provider("Sonar", "sq", r"sq[pua]_[0-9a-f]{40}"),
    _Provider("OpenShift", "sh", rf"sha256~{_B64}{{43}}"),
    _Provider("age", "AG", r"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
    _Provider("Resend", "re", rf"re_[A-Za-z0-9]{{8,10}}_[A-Za-z0-9]{{20,30}}{_END}"),
)


def _forms(head: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern for all tokens that begin so, and the provider of each of its groups."""
    chosen = [p for p in _PROVIDERS if head in p.heads.split() or (not head and not p.heads)]
    joined = "|".join(f"({p.form})" for p in chosen)
    return re.compile(joined, re.ASCII), tuple(p.name for p in chosen)


_BY_HEAD = {head: _forms(head) for p in _PROVIDERS for head in p.heads.split()}
_HEADLESS = _forms("")
_HEADLESS_SIGN = re.compile(
    r"(?<![A-Za-z0-9])(?:[0-9a-f]{32}-[0-9a-f]{8}-|\d{8,10}:AA|[A-Za-z0-9]{14}\.atlasv1"
    r"|[MNO][\w\-]{23,27}\.[\w\-]{6,7}\.|mfa\.)",
    re.ASCII,
)
_LONG_RUN = re.compile(r"(?<![\w\-])[\w\-]{16,}+", re.ASCII)
"""Every token has sixteen characters in a row that ordinary words do not have."""
_BEFORE_RUN = 24
"""A prefix that a dot, a colon or a tilde cuts from the long run stands within this distance."""
_HEAD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9](?=([A-Za-z0-9/]))", re.ASCII)
_WORDS_JOINED = re.compile(r"[a-z\-_]+")


def _provider_tokens(text: str) -> Iterator[Hit]:
    done = 0
    for run in _LONG_RUN.finditer(text):
        if run.end() <= done:
            continue
        for head in _HEAD.finditer(text, max(done, run.start() - _BEFORE_RUN), run.end()):
            at = head.start()
            forms = _BY_HEAD.get(head[0] + head[1])
            if forms is None or at < done:
                continue
            if found := forms[0].match(text, at):
                done = found.end()
                if not _is_dummy(found[0]):
                    yield _token(found, forms[1])
        if sign := _HEADLESS_SIGN.search(text, max(0, run.start() - _BEFORE_RUN), run.end() + 12):
            found = _HEADLESS[0].search(text, max(done, sign.start() - 4), sign.end() + 120)
            if found:
                done = max(done, found.end())
                yield _token(found, _HEADLESS[1])


_AZURE = re.compile(
    r"(?<![\w~.])[A-Za-z0-9_~.\-]{3}\dQ~[A-Za-z0-9_~.\-]{30,33}[A-Za-z0-9_~\-](?![A-Za-z0-9])",
    re.ASCII,
)
"""A client secret of Entra ID: dots and tildes cut it into short runs."""


def _azure_secrets(text: str) -> Iterator[Hit]:
    for match in _AZURE.finditer(text):
        yield _hit(*match.span(), "api_key", "form of a token: Azure", FORM)


def _token(found: re.Match[str], names: tuple[str, ...]) -> Hit:
    name = names[(found.lastindex or 1) - 1]
    return _hit(*found.span(), "api_key", f"form of a token: {name}", FORM)


def _is_dummy(value: str) -> bool:
    """Words, one character repeated as an x or a star, or a documentation's example."""
    if value.endswith("EXAMPLE") or re.search(
        r"(?i)x{8}|your[-_]|votre[-_]|_?api_?key_?here", value
    ):
        return True
    joined = value.count("-") + value.count("_")
    return joined > 1 and _WORDS_JOINED.fullmatch(value) is not None


_JWT = re.compile(
    rf"(?<![\w\-])eyJ{_B64}{{5,8000}}+\.(?:"
    rf"eyJ{_B64}{{5,16000}}+(?:\.{_B64}{{0,4000}}+)?"
    rf"|{_B64}{{0,1000}}+\.{_B64}{{8,1000}}+\.{_B64}{{8,16000}}+\.{_B64}{{8,1000}}+)",
    re.ASCII,
)


def _jwts(text: str) -> Iterator[Hit]:
    for match in _JWT.finditer(text):
        end = match.end() - match[0].endswith(".")
        yield _hit(match.start(), end, "jwt", "form of a JSON web token", FORM)


_HASH = re.compile(
    r"\$(?:2[abxy]?\$\d\d\$[./A-Za-z0-9]{50,53}"
    r"|[156y]\$(?:rounds=\d{1,9}\$)?[./A-Za-z0-9$]{1,40}\$[./A-Za-z0-9]{20,90}"
    r"|apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}"
    r"|argon2(?:id|i|d)\$[\w=,$+/.]{20,200}|(?:pbkdf2|scrypt|7)\$[\w=,$+/.\-]{20,200})"
)


def _password_hashes(text: str) -> Iterator[Hit]:
    for match in _HASH.finditer(text):
        yield _hit(*match.span(), "password", "form of a password hash", FORM)


# --- Private keys ---

_PEM_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_PEM_END = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_PEM_BODY = re.compile(
    r"(?:(?:[\s>|\"',+]|\\[nrt])*+"
    r"(?:[A-Z][A-Za-z\-]{2,20}: [^\n\\]{0,200}+|[A-Za-z0-9+/=]{16,}+))*+"
    r"(?:(?:[\s>|]|\\[nrt])*+[A-Za-z0-9+/]{2,}+={1,2})?"
)
"""Headers and lines of base64, quoted, indented or with their line ends written out."""
_PUTTY = re.compile(r"PuTTY-User-Key-File-\d: ")
_PUTTY_END = re.compile(r"Private-(?:MAC|Hash): *[0-9a-f]{8,128}")
_LONGEST_KEY = 20_000
_OPENSSH_BARE = re.compile(r"(?<![A-Za-z0-9+/])b3BlbnNzaC1rZXktdjE[A-Za-z0-9+/=\s]{40,20000}+")


def _private_keys(text: str) -> Iterator[Hit]:
    for begin in _PEM_BEGIN.finditer(text):
        dashes = text.find("-----", begin.end(), begin.end() + _LONGEST_KEY)
        end = _PEM_END.match(text, dashes) if dashes > 0 else None
        if end:
            yield _hit(begin.start(), end.end(), "private_key", "PEM block", FORM)
            continue
        body = _PEM_BODY.match(text, begin.end(), begin.end() + _LONGEST_KEY)
        if body and body.end() > begin.end():
            yield _hit(begin.start(), body.end(), "private_key", "PEM block without its end", FORM)
    for begin in _PUTTY.finditer(text):
        limit = begin.end() + _LONGEST_KEY
        following = text.find("PuTTY-User-Key-File-", begin.end(), limit)
        end = _PUTTY_END.search(text, begin.end(), limit if following < 0 else following)
        if end:
            yield _hit(begin.start(), end.end(), "private_key", "PuTTY key file", FORM)
    for bare in _OPENSSH_BARE.finditer(text):
        stop = bare.start() + len(bare[0].rstrip())
        yield _hit(bare.start(), stop, "private_key", "OpenSSH key without its frame", FORM)


# --- Addresses ---

_SCHEME = re.compile(r"(?:[a-z][a-z0-9]{1,11}[+:]){0,2}[a-z][a-z0-9]{1,20}$", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>\"`«»|\\^]{3,4096}+")
_AUTHORITY = re.compile(r"[^/?#]*")
_USER = re.compile(r"([^:/]{0,128}):(.+)@[^@/]*")
_PARAMETER = re.compile(r"[?&;#]([\w.\-\[\]]{1,40})=([^&;#\s]{4,4000})")
_SECRET_PARAMETER = re.compile(
    r"(?i)(?:.*[^a-z])?(?:(?P<sure>pass(?:wor)?d?|passwd|pwd|mdp|mot_?de_?passe|client_?secret"
    r"|secret)|(?P<likely>[a-z]*_?token|api[_\-]?key|[a-z]*apikey|access_?key|sig|signature|auth"
    r"|authorization|credentials?|session(?:_?id)?|phpsessid|jsessionid|jwt|key|cle|jeton"
    r"|subscription[-_]key|sas|ticket|otp|code|hmac|hash|state_token|magic|invite|reset))"
)
_WEBHOOK = re.compile(
    r"(?:https?://)?(?:hooks\.slack\.com/(?:services|workflows|triggers)/[\w/\-]{20,}"
    r"|(?:\w+\.)?discord(?:app)?\.com/api/webhooks/\d+/[\w\-]{20,}"
    r"|[\w\-]+\.webhook\.office\.com/webhookb2/\S{40,}|[\w\-.]+\.logic\.azure\.com\S*[?&]sig=\S+"
    r"|hooks\.zapier\.com/hooks/catch/\d+/\w{6,}|api\.telegram\.org/bot\d+:[\w\-]{20,}\S*"
    r"|chat\.googleapis\.com/v1/spaces/\S+[?&]key=\S+|[\w\-.]+/api/webhooks?/[\w\-]{24,})"
)


def _addresses(text: str) -> Iterator[Hit]:
    done = 0
    at = text.find("://")
    while at >= 0:
        named = at > done and text[at - 1].isalnum()
        scheme = _SCHEME.search(text, max(done, at - 24), at) if named else None
        rest = _ADDRESS.match(text, at + 3) if scheme else None
        if scheme and rest:
            start, end = scheme.start(), _address_end(text, scheme.start(), rest.end())
            if evidence := _secret_part(text[at + 3 : end], text[start:end]):
                yield _hit(start, end, "url_credentials", evidence, PLACE)
            done = end
        at = text.find("://", max(at + 3, done))
    at = text.find("hooks.slack.com/")
    while at >= 0:
        bare = _WEBHOOK.match(text, at)
        if bare and text[max(0, at - 3) : at] != "://":
            yield _hit(*bare.span(), "url_credentials", "address of a webhook", PLACE)
        at = text.find("hooks.slack.com/", at + 16)


def _address_end(text: str, start: int, end: int) -> int:
    if start and text[start - 1] == "'":
        quote = text.find("'", start, end)
        end = quote if quote > 0 else end
    while end > start:
        last = text[end - 1]
        closing = last in ")]}" and _OPENING[last] not in text[start:end]
        if last not in ".,;:!?'*_" and not closing:
            break
        end -= 1
    return end


def _secret_part(rest: str, whole: str) -> str:
    """Which part of an address is secret, in words; empty when none is."""
    authority = _AUTHORITY.match(rest)
    host = authority[0] if authority else ""
    if "@" not in host and "@" in rest and ":" in host and not host.rpartition(":")[2].isdigit():
        host = rest[: rest.rfind("@") + 1]
    if "@" in host:
        if user := _USER.fullmatch(host):
            if not _refused(user[2]):
                return "password in the address"
        elif _random(host.partition("@")[0]):
            return "token in the address"
    if _WEBHOOK.match(whole):
        return "address of a webhook"
    if "=" in rest:
        for name, value in _PARAMETER.findall(rest):
            named = _SECRET_PARAMETER.fullmatch(name)
            if not named or _PLACEHOLDER.fullmatch(value):
                continue
            likely = _random(value, 8) if "sig" in name or "token" in name else _random(value)
            if named["sure"] or likely:
                return f"secret parameter {name!r} in the address"
    return ""


# --- Command lines ---

_CURL_USER = re.compile(
    r"\bcurl\b[^\n]{0,400}?\s(?:-u|--user)[ =]?[\"']?[^\s:\"']{1,64}:(?P<value>[^\s\"']{3,128})"
)
_GIVEN = re.compile(r"\bsshpass\s+-p\s*(?P<quote>[\"']?)(?P<value>[^\s\"']{3,128})")
_MYSQL = re.compile(
    r"\b(?:mysql|mysqldump|mariadb|mongo)\b[^\n]{0,200}?\s-p[\"']?(?P<value>[^\s\"']{4,128})"
)
_BASIC = re.compile(r"\bBasic (?P<value>[A-Za-z0-9+/]{8,400}={0,2})(?![A-Za-z0-9+/])")


def _command_lines(text: str, lower: str) -> Iterator[Hit]:
    for sign, pattern in (("curl", _CURL_USER), ("sshpass", _GIVEN), ("-p", _MYSQL)):
        if sign in lower and (sign != "-p" or "mysql" in lower or "mariadb" in lower):
            for match in pattern.finditer(text):
                if not _refused(match["value"]):
                    yield _hit(
                        *match.span("value"), "password", "password on a command line", PLACE
                    )
    if "Basic " in text:
        for match in _BASIC.finditer(text):
            try:
                decoded = base64.b64decode(match["value"], validate=True)
            except (binascii.Error, ValueError):
                continue
            if b":" in decoded and decoded.isascii():
                yield _hit(*match.span("value"), "api_key", "HTTP basic credentials", PLACE)


# --- Labels ---

_LABEL = re.compile(
    r"(?P<seed>(?:seed|recovery|backup|mnemonic|secret recovery) (?:phrase|word|code)s?"
    r"|phrases? (?:de r[ée]cup[ée]ration|mn[ée]moni\w+|de secours|de sauvegarde)|mnemonic"
    r"|(?:mots|codes?) de (?:r[ée]cup[ée]ration|secours|sauvegarde))"
    r"|(?P<pass>mots?[ _\-]?de[ _\-]?passe?s?|mdps?(?![^\W_])|passw(?:or)?ds?|passwds?"
    r"|pass[ _\-]?phrases?|passcodes?|phrases? (?:de passe|secr[eè]te)|kennwort|passwort"
    r"|p(?:ass|wds?|swd?|w)(?![^\W_]))"
    r"|(?P<code>codes?(?![^\W_])|digicodes?|pin(?![^\W_])|puk(?![^\W_])|cv[vc]2?(?![^\W_])"
    r"|cryptogramme)"
    r"|(?P<key>secrets?|tokens?|jetons?|keys?|cl(?:é|e|ef)s?(?![^\W_])|bearer|authorization"
    r"|(?:php|j)sessid|jsessionid|session[_\-]?id|_(?:sas|dsn|salt|auth|pat)(?![^\W_]))"
)
_SIGNS = tuple(
    """pass mdp pwd psw pw code digi pin puk cvv cvc cv2 cryptog secret token jeton key clé cle
    bearer authoriz sess phpsess jsess _sas _dsn _salt _auth _pat seed recovery backup mnem phrase
    kennw""".split()
)
"""What each label begins with: one look for each is three times faster than one for all."""
_BEFORE_PASS = re.compile(r"(?:mots?[ _\-]?de[ _\-]?|phrases? (?:de )?)$")


def _label_places(lower: str) -> Iterator[re.Match[str]]:
    """Every label, in order, none inside another."""
    places: set[int] = set()
    for sign in _SIGNS:
        at = lower.find(sign)
        while at >= 0:
            longer = _BEFORE_PASS.search(lower, max(0, at - 11), at) if sign == "pass" else None
            places.add(longer.start() if longer else at)
            at = lower.find(sign, at + len(sign))
    at = lower.find("mots de ")
    while at >= 0:
        places.add(at)
        at = lower.find("mots de ", at + 8)
    done = 0
    for place in sorted(places):
        if place >= done and (label := _LABEL.match(lower, place)):
            done = label.end()
            yield label


_WORD_START = re.compile(r"p(?:ass|wds?|swd?|w)|mdps?|codes?|pin|puk|cv.*|cl.*|digi.*|jetons?")
"""Labels that other words end with (impasse, article, opening): only at a word's start."""
_OTHER_KEY = re.compile(
    r"(?:public|foreign|primary|(?<![a-z])(?:cache|sort|partition|idempotency|object|row|i18n|dictionary|lookup"
    r"|unique|composite|registry|map|group|routing|host|hot|hash|index|fingerprint|empreinte|arrow"
    r"|short[_\- ]?cut|max|min|num|nb|total|count|input|output|prompt|completion|reasoning|cached"
    r"|special|stop|eos|bos|pad|new))[_\-. ]*(?:keys?|tokens?)$"
)
_LETTERS_BEFORE_KEY = re.compile(
    r"(?:api|access|secret|private|account|shared|master|auth|app|client|consumer|license|ws"
    r"|encryption|signing|service|storage|admin|session|user|root|webhook)$"
)
_OTHER_TAIL = re.compile(
    r"[_\-]?(?:file|path|dir|url|uri|name|type|len(?:gth)?|min|max|count|expir\w*|ttl|policy|hint|field"
    r"|label|regex|reset\w*|required|rules?|manager|strength|endpoint|format|size|limit|error|page|template"
    r"|form|algorithm|alg|version|usage|usages|age|date|updated|changed|digest|fingerprint|verifier"
    r"|generator|validators?|hashers?|confirmation|input|element|izer|s_per\w*|_?id)s?$",
    re.IGNORECASE,
)
_OTHER_CLE = re.compile(
    r" (?:publique|primaire|[ée]trang[èe]re|usb|allen|anglaise|de vo[ûu]te|de contact|en main"
    r"|de sol|de l[ae] (?:ville|maison|porte|voiture|r[ée]ussite)|de r[ée]partition|du probl[èe]me)"
)
_TAIL = re.compile(r"[\w\-]{0,40}\??")
_NAME_BEFORE = re.compile(r"[\w.\-]{1,40}$")

_CODE_AFTER = re.compile(
    r"codes?[ \-](?:(?:pin|puk|cb|wi-?fi|wpa2?|secrets?|confidentiels?|sms|otp|2fa|alarme|portail"
    r"|porte|immeuble|parking|coffre|carte|parental|admin(?:istrateur)?|ma[îi]tre|voyageur)(?![^\W_])"
    r"|d'(?:acc[eè]s|entr[ée]e|ouverture|activation|authentification|administration)"
    r"|(?:de (?:la |l')?|du |d'|des |pour (?:la |le |l')?)"
    r"(?:petite |grande |premi[eè]re )?(?:porte"
    r"|portail|portillon|entr[ée]e|immeuble|b[âa]timent|hall|alarme|coffre(?:-fort)?|carte|cb|garage"
    r"|parking|barri[eè]re|local|bo[îi]te (?:[àa] cl[ée]s?|aux lettres)|cadenas|wi-?fi|box"
    r"|t[ée]l[ée]phone|portable|tablette|sim|ordinateur|pc|messagerie|d[ée]verrouillage"
    r"|verrouillage|validation|v[ée]rification|s[ée]curit[ée](?! (?:sociale|int[ée]rieure|routi))"
    r"|connexion|session|confirmation|double authentification|r[ée]cup[ée]ration|ascenseur"
    r"|bureau|interphone|r[ée]seau|vpn|photocopieu\w+|copieur|imprimante|badgeuse|agence|site))"
)
_CODE_BEFORE = re.compile(
    r"(?:pin|puk|access|door|gate|entry|entrance|alarm|security|verification|confirmation|lock"
    r"|unlock|safe|lockbox|wi-?fi|voicemail|sim|keypad|garage|building|elevator|login|otp|2fa|mfa"
    r"|one-time|guest|passe?)[ _\-]$"
)
_PASS_KEY = re.compile(
    r"(?:cl(?:é|e|ef)s? (?:(?:du |de la |de |d'|de l')?"
    r"(?:r[ée]seau |box |livebox |freebox )?"
    r"(?:wi-?fi|wpa\d?|wep|s[ée]curit[ée] (?:du |de la )?(?:wi-?fi|r[ée]seau|box)))"
    r"|(?:wi-?fi|network|wpa2?|wep)[ _\-]keys?)"
)

_CLOSING = re.compile(r"(?:'s (?=\S)|\\?[\"'`]|[\])»*?]|__| ?»){0,4}")
_GAP = re.compile(r"[ \t]*+")
_LINK = re.compile(r"={1,3}>?|:{1,2}=|=>|:{1,2}(?!//)|-{1,2}>|→|➜|⇒|\|(?=[ \t])")
_EMBEDDED = re.compile(r"(?P<word>[^\W\d][\w'()/.\-]{0,30}|)(?P<link>:=|=>|[:=])(?!//)")
_TOKEN = re.compile(r"\S{1,256}+")
_QUOTE = re.compile(r"\\?[\"'`«]")
_LINKING = frozenset(
    """est c'est cest is are was sera sont était etait devient vaut it's its étant be donc
    équivaut correspond égale equals""".split()
)
_BETWEEN = frozenset(
    """le la les l' the a an this donc toujours actuellement maintenant désormais simplement juste
    just now still currently simply actually suivant suivante following followed le/la bien bearer
    basic token apikey api-key bot digest key suivants celui-ci as string str ainsi""".split()
)
_DOUBTFUL = frozenset(
    """expire expiré expirera expires envoyé envoyée sent changé modifié réinitialisé dernier date
    longueur minimum maximum caractères characters contenir doit doivent must should length changed
    reset updated hint indice politique policy règle règles contain au-moins requires politiques
    oublié forgot hashé hash""".split()
)
_PREPOSITIONS = frozenset(
    """à a en dans avant depuis pour par sur jusqu'à jusqu'au entre vers after before since at in on
    until for with avec salle bureau article page room il elle nous vous""".split()
)
_CARRIES_ON = re.compile(r"(?<=,)\s{1,2}(?:c'est|it's|il s'agit|à savoir|soit|namely)\b")
_ARGUMENT = re.compile(r"[,(]\s?(?=[\"'])")
_LINE_END = re.compile(r"\r?\n\r?\n?[ \t]*(?:[-*>•]\s+|```\w*\r?\n)?")
_WHOLE_LINE = re.compile(r"\S{4,64}[ \t]*(?:\r?\n|$)")
_NUMBER_GOES_ON = re.compile(r"[ .\-/,]?[\d%€/]")
_CURT = frozenset(("pass", "pw", "psw", "pswd"))
"""Words that name a password only where a sign links them to it."""
_ASSIGNS = re.compile(r"[A-Za-z_]\w*=")
_SNAKE = re.compile(r"[A-Za-z]+(?:_[A-Za-z]+)+")
_FINGERPRINT = re.compile(r"(?i)\W?(?:sha\d+|md5)[:\-=]")
_WORDS_AS_PASSWORD = re.compile(
    r"(?P<words>(?P<app>[a-z]{4}(?: [a-z]{4}){3})|[^\W\d_]{3,12}(?:[ \-][^\W\d_]{3,12}){2,9})"
    r"(?=[ \t]*[.\"'»]?[ \t]*(?:\r?\n|$))"
)
"""A passphrase, or the four groups of four letters of a mail provider's application password."""
_LABELS = frozenset("mdp mdps mot mots password passwords passwd pwd".split())
"""Another label: it names its value itself."""
_ARTICLES = frozenset(("le", "la", "les", "the", "a", "an"))
_UNIT = re.compile(
    r"\s*(?:caract|char|jours?\b|days?\b|mois\b|months?\b|minutes?\b|min\b|h\b|heures?\b|fois\b|times?\b"
    r"|signes?\b|lettres?\b|chiffres?\b|digits?\b|symbol|€|%|ans?\b|years?\b|euros?\b|tentatives?\b"
    r"|attempts?\b|essais?\b|bits?\b|octets?\b|bytes?\b|personnes?\b|utilisateurs?\b|users?\b|comptes?\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[ \t]*(?:[.,;|/)}\]<\"'`»]|\r?\n|$|-[ ]|(?:et|and|puis|then|pour|for|sur|on|\()\b)"
)
_ENDS_SENTENCE = re.compile(r"[ \t]*(?:\.?[ \t]*(?:\r?\n|$)|\.\s|[,;)])")
_PIN = re.compile(r"[#*]?(?=[A-Za-z]{0,4}\d)[A-Za-z0-9]{4,10}[#*]?(?![\w])")
_SPACED_PIN = re.compile(r"[#*]?\d{1,4}(?:[ \-]\d{1,4}){1,5}[#*]?(?![\w])")
_SCHEME_WORD = re.compile(
    r"(?:Bearer|Basic|Token|ApiKey|Api-Key|Key|Bot|JWT)\s+(?=\S)", re.IGNORECASE
)
_SHORT_WORDS = frozenset(
    "les des une the your you and est dans par pour avec votre vos ton mon".split()
)


class _Name(NamedTuple):
    """A label as it stands in the text."""

    start: int
    end: int
    kind: str
    """``pass``, ``code`` or ``key``."""
    word: str
    whole: str
    """The identifier around the word, in lower case: ``db_password_prod``."""


def _labelled(text: str, lower: str) -> Iterator[Hit]:
    done = 0
    for match in _label_places(lower):
        if match.start() < done:
            continue
        if match.lastgroup == "seed":
            for hit in _seeds(text, match.end(), codes="cod" in match[0]):
                done = hit.end
                yield hit
            continue
        name = _name(text, lower, match)
        if name is None:
            continue
        column = list(_column(text, name))
        if column:
            done = column[-1].end
            yield from column
            continue
        for hit in _values(text, lower, name):
            done = max(done, hit.end)
            yield hit


def _name(text: str, lower: str, match: re.Match[str]) -> _Name | None:
    """The label, if what stands around it lets it name a secret."""
    start, end = match.span()
    kind, word = match.lastgroup or "key", match[0]
    before = lower[start - 1] if start else " "
    camel = before.isalpha() and text[start].isupper() and text[start - 1].islower()
    if before.isalpha() and not camel:
        joined = kind == "key" and word.startswith("key")
        if _WORD_START.fullmatch(word) or (
            joined and not _LETTERS_BEFORE_KEY.search(lower, max(0, start - 12), start)
        ):
            return None
    after = text[end : end + 1]
    if text.startswith("-----", end):
        return None
    if after.isalpha() and not after.isupper():
        return None
    tail = _TAIL.match(text, end)
    tail_end = tail.end() if tail else end
    if tail_end > end and _OTHER_TAIL.search(lower, end, tail_end):
        return None
    head = _NAME_BEFORE.search(lower, max(0, start - 40), start)
    first = head.start() if head and word[0] != "c" else start
    whole = lower[first:tail_end]
    if word == "pass" and whole.startswith("pass") and whole != "pass":
        return None
    if kind == "code":
        if word.startswith("code"):
            named = _CODE_AFTER.match(lower, start)
            if named:
                tail_end = named.end()
            elif not _CODE_BEFORE.search(lower, max(0, start - 16), start):
                return None
        elif word == "pin" and not re.match(r"[^\n.]{0,30}?\d{4}", lower[end : end + 40]):
            return None
    elif kind == "key":
        if named := _PASS_KEY.match(lower, max(0, start)):
            kind, tail_end = "pass", named.end()
        elif re.search(r"(?:wi-?fi|network|wpa2?|wep)[ _\-]$", lower[max(0, start - 9) : start]):
            kind = "pass"
        elif _OTHER_KEY.search(lower, max(0, start - 20), end) or (
            word.startswith("cl") and _OTHER_CLE.match(lower, end)
        ):
            return None
    return _Name(first, tail_end, kind, word, whole)


def _values(text: str, lower: str, name: _Name) -> Iterator[Hit]:
    """The value that a label names, behind it or before it; several behind a plural."""
    found = _walk(text, lower, name)
    kind = "api_key" if name.kind == "key" else "password"
    if found:
        start, end, sure = found
        if name.kind == "pass" and (
            login := _LOGIN_BEFORE.search(lower, max(0, name.start - 40), name.start)
        ):
            start, end = _second(text, start, end, same=login["and"] is not None)
        score = LABELLED if sure else LIKELY
        yield _hit(start, end, kind, f"label before it: {name.word}", score)
        more = _MORE.match(text, end)
        while name.kind == "pass" and more and (_several(name) or more["or"]):
            start, end = _trim(text, *more.span("value"))
            if (
                not _strong(text[start:end])
                or _refused(text[start:end])
                or _ASSIGNS.match(text, start)
            ):
                break
            yield _hit(start, end, kind, f"label before it: {name.word}", LIKELY)
            more = _MORE.match(text, end)
        return
    if (
        name.kind != "code"
        and name.word not in _CURT
        and name.start
        and lower[name.start - 1] in " '"
    ):
        before = _BEFORE_LABEL.search(text, max(0, name.start - 260), name.start)
        if before:
            start, end = _trim(text, *before.span("value"))
            value = text[start:end]
            fits = (
                _random(value)
                if name.kind == "key"
                else _strong(value) and (len(value) > 5 or _tight(value))
            )
            if (
                fits
                and not _refused(value)
                and not _PRODUCTS.fullmatch(value)
                and not _REFERENCE.fullmatch(value)
            ):
                yield _hit(start, end, kind, f"label behind it: {name.word}", LIKELY)


_LOGIN_BEFORE = re.compile(
    r"(?:identifiants?|ident|logins?|users?(?:[ _]?names?)?|utilisateurs?|comptes?|e-?mails?|id"
    r"|nom)"
    r"\s{0,2}(?:(?P<and>et|and)|[/&+:\-|])\s{0,2}(?:le |les |the )?$"
)
_MORE = re.compile(r"\s{0,2}(?:[,;/]|et|and|(?P<or>ou|or|puis|then))\s{1,2}(?P<value>\S{4,128})")
_BEFORE_LABEL = re.compile(
    r"(?<!\S)(?P<value>\S{4,200})\s+(?:as|comme|en guise de|est|is|c'est|sera|=)\s+"
    r"(?:(?:the|your|a|my|our|le|la|un|une|ton|votre|mon|ma|notre|new|nouveau|temporary|wifi|wi-fi|vpn"
    r"|admin|bien|toujours|still|api|clé|d')\s*){0,3}$"
)
_NEXT_OF_PAIR = re.compile(r"\s{0,3}(?:[/:|,]|et|and)\s{1,3}(?P<value>\S{4,128})")


def _several(name: _Name) -> bool:
    return name.word.startswith("mots") or (
        name.word.endswith("s") and not name.word.endswith("pass")
    )


def _second(text: str, start: int, end: int, *, same: bool) -> tuple[int, int]:
    """Of "login/password : a/b", where the password stands."""
    value = text[start:end]
    cut = re.search(r"[/:|]", value)
    if cut and 1 < cut.start() < len(value) - 3:
        return start + cut.end(), end
    following = _NEXT_OF_PAIR.match(text, end)
    if following and not (same and _strong(value)):
        return _trim(text, *following.span("value"))
    return start, end


_MOST_STEPS = 9
_MOST_WORDS = 7

_Found: TypeAlias = tuple[int, int, bool]
"""Where a value stands, and whether a link named it."""


def _walk(text: str, lower: str, name: _Name) -> _Found | None:
    """From a label over the words behind it to its value."""
    walk = _Walk(text, lower, name)
    if not walk.begin():
        return None
    for _ in range(_MOST_STEPS):
        step = walk.step()
        if step is not True:
            return step or None
    return None


class _Walk:
    """A reader behind a label. Each step is ``True`` to go on, ``False`` to give up, or a value."""

    def __init__(self, text: str, lower: str, name: _Name) -> None:
        self.text, self.lower, self.name = text, lower, name
        closing = _CLOSING.match(text, name.end)
        self.at = closing.end() if closing else name.end
        self.quoted_name = text[name.end : self.at].strip("*_? ") != ""
        self.link = ""
        """The sign or verb that ties the label to what follows."""
        self.fresh = False
        """The link was the last thing read."""
        self.words = 0
        self.doubt = False
        """A word said that it speaks of a date, a rule or a loss rather than of the value."""
        self.article = False
        self.crossed = False
        """The reader is on the next line."""

    def begin(self) -> bool:
        text, name = self.text, self.name
        before = text[name.start - 1 : name.start]
        if before in ("<", "/") and text[self.at : self.at + 1] == ">":
            self.link, self.at = ">", self.at + 1
            return before == "<"
        if call := _ARGUMENT.match(text, self.at):
            listed = text[self.at] == ","
            self.link, self.at = "=", call.end()
            return not listed or (self.quoted_name and name.whole != name.word)
        return True

    def step(self) -> _Found | bool:
        gap = _GAP.match(self.text, self.at)
        self.at = gap.end() if gap else self.at
        if self.at >= len(self.text):
            return False
        if self.text[self.at] in "\r\n":
            return self._cross_line()
        if found := _LINK.match(self.text, self.at):
            return self._take_link(found)
        if opening := _QUOTE.match(self.text, self.at):
            step = self._read_quotes(opening)
            if step is not None:
                return step
        token = _TOKEN.match(self.text, self.at)
        if token is None:
            return False
        word = self.lower[token.start() : token.end()].strip(".,;!?()*\"'")
        return self._read_linked(token, word) if self.link else self._read_loose(token, word)

    def _cross_line(self) -> bool:
        alone = not self.link and self.words == 0 and self.name.kind == "pass"
        crossed = _next_line(
            self.text,
            self.at,
            after_link=self.fresh,
            alone=alone and len(self.name.word) > 4,
        )
        if crossed is None or self.crossed:
            return False
        self.at, self.crossed, self.fresh = crossed, True, False
        self.link = self.link or "line"
        return True

    def _take_link(self, found: re.Match[str]) -> bool:
        if self.link and found[0] == "|":
            self.fresh = self.fresh and self.at < found.end()
            if not self.fresh:
                return False
        else:
            self.link = found[0]
        self.at, self.fresh = found.end(), True
        if self.text.startswith("**", self.at):
            self.at += 2
        return True

    def _read_quotes(self, opening: re.Match[str]) -> _Found | bool | None:
        """``None`` when the quote opens nothing and is part of a value."""
        text = self.text
        inside = _inside_quotes(text, opening)
        if inside is None:
            return None if self.link else False
        start, end = inside
        if _fits_quoted(
            text, start, end, self.name, self.link, self.words, after_quote=self.quoted_name
        ):
            scheme = _SCHEME_WORD.match(text, start, end)
            return (scheme.end() if scheme else start), end, bool(self.link)
        self.at, self.words = end + 1 + (text[end] == "\\"), self.words + 1
        return not self.link

    def _read_linked(self, token: re.Match[str], word: str) -> _Found | bool:
        typed = word in _TYPES and self.link in (":", "=", "is") and token[0][0].isalpha()
        if typed or word in _BETWEEN or word in _LINKING:
            self.article = self.article or word in _ARTICLES
            self.at, self.fresh = token.end(), False
            self.at -= self.text[self.at - 1] in ":="
            return True
        found = _bare(
            self.text,
            token,
            self.name,
            self.link,
            doubt=self.doubt,
            article=self.article,
            crossed=self.crossed,
        )
        return found or False

    def _read_loose(self, token: re.Match[str], word: str) -> _Found | bool:
        name = self.name
        if name.word in _CURT or (self.quoted_name and self.words) or token[0][0] == "|":
            return False
        if _FINGERPRINT.match(token[0]):
            return False
        if embedded := _EMBEDDED.match(self.text, self.at):
            inner = embedded["word"].lower()
            if embedded["link"] == ":" or inner == "value" or not (inner or self.quoted_name):
                self.doubt = self.doubt or inner in _DOUBTFUL
                self.link, self.at, self.fresh = embedded["link"], embedded.end(), True
                return True
            if self.quoted_name:
                return False
        if word in _LABELS:
            return False
        if word in _LINKING:
            self.link, self.at, self.fresh = "is", token.end(), True
            return True
        if not self.doubt and (loose := _unlinked(self.text, token, name, self.words)):
            return (*loose, False)
        if token[0][-1] in ".?!;," and not _CARRIES_ON.match(self.lower, token.end()):
            return False
        self.doubt = self.doubt or word in _DOUBTFUL
        if name.kind == "code" and word in _PREPOSITIONS and self.words == 0:
            self.words = 2
        self.at, self.words = token.end(), self.words + 1
        return self.words <= _MOST_WORDS


def _next_line(text: str, at: int, *, after_link: bool, alone: bool) -> int | None:
    """Where the next line's text begins, when a value may stand there."""
    following = _LINE_END.match(text, at)
    if following is None:
        return None
    if after_link:
        return following.end()
    single = _WHOLE_LINE.match(text, following.end())
    return following.end() if alone and single and _strong(single[0].strip()) else None


def _inside_quotes(text: str, opening: re.Match[str]) -> tuple[int, int] | None:
    mark = opening[0].replace("«", "»")
    end = text.find(mark, opening.end(), opening.end() + 256)
    if end < 0 or "\n" in text[opening.end() : end]:
        return None
    start = opening.end()
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return (start, end) if start < end else None


def _fits_quoted(
    text: str, start: int, end: int, name: _Name, link: str, words: int, *, after_quote: bool
) -> bool:
    value = text[start:end]
    scheme = _SCHEME_WORD.match(value)
    value = value[scheme.end() :] if scheme else value
    if not link and name.word in _CURT:
        return False
    if len(value) < 3 or _refused(value) or _CODE_IN_QUOTES.fullmatch(value):
        return False
    if name.kind == "key":
        return (
            bool(link or words < 5) and " " not in value and _is_key(value, name, linked=bool(link))
        )
    if name.kind == "code":
        return bool(
            _PIN.fullmatch(value) or _SPACED_PIN.fullmatch(value) or (link and _strong(value))
        )
    pieces = value.split()
    if len(pieces) > 1:
        return (
            bool(link)
            and 3 < len(pieces) < 10
            and all(2 < len(piece) < 11 and piece.isalpha() and piece.islower() for piece in pieces)
            and not _SHORT_WORDS.intersection(pieces)
        )
    if _strong(value) or (value.isdigit() and len(value) > 3):
        return bool(link) or words < 4
    plain = value.lower()
    if plain in _TYPES or plain in _PROSE or len(value) < 4 or name.whole.endswith(".pass"):
        return False
    if link:
        return not (value.islower() and _STATE.fullmatch(value) and link == "is")
    return words == 0 and not after_quote and not _STATE.fullmatch(value)


_CODE_IN_QUOTES = re.compile(
    r"[a-z]+(?:[_\-.][a-z]+)*[_\-.](?:key|token|secret|password|passwd|pwd|pass|hash|value|input|field|id|name)s?\d?"
    r"|(?:user|login|new|old|current|confirm|reset|forgot)[_\-]?[Pp]assword\d?|[a-z]+(?:[.:][a-z]+)+"
)


def _bare(
    text: str,
    token: re.Match[str],
    name: _Name,
    link: str,
    *,
    doubt: bool,
    article: bool,
    crossed: bool,
) -> tuple[int, int, bool] | None:
    """A value without quotes right behind a link."""
    drawn = _WORDS_AS_PASSWORD.match(text, token.start()) if name.kind == "pass" else None
    if drawn and ("phrase" in name.word or drawn["app"]):
        return *drawn.span("words"), True
    if name.kind == "code" and (spaced := _SPACED_PIN.match(text, token.start())):
        digits = sum(map(str.isdigit, spaced[0]))
        if (
            4 <= digits <= 8
            and not _UNIT.match(text, spaced.end())
            and not _MOMENT.fullmatch(token[0])
        ):
            return *spaced.span(), True
    if token[0][0] in "[{" and token[0].rstrip(".,;:!?")[-1:] not in ("]", "}"):
        return None
    if _PLACEHOLDER.fullmatch(token[0]) and not _strong(token[0].strip("()[]*`_\"'.,;")):
        return None
    start, end = _trim(text, *token.span())
    value = text[start:end]
    following = text[end : end + 2]
    if following[:1] == ":" and following[1:].strip() == "" and following != ":":
        return None
    shortest = 3 if name.word.startswith(("cv", "crypto")) else 4
    if len(value) < shortest or _refused(value):
        return None
    if link not in ("is", "line") and _CODE.fullmatch(value):
        return None
    if name.kind == "key":
        if _CODE.fullmatch(value) or not _is_key(value, name, linked=True):
            return None
        return start, end, True
    if value.isdigit():
        fits = not doubt and not _UNIT.match(text, end) and len(value) <= 16
        return (start, end, True) if fits else None
    if link == "==":
        return None
    if name.kind == "code" and _PIN.fullmatch(value) and not doubt:
        return None if article and _REFERENCE.fullmatch(value) else (start, end, True)
    if _strong(value) and not (crossed and _SNAKE.fullmatch(value)):
        odd = _PRODUCTS.fullmatch(value) or (article and _REFERENCE.fullmatch(value))
        return None if odd or (doubt and value.isalpha()) else (start, end, True)
    if (
        doubt
        or article
        or (crossed and not name.word.startswith(("mo", "md")))
        or not _plain_value(value)
    ):
        return None
    if name.kind == "code":
        return (start, end, True) if value.isupper() and _ENDS.match(text, end) else None
    if _several(name):
        return None
    ended = _ENDS_SENTENCE if link == "is" else _ENDS
    if link in ("|", "line", ">>") or not ended.match(text, end):
        return None
    if link == "is" and _STATE.fullmatch(value) and not value[0].isupper():
        return None
    if value.islower() and re.fullmatch(r".*ée?s?", value):
        return None
    return start, end, link != "is"


def _plain_value(value: str) -> bool:
    plain = value.lower()
    return (
        _PLAIN.fullmatch(value) is not None
        and plain not in _PROSE
        and plain not in _TYPES
        and plain not in _PREPOSITIONS
        and not _PRODUCTS.fullmatch(value)
    )


_NO_SECRET = re.compile(
    r"(?i)(?:sha\d*|md5)[:\-=]|ssh-|AAAA[A-Z]|ecdsa-|[\w.\-/]+\.(?:pem|key|crt|json|sqlite3?|db|sh|log|csv|xlsx?|docx?|ya?ml|env|txt|py|js|ts|php|html?|pdf|fr|com|org|net|io)(?:[:/].*)?$"
)


def _is_key(value: str, name: _Name, *, linked: bool) -> bool:
    """Drawn enough for what the label says: a bare "key" says less than a secret does."""
    if _NO_SECRET.match(value) or value.isdigit():
        return False
    if not linked:
        pieces = re.split(r"[-_./:+=~]", value)
        return _UUID.fullmatch(value) is not None or (
            _random(value) and max(map(len, pieces)) >= 12
        )
    telling = name.word not in ("key", "keys") and not name.word.startswith("cl")
    named = re.search(
        r"api|secret|access|private|auth|encrypt|sign|webhook|client|app|ovh|consumer", name.whole
    )
    return _random(
        value,
        8 if name.word in ("authorization", "secret", "bearer") else 10 if telling or named else 16,
    )


def _unlinked(text: str, token: re.Match[str], name: _Name, words: int) -> tuple[int, int] | None:
    """A value that stands beside its label with no word or sign to link them."""
    start, end = _trim(text, *token.span())
    value = text[start:end]
    if len(value) < 4 or _refused(value) or _CODE.fullmatch(value):
        return None
    if name.word == "bearer" and words == 0:
        return (start, end) if _is_key(value, name, linked=True) else None
    if name.kind == "key":
        return (start, end) if words < 5 and _is_key(value, name, linked=False) else None
    if name.kind == "code":
        if words > 2 or not _PIN.fullmatch(value) or (words and not value.strip("#*").isdigit()):
            return None
        rest = _NUMBER_GOES_ON.match(text, end)
        return None if rest or _UNIT.match(text, end) else (start, end)
    if words > 3 or _PRODUCTS.fullmatch(value):
        return None
    if value.isdigit():
        fits = words == 0 and len(value) <= 10 and _ENDS_SENTENCE.match(text, end)
        return (start, end) if fits else None
    signs = _SYMBOL.search(value[1:]) is not None or any(map(str.isdigit, value))
    if (
        not _strong(value)
        or (words and _REFERENCE.fullmatch(value))
        or (len(value) < (5 if words == 0 else 6) and not _tight(value))
    ):
        return None
    if name.word in _CURT or _ASSIGNS.match(value) or _SNAKE.fullmatch(value):
        return None
    return (start, end) if signs or (words == 0 and len(_EDGES.findall(value)) > 2) else None


# --- Columns, phrases of words, pairs ---

_CELL_NAME = re.compile(r"[^\W\d][^\d;|,\t:=#@$]{0,40}|")
_MOST_ROWS = 20_000


def _column(text: str, name: _Name) -> Iterator[Hit]:
    """Cells below a header that names secrets."""
    line_end = text.find("\n", name.end, name.end + 1000)
    if line_end < 0:
        return
    line_start = text.rfind("\n", max(0, name.start - 1000), name.start) + 1
    header = text[line_start:line_end].rstrip("\r")
    separator = next((mark for mark in ("\t", ";", "|", ",") if mark in header), "")
    if not separator:
        return
    cells = header.split(separator)
    if len([cell for cell in cells if cell.strip()]) < 2 or not all(
        _CELL_NAME.fullmatch(cell.strip(" \"'*`")) for cell in cells
    ):
        return
    column = text[line_start : name.start].count(separator)
    found: list[tuple[int, int]] = []
    at = line_end + 1
    for _ in range(_MOST_ROWS):
        row_end = text.find("\n", at, at + 4000)
        row_end = min(len(text), at + 4000) if row_end < 0 else row_end
        row = text[at:row_end].rstrip("\r").split(separator)
        if len(row) != len(cells) or len(row) < 2:
            break
        start = at + sum(len(cell) + 1 for cell in row[:column])
        cell = row[column]
        start += len(cell) - len(cell.lstrip(" \"'`*"))
        value = cell.strip(" \"'`*")
        if len(value) > 2 and " " not in value and not _refused(value) and value.strip("-:"):
            found.append((start, start + len(value)))
        at = row_end + 1
        if at >= len(text):
            break
    values = [text[start:end] for start, end in found]
    if name.kind == "key":
        kept = [(s, e) for s, e in found if _is_key(text[s:e], name, linked=True)]
    elif any(_strong(value) or (value.isdigit() and len(value) > 3) for value in values):
        kept = found
    else:
        kept = []
    kind = "api_key" if name.kind == "key" else "password"
    for start, end in kept:
        yield _hit(start, end, kind, f"column headed {name.word}", PLACE)


_SEED_WORDS = re.compile(
    r"[^\n:=]{0,60}?(?:[:=]|\best\b|\bis\b|\bsont\b|\bare\b|\n)\s{0,4}[\"'«`]?\s?"
    r"(?P<words>(?:\d{1,2}[.):]?\s{0,2})?[a-zà-ÿ]{3,10}"
    r"(?:[\s,;\-]{1,4}(?:\d{1,2}[.):]?\s{0,2})?[a-zà-ÿ]{3,10}){11,23})(?![\w])"
)
_CODES_BEGIN = re.compile(r"[^\n:=]{0,60}?(?:[:=]|\bsont\b|\bare\b|\best\b|\bis\b)")
_ONE_CODE = re.compile(
    r"[\s,;\-•*|\"'\[]{0,8}(?:\d{1,2}[.)]\s{1,2})?(?:et |and )?"
    r"(?P<code>(?=[A-Za-z\-]{0,12}\d)[A-Za-z0-9]{4,16}(?:-[A-Za-z0-9]{3,16}){0,7})(?![\w])"
)


def _seeds(text: str, at: int, *, codes: bool) -> Iterator[Hit]:
    """The words of a wallet's phrase, or recovery codes, behind their label."""
    if not codes:
        if match := _SEED_WORDS.match(text, at):
            yield _hit(*match.span("words"), "password", "words of a recovery phrase", LABELLED)
        return
    begin = _CODES_BEGIN.match(text, at)
    at = begin.end() if begin else len(text)
    for _ in range(30):
        code = _ONE_CODE.match(text, at)
        if code is None or _MOMENT.fullmatch(code["code"]) or _UNIT.match(text, code.end()):
            return
        yield _hit(*code.span("code"), "password", "recovery code", LABELLED)
        at = code.end()


_HEX_PAIRS = re.compile(r"(?:[0-9A-Fa-f]{1,4}[:\-]){3}")
_PAIR_SIGN = re.compile(
    r"identifiant|login|credential|connect|log ?in|sign ?in|compte|acc[eè]s|user"
    r"|utilisateur|account"
)
_PAIR = re.compile(
    r"(?<![\w])(?:identifiants?|logins?|credentials?|creds|comptes?|acc[eè]s|account|(?:se )?"
    r"connect(?:e|ez|er)?"
    r"(?:-(?:toi|vous|moi))?|log(?:ged)? ?in|sign ?in|users?|utilisateurs?)(?![^\W_]|\()"
    r"(?P<between>[^\n=]{0,50}?)(?:avec|with|using|via|utilisant|:|=|compte"
    r"|sont|are|est|is|account)?\s{0,3}"
    r"[\"'«`(]{0,2}\s?(?P<login>[\w.@+\-]{2,40})[\"'»`]?"
    r"(?:\s{0,2}(?P<sign>[/:]|(?<=\s)\|(?=\s))\s{0,2}|\s(?:et|and|puis|then)\s)[\"'«`]{0,2}(?P<value>(?=(?:[^\W\d_]|[.\-])*[\d!#$%&*?@_+=^~€])[^\s\"«»`]{4,64})"
)


def _pairs(text: str, lower: str) -> Iterator[Hit]:
    """A login and its password side by side, neither labelled: "connecte-toi avec admin / …"."""
    for sign in _PAIR_SIGN.finditer(lower):
        match = _PAIR.match(text, sign.start())
        if match is None or not _PAIR.match(lower, sign.start()):
            continue
        start, end = _trim(text, *match.span("value"))
        value = text[start:end]
        symbols = _SYMBOL.search(value[1:]) is not None
        if (
            (len(value) > 5 or _tight(value))
            and _strong(value)
            and (symbols or (any(map(str.isdigit, value)) and (len(value) > 6 or match["sign"])))
            and not _refused(value)
            and not _CODE.fullmatch(value)
            and not _REFERENCE.fullmatch(value)
            and not _PRODUCTS.fullmatch(value)
            and not _NO_SECRET.match(value)
            and not _HEX_PAIRS.match(value)
            and not _SNAKE.fullmatch(value)
            and "/" not in value
        ):
            yield _hit(start, end, "password", "beside a login", LIKELY)
