"""The rules: one file each; the docstring is the documentation and its examples are the tests."""
