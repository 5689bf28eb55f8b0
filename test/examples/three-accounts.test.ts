import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { buildEstate } from '../../examples/three-accounts/estate';
import { cli } from '../engine/cli/run-cli';
import { cfnLint, naggedApp, nagFindings } from '../lib/support/scans';
import { MountedFiles } from '../support/mounted';
import { ROOT } from '../support/sources';
import { synthCdk } from '../support/synth';
import { expectAnswer } from './answers';

const FOLDER = path.join(ROOT, 'examples', 'three-accounts');

async function holdfast(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const made = synthCdk(buildEstate);
  return cli([args[0]!, 'cdk.out', ...args.slice(1)], new MountedFiles('cdk.out', made));
}

test('is one declaration of fewer than 60 lines', () => {
  const lines = ['app.ts', 'estate.ts'].flatMap((file) => fs.readFileSync(path.join(FOLDER, file), 'utf8').split('\n'));
  expect(lines.filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length).toBeLessThan(60);
});

test('passes the check', async () => {
  const { code, stdout, stderr } = await holdfast('check', '--format', 'json');
  expect([code, stderr]).toEqual([0, '']);
  const { findings, coverage } = JSON.parse(stdout) as {
    findings: { severity: string; waived?: string }[];
    coverage: { resource: string; plans: string[] }[];
  };
  expect(findings.filter(({ severity, waived }) => severity !== 'note' && waived === undefined)).toEqual([]);
  // The bucket of the reports is in no plan, and waived in its construct.
  const data = coverage.filter(({ resource }) => /orders|receipts/.test(resource));
  expect(data.map(({ plans }) => plans)).toEqual([['shop'], ['shop']]);
});

test('copies each backup to both other accounts, where it stays as long', async () => {
  const { code, stdout, stderr } = await holdfast('simulate', '--days', '400', '--format', 'json');
  expect([code, stderr]).toEqual([0, '']);
  const { backupJobs, copyJobs, recoveryPoints } = JSON.parse(stdout) as {
    backupJobs: Record<string, number>;
    copyJobs: Record<string, number>;
    recoveryPoints: { byVault: Record<string, { live: number }> };
  };
  expect(Object.keys(backupJobs)).toEqual(['COMPLETED']);
  expect(copyJobs).toEqual({ COMPLETED: 2 * backupJobs.COMPLETED! });
  const live = Object.values(recoveryPoints.byVault).map((vault) => vault.live);
  expect(live).toHaveLength(3);
  expect(new Set(live).size).toBe(1);
  const text = await holdfast('simulate', '--days', '400');
  expectAnswer('three-accounts', 'expected.txt', text.stdout);
  const readme = fs.readFileSync(path.join(FOLDER, 'README.md'), 'utf8');
  const shown = /```text\n\$[^\n]*\n([\s\S]*?)```/
    .exec(readme)![1]!
    .split('\n')
    .filter((line) => line.trim() !== '');
  const said = text.stdout.split('\n');
  expect(shown.filter((line) => !said.includes(line))).toEqual([]);
});

test('is clean under cdk-nag and cfn-lint', () => {
  const app: App = naggedApp();
  buildEstate(app);
  expect(nagFindings(app)).toEqual([]);
  expect(cfnLint(app, 'examples/three-accounts')).toBe('');
});
