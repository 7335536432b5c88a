"""The files of `deploy/`, read as the programs that use them read them: what they must hold, and every name in them."""

from __future__ import annotations

import pathlib
import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from bot import cli, limits, settings

ROOT = pathlib.Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+?)(?: ;| \\|$)", re.MULTILINE)

JSON = dict[str, Any]


def compose(name: str) -> JSON:
    found: JSON = yaml.safe_load((DEPLOY / name).read_text("utf-8"))
    return found


def manifests() -> dict[str, JSON]:
    text = (DEPLOY / "kubernetes" / "groundwork.yaml").read_text("utf-8")
    return {each["kind"]: each for each in yaml.safe_load_all(text)}


# --- every file ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", sorted(path for path in DEPLOY.rglob("*") if path.is_file()), ids=lambda path: path.name
)
def test_every_setting_that_is_named_is_one(path: pathlib.Path) -> None:
    others = {"GROUNDWORK_HOST"}  # of compose.postgresql.yaml's own: the public name
    named = set(re.findall(r"GROUNDWORK_[A-Z_]+[A-Z]", path.read_text("utf-8"))) - others
    assert {name.removeprefix(settings.PREFIX).lower() for name in named} <= settings.NAMES


def test_the_image_has_the_versions_that_were_tested_and_no_development_packages() -> None:
    tested = dict(PIN.findall((ROOT / "requirements.lock").read_text("utf-8")))
    shipped = dict(PIN.findall((DEPLOY / "requirements.lock").read_text("utf-8")))
    assert shipped
    assert shipped.items() <= tested.items()
    assert not shipped.keys() & {"pytest", "mypy", "ruff", "playwright", "hypothesis", "hatchling"}


# --- the image ------------------------------------------------------------------------------------------


def test_the_image_is_made_in_two_stages_with_hashes_and_runs_as_nobody_in_particular() -> None:
    first, second = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
    assert "--require-hashes" in first
    assert "pip install" not in second
    assert re.findall(r"^USER (\d+)$", second, re.MULTILINE)[-1] != "0"
    assert "HEALTHCHECK" in second


def test_the_image_gets_every_package_of_ours_and_the_builder_nothing_else() -> None:
    copied = set(re.findall(r"^COPY (\w+) /opt/groundwork/\1$", DOCKERFILE, re.MULTILINE))
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert copied == packages
    let_in = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {line[1:] for line in let_in if line.startswith("!")} == packages | {"deploy/requirements.lock"}
    assert "*" in let_in


def test_commands_of_the_image_and_of_its_health_check_are_ours() -> None:
    commands = {each.name or each.callback.__name__ for each in cli.app.registered_commands if each.callback}
    asked = re.search(r'HEALTHCHECK .*CMD \["python", "-m", "bot", "(\w+)"\]', DOCKERFILE)
    started = re.search(r'^CMD \["(\w+)"\]$', DOCKERFILE, re.MULTILINE)
    assert asked is not None
    assert started is not None
    assert {asked[1], started[1]} <= commands


# --- compose --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "services"),
    [
        pytest.param("compose.yaml", ["bot", "litestream"], id="SQLite"),
        pytest.param("compose.postgresql.yaml", ["worker1", "worker2"], id="PostgreSQL"),
    ],
)
def test_what_runs_has_no_more_rights_than_it_needs(name: str, services: list[str]) -> None:
    for service in services:
        given = compose(name)["services"][service]
        assert given["read_only"] is True
        assert given["cap_drop"] == ["ALL"]
        assert given["security_opt"] == ["no-new-privileges:true"]
        assert "ports" not in given, "only the proxy is reached from outside"


@pytest.mark.parametrize("name", ["compose.yaml", "compose.postgresql.yaml"])
def test_a_stop_waits_longer_than_the_bot_needs(name: str) -> None:
    for service in compose(name)["services"].values():
        if "stop_grace_period" in service:
            assert int(service["stop_grace_period"].removesuffix("s")) > limits.STOP_SECONDS


def test_the_key_does_not_lie_with_the_data_nor_with_what_copies_it() -> None:
    services = compose("compose.yaml")["services"]
    assert services["bot"]["secrets"] == ["groundwork_key"]
    assert "secrets" not in services["litestream"]
    assert not services["bot"]["environment"]["GROUNDWORK_DATA_KEY_FILE"].startswith("/data")


def test_litestream_copies_the_database_that_the_bot_keeps() -> None:
    copied = yaml.safe_load((DEPLOY / "litestream.yml").read_text("utf-8"))["dbs"]
    folder = compose("compose.yaml")["services"]["bot"]["environment"]["GROUNDWORK_DATA_DIR"]
    kept = settings.Settings(data_dir=pathlib.Path(folder)).database.removeprefix("sqlite:///")
    assert [each["path"] for each in copied] == [kept]


def test_litestream_looks_and_copies_so_often_that_a_lost_machine_costs_less_than_a_second() -> None:
    [copied] = yaml.safe_load((DEPLOY / "litestream.yml").read_text("utf-8"))["dbs"]
    intervals = (copied["monitor-interval"], *(each["sync-interval"] for each in copied["replicas"]))
    assert all(each.endswith("ms") for each in intervals)
    assert sum(int(each.removesuffix("ms")) for each in intervals) <= 500, (
        "the way to the other machine takes time too"
    )


def test_the_proxy_hands_calls_to_every_worker_at_the_port_they_listen_on() -> None:
    services = compose("compose.postgresql.yaml")["services"]
    workers = {name: each for name, each in services.items() if name.startswith("worker")}
    ports = {name: each["environment"]["GROUNDWORK_WEBHOOK_PORT"] for name, each in workers.items()}
    [line] = re.findall(r"reverse_proxy (.+?) \{", (DEPLOY / "Caddyfile").read_text("utf-8"))
    assert set(line.split()) == {f"{name}:{port}" for name, port in ports.items()}


def test_the_proxy_speaks_tls_with_what_caddy_takes_by_itself() -> None:
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    [site, *others] = re.findall(r"^(\S.*?) \{$", text, re.MULTILINE)
    # an address without scheme and port: HTTPS, with a certificate of its own and a redirect from HTTP
    assert (site, others) == ("{$GROUNDWORK_HOST}", [])
    said = set(re.findall(r"^\s+(\w+)", text, re.MULTILINE))
    assert not said & {"tls", "auto_https", "protocols", "local_certs", "bind"}
    assert {"443:443"} <= set(compose("compose.postgresql.yaml")["services"]["proxy"]["ports"])


# --- Kubernetes -----------------------------------------------------------------------------------------


def test_pods_are_locked_down_and_asked_how_they_are() -> None:
    pod = manifests()["Deployment"]["spec"]["template"]["spec"]
    [worker] = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert worker["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert pod["terminationGracePeriodSeconds"] > limits.STOP_SECONDS
    listens = {each["name"]: each["value"] for each in worker["env"]}["GROUNDWORK_HEALTH_LISTEN"]
    ports = {each["name"]: each["containerPort"] for each in worker["ports"]}
    assert listens.endswith(f":{ports['health']}")
    assert worker["readinessProbe"]["httpGet"] == {"path": "/health", "port": "health"}


def test_service_ingress_and_budget_mean_these_pods() -> None:
    found = manifests()
    labels = found["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert found["Service"]["spec"]["selector"] == labels
    assert found["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    backend = found["Ingress"]["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend["name"] == found["Service"]["metadata"]["name"]
    assert backend["port"]["name"] in {port["name"] for port in found["Service"]["spec"]["ports"]}


# --- systemd --------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_systemd_understands_the_unit(tmp_path: pathlib.Path) -> None:
    text = (DEPLOY / "groundwork.service").read_text("utf-8")
    # the program is not installed where the tests run
    unit = tmp_path / "groundwork.service"
    unit.write_text(text.replace("/usr/local/bin/groundwork", shutil.which("true") or "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    said = [line for line in done.stderr.splitlines() if "groundwork" in line]
    assert said == []
