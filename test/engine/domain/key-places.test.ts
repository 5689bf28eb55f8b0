// Keys of several accounts and Regions side by side, and which of them a job asks about.
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { listRestoreJobs } from '../../../engine/src/operations/backup/list-restore-jobs';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { cancelKeyDeletion } from '../../../engine/src/operations/kms/cancel-key-deletion';
import { createAlias } from '../../../engine/src/operations/kms/create-alias';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { describeKey } from '../../../engine/src/operations/kms/describe-key';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { enableKey } from '../../../engine/src/operations/kms/enable-key';
import { listAliases } from '../../../engine/src/operations/kms/list-aliases';
import { listKeys } from '../../../engine/src/operations/kms/list-keys';
import { replicateKey } from '../../../engine/src/operations/kms/replicate-key';
import { scheduleKeyDeletion } from '../../../engine/src/operations/kms/schedule-key-deletion';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { inject } from '../scenarios/fault-stage';
import { CMK, DAY, ENV, resource, ROLE, until, vault, vaultArn, world } from '../scenarios/stage';

const IDS = ['c', 'a', 'b'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000001`);
const IRELAND = { ...ENV, region: 'eu-west-1' };
const OTHER = { ...ENV, account: '444455556666' };
const PLACES = [ENV, IRELAND, OTHER];
const KEY_ID = CMK.split('/').at(-1) ?? '';

describe('of several accounts and Regions', () => {
  test('each lists its own keys, by ARN, without those that are gone', () => {
    const state = world('2027-01-01', {});
    for (const env of PLACES) {
      IDS.forEach((id) => createKey(state, env, {}, id));
    }
    const listed = (env = ENV) => listKeys(state, env, {}).Keys?.map(({ KeyArn }) => KeyArn);
    const arns = (env = ENV) => [...IDS].sort().map((id) => `arn:aws:kms:${env.region}:${env.account}:key/${id}`);
    expect(PLACES.map(listed)).toEqual(PLACES.map(arns));
    scheduleKeyDeletion(state, ENV, { KeyId: IDS[1], PendingWindowInDays: 7 });
    until(state, '2027-01-09');
    expect([listed(), listed(IRELAND)]).toEqual([arns().slice(1), arns(IRELAND)]);
  });

  test('each has aliases of its own, by name, which go with their key and no other', () => {
    const state = world('2027-01-01', {});
    for (const env of PLACES) {
      IDS.slice(0, 2).forEach((id) => createKey(state, env, {}, id));
      createAlias(state, env, { AliasName: 'alias/vaults', TargetKeyId: IDS[0] });
      createAlias(state, env, { AliasName: 'alias/files', TargetKeyId: IDS[1] });
      createAlias(state, env, { AliasName: 'alias/kept', TargetKeyId: IDS[1] });
    }
    const listed = (env = ENV) => listAliases(state, env, {}).Aliases?.map(({ AliasArn }) => AliasArn);
    const arns = (env = ENV) =>
      ['files', 'kept', 'vaults'].map((name) => `arn:aws:kms:${env.region}:${env.account}:alias/${name}`);
    expect(PLACES.map(listed)).toEqual(PLACES.map(arns));
    scheduleKeyDeletion(state, ENV, { KeyId: IDS[0], PendingWindowInDays: 7 });
    until(state, '2027-01-09');
    expect([listed(), listed(OTHER)]).toEqual([arns().slice(0, 2), arns(OTHER)]);
  });

  test('none changes the ids that keys get elsewhere', () => {
    const made = (before: (state: WorldState) => void) => {
      const state = world('2027-01-01', {});
      before(state);
      return createKey(state, ENV, {}).KeyMetadata?.KeyId;
    };
    const alone = made(() => {});
    expect(made((state) => createKey(state, IRELAND, {}))).toBe(alone);
    expect(made((state) => createKey(state, OTHER, {}))).toBe(alone);
    expect(made((state) => describeKey(state, ENV, { KeyId: 'alias/aws/backup' }))).toBe(alone);
    expect(made((state) => createKey(state, ENV, {}))).not.toBe(alone);
  });
});

describe('the log', () => {
  const told = (state: WorldState) =>
    state
      .events()
      .filter(({ kind }) => kind === 'key')
      .map(({ what }) => what);

  test('tells what happens to a key once, and whose it is', () => {
    const state = world('2027-01-01', {});
    createKey(state, ENV, {}, KEY_ID);
    enableKey(state, ENV, { KeyId: CMK });
    disableKey(state, ENV, { KeyId: CMK });
    disableKey(state, ENV, { KeyId: CMK });
    const before = told(state);
    scheduleKeyDeletion(state, ENV, { KeyId: CMK, PendingWindowInDays: 7 });
    cancelKeyDeletion(state, ENV, { KeyId: CMK });
    scheduleKeyDeletion(state, ENV, { KeyId: CMK, PendingWindowInDays: 7 });
    until(state, '2027-01-10');
    const all = told(state);
    expect(all.slice(before.length)).toHaveLength(4);
    expect(all.filter((what) => what === 'deleted')).toHaveLength(1);
    expect(new Set(all).size).toBeGreaterThan(1);
  });

  test('is another for a key that was enabled although it was', () => {
    const digest = (again: boolean) => {
      const state = world('2027-01-01', {});
      createKey(state, ENV, {}, KEY_ID);
      if (again) {
        enableKey(state, ENV, { KeyId: CMK });
      }
      return state.digest();
    };
    expect(digest(true)).toBe(digest(false));
  });
});

describe('a primary with two replicas', () => {
  const REGIONS = ['us-east-1', 'eu-west-1'];
  const stateOf = (state: WorldState, KeyId: string, env = ENV) =>
    describeKey(state, env, { KeyId }).KeyMetadata?.KeyState;
  const family = () => {
    const state = world('2027-01-01', {});
    const KeyId = createKey(state, ENV, { MultiRegion: true }).KeyMetadata?.KeyId ?? '';
    REGIONS.forEach((ReplicaRegion) => replicateKey(state, ENV, { KeyId, ReplicaRegion }));
    return [state, KeyId] as const;
  };
  const drop = (state: WorldState, KeyId: string, region: string) => {
    scheduleKeyDeletion(state, { ...ENV, region }, { KeyId, PendingWindowInDays: 7 });
    until(state, new Date(state.now + 8 * DAY).toISOString());
  };

  test('waits until the last of them is gone', () => {
    const [state, KeyId] = family();
    scheduleKeyDeletion(state, ENV, { KeyId, PendingWindowInDays: 10 });
    expect(stateOf(state, KeyId)).toBe('PendingReplicaDeletion');
    drop(state, KeyId, 'us-east-1');
    expect(stateOf(state, KeyId)).toBe('PendingReplicaDeletion');
    drop(state, KeyId, 'eu-west-1');
    expect(describeKey(state, ENV, { KeyId }).KeyMetadata).toMatchObject({
      KeyState: 'PendingDeletion',
      DeletionDate: new Date('2027-01-26'),
    });
  });

  test('stays as it is when they go by themselves, and then goes at once', () => {
    const [state, KeyId] = family();
    REGIONS.forEach((region) => drop(state, KeyId, region));
    expect(stateOf(state, KeyId)).toBe('Enabled');
    scheduleKeyDeletion(state, ENV, { KeyId, PendingWindowInDays: 7 });
    expect(stateOf(state, KeyId)).toBe('PendingDeletion');
  });
});

describe('a job asks about its own keys alone', () => {
  const OTHER_KEY = CMK.replace(/.$/, '2');
  const files = resource('efs', 'fs-1');
  const locked = resource('efs', 'fs-2', { encryptedWith: OTHER_KEY });

  function tried(state: WorldState, arn = files.arn): string {
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE });
    until(state, new Date(state.now + DAY / 2).toISOString());
    const job = state.jobsOf(arn).at(-1);
    return `${job?.state} ${job?.why}`.trim();
  }

  test('not about one that others use, nor about one that the World does not know', () => {
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [files, locked] });
    createKey(state, ENV, {}, OTHER_KEY.split('/').at(-1));
    disableKey(state, ENV, { KeyId: OTHER_KEY });
    expect(tried(state)).toMatch(/^COMPLETED/);
    expect(tried(state, locked.arn)).toMatch(/^FAILED/);
  });

  test('about the key behind the alias that a resource names, which a fault may bar', () => {
    const alias = `arn:aws:kms:${ENV.region}:${ENV.account}:alias/files`;
    const aliased = resource('efs', 'fs-3', { encryptedWith: alias });
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [aliased] });
    createKey(state, ENV, {}, OTHER_KEY.split('/').at(-1));
    createAlias(state, ENV, { AliasName: 'alias/files', TargetKeyId: OTHER_KEY });
    const fault = inject(state, { kind: 'key-disabled', key: OTHER_KEY });
    expect(tried(state, aliased.arn)).toMatch(/^FAILED .*injected: the key is disabled/);
    state.faults.clear(fault);
    expect(tried(state, aliased.arn)).toMatch(/^COMPLETED/);
    disableKey(state, ENV, { KeyId: OTHER_KEY });
    expect(tried(state, aliased.arn)).toMatch(/^FAILED/);
    expect(tried(state, aliased.arn)).not.toContain('injected');
  });

  test('before it begins: it fails at once, and moves nothing (B4.3/7)', () => {
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [files] });
    createKey(state, ENV, {}, KEY_ID);
    disableKey(state, ENV, { KeyId: CMK });
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: files.arn, IamRoleArn: ROLE });
    expect(state.jobsOf(files.arn)).toMatchObject([{ state: 'FAILED', startedAt: undefined, transferredBytes: 0 }]);
  });

  test('and a restore about that of the point: a copy has the key of its vault (B7.1/1)', () => {
    const disk = resource('ebs', 'vol-1', { encryptedWith: OTHER_KEY });
    const far = vault('far', { encryptionKeyArn: CMK.replace(/.$/, '3') });
    const state = world('2027-01-01', { vaults: [vault('main'), far], resources: [disk] });
    [OTHER_KEY, CMK.replace(/.$/, '3')].forEach((arn) => createKey(state, ENV, {}, arn.split('/').at(-1)));
    tried(state, disk.arn);
    startCopyJob(state, ENV, {
      SourceBackupVaultName: 'main',
      DestinationBackupVaultArn: vaultArn('far'),
      RecoveryPointArn: state.pointsOf(disk.arn)[0]?.recoveryPointArn,
      IamRoleArn: ROLE,
    });
    until(state, new Date(state.now + DAY / 2).toISOString());
    const restored = (name: string) => {
      const point = state.pointsOf(disk.arn).find(({ backupVaultName }) => backupVaultName === name);
      const Metadata = { availabilityZone: `${ENV.region}a`, encrypted: 'true' };
      startRestoreJob(state, ENV, { RecoveryPointArn: point?.recoveryPointArn, IamRoleArn: ROLE, Metadata });
      until(state, new Date(state.now + DAY / 2).toISOString());
      return listRestoreJobs(state, ENV, {}).RestoreJobs?.[0]?.Status;
    };
    disableKey(state, ENV, { KeyId: OTHER_KEY });
    expect([restored('main'), restored('far')]).toEqual(['FAILED', 'COMPLETED']);
    enableKey(state, ENV, { KeyId: OTHER_KEY });
    disableKey(state, ENV, { KeyId: CMK.replace(/.$/, '3') });
    expect([restored('main'), restored('far')]).toEqual(['COMPLETED', 'FAILED']);
  });

  test('and a copy tells the fault that bars one of its keys before whatever else is wrong with the other', () => {
    const far = vault('far', { encryptionKeyArn: OTHER_KEY });
    const state = world('2027-01-01', { vaults: [vault('main'), far], resources: [files] });
    createKey(state, ENV, {}, OTHER_KEY.split('/').at(-1));
    tried(state);
    const copied = () => {
      const [point] = state.pointsOf(files.arn);
      startCopyJob(state, ENV, {
        SourceBackupVaultName: 'main',
        DestinationBackupVaultArn: vaultArn('far'),
        RecoveryPointArn: point?.recoveryPointArn,
        IamRoleArn: ROLE,
      });
      until(state, new Date(state.now + DAY / 2).toISOString());
      const job = state.jobsOf(files.arn).at(-1);
      return `${job?.kind} ${job?.state} ${job?.why}`;
    };
    disableKey(state, ENV, { KeyId: OTHER_KEY });
    expect(copied()).toMatch(/^copy FAILED/);
    expect(copied()).not.toContain('injected');
    inject(state, { kind: 'key-deleted', key: CMK });
    expect(copied()).toMatch(/^copy FAILED .*injected: the key was deleted/);
  });
});
