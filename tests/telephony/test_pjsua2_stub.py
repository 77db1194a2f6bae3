"""The types that we wrote for pjsua2 (telephony/lines/stubs/pjsua2.pyi) are those of the library that is installed."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pjsua2
import pytest

_STUB = ast.parse((Path(__file__).parents[2] / "telephony" / "lines" / "stubs" / "pjsua2.pyi").read_text())
_CLASSES = [one for one in _STUB.body if isinstance(one, ast.ClassDef) and not one.name.startswith("_")]
_NUMBERS = [one.target.id for one in _STUB.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]


@pytest.mark.parametrize("name", _NUMBERS)
def test_a_constant_is_a_number_of_the_library(name: str):
    assert isinstance(getattr(pjsua2, name), int)


@pytest.mark.parametrize("stub", _CLASSES, ids=lambda one: one.name)
def test_a_class_has_what_its_stub_says(stub: ast.ClassDef):
    real = getattr(pjsua2, stub.name)
    for base in stub.bases:
        if isinstance(base, ast.Name) and hasattr(pjsua2, base.id):
            assert issubclass(real, getattr(pjsua2, base.id))
    for one in stub.body:
        if isinstance(one, ast.AnnAssign):
            assert isinstance(inspect.getattr_static(real, one.target.id), property), one.target.id
        elif isinstance(one, ast.FunctionDef):
            assert callable(getattr(real, one.name)), one.name


@pytest.mark.parametrize("stub", _CLASSES, ids=lambda one: one.name)
def test_a_field_has_the_type_that_its_stub_says(stub: ast.ClassDef):
    fields = {one.target.id: one.annotation.id for one in stub.body if isinstance(one, ast.AnnAssign)}
    if not fields or stub.name in ("Error", "AuthCredInfo"):  # made by the library alone
        return
    made = getattr(pjsua2, stub.name)()
    for name, kind in fields.items():
        assert type(getattr(made, name)).__name__ == kind, name
