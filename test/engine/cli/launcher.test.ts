import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from '../../support/sources';
import { temporaryFolder } from '../../support/synth';

const LAUNCHER = path.join(ROOT, 'engine', 'bin', 'holdfast.js');

test('the launcher is executable, so that npm can link it before anything is built', () => {
  expect(fs.statSync(LAUNCHER).mode & 0o111).toBe(0o111);
});

test('fails with the command to run when nothing is built', () => {
  const folder = path.join(temporaryFolder('launcher'), 'bin');
  fs.cpSync(path.dirname(LAUNCHER), folder, { recursive: true });
  const result = spawnSync(process.execPath, [path.join(folder, 'holdfast.js'), 'check', 'x'], { encoding: 'utf8' });
  expect(result.stderr).toBe('holdfast is not built yet: run npm run build\n');
  expect([result.status, result.stdout]).toEqual([2, '']);
});
