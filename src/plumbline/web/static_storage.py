"""Name every static file after its content, so that browsers may keep it for ever."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# A private name: tests/web/test_static_storage.py follows every import and would notice its loss.
_, _JS_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns  # type: ignore[attr-defined]


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hash every file, and rewrite ``import`` in our own modules only.

    Django can rewrite all of them, but then stumbles over modules of others
    that name files which are not there. End each import with a semicolon.
    """

    patterns = (*HashedFilesMixin.patterns, ("plumbline/js/*.js", _JS_IMPORTS))
