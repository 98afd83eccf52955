"""Every page in a real headless browser: it works, is legible, and breaks no rule of its own."""

import pytest

pytest.importorskip(
    "playwright", reason="the browser tests have an environment of their own: make test-web"
)

READ = ("/", "/story/1", "/deadlines", "/tariffs", "/timeline", "/search", "/rules", "/feeds")
ALL = (*READ, "/search?q=auto+parts", "/rules?topic=steel", "/deliveries", "/sign-in")


async def test_no_page_complains_and_nothing_serious_keeps_people_out(look):
    """Nothing in the console, no broken policy, and axe-core finds nothing serious."""
    window = await look()
    await window.sign_in()
    for path in ALL[:-1]:
        await window.go(path)
        assert await window.page.locator("main h1").count() == 1, path
        assert await window.hurdles() == [], path
        assert window.wrong == [], path


async def test_dark_pages_are_legible_too(look):
    """The contrast holds in dark colours, by the device's wish and by choice."""
    window = await look(color_scheme="dark")
    await window.sign_in()
    for path in ("/", "/story/1", "/tariffs", "/search?q=auto", "/rules?topic=steel", "/feeds"):
        await window.go(path)
        back = "getComputedStyle(document.body).backgroundColor"
        assert await window.page.evaluate(back) == "rgb(17, 23, 26)", path
        assert await window.hurdles() == [], path
    chosen = await look(color_scheme="light")
    await chosen.go("/?theme=dark")
    await chosen.go("/feeds")
    assert await chosen.page.locator("html").get_attribute("data-theme") == "dark"


async def test_a_phone_shows_everything_without_scrolling_sideways(look):
    """Wide tables scroll by themselves, the page does not."""
    window = await look(width=360, height=740)
    await window.sign_in()
    for path in ALL[:-1]:
        await window.go(path)
        assert await window.too_wide() <= 0, path
    await window.go("/rules?topic=steel")
    assert await window.hurdles() == []


async def test_pages_can_be_read_without_a_script(look):
    """Search and workbench answer by plain forms."""
    window = await look(scripts=False)
    for path in READ:
        await window.go(path)
        assert await window.page.locator("main h1").count() == 1, path
    await window.go("/search")
    await window.page.fill("#q", "steel duty")
    await window.page.click("main form button")
    assert await window.page.locator(".story").count() == 1
    await window.go("/rules")
    await window.page.fill("#query", "auto")
    await window.page.click("form.rule button")
    assert await window.page.locator("#tried .panel").count() >= 2


async def test_the_workbench_answers_while_one_writes(look):
    """Without a press, without leaving the page; a mistake is shown, and goes when it is mended."""
    window = await look()
    await window.go("/rules")
    await window.page.fill("#query", "auto parts")
    await window.page.wait_for_selector("#tried .panel h2")
    assert "13 alerts" in await window.page.inner_text("#tried")
    await window.page.fill("#query", "(auto")
    await window.page.wait_for_selector("#tried .note.bad")
    await window.page.fill("#query", "steel")
    await window.page.wait_for_selector("#tried .panel h2")
    assert await window.page.locator("#tried .note.bad").count() == 0
    await window.page.select_option("#pick", "steel")
    await window.page.wait_for_selector("#yaml")
    assert "id: steel" in await window.page.input_value("#yaml")
    assert window.wrong == []


async def test_a_rule_is_saved_as_a_file(look):
    """The export hands the browser a file, and the page stays."""
    window = await look()
    await window.go("/rules?topic=steel")
    async with window.page.expect_download() as waiting:
        await window.page.click("[data-export]")
    assert (await waiting.value).suggested_filename == "steel.yaml"


async def test_everything_can_be_done_with_the_keyboard(look):
    """The first stop skips the menu; a search is typed and sent; focus can be seen."""
    window = await look()
    await window.go("/feeds")
    await window.page.keyboard.press("Tab")
    assert await window.page.evaluate("document.activeElement.className") == "skip"
    await window.page.keyboard.press("Enter")
    assert await window.page.evaluate("location.hash") == "#main"
    await window.go("/search")
    assert await window.page.evaluate("document.activeElement.id") == "q"
    await window.page.keyboard.type("steel")
    await window.page.keyboard.press("Enter")
    await window.page.wait_for_url("**/search?q=steel")
    for _ in range(40):
        await window.page.keyboard.press("Tab")
        href = await window.page.evaluate("document.activeElement.getAttribute('href')")
        if href == "/story/1":
            break
    assert href == "/story/1"
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert await window.page.evaluate(outline) == "solid"
    await window.page.keyboard.press("Enter")
    await window.page.wait_for_url("**/story/1")


async def test_an_operator_acts_and_a_stranger_cannot(look, store):
    """Sign in, poll a feed, send a delivery again, subscribe a channel; signed out, no button."""
    window = await look()
    await window.go("/feeds")
    assert await window.page.locator("[value=poll]").count() == 0
    await window.go("/deliveries")
    assert await window.page.locator("#token").count() == 1
    window.wrong.clear()  # the browser notes the 401 that asks for the token
    await window.sign_in()
    await window.go("/feeds")
    await window.page.click("[value=poll] >> nth=0")
    assert await window.page.locator(".note.good").count() == 1
    await window.go("/deliveries")
    await window.page.click("[value=replay]")
    assert "waits for its turn" in await window.page.inner_text(".note.good >> nth=0")
    await window.go("/search?q=steel")
    await window.page.fill("#to", "slack:T1/C9")
    await window.page.click("aside form button")
    assert "slack:T1/C9" in await window.page.inner_text(".note.good")
    held = await store.queries.every_subscription()
    assert [each.wish.query for _, each in held] == ["steel"]
    assert window.wrong == []
    await window.page.click(".who button")
    await window.go("/feeds")
    assert await window.page.locator("[value=poll]").count() == 0


@pytest.mark.parametrize(("locale", "word"), [("es-MX", "Buscar"), ("fr-CA", "Chercher")])
async def test_the_browsers_language_is_spoken(look, locale, word):
    """Without a choice, the pages speak as the browser asks."""
    window = await look(locale=locale)
    await window.go("/search")
    assert await window.page.inner_text("main form button") == word
    assert await window.page.locator("html").get_attribute("lang") == locale[:2]
