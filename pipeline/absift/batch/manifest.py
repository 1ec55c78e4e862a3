"""The manifest: what a folder of parts was made of and how, and what came of each part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import reduce
from typing import Any

import orjson

from absift._version import __version__, with_rules
from absift.batch.job import Receipt, Recipe, Tally, Task, digest_of
from absift.batch.plan import Plan
from absift.errors import InputError

MANIFEST = "manifest.json"
_FORM = 1


@dataclass(slots=True)
class Manifest:
    """What ``manifest.json`` says.

    Attributes:
        facts: Version, rules, options, inputs and shards: what must be the same for a run to
            go on.
        receipts: What came of each shard that is complete, by its number.
        ids: Duplicate, superseded and deleted records and notices of deletion; empty until
            the run is complete.
        merged: Name of the one file that the parts were merged into, if they were.
    """

    facts: dict[str, Any]
    receipts: dict[int, Receipt] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    merged: str | None = None

    @classmethod
    def of(cls, plan: Plan, recipe: Recipe, tasks: Sequence[Task]) -> Manifest:
        """Make the manifest of a run that begins.

        Raises:
            ConfigError: The recipe's config can't be used.
        """
        from absift import api

        options = recipe.options()
        if recipe.config is not None:
            nlp = api.load(recipe.config, rules=recipe.rules)
            rules, options["config_sha256"] = api.rules_hash(nlp), digest_of(recipe.config)
        else:
            rules = api.rules_hash(rules=recipe.rules)
        facts = {
            "manifest": _FORM,
            "absift": __version__,
            "rules": rules,
            "options": options,
            "inputs": plan.inputs,
            "shards": [
                {"part": task.part, "pieces": [piece.to_json() for piece in task.pieces]}
                for task in tasks
            ],
        }
        # As it will be read back.
        return cls(orjson.loads(orjson.dumps(facts)))

    @property
    def rules(self) -> str:
        """Version and hash of the rules, as :attr:`Task.rules` has them."""
        return with_rules(self.facts["rules"], self.facts["absift"])

    @classmethod
    def from_bytes(cls, data: bytes, name: str) -> Manifest:
        """Read a manifest.

        Raises:
            InputError: It isn't one.
        """
        try:
            whole = orjson.loads(data)
            shards = [dict(shard) for shard in whole["shards"]]
            receipts = {
                number: Receipt(number, Tally(**shard["counts"]), shard["bytes"])
                for number, shard in enumerate(shards)
                if "counts" in shard
            }
            bare = [{key: one[key] for key in ("part", "pieces")} for one in shards]
            names = ("manifest", "absift", "rules", "options", "inputs")
            facts = {key: whole[key] for key in names} | {"shards": bare}
            return cls(facts, receipts, whole.get("ids") or {}, whole.get("merged"))
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"{name}: not a manifest of absift's; choose another folder"
            ) from error

    def to_bytes(self) -> bytes:
        """Give the manifest as JSON for people and programs to read."""
        shards = []
        for number, shard in enumerate(self.facts["shards"]):
            receipt = self.receipts.get(number)
            done = {"bytes": receipt.size, "counts": asdict(receipt.tally)} if receipt else {}
            shards.append({**shard, **done})
        whole = {
            **{key: value for key, value in self.facts.items() if key not in ("inputs", "shards")},
            "complete": self.complete,
            "counts": {"in": self.total.read, **asdict(self.total)},
            "ids": self.ids or None,
            "merged": self.merged,
            "inputs": self.facts["inputs"],
            "shards": shards,
        }
        return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    @property
    def complete(self) -> bool:
        """Whether all shards are done and all ids counted."""
        return bool(self.ids) and len(self.receipts) == len(self.facts["shards"])

    @property
    def total(self) -> Tally:
        """The sum of the counts of all shards done."""
        return reduce(Tally.plus, (one.tally for one in self.receipts.values()), Tally())

    def difference(self, other: Manifest) -> str | None:
        """Say in what a run that was begun differs from the one asked for, if it does."""
        old, new = self.facts, other.facts
        if old["manifest"] != new["manifest"] or old["absift"] != new["absift"]:
            return f"was begun by absift {old['absift']}, and this is {new['absift']}"
        if old["rules"] != new["rules"]:
            return "was begun with other rules, words or terms"
        changed = _changed(old["options"], new["options"])
        if changed:
            return f"was begun with other options ({', '.join(changed)})"
        if old["inputs"] != new["inputs"]:
            before, now = ({one["name"]: one for one in it["inputs"]} for it in (old, new))
            names = [_change(name, before, now) for name in _changed(before, now)]
            return f"was begun with other input ({_some(names) or 'in another order'})"
        return None if old["shards"] == new["shards"] else "was cut into other shards"


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    keys = [*old, *(key for key in new if key not in old)]
    return [key for key in keys if old.get(key) != new.get(key)]


def _change(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    if name not in old:
        return f"{name} is new"
    return f"{name} has changed" if name in new else f"{name} is missing"


def _some(names: Iterable[str]) -> str:
    first, more = list(names)[:3], max(len(list(names)) - 3, 0)
    return ", ".join(first) + (f" and {more:,} more" if more else "")
