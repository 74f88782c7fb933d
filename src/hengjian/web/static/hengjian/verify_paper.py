"""Check an official paper (PDF) against the act ledger:  python3 verify_paper.py paper.pdf LOG_KEY     (Python 3.8 or later)

Needs verify_receipt.py, from the same page, in the same folder; nothing else, and nothing is asked of the platform.
LOG_KEY is the log's published key, `name+key id+base64`, taken from a printed bulletin or another place you trust.
Prints what was registered and the verdict in Chinese; exit status 0 = proven, 1 = not proven, 2 = wrong usage.

Four steps:
  1. the receipt inside the file proves that the act that issued the paper is in the log (see verify_receipt.py)
  2. row and salt inside the file give one of the commitments under the root `r` of that entry (HMAC-SHA256, RFC 6962)
  3. the facts inside the file have the digest that this row registered
  4. you compare the facts with what stands on the page. The page itself is covered by the PDF's digital signature, which
     every reader of PDF and `pdfsig` of poppler check; this script does not.
"""

import hashlib
import hmac
import json
import re
import sys
import zlib

from verify_receipt import NotProven, as_written, root_from, verify

STREAM = re.compile(rb"/Type\s*/EmbeddedFile\b.*?stream\r?\n", re.S)


def attachments(pdf):
    """The files inside, told apart by what they hold; the newest of a kind is the first, for a paper is made once."""
    found = {}
    for match in STREAM.finditer(pdf):
        end = pdf.find(b"endstream", match.end())
        data = pdf[match.end() : end]
        if b"/FlateDecode" in match.group(0):
            data = zlib.decompressobj().decompress(data)
        text = data.decode()
        name = "receipt" if text.startswith("c2sp.org/") else "row" if '"salt"' in text and '"path"' in text else "facts"
        found.setdefault(name, text)
    if set(found) != {"receipt", "row", "facts"}:
        raise NotProven("文件没有附凭证、登记和内容，或附件残缺。")
    return found


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def check(pdf, key):
    inside = attachments(pdf)
    opening, index, size = verify(as_written(inside["receipt"].encode()), key)
    leaf, opened = json.loads(opening["leaf"]), json.loads(inside["row"])
    committed = hmac.new(bytes.fromhex(opened["salt"]), opened["row"].encode(), hashlib.sha256).digest()
    path = [bytes.fromhex(node) for node in opened["path"]]
    if root_from(opened["position"], leaf["n"], committed, path).hex() != leaf["r"]:
        raise NotProven("所附登记不是该条目写下的一行。")
    table, row = json.loads(opened["row"])
    facts = canonical(json.loads(inside["facts"])).decode()
    if table != "papers_paper" or hashlib.sha256(canonical([row["kind"], facts])).hexdigest() != row["facts_sha256"]:
        raise NotProven("所附内容不是登记的内容。")
    return row, json.loads(facts), leaf, index, size


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(print(__doc__) or 2)
    try:
        with open(sys.argv[1], "rb") as file:
            row, facts, leaf, index, size = check(file.read(), sys.argv[2])
    except OSError as problem:
        sys.exit(print("打不开文件：%s（%s）。" % (sys.argv[1], problem.strerror)) or 2)
    except NotProven as problem:
        sys.exit(print("公文不成立：%s" % problem) or 1)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, zlib.error) as problem:
        sys.exit(print("公文不成立：文件不完整（%s）。" % type(problem).__name__) or 1)
    print("文号：%s  %s" % (row["number"], row["title"]))
    print("出具：%s  %s" % (row["issuer"], row["issued_at"]))
    print("主送：%s" % row.get("addressee", ""))
    print("内容：%s" % json.dumps(facts, ensure_ascii=False))
    print("登记成立：由日志 %d 条中的第 %d 条（%s）签发。请对照页面，并核验文件的数字签名。" % (size, index, leaf["act"]))
