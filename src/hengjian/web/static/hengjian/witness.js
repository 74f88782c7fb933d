// A witness's secret is made on the witness's own device and stays there until it is revealed: the platform is sent its
// SHA-256 only. It is kept in this browser under its commitment, and the witness may save a copy.

import { sha256 } from "./draw.js";

const one = (selector, root = document) => root.querySelector(selector);
const box = one("[data-witness]"), words = one("[data-witness-words]").content;
const say = (key) => one(`[data-key="${key}"]`, words).textContent;
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const place = (commitment) => `hengjian witness ${commitment}`;

function show(tone, text) {
  const said = one("[data-witness-said]");
  said.hidden = false;
  said.className = `find-answer ${tone}`;
  said.textContent = text;
}

function keep(commitment, secret) {
  try { localStorage.setItem(place(commitment), secret); return true; } catch { return false; }
}

function kept(commitment) {
  try { return localStorage.getItem(place(commitment)); } catch { return null; }
}

if (box.dataset.witness === "commit") {
  const save = one("[data-witness-save]"), make = one("[data-witness-make]");
  let secret = "", commitment = "";
  make.addEventListener("click", () => {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    secret = hex(bytes);
    commitment = hex(sha256(bytes));
    one("#id_commitment").value = commitment;
    show(keep(commitment, secret) ? "good" : "warn", say(keep(commitment, secret) ? "made" : "unkept"));
    save.hidden = false;
  });
  save.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${secret}\n`], { type: "text/plain" }));
    link.download = `${say("file")}-${commitment.slice(0, 8)}.txt`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
  make.disabled = false; // until here a click would have been lost
} else {
  const secret = kept(box.dataset.commitment);
  if (secret) one("#id_secret").value = secret;
  show(secret ? "good" : "warn", say(secret ? "found" : "absent"));
}
