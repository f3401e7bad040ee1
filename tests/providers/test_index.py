"""The shipped index: which distribution a module names first, which others count, what is known of a distribution."""

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from import_customs.providers import (
    installs,
    is_brought_along,
    is_known,
    is_module_among,
    is_namespace,
    namespace_of,
    providers,
    rank,
)
from import_customs.providers.common_names import is_common_word, unlisted_providers
from import_customs.providers.distributions import known_modules, newest_release

# Module, the provider to name first, others that must count as well. Each is a fact about the public packages.
TRAPS = """
PIL                        pillow
yaml                       pyyaml
jwt                        pyjwt
attr                       attrs
attrs                      attrs
serial                     pyserial
docx                       python-docx
pptx                       python-pptx
dotenv                     python-dotenv
magic                      python-magic                python-magic-bin
git                        gitpython
github                     pygithub
slugify                    python-slugify
usb                        pyusb
OpenSSL                    pyopenssl
cv2                        opencv-python               opencv-python-headless opencv-contrib-python
psycopg2                   psycopg2-binary             psycopg2
MySQLdb                    mysqlclient
Crypto                     pycryptodome
Cryptodome                 pycryptodomex
phonenumbers               phonenumbers                phonenumberslite
skopt                      scikit-optimize             ft-scikit-optimize
tensorflow                 tensorflow                  tensorflow-cpu
fitz                       pymupdf
telegram                   python-telegram-bot
graphql                    graphql-core
gnupg                      python-gnupg
humps                      pyhumps
sklearn                    scikit-learn
skimage                    scikit-image
bs4                        beautifulsoup4
bson                       pymongo                     bson
pkg_resources              setuptools
setuptools                 setuptools
_pytest                    pytest
pytest_asyncio             pytest-asyncio
xdist                      pytest-xdist
win32api                   pywin32
win32com                   pywin32
win32con                   pywin32
winerror                   pywin32
sspi                       pywin32
dlib                       dlib                        dlib-bin
cuopt                      cuopt-cu12                  cuopt-cu13
flagsmith_schemas          flagsmith-common
sgmllib                    sgmllib3k
static                     static3
hwp5                       pyhwp
pythoncom                  pywin32
pywintypes                 pywin32
faiss                      faiss-cpu                   faiss-gpu
osgeo                      gdal
mpl_toolkits               matplotlib
mpl_toolkits.mplot3d       matplotlib
mpl_toolkits.basemap       basemap
Levenshtein                levenshtein                 python-levenshtein
shapefile                  pyshp
consul                     python-consul               py-consul
nmap                       python-nmap
minds                      minds-sdk
databricks.model_training  databricks-genai
libvirt                    libvirt-python
gi                         pygobject
gi.repository              pygobject
dateutil                   python-dateutil
web3                       web3
eth_account                eth-account
eth_account.messages       eth-account
pywebpush                  pywebpush
aiohttp                    aiohttp
networkx                   networkx
tenacity                   tenacity
boto3                      boto3
celery                     celery
fastapi                    fastapi
pydantic                   pydantic
sqlalchemy                 sqlalchemy
pytest                     pytest
apscheduler                apscheduler
locust                     locust
typing_extensions          typing-extensions
multipart                  python-multipart            multipart
websocket                  websocket-client
zmq                        pyzmq
jose                       python-jose
ldap                       python-ldap
markdown                   markdown
wx                         wxpython
dns                        dnspython
Xlib                       python-xlib
kafka                      kafka-python
decouple                   python-decouple
flask_cors                 flask-cors
rest_framework             djangorestframework
corsheaders                django-cors-headers
environ                    django-environ
factory                    factory-boy
socketio                   python-socketio
engineio                   python-engineio
googleapiclient            google-api-python-client
grpc                       grpcio
grpc_status                grpcio-status
markdown_it                markdown-it-py
OpenGL                     pyopengl
umap                       umap-learn
haiku                      dm-haiku
sass                       libsass
cairo                      pycairo
barcode                    python-barcode
enchant                    pyenchant
whois                      python-whois
jenkins                    python-jenkins
gitlab                     python-gitlab
atlassian                  atlassian-python-api
discord                    discord-py                  py-cord
nacl                       pynacl
socks                      pysocks
ulid                       python-ulid                 ulid-py
clr                        pythonnet
tap                        typed-argument-parser
pypdf                      pypdf
PyPDF2                     pypdf2
progressbar                progressbar2
mlflow                     mlflow                      mlflow-skinny
pypandoc                   pypandoc                    pypandoc-binary
crontab                    python-crontab
hid                        hidapi
llama_cpp                  llama-cpp-python
py                         py                          pytest
IPython                    ipython
pynvml                     nvidia-ml-py
vertexai                   google-cloud-aiplatform
griffe                     griffelib                   griffe
pydantic_ai                pydantic-ai-slim            pydantic-ai
ipykernel_launcher         ipykernel
httpx2                     httpx2
key_value.aio              py-key-value-aio
jupyter                    jupyter-core                jupyter
azureml.data               azureml-core
dbt.graph                  dbt-core
Levenshtein.StringMatcher  levenshtein
google.protobuf            protobuf
google.protobuf.message    protobuf
google.auth                google-auth
google.auth.transport      google-auth
google.oauth2              google-auth
google.api_core            google-api-core
google.rpc                 googleapis-common-protos
google.genai               google-genai
google.generativeai        google-generativeai
google.cloud.storage       google-cloud-storage
google.cloud.storage.blob  google-cloud-storage
google.cloud.exceptions    google-cloud-core
google.cloud.bigquery      google-cloud-bigquery
google.cloud.bigquery_storage_v1  google-cloud-bigquery-storage
google.cloud.vision_v1     google-cloud-vision
google.cloud.secretmanager google-cloud-secret-manager
google.cloud.secretmanager_v1beta1  google-cloud-secret-manager
google.cloud.pubsub_v1     google-cloud-pubsub
google.cloud.sql.connector cloud-sql-python-connector
google.ads.googleads.client  google-ads
google.analytics.data_v1beta.types  google-analytics-data
azure.core                 azure-core
azure.core.exceptions      azure-core
azure.identity             azure-identity
azure.identity.aio         azure-identity
azure.storage.blob.aio     azure-storage-blob
azure.storage.filedatalake azure-storage-file-datalake
azure.keyvault.secrets     azure-keyvault-secrets
azure.mgmt.compute         azure-mgmt-compute
azure.ai.ml                azure-ai-ml
azure.durable_functions    azure-functions-durable
azure.monitor.opentelemetry  azure-monitor-opentelemetry
azure.monitor.opentelemetry.exporter  azure-monitor-opentelemetry-exporter
opentelemetry.trace        opentelemetry-api
opentelemetry.context      opentelemetry-api
opentelemetry.metrics      opentelemetry-api
opentelemetry.baggage      opentelemetry-api
opentelemetry.propagate    opentelemetry-api
opentelemetry.util.types   opentelemetry-api
opentelemetry.util.http    opentelemetry-util-http
opentelemetry.sdk.trace    opentelemetry-sdk
opentelemetry.semconv.trace  opentelemetry-semantic-conventions
opentelemetry.exporter.otlp.proto.grpc.trace_exporter  opentelemetry-exporter-otlp-proto-grpc
opentelemetry.exporter.otlp.proto.http  opentelemetry-exporter-otlp-proto-http
opentelemetry.instrumentation.fastapi  opentelemetry-instrumentation-fastapi
opentelemetry.instrumentation.utils  opentelemetry-instrumentation
opentelemetry.propagators.b3  opentelemetry-propagator-b3
airflow                    apache-airflow              apache-airflow-core
airflow.models             apache-airflow
airflow.providers.amazon.aws.hooks.s3  apache-airflow-providers-amazon
airflow.providers.cncf.kubernetes.operators.pod  apache-airflow-providers-cncf-kubernetes
llama_index.core           llama-index-core
llama_index.llms.openai    llama-index-llms-openai
llama_index.vector_stores.qdrant  llama-index-vector-stores-qdrant
zope.interface             zope-interface
zope.component.hooks       zope-component
jaraco.functools           jaraco-functools
backports.zoneinfo         backports-zoneinfo
sphinxcontrib.bibtex       sphinxcontrib-bibtex
ruamel.yaml                ruamel-yaml
ruamel.yaml.comments       ruamel-yaml
zc.lockfile                zc-lockfile
snowflake.connector        snowflake-connector-python
snowflake.connector.pandas_tools  snowflake-connector-python
snowflake.sqlalchemy       snowflake-sqlalchemy
snowflake.snowpark         snowflake-snowpark-python
databricks.sdk             databricks-sdk
databricks.sql             databricks-sql-connector
databricks.labs.lsql       databricks-labs-lsql
dbt.cli.main               dbt-core
dbt.adapters.snowflake     dbt-snowflake
dbt.adapters.base          dbt-adapters
aws_cdk                    aws-cdk-lib
aws_cdk.aws_s3             aws-cdk-lib
aws_cdk.aws_lambda_python_alpha  aws-cdk-aws-lambda-python-alpha
tencentcloud.common        tencentcloud-sdk-python
tencentcloud.cvm.v20170312 tencentcloud-sdk-python-cvm
poetry                     poetry
poetry.core.masonry        poetry-core
langgraph.graph            langgraph
langgraph.checkpoint.postgres  langgraph-checkpoint-postgres
langgraph.cache.sqlite         langgraph-checkpoint-sqlite
langgraph.cache.redis          langgraph langgraph-checkpoint
nvidia.cublas.lib              nvidia-cublas nvidia-cublas-cu12 nvidia-cublas-cu11
PyQt5.QtWidgets            pyqt5
PyQt5.QtWebEngineWidgets   pyqtwebengine
svg                        svg-py
svg.path                   svg-path
opencensus.trace           opencensus
opencensus.ext.azure.log_exporter  opencensus-ext-azure
optimum.pipelines          optimum
optimum.quanto             optimum-quanto
optimum.onnxruntime        optimum-onnx optimum
mlx.core                   mlx
mlx.data                   mlx-data
mujoco                     mujoco
mujoco.mjx                 mujoco-mjx
kfp.dsl                    kfp
kfp.kubernetes             kfp-kubernetes
speechmatics.voice         speechmatics-voice
speechmatics.models        speechmatics-batch speechmatics-python
botframework.streaming     botframework-streaming
pinocchio                  pin
hppfcl                     hpp-fcl
autogen                    autogen ag2 autogen-agentchat pyautogen
"""


@pytest.mark.parametrize(("module", "first", "others"), [
    pytest.param(line.split()[0], line.split()[1], line.split()[2:], id=line.split()[0])
    for line in TRAPS.strip().splitlines()
])  # fmt: skip
def test_providers(module, first, others):
    found = providers(module)
    assert found[:1] == [first]
    assert set(others) <= set(found)


@pytest.mark.parametrize("module", [
    pytest.param("google", id="bare namespace; the distribution google is another thing"),
    pytest.param("azure", id="bare namespace"),
    pytest.param("google.cloud", id="bare namespace, two parts"),
    pytest.param("google.cloud.no_such_part", id="part of a namespace that nobody is called after"),
    pytest.param("tests", id="build leftover of 23,601 distributions"),
    pytest.param("examples", id="build leftover"),
    pytest.param("cli", id="common word without a popular namesake"),
    pytest.param("main", id="common word, whole content of git-python"),
    pytest.param("images", id="accident of azure-identity"),
    pytest.param("no_such_module_at_all", id="nothing of the kind exists"),
    pytest.param("zz_no_module" * 2_000, id="long name"),
    pytest.param("zz_no_module" + ".b" * 50_000, id="deep name"),
    pytest.param("naïve_módulo", id="not ASCII"),
    pytest.param("a\udc80b", id="not even UTF-8"),
    pytest.param("", id="empty"),
])  # fmt: skip
def test_no_provider(module):
    assert providers(module) == []


@pytest.mark.parametrize(("module", "first"), [
    pytest.param("build", "build", id="popular distribution called like a leftover"),
    pytest.param("config", "config", id="common word, popular namesake"),
    pytest.param("docker", "docker", id="48 vendored or unrelated copies"),
    pytest.param("utils", "utils", id="common word, in vastai by accident"),
])  # fmt: skip
def test_namesake_is_meant(module, first):
    assert providers(module)[0] == first


@pytest.mark.parametrize(("distribution", "module", "known"), [
    pytest.param("aiohttp", "aiohttp.web", True, id="own name, popular"),
    pytest.param("pyyaml", "yaml", True, id="other name"),
    pytest.param("ft-scikit-optimize", "skopt", True, id="long tail, other name"),
    pytest.param("pyyaml", "pyyaml", False, id="popular, own name is no module"),
    pytest.param("lazyaml", "lazyaml", False, id="long tail, own name is no module"),
    pytest.param("web3-proxy-providers", "web3_proxy_providers", True, id="long tail, own name"),
    pytest.param("aws-cdk-aws-s3", "aws_cdk.aws_s3", None, id="superseded part: not known any more"),
    pytest.param("beautifulsoup4", "yaml", False, id="popular, something else"),
    pytest.param("google", "google.cloud.storage", False, id="unrelated namesake of the namespace"),
    pytest.param("google-cloud-storage", "google.cloud.storage", True, id="part"),
    pytest.param("google-cloud-storage", "google.cloud.bigquery", False, id="another part"),
    pytest.param("apache-airflow", "airflow.sdk", True, id="umbrella"),
    pytest.param("bs4", "bs4", True, id="umbrella of its own name"),
    pytest.param("jupyter", "nbconvert", True, id="umbrella"),
    pytest.param("pypiwin32", "win32api", True, id="umbrella since its last release"),
    pytest.param("tensorflow-macos", "tensorflow", True, id="umbrella by markers"),
    pytest.param("pytest-coverage", "pytest_cov", True, id="umbrella of an umbrella"),
    pytest.param("pyqt5-sip", "PyQt5.sip", True, id="a part of another's package"),
    pytest.param("pyqt5-sip", "PyQt5.QtCore", False, id="another part of it"),
    pytest.param("pyobjc", "AppKit", True, id="umbrella of all that begins so"),
    pytest.param("tencentcloud-sdk-python", "tencentcloud.cvm.v20170312", True, id="all parts in one"),
    pytest.param("typing-extensions", "typing_extensions", True, id="no modules in the data, own name"),
    pytest.param("amqplib", "amqp_client", None, id="no modules in the data, another name"),
    pytest.param("acme-internal-billing", "acme", None, id="unknown distribution"),
])  # fmt: skip
def test_installs(distribution, module, known):
    assert installs(distribution, module) is known


@pytest.mark.parametrize(("module", "expected"), [
    ("google", True), ("google.cloud", True), ("azure", True), ("azure.storage", True), ("airflow", True),
    ("airflow.providers", True), ("opentelemetry.util", True), ("dbt.adapters", True), ("mpl_toolkits", True),
    ("google.cloud.vision", False), ("requests", False), ("os", False), ("celery.utils", False),
])  # fmt: skip
def test_is_namespace(module, expected):
    assert is_namespace(module) is expected


def test_rank():
    assert rank("boto3") == 1
    assert rank("celery") < 1_000
    assert rank("acme-internal-billing") is None


@pytest.mark.parametrize(("distribution", "known"), [
    pytest.param("celery", True, id="popular"),
    pytest.param("lazyaml", True, id="long tail, another module"),
    pytest.param("ft-scikit-optimize", True, id="long tail"),
    pytest.param("acme-internal-billing", False, id="private"),
])  # fmt: skip
def test_is_known(distribution, known):
    assert is_known(distribution) is known


@pytest.mark.parametrize(("distribution", "module", "held"), [
    pytest.param("pybars3", "pybars", True, id="called otherwise"),
    pytest.param("unsloth", "studio", True, id="a module that another distribution is called after"),
    pytest.param("google-cloud-datastore", "google.cloud.datastore_admin.x", True, id="in a part of a namespace"),
    pytest.param("google-cloud-datastore", "google.cloud.storage", False, id="another part"),
    pytest.param("google-cloud-datastore", "google", False, id="the namespace itself"),
    pytest.param("requests", "urllib3", False, id="what it requires"),
    pytest.param("acme-internal-billing", "acme", False, id="unknown distribution"),
])  # fmt: skip
def test_holds(distribution, module, held):
    assert is_module_among(module, known_modules(distribution)) is held


def test_newest():
    version, requires_python = newest_release("requests")
    assert Version(version) >= Version("2.32")
    assert "3.12" in SpecifierSet(requires_python)
    assert newest_release("acme-internal-billing") is None


@pytest.mark.parametrize(("module", "distribution", "is_along", "is_common"), [
    pytest.param("models", "llama-models", False, True, id="a common word, and a part of its name"),
    pytest.param("typings", "bokeh", True, True, id="a common word"),
    pytest.param("speedtest", "speedtest-cli", False, False, id="the beginning of its name"),
    pytest.param("build_utils", "flashinfer-python", True, False, id="beside its own name, as few do"),
    pytest.param("crypto_cpp", "crypto-cpp-py", False, False, id="a part of its name, of two words"),
    pytest.param("pylab", "matplotlib", False, False, id="known to all"),
    pytest.param("cv2", "opencv-contrib-python", False, False, id="it has no other name"),
    pytest.param("schema", "schema", False, False, id="its own name"),
    pytest.param("config", "config", False, True, id="its own name, which hundreds have"),
    pytest.param("botocore", "botocore", False, False, id="so have these, but it is known to all"),
    pytest.param("ckeditor_uploader", "django-ckeditor", False, False, id="a longer form of its name"),
    pytest.param("google.cloud.storage", "google-cloud-storage", False, False, id="in a namespace"),
    pytest.param("models", "acme-models", False, False, id="not popular"),
])  # fmt: skip
def test_brought_along(module, distribution, is_along, is_common):
    assert (is_brought_along(module, distribution), is_common_word(module, distribution)) == (is_along, is_common)


@pytest.mark.parametrize(("distributions", "module", "installing"), [
    pytest.param("web-py requests", "web.form", ["web-py"], id="a common word"),
    pytest.param("flagsmith-common", "common.core", ["flagsmith-common"], id="a common word that is a distribution's"),
    pytest.param("web-py", "utils", [], id="another module"),
    pytest.param("acme-internal-billing requests", "web", [], id="unknown, popular"),
    pytest.param("web-py", "no_such_module_at_all", [], id="a module that is not left out"),
])  # fmt: skip
def test_unlisted_providers(distributions, module, installing):
    assert unlisted_providers(module, distributions.split()) == installing


@pytest.mark.parametrize(("module", "namespace"), [
    ("google.cloud.storage.blob", "google.cloud"), ("google", "google"), ("azure.identity", "azure"),
    ("requests.auth", ""), ("celery", ""), ("no_such_module_at_all", ""),
])  # fmt: skip
def test_namespace_of(module, namespace):
    assert namespace_of(module) == namespace


@pytest.mark.parametrize(("distribution", "below"), [
    pytest.param("selenium", "1000", id="selenium-2.0-dev-9429.tar.gz is no version 9429"),
    pytest.param("dpath", "70", id="dpath-1.2-70.tar.gz is no version 70"),
    pytest.param("cheroot", "1000", id="a day is no version of it"),
    pytest.param("thop", "1", id="nor is the end of a digest"),
    pytest.param("functools32", "4", id="functools32-3.2.3-2.tar.gz is a post-release"),
])  # fmt: skip
def test_newest_is_no_end_of_a_file_name(distribution, below):
    version, _ = newest_release(distribution)
    assert Version("0") < Version(version) < Version(below)
