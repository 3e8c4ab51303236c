// What every page of the console needs. Text from a server enters a page as text, never as markup.
const $ = (id) => document.getElementById(id);

function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== ""));
  return node;
}

// --- Words and numbers --------------------------------------------------------------------------

let words = $("words") ? JSON.parse($("words").textContent) : {};
const locale = () => (document.documentElement.lang === "fr" ? "fr-FR" : "en-IE");
const has = (key) => key in words;
const say = (key, params) => (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => params?.[name] ?? "");
const number = (value, options) =>
  new Intl.NumberFormat(locale(), { maximumSignificantDigits: 2, ...options }).format(value);

const pair = (name, value) => say("facts.pair", { name, value });

// --- Where a text may go ------------------------------------------------------------------------

const ZONES = ["machine", "company", "eu-sovereign", "eu-hosted", "abroad"];
const zoneName = (zone) => (has(`zone.${zone}`) ? say(`zone.${zone}`) : zone);

// Five marks, one of them filled: the ladder (upright) or the distance (flat).
function marks(kind, at) {
  const five = [0, 1, 2, 3, 4].map((n) => el("i", { className: n === at ? "on" : n < at ? "under" : "" }));
  return el("span", { className: `marks ${kind}`, ariaHidden: "true" }, ...five);
}

// --- Errors and voice ---------------------------------------------------------------------------

const BY_CODE = {
  policy_refusal: "policy", shield_failed: "shield", insufficient_quota: "budget", carbon_budget: "carbon", approval_needed: "approval", model_not_found: "model", ledger_unavailable: "ledger",
  context_length_exceeded: "long", request_too_large: "long", no_rung_left: "no_rung",
};
const BY_STATUS = { 401: "session", 403: "forbidden", 413: "long", 429: "busy", 502: "no_rung", 503: "no_rung", 504: "no_rung" };

const errorKind = (code, status) =>
  code?.endsWith("_api_key") ? "session" : (BY_CODE[code] ?? BY_STATUS[status] ?? "other");

async function refusal(answer) {
  const body = await answer.json().catch(() => null);
  const { message = "", code = null } = body?.error ?? {};
  return { kind: errorKind(code, answer.status), message };
}

function speak(text) {
  $("voice").textContent = text;
  clearTimeout(speak.timer);
  speak.timer = setTimeout(() => ($("voice").textContent = ""), 15000); // not read twice when browsing
}

// --- The page's head ----------------------------------------------------------------------------

// Changes the language in place, so that nothing on the page is lost; `then` says the rest of it again.
async function speakIn(lang, then) {
  const answer = await fetch(`/sobre/words/${lang}`);
  if (!answer.ok) return;
  words = await answer.json();
  document.cookie = `sobre_lang=${lang}; path=/; max-age=31536000; samesite=lax`;
  document.documentElement.lang = lang;
  document.title = say(document.body.dataset.title);
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of document.querySelectorAll("[data-say-label]")) node.ariaLabel = say(node.dataset.sayLabel);
  for (const link of document.querySelectorAll("[data-lang]")) {
    if (link.dataset.lang === lang) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  then();
}

function openHead(inNewLanguage) {
  $("leave").addEventListener("click", async () => {
    await fetch("/sobre/session", { method: "DELETE" }).catch(() => {});
    location.replace("/");
  });
  for (const link of document.querySelectorAll("[data-lang]"))
    link.addEventListener("click", (event) => (event.preventDefault(), speakIn(link.dataset.lang, inNewLanguage)));
}

export { $, el, locale, has, say, number, pair, ZONES, zoneName, marks, errorKind, refusal, speak, openHead };
