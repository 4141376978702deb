"""The product's settings, deaf to the environment of whoever runs the tests."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for name in [name for name in os.environ if name.startswith("PLUMBLINE_") and not name.startswith("PLUMBLINE_TEST_")]:
    del os.environ[name]

FOLDER = Path(tempfile.mkdtemp(prefix="plumbline-tests-"))
(FOLDER / "static").mkdir()
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["PLUMBLINE_FOLDER"] = str(FOLDER)
os.environ["PLUMBLINE_SECRET_KEY"] = "a secret for tests alone, long enough to be safe"

from plumbline.settings import *  # noqa: E402, F403
from plumbline.settings import STORAGES  # noqa: E402

# Hashed names need collected files; the browser journeys collect them and use
# the product's own storage, as production does.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
