// Drives the console in a real Chromium: `node drive.mjs PORT KEY CHROMIUM LANG WIDTH SCHEME`.
// Prints one JSON object: what was read in each state, what axe found there, what the browser complained of.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [port, key, executablePath, lang, width, colorScheme] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const base = `http://127.0.0.1:${port}`;
const seen = { states: {}, complaints: [], elsewhere: [] };
const quiet = ["quic", "background-networking", "component-update", "sync", "gpu"].map((what) => `--disable-${what}`);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--no-first-run", ...quiet] });
const context = await browser.newContext({ viewport: { width: Number(width), height: 800 }, locale: lang, colorScheme });
await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: base });
const page = await context.newPage();
page.setDefaultTimeout(60000);
page.on("pageerror", (error) => seen.complaints.push(error.message));
page.on("console", (message) => {
  if (/Content Security Policy|TrustedHTML/.test(message.text())) seen.complaints.push(message.text());
});
page.on("request", (request) => request.url().startsWith(base) || request.url() === "about:blank" || seen.elsewhere.push(request.url()));

async function look(state) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  seen.states[state] = {
    violations: violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).join(" ")}`),
    overflows: await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth),
    text: await page.evaluate(() => document.querySelector("main").innerText),
    focus: await page.evaluate(() => document.activeElement.id),
  };
}

const idle = () => page.waitForFunction(() => document.getElementById("stop").hidden);
async function ask(question, keys = "Control+Enter") {
  await page.fill("#field", question);
  await page.keyboard.press(keys);
}

try {
  await page.goto(`${base}/`);
  await look("signed out");
  await page.fill("#field", "sk-sobre-wrong");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("refused").textContent);
  await look("refused");

  await page.goto("about:blank");
  await page.goto(`${base}/#key=${key}`);
  await page.waitForSelector("#box");
  seen.address = page.url();
  await page.waitForFunction(() => document.getElementById("where").textContent && document.querySelectorAll("option").length > 1);
  seen.choices = await page.locator("option").allTextContents();
  await look("empty");

  await ask("slow");
  await page.waitForFunction(() => document.querySelector(".answer").textContent.length > 3);
  await look("streaming");
  seen.voice = await page.textContent("#voice");
  await page.keyboard.press("Escape");
  await idle();
  await look("stopped");

  await page.click("#anew");
  await ask("a question");
  await idle();
  await page.click("summary");
  await look("answered");
  seen.blocks = await page.evaluate(() => [...document.querySelector(".answer").children].map((node) => node.tagName));
  await page.click(".facts .head button");
  seen.copied = await page.evaluate(() => navigator.clipboard.readText());

  await page.click("#anew");
  await ask("unknown");
  await idle();
  await look("not assessed");
  await page.click("#anew");
  await ask("policy");
  await idle();
  await look("policy");
  await page.click("#anew");
  await ask("cut");
  await idle();
  await look("cut");
  await page.click("#anew");
  await ask("markup");
  await idle();
  await look("markup");
  seen.injected = await page.locator(".answer img, .answer b").count();

  const other = lang === "fr" ? "en" : "fr";
  await page.click(`[data-lang=${other}]`);
  await page.waitForFunction((code) => document.documentElement.lang === code, other);
  await look("other language");
  await page.reload();
  seen.kept = await page.evaluate(() => document.documentElement.lang);

  page.once("dialog", (dialog) => ((seen.warned = dialog.message()), dialog.dismiss()));
  await ask("a question");
  await idle();
  await page.click(".pages a[data-page]");
  seen.stayed = new URL(page.url()).pathname;
  await page.click("#anew");
  await page.click(".pages a[data-page]");
  await page.waitForSelector("#result", { state: "attached" });
  seen.page = new URL(page.url()).pathname;
  await page.click(`[data-lang=${lang}]`);
  await page.waitForFunction((code) => document.documentElement.lang === code, lang);
  await look("shield empty");
  const examine = async (text, done = ".zones") => {
    await page.fill("#field", text);
    await page.evaluate(() => document.getElementById("result").replaceChildren());
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(done);
  };
  await examine("😀 Madame Claire Fontaine <b>viendra</b>.");
  await look("shield disguised");
  seen.summary = await page.textContent("#voice");
  seen.marked = await page.locator("mark").allTextContents();
  seen.aliases = await page.locator(".alias").allTextContents();
  seen.markup = await page.locator("#result .text b:not(.alias)").count();
  const place = await page.textContent(".zones h3");
  await page.click(`[data-lang=${other}]`);
  await page.waitForFunction((text) => document.querySelector(".zones h3").textContent !== text, place);
  seen.title = await page.title();
  await look("shield other language");
  await page.click(`[data-lang=${lang}]`);
  await page.waitForFunction((text) => document.querySelector(".zones h3").textContent === text, place);
  await page.fill("#missed", "Projet Aubépine");
  await page.selectOption("#missed_kind", "term");
  await page.click(".missed button");
  await page.waitForSelector(".rules li");
  await page.click("td button");
  await page.waitForFunction(() => document.querySelectorAll(".rules li").length === 2);
  seen.rules = await page.locator(".rules li").allInnerTexts();
  await page.waitForFunction(() => document.activeElement.id === "sum");
  await look("shield corrected");
  await page.click(".rules li button >> nth=0");
  await page.waitForFunction(() => document.querySelectorAll(".rules li").length === 1);
  await page.click(".rules li button");
  await page.waitForFunction(() => document.querySelectorAll(".rules li").length === 0);
  await examine("Madame Claire Fontaine, dépression.");
  await look("shield kept");
  await examine("Bonjour");
  await page.click("summary");
  await look("shield nothing");
  await examine("broken", ".trouble");
  await look("shield failed");
  await page.click("#mail");
  await page.waitForSelector(".zones");
  seen.example = await page.inputValue("#field");
  await page.click("#leave");
  await page.waitForSelector("#door");
  seen.left = (await context.cookies()).every((cookie) => cookie.name !== "sobre_session");
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
