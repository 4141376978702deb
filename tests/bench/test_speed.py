"""How long the things take that people wait for; each line is printed, none is a gate."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from plumbline_judge import judge

SENTENCES = (
    "Publish 10 blog articles",
    "Raise week-one activation from 31% to 45%",
    "Hire two designers by the end of March",
    "Improve onboarding",
)


@contextmanager
def measured(what: str, times: int = 1) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"\n{what}: {(time.perf_counter() - began) / times * 1000:.2f} ms")  # noqa: T201


def test_judging_a_sentence():
    judge(SENTENCES[0])
    with measured("judge one sentence", 4 * 250):
        for _ in range(250):
            for sentence in SENTENCES:
                judge(sentence)


def test_asking_for_help():
    with measured("plumbline --help"):
        subprocess.run([sys.executable, "-m", "plumbline.cli", "--help"], check=True, stdout=subprocess.DEVNULL)


def test_signing_in_and_reading_the_first_page(client, world):
    client.force_login(world.ada)
    client.get("/")
    with measured("the first page", 20):
        for _ in range(20):
            client.get("/")
