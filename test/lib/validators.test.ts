import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as backup from 'aws-cdk-lib/aws-backup';
import { App, Stack } from 'aws-cdk-lib/core';
import { exercised, testWith } from '../support/programs';
import { declareEverything } from './support/everything';

const ENV = { account: '111122223333', region: 'eu-central-1' };
const SLOW = 60_000;

let outdir: string;
beforeEach(() => (outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-lib-'))));
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(outdir, { recursive: true, force: true });
});

function synthesize(declare: (stack: Stack) => void): void {
  const app = new App({ outdir, analyticsReporting: false });
  declare(new Stack(app, 'Everything', { env: ENV }));
  app.synth();
}

/** The rules of CDK's own validator that an app breaks. */
function violations(declare: (stack: Stack) => void): string[] {
  const off = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = 'true';
  try {
    synthesize(declare);
  } finally {
    process.env.CDK_VALIDATION = off;
  }
  const report = JSON.parse(fs.readFileSync(path.join(outdir, 'validation-report.json'), 'utf8')) as {
    pluginReports: { violations: { ruleName: string; description: string }[] }[];
  };
  return report.pluginReports.flatMap((it) => it.violations.map((v) => `${v.ruleName} ${v.description}`));
}

testWith('cfn-lint', 'cfn-lint')(
  'cfn-lint finds nothing in a stack that uses everything',
  () => {
    synthesize(declareEverything);
    const args = ['--regions', ENV.region, '--', path.join(outdir, 'Everything.template.json')];
    const { status, stdout, stderr } = spawnSync('cfn-lint', args, { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    exercised('cfn-lint', 'a stack that uses every construct of lib');
  },
  SLOW,
);

test(
  "CDK's own validation finds nothing in a stack that uses everything",
  () => {
    expect(violations(declareEverything)).toEqual([]);
  },
  SLOW,
);

test(
  "CDK's own validation is on in these tests",
  () => {
    jest.spyOn(console, 'error').mockReturnValue();
    const found = violations((stack) => void new backup.CfnBackupVault(stack, 'Vault', { backupVaultName: 'x' }));
    expect(found).toEqual([expect.stringContaining('BackupVaultName')]);
  },
  SLOW,
);
