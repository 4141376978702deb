"""Argon2 as in the product, made cheap: dozens of sign-ins must not take a minute."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 with the smallest costs."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
