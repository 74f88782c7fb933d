"""Run a published draw again: python3 verify_draw.py draw.json      (Python 3.8+, standard library only)

Prints a verdict; exit status 0 = the draw holds, 1 = it does not. Nothing is asked of the platform that drew.
"""
import hashlib, hmac, json, sys


def sha(data): return hashlib.sha256(data).hexdigest()
def lp(data): return len(data).to_bytes(8, "big") + data


def recompute(manifest, secrets, code, beacon):
    text = json.dumps(manifest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))  # RFC 8785
    mixed = lp(b"draw/1") + lp(hashlib.sha256(text.encode()).digest()) + lp(beacon) + b"".join(map(lp, secrets))
    prk = hmac.new(code, mixed, "sha256").digest()
    def pos(label): return hmac.new(prk, label.encode() + b"\x01", "sha256").digest()

    # Targets: an item of weight w has w tickets, the smallest counts; the lowest of each stratum are drawn.
    tickets = [(min(pos("target/%s/%d" % (item["id"], n + 1)) for n in range(item["weight"])), item["id"],
                item["stratum"]) for item in manifest["pool"]]
    drawn = sorted(ticket for stratum, count in manifest["take"]
                   for ticket in sorted(t for t in tickets if t[2] == stratum)[:count])
    targets = [ticket[1] for ticket in drawn]

    # Teams: in drawn order, the best-ranked people who still leave a possible assignment for all the rest.
    barred, cap, size = set(map(tuple, manifest["barred"])), {s["id"]: s["cap"] for s in manifest["staff"]}, manifest["team"]
    rank = {t: sorted((s for s in cap if (s, t) not in barred), key=lambda s: pos("pair/%s/%s" % (t, s))) for t in targets}
    team, fixed, load, serves = {t: set() for t in targets}, {t: [] for t in targets}, dict.fromkeys(cap, 0), {s: set() for s in cap}

    def put(t, s): team[t].add(s); serves[s].add(t); load[s] += 1
    def drop(t, s): team[t].discard(s); serves[s].discard(t); load[s] -= 1
    def room(s, seen):  # can s take one more? if full, one of the targets not yet fixed must find somebody else
        if load[s] < cap[s]: return True
        for t in [t for t in serves[s] if s not in fixed[t]]:
            for other in rank[t]:
                if other not in seen and other not in team[t]:
                    seen.add(other)
                    if room(other, seen):
                        drop(t, s); put(t, other)
                        return True
        return False

    for t in targets:  # any possible assignment first
        for _ in range(size):
            seen = set(team[t])
            helper = next((s for s in rank[t] if s not in seen and not seen.add(s) and room(s, seen)), None)
            if helper is None: return sha(text.encode()), prk.hex(), targets, None
            put(t, helper)
    for t in targets:  # then the first one: force each better-ranked person in, if the rest can follow
        for s in rank[t]:
            if len(fixed[t]) == size: break
            if s not in team[t]:
                loose = next(x for x in reversed(rank[t]) if x in team[t] and x not in fixed[t])
                before = {x: set(team[x]) for x in targets}
                drop(t, loose)  # whoever loses the place leaves room behind
                fixed[t].append(s)
                if room(s, {s}): put(t, s)
                else: raise NotImplementedError
            else: fixed[t].append(s)
    return sha(text.encode()), prk.hex(), targets, fixed
