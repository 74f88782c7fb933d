"""Check a receipt of the act ledger:  python3 verify_receipt.py receipt.tlog-proof LOG_KEY     (Python 3.8 or later)

LOG_KEY is the log's published key, `name+key id+base64`, taken from a printed bulletin or another place you trust.
Prints what was logged and the verdict in Chinese; exit status 0 = proven, 1 = not proven, 2 = wrong usage.

Four steps, each of a public standard, nothing to install and nothing asked of the platform:
  1. the opening: salt and details give the commitment `c` in the leaf (HMAC-SHA256)
  2. the leaf hash and the inclusion proof give the root of the tree (RFC 6962, RFC 9162)
  3. the root is the one in the checkpoint (C2SP tlog-proof, tlog-checkpoint)
  4. the checkpoint is signed by the log (C2SP signed-note, Ed25519 of RFC 8032)
"""

import base64
import hashlib
import hmac
import json
import sys


def unbase64(text):
    return base64.b64decode(text, validate=True)


def sha256(data):
    return hashlib.sha256(data).digest()


class NotProven(Exception):
    pass


# --- Ed25519, verification only (RFC 8032 section 5.1): slow, short, and free of secrets ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    a, b, c, d = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P, 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point, number = add(point, point), number >> 1
    return result


def point(data):
    sign, y = data[31] >> 7, int.from_bytes(data, "little") & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise NotProven("签名或公钥不是曲线上的点。")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def ed25519_holds(public, message, signature):
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or len(public) != 32 or s >= ORDER:
        return False
    base = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    challenge = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % ORDER
    x1, y1, z1, _ = multiply(s, base)
    x2, y2, z2, _ = add(point(r), multiply(challenge, point(public)))
    return (x1 * z2 - x2 * z1) % P == 0 and (y1 * z2 - y2 * z1) % P == 0


# --- the receipt ---


def root_from(index, size, leaf, proof):
    """RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size:
        raise NotProven("序号超出检查点的条数。")
    position, last, node = index, size - 1, sha256(b"\0" + leaf)
    for sibling in proof:
        if last == 0 or len(sibling) != 32:
            raise NotProven("包含证明过长或有损。")
        if position & 1 or position == last:
            node = sha256(b"\1" + sibling + node)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            node = sha256(b"\1" + node + sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise NotProven("包含证明不完整。")
    return node


def checkpoint_signed_by(key, note):
    """The size and root of the checkpoint, once its signature by this key holds."""
    name, key_id, encoded = key.strip().split("+", 2)
    public = unbase64(encoded)
    if len(public) != 33 or public[0] != 1 or sha256(name.encode() + b"\n" + public)[:4].hex() != key_id:
        raise NotProven("日志公钥有误：名称、标识与密钥不相符。")
    text, _, lines = note.rpartition("\n\n")
    text += "\n"
    for line in lines.splitlines():
        dash, signer, blob = line.split(" ")
        if dash == "—" and signer == name and unbase64(blob)[:4].hex() == key_id:
            if not ed25519_holds(public[1:], text.encode(), unbase64(blob)[4:]):
                raise NotProven("检查点的签名不成立。")
            break
    else:
        raise NotProven("检查点没有此日志的签名。")
    origin, size, root = text.split("\n")[:3]
    if origin != name:
        raise NotProven("检查点属于另一日志。")
    return int(size), unbase64(root)


def as_written(data):
    """The text as it was written, whatever mail or an editor did to line ends, the first bytes and the last line."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines).strip("\n") + "\n"


def verify(receipt, key):
    head, _, note = receipt.partition("\n\n")
    header, extra, index, *proof = head.split("\n")
    if header != "c2sp.org/tlog-proof@v1" or not extra.startswith("extra ") or not index.startswith("index "):
        raise NotProven("不是凭证文件。")
    opening, index = json.loads(unbase64(extra[6:])), int(index[6:])
    leaf = opening["leaf"].encode()
    if set(opening) != {"leaf"}:  # details are believed only behind their salt
        made = hmac.new(bytes.fromhex(opening["salt"]), opening["details"].encode(), "sha256").hexdigest()
        if json.loads(leaf)["c"] != made:
            raise NotProven("所附明细不是存证时承诺的明细。")
    size, root = checkpoint_signed_by(key, note)
    if root_from(index, size, leaf, [unbase64(line) for line in proof]) != root:
        raise NotProven("包含证明不能得到检查点的树根。")
    return opening, index, size


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(print(__doc__) or 2)
    try:
        with open(sys.argv[1], "rb") as file:
            opening, index, size = verify(as_written(file.read()), sys.argv[2])
    except OSError as problem:
        sys.exit(print("打不开文件：%s（%s）。" % (sys.argv[1], problem.strerror)) or 2)
    except NotProven as problem:
        sys.exit(print("凭证不成立：%s" % problem) or 1)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as problem:
        sys.exit(print("凭证不成立：文件不完整（%s）。" % type(problem).__name__) or 1)
    print("条目：%s" % opening["leaf"])
    print("明细：%s" % opening.get("details", "未随凭证提供；仅证明该条目已存证。"))
    print("凭证成立：此条目是日志 %d 条中的第 %d 条（自 0 起计），检查点有日志签名。" % (size, index))
