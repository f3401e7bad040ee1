"""Modules that a program brings: no distribution is suggested for them, and where the program is shown they pass."""

import json
import os

import pytest

from conftest import written
from import_customs.check import judge
from import_customs.check.state import State

BLENDER = {"addon/blender_manifest.toml": 'id = "x"\n'}
COLAB = json.dumps(
    {
        "cells": [{"cell_type": "code", "metadata": {}, "source": ["from google.colab import drive\n"]}],
        "metadata": {"colab": {"provenance": []}},
        "nbformat": 4,
    }
)
KAGGLE = COLAB.replace("google.colab", "kaggle_secrets").replace('"colab": ', '"kaggle": ')
WITHOUT_COLAB = COLAB.replace('"colab": ', '"other": ')
ODOO = {"x/__manifest__.py": "{'name': 'x'}\n"}
SUBLIME = {"Default.sublime-commands": "[]"}
GALAXY = "namespace: acme\nname: tools\nissues: https://x.invalid/x.z\ndependencies:\n  x.y: '>=1.0'\n"
KRITA = {"addon.desktop": "ServiceTypes=Krita/PythonPlugin\n"}
FREECAD = {"package.xml": '<package xmlns="https://wiki.freecad.org/Package_Metadata">'}
QGIS = {"addon/metadata.txt": "[general]\nqgisMinimumVersion=3.0\n"}


@pytest.mark.parametrize(("declared", "files", "found"), [
    pytest.param("", {"a.py": "import bpy"}, ["bpy unknown "], id="nothing shows the program"),
    pytest.param("", {"addon/a.py": "import bpy, bmesh", **BLENDER}, [], id="a manifest beside the file"),
    pytest.param("", {"addon/ui/a.py": "from bpy.types import Menu", **BLENDER}, [], id="a manifest above it"),
    pytest.param("", {"a.py": "import bpy", **BLENDER}, ["bpy unknown "], id="a manifest elsewhere"),
    pytest.param("", {"tests/ui/test_a.py": "import bpy", **BLENDER}, [], id="a manifest beside the tests"),
    pytest.param("", {"tests/test_a.py": "import bpy", "x/y/blender_manifest.toml": ""}, ["bpy unknown "],
                 id="a manifest deeper beside the tests"),
    pytest.param("", {"addon/tool/a.py": "import bpy", "addon/tool/pyproject.toml": "[project]\nname = 't'", **BLENDER},
                 ["bpy unknown "], id="a manifest above a project of its own"),
    pytest.param("", {"addon/ui/a.py": "import bpy", "addon/pyproject.toml": "[project]\nname = 't'", **BLENDER}, [],
                 id="a manifest beside the pyproject.toml"),
    pytest.param("", {"addon/ui/a.py": "import bpy", "addon/ui/setup.py": "setup(install_requires=[])", **BLENDER}, [],
                 id="a manifest above a setup.py"),
    pytest.param("", {"addon/ui/a.py": "import bpy", "addon/ui/pyproject.toml": "[tool.ruff]", **BLENDER}, [],
                 id="a manifest above settings of tools"),
    pytest.param("", {"a.py": "bl_info = {}\nimport bpy"}, [], id="a word in the file"),
    pytest.param("", {"x/ui/a.py": "import bpy", "x/__init__.py": "bl_info = {}"}, [], id="a word in its package"),
    pytest.param("", {"a.py": "my_bl_infos = {}\nimport bpy"}, ["bpy unknown "], id="a part of a word"),
    pytest.param("bpy", {"a.py": "import bpy"}, [], id="declared all the same"),
    pytest.param("", {"a.py": "import js"}, ["js unknown "], id="in the browser, perhaps"),
    pytest.param("", {"a.py": "from kaggle_secrets import X"}, ["kaggle_secrets unknown "], id="Kaggle, not shown"),
    pytest.param("", {"a.py": "from kaggle_secrets import X\nopen('/kaggle/input/x.csv')"}, [], id="Kaggle's folder"),
    pytest.param("", {"a.ipynb": KAGGLE}, [], id="a notebook of Kaggle"),
    pytest.param("", {"a.py": "# Databricks notebook source\nfrom dbruntime import x"}, [], id="Databricks"),
    pytest.param("", {"tools/own.py": "from waflib import Task", "wscript": ""}, [], id="a tool of Waf"),
    pytest.param("", {"a.py": "from waflib import Task"}, ["waflib unknown "], id="Waf, not shown"),
    pytest.param("pythonnet", {"a.py": "import clr\nfrom Autodesk.Revit.DB import Wall"}, [], id="Revit, by .NET"),
    pytest.param("", {"addon/a.py": "import bpy, redis", **BLENDER}, ["redis undeclared redis"], id="another module"),
    pytest.param("", {"addon/a.py": "from qgis.core import QgsPoint", **QGIS}, [], id="a word in a file"),
    pytest.param("", {"addon/a.py": "import qgis.core", "addon/metadata.txt": "x"}, ["qgis unknown "],
                 id="a file of that name without the word"),
    pytest.param("", {"addon/a.py": "import pyplugin_installer, psycopg2, osgeo, redis", **QGIS},
                 ["redis undeclared redis"], id="what QGIS has installed"),
    pytest.param("", {"a.py": "import owslib", **QGIS}, ["owslib undeclared owslib"],
                 id="beside a plug-in of QGIS"),
    pytest.param("", {"tests/a.py": "import sublime, unittesting, package_control.events, Default.sort", **SUBLIME}, [],
                 id="Sublime Text, in a package of it"),
    pytest.param("", {"addon/a.py": "import krita, PyQt5.QtCore, redis", **KRITA}, ["redis undeclared redis"],
                 id="Krita"),
    pytest.param("", {"a.py": "import krita", "a.desktop": "[Desktop Entry]\nType=Application\n"}, ["krita unknown "],
                 id="the desktop entry of a program"),
    pytest.param("", {"a.py": "import krita", "x/addon.desktop": KRITA["addon.desktop"]}, ["krita unknown "],
                 id="a plug-in of Krita elsewhere"),
    pytest.param("", {"a.py": "import FreeCAD, Part, Draft, DraftGeomUtils, PySide, PySide2", **FREECAD}, [],
                 id="FreeCAD"),
    pytest.param("", {"a.py": "import FreeCAD, Part, Draft, Drawing, pivy, redis"},
                 ["FreeCAD unknown ", "redis undeclared redis"], id="a macro of FreeCAD"),
    pytest.param("", {"a.py": "import Part, redis"}, ["Part unknown ", "redis undeclared redis"],
                 id="a module of FreeCAD, with no sign of it"),
    pytest.param("", {"a.py": "import FreeCAD", "package.xml": "<package/>"}, ["FreeCAD unknown "],
                 id="FreeCAD, in a package of ROS"),
    pytest.param("", {"lib/a.py": "import xbmc, codequick, kodi_six", "addon.xml": "<addon/>"}, [], id="Kodi"),
    pytest.param("", {"a.py": "import machine, network, ujson, redis, micropython"},
                 ["machine unknown ", "redis undeclared redis", "micropython unknown "],
                 id="MicroPython"),
    pytest.param("", {"a.py": "import micropython, esp, deflate, btree, _onewire, redis"},
                 ["micropython unknown ", "redis undeclared redis"], id="MicroPython, by what a port has"),
    pytest.param("", {"a.py": "import deflate"}, ["deflate undeclared deflate"], id="MicroPython, not shown"),
    pytest.param("", {"a.py": "import uio, uhashlib"}, ["uio unknown ", "uhashlib unknown "],
                 id="MicroPython: no package that imitates it"),
    pytest.param("", {"a.py": "import ujson"}, ["ujson undeclared ujson"], id="the package that is called so"),
    pytest.param("", {"custom_components/x/a.py": "import custom_components.y.z",
                      "custom_components/x/manifest.json": '{"iot_class": "local_push"}'}, [],
                 id="another integration of Home Assistant"),
    pytest.param("", {"a.py": "from android import activity", "buildozer.spec": ""}, [], id="an app for Android"),
    pytest.param("", {"a.py": "import sublime, unittesting"}, ["sublime unknown ", "unittesting unknown "],
                 id="Sublime Text, not shown"),
    pytest.param("pythonnet", {"a.py": "import clr\nimport System.IO"}, [], id="declared, and imported here"),
    pytest.param("pythonnet", {"a.py": "import System"}, ["System unknown "], id="declared alone"),
    pytest.param("", {"a.py": "import clr\nimport System.IO", "clr.py": "", "setup.py": "",
                      "pyproject.toml": '[project]\nname = "pythonnet"\ndependencies = []\n'}, [], id="its own files"),
    pytest.param("pythonnet", {"p/q/a.py": "import System", "p/q/__init__.py": "", "p/__init__.py": "import clr"}, [],
                 id="declared, and imported by the package around it"),
    pytest.param("pythonnet", {"tests/x/test_a.py": "import System", "tests/conftest.py": "import clr"}, [],
                 id="declared, and imported by conftest.py"),
    pytest.param("pythonnet", {"a.py": "import System", "conftest.py": "import clr"}, ["System unknown "],
                 id="by the conftest.py of other files"),
    pytest.param("pythonnet", {"p/q/a.py": "import System", "p/__init__.py": "import clr"}, ["System unknown "],
                 id="by what is no package around it"),
    pytest.param("", {"a.py": "import clr, System"},
                 ["clr undeclared pythonnet", "System unknown "], id="imported alone"),
    pytest.param("jpype1", {"a.py": "import jpype.imports\nfrom java.util import List\nfrom org.acme import X"}, [],
                 id="Java"),
    pytest.param("", {"a.py": "from maya import cmds, OpenMaya"},
                 ["maya.cmds unknown ", "maya.OpenMaya unknown "], id="submodules that a statement names"),
    pytest.param("", {"a.py": "from maya import cmds, now"},
                 ["maya undeclared maya", "maya.cmds unknown "], id="a submodule and a name of the distribution"),
    pytest.param("", {"x/models/a.py": "from odoo import fields\nfrom odoo.addons.y.models import b", **ODOO}, [],
                 id="Odoo, in an add-on"),
    pytest.param("", {"a.py": "from odoo import fields", **ODOO}, ["odoo unknown "], id="Odoo, beside one"),
    pytest.param("", {"node/node/a.py": "import rclpy, yaml\nfrom geometry_msgs.msg import Pose",
                      "node/package.xml": "<package/>"}, ["yaml undeclared pyyaml"], id="ROS, in a package of it"),
    pytest.param("", {"a.py": "from geometry_msgs.msg import Pose"}, ["geometry_msgs unknown "],
                 id="ROS: a distribution that packs its messages is not meant"),
    pytest.param("", {"test/a.py": "from ament_copyright.main import main\nimport ament_flake8, pytest",
                      "package.xml": "<package/>"}, ["pytest undeclared pytest"], id="ROS: what checks its style"),
    pytest.param("", {"node/a.py": "import node_msgs.msg, yaml, em, redis", "package.xml":
                      "<depend>node_msgs</depend><exec_depend condition='$V == 3'>python3-yaml</exec_depend>"
                      "<exec_depend>python3-empy</exec_depend><!-- <exec_depend>redis</exec_depend> -->"},
                 ["redis undeclared redis"], id="ROS: what its package states"),
    pytest.param("", {"a.py": "import celery, redis", "package.xml":
                      "<depend>python3-celery-pip</depend><depend>redis-modules</depend>"}, [],
                 id="ROS: by the names that rosdep has"),
    pytest.param("ros-humble-desktop", {"a.py": "import rclpy, std_msgs.msg"}, [], id="ROS, from conda"),
    pytest.param("", {"a.py": "import redis", "package.xml": "<depend>redis-tools</depend><name>redis</name>"},
                 ["redis undeclared redis"], id="ROS: another package, and its own name"),
    pytest.param("", {"a.py": "import redis", "b/package.xml": "<depend>redis</depend>"},
                 ["redis undeclared redis"], id="ROS: what another package states"),
    pytest.param("", {"a.py": "import markdown, redis", "package.xml": "<depend type='python'>Markdown</depend>"},
                 ["redis undeclared redis"], id="FreeCAD: what its package states"),
    pytest.param("", {"addon/ui/a.py": "import acme_zz, yaml, redis", "addon/blender_manifest.toml":
                      "wheels = [\n  './wheels/acme_zz-1.0-py3-none-any.whl',\n"
                      '  "PyYAML-6.0-cp311-cp311-win_amd64.whl"]\n# "redis-6.0-py3-none-any.whl"'},
                 ["redis undeclared redis"], id="Blender: the wheels of an add-on"),
    pytest.param("", {"game/a_ren.py": "from store import Text\nimport renpy, pygame_sdl2", "game/a.rpy": ""}, [],
                 id="a game of Ren'Py"),
    pytest.param("", {"a.py": "from store import Text"},
                 ["store undeclared store babichjacob-store django-ecom-store"], id="a store, of nothing shown"),
    pytest.param("", {"a.py": "import ida_entry, ida_ida"}, ["ida_entry unknown ", "ida_ida unknown "], id="IDA"),
    pytest.param("", {"pants-plugins/a.py": "from pants.engine.rules import rule", "pants.toml": ""}, [], id="Pants"),
    pytest.param("", {"a.py": "from rules_python.python.runfiles import runfiles", "BUILD.bazel": ""}, [], id="Bazel"),
    pytest.param("", {"a.py": "import conda, smdistributed.dataparallel"}, ["conda unknown ", "smdistributed unknown "],
                 id="conda, and no misspelling of distributed"),
    pytest.param("conda", {"a.py": "import conda"}, [], id="conda, declared all the same"),
    pytest.param("", {"a.py": "import boto3\ndef lambda_handler(event, context): ..."}, ["boto3 undeclared boto3"],
                 id="what Lambda has installed and a test needs"),
    pytest.param("", {"x/models/a.py": "import lxml, psycopg2, redis", **ODOO}, ["redis undeclared redis"],
                 id="what Odoo requires"),
    pytest.param("adafruit-blinka", {"a.py": "import board\nimport displayio"},
                 ["displayio undeclared adafruit-blinka-displayio"], id="what a Raspberry Pi has from a package"),
    pytest.param("", {"a.py": "from js import x\nimport micropip", "js/__init__.py": "x = 1"},
                 ["micropip undeclared micropip"], id="Pyodide's sign, of one's own"),
    pytest.param("", {"addon/a.py": "import numpy", **BLENDER}, [], id="what Blender ships"),
    pytest.param("", {"a.py": "import numpy", **BLENDER}, ["numpy undeclared numpy"], id="elsewhere"),
    pytest.param("", {"a.py": "import numpy\nbl_info = {}"}, [], id="in a file that says to be an add-on"),
    pytest.param("", {"a.py": "import numpy  # no bl_info"}, ["numpy undeclared numpy"], id="in one that mentions it"),
    pytest.param("", {"a.py": "import yaml", "manifest.json": '{"codeowners": []}'}, ["yaml undeclared pyyaml"],
                 id="a manifest with owners"),
    pytest.param("", {"custom_components/x/a.py": "import voluptuous\nfrom homeassistant.core import callback",
                      "custom_components/x/manifest.json": '{"domain": "x", "iot_class": "local"}'}, [],
                 id="what Home Assistant requires, in an integration"),
    pytest.param("", {"web/a.py": "import voluptuous", "web/manifest.json": '{"name": "x"}'},
                 ["voluptuous undeclared voluptuous"], id="a manifest of something else"),
    pytest.param("", {"plugins/a.py": "import ansible",
                      "galaxy.yml": "namespace: acme\nname: tools\n"}, [], id="Ansible, in a collection"),
    pytest.param("ansible", {"a.py": "from ansible_collections.x.y import z"}, [], id="ansible is declared"),
    pytest.param("", {"plugins/a.py": "from ansible_collections.x.y.plugins import z", "galaxy.yml": GALAXY}, [],
                 id="a collection that another one needs"),
    pytest.param("", {"plugins/a.py": "from ansible_collections.x.z.plugins import z", "galaxy.yml": GALAXY},
                 ["ansible_collections undeclared ansible"], id="a collection that it does not state"),
    pytest.param("", {"plugins/a.py": "import ansible_collections.issues", "galaxy.yml": GALAXY},
                 ["ansible_collections undeclared ansible"], id="another key of that file"),
    pytest.param("", {"a.py": "import js, pyodide, micropip"}, [], id="Pyodide, beside its js"),
    pytest.param("", {"a.py": "import micropip\nimport pyodide.http"}, [], id="Pyodide, by two of its own"),
    pytest.param("", {"a.py": "import js, piplite  # Python (Pyodide)"}, [], id="Pyodide, named as a kernel is"),
    pytest.param("pyodide-py", {"a.py": "import pyodide"}, [], id="Pyodide, declared for its types"),
    pytest.param("", {"a.py": "import pyodide"}, ["pyodide undeclared pyodide-py"], id="Pyodide, not shown"),
    pytest.param("adafruit-blinka", {"a.py": "import board, supervisor, rtc, wifi"}, [], id="CircuitPython, by Blinka"),
    pytest.param("adafruit-blinka", {"a.py": "import board, watchdog"}, ["watchdog undeclared watchdog"], id="Blinka"),
    pytest.param("adafruit-circuitpython-neopixel", {"a.py": "import supervisor"}, [], id="CircuitPython, by a driver"),
    pytest.param("", {"lib/a.py": "import board, supervisor", "code.py": "import board\n"}, [], id="CircuitPython"),
    pytest.param("", {"a.py": "import board, supervisor"}, ["board undeclared adafruit-blinka"],
                 id="CircuitPython, by a board, which a Raspberry Pi has too"),
    pytest.param("", {"a.py": "# for CircuitPython\nimport supervisor"}, [], id="CircuitPython, by its name"),
    pytest.param("", {"a.py": "import supervisor"}, ["supervisor undeclared supervisor"], id="the process manager"),
    pytest.param("", {"n.ipynb": COLAB}, [], id="what a notebook says of itself"),
    pytest.param("", {"n.ipynb": WITHOUT_COLAB}, ["google.colab unknown "], id="what another does not"),
])  # fmt: skip
def test_findings(tmp_path, declared, files, found):
    requirements = ", ".join(f'"{name}"' for name in declared.split())
    project = f'[project]\nname = "demo"\ndependencies = [{requirements}]\n'
    path = next(iter(files))
    findings = judge.findings(
        State(written(tmp_path, {"pyproject.toml": project, **files})), path, files[path].encode()
    )
    assert [f"{one.module} {one.rule} {' '.join(one.providers)}" for one in findings] == found
    assert all("ignore" in one.remedy for one in findings if one.rule == "unknown")


@pytest.mark.skipif(os.name == "nt", reason="needs symlinks")
@pytest.mark.parametrize(("module", "sign"), [("krita", "a.desktop"), ("qgis", "metadata.txt"), ("bpy", "__init__.py")])
def test_a_sign_that_cannot_be_read_shows_nothing(tmp_path, module, sign):
    (tmp_path / sign).symlink_to("/nowhere/else")
    source = f"import {module}, redis"
    state = State(written(tmp_path, {"pyproject.toml": '[project]\nname = "demo"\n', "a.py": source}))
    assert [one.module for one in judge.findings(state, "a.py", source.encode())] == [module, "redis"]


def test_a_collection_of_ansible_is_no_line_to_paste(tmp_path):
    files = {"pyproject.toml": '[project]\nname = "demo"\n', "a.py": "from ansible_collections.x.y.plugins import z"}
    (found,) = judge.findings(State(written(tmp_path, files)), "a.py", files["a.py"].encode())
    assert found.message == "`ansible_collections.x.y` is not declared in pyproject.toml"
    assert found.settled_by == ""
    assert found.remedy == (
        "`ansible` holds some collections, and `ansible-galaxy` installs the others: "
        "declare `ansible` if it holds this one; if not, add "
        '"ansible_collections.x.y" to `ignore`, under [tool.import-customs]'
    )


@pytest.mark.parametrize(("source", "remedy"), [
    pytest.param("import clr\nimport System", "it passes once `pythonnet` is declared; or, if .NET runs", id="by it"),
    pytest.param("import System", "if .NET runs", id="not by it"),
    pytest.param("import apt", "if the Python of Debian or Ubuntu runs", id="it is the module itself"),
])  # fmt: skip
def test_what_leads_to_a_host_is_to_be_declared(tmp_path, source, remedy):
    files = {"pyproject.toml": '[project]\nname = "demo"\n', "a.py": source}
    found = judge.findings(State(written(tmp_path, files)), "a.py", source.encode())[-1]
    assert found.remedy.partition(" this file")[0] == remedy
