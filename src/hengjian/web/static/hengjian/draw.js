// Runs a published draw again in the reader's own browser. No dependencies, and no crypto.subtle, so that it also
// works on plain http inside an office network. `verify_draw.py` says the same in Python; read either.
//
//   import { verifyDraw } from "./draw.js";
//   const { problems, result } = verifyDraw(published);      // problems: Chinese sentences, empty = the draw holds

// --- SHA-256 (FIPS 180-4) and HMAC (RFC 2104) ---

const FIRST = [], K = [];
for (let n = 2; K.length < 64; n++) { // fractional parts of the roots of the first 64 primes
  let prime = true;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
  if (prime) {
    if (FIRST.length < 8) FIRST.push((Math.sqrt(n) % 1) * 4294967296 | 0);
    K.push((Math.cbrt(n) % 1) * 4294967296 | 0);
  }
}

const turn = (x, n) => (x >>> n) | (x << (32 - n));
const w = new Int32Array(64);

export function sha256(data) {
  const length = data.length, padded = new Uint8Array(((length + 72) >>> 6) << 6), view = new DataView(padded.buffer);
  padded.set(data);
  padded[length] = 0x80;
  view.setUint32(padded.length - 8, Math.floor(length / 536870912));
  view.setUint32(padded.length - 4, length << 3);
  const h = Int32Array.from(FIRST);
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15], b = w[i - 2];
      w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, last] = h;
    for (let i = 0; i < 64; i++) {
      const one = (last + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      last = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, last].forEach((value, i) => { h[i] += value; });
  }
  const digest = new Uint8Array(32), out = new DataView(digest.buffer);
  h.forEach((value, i) => out.setInt32(4 * i, value));
  return digest;
}

export function hmac(key, data) {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? sha256(key) : key);
  return sha256(join(block.map((x) => x ^ 0x5c), sha256(join(block.map((x) => x ^ 0x36), data))));
}

// --- bytes ---

const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (x) => x.toString(16).padStart(2, "0")).join("");

function unhex(text) {
  if (typeof text !== "string" || !/^([0-9a-fA-F]{2})*$/.test(text)) throw new Error("不是十六进制");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

function behindLength(bytes) { // its length in eight bytes, then the bytes
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(4, bytes.length);
  return join(head, bytes);
}

// --- the draw ---

export function canonical(value) { // RFC 8785, given that a manifest holds text, integers, lists and objects only
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  if (value !== null && typeof value === "object") {
    return "{" + Object.keys(value).sort().map((k) => JSON.stringify(k) + ":" + canonical(value[k])).join(",") + "}";
  }
  return JSON.stringify(value);
}

export function computeDraw(manifest, secrets, code, beacon) {
  const digest = sha256(utf8(canonical(manifest)));
  const prk = hmac(code, join(...[utf8("draw/1"), digest, beacon, ...secrets].map(behindLength)));
  const pos = (label) => hex(hmac(prk, utf8(label + "\x01"))); // hexadecimal sorts as the bytes do

  const strata = new Map();
  for (const { id, stratum, weight } of manifest.pool) {
    let lowest = "g";
    for (let n = 1; n <= weight; n++) {
      const ticket = pos(`target/${id}/${n}`);
      if (ticket < lowest) lowest = ticket;
    }
    if (!strata.has(stratum)) strata.set(stratum, []);
    strata.get(stratum).push([lowest, id]);
  }
  const drawn = manifest.take.flatMap(([stratum, count]) => strata.get(stratum).sort(inOrder).slice(0, count));
  const targets = drawn.sort(inOrder).map(([, id]) => id);
  return { manifest_sha256: hex(digest), prk: hex(prk), targets, teams: assign(manifest, targets, pos) };
}

const inOrder = (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : 1);

// In drawn order, the best-ranked people who still leave a possible assignment for all the rest.
function assign(manifest, targets, pos) {
  const size = manifest.team, cap = new Map(manifest.staff.map((person) => [person.id, person.cap]));
  const barred = new Set(manifest.barred.map(([person, target]) => person + "/" + target));
  const [rank, team, fixed, serves] = Array.from({ length: 4 }, () => Object.create(null));
  for (const p of cap.keys()) serves[p] = new Set();
  for (const t of targets) {
    const able = [...cap.keys()].filter((p) => !barred.has(p + "/" + t));
    rank[t] = able.map((p) => [pos(`pair/${t}/${p}`), p]).sort(inOrder).map(([, p]) => p);
    team[t] = new Set();
    fixed[t] = [];
  }
  const put = (t, p) => { team[t].add(p); serves[p].add(t); };
  const drop = (t, p) => { team[t].delete(p); serves[p].delete(t); };
  const room = (p, seen) => { // can p take one more? if full: can somebody else step in where p is not fixed yet?
    if (serves[p].size < cap.get(p)) return true;
    for (const t of [...serves[p]]) {
      if (fixed[t].includes(p)) continue;
      for (const other of rank[t]) {
        if (seen.has(other) || team[t].has(other)) continue;
        seen.add(other);
        if (room(other, seen)) { drop(t, p); put(t, other); return true; }
      }
    }
    return false;
  };

  for (const t of targets) { // first any possible assignment
    while (team[t].size < size) {
      const seen = new Set();
      const helper = rank[t].find((p) => {
        if (seen.has(p) || team[t].has(p)) return false;
        seen.add(p);
        return room(p, seen);
      });
      if (helper === undefined) return null; // there is none: the draw is void
      put(t, helper);
    }
  }
  for (const t of targets) { // then the first of all
    let hopeless = new Set();
    for (const p of rank[t]) {
      if (fixed[t].length === size) break;
      if (hopeless.has(p)) continue;
      if (!team[t].has(p)) {
        const loose = rank[t].find((q) => team[t].has(q) && !fixed[t].includes(q));
        drop(t, loose);
        const seen = new Set([...hopeless, p]);
        if (!room(p, seen)) { put(t, loose); hopeless = seen; continue; }
        put(t, p);
      }
      fixed[t].push(p);
    }
  }
  return fixed;
}

export function verifyDraw(published) {
  const problems = [];
  let result = null;
  try {
    const { manifest, secrets, code, beacon, result: claimed } = published;
    for (const [name, list] of [["抽取池", manifest.pool], ["人员", manifest.staff]]) {
      if (list.some((each, n) => n > 0 && list[n - 1].id >= each.id)) problems.push(`${name}未按编号排序或有重复。`);
    }
    if (new Set(manifest.take.map(([stratum]) => stratum)).size !== manifest.take.length) {
      problems.push("同一层的抽取数写了两次。");
    }
    const opened = secrets.map(unhex);
    if (canonical(opened.map((secret) => hex(sha256(secret)))) !== canonical(manifest.commitments)) {
      problems.push("见证人的秘密值与清单中的承诺不符。");
    }
    if (hex(sha256(unhex(code))) !== manifest.chain_head) problems.push("一次性代码不是清单所载哈希链的下一个。");
    if (beacon.source !== manifest.beacon.source || beacon.round !== manifest.beacon.round) {
      problems.push("所用信标不是清单预先指定的信标。");
    }
    if ((beacon.value === null) !== (beacon.source === "none")) problems.push("信标值与信标来源不符。");
    const drand = beacon.value !== null && typeof beacon.value === "object";
    const mixedIn = drand ? sha256(unhex(beacon.value.signature)) : utf8(beacon.value ?? "");
    result = computeDraw(manifest, opened, unhex(code), mixedIn);
    if (claimed.manifest_sha256 !== result.manifest_sha256) problems.push("清单摘要与公布的不同。");
    if (claimed.prk !== result.prk) problems.push("随机种子与公布的不同。");
    if (canonical(claimed.targets) !== canonical(result.targets)) problems.push("重新计算抽中的对象或其次序与公布的不同。");
    if (canonical(claimed.teams) !== canonical(result.teams)) problems.push("重新计算的人员分派与公布的不同。");
  } catch (error) {
    problems.push(`公布内容不完整：${error.message}。`);
  }
  return { problems, result };
}
