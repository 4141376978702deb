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
    assert re.search(r"app\.[0-9a-f]{12}\.css$", staticfiles_storage.url("plumbline/css/app.css"))


def test_a_page_asks_for_one_style_sheet_of_the_application(collected):
    sheet = app_css(collected)
    assert "@import" not in sheet
    assert sheet.count("@layer components {") == read("app.css").count("layer(components)")
    assert sheet.index("@layer reset, tokens") < sheet.index("@layer reset {") < sheet.index("@layer utilities {")
    assert read("components/button.css").strip() in sheet


def test_pictures_are_found_from_the_one_style_sheet(collected):
    pictures = re.findall(r'url\("([^"#]+\.svg)', app_css(collected))
    assert pictures
    for picture in pictures:
        assert (collected / "plumbline/css" / picture).exists(), f"{picture} isn't there"


def test_nothing_changes_when_the_style_sheets_have_not(collected):
    before = staticfiles_storage.url("plumbline/css/app.css")
    call_command("collectstatic", interactive=False, verbosity=0)
    assert staticfiles_storage.url("plumbline/css/app.css") == before


def app_css(root: Path) -> str:
    """Return the style sheet that pages link."""
    return (root / staticfiles_storage.url("plumbline/css/app.css").removeprefix("/static/")).read_text()


def read(name: str) -> str:
    """Return one of our style sheets as it was written."""
    return Path(find(f"plumbline/css/{name}")).read_text()


def our_modules(root: Path) -> list[Path]:
    return [path for path in (root / "plumbline").glob("js/**/*.js") if re.search(r"\.[0-9a-f]{12}\.js$", path.name)]
