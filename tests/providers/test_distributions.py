"""What the shipped index knows of newest releases: their platform, and the modules that they no longer install."""

import pytest

from import_customs.providers.distributions import bound_for, newest_installs, platform_marker


@pytest.mark.parametrize(("distribution", "marker"), [
    pytest.param("pywin32", "sys_platform == 'win32'", id="Windows"),
    pytest.param("tensorflow-macos", "sys_platform == 'darwin'", id="macOS"),
    pytest.param("triton", "sys_platform == 'linux'", id="Linux"),
    pytest.param("requests", "", id="any"),
    pytest.param("mysqlclient", "", id="wheels for Windows alone, but it can be built"),
    pytest.param("acme-internal-billing", "", id="unknown"),
])  # fmt: skip
def test_platform_marker(distribution, marker):
    assert platform_marker(distribution) == marker


@pytest.mark.parametrize(("distribution", "module", "installs", "bound"), [
    pytest.param("setuptools", "pkg_resources.extern", False, "<82", id="no longer, and since when"),
    pytest.param("setuptools", "setuptools", True, "", id="another module of it"),
    pytest.param("django-recaptcha", "captcha", False, "<4", id="called otherwise now"),
    pytest.param("boxsdk", "boxsdk", False, "<10", id="another module of its name now"),
    pytest.param("slackclient", "slackclient", False, "<2", id="its own name no more"),
    pytest.param("mistralai", "mistralai_azure", False, "", id="no longer, not known since when"),
    pytest.param("rpy2", "rpy2.robjects", True, "", id="what it always brings does"),
    pytest.param("redis", "redis.asyncio", True, "", id="its own name"),
    pytest.param("pypiwin32", "pypiwin32", False, "", id="no modules at all"),
    pytest.param("google-cloud-storage", "google.cloud.storage", True, "", id="a part of a namespace"),
    pytest.param("google-cloud-storage", "google.cloud.bigquery", None, "", id="another part"),
    pytest.param("redis", "yaml", None, "", id="another's module"),
    pytest.param("amqplib", "amqplib", None, "", id="popular, its release is not known"),
    pytest.param("acme-internal-billing", "acme", None, "", id="unknown"),
])  # fmt: skip
def test_modules_of_the_newest_release(distribution, module, installs, bound):
    assert newest_installs(distribution, module) is installs
    assert bound_for(distribution, module) == bound
