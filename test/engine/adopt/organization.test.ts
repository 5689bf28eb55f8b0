// An organization, its settings and every type that is read, as code that reproduces them.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Environment, Estate } from '@holdfast/model';
import { writeWhole } from '../../../engine/src/host/files';
import { type InventoryDocument, type KeptPage, notesOf } from '../../../engine/src/live/inventory';
import { World } from '../../../engine/src/testing/world';
import { temporaryFolder } from '../../support/synth';
import { cli } from '../cli/run-cli';
import { AWAY, HOME, read, START } from '../live/account';
import { digestOf, synthesized } from './synthesized';

const arn = (service: string, rest: string, account = HOME.account) =>
  `arn:aws:${service}:us-east-1:${account}:${rest}`;
const KEY_ID = '1b2c3d4e-0000-4000-8000-000000000001';
const SHOP = '222233334444';
const TOOLS = '333344445555';
const ROOT = 'r-ab12';
const UNIT = 'ou-ab12-11111111';
const INNER = 'ou-ab12-22222222';
const ROLE = `arn:aws:iam::${HOME.account}:role/backup`;
const assign = (value: unknown) => ({ '@@assign': value });

const BACKUP_POLICY = {
  plans: {
    org_daily: {
      regions: assign(['us-east-1']),
      rules: {
        daily: {
          schedule_expression: assign('cron(0 5 ? * * *)'),
          target_backup_vault_name: assign('main'),
          lifecycle: { delete_after_days: assign('35') },
        },
      },
      selections: {
        tags: {
          tagged: {
            iam_role_arn: assign('arn:aws:iam::$account:role/backup'),
            tag_key: assign('backup'),
            tag_value: assign(['daily']),
          },
        },
      },
    },
  },
};
const DENY = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action, Resource: '*' }],
});

const ESTATE: Estate = {
  organizations: [
    {
      env: HOME,
      organizationId: 'o-exampleorg1',
      rootId: ROOT,
      enabledPolicyTypes: ['BACKUP_POLICY', 'RESOURCE_CONTROL_POLICY', 'SERVICE_CONTROL_POLICY'],
      serviceAccessPrincipals: ['backup.amazonaws.com'],
      units: [
        { unitId: UNIT, unitName: 'workloads', parentId: ROOT },
        { unitId: INNER, unitName: 'shops', parentId: UNIT },
      ],
      members: [
        { accountId: SHOP, accountName: 'shop', email: 'shop@example.com', parentId: INNER },
        { accountId: TOOLS, accountName: 'tools', email: 'tools@example.com' },
      ],
      policies: [
        {
          policyId: 'p-1111111111',
          policyName: 'backups',
          policyType: 'BACKUP_POLICY',
          content: BACKUP_POLICY,
          targetIds: [UNIT],
        },
        {
          policyId: 'p-2222222222',
          policyName: 'keep',
          policyType: 'SERVICE_CONTROL_POLICY',
          content: DENY('backup:DeleteRecoveryPoint'),
          targetIds: [ROOT],
        },
        {
          policyId: 'p-3333333333',
          policyName: 'no-queues',
          policyType: 'SERVICE_CONTROL_POLICY',
          content: DENY('sqs:DeleteQueue'),
          targetIds: [ROOT],
        },
      ],
      administrators: [{ accountId: TOOLS, servicePrincipal: 'backup.amazonaws.com' }],
    },
  ],
  organizationSettings: [{ env: HOME, settings: { isCrossAccountBackupEnabled: true } }],
  vaults: [
    { backupVaultName: 'main', env: HOME, encryptionKeyArn: arn('kms', `key/${KEY_ID}`) },
    { backupVaultName: 'main', env: { ...HOME, account: SHOP } },
  ],
  keys: [
    {
      env: HOME,
      keyId: KEY_ID,
      description: 'of backups',
      keyPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HOME.account}:root` }, Action: 'kms:*', Resource: '*' },
        ],
      },
      aliasNames: ['alias/backups'],
      tags: { team: 'storage' },
    },
  ],
  legalHolds: [
    {
      title: 'case 7',
      description: 'keep all',
      env: HOME,
      recoveryPointSelection: {
        vaultNames: ['main'],
        dateRange: { fromDate: '2027-01-01T00:00:00.000Z', toDate: '2027-02-01T00:00:00.000Z' },
      },
    },
  ],
  logicallyAirGappedVaults: [{ backupVaultName: 'gap', env: HOME, minRetentionDays: 7, maxRetentionDays: 60 }],
  plans: [
    {
      backupPlanName: 'all',
      env: HOME,
      rules: [
        {
          ruleName: 'daily',
          targetBackupVaultName: 'main',
          scheduleExpression: 'cron(30 4 ? * * *)',
          lifecycle: { deleteAfterDays: 30 },
          copyActions: [{ destinationBackupVaultArn: `arn:aws:backup:us-east-1:${HOME.account}:backup-vault:gap` }],
        },
      ],
      selections: [{ selectionName: 'all', iamRoleArn: ROLE, resources: ['*'], notResources: ['arn:aws:s3:::*'] }],
    },
  ],
  regionSettings: [{ env: HOME, resourceTypeOptInPreference: { EFS: false, Timestream: false } }],
};

/** One of every type that AWS Backup protects. */
const RESOURCES = [
  { arn: arn('ec2', 'volume/vol-00000000000000001') },
  { arn: arn('ec2', 'instance/i-00000000000000001') },
  { arn: arn('elasticfilesystem', 'file-system/fs-00000000000000001') },
  { arn: arn('fsx', 'file-system/fs-00000000000000002'), type: 'fsx-lustre' },
  { arn: arn('dynamodb', 'table/orders') },
  { arn: arn('rds', 'db:books') },
  { arn: arn('rds', 'cluster:shop') },
  { arn: arn('rds', 'cluster:graph'), type: 'Neptune' },
  { arn: arn('rds', 'cluster:papers'), type: 'DocumentDB' },
  { arn: arn('redshift', 'cluster:facts') },
  { arn: arn('redshift-serverless', 'namespace/11111111-2222-4333-8444-555555555555') },
  { arn: 'arn:aws:s3:::pictures', account: HOME.account, region: HOME.region },
  { arn: arn('eks', 'cluster/shop') },
  { arn: arn('dsql', 'cluster/abcdefghijklmnopqrstuvwxyz') },
  { arn: arn('storagegateway', 'gateway/sgw-12A3456B/volume/vol-1122AABB') },
  { arn: arn('timestream', 'database/sensors/table/heat') },
  { arn: arn('backup-gateway', 'vm/vm-0000000000000001') },
  { arn: arn('ssm-sap', 'HANA/books/DB/PRD') },
  { arn: arn('dynamodb', 'table/carts', SHOP) },
].map((one, index) => ({ ...one, sizeGiB: 5 + index, tags: { backup: 'daily' } }));

async function world(): Promise<World> {
  const made = new World({ start: START, account: HOME.account, region: HOME.region });
  await made.deploy(ESTATE);
  RESOURCES.forEach((one) => made.add(one));
  return made;
}

const IN_SHOP: Environment = { ...HOME, account: SHOP };

test('the management account tells the whole organization, and of its policies those that bear on backups', async () => {
  const { document, notRead } = await read(await world());
  expect(notRead).toEqual([]);
  const [organization] = document.organizations ?? [];
  const [declared] = ESTATE.organizations ?? [];
  const { members, policies, ...rest } = organization ?? {};
  const { members: _, policies: __, ...wanted } = declared ?? {};
  expect(rest).toEqual(wanted);
  expect(members).toEqual([{ ...declared?.members?.[0] }, { ...declared?.members?.[1], parentId: ROOT }]);
  expect(policies?.map((one) => [one.policyName, one.policyType, one.targetIds])).toEqual([
    ['backups', 'BACKUP_POLICY', [UNIT]],
    ['keep', 'SERVICE_CONTROL_POLICY', [ROOT]],
  ]);
  expect(policies?.[0]?.content).toEqual(BACKUP_POLICY);
  expect(document.organizationSettings).toEqual([
    {
      env: HOME,
      settings: { isCrossAccountBackupEnabled: true, isMpaEnabled: false, isDelegatedAdministratorEnabled: false },
    },
  ]);
});

const ofAccounts = (pages: readonly KeptPage[]) => notesOf(pages).filter((note) => note.startsWith('account'));

test('the effective policy of each account is held against what the policies come to', async () => {
  const { kept } = await read(await world());
  expect(kept.flatMap(({ effective = {} }) => Object.keys(effective)).sort()).toEqual([HOME.account, SHOP, TOOLS]);
  expect(kept.find(({ effective = {} }) => SHOP in effective)?.effective?.[SHOP]).toMatchObject({ plans: {} });
  expect(ofAccounts(kept)).toEqual([]);
  const other = kept.map((page) => ({
    ...page,
    ...(page.effective && { effective: { ...page.effective, [TOOLS]: { plans: { x: {} } } } }),
  }));
  expect(ofAccounts(other)).toEqual([expect.stringContaining(`account ${TOOLS}: AWS says another effective`)]);
  const lost = kept.map((page) => ({ ...page, policies: [] }));
  expect(ofAccounts(lost)).toEqual([expect.stringContaining(`account ${SHOP}: AWS says another effective`)]);
});

test('a delegated administrator tells the same; another member is told whom to ask', async () => {
  const whole = await read(await world());
  const tools = await read(await world(), [], undefined, [{ ...HOME, account: TOOLS }]);
  expect(tools.document.organizations).toEqual(whole.document.organizations);
  const shop = await read(await world(), [], undefined, [IN_SHOP]);
  expect(shop.notRead).toEqual([]);
  expect(shop.document.organizations).toBeUndefined();
  expect(ofAccounts(shop.kept)).toEqual([
    `account ${SHOP} is a member of organization o-exampleorg1 and may not read it: read it with credentials of account ${HOME.account}, or of a delegated administrator`,
  ]);
});

test('keys with their aliases, policies and tags, and legal holds come as they were declared', async () => {
  const { document } = await read(await world());
  expect(document.keys).toEqual(ESTATE.keys);
  expect(document.legalHolds).toEqual(ESTATE.legalHolds);
});

test('an organization that is throttled, and whose reading is killed after each page, comes to the same', async () => {
  const whole = await read(await world());
  const made = await world();
  made.faults.add({ kind: 'calls-refused', probability: 0.33, service: 'organizations' });
  const once = await read(made);
  expect(once.reader.waits).toBeGreaterThan(3);
  expect(once.document).toEqual(whole.document);
  let kept: KeptPage[] = [];
  for (let more = true; more;) {
    more = false;
    await read(made, kept, (page) => {
      if (more) {
        throw new Error('killed');
      }
      kept = [...kept, page];
      more = true;
    }).catch(() => undefined);
    // Two Regions are read side by side: the one that was not killed may go on.
    expect(kept.length).toBeLessThan(200);
  }
  expect((await read(made, kept)).document).toEqual(whole.document);
});

test('inventories of two accounts that tell one organization are of one', async () => {
  const made = await world();
  const [home, tools] = [await read(made), await read(made, [], undefined, [{ ...HOME, account: TOOLS }])];
  const files = { 'a.json': JSON.stringify(home.document), 'b.json': JSON.stringify(tools.document) };
  const { code, stderr } = await cli('simulate a.json b.json --days 2 --format json'.split(' '), files);
  expect(stderr).toBe('');
  expect(code).toBeLessThan(2);
});

test('a policy of the organization makes plans in the accounts below, as inventories of all of them say', async () => {
  const made = await world();
  const files = Object.fromEntries(
    await Promise.all(
      [[HOME, AWAY], [IN_SHOP]].map(async (envs, index) => {
        const { document } = await read(made, [], undefined, envs);
        return [`${index}.json`, JSON.stringify(document)] as const;
      }),
    ),
  );
  const ran = await cli('simulate 0.json 1.json --days 3 --format json'.split(' '), files);
  const { recoveryPoints } = JSON.parse(ran.stdout) as {
    recoveryPoints: { byVault: Record<string, { live: number }> };
  };
  expect(recoveryPoints.byVault[arn('backup', 'backup-vault:main', SHOP)]?.live).toBe(3);
});

test('an organization and all types are reproduced by what adopt writes, in both frameworks', async () => {
  const folder = temporaryFolder('adopt');
  const made = await world();
  const home = (await read(made)).document;
  const shop = (await read(made, [], undefined, [IN_SHOP])).document;
  expect(home.resources).toHaveLength(RESOURCES.length - 1);
  const inventories = [home, shop].map((document: InventoryDocument, index) => {
    const file = path.join(folder, `${index}.json`);
    fs.writeFileSync(file, JSON.stringify(document));
    return file;
  });
  const adopted = await cli(['adopt', ...inventories, '--out', folder], undefined, { write: writeWhole });
  expect([adopted.code, adopted.stderr]).toEqual([0, '']);
  expect(adopted.stdout).toContain("3 vaults and 1 plan, and 2 of an organization's policies; simulate");
  const beside = path.join(folder, 'account.json');
  const { regionSettings, organizations } = JSON.parse(fs.readFileSync(beside, 'utf8')) as Estate;
  expect([regionSettings, organizations?.[0]?.policies]).toEqual([undefined, undefined]);
  const before = await digestOf(...inventories);
  expect(await digestOf(synthesized(path.join(folder, 'cdk', 'app.ts'), 'CDK_OUTDIR'), beside)).toBe(before);
  expect(await digestOf(synthesized(path.join(folder, 'cdktf', 'main.ts'), 'CDKTF_OUTDIR'), beside)).toBe(before);
});

test('a setting that no construct knows is told with the command that sets it', async () => {
  const folder = temporaryFolder('adopt');
  const { document } = await read(await world());
  const [first, ...others] = document.regionSettings;
  const settings = { ...first, resourceTypeOptInPreference: { ...first?.resourceTypeOptInPreference, Quantum: true } };
  const file = path.join(folder, 'inventory.json');
  fs.writeFileSync(file, JSON.stringify({ ...document, regionSettings: [settings, ...others] }));
  const { code, stderr } = await cli(['adopt', file, '--out', folder], undefined, { write: writeWhole });
  expect(code).toBe(1);
  expect(stderr).toBe(
    `left out: settings of types that Holdfast does not know; to set them: aws backup update-region-settings --region eu-central-1 --resource-type-opt-in-preference '{"Quantum":true}'\n`,
  );
  expect(fs.readFileSync(path.join(folder, 'cdk', 'app.ts'), 'utf8')).not.toContain('Quantum');
});
