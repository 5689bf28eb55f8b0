// What each step of a job asks of policies, as the policies of a role, of a key or of a vault can tell it.
import { READ_UNDER_THEIR_KEY } from '../../../engine/src/domain/job-actions';
import { createGrant } from '../../../engine/src/operations/kms/create-grant';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { describeKey } from '../../../engine/src/operations/kms/describe-key';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { updateGlobalSettings } from '../../../engine/src/operations/backup/update-global-settings';
import { putBackupVaultAccessPolicy } from '../../../engine/src/operations/backup/put-backup-vault-access-policy';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { updateRecoveryPointIndexSettings } from '../../../engine/src/operations/backup/update-recovery-point-index-settings';
import { updateAssumeRolePolicy } from '../../../engine/src/operations/iam/update-assume-role-policy';
import { createAccount } from '../../../engine/src/operations/organizations/create-account';
import { enableAWSServiceAccess } from '../../../engine/src/operations/organizations/enable-aws-service-access';
import { createOrganization } from '../../../engine/src/operations/organizations/create-organization';
import type { WorldState } from '../../../engine/src/domain/world-state';
import type { StatefulResource } from '@holdfast/model';
import { CMK, ENV, HOUR, resource, ROLE, until, vault, vaultArn } from '../scenarios/stage';
import {
  allow,
  backedUp,
  BACKUPS,
  copied,
  deny,
  DISK,
  enforced,
  FILES,
  KEY_ID,
  last,
  NO_ACCESS,
  NO_KEY,
  NOT_AUTHORIZED,
  own,
  restored,
  TABLE,
} from '../scenarios/enforced-stage';

const MANAGEMENT = { ...ENV, account: '000000000001' };
const CENTRAL = { ...ENV, account: '444455556666' };
const ROOT = { AWS: `arn:aws:iam::${ENV.account}:root` };
const UNASSUMABLE = 'IAM Role cannot be assumed by AWS Backup';

test('a table is read under its key in the context that DynamoDB gives', () => {
  expect(READ_UNDER_THEIR_KEY['dynamodb-advanced']?.context(TABLE.arn)).toEqual({
    'aws:dynamodb:subscriberId': ENV.account,
    'aws:dynamodb:tableName': TABLE.name,
  });
});

/** A World whose policies decide, and in which the role is allowed no more than these statements say. */
function allowed(resources: StatefulResource[], ...statements: object[]): WorldState {
  const state = enforced([], { vaults: [vault('main'), vault('second')], resources });
  own(state, ...statements);
  return state;
}

/** A key that leaves everything to policies of identities, or to these statements alone. */
function key(state: WorldState, id: string, Statement: object[] = [{ ...allow('kms:*'), Principal: ROOT }]): void {
  createKey(state, ENV, { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }, id);
}

/** The account, and the one of the central vault, join an organization that lets points cross. */
function organized(state: WorldState): string {
  const { Organization } = createOrganization(state, MANAGEMENT, {});
  createAccount(state, MANAGEMENT, { Email: 'a@example.com', AccountName: 'workloads' }, ENV.account);
  createAccount(state, MANAGEMENT, { Email: 'b@example.com', AccountName: 'central' }, CENTRAL.account);
  enableAWSServiceAccess(state, MANAGEMENT, { ServicePrincipal: 'backup.amazonaws.com' });
  updateGlobalSettings(state, MANAGEMENT, { GlobalSettings: { isCrossAccountBackupEnabled: 'true' } });
  return Organization?.Id ?? '';
}

describe('the assumption of the role', () => {
  const trusting = (Condition: object) => {
    const state = enforced();
    const id = organized(state);
    const Statement = { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' };
    const text = JSON.stringify({ Version: '2012-10-17', Statement: { ...Statement, Condition } });
    updateAssumeRolePolicy(state, ENV, { RoleName: 'backup', PolicyDocument: text.replaceAll('ORG', id) });
    return backedUp(state);
  };

  // prettier-ignore
  test.each([
    ['the organization of the vault',  { StringEquals: { 'aws:SourceOrgID': 'ORG' } },                        'COMPLETED'],
    ['another organization',           { StringEquals: { 'aws:SourceOrgID': 'o-aaaaaaaaaa' } },               UNASSUMABLE],
    ['the account of the vault',       { StringEquals: { 'aws:SourceAccount': ENV.account } },                'COMPLETED'],
    ['another account',                { StringEquals: { 'aws:SourceAccount': CENTRAL.account } },            UNASSUMABLE],
    ['the vault',                      { ArnLike: { 'aws:SourceArn': vaultArn('main') } },                    'COMPLETED'],
    ['another vault',                  { ArnLike: { 'aws:SourceArn': vaultArn('second') } },                  UNASSUMABLE],
    ['the account of the role',        { StringEquals: { 'aws:ResourceAccount': ENV.account } },              'COMPLETED'],
    ['the Region of the vault',        { StringEquals: { 'aws:RequestedRegion': ENV.region } },               'COMPLETED'],
    ['another Region',                 { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },              UNASSUMABLE],
    ['the organization of the role',   { StringEquals: { 'aws:ResourceOrgID': 'ORG' } },                      'COMPLETED'],
    ['a role of no organization',      { Null: { 'aws:ResourceOrgID': 'true' } },                             UNASSUMABLE],
  ])('can be told by %s (B4.3/6)', (_, condition, expected) => {
    expect(trusting(condition)).toBe(expected);
  });
});

describe('a backup', () => {
  test('of a bucket reads its objects, which a statement about the bucket alone does not allow', () => {
    const bucket = resource('s3', 'documents');
    const about = (arn: string) => allow(['s3:Get*', 's3:List*', 's3:Put*'], arn);
    expect(backedUp(allowed([bucket], about(bucket.arn)), bucket.arn)).toBe(NOT_AUTHORIZED);
    expect(backedUp(allowed([bucket], about(bucket.arn), about(`${bucket.arn}/*`)), bucket.arn)).toBe('COMPLETED');
    expect(backedUp(allowed([bucket], about(`${bucket.arn}/*`)), bucket.arn)).toBe(NOT_AUTHORIZED);
  });

  const orders = resource('dynamodb-advanced', 'orders', { encryptedWith: CMK.replace(/.$/, '2') });
  const ledger = resource('aurora-dsql', 'abcdefghij', { encryptedWith: CMK.replace(/.$/, '2') });
  const decrypt = (Condition?: object) => allow('kms:Decrypt', '*', Condition === undefined ? {} : { Condition });
  const CONTEXT = 'kms:EncryptionContextKeys';

  // prettier-ignore
  test.each<[string, StatefulResource, object, string]>([
    ['a table, with the right',                orders, decrypt(),                                                                              'COMPLETED'],
    ['a table, without it',                    orders, decrypt({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),                            NO_KEY],
    ['a table, through DynamoDB',              orders, decrypt({ StringEquals: { 'kms:ViaService': `dynamodb.${ENV.region}.amazonaws.com` } }), 'COMPLETED'],
    ['a table, through another service',       orders, decrypt({ StringEquals: { 'kms:ViaService': `dsql.${ENV.region}.amazonaws.com` } }),     NO_KEY],
    ['a table, for the account',               orders, decrypt({ StringEquals: { 'kms:CallerAccount': ENV.account } }),                         'COMPLETED'],
    ['a table, for another account',           orders, decrypt({ StringEquals: { 'kms:CallerAccount': CENTRAL.account } }),                     NO_KEY],
    ['a table, with its context',              orders, decrypt({ StringEquals: { 'kms:EncryptionContext:aws:dynamodb:tableName': 'orders' } }), 'COMPLETED'],
    ['a table, with that of another table',    orders, decrypt({ StringEquals: { 'kms:EncryptionContext:aws:dynamodb:tableName': 'others' } }), NO_KEY],
    ['a cluster, with its context',            ledger, decrypt({ 'ForAnyValue:StringEquals': { [CONTEXT]: 'aws:dsql:ClusterId' } }),            'COMPLETED'],
    ['a cluster, with the context of a table', ledger, decrypt({ 'ForAnyValue:StringEquals': { [CONTEXT]: 'aws:dynamodb:tableName' } }),        NO_KEY],
    ['a cluster, in the Region of the key',    ledger, decrypt({ StringEquals: { 'aws:RequestedRegion': ENV.region } }),                        'COMPLETED'],
  ])('reads %s under its own key (B13)', (_, source, statement, expected) => {
    const make = ['dynamodb:StartAwsBackupJob', 'dsql:StartBackupJob'];
    const state = allowed([source], allow(make), allow('kms:CreateGrant'), statement);
    key(state, KEY_ID);
    key(state, KEY_ID.replace(/.$/, '2'));
    expect(backedUp(state, source.arn)).toBe(expected);
  });

  test('reads a table under a key that lets the role, and one under a key that the World does not know (B13)', () => {
    const tried = (Statement: object[] | undefined) => {
      const state = allowed([orders], allow('dynamodb:StartAwsBackupJob'), allow('kms:Decrypt'));
      if (Statement !== undefined) {
        key(state, KEY_ID.replace(/.$/, '2'), Statement);
      }
      return backedUp(state, orders.arn);
    };
    expect(tried(undefined)).toBe('COMPLETED');
    expect(tried([{ ...allow('kms:Decrypt'), Principal: { AWS: ROLE } }])).toBe('COMPLETED');
    expect(
      tried([
        { ...allow('kms:*'), Principal: ROOT },
        { ...deny('kms:Decrypt'), Principal: '*' },
      ]),
    ).toBe(NO_KEY);
  });

  // prettier-ignore
  test.each([
    ['for AWS resources alone',       { Bool: { 'kms:GrantIsForAWSResource': 'true' } },                                            'COMPLETED'],
    ['for others',                    { Bool: { 'kms:GrantIsForAWSResource': 'false' } },                                           NO_KEY],
    ['with the context of a vault',   { 'ForAnyValue:StringEquals': { [CONTEXT]: 'aws:backup:backup-vault' } },                     'COMPLETED'],
    ['with another context',          { 'ForAnyValue:StringEquals': { [CONTEXT]: 'aws:ebs:id' } },                                  NO_KEY],
    ['through AWS Backup',            { StringEquals: { 'kms:ViaService': `backup.${ENV.region}.amazonaws.com` } },                 'COMPLETED'],
    ['through EFS',                   { StringEquals: { 'kms:ViaService': `elasticfilesystem.${ENV.region}.amazonaws.com` } },      NO_KEY],
    ['for the account',               { StringEquals: { 'kms:CallerAccount': ENV.account } },                                       'COMPLETED'],
  ])('gets a grant for the key of the vault %s (B13)', (_, Condition, expected) => {
    const state = allowed([FILES], allow('elasticfilesystem:Backup'), allow('kms:CreateGrant', CMK, { Condition }));
    key(state, KEY_ID);
    expect(backedUp(state, FILES.arn)).toBe(expected);
  });
});

// prettier-ignore
test.each([
  ['of the vault',         { EncryptionContextSubset: { 'aws:backup:backup-vault': vaultArn('main') } },   'COMPLETED'],
  ['of the vault alone',   { EncryptionContextEquals: { 'aws:backup:backup-vault': vaultArn('main') } },   NO_KEY],
  ['of another vault',     { EncryptionContextSubset: { 'aws:backup:backup-vault': vaultArn('second') } }, NO_KEY],
  ['of anything',          undefined,                                                                      'COMPLETED'],
])('a role that has a grant for the key with the context %s backs up with it, or not (B13)', (_, Constraints, expected) => {
  const state = allowed([FILES], allow('elasticfilesystem:Backup'));
  key(state, KEY_ID);
  expect(backedUp(state, FILES.arn)).toBe(NO_KEY);
  createGrant(state, ENV, { KeyId: CMK, GranteePrincipal: ROLE, Operations: ['CreateGrant'], Constraints });
  expect(backedUp(state, FILES.arn)).toBe(expected);
});

describe('a copy within an organization', () => {
  const ready = () => {
    const state = enforced();
    const id = organized(state);
    backedUp(state);
    return [state, id] as const;
  };

  test('tells where its destination is in the organization, and whose the vaults are (B11.5/1)', () => {
    const tried = (Condition: (id: string) => object) => {
      const [state, id] = ready();
      own(state, deny('backup:CopyFromBackupVault', '*', { Condition: Condition(id) }));
      return copied(state);
    };
    const paths = (path: string) => ({ 'ForAnyValue:StringLike': { 'backup:CopyTargetOrgPaths': path } });
    expect(tried((id) => paths(`${id}/r-*/`))).toBe(NO_ACCESS);
    expect(tried(() => paths('o-aaaaaaaaaa/*'))).toBe('COMPLETED');
    expect(tried((id) => ({ StringEquals: { 'aws:ResourceOrgID': id } }))).toBe(NO_ACCESS);
    expect(tried(() => ({ StringEquals: { 'aws:ResourceOrgID': 'o-aaaaaaaaaa' } }))).toBe('COMPLETED');
    const state = enforced();
    backedUp(state);
    const outside = { 'ForAllValues:StringLike': { 'backup:CopyTargetOrgPaths': 'o-*' } };
    own(
      state,
      deny('backup:CopyFromBackupVault', '*', {
        Condition: { ...outside, Null: { 'backup:CopyTargetOrgPaths': 'true' } },
      }),
    );
    expect(copied(state)).toBe(NO_ACCESS);
  });

  test('fails when the policy of the vault of the source denies it (B6.3/8)', () => {
    const [state] = ready();
    const Statement = { ...deny('backup:CopyFromBackupVault'), Principal: '*' };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    putBackupVaultAccessPolicy(state, ENV, { BackupVaultName: 'main', Policy });
    expect(copied(state)).toBe(NO_ACCESS);
    const other = JSON.stringify({
      Version: '2012-10-17',
      Statement: { ...Statement, Action: 'backup:DeleteRecoveryPoint' },
    });
    putBackupVaultAccessPolicy(state, ENV, { BackupVaultName: 'main', Policy: other });
    expect(copied(state)).toBe('COMPLETED');
  });

  test('says whether the role may not go in, or the vault lets nobody in', () => {
    const state = enforced();
    backedUp(state);
    own(state, deny('backup:CopyIntoBackupVault'));
    copied(state);
    expect(state.jobsOf(DISK.arn).at(-1)?.why).toContain('the role may not copy into the vault');
  });
});

describe('a copy into another account', () => {
  const linked = `arn:aws:iam::${CENTRAL.account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;
  const theirs = CMK.replace(ENV.account, CENTRAL.account);
  const crossed = (Principal: object, source: StatefulResource = FILES, managed = false) => {
    const open = { Version: '2012-10-17', Statement: { ...allow('backup:CopyIntoBackupVault'), Principal: '*' } };
    const central = vault('central', { env: CENTRAL, encryptionKeyArn: theirs, accessPolicy: open });
    const state = enforced([BACKUPS], { vaults: [vault('main'), central], resources: [source] });
    organized(state);
    if (managed) {
      const { KeyMetadata } = describeKey(state, ENV, { KeyId: 'alias/aws/ebs' });
      state.addResource({ ...source, encryptedWith: KeyMetadata?.Arn ?? '' });
    }
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: { ...allow('kms:*'), Principal } });
    createKey(state, CENTRAL, { Policy }, KEY_ID);
    expect(backedUp(state, source.arn)).toBe('COMPLETED');
    startCopyJob(state, ENV, {
      SourceBackupVaultName: 'main',
      DestinationBackupVaultArn: vaultArn('central', CENTRAL),
      RecoveryPointArn: state.pointsOf(source.arn)[0]?.recoveryPointArn,
      IamRoleArn: ROLE,
    });
    until(state, new Date(state.now + HOUR).toISOString());
    return last(state, source.arn);
  };

  test('is written by the role of AWS Backup there, under the key there (B6.3/7)', () => {
    expect(crossed({ AWS: linked })).toBe('COMPLETED');
    expect(crossed({ AWS: `arn:aws:iam::${CENTRAL.account}:root` })).toBe('COMPLETED');
    expect(crossed({ AWS: ROLE })).toBe(NO_KEY);
  });

  test('does not read what is under a key that AWS manages, though nothing else is in its way (B6.3/5)', () => {
    expect(crossed({ AWS: linked }, DISK)).toBe('COMPLETED');
    expect(crossed({ AWS: linked }, DISK, true)).toContain('AWS managed key');
  });
});

describe('a restore', () => {
  const other = { encryptedTableName: 'again', targetTableName: 'again' };
  const backup = allow(['dynamodb:CreateBackup', 'ec2:CreateSnapshot', 'elasticfilesystem:Backup']);

  test('asks about the point where the service reads from it, and about what is made elsewhere', () => {
    const table = (statement: object) => {
      const state = allowed([TABLE], backup, statement);
      expect(backedUp(state, TABLE.arn)).toBe('COMPLETED');
      return restored(state, TABLE.arn, { targetTableName: other.targetTableName });
    };
    const read = 'dynamodb:RestoreTableFromBackup';
    expect(table(allow(read, `${TABLE.arn}/backup/*`))).toBe('COMPLETED');
    expect(table(allow(read, TABLE.arn.replace('orders', 'again')))).toBe('FAILED');
    const disk = (statement: object) => {
      const state = allowed([DISK], backup, statement);
      expect(backedUp(state)).toBe('COMPLETED');
      return restored(state);
    };
    expect(disk(allow('ec2:CreateVolume', 'arn:aws:ec2:*:*:volume/*'))).toBe('COMPLETED');
    expect(disk(allow('ec2:CreateVolume', 'arn:aws:ec2:*::snapshot/*'))).toBe('FAILED');
  });
});

describe('a restore into a bucket', () => {
  const bucket = resource('s3', 'files');
  const FILES_OF = { destinationBucketName: 'files', pathsToRestore: '["/a"]' };
  const OBJECTS_OF = { DestinationBucketName: 'files', NewBucket: 'false' };
  const backup = allow(['ec2:CreateSnapshot', 's3:Get*', 's3:List*', 's3:PutBucketNotification']);
  const blocks = allow(['ebs:ListSnapshotBlocks', 'ebs:GetSnapshotBlock']);
  const into = allow('s3:PutObject', `${bucket.arn}/*`);

  test('of files of a volume reads blocks of its snapshot and puts objects, and makes no volume', () => {
    const tried = (...statements: object[]) => {
      const state = allowed([DISK, bucket], backup, blocks);
      expect(backedUp(state)).toBe('COMPLETED');
      const RecoveryPointArn = state.pointsOf(DISK.arn)[0]?.recoveryPointArn;
      const point = { BackupVaultName: 'main', RecoveryPointArn, IamRoleArn: ROLE };
      updateRecoveryPointIndexSettings(state, ENV, { ...point, Index: 'ENABLED' });
      state.runUntil(state.now + HOUR);
      own(state, ...statements);
      return restored(state, DISK.arn, FILES_OF);
    };
    expect(tried(blocks, into)).toBe('COMPLETED');
    expect(tried(blocks)).toBe('FAILED');
    expect(tried(into, allow('ec2:CreateVolume'))).toBe('FAILED');
  });

  test('of a bucket reads no blocks, and a restore of a volume puts no objects', () => {
    const objects = allowed([bucket], allow('s3:*'), allow(['cloudwatch:*', 'events:*']));
    expect(backedUp(objects, bucket.arn)).toBe('COMPLETED');
    expect(restored(objects, bucket.arn, OBJECTS_OF)).toBe('COMPLETED');
    const disk = allowed([DISK, bucket], backup, blocks, into);
    expect(backedUp(disk)).toBe('COMPLETED');
    expect(restored(disk)).toBe('FAILED');
  });
});

test('a key that is disabled is in the way of a backup or copy, whatever policies allow (B4.3/7)', () => {
  const state = enforced([BACKUPS]);
  key(state, KEY_ID);
  expect(backedUp(state, FILES.arn)).toBe('COMPLETED');
  disableKey(state, ENV, { KeyId: KEY_ID });
  expect(backedUp(state, FILES.arn)).toBe(NO_KEY);
  expect(copied(state, FILES.arn)).toBe(NO_KEY);
  // They do not even begin.
  expect(state.jobsOf(FILES.arn).map(({ startedAt }) => startedAt === undefined)).toEqual([false, true, true]);
});

test('keys of AWS are for the whole account: nobody needs a right to them', () => {
  const state = enforced([BACKUPS]);
  const shown = describeKey(state, ENV, { KeyId: 'alias/aws/ebs' }).KeyMetadata;
  const disk = resource('ebs', 'vol-0123456789abcdef9', { encryptedWith: shown?.Arn ?? '' });
  state.addResource(disk);
  expect(backedUp(state, disk.arn)).toBe('COMPLETED');
  expect(copied(state, disk.arn)).toBe('COMPLETED');
});
