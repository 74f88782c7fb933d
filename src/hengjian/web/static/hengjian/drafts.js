// Drafts: a marked form is kept on this computer under its address and seat, never its sensitive fields. A draft goes when
// the server has the receipt for the form's key, or when its writer discards it; a missing failure is no receipt.

import { all, ask, notify, one, say } from "./notices.js";
import { addRow, rowCount } from "./rows.js";

export const draftKey = (form) => `draft:${document.body.dataset.seat ?? "-"}:${location.pathname}:${form.id || form.getAttribute("action") || ""}`;
const LATER = ":later"; // written beside a draft nobody has restored or discarded yet
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

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { localStorage.removeItem(key); return null; }
}
export function forget(key) {
  if (!key) return;
  localStorage.removeItem(key);
  localStorage.removeItem(key + LATER);
}

export function keepDrafts(root) {
  for (const form of all("form[data-autosave]", root)) {
    const key = draftKey(form);
    const blank = written(form);
    const untouched = JSON.stringify(blank);
    const drafts = [read(key), read(key + LATER)].filter((draft) => draft && JSON.stringify(draft.kept) !== untouched);
    let undecided = drafts.length > 0; // until then nothing typed takes the draft's place
    let timer;
    const save = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const kept = written(form);
        const place = undecided ? key + LATER : key;
        if (JSON.stringify(kept) === untouched) localStorage.removeItem(place);
        else localStorage.setItem(place, JSON.stringify({ at: new Date().toLocaleString(document.documentElement.lang), kept }));
      }, 400);
    };
    if (undecided) {
      const offered = drafts.map((draft) => ({
        label: drafts.length > 1 ? `${say("restore")} ${draft.at}` : say("restore"),
        run: () => {
          // What was typed meanwhile in this page is newer than the draft.
          const newer = Object.fromEntries(Object.entries(written(form)).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(blank[name])));
          undecided = false;
          localStorage.removeItem(key + LATER);
          restore(form, { ...draft.kept, ...newer });
        },
      }));
      const discard = async () => {
        if (!(await ask(say("discardsure"), say("discard")))) return false;
        undecided = false;
        forget(key);
        save();
        return true;
      };
      notify(`${say("restored")} ${drafts[0].at}`, [...offered, { label: say("discard"), run: discard }], { near: form, first: true });
    }
    form.addEventListener("input", save);
    form.addEventListener("change", save);
  }
}
