// Finds one's own row of a notice, and checks that the list is whole. Everything is computed here; nothing typed leaves
// the browser. The list itself (place, masked name, digest of the ticket's code) is what the server sends to everybody.

import { canonical, sha256 } from "./draw.js";

export const CODE_LENGTH = 16;
const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (x) => x.toString(16).padStart(2, "0")).join("");

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

/* The code as it is hashed: capitals, full width made half, no blanks or hyphens between the groups. */
export const readCode = (typed) => typed.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "");

/* The code is random and long, so its digest may stand in public; see results/notice.py. */
export const digestOf = (typed) => hex(sha256(utf8(`hengjian notice row 1\0${readCode(typed)}`)));

export function findRow(rows, typed) {
  const digest = digestOf(typed);
  return rows.find((row) => row[2] === digest) ?? null;
}

/* The Merkle root over the rows (RFC 6962), as it was recorded when the notice was opened. */
export function rootOf(rows) {
  const over = (hashes) => {
    if (hashes.length === 1) return hashes[0];
    let half = 1;
    while (half * 2 < hashes.length) half *= 2;
    return sha256(join(Uint8Array.of(1), over(hashes.slice(0, half)), over(hashes.slice(half))));
  };
  const leaves = rows.map((row) => sha256(join(Uint8Array.of(0), utf8(canonical(row)))));
  return hex(leaves.length ? over(leaves) : sha256(new Uint8Array(0)));
}

/* --- the page --- */

if (typeof document !== "undefined") {
  const one = (selector, root = document) => root.querySelector(selector);
  const box = one("[data-find]"), words = one("[data-find-words]").content;
  const say = (key, values = {}) => one(`[data-key="${key}"]`, words).textContent.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const show = (place, tone, text) => { place.hidden = false; place.className = `find-answer ${tone}`; place.textContent = text; };
  let list = null;
  const rows = async () => (list ??= fetch(box.dataset.find).then((answer) => answer.json()).catch((error) => { list = null; throw error; }));
  rows().catch(() => {});

  one("[data-find-form]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = event.target.elements.code.value, answer = one("[data-find-answer]");
    if (readCode(typed).length !== CODE_LENGTH) { show(answer, "warn", say("short")); return; }
    show(answer, "", say("working"));
    try {
      const row = findRow((await rows()).rows, typed);
      for (const each of document.querySelectorAll("tr.here")) each.classList.remove("here");
      if (!row) { show(answer, "warn", say("none")); return; }
      const line = one(`tr[data-place="${row[0]}"]`);
      line?.classList.add("here");
      line?.scrollIntoView({ block: "center" });
      show(answer, "good", say("found", { place: row[0], status: one(".chip", line ?? document)?.textContent ?? "" }));
    } catch { show(answer, "warn", say("failed")); }
  });

  one("[data-whole-check]").addEventListener("click", async () => {
    const place = one("[data-whole-answer]"), recorded = one("[data-whole]").dataset.whole;
    try {
      const { rows: all } = await rows();
      const whole = rootOf(all) === recorded;
      show(place, whole ? "good" : "seal", say(whole ? "whole" : "altered", { count: all.length }));
    } catch { show(place, "warn", say("failed")); }
  });

  // Until here the form would have been sent away, with name and number in its address: its button waits.
  for (const button of document.querySelectorAll("[data-when-ready]")) button.disabled = false;
}
