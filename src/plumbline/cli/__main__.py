"""``python -m plumbline.cli``: the same as ``plumbline``."""

from plumbline.cli import main

if __name__ == "__main__":
    main()
