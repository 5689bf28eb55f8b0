// What making a vault takes beside the call, in a World whose policies decide.
import {
  BackupClient,
  CreateBackupVaultCommand,
  CreateLogicallyAirGappedBackupVaultCommand,
  ListBackupVaultsCommand,
} from '@aws-sdk/client-backup';
import { CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { World } from '../../../engine/src';

const ACCOUNT = '123456789012';
const MOUNT = 'backup-storage:MountCapsule';
const KEY = ['kms:CreateGrant', 'kms:DescribeKey', 'kms:RetireGrant', 'kms:Decrypt', 'kms:GenerateDataKey'];
const CALLS = ['backup:Create*', 'backup:List*'];
const REFUSED = 'AccessDeniedException: Insufficient privileges to perform this action.';

/** What a user who may do this is answered when it makes a vault, and how many vaults there are then. */
async function made(Action: string[], { key = false, airGapped = false, Condition = {} } = {}): Promise<string> {
  const world = new World({ start: '2027-01-01T00:00:00Z', enforceIam: true });
  const iam = world.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName: 'u' }));
  const Statement = [
    { Effect: 'Allow', Action: CALLS, Resource: '*' },
    { Effect: 'Allow', Action, Resource: '*', Condition },
  ];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutUserPolicyCommand({ UserName: 'u', PolicyName: 'own', PolicyDocument }));
  const { KeyMetadata } = await world.client(KMSClient).send(new CreateKeyCommand({}));
  const EncryptionKeyArn = key ? KeyMetadata?.Arn : undefined;
  const backup = world.client(BackupClient, { principal: `arn:aws:iam::${ACCOUNT}:user/u` });
  const input = { BackupVaultName: 'main', EncryptionKeyArn };
  const said = await (
    airGapped
      ? backup.send(
          new CreateLogicallyAirGappedBackupVaultCommand({ ...input, MinRetentionDays: 7, MaxRetentionDays: 9 }),
        )
      : backup.send(new CreateBackupVaultCommand(input))
  ).then(
    () => 'made',
    (error: Error) => `${error.name}: ${error.message}`,
  );
  const { BackupVaultList } = await backup.send(new ListBackupVaultsCommand({}));
  expect(BackupVaultList).toHaveLength(said === 'made' ? 1 : 0);
  return said;
}

test.each([false, true])('a vault takes backup-storage:MountCapsule (B7.1/2); air-gapped: %s', async (airGapped) => {
  expect(await made([MOUNT], { airGapped })).toBe('made');
  expect(await made(['backup-storage:Describe*'], { airGapped })).toBe(REFUSED);
});

test('with a key of its own it takes each of the actions on the key (B7.1/2)', async () => {
  expect(await made([MOUNT, ...KEY], { key: true })).toBe('made');
  for (const left of KEY) {
    expect([left, await made([MOUNT, ...KEY.filter((one) => one !== left)], { key: true })]).toEqual([left, REFUSED]);
  }
});

// prettier-ignore
test.each<[string, object, string]>([
  ['by way of AWS Backup',      { StringEquals: { 'kms:ViaService': 'backup.us-east-1.amazonaws.com' } },                                      'made'],
  ['by way of S3',              { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },                                          REFUSED],
  ['for the vault',             { StringLike: { 'kms:EncryptionContext:aws:backup:backup-vault': '*:backup-vault:main' } },                   'made'],
  ['for another vault',         { StringLike: { 'kms:EncryptionContext:aws:backup:backup-vault': '*:backup-vault:other' } },                  REFUSED],
])('a key that may be used %s alone does, or does not', async (_, condition, expected) => {
  const Condition = Object.fromEntries(
    Object.entries(condition).map(([operator, value]) => [`${operator}IfExists`, value as object]),
  );
  expect(await made([MOUNT, ...KEY], { key: true, Condition })).toBe(expected);
});
