/* Suggestions while typing: a field with `data-suggest` asks that page and offers its answers as a datalist. Without
   script the field is an ordinary one. */
const lists = new Map();
let timer;

function listOf(address) {
  if (!lists.has(address)) {
    const list = document.createElement("datalist");
    list.id = `suggest-${lists.size}`;
    document.body.append(list);
    lists.set(address, list);
  }
  return lists.get(address);
}

async function suggest(field) {
  const list = listOf(field.dataset.suggest);
  field.setAttribute("list", list.id);
  const words = field.value.trim();
  if (!words || [...list.options].some((option) => option.value === words)) return;
  const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || field.value.trim() !== words) return;
  const { options } = await answer.json();
  list.replaceChildren(...options.map(({ value, label }) => new Option(`${value} ${label}`, value)));
}

document.addEventListener("input", (event) => {
  const field = event.target.closest?.("[data-suggest]");
  if (!field) return;
  clearTimeout(timer);
  timer = setTimeout(() => suggest(field), 180);
});
