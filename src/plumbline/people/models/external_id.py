"""Where a thing came from: its id in the tool it was brought from."""

from django.db import models


class ExternalId(models.Model):
    """The key that another source knows one of our nouns by; importing it again finds the same noun."""

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    noun = models.CharField(max_length=40)
    noun_key = models.CharField(max_length=12, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "noun", "key"], name="external_id_names_one_noun"),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"
