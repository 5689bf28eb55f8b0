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
  block.found.push({ name: [...block.names, name].join(' '), run, hooks: block.hooks });
};

globalThis.expect = expect;
globalThis.describe = Object.assign(within, { each: bind(within) });
// Tests that need a program which is not there are no tests.
const left = Object.assign(() => {}, { each: () => () => {} });
globalThis.test = Object.assign(declareTest, { each: bind(declareTest), skip: left });
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
export function collect(file, loadFile) {
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
      };
    });
}

const CALL = new vm.Script('holdfastCall()');

/** Calls a function, and ends it if it does not return: what it awaits is not counted. */
function withinTime(call, timeout) {
  if (timeout === undefined) return call();
  globalThis.holdfastCall = call;
  return CALL.runInThisContext({ timeout });
}

/** How long a process has to do next to nothing until whoever awaits it waits for nothing, and how much it may do. */
const LULL_MS = 1_000;
const LULL_CPU_MICROSECONDS = 20_000;
export const HANGS = 'HOLDFAST_TEST_HANGS';

/** Fails once there has been time enough and nothing happens any more: a busy machine is slow, but does not rest. */
function hanging(limitMs) {
  const from = performance.now();
  let before = process.cpuUsage();
  let timer;
  const failure = new Promise((_, reject) => {
    timer = setInterval(() => {
      const { user, system } = process.cpuUsage(before);
      before = process.cpuUsage();
      if (performance.now() - from > limitMs && user + system < LULL_CPU_MICROSECONDS) {
        reject(Object.assign(new Error('this test waits for what never comes'), { code: HANGS }));
      }
    }, LULL_MS);
  });
  return { failure, end: () => clearInterval(timer) };
}

/**
 * Runs one test with the hooks around it; what it throws is why it fails.
 *
 * @param limitMs - how long it may take until it returns, or awaits what does not come; without end if undefined.
 */
export async function runTest(test, limitMs) {
  if (limitMs === undefined) return await runWithHooks(test, limitMs);
  const { failure, end } = hanging(limitMs);
  try {
    await Promise.race([runWithHooks(test, limitMs), failure]);
  } finally {
    end();
  }
}

async function runWithHooks(test, limitMs) {
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
