// Opens each page of a folder in Chromium and looks at what only a browser can say. Exit code 1 where something is wrong.
//
//   node browser.mjs FOLDER CHROMIUM [SCREENSHOTS]
import { readdirSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(import.meta.url)("playwright-core");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [folder, executablePath, screenshots] = process.argv.slice(2);
if (screenshots) mkdirSync(screenshots, { recursive: true });

const wrong = [];
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
const names = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
if (names.length < 6) wrong.push(`expected at least 6 pages in ${folder}, found ${names.length}`);

for (const file of names) {
  const name = file.slice(0, -".html".length);
  const url = pathToFileURL(resolve(folder, file)).href;
  const say = (text) => wrong.push(`${name}: ${text}`);

  // A page with everything that it does and asks for on record.
  const open = async (options) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && say(`console: ${message.text()}`));
    page.on("pageerror", (error) => say(`error: ${error.message}`));
    page.on("request", (request) => request.url() !== url && !request.url().startsWith("data:") && say(`asks for ${request.url()}`));
    const begin = performance.now();
    await page.goto(url);
    return { context, page, took: performance.now() - begin };
  };
  const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const shoot = (page, kind, fullPage = false) =>
    screenshots && page.screenshot({ path: join(screenshots, `${name}-${kind}.png`), fullPage });

  for (const colorScheme of ["light", "dark"]) {
    const { context, page, took } = await open({ colorScheme });
    if (took > 1000) say(`was drawn in ${Math.round(took)} ms, expected at most 1000`);
    if (!/^(PASS|FAIL) · dtogate /.test(await page.title())) say(`the title is ${await page.title()}`);

    // Both themes, by what the system wants and by the button.
    const dark = (color) => Number(color.match(/\d+/)[0]) < 128;
    const first = await background(page);
    if (dark(first) !== (colorScheme === "dark")) say(`${colorScheme}: the background is ${first}`);
    await page.click("#theme");
    if (dark(await background(page)) === dark(first)) say(`${colorScheme}: the button changes no theme`);
    await page.click("#theme");

    // A page of a thousand has nothing that one of two hundred has not.
    if (name !== "thousand") {
      await page.addScriptTag({ content: axe }).catch(() => {});
      const run = async () => {
        if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
        // What is folded is looked at too.
        await page.evaluate(() => document.querySelectorAll("details").forEach((at) => { at.open = true; }));
        return page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
      };
      const { violations } = await run();
      for (const { id, impact, nodes } of violations) {
        const where = nodes.slice(0, 2).map((node) => node.html.slice(0, 120)).join(" ");
        const text = `${colorScheme}: axe ${impact} ${id} (${nodes.length}): ${where}`;
        if (impact === "serious" || impact === "critical") say(text);
        else console.log(`${name}: ${text}`);
      }
    }
    await shoot(page, colorScheme);
    await context.close();
  }

  // The filter, by words, by weight and by rule; from the keyboard alone.
  {
    const { context, page, took } = await open({});
    const count = () => page.locator("article.f:not([hidden])").count();
    const all = await count();
    if (all > 0) {
      await page.keyboard.press("Tab");
      if ((await page.evaluate(() => document.activeElement.className)) !== "skip") say("the first stop is not the skip link");
      for (let stop = 0; stop < 400 && (await page.evaluate(() => document.activeElement.id)) !== "q"; stop++) await page.keyboard.press("Tab");
      if ((await page.evaluate(() => document.activeElement.id)) !== "q") say("the filter cannot be reached by keyboard");
      await page.keyboard.type("no such words");
      if ((await count()) !== 0) say("words filter nothing");
      if (!(await page.locator("#shown").textContent()).startsWith(`0 of ${all}`)) say("the count is wrong");
      await page.locator("#q").fill("");
      if ((await count()) !== all) say("the filter cannot be taken back");
      for (const kind of ["error", "warning", "note", "accepted"]) {
        const of = await page.locator(`article.${kind}`).count();
        await page.locator(`#filter [value=${kind}]`).focus();
        await page.keyboard.press("Space");
        if ((await count()) !== all - of) say(`${kind} cannot be hidden`);
        await page.keyboard.press("Space");
      }
      const rule = await page.locator("article.f").first().getAttribute("data-rule");
      await page.selectOption("#rule", rule);
      if ((await count()) !== (await page.locator(`article[data-rule="${rule}"]`).count())) say("the rule filters nothing");
      // A link to what is hidden shows it.
      const link = page.locator(".headlines a").first();
      if (await link.count()) {
        await page.locator("#q").fill("no such words");
        await link.focus();
        await page.keyboard.press("Enter");
        await page.waitForTimeout(50);
        if ((await count()) !== 1) say("a link leads to a hidden finding");
      }
    }
    console.log(`${name}: ${all} findings, drawn in ${Math.round(took)} ms`);
    await context.close();
  }

  // A phone; paper; no script.
  {
    const { context, page } = await open({ viewport: { width: 360, height: 740 } });
    await page.evaluate(() => document.querySelectorAll("details").forEach((at) => { at.open = true; }));
    const over = await wide(page);
    if (over > 0) say(`360 px: ${over} px too wide`);
    await page.evaluate(() => document.querySelectorAll("details").forEach((at) => { at.open = false; }));
    await shoot(page, "phone");
    await page.emulateMedia({ media: "print" });
    if (await page.locator("#theme").isVisible()) say("buttons are printed");
    await context.close();
  }
  {
    const { context, page } = await open({ javaScriptEnabled: false });
    if (await page.locator("#filter").isVisible().catch(() => false)) say("without a script the filter does nothing, and is there");
    if (!(await page.locator("footer").isVisible())) say("without a script there is no verdict");
    await context.close();
  }
}
await browser.close();
wrong.forEach((text) => console.error(text));
console.log(wrong.length ? `${wrong.length} things are wrong` : `${names.length} pages are as they should be`);
process.exit(wrong.length ? 1 : 0);
