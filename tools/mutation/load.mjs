// Loads what is tested, and each file of tests, from the instrumented sources of the current directory; and again when
// asked: what a module makes as it loads, it has to make with the mutant on.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import swc from '@swc/core';
import { addHook } from 'pirates';
import { collect } from './collect.mjs';

const SWC = {
  jsc: { parser: { syntax: 'typescript', decorators: true }, transform: { legacyDecorator: true }, target: 'es2022' },
  module: { type: 'commonjs' },
  sourceMaps: false,
  configFile: false,
  swcrc: false,
};
const PACKAGES = { model: 'model/src', cdk: 'lib/src', cdktf: 'provider/src', engine: 'engine/src' };
const ENGINE = 'engine/src';
// Programs and doors to other test runners, which act as they load.
const NOT_LOADED = /^(cli|host)\/|^testing\/(jest|vitest)\.ts$|\.d\.ts$/;

/** Which mutant is on: instrumented code asks at each step, so it is a number compared to a number. */
export const active = {
  id: -1,
  hits: 0,
  limit: Infinity,
  hit() {
    if (++this.hits > this.limit) throw new Error('this mutant was reached so often that it would not end');
    return true;
  },
};
globalThis.holdfastMutant = active;

// Where the instrumented copy of the sources lies: known once the runner works there.
let root;
let require;
let counting = true;
const fileOfMutant = new Map();
const compiled = new Map();

/** The file that a mutant stands in. */
export const fileOf = (mutant) => fileOfMutant.get(mutant);

/** What counts which test reaches which mutant is dropped when mutants are tried: it is half of the time. */
function forMutants(code) {
  return code
    .replace(/stryMutAct_9fa48\("(\d+)"\)/g, '(holdfastMutant.id===$1&&holdfastMutant.hit())')
    .replace(/stryCov_9fa48\("[^()]*\)/g, '0')
    .replace(/^/, 'const holdfastMutant=globalThis.holdfastMutant;');
}

/** The file of a package of ours or of a relative name: its TypeScript rather than a table of the same name. */
function sourceOf(name, from) {
  const [, ours, part] = /^@holdfast\/(\w+)(?:\/(\w+))?$/.exec(name) ?? [];
  if (ours === undefined && !name.startsWith('.')) return undefined;
  const place =
    ours === undefined
      ? path.resolve(path.dirname(from), name)
      : path.join(root, PACKAGES[ours], part === undefined ? 'index' : `testing/${part}`);
  return [`${place}.ts`, path.join(place, 'index.ts')].find((file) => fs.existsSync(file));
}

function compile(source, file) {
  const key = `${counting} ${file}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  let { code } = swc.transformSync(source, { ...SWC, filename: file });
  code = code.replace(/require\("([@.][^"]*)"\)/g, (all, name) => {
    const named = sourceOf(name, file);
    return named === undefined ? all : `require(${JSON.stringify(named)})`;
  });
  for (const [, id] of code.matchAll(/stryMutAct_9fa48\("(\d+)"\)/g)) fileOfMutant.set(id, file);
  if (!counting && code.includes('stryMutAct_9fa48("')) code = forMutants(code);
  compiled.set(key, code);
  return code;
}

/**
 * Loads the engine anew, and forgets the tests.
 *
 * @param counts - whether the code counts which test reaches which mutant.
 */
export function loadEngine(counts) {
  counting = counts;
  if (root === undefined) {
    root = process.cwd();
    require = createRequire(path.join(root, 'package.json'));
    addHook(compile, { exts: ['.ts'], matcher: (file) => file.startsWith(root + path.sep) });
  }
  for (const loaded of Object.keys(require.cache)) {
    if (loaded.endsWith('.ts')) delete require.cache[loaded];
  }
  require(path.join(root, 'test/setup.ts'));
  for (const name of fs.readdirSync(ENGINE, { recursive: true })) {
    if (name.endsWith('.ts') && !NOT_LOADED.test(name)) require(path.join(root, ENGINE, name));
  }
}

/** The tests of a file, which is loaded anew with what it imports of the tests' own. */
export function loadTests(file) {
  for (const loaded of Object.keys(require.cache)) {
    if (loaded.endsWith('.ts') && loaded.startsWith(path.join(root, 'test'))) delete require.cache[loaded];
  }
  return collect(file, () => require(path.join(root, file)));
}
