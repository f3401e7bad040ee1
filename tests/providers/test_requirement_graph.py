"""Needs of distributions in; what extras bring, and by which way a distribution arrives, out."""

import pytest

from import_customs.providers.requirement_graph import Need, Package, RequirementGraph, distributions_of_extras

WEB_EXTRAS = {"all": (Need("web", ("mail",)),), "mail": (Need("mailer"),)}
PACKAGES = {
    "web": Package("web", "1", (Need("core"), Need("server", ("fast",))), WEB_EXTRAS),
    "core": Package("core", "1", (Need("base"),), {}),
    "server": Package("server", "1", (Need("base"),), {"fast": (Need("loop"),)}),
    "loop": Package("loop", "1", (Need("loop"), Need("web")), {}),
    "base": Package("base", "1", (), {}),
}


@pytest.mark.parametrize(("wanted", "declared", "ways"), [
    pytest.param("core", [Need("web")], [("core", "web")], id="directly"),
    pytest.param("base", [Need("web")], [("base", "core", "web")], id="the shortest way"),
    pytest.param("base", [Need("web"), Need("core")], [("base", "core"), ("base", "server", "web")], id="each its way"),
    pytest.param("loop", [Need("web")], [("loop", "server", "web")], id="by an extra of what is required"),
    pytest.param("loop", [Need("server")], [], id="an extra that nobody asks for"),
    pytest.param("mailer", [Need("web", ("all",))], [("mailer", "web")], id="an extra that names another"),
    pytest.param("core", [Need("no-such")], [], id="nothing is known of it"),
    pytest.param("core", [], [], id="nothing declared"),
    pytest.param("web", [Need("loop")], [("web", "loop")], id="a circle ends"),
])  # fmt: skip
def test_arrivals(wanted, declared, ways):
    assert RequirementGraph(declared, PACKAGES.get).paths_to(wanted) == ways


EXTRAS = {
    ("web", "mail"): (Need("mailer"),),
    ("web", "all"): (Need("web", ("mail",)), Need("server", ("fast",))),
    ("server", "fast"): (Need("loop"),),
    ("web", "circle"): (Need("web", ("circle",)),),
    ("web", "empty"): (),
    ("web", "loop"): (Need("server", ("fast",)),),
    ("web", "base"): (Need("server"),),
    ("web", "storage"): (Need("web", ("loop",)),),
    ("web", "web"): (Need("loop"),),
}


@pytest.mark.parametrize(("need", "names"), [
    pytest.param(Need("web", ("mail",)), {"mailer"}, id="one extra"),
    pytest.param(Need("web", ("all",)), {"mailer", "server"}, id="its own extras, and not those of others"),
    pytest.param(Need("web", ("loop",)), {"server", "loop"}, id="an extra of another that ends in its own name"),
    pytest.param(Need("web", ("base",)), {"server", "base"}, id="plain requirements that end in its own name"),
    pytest.param(Need("web", ("storage",)), {"server", "loop"}, id="by an own extra of another name"),
    pytest.param(Need("web", ("circle",)), set(), id="a circle ends"),
    pytest.param(Need("web", ("web",)), {"loop"}, id="a circle through plain requirements ends"),
    pytest.param(Need("web", ("empty",)), set(), id="known to be empty"),
    pytest.param(Need("web", ("other",)), None, id="unknown"),
    pytest.param(Need("web", ("other", "mail")), {"mailer"}, id="one of two is known"),
    pytest.param(Need("web"), None, id="no extra"),
])  # fmt: skip
def test_brought(need, names):
    assert distributions_of_extras(need, lambda name, extra: EXTRAS.get((name, extra)), PACKAGES.get) == names
