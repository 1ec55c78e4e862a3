"""What the shipped terms mean: forms that are alike in words and not in meaning."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from absift.lexicon.entries import Entry
from absift.lexicon.lexicon import Lexicon, load_lexicon
from absift.rules.reading import plain, read_yaml
from absift.settings import config_path

#: Words that turn a name round: "rupture of the spleen", "splenic rupture".
TURNS = ("of", "to", "at")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    spelling = plain(read_yaml(config_path("spelling.yaml")))
    return load_lexicon(config_path("lexicon"), spelling)


@pytest.fixture(scope="module")
def by_form(lexicon: Lexicon) -> Mapping[tuple[str, ...], Entry]:
    return {
        lexicon.path(name): entry
        for entry in lexicon.entries
        for name in (entry.term, *entry.synonyms)
    }


@pytest.mark.parametrize(
    ("form", "term", "system"),
    [
        # A bare word is no special case of itself.
        ("perforation", "perforation", "general"),
        ("bowel perforation", "intestinal perforation", "digestive"),
        ("uterine perforation", "uterine perforation", "reproductive"),
        ("corneal perforation", "corneal perforation", "eye"),
        ("tympanic perforation", "tympanic membrane perforation", "ear"),
        ("palatal perforation", "palatal perforation", "digestive"),
        ("leakage", "leak", "general"),
        ("anastomotic leakage", "anastomotic leak", "digestive"),
        ("leakage of cerebrospinal fluid", "cerebrospinal fluid leak", "nervous"),
        ("obstruction", "obstruction", "general"),
        ("cystitis", "cystitis", "kidney"),
        ("pyuria", "pyuria", "kidney"),
        ("acidosis", "acidosis", "metabolism"),
        ("cardiac death", "cardiac death", "death"),
        # Another matter that has words in common.
        ("inadequate analgesia", "inadequate analgesia", "procedure"),
        ("prolonged seizure", "prolonged seizure", "nervous"),
        ("post-ECT confusion", "post-ECT delirium", "psychiatric"),
        ("base deficit", "decreased base excess", "investigation"),
        ("blue vision", "cyanopsia", "eye"),
        ("toxic reaction", "systemic toxicity", "general"),
        ("warm sensation", "feeling hot", "general"),
        ("ICD shock", "defibrillator shock", "device"),
        ("TIPS dysfunction", "portosystemic shunt dysfunction", "liver"),
        ("bloody tap", "vascular puncture", "procedure"),
        ("traumatic tap", "traumatic lumbar puncture", "procedure"),
        ("cannula site bleeding", "cannulation site bleeding", "procedure"),
        ("facial asymmetry", "facial asymmetry", "procedure"),
        ("growth disturbance of the jaw", "growth disturbance of the jaw", "procedure"),
        ("opioid-induced adrenal insufficiency",) * 2 + ("endocrine",),
        ("nevirapine hypersensitivity", "nevirapine hypersensitivity", "immune"),
        ("human herpesvirus 8 infection", "human herpesvirus 8 infection", "infection"),
        ("fentanyl-induced cough", "fentanyl-induced cough", "procedure"),
        ("cement leakage", "cement leakage", "procedure"),
        ("graft infection", "vascular graft infection", "procedure"),
        ("anastomotic pseudoaneurysm", "anastomotic pseudoaneurysm", "procedure"),
        ("delayed graft function", "delayed graft function", "procedure"),
        ("CLAD", "chronic lung allograft dysfunction", "respiratory"),
        ("Pisa syndrome", "Pisa syndrome", "nervous"),
        ("hypothyroid myopathy", "hypothyroid myopathy", "musculoskeletal"),
        ("breakthrough seizure", "breakthrough seizure", "nervous"),
        ("fetomaternal haemorrhage", "fetomaternal haemorrhage", "pregnancy"),
        ("uterine niche", "caesarean scar defect", "pregnancy"),
        ("rectocele", "rectocele", "reproductive"),
        ("diffuse alveolar damage", "diffuse alveolar damage", "respiratory"),
        ("cuff leak", "endotracheal tube cuff leak", "respiratory"),
        ("lung transplant rejection", "lung transplant rejection", "respiratory"),
        ("bromhidrosis", "bromhidrosis", "skin"),
        ("head and neck cancer", "head and neck cancer", "tumour"),
        ("malignant ascites", "malignant ascites", "tumour"),
        ("T-cell lymphoma", "T-cell lymphoma", "tumour"),
        ("long QT syndrome", "long QT syndrome", "heart"),
        ("retrosternal pain", "chest pain", "general"),
        # One matter under two spellings.
        ("peri-oral paraesthesia", "perioral paraesthesia", "nervous"),
        ("perioral paraesthesia", "perioral paraesthesia", "nervous"),
        ("post-vagotomy diarrhoea", "post-vagotomy diarrhoea", "digestive"),
        ("postvagotomy diarrhoea", "post-vagotomy diarrhoea", "digestive"),
        ("postoperative pneumonia", "postoperative pneumonia", "infection"),
        ("pneumonia after surgery", "postoperative pneumonia", "infection"),
        ("perioperative stroke", "procedural stroke", "procedure"),
        ("peri-operative stroke", "procedural stroke", "procedure"),
    ],
)
def test_what_a_form_means(
    lexicon: Lexicon,
    by_form: Mapping[tuple[str, ...], Entry],
    form: str,
    term: str,
    system: str,
) -> None:
    entry = by_form[lexicon.path(form)]
    assert (entry.term, entry.system) == (term, system)


def test_a_name_turned_round_is_of_the_same_term(
    by_form: Mapping[tuple[str, ...], Entry],
) -> None:
    """As with "rupture of the spleen" and "spleen rupture", wherever both are there."""
    pairs = [
        (path, path[path.index(turn) + 1 :] + path[: path.index(turn)])
        for path in by_form
        for turn in TURNS
        if turn in path[1:-1]
    ]
    both = [(one, other) for one, other in pairs if other in by_form]
    assert len(both) > 1000
    assert [
        (one, by_form[one].term, by_form[other].term)
        for one, other in both
        if by_form[one] is not by_form[other]
    ] == []


def test_no_term_stands_in_two_rows(lexicon: Lexicon) -> None:
    names = [entry.term for entry in lexicon.entries]
    assert sorted(set(names)) == sorted(names)
