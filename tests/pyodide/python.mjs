// Runs pytest in Pyodide: node --stack-size=N python.mjs MODULE PROJECT SITE ARGUMENT...
// MODULE is Pyodide's own; PROJECT and SITE are folders that its Python finds at their own paths.
const [module, project, site, ...args] = process.argv.slice(2);
const { loadPyodide } = await import(module);
const pyodide = await loadPyodide({ env: { HOME: "/tmp", PYTHONDONTWRITEBYTECODE: "1" } });
for (const folder of [project, site]) {
  pyodide.FS.mkdirTree(folder);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: folder }, folder);
}
pyodide.FS.chdir(project);
pyodide.globals.set("given", pyodide.toPy([site, ...args]));
const run = `
import sys
site, *arguments = given
sys.path.insert(0, site)
import pytest
int(pytest.main(arguments))
`;
process.exit(pyodide.runPython(run));
