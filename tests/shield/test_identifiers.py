"""Structured identifiers, as French and English texts write them. Every value is made up."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sobre.privacy import checks
from sobre.privacy.identifiers import find_identifiers
from sobre.privacy.inspect import Hit, find


def found(text: str) -> list[tuple[str, str]]:
    """Kind and value of everything found."""
    hits = find(text, [find_identifiers])
    return [(hit.kind, text[hit.start : hit.end]) for hit in hits]


def kinds(text: str) -> list[str]:
    return [kind for kind, _ in found(text)]


# --- Check digits -------------------------------------------------------------------------------

CHECKS = [
    (checks.luhn_holds, "732829320", "732829321"),
    (checks.luhn_holds, "4111111111111111", "0000000000000000"),
    (checks.siren_holds, "517320487", "517320478"),
    (checks.siret_holds, "73282932000074", "73282932000075"),
    (checks.siret_holds, "35600000009075", "35600000009076"),
    (checks.siret_holds, "35600000000048", "3560000000004"),
    (checks.nir_key_holds, "185057800608491", "185057800608492"),
    (checks.nir_key_holds, "199022A00412301", "199022B00412301"),
    (checks.nir_key_holds, "184122B45108960", "184122B45108961"),
    (checks.nir_form_holds, "7011275108234", "5011275108234"),
    (checks.nir_form_holds, "1994252000401", "1991552000401"),
    (checks.iban_key_holds, "FR1420041010050500013M02606", "FR1420041010050500013M02607"),
    (checks.iban_key_holds, "NO9386011117947", "NO9386011117974"),
    (checks.rib_key_holds, "20041010050500013M02606", "20041010050500013M02607"),
    (checks.rib_key_holds, "30004008120001234567887", "30004008120001234567878"),
    (checks.spi_key_holds, "3012345678167", "3012345678176"),
    (checks.rpps_holds, "10001234565", "10001234556"),
    (checks.finess_holds, "750100232", "750100223"),
    (checks.imei_holds, "352099001761481", "352099001761418"),
    (checks.vin_holds, "1M8GDM9AXKP042788", "1M8GDM9A1KP042788"),
    (checks.card_holds, "378282246310005", "378282246310006"),
    (checks.card_holds, "2223003122003222", "9223003122003222"),
    (checks.card_holds, "30569309025904", "30569309025940"),
    (checks.ssn_form_holds, "514690360", "666690360"),
    (checks.niss_holds, "85073003328", "85073003329"),
    (checks.avs_holds, "7569217076985", "7569217076986"),
    (checks.codice_fiscale_holds, "RSSMRA85T10A562S", "RSSMRA85T10A562T"),
    (checks.dni_holds, "12345678Z", "12345678A"),
    (checks.dni_holds, "X1234567L", "X1234567M"),
]


@pytest.mark.parametrize(("holds", "good", "bad"), CHECKS)
def test_a_check_digit_holds_and_its_near_miss_does_not(
    holds: Callable[[str], bool], good: str, bad: str
) -> None:
    assert holds(good)
    assert not holds(bad)


VAT = [
    ("AT", "U13585627", "U13585626"), ("BE", "0428759497", "0428759498"),
    ("BG", "175074752", "175074751"), ("CHE", "100155212", "100155213"),
    ("CY", "10259033P", "10259033Z"), ("CZ", "25123891", "25123890"),
    ("DE", "136695976", "136695978"), ("DK", "13585628", "13585627"),
    ("EE", "100931558", "100594103"), ("EL", "094259216", "123456781"),
    ("ES", "B58378431", "B64717839"), ("FI", "20774740", "20774741"),
    ("FR", "40303265045", "84323140391"), ("GB", "980780684", "802311781"),
    ("HR", "33392005961", "33392005962"), ("HU", "12892312", "12892313"),
    ("IE", "6433435F", "6433435E"), ("IE", "6433435OA", "6433435OB"),
    ("IT", "00743110157", "00743110158"), ("LT", "119511515", "100001919018"),
    ("LU", "15027442", "15027443"), ("MT", "11679112", "11679113"),
    ("NL", "004495445B01", "123456789B90"), ("NO", "995525828", "995525829"),
    ("PL", "8567346215", "8567346216"), ("PT", "501964843", "501964842"),
    ("RO", "18547290", "18547291"), ("SE", "556188840401", "556188840501"),
    ("SI", "50223054", "50223055"), ("SK", "2022749619", "2022749618"),
    ("XI", "980780684", "980780685"),
]  # fmt: skip


@pytest.mark.parametrize(("prefix", "good", "bad"), VAT)
def test_a_vat_number_of_each_state_is_checked(prefix: str, good: str, bad: str) -> None:
    assert checks.vat_holds(prefix, good)
    assert not checks.vat_holds(prefix, bad)
    assert kinds(f"facture de {prefix}{good}, merci") == ["vat"]
    assert kinds(f"facture de {prefix}{bad}, merci") == []
    assert kinds(f"N° TVA : {prefix} {bad}") == ["vat"]


def test_a_vat_number_without_public_check_needs_its_label() -> None:
    assert checks.vat_holds("LV", "40003009497") is None
    assert kinds("VAT number LV40003009497") == ["vat"]
    assert kinds("le colis LV40003009497") == []


# --- In a text ----------------------------------------------------------------------------------

# kind, value, the text before it, the text after it
GOOD = [
    ("email", "jean.dupont@exemple.fr", "Écrire à ", "."),
    ("email", "JEAN.DUPONT@EXEMPLE.FR", "MAIL : ", ""),
    ("email", "rené.lefèvre@société-générale.fr", "<", ">"),
    ("email", "j-m_le.goff+paie@sub.exemple.co.uk", "", ", merci"),
    ("email", "jean@exemple.fr", "TEL:0612345678MAIL:", ""),
    ("email", "jean@exemple.fr", "mailto:", "?subject=x"),
    ("email", "jean.dupont (at) exemple . fr", "écrivez à ", " rapidement"),
    ("email", "jean.dupont[at]exemple[dot]fr", "", ""),
    ("email", "jean dot dupont at exemple dot fr", "write to: ", ""),
    ("email", "jean.dupont arobase exemple point fr", "mon adresse c'est ", ""),
    ("email", "jdupont @ exemple . com", "Dr Dupont, ", ""),
    ("phone", "0612345678", "", ""),
    ("phone", "06 12 34 56 78", "rappelle-moi au ", " stp"),
    ("phone", "06.12.34.56.78", "", " (portable)"),
    ("phone", "06-12-34-56-78", "Tél : ", "/mobile"),
    ("phone", "06/12/34/56/78", "tel ", ""),
    ("phone", "06.12.34.56 78", "n° ", ","),
    ("phone", "06 - 12 - 34 - 56 - 78", "", ""),
    ("phone", "01 2048 3632", "Secrétariat : ", " – Standard"),
    ("phone", "0 612 345 678", "Portable ", ""),
    ("phone", "06 123 456 78", "", ""),
    ("phone", "0 6 1 2 3 4 5 6 7 8", "Téléphone ", ""),
    ("phone", "+33612345678", "WhatsApp ", ""),
    ("phone", "+33 (0)6 12 34 56 78", "", ""),
    ("phone", "(+33) 6 12 34 56 78", "", "."),
    ("phone", "0033 6 12 34 56 78", "Fax : ", ""),
    ("phone", "00 33 1 42 68 53 00", "", ""),
    ("phone", "0262 41 25 36", "À La Réunion : ", ""),
    ("phone", "0590 82 13 00", "Guadeloupe ", ""),
    ("phone", "0692 12 34 56", "gsm ", ""),
    ("phone", "+262 692 12 34 56", "", ""),
    ("phone", "+687 28 31 17", "Nouméa ", ""),
    ("phone", "+508 41 10 00", "", ""),
    ("phone", "+689 40 46 43 46", "", ""),
    ("phone", "+32 2 555 12 12", "Bruxelles ", ""),
    ("phone", "+41 22 730 51 11", "", ""),
    ("phone", "+49 (0)30 2273-0000", "", ""),
    ("phone", "+352 26 43 21", "", ""),
    ("phone", "+1-212-555-0123", "US desk: ", ""),
    ("phone", "0044 20 7946 0958", "London ", ""),
    ("phone", "0041 22 730 51 11", "", ""),
    ("phone", "0612345678", "tel", ""),
    ("phone", "0612345678", "tél.", " le soir"),
    ("phone", "0612345678", "TEL:", "MAIL:jean"),
    ("phone", "73389", "N'hésitez pas, nous sommes joignables au ", ""),
    ("phone", "4512", "Service paie, poste ", "."),
    ("phone", "20 39", "tél. ", ""),
    ("phone", "4512", "Reception, ext. ", ""),
    ("phone", "020 7946 0958", "Call me on ", ""),
    ("phone", "(212) 555-0123", "", ""),
    ("phone", "905-674-3793", "my registered ", ""),
    ("phone", "08 92 70 12 39", "hotline ", ""),
    ("nir", "1 85 05 78 006 084 91", "N° de sécurité sociale : ", ""),
    ("nir", "185057800608491", "Mon numéro est ", ", merci"),
    ("nir", "1.85.05.78.006.084.91", "", ""),
    ("nir", "1-85-05-78-006-084-91", "", ""),
    ("nir", "1 85 05 78 006 084 / 91", "", ""),
    ("nir", "1850578006084 91", "", ""),
    ("nir", "1 8 5 0 5 7 8 0 0 6 0 8 4 9 1", "", ""),
    ("nir", "2 7 9 9 1 8 3 1 2 1 8 1 7 5 2", "N° d'assuré ", ""),
    ("nir", "1 99 02 2A 004 123 01", "né à Ajaccio, ", ""),
    ("nir", "199022a00412301", "nir ", ""),
    ("nir", "1990 22A 004123 01", "", ""),
    ("nir", "1 85 05 78 006 084", "Matricule INSEE ", ""),
    ("nir", "1850578006084", "numéro de sécu ", " (sans la clé)"),
    ("nir", "1 99 02 2A 004 123", "sécurité sociale ", ""),
    ("nir", "701127510823417", "immatriculation provisoire ", ""),
    ("nir", "302099934567866", "", ""),
    ("nir", "185057800608492", "n° SS : ", " (à vérifier)"),
    ("national_id", "514-69-0360", "My social security number is ", ""),
    ("national_id", "514-69-0360", "", ""),
    ("national_id", "AB123456C", "NINO: ", ""),
    ("national_id", "AB 12 34 56 C", "National Insurance ", ""),
    ("national_id", "85.07.30-033.28", "registre national ", ""),
    ("national_id", "756.9217.0769.85", "AVS ", ""),
    ("national_id", "RSSMRA85T10A562S", "", ""),
    ("national_id", "12345678Z", "DNI ", ""),
    ("siren", "517 320 487", "SIREN : ", ""),
    ("siren", "517320487", "SARL au capital de 8000 euros, ", ""),
    ("siren", "517 320 487", "RCS Lyon B ", ""),
    ("siren", "517 320 487", "immatriculée sous le numéro ", ""),
    ("siren", "517.320.487", "société Durand (", ")"),
    ("siren", "517 320 487", "la Durand, ", " RCS Nanterre,"),
    ("siren", "517320478", "Siren : ", " (faute de frappe)"),
    ("siren", "517320487", '{"siren": "', '"}'),
    ("siret", "732 829 320 00074", "", ""),
    ("siret", "73282932000074", "notre fournisseur, ", ""),
    ("siret", "732829320 00074", "Siret ", ""),
    ("siret", "732.829.320.00074", "", ""),
    ("siret", "356 000 000 09075", "La Poste, ", ""),
    ("siret", "73282932000075", "N° SIRET ", ""),
    ("vat", "FR40303265045", "", ""),
    ("vat", "FR 40 303 265 045", "TVA intracommunautaire ", ""),
    ("vat", "BE 0428.759.497", "", ""),
    ("vat", "be0428759497", "tva ", ""),
    ("vat", "CHE-100.155.212", "Genève, ", " TVA"),
    ("vat", "DE136695978", "USt-IdNr./VAT: ", ""),
    ("iban", "FR86 3000 4008 1200 0123 4567 804", "Virement sur ", " avant lundi"),
    ("iban", "FR8630004008120001234567804", "IBAN", ""),
    ("iban", "fr8630004008120001234567804", "mon iban ", ""),
    ("iban", "FR86-3000-4008-1200-0123-4567-804", "", ""),
    ("iban", "FR86 30004 00812 00012345678 04", "", ""),
    ("iban", "BE68 5390 0754 7034", "", " à créditer"),
    ("iban", "MC58 1122 2000 0101 2345 6789 030", "", ""),
    ("iban", "GB82 WEST 1234 5698 7654 32", "", ""),
    ("iban", "IT60X0542811101000000123456", "", ""),
    ("iban", "CH93 0076 2011 6238 5295 7", "", ""),
    ("iban", "TN5910006035183598478831", "", ""),
    ("iban", "MA64011519000001205000534921", "", ""),
    ("iban", "FR76 3000 4008 1200 0123 4567 804", "IBAN : ", ""),
    ("rib", "30004 00812 00012345678 87", "RIB : ", ""),
    ("rib", "30004-00812-00012345678-87", "", ""),
    ("rib", "30004008120001234567887", "", ""),
    ("rib", "20041 01005 0500013M026 06", "", ""),
    ("rib", "30004 | 00812 | 00012345678 | 87", "Banque | Guichet | Compte | Clé\n", ""),
    ("card", "4970 1000 0000 0154", "payé par carte ", ""),
    ("card", "4970100000000154", "", ""),
    ("card", "5105-1051-0510-5100", "CB ", " exp 09/27"),
    ("card", "3782 822463 10005", "Amex ", ""),
    ("card", "378282246310005", "", ""),
    ("card", "2223003122003222", "", ""),
    ("card", "3056 930902 5904", "Diners ", ""),
    ("card", "6011111111111117", "", ""),
    ("card", "4222222222222", "my credit card is ", ""),
    ("card", "4970 1000 0000 0155", "numéro de carte bancaire : ", ""),
    ("plate", "AB-123-CD", "Le véhicule ", " est au garage"),
    ("plate", "AB 123 CD", "garé devant : ", ""),
    ("plate", "AB123CD", "immatriculé ", ""),
    ("plate", "ab-123-cd", "plaque ", ""),
    ("plate", "WW-123-AB", "", ""),
    ("plate", "1234 AB 75", "l'ancienne 205, ", ""),
    ("plate", "123 ABC 2A", "plaque ", ""),
    ("plate", "1234AB75", "immatriculation ", ""),
    ("plate", "12 AB 971", "voiture ", ""),
    ("passport", "12AB34567", "passeport n° ", ""),
    ("passport", "12AB34567", "", ""),
    ("passport", "12 AB 34567", "Passeport : ", ""),
    ("passport", "C01X00T47", "passport no. ", ""),
    ("passport", "AA1234567", "titulaire du passeport italien ", ""),
    ("passport", "533401234", "UK passport ", ""),
    ("passport", "P<FRADUPONT<<JEAN<PIERRE<<<<<<<<<<<<<<<<<<<<", "", "\n"),
    ("cni", "090744787270", "Numéro de CNI : ", ""),
    ("cni", "X4RTBPFW4", "carte nationale d'identité ", ""),
    ("cni", "KCZKTFXH7", "Pièce d'identité n° ", ""),
    ("cni", "120575201234", "carte d'identité (n° ", ")"),
    ("driving_licence", "920675371210", "Permis de conduire n° ", ""),
    ("driving_licence", "23AB45678", "permis B numéro ", ""),
    ("driving_licence", "MORGA657054SM9IJ", "driving licence ", ""),
    ("driving_licence", "5130634", "My driver's license number is ", ""),
    ("residence_permit", "9903012345", "titre de séjour ", ""),
    ("residence_permit", "ABC123456789", "carte de séjour n° ", ""),
    ("residence_permit", "7512345678", "N° AGDREF ", ""),
    ("residence_permit", "RX1234567", "residence permit ", ""),
    ("spi", "0712345678436", "", ""),
    ("spi", "30 12 345 678 167", "", " figure sur l'avis"),
    ("spi", "1234567890066", "référence fiscale ", ""),
    ("spi", "1234567890067", "Numéro fiscal : ", ""),
    ("caf", "6228534", "N° allocataire ", ""),
    ("caf", "5685462 D", "CAF du Rhône, allocataire ", ", quotient 742"),
    ("caf", "5685462D", "numéro CAF ", ""),
    ("ine", "081655104XG", "étudiant, INE ", ""),
    ("ine", "1234567890A", "n° INE : ", ""),
    ("ine", "0A1B2C3D4E5", "INE ", ""),
    ("rpps", "10001234565", "Dr Martin ", ""),
    ("rpps", "10001234565", "RPPS : ", ""),
    ("adeli", "759912345", "n° ADELI ", ""),
    ("adeli", "2A9912345", "ADELI ", ""),
    ("finess", "750100232", "FINESS ", ""),
    ("ip_address", "192.168.1.10", "depuis ", ""),
    ("ip_address", "8.8.8.8", "ping ", ""),
    ("ip_address", "81.250.12.7", "", ":443"),
    ("ip_address", "2a01:cb04:5d7:1200:18f2:4a3b:9c1d:77ee", "", ""),
    ("ip_address", "2001:db8::8a2e:370:7334", "adresse ", "."),
    ("ip_address", "fe80::1ff:fe23:4567:890a", "", ""),
    ("mac", "00:1B:44:11:3A:B7", "", ""),
    ("mac", "00-1b-44-11-3a-b7", "MAC ", ""),
    ("mac", "001b.4411.3ab7", "", ""),
    ("mac", "001B44113AB7", "adresse MAC ", ""),
    ("imei", "352099001761481", "", ""),
    ("imei", "35-209900-176148-1", "IMEI : ", ""),
    ("imei", "352099001761482", "IMEI ", ""),
    ("vin", "VF1RFB00X56789012", "", ""),
    ("vin", "1M8GDM9AXKP042788", "", ""),
    ("vin", "XTA210990Y2765499", "n° de châssis ", ""),
    ("patient_id", "8012939402", "IPP: ", ""),
    ("patient_id", "123456", "NDA n° ", ""),
    ("patient_id", "00123456", "dossier patient ", ""),
    ("patient_id", "4471203", "Medical record number: ", ""),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "before", "after"), GOOD)
def test_an_identifier_is_found_whole(kind: str, value: str, before: str, after: str) -> None:
    assert (kind, value) in found(before + value + after)


AROUND = [
    "{}",
    "Voir {} merci",
    "«\u00a0{}\u00a0»\n",
    "a:\t{},",
    "({})",
    "x;{};y",
    '"{}"',
    "| {} |",
]
ANYWHERE = [
    ("email", "jean.dupont@exemple.fr"),
    ("phone", "06 12 34 56 78"),
    ("phone", "+33612345678"),
    ("nir", "1 85 05 78 006 084 91"),
    ("siret", "732 829 320 00074"),
    ("iban", "FR86 3000 4008 1200 0123 4567 804"),
    ("card", "4970 1000 0000 0154"),
    ("vat", "FR40303265045"),
    ("plate", "AB-123-CD"),
    ("passport", "12AB34567"),
    ("spi", "0712345678436"),
    ("ip_address", "192.168.1.10"),
    ("mac", "00:1B:44:11:3A:B7"),
    ("vin", "1M8GDM9AXKP042788"),
]


@pytest.mark.parametrize(("kind", "value"), ANYWHERE)
@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_what_stands_around_changes_nothing(kind: str, value: str, around: str, space: str) -> None:
    value = value.replace(" ", space)
    assert found(around.format(value)) == [(kind, value)]


NOTHING = [
    # a wrong check digit without its label
    "185057800608492", "1 85 05 78 006 084 92", "FR86 3000 4008 1200 0123 4567 805",
    "4970 1000 0000 0155", "732 829 320 00075", "352099001761482", "0712345678437",
    "30004 00812 00012345678 88", "VIREMENT 30004008120001234567888", "FR41303265045",
    "société 517 320 478", "1m8gdm9a1kp042788 xta",
    # the label denies it
    "L'identifiant interne 185057800608492 n'est pas un numéro de sécurité sociale.",
    "IBAN fictif FR76 3000 4008 1200 0123 4567 804",
    # a number of another sort
    "Référence contrat 4970 1000 0000 0155 dans le logiciel.",
    "Numéro de lot 73282932000075", "numéro de lot 73282932000074", "Lot L438663377828 rappelé",
    "Code article 517320487, rayon 12", "EAN 3452702905959", "EAN 3041530031840",
    "ISBN 978-2-07-036822-8", "ISBN : 9782070368228",
    "La référence de la pièce est 01 09 33 97 13 52, stock épuisé.", "pièce 51.41.45.59.80",
    "commande 0612345678901, dossier n° 1234567890", "Commande 588-5501571-7649447",
    "Order 248-1812907-3360285", "facture 0612345678", "suivi 6A63212378646",
    "Facture FA-2023-404794 du 4 avril 2023", "F2019156955", "compte 411000123", "compte 606960",
    "n° de série 081655104XG", "JCDS-26421-SGA", "Ticket INC8277452", "#355118",
    "numéro de dossier 12345678", "permis de construire 075 123 24 00012",
    "Votre devis 12AB34567", "réf. AB-123-CD",
    # dates, amounts, measures
    "Le 12/05/2024 à 10:30, 1 234 567,89 € pour 14 personnes.", "du 01.02.2023 au 28.02.2023",
    "2024-05-12T10:30:00Z", "3 235 198,32 €", "15 000 000 habitants", "Tél. coupé le 12/05/2024",
    "dimensions 1628 x 762 x 55 mm", "2019/2020/2021", "budget 2024 : 120 000 000 €",
    "un portable à 1 250 000 exemplaires", "6, 12, 34, 56 et 78",
    # versions, sections, nobody's addresses
    "version 192.168.1.10", "v 2.14.0.3", "Passez en version 3.3.1.36 du pilote.",
    "Release 1.6.5.65 fixes it", "la mise à jour 4.0.8.6 du logiciel", "8.8.8.8.8", "10.0.0.256",
    "127.0.0.1:8080", "0.0.0.0", "255.255.255.0", "1.2.3.4 Objet du marché", "section 3.1.2.4",
    "article 12.3.1.2 du cahier", "10.0.0.0/8", "::1", "std::vector::size", "10:30:45",
    "01.42.16.10",
    # words, codes, tokens
    "Call f(x)[0] with 3.14159 and 1e-10; see RFC 2119 and ISO-8859-1.",
    "550e8400-e29b-41d4-a716-446655440000", "4be6672a-7008-ab88-8113-44fedf9c3cda",
    "b3bbdb6f28515a6998a8450761bf1afdf0995905", "c4a22ae3aa0f", "#837732", "EN 301 549",
    "ISO 27001:2022", "NF C 15-100", "article L. 3635-16", "décret n° 2014-1794",
    "règlement (UE) 2016/679", "Code NAF 16.15D", "jean.dupont@localhost", "@jean", "a @ b",
    "git@github.com:sobre/sobre.git", "Appelez le 115", "Appelez le 3646 pour toute question.",
    "salle B325", "le bus 12 et le 34", "75011 Paris", "BP 12345", "SS-123-AB", "AB-000-CD",
    "IO-123-AB", "un moteur DE 150 CV", "LE 123 ET LE 456", "00 12 34 56 78", "2 555 12 12",
    "06.12.34.56", "0 1 0 1 1 0 1 1 0 0 1 0 1", "CS 12345", "1 M€", "poste de 35 000 €",
    "le poste 12", "Windows 10.0.19045", "abc@", "x = 123456789", "nginx/1.25.3.1",
    "Chrome 120.0.0.0", "stock de 12345678Z",
    "un tirage de 517320487", "n° vert", "CB se terminant par 0154", "timestamp 1716123456789",
    "00:00:00:00:00:00",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_an_identifier_is_left_alone(text: str) -> None:
    assert found(text) == []


# The good and the near-miss side by side: (text, kind and value) and (text, None)
PAIRS = [
    # firms
    ("R.C.S. Paris B 517 320 487", ("siren", "517 320 487")),
    ("RCS de Saint-Étienne 517320487", ("siren", "517320487")),
    ("RCS PARIS B517320487", ("siren", "517320487")),
    ("lot B517320487", None),
    ("société identifiée sous le n° 517 320 487", ("siren", "517 320 487")),
    ("identifié au répertoire sous le numéro 517320487", ("siren", "517320487")),
    ("n° d'identification : 517 320 487", ("siren", "517 320 487")),
    ("n° d'identification : 517 320 478", None),
    ("numéro unique 517 320 487", ("siren", "517 320 487")),
    ("Numéro d'immatriculation : 517 320 487", ("siren", "517 320 487")),
    ("Extrait Kbis 517 320 487 du 3 mars", ("siren", "517 320 487")),
    ("L'entreprise n° 517320487 est radiée", ("siren", "517320487")),
    ("Boulangerie Durand S.A.R.L. (517 320 487)", ("siren", "517 320 487")),
    ("517 320 487 - Durand SA", ("siren", "517 320 487")),
    ("517 320 487", None),
    ("société au capital de 517 320 487 €", None),
    # vehicles
    ("WBA8E9G50GNT12345", ("vin", "WBA8E9G50GNT12345")),
    ("1M8GDM9A1KP042788 XTA", ("vin", "1M8GDM9A1KP042788")),
    ("n° de série JTDKB20U093456789", ("vin", "JTDKB20U093456789")),
    ("le scooter, n° de série ME4JC761BK7000123", ("vin", "ME4JC761BK7000123")),
    ("n° de série XQ4JC761BK7000123", None),
    ("case E LSVAB2183E2123456", ("vin", "LSVAB2183E2123456")),
    ("numéro de châssis XYZABCDEFGH123456", ("vin", "XYZABCDEFGH123456")),
    ("VIN du véhicule VF1 RFB00X 56789012", ("vin", "VF1 RFB00X 56789012")),
    ("réf. VF1 RFB00X 56789012", None),
    ("A1B2C3D4E5F6A7B8C", None),
    ("token: XK39FJ2LMNP48RST2", None),
    ("XK39FJ2LMNP48RST2-7", None),
    ("La voiture AB123CD est au parking", ("plate", "AB123CD")),
    ("flashé à 130 km/h sur l'autoroute près de Valence avec AB123CD", ("plate", "AB123CD")),
    ("AB123CD : PV de stationnement", ("plate", "AB123CD")),
    ("ma clio ab123cd est en panne", ("plate", "ab123cd")),
    ("garé au parking : 1234AB75", ("plate", "1234AB75")),
    ("code promo AB123CD", None),
    ("réf AB123CD pour la voiture", None),
    ("AB123CD", None),
    # glued to a word
    ("au06 12 34 56 78avant", ("phone", "06 12 34 56 78")),
    ("appelle le0612345678stp", ("phone", "0612345678")),
    ("Dupont06.12.34.56.78", ("phone", "06.12.34.56.78")),
    ("tel0612345678", ("phone", "0612345678")),
    ("lot0612345678", None),
    ("x0612345678", None),
    ("a0612345678b", None),
    ("abc0612345678def9", None),
    ("0612345678km", None),
    ("compteFR8630004008120001234567804", ("iban", "FR8630004008120001234567804")),
    ("IBANFR86 3000 4008 1200 0123 4567 804BIC", ("iban", "FR86 3000 4008 1200 0123 4567 804")),
    ("siret73282932000074APE", ("siret", "73282932000074")),
    ("n°SS185057800608491", ("nir", "185057800608491")),
    ("sécu1 85 05 78 006 084 91merci", ("nir", "1 85 05 78 006 084 91")),
    # a label's own number, a label against a check digit
    ("IMEI1 : 352099001761481", ("imei", "352099001761481")),
    ("IMEI 2 352099001761481", ("imei", "352099001761481")),
    ("Tel1 0612345678", ("phone", "0612345678")),
    ("IMEI 185057800622349", ("imei", "185057800622349")),
    ("NIR 185057800622349", ("nir", "185057800622349")),
    # inside something longer
    ("FR77 3000 4008 1200 0123 4567 887", None),
    ("30004 00812 00012345678 87", ("rib", "30004 00812 00012345678 87")),
    ("K7F2-0612345678-ZZ91", None),
    ("TEL-0612345678", ("phone", "0612345678")),
    ("AB12 4970 1000 0000 0154 CD34", None),
    ("CB 4970 1000 0000 0154", ("card", "4970 1000 0000 0154")),
    # references
    ("référence fournisseur 04-1234-1234", None),
    ("04-1234-1234", None),
    ("Hadillot : 01 2039 2739 - Censier", ("phone", "01 2039 2739")),
    ("06 6246 77 36 96 0 3 341 0 2 381 112", None),
    ("tél 04-1234-1234", ("phone", "04-1234-1234")),
    ("référence fournisseur 0612345678", None),
    ("fournisseur 0612345678", ("phone", "0612345678")),
    # lists and court rolls
    ("01 02 03 04 05 06 07 08 09 10", None),
    ("05 10 15 20 25 30 35", None),
    ("Tél : 01 02 03 04 05", ("phone", "01 02 03 04 05")),
    ("tel 0 6 1 2 3 4 5 6 7 8 9 0 1 2", None),
    ("Notes : 1 2 3 4 5 4 3 2 1 2 3 4 5", None),
    ("2 9 2 4 1 8 7 6 5 3 2 9 8 9 0", ("nir", "2 9 2 4 1 8 7 6 5 3 2 9 8 9 0")),
    ("n° RG 12.34.56.78", None),
    ("depuis 12.34.56.78", ("ip_address", "12.34.56.78")),
    # foreign VAT
    ("Muster GmbH, DE123456789", ("vat", "DE123456789")),
    ("Muster GmbH, DE 123 456 789", ("vat", "DE 123 456 789")),
    ("DE 123 456 789 €", None),
    ("UN FONDS DE 123 456 789", None),
    ("USt-IdNr. DE123456789", ("vat", "DE123456789")),
    ("VAT ID PL1234567890", ("vat", "PL1234567890")),
    ("UID ATU12345678 (TVA)", ("vat", "ATU12345678")),
    ("le colis PL1234567890", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_a_value_is_told_from_its_near_miss(text: str, expected: tuple[str, str] | None) -> None:
    assert found(text) == ([expected] if expected else [])


def test_a_number_deep_in_a_long_run_of_numbers_is_found() -> None:
    run = "12 345 " * 200
    assert found(f"{run}1 85 05 78 006 084 91 {run}06 12 34 56 78 {run}") == [
        ("nir", "1 85 05 78 006 084 91"),
        ("phone", "06 12 34 56 78"),
    ]


def test_identifiers_far_apart_are_all_found() -> None:
    words = "mot " * 300
    text = f"Tél. 0612345678 {words} AB-123-CD {words} jean@exemple.fr {words} IMEI 352099001761481"
    assert kinds(text) == ["phone", "plate", "email", "imei"]


BESIDE = [
    ("sécu 1 85 05 78 006 084 clé 91", ["1 85 05 78 006 084 clé 91"]),
    ("+1-903-140-4508x769", ["+1-903-140-4508x769"]),
    ("jean@exemple.frTel:0612345678", ["jean@exemple.fr", "0612345678"]),
    ("Appelez le 06 12 34 56 78 20 minutes avant", ["06 12 34 56 78"]),
    ("06 12 34 56 78 07 12 34 56 78", ["06 12 34 56 78", "07 12 34 56 78"]),
    ("01 42 68 53 00 / 06 12 34 56 78", ["01 42 68 53 00", "06 12 34 56 78"]),
    ("4111 1111 1111 1111 12/27 123", ["4111 1111 1111 1111"]),
    ("2 4111-1111-1111-1111", ["4111-1111-1111-1111"]),
    ("le 12/05/2024 06 12 34 56 78", ["06 12 34 56 78"]),
    ("0612345678,0712345678;0812345678", ["0612345678", "0712345678", "0812345678"]),
    ("Write to jean@exemple.fr or +33 6 12 34 56 78.", ["jean@exemple.fr", "+33 6 12 34 56 78"]),
    ("SIREN 517 320 487 - TVA FR40303265045", ["517 320 487", "FR40303265045"]),
    ("TEL:0612345678MAIL:jean@exemple.fr", ["0612345678", "jean@exemple.fr"]),
    ("01 42 68 53 00 poste 4512", ["01 42 68 53 00", "4512"]),
    (
        "Code banque : 30004 Code guichet : 00812 N° de compte : 00012345678 Clé RIB : 87",
        ["30004", "00812", "00012345678", "87"],
    ),
    ("user=jdoe ip=151.124.48.201 mac=bd:8f:f0:68:3a:a7", ["151.124.48.201", "bd:8f:f0:68:3a:a7"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values"), BESIDE)
def test_a_number_right_beside_another_does_not_hide_it(text: str, values: list[str]) -> None:
    assert [value for _, value in found(text)] == values


ROWS = [("Durand", "517320487", "920675371210", "6228534")] * 3
TABLES = [
    (";", ("nom", "siren", "permis", "caf")),
    (" | ", ("Nom", "SIREN", "Permis", "Allocataire\n--- | --- | --- | ---")),
    ("\t", ("nom", "numéro SIREN", "n° de permis", "numeroAllocataire")),
    (",", ("nom", "siren", "permis_conduire", "caf")),
]


@pytest.mark.parametrize(("delimiter", "head"), TABLES)
def test_the_head_of_a_column_says_what_its_numbers_are(
    delimiter: str, head: tuple[str, ...]
) -> None:
    table = "\n".join(delimiter.join(row) for row in (head, *ROWS))
    assert kinds(table) == ["siren", "driving_licence", "caf"] * 3


def test_far_into_a_row_no_header_is_asked() -> None:
    row = "x;" * 3000
    assert found(f"caf;nom\n{row}6228534;y") == []


JSON = """{"nom": "Durand", "numeroFiscal": "1234567890067", "passportNumber": "533401234",
 "num_cni": "090744787270", "telephone": "78 651 450", "code_postal": "69003", "id": 123456789}"""


def test_the_key_of_a_json_value_says_what_it_is() -> None:
    assert kinds(JSON) == ["spi", "passport", "cni", "phone"]


def test_evidence_tells_a_check_digit_that_held_from_one_that_did_not() -> None:
    good, mistyped, labelled = find_identifiers(
        "NIR 185057800608491, n° SS 185057800608492 ; CNI 090744787270"
    )
    assert ("check digit" in good.evidence, good.score) == (True, 1.0)
    assert ("wrong" in mistyped.evidence, mistyped.score) == (True, 0.8)
    assert "check" not in labelled.evidence
    assert {hit.data_class for hit in (good, mistyped, labelled)} == {"personal"}


ALPHABET = "0123456789 .-/()+@ABFRab:;|,\n<'éÉ\u00a0\0"
PIECES = st.sampled_from(
    ["tél ", "SIREN ", "06 12 34 56 78", "FR86", "IBAN ", "1 85 05 ", "2A", "<<", "a@b.fr", "::"]
)


def check(text: str, hits: list[Hit]) -> None:
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))
    assert all(any(c.isalnum() for c in text[hit.start : hit.end]) for hit in hits)


@given(st.one_of(st.text(), st.text(ALPHABET, max_size=200)))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_every_hit_stands_in_it(text: str) -> None:
    check(text, find_identifiers(text))


@given(st.lists(st.one_of(PIECES, st.text(ALPHABET, max_size=12)), max_size=12))
@settings(max_examples=300, deadline=None)
def test_pieces_of_identifiers_in_any_order_are_read(pieces: list[str]) -> None:
    text = "".join(pieces)
    check(text, find_identifiers(text))


HOSTILE = ["1", "1 ", "12 345 ", "@", "a@", "a@b.", "FR76 ", "FR76", "1A ", "+(", "1-", "1.1.1.1 ",
           "::", "a:", "1 8 5 0 ", "(at) ", "06 ", "00", "<<", "AB-123-", "12;34\n", "tel",
           "| siren |\n", "12/05/2024 "]  # fmt: skip


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (50_000 // len(piece)) + " \n\nFR8630004008120001234567804"
    assert find_identifiers(text)[-1].kind == "iban"
