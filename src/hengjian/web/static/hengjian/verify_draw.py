"""Run a published draw again:  python3 verify_draw.py draw.json     (Python 3.8 or later, nothing to install)

Prints the verdict in Chinese; exit status 0 = the draw holds, 1 = it does not, 2 = wrong usage.
Nothing is asked of the platform that drew: the file alone decides. Read it; it is short on purpose.
"""

import hashlib
import hmac
import json
import sys


def sha256(data):
    return hashlib.sha256(data).digest()


def canonical(manifest):  # RFC 8785, given that a manifest holds text, integers, lists and objects only
    return json.dumps(manifest, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def recompute(manifest, secrets, code, beacon):
    def lp(data):
        return len(data).to_bytes(8, "big") + data

    def pos(label):
        return hmac.new(prk, label.encode() + b"\x01", "sha256").digest()

    mixed = b"".join(map(lp, [b"draw/1", sha256(canonical(manifest)), beacon, *secrets]))
    prk = hmac.new(code, mixed, "sha256").digest()

    # Targets: weight w gives w tickets, the smallest counts; the lowest of each stratum are drawn.
    strata = {}
    for item in manifest["pool"]:
        ticket = min(pos("target/%s/%d" % (item["id"], n + 1)) for n in range(item["weight"]))
        strata.setdefault(item["stratum"], []).append((ticket, item["id"]))
    drawn = sorted(t for stratum, count in manifest["take"] for t in sorted(strata[stratum])[:count])
    targets = [name for _, name in drawn]

    # Teams: in drawn order, the best-ranked people who still leave a possible assignment for all the rest.
    size, cap = manifest["team"], {person["id"]: person["cap"] for person in manifest["staff"]}
    barred = {(person, target) for person, target in manifest["barred"]}
    rank = {}
    for t in targets:
        able = [p for p in cap if (p, t) not in barred]
        rank[t] = sorted(able, key=lambda p: pos("pair/%s/%s" % (t, p)))
    team, fixed = {t: set() for t in targets}, {t: [] for t in targets}
    serves = {p: set() for p in cap}

    def put(t, p):
        team[t].add(p)
        serves[p].add(t)

    def drop(t, p):
        team[t].discard(p)
        serves[p].discard(t)

    def room(p, seen):  # can p take one more? if p is full: can somebody else step in where p is not fixed yet?
        if len(serves[p]) < cap[p]:
            return True
        for t in [t for t in serves[p] if p not in fixed[t]]:
            for other in rank[t]:
                if other not in seen and other not in team[t]:
                    seen.add(other)
                    if room(other, seen):
                        drop(t, p)
                        put(t, other)
                        return True
        return False

    for t in targets * size:  # first any possible assignment
        seen = set()
        for p in rank[t]:
            if p not in seen and p not in team[t]:
                seen.add(p)
                if room(p, seen):
                    put(t, p)
                    break
        else:
            return prk, targets, None  # there is none: the draw is void
    for t in targets:  # then the first of all: try each better-ranked person, keep whoever leaves a way for the rest
        hopeless = set()
        for p in rank[t]:
            if len(fixed[t]) < size and p not in hopeless:
                if p not in team[t]:
                    loose = next(q for q in rank[t] if q in team[t] and q not in fixed[t])
                    drop(t, loose)
                    seen = hopeless | {p}
                    if not room(p, seen):
                        put(t, loose)
                        hopeless = seen
                        continue
                    put(t, p)
                fixed[t].append(p)
    return prk, targets, fixed


def problems(published):
    manifest, result, beacon = published["manifest"], published["result"], published["beacon"]
    secrets, code = [bytes.fromhex(s) for s in published["secrets"]], bytes.fromhex(published["code"])
    for name in ("pool", "staff"):
        ids = [each["id"] for each in manifest[name]]
        if ids != sorted(set(ids)):
            yield "清单中的 %s 未按编号排序或有重复。" % name
    if len({stratum for stratum, _ in manifest["take"]}) != len(manifest["take"]):
        yield "同一层的抽取数写了两次。"
    if [sha256(secret).hex() for secret in secrets] != manifest["commitments"]:
        yield "见证人的秘密值与清单中的承诺不符。"
    if sha256(code).hex() != manifest["chain_head"]:
        yield "一次性代码不是清单所载哈希链的下一个。"
    if [beacon["source"], beacon["round"]] != [manifest["beacon"]["source"], manifest["beacon"]["round"]]:
        yield "所用信标不是清单预先指定的信标。"
    value = beacon["value"]
    if isinstance(value, dict):
        print("提示：drand 签名不在此核验，请用 drand 公布的工具核对第 %s 轮。" % beacon["round"])
        mixed_in = sha256(bytes.fromhex(value["signature"]))
    else:
        print("提示：请自行核对公开结果 %s %s：%s" % (beacon["source"], beacon["round"], value))
        mixed_in = (value or "").encode()
    if (value is None) != (beacon["source"] == "none"):
        yield "信标值与信标来源不符。"
    prk, targets, teams = recompute(manifest, secrets, code, mixed_in)
    if result["manifest_sha256"] != sha256(canonical(manifest)).hex():
        yield "清单摘要与公布的不同。"
    if result["prk"] != prk.hex():
        yield "随机种子与公布的不同。"
    if result["targets"] != targets:
        yield "重新计算抽中的对象或其次序与公布的不同。"
    if result["teams"] != teams:
        yield "重新计算的人员分派与公布的不同。"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(print(__doc__) or 2)
    sys.setrecursionlimit(100_000)
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            found = list(problems(json.load(file)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        found = ["文件不是完整的公布抽取：%s %s。" % (type(error).__name__, error)]
    print("\n".join(found) or "抽取成立：按公布的清单、秘密值、代码和信标重新计算，结果完全一致。")
    sys.exit(1 if found else 0)
