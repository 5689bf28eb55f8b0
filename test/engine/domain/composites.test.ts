// Families of stacks: who is in them, and for how long they are known.
import { Composites, membersOf, protectedMember } from '../../../engine/src/domain/composites';
import { DAY } from '../../../engine/src/kernel/instant';
import { disassociateRecoveryPointFromParent } from '../../../engine/src/operations/backup/disassociate-recovery-point-from-parent';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { stopBackupJob } from '../../../engine/src/operations/backup/stop-backup-job';
import { ENV, resource, ROLE, until, vault, world } from '../scenarios/stage';

describe('the members of a stack', () => {
  const inner = resource('cloudformation', 'inner', { members: { Table: 'arn:t', Bucket: 'arn:b' } });
  const outer = resource('cloudformation', 'outer', { members: { Zone: 'arn:z', Nested: inner.arn, Alarm: 'arn:a' } });

  test('are itself, then the others by id, those of stacks within it behind the way to them (B4.5/1)', () => {
    const { resources } = world('2027-01-01', { resources: [inner, outer] }).ledger;
    const held = resources.tryFind(outer.arn);
    expect(held && membersOf(resources, held).slice(1)).toEqual([
      { id: 'Alarm', arn: 'arn:a' },
      { id: 'Nested', arn: inner.arn },
      { id: 'Nested/Bucket', arn: 'arn:b' },
      { id: 'Nested/Table', arn: 'arn:t' },
      { id: 'Zone', arn: 'arn:z' },
    ]);
    expect(held && membersOf(resources, held)[0]?.arn).toBe(outer.arn);
  });

  test('are each there once, though two stacks list them or a stack lists itself', () => {
    const twice = { Again: outer.arn, Nested: inner.arn, Table: 'arn:t', Zone: 'arn:z' };
    const listing = resource('cloudformation', 'listing', { members: twice });
    const circle = { ...outer, members: { ...outer.members, Up: listing.arn } };
    const { resources } = world('2027-01-01', { resources: [inner, circle, listing] }).ledger;
    const held = resources.tryFind(listing.arn);
    const arns = held === undefined ? [] : membersOf(resources, held).map(({ arn }) => arn);
    expect(arns.filter((arn) => arn !== '').sort()).toEqual(
      [listing.arn, outer.arn, inner.arn, 'arn:t', 'arn:z', 'arn:a', 'arn:b'].sort(),
    );
  });

  test('are followed ten layers down, and what is below is named as left out (B4.5/1)', () => {
    const chain = Array.from({ length: 13 }, (_, n) =>
      resource('cloudformation', `s${n}`, {
        members: n === 12 ? {} : { Next: resource('cloudformation', `s${n + 1}`).arn },
      }),
    );
    const { resources } = world('2027-01-01', { resources: chain }).ledger;
    const top = resources.tryFind(chain[0]?.arn ?? '');
    const members = top === undefined ? [] : membersOf(resources, top);
    const known = members.filter(({ arn }) => resources.tryFind(arn) !== undefined);
    expect(members.at(-1)?.id).toBe(
      Array(members.length - 1)
        .fill('Next')
        .join('/'),
    );
    expect([known.length, members.length]).toEqual([members.length - 1, known.length + 1]);
    expect(members.length).toBeLessThan(13);
  });
});

test('each stack that is too deep is named as left out (B4.5/1)', () => {
  const two = { One: resource('cloudformation', 'one').arn, Two: resource('cloudformation', 'two').arn };
  const chain = Array.from({ length: 11 }, (_, n) =>
    resource('cloudformation', `s${n}`, {
      members: n === 10 ? two : { Next: resource('cloudformation', `s${n + 1}`).arn },
    }),
  );
  const ends = ['one', 'two'].map((name) => resource('cloudformation', name));
  const { resources } = world('2027-01-01', { resources: [...chain, ...ends] }).ledger;
  const members = membersOf(resources, resources.tryFind(chain[0]!.arn)!);
  expect(members.slice(-2).map(({ id, arn }) => [id.split('/').at(-1), arn])).toEqual([
    ['One', ''],
    ['Two', ''],
  ]);
});

test('of a cluster that lists what is not there, the rest is backed up (B4.5/5)', () => {
  const cluster = resource('eks', 'prod', { members: { data: 'arn:aws:ec2:eu-central-1:1:volume/vol-gone' } });
  const { resources } = world('2027-01-01', { resources: [cluster] }).ledger;
  const found = resources.tryFind(cluster.arn)!;
  const backedUp = membersOf(resources, found).map((member) => protectedMember(resources, found, member)?.arn);
  expect(backedUp).toEqual([cluster.arn, undefined]);
});

describe('a family', () => {
  test('of jobs is known for 30 days, with its children (B4.1/11)', () => {
    const composites = new Composites();
    const first = composites.addJob(1, 0);
    composites.addChildJob(first, 2, 'Orders');
    composites.addJob(3, 1000);
    composites.addJob(4, 30 * DAY);
    expect([1, 2, 3].map((job) => composites.familyOfJob(job)?.parent)).toEqual([1, 1, 3]);
    composites.addJob(5, 30 * DAY + 1);
    expect([1, 2, 3, 4].map((job) => composites.familyOfJob(job)?.parent)).toEqual([undefined, undefined, 3, 4]);
  });

  test('of points knows its parent, which has children until the last of them leaves (B4.5/4)', () => {
    const composites = new Composites();
    composites.addPoint(
      7,
      new Map([
        [8, 'Orders'],
        [9, 'Files'],
      ]),
      false,
    );
    expect([7, 8, 10].map((row) => composites.isParent(row))).toEqual([true, false, false]);
    expect([7, 8, 10].map((row) => composites.hasChildren(row))).toEqual([true, false, false]);
    expect(composites.leave(8)?.parent).toBe(7);
    expect([composites.hasChildren(7), composites.familyOfPoint(8)]).toEqual([true, undefined]);
    composites.leave(9);
    expect([composites.hasChildren(7), composites.isParent(7)]).toEqual([false, true]);
    expect([composites.leave(7), composites.leave(10)]).toEqual([undefined, undefined]);
  });
});

test('a job of a stack that waits for another is stopped alone: the children are those of the other', () => {
  const table = resource('dynamodb-advanced', 'orders', { sizeGiB: 1000 });
  const stack = resource('cloudformation', 'shop', { members: { Orders: table.arn }, sizeGiB: 0.01 });
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [stack, table] });
  const asked = { BackupVaultName: 'main', ResourceArn: stack.arn, IamRoleArn: ROLE };
  startBackupJob(state, ENV, asked);
  until(state, '2027-01-01T00:05Z');
  const { BackupJobId } = startBackupJob(state, ENV, asked);
  stopBackupJob(state, ENV, { BackupJobId });
  until(state, '2027-01-02T00:00Z');
  const jobs = listBackupJobs(state, ENV, {}).BackupJobs ?? [];
  const states = jobs.map((job) => [job.BackupJobId === BackupJobId, job.ResourceType, job.State]);
  expect(states.sort()).toEqual([
    [false, 'CloudFormation', 'COMPLETED'],
    [false, 'CloudFormation', 'COMPLETED'],
    [false, 'DynamoDB', 'COMPLETED'],
    [true, 'CloudFormation', 'ABORTED'],
  ]);
});

test.each([
  ['a locked vault', { minRetentionDays: 1 }, 'its backup vault is locked'],
  ['a vault', undefined, undefined],
])('the last member of a parent in %s is taken out of it or not (B4.5/4, B7.4/2)', (_, vaultLock, refusal) => {
  const table = resource('dynamodb-advanced', 'orders');
  const stack = resource('cloudformation', 'shop', { members: { Orders: table.arn }, sizeGiB: 0.01 });
  const main = vault('main', vaultLock && { vaultLock });
  const state = world('2027-01-01', { vaults: [main], resources: [stack, table] });
  const Lifecycle = { DeleteAfterDays: 30 };
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: stack.arn, IamRoleArn: ROLE, Lifecycle });
  until(state, '2027-01-01T12:00Z');
  const takeOut = (arn: string) => {
    const member = state.pointsOf(arn).find(({ recoveryPointArn }) => !recoveryPointArn.includes(':composite:'));
    const asked = { BackupVaultName: 'main', RecoveryPointArn: member?.recoveryPointArn ?? '' };
    disassociateRecoveryPointFromParent(state, ENV, asked);
  };
  takeOut(table.arn);
  const before = state.pointsOf(stack.arn).length;
  const last = () => {
    takeOut(stack.arn);
  };
  if (refusal === undefined) {
    last();
  } else {
    expect(last).toThrow(refusal);
  }
  expect(state.pointsOf(stack.arn)).toHaveLength(refusal === undefined ? before - 1 : before);
});
