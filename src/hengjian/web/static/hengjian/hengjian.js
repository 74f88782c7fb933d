// What the pages do beyond the server: each part stands alone and does nothing where its mark is absent.

import { keepDrafts } from "./drafts.js";
import { all, ask, notify, one, say } from "./notices.js";
import { start, submitted, takes } from "./outbox.js";
import "./keys.js";
import "./rows.js";

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

/* Search: a slash goes there from anywhere. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const box = one("[data-search]");
  if (box) { event.preventDefault(); box.focus(); box.select(); }
});

/* Hits of a search: the arrows lead from the box through the hits and back, Enter follows the link it stands on. */
document.addEventListener("keydown", (event) => {
  if (!["ArrowDown", "ArrowUp", "Escape"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  const list = one("[data-hits]"), box = one("[data-search]");
  if (!list || !box || one("dialog[open]")) return;
  const stops = [box, ...all("tbody a", list)];
  const here = stops.indexOf(event.target);
  if (here < 0 && event.target !== document.body) return;
  if (event.key === "Escape") { if (here > 0) box.focus(); return; }
  const next = stops[Math.max(0, here) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  event.preventDefault();
});

/* Queue: j and k move, Enter opens, x picks. */
document.addEventListener("keydown", (event) => {
  const list = one("[data-queue]");
  if (!list || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
  const rows = all("tbody tr", list);
  const here = rows.findIndex((row) => row.classList.contains("here"));
  const go = (place) => {
    if (!rows[place]) return;
    rows[here]?.classList.remove("here");
    rows[place].classList.add("here");
    one("a", rows[place])?.focus({ preventScroll: true });
    rows[place].scrollIntoView({ block: "nearest" });
  };
  if (event.key === "j") go(Math.min(here + 1, rows.length - 1));
  else if (event.key === "k") go(Math.max(here - 1, 0));
  else if (event.key === "x" && here >= 0) one('.pick input', rows[here])?.click();
  else if (event.key === "Enter" && here >= 0 && !event.target.closest("a, button, summary")) one("a", rows[here])?.click();
  else return;
  event.preventDefault();
});

/* Picking rows: the head's box picks the page, and the number picked is said. */
document.addEventListener("change", (event) => {
  if (!event.target.matches(".pick input")) return;
  const table = event.target.closest("table");
  const boxes = all("td.pick input", table);
  const head = one("[data-pick-all]", table);
  if (event.target === head) boxes.forEach((box) => { box.checked = head.checked; });
  const picked = boxes.filter((box) => box.checked).length;
  head.checked = picked === boxes.length;
  head.indeterminate = picked > 0 && picked < boxes.length;
  const said = table.previousElementSibling;
  if (!said?.matches("[data-picked]")) return;
  said.hidden = picked === 0;
  one("b", said).textContent = picked;
});

/* Large type, kept in a cookie so that the server renders it. */
if (/(?:^|; )hengjian_large=1/.test(document.cookie)) document.documentElement.classList.add("large");
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-large-type]");
  if (!button) return;
  const large = document.documentElement.classList.toggle("large");
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `hengjian_large=${large ? 1 : 0}; path=/; max-age=31536000; samesite=lax${secure}`;
  for (const each of all("[data-large-type]")) each.setAttribute("aria-pressed", String(large));
});

/* The menu of the phone. Without scripts the link jumps to it. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-menu]");
  if (!button) return;
  event.preventDefault();
  const open = one("#menu").classList.toggle("open");
  button.setAttribute("aria-expanded", String(open));
  if (open) one("#menu a[href]:not(.brand)")?.focus();
});
document.addEventListener("click", (event) => {
  for (const box of all("details.drop[open]")) if (!box.contains(event.target)) box.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const box of all("details.drop[open]")) { box.open = false; one("summary", box).focus(); }
});

/* Copying. */
document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) { window.print(); return; }
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: button.dataset.copy });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  button.dataset.usual ??= button.textContent;
  button.textContent = say("copied");
  setTimeout(() => { button.textContent = button.dataset.usual; }, 3000);
});

/* Confirmation: the question stands in data-confirm of a form, a link or a button. */
document.addEventListener("submit", async (event) => {
  const marked = event.submitter?.dataset.confirm ? event.submitter : event.target;
  if (!marked.dataset.confirm || event.target.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await ask(marked.dataset.confirm, marked.dataset.confirmLabel))) return;
  event.target.dataset.confirmed = "yes";
  event.target.requestSubmit(event.submitter ?? undefined);
  delete event.target.dataset.confirmed;
}, true);
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-confirm]");
  if (!link) return;
  event.preventDefault();
  if (await ask(link.dataset.confirm, link.dataset.confirmLabel)) location.assign(link.href);
});
document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  ask(event.detail.question).then((yes) => yes && event.detail.issueRequest(true));
});
document.addEventListener("click", (event) => {
  if (event.target.closest('[aria-disabled="true"]')) event.preventDefault();
}, true);

/* No act twice: a sent form waits for its answer. Going back wakes it again. */
function rest(form, waiting) {
  for (const button of [...form.elements].filter((each) => each.type === "submit")) {
    button.classList.toggle("busy", waiting);
    if (waiting) button.setAttribute("aria-disabled", "true"); else button.removeAttribute("aria-disabled");
  }
  if (waiting) form.dataset.sent = "yes"; else delete form.dataset.sent;
}
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.dataset.going) return;
  if (!takes(form) && !navigator.onLine) { event.preventDefault(); notify(say("lost"), [], { near: form }); return; }
  if (form.matches("[data-again]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  rest(form, true);
  if (!takes(form)) return;
  event.preventDefault();
  const { go } = await submitted(form, event.submitter);
  if (!go) { rest(form, false); notify(say("queued"), [], { near: form }); return; }
  form.dataset.going = form.dataset.confirmed = "yes";
  form.requestSubmit(event.submitter ?? undefined);
  delete form.dataset.going;
  delete form.dataset.confirmed;
});
window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => rest(form, false)));
document.addEventListener("htmx:afterRequest", (event) => event.target.closest?.("form") && rest(event.target.closest("form"), false));

/* Files: dropped ones are chosen, too large ones are refused before they travel. */
function listen(zone) {
  const input = one('input[type="file"]', zone);
  const hint = one("[data-drop-hint]", zone);
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => {
    const limit = Number(input.dataset.limit || Infinity);
    const large = [...input.files].some((file) => file.size > limit);
    input.setCustomValidity(large ? say("toolarge") : "");
    if (large) input.reportValidity();
    hint.textContent = [...input.files].map((file) => file.name).join("、");
  });
}

document.addEventListener("htmx:xhr:progress", (event) => {
  const { loaded, total, lengthComputable } = event.detail;
  for (const bar of all("[data-upload-progress]", event.target)) {
    bar.hidden = false;
    if (lengthComputable) bar.value = (loaded / total) * 100;
  }
});

/* Lost connection, expired log-in, errors: say so and leave what was written where it stands. */
document.addEventListener("htmx:sendError", () => notify(say("lost")));
document.addEventListener("htmx:timeout", () => notify(say("lost")));
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 401 || status === 419) notify(say("expired"), [{ label: say("login"), href: event.detail.xhr.getResponseHeader("X-Login") || "/" }]);
  else notify(say(status === 503 ? "busy" : status >= 500 ? "server" : "refused"));
});
document.addEventListener("htmx:beforeSwap", (event) => {
  // A log-in page in answer to a part of a page is an expired session, not the part.
  if (!event.detail.xhr.responseURL || !event.detail.xhr.responseText.includes("data-entrance")) return;
  event.detail.shouldSwap = false;
  notify(say("expired"), [{ label: say("login"), href: event.detail.xhr.responseURL }]);
});

function awaken(root) {
  keepDrafts(root);
  all("[data-drop]", root).forEach(listen);
  one("[data-focus]", root)?.focus();
}
// What the server has the receipt of is no draft any more: asked before drafts are offered.
await start();
awaken(document);
document.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && awaken(event.detail.elt));
