"""The running installation: how it starts, refuses, survives and ends."""

import os
import signal
import socket
import time
from http.client import HTTPConnection

import pytest

from tests.cli.programs import PATIENCE, answers, children, command_of, is_running, plumbline, serving, wait_until


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("installation")
    made = plumbline(folder, "init", "--organisation", "Harbour Cargo Bikes", "--owner", "olga@example.com")
    assert made.returncode == 0, made.stderr
    return folder


def test_it_stops_softly_although_somebody_is_connected(folder):
    with serving(folder) as (process, port):
        somebody = HTTPConnection("localhost", port)
        somebody.request("GET", "/healthz")
        somebody.getresponse().read()
        below = children(process.pid)
        process.terminate()
        assert process.wait(PATIENCE) == 0
        wait_until(lambda: not any(map(is_running, below)))
        somebody.close()


def test_nothing_is_left_when_it_is_killed(folder):
    with serving(folder) as (process, _port):
        below = children(process.pid)
        assert len(below) == 2
        process.kill()
        wait_until(lambda: not any(map(is_running, below)))


@pytest.mark.deep
def test_a_killed_web_process_comes_back(folder):
    with serving(folder, "--no-worker") as (process, port):
        (web,) = children(process.pid)
        time.sleep(6)  # granian gives up on a process that dies in its first seconds
        os.kill(web, signal.SIGKILL)
        wait_until(lambda: not is_running(web) and answers(port))


@pytest.mark.deep
def test_a_killed_worker_comes_back(folder):
    with serving(folder) as (process, _port):
        worker = next(child for child in children(process.pid) if b"work" in command_of(child))
        os.kill(worker, signal.SIGKILL)
        wait_until(lambda: any(child != worker and b"work" in command_of(child) for child in children(process.pid)))


def test_a_taken_port_is_one_sentence(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = plumbline(folder, "serve", "--port", str(taken.getsockname()[1]))
    assert refused.returncode == 1
    assert "Address already in use" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_unsafe_settings_are_refused(folder):
    refused = plumbline(folder, "serve", PLUMBLINE_ADDRESS="http://okr.example.com", PLUMBLINE_TIME_ZONE="Mars")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 2


def test_nothing_is_served_before_init(tmp_path):
    refused = plumbline(tmp_path, "serve")
    assert refused.returncode == 1
    assert "plumbline init" in refused.stderr
