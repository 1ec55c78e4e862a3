"""``python -m absift``: the same as the command ``absift``."""

from __future__ import annotations

from absift.cli import main

if __name__ == "__main__":
    main()
