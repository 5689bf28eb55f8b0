// Restores of EKS clusters with the volumes that were backed up with them.
import type { WorldState } from '../../../engine/src/domain/world-state';
import { describeRestoreJob } from '../../../engine/src/operations/backup/describe-restore-job';
import { listRestoreJobs } from '../../../engine/src/operations/backup/list-restore-jobs';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { AwsFault } from '../../../engine/src/operations/fault';
import { CMK, ENV, resource, ROLE, until, vault, world } from './stage';

const VOLUME = resource('ebs', 'vol-0123456789abcdef0', { encryptedWith: CMK, sizeGiB: 100 });
const CLUSTER = resource('eks', 'prod', { members: { data: VOLUME.arn } });
const ELSEWHERE = { availabilityZone: 'eu-central-1a' };

function backedUp(): { state: WorldState; parent: string; volume: string } {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [CLUSTER, VOLUME] });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: CLUSTER.arn, IamRoleArn: ROLE });
  until(state, '2027-01-02');
  const parent = state.pointsOf(CLUSTER.arn).find((point) => point.recoveryPointArn.includes(':composite:'));
  const [volume] = state.pointsOf(VOLUME.arn);
  return { state, parent: parent?.recoveryPointArn ?? '', volume: volume?.recoveryPointArn ?? '' };
}

function restore(state: WorldState, RecoveryPointArn: string, nested?: unknown) {
  const Metadata = {
    clusterName: 'again',
    newCluster: 'true',
    ...(nested !== undefined && { nestedRestoreJobs: JSON.stringify(nested) }),
  };
  return startRestoreJob(state, ENV, { RecoveryPointArn, IamRoleArn: ROLE, Metadata });
}

test('the restore of a cluster brings the volumes along that it names, as jobs nested in it (B8/7)', () => {
  const { state, parent, volume } = backedUp();
  const { RestoreJobId } = restore(state, parent, { [volume]: ELSEWHERE });
  until(state, '2027-01-02T00:03Z');
  const [nested, ...more] = listRestoreJobs(state, ENV, { ByParentJobId: RestoreJobId }).RestoreJobs ?? [];
  expect(more).toEqual([]);
  expect(nested).toMatchObject({ ParentJobId: RestoreJobId, IsParent: false, RecoveryPointArn: volume });
  // The state of the cluster is restored before its volume.
  expect(describeRestoreJob(state, ENV, { RestoreJobId })).toMatchObject({ Status: 'RUNNING', IsParent: true });
  until(state, '2027-01-02T01:00Z');
  const made = describeRestoreJob(state, ENV, { RestoreJobId });
  expect(made).toMatchObject({ Status: 'COMPLETED', CreatedResourceArn: CLUSTER.arn.replace('prod', 'again') });
  const copy = state.resources.find(({ arn }) => arn === made.CreatedResourceArn);
  const restored = describeRestoreJob(state, ENV, { RestoreJobId: nested?.RestoreJobId }).CreatedResourceArn;
  expect(copy?.members).toEqual({ data: restored });
});

test('a cluster without volumes that it names has none, and one whose volume fails is FAILED (B8/7)', () => {
  const alone = backedUp();
  restore(alone.state, alone.parent);
  until(alone.state, '2027-01-02T01:00Z');
  expect(alone.state.resources.find(({ name }) => name === 'again')).not.toHaveProperty('members');
  const broken = backedUp();
  const { RestoreJobId } = restore(broken.state, broken.parent, { [broken.volume]: JSON.stringify(ELSEWHERE) });
  deleteRecoveryPoint(broken.state, ENV, { BackupVaultName: 'main', RecoveryPointArn: broken.volume });
  until(broken.state, '2027-01-02T01:00Z');
  const failed = { Status: 'FAILED', StatusMessage: 'Nested jobs failed.' };
  expect(describeRestoreJob(broken.state, ENV, { RestoreJobId })).toMatchObject(failed);
});

test('what is not JSON of points nested in the composite is refused (B8/7)', () => {
  const { state, parent, volume } = backedUp();
  expect(() => restore(state, parent, { 'arn:aws:ec2:eu-central-1::snapshot/snap-1': ELSEWHERE })).toThrow(AwsFault);
  expect(() => restore(state, parent, 'volumes')).toThrow('must be a JSON object');
  expect(() => restore(state, parent, { [volume]: { ...ELSEWHERE, colour: 'red' } })).toThrow('colour');
});

test('a cluster is COMPLETED when its own part and all volumes are, whichever comes last (B8/7)', () => {
  const endsOf = (bytesOfParent: number | undefined) => {
    const { state, parent, volume } = backedUp();
    restore(state, parent, { [volume]: ELSEWHERE });
    const [whole] = state.restores.list().filter(({ isParent }) => isParent);
    if (bytesOfParent !== undefined) {
      Object.assign(whole ?? {}, { sizeBytes: bytesOfParent });
    }
    until(state, '2027-01-03');
    const [one] = whole?.nested ?? [];
    // Each of the two comes to its end once.
    const ends = state.events().filter(({ kind, what }) => kind === 'restore-job' && what === 'COMPLETED');
    expect(ends).toHaveLength(2);
    return { whole: whole?.completedAt ?? 0, nested: one?.completedAt ?? 0 };
  };
  const own = endsOf(2 ** 40);
  expect(own.whole).toBeGreaterThan(own.nested);
  const last = endsOf(0);
  expect(last.nested).toBeGreaterThan(0);
  expect(last.whole).toBe(last.nested);
});
