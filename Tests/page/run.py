"""Opens `sqllint --format html` and the runbook of `sqllint plan` in a real browser: their looks, their manners, their
weight, and what hostile names do there.

    .build-tools/python/bin/python Tests/page/run.py .build/debug/sqllint

Screenshots and a printed page are left in .build/page, for people to look at. Chromium, Playwright and axe come with
Scripts/setup --tests where they can be had; where one is missing, this says so and passes.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright
except ImportError as missing:
    print(f"page: left out, as {missing.name} is not installed: Scripts/setup --tests brings it where it can be had")
    sys.exit(0)

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
if BROWSER is None:
    print("page: left out, as there is no Chromium: Scripts/setup --tests brings it where it can be had")
    sys.exit(0)

SQLLINT = Path(sys.argv[1]).resolve()
ROOT = Path(__file__).resolve().parent.parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
PICTURES = ROOT / ".build" / "page"

WIDTHS = (360, 800, 1440)
HEAVIEST = 3_000_000

# Real histories, with the number of migrations of each: one, a long one, and more than five hundred.
HISTORIES = {
    "clipper": (["subculture-collective__clipper/backend/migrations"], 104),
    "openmeter": (["openmeterio__openmeter/tools/migrate/migrations"], 269),
    "many": (
        [
            "subculture-collective__clipper/backend/migrations",
            "rust-lang__crates.io/migrations",
            "hatchet-dev__hatchet/cmd/hatchet-migrate/migrate/migrations",
        ],
        500,
    ),
}

RUNS = "window.pwned = true"
HOSTILE_NAMES = [
    f"<img src=x onerror={RUNS}>",
    f"</script><script>{RUNS}</script>",
    f"</style></title><svg onload={RUNS}>",
    f'" onfocus={RUNS} autofocus tabindex=1 x="',
    f"javascript:{RUNS}",
    "\u202e\u2066right to left",
    "\x01\x08\x1b[31m\x7f",
    "{{constructor.constructor('window.pwned = true')()}}",
]

passed, failed = 0, 0


def check(what, holds, otherwise=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"  FAILED: {what}: {otherwise}")


def write_page(name, arguments, folder, command="check"):
    file = PICTURES / f"{name}.html"
    start = time.monotonic()
    finished = subprocess.run(
        [SQLLINT, command, "--output", file, *arguments], cwd=folder, capture_output=True, check=False
    )
    if finished.returncode not in (0, 1):
        sys.exit(f"sqllint ended with status {finished.returncode}: {finished.stderr.decode()}")
    weight = file.stat().st_size
    print(f"  {name}: {weight / 1000:.0f} kB, written in {time.monotonic() - start:.1f} s", end="")
    check(f"{name} is light", weight < HEAVIEST, f"{weight} bytes")
    return file


class Opened:
    """A page in a window of its own; whatever goes wrong in it is a failure."""

    def __init__(self, browser, file, width=1440, scheme="light", loads=1, **options):
        self.name = f"{file.stem} at {width}, {scheme}"
        self.context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        self.page = self.context.new_page()
        self.troubles, self.requests, self.loads = [], [], loads
        self.page.on("console", lambda message: self.troubles.append(message.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.troubles.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(file.as_uri())

    def __enter__(self):
        return self.page

    def __exit__(self, *_):
        check(f"{self.name}: the browser has nothing to say", not self.troubles, self.troubles[:3])
        check(f"{self.name}: nothing else is loaded", len(self.requests) == self.loads, self.requests[:3])
        self.context.close()


def opening_time(page):
    return page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")


def looks(browser, file, schemes=("light", "dark")):
    for scheme in schemes:
        for width in (*WIDTHS, 320):
            with Opened(browser, file, width, scheme) as page:
                needed = page.evaluate("document.documentElement.scrollWidth")
                check(f"{file.stem} fits {width} pixels", needed <= width, needed)
                page.screenshot(path=PICTURES / f"{file.stem}-{scheme}-{width}.png")
                page.goto(f"{file.as_uri()}#m3")
                page.wait_for_timeout(200)
                needed = page.evaluate("document.documentElement.scrollWidth")
                check(f"{file.stem} fits {width} pixels unfolded", needed <= width, needed)
                page.screenshot(path=PICTURES / f"{file.stem}-{scheme}-{width}-migration.png")


def fits_every_width(browser, file):
    with Opened(browser, file) as page:
        for width in (*range(320, 1441, 40), 768, 769, 992, 993):
            page.set_viewport_size({"width": width, "height": 900})
            needed = page.evaluate("document.documentElement.scrollWidth")
            check(f"{file.stem} fits {width} pixels", needed <= width, needed)


def is_accessible(browser, file):
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for scheme, width in (("light", 1440), ("dark", 360)):
        with Opened(browser, file, width, scheme, bypass_csp=True) as page:
            # What is not laid out before it is seen would be measured where it is not.
            page.add_style_tag(content="* { content-visibility: visible !important }")
            page.evaluate("[...document.querySelectorAll('details')].slice(0, 60).forEach(part => part.open = true)")
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
            words = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]
            check(f"{file.stem} at {width}, {scheme}: axe finds no violation", not found, words)


def is_printed(browser, file):
    with Opened(browser, file, scheme="dark") as page:
        page.emulate_media(media="print")
        page.screenshot(path=PICTURES / f"{file.stem}-print.png")
        page.emulate_media(media=None)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        folded = page.evaluate("document.querySelectorAll('.m:not([open])').length")
        check(f"{file.stem}: all is unfolded on paper", folded == 0, folded)
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.pdf(path=PICTURES / f"{file.stem}.pdf", format="A4", print_background=True)


def shown(page):
    return page.evaluate("[...document.querySelectorAll('#overview tbody tr:not([hidden]) th')].map(h => h.textContent)")


def manners(browser, file):
    """What a person does with mouse and keyboard, on the history of the demo project."""
    with Opened(browser, file) as page:
        everything = shown(page)
        check("all migrations are listed", len(everything) == 23, len(everything))
        check("an output says so", page.inner_text("#shown") == "all 23 shown", page.inner_text("#shown"))

        page.select_option("[name=risk]", "critical")
        critical = shown(page)
        check("a risk filters the table", 0 < len(critical) < 23, critical)
        folded = page.evaluate("document.querySelectorAll('.m:not([hidden])').length")
        check("and the details", folded == len(critical), folded)
        check("and the timeline", page.evaluate("document.querySelectorAll('.bars .off').length") == 23 - len(critical))
        check("a tile shows it", page.get_attribute(".tile[data-risk='3']", "aria-pressed") == "true")
        page.click("button[type=reset]")
        page.wait_for_timeout(50)
        check("all come back", shown(page) == everything)

        page.fill("[name=table]", "users")
        about = shown(page)
        check("a table filters", 0 < len(about) < 23, about)
        lives = page.evaluate("[...document.querySelectorAll('.t:not([hidden]) h3')].map(h => h.textContent)")
        check("and leaves its life", lives == ["users"], lives)
        steps = page.evaluate("document.querySelectorAll('.t:not([hidden]) li').length")
        check("which names as many migrations", steps == len(about), (steps, about))
        page.click("button[type=reset]")
        page.wait_for_timeout(50)

        page.fill("[name=q]", "rename")
        check("words filter", 0 < len(shown(page)) < 23 and all("rename" in each for each in shown(page)), shown(page))
        page.fill("[name=q]", "")
        page.select_option("[name=approver]", "CTO")
        rows = page.evaluate("[...document.querySelectorAll('#overview tr:not([hidden]) td:nth-child(3)')].map(c => c.textContent)")
        check("an approver filters", rows and all("CTO" in each for each in rows), rows)
        page.click("button[type=reset]")
        page.wait_for_timeout(50)

        page.focus("#overview thead th:nth-child(2) button")
        page.keyboard.press("Enter")
        risks = page.evaluate("[...document.querySelectorAll('#overview tbody tr')].map(row => Number(row.dataset.r))")
        check("a heading sorts, the riskiest first", risks == sorted(risks, reverse=True), risks)
        order = page.get_attribute("#overview thead th:nth-child(2)", "aria-sort")
        check("and says so", order == "descending", order)
        page.keyboard.press("Enter")
        risks = page.evaluate("[...document.querySelectorAll('#overview tbody tr')].map(row => Number(row.dataset.r))")
        check("and turns round", risks == sorted(risks), risks)

        page.focus(".bars a")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        said = page.inner_text("#caption")
        check("arrows walk along the timeline", said.startswith(everything[2]), said)
        stops = page.evaluate("document.querySelectorAll('.bars a[tabindex=\"0\"]').length")
        check("which is one stop for the keyboard", stops == 1, stops)
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
        check("and opens what it names", page.evaluate("document.querySelector('#m3').open"))
        focused = page.evaluate("document.activeElement.closest('details')?.id")
        check("and goes there", focused == "m3", focused)

        page.click("#unfold")
        closed = page.evaluate("document.querySelectorAll('.m:not([open])').length")
        check("all unfold at once", closed == 0, closed)
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: {writeText: async text => { window.copied = text }}})")
        page.click(".copybox button >> nth=0")
        copied = page.evaluate("[window.copied, document.querySelector('.copybox pre').textContent]")
        check("a button copies the SQL", copied[0] and copied[0] == copied[1], copied)

        page.select_option("#theme", "dark")
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.select_option("#theme", "light")
        light = page.evaluate("getComputedStyle(document.body).backgroundColor")
        check("the appearance can be chosen", dark != light, (dark, light))

    with Opened(browser, file, java_script_enabled=False) as page:
        page.click("#m3 > summary")
        check("without a script it can be read", page.is_visible("#m3 .statements") and page.is_visible("#overview"))
        check("and shows nothing that would not work", not page.is_visible("#filter"))


def hostile_page(folder):
    statements = []
    for name in HOSTILE_NAMES:
        quoted = '"' + name.replace('"', '""') + '"'
        literal = "'" + name.replace("'", "''") + "'"
        statements += [
            f"CREATE TABLE {quoted} (id bigint, {quoted} text DEFAULT {literal});",
            f"CREATE INDEX ON {quoted} ({quoted});",
            f"-- sqllint:allow table-dropped {name}",
            f"DROP TABLE {quoted}; -- {name}",
        ]
    (folder / "000001_<img src=x onerror=pwned>.up.sql").write_text("CREATE TABLE a (id int);\n", encoding="utf-8")
    (folder / "000002_\u202eb.up.sql").write_text("\n".join(statements), encoding="utf-8")
    drops = [line for line in statements if line.startswith("DROP")]
    (folder / "000003_c.up.sql").write_text("\n".join(drops), encoding="utf-8")
    approvals = "approvals: {high: \"<img src=x onerror='window.pwned = true'>\"}\n"
    (folder / ".sqllint.yml").write_text(approvals, encoding="utf-8")
    return write_page("hostile", ["."], folder)


def hostile_names_stay_text(browser, file, count_of_scripts, count_of_styles):
    with Opened(browser, file) as page:
        page.wait_for_timeout(200)
        check("no hostile name runs", not page.evaluate("'pwned' in window"))
        made = page.evaluate("document.querySelectorAll('img, iframe, object, embed, base, [onerror], [onload], [onfocus]').length")
        check("no hostile name is an element", made == 0, made)
        scripts = page.evaluate("[document.scripts.length, document.querySelectorAll('style').length]")
        check("there is no foreign script and style", scripts == [count_of_scripts, count_of_styles], scripts)
        text = page.evaluate("document.body.textContent")
        # What is to be pasted as SQL has its quotes twice.
        for name in HOSTILE_NAMES[:5]:
            check(f"{name} is shown as it is", name in text or name.replace('"', '""') in text)
        strays = [hex(ord(letter)) for letter in text if ord(letter) in (0x202E, 0x2066, 0x01, 0x08, 0x1B, 0x7F)]
        check("nothing turns or hides text", not strays, strays[:5])
        foreign = page.evaluate("[...document.querySelectorAll('a')].map(a => a.getAttribute('href')).filter(h => !/^#\\w+$/.test(h))")
        check("links stay in the page", not foreign, foreign[:5])
        width = page.evaluate("document.documentElement.scrollWidth")
        check("long names wrap", width <= 1440, width)
    opened = Opened(browser, file)
    opened.page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.pwned = true';
        document.body.append(script);
        const box = document.createElement('div');
        box.innerHTML = '<img src=x onerror="window.pwned = true"><p style="color: red">';
        document.body.append(box);
    }""")
    opened.page.wait_for_timeout(200)
    check("what would be put in does not run", not opened.page.evaluate("'pwned' in window"))
    refused = [each for each in opened.troubles if "Content Security Policy" in each]
    check("because the page's policy forbids it", len(refused) >= 2, opened.troubles)
    opened.context.close()


def planned(folder):
    """The demo project with the five new migrations that Documentation/runbook.md is about."""
    shutil.copytree(ROOT / "Fixtures" / "demo" / "migrations", folder / "migrations")
    shutil.copytree(ROOT / "Fixtures" / "plan", folder / "migrations", dirs_exist_ok=True)
    return folder


def runbook_manners(browser, file):
    """What a person does with a runbook in the night of the deployment."""
    with Opened(browser, file, loads=2) as page:
        boxes = page.locator(".tasks > li > input")
        count = boxes.count()
        check("a runbook has boxes to tick", count > 20, count)
        check("none is ticked", page.inner_text("#progress") == f"0 of {count} done", page.inner_text("#progress"))
        names = page.evaluate("[...document.querySelectorAll('input')].filter(i => !i.labels.length && !i.ariaLabel).length")
        check("every box and field has a name", names == 0, names)

        page.focus(".tasks > li:nth-child(1) > input")
        page.keyboard.press("Space")
        check("the keyboard ticks one", page.inner_text("#progress") == f"1 of {count} done", page.inner_text("#progress"))
        page.click(".tasks label >> nth=2")
        check("so does a click on its words", page.inner_text("#progress") == f"2 of {count} done")
        page.fill(".fill >> nth=0", "12 minutes")
        page.reload()
        check("a reload keeps them", page.inner_text("#progress") == f"2 of {count} done", page.inner_text("#progress"))
        check("and what was filled in", page.input_value(".fill >> nth=0") == "12 minutes")
        page.click("#clear")
        check("one click does not clear them", page.inner_text("#progress") == f"2 of {count} done")
        page.click("#clear")
        check("a second does", page.inner_text("#progress") == f"0 of {count} done", page.inner_text("#progress"))

        codes = page.evaluate("document.querySelectorAll('pre').length")
        buttons = page.evaluate("document.querySelectorAll('.copybox button').length")
        check("all code can be copied", codes == buttons > 10, (codes, buttons))
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: {writeText: async text => { window.copied = text }}})")
        page.click(".copybox button >> nth=0")
        copied = page.evaluate("[window.copied, document.querySelector('.copybox pre').textContent]")
        check("as it stands", copied[0] and copied[0] == copied[1], copied)
        check("the button says so", page.inner_text(".copybox button >> nth=0") == "Copied")

        targets = page.evaluate("[...document.querySelectorAll('nav a')].map(a => document.querySelector(a.hash)?.tagName)")
        check("links lead to the parts", targets and set(targets) == {"H2"}, targets)
        # Everything can be reached with the keyboard alone, in the order of the page.
        stops = page.evaluate("""() => [...document.querySelectorAll('a, button, input, select')].every(part => {
            part.focus();
            return document.activeElement === part && part.tabIndex === 0;
        })""")
        check("all is a stop of the keyboard", stops)

    with Opened(browser, file, java_script_enabled=False) as page:
        page.check(".tasks > li:nth-child(1) > input")
        check("without a script boxes can be ticked", page.is_checked(".tasks > li:nth-child(1) > input"))
        check("and nothing is shown that would not work", not page.is_visible("#clear"))


def runbook_is_printed(browser, file):
    with Opened(browser, file, scheme="dark") as page:
        page.check(".tasks > li:nth-child(1) > input")
        page.emulate_media(media="print")
        page.screenshot(path=PICTURES / f"{file.stem}-print.png", full_page=True)
        check(f"{file.stem}: buttons are not printed", not page.is_visible(".copybox button >> nth=0"))
        check(f"{file.stem}: boxes are", page.is_visible(".tasks > li > input >> nth=0"))
        back = page.evaluate("getComputedStyle(document.body).backgroundColor")
        check(f"{file.stem}: paper is white", back in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"), back)
        page.emulate_media(media=None)
        page.pdf(path=PICTURES / f"{file.stem}.pdf", format="A4", print_background=True)


def runbook_looks(browser, file, schemes=("light", "dark")):
    for scheme in schemes:
        for width in (*WIDTHS, 320):
            with Opened(browser, file, width, scheme) as page:
                needed = page.evaluate("document.documentElement.scrollWidth")
                check(f"{file.stem} fits {width} pixels", needed <= width, needed)
                page.screenshot(path=PICTURES / f"{file.stem}-{scheme}-{width}.png")
                for part in ("p2", "p3"):
                    page.goto(f"{file.as_uri()}#{part}")
                    page.wait_for_timeout(100)
                    page.screenshot(path=PICTURES / f"{file.stem}-{scheme}-{width}-{part}.png")


# Thread time, as the machine may have other things to do.
def working_time(browser, file):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(file.as_uri())
    page.wait_for_timeout(300)
    values = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    page.close()
    return values["TaskDuration"] * 1000


def main():
    print("page:")
    PICTURES.mkdir(parents=True, exist_ok=True)
    demo = ROOT / "Fixtures" / "demo"
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as project:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])

        def opened(file):
            with Opened(browser, file) as page:
                print(f", opened in {opening_time(page):.0f} ms, {working_time(browser, file):.0f} ms of CPU")
            return file

        deployment = opened(write_page("deployment", ["migrations", "--since", "000020"], demo))
        history = opened(write_page("demo", ["migrations"], demo))
        hostile = opened(hostile_page(Path(folder)))
        looks(browser, deployment)
        looks(browser, history)
        for file in (deployment, history, hostile):
            fits_every_width(browser, file)
            is_accessible(browser, file)
        is_printed(browser, deployment)
        manners(browser, history)
        hostile_names_stay_text(browser, hostile, 2, 1)
        runbook = opened(write_page("runbook", ["migrations", "--since", "000023"], planned(Path(project)), "plan"))
        hostile_runbook = opened(write_page("hostile-runbook", ["."], Path(folder), "plan"))
        for file in (runbook, hostile_runbook):
            runbook_looks(browser, file)
            fits_every_width(browser, file)
            is_accessible(browser, file)
        runbook_manners(browser, runbook)
        runbook_is_printed(browser, runbook)
        hostile_names_stay_text(browser, hostile_runbook, 2, 2)
        for name, (folders, count) in HISTORIES.items():
            paths = [CORPORA / each for each in folders]
            if not all(path.is_dir() for path in paths):
                print(f"  {name}: left out, as ../shared has no such history")
                continue
            file = opened(write_page(name, paths, CORPORA))
            with Opened(browser, file) as page:
                check(f"{name} has all migrations", len(shown(page)) >= count, len(shown(page)))
                filtering = page.evaluate("""() => {
                    const field = document.querySelector('[name=q]'), start = performance.now();
                    field.value = 'add';
                    field.dispatchEvent(new Event('input', { bubbles: true }));
                    document.body.offsetHeight;
                    return performance.now() - start;
                }""")
                print(f"    filtered in {filtering:.0f} ms")
            looks(browser, file, ["light"])
        browser.close()
    print(f"page: {passed} passed, {failed} failed; screenshots are in {PICTURES.relative_to(ROOT)}")
    sys.exit(1 if failed else 0)


main()
