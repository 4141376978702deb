"""What granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plumbline.settings")
application = get_wsgi_application()

# What stands after the start stays for ever: it need not be looked through for rubbish on every page, and a page
# that reads thousands of rows should not be stopped by the thousand.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
