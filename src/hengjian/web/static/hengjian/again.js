// Runs a published draw again on its page and shows each comparison. The computing is in draw.js.

import { verifyDraw } from "./draw.js";

const one = (selector, root = document) => root.querySelector(selector);
const box = one("[data-draw]"), words = one("[data-draw-words]").content;
const say = (key) => one(`[data-key="${key}"]`, words).textContent;
const problemIn = (sentence) => {
  const known = [...words.querySelectorAll("[data-problem]")].find((each) => each.dataset.problem === sentence);
  // What was published and cannot be read is said without what the reader found.
  return (known ?? one('[data-problem="公布内容不完整。"]', words)).textContent;
};
const CHECKS = { manifest: "清单摘要", commitments: "秘密值", chain: "哈希链", beacon: "信标", targets: "对象或其次序", teams: "人员分派" };

function show(tone, text) {
  const answer = one("[data-draw-answer]");
  answer.hidden = false;
  answer.className = `find-answer ${tone}`;
  answer.textContent = text;
}

one("[data-draw-run]").addEventListener("click", async () => {
  const list = one("[data-draw-checks]");
  list.replaceChildren();
  let published;
  try { published = await (await fetch(box.dataset.draw)).json(); } catch { show("warn", say("failed")); return; }
  const { problems, result } = verifyDraw(published);
  if (result && result.manifest_sha256 !== one("[data-digest]").textContent.trim()) problems.push("清单摘要与封存时存证的不同。");
  list.hidden = false;
  for (const [key, mark] of Object.entries(CHECKS)) {
    const line = document.createElement("li");
    const wrong = !result || problems.some((problem) => problem.includes(mark));
    line.className = wrong ? "fails" : "holds";
    line.textContent = say(key);
    list.append(line);
  }
  show(problems.length ? "seal" : "good", problems.length ? [say("fails"), ...problems.map(problemIn)].join(document.documentElement.lang.startsWith("zh") ? "" : " ") : say("holds"));
});

// Until here a click would have been lost.
one("[data-draw-run]").disabled = false;
