// The page where a text is tried on the shield. What comes back enters the page as text, never as markup.
import { $, el, locale, say, number, pair, ZONES, marks, refusal, speak, openHead } from "./page.js";

let shown = null; // {text, preview} or {text, error}
let asking = null;

// --- What was found, in the text ----------------------------------------------------------------

// Offsets count characters, where JavaScript counts halves of some: an emoji is one character.
const characters = (text) => Array.from(text);

// Findings may lie over one another (a password in a confidential page): the text is cut at every
// border, and each piece knows what covers it and what ends with it.
function pieces(text, findings) {
  const all = characters(text);
  const borders = [...new Set([0, all.length, ...findings.flatMap((f) => [f.start, f.end])])].sort((a, b) => a - b);
  return borders.slice(0, -1).map((start, at) => {
    const end = borders[at + 1];
    const over = findings.filter((f) => f.start <= start && f.end >= end);
    return { text: all.slice(start, end).join(""), over, ending: over.filter((f) => f.end === end) };
  });
}

const GRAVEST = ["secret", "sensitive", "confidential", "unreadable", "business", "personal"];

function marked(text, findings) {
  const nodes = pieces(text, findings).map(({ text, over, ending }) => {
    if (!over.length) return text;
    const held = GRAVEST.find((name) => over.some((f) => f.class === name)) ?? over[0].class;
    const labels = [...new Set(ending.map((f) => f.kind_label))].map((label) => el("span", { className: "kind" }, label));
    return el("mark", { className: held }, text, ...labels);
  });
  return el("div", { className: "text read", tabIndex: 0, role: "group", ariaLabel: say("shield.text") }, ...nodes);
}

// --- What would leave, place by place -----------------------------------------------------------

// The text that leaves, its aliases set apart: none of them stood in what was pasted.
function leaving(zone) {
  const known = zone.aliases.map((alias) => alias.replace(/[^\w]/g, "\\$&"));
  const parts = known.length ? zone.text.split(new RegExp(`(${known.join("|")})`)) : [zone.text];
  const nodes = parts.map((part, at) => (at % 2 ? el("b", { className: "alias" }, part) : part));
  return el("div", { className: "text", tabIndex: 0, role: "group", ariaLabel: say("shield.leaving", { place: zone.label }) }, ...nodes);
}

function models(zone) {
  if (!zone.rungs.length) return el("p", { className: "quiet" }, say("shield.no_model"));
  const names = zone.rungs.map((r) => (r.name === r.model ? r.name : say("shield.model", r)) + (r.ready ? "" : say("shield.not_ready")));
  return el("p", { className: "quiet" }, pair(say(names.length > 1 ? "shield.models" : "shield.one_model"), names.join(", ")));
}

const NEAR = ["machine", "company"];
const decision = ({ action, zone }) => say(`shield.does.${action === "pass" && NEAR.includes(zone) ? zone : action}`);

function card(zone) {
  const body = zone.text === null ? null
    : zone.action === "disguise" ? leaving(zone)
    : el("details", {}, el("summary", {}, say("shield.unchanged")), leaving(zone));
  return el(
    "li",
    { className: `zone ${zone.action}` },
    el("div", { className: "place" },
      el("h3", {}, zone.label),
      el("p", { className: "quiet" }, marks("way", ZONES.indexOf(zone.zone)), say(`shield.place.${zone.zone}`)),
      models(zone),
    ),
    el("div", { className: "fate" }, el("p", { className: "does" }, decision(zone)), el("p", {}, sentence(zone.reason)), body),
  );
}

const sentence = (text) => text && text[0].toLocaleUpperCase(locale()) + text.slice(1) + (/[.!?…]$/.test(text) ? "" : ".");

// --- The findings, one by one -------------------------------------------------------------------

function table(text, findings) {
  const all = characters(text);
  const cell = (role, name, ...children) => el(role === "columnheader" ? "th" : "td", { role, className: name }, ...children);
  const heads = ["passage", "kind", "seen", "sure"].map((name) => cell("columnheader", "", say(`shield.column.${name}`)));
  const rows = findings.map((f) => {
    const passage = all.slice(f.start, f.end).join("").trim();
    const short = passage.length > 160 ? `${passage.slice(0, 160)}…` : passage;
    return el("tr", { role: "row" },
      cell("cell", "passage", short, clearer(f, passage)),
      cell("cell", "what", f.kind_label, el("small", {}, f.class_label)),
      cell("cell", "seen", f.evidence_label),
      cell("cell", "sure", number(f.score, { style: "percent", maximumSignificantDigits: 2 })),
    );
  });
  const [head, body] = [el("thead", {}, el("tr", { role: "row" }, ...heads)), el("tbody", {}, ...rows)];
  for (const part of [head, body]) part.setAttribute("role", "rowgroup");
  return el("table", { role: "table", ariaLabel: say("shield.table") }, head, body);
}

// --- Corrections, by an administrator -----------------------------------------------------------

const isAdmin = $("shield").dataset.role === "admin";
const KINDS = ["person", "address", "phone", "email", "birth_date", "salary", "term", "password"];
let rules = [];

async function call(method, path, body) {
  const headers = body ? { "content-type": "application/json" } : {};
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) }).catch(() => null);
  if (answer?.ok) return answer.status === 204 ? {} : answer.json();
  const { message } = answer ? await refusal(answer) : { message: say("error.unreachable") };
  $("failed").textContent = `${say("shield.not_corrected")} ${message}`;
  return null;
}

// Makes or ends a correction, then shows the text and the list as they are now.
async function change(told, method, path, body) {
  $("failed").textContent = "";
  const done = await call(method, path, body);
  if (done && body?.verb === "mask") $("missed").value = "";
  if (!done) return $("failed").scrollIntoView({ block: "center" });
  await Promise.all([listRules(), shown ? examine(shown.text) : null]);
  $(shown?.preview ? "sum" : "rules_title").focus();
  speak(say(told, { id: done.id ?? path.split("/").at(-1) }));
}

function clearer(finding, passage) {
  if (!isAdmin || finding.clearing === "no") return null;
  const [label, forced] = [say("shield.clear"), finding.clearing === "forced"];
  const button = el("button", { type: "button", className: "plain", ariaLabel: `${label} — ${say("shield.clear_what", { text: passage })}` }, label);
  button.addEventListener("click", () => {
    if (forced && !confirm(say("shield.force", { text: passage }))) return;
    change("shield.corrected", "POST", "/sobre/corrections", { verb: "keep_clear", text: passage, forced });
  });
  return button;
}

function missed() {
  const field = el("input", { id: "missed", type: "text", maxLength: 200, autocomplete: "off" });
  const kind = el("select", { id: "missed_kind" }, ...KINDS.map((name) => el("option", { value: name }, say(`kind.${name}.one`))));
  const form = el("form", { className: "missed" },
    el("label", {}, say("shield.missed_field"), field), el("label", {}, say("shield.missed_kind"), kind),
    el("button", { type: "submit" }, say("shield.missed_do")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!field.value.trim()) return field.focus();
    change("shield.corrected", "POST", "/sobre/corrections", { verb: "mask", text: field.value, kind: kind.value });
  });
  return form;
}

function rule(one) {
  const verb = say(`shield.verb.${one.verb}`, { kind: one.kind_label });
  const day = new Intl.DateTimeFormat(locale(), { dateStyle: "long" }).format(one.made_at * 1000);
  const told = say("shield.by", { verb: one.forced ? say("shield.forced", { verb }) : verb, owner: one.owner, day });
  const button = el("button", { type: "button", className: "plain", ariaLabel: say("shield.revoke_what", one) }, say("shield.revoke"));
  button.addEventListener("click", () => change("shield.revoked", "DELETE", `/sobre/corrections/${one.id}`));
  return el("li", {}, el("span", {}, el("b", {}, one.text), el("small", {}, `${one.id} · ${told}`)), button);
}

function showRules() {
  const typed = [$("missed")?.value ?? "", $("missed_kind")?.value ?? KINDS[0]];
  $("rules").hidden = !isAdmin;
  $("rules").replaceChildren(
    el("h2", { id: "rules_title", tabIndex: -1 }, say("shield.corrections")),
    el("p", { className: "quiet" }, say(rules.length ? "shield.corrections_say" : "shield.no_correction")),
    el("p", { id: "failed", className: "refused", role: "alert" }),
    el("ul", {}, ...rules.map(rule)),
    el("p", { className: "quiet" }, say("shield.missed")),
    missed(),
  );
  [$("missed").value, $("missed_kind").value] = typed;
}

async function listRules() {
  if (!isAdmin) return;
  const answer = await fetch("/sobre/corrections").catch(() => null);
  if (answer?.ok) rules = (await answer.json()).corrections;
  showRules();
}

// --- The whole result ---------------------------------------------------------------------------

function summary({ findings, zones }) {
  const count = findings.length;
  const found = say(count === 0 ? "shield.none" : count === 1 ? "shield.one" : "shield.many", { count: number(count) });
  const out = zones.filter((zone) => !NEAR.includes(zone.zone));
  const clear = out.filter((zone) => zone.action === "pass");
  const open = out.filter((zone) => zone.text !== null);
  const near = zones.filter((zone) => NEAR.includes(zone.zone) && zone.text !== null).length;
  const key = !open.length ? ["nowhere", "machine", "stays"][near] : !clear.length ? "disguised" : clear.length === open.length ? "clear" : "mixed";
  return [found, say(`shield.sum.${key}`)];
}

function show() {
  const place = $("result");
  if (!shown) return place.replaceChildren();
  if (shown.error) return place.replaceChildren(trouble(shown.error));
  const { text, preview } = shown;
  const [found, sum] = summary(preview);
  place.replaceChildren(
    el("section", { className: "sum" }, el("h2", { id: "sum", tabIndex: -1 }, found), el("p", {}, sum)),
    ...(preview.findings.length ? [marked(text, preview.findings)] : []),
    el("h2", {}, say("shield.zones")),
    el("ol", { className: "zones" }, ...preview.zones.map(card)),
    ...(preview.findings.length ? [el("h2", {}, say("shield.detail")), table(text, preview.findings)] : []),
    el("p", { className: "quiet" }, say("shield.limits")),
  );
}

function trouble({ kind, message }) {
  const again = el("button", { type: "button" }, say("error.retry"));
  again.addEventListener("click", () => $("box").requestSubmit());
  const door = el("a", { href: location.pathname, target: "_blank", rel: "noopener" }, say("error.sign_in"));
  const ours = ["long", "shield"].includes(kind) ? `shield.error.${kind}` : `error.${kind}`;
  return el(
    "div",
    { className: "trouble", role: "alert" },
    el("p", {}, el("b", {}, say(ours)), " ", say(kind === "session" ? "shield.error.session_do" : `${ours}_do`)),
    message && kind !== "long" ? el("p", { className: "quiet" }, message) : null,
    el("p", { className: "acts" }, kind === "session" ? door : null, again),
  );
}

async function ask(text) {
  try {
    const answer = await fetch("/sobre/shield", {
      method: "POST",
      signal: asking.signal,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text }),
    });
    return answer.ok ? { text, preview: await answer.json() } : { text, error: await refusal(answer) };
  } catch (error) {
    if (error.name === "AbortError") return null;
    return { text, error: { kind: "unreachable", message: "" } };
  }
}

async function examine(text) {
  asking?.abort();
  const mine = (asking = new AbortController());
  $("try").disabled = true;
  speak(say("shield.busy"));
  const told = await ask(text);
  if (mine !== asking) return;
  $("try").disabled = false;
  if (told) shown = told;
  show();
}

function openShield() {
  $("box").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = $("field").value;
    if (!text.trim()) return $("field").focus();
    await examine(text);
    if (!shown?.preview) return speak("");
    $("sum").focus({ preventScroll: true });
    $("sum").scrollIntoView({ block: "start" });
    speak(summary(shown.preview).join(" "));
  });
  $("field").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    $("box").requestSubmit();
  });
  for (const name of ["mail", "file"])
    $(name).addEventListener("click", () => {
      $("field").value = say(`shield.text_${name}`);
      $("box").requestSubmit();
    });
  openHead(() => {
    $("field").placeholder = say("shield.placeholder");
    listRules();
    if (shown) examine(shown.text);
  });
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const inside = selection.anchorNode?.parentElement?.closest(".read");
    if (inside && $("missed") && !selection.isCollapsed) $("missed").value = selection.toString().trim().slice(0, 200);
  });
  listRules();
}

openShield();
