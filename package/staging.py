"""Put the package together as it is built: its source, the survey's data inside, and their version.

``python package/staging.py DATA FOLDER``: DATA is what ``python -m survey export`` wrote, FOLDER is made anew. Nothing
is written into the source tree. The same data give the same bytes.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
_VERSION = 'version = "0"\n'


def stage(data: Path, folder: Path) -> str:
    """Make the folder, and return the version.

    :raises SystemExit: if the data have no version.
    """
    records = (data / "data" / "survey.json").read_bytes()
    version = json.loads(records)["data_version"]
    if version is None:
        sys.exit('docs/survey.toml: the data have no version; write version = "2026.12" under [data]')
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HERE / "README.md", folder)
    shutil.copy(HERE.parent / "LICENSE", folder)
    project = (HERE / "pyproject.toml").read_text("utf-8")
    (folder / "pyproject.toml").write_text(project.replace(_VERSION, f'version = "{version}"\n', 1), "utf-8")
    inside = folder / "src" / "attention_heads" / "survey.json.gz"
    inside.write_bytes(gzip.compress(records, 9, mtime=0))
    return str(version)


if __name__ == "__main__":
    print(stage(Path(sys.argv[1]), Path(sys.argv[2])))
