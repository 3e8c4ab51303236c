"""Ten texts such as a firm has them: what must not leave does not, and the rest stays readable."""

from __future__ import annotations

from pathlib import Path

import pytest

from sobre import privacy
from sobre.adapters.shield import detectors
from sobre.core.exchange import Action
from sobre.core.zone import Zone
from sobre.privacy import disguise
from sobre.privacy.inspect import MASKED
from support.values import APP, ask, limits

HERE = Path(__file__).parent / "texts"

# text, what must not be read in what leaves, what must still be
LEAVES = {
    "mail": (
        (
            "Kervadec|Le Dantec|Guillou|Ollivier|s.kervadec@|comptabilite@|02 96 44 17 83|06.71.22"
            "|3000 4028|14 rue du Port|732 829 320"
        ),
        "FA-2026-00431|12/09/2026|4 812,60 €|Menuiserie Arzel|3 décembre",
    ),
    "devis": (
        "Maïwenn|Tanguy|allée des Ajoncs|22300|02.96.37.55.01|maiwenn.tanguy|Riou|FR44732829320",
        "DEV-2026-118|1200 x 900 mm|04-2231-8890|3 578,30 €|Garantie décennale",
    ),
    "cv": (
        (
            "BENKIRANE|Aïcha|aicha|17 mai 1991|910580201234|Tisserands|80000|07 68 41|Lemoine"
            "|Duchemin|03 22 71"
        ),
        "Plastimer SAS|ISO 9001:2015|Licence professionnelle|nationalité française",
    ),
    "paie": (
        "LE BIHAN|Yann|1 84 12 76|venelle du Four|29600|2 214,38|2 360,38|1 868,42|2004 1010",
        "conducteur routier|151,67 h|octobre 2026|Transports Girard",
    ),
    "chat": (
        "nolwenn|karim|Loïc|Abgrall|petit|yann|0671229058|Tulipe#2041",
        "slt qqun sait si|depuis lundi|mets pas ça ici",
    ),
    "medical": (
        "FERREIRA|Ferreira|João|03/11/1968|1 68 11 99|Vasseur|10100456786|Teresa|06 12 34|Amandine",
        "magasinier|lombalgie chronique|15 décembre",
    ),
    "reunion": (
        "Haddad|Le Guen|Castex|Nguyen|Sow|Marchetti|Abdoulaye|Corinne",
        "bilan des accidents|9 NOVEMBRE 2026|salle B204|4 janvier",
    ),
    "clients.csv": (
        "Etcheverry|Maialen|Diallo|Mamadou|Roux|Violette|gmail|05 59 12|81 22 33|FR76|DE89|055944",
        "nom;prenom;email;telephone;ville;iban|Bayonne|Anglet",
    ),
    "ocr": (
        "PlERRE|CARON|LUCIE|RUE DES FORGES|21000|08 . 04 . 2001|180421300456|03.80",
        "atteste héberger à titre gratuit|septembre 2025",
    ),
    "contrat": (
        (
            "Hérouville|Mehmet|Yılmaz|1er février 1988|quai des Bateliers|67000|9903184627|41 500"
            "|732 829 320"
        ),
        "BioArmor SAS|ingénieur d'essais|L. 1121-1|4 janvier 2027",
    ),
}


@pytest.mark.parametrize("name", LEAVES)
def test_what_must_not_leave_does_not_and_the_rest_stays(name: str) -> None:
    asked = ask((HERE / f"{name}.txt").read_text(encoding="utf-8"))
    found = privacy.inspect(asked, detectors())
    values = [finding for finding in found if finding.data_class in MASKED]
    outbound, aliases = disguise(asked, values, limits(Action.DISGUISE), Zone.EU_HOSTED, APP)
    left = str(outbound.messages[0].content)
    hidden, kept = (words.split("|") for words in LEAVES[name])
    assert [value for value in hidden if value in left] == []
    assert [value for value in kept if value not in left] == []
    assert len(aliases.values) >= 5
