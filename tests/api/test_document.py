"""The document of the API is everybody's to read, so that reading it must cost next to nothing."""

from __future__ import annotations

from typing import Any

from ninja.openapi import schema as ninja_schema

from hengjian.api.routes import load
from hengjian.kernel.words import speaking


def test_the_document_is_made_once_for_each_language(monkeypatch: Any) -> None:
    api, made = load(), []
    monkeypatch.setattr(api, "_documents", {})
    ordinary = ninja_schema.OpenAPISchema.get_paths
    monkeypatch.setattr(
        ninja_schema.OpenAPISchema, "get_paths", lambda schema: (made.append(schema), ordinary(schema))[1]
    )
    for language in ("zh-hans", "en", "zh-hans", "en"):
        with speaking(language):
            assert api.get_openapi_schema()["paths"]
    assert len(made) == 2
    with speaking("zh-hans"):
        chinese = api.get_openapi_schema()
    with speaking("en"):
        assert api.get_openapi_schema()["info"] != chinese["info"]
