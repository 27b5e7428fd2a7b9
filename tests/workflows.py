"""Steps of the workflows, run here: with a ``gh`` that writes down what it is asked, and a repository in a folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from trees import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
BOT = "41898282+github-actions[bot]@users.noreply.github.com"

#: Answers with what a file of its folder holds, by the first two words asked and a state; keeps all that it was asked.
_GH = """\
import json, pathlib, sys
here = pathlib.Path(__file__).parent
asked = sys.argv[1:]
for at, word in enumerate(asked[:-1]):
    if word in ("--body-file", "--notes-file"):
        asked[at + 1] = pathlib.Path(asked[at + 1]).read_text("utf-8")
with (here / "asked.jsonl").open("a", encoding="utf-8") as file:
    file.write(json.dumps(asked) + "\\n")
state = asked[asked.index("--state") + 1 :][:1] if "--state" in asked else []
names = [[*asked[:2], *state, "all"]] if "--head" not in asked else []
names += [[*asked[:2], *state], asked[:2]]
answer = next((at for name in names if (at := here / "-".join(name)).is_file()), here / "nothing")
sys.stdout.write(answer.read_text("utf-8") if answer.is_file() else "")
"""


def workflow(name: str) -> dict[Any, Any]:
    """Return a workflow; YAML takes its key ``on`` for True."""
    loaded: dict[Any, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / f"{name}.yml").read_text("utf-8"))
    return loaded


def script(name: str, step: str) -> str:
    """Return what a step of a workflow runs."""
    steps = [one for job in workflow(name)["jobs"].values() for one in job["steps"] if one.get("name") == step]
    assert len(steps) == 1, f"{name}.yml has no step {step!r}"
    return str(steps[0]["run"])


@dataclass(frozen=True)
class Runner:
    """A machine on which a step runs."""

    home: Path

    @property
    def checkout(self) -> Path:
        """The folder in which steps run."""
        return self.home / "checkout"

    def program(self, name: str, text: str) -> None:
        """Put a program, written in Python, where steps find it first."""
        path = self.home / "bin" / name
        path.write_text(f"#!{sys.executable}\n{text}", "utf-8")
        path.chmod(0o755)

    def answers(self, words: str, text: str) -> None:
        """Set what ``gh`` answers to a command, given by its first two words, and perhaps a state."""
        (self.home / "bin" / words.replace(" ", "-")).write_text(text, "utf-8")

    def asked(self) -> list[list[str]]:
        """Return what ``gh`` was asked to do, with the texts of the files that were named to it."""
        log = self.home / "bin" / "asked.jsonl"
        return [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.is_file() else []

    def run(self, text: str, env: Mapping[str, str] = {}) -> subprocess.CompletedProcess[str]:
        """Run a script as a runner does."""
        environment = {
            **os.environ,
            "PATH": os.pathsep.join([str(self.home / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]),
            "HOME": str(self.home),
            "RUNNER_TEMP": str(self.home),
            "GH_TOKEN": "a token",
            "GITHUB_SERVER_URL": f"file://{self.home}",
            "GITHUB_REPOSITORY": "owner/survey",
            **env,
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text]
        return subprocess.run(
            command, check=False, capture_output=True, encoding="utf-8", cwd=self.checkout, env=environment
        )

    def git(self, *arguments: str) -> str:
        """Run git in the checkout and return what it prints."""
        done = self.run(f"git {' '.join(arguments)}")
        assert done.returncode == 0, done.stderr
        return done.stdout


def runner(home: Path, files: Mapping[str, str]) -> Runner:
    """Return a machine with a repository of some files, and of the scripts that workflows run."""
    (home / "bin").mkdir()
    made = Runner(home)
    made.program("gh", _GH)
    shutil.copytree(ROOT / ".github" / "scripts", made.checkout / ".github" / "scripts")
    for path, text in files.items():
        (made.checkout / path).parent.mkdir(parents=True, exist_ok=True)
        (made.checkout / path).write_text(text, "utf-8")
    identity = "-c user.name=Maker -c user.email=maker@example.org"
    made.git("init --quiet --initial-branch main", "&& git add . &&", f"git {identity} commit --quiet -m First")
    made.git(f"clone --quiet --bare . '{home / 'owner' / 'survey'}'")
    return made
