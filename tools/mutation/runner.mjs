// The test runner of the mutation tester: all tests stay loaded in one process, so that a mutant costs what the tests that
// reach it cost, the one most likely to notice it first. Decision 0028 says what that is worth and what is left out.
import fs from 'node:fs';
import path from 'node:path';
import { PluginKind, declareClassPlugin, tokens } from '@stryker-mutator/api/plugin';
import { endTests, HANGS, runTest } from './collect.mjs';
import { active, fileOf, loadEngine, loadTests } from './load.mjs';
import { isAbout, testFiles } from './tests.mjs';

const COVERAGE = 'coverage-of-tests.json';
const NONE = -1;
/** A test that takes this long, and as many times longer than without a mutant, does not end. */
const ENDLESS_MS = 5_000;
const ENDLESS_FACTOR = 20;
/** How often a mutant may be reached in one test, by how often it is without being on. */
const HITS_FACTOR = 50;
const HITS_MORE = 10_000;
/** The share of the time of all tests that a mutant is held against: the likeliest to notice it, then the fastest. */
const SHARE = Number(process.env.HOLDFAST_MUTATION_SHARE ?? 0.03);

const ABOUT_IT = 2;

/** Whether a test is about this file of the domain, of one whose name begins with the same word (1), or of another (0). */
function kinship(file, test) {
  const [, name] = /engine\/src\/domain\/(.*)\.ts$/.exec(file);
  const [, tests, other] = /(.*\/([^/]*))\.test\.ts#/.exec(test);
  const first = (words) => words.split('-')[0].replace(/s$/, '');
  return isAbout(name, tests) ? ABOUT_IT : first(path.basename(name)) === first(other) ? 1 : 0;
}

class HoldfastTestRunner {
  static inject = tokens();

  constructor() {
    this.files = testFiles();
    /** The tests by file, and the mutant that was on as the file was loaded. */
    this.loaded = new Map();
    this.engineWith = undefined;
    /** By source file: how many mutants of it each test has killed. */
    this.kills = new Map();
    process.on('unhandledRejection', (reason) => (this.stray = reason));
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dispose() {
    await endTests();
  }

  async dryRun() {
    const namespace = (globalThis.__stryker__ ??= {});
    const coverage = (namespace.mutantCoverage = { static: {}, perTest: {} });
    namespace.currentTestId = undefined;
    loadEngine(true);
    const tests = [];
    const atLoading = {};
    const loadTimes = {};
    for (const file of this.files) {
      namespace.currentTestId = `${file}#`;
      const from = performance.now();
      const found = loadTests(file);
      loadTimes[file] = performance.now() - from;
      tests.push(...found);
      atLoading[file] = coverage.perTest[`${file}#`] ?? {};
      delete coverage.perTest[`${file}#`];
    }
    const results = [];
    for (const test of tests) {
      coverage.perTest[test.id] = { ...atLoading[test.file] };
      namespace.currentTestId = test.id;
      results.push(await this.outcome(test));
    }
    namespace.currentTestId = undefined;
    this.keep(coverage, atLoading, results, loadTimes);
    return { status: 'complete', tests: results, mutantCoverage: coverage };
  }

  /** Keeps what a runner has to know that takes over from this one. */
  keep(coverage, atLoading, results, loadTimes) {
    const covering = {};
    const filesOf = {};
    const most = {};
    for (const [test, hits] of Object.entries(coverage.perTest)) {
      filesOf[test] = [...new Set(Object.keys(hits).map(fileOf))];
      for (const [id, count] of Object.entries(hits)) {
        most[id] = Math.max(most[id] ?? 0, count);
        if (id in coverage.static) (covering[id] ??= []).push(test);
      }
    }
    const times = Object.fromEntries(results.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
    const loading = Object.fromEntries(Object.entries(atLoading).map(([file, hits]) => [file, Object.keys(hits)]));
    fs.writeFileSync(COVERAGE, JSON.stringify({ covering, most, filesOf, times, loading, loadTimes }));
  }

  prepare() {
    if (this.times !== undefined) return;
    const { covering, most, filesOf, times, loading, loadTimes } = JSON.parse(fs.readFileSync(COVERAGE, 'utf8'));
    this.covering = covering;
    this.most = most;
    this.filesOf = filesOf;
    this.times = times;
    this.loadTimes = Object.entries(loadTimes);
    this.loading = new Map(Object.entries(loading).map(([file, ids]) => [file, new Set(ids)]));
  }

  /** Without the file: Stryker would read it at the end, and lose all that a run told where it went meanwhile. */
  async outcome(test) {
    const from = performance.now();
    const failure = await this.failure(test);
    const told = {
      id: test.id,
      name: test.name,
      timeSpentMs: Math.round(performance.now() - from),
    };
    return failure === undefined ? { ...told, status: 0 } : { ...told, status: 1, failureMessage: failure };
  }

  /** What a test says that fails, or undefined. One that was ended while others had the processor is asked again. */
  async failure(test) {
    // Each time with twice the time: on a busy machine a test that does not end has to get its share of the processor.
    for (let times = 1; ; times *= 2) {
      const before = process.cpuUsage().user;
      const failure = await this.failureInTime(test, times);
      if (!this.endless || this.hangs || process.cpuUsage().user - before > 500 * ENDLESS_MS) return failure;
    }
  }

  async failureInTime(test, times) {
    this.endless = false;
    this.hangs = false;
    this.stray = undefined;
    try {
      await runTest(test, this.times && times * (ENDLESS_MS + ENDLESS_FACTOR * (this.times[test.id] ?? 0)));
      return this.stray === undefined ? undefined : String(this.stray);
    } catch (error) {
      this.hangs = error?.code === HANGS;
      this.endless = this.hangs || error?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
      return String(error?.message ?? error).slice(0, 500);
    }
  }

  async mutantRun({ testFilter, activeMutant, reloadEnvironment, sandboxFileName }) {
    this.prepare();
    // Of one test, not of all: a loop that fills an array without end has to be ended before the memory is.
    const limit = HITS_FACTOR * (this.most[activeMutant.id] ?? 0) + HITS_MORE;
    const mutant = { id: activeMutant.id, number: Number(activeMutant.id), limit, file: sandboxFileName };
    const reached = testFilter ?? this.covering[mutant.id] ?? [];
    const result = await this.holdAgainst(mutant, this.likeliest(reached, mutant), NONE);
    if (!reloadEnvironment || result.status !== 'survived') return result;
    return await this.holdAgainst(mutant, this.likeliest(this.near(mutant.file), mutant), mutant.number);
  }

  /**
   * Runs tests with a mutant on until one fails.
   *
   * @param engineWith - the mutant that was on as the engine was loaded.
   */
  async holdAgainst(mutant, ids, engineWith) {
    let tried = 0;
    for (const id of ids) {
      tried += 1;
      const failure = await this.failureWith(mutant, id, engineWith);
      const endless = this.endless || active.hits > active.limit;
      this.set(NONE);
      if (endless) {
        this.engineWith = undefined;
        return { status: 'timeout', reason: failure ?? 'reached too often' };
      }
      if (failure === undefined) continue;
      if (!(await this.isOwn(mutant, id, engineWith))) continue;
      this.set(NONE);
      this.count(mutant.file, id);
      return { status: 'killed', killedBy: [id], failureMessage: failure, nrOfTests: tried };
    }
    return { status: 'survived', nrOfTests: tried };
  }

  /**
   * Whether a failure is the mutant's own. A test that now fails without any has met what a mutant left behind: it is
   * asked again with everything loaded anew, and one that fails even so tells nothing.
   */
  async isOwn(mutant, id, engineWith) {
    const none = { number: NONE };
    if ((await this.failureWith(none, id, NONE)) === undefined) return true;
    this.engineWith = undefined;
    if ((await this.failureWith(none, id, NONE)) !== undefined) return false;
    return (await this.failureWith(mutant, id, engineWith)) !== undefined;
  }

  /** What a test says with a mutant on; its file is loaded with that mutant too if that reaches it. */
  async failureWith(mutant, id, engineWith) {
    const file = id.slice(0, id.indexOf('#'));
    this.endless = false;
    this.set(mutant.number, mutant.limit);
    try {
      if (this.engineWith !== engineWith) {
        await endTests();
        this.loaded.clear();
        this.engineWith = engineWith;
        loadEngine(false);
      }
      const wanted = engineWith !== NONE || this.loading.get(file)?.has(mutant.id) ? mutant.number : NONE;
      if (this.loaded.get(file)?.mutant !== wanted) {
        active.id = wanted;
        this.loaded.set(file, { mutant: wanted, tests: new Map(loadTests(file).map((test) => [test.id, test])) });
        active.id = mutant.number;
      }
    } catch (error) {
      this.engineWith = undefined;
      return String(error?.message ?? error).slice(0, 500);
    }
    const { tests } = this.loaded.get(file);
    const test = tests.get(`${file}#`) ?? tests.get(id);
    return test === undefined ? undefined : await this.failure(test);
  }

  set(id, limit) {
    active.id = id;
    active.hits = 0;
    active.limit = limit ?? Infinity;
  }

  /** Tests that reach the file of a mutant, or all if none does. */
  near(file) {
    const all = Object.keys(this.times);
    const reaching = all.filter((id) => this.filesOf[id]?.includes(file));
    return reaching.length === 0 ? all : reaching;
  }

  /**
   * Those that killed most in this file of source, then those that are about it, then one of each file of tests in turn,
   * as the tests of a file are alike: first of the files whose tests killed most. As many as the time allows.
   */
  likeliest(ids, { id: mutant, file }) {
    const kills = this.kills.get(file) ?? new Map();
    const byTests = new Map();
    const rated = ids.map((id) => ({ id, kills: kills.get(id) ?? 0, time: this.times[id] ?? 0, turn: 0 }));
    rated.sort((a, b) => b.kills - a.kills || a.time - b.time);
    for (const one of rated) {
      const tests = one.id.slice(0, one.id.indexOf('#'));
      const all = byTests.get(tests) ?? { kills: 0, kinship: kinship(file, one.id), count: 0 };
      all.kills += one.kills;
      one.turn = all.count++;
      one.tests = all;
      byTests.set(tests, all);
    }
    const ordered = rated.sort(
      (a, b) =>
        b.kills - a.kills ||
        Number(b.tests.kinship === ABOUT_IT) - Number(a.tests.kinship === ABOUT_IT) ||
        a.turn - b.turn ||
        b.tests.kinship - a.tests.kinship ||
        b.tests.kills - a.tests.kills ||
        a.time - b.time,
    );
    let left = SHARE * Object.values(this.times).reduce((sum, time) => sum + time, 0);
    const loads = new Map(this.loadTimes);
    return ordered
      .filter(({ id, time }) => {
        const tests = id.slice(0, id.indexOf('#'));
        const cost = Math.max(time, 1) + (this.loading.get(tests)?.has(mutant) ? (loads.get(tests) ?? 0) : 0);
        if (cost > left) return false;
        left -= cost;
        loads.delete(tests);
        return true;
      })
      .map(({ id }) => id);
  }

  count(file, id) {
    const kills = this.kills.get(file) ?? new Map();
    kills.set(id, (kills.get(id) ?? 0) + 1);
    this.kills.set(file, kills);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'holdfast', HoldfastTestRunner)];
