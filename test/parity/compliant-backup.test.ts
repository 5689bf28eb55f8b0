import * as fs from 'node:fs';
import * as path from 'node:path';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import * as cdk from '@holdfast/cdk';
import * as cdktf from '@holdfast/cdktf';
import { ComplianceStandard, Schedule, VaultLock } from '@holdfast/model';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import { DiskFiles } from '../../engine/src/host/files';
import { readArtifacts } from '../../engine/src/ingest/read-artifacts';
import { synthCdk, synthCdktf } from '../support/synth';

const ACKNOWLEDGED = { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' };
const ACCOUNT = '111122223333';
const OTHER = '444455556666';

/** What both can be told. */
interface Asked {
  readonly copyRegion?: string;
  readonly days?: number;
  readonly monthlyDays?: number;
  readonly schedule?: Schedule;
  readonly vaultLock?: VaultLock;
  readonly audit?: boolean;
  readonly restoreTesting?: boolean;
}

function regionsOf({ id }: ComplianceStandard): [here: string, there: string] {
  return id === 'gdpr' ? ['eu-central-1', 'eu-west-1'] : ['us-east-1', 'us-west-2'];
}

/** The parts of a declaration that both take as they are. */
function common(standard: ComplianceStandard, { schedule, vaultLock, audit, restoreTesting }: Asked) {
  return {
    backupName: 'ledger',
    standards: [standard],
    complianceAcknowledgement: ACKNOWLEDGED,
    ...{ schedule, vaultLock, audit, restoreTesting },
  };
}

function fromLib(standard: ComplianceStandard, asked: Asked = {}): string {
  const [here, there] = regionsOf(standard);
  const { copyRegion = there, days, monthlyDays } = asked;
  return synthCdk((app) => {
    const stack = new Stack(app, 'S', { env: { account: ACCOUNT, region: here } });
    const table = new dynamodb.TableV2(stack, 'Orders', {
      tableName: 'orders',
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });
    const ledger = new rds.CfnDBInstance(stack, 'Ledger', {
      engine: 'postgres',
      dbInstanceClass: 'db.t4g.micro',
      allocatedStorage: '20',
    });
    new cdk.CompliantBackup(stack, 'Backup', {
      ...common(standard, asked),
      protect: [table, ledger],
      copies: [cdk.CopyDestination.account(OTHER, { region: copyRegion })],
      deleteAfter: days === undefined ? undefined : Duration.days(days),
      monthlyDeleteAfter: monthlyDays === undefined ? undefined : Duration.days(monthlyDays),
      configRecorder: cdk.ConfigRecorder.existing(),
    });
  });
}

function fromProvider(standard: ComplianceStandard, asked: Asked = {}): string {
  const [here, there] = regionsOf(standard);
  const { copyRegion = there, days, monthlyDays } = asked;
  return synthCdktf((app) => {
    const stack = new TerraformStack(app, 'S');
    new AwsProvider(stack, 'Aws', { region: here, allowedAccountIds: [ACCOUNT] });
    const alias = `${copyRegion}-${OTHER}`;
    new AwsProvider(stack, 'There', { alias, region: copyRegion, allowedAccountIds: [OTHER] });
    const table = new DynamodbTable(stack, 'Orders', {
      name: 'orders',
      hashKey: 'id',
      attribute: [{ name: 'id', type: 'S' }],
      billingMode: 'PAY_PER_REQUEST',
    });
    const ledger = new DbInstance(stack, 'Ledger', {
      engine: 'postgres',
      instanceClass: 'db.t4g.micro',
      allocatedStorage: 20,
    });
    new cdktf.CompliantBackup(stack, 'Backup', {
      ...common(standard, asked),
      protect: [table, ledger],
      copies: [cdktf.CopyDestination.account(OTHER, { region: copyRegion })],
      deleteAfterDays: days,
      monthlyDeleteAfterDays: monthlyDays,
      configRecorder: cdktf.ConfigRecorder.existing(),
    });
  });
}

/** The rows of the report in a folder, what was declared for each clause and what was found. */
function reportIn(folder: string): unknown {
  const file = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .find((name) => path.basename(name) === 'holdfast-compliance.json');
  return JSON.parse(alike(fs.readFileSync(path.join(folder, file ?? 'holdfast-compliance.json'), 'utf8')));
}

/** The rules of each plan, and the lock of each vault of the account. */
function declaredIn(folder: string): unknown {
  const env = { partition: 'aws', account: ACCOUNT, region: 'us-east-1' };
  const { estate } = readArtifacts([folder], { env, parameters: {}, values: {} }, new DiskFiles());
  const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
  return {
    plans: (estate.plans ?? [])
      .map(({ backupPlanName, rules, tags }) => ({ name: backupPlanName, rules, tags }))
      .sort(byName),
    vaults: (estate.vaults ?? [])
      .map(({ backupVaultName, vaultLock }) => ({ name: backupVaultName, vaultLock }))
      .sort(byName),
  };
}

/** Copies have a stack of their own in lib, and a construct in provider. */
function alike(text: string): string {
  return text.replace(/(holdfast-copies|S\/Copies)-444455556666/g, 'copies-444455556666');
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const STANDARDS = ComplianceStandard.all().map((standard): [string, ComplianceStandard] => [standard.id, standard]);

test.each(STANDARDS)('both declare the same for %s, and the same report', (_, standard) => {
  const lib = fromLib(standard);
  const provider = fromProvider(standard);
  expect(plain(declaredIn(provider))).toEqual(plain(declaredIn(lib)));
  expect(reportIn(provider)).toEqual(reportIn(lib));
});

/** What is weaker than a clause asks. */
const WEAKER: [asked: Asked, standard: ComplianceStandard][] = [
  [{ days: 34 }, ComplianceStandard.HIPAA],
  [{ monthlyDays: 401 }, ComplianceStandard.PCI_DSS],
  [{ restoreTesting: false }, ComplianceStandard.ISO_27001],
  [{ audit: false }, ComplianceStandard.FEDRAMP_MODERATE],
  [{ vaultLock: { minRetentionDays: 90 } }, ComplianceStandard.FEDRAMP_HIGH],
  [{ days: 2191, vaultLock: { minRetentionDays: 2191, changeableForDays: 3 } }, ComplianceStandard.FINRA_SEC17A4],
  [{ copyRegion: 'us-east-1' }, ComplianceStandard.GDPR],
  [{ vaultLock: { minRetentionDays: 89, changeableForDays: 3 } }, ComplianceStandard.NIST_800_53_HIGH],
  [{ schedule: Schedule.weekly() }, ComplianceStandard.SOC2],
];

function refusalOf(declare: () => unknown): string {
  try {
    declare();
  } catch (error) {
    return alike((error as Error).message);
  }
  return 'nothing was refused';
}

test.each(WEAKER)('fails in the same words from both for %j', (asked, standard) => {
  const said = refusalOf(() => fromProvider(standard, asked));
  expect(said).toContain(`under ${standard.id} (`);
  expect(said).toBe(refusalOf(() => fromLib(standard, asked)));
});
