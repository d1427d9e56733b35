// The demo's page. It plays two people and shows what the server says that their phones hold; it knows nothing of the
// bot. Everything from outside is put into the page as text, never as markup.
"use strict";

const SIDES = ["customer", "pro"];
const TURNS_SHOWN = 60;
const EVENTS_KEPT = 400;
const NARROW = matchMedia("(max-width: 760px)");

const page = { texts: {}, places: {}, lang: "he", timezone: undefined, glances: new Map(), people: { customer: [], pro: [] }, shift: 0 };
const sides = {};

// ---- Small things

const find = (selector, within = document) => within.querySelector(selector);
const personKey = (person) => `${person.channel}/${person.phone}`;
const same = (a, b) => Boolean(a && b) && personKey(a) === personKey(b);

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

function drawing(path, className, box) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", box);
  svg.setAttribute("class", className);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

const lookUp = (key) => page.texts[key];
function say(name, values = {}) {
  const text = lookUp(`demo-${name}`) ?? name;
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

// Latin digits in every language, as on the phones.
const format = (options) => new Intl.DateTimeFormat(`${page.lang === "en" ? "en-GB" : page.lang}-u-nu-latn`, { timeZone: page.timezone, hourCycle: "h23", ...options });
const clockTime = (ms) => format({ hour: "2-digit", minute: "2-digit" }).format(ms);
const exactTime = (ms) => format({ hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(ms);
const dayOf = (ms) => format({ year: "numeric", month: "2-digit", day: "2-digit" }).format(ms);
const slotTime = (ms) => format({ weekday: "short", day: "numeric", month: "numeric", hour: "2-digit", minute: "2-digit" }).format(ms);
const duration = (ms) => ms < 1000 ? say("milliseconds", { count: Math.max(0, Math.round(ms)) }) : say("seconds", { count: (ms / 1000).toFixed(1) });

async function ask(path, body) {
  const options = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? `HTTP ${answer.status}`);
  return answer.json();
}

function trouble(text) {
  const place = find(".trouble");
  place.textContent = text ?? "";
  place.hidden = !text;
}

function after(milliseconds, work) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
}

// ---- People and which of them are shown

const remembered = (name, otherwise) => {
  try { return JSON.parse(sessionStorage.getItem(`fixi-${name}`)) ?? otherwise; } catch { return otherwise; }
};
const remember = (name, value) => {
  try { sessionStorage.setItem(`fixi-${name}`, JSON.stringify(value)); } catch { /* A page without memory works too. */ }
};

const unreadOf = (person) => page.glances.get(personKey(person))?.unread ?? 0;

function show(side, person) {
  if (!person) return;
  side.drafts.set(side.person && personKey(side.person), side.input.value);
  side.person = person;
  side.input.value = side.drafts.get(personKey(person)) ?? "";
  side.log.replaceChildren();
  side.shown.clear();
  quote(side, undefined);
  remember(side.name, person);
  listPeople(side);
  refresh(side);
}

function listPeople(side) {
  const options = page.people[side.name].map((person) => {
    const unread = same(person, side.person) ? 0 : unreadOf(person);
    return make("option", { value: personKey(person) }, unread ? `${person.name} (${unread})` : person.name);
  });
  side.select.replaceChildren(...options);
  if (side.person) side.select.value = personKey(side.person);
  side.owner.textContent = side.person?.name ?? "";
}

function newCustomer() {
  const taken = new Set([...page.people.customer, ...page.people.pro].map((person) => person.phone.slice(-4)));
  const names = say("new-names").split(",").map((name) => name.trim());
  let last;
  do last = String(2000 + Math.floor(Math.random() * 7000)); while (taken.has(last));
  const mine = remembered("made", []);
  const person = { channel: page.people.customer[0]?.channel ?? "Meta", phone: `97250000${last}`, name: names[mine.length % names.length] };
  remember("made", [...mine, person]);
  page.people.customer.push(person);
  show(sides.customer, person);
  sides.customer.input.focus();
}

// Somebody who wrote from another window has a phone too.
function admit(glance) {
  const known = [...page.people.customer, ...page.people.pro].some((person) => same(person, glance));
  if (!known) page.people.customer.push({ channel: glance.channel, phone: glance.phone, name: say("stranger", { number: glance.phone.slice(-4) }) });
}

// ---- Looking: what is on a phone that is looked at is read

function isLookedAt(side) {
  if (document.visibilityState !== "visible") return false;
  return NARROW.matches ? find("main").dataset.view === side.name : page.active === side.name;
}

function look(side) {
  page.active = side.name;
  markRead(side);
  for (const each of Object.values(sides)) badges(each);
}

function markRead(side) {
  if (!isLookedAt(side) || !side.person || !unreadOf(side.person)) return;
  const { channel, phone } = side.person;
  ask("/demo/read", { channel, phone }).catch(() => {});
}

function badges(side) {
  const others = page.people[side.name].filter((person) => !same(person, side.person) && unreadOf(person));
  const own = side.person && !isLookedAt(side) ? unreadOf(side.person) : 0;
  const all = own + others.reduce((sum, person) => sum + unreadOf(person), 0);
  for (const [badge, count] of [[side.badge, own], [find(`.views [data-view="${side.name}"] .badge`), all]]) {
    badge.hidden = !count;
    badge.textContent = count || "";
    badge.setAttribute("aria-label", say("unread", { count }));
  }
  side.root.classList.toggle("has-news", own > 0);
  side.elsewhere.hidden = !others.length;
  if (others.length) {
    side.elsewhere.textContent = say("elsewhere", { name: others[0].name });
    side.elsewhere.onclick = () => { show(side, others[0]); look(side); };
  }
}

function screensChanged(glances) {
  for (const glance of glances) {
    page.glances.set(personKey(glance), glance);
    admit(glance);
  }
  for (const side of Object.values(sides)) {
    const news = page.people[side.name].find((person) => glances.some((glance) => same(glance, person) && glance.unread));
    const idle = !side.input.value && !(side.person && unreadOf(side.person));
    // Work may go to any of the pros: their phone comes forward by itself when nobody is busy with another.
    if (side.name === "pro" && news && idle && !same(news, side.person)) show(side, news);
    else if (glances.some((glance) => same(glance, side.person))) refresh(side);
    listPeople(side);
    badges(side);
  }
  loadLeads();
}

// ---- A phone's screen

async function refresh(side) {
  if (!side.person) return;
  const { channel, phone } = side.person;
  const wanted = (side.asked = (side.asked ?? 0) + 1);
  const screen = await ask(`/demo/screen?${new URLSearchParams({ channel, phone })}`).catch(() => undefined);
  // An older answer must not overwrite a newer one, nor another person's screen.
  if (!screen || wanted !== side.asked) return;
  page.shift = screen.now - Date.now();
  draw(side, screen);
  markRead(side);
  badges(side);
}

function draw(side, screen) {
  const { log } = side;
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const taps = new Set(screen.messages.filter((message) => message.from_me && message.quoted).map((message) => `${message.quoted}/${message.text}`));
  const lastOfBusiness = screen.messages.findLast((message) => !message.from_me)?.id;
  const lastWithButtons = screen.messages.findLast((message) => message.buttons.length)?.id;
  const answered = screen.messages.at(-1)?.from_me;
  let day, author, grew = false;
  for (const message of screen.messages) {
    const today = dayOf(message.at_ms);
    if (today !== day) {
      const key = `day ${today}`;
      if (!side.shown.has(key)) {
        const words = today === dayOf(Date.now() + page.shift) ? say("today") : today;
        const line = make("p", { class: "day" }, words);
        side.shown.set(key, line);
        log.append(line);
      }
      day = today;
      author = undefined;
    }
    let element = side.shown.get(message.id);
    if (!element) {
      element = bubble(side, message, screen.messages, message.from_me !== author);
      side.shown.set(message.id, element);
      log.append(element);
      grew = true;
    }
    author = message.from_me;
    // One stop of the tab key is enough; any other bubble can still be quoted with the pointer.
    find(".quote", element).tabIndex = message.id === lastOfBusiness ? 0 : -1;
    const ticks = find(".ticks", element);
    if (ticks && ticks.dataset.state !== message.state) ticks.replaceWith(tick(message.state));
    find(".replies", element)?.classList.toggle("old", message.id !== lastWithButtons || answered);
    for (const reply of element.querySelectorAll(".reply")) {
      const chosen = taps.has(`${message.id}/${reply.dataset.title}`);
      reply.classList.toggle("chosen", chosen);
      reply.setAttribute("aria-pressed", String(chosen));
    }
  }
  typing(side, screen.typing);
  find(".empty", side.root)?.remove();
  if (!screen.messages.length) log.prepend(make("p", { class: "empty" }, say(`empty-${side.name}`)));
  suggest(side, screen.messages.length === 0);
  if (grew && (atEnd || answered || side.shown.size <= screen.messages.length + 1)) log.scrollTop = log.scrollHeight;
}

function typing(side, isTyping) {
  side.presence.textContent = isTyping ? say("typing") : say("online");
  const old = find(".typing", side.log);
  if (!isTyping) return void old?.remove();
  const dots = old ?? make("div", { class: "message first typing", "aria-hidden": "true" }, make("div", { class: "bubble" }, make("span", { class: "dots" }, make("i"), make("i"), make("i"))));
  const atEnd = side.log.scrollHeight - side.log.scrollTop - side.log.clientHeight < 60;
  side.log.append(dots);
  if (atEnd) side.log.scrollTop = side.log.scrollHeight;
}

function bubble(side, message, all, isFirst) {
  const quoted = message.quoted && all.find((other) => other.id === message.quoted);
  const content = make("div", { class: "bubble" },
    quoted ? make("span", { class: "quoted", dir: "auto" }, quoted.text.split("\n")[0]) : undefined,
    make("div", { class: "words", dir: "auto" }, ...words(message.text)),
    make("div", { class: "foot" }, make("time", { datetime: new Date(message.at_ms).toISOString() }, clockTime(message.at_ms)), message.from_me ? tick(message.state) : undefined),
    make("button", { type: "button", class: "quote", "aria-label": say("quote"), title: say("quote"), onclick: () => quote(side, message) }, "↩"));
  const replies = message.buttons.map((button, index) =>
    make("button", { type: "button", class: "reply", dir: "auto", "data-title": button.title, onclick: () => tap(side, message, index) },
      button.title, button.description ? make("small", {}, button.description) : undefined));
  return make("div", { class: `message${message.from_me ? " mine" : ""}${isFirst ? " first" : ""}`, "data-message": message.id, "data-from": message.from_me ? "person" : "business" },
    content, replies.length ? make("div", { class: "replies", role: "group", "aria-label": say("replies") }, ...replies) : undefined);
}

function tick(state) {
  const paths = { sent: "M4 6.6l3 3L13.5 3", failed: "M8.5 1.5v5.5M8.5 10v.5" };
  const svg = drawing(paths[state] ?? "M1 6.6l3 3L10.5 3M7.4 9l.6.6L14.7 3", "ticks", "0 0 17 12");
  svg.dataset.state = state;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", say(`tick-${state}`));
  return svg;
}

// WhatsApp's *bold* and _italic_, and links: nothing else in a message is more than text.
function words(text) {
  const parts = text.split(/(https?:\/\/[^\s]+|\*[^*\n]+\*|(?<![\p{L}\p{N}_])_[^_\n]+_(?![\p{L}\p{N}_]))/u);
  return parts.map((part, index) => {
    if (index % 2 === 0) return part;
    if (part.startsWith("http")) return make("a", { href: part, target: "_blank", rel: "noreferrer noopener", dir: "ltr" }, shortened(part));
    return make(part[0] === "*" ? "strong" : "em", {}, part.slice(1, -1));
  });
}

function shortened(link) {
  try { return new URL(link).host + (link.length > 40 ? "/…" : new URL(link).pathname); } catch { return link; }
}

// ---- What a person does

function quote(side, message) {
  side.quoting = message;
  find(".quoting", side.root).hidden = !message;
  find(".quoting-text", side.root).textContent = message?.text.split("\n")[0] ?? "";
  if (message) side.input.focus();
}

async function send(side, text) {
  if (!text.trim() || !side.person) return;
  const { channel, phone, name } = side.person;
  look(side);
  try {
    await ask("/demo/send", { channel, phone, name, text, reply_to: side.quoting?.id });
    quote(side, undefined);
    trouble();
    refresh(side);
  } catch {
    trouble(say("not-sent"));
    if (!side.input.value) side.input.value = text;
  }
}

async function tap(side, message, button) {
  const { channel, phone } = side.person;
  look(side);
  await ask("/demo/tap", { channel, phone, message: message.id, button }).then(() => trouble(), () => trouble(say("not-sent")));
  refresh(side);
}

function suggest(side, isEmpty) {
  const wanted = isEmpty ? say(`suggest-${side.name}`) : "";
  if (side.suggested === wanted) return;
  side.suggested = wanted;
  const chips = wanted.split(";").map((text) => text.trim()).filter(Boolean);
  find(".suggestions", side.root).replaceChildren(...chips.map((text) => make("button", { type: "button", onclick: () => send(side, text) }, text)));
}

function openSide(name) {
  const root = find(`.side[data-side="${name}"]`);
  root.append(find("#phone").content.cloneNode(true));
  const side = { name, root, shown: new Map(), drafts: new Map() };
  for (const [key, selector] of Object.entries({ select: ".person", input: "textarea", log: ".log", badge: ".side-head .badge", presence: ".presence", owner: ".owner", elsewhere: ".elsewhere" })) side[key] = find(selector, root);
  find(".side-title", root).id = `${name}-title`;
  find(".fresh", root).hidden = name !== "customer";
  find(".fresh", root).onclick = newCustomer;
  find(".quoting-stop", root).onclick = () => quote(side, undefined);
  side.select.onchange = () => show(side, page.people[name].find((person) => personKey(person) === side.select.value));
  const sendDraft = () => {
    const text = side.input.value;
    side.input.value = "";
    grow(side.input);
    send(side, text);
  };
  find("form", root).onsubmit = (event) => { event.preventDefault(); sendDraft(); };
  side.input.oninput = () => grow(side.input);
  side.input.onkeydown = (event) => {
    // While an input method composes, Enter belongs to it.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); sendDraft(); }
    if (event.key === "Escape") quote(side, undefined);
  };
  for (const event of ["pointerdown", "pointerenter", "focusin"]) root.addEventListener(event, () => look(side));
  sides[name] = side;
}

function grow(input) {
  input.style.blockSize = "auto";
  input.style.blockSize = `${Math.min(input.scrollHeight + 2, 110)}px`;
}

// ---- What happened inside

const strip = { turns: [], events: [] };

function value(key, text) {
  if (key === "trade") return lookUp(`trade-${text}`) ?? text;
  if (key === "city") return page.places[text] ?? text;
  if (key === "intent") return lookUp(`demo-intent-${text.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase()}`) ?? text;
  if (key === "pro" && text !== "pro") return page.people.pro.find((person) => person.phone === text.replace(/\D/g, ""))?.name ?? text;
  return lookUp(`demo-value-${text}`) ?? text;
}

const label = (key) => lookUp(`demo-fact-${key}`) ?? key.replaceAll("_", " ");

function fact(key, text) {
  const shown = text === "yes" ? lookUp(`demo-value-${key}`) ?? label(key) : ["trade", "city", "intent"].includes(key) ? value(key, text) : `${label(key)}: ${value(key, text)}`;
  return make("span", { class: "fact", "data-fact": key, dir: "auto" }, shown);
}

function facts(detail, except) {
  const order = ["trade", "city", "intent", "emergency"];
  const place = (key) => key === "by" ? 99 : (order.indexOf(key) + 1 || 50);
  return Object.entries(detail).filter(([key, text]) => !except.includes(key) && text).sort(([a], [b]) => place(a) - place(b)).map(([key, text]) => fact(key, text));
}

function sentence({ step, detail }) {
  switch (step) {
    case "received": return [say(detail.from === "pro" ? "received-pro" : "received-customer", { count: detail.count ?? 1 })];
    case "routed": return [detail.pro ? say("routed-line", { pro: value("pro", detail.pro) }) : say("routed-nobody")];
    case "decided": return [say("decided-line", { replies: detail.replies ?? 0, timers: detail.timers ?? 0 }), ...facts(detail, ["replies", "timers", "from"])];
    case "committed": return [Number(detail.attempts) > 1 ? say("committed-again", detail) : say("committed-line")];
    case "delivered": return [say(detail.to === "pro" ? "delivered-pro" : "delivered-customer"), ...facts(detail, ["to"])];
    case "understood": return facts(detail, []);
    default: return facts(Object.fromEntries(Object.entries(detail).map(([key, text]) => [key === "by" ? "actor" : key, text])), ["key"]);
  }
}

function reasonWords(reason) {
  const [key, value] = reason.split("=");
  const text = lookUp(`demo-why-${key}_${value}`) ?? lookUp(`demo-why-${key}`) ?? reason.replaceAll("_", " ");
  return text.replace("{value}", value);
}

function rankedLine(each, best, chosen) {
  const fill = make("span", { class: "bar-fill" });
  fill.style.inlineSize = `${Math.max(0, 100 * (each.score ?? 0) / best)}%`;
  const score = each.score === null ? make("span", { class: "why" }, say("ruled-out")) : make("span", { class: "score" }, make("span", { class: "bar-track" }, fill), make("bdi", {}, each.score.toFixed(2)));
  // The ring only rounds the distance, which stands beside it.
  const why = each.reasons.flatMap((reason) => reason.split(" ")).filter((reason) => !reason.startsWith("ring="));
  return make("li", { class: each.pro === chosen ? "chosen" : undefined }, make("span", { class: "name" }, make("bdi", {}, value("pro", each.pro))), score, make("span", { class: "why" }, why.map(reasonWords).join(" · ")));
}

function ranking(event) {
  const best = Math.max(...event.ranked.map((each) => each.score ?? 0), 0.0001);
  const line = (each) => rankedLine(each, best, event.detail.pro);
  const [fit, out] = [event.ranked.filter((each) => each.score !== null), event.ranked.filter((each) => each.score === null)];
  const others = out.length ? make("details", { class: "others" }, make("summary", {}, say("others-out", { count: out.length })), make("ol", { class: "ranked" }, ...out.map(line))) : undefined;
  return make("div", {}, fit.length ? make("ol", { class: "ranked" }, ...fit.map(line)) : undefined, others);
}

function stepLine(event, before) {
  const took = event.took_ms ?? (before ? event.at - before.at : undefined);
  const title = event.step === "note" ? lookUp(`demo-note-${event.detail.key}`) ?? String(event.detail.key ?? "").replaceAll("_", " ") : say(`step-${event.step}`);
  const rows = [[say("at"), exactTime(event.at)], [say("conversation"), event.conversation], ...Object.entries(event.detail).filter(([, text]) => text).map(([key, text]) => [label(key), value(key, text)])];
  const details = make("details", {},
    make("summary", {}, make("b", {}, title), ...sentence(event).map((part) => typeof part === "string" ? make("span", { dir: "auto" }, part) : part), took === undefined ? undefined : make("bdi", { class: "took" }, duration(took))),
    make("dl", {}, ...rows.flatMap(([name, text]) => [make("dt", {}, name), make("dd", { dir: "auto" }, text ?? "")])));
  return make("li", { class: "step", "data-step": event.step }, details, event.ranked?.length ? ranking(event) : undefined);
}

// A chat has one turn at a time, so its events belong to its newest turn until one comes that cannot follow. What is
// delivered may be for another chat than the one whose turn said it: then it belongs to what was committed last.
const PHASES = { received: 0, understood: 1, routed: 1, note: 1, decided: 1, committed: 2, delivered: 3, failed: 3 };

function turnOf(event) {
  const phase = PHASES[event.step] ?? 1;
  const turns = [...strip.turns].reverse();
  const own = turns.find((turn) => turn.conversation === event.conversation);
  if (phase < 3) return own && phase >= own.phase ? own : undefined;
  const justCommitted = (turn) => turn?.committedAt !== undefined && event.at - turn.committedAt < 5000;
  if (justCommitted(own)) return own;
  const committed = turns.filter((turn) => turn.committedAt !== undefined && event.at - turn.committedAt < 120000);
  return committed.sort((one, other) => other.committedAt - one.committedAt)[0] ?? own;
}

function openTurn(event) {
  const turn = { conversation: event.conversation, phase: 0, events: [], name: make("b"), dots: make("span", { class: "turn-dots", "aria-hidden": "true" }), total: make("bdi", { class: "total" }), list: make("ol", { class: "steps" }) };
  const head = make("summary", { class: "turn-head" }, turn.name, make("time", {}, exactTime(event.at)), turn.dots, turn.total);
  // What somebody opens or closes by hand stays as it is.
  head.onclick = () => { turn.isPinned = true; };
  turn.root = make("details", { class: "turn", open: true }, head, turn.list);
  for (const older of strip.turns) if (!older.isPinned) older.root.open = false;
  strip.turns.push(turn);
  find(".strip-empty").hidden = true;
  find(".strip").prepend(turn.root);
  return turn;
}

function addEvent(happened) {
  const event = { ...happened, detail: { ...happened.detail } };
  const turn = turnOf(event) ?? openTurn(event);
  turn.phase = Math.max(turn.phase, PHASES[event.step] ?? 1);
  turn.lead ??= event.lead;
  if (event.step === "committed") turn.committedAt = event.at;
  // Why a pro was chosen is what most people came to see: it stays in sight.
  if (event.ranked?.length) Object.assign(turn, { isPinned: true }).root.open = true;
  const first = turn.events[0];
  if (event.step === "received" && first?.step === "received") first.detail.count = String(Number(first.detail.count ?? 1) + Number(event.detail.count ?? 1));
  else {
    turn.list.append(stepLine(event, turn.events.at(-1)));
    turn.dots.append(make("i", { "data-step": event.step }));
    turn.events.push(event);
  }
  // Whoever accepts a message may not know yet who wrote it; whoever decided does.
  turn.from = event.step === "decided" ? event.detail.from ?? turn.from : turn.from ?? event.detail.from;
  if (turn.events[0].step === "received") {
    turn.events[0].detail.from = turn.from;
    turn.list.firstElementChild.replaceWith(stepLine(turn.events[0]));
    turn.root.dataset.side = turn.from ?? "customer";
  }
  const who = turn.events[0].step !== "received" ? "turn-timer" : turn.from === "pro" ? "turn-pro" : "turn-customer";
  turn.name.textContent = turn.lead === undefined ? say(who) : `${say(who)} · ${say("turn-lead", { number: turn.lead })}`;
  turn.total.textContent = duration(event.at - turn.events[0].at);
  if (strip.turns.length > TURNS_SHOWN) strip.turns.shift().root.remove();
}

function replay(events) {
  for (const turn of strip.turns) turn.root.remove();
  Object.assign(strip, { turns: [], events });
  find(".strip-empty").hidden = events.length > 0;
  events.forEach(addEvent);
}

const loadLeads = after(150, async () => {
  const answer = await ask("/demo/leads").catch(() => undefined);
  if (!answer) return;
  const leads = Array.isArray(answer) ? answer : answer.leads ?? [];
  find(".leads-empty").hidden = leads.length > 0;
  find(".leads-scroll").hidden = leads.length === 0;
  find(".leads tbody").replaceChildren(...leads.map((lead) => {
    const slot = typeof lead.slot === "number" ? slotTime(lead.slot) : lead.slot ?? "–";
    const trade = lead.trade ? ` ${value("trade", lead.trade)}` : "";
    return make("tr", {}, make("td", {}, make("b", {}, String(lead.number)), trade),
      make("td", {}, make("span", { class: "pill", "data-status": lead.status }, lookUp(`demo-status-${lead.status}`) ?? lead.status)),
      make("td", {}, make("bdi", {}, slot)), make("td", {}, make("bdi", {}, lead.pro ?? "–")));
  }));
});

// ---- Words, views, start

async function speak(lang) {
  const { texts, places, lang: spoken, dir } = await ask(`/demo/texts?${new URLSearchParams({ lang })}`);
  Object.assign(page, { texts, places, lang: spoken });
  Object.assign(document.documentElement, { lang: spoken, dir });
  document.title = say("title");
  remember("lang", spoken);
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = say(element.dataset.placeholder);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  for (const element of document.querySelectorAll(".fresh, .send")) element.title = element.getAttribute("aria-label");
  for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === spoken));
  for (const side of Object.values(sides)) {
    find(".side-title", side.root).textContent = say(`phone-${side.name}`);
    side.select.setAttribute("aria-label", say(`choose-${side.name}`));
    side.suggested = undefined;
    if (side.person) show(side, side.person);
  }
  replay(strip.events);
  loadLeads();
}

function view(name) {
  find("main").dataset.view = name;
  for (const button of document.querySelectorAll(".views button")) button.setAttribute("aria-pressed", String(button.dataset.view === name));
  if (sides[name]) look(sides[name]);
}

function listen() {
  const stream = new EventSource("/demo/events");
  stream.onopen = () => trouble();
  stream.onerror = () => trouble(say("offline"));
  stream.addEventListener("replay", (event) => {
    replay(JSON.parse(event.data));
    // The server may be another one than before, with other chats.
    page.glances.clear();
    for (const side of Object.values(sides)) show(side, side.person);
  });
  stream.addEventListener("screens", (event) => screensChanged(JSON.parse(event.data)));
  stream.addEventListener("strip", (event) => {
    const happened = JSON.parse(event.data);
    strip.events = [...strip.events, happened].slice(-EVENTS_KEPT);
    addEvent(happened);
    loadLeads();
  });
}

async function start() {
  SIDES.forEach(openSide);
  const { customers, pros, timezone } = await ask("/demo/people");
  page.timezone = timezone;
  page.people = { customer: [...customers, ...remembered("made", [])], pro: pros };
  const asked = new URLSearchParams(location.search).get("lang");
  await speak(asked ?? remembered("lang", "he"));
  for (const side of Object.values(sides)) {
    const before = remembered(side.name);
    show(side, page.people[side.name].find((person) => same(person, before)) ?? page.people[side.name][0]);
  }
  page.active = "customer";
  view("customer");
  for (const button of document.querySelectorAll("[data-lang]")) button.onclick = () => speak(button.dataset.lang);
  for (const button of document.querySelectorAll(".views button")) button.onclick = () => view(button.dataset.view);
  document.addEventListener("visibilitychange", () => Object.values(sides).forEach(markRead));
  listen();
  document.documentElement.dataset.ready = "yes";
}

start().catch((error) => trouble(error.message));
