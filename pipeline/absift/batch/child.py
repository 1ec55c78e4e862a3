"""The process that :mod:`absift.batch.supervise` makes; nothing to be called by hand."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import traceback
from pathlib import Path

import orjson

from absift.batch.supervise import RESULT, TASK
from absift.batch.work import write_part
from absift.errors import AbsiftError


def main(folder: Path) -> None:
    """Do the task that lies in a folder, and leave the receipt or the error there."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    task = pickle.loads((folder / TASK).read_bytes())
    try:
        result = write_part(task).to_json()
    except AbsiftError as error:
        result = {"error": str(error)}
    except Exception:
        result = {"defect": traceback.format_exc()}
    hidden = folder / "hidden"
    hidden.write_bytes(orjson.dumps(result))
    hidden.replace(folder / RESULT)


def _end_with_parent() -> None:
    """End this process as soon as nobody waits for it."""
    # The supervisor never writes; reading ends when it is gone.
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
