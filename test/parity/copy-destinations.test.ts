import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import * as cdk from '@holdfast/cdk';
import * as cdktf from '@holdfast/cdktf';
import { Estate } from '@holdfast/model';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import { WorldState } from '../../engine/src/domain/world-state';
import { DiskFiles } from '../../engine/src/host/files';
import { deploy } from '../../engine/src/ingest/deploy';
import { readArtifacts } from '../../engine/src/ingest/read-artifacts';
import { daysAfter, parseInstant } from '../../engine/src/kernel/instant';
import { synthCdk, synthCdktf } from '../support/synth';
import { canonical } from './canonical';

const ACCOUNT = '111122223333';
const BUNKER = '444455556666';
const REGION = 'eu-central-1';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/backup`;
const KEY = (account: string, region: string) =>
  `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** What both libraries are asked for: everything that has a name has a name. */
interface Destinations {
  readonly CopyDestination: {
    region(region: string, options: object): unknown;
    account(account: string, options: object): unknown;
  };
}

type Declare = (library: Destinations) => unknown[];

// prettier-ignore
const ROWS: [string, Declare][] = [
  ['a copy to another Region', ({ CopyDestination }) => [
    CopyDestination.region('eu-west-1', { encryptionKeyArn: KEY(ACCOUNT, 'eu-west-1') }),
  ]],
  ['a copy to a locked vault with a name, tags and break-glass roles', ({ CopyDestination }) => [
    CopyDestination.region('eu-west-1', {
      backupVaultName: 'second',
      encryptionKeyArn: KEY(ACCOUNT, 'eu-west-1'),
      vaultLock: { minRetentionDays: 30, maxRetentionDays: 400 },
      breakGlassRoleArns: [`arn:aws:iam::${ACCOUNT}:role/break-glass`],
      tags: { owner: 'platform' },
    }),
  ]],
  ['a copy to another account', ({ CopyDestination }) => [
    CopyDestination.account(BUNKER, { encryptionKeyArn: KEY(BUNKER, REGION) }),
  ]],
  ['copies to another Region and, for an organization, to another account there', ({ CopyDestination }) => [
    CopyDestination.region('eu-west-1', { encryptionKeyArn: KEY(ACCOUNT, 'eu-west-1') }),
    CopyDestination.account(BUNKER, {
      region: 'eu-west-1', organizationId: 'o-a1b2c3d4e5', encryptionKeyArn: KEY(BUNKER, 'eu-west-1'),
    }),
  ]],
];

function withLib(declare: Declare): string {
  return synthCdk((app) => {
    const stack = new Stack(app, 'S', { env: { account: ACCOUNT, region: REGION } });
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', KEY(ACCOUNT, REGION));
    const { backupVault: vault } = new cdk.Vault(stack, 'Vault', { backupVaultName: 'primary', encryptionKey });
    const copyActions = declare(cdk).map((destination) => ({
      destination: destination as cdk.CopyDestination,
      deleteAfter: Duration.days(60),
    }));
    const rules = [{ ruleName: 'daily', vault, deleteAfter: Duration.days(35), copyActions }];
    new cdk.Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
    new dynamodb.CfnTable(stack, 'Table', {
      tableName: 'orders',
      billingMode: 'PAY_PER_REQUEST',
      keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
      attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
    });
  });
}

function withProvider(declare: Declare): string {
  return synthCdktf((app) => {
    const stack = new TerraformStack(app, 'S');
    const provider = (account: string, region: string, alias?: string) =>
      new AwsProvider(stack, `Aws-${alias ?? 'here'}`, { region, alias, allowedAccountIds: [account] });
    provider(ACCOUNT, REGION);
    provider(ACCOUNT, 'eu-west-1', 'eu-west-1');
    provider(BUNKER, REGION, `${REGION}-${BUNKER}`);
    provider(BUNKER, 'eu-west-1', `eu-west-1-${BUNKER}`);
    const encryptionKeyArn = KEY(ACCOUNT, REGION);
    const vault = new cdktf.Vault(stack, 'Vault', { backupVaultName: 'primary', encryptionKeyArn });
    const copyActions = declare(cdktf).map((destination) => ({
      destination: destination as cdktf.CopyDestination,
      deleteAfterDays: 60,
    }));
    const rules = [{ ruleName: 'daily', vault, deleteAfterDays: 35, copyActions }];
    new cdktf.Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
    new DynamodbTable(stack, 'Table', {
      name: 'orders',
      billingMode: 'PAY_PER_REQUEST',
      hashKey: 'id',
      attribute: [{ name: 'id', type: 'S' }],
    });
  });
}

function read(folder: string): Estate {
  const elsewhere = { partition: 'aws', account: '999999999999', region: 'ap-south-1' };
  const { estate } = readArtifacts([folder], { env: elsewhere, parameters: {}, values: {} }, new DiskFiles());
  const selection = { selectionName: 'all', iamRoleArn: ROLE, resources: ['*'] };
  return { ...estate, plans: estate.plans?.map((plan) => ({ ...plan, selections: [selection] })) };
}

/** AWS Backup takes one principal as text and as a list of one. */
function principals(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (name: string, it: unknown) =>
    name === 'AWS' && typeof it === 'string' ? [it] : it,
  ) as unknown;
}

function digestOf(estate: Estate): string {
  const start = parseInstant('2027-01-01T00:00:00Z');
  const world = new WorldState({ start, seed: 1 });
  deploy(world, estate);
  world.runUntil(daysAfter(start, 100));
  return world.digest();
}

test.each(ROWS)('%s comes back equal from both libraries, and runs to one digest', (_, declare) => {
  const [lib, provider] = [read(withLib(declare)), read(withProvider(declare))];
  expect(lib.vaults?.length).toBeGreaterThan(1);
  expect(canonical(principals(provider))).toEqual(canonical(principals(lib)));
  expect(digestOf(provider)).toBe(digestOf(lib));
});
