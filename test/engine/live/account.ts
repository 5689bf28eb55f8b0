// An account to read: a World with an estate of many resources, and an outside in which only its clock passes.
import type { Environment, Estate } from '@holdfast/model';
import { World } from '../../../engine/src/testing/world';
import { documentOf, type InventoryDocument, type KeptPage, readInventoryOf } from '../../../engine/src/live/inventory';
import { type ClientClass, type Outside, Reader } from '../../../engine/src/live/reader';

export const START = '2027-01-01T00:00:00Z';
export const HOME: Environment = { partition: 'aws', account: '111122223333', region: 'us-east-1' };
export const AWAY: Environment = { ...HOME, region: 'eu-central-1' };
const KEY = `arn:aws:kms:us-east-1:${HOME.account}:key/1b2c3d4e-0000-4000-8000-000000000001`;
const ROLE = `arn:aws:iam::${HOME.account}:role/backup`;

/** In turn, one of each. */
const TYPES = ['EBS', 'DynamoDB', 'EFS', 'S3', 'RDS', 'Aurora', 'FSx', 'Redshift', 'EC2', 'EBS'];

const ARNS: Readonly<Record<string, (name: string, env: Environment) => string>> = {
  EBS: (name, { region, account }) => `arn:aws:ec2:${region}:${account}:volume/vol-${hex(name)}`,
  EC2: (name, { region, account }) => `arn:aws:ec2:${region}:${account}:instance/i-${hex(name)}`,
  DynamoDB: (name, { region, account }) => `arn:aws:dynamodb:${region}:${account}:table/${name}`,
  EFS: (name, { region, account }) => `arn:aws:elasticfilesystem:${region}:${account}:file-system/fs-${hex(name)}`,
  S3: (name) => `arn:aws:s3:::${name}`,
  RDS: (name, { region, account }) => `arn:aws:rds:${region}:${account}:db:${name}`,
  Aurora: (name, { region, account }) => `arn:aws:rds:${region}:${account}:cluster:${name}`,
  FSx: (name, { region, account }) => `arn:aws:fsx:${region}:${account}:file-system/fs-${hex(name)}`,
  Redshift: (name, { region, account }) => `arn:aws:redshift:${region}:${account}:cluster:${name}`,
};

function hex(name: string): string {
  return Buffer.from(name).toString('hex').slice(-17).padStart(17, '0');
}

/** Entries of so many resources, four of five at home. */
export function resources(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const type = TYPES[index % TYPES.length] ?? '';
    const env = index % 5 === 4 ? AWAY : HOME;
    const name = `r-${String(index).padStart(6, '0')}`;
    const arn = ARNS[type]?.(name, env) ?? '';
    return {
      arn,
      type: type === 'FSx' ? 'fsx-windows' : type,
      account: env.account,
      region: env.region,
      sizeGiB: 1 + (index % 40),
      ...(type === 'S3' && { versioning: true }),
      tags: { backup: index % 2 === 0 ? 'daily' : 'none', number: String(index) },
    };
  });
}

export const ESTATE: Estate = {
  vaults: [
    {
      backupVaultName: 'main',
      env: HOME,
      encryptionKeyArn: KEY,
      tags: { team: 'storage' },
      vaultLock: { minRetentionDays: 7, maxRetentionDays: 400 },
      accessPolicy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }],
      },
    },
    { backupVaultName: 'far', env: AWAY, encryptionKeyArn: KEY.replace('us-east-1', 'eu-central-1') },
  ],
  plans: [
    {
      backupPlanName: 'tagged',
      env: HOME,
      tags: { team: 'storage' },
      rules: [
        {
          ruleName: 'daily',
          targetBackupVaultName: 'main',
          scheduleExpression: 'cron(0 5 ? * * *)',
          scheduleExpressionTimezone: 'Europe/Berlin',
          startWindowMinutes: 60,
          completionWindowMinutes: 1440,
          lifecycle: { deleteAfterDays: 35 },
          copyActions: [
            {
              destinationBackupVaultArn: `arn:aws:backup:eu-central-1:${HOME.account}:backup-vault:far`,
              lifecycle: { deleteAfterDays: 90 },
            },
          ],
          recoveryPointTags: { made: 'by-plan' },
        },
        {
          ruleName: 'monthly',
          targetBackupVaultName: 'main',
          scheduleExpression: 'cron(0 5 1 * ? *)',
          lifecycle: { moveToColdStorageAfterDays: 30, deleteAfterDays: 365 },
        },
      ],
      selections: [
        {
          selectionName: 'tagged',
          iamRoleArn: ROLE,
          listOfTags: [{ conditionKey: 'backup', conditionValue: 'daily' }],
        },
      ],
    },
  ],
  regionSettings: [{ env: HOME, resourceTypeOptInPreference: { EFS: false } }],
};

/** A World that has the estate and so many resources. */
export async function account(count: number): Promise<World> {
  const world = new World({ start: START, account: HOME.account, region: HOME.region });
  await world.deploy(ESTATE);
  for (const resource of resources(count)) {
    world.add(resource);
  }
  return world;
}

/** Outside of a reader: waiting moves the World's clock. */
export function outsideOf(world: World, sent: string[] = [], account = HOME.account): Outside {
  return {
    now: () => Date.parse(world.now),
    sleep: async (ms) => world.advance({ minutes: ms / 60_000 }),
    make: <C>(Class: ClientClass<C>, region: string) => {
      const client = world.client(Class as unknown as Parameters<World['client']>[0], { region, account });
      (client as { middlewareStack: { add(m: unknown, o: object): void } }).middlewareStack.add(
        (next: (args: unknown) => unknown, { commandName = '' }: { commandName?: string }) =>
          (args: unknown) => {
            sent.push(commandName);
            return next(args);
          },
        { step: 'build', name: 'sent' },
      );
      return client as C;
    },
  };
}

export interface Read {
  readonly document: InventoryDocument;
  readonly reader: Reader;
  readonly sent: readonly string[];
  readonly kept: readonly KeptPage[];
  readonly notRead: readonly { readonly source: string; readonly region: string; readonly why: string }[];
}

/** Reads the account, going on from pages that were kept. */
export async function read(
  world: World,
  kept: readonly KeptPage[] = [],
  keep = (_: KeptPage) => {},
  envs: readonly Environment[] = [HOME, AWAY],
): Promise<Read> {
  const sent: string[] = [];
  const reader = new Reader(outsideOf(world, sent, envs[0]?.account), 1_000_000);
  const answer = await readInventoryOf({ reader, envs, kept, keep, progress: () => {} });
  const { pages, notRead } = answer;
  return { document: documentOf(pages, notRead.length === 0), reader, sent, kept: pages, notRead };
}
