// The globals of Jest that the tests of the engine use: what a file declares becomes a list of tests, and each runs alone.
import { expect } from 'expect';
import vm from 'node:vm';
import fc from 'fast-check';
import { bind } from 'jest-each';
import { isLeftOut } from './tests.mjs';

// As in test/properties.ts.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20270101 });

let block;
const noHooks = () => ({ beforeAll: [], beforeEach: [], afterEach: [] });

const within = (name, declare) => {
  const outer = block;
  block = { ...outer, names: [...outer.names, name], hooks: { ...noHooks(), outer: outer.hooks } };
  declare();
  block = outer;
};
const declareTest = (name, run) => {
  block.found.push({ name: [...block.names, name].join(' '), title: name, run, hooks: block.hooks });
};

globalThis.expect = expect;
globalThis.describe = Object.assign(within, { each: bind(within) });
globalThis.test = Object.assign(declareTest, { each: bind(declareTest) });
globalThis.it = globalThis.test;
for (const when of ['beforeAll', 'beforeEach', 'afterEach']) {
  globalThis[when] = (hook) => block.hooks[when].push(hook);
}
// What a file clears away at its end serves all its tests, which run in any order and more than once.
let ends = [];
globalThis.afterAll = (hook) => ends.push(hook);

/** Clears away what the tests that are loaded left behind. */
export async function endTests() {
  for (const end of ends) await end();
  ends = [];
}

/**
 * The tests that a file declares as it is loaded.
 *
 * A file that cannot be loaded is one test that fails.
 */
export function collect(file, loadFile, text) {
  const found = [];
  block = { names: [], found, hooks: noHooks() };
  try {
    loadFile();
  } catch (error) {
    return [{ id: `${file}#`, name: 'loads', file, run: () => Promise.reject(error), hooks: block.hooks }];
  }
  const ids = new Map();
  return found
    .filter((test) => !isLeftOut(test.name))
    .map((test) => {
      const count = (ids.get(test.name) ?? 0) + 1;
      ids.set(test.name, count);
      return {
        ...test,
        id: `${file}#${test.name}${count === 1 ? '' : ` (${count})`}`,
        file,
        line: lineOf(text, test.title),
      };
    });
}

/** Where the title stands in its file, if it stands there word by word. */
function lineOf(text, title) {
  const at = text.indexOf(title);
  return at < 0 ? undefined : text.slice(0, at).split('\n').length;
}

const CALL = new vm.Script('holdfastCall()');

/** Calls a function, and ends it if it does not return: what it awaits is not counted. */
function withinTime(call, timeout) {
  if (timeout === undefined) return call();
  globalThis.holdfastCall = call;
  return CALL.runInThisContext({ timeout });
}

/**
 * Runs one test with the hooks around it; what it throws is why it fails.
 *
 * @param limitMs - how long it may take until it returns; without end if undefined.
 */
export async function runTest(test, limitMs) {
  const rooms = [];
  for (let room = test.hooks; room !== undefined; room = room.outer) rooms.unshift(room);
  const all = async (when, order) => {
    for (const room of order) for (const hook of room[when]) await hook();
  };
  const inwards = rooms;
  const outwards = [...rooms].reverse();
  await all('beforeAll', inwards);
  try {
    await all('beforeEach', inwards);
    await withinTime(test.run, limitMs);
  } finally {
    await all('afterEach', outwards);
  }
}
