// Finds one's own row of a notice, and checks that the list is whole. Everything is computed here; nothing typed leaves
// the browser. The list itself (place, masks, salt, hash) is what the server sends to everybody.

import { canonical, hmac, sha256 } from "./draw.js";

export const ROUNDS = 10000, TAIL = 6;
const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (x) => x.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

/* PBKDF2 with one block (RFC 8018): the browser's own where it has one, else slowly by hand (plain http in an office). */
export function pbkdf2(password, salt, rounds) {
  let turn = hmac(password, join(salt, Uint8Array.of(0, 0, 0, 1)));
  const mixed = Uint8Array.from(turn);
  for (let n = 1; n < rounds; n++) {
    turn = hmac(password, turn);
    for (let i = 0; i < 32; i++) mixed[i] ^= turn[i];
  }
  return mixed;
}

async function derived(password, salt) {
  if (!globalThis.crypto?.subtle) return pbkdf2(password, salt, ROUNDS);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, key, 256));
}

/* The words that are hashed: name as NFC, NUL, the last characters of the number in capitals. */
export const wordsOf = (name, number) => utf8(`${name.trim().normalize("NFC")}\0${number.trim().toUpperCase().slice(-TAIL)}`);

export const findHash = async (name, number, salt) => hex(await derived(wordsOf(name, number), unhex(salt)));

/* Could this row be mine? Its mask shows a beginning of the name and an end of the number. */
export function fitsMask([, maskedName, maskedNumber], name, number) {
  const shown = maskedName.split("*")[0], end = maskedNumber.slice(maskedNumber.lastIndexOf("*") + 1);
  return name.trim().normalize("NFC").startsWith(shown) && number.trim().toUpperCase().endsWith(end);
}

export async function findRow(rows, name, number) {
  for (const row of rows) {
    if (fitsMask(row, name, number) && (await findHash(name, number, row[3])) === row[4]) return row;
  }
  return null;
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
    const form = event.target, answer = one("[data-find-answer]");
    show(answer, "", say("working"));
    try {
      const row = await findRow((await rows()).rows, form.elements.name.value, form.elements.tail.value);
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
