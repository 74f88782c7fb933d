"""The address of the store of files: whether it can be one, before anything is opened."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

SCHEMES = ("file", "s3")


def place_problem(url: str, endpoint: str, key: str, secret: str, region: str) -> str:
    """A sentence about what is wrong with the settings of the store, or nothing."""
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and unquote(parts.path).startswith("/"):
        return ""
    if parts.scheme != "s3" or not parts.netloc:
        return "HENGJIAN_FILES_URL 应写作 file://目录的绝对路径 或 s3://桶/前缀。"
    if not key or not secret:
        return "文件存放在 s3:// 时，HENGJIAN_FILES_KEY 和 HENGJIAN_FILES_SECRET 都要设置。"
    if endpoint and urlsplit(endpoint).scheme not in ("http", "https"):
        return "HENGJIAN_FILES_ENDPOINT 应写作 https://主机 或 https://主机:端口。"
    if not endpoint and not region:
        return "文件存放在 s3:// 时，须设置 HENGJIAN_FILES_ENDPOINT（服务地址），或者 HENGJIAN_FILES_REGION（区域）。"
    return ""
