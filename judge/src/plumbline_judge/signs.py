"""Signs that people type in several shapes, spelt by their code so that none is mistaken for another."""

EN_DASH = "\u2013"
EM_DASH = "\u2014"
MINUS = "\u2212"
TIMES = "\u00d7"
MINUSES = frozenset(("-", MINUS, EN_DASH))
DASHES = f"-{EN_DASH}{EM_DASH}"
OPENING_QUOTES = "\"'\u201c\u201d\u201e\u2018"
QUOTES = OPENING_QUOTES + "\u2019"
APOSTROPHES = "'\u2019"
