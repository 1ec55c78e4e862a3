"""The one place that holds the version, and the words for it and the rules that go with it."""

__version__ = "0.1.0"


def with_rules(rules: str, version: str = __version__) -> str:
    """Name a version together with the rules that it worked with.

    Args:
        rules: Their hash, as :func:`absift.api.rules_hash` gives it.
        version: The version; this one by default.
    """
    return f"absift {version}, rules {rules}"
