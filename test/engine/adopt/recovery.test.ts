// Tiers, restore access and rotation of keys: what an account has beside vaults and plans.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BackupClient, CreateRestoreAccessBackupVaultCommand } from '@aws-sdk/client-backup';
import { GetKeyRotationStatusCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Estate } from '@holdfast/model';
import { writeWhole } from '../../../engine/src/host/files';
import { World } from '../../../engine/src/testing/world';
import { temporaryFolder } from '../../support/synth';
import { cli } from '../cli/run-cli';
import { HOME, read, START } from '../live/account';
import { digestOf, synthesized } from './synthesized';

const KEY_ID = '1b2c3d4e-0000-4000-8000-000000000001';
const SOURCE = `arn:aws:backup:us-east-1:${HOME.account}:backup-vault:gap`;
const TEAM = `arn:aws:mpa:us-east-1:${HOME.account}:approval-team/keepers`;

const ESTATE: Estate = {
  keys: [{ env: HOME, keyId: KEY_ID, rotationPeriodInDays: 180 }],
  vaults: [
    { backupVaultName: 'main', env: HOME, encryptionKeyArn: `arn:aws:kms:us-east-1:${HOME.account}:key/${KEY_ID}` },
  ],
  logicallyAirGappedVaults: [
    { backupVaultName: 'gap', env: HOME, minRetentionDays: 7, maxRetentionDays: 90, mpaApprovalTeamArn: TEAM },
  ],
  plans: [
    {
      backupPlanName: 'all',
      env: HOME,
      rules: [
        {
          ruleName: 'daily',
          targetBackupVaultName: 'main',
          scheduleExpression: 'cron(30 4 ? * * *)',
          lifecycle: { deleteAfterDays: 90 },
        },
      ],
      selections: [{ selectionName: 'all', iamRoleArn: `arn:aws:iam::${HOME.account}:role/backup`, resources: ['*'] }],
    },
  ],
  tieringConfigurations: [
    {
      tieringConfigurationName: 'pictures',
      backupVaultName: 'main',
      env: HOME,
      resourceSelection: [{ resourceType: 'S3', resources: ['*'], tieringDownSettingsInDays: 60 }],
      tags: { team: 'storage' },
    },
  ],
  restoreAccessVaults: [{ sourceBackupVaultArn: SOURCE, env: HOME, backupVaultName: 'way-in', tags: { team: 'ops' } }],
};

async function world(estate = ESTATE): Promise<World> {
  const made = new World({ start: START, account: HOME.account, region: HOME.region });
  await made.deploy(estate);
  made.add({ arn: 'arn:aws:s3:::pictures', account: HOME.account, region: HOME.region, sizeGiB: 5, versioning: true });
  made.add({ arn: `arn:aws:dynamodb:us-east-1:${HOME.account}:table/orders`, sizeGiB: 5 });
  return made;
}

async function inventoryOf(made: World): Promise<{ folder: string; file: string }> {
  const folder = temporaryFolder('adopt');
  const file = path.join(folder, 'inventory.json');
  fs.writeFileSync(file, JSON.stringify((await read(made)).document));
  return { folder, file };
}

test('they come from the account as they were declared, and as a blueprint mean the same', async () => {
  const { document } = await read(await world());
  expect(document.tieringConfigurations).toEqual(ESTATE.tieringConfigurations);
  expect(document.restoreAccessVaults).toEqual(ESTATE.restoreAccessVaults);
  expect(document.keys).toMatchObject([{ keyId: KEY_ID, rotationPeriodInDays: 180 }]);
  const client = (await world(document as unknown as Estate)).client(KMSClient);
  expect(await client.send(new GetKeyRotationStatusCommand({ KeyId: KEY_ID }))).toMatchObject({
    KeyRotationEnabled: true,
    RotationPeriodInDays: 180,
  });
});

test('the CDK app reproduces all of them', async () => {
  const { folder, file } = await inventoryOf(await world());
  await cli(['adopt', file, '--out', folder], undefined, { write: writeWhole });
  const app = path.join(folder, 'cdk', 'app.ts');
  const beside = path.join(folder, 'account.json');
  expect(JSON.parse(fs.readFileSync(beside, 'utf8'))).toMatchObject({ keys: [{ rotationPeriodInDays: 180 }] });
  const before = await digestOf(file);
  const out = synthesized(app, 'CDK_OUTDIR');
  expect(await digestOf(out, beside)).toBe(before);
  // The digest knows both: without one of them it is another.
  const template = path.join(out, `Backup-${HOME.account}-us-east-1.template.json`);
  const whole = fs.readFileSync(template, 'utf8');
  for (const type of ['AWS::Backup::TieringConfiguration', 'Custom::RestoreAccessBackupVault']) {
    expect(whole).toContain(type);
    fs.writeFileSync(template, whole.replace(type, 'AWS::SSM::Parameter'));
    expect(await digestOf(out, beside)).not.toBe(before);
  }
});

test('what Terraform has no words for is told with the commands that make it', async () => {
  const { folder, file } = await inventoryOf(await world());
  const { code, stderr } = await cli(['adopt', file, '--out', folder], undefined, { write: writeWhole });
  expect(code).toBe(1);
  expect(stderr.split('\n')).toEqual([
    'left out: cdktf: vault gap: the provider has no argument for mpaApprovalTeamArn',
    `left out: cdktf: restore access vault way-in: the provider has no argument for the approval team of its source; to ask for it, once the source has its team: aws backup create-restore-access-backup-vault --region us-east-1 --source-backup-vault-arn ${SOURCE} --backup-vault-name way-in`,
    `left out: cdktf: tiering configuration pictures: the provider has no resource for it; to make it: aws backup create-tiering-configuration --region us-east-1 --tiering-configuration '{"TieringConfigurationName":"pictures","BackupVaultName":"main","ResourceSelection":[{"ResourceType":"S3","Resources":["*"],"TieringDownSettingsInDays":60}]}' --tiering-configuration-tags '{"team":"storage"}'`,
    '',
  ]);
});

test('access to a vault of an account that was not read is declared in both, and told by whoever simulates it', async () => {
  const foreign = SOURCE.replace(HOME.account, '999988887777');
  const { restoreAccessVaults, logicallyAirGappedVaults, ...rest } = ESTATE;
  const folder = temporaryFolder('adopt');
  const file = path.join(folder, 'account.json');
  const access = { ...restoreAccessVaults?.[0], sourceBackupVaultArn: foreign };
  fs.writeFileSync(
    file,
    JSON.stringify({
      schema: 'holdfast.blueprint/1',
      ...rest,
      tieringConfigurations: [],
      restoreAccessVaults: [access],
    }),
  );
  expect(logicallyAirGappedVaults).toHaveLength(1);
  const { code, stderr } = await cli(['adopt', file, '--out', folder], undefined, { write: writeWhole });
  expect([code, stderr]).toEqual([0, '']);
  for (const out of [
    synthesized(path.join(folder, 'cdk', 'app.ts'), 'CDK_OUTDIR'),
    synthesized(path.join(folder, 'cdktf', 'main.ts'), 'CDKTF_OUTDIR'),
  ]) {
    const { stdout } = await cli(['check', out, '--format', 'json']);
    const { notRead } = JSON.parse(stdout) as { notRead: { reason: string }[] };
    expect(notRead.map(({ reason }) => reason)).toContain(`its source ${foreign} is in no artifact given`);
  }
});

test('a restore access vault of an estate asks its team, as one that is asked for by hand', async () => {
  const byHand = await world({ ...ESTATE, restoreAccessVaults: [] });
  await byHand.client(BackupClient).send(
    new CreateRestoreAccessBackupVaultCommand({
      SourceBackupVaultArn: SOURCE,
      BackupVaultName: 'way-in',
      BackupVaultTags: { team: 'ops' },
    }),
  );
  const declared = await world();
  const state = async (made: World) => {
    await made.advance({ hours: 25 });
    return made.approvals.list().map(({ status }) => status);
  };
  expect(await state(declared)).toEqual(await state(byHand));
  expect(await state(declared)).toHaveLength(1);
});
