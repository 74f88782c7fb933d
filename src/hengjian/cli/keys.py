"""`hengjian keys rotate`: after a new key was put first in HENGJIAN_FIELD_KEYS, encrypts what older keys hold, by acts."""

from __future__ import annotations

import argparse

from hengjian.cli.answer import Answer, Commands, parser
from hengjian.cli.installation import start_with_database


def add_parser(commands: Commands) -> None:
    made = commands.add_parser("keys", help="以当前密钥重新加密", description="字段密钥")
    parts = made.add_subparsers(dest="part", metavar="动作", required=True)
    parser(parts, "rotate", "把旧密钥加密的字段改用 HENGJIAN_FIELD_KEYS 中的第一把密钥")


def run(arguments: argparse.Namespace) -> Answer:
    start_with_database()
    from hengjian.authorities.acts.rotate_keys import batches, encrypted_models, rotate_keys
    from hengjian.kernel import sealed, sealer
    from hengjian.kernel.actor import OPERATOR

    rotated: dict[str, int] = {}
    for model in encrypted_models():
        for rows in batches(model):
            rotate_keys(OPERATOR, rows)
            rotated[model._meta.db_table] = rotated.get(model._meta.db_table, 0) + len(rows)
    sealer.seal()
    key = sealed.current_key()
    told = [f"{table}：{count} 行" for table, count in rotated.items()] or ["没有需要重新加密的行。"]
    return Answer({"key": key, "rotated": rotated}, [f"当前密钥 {key}。", *told])
