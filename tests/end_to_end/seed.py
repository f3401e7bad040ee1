"""The story that the project began with: eight packages that a trading backend imports and does not declare."""

MISSING = ["aiohttp", "boto3", "celery", "eth-account", "networkx", "pywebpush", "tenacity", "web3"]

PYPROJECT = """\
[project]
name = "trading-backend"
version = "1.0"
requires-python = ">=3.11"
dependencies = [
    "fastapi>=0.110",
    "pydantic>=2",
    "SQLAlchemy>=2",
    "PyJWT>=2.8",
    "python-dateutil",
]

[project.optional-dependencies]
dev = [
    "pytest>=8",
    "apscheduler",
    "locust",
]
"""

WITH_EIGHT = PYPROJECT.replace('    "locust",\n', '    "locust",\n' + "".join(f'    "{name}",\n' for name in MISSING))

_WORKER = '''\
"""Traces, sent from a worker.

An example of what not to write here:

import made_up
"""

import json
import logging

# import commented_out

from datetime import datetime, timezone


from celery import Task, shared_task
from celery.utils.log import get_task_logger

from backend.adapters.trace_adapter_aws import put
'''

_SOURCES = {
    "backend/app/main.py": (
        "import jwt\nfrom dateutil import parser\nfrom fastapi import FastAPI\nfrom sqlalchemy import select\n"
    ),
    "backend/app/notifications/web_push.py": "from pydantic import BaseModel\nfrom pywebpush import webpush\n",
    "backend/app/market/feed.py": "import asyncio\n\nimport aiohttp\n",
    "backend/app/market/quotes.py": "async def quote(symbol):\n    import aiohttp\n\n    return aiohttp, symbol\n",
    "backend/app/trust/graph_analyzer.py": "import networkx as nx\n",
    "backend/app/crypto/eth_client.py": "from web3 import Web3\n",
    "backend/app/crypto/eth_account.py": (
        "from eth_account import Account\nfrom eth_account.messages import encode_defunct\n"
    ),
    "backend/app/rates/rate_adapter.py": (
        "try:\n    from tenacity import retry\nexcept ImportError:\n    retry = None\n"
    ),
    "backend/adapters/trace_adapter_aws.py": "import boto3\n\n\ndef put(trace):\n    return boto3, trace\n",
    "backend/schedulers/trace_worker.py": _WORKER,
    "tests/test_trace_worker.py": (
        "import jwt\nimport pytest\nfrom dateutil.parser import parse\n\n"
        "from backend.schedulers.trace_worker import put\n"
    ),
}

_FOLDERS = sorted({"/".join(path.split("/")[:depth]) for path in _SOURCES for depth in range(1, path.count("/") + 1)})


def files(*, packages: bool) -> dict[str, str]:
    """The backend's files, without its pyproject.toml; with `packages` every folder has an `__init__.py`."""
    markers = {f"{folder}/__init__.py": "" for folder in _FOLDERS} if packages else {}
    return _SOURCES | markers


FOUND = [
    ("backend/adapters/trace_adapter_aws.py:1", "boto3"),
    ("backend/app/crypto/eth_account.py:1", "eth_account"),
    ("backend/app/crypto/eth_account.py:2", "eth_account"),
    ("backend/app/crypto/eth_client.py:1", "web3"),
    ("backend/app/market/feed.py:3", "aiohttp"),
    ("backend/app/market/quotes.py:2", "aiohttp"),
    ("backend/app/notifications/web_push.py:2", "pywebpush"),
    ("backend/app/rates/rate_adapter.py:2", "tenacity"),
    ("backend/app/trust/graph_analyzer.py:1", "networkx"),
    ("backend/schedulers/trace_worker.py:16", "celery"),
    ("backend/schedulers/trace_worker.py:17", "celery"),
]
