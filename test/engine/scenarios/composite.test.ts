// Composite backups: stacks and clusters with their members, their jobs, points, copies and ends.
import type { StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { describeBackupJob } from '../../../engine/src/operations/backup/describe-backup-job';
import { describeRecoveryPoint } from '../../../engine/src/operations/backup/describe-recovery-point';
import { disassociateRecoveryPointFromParent } from '../../../engine/src/operations/backup/disassociate-recovery-point-from-parent';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { listCopyJobs } from '../../../engine/src/operations/backup/list-copy-jobs';
import { listRecoveryPointsByBackupVault } from '../../../engine/src/operations/backup/list-recovery-points-by-backup-vault';
import { listRecoveryPointsByResource } from '../../../engine/src/operations/backup/list-recovery-points-by-resource';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { stopBackupJob } from '../../../engine/src/operations/backup/stop-backup-job';
import { updateRecoveryPointLifecycle } from '../../../engine/src/operations/backup/update-recovery-point-lifecycle';
import { AwsFault } from '../../../engine/src/operations/fault';
import { CMK, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from './stage';

const MAIN = { BackupVaultName: 'main' };
const TABLE = resource('dynamodb-advanced', 'orders');
const FILES = resource('efs', 'files', { tags: { backup: 'daily' } });
const DATABASE = resource('rds', 'ledger', { encryptedWith: CMK });
const BUCKET = resource('s3', 'pictures');
const QUEUE = 'arn:aws:sqs:eu-central-1:111122223333:queue';

function stack(members: Readonly<Record<string, string>>, more: Partial<StatefulResource> = {}): StatefulResource {
  return resource('cloudformation', more.name ?? 'shop', { members: { ...members }, sizeGiB: 0.01, ...more });
}

const SHOP = stack({ Orders: TABLE.arn, Files: FILES.arn });
/** 05:00 every day, of one stack or cluster alone. */
const daily = (of: StatefulResource, more = {}) =>
  plan('daily', [rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)', ...more })], {
    selections: [{ selectionName: 'one', iamRoleArn: ROLE, resources: [of.arn] }],
  });

function backedUp(of: StatefulResource, members: StatefulResource[], end = '2027-01-01T12:00Z', more = {}): WorldState {
  const vaults = [vault('main'), vault('other')];
  const state = world('2027-01-01', { vaults, resources: [of, ...members], plans: [daily(of, more)] });
  return until(state, end);
}

function jobs(state: WorldState, input: Parameters<typeof listBackupJobs>[2] = {}) {
  return listBackupJobs(state, ENV, input).BackupJobs ?? [];
}

function points(state: WorldState, BackupVaultName = 'main') {
  return listRecoveryPointsByBackupVault(state, ENV, { BackupVaultName }).RecoveryPoints ?? [];
}

function parentOf(state: WorldState, name = 'main') {
  return points(state, name).find((point) => point.IsParent);
}

/** Members of a parent point, by id; the own part has none. */
function membersOf(state: WorldState, ByParentRecoveryPointArn = parentOf(state)?.RecoveryPointArn, name = 'main') {
  const input = { BackupVaultName: name, ...(ByParentRecoveryPointArn !== undefined && { ByParentRecoveryPointArn }) };
  const found = listRecoveryPointsByBackupVault(state, ENV, input).RecoveryPoints ?? [];
  return new Map(found.filter((one) => one.IsParent !== true).map((one) => [one.CompositeMemberIdentifier ?? '', one]));
}

function remove(state: WorldState, RecoveryPointArn: string | undefined): void {
  deleteRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn });
}

describe('a stack with an unsupported resource (vector 17)', () => {
  const state = () => backedUp(stack({ Orders: TABLE.arn, Queue: QUEUE }), [TABLE]);

  test('is PARTIAL, as job and as point (B4.5/2)', () => {
    const found = state();
    expect(jobs(found).find((job) => job.IsParent)).toMatchObject({
      State: 'PARTIAL',
      StatusMessage: 'Backup job completed partially. Some resources were not backed up.',
    });
    expect(parentOf(found)).toMatchObject({ Status: 'PARTIAL', ResourceType: 'CloudFormation' });
    expect([...membersOf(found).keys()].sort()).toEqual(['', 'Orders']);
  });

  test('is not deleted while it has children, and disappears with the last of them (B4.5/4, B5.1/3)', () => {
    const found = state();
    const parent = parentOf(found)?.RecoveryPointArn;
    const [first, last] = [...membersOf(found).values()];
    expect(() => {
      remove(found, parent);
    }).toThrow(AwsFault);
    remove(found, first?.RecoveryPointArn);
    expect(parentOf(found)?.RecoveryPointArn).toBe(parent);
    expect(() => {
      remove(found, parent);
    }).toThrow('nested recovery points');
    remove(found, last?.RecoveryPointArn);
    expect(points(found)).toEqual([]);
  });
});

test('a parent job has a child for the template and for each member, and names none itself (B4.5/1)', () => {
  const state = backedUp(SHOP, [TABLE, FILES]);
  const parent = jobs(state).find((job) => job.IsParent);
  const children = jobs(state, { ByParentJobId: parent?.BackupJobId ?? '' });
  expect(children.map((job) => job.ResourceArn).sort()).toEqual([SHOP.arn, TABLE.arn, FILES.arn].sort());
  expect(children.every((job) => job.State === 'COMPLETED' && job.ParentJobId === parent?.BackupJobId)).toBe(true);
  expect(new Set(jobs(state).map((job) => job.BackupJobId)).size).toBe(4);
  expect(parent).not.toHaveProperty('NumberOfChildJobs');
  expect(describeBackupJob(state, ENV, { BackupJobId: parent?.BackupJobId })).toMatchObject({
    State: 'COMPLETED',
    NumberOfChildJobs: 3,
    ChildJobsInState: { COMPLETED: 3 },
  });
  expect(describeBackupJob(state, ENV, { BackupJobId: children[0]?.BackupJobId })).not.toHaveProperty(
    'ChildJobsInState',
  );
});

test('a parent point is COMPLETED over children that name it and their logical ids (B4.5/1, B4.5/2)', () => {
  const state = backedUp(SHOP, [TABLE, FILES]);
  const parent = parentOf(state);
  const members = membersOf(state);
  expect(parent).toMatchObject({ Status: 'COMPLETED', ResourceArn: SHOP.arn, IsParent: true });
  expect([...members.keys()].sort()).toEqual(['', 'Files', 'Orders']);
  for (const member of members.values()) {
    expect(member).toMatchObject({ IsParent: false, ParentRecoveryPointArn: parent?.RecoveryPointArn });
  }
  expect(parent?.BackupSizeInBytes).toBe(
    [...members.values()].reduce((sum, one) => sum + (one.BackupSizeInBytes ?? 0), 0),
  );
  const [own] = listRecoveryPointsByResource(state, ENV, { ResourceArn: FILES.arn }).RecoveryPoints ?? [];
  expect(own).toMatchObject({ IsParent: false, ParentRecoveryPointArn: parent?.RecoveryPointArn });
});

test('a stack is backed up in a state with COMPLETE in its name alone (B4.5/3)', () => {
  for (const [state, expected] of [
    ['CREATE_COMPLETE', 'COMPLETED'],
    ['UPDATE_ROLLBACK_COMPLETE', 'COMPLETED'],
    ['UPDATE_IN_PROGRESS', 'FAILED'],
    ['ROLLBACK_FAILED', 'FAILED'],
  ]) {
    const found = backedUp(stack({ Orders: TABLE.arn }, { state: state ?? '' }), [TABLE]);
    expect(
      jobs(found).find((job) => job.ResourceType === 'CloudFormation' && job.ParentJobId === undefined)?.State,
    ).toBe(expected);
    expect(points(found)).toHaveLength(expected === 'COMPLETED' ? 3 : 0);
  }
});

test('members get snapshots, whatever the rule says of continuous backup (B4.5/3)', () => {
  const shop = stack({ Pictures: BUCKET.arn });
  const state = backedUp(shop, [BUCKET], '2027-01-01T12:00Z', { enableContinuousBackup: true });
  expect(state.pointsOf(BUCKET.arn)).toMatchObject([
    { continuous: false, why: `the composite backup of ${shop.arn} made it` },
  ]);
});

describe('stacks within a stack (B4.5/3)', () => {
  /** `depth` stacks, each within the one before; the innermost holds the table. */
  function nested(depth: number): StatefulResource[] {
    const inner = stack({ Orders: TABLE.arn }, { name: `s${depth}` });
    const all = [inner];
    for (let level = depth - 1; level >= 0; level--) {
      all.unshift(stack({ Inner: all[0]?.arn ?? '' }, { name: `s${level}` }));
    }
    return all;
  }

  test('ten layers are followed, and named by the way to them', () => {
    const [outer, ...inner] = nested(10);
    const state = backedUp(outer as StatefulResource, [...inner, TABLE]);
    expect(parentOf(state)?.Status).toBe('COMPLETED');
    expect(membersOf(state).get(`${'Inner/'.repeat(10)}Orders`)?.ResourceArn).toBe(TABLE.arn);
  });

  test('the eleventh is left out', () => {
    const [outer, ...inner] = nested(11);
    const state = backedUp(outer as StatefulResource, [...inner, TABLE]);
    expect(parentOf(state)?.Status).toBe('PARTIAL');
    expect(state.pointsOf(TABLE.arn)).toEqual([]);
  });
});

test('a member that fails or expires leaves its parent PARTIAL; a parent without any member FAILED (B4.5/2)', () => {
  const broken = { ...DATABASE, state: 'modifying' };
  const shop = stack({ Orders: TABLE.arn, Ledger: broken.arn });
  const state = backedUp(shop, [TABLE, broken]);
  const parent = jobs(state).find((job) => job.IsParent);
  expect(describeBackupJob(state, ENV, { BackupJobId: parent?.BackupJobId })).toMatchObject({
    State: 'PARTIAL',
    NumberOfChildJobs: 3,
    ChildJobsInState: { COMPLETED: 2, FAILED: 1 },
  });
  const gone = world('2027-01-01', {
    vaults: [vault('main', { vaultLock: { minRetentionDays: 40 } })],
    resources: [SHOP, TABLE, FILES],
    plans: [daily(SHOP)],
  });
  expect(jobs(until(gone, '2027-01-02'))).toMatchObject([{ State: 'FAILED', ResourceArn: SHOP.arn }]);
  expect(points(gone)).toEqual([]);
});

test('a parent whose children all came to nothing is FAILED, and makes no point (B4.5/2)', () => {
  const shop = stack({ Orders: TABLE.arn });
  const state = backedUp(shop, [{ ...TABLE, sizeGiB: 100 }], '2027-01-01T05:01Z');
  for (const job of jobs(state).filter((one) => one.IsParent !== true)) {
    stopBackupJob(state, ENV, { BackupJobId: job.BackupJobId });
  }
  until(state, '2027-01-01T12:00Z');
  expect(jobs(state).find((job) => job.IsParent)).toMatchObject({
    State: 'FAILED',
    StatusMessage: 'Nested jobs failed.',
  });
  expect(points(state)).toEqual([]);
});

test('a member that another job keeps busy waits, and its parent with it (B4.5/1)', () => {
  const big = { ...TABLE, sizeGiB: 1000 };
  const vaults = [vault('main')];
  const state = world('2027-01-01T04:59Z', { vaults, resources: [SHOP, big, FILES], plans: [daily(SHOP)] });
  startBackupJob(state, ENV, { ...MAIN, ResourceArn: big.arn, IamRoleArn: ROLE });
  until(state, '2027-01-01T06:00Z');
  const parent = jobs(state).find((job) => job.IsParent);
  expect(describeBackupJob(state, ENV, { BackupJobId: parent?.BackupJobId })).toMatchObject({
    State: 'RUNNING',
    ChildJobsInState: { COMPLETED: 2, CREATED: 1 },
  });
  expect(jobs(until(state, '2027-01-01T12:00Z')).every((job) => job.State === 'COMPLETED')).toBe(true);
});

test('a parent lives as long as the child that lives longest, and goes with it (B4.5/4)', () => {
  const state = backedUp(SHOP, [TABLE, FILES], '2027-01-01T12:00Z', { lifecycle: { deleteAfterDays: 1 } });
  const arn = membersOf(state).get('Orders')?.RecoveryPointArn;
  expect(parentOf(state)?.CalculatedLifecycle?.DeleteAt).toEqual(new Date('2027-01-02T05:00Z'));
  const input = { ...MAIN, RecoveryPointArn: arn, Lifecycle: { DeleteAfterDays: 3 } };
  updateRecoveryPointLifecycle(state, ENV, input);
  const parent = parentOf(state)?.RecoveryPointArn;
  expect(parentOf(state)?.CalculatedLifecycle?.DeleteAt).toEqual(new Date('2027-01-04T05:00Z'));
  expect(() => updateRecoveryPointLifecycle(state, ENV, { ...input, RecoveryPointArn: parent })).toThrow(AwsFault);
  until(state, '2027-01-02T13:00Z');
  expect(describeRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn: parent })).toMatchObject({ Status: 'PARTIAL' });
  until(state, '2027-01-04T13:00Z');
  expect(points(state).map((point) => point.RecoveryPointArn)).not.toContain(parent);
});

test('a child that is disassociated stays, its parent is PARTIAL, and neither knows the other (B4.5/2, B4.5/4)', () => {
  const state = backedUp(SHOP, [TABLE, FILES]);
  const parent = parentOf(state)?.RecoveryPointArn;
  const RecoveryPointArn = membersOf(state).get('Orders')?.RecoveryPointArn;
  disassociateRecoveryPointFromParent(state, ENV, { ...MAIN, RecoveryPointArn });
  expect(parentOf(state)?.Status).toBe('PARTIAL');
  expect([...membersOf(state, parent).keys()].sort()).toEqual(['', 'Files']);
  const alone = describeRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn });
  expect(alone).toMatchObject({ IsParent: false, Status: 'COMPLETED' });
  expect(alone).not.toHaveProperty('ParentRecoveryPointArn');
  for (const wrong of [RecoveryPointArn, parent]) {
    expect(() => {
      disassociateRecoveryPointFromParent(state, ENV, { ...MAIN, RecoveryPointArn: wrong });
    }).toThrow(AwsFault);
  }
});

test('what is stopped with a parent are its children, and no parent point comes of it (B4.3/8)', () => {
  const big = { ...TABLE, sizeGiB: 1000 };
  const state = backedUp(SHOP, [big, FILES], '2027-01-01T05:05Z');
  stopBackupJob(state, ENV, { BackupJobId: jobs(state).find((job) => job.IsParent)?.BackupJobId });
  until(state, '2027-01-01T12:00Z');
  expect(
    jobs(state)
      .map((job) => [job.ResourceType, job.IsParent, job.State])
      .sort(),
  ).toEqual([
    ['CloudFormation', false, 'COMPLETED'],
    ['CloudFormation', true, 'ABORTED'],
    ['DynamoDB', false, 'ABORTED'],
    ['EFS', false, 'COMPLETED'],
  ]);
  expect(parentOf(state)).toBeUndefined();
  expect(jobs(until(state, '2027-01-02T12:00Z')).find((job) => job.IsParent)?.State).toBe('COMPLETED');
});

describe('copies', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];

  test('bring the parent and its children along, with their lifecycles (B6.2/4)', () => {
    const state = backedUp(SHOP, [TABLE, FILES], '2027-01-01T12:00Z', { copyActions });
    const copies = listCopyJobs(state, ENV, {}).CopyJobs ?? [];
    const parent = copies.find((job) => job.IsParent);
    expect(parent).toMatchObject({ State: 'COMPLETED', NumberOfChildJobs: 3, ChildJobsInState: { COMPLETED: 3 } });
    const children = listCopyJobs(state, ENV, { ByParentJobId: parent?.CopyJobId }).CopyJobs ?? [];
    expect(children.map((job) => job.CompositeMemberIdentifier).sort()).toEqual(['Files', 'Orders', undefined]);
    const there = parentOf(state, 'other');
    expect(parent?.DestinationRecoveryPointArn).toBe(there?.RecoveryPointArn);
    expect(parent?.SourceRecoveryPointArn).toBe(parentOf(state)?.RecoveryPointArn);
    expect(there).toMatchObject({ Status: 'COMPLETED', SourceBackupVaultArn: vaultArn('main') });
    expect(there?.CalculatedLifecycle).toEqual(parentOf(state)?.CalculatedLifecycle);
    expect([...membersOf(state, there?.RecoveryPointArn, 'other').keys()].sort()).toEqual(['', 'Files', 'Orders']);
  });

  test('leave children out whose type is not copied there, and are PARTIAL then (B6.2/4)', () => {
    const volume = resource('fsx-ontap', 'fsvol-0123456789abcdef0', { name: 'volume' });
    const shop = stack({ Orders: TABLE.arn, Volume: volume.arn });
    const far = { ...ENV, region: 'eu-west-1' };
    const vaults = [vault('main'), vault('far', { env: far })];
    const actions = [{ destinationBackupVaultArn: vaultArn('far', far) }];
    const plans = [daily(shop, { copyActions: actions })];
    const state = until(world('2027-01-01', { vaults, resources: [shop, TABLE, volume], plans }), '2027-01-01T12:00Z');
    expect(parentOf(state)?.Status).toBe('COMPLETED');
    const parent = listCopyJobs(state, ENV, {}).CopyJobs?.find((job) => job.IsParent);
    expect(parent).toMatchObject({ State: 'PARTIAL', NumberOfChildJobs: 2 });
    const there = listRecoveryPointsByBackupVault(state, far, { BackupVaultName: 'far' }).RecoveryPoints ?? [];
    expect(there.map((point) => point.Status).sort()).toEqual(['COMPLETED', 'COMPLETED', 'PARTIAL']);
  });

  test('are made by hand of a parent with all of it, and of a child alone (B6.2/5)', () => {
    const state = backedUp(SHOP, [TABLE, FILES]);
    const input = { SourceBackupVaultName: 'main', DestinationBackupVaultArn: vaultArn('other'), IamRoleArn: ROLE };
    const orders = membersOf(state).get('Orders');
    const alone = startCopyJob(state, ENV, { ...input, RecoveryPointArn: orders?.RecoveryPointArn });
    expect(alone.IsParent).toBe(false);
    until(state, '2027-01-01T13:00Z');
    expect(points(state, 'other').map((point) => point.IsParent)).toEqual([false]);
    expect(startCopyJob(state, ENV, { ...input, RecoveryPointArn: parentOf(state)?.RecoveryPointArn }).IsParent).toBe(
      true,
    );
    until(state, '2027-01-01T14:00Z');
    expect(membersOf(state, parentOf(state, 'other')?.RecoveryPointArn, 'other').size).toBe(3);
    expect(points(state, 'other')).toHaveLength(5);
  });
});

describe('a cluster of EKS (B4.5/5)', () => {
  const VOLUME = resource('ebs', 'vol-0123456789abcdef0', { encryptedWith: CMK });
  const cluster = (members: Readonly<Record<string, string>>) => resource('eks', 'prod', { members: { ...members } });

  test('has a child for its state and one for each volume; others are left out', () => {
    const whole = backedUp(cluster({ data: VOLUME.arn, files: FILES.arn, pictures: BUCKET.arn }), [
      VOLUME,
      FILES,
      BUCKET,
    ]);
    expect(parentOf(whole)).toMatchObject({ Status: 'COMPLETED', ResourceType: 'EKS' });
    expect(parentOf(whole)?.RecoveryPointArn).toContain(':recovery-point:composite:eks/prod-20270101');
    const state = membersOf(whole).get('');
    expect(state?.RecoveryPointArn).toContain(':recovery-point:eks/prod-20270101');
    expect([...membersOf(whole).keys()].sort()).toEqual(['', 'data', 'files', 'pictures']);
    const partly = backedUp(cluster({ data: VOLUME.arn, ledger: DATABASE.arn }), [VOLUME, DATABASE]);
    expect(parentOf(partly)?.Status).toBe('PARTIAL');
    expect(partly.pointsOf(DATABASE.arn)).toEqual([]);
  });

  test('keeps its state: it is neither copied nor deleted nor taken out by itself', () => {
    const state = backedUp(cluster({ data: VOLUME.arn }), [VOLUME]);
    const parent = parentOf(state)?.RecoveryPointArn;
    const RecoveryPointArn = membersOf(state).get('')?.RecoveryPointArn;
    const copy = { SourceBackupVaultName: 'main', DestinationBackupVaultArn: vaultArn('other'), IamRoleArn: ROLE };
    for (const refused of [
      () => {
        remove(state, RecoveryPointArn);
      },
      () => startCopyJob(state, ENV, { ...copy, RecoveryPointArn }),
      () => {
        disassociateRecoveryPointFromParent(state, ENV, { ...MAIN, RecoveryPointArn });
      },
      () => {
        remove(state, parent);
      },
    ]) {
      expect(refused).toThrow(AwsFault);
    }
    remove(state, membersOf(state).get('data')?.RecoveryPointArn);
    remove(state, parent);
    expect(points(state)).toEqual([]);
  });
});

test('a composite point of a stack is not restored, its members are (B8/1)', () => {
  const state = backedUp(SHOP, [TABLE, FILES]);
  const input = { IamRoleArn: ROLE, Metadata: { targetTableName: 'again' } };
  expect(() => startRestoreJob(state, ENV, { ...input, RecoveryPointArn: parentOf(state)?.RecoveryPointArn })).toThrow(
    'nested',
  );
  const table = membersOf(state).get('Orders')?.RecoveryPointArn;
  expect(startRestoreJob(state, ENV, { ...input, RecoveryPointArn: table }).RestoreJobId).toBeDefined();
});

test('what is backed up as a member is not touched by the opt-in of its own type (B3.3/5)', () => {
  const vaults = [vault('main')];
  const off = { env: ENV, resourceTypeOptInPreference: { EFS: false } };
  const byTag = {
    selectionName: 'tagged',
    iamRoleArn: ROLE,
    listOfTags: [{ conditionKey: 'backup', conditionValue: 'daily' }],
  };
  const plans = [daily(SHOP), plan('tagged', [rule('r')], { selections: [byTag] })];
  const state = world('2027-01-01', { vaults, resources: [SHOP, TABLE, FILES], plans, regionSettings: [off] });
  expect(
    until(state, '2027-01-01T12:00Z')
      .pointsOf(FILES.arn)
      .map((point) => point.planName),
  ).toEqual(['daily']);
});
