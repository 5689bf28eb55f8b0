// Compiles the packages in the order of the arrows, as many at a time as the machine has cores: each is its own `compile`
// task; what bundles the console and the engine comes after. What nothing has changed of since it was compiled here is left
// as it is, unless --all is given. Says how long each took; ends with the first that fails.
// Usage: node tools/compile.js [--all]
'use strict';
const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
const MEMORY = path.join(ROOT, 'node_modules', '.cache', 'holdfast', 'compiled.json');
const PROJEN = [path.join(ROOT, 'node_modules', '.bin', 'projen'), 'compile'];
/** What every package is compiled with. */
const COMMON = ['package-lock.json', 'tools/compile.js', 'tools/bundle-notices.js'];
const MADE = /^(build|dist|node_modules|\.jsii|tsconfig\.tsbuildinfo)$/;
/** What others make in the folder of the engine. */
const BUNDLES = /^(console|bundle)$/;
const NOTHING = /^$/;

function jsii(name, after) {
  return {
    name,
    after,
    command: PROJEN,
    folder: name,
    reads: [name, 'tools/bundle-package.js'],
    makes: [`${name}/build`, `${name}/.jsii`],
  };
}

function bundle(name, after, tool, makes) {
  return { name, after, command: [process.execPath, tool], folder: '.', reads: ['console', tool], makes };
}

/** What is compiled, after what, of what and how, and what is made. */
const STEPS = [
  jsii('model', []),
  jsii('lib', ['model']),
  { name: 'engine', after: ['model'], command: PROJEN, folder: 'engine', reads: ['engine'], makes: ['engine/build'] },
  jsii('provider', ['model']),
  jsii('provider-cdktn', ['model']),
  jsii('nag', ['lib']),
  bundle('console', ['engine'], 'tools/bundle-console.js', ['engine/build/console']),
  bundle('the engine in one file', ['console'], 'tools/bundle-engine.js', ['engine/build/bundle']),
];

/** Step to the digest of all that it was made of. */
const digests = new Map();
const memory = remembered();
const done = new Set();
const running = new Map();
let waiting = [...STEPS];

function remembered() {
  try {
    return process.argv.includes('--all') ? {} : JSON.parse(fs.readFileSync(MEMORY, 'utf8'));
  } catch {
    return {};
  }
}

function digestOf({ after, reads }) {
  const hash = createHash('sha256');
  after.forEach((name) => hash.update(digests.get(name)));
  [...COMMON, ...reads].forEach((file) => addTo(hash, file, MADE));
  return hash.digest('hex');
}

/** So that what was made by other commands, or was thrown away, is made again. */
function digestOfMade({ name, makes }) {
  const hash = createHash('sha256');
  makes.forEach((file) => addTo(hash, file, name === 'engine' ? BUNDLES : NOTHING));
  return hash.digest('hex');
}

function addTo(hash, file, without) {
  const full = path.join(ROOT, file);
  if (fs.statSync(full, { throwIfNoEntry: false })?.isDirectory() === true) {
    const inside = fs.readdirSync(full).filter((name) => !without.test(name));
    inside.sort().forEach((name) => addTo(hash, path.posix.join(file, name), without));
  } else {
    hash.update(`${file}\n`).update(fs.existsSync(full) ? fs.readFileSync(full) : 'missing');
  }
}

function startWhatMay() {
  while (running.size < os.availableParallelism()) {
    const next = waiting.find(({ after }) => after.every((name) => done.has(name)));
    if (next === undefined) {
      return;
    }
    waiting = waiting.filter((step) => step !== next);
    start(next);
  }
}

function start(step) {
  const { name, command, folder } = step;
  digests.set(name, digestOf(step));
  if (memory[name]?.from === digests.get(name) && memory[name].made === digestOfMade(step)) {
    console.log(`${name}: as it is`);
    done.add(name);
    return;
  }
  const [program, ...args] = command;
  const from = Date.now();
  const child = spawn(program, args, { cwd: path.join(ROOT, folder), stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  child.stdout.on('data', (text) => said.push(text));
  child.stderr.on('data', (text) => said.push(text));
  child.on('error', (fault) => said.push(Buffer.from(`${fault}\n`)));
  child.on('close', (code) => ended(step, code, from, Buffer.concat(said).toString()));
  running.set(name, child);
}

function ended(step, code, from, said) {
  const { name } = step;
  running.delete(name);
  if (code !== 0) {
    console.error(`${name} does not compile:\n${said}`);
    running.forEach((other) => other.kill());
    process.exit(1);
  }
  console.log(`${name}: ${((Date.now() - from) / 1000).toFixed(0)} s`);
  memory[name] = { from: digests.get(name), made: digestOfMade(step) };
  fs.mkdirSync(path.dirname(MEMORY), { recursive: true });
  fs.writeFileSync(MEMORY, JSON.stringify(memory));
  done.add(name);
  startWhatMay();
}

startWhatMay();
