"""What the words near a number say it is, in French and English.

A word maps to kinds, surest first; ``not`` means: a number of another sort. The words were chosen
by how French firms label such numbers in letters, forms, tables and file headers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

NOT = "not"

_ALONE = {
    "phone": """tel tels tél téls tph telephone téléphone téléphones telephones téléphonique
        telephonique téléphonie
        telephonie portable portables mobile mobiles mob gsm fax télécopie télécopieur phone
        phones cell cellphone cellular whatsapp sms hotline voicemail dect landline fixe
        ☎""",
    "phone?": """joindre joignable joignables rappeler rappelez rappelle rappelles rappel appeler
        appelez appelle appelles appel appels contacter contactez contacte contact contacts call
        calling called reach reached answering answer dial ring standard astreinte secrétariat
        permanence message messages text urgence urgences composer composez""",
    "iban": "iban ibans",
    "rib": "rib ribs",
    "card": "cb visa mastercard amex cardnumber cc pan visacard maestro",
    "siren": "siren sirens rcs rne infogreffe sirene kbis",
    "siret": "siret sirets nic",
    "siren?": """pappers société societe sociétés entreprise entreprises sarl sas sasu eurl sci
        scop snc selarl greffe company immatriculée immatriculee immatriculées capital
        établissement etablissement fournisseur prestataire donneur identifié identifiée
        enregistrée registered""",
    "siren? plate vin": """immatriculé immatricule immatriculés immatriculation
        immatriculations""",
    "nir": "nir sécu secu ss nirpp nia numss nss vitale",
    "nir?": "ss insee assuré assurée assurés ameli cpam bénéficiaire salarié",
    "vat": "tva vat intracommunautaire intracom ust mwst btw iva",
    "spi": """spi fiscal fiscale fiscaux impots impôts tin déclarant imposition taxpayer utr tax
        nif steuer""",
    "caf": "caf allocataire allocataires msa",
    "ine": "ine bea ina étudiante étudiants etudiant étudiant student",
    "rpps": "rpps",
    "adeli": "adeli",
    "finess": "finess",
    "cni": "cni cnie identité identite identity cin idcard",
    "passport": "passeport passeports passport passports",
    "driving_licence": "driving driver drivers neph licence license",
    "residence_permit": "séjour sejour résident agdref récépissé recepisse visa étranger vlsts",
    "imei": "imei",
    "vin": "vin châssis chassis",
    "plate": "plaque plaques véhicule vehicule véhicules voiture camion plate plates immat",
    "mac": "mac",
    "ip_address": "ip ips ipv host hôte serveur connexion adresse from depuis poste",
    "patient_id": "ipp nda nip iep mrn nipp patient patiente visite hospitalisation",
    "nir national_id": "ssn niss",
    "national_id": "nino avs dni nie bsn pesel codice fiscale personnummer ahv",
    NOT: """version versions v release releases rev révision build firmware isbn issn ean gtin upc
        asin doi lot lots batch article articles art réf ref référence reference références
        references refs commande commandes cmd order orders facture factures invoice invoices
        suivi colis tracking série serie serial ticket tickets issue incident contrat contrats
        contract devis quote compte comptes account pièce piece pièces part sku commit
        bordereau mandat rum affaire code codes sinistre parcelle
        cadastre cadastrale produit modèle model token hash dossier courrier
        recommandé chronopost colissimo ligne page pages délibération arrêté décret loi norme
        barres barre lettre chèque cheque transaction opération operation bl
        bic swift naf ape identifiant matricule uuid guid session requête request imputer
        quantité stock rayon prix montant total budget rg rôle nomenclature""",
}

_BY_NEXT: Mapping[str, Mapping[str, str]] = {
    "carte": {
        "vitale": "nir",
        "bancaire": "card",
        "bleue": "card",
        "identité": "cni",
        "identite": "cni",
        "séjour": "residence_permit",
        "sejour": "residence_permit",
        "résident": "residence_permit",
        "resident": "residence_permit",
        "grise": "plate vin",
        "fidélité": NOT,
        "fidelite": NOT,
        "mère": NOT,
        "étudiant": "ine",
        "étudiante": "ine",
        "professionnelle": NOT,
        "sim": "imei",
        "": "card",
    },
    "cartes": {"": "card"},
    "card": {"identity": "cni", "": "card"},
    "id": {"card": "cni", "patient": "patient_id", "": NOT},
    "identity": {"card": "cni"},
    "permis": {
        "construire": NOT,
        "aménager": NOT,
        "amenager": NOT,
        "démolir": NOT,
        "feu": NOT,
        "unique": NOT,
        "séjour": "residence_permit",
        "": "driving_licence",
    },
    "residence": {"permit": "residence_permit"},
    "resident": {"permit": "residence_permit", "card": "residence_permit"},
    "titre": {"séjour": "residence_permit", "sejour": "residence_permit"},
    "pièce": {"identité": "cni", "identite": "cni", "": NOT},
    "piece": {"identité": "cni", "identite": "cni", "": NOT},
    "dossier": {
        "patient": "patient_id",
        "médical": "patient_id",
        "medical": "patient_id",
        "hospitalier": "patient_id",
        "hôpital": "patient_id",
        "": NOT,
    },
    "identifiant": {
        "patient": "patient_id",
        "permanent": "patient_id",
        "fiscal": "spi",
        "national": "ine",
        "téléphonique": "phone",
        "": NOT,
    },
    "identification": {
        "patient": "patient_id",
        "véhicule": "vin",
        "fiscale": "spi",
        "": "siren?",
    },
    "medical": {"record": "patient_id"},
    "hospital": {"number": "patient_id"},
    "sécurité": {"sociale": "nir"},
    "securite": {"sociale": "nir"},
    "social": {"security": "nir national_id"},
    "national": {"insurance": "national_id"},
    "registre": {"national": "national_id", "commerce": "siren", "métiers": "siren"},
    "référence": {"fiscale": "spi", "avis": "spi", "": NOT},
    "reference": {"fiscale": "spi", "": NOT},
    "numéro": {
        "vert": "phone",
        "fiscal": "spi",
        "étranger": "residence_permit",
        "unique": "siren?",
    },
    "compte": {"allocataire": "caf", "bancaire": "rib", "fiscal": "spi", "": NOT},
    "code": {"ine": "ine", "": NOT},
    "ligne": {"directe": "phone", "fixe": "phone", "": NOT},
    "direct": {"line": "phone"},
    "matricule": {"insee": "nir", "": NOT},
    "pass": {"port": "passport"},
    "cr": {"card": "card"},
    "n": {"ss": "nir"},
}


class Label(NamedTuple):
    """A word near a number: what it names, and how far from the number it ends."""

    kinds: tuple[str, ...]
    gap: int
    words: int
    """How many words stand between."""
    between: str


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not "\u0300" <= c <= "\u036f")


def _lexicon() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kinds, words in _ALONE.items():
        for word in words.split():
            for spelt in (word, _plain(word)):
                found[spelt] = (*found.get(spelt, ()), *kinds.split())
    return {word: tuple(dict.fromkeys(kinds)) for word, kinds in found.items()}


WORDS: Mapping[str, tuple[str, ...]] = _lexicon()
BY_NEXT: Mapping[str, Mapping[str, str]] = {
    spelt: table for word, table in _BY_NEXT.items() for spelt in (word, _plain(word))
}
WORD = re.compile(r"[A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]+|[A-ZÀ-ÖØ-Þ]+(?![a-zà-öø-ÿ])|☎")
"""A word, or one of those of a camelCase or snake_case name."""
_LETTERS = re.compile("[a-zß-öø-ÿ☎]+")
_CAMEL = re.compile("[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")


def _spots(window: str) -> list[tuple[int, str]]:
    """Each word in lower case, with its end."""
    if _CAMEL.search(window):
        return [(match.end(), match[0].lower()) for match in WORD.finditer(window)]
    lower = window.lower()
    words = _LETTERS.findall(lower)
    if _KNOWN.isdisjoint(words):
        return []
    place, found = 0, []
    for word in words:
        place = lower.find(word, place) + len(word)
        found.append((place, word))
    return found


def labels(window: str) -> list[Label]:
    """The labels that stand in the text just before a number, nearest first."""
    spots = _spots(window)
    found: list[Label] = []
    size, final = len(window), len(spots) - 1
    for index in range(final, -1, -1):
        end, word = spots[index]
        if word not in _KNOWN:
            continue
        kinds = WORDS.get(word, ())
        if word in BY_NEXT:
            table = BY_NEXT[word]
            said = table.get("")
            for reach, following in spots[index + 1 : index + 4]:
                if following in table:
                    said, end = table[following], reach
                    break
            if said is not None:
                kinds = tuple(said.split())
        if kinds:
            found.append(Label(kinds, size - end, final - index, window[end:]))
    return found


_KNOWN = frozenset(WORDS) | frozenset(BY_NEXT)


def names(cell: str) -> tuple[str, ...]:
    """What a column's header says its cells are."""
    for label in reversed(labels(cell)):
        if NOT not in label.kinds:
            return label.kinds
    return ()
