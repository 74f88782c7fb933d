// Where what was submitted waits on this device: IndexedDB, each entry encrypted under a key that the server gives to pages of
// its writer alone. The next person on the device has another key: neither reads an entry nor sees whose it is.

const { owner, outboxKey } = document.body.dataset;
export const usable = Boolean(owner && outboxKey && globalThis.crypto?.subtle && globalThis.indexedDB && navigator.locks);
const NAME = "hengjian", TABLE = "outbox";

function database() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE, { keyPath: "id" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}
async function table(mode, work) {
  const opened = await database();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = opened.transaction(TABLE, mode);
      const asked = work(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally { opened.close(); }
}

let imported;
const secret = () => (imported ??= crypto.subtle.importKey("raw", Uint8Array.from(outboxKey.match(/../g), (pair) => parseInt(pair, 16)), "AES-GCM", false, ["encrypt", "decrypt"]));

/* A file's bytes follow the text that names it. */
async function packed(entry) {
  const files = [];
  const fields = [];
  for (const [name, value] of entry.fields) {
    if (value instanceof File) {
      fields.push([name, { file: value.name, type: value.type, size: value.size }]);
      files.push(await value.arrayBuffer());
    } else fields.push([name, value]);
  }
  const head = new TextEncoder().encode(JSON.stringify({ ...entry, fields }));
  return new Blob([new Uint32Array([head.length]), head, ...files]).arrayBuffer();
}
function unpacked(bytes) {
  const length = new DataView(bytes).getUint32(0, true);
  const entry = JSON.parse(new TextDecoder().decode(bytes.slice(4, 4 + length)));
  let place = 4 + length;
  entry.fields = entry.fields.map(([name, value]) => {
    if (typeof value === "string") return [name, value];
    const file = new File([bytes.slice(place, place + value.size)], value.file, { type: value.type });
    place += value.size;
    return [name, file];
  });
  return entry;
}

export async function put(entry) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await secret(), await packed(entry));
  await table("readwrite", (store) => store.put({ id: entry.key, owner, iv, sealed }));
}
export const drop = (key) => table("readwrite", (store) => store.delete(key));

/* The own entries, oldest first. */
export async function mine() {
  const rows = (await table("readonly", (store) => store.getAll())).filter((row) => row.owner === owner);
  const found = [];
  for (const { iv, sealed } of rows) {
    try { found.push(unpacked(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await secret(), sealed))); } catch { /* another installation's */ }
  }
  return found.sort((a, b) => a.at - b.at);
}
