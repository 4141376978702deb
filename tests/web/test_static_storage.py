"""Static files as browsers get them."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from plumbline.settings import STORAGES

IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = STORAGES
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_import_in_our_modules_leads_to_a_hashed_file(collected):
    for module in our_modules(collected):
        for target in IMPORT.findall(module.read_text()):
            assert target.startswith("."), f"{module.name} imports {target}"
            assert re.search(r"\.[0-9a-f]{12}\.js$", target), f"{module.name} imports {target}, which isn't hashed"
            assert (module.parent / target).exists(), f"{module.name} imports {target}, which isn't there"


def test_style_sheets_are_hashed(collected):
    if not find("plumbline/css/app.css"):
        pytest.skip("no style sheet yet")
    assert re.search(r"app\.[0-9a-f]{12}\.css$", staticfiles_storage.url("plumbline/css/app.css"))


def our_modules(root: Path) -> list[Path]:
    return [path for path in (root / "plumbline").glob("js/**/*.js") if re.search(r"\.[0-9a-f]{12}\.js$", path.name)]
