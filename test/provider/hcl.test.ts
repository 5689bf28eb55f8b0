import * as fs from 'node:fs';
import * as path from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import {
  LogicallyAirGappedVault,
  Plan,
  PlanProps,
  TieringConfiguration,
  Vault,
  VaultEncryption,
} from '@holdfast/cdktf';
import { ScanMode } from '@holdfast/model';
import { App, TerraformStack } from 'cdktf';
import { temporaryFolder } from '../support/synth';
import { refusal } from './support/stacks';

/** What `cdktf synth --hcl` tells the app. */
const HCL = 'SYNTH_HCL_OUTPUT';
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const TARGET = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:bunker';
const SCANNER = 'arn:aws:iam::111122223333:role/scanner';

beforeEach(() => (process.env[HCL] = 'true'));
afterEach(() => delete process.env[HCL]);

/** A stack that is written as HCL, for an AWS provider that has everything; gives what was written. */
function hcl(declare: (stack: TerraformStack) => void): string {
  const outdir = path.join(temporaryFolder('hcl'), 'cdktf.out');
  const context = { 'holdfast:awsProviderVersion': '6.67.0' };
  const app = new App({ outdir, hclOutput: true, stackTraces: false, context });
  const stack = new TerraformStack(app, 'S');
  new AwsProvider(stack, 'Aws', { region: 'eu-central-1', allowedAccountIds: ['111122223333'] });
  declare(stack);
  app.synth();
  return fs.readFileSync(path.join(outdir, 'stacks', 'S', 'cdk.tf'), 'utf8');
}

function plan(stack: TerraformStack, rule: object, over: Partial<PlanProps> = {}): Plan {
  const vault = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:main');
  const rules = [{ ruleName: 'daily', vault, deleteAfterDays: 35, ...rule }];
  return new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules, ...over });
}

// prettier-ignore
const LOST: [string, (stack: TerraformStack) => unknown, string[]][] = [
  ['an air-gapped target', (stack) => plan(stack, { targetLogicallyAirGappedBackupVaultArn: TARGET }), ['rules[0].targetLogicallyAirGappedBackupVaultArn']],
  ['scans', (stack) => plan(stack, { scanAction: ScanMode.FULL_SCAN }, { scanSettings: { scannerRoleArn: SCANNER } }), ['rules[0].scanAction', 'scanSettings']],
  ['tiering', (stack) => new TieringConfiguration(stack, 'Tiering', { tieringConfigurationName: 'cool', selections: [{ tierDownAfterDays: 60 }] }), ['tieringConfigurationName']],
];

test.each(LOST)('fails for %s, which HCL would lose', (_, declare, places) => {
  const said = refusal(() => hcl((stack) => void declare(stack)));
  const named = [...said.matchAll(/^ {2}(\S+) must be synthesized as JSON, .* \[terraform-hcl-block\]/gm)];
  expect(named.map(([, place]) => place)).toEqual(places);
});

test('writes what HCL keeps: options of buckets, keys of air-gapped vaults', () => {
  const text = hcl((stack) => {
    plan(stack, {}, { s3BackupAcls: true });
    new LogicallyAirGappedVault(stack, 'Bunker', {
      backupVaultName: 'bunker',
      minRetentionDays: 30,
      maxRetentionDays: 400,
      encryption: VaultEncryption.customerManaged(KEY),
      complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
    });
  });
  expect(text).toContain('BackupACLs = "enabled"');
  expect(text).toContain(`encryption_key_arn = "${KEY}"`);
});
