import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { AwsFault } from '../../../engine/src/operations/fault';
import { cancelKeyDeletion } from '../../../engine/src/operations/kms/cancel-key-deletion';
import { createAlias } from '../../../engine/src/operations/kms/create-alias';
import { createGrant } from '../../../engine/src/operations/kms/create-grant';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { deleteAlias } from '../../../engine/src/operations/kms/delete-alias';
import { describeKey } from '../../../engine/src/operations/kms/describe-key';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { enableKey } from '../../../engine/src/operations/kms/enable-key';
import { getKeyPolicy } from '../../../engine/src/operations/kms/get-key-policy';
import { listAliases } from '../../../engine/src/operations/kms/list-aliases';
import { listGrants } from '../../../engine/src/operations/kms/list-grants';
import { listKeys } from '../../../engine/src/operations/kms/list-keys';
import { putKeyPolicy } from '../../../engine/src/operations/kms/put-key-policy';
import { replicateKey } from '../../../engine/src/operations/kms/replicate-key';
import { retireGrant } from '../../../engine/src/operations/kms/retire-grant';
import { revokeGrant } from '../../../engine/src/operations/kms/revoke-grant';
import { scheduleKeyDeletion } from '../../../engine/src/operations/kms/schedule-key-deletion';
import { updateAlias } from '../../../engine/src/operations/kms/update-alias';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { CMK, DAY, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const UNUSABLE = 'KMS key is either disabled or pending deletion or access to KMS key is denied';
const GONE = 'Given key ID does not exist';
const KEY_ID = CMK.split('/').at(-1) ?? '';
const IRELAND = { ...ENV, region: 'eu-west-1' };

function nameOfFault(operation: () => unknown): string {
  try {
    operation();
    return 'none';
  } catch (error) {
    return error instanceof AwsFault ? error.name : String(error);
  }
}

function stateOf(state: WorldState, KeyId = CMK): string {
  return describeKey(state, ENV, { KeyId }).KeyMetadata?.KeyState ?? '';
}

function withKey(start = '2027-01-01', more: Parameters<typeof world>[1] = {}): WorldState {
  const state = world(start, more);
  createKey(state, ENV, {}, KEY_ID);
  return state;
}

describe('CreateKey', () => {
  test('makes an enabled key of the account with the policy that leaves it to IAM', () => {
    const state = world('2027-01-01', {});
    const { KeyMetadata } = createKey(state, ENV, { Description: 'vaults', Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    expect(KeyMetadata).toMatchObject({
      AWSAccountId: ENV.account,
      KeyState: 'Enabled',
      Enabled: true,
      KeyManager: 'CUSTOMER',
      Description: 'vaults',
      MultiRegion: false,
      CreationDate: new Date('2027-01-01'),
    });
    const policy = getKeyPolicy(state, ENV, { KeyId: KeyMetadata?.KeyId }).Policy ?? '';
    expect(policy).toContain(`arn:aws:iam::${ENV.account}:root`);
    expect(describeKey(state, ENV, { KeyId: KeyMetadata?.Arn }).KeyMetadata).toEqual(KeyMetadata);
  });

  test('gives each key an id of its own, the same in each World of one seed', () => {
    const ids = () => {
      const state = world('2027-01-01', {});
      return [createKey(state, ENV, {}), createKey(state, ENV, { MultiRegion: true })].map(
        ({ KeyMetadata }) => KeyMetadata?.KeyId,
      );
    };
    const [one, other] = ids();
    expect(one).not.toBe(other);
    expect(other).toMatch(/^mrk-[0-9a-f]{32}$/);
    expect(ids()).toEqual([one, other]);
  });

  test('fails on a policy that is not JSON, or longer than 32,768 characters', () => {
    const state = world('2027-01-01', {});
    const sized = (length: number) => ({ Policy: `{"Id":"${'x'.repeat(length - 9)}"}` });
    expect(nameOfFault(() => createKey(state, ENV, { Policy: 'no' }))).toBe('MalformedPolicyDocumentException');
    expect(nameOfFault(() => createKey(state, ENV, sized(32_768)))).toBe('none');
    expect(nameOfFault(() => createKey(state, ENV, sized(32_769)))).toBe('LimitExceededException');
  });
});

describe('the life of a key', () => {
  test('is disabled and enabled again', () => {
    const state = withKey();
    disableKey(state, ENV, { KeyId: KEY_ID });
    expect(stateOf(state)).toBe('Disabled');
    expect(state.ledger.keys.unusable).toBe(1);
    enableKey(state, ENV, { KeyId: CMK });
    expect(stateOf(state)).toBe('Enabled');
    expect(state.ledger.keys.unusable).toBe(0);
  });

  // prettier-ignore
  test.each([[6, 'ValidationException'], [7, 'none'], [30, 'none'], [31, 'ValidationException']])(
    'waits 7 to 30 days for its deletion: %p days give %p',
    (PendingWindowInDays, expected) => {
      const state = withKey();
      expect(nameOfFault(() => scheduleKeyDeletion(state, ENV, { KeyId: CMK, PendingWindowInDays }))).toBe(expected);
    },
  );

  test('ends when the waiting period is over, with its aliases', () => {
    const state = withKey();
    createAlias(state, ENV, { AliasName: 'alias/vaults', TargetKeyId: KEY_ID });
    const answer = scheduleKeyDeletion(state, ENV, { KeyId: 'alias/vaults', PendingWindowInDays: 7 });
    expect(answer).toMatchObject({ KeyState: 'PendingDeletion', DeletionDate: new Date('2027-01-08') });
    until(state, '2027-01-08');
    expect(stateOf(state)).toBe('PendingDeletion');
    until(state, '2027-01-08T00:01Z');
    expect(nameOfFault(() => stateOf(state))).toBe('NotFoundException');
    expect(listAliases(state, ENV, {}).Aliases).toEqual([]);
    expect(listKeys(state, ENV, {}).Keys).toEqual([]);
  });

  test('goes on disabled when the deletion is cancelled, and a later deletion counts from its own call', () => {
    const state = withKey();
    expect(nameOfFault(() => cancelKeyDeletion(state, ENV, { KeyId: CMK }))).toBe('KMSInvalidStateException');
    scheduleKeyDeletion(state, ENV, { KeyId: CMK, PendingWindowInDays: 7 });
    until(state, '2027-01-05');
    cancelKeyDeletion(state, ENV, { KeyId: CMK });
    expect(stateOf(state)).toBe('Disabled');
    scheduleKeyDeletion(state, ENV, { KeyId: CMK, PendingWindowInDays: 7 });
    until(state, '2027-01-11');
    expect(stateOf(state)).toBe('PendingDeletion');
    until(state, '2027-01-13');
    expect(nameOfFault(() => stateOf(state))).toBe('NotFoundException');
  });

  test('takes no other call while it waits for its deletion', () => {
    const state = withKey();
    scheduleKeyDeletion(state, ENV, { KeyId: CMK });
    const calls = [
      () => enableKey(state, ENV, { KeyId: CMK }),
      () => disableKey(state, ENV, { KeyId: CMK }),
      () => scheduleKeyDeletion(state, ENV, { KeyId: CMK }),
      () => createAlias(state, ENV, { AliasName: 'alias/a', TargetKeyId: CMK }),
      () => createGrant(state, ENV, { KeyId: CMK, GranteePrincipal: ROLE, Operations: ['Decrypt'] }),
    ];
    expect(calls.map(nameOfFault)).toEqual(calls.map(() => 'KMSInvalidStateException'));
  });

  test('is no business of another account or Region', () => {
    const state = withKey();
    expect(nameOfFault(() => disableKey(state, { ...ENV, account: '444455556666' }, { KeyId: CMK }))).toBe(
      'NotFoundException',
    );
    expect(nameOfFault(() => disableKey(state, IRELAND, { KeyId: KEY_ID }))).toBe('NotFoundException');
  });
});

describe('a multi-Region key', () => {
  function replicated(): { state: WorldState; primary: string; replica: string } {
    const state = world('2027-01-01', {});
    const primary = createKey(state, ENV, { MultiRegion: true }).KeyMetadata?.Arn ?? '';
    const answer = replicateKey(state, ENV, { KeyId: primary, ReplicaRegion: IRELAND.region });
    return { state, primary, replica: answer.ReplicaKeyMetadata?.Arn ?? '' };
  }

  test('has the same id in another Region, with a state and a policy of its own', () => {
    const { state, primary, replica } = replicated();
    expect(replica).toBe(primary.replace(ENV.region, IRELAND.region));
    disableKey(state, ENV, { KeyId: primary });
    const shown = describeKey(state, IRELAND, { KeyId: replica }).KeyMetadata;
    expect(shown).toMatchObject({
      KeyState: 'Enabled',
      MultiRegionConfiguration: { MultiRegionKeyType: 'REPLICA', PrimaryKey: { Arn: primary, Region: ENV.region } },
    });
    putKeyPolicy(state, IRELAND, { KeyId: replica, Policy: '{"Statement":[]}' });
    expect(getKeyPolicy(state, IRELAND, { KeyId: replica }).Policy).toBe('{"Statement":[]}');
    expect(getKeyPolicy(state, ENV, { KeyId: primary }).Policy).not.toBe('{"Statement":[]}');
  });

  test('is replicated once in a Region, and only where it may be', () => {
    const { state, primary } = replicated();
    const again = () => replicateKey(state, ENV, { KeyId: primary, ReplicaRegion: IRELAND.region });
    expect(nameOfFault(again)).toBe('AlreadyExistsException');
    const single = createKey(state, ENV, {}).KeyMetadata?.Arn;
    const other = () => replicateKey(state, ENV, { KeyId: single, ReplicaRegion: IRELAND.region });
    expect(nameOfFault(other)).toBe('UnsupportedOperationException');
  });

  test('waits with its deletion until its replicas are gone', () => {
    const { state, primary, replica } = replicated();
    const answer = scheduleKeyDeletion(state, ENV, { KeyId: primary, PendingWindowInDays: 7 });
    expect(answer.KeyState).toBe('PendingReplicaDeletion');
    expect(answer).not.toHaveProperty('DeletionDate');
    until(state, '2027-03-01');
    expect(stateOf(state, primary)).toBe('PendingReplicaDeletion');
    scheduleKeyDeletion(state, IRELAND, { KeyId: replica, PendingWindowInDays: 10 });
    until(state, '2027-03-12');
    expect(stateOf(state, primary)).toBe('PendingDeletion');
    until(state, '2027-03-19');
    expect(nameOfFault(() => stateOf(state, primary))).toBe('NotFoundException');
  });
});

test('the key that AWS manages for a service is made when it is first asked for, and nobody changes it', () => {
  const state = world('2027-01-01', {});
  const shown = describeKey(state, ENV, { KeyId: 'alias/aws/backup' }).KeyMetadata;
  expect(shown).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled' });
  expect(describeKey(state, ENV, { KeyId: shown?.Arn }).KeyMetadata).toEqual(shown);
  const policy = getKeyPolicy(state, ENV, { KeyId: 'alias/aws/backup' }).Policy ?? '';
  expect(policy).toContain(`backup.${ENV.region}.amazonaws.com`);
  expect(nameOfFault(() => scheduleKeyDeletion(state, ENV, { KeyId: shown?.Arn }))).toBe(
    'UnsupportedOperationException',
  );
  expect(nameOfFault(() => putKeyPolicy(state, ENV, { KeyId: shown?.Arn, Policy: '{}' }))).toBe(
    'UnsupportedOperationException',
  );
});

test('grants are listed, found by grantee, and revoked', () => {
  const state = withKey();
  const input = { KeyId: CMK, GranteePrincipal: ROLE, Operations: ['Decrypt' as const], Name: 'backup' };
  const { GrantId } = createGrant(state, ENV, input);
  expect(createGrant(state, ENV, input).GrantId).toBe(GrantId);
  createGrant(state, ENV, { ...input, Name: 'other', GranteePrincipal: `${ROLE}2` });
  expect(listGrants(state, ENV, { KeyId: CMK, GranteePrincipal: ROLE }).Grants).toMatchObject([
    { GrantId, Operations: ['Decrypt'], GranteePrincipal: ROLE, Name: 'backup' },
  ]);
  revokeGrant(state, ENV, { KeyId: CMK, GrantId });
  expect(listGrants(state, ENV, { KeyId: CMK }).Grants).toHaveLength(1);
  expect(nameOfFault(() => revokeGrant(state, ENV, { KeyId: CMK, GrantId }))).toBe('InvalidGrantIdException');
});

test('a grant is retired by its token, or by its key and id, once', () => {
  const state = withKey();
  const make = () => createGrant(state, ENV, { KeyId: CMK, GranteePrincipal: ROLE, Operations: ['Decrypt'] });
  const [first, second] = [make(), make()];
  retireGrant(state, ENV, { GrantToken: first.GrantToken });
  expect(listGrants(state, ENV, { KeyId: CMK }).Grants?.map(({ GrantId }) => GrantId)).toEqual([second.GrantId]);
  expect(nameOfFault(() => retireGrant(state, ENV, { GrantToken: first.GrantToken }))).toBe(
    'InvalidGrantTokenException',
  );
  expect(nameOfFault(() => retireGrant(state, ENV, { KeyId: CMK }))).toBe('ValidationException');
  retireGrant(state, ENV, { KeyId: CMK, GrantId: second.GrantId });
  expect(listGrants(state, ENV, { KeyId: CMK }).Grants).toEqual([]);
  expect(nameOfFault(() => retireGrant(state, ENV, { KeyId: CMK, GrantId: second.GrantId }))).toBe(
    'InvalidGrantIdException',
  );
});

test('an alias names one key, can be moved to another, and goes without it', () => {
  const state = withKey();
  const other = createKey(state, ENV, {}).KeyMetadata?.KeyId;
  createAlias(state, ENV, { AliasName: 'alias/vaults', TargetKeyId: CMK });
  const again = () => createAlias(state, ENV, { AliasName: 'alias/vaults', TargetKeyId: other });
  expect(nameOfFault(again)).toBe('AlreadyExistsException');
  expect(listAliases(state, ENV, { KeyId: CMK }).Aliases).toMatchObject([{ AliasName: 'alias/vaults' }]);
  updateAlias(state, ENV, { AliasName: 'alias/vaults', TargetKeyId: other });
  expect(describeKey(state, ENV, { KeyId: 'alias/vaults' }).KeyMetadata?.KeyId).toBe(other);
  deleteAlias(state, ENV, { AliasName: 'alias/vaults' });
  expect(nameOfFault(() => deleteAlias(state, ENV, { AliasName: 'alias/vaults' }))).toBe('NotFoundException');
  expect(nameOfFault(() => updateAlias(state, ENV, { AliasName: 'alias/vaults', TargetKeyId: CMK }))).toBe(
    'NotFoundException',
  );
});

// prettier-ignore
test.each(['vaults', 'alias/aws/mine', 'alias/with space', `alias/${'x'.repeat(251)}`])('fails on the alias %p', (AliasName) => {
  expect(nameOfFault(() => createAlias(withKey(), ENV, { AliasName, TargetKeyId: CMK }))).toBe('InvalidAliasNameException');
});

describe('jobs', () => {
  const files = resource('efs', 'fs-1', { encryptedWith: CMK.replace(/.$/, '2') });
  const disk = resource('ebs', 'vol-1', { encryptedWith: CMK });
  const bucket = resource('s3', 'documents', { encryptedWith: CMK.replace(/.$/, '2') });

  function tried(state: WorldState, arn: string): string {
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE });
    until(state, new Date(state.now + DAY / 2).toISOString());
    const job = state.jobsOf(arn).at(-1);
    return `${job?.state} ${job?.statusMessage}`.trim();
  }

  function withTwoKeys(): WorldState {
    const state = withKey('2027-01-01', { vaults: [vault('main')], resources: [files, disk, bucket] });
    createKey(state, ENV, {}, KEY_ID.replace(/.$/, '2'));
    return state;
  }

  test('fail while the key of the vault is disabled, where it encrypts the backup (B4.3/7, B7.1/1)', () => {
    const state = withTwoKeys();
    expect(tried(state, files.arn)).toBe('COMPLETED');
    disableKey(state, ENV, { KeyId: CMK });
    expect(tried(state, files.arn)).toBe(`FAILED ${UNUSABLE}`);
    expect(tried(state, bucket.arn)).toBe(`FAILED ${UNUSABLE}`);
    enableKey(state, ENV, { KeyId: CMK });
    expect(tried(state, files.arn)).toBe('COMPLETED');
  });

  test('fail while the key of the resource waits for its deletion and after it, but for buckets (B4.3/7)', () => {
    const state = withTwoKeys();
    const KeyId = KEY_ID.replace(/.$/, '2');
    scheduleKeyDeletion(state, ENV, { KeyId, PendingWindowInDays: 7 });
    expect(tried(state, files.arn)).toBe(`FAILED ${UNUSABLE}`);
    expect(tried(state, bucket.arn)).toBe('COMPLETED');
    expect(tried(state, disk.arn)).toBe('COMPLETED');
    until(state, '2027-01-09');
    expect(tried(state, files.arn)).toBe(`FAILED ${GONE}`);
  });

  test('of a service that is not fully managed do not ask for the key of the vault (B7.1/1)', () => {
    const plain = resource('ebs', 'vol-2');
    const state = withKey('2027-01-01', { vaults: [vault('main')], resources: [plain, disk] });
    disableKey(state, ENV, { KeyId: CMK });
    expect(tried(state, plain.arn)).toBe('COMPLETED');
    expect(tried(state, disk.arn)).toBe(`FAILED ${UNUSABLE}`);
  });

  test('that are under way fail at their end when the key went meanwhile', () => {
    const state = withTwoKeys();
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: files.arn, IamRoleArn: ROLE });
    until(state, '2027-01-01T00:01Z');
    disableKey(state, ENV, { KeyId: CMK });
    until(state, '2027-01-01T01:00Z');
    expect(state.jobsOf(files.arn)).toMatchObject([{ state: 'FAILED', statusMessage: UNUSABLE }]);
    expect(state.pointsOf(files.arn)).toEqual([]);
  });

  test('copy nothing from under a deleted key, nor into a vault whose key is disabled (B4.3/7)', () => {
    const other = vault('other', { encryptionKeyArn: CMK.replace(/.$/, '3') });
    const state = withKey('2027-01-01', { vaults: [vault('main'), other], resources: [files] });
    createKey(state, ENV, {}, KEY_ID.replace(/.$/, '3'));
    expect(tried(state, files.arn)).toBe('COMPLETED');
    const copied = () => {
      const point = state.pointsOf(files.arn)[0];
      startCopyJob(state, ENV, {
        SourceBackupVaultName: 'main',
        DestinationBackupVaultArn: vaultArn('other'),
        RecoveryPointArn: point?.recoveryPointArn,
        IamRoleArn: ROLE,
      });
      until(state, new Date(state.now + DAY / 2).toISOString());
      const job = state.jobsOf(files.arn).at(-1);
      return `${job?.kind} ${job?.state} ${job?.statusMessage}`.trim();
    };
    expect(copied()).toBe('copy COMPLETED');
    disableKey(state, ENV, { KeyId: KEY_ID.replace(/.$/, '3') });
    expect(copied()).toBe(`copy FAILED ${UNUSABLE}`);
    enableKey(state, ENV, { KeyId: KEY_ID.replace(/.$/, '3') });
    scheduleKeyDeletion(state, ENV, { KeyId: CMK, PendingWindowInDays: 7 });
    expect(copied()).toBe(`copy FAILED ${UNUSABLE}`);
    until(state, '2027-01-12');
    expect(copied()).toBe(`copy FAILED ${GONE}`);
  });

  test('of a plan fail from the day on which its key is scheduled for deletion (B4.3/7)', () => {
    const daily = plan('daily', [rule('daily')]);
    const state = withKey('2027-01-01', { vaults: [vault('main')], plans: [daily], resources: [files] });
    until(state, '2027-01-04');
    scheduleKeyDeletion(state, ENV, { KeyId: CMK, PendingWindowInDays: 30 });
    until(state, '2027-01-06');
    expect(state.jobsOf(files.arn).map((job) => job.state)).toEqual([
      'COMPLETED',
      'COMPLETED',
      'COMPLETED',
      'FAILED',
      'FAILED',
    ]);
  });
});
