// A form is kept on this device from the moment it is submitted until the server has a receipt for its key. Without network it
// waits and is sent when there is one, also after a reload, always under the same key: sent twice, it is one act.
//
// `state` of an entry: `tried` (the browser sent it and waits for the answer), `waiting` (to be sent), `refused` (with the
// server's sentences; opened again or discarded by its writer).

import { forget, draftKey } from "./drafts.js";
import { all, ask, one, say } from "./notices.js";
import { drop, mine, put, usable } from "./outbox_store.js";

const { seat = "", owner, outbox: address } = document.body.dataset;
const WAIT = 8000; // milliseconds for an answer to a question; a file may take its time
const AGAIN = 20000; // between two tries while something waits
const ALONE = 60000; // after which an entry another tab was sending is nobody's
const SENT = "sent"; // of this tab: what the browser was sending when the page went
const channel = usable && globalThis.BroadcastChannel ? new BroadcastChannel("hengjian-outbox") : null;
const answered = new Set(); // keys whose refusal this page is: it shows form and sentences itself
const delivered = [];
let hold = ""; // why nothing is sent though there is network

export const takes = (form) => usable && Boolean(form.elements.namedItem("key")?.value) && !one('[type="password"]', form);
const keyOf = (form) => form.elements.namedItem("key")?.value ?? "";
const actionOf = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;
const formOf = (entry) => all("form").find((form) => keyOf(form) === entry.key);

/* What the server says: who is signed in, from which seat, which keys it has the receipt of. null without network. */
async function asked(keys) {
  try {
    const query = keys.map((key) => `key=${encodeURIComponent(key)}`).join("&");
    const answer = await fetch(`${address}?${query}`, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(WAIT) });
    if (answer.type === "opaqueredirect") return { owner: "", received: {} };
    return answer.ok ? await answer.json() : null;
  } catch { return null; }
}

function entryOf(form, submitter) {
  const data = new FormData(form, submitter?.name ? submitter : undefined);
  const fields = [...data].filter(([name, value]) => name !== "csrfmiddlewaretoken" && !(value instanceof File && !value.name));
  const heading = one("h1")?.textContent.trim() ?? "";
  const label = submitter?.textContent.trim() ?? "";
  const title = label && label !== heading ? `${label} · ${heading}` : heading;
  const draft = form.matches("[data-autosave]") ? draftKey(form) : "";
  return { key: keyOf(form), action: actionOf(form), files: form.enctype, fields, title, at: Date.now(), seat, draft, state: "tried", queued: false, sentences: [] };
}

/* Keeps what was submitted, and says whether the browser may send it now; if not, it waits. */
export async function submitted(form, submitter) {
  const entry = entryOf(form, submitter);
  const before = (await mine().catch(() => [])).find((each) => each.key === entry.key);
  entry.queued = before?.queued ?? false;
  try { await put(entry); } catch { return { go: true, kept: false }; } // no room: as ever, and the draft stays
  if (navigator.onLine && (await asked([]))) {
    sessionStorage.setItem(SENT, JSON.stringify({ key: entry.key, action: entry.action, draft: entry.draft }));
    return { go: true, kept: true };
  }
  await put({ ...entry, state: "waiting", queued: true });
  await changed();
  again();
  return { go: false, kept: true };
}

/* After the browser sent a form and a page came: the receipt decides, not that no error came. */
async function settle() {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
  const entries = await mine();
  const open = entries.filter((entry) => entry.state === "tried" && (entry.key === sent?.key || Date.now() - entry.at > ALONE));
  const keys = [...new Set([...open.map((entry) => entry.key), ...(sent ? [sent.key] : [])])];
  if (!keys.length) return;
  const answer = await asked(keys);
  if (!answer || (answer.owner && answer.owner !== owner)) return;
  for (const entry of open) {
    if (answer.received[entry.key] !== undefined) { await received(entry); continue; }
    const here = all("form").find((form) => takes(form) && actionOf(form) === entry.action);
    if (entry.queued && here && keyOf(here) !== entry.key) {
      await drop(entry.key);
      await put({ ...entry, key: keyOf(here), state: "refused" });
      answered.add(keyOf(here));
    } else if (entry.queued && here) {
      await put({ ...entry, state: "refused" });
      answered.add(entry.key);
    }
    else if (here || document.body.matches("[data-error]")) await drop(entry.key); // answered; the draft is kept
    else await put({ ...entry, state: "waiting", queued: true });
  }
  if (sent) {
    if (answer.received[sent.key] !== undefined) forget(sent.draft);
    sessionStorage.removeItem(SENT);
  }
}
async function received(entry) {
  await drop(entry.key);
  forget(entry.draft);
}

const sentencesOf = async (response) => {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const found = all(".refusal p, [role=alert] li, [role=alert] p, .field .error, .item .error, .error-page > p:not(.error-code)", page).map((each) => each.textContent.trim().replace(/\s+/g, " "));
  return [...new Set(found)].filter(Boolean).slice(0, 12);
};

/* Send what waits, one tab at a time. */
export function send() {
  if (!usable) return Promise.resolve();
  return navigator.locks.request("hengjian-outbox", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    const waiting = (await mine()).filter((entry) => entry.state === "waiting");
    if (!waiting.length) return;
    const before = await asked(waiting.map((entry) => entry.key));
    if (!before) return;
    hold = before.owner === owner ? "" : "signin";
    for (const entry of hold ? [] : waiting) {
      if (before.received[entry.key] !== undefined) { await arrived(entry, before.received[entry.key]); continue; }
      if (entry.seat !== before.seat) { hold = "seat"; continue; }
      if (!(await sendOne(entry, before.token))) break;
    }
    await changed();
  }).then(again);
}
async function sendOne(entry, token) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", token);
  for (const [name, value] of entry.fields) data.append(name, value);
  let response;
  try { response = await fetch(entry.action, { method: "POST", body: data, redirect: "manual" }); } catch { return false; }
  const after = await asked([entry.key]);
  if (!after) return false;
  if (after.owner !== owner) { hold = "signin"; return false; }
  if (after.received[entry.key] !== undefined) { await arrived(entry, after.received[entry.key]); return true; }
  if (response.status >= 500 || response.status === 429 || response.status === 408) return false; // later
  const sentences = response.type === "opaqueredirect" ? [] : await sentencesOf(response);
  await put({ ...entry, state: "refused", status: response.status, sentences: sentences.length ? sentences : [say("refused")] });
  return true;
}
async function arrived(entry, href) {
  const shown = formOf(entry);
  await received(entry);
  if (shown) { location.assign(href); return; }
  delivered.push({ title: entry.title, href });
}

/* Open a refused form again: the server shows it with everything entered and its sentences. */
async function reopen(entry) {
  const now = await asked([]);
  if (!now || now.owner !== owner) { hold = now ? "signin" : ""; await paint(); return; }
  const form = Object.assign(document.createElement("form"), { method: "post", action: entry.action, enctype: entry.files, hidden: true });
  for (const [name, value] of [["csrfmiddlewaretoken", now.token], ...entry.fields]) {
    const field = Object.assign(document.createElement("input"), { name, type: value instanceof File ? "file" : "hidden" });
    if (value instanceof File) { const chosen = new DataTransfer(); chosen.items.add(value); field.files = chosen.files; } else field.value = value;
    form.append(field);
  }
  await put({ ...entry, state: "tried", at: Date.now(), queued: true });
  sessionStorage.setItem(SENT, JSON.stringify({ key: entry.key, action: entry.action, draft: entry.draft }));
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);
}

/* The bar: in the flow of the page, above its content, so that it covers nothing. */
const element = (tag, values = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), values);
  made.append(...children);
  return made;
};
const button = (label, run) => { const made = element("button", { type: "button", className: "button small", textContent: label }); made.addEventListener("click", run); return made; };
const when = (at) => new Date(at).toLocaleString(document.documentElement.lang, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

function line(entry) {
  const about = element("p", {}, element("b", { textContent: say(entry.state === "refused" ? "notaccepted" : "waiting") }), ` ${entry.title} `, element("time", { className: "quiet", textContent: when(entry.at), dateTime: new Date(entry.at).toISOString() }));
  const made = element("li", {}, about);
  if (entry.state === "refused") {
    made.append(element("ul", { className: "said" }, ...entry.sentences.map((text) => element("li", { textContent: text }))));
    const entered = element("dl", { className: "entered" });
    for (const [name, value] of entry.fields) {
      if (["key", "seen"].includes(name) || value === "") continue;
      entered.append(element("dt", { textContent: name }), element("dd", { textContent: value instanceof File ? value.name : value }));
    }
    if (entry.status === 409 || entry.status === 422 || !entry.status || entry.status < 400) made.append(element("span", { className: "row" }, button(say("reopen"), () => reopen(entry)), discardButton(entry)));
    else made.append(element("details", {}, element("summary", { textContent: say("entered") }), entered), element("span", { className: "row" }, discardButton(entry)));
  } else made.append(element("span", { className: "row" }, discardButton(entry)));
  return made;
}
const discardButton = (entry) => button(say("discard"), async () => {
  if (!(await ask(say("discardsure"), say("discard")))) return;
  await drop(entry.key);
  await changed();
});

async function paint() {
  const content = one("#content");
  if (!content) return;
  const entries = (await mine()).filter((entry) => entry.state !== "tried" && !answered.has(entry.key));
  const leaving = one("form[data-leaving]");
  if (leaving) { if (entries.length) leaving.dataset.confirm = say("leaving"); else delete leaving.dataset.confirm; }
  let bar = one("#outbox");
  const offline = !navigator.onLine && !document.body.matches("[data-entrance]");
  if (!entries.length && !offline && !delivered.length) { bar?.remove(); return; }
  if (!bar) { bar = element("section", { id: "outbox", className: "outbox" }); bar.setAttribute("role", "status"); content.prepend(bar); }
  bar.replaceChildren();
  if (offline) bar.append(element("p", { textContent: say("offline") }));
  for (const { title, href } of delivered) bar.append(element("p", { className: "arrived" }, `${say("delivered")} `, element("a", { href, textContent: title })));
  if (hold && entries.some((entry) => entry.state === "waiting")) {
    const told = element("p", { textContent: `${say(hold)} ` });
    if (hold === "signin") told.append(element("a", { href: document.body.dataset.signIn, textContent: say("login") }));
    bar.append(told);
  }
  if (entries.length) bar.append(element("ul", {}, ...entries.map(line)));
}
async function changed() {
  channel?.postMessage("changed");
  await paint();
}

let timer;
async function again() {
  clearTimeout(timer);
  const waits = (await mine()).some((entry) => entry.state === "waiting");
  if (waits && !hold) timer = setTimeout(send, AGAIN);
}

/* Before drafts are offered: what the server has the receipt of is no draft any more. */
export async function start() {
  if (!usable) return;
  try { await settle(); await paint(); } catch { return; }
  channel?.addEventListener("message", paint);
  window.addEventListener("online", () => { hold = ""; paint(); send(); });
  window.addEventListener("offline", paint);
  send();
}
