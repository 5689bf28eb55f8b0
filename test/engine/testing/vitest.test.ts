// The matchers under the real vitest, in a process of its own.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from '../../support/sources';
import { temporaryFolder } from '../../support/synth';

const TEST = `
import '@holdfast/engine/vitest';
import { World } from '@holdfast/engine';
import { expect, test } from 'vitest';

const world = new World({ start: '2027-01-01T00:00:00Z' });
world.add({ type: 'DynamoDB', name: 'orders' });

test('passes', () => {
  expect(world).toMeetRpo({ resource: 'orders', hours: 1 });
});

test('fails', async () => {
  await world.advance({ days: 2 });
  expect(world).toMeetRpo({ resource: 'orders', hours: 1 });
});
`;

const CONFIG = `
const at = (file) => ${JSON.stringify(`${ROOT}/`)} + file;
export default {
  resolve: {
    alias: [
      { find: '@holdfast/engine/vitest', replacement: at('engine/src/testing/vitest.ts') },
      { find: '@holdfast/engine', replacement: at('engine/src/index.ts') },
      { find: '@holdfast/model', replacement: at('model/src/index.ts') },
      { find: /^vitest$/, replacement: at('node_modules/vitest/dist/index.js') },
    ],
  },
};
`;

test('vitest knows the matchers, and shows their text', () => {
  const folder = temporaryFolder('vitest');
  fs.writeFileSync(path.join(folder, 'rpo.test.mjs'), TEST);
  fs.writeFileSync(path.join(folder, 'vitest.config.mjs'), CONFIG);
  const launcher = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const env = { ...process.env, CI: 'true', NO_COLOR: '1' };
  const run = spawnSync(process.execPath, [launcher, 'run', '--root', folder], { encoding: 'utf8', env });
  const text = `${run.stdout}${run.stderr}`;
  expect(text).toContain('1 failed | 1 passed');
  expect(text).toContain('expected: orders has restorable data at most 1 h old from 2027-01-01T00:00:00Z');
  expect(run.status).toBe(1);
});
