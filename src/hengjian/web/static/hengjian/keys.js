// The map of keys: a question mark opens it; g and then a letter goes somewhere. Nothing happens while somebody types.

import { one } from "./notices.js";

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
const PLACES = { h: "/desk/", r: "/agenda/", m: "/inbox/" };
let going = 0;

document.addEventListener("keydown", (event) => {
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
  const map = one("[data-keys]");
  if (event.key === "?" && map) {
    event.preventDefault();
    map.showModal();
    return;
  }
  if (going && event.timeStamp - going < 1500) {
    going = 0;
    const link = one(`.menu a[href="${PLACES[event.key]}"], .inbox[href="${PLACES[event.key]}"]`);
    if (!link) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    link.click();
  } else going = event.key === "g" ? event.timeStamp : 0;
});
