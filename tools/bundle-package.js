// Puts what jsii compiled of a package into its one entry file, so that a program that imports the package opens, resolves
// and compiles one file, not seventy: that took as long as everything else that our constructs do in a first synthesis.
// Usage: node ../tools/bundle-package.js   (in the folder of the package, after jsii; see bench/synth/README.md)
//
// The modules stay apart, each in a function of its own that runs when it is first asked for, as in Node. Comments are left
// out; the single files stay beside it with theirs, and with the source maps.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');

const MARK = '// Bundled by tools/bundle-package.js from the files beside it.';
const BUILD = path.resolve('build');
const ENTRY = path.join(BUILD, 'index.js');

/** Adds a file, and all that it asks for by a relative path, to the modules; returns its id. */
function add(file, modules) {
  const id = path.relative(BUILD, file).replace(/\.js$/, '').split(path.sep).join('/');
  if (!modules.has(id)) {
    // Before its members, as modules may ask for each other in a circle.
    modules.set(id, '');
    const source = fs
      .readFileSync(file, 'utf8')
      .replace(/\brequire\("(\.[^"]*)"\)/g, (_, asked) => `load(${JSON.stringify(add(found(file, asked), modules))})`);
    const compilerOptions = {
      allowJs: true,
      module: ts.ModuleKind.None,
      removeComments: true,
      target: ts.ScriptTarget.ES2022,
    };
    modules.set(id, ts.transpileModule(source, { compilerOptions }).outputText.trimEnd());
  }
  return id;
}

function found(file, asked) {
  const target = path.resolve(path.dirname(file), asked);
  return [`${target}.js`, path.join(target, 'index.js')].find((it) => fs.existsSync(it)) ?? target;
}

function bundle(modules) {
  const functions = [...modules].map(([id, text]) => `  ${JSON.stringify(id)}(exports, module) {\n${text}\n  },`);
  return `${MARK}
'use strict';
const MODULES = {
${functions.join('\n')}
};
const LOADED = {};
function load(id) {
  let module = LOADED[id];
  if (module === undefined) {
    module = LOADED[id] = { exports: {} };
    MODULES[id](module.exports, module);
  }
  return module.exports;
}
module.exports = load('index');
`;
}

if (!fs.readFileSync(ENTRY, 'utf8').startsWith(MARK)) {
  const modules = new Map();
  add(ENTRY, modules);
  fs.writeFileSync(ENTRY, bundle(modules));
  // Node looks for the names that an ES module may import in the text, so they have to stand there.
  const names = Object.keys(require(ENTRY)).sort();
  fs.appendFileSync(ENTRY, `0 && (module.exports = { ${names.join(', ')} });\n`);
}
