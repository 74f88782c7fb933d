// Compares a paper in hand with the register: the digest of a chosen or dropped file, and the log entry that the QR code
// names behind the #. Everything is computed here; the file is not sent.

import { sha256 } from "./draw.js";

const hex = (bytes) => Array.from(bytes, (x) => x.toString(16).padStart(2, "0")).join("");

export const digestOf = (bytes) => hex(sha256(bytes));

/* `18603.<leaf hash, base64url>` → place and hash, or null where the address carries none. */
export function pointerOf(fragment) {
  const found = /^#?(\d+)\.([A-Za-z0-9_-]{43})$/.exec(fragment);
  if (!found) return null;
  const bytes = atob(found[2].replaceAll("-", "+").replaceAll("_", "/") + "=");
  return { index: found[1], leaf: hex(Array.from(bytes, (sign) => sign.charCodeAt(0))) };
}

/* --- the page --- */

if (typeof document !== "undefined") {
  const one = (selector, root = document) => root.querySelector(selector);
  const box = one("[data-paper]"), words = one("[data-paper-words]").content;
  const say = (key) => one(`[data-key="${key}"]`, words).textContent;
  const show = (place, tone, key) => { place.hidden = false; place.className = `find-answer ${tone}`; place.textContent = say(key); };

  const pointer = pointerOf(location.hash);
  if (pointer && box.dataset.leaf) {
    const fits = pointer.index === box.dataset.index && pointer.leaf === box.dataset.leaf;
    show(one("[data-pointer-answer]"), fits ? "good" : "seal", fits ? "pointer" : "astray");
  }

  const compare = async (file) => {
    const same = digestOf(new Uint8Array(await file.arrayBuffer())) === box.dataset.paper;
    show(one("[data-paper-answer]"), same ? "good" : "seal", same ? "same" : "other");
  };
  const input = one("[data-paper-file]");
  input?.addEventListener("change", () => { if (input.files[0]) compare(input.files[0]); });
  if (input) {
    box.addEventListener("dragover", (event) => event.preventDefault());
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files[0]) compare(event.dataTransfer.files[0]);
    });
    input.disabled = false;
  }
}
