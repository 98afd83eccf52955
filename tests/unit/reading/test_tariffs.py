from datetime import date

import pytest

from bot.domain.reading import Action, Lang, TariffFact
from bot.reading import actions, authority, products, rates, tariffs
from bot.reading.even import even

DAY = date(2026, 10, 12)


def one(text: str, lang: Lang = Lang.EN) -> TariffFact:
    (fact,) = tariffs.read(text, published=DAY, lang=lang)
    return fact


def test_every_field_of_a_sentence() -> None:
    """Action, rates, parties, products, codes, law, exemptions and start are read together."""
    text = (
        "Under Section 232 the United States raised its tariff on aluminum (HTS 7601.10.30) from "
        "Canada from 25 to 50 percent as of November 1, 2026, except for aircraft parts."
    )
    assert one(text) == TariffFact(
        action=Action.RAISED,
        rate_pct=50.0,
        previous_rate_pct=25.0,
        imposer="US",
        targets=("CA",),
        products=("aluminum", "aircraft"),
        hts=("7601.10.30",),
        authority="Section 232",
        exemptions=("aircraft parts",),
        effective_date=date(2026, 11, 1),
        text=text,
    )


def test_two_rates_give_two_facts() -> None:
    """A sentence that names two rates on two goods tells two facts."""
    found = tariffs.read(
        "The U.S. put a 25% tariff on Mexican beer and a 10% tariff on Canadian potash.",
        published=DAY,
    )
    assert [(fact.rate_pct, fact.targets, fact.products) for fact in found] == [
        (25.0, ("MX",), ("beer",)),
        (10.0, ("CA",), ("fertilizer",)),
    ]


@pytest.mark.parametrize(
    ("text", "lang", "rate"),
    [
        ("Mexico imposed a fifteen percent tariff on Chinese toys.", Lang.EN, 15.0),
        ("México impuso un arancel de quince por ciento a los juguetes chinos.", Lang.ES, 15.0),
        (
            "Le Mexique impose un droit de vingt-cinq pour cent sur les jouets chinois.",
            Lang.FR,
            25.0,
        ),
        ("México impuso un arancel de treinta y cinco por ciento a la ropa china.", Lang.ES, 35.0),
        ("Ottawa impose des droits de 12,5 % sur l'acier chinois.", Lang.FR, 12.5),
        ("The U.S. cut its tariff on Canadian potash to zero.", Lang.EN, 0.0),
        ("Canada set a surtax of 15, 25 or 50 per cent on U.S. goods.", Lang.EN, 50.0),
    ],
)
def test_rates_in_words_and_figures(text: str, lang: Lang, rate: float) -> None:
    """Rates are read as figures or words, in each language; of a list, the highest."""
    assert one(text, lang).rate_pct == rate


def test_the_standing_rate_is_the_former_one() -> None:
    """A rate called current is not the new one."""
    fact = one("Washington will raise the current 25% tariff on Mexican steel to 50%.")
    assert (fact.rate_pct, fact.previous_rate_pct) == (50.0, 25.0)


def test_treaty_goods_are_an_exemption() -> None:
    """ "Non-compliant goods" says that compliant ones are spared."""
    fact = one("Tariffs of 25 percent on goods that do not comply have been in place since March.")
    assert (fact.action, fact.imposer, fact.targets) == (Action.IMPOSED, None, ())
    assert fact.exemptions == ("treaty-compliant goods",)


@pytest.mark.parametrize(
    "text",
    [
        "Ontario's electricity tariff will rise 4% for households in May.",
        "A poll found 62 percent of Canadians oppose the new tariffs.",
        "Exports fell 12% because of tariffs.",
        "Canada ruled out new tariffs on American goods.",
        "The minister discussed tariffs.",
        "The peso gained 1% after Washington delayed its tariffs.",
        "Heavy-duty trucks got 20% cheaper.",
        "The tariff was raised by 3 percentage points.",
    ],
)
def test_negatives(text: str) -> None:
    """Other tariffs, polls, shares, growth and mere talk give no fact."""
    assert tariffs.read(text, published=DAY) == ()


def test_spoken_days_are_no_start() -> None:
    """The day somebody announced a tariff is not the day it starts; a stated start is."""
    fact = one("Trump announced on Friday a 25% tariff on Mexican trucks from November 1.")
    assert fact.effective_date == date(2026, 11, 1)
    assert one("Trump announced on Friday a 25% tariff on Mexican trucks.").effective_date is None
    past = one("Canada imposed a 25% surtax on U.S. steel on September 8.")
    assert past.effective_date == date(2026, 9, 8)
    weekday = one("China imposed on Friday a 15% tariff on U.S. chicken.")
    assert weekday.effective_date == date(2026, 10, 9)


def test_statutes_and_codes() -> None:
    """Statutes are named as lawyers do; sections of other books are not statutes."""
    assert (
        authority.statute(even("under the International Emergency Economic Powers Act")) == "IEEPA"
    )
    assert authority.statute(even("bajo la Sección 301")) == "Section 301"
    assert authority.statute(even("the 232 tariffs")) == "Section 232"
    assert authority.statute(even("Section 301, row 12")) is None
    assert authority.statute(even("Section 232 loans")) is None
    assert authority.codes(even("subheading 870323 and 9903.01.25, up 12.50%")) == (
        "870323",
        "9903.01.25",
    )


def test_products_have_plain_names() -> None:
    """The longest name at a place wins, in any language."""
    assert products.find(even("auto parts, cars and canola oil")) == (
        "auto_parts",
        "autos",
        "canola_oil",
    )
    assert products.find(even("le bois d'œuvre et les pièces automobiles")) == (
        "lumber",
        "auto_parts",
    )
    assert products.find("nothing of the kind") == ()


def test_directions_follow_the_rates() -> None:
    """Two rates tell a rise from a cut, whatever the verb."""
    up = actions.find("the tariff moved from 25 to 50%", value=50.0, former=25.0)
    down = actions.find("the tariff was raised", value=10.0, former=25.0)
    assert up is not None
    assert down is not None
    assert (up.action, down.action) == (Action.RAISED, Action.LOWERED)


def test_the_end_of_relief_is_no_removal() -> None:
    """Ending a pause or an exemption brings the tariff, it does not take it away."""
    found = actions.find("washington ended the pause on its tariffs")
    assert found is not None
    assert found.action is Action.IMPOSED


def test_changes_are_no_rates() -> None:
    """ "Rose 5 %" and shares are left out; "from 25 to 50 %" is one rate with its former."""
    assert rates.find("duties rose 5 percent") == []
    assert rates.find("25% of exports") == []
    ranged = one("Canada set a surtax of 15 to 50 per cent on U.S. goods.")
    assert (ranged.action, ranged.rate_pct, ranged.previous_rate_pct) == (
        Action.IMPOSED,
        50.0,
        None,
    )
    (rate,) = rates.find("to 15 percent from 25 percent")
    assert (rate.value, rate.former) == (15.0, 25.0)


def test_a_warning_of_what_is_in_force_is_no_threat() -> None:
    """Brokers who warn that a levy applies do not threaten it; a minister who warns of one does."""
    applies = one("The Section 338 levy applies to all wine, customs brokers warned.")
    assert applies.action is Action.IMPOSED
    assert one("Ottawa warned of a 25% surtax on U.S. wine.").action is Action.THREATENED


def test_exceptions_inside_an_imposition_are_no_exemption() -> None:
    """What a new tariff spares is named beside it; lifting an exemption brings the tariff."""
    spared = one("Canada imposed a 25% surtax on U.S. trucks, exempting farm vehicles.")
    assert (spared.action, spared.exemptions) == (Action.IMPOSED, ("farm vehicles",))
    lifted = one("Washington scrapped the exemption and now charges a 25% tariff on Mexican parts.")
    assert lifted.action is Action.IMPOSED


@pytest.mark.parametrize(
    ("text", "imposer", "targets"),
    [
        ("Steel imposed duties: a 25% tariff by Ottawa on goods from Vietnam.", "CA", ("VN",)),
        ("Mexican exports to the United States will pay a 25% tariff.", "US", ("MX",)),
        ("The government of Canada imposed a 20% surtax on Chinese trucks.", "CA", ("CN",)),
        ("Canada matched the U.S. tariff with a 25% levy on American cars.", "CA", ("US",)),
        ("In response to Washington's move, Ottawa set a 25% tariff on U.S. wine.", "CA", ("US",)),
        ("Trump raised to 50% the tariff on steel from everywhere but Britain.", "US", ()),
        ("The EU hit back at Washington with a 25% duty on soybeans.", "EU", ("US",)),
        ("A 25% tariff on Kentucky bourbon was imposed by Canada.", "CA", ("US",)),
        ("A 25% tariff on Ontario steel was imposed by Washington.", "US", ("CA",)),
    ],
)
def test_who_imposes_and_who_is_hit(text: str, imposer: str, targets: tuple[str, ...]) -> None:
    """Grammar tells the imposer from the target, wherever their names stand."""
    fact = one(text)
    assert (fact.imposer, fact.targets) == (imposer, targets)


def test_two_deeds_in_one_sentence() -> None:
    """A second verb makes a second fact, which takes over the subject it leaves out."""
    rise, cut = tariffs.read(
        "Ottawa raised its tariff on Chinese tools to 40% and lowered its tariff on Japanese cars to 5%.",
        published=date(2026, 10, 14),
    )
    assert (rise.action, rise.rate_pct, rise.imposer, rise.targets) == (
        Action.RAISED, 40, "CA", ("CN",),
    )  # fmt: skip
    assert (cut.action, cut.rate_pct, cut.imposer, cut.targets) == (
        Action.LOWERED, 5, "CA", ("JP",),
    )  # fmt: skip


def test_a_second_deed_keeps_its_own_subject() -> None:
    """Who acts in the second half is not the one who acts in the first."""
    first, second = tariffs.read(
        "Washington removed its 20% duty on Japanese tools, and Mexico imposed a 15% tariff on American pork.",
        published=date(2026, 10, 14),
    )
    assert (first.imposer, first.action) == ("US", Action.REMOVED)
    assert (second.imposer, second.targets) == ("MX", ("US",))


@pytest.mark.parametrize(
    ("text", "lang", "action", "former", "rate"),
    [
        (
            "The United States cut the 35% tariff on Canadian goods to 10%.",
            Lang.EN,
            "lowered",
            35,
            10,
        ),
        ("The 35% tariff on Canadian goods was cut to 10%.", Lang.EN, "lowered", 35, 10),
        ("Washington raised the 25% duty on Mexican trucks to 40%.", Lang.EN, "raised", 25, 40),
        ("México bajó el arancel de 35% al calzado chino a 20%.", Lang.ES, "lowered", 35, 20),
        (
            "Ottawa ramène la surtaxe de 25 % sur l'acier américain à 15 %.",
            Lang.FR,
            "lowered",
            25,
            15,
        ),
    ],
)
def test_a_rate_that_is_moved(
    text: str, lang: Lang, action: str, former: float, rate: float
) -> None:
    """The rate beside the tariff is the former one, the one it is moved to the new one."""
    (fact,) = tariffs.read(text, published=date(2026, 11, 20), lang=lang)
    assert (str(fact.action), fact.previous_rate_pct, fact.rate_pct) == (action, former, rate)
