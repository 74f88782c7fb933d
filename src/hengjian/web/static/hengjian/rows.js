// Rows of a form: one more is the last one, emptied and numbered on.

import { all, one } from "./notices.js";

export const rowCount = (box) => one(`input[name="${box.dataset.rows}-TOTAL_FORMS"]`, box);
export function addRow(box) {
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
    field.removeAttribute("aria-describedby");
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
