// What faults put away while they are there, what they bring back, and which of several is told.
import { type Fault, isStanding, messageOf, textOf } from '../../../engine/src/domain/fault';
import { begins, Faults } from '../../../engine/src/domain/faults';
import { Names } from '../../../engine/src/kernel/names';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { describeKey } from '../../../engine/src/operations/kms/describe-key';
import { scheduleKeyDeletion } from '../../../engine/src/operations/kms/schedule-key-deletion';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { daily, inject, IRELAND } from '../scenarios/fault-stage';
import { CMK, DAY, ENV, HOUR, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

const FILES = resource('efs', 'fs-1');
const KEY_ID = CMK.split('/').at(-1) ?? '';
const ONCE: Fault[] = [
  { kind: 'region-out', region: 'eu-west-1' },
  { kind: 'account-suspended', account: ENV.account },
  { kind: 'role-unassumable', role: ROLE },
  { kind: 'key-disabled', key: CMK },
  { kind: 'key-pending-deletion', key: CMK },
  { kind: 'key-deleted', key: CMK },
  { kind: 'resource-deleted', resource: 'fs-1' },
];
const EACH: Fault[] = [
  { kind: 'job-fails' },
  { kind: 'job-hangs' },
  { kind: 'calls-refused' },
  { kind: 'copy-refused' },
  { kind: 'resource-unavailable' },
  { kind: 'point-corrupted' },
];

function tried(state: WorldState, arn = FILES.arn, more: object = {}): string {
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE, ...more });
  until(state, new Date(state.now + HOUR).toISOString());
  const job = state.jobsOf(arn).at(-1);
  return `${job?.state} ${job?.why}`;
}

describe('chance', () => {
  const drawn = (fault: Fault, seeds = 60) =>
    Array.from({ length: seeds }, (_, seed) => {
      const faults = new Faults(new Names(), seed + 1);
      return begins(faults, faults.add({ ...fault, probability: 0.5 }, 0, 1));
    });

  test.each(ONCE)('is drawn once for $kind', (fault) => {
    const happens = drawn(fault).filter(Boolean).length;
    expect(isStanding(fault)).toBe(true);
    expect([happens > 10, happens < 50]).toEqual([true, true]);
    expect(drawn(fault)).toEqual(drawn(fault));
  });

  test.each(EACH)('is drawn for each job or call for $kind, which always begins', (fault) => {
    expect([isStanding(fault), drawn(fault).every(Boolean)]).toEqual([false, true]);
  });

  test('is another for each resource, job and instant', () => {
    const resources = Array.from({ length: 60 }, (_, n) => resource('efs', `fs-${n}`));
    const plans = [plan('p', [rule('r', { scheduleExpression: 'cron(0 5 ? * * *)' })])];
    const state = world('2027-01-01', { vaults: [vault('main')], resources, plans });
    const fault = inject(state, { kind: 'job-fails', jobs: 'backup', probability: 0.5 });
    until(state, '2027-01-03');
    const ended = [0, 1].map((day) => resources.map(({ arn }) => state.jobsOf(arn)[day]?.state));
    const failed = ended.flat().filter((one) => one === 'FAILED').length;
    expect([failed > 30, failed < 90, fault.strikes]).toEqual([true, true, failed]);
    expect(ended[0]).not.toEqual(ended[1]);
  });

  test('of a call is another for each call', () => {
    const faults = new Faults(new Names(), 1);
    const fault = faults.add({ kind: 'calls-refused', probability: 0.5 }, 0, 1);
    const calls = Array.from({ length: 100 }, () => faults.drawnForCall(fault, ['backup', 'ListBackupJobs'], 7));
    const struck = calls.filter(Boolean).length;
    expect([struck > 25, struck < 75, fault.asked]).toEqual([true, true, 100]);
  });
});

describe('what a fault says', () => {
  // prettier-ignore
  test.each<[Fault, string, string]>([
    [{ kind: 'job-fails', service: 'EFS', account: '1' }, 'job-fails account=1 service=EFS', 'An internal error occurred.'],
    [{ kind: 'job-fails', message: 'No.' },               'job-fails message=No.',           'No.'],
    [{ kind: 'account-suspended', account: '1' },         'account-suspended account=1',     'You are not authorized to perform this operation.'],
    [{ kind: 'resource-unavailable' },                    'resource-unavailable',            'Backup job failed because the resource is not in the available state.'],
    [{ kind: 'copy-refused' },                            'copy-refused',                    'Access Denied trying to call AWS Backup service'],
    [{ kind: 'copy-refused', message: 'Not here.' },      'copy-refused message=Not here.',  'Not here.'],
    [{ kind: 'point-corrupted' },                         'point-corrupted',                 'The recovery point is corrupted.'],
  ])('%j', (fault, text, message) => {
    expect([textOf(fault), messageOf(fault)]).toEqual([text, message]);
    expect(textOf({ ...fault, vault: undefined } as unknown as Fault)).toBe(text);
  });

  test('is told with the jobs that it struck, and with no other', () => {
    const disk = resource('ebs', 'vol-1');
    const plans = [plan('p', [rule('r', { scheduleExpression: 'cron(0 5 ? * * *)' })])];
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [FILES, disk], plans });
    inject(state, { kind: 'job-fails', resource: 'fs-1', message: 'One.' });
    inject(state, { kind: 'job-fails', resource: 'vol-1', message: 'Two.' });
    until(state, '2027-01-02');
    const failed = state.events().filter(({ what }) => what === 'FAILED');
    const told = failed.map(({ resourceArn, why }) => [resourceArn, /'(.*)'/.exec(why)?.[1]]);
    expect(new Map(told as [string, string][])).toEqual(
      new Map([
        [FILES.arn, 'One.'],
        [disk.arn, 'Two.'],
      ]),
    );
    expect(state.events().filter(({ what, why }) => what === 'RUNNING' && why.includes('injected'))).toEqual([]);
  });
});

describe('a Region that is out', () => {
  const waits = (fault: Fault) => {
    const state = daily([fault]);
    until(state, '2027-01-01T05:30Z');
    return state.jobsOf(FILES.arn)[0]?.state;
  };

  test('for one account is out for that account alone', () => {
    expect(waits({ kind: 'region-out', region: ENV.region, account: ENV.account })).toBe('CREATED');
    expect(waits({ kind: 'region-out', region: ENV.region, account: '999999999999' })).toBe('COMPLETED');
    expect(waits({ kind: 'region-out', region: IRELAND.region, account: ENV.account })).toBe('COMPLETED');
  });

  test('and comes back twice is what it was: jobs that wait see it through both', () => {
    const state = daily([
      { kind: 'region-out', region: ENV.region, to: '2027-01-01T05:10Z' },
      { kind: 'region-out', region: ENV.region, from: '2027-01-01T05:05Z', to: '2027-01-01T05:25Z' },
    ]);
    until(state, '2027-01-01T12:00Z');
    expect(state.jobsOf(FILES.arn)[0]).toMatchObject({
      state: 'COMPLETED',
      startedAt: Date.parse('2027-01-01T05:30Z'),
    });
  });
});

describe('a fault of one vault', () => {
  test('has nothing to do with jobs into a vault that is not there', () => {
    const state = world('2027-01-01', {
      vaults: [vault('main')],
      resources: [FILES],
      plans: [plan('p', [rule('r', { targetBackupVaultName: 'gone' })])],
    });
    const fault = inject(state, { kind: 'resource-unavailable', vault: 'main' });
    until(state, '2027-01-02');
    expect(state.jobsOf(FILES.arn)[0]?.why).not.toContain('injected');
    expect(fault.strikes).toBe(0);
  });
});

describe('a key', () => {
  const keyed = () => {
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [FILES] });
    createKey(state, ENV, {}, KEY_ID);
    return state;
  };
  const stateOf = (state: WorldState) => describeKey(state, ENV, { KeyId: CMK }).KeyMetadata?.KeyState;

  // prettier-ignore
  test.each<[string, Fault['kind'], Fault['kind'], string]>([
    ['the same twice',           'key-disabled',         'key-disabled',         'Disabled'],
    ['then a waiting period',    'key-disabled',         'key-pending-deletion', 'PendingDeletion'],
    ['a waiting period first',   'key-pending-deletion', 'key-disabled',         'Disabled'],
  ])('that two faults are in the way of is usable once both are over: %s', (_, first, second, meanwhile) => {
    const state = keyed();
    const fault = (kind: Fault['kind'], from: string, to: string) => inject(state, { kind, key: CMK, from, to } as Fault);
    fault(first, '2027-01-02', '2027-01-05');
    fault(second, '2027-01-04', '2027-01-07');
    const shown = (instant: string) => describeKey(until(state, instant), ENV, { KeyId: KEY_ID }).KeyMetadata?.KeyState;
    expect([shown('2027-01-06'), shown('2027-01-08')]).toEqual([meanwhile, 'Enabled']);
  });

  test('that was deleted before stays deleted, whatever a fault does to it', () => {
    for (const kind of ['key-disabled', 'key-deleted'] as const) {
      const state = keyed();
      scheduleKeyDeletion(state, ENV, { KeyId: CMK, PendingWindowInDays: 7 });
      until(state, '2027-01-10');
      const fault = inject(state, { kind, key: CMK });
      expect(() => stateOf(state)).toThrow();
      state.faults.clear(fault);
      expect(() => stateOf(state)).toThrow();
      expect(tried(state)).toMatch(/^FAILED/);
    }
  });

  test('that two faults bar is gone when one of them deletes it, in whatever order', () => {
    const both: Fault[] = [
      { kind: 'key-deleted', key: CMK },
      { kind: 'key-disabled', key: CMK },
    ];
    for (const faults of [both, [...both].reverse()]) {
      const state = world('2027-01-01', { vaults: [vault('main')], resources: [FILES] });
      faults.forEach((fault) => inject(state, fault));
      expect(tried(state)).toMatch(/^FAILED injected: the key was deleted/);
    }
  });

  test('that a fault disables has no day of deletion, and one that it schedules has', () => {
    const shown = (kind: 'key-disabled' | 'key-pending-deletion') => {
      const state = keyed();
      inject(state, { kind, key: CMK });
      return describeKey(state, ENV, { KeyId: CMK }).KeyMetadata;
    };
    expect(shown('key-disabled')).not.toHaveProperty('DeletionDate');
    expect(shown('key-disabled')?.KeyState).toBe('Disabled');
    expect(shown('key-pending-deletion')).toMatchObject({ DeletionDate: new Date('2027-01-31') });
  });
});

test('a resource that two faults delete is there again once both are over', () => {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [FILES] });
  inject(state, { kind: 'resource-deleted', resource: 'fs-1', from: '2027-01-02', to: '2027-01-05' });
  inject(state, { kind: 'resource-deleted', resource: FILES.arn, from: '2027-01-04', to: '2027-01-07' });
  const there = (instant: string) => until(state, instant).resources.length;
  expect(['2027-01-03', '2027-01-06', '2027-01-08'].map(there)).toEqual([0, 0, 1]);
});

describe('a resource that a fault deletes', () => {
  const gone: Fault = { kind: 'resource-deleted', resource: 'fs-1', to: '2027-01-03' };
  const stage = (resources = [FILES]) => world('2027-01-01', { vaults: [vault('main')], resources });

  test('is there again afterwards as it was, and counts as struck', () => {
    const state = stage([{ ...FILES, tags: { a: 'b' } }]);
    const fault = inject(state, gone);
    expect([state.resources.length, fault.strikes]).toEqual([0, 1]);
    until(state, '2027-01-04');
    expect(state.resources).toMatchObject([{ arn: FILES.arn, tags: { a: 'b' } }]);
  });

  test('and that somebody made again meanwhile stays as that one is', () => {
    const state = stage();
    inject(state, gone);
    until(state, '2027-01-02');
    state.addResource({ ...FILES, sizeGiB: 7 });
    until(state, '2027-01-04');
    expect(state.resources).toMatchObject([{ arn: FILES.arn, sizeGiB: 7 }]);
  });

  test('by a name that two have is none of them', () => {
    const state = stage([FILES, resource('fsx-windows', 'fs-2', { name: 'fs-1' })]);
    const fault = inject(state, gone);
    expect([state.resources.length, fault.strikes]).toEqual([2, 0]);
  });
});

test('faults of one text stand in the order in which they were added, and each ends for itself', () => {
  const state = daily();
  const out: Fault = { kind: 'region-out', region: ENV.region };
  const [first, second] = [inject(state, out), inject(state, out)];
  expect(state.ledger.faults.standing).toEqual([first, second]);
  state.faults.clear(first);
  expect([first.state, second.state, state.ledger.faults.active]).toEqual(['over', 'active', 1]);
  until(state, new Date(Date.parse('2027-01-01T05:30Z')).toISOString());
  expect(state.jobsOf(FILES.arn)[0]?.state).toBe('CREATED');
  state.faults.clear(second);
  until(state, new Date(state.now + DAY / 12).toISOString());
  expect(state.jobsOf(FILES.arn)[0]?.state).toBe('COMPLETED');
});

// prettier-ignore
test.each<[other: Fault, comesBack: boolean]>([
  [{ kind: 'resource-unavailable', resource: 'fs-1' },        true],
  [{ kind: 'resource-deleted', resource: 'fs-1' },            false],
  [{ kind: 'resource-deleted', resource: FILES.arn },          false],
  [{ kind: 'resource-deleted', resource: 'fs-2' },            true],
])('a resource that was deleted comes back as that ends, beside %j: %s', (other, comesBack) => {
  const state = world('2027-01-01', { resources: [FILES] });
  inject(state, { kind: 'resource-deleted', resource: 'fs-1', from: '2027-01-02', to: '2027-01-04' });
  inject(state, { ...other, from: '2027-01-03', to: '2027-01-06' });
  const gone = (at: string) => until(state, at).ledger.resources.tryFind(FILES.arn)?.gone;
  expect([gone('2027-01-03T12:00Z'), gone('2027-01-05'), gone('2027-01-07')]).toEqual([true, !comesBack, false]);
});
