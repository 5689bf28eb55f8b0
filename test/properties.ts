import * as fs from 'node:fs';

// Properties draw the same cases at each run, so that a failure is a change of ours; HOLDFAST_SEED=<n> draws others.
const { testPath } = expect.getState();
if (testPath !== undefined && fs.readFileSync(testPath, 'utf8').includes("from 'fast-check'")) {
  const { configureGlobal, readConfigureGlobal } = jest.requireActual<typeof import('fast-check')>('fast-check');
  configureGlobal({ ...readConfigureGlobal(), seed: Number(process.env.HOLDFAST_SEED ?? 20270101) });
}

// A slow machine is no failure: nothing here is timed, and what hangs ends all the same.
jest.setTimeout(240_000);
