// How many jobs of virtual machines run at once: 4 for each backup gateway of their hypervisor.
import { BackupLimits, type StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { describeBackupJob } from '../../../engine/src/operations/backup/describe-backup-job';
import { describeRestoreJob } from '../../../engine/src/operations/backup/describe-restore-job';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { stopBackupJob } from '../../../engine/src/operations/backup/stop-backup-job';
import { ENV, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

const MAIN = { BackupVaultName: 'main' };
const EAST = { hypervisorId: 'hype-0123456789abcdef0' };
const EAST_ARN = `arn:aws:backup-gateway:${ENV.region}:${ENV.account}:hypervisor/${EAST.hypervisorId}`;
const IRELAND = { ...ENV, region: 'eu-west-1' };
const { JOBS_OF_GATEWAY: FOUR } = BackupLimits;

function machines(count: number, more: Partial<StatefulResource> = {}, prefix = 'vm-a'): StatefulResource[] {
  return Array.from({ length: count }, (_, i) =>
    resource('virtual-machine', `${prefix}${i}`, { sizeGiB: 100, ...more }),
  );
}

function start(state: WorldState, { arn, env }: StatefulResource, startWindowMinutes = 480): string {
  const request = { ...MAIN, ResourceArn: arn, IamRoleArn: ROLE, StartWindowMinutes: startWindowMinutes };
  return startBackupJob(state, env, request).BackupJobId ?? '';
}

function stand(state: WorldState, ids: readonly string[]): string[] {
  return ids.map((BackupJobId) => describeBackupJob(state, ENV, { BackupJobId }).State ?? '');
}

const all = (count: number, state: string): string[] => Array<string>(count).fill(state);

describe('backups of virtual machines (B4.3/9)', () => {
  test('run four at once through one gateway; the fifth runs as soon as one is over', () => {
    const there = machines(FOUR + 1);
    const state = world('2027-01-01', { vaults: [vault('main')], resources: there });
    const ids = there.map((one) => start(state, one));
    until(state, '2027-01-01T00:01:00Z');
    expect(stand(state, ids)).toEqual([...all(FOUR, 'RUNNING'), 'CREATED']);
    until(state, '2027-01-02');
    expect(stand(state, ids)).toEqual(all(FOUR + 1, 'COMPLETED'));
    const [first, last] = [there[0], there.at(-1)].map((one) => state.jobsOf(one?.arn ?? '')[0]);
    expect(last?.startedAt).toBe(first?.completedAt);
  });

  // prettier-ignore
  test.each<[what: string, more: Partial<StatefulResource>[], running: number]>([
    ['all four jobs of one gateway',            all(FOUR, '').map(() => EAST),                                 4],
    ['no fifth of the same hypervisor',         all(FOUR + 1, '').map(() => EAST),                             4],
    ['a fifth of another hypervisor',           [...all(FOUR, '').map(() => EAST), { hypervisorId: 'hype-2' }], 5],
    ['a fifth that names no hypervisor',        [...all(FOUR, '').map(() => EAST), {}],                        5],
    ['a fifth in another Region',               [...all(FOUR, '').map(() => EAST), { ...EAST, env: IRELAND }], 5],
    ['all eight jobs of two gateways',          all(2 * FOUR, '').map(() => ({ ...EAST, gatewayCount: 2 })),     8],
    ['no ninth of a hypervisor with two',       all(2 * FOUR + 1, '').map(() => ({ ...EAST, gatewayCount: 2 })), 8],
  ])('lets %s run', (_what, each, running) => {
    const there = each.map((more, i) => resource('virtual-machine', `vm-${i}`, { sizeGiB: 100, ...more }));
    const resources = [...there, resource('efs', 'fs-1')];
    const plans = [ENV, IRELAND].map((env) => plan('p', [rule('r', { scheduleExpression: 'cron(0 5 * * ? *)' })], { env }));
    const state = world('2027-01-01', { vaults: [vault('main'), vault('main', { env: IRELAND })], resources, plans });
    until(state, '2027-01-01T05:01:00Z');
    const states = there.map(({ arn }) => state.jobsOf(arn)[0]?.state);
    expect(states.filter((one) => one === 'RUNNING')).toHaveLength(running);
    expect(states.filter((one) => one === 'CREATED')).toHaveLength(there.length - running);
    until(state, '2027-01-02');
    expect(there.map(({ arn }) => state.jobsOf(arn)[0]?.state)).toEqual(all(there.length, 'COMPLETED'));
  });

  test('that find no gateway within their start window expire; one that is stopped leaves its place', () => {
    const there = machines(FOUR + 2, { sizeGiB: 10_000 });
    const state = world('2027-01-01', { vaults: [vault('main')], resources: there });
    const ids = there.map((one) => start(state, one, 60));
    until(state, '2027-01-01T00:30:00Z');
    stopBackupJob(state, ENV, { BackupJobId: ids[0] });
    until(state, '2027-01-01T02:00:00Z');
    expect(stand(state, ids)).toEqual(['ABORTED', ...all(FOUR, 'RUNNING'), 'EXPIRED']);
  });

  test('run at once where a gateway is added, and in none of those that are over when one is taken away', () => {
    const there = machines(FOUR + 1, EAST);
    const state = world('2027-01-01', { vaults: [vault('main')], resources: there });
    const ids = there.map((one) => start(state, one));
    const [another, last] = machines(2, { ...EAST, gatewayCount: 2 }, 'vm-b');
    state.addResource(another!);
    ids.push(start(state, another!));
    until(state, '2027-01-01T00:01:00Z');
    expect(stand(state, ids)).toEqual([...all(FOUR, 'RUNNING'), 'CREATED', 'RUNNING']);
    state.addResource({ ...last!, gatewayCount: 1 });
    ids.push(start(state, last!));
    until(state, '2027-01-02');
    expect(stand(state, ids)).toEqual(all(FOUR + 3, 'COMPLETED'));
  });

  test('keep their place while they run, though their machine moves elsewhere', () => {
    const there = machines(FOUR, EAST);
    const state = world('2027-01-01', { vaults: [vault('main')], resources: there });
    const ids = there.map((one) => start(state, one));
    state.addResource({ ...there[0]!, hypervisorId: 'hype-2' });
    const [late] = machines(1, EAST, 'vm-b');
    state.addResource(late!);
    ids.push(start(state, late!));
    until(state, '2027-01-01T00:01:00Z');
    expect(stand(state, ids)).toEqual([...all(FOUR, 'RUNNING'), 'CREATED']);
    until(state, '2027-01-02');
    expect(stand(state, ids)).toEqual(all(FOUR + 1, 'COMPLETED'));
  });
});

describe('restores of virtual machines (B4.3/9)', () => {
  /** A World in which every machine has been backed up. */
  function backedUp(resources: StatefulResource[]): WorldState {
    const state = world('2027-01-01', { vaults: [vault('main')], resources });
    resources.forEach((one) => start(state, one));
    return until(state, '2027-01-02');
  }

  function restore(state: WorldState, { arn }: StatefulResource, name: string, more: Record<string, string>): string {
    const RecoveryPointArn = state.pointsOf(arn)[0]?.recoveryPointArn;
    const Metadata = { RestoreTo: 'VMware', VMName: name, ...more };
    return startRestoreJob(state, ENV, { RecoveryPointArn, IamRoleArn: ROLE, Metadata }).RestoreJobId ?? '';
  }

  const standing = (state: WorldState, ids: readonly string[]): string[] =>
    ids.map((RestoreJobId) => describeRestoreJob(state, ENV, { RestoreJobId }).Status ?? '');

  test('share the gateways with backups: what finds none looks again, and what it leaves others get', () => {
    const there = machines(FOUR, EAST);
    const state = backedUp(there);
    const backups = there.slice(0, 3).map((one) => start(state, one));
    const names = ['a', 'b'];
    const restores = names.map((name) => restore(state, there[0]!, name, { HypervisorArn: EAST_ARN }));
    until(state, '2027-01-02T00:01:30Z');
    expect([stand(state, backups), standing(state, restores)]).toEqual([all(3, 'RUNNING'), ['RUNNING', 'PENDING']]);
    const waits = start(state, there[3]!);
    until(state, '2027-01-02T00:02:00Z');
    expect(stand(state, [waits])).toEqual(['CREATED']);
    until(state, '2027-01-03');
    expect([stand(state, [...backups, waits]), standing(state, restores)]).toEqual([
      all(4, 'COMPLETED'),
      all(2, 'COMPLETED'),
    ]);
    const ended = [...backups, waits].map((BackupJobId) => describeBackupJob(state, ENV, { BackupJobId }));
    const first = Math.min(...ended.slice(0, 3).map(({ CompletionDate }) => Number(CompletionDate)));
    expect(Number(state.jobsOf(there[3]!.arn).at(-1)?.startedAt)).toBe(first);
  });

  test('a backup that waits for a restore runs when that is over', () => {
    const there = machines(FOUR + 1, EAST);
    const state = backedUp(there);
    const restores = [0, 1, 2, 3].map((i) => restore(state, there[0]!, `new-${i}`, { HypervisorArn: EAST_ARN }));
    until(state, '2027-01-02T00:01:30Z');
    const waits = start(state, there[4]!);
    until(state, '2027-01-02T00:02:00Z');
    expect([standing(state, restores), stand(state, [waits])]).toEqual([all(FOUR, 'RUNNING'), ['CREATED']]);
    until(state, '2027-01-03');
    const { CompletionDate } = describeRestoreJob(state, ENV, { RestoreJobId: restores[0] });
    expect(state.jobsOf(there[4]!.arn).at(-1)?.startedAt).toBe(Number(CompletionDate));
  });

  // prettier-ignore
  test.each<[what: string, more: Record<string, string>, gateways: number | undefined, fifth: string]>([
    ['to a hypervisor',                    { HypervisorArn: EAST_ARN },                        undefined, 'PENDING'],
    ['whose key is in another case',       { hypervisorarn: EAST_ARN },                        undefined, 'PENDING'],
    ['to a hypervisor with two gateways',  { HypervisorArn: EAST_ARN },                        2,         'RUNNING'],
    ['to EC2, which needs no gateway',     { RestoreTo: 'EC2Instance' },                       undefined, 'RUNNING'],
    ['to no hypervisor, by an empty ARN',  { RestoreTo: 'EC2Instance', HypervisorArn: '' },    undefined, 'RUNNING'],
  ])('the fifth %s is %s', (_what, more, gateways, fifth) => {
    const [machine] = machines(1, { ...EAST, ...(gateways !== undefined && { gatewayCount: gateways }) });
    const state = backedUp([machine!]);
    const ids = Array.from({ length: FOUR + 1 }, (_, i) => restore(state, machine!, `new-${i}`, more));
    until(state, '2027-01-02T00:01:30Z');
    expect(standing(state, ids)).toEqual([...all(FOUR, 'RUNNING'), fifth]);
    until(state, '2027-01-03');
    expect(standing(state, ids)).toEqual(all(FOUR + 1, 'COMPLETED'));
    const made = state.resources.filter(({ arn }) => arn !== machine?.arn);
    const hypervisorId = EAST.hypervisorId;
    expect(made).toEqual(all(FOUR + 1, '').map(() => expect.objectContaining({ hypervisorId })));
  });

  test('to a hypervisor of which no machine is known go through one gateway of its own', () => {
    const [machine] = machines(1, { ...EAST, gatewayCount: 3 });
    const state = backedUp([machine!]);
    const HypervisorArn = EAST_ARN.replace(EAST.hypervisorId, 'hype-9');
    const ids = Array.from({ length: FOUR + 1 }, (_, i) => restore(state, machine!, `new-${i}`, { HypervisorArn }));
    until(state, '2027-01-02T00:01:30Z');
    expect(standing(state, ids)).toEqual([...all(FOUR, 'RUNNING'), 'PENDING']);
    until(state, '2027-01-03');
    const made = state.resources.find(({ arn }) => arn !== machine?.arn);
    expect([made?.hypervisorId, made?.gatewayCount]).toEqual(['hype-9', 1]);
  });

  test('concern machines alone: what else names a hypervisor goes to none', () => {
    const database = resource('sap-hana', 'hdb');
    const state = backedUp([database]);
    const ids = Array.from({ length: FOUR + 1 }, (_, i) =>
      restore(state, database, `new-${i}`, { HypervisorArn: EAST_ARN }),
    );
    until(state, '2027-01-02T00:01:30Z');
    expect(standing(state, ids)).toEqual(all(FOUR + 1, 'RUNNING'));
  });
});
