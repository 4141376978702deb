"""One file for each check; its docstring is its page in the documentation."""
