// What the pages do beyond the server: each part stands alone and does nothing where its mark is absent.

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const words = one("#notices");
const say = (key) => (words ? one(`[data-key="${key}"]`, words.content)?.textContent : "") ?? "";
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

/* Notices: one at a time, at the foot of the window, spoken. */
let noticeBox;
function notify(text, choices = [], seconds = 0) {
  noticeBox?.remove();
  noticeBox = document.createElement("div");
  noticeBox.className = "notice";
  noticeBox.setAttribute("role", "status");
  const line = document.createElement("span");
  line.textContent = text;
  noticeBox.append(line);
  const closing = noticeBox;
  for (const { label, run, href } of [...choices, { label: say("close"), run: () => {} }]) {
    const control = document.createElement(href ? "a" : "button");
    control.textContent = label;
    if (href) { control.href = href; control.target = "_blank"; } else control.type = "button";
    control.addEventListener("click", () => { run?.(); closing.remove(); });
    noticeBox.append(control);
  }
  document.body.append(noticeBox);
  if (seconds) setTimeout(() => closing.remove(), seconds * 1000);
}

/* Search: a slash goes there from anywhere. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const box = one("[data-search]");
  if (box) { event.preventDefault(); box.focus(); box.select(); }
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
  notify(say("copied"), [], 3);
});

/* Confirmation: the question stands in data-confirm of a form, a link or a button. */
const dialog = one("[data-confirm-dialog]");
function ask(question, label) {
  if (!dialog?.showModal) return Promise.resolve(window.confirm(question));
  one("[data-confirm-text]", dialog).textContent = question;
  const yes = one("[data-confirm-yes]", dialog);
  yes.dataset.usual ??= yes.textContent;
  yes.textContent = label || yes.dataset.usual;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}
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
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[data-again]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  rest(form, true);
});
window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => rest(form, false)));
document.addEventListener("htmx:afterRequest", (event) => event.target.closest?.("form") && rest(event.target.closest("form"), false));

/* Drafts: a marked form is kept on this computer under its address and seat, never its sensitive fields. */
const draftKey = (form) => `draft:${document.body.dataset.seat ?? "-"}:${location.pathname}:${form.id || form.action}`;
const keeps = (field) => field.name && !field.matches('[data-sensitive], [data-sensitive] *, [type="password"], [type="file"], [type="hidden"], [name="csrfmiddlewaretoken"]');
function written(form) {
  const kept = {};
  for (const field of form.elements) {
    if (!keeps(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") (kept[field.name] ??= []).push(...(field.checked ? [field.value] : []));
    else if (field.type !== "submit" && field.type !== "button") (kept[field.name] ??= []).push(field.value);
  }
  return kept;
}
function restore(form, kept) {
  const used = {};
  for (const box of all("[data-rows]", form)) {
    const wanted = Object.keys(kept).map((name) => Number(name.match(`^${box.dataset.rows}-(\\d+)-`)?.[1] ?? -1));
    while (rowCount(box).value <= Math.max(...wanted)) addRow(box);
  }
  for (const field of form.elements) {
    if (!keeps(field) || !(field.name in kept)) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = kept[field.name].includes(field.value);
    else if (field.type !== "submit" && field.type !== "button") {
      used[field.name] ??= 0;
      field.value = kept[field.name][used[field.name]++] ?? field.value;
    }
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}
function keepDrafts(root) {
  for (const form of all("form[data-autosave]", root)) {
    const key = draftKey(form);
    const untouched = JSON.stringify(written(form));
    let draft = null;
    try { draft = JSON.parse(localStorage.getItem(key)); } catch { localStorage.removeItem(key); }
    if (draft && JSON.stringify(draft.kept) !== untouched) {
      notify(`${say("restored")} ${draft.at}`, [
        { label: say("restore"), run: () => restore(form, draft.kept) },
        { label: say("discard"), run: () => localStorage.removeItem(key) },
      ]);
    }
    let timer;
    const save = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const kept = written(form);
        if (JSON.stringify(kept) === untouched) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify({ at: new Date().toLocaleString(document.documentElement.lang), kept }));
      }, 400);
    };
    form.addEventListener("input", save);
    form.addEventListener("change", save);
    // The next page tells whether it was accepted: a page that answers with errors shows the form again, filled.
    form.addEventListener("submit", () => sessionStorage.setItem("sent", key));
  }
}
function dropSentDraft() {
  const key = sessionStorage.getItem("sent");
  if (!key) return;
  sessionStorage.removeItem("sent");
  // The log-in or an error in answer: nothing was accepted.
  if (document.body.matches("[data-entrance], [data-error]")) return;
  const back = all("form[data-autosave]").some((form) => draftKey(form) === key);
  if (!back || one("[data-said]")) localStorage.removeItem(key);
}

/* Rows of a form: one more is the last one, emptied and numbered on. */
const rowCount = (box) => one(`input[name="${box.dataset.rows}-count"]`, box);
function addRow(box) {
  const count = rowCount(box);
  const last = one("tbody tr:last-child", box);
  if (!last) return null;
  const row = last.cloneNode(true);
  for (const field of all("[name]", row)) {
    const renumber = (text) => text.replace(/-\d+-/, `-${count.value}-`);
    field.name = renumber(field.name);
    if (field.id) field.id = renumber(field.id);
    if (field.type === "checkbox") field.checked = false;
    else if (field.type !== "hidden") field.value = "";
    field.removeAttribute("aria-invalid");
  }
  all(".error", row).forEach((error) => error.remove());
  last.after(row);
  count.value = Number(count.value) + 1;
  return row;
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row]");
  if (button) one("input:not([type=hidden]), select", addRow(button.closest("[data-rows]")) ?? document)?.focus();
});

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
window.addEventListener("offline", () => notify(say("lost")));

function awaken(root) {
  keepDrafts(root);
  all("[data-drop]", root).forEach(listen);
  one("[data-focus]", root)?.focus();
}
dropSentDraft();
awaken(document);
document.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && awaken(event.detail.elt));
