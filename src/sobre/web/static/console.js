// The page where one asks, and the door. Text from a model enters the page as text, never as markup.
import { $, el, locale, has, say, number, pair, ZONES, zoneName, marks, errorKind, refusal, speak, openHead } from "./page.js";

// --- The door -----------------------------------------------------------------------------------

async function enter(key) {
  const answer = await fetch("/sobre/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ key }),
  });
  if (answer.ok) return location.replace(location.pathname);
  throw new Error((await answer.json()).error.message);
}

const carried = new URLSearchParams(location.hash.slice(1)).get("key");
if (carried) history.replaceState(null, "", location.pathname); // a key must not stay in the history

function guardDoor(form) {
  const [field, button] = [$("field"), form.querySelector("button")];
  const label = button.textContent;
  const attempt = async (key) => {
    button.disabled = true;
    button.textContent = form.dataset.busy;
    $("refused").textContent = "";
    try {
      await enter(key);
    } catch (error) {
      $("refused").textContent = error instanceof TypeError ? form.dataset.lost : error.message;
      field.setAttribute("aria-invalid", "true");
      button.disabled = false;
      button.textContent = label;
      field.focus();
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(field.value.trim());
  });
  if (carried) attempt(carried);
}

// --- Numbers ------------------------------------------------------------------------------------

const UNITS = {
  Wh: [[1e3, "kWh"], [1, "Wh"], [1e-3, "mWh"], [1e-6, "µWh"], [1e-9, "nWh"]],
  gCO2eq: [[1e6, "t"], [1e3, "kg"], [1, "g"], [1e-3, "mg"], [1e-6, "µg"], [1e-9, "ng"]],
  kgSbeq: [[1, "kg"], [1e-3, "g"], [1e-6, "mg"], [1e-9, "µg"], [1e-12, "ng"], [1e-15, "pg"]],
  MJ: [[1, "MJ"], [1e-3, "kJ"], [1e-6, "J"], [1e-9, "mJ"]],
  L: [[1, "L"], [1e-3, "mL"], [1e-6, "µL"], [1e-9, "nL"]],
};

// A quantity as [amount, interval]; null stays "not assessed", which is not zero.
function amount(quantity) {
  if (!quantity) return [say("facts.unassessed"), ""];
  const { low, mid, high, unit } = quantity;
  const between = (format) =>
    low === high ? "" : say("facts.between", { low: format(low), high: format(high) });
  if (unit === "EUR") {
    if (high === 0) return [say("facts.free"), say("facts.cost_zero")];
    const euros = (value) => number(value, { style: "currency", currency: "EUR" });
    return [say("facts.about", { amount: euros(mid) }), between(number)];
  }
  const steps = UNITS[unit] ?? [[1, unit]];
  const [factor, symbol] = mid
    ? (steps.find(([size]) => Math.abs(mid) >= size) ?? steps.at(-1))
    : (steps.find(([size]) => size === 1) ?? steps[0]);
  const kind = { gCO2eq: " " + say("unit.co2"), kgSbeq: " " + say("unit.sb") }[unit] ?? "";
  const scaled = (value) => number(value / factor);
  return [say("facts.about", { amount: `${scaled(mid)}\u00a0${symbol}${kind}` }), between(scaled)];
}

function duration(seconds) {
  const digits = seconds < 0.1 ? { maximumSignificantDigits: 1 } : { maximumFractionDigits: seconds < 10 ? 1 : 0 };
  if (seconds < 60) return `${new Intl.NumberFormat(locale(), digits).format(seconds)}\u00a0s`;
  return `${Math.floor(seconds / 60)}\u00a0min ${Math.round(seconds % 60)}\u00a0s`;
}

// --- The answer's text --------------------------------------------------------------------------

function inline(text) {
  return text.split(/(\*\*[^*\n]+\*\*|`[^`\n]+`)/).map((piece) => {
    if (/^\*\*.+\*\*$/.test(piece)) return el("strong", {}, piece.slice(2, -2));
    if (/^`.+`$/.test(piece)) return el("code", {}, piece.slice(1, -1));
    return piece;
  });
}

const ITEM = /^\s*(?:[-*•]|(\d+)[.)])\s+/;

// Text -> [{kind, lines}]: paragraphs, lists, headings and fenced code, in order.
function blocks(text) {
  const found = [];
  let open = null;
  for (const line of text.split("\n")) {
    if (open?.kind === "pre") {
      if (/^\s*```\s*$/.test(line)) open = null;
      else open.lines.push(line);
      continue;
    }
    const item = ITEM.exec(line);
    const kind = /^\s*```/.test(line) ? "pre" : /^#{1,6} /.test(line) ? "head" : item ? (item[1] ? "ol" : "ul") : "p";
    if (kind === "p" && !line.trim()) open = null;
    else if (kind === "pre") found.push((open = { kind, lines: [] }));
    else if (kind === "p" && /^[ou]l$/.test(open?.kind) && /^\s+\S/.test(line)) open.lines[open.lines.length - 1] += "\n" + line.trim();
    else if (open?.kind === kind && kind !== "head") open.lines.push(line);
    else found.push((open = { kind, lines: [line], start: Number(item?.[1]) || 1 }));
  }
  return found;
}

function block({ kind, lines, start }) {
  if (kind === "pre") return el("pre", { tabIndex: 0 }, el("code", {}, lines.join("\n")));
  if (kind === "p") return el("p", {}, ...inline(lines.join("\n")));
  if (kind === "head") return el("p", {}, el("strong", {}, lines[0].replace(/^#+ /, "").replaceAll("**", "")));
  const items = lines.map((line) => el("li", {}, ...inline(line.replace(ITEM, ""))));
  return el(kind, kind === "ol" ? { start } : {}, ...items);
}

// Only the blocks that changed are replaced, so that a selection survives the stream.
function write(turn) {
  const fresh = blocks(turn.text).map((b) => [JSON.stringify(b), b]);
  fresh.forEach(([key, b], at) => {
    if (turn.keys[at] === key) return;
    const [old, node] = [turn.body.children[at], block(b)];
    if (old) old.replaceWith(node);
    else turn.body.append(node);
  });
  while (turn.body.children.length > fresh.length) turn.body.lastChild.remove();
  turn.keys = fresh.map(([key]) => key);
}

// --- What is said under an answer ---------------------------------------------------------------

function cell(label, value, under, mark) {
  const said = [el("b", {}, value), under ? el("small", {}, under) : ""];
  return el("div", {}, el("dt", {}, say(label), mark ?? ""), el("dd", {}, ...said));
}

function row(label, ...values) {
  return el("div", {}, el("dt", {}, label), el("dd", {}, ...values));
}

function found(findings, disguised, zone) {
  if (!findings) return say("facts.unassessed");
  const kinds = Object.entries(findings).filter(([, count]) => count > 0);
  if (!kinds.length) return say("found.nothing");
  const list = kinds.map(([kind, count]) => {
    const key = `kind.${kind}.${count > 1 ? "many" : "one"}`;
    return `${number(count)}\u00a0${has(key) ? say(key) : kind.replaceAll("_", " ")}`;
  });
  const inside = { machine: "found.this_machine", company: "found.the_company" }[zone];
  const then = disguised
    ? say("found.disguised")
    : inside
      ? say("found.kept_in", { place: say(inside) })
      : say("found.passed");
  return `${list.join(", ")}\u00a0— ${then}`;
}

const verdict = (value) => (value === "not assessed" ? say("facts.unassessed") : String(value));

// {part: "computed"} -> one line for each of computed, excluded, not assessed.
function scopes(scope) {
  const groups = {};
  for (const [part, how] of Object.entries(scope ?? {})) {
    const key = `part.${part.replaceAll(" ", "_")}`;
    (groups[how] ??= []).push(has(key) ? say(key) : part);
  }
  return Object.entries(groups).map(([how, parts]) =>
    el("span", {}, pair(has(`scope.${how}`) ? say(`scope.${how}`) : verdict(how), parts.join(", "))),
  );
}

function detail(sobre) {
  const { impact, attempts = [], citations = [], notes = {} } = sobre;
  const rows = [];
  if (attempts.length) {
    const lines = attempts.map((a) => {
      const line = say("facts.attempt", {
        rung: a.rung,
        zone: zoneName(a.zone),
        outcome: has(`outcome.${a.outcome}`) ? say(`outcome.${a.outcome}`) : a.outcome,
        seconds: typeof a.seconds === "number" ? duration(a.seconds) : say("facts.unassessed"),
      });
      return el("span", {}, a.reason ? `${line} — ${a.reason}` : line);
    });
    rows.push(row(say("facts.attempts"), ...lines));
  }
  for (const name of impact ? ["adpe", "pe", "wcf"] : [])
    rows.push(row(say(`facts.${name}`), amount(impact[name]).filter(Boolean).join(", ")));
  const method = impact?.method;
  if (method) rows.push(row(say("facts.method"), has(`method.${method}`) ? say(`method.${method}`) : method));
  const scope = scopes(impact?.scope);
  if (scope.length) rows.push(row(say("facts.scope"), ...scope));
  for (const [step, what] of Object.entries(notes))
    if (step !== "why" && step !== "budget") rows.push(row(has(`note.${step}`) ? say(`note.${step}`) : step, verdict(what)));
  const sources = citations.map((c) => el("span", {}, typeof c === "string" ? c : (c.title ?? c.source ?? "")));
  if (sources.length) rows.push(row(say("facts.sources"), ...sources));
  return rows.length ? el("details", {}, el("summary", {}, say("facts.more")), el("dl", { className: "rows" }, ...rows)) : null;
}

function copier(turn) {
  const button = el("button", { type: "button", className: "plain" }, say("facts.copy"));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(turn.text);
      button.textContent = say("facts.copied");
    } catch {
      button.textContent = say("facts.copy_failed");
    }
    speak(button.textContent);
    setTimeout(() => (button.textContent = say("facts.copy")), 2000);
  });
  return button;
}

function facts(turn) {
  const sobre = turn.sobre ?? {};
  const { impact = null } = sobre;
  const [zone, rung] = [sobre.zone ?? turn.zone, sobre.rung ?? turn.rung];
  const level = sobre.level ?? state?.rungs.find((r) => r.name === rung)?.level;
  const known = Number.isInteger(level) && has(`level.${level}`);
  const ai = sobre.marking?.ai_generated !== false;
  const model = [rung, sobre.model].filter((name, at, all) => name && all.indexOf(name) === at).join(" · ");
  const rows = [];
  if (sobre.why) rows.push(row(say("facts.why"), sobre.why));
  if (sobre.budget) rows.push(row(say("facts.budget"), sobre.budget));
  if (turn.sobre) rows.push(row(say("facts.found"), found(sobre.findings, sobre.disguised, zone)));
  const { name, compared, avoided } = sobre.impact_words ?? {};
  const told = [name, compared, avoided].filter(Boolean).map((text) => el("span", {}, text));
  if (told.length) rows.push(row(say("facts.impact"), ...told));
  if (impact?.tier) rows.push(row(say("facts.quality"), has(`tier.${impact.tier}`) ? say(`tier.${impact.tier}`) : impact.tier));
  if (turn.exchange) rows.push(row(say("facts.exchange"), el("code", {}, turn.exchange)));
  const mark = el("p", { className: "ai", title: ai ? say("facts.ai_law") : "" }, say(ai ? "facts.ai" : "facts.not_ai"));
  return el(
    "div",
    { className: "facts", role: "group", ariaLabel: say("facts.label") },
    el("div", { className: "head" }, mark, turn.text ? copier(turn) : null),
    el(
      "dl",
      { className: "cells" },
      cell("facts.rung", known ? say(`level.${level}`) : (rung ?? say("facts.unassessed")), known ? model : "", known ? marks("ladder", level) : null),
      cell("facts.zone", zone ? zoneName(zone) : say("facts.unassessed"), zone && has(`zone_is.${zone}`) ? say(`zone_is.${zone}`) : "", marks("way", ZONES.indexOf(zone))),
      cell("facts.time", duration(turn.seconds), turn.first ? say("facts.first", { seconds: duration(turn.first) }) : ""),
      cell("facts.gwp", ...amount(impact?.gwp)),
      cell("facts.energy", ...amount(impact?.energy)),
      cell("facts.cost", ...amount(sobre.cost)),
    ),
    el("dl", { className: "rows" }, ...rows),
    turn.sobre ? detail(sobre) : null,
    ai ? el("p", { className: "quiet" }, say("facts.check")) : null,
  );
}

// --- Errors -------------------------------------------------------------------------------------

function trouble(turn) {
  const { kind, message } = turn.error;
  const again = el("button", { type: "button" }, say("error.retry"));
  again.addEventListener("click", () => running || (drop(turn), send(turn.question)));
  const edit = el("button", { type: "button", className: "plain" }, say("error.edit"));
  edit.addEventListener("click", () => {
    drop(turn);
    $("field").value = turn.question;
    $("field").focus();
  });
  const door = { href: "/", target: "_blank", rel: "noopener" };
  return el(
    "div",
    { className: "trouble", role: "alert" },
    el("p", {}, el("b", {}, say(`error.${kind}`)), " ", say(`error.${kind}_do`)),
    message ? el("p", { className: "quiet" }, message) : null,
    el("p", { className: "acts" }, kind === "session" ? el("a", door, say("error.sign_in")) : null, again, edit),
    turn.exchange && !turn.text ? el("p", { className: "quiet" }, `${say("facts.exchange")} `, el("code", {}, turn.exchange)) : null,
  );
}

// --- The conversation ---------------------------------------------------------------------------

let turns = [];
let running = null;
let models = [];
let state = null;

// Whole sentences, at most every four seconds: a screen reader cannot follow tokens.
function speakStream(turn, end) {
  const rest = turn.text.slice(turn.spoken);
  const length = end ? rest.length : rest.search(/[.!?:…\n][^.!?:…\n]*$/) + 1;
  if (!end && (!length || performance.now() - turn.lastSpoken < 4000)) return;
  turn.spoken += length;
  turn.lastSpoken = performance.now();
  speak(`${rest.slice(0, length).replace(/[*`#]/g, "")} ${end ?? ""}`.trim());
}

const atBottom = () => window.innerHeight + window.scrollY > document.body.scrollHeight - 120;
const toBottom = () => window.scrollTo(0, document.body.scrollHeight);

// Shows what appeared under an answer, as far as the question stays in sight.
function reveal(turn) {
  const top = turn.node.getBoundingClientRect().top + window.scrollY - 16;
  window.scrollTo(0, Math.max(window.scrollY, Math.min(top, document.body.scrollHeight - window.innerHeight)));
}

function begin(question) {
  const turn = {
    question, text: "", keys: [], spoken: 0, lastSpoken: performance.now(), started: performance.now(),
    seconds: 0, first: 0, finish: null, error: null, sobre: null, exchange: null, rung: null, zone: null, state: "running",
    body: el("div", { className: "answer" }),
    tail: el("div"),
  };
  turn.title = el("h2", { className: "unseen" }, `${say("ask.you")} ${turns.length + 1}`);
  const asked = el("p", { className: question.length > 240 ? "asked long" : "asked" }, question);
  if (question.length > 1200) asked.tabIndex = 0;
  turn.node = el("article", {}, turn.title, asked, turn.body, turn.tail);
  turns.push(turn);
  $("talk").append(turn.node);
  return turn;
}

function drop(turn) {
  turns = turns.filter((other) => other !== turn);
  turn.node.remove();
  shape();
}

// The part of a turn that depends on its state and on the language.
function finish(turn) {
  const parts = [];
  const note = (key) => parts.push(el("p", { className: "note" }, say(key)));
  if (turn.state === "running") {
    parts.push(el("p", { className: "pulse", ariaHidden: "true" }, say(turn.text ? "run.writing" : "run.waiting"), " ", el("span", {})));
  } else {
    if (turn.state === "stopped") note("run.stopped_long");
    if (turn.state === "done" && !turn.text && !turn.error) note("run.no_text");
    if (turn.finish === "length") note("run.length");
    if (turn.finish === "content_filter") note("run.filtered");
    if (turn.error) parts.push(trouble(turn));
    if (!turn.error || turn.text) parts.push(facts(turn));
  }
  turn.tail.replaceChildren(...parts);
}

function shape() {
  document.body.classList.toggle("talking", turns.length > 0);
  $("anew").hidden = !turns.length;
  $("stop").hidden = !running;
  $("send").hidden = Boolean(running);
  $("field").placeholder = say(turns.length ? "ask.follow" : "ask.placeholder");
}

function receive(turn, event) {
  if (event.error) {
    const kind = turn.text ? "cut" : errorKind(event.error.code, event.error.status);
    turn.error = { kind, message: event.error.message ?? "" };
    return;
  }
  if (event.sobre) {
    turn.sobre = event.sobre;
    turn.exchange = event.sobre.exchange ?? turn.exchange;
  }
  const choice = event.choices?.[0];
  if (choice?.finish_reason) turn.finish = choice.finish_reason;
  if (choice?.delta?.content) {
    if (!turn.text) {
      turn.first = (performance.now() - turn.started) / 1000;
      turn.fresh = true;
    }
    turn.text += choice.delta.content;
  }
}

// Server-sent events -> receive(); true when the stream said that it was complete.
async function follow(answer, turn) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let [kept, complete] = ["", false];
  const take = (line) => {
    if (!line.startsWith("data:")) return;
    const data = line.slice(5).trim();
    if (data === "[DONE]") complete = true;
    else if (data) receive(turn, JSON.parse(data));
  };
  for (;;) {
    const { value, done } = await reader.read();
    const lines = (kept + (value ?? "")).split(/\r?\n/);
    kept = done ? "" : lines.pop();
    lines.forEach(take);
    if (turn.text && !turn.frame)
      turn.frame = requestAnimationFrame(() => {
        turn.frame = 0;
        const stay = atBottom();
        write(turn);
        if (turn.fresh) finish(turn);
        turn.fresh = false;
        speakStream(turn);
        if (stay) toBottom();
      });
    if (done || complete) return complete;
  }
}

function said() {
  return turns
    .filter((turn) => turn.text)
    .flatMap((turn) => [{ role: "user", content: turn.question }, { role: "assistant", content: turn.text }]);
}

async function send(question) {
  const messages = [...said(), { role: "user", content: question }];
  const turn = begin(question);
  const mine = (running = new AbortController());
  const clock = setInterval(() => {
    const seconds = turn.tail.querySelector(".pulse span");
    if (seconds) seconds.textContent = duration(Math.round((performance.now() - turn.started) / 1000));
  }, 1000);
  shape();
  finish(turn);
  toBottom();
  speak(say("run.waiting"));
  try {
    const answer = await fetch("/v1/chat/completions", {
      method: "POST",
      signal: mine.signal,
      headers: { "content-type": "application/json", "accept-language": document.documentElement.lang },
      body: JSON.stringify({ model: $("model").value, messages, stream: true, stream_options: { include_usage: true } }),
    });
    for (const name of ["exchange", "rung", "zone"]) turn[name] = answer.headers.get(`x-sobre-${name}`);
    if (!answer.ok) turn.error = await refusal(answer);
    else if (!(await follow(answer, turn)) && !turn.error) turn.error = { kind: "cut", message: "" };
    turn.state = "done";
  } catch (error) {
    turn.state = error.name === "AbortError" ? "stopped" : "done";
    if (turn.state === "done") turn.error = { kind: turn.exchange ? "cut" : "unreachable", message: "" };
  }
  clearInterval(clock);
  cancelAnimationFrame(turn.frame);
  if (turn.left) return; // a new conversation was started meanwhile
  running = null;
  turn.seconds = (performance.now() - turn.started) / 1000;
  const stay = atBottom();
  write(turn);
  finish(turn);
  shape();
  speakStream(turn, turn.error ? "" : say(turn.state === "stopped" ? "run.stopped" : "run.done"));
  if (stay) reveal(turn);
}

// --- Where the text goes, and the choice of a model ---------------------------------------------

function where() {
  const place = $("where");
  if (!state) return place.replaceChildren(say("where.unknown"));
  const chosen = state.rungs.filter((r) => [r.name, r.model].includes($("model").value));
  const rungs = chosen.length ? chosen : state.rungs;
  const does = (kind, zone) => state.policy?.[kind]?.[zone] ?? "pass";
  if (!rungs.some((r) => r.ready)) {
    const notes = rungs.filter((r) => r.note).map((r) => el("small", {}, pair(r.name, r.note)));
    return place.replaceChildren(el("b", {}, say("where.none")), " ", say("where.none_do"), " ", el("code", {}, `sobre models add ${rungs.find((r) => r.zone === "machine")?.model ?? ""}`.trim()), ...notes);
  }
  const open = ZONES.filter((zone) => rungs.some((r) => r.zone === zone) && ["pass", "disguise"].includes(does("plain", zone)));
  const outside = open.filter((zone) => ZONES.indexOf(zone) > 1);
  if (!open.length) return place.replaceChildren(marks("way", -1), say("where.closed"));
  const lines = [];
  if (!outside.length) lines.push(say(open.includes("company") ? "where.company" : "where.machine"));
  else {
    const places = outside.map((zone) => say(`where.to.${zone}`));
    const last = places.pop();
    const near = open.includes("company") ? "company_or" : open.includes("machine") ? "machine_or" : "may";
    lines.push(say(`where.${near}`, { places: places.length ? places.join(", ") + say("where.or") + last : last }));
    const personal = outside.map((zone) => does("personal", zone));
    lines.push(say(`where.personal.${["pass", "disguise"].find((act) => personal.includes(act)) ?? "refuse"}`));
  }
  place.replaceChildren(marks("way", ZONES.indexOf(open.at(-1))), lines.join(" "));
}

function offer() {
  const chosen = $("model").value;
  const options = models.map((id) => {
    const zone = state?.rungs.find((r) => [r.name, r.model].includes(id))?.zone;
    return el("option", { value: id }, zone ? `${id} · ${zoneName(zone)}` : id);
  });
  $("model").replaceChildren(el("option", { value: "auto" }, say("ask.auto")), ...options);
  $("model").value = chosen;
}

async function look() {
  const read = async (path) => {
    const answer = await fetch(path);
    return answer.ok ? answer.json() : null;
  };
  const [status, list] = await Promise.all([read("/sobre/status").catch(() => null), read("/v1/models").catch(() => null)]);
  state = status;
  models = (list?.data ?? []).map((model) => model.id).filter((id) => id !== "auto");
  $("model").title = list ? "" : say("ask.models_missing");
  offer();
  where();
}

function sayAgain() {
  turns.forEach((turn, at) => {
    turn.title.textContent = `${say("ask.you")} ${at + 1}`;
    finish(turn);
  });
  offer();
  where();
  shape();
}

function openConsole() {
  $("box").addEventListener("submit", (event) => {
    event.preventDefault();
    const question = $("field").value.trim();
    if (!question || running) return $("field").focus();
    $("field").value = "";
    send(question);
    $("field").focus();
  });
  $("field").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    $("box").requestSubmit();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && running?.abort());
  $("stop").addEventListener("click", () => (running?.abort(), $("field").focus()));
  $("model").addEventListener("change", where);
  $("anew").addEventListener("click", () => {
    turns.forEach((turn) => (turn.left = true));
    running?.abort();
    running = null;
    turns = [];
    $("talk").replaceChildren();
    shape();
    $("field").focus();
  });
  openHead(sayAgain);
  for (const link of document.querySelectorAll("[data-page]"))
    link.addEventListener("click", (event) => turns.length && !confirm(say("ask.leave")) && event.preventDefault());
  if (carried) enter(carried).catch(() => {});
  look();
}

if ($("door")) guardDoor($("door"));
if ($("box")) openConsole();
