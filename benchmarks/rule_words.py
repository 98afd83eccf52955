"""Made-up rules and documents for the benchmark of rules: what a trade desk asks for, and reads.

A rule is kept in pieces, so that each contender can say it in its own way; as a query of the bot it
reads like what people type: ``(steel OR tinplate) AND canada -museum``, ``title:lumber "rules of origin"``.
"""

import random
from dataclasses import dataclass, field

from farm_words import Writer


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PRODUCTS = _words(
    "steel tinplate rebar aluminum copper nickel zinc lumber plywood particleboard softwood cement granite "
    "marble ceramic faucet furniture mattress cabinet flooring carpet textile denim cotton polyester apparel "
    "footwear leather handbag helmet toy bicycle trailer chassis engine gearbox axle brake tire windshield "
    "harness battery charger inverter transformer turbine compressor boiler furnace crane excavator tractor "
    "harvester pump valve bearing fastener bolt nail wire cable fitting pipeline flange ingot slab ferroalloy "
    "magnet semiconductor wafer display router modem antenna sensor drone camera printer scanner vaccine "
    "insulin antibiotic reagent syringe fertilizer potash urea ammonia pesticide solvent resin polymer epoxy "
    "adhesive pigment detergent perfume candle tomato avocado strawberry blueberry mango garlic onion potato "
    "mushroom cucumber lettuce cheese butter yogurt poultry pork beef lamb salmon shrimp lobster tuna honey "
    "sugar molasses chocolate cocoa coffee tea wine beer tequila whiskey bourbon cider olive almond pistachio "
    "walnut soybean canola wheat barley corn sorghum flour starch newsprint paperboard cardboard envelope"
)
PLACES = _words(
    "canada mexico ontario quebec alberta manitoba saskatchewan sonora jalisco coahuila chihuahua monterrey "
    "toronto windsor laredo detroit tijuana veracruz altamira vancouver montreal halifax china vietnam "
    "thailand malaysia indonesia india japan korea taiwan turkey brazil argentina chile colombia peru ecuador "
    "germany italy france spain poland norway sweden switzerland israel egypt morocco kenya australia"
)
PHRASES = (
    "rules of origin",
    "countervailing duty",
    "antidumping order",
    "tariff rate quota",
    "regional value content",
    "joint review",
    "rapid response mechanism",
    "customs broker",
    "free trade zone",
    "drawback claim",
)
NOISE = _words("museum stadium orchestra festival castle restaurant theatre recipe season album")
TOPICS = ("steel_aluminum", "autos", "tariffs", "usmca", "rules_of_origin", "dairy", "lumber")
_SENTENCES = (
    "The duty on {p} from {c} rises to {d} percent, the ministry said.",
    "Importers of {p} and {p} ask for relief, because buyers in {c} pay {d} percent more.",
    'A "{f}" case about {p} was opened after a complaint of {N}.',
    "{N} ships {p} through {c} and says that the {f} costs it {d} days.",
    "Officials of {c} and {c} met for the {f}, and spoke of {p}, {p} and {p}.",
    "A broker in {c} found {d} entries of {p} without a certificate.",
)
KILOBYTES = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A subscription: one word of each group must stand in the text, none of `without`."""

    groups: tuple[tuple[str, ...], ...]
    """Words in plain lower case; several words are a phrase, ``*`` ends the beginning of a word."""
    without: tuple[str, ...] = ()
    title: bool = False
    """The first group is looked for in the title only."""
    topic: str | None = None

    def query(self) -> str:
        """Return the rule as a person types it for the bot."""
        parts = [_either(group) for group in self.groups]
        if self.title:
            parts[0] = " OR ".join(f"title:{word}" for word in self.groups[0])
            parts[0] = f"({parts[0]})" if len(self.groups[0]) > 1 else parts[0]
        if self.topic is not None:
            parts.insert(0, f"topic:{self.topic}")
        return " AND ".join(parts) + "".join(f" -{word}" for word in self.without)


def _either(group: tuple[str, ...]) -> str:
    said = [f'"{word}"' if " " in word else word for word in group]
    return said[0] if len(said) == 1 else f"({' OR '.join(said)})"


@dataclass(slots=True)
class Desk:
    """Writes rules and documents. Deterministic by the seed."""

    seed: int
    chance: random.Random = field(init=False)
    writer: Writer = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.writer = Writer("en", self.chance)

    def rules(self, count: int) -> list[Rule]:
        """Return so many different rules."""
        made: dict[str, Rule] = {}
        while len(made) < count:
            rule = self._rule()
            made.setdefault(rule.query(), rule)
        return list(made.values())

    def _rule(self) -> Rule:
        pick, (product, other) = self.chance.choice, self.chance.sample(PRODUCTS, 2)
        place, noise = pick(PLACES), pick(NOISE)
        firm = self.writer.person().lower()
        kinds = (
            (30, Rule(groups=((product,), (place,)))),
            (15, Rule(groups=((product, other), (place,)), without=(noise,))),
            (15, Rule(groups=((pick(PHRASES),), (product,)))),
            (15, Rule(groups=((firm,),))),
            (10, Rule(groups=((product,), tuple(self.chance.sample(PLACES, 2))), title=True)),
            (10, Rule(groups=((f"{product[:5]}*",), (place,), (firm.split()[0], pick(PHRASES))))),
            (5, Rule(groups=((product, place),), topic=pick(TOPICS))),
        )
        weights, rules = zip(*kinds, strict=True)
        return self.chance.choices(rules, weights)[0]

    def document(self) -> tuple[str, str]:
        """Return a title and a text of 3 kB together; every second is about trade."""
        trade = self.chance.random() < 0.5
        title = self._trade().rstrip(".") if trade else self.writer.title()
        parts: list[str] = []
        while len(title) + sum(map(len, parts)) + len(parts) < KILOBYTES:
            on_trade = trade and self.chance.random() < 0.5
            parts.append(self._trade() if on_trade else self.writer.paragraph())
        return title, " ".join(parts)[: KILOBYTES - len(title)]

    def _trade(self) -> str:
        pick = self.chance.choice
        text = pick(_SENTENCES)
        while "{" in text:
            before, _, rest = text.partition("{")
            slot, rest = rest[0], rest[2:]
            filled = {
                "p": pick(PRODUCTS),
                "c": pick(PLACES).title(),
                "d": str(self.chance.randint(2, 90)),
                "f": pick(PHRASES),
                "N": self.writer.person(),
            }[slot]
            text = before + filled + rest
        return text
