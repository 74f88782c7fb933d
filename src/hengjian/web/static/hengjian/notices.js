// What the pages say: one notice at a time, in the flow of the page and beside what it concerns, so that it covers nothing.

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const words = one("#notices");
export const say = (key) => (words ? one(`[data-key="${key}"]`, words.content)?.textContent : "") ?? "";

/* `choices`: [{label, run? | href?}]. `near`: the form or button concerned; else the form somebody writes in, else the page. */
let noticeBox;
export function notify(text, choices = [], { near = null, first = false } = {}) {
  noticeBox?.remove();
  noticeBox = document.createElement("div");
  noticeBox.className = "notice";
  noticeBox.setAttribute("role", "status");
  const line = document.createElement("span");
  line.textContent = text;
  noticeBox.append(line);
  const closing = noticeBox;
  for (const { label, run, href } of [...choices, { label: say("close"), run: () => true }]) {
    const control = document.createElement(href ? "a" : "button");
    control.textContent = label;
    if (href) { control.href = href; control.target = "_blank"; } else control.type = "button";
    control.addEventListener("click", async () => { if ((await run?.()) !== false) closing.remove(); });
    noticeBox.append(control);
  }
  place(noticeBox, near ?? document.activeElement?.closest("form") ?? one("#content"), first);
  return noticeBox;
}
function place(box, near, first) {
  const acts = near?.matches("form") ? all(".acts, .form-acts", near).at(-1) : null;
  if (first || !acts) {
    if (near?.matches("form, main")) near.prepend(box); else (near ?? document.body).after(box);
  } else if (acts.matches(".sticky")) acts.append(box);
  else acts.after(box);
}

/* Confirmation: the question stands in data-confirm of a form, a link or a button. */
const dialog = one("[data-confirm-dialog]");
export function ask(question, label) {
  if (!dialog?.showModal) return Promise.resolve(window.confirm(question));
  one("[data-confirm-text]", dialog).textContent = question;
  const yes = one("[data-confirm-yes]", dialog);
  yes.dataset.usual ??= yes.textContent;
  yes.textContent = label || yes.dataset.usual;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}
