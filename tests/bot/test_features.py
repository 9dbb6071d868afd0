"""Which features are there when: the look-up from the start, all others with the first request for one of them."""

import json
import pkgutil
import subprocess
import sys
from importlib import import_module

from gwannae import handlers
from gwannae.bot.features import FEATURES
from gwannae.handlers import localvendor

PARTS = {"desk", "later", "problems", "remembered", "slack_refusals", "workspaces"}  # what every listener is built with


def test_the_start_waits_for_the_look_up_alone() -> None:
    code = "import json, sys, gwannae.bot.serve; print(json.dumps(sorted(sys.modules)))"
    # A process of its own: this one has imported everything.
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    there = {name.rpartition(".")[2] for name in json.loads(ran.stdout) if name.startswith("gwannae.handlers.")}
    assert there == {"localvendor", *PARTS}


def test_no_feature_with_listeners_is_left_out() -> None:
    modules = [import_module(f"gwannae.handlers.{found.name}") for found in pkgutil.iter_modules(handlers.__path__)]
    with_listeners = {module.__name__ for module in modules if hasattr(module, "register")}

    tied = {feature.__name__ for feature in (localvendor, *FEATURES)}
    assert tied == with_listeners - {"gwannae.handlers.problems"}  # tied by the app itself, as the last of all
