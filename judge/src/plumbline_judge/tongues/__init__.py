"""One object for each language that is read: how its text becomes words that the one grammar knows."""
