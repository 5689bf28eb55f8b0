import * as fs from 'node:fs';
import * as path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { buildEstate } from '../../examples/company-package/estate';
import { buildRefused } from '../../examples/company-package/refused';
import { cli } from '../engine/cli/run-cli';
import { cfnLint, naggedApp, nagFindings } from '../lib/support/scans';
import { refusal } from '../lib/support/stacks';
import { MountedFiles } from '../support/mounted';
import { ROOT } from '../support/sources';
import { synthCdk } from '../support/synth';
import { expectAnswer } from './answers';
// The package has tests of its own, as one of a company has.
import '../../examples/company-package/platform/test/example-backups.test';

const FOLDER = path.join(ROOT, 'examples', 'company-package');
const README = fs.readFileSync(path.join(FOLDER, 'README.md'), 'utf8');

async function holdfast(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const made = synthCdk(buildEstate);
  return cli([args[0]!, 'cdk.out', ...args.slice(1)], new MountedFiles('cdk.out', made));
}

/** The lines of a block of the README that begins so. */
function blockOf(beginning: string): string[] {
  const block = README.split('```text\n').find((each) => each.startsWith(beginning));
  return block!.slice(0, block!.indexOf('```')).split('\n').slice(0, -1);
}

test('corrects the app of a team, which says nothing of locks, retention, copies and roles', () => {
  const app = new App();
  buildEstate(app);
  const stack = app.node.findChild('Shop') as Stack;
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Backup::BackupVault', {
    BackupVaultTags: { owner: 'backup-platform', team: 'shop' },
    LockConfiguration: { MinRetentionDays: 35 },
  });
  template.hasResourceProperties('AWS::Backup::BackupPlan', {
    BackupPlan: { BackupPlanRule: [{ StartWindowMinutes: 120, Lifecycle: { DeleteAfterDays: 35 } }] },
  });
});

test('fails for the app of a team that says something else, with the message that its README shows', () => {
  const app = new App();
  expect(refusal(() => buildRefused(app)).split('\n')).toEqual(blockOf('Shop/Vault'));
});

test('passes the check', async () => {
  const { code, stdout, stderr } = await holdfast('check', '--format', 'json');
  expect([code, stderr]).toEqual([0, '']);
  const { findings, coverage } = JSON.parse(stdout) as {
    findings: { severity: string; waived?: string }[];
    coverage: { resource: string; plans: string[] }[];
  };
  expect(findings.filter(({ severity, waived }) => severity !== 'note' && waived === undefined)).toEqual([]);
  expect(coverage.map(({ plans }) => plans)).toEqual([['shop'], ['shop']]);
});

test('copies each backup to the backup account, where it stays as long', async () => {
  const { code, stdout, stderr } = await holdfast('simulate', '--days', '400', '--format', 'json');
  expect([code, stderr]).toEqual([0, '']);
  const { backupJobs, copyJobs, recoveryPoints } = JSON.parse(stdout) as {
    backupJobs: Record<string, number>;
    copyJobs: Record<string, number>;
    recoveryPoints: { byVault: Record<string, { live: number }> };
  };
  expect(Object.keys(backupJobs)).toEqual(['COMPLETED']);
  expect(copyJobs).toEqual(backupJobs);
  expect(new Set(Object.values(recoveryPoints.byVault).map(({ live }) => live)).size).toBe(1);
  const text = await holdfast('simulate', '--days', '400');
  expectAnswer('company-package', 'expected.txt', text.stdout);
  const [, ...shown] = blockOf('$ npx holdfast simulate');
  const said = text.stdout.split('\n');
  expect(shown.filter((line) => line.trim() !== '' && !said.includes(line))).toEqual([]);
});

test('is clean under cdk-nag and cfn-lint', () => {
  const app: App = naggedApp();
  buildEstate(app);
  expect(nagFindings(app)).toEqual([]);
  expect(cfnLint(app, 'examples/company-package')).toBe('');
});
