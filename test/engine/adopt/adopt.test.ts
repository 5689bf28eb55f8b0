import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vm from 'node:vm';
import { ControlScope, Estate, FrameworkControl } from '@holdfast/model';
import { literal, nameOf } from '../../../engine/src/adopt/literal';
import { writeWhole } from '../../../engine/src/host/files';
import { World } from '../../../engine/src/testing/world';
import { temporaryFolder } from '../../support/synth';
import { cli } from '../cli/run-cli';
import { account, AWAY, ESTATE, HOME, read, START } from '../live/account';
import { digestOf, synthesized } from './synthesized';

const ROLE = `arn:aws:iam::${HOME.account}:role/backup`;
const KEY = `arn:aws:kms:us-east-1:${HOME.account}:key/1b2c3d4e-0000-4000-8000-000000000001`;

/** Everything that a plan and a selection may say, in one account. */
const DETAILED: Estate = {
  vaults: [{ backupVaultName: 'main', env: HOME, encryptionKeyArn: KEY }],
  plans: [
    {
      backupPlanName: 'detailed',
      env: HOME,
      rules: [
        {
          ruleName: 'continuous',
          targetBackupVaultName: 'main',
          scheduleExpression: 'cron(0 3 ? * * *)',
          enableContinuousBackup: true,
          lifecycle: { deleteAfterDays: 14 },
        },
        {
          ruleName: 'archive',
          targetBackupVaultName: 'main',
          scheduleExpression: 'cron(0 9 1 * ? *)',
          startWindowMinutes: 120,
          completionWindowMinutes: 600,
          lifecycle: {
            moveToColdStorageAfterDays: 10,
            deleteAfterDays: 120,
            optInToArchiveForSupportedResources: true,
          },
        },
      ],
      advancedBackupSettings: [{ resourceType: 'EC2', backupOptions: { WindowsVSS: 'enabled' } }],
      selections: [
        {
          selectionName: 'conditions',
          iamRoleArn: ROLE,
          resources: ['*'],
          notResources: ['arn:aws:s3:::*'],
          conditions: {
            stringEquals: [{ conditionKey: 'aws:ResourceTag/backup', conditionValue: 'daily' }],
            stringNotLike: [{ conditionKey: 'aws:ResourceTag/number', conditionValue: '2*' }],
          },
        },
        {
          selectionName: 'one',
          iamRoleArn: ROLE,
          resources: [`arn:aws:dynamodb:us-east-1:${HOME.account}:table/r-000001`],
        },
      ],
    },
  ],
};

/** Two plans of one name in two Regions, and a logically air-gapped vault. */
const SPREAD: Estate = {
  vaults: [
    { backupVaultName: 'main', env: HOME, encryptionKeyArn: KEY },
    { backupVaultName: 'main', env: AWAY, encryptionKeyArn: KEY.replace('us-east-1', 'eu-central-1') },
  ],
  logicallyAirGappedVaults: [{ backupVaultName: 'gap', env: HOME, minRetentionDays: 7, maxRetentionDays: 60 }],
  plans: [HOME, AWAY].map((env) => ({
    backupPlanName: 'same',
    env,
    rules: [
      {
        ruleName: 'daily',
        targetBackupVaultName: 'main',
        scheduleExpression: 'cron(30 4 ? * * *)',
        lifecycle: { deleteAfterDays: 10 },
        ...(env === HOME && {
          copyActions: [{ destinationBackupVaultArn: `arn:aws:backup:us-east-1:${HOME.account}:backup-vault:gap` }],
        }),
      },
    ],
    selections: [{ selectionName: 'all', iamRoleArn: ROLE, resources: ['*'] }],
  })),
};

/** A lock that cannot be changed for long, audits of it, reports, and restore tests. */
const AUDITED: Estate = {
  vaults: [
    {
      backupVaultName: 'main',
      env: HOME,
      encryptionKeyArn: KEY,
      vaultLock: { minRetentionDays: 7, maxRetentionDays: 60, changeableForDays: 40 },
    },
  ],
  plans: [
    {
      backupPlanName: 'daily',
      env: HOME,
      rules: [
        {
          ruleName: 'daily',
          targetBackupVaultName: 'main',
          scheduleExpression: 'cron(0 5 ? * * *)',
          lifecycle: { deleteAfterDays: 35 },
        },
      ],
      selections: [{ selectionName: 'all', iamRoleArn: ROLE, resources: ['*'] }],
    },
  ],
  frameworks: [
    {
      frameworkName: 'basics',
      env: HOME,
      frameworkDescription: 'what has to be',
      tags: { team: 'storage' },
      controls: [
        FrameworkControl.custom('BACKUP_RECOVERY_POINT_ENCRYPTED', []),
        FrameworkControl.custom('BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK', [
          { parameterName: 'requiredRetentionDays', parameterValue: '35' },
        ]),
        FrameworkControl.custom(
          'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
          [],
          ControlScope.custom({ complianceResourceTypes: ['EBS', 'DynamoDB'] }),
        ),
      ],
    },
  ],
  reportPlans: [
    {
      reportPlanName: 'jobs',
      env: HOME,
      reportTemplate: 'BACKUP_JOB_REPORT',
      s3BucketName: 'r-000003',
      s3KeyPrefix: 'reports',
      formats: ['CSV'],
    },
  ],
  restoreTestingPlans: [
    {
      restoreTestingPlanName: 'drill',
      env: HOME,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        recoveryPointTypes: ['SNAPSHOT'],
        includeVaults: ['*'],
        selectionWindowDays: 14,
      },
      scheduleExpression: 'cron(0 12 ? * SUN *)',
      scheduleExpressionTimezone: 'Europe/Berlin',
      startWindowHours: 2,
      tags: { team: 'storage' },
      selections: [
        {
          restoreTestingSelectionName: 'tables',
          iamRoleArn: ROLE,
          protectedResourceType: 'DynamoDB',
          protectedResourceArns: ['*'],
          protectedResourceConditions: { stringEquals: [{ key: 'aws:ResourceTag/backup', value: 'none' }] },
          validationWindowHours: 3,
        },
      ],
    },
  ],
};

// prettier-ignore
test.each([
  ['tags, copies, a lock and a policy', ESTATE],
  ['continuous, archives, conditions',  DETAILED],
  ['two Regions and an air-gapped vault', SPREAD],
  ['grace of a lock, audits, reports, restore tests', AUDITED],
])('an account is reproduced by what adopt writes, in both frameworks: %s', async (_, estate) => {
  const folder = temporaryFolder('adopt');
  const { document } = await read(await populated(estate));
  const inventory = path.join(folder, 'inventory.json');
  fs.writeFileSync(inventory, JSON.stringify(document));
  const adopted = await cli(['adopt', inventory, '--out', folder], undefined, { write: writeWhole });
  expect([adopted.code, adopted.stderr]).toEqual([0, '']);
  const beside = path.join(folder, 'account.json');
  const before = await digestOf(inventory);
  expect(await digestOf(synthesized(path.join(folder, 'cdk', 'app.ts'), 'CDK_OUTDIR'), beside)).toBe(before);
  expect(await digestOf(synthesized(path.join(folder, 'cdktf', 'main.ts'), 'CDKTF_OUTDIR'), beside)).toBe(before);
});

/** A World with the estate and some resources of every kind. */
async function populated(estate: Estate): Promise<World> {
  const world = new World({ start: START, account: HOME.account, region: HOME.region });
  await world.deploy(estate);
  const { document } = await read(await account(20));
  for (const resource of document.resources) {
    world.add(resource as Parameters<World['add']>[0]);
  }
  return world;
}

test('audits, reports, restore tests and the grace of a lock come from the account as they were declared', async () => {
  const { document } = await read(await populated(AUDITED));
  const [framework] = AUDITED.frameworks ?? [];
  expect(document.frameworks).toEqual(JSON.parse(JSON.stringify([framework])));
  expect(document.reportPlans).toEqual(AUDITED.reportPlans);
  expect(document.restoreTestingPlans).toEqual(AUDITED.restoreTestingPlans);
  expect(document.vaults.find(({ backupVaultName }) => backupVaultName === 'main')?.vaultLock).toEqual({
    minRetentionDays: 7,
    maxRetentionDays: 60,
    changeableForDays: 40,
  });
});

test.each([
  ['within its grace, with what is left of it', 30, 10],
  ['about to end, with the least there is', 39, 3],
  ['long over, with the least there is', 60, 3],
])('a lock %s', async (_, days, changeableForDays) => {
  const world = await populated(AUDITED);
  await world.advance({ days });
  const { document } = await read(world);
  expect(document.vaults.find(({ backupVaultName }) => backupVaultName === 'main')?.vaultLock).toMatchObject({
    changeableForDays,
  });
});

test('what the provider has no argument for is told, and gives exit 1', async () => {
  const plan = SPREAD.plans?.[0];
  const rules = [{ ...plan?.rules[0], indexActions: ['EBS'] }];
  const document = { schema: 'holdfast.blueprint/1', vaults: SPREAD.vaults, plans: [{ ...plan, rules }] };
  const folder = temporaryFolder('adopt');
  const file = path.join(folder, 'inventory.json');
  fs.writeFileSync(file, JSON.stringify(document));
  const { code, stderr } = await cli(['adopt', file, '--out', folder], undefined, { write: writeWhole });
  expect(stderr).toBe('left out: cdktf: plan same, rule daily: the provider has no argument for indexActions\n');
  expect(code).toBe(1);
  expect(fs.readFileSync(path.join(folder, 'cdk', 'app.ts'), 'utf8')).toContain('indexActions');
});

test('fails where nothing is declared', async () => {
  const files = { 'none.json': '{"schema":"holdfast.blueprint/1"}' };
  const { code, stderr } = await cli(['adopt', 'none.json', '--out', 'x'], files);
  expect([code, stderr]).toEqual([
    2,
    'error: there is nothing to adopt: no vault, no plan and no policy is declared\n',
  ]);
});

test('literals are TypeScript that comes to the same value', () => {
  const value = {
    plain: 'it\'s "so"\\\n',
    'not-plain': [1, true, { deep: ['a'] }],
    none: undefined,
    empty: [],
    nothing: {},
  };
  expect(vm.runInNewContext(`(${literal(value)})`)).toEqual(JSON.parse(JSON.stringify(value)));
});

test('names of variables are told apart', () => {
  const taken = new Set<string>();
  expect([nameOf('a b', 'plan', taken), nameOf('a-b', 'plan', taken), nameOf('ü', 'plan', taken)]).toEqual([
    'planAB',
    'planAB2',
    'plan',
  ]);
});
