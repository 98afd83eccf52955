"""Invented sentences for the feed farm, in English, Spanish and French.

Real words and real grammar words, made-up people and places, and one entry in twenty about trade.
"""

import random
from dataclasses import dataclass

ON_TOPIC = 0.05
_NAMES, _COMMONEST = 20_000, 200
"""How many names there are; by Zipf's law, the commonest being said once in a thousand times."""
_RARE = 0.5
"""The share of nouns that are made up: a language has more words than a list can hold, and without
them any two entries would seem to speak of the same things."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SYLLABLES = _words(
    "ba bel ber bo bri ca car cel cor da dal del dor el fa fer fon ga gal gor ha hal her in jo jan ka kel "
    "la lan lo lor ma mar mel mi mon na nel nor o ol pa pel per ra ran ro sa sal sel ta tel tor u va vel vi za zan"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A language's words and the patterns of its sentences."""

    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]
    verbs: tuple[str, ...]
    patterns: tuple[str, ...]
    trade: tuple[str, ...]
    endings: tuple[str, ...]
    """Of its long words."""


_EN = Words(
    nouns=_words(
        "council school hospital museum library stadium orchestra festival harbour bridge railway tunnel "
        "garden forest river valley storm winter summer harvest farmer teacher nurse doctor player coach "
        "goal season league match record album painting novel film theatre actor singer dancer recipe "
        "kitchen restaurant hotel airport ticket passenger driver cyclist bus station street market house "
        "rent mortgage bank loan savings pension salary contract worker union strike factory plant engine "
        "battery satellite rocket telescope planet experiment vaccine virus patient study survey election "
        "mayor senator minister court judge lawyer prison police fire rescue village island coast beach "
        "tourist camera phone software network website password robot chip computer game student exam "
        "university professor campus laboratory archive castle church monument wall roof window door"
    ),
    adjectives=_words(
        "new old small large local regional national early late quiet busy famous young public private "
        "rural coastal northern southern modern historic rare common cheap expensive difficult simple "
        "strong weak bright dark warm cold green popular annual weekly temporary final"
    ),
    verbs=_words(
        "opens closes repairs visits praises questions studies builds paints records plans delays "
        "expands moves reviews welcomes loses wins defends explains restores measures finds remembers "
        "celebrates prepares protects changes shares teaches supports describes"
    ),
    patterns=(
        "The {a} {n} of {P} {v} the {n} that {N} {v} in {y}.",
        "{N} of {P} {v} a {a} {n} after the {n} and before the {n}.",
        "In {P}, {d} of them were in the {n} when it {v} its {n}.",
        "It is not the {n} but the {n} that {v} the {a} {n} of {P}.",
        "“This is a {n} for all of us,” said {N}, who {v} the {a} {n} with {d} others.",
        "The {n} has {d} of its own, and only one {n} is for the {n} of {P}.",
        "When the {n} {v} the {n}, {N} was in {P}.",
        "What the {n} {v} is more {a} than it was in {y}, and the {n} is not.",
    ),
    trade=(
        "The government in {P} plans a {d} % tariff on steel and aluminum from Canada and Mexico.",
        "Importers of auto parts under the USMCA have until December {e} to send their comments.",
        "{N} said the review of the agreement with Mexico and Canada would begin in {y}.",
        "Customs brokers in {P} expect new rules of origin for vehicles and {n} parts.",
    ),
    endings=_words("tion ment ing ness er al ist ship age"),
)
_ES = Words(
    nouns=_words(
        "puente museo hospital estadio festival puerto jardín bosque río valle invierno verano agricultor "
        "maestro médico jugador entrenador gol partido récord disco cuadro libro teatro actor cantante plato "
        "restaurante hotel aeropuerto boleto pasajero ciclista autobús barrio mercado alquiler banco préstamo "
        "salario contrato trabajador sindicato taller motor satélite cohete telescopio planeta experimento "
        "virus paciente estudio alcalde senador ministro tribunal juez abogado incendio rescate pueblo turista "
        "teléfono programa portal robot ordenador juego alumno examen profesor laboratorio archivo castillo "
        "templo monumento muro techo camino parque árbol caballo perro concierto premio concurso torneo"
    ),
    adjectives=_words(
        "nuevo viejo pequeño grande local regional nacional tranquilo famoso joven público privado rural "
        "costero moderno histórico raro común barato caro difícil sencillo fuerte débil oscuro cálido frío "
        "verde popular anual semanal temporal"
    ),
    verbs=_words(
        "abre cierra repara visita celebra estudia construye pinta graba prepara retrasa amplía mueve revisa "
        "recibe pierde gana defiende explica restaura mide encuentra recuerda protege cambia comparte enseña "
        "apoya describe"
    ),
    patterns=(
        "El {n} {a} de {P} {v} el {n} que {N} {v} en {y}.",
        "{N}, de {P}, {v} un {n} {a} después del {n} y antes del {n}.",
        "En {P}, {d} de ellos estaban en el {n} cuando {v} su {n}.",
        "No es el {n} sino el {n} lo que {v} el {n} {a} de {P}.",
        "«Este es un {n} para todos», dijo {N}, que {v} el {n} {a} con otros {d}.",
        "Lo que {v} el {n} es más {a} que en {y}, y el {n} de {P} no lo es.",
    ),
    trade=(
        "El gobierno de {P} prepara un arancel de {d} % al acero y al aluminio de Canadá y México.",
        "Los importadores de autopartes bajo el T-MEC tienen hasta el {e} de diciembre para sus comentarios.",
        "{N} dijo que la revisión del T-MEC con Estados Unidos comenzará en {y}.",
    ),
    endings=_words("ción miento dad ado ero al ista eza aje"),
)
_FR = Words(
    nouns=_words(
        "pont musée stade festival port jardin fleuve village hiver été agriculteur médecin joueur entraîneur "
        "but match record disque tableau roman théâtre acteur chanteur plat restaurant aéroport billet passager "
        "cycliste quartier marché loyer prêt salaire contrat ouvrier syndicat atelier moteur satellite télescope "
        "projet vaccin patient maire sénateur ministre tribunal juge avocat incendie sauvetage touriste téléphone "
        "logiciel réseau robot jeu élève examen professeur laboratoire château monument mur toit chemin parc "
        "cheval chien concert prix concours tournoi"
    ),
    adjectives=_words(
        "nouveau petit grand local régional national tranquille célèbre jeune public rural moderne historique "
        "rare cher difficile simple fort sombre froid vert populaire annuel provisoire"
    ),
    verbs=_words(
        "ouvre ferme répare visite étudie construit peint enregistre prépare retarde déplace accueille perd "
        "gagne défend explique restaure mesure trouve protège change partage enseigne soutient décrit"
    ),
    patterns=(
        "Le {n} {a} de {P} {v} le {n} que {N} {v} en {y}.",
        "{N}, de {P}, {v} un {n} {a} après le {n} et avant le {n}.",
        "À {P}, {d} d'entre eux étaient dans le {n} quand il {v} son {n}.",
        "Ce n'est pas le {n} mais le {n} qui {v} le {n} {a} de {P}.",
        "« Voilà un {n} pour tous », dit {N}, qui {v} le {n} {a} avec {d} autres.",
    ),
    trade=(
        "Le gouvernement de {P} prépare des droits de douane de {d} % sur l'acier et l'aluminium du Canada.",
        "Les importateurs de pièces automobiles ont jusqu'au {e} décembre pour leurs commentaires sur l'ACEUM.",
        "{N} dit que l'examen de l'ACEUM avec le Mexique et les États-Unis commencera en {y}.",
    ),
    endings=_words("tion ment té age eur al iste ise ure"),
)
_LANGUAGES = {"en": _EN, "es": _ES, "fr": _FR}


class Writer:
    """Writes titles and paragraphs of one feed. Deterministic by the chance it is given."""

    def __init__(self, language: str, chance: random.Random) -> None:
        self._words = _LANGUAGES[language]
        self._chance = chance
        self._trade = False

    def title(self) -> str:
        """Return a headline, and decide what the paragraphs after it are about."""
        self._trade = self._chance.random() < ON_TOPIC
        return self._sentence().rstrip(".")

    def paragraph(self) -> str:
        """Return two to four sentences."""
        return " ".join(self._sentence() for _ in range(self._chance.randint(2, 4)))

    def word(self) -> str:
        """Return one word."""
        return self._chance.choice(self._words.nouns)

    def person(self) -> str:
        """Return a made-up name of two words."""
        return f"{self._name()} {self._name()}"

    def _sentence(self) -> str:
        words, pick = self._words, self._chance.choice
        trade = self._trade and self._chance.random() < 0.5
        pieces = pick(words.trade if trade else words.patterns).split("{")
        said = [pieces[0]]
        for piece in pieces[1:]:
            said += [self._filled(piece[0]), piece[2:]]
        text = "".join(said)
        return text[0].upper() + text[1:]

    def _filled(self, slot: str) -> str:
        words, chance = self._words, self._chance
        if slot == "n" and chance.random() < _RARE:
            return self._name().lower() + chance.choice(words.endings)
        if slot in "nav":
            return chance.choice({"n": words.nouns, "a": words.adjectives, "v": words.verbs}[slot])
        if slot in "NP":
            return self.person() if slot == "N" else self._name()
        least, most = {"d": (2, 900), "e": (1, 31), "y": (1970, 2031)}[slot]
        return str(chance.randint(least, most))

    def _name(self) -> str:
        """Return a name: few are heard often, most hardly ever."""
        number = int(_COMMONEST * (_NAMES / _COMMONEST) ** self._chance.random())
        first, rest = number % len(_SYLLABLES), number // len(_SYLLABLES)
        second, third = rest % len(_SYLLABLES), rest // len(_SYLLABLES)
        return (_SYLLABLES[first] + _SYLLABLES[second] + _SYLLABLES[third][:2]).capitalize()
