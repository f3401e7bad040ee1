"""What is declared in, the declared distribution that gives a module out."""

import pytest

from import_customs.providers import declared_provider, likely_private_provider, private_provider


@pytest.mark.parametrize(("module", "declared", "meets"), [
    pytest.param("phonenumbers", "phonenumberslite", "phonenumberslite", id="second provider"),
    pytest.param("psycopg2", "psycopg2", "psycopg2", id="source build beside the wheel"),
    pytest.param("cv2", "opencv-contrib-python-headless", "opencv-contrib-python-headless", id="fourth provider"),
    pytest.param("attr", "attrs", "attrs", id="other name"),
    pytest.param("sqlalchemy.orm", "sqlalchemy fastapi", "sqlalchemy", id="own name, submodule"),
    pytest.param("celery", "fastapi pydantic", None, id="seed story"),
    pytest.param("pywebpush", "fastapi pydantic", None, id="seed story"),
    pytest.param("eth_account.messages", "web3", None, id="arrives through web3, declared nowhere"),
    pytest.param("eth_account.messages", "eth-account", "eth-account", id="own name, underscore"),
    pytest.param("yaml", "yaml-rs", None, id="resembles only"),
    pytest.param("google.cloud.storage", "google", None, id="bare namespace's namesake declares nothing"),
    pytest.param("google.cloud.storage", "google-cloud-bigquery", None, id="another part"),
    pytest.param("google.cloud.storage", "google-cloud-storage", "google-cloud-storage", id="part"),
    pytest.param("google.cloud.acme_x.y", "google-cloud-acme-x", "google-cloud-acme-x", id="unknown part, own name"),
    pytest.param("google", "google-cloud-storage", "google-cloud-storage", id="bare namespace is there with a part"),
    pytest.param("google", "protobuf", "protobuf", id="bare namespace is there with a part of another name"),
    pytest.param("google.cloud", "google-auth", None, id="a part elsewhere in the namespace"),
    pytest.param("azure", "azure-core", "azure-core", id="bare namespace is there with a part"),
    pytest.param("azure.identity", "azure-core", None, id="another part"),
    pytest.param("google.transit.realtime", "gtfs-realtime-bindings", "gtfs-realtime-bindings", id="part, other name"),
    pytest.param("google.transit.realtime", "google-auth", None, id="unknown part, a part that is another"),
    pytest.param("google.transit.realtime", "google", None, id="unknown part, bare namespace's namesake"),
    pytest.param("google", "sqlalchemy-spanner", "sqlalchemy-spanner", id="bare namespace, part called otherwise"),
    pytest.param("google", "google", None, id="bare namespace, its namesake"),
    pytest.param("monthdelta", "monthdelta", "monthdelta", id="the data spells it MonthDelta"),
    pytest.param("path", "path-py", "path-py", id="umbrella without known modules"),
    pytest.param("rest_framework", "django-rest-framework", "django-rest-framework", id="umbrella with a leftover"),
    pytest.param("acme.billing", "acme", "acme", id="private, own name"),
    pytest.param("opentelemetry.instrumentation.redis", "opentelemetry-instrumentation", None,
                 id="a part below a part whose modules are known"),
    pytest.param("opentelemetry.instrumentation.utils", "opentelemetry-instrumentation",
                 "opentelemetry-instrumentation", id="what that installs itself"),
    pytest.param("dbt.adapters.postgres", "dbt-adapters", None, id="an adapter beside what all of them need"),
    pytest.param("langgraph.checkpoint.postgres", "langgraph-checkpoint", None, id="a part beside the base of all"),
    pytest.param("opentelemetry.exporter.zipkin.json", "opentelemetry-exporter-zipkin",
                 "opentelemetry-exporter-zipkin", id="what a part always brings"),
    pytest.param("azure.mgmt.resource.subscriptions", "azure-mgmt-resource", "azure-mgmt-resource",
                 id="what its older releases installed"),
    pytest.param("azure.identity.broker", "azure-identity", "azure-identity",
                 id="below a part of which no modules are known"),
    pytest.param("airflow.providers.amazon.aws", "apache-airflow", None, id="umbrella does not bring this part"),
    pytest.param("airflow.models", "apache-airflow-core", "apache-airflow-core", id="what the umbrella brings"),
    pytest.param("airflow.sdk", "apache-airflow", "apache-airflow", id="umbrella"),
    pytest.param("llama_index.core", "llama-index", "llama-index", id="umbrella"),
    pytest.param("llama_index.llms.openai", "llama-index", "llama-index", id="umbrella"),
    pytest.param("llama_index.llms.bedrock", "llama-index", None, id="umbrella does not bring this part"),
    pytest.param("bs4", "bs4", "bs4", id="umbrella of the module's name"),
    pytest.param("pynvml", "pynvml", "pynvml", id="umbrella of the module's name"),
    pytest.param("vertexai", "vertexai", "vertexai", id="umbrella of the module's name"),
    pytest.param("nbconvert", "jupyter", "jupyter", id="umbrella"),
    pytest.param("pyyaml", "pyyaml", None, id="own name, known to be no module"),
    pytest.param("tests", "pytest", None, id="noise"),
    pytest.param("twisted.internet", "daphne", None, id="puts a plugin into it"),
    pytest.param("sphinx", "botorch", None, id="ships a folder of that name"),
    pytest.param("aws_cdk.aws_s3", "aws-cdk-aws-s3", "aws-cdk-aws-s3", id="superseded part"),
    pytest.param("opencensus.ext.azure", "opencensus", None, id="a part of its own, beside the package"),
    pytest.param("svg.path.parser", "svg-path", "svg-path", id="a part in a folder of its own"),
    pytest.param("autogen", "autogen-agentchat", "autogen-agentchat", id="an older release installed it"),
    pytest.param("ratelimit", "django-ratelimit", "django-ratelimit", id="an older release called it otherwise"),
    pytest.param("tensorflow", "tensorflow-gpu", "tensorflow-gpu", id="all but the newest release install it"),
    pytest.param("Crypto", "pycrypto", "pycrypto", id="the original, of which no files are known"),
    pytest.param("ansible", "ansible-base", "ansible-base", id="what it was called before"),
    pytest.param("setuptools", "distribute", "distribute", id="umbrella of what it was merged into"),
    pytest.param("spire.doc", "spire-xls", None, id="another part, though a small one is called like the whole"),
    pytest.param("spire.doc", "spire-doc", "spire-doc", id="part, though a small one is called like the whole"),
    pytest.param("skopt", "", None, id="nothing declared"),
])  # fmt: skip
def test_declared_provider(module, declared, meets):
    assert declared_provider(module, set(declared.split())) == meets


@pytest.mark.parametrize(("module", "declared", "private"), [
    pytest.param("acme", "acme-platform-sdk fastapi", "acme-platform-sdk", id="begins with the module's name"),
    pytest.param("acme_corp.billing", "acme-corp-sdk", "acme-corp-sdk", id="underscore, submodule"),
    pytest.param("acme", "acmeplatform", None, id="the name must end there"),
    pytest.param("django", "django-cors-headers", None, id="a known distribution is not private"),
    pytest.param("acme", "", None, id="nothing declared"),
])  # fmt: skip
def test_likely_private(module, declared, private):
    assert likely_private_provider(module, set(declared.split())) == private


@pytest.mark.parametrize(("module", "declared", "elsewhere", "private"), [
    pytest.param("acme.billing", "acme-billing", "", "acme-billing", id="the whole dotted name"),
    pytest.param("acme.billing.models", "acme-billing", "", "acme-billing", id="and what is below"),
    pytest.param("acme.core", "acme-billing", "", None, id="another part"),
    pytest.param("acme.core_api", "acme-core-api", "", "acme-core-api", id="an underscore"),
    pytest.param("django.cors_headers", "django-cors-headers", "", None, id="known, and has another module"),
    pytest.param("pyln.client", "pyln-client", "", "pyln-client", id="known, but not its files"),
    pytest.param("pyln.proto", "pyln-client", "", None, id="and not called like that"),
    pytest.param("arcade.accelerate", "arcade-accelerate", "", None, id="another is known to install it"),
    pytest.param("acme", "acme", "", None, id="one name alone is no private one's sign"),
    pytest.param("odoo.api", "odoo", "odoo", "odoo", id="by URL, a submodule"),
    pytest.param("odoo", "odoo", "odoo", "odoo", id="by URL, itself"),
    pytest.param("google.cloud.x", "google", "google", "google", id="by URL, whatever the public one installs"),
    pytest.param("django.cors_headers", "django-cors-headers", "django-cors-headers", "django-cors-headers",
                 id="known, and from elsewhere"),
    pytest.param("redis.client", "odoo", "odoo redis", None, id="not declared, though a source names it"),
    pytest.param("yaml", "pyyaml", "pyyaml", None, id="not called like the module"),
])  # fmt: skip
def test_private(module, declared, elsewhere, private):
    assert private_provider(module, set(declared.split()), set(elsewhere.split())) == private
