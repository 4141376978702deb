"""Name every static file after its content, so that browsers may keep it for ever."""

import re
from posixpath import dirname, join, normpath
from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# A private name: tests/web/test_static_storage.py follows every import and would notice its loss.
_, _JS_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns  # type: ignore[attr-defined]
APP_CSS = "plumbline/css/app.css"
_IMPORT = re.compile(r'@import url\("(?P<name>[^"]+)"\) layer\((?P<layer>\w+)\);')
_URL = re.compile(r'url\("(?P<name>(?!data:|/|#)[^"]+)"\)')

Paths = dict[str, tuple[Storage, str]]


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hash every file, make one of ``app.css``, and rewrite ``import`` in our own modules only.

    Django can rewrite all of them, but then stumbles over modules of others
    that name files which are not there. End each import with a semicolon.
    """

    patterns = (*HashedFilesMixin.patterns, ("plumbline/js/*.js", _JS_IMPORTS))

    def post_process(self, paths: Paths, **options: Any) -> Any:
        """Hash and compress, after the style sheets that ``app.css`` imports moved into it."""
        return super().post_process(paths | _in_one_piece(paths), **options)


def _in_one_piece(paths: Paths) -> Paths:
    """Return ``app.css`` holding all that it imports: a first visit asks for one file, not for forty."""
    if APP_CSS not in paths:
        return {}
    whole = InMemoryStorage()
    whole.save(APP_CSS, ContentFile(_IMPORT.sub(lambda found: _imported(found, paths), _text(APP_CSS, paths))))
    return {APP_CSS: (whole, APP_CSS)}


def _imported(found: re.Match[str], paths: Paths) -> str:
    text = _text(join(dirname(APP_CSS), found["name"]), paths)
    return f"@layer {found['layer']} {{\n{_URL.sub(lambda url: _moved(url, found['name']), text)}}}"


def _moved(url: re.Match[str], sheet: str) -> str:
    """Return an address as it reads from where ``app.css`` lies."""
    return f'url("{normpath(join(dirname(sheet), url["name"]))}")'


def _text(name: str, paths: Paths) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return bytes(file.read()).decode()
