"""The words of which names of networks are made, in the languages of Europe: one idea, many spellings.

A beginning stands for all words that begin with it, and is found inside compounds: *Kriminalprävention* is crime and
prevention. Where two languages share a beginning it stands once.
"""

from __future__ import annotations

import re
from functools import lru_cache

from netreg.core.names import normal_form

_IDEAS = {
    "network": "network netz netwerk reseau rete siec natverk nettverk sit halozat retea verkosto mreza",
    "police": "police polic poliz polit poliisi politsei rendorseg",
    "crime": "crime crimin kriminal krimin straf verbrech misdaad przestepcz brott delinc delitt kriminell delit",
    "prevention": "preven praven prevenz zapobieg forebygg vorbeug voorkom",
    "organised": "organiz organis zorganiz organisiert georganis",
    "judicial": "judic justiz justic giudiz sadow gerecht justit",
    "court": "judge richter juge giudic juez sedzi",
    "prosecutor": "prosecut staatsanwal procur fiscal prokurat openbaar-ministerie",
    "customs": "custom zoll douan dogan aduan celn carin tull",
    "border": "border grenz frontier frontera granic grens",
    "drugs": "drug drog narkot stupefi narcot narco",
    "addiction": "addict sucht toxicoman dependenc uzaleznien tossicodip",
    "firearms": "firearm feuerwaff schusswaff waff weapon arme armi arma broni",
    "terrorism": "terror",
    "radicalisation": "radical radikal",
    "cyber": "cyber cibern",
    "forensic": "forensi rechtsmedi legistic",
    "environment": "environ umwelt milieu ambient srodowisk medioambient",
    "football": "football fussball calcio futbol voetbal",
    "traffic": "traffic trafi verkehr verkeer circula",
    "trafficking": "trafficking menschenhand mensenhand traite tratta handlu-ludzmi",
    "road": "road strass route strada carretera",
    "rail": "rail eisenbahn bahn ferrov ferroc",
    "airport": "airport flughaf aeroport",
    "aviation": "aviat luftfahrt",
    "water": "waterborne water wasser wasserschutz fluvial",
    "port": "port ports hafen hafens haven puerto porti",
    "coastguard": "coast kuste cotes costier guardacost",
    "maritime": "maritim seever",
    "corruption": "corrupt korrupt corruzi korupc",
    "fraud": "fraud betrug frode fraude",
    "money": "money geldwasch blanch riciclagg witwas pieniedz",
    "laundering": "launder",
    "asset": "asset vermogen avoirs beni activos",
    "recovery": "recover abschopf recouvr recuper",
    "training": "train ausbildung schulung formation formaz szkolen",
    "academy": "academ akadem",
    "college": "colleg hochschul",
    "technology": "technol techol tecnolog",
    "information": "informat informaz informac",
    "exchange": "exchang austausch echang scambio wymian uitwissel",
    "data": "data daten donnees dati dane",
    "protection": "protect schutz protezion ochron bescherm",
    "working": "working arbeits travail lavoro trabajo roboc werkgroep delovna",
    "group": "group grup gruppe groep skupin",
    "party": "party",
    "committee": "commit comit ausschuss komitee komitet",
    "forum": "forum foro",
    "platform": "platform plattform plateforme piattaform",
    "agency": "agenc agent agentur agenzi agencj agentschap",
    "centre": "centr zentrum zentren zentral centro",
    "expert": "expert experten espert ekspert deskund",
    "cooperation": "cooper kooper zusammenarbeit samenwerk wspolprac sodelovan samarbet",
    "association": "associat verein vereinig verband asociac",
    "women": "women policewom frauen femm donne",
    "south-east": "southeast sudost",
    "baltic": "baltic ostsee baltiqu",
    "nordic": "nordic nord norden",
    "central-europe": "mitteleurop",
    "undercover": "undercover verdeckt",
    "surveillance": "surveil observation uberwach",
    "fugitive": "fugitiv zielfahnd flucht",
    "intervention": "intervent spezialeinheit",
    "radio": "radio funk",
    "communication": "communic kommunikat comunic",
    "prison": "prison gefangnis penit strafvollzug correction justizvollzug",
    "probation": "probation bewahrung reclass",
    "victim": "victim opfer vittim victimes ofiar slachtoffer",
    "urban": "urban stadt stadte",
    "security": "securit sicherheit sicurez seguridad bezpieczen veiligheid surete",
    "internal": "internal innere interieur interno",
    "enforcement": "enforc strafverfolg egzekw",
    "law": "law prawa recht",
    "genocide": "genocid volkermord",
    "investigation": "investig ermittl indagin",
    "dog": "dog hund chien kyno cane",
    "mobile": "mobil",
    "identification": "identif idenfit",
    "medical": "medic medizin",
    "psychological": "psycholog",
    "institute": "institut",
    "science": "scien wissenschaft",
    "horizontal": "horizont orizont",
    "explosive": "explos sprengstoff",
    "ordnance": "ordnance kampfmittel",
    "vehicle": "vehicl fahrzeug vehicul",
    "chief": "chief chef polizeichef",
    "task-force": "taskforce",
    "monitoring": "monitor beobacht observato",
    "european": "europ euro eu",
    "union": "union unii",
    "office": "office amt ufficio",
    "public": "public offentlich publicz",
    "intellectual": "intellectu geistig",
    "property": "property eigentum propriet",
    "health": "health gesundheit sante",
    "culture": "cultur kultur",
    "wildlife": "wildlife",
    "convention": "convent konvent",
    "contact": "contact kontakt",
    "point": "point stelle punkt",
    "gendarmerie": "gendarm",
    "confederation": "confeder konfoder",
    "judgment": "adjudic",
    "innovation": "innov",
    "hub": "hub",
    "internet": "internet",
    "civil": "civil zivil",
    "society": "societ gesellschaft",
    "sports": "sport",
    "event": "event",
    "major": "major",
    "team": "team",
    "member": "member mitglied",
    "state": "state staat etats stati",
}

_BY_BEGINNING = {beginning: idea for idea, beginnings in _IDEAS.items() for beginning in beginnings.split()}
_LONGEST_FIRST = sorted(_BY_BEGINNING, key=len, reverse=True)
_SHORTEST_INSIDE = 4
"""Letters that a beginning must have to count inside a compound."""

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})

_SMALL = frozenset(
    "against gegen contre contra contro przeciwko tegen fur pour por para per el los las lo il i gli del della delle "
    "dei degli dell y e o w z ze na do od ds en sur sulle och og im in zu zur zum auf matter matiere materia sachen "
    "with between among its their as".split()
)

EMPTY = frozenset(
    ("european", "union", "network", "group", "party", "working", "committee", "forum", "member", "state")
)
"""Ideas that say what sort of body it is, and not which."""


def ideas_of(name: str) -> frozenset[str]:
    """The ideas of a name, whatever its language; a word that the lexicon lacks stands for itself."""
    return frozenset(idea for word in words_of(name) for idea in _ideas(word))


def words_of(name: str) -> list[str]:
    """The words of a name without case, accents and small words."""
    text = normal_form(name.casefold().translate(_LETTERS)).replace("task force", "taskforce")
    words = text.replace("coastguard", "coast guard").split()
    return [word for word in words if _stem(word) not in _SMALL] or words


@lru_cache(maxsize=8192)
def _ideas(word: str) -> tuple[str, ...]:
    word = re.sub(r"^eu(?=[a-z]{9})(?!ro)", "", word)
    begun = next((beginning for beginning in _LONGEST_FIRST if _begins(word, beginning)), "")
    if not begun:
        return (_stem(word),)
    inside = _inside(word[len(begun) :]) if len(word) > len(begun) + 5 else ()
    return (_BY_BEGINNING[begun], *inside)


def _begins(word: str, beginning: str) -> bool:
    """Short beginnings are whole words; longer ones may be followed by an ending."""
    return word == beginning or (len(beginning) >= _SHORTEST_INSIDE and word.startswith(beginning))


def _inside(rest: str) -> tuple[str, ...]:
    """The idea at the end of a compound."""
    for beginning in _LONGEST_FIRST:
        if len(beginning) > _SHORTEST_INSIDE and beginning in rest:
            return (_BY_BEGINNING[beginning],)
    return ()


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
