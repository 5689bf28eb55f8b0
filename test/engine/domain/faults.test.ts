import { createKey } from '../../../engine/src/operations/kms/create-key';
import { describeKey } from '../../../engine/src/operations/kms/describe-key';
import { enableKey } from '../../../engine/src/operations/kms/enable-key';
import { stopBackupJob } from '../../../engine/src/operations/backup/stop-backup-job';
import { type Fault, messageOf, textOf, wordsOf } from '../../../engine/src/domain/fault';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { shortInstant } from '../../../engine/src/kernel/instant';
import { COPIED, daily, inject, IRELAND, jobs, last, START } from '../scenarios/fault-stage';
import { CMK, DAY, ENV, plan, resource, ROLE, story, table, until, vault, world } from '../scenarios/stage';

const KEY_ID = CMK.split('/').at(-1) ?? '';

describe('a Region that is out', () => {
  const OUT: Fault = { kind: 'region-out', region: ENV.region, from: '2027-01-02', to: '2027-01-02T05:45:00Z' };

  test('keeps backups waiting, which look again every 10 minutes and run when it is back (B4.1/2)', () => {
    expect(story(until(daily([OUT]), '2027-01-02T06:30:00Z'), '2027-01-02')).toEqual(
      table(`
        2027-01-02T05:00Z | backup-job CREATED   | fs-1 | main | daily
        2027-01-02T05:50Z | backup-job RUNNING   | fs-1 | main | daily
        2027-01-02T05:52Z | backup-job COMPLETED | fs-1 | main | daily
        2027-01-02T05:52Z | copy-job RUNNING     | fs-1 | far  | daily
        2027-01-02T05:54Z | copy-job COMPLETED   | fs-1 | far  | daily
      `),
    );
  });

  test('expires them when it lasts to the end of their start window', () => {
    const until6 = (to: string) => last(until(daily([{ ...OUT, to }]), '2027-01-02T06:00:00.001Z'));
    expect(until6('2027-01-02T05:50:00Z').state).toBe('COMPLETED');
    expect(until6('2027-01-02T05:50:00.001Z')).toMatchObject({
      state: 'EXPIRED',
      completedAt: Date.parse('2027-01-02T06:00:00Z'),
      statusMessage: 'Backup job expired before it could start.',
      why: 'injected: Region eu-central-1 is out, until the start window closed',
    });
  });

  test('lets a running backup end when it is back, or expire with its completion window', () => {
    const from = '2027-01-02T05:01:00Z';
    const back = until(daily([{ ...OUT, from, to: '2027-01-02T06:59:00Z' }]), '2027-01-02T07:30:00Z');
    expect(last(back)).toMatchObject({ state: 'COMPLETED', completedAt: Date.parse('2027-01-02T06:59:00Z') });
    const late = until(daily([{ ...OUT, from, to: '2027-01-02T07:01:00Z' }]), '2027-01-02T07:30:00Z');
    expect(last(late)).toMatchObject({
      state: 'EXPIRED',
      completedAt: Date.parse('2027-01-02T07:00:00Z'),
      statusMessage: 'Backup job expired before completion.',
      why: 'injected: Region eu-central-1 is out: the job gets no further',
    });
  });

  test('keeps copies to it in CREATED, tried again for 2 hours, then until it is back (B6.1/3)', () => {
    const out: Fault = { kind: 'region-out', region: IRELAND.region, from: '2027-01-02', to: '2027-01-02T09:03:00Z' };
    const state = daily([out]);
    const short = until(daily([{ ...out, to: '2027-01-02T06:03:00Z' }]), '2027-01-02T10:00:00Z');
    expect(last(short, 'copy').startedAt).toBe(Date.parse('2027-01-02T06:12:00Z'));
    until(state, '2027-01-02T09:00:00Z');
    expect(last(state, 'copy')).toMatchObject({
      state: 'CREATED',
      statusMessage: '',
      why: 'injected: Region eu-west-1 is out; tried again every 10 minutes',
    });
    expect(last(until(state, '2027-01-02T10:00:00Z'), 'copy')).toMatchObject({
      state: 'COMPLETED',
      startedAt: Date.parse('2027-01-02T09:03:00Z'),
    });
  });

  test('keeps a copy that runs running until it is back', () => {
    const from = '2027-01-02T05:03:00Z';
    const out: Fault = { kind: 'region-out', region: IRELAND.region, from, to: '2027-01-04T12:00:00Z' };
    const state = until(daily([out]), '2027-01-04');
    expect(jobs(state, 'copy')[1]).toMatchObject({ state: 'RUNNING' });
    // Another backup of the resource waits for it, in vain.
    expect(last(state)).toMatchObject({ state: 'EXPIRED' });
    until(state, '2027-01-05');
    expect(jobs(state, 'copy')[1]).toMatchObject({ completedAt: Date.parse('2027-01-04T12:00:00Z') });
  });

  test('does no harm elsewhere, or to another account', () => {
    const one = until(daily([{ ...OUT, account: '999999999999' }]), '2027-01-04');
    expect(jobs(one).map(({ state }) => state)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
    const other = until(daily([{ ...OUT, region: 'us-east-1' }]), '2027-01-04');
    expect(jobs(other, 'copy').map(({ state }) => state)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
  });

  test('deletes and moves nothing until it is back', () => {
    const kept = { ...COPIED, copyActions: [], lifecycle: { deleteAfterDays: 2 } };
    const state = daily(
      [{ kind: 'region-out', region: ENV.region, from: '2027-01-03T04:00:00Z', to: '2027-01-10' }],
      1,
      kept,
    );
    const arn = resource('efs', 'fs-1').arn;
    expect(until(state, '2027-01-09').pointsOf(arn)).toHaveLength(2);
    expect(until(state, '2027-01-10T00:00:00.001Z').pointsOf(arn)).toHaveLength(0);
  });

  test('fails a job whose vault is gone when it is back, and expires none that was stopped', () => {
    const state = until(daily([OUT]), '2027-01-02T05:20:00Z');
    stopBackupJob(state, ENV, { BackupJobId: last(state).jobId });
    expect(last(until(state, '2027-01-02T08:00:00Z')).state).toBe('ABORTED');
    const lost = daily([OUT], 1, { ...COPIED, targetBackupVaultName: 'nowhere' });
    expect(last(until(lost, '2027-01-02T05:20:00Z')).state).toBe('CREATED');
    expect(last(until(lost, '2027-01-02T08:00:00Z'))).toMatchObject({
      state: 'FAILED',
      why: 'vault nowhere does not exist',
    });
  });
});

describe('an account without access', () => {
  test('fails its backups, and copies into it', () => {
    const state = until(daily([{ kind: 'account-suspended', account: ENV.account, from: '2027-01-02' }]), '2027-01-03');
    expect(last(state)).toMatchObject({
      state: 'FAILED',
      statusMessage: 'You are not authorized to perform this operation.',
      why: `injected: account ${ENV.account} has no access`,
    });
    expect(jobs(state, 'copy')).toHaveLength(1);
  });
});

// prettier-ignore
test.each([
  [ENV.account,     2],
  ['999999999999',  0],
])('while account %s is suspended its backups stay as they are: %i', (account, left) => {
  const kept = { ...COPIED, copyActions: [], lifecycle: { deleteAfterDays: 2 } };
  const from = '2027-01-03T04:00:00Z';
  const state = daily([{ kind: 'account-suspended', account, from, to: '2027-01-10' }], 1, kept);
  const { arn } = resource('efs', 'fs-1');
  const before = () => state.pointsOf(arn).filter(({ createdAt }) => createdAt < Date.parse(from)).length;
  until(state, '2027-01-09');
  expect(before()).toBe(left);
  until(state, '2027-01-10T00:00:00.001Z');
  expect(before()).toBe(0);
});

// prettier-ignore
test.each<Fault>([
  { kind: 'region-out', region: 'us-east-1', account: ENV.account },
  { kind: 'job-hangs', jobs: 'restore', account: ENV.account },
])('%j keeps no lifecycle here from its work', (fault) => {
  const kept = { ...COPIED, copyActions: [], lifecycle: { deleteAfterDays: 2 } };
  const state = until(daily([{ ...fault, from: '2027-01-03T04:00:00Z', to: '2027-01-10' }], 1, kept), '2027-01-09');
  expect(state.pointsOf(resource('efs', 'fs-1').arn).length).toBeLessThan(4);
});

describe('a role', () => {
  const fault: Fault = { kind: 'role-unassumable', role: ROLE, from: '2027-01-02', to: '2027-01-03' };

  test('that a fault bars fails what begins with it, and is itself again afterwards (B4.3/6)', () => {
    const state = until(daily([fault]), '2027-01-04');
    expect(jobs(state).map((job) => job.state)).toEqual(['COMPLETED', 'FAILED', 'COMPLETED']);
    expect(jobs(state)[1]).toMatchObject({
      statusMessage: 'IAM Role cannot be assumed by AWS Backup',
      why: 'injected: AWS Backup cannot assume the role',
    });
  });

  test('of another name is none of its business', () => {
    const state = until(daily([{ ...fault, role: `${ROLE}-other` }]), '2027-01-03');
    expect(last(state).state).toBe('COMPLETED');
  });

  test('stays barred while one of two faults bars it', () => {
    const state = until(daily([fault, { ...fault, to: '2027-01-04' }]), '2027-01-05');
    expect(jobs(state).map((job) => job.state)).toEqual(['COMPLETED', 'FAILED', 'FAILED', 'COMPLETED']);
  });
});

describe('a key', () => {
  const UNUSABLE = 'KMS key is either disabled or pending deletion or access to KMS key is denied';
  const GONE = 'Given key ID does not exist';

  // prettier-ignore
  test.each([
    ['key-disabled', UNUSABLE], ['key-pending-deletion', UNUSABLE], ['key-deleted', GONE],
  ] as const)('that the World does not know fails backups and copies: %s (B4.3/7)', (kind, statusMessage) => {
    const state = until(daily([{ kind, key: CMK, from: '2027-01-02' }]), '2027-01-03');
    expect(last(state)).toMatchObject({ state: 'FAILED', statusMessage });
    expect(last(state).why).toMatch(/^injected: the key /);
    const late = until(daily([{ kind, key: CMK, from: '2027-01-02T05:03:00Z' }]), '2027-01-03');
    expect(last(late, 'copy')).toMatchObject({ state: 'FAILED', statusMessage });
  });

  // prettier-ignore
  test.each([
    ['key-disabled', 'Disabled'], ['key-pending-deletion', 'PendingDeletion'],
  ] as const)('that the World knows is in that state, and back afterwards: %s', (kind, expected) => {
    const state = daily();
    createKey(state, ENV, {}, KEY_ID);
    inject(state, { kind, key: CMK, from: '2027-01-02', to: '2027-01-03' });
    const seen = () => describeKey(state, ENV, { KeyId: CMK }).KeyMetadata?.KeyState;
    until(state, '2027-01-02T12:00:00Z');
    expect([seen(), last(state).state]).toEqual([expected, 'FAILED']);
    until(state, '2027-02-10');
    expect([seen(), last(state).state]).toEqual(['Enabled', 'COMPLETED']);
    expect(state.ledger.keys.unusable).toBe(0);
  });

  test('that waits for its deletion is gone after 30 days, and stays so', () => {
    const state = daily();
    createKey(state, ENV, {}, KEY_ID);
    const fault = inject(state, { kind: 'key-pending-deletion', key: CMK });
    until(state, '2027-02-01');
    state.faults.clear(fault);
    expect(last(until(state, '2027-02-02')).statusMessage).toBe(GONE);
  });

  test('that somebody enables meanwhile is not disabled by the end of the fault', () => {
    const state = daily();
    createKey(state, ENV, {}, KEY_ID);
    inject(state, { kind: 'key-disabled', key: CMK, from: '2027-01-02', to: '2027-01-03' });
    until(state, '2027-01-02T01:00:00Z');
    enableKey(state, ENV, { KeyId: CMK });
    until(state, '2027-01-04');
    expect(describeKey(state, ENV, { KeyId: CMK }).KeyMetadata?.KeyState).toBe('Enabled');
  });
});

describe('what a fault is called', () => {
  test('names everything but its time', () => {
    const fault: Fault = { kind: 'job-fails', vault: 'v', jobs: 'copy', from: '2027-01-01', probability: 0.5 };
    expect(textOf(fault)).toBe('job-fails jobs=copy vault=v');
    expect(messageOf(fault)).toBe('An internal error occurred.');
    expect(wordsOf({ kind: 'key-deleted', key: CMK })).toBe(`key-deleted key=${CMK}`);
  });

  // prettier-ignore
  test.each<[Fault, string]>([
    [{ kind: 'resource-unavailable' },            'the resource is not available'],
    [{ kind: 'copy-refused', message: 'Denied' }, "the copy is refused with 'Denied'"],
    [{ kind: 'point-corrupted' },                 'the recovery point is corrupted'],
  ])('says in words what %j is', (fault, words) => {
    expect(wordsOf(fault)).toBe(words);
  });
});

describe('chance', () => {
  const SOME: Fault = { kind: 'job-fails', jobs: 'backup', probability: 0.3 };
  const failed = (state: WorldState) =>
    jobs(state)
      .map((job) => (job.state === 'FAILED' ? 'x' : '.'))
      .join('');

  test('strikes about as many jobs as it says, others with another seed, the same with the same', () => {
    const [one, again, other] = [1, 1, 2].map((seed) => failed(until(daily([SOME], seed), '2027-04-11')));
    expect(one).toHaveLength(100);
    expect(one?.replaceAll('.', '').length).toBeGreaterThan(15);
    expect(one?.replaceAll('.', '').length).toBeLessThan(45);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  test('strikes some of the jobs of one instant and spares others', () => {
    const resources = Array.from({ length: 20 }, (_, n) => resource('efs', `fs-${n}`));
    const state = world(START, {
      vaults: [vault('main')],
      resources,
      plans: [plan('p', [{ ...COPIED, copyActions: [] }])],
    });
    inject(state, { ...SOME, probability: 0.5 });
    const { FAILED = 0, COMPLETED = 0 } = until(state, '2027-01-02').summary().backupJobs;
    expect(FAILED + COMPLETED).toBe(20);
    expect(Math.min(FAILED, COMPLETED)).toBeGreaterThan(2);
  });

  test('decides once whether a Region is out at all', () => {
    const out = (seed: number) => {
      const state = daily([], seed);
      const fault = inject(state, { kind: 'region-out', region: ENV.region, from: '2027-01-02', probability: 0.5 });
      until(state, '2027-01-03');
      expect(last(state).state === 'COMPLETED').toBe(fault.state === 'spared');
      return fault.state;
    };
    const states = Array.from({ length: 40 }, (_, seed) => out(seed + 1));
    expect(new Set(states)).toEqual(new Set(['active', 'spared']));
  });
});

describe('the history', () => {
  test('tells when a fault began and ended, and is the same in whatever order they were added', () => {
    const faults: Fault[] = [
      { kind: 'region-out', region: IRELAND.region, from: '2027-01-02', to: '2027-01-05' },
      { kind: 'job-fails', probability: 0.5 },
      { kind: 'role-unassumable', role: ROLE, from: '2027-01-08', to: '2027-01-09' },
    ];
    const [one, other] = [faults, [...faults].reverse()].map((given) => until(daily(given), '2027-01-20'));
    expect(one?.digest()).toBe(other?.digest());
    const told = one?.events().filter(({ kind }) => kind === 'fault');
    expect(told?.map(({ at, what }) => `${shortInstant(at)} ${what}`)).toEqual([
      '2027-01-01T00:00:00Z began',
      '2027-01-02T00:00:00Z began',
      '2027-01-05T00:00:00Z ended',
      '2027-01-08T00:00:00Z began',
      '2027-01-09T00:00:00Z ended',
    ]);
  });

  test('is that of a World without faults when none has begun yet, or none is added', () => {
    const later = until(daily([{ kind: 'region-out', region: ENV.region, from: '2028-01-01' }]), '2027-02-01');
    const never = daily();
    const fault = inject(never, { kind: 'job-hangs', from: '2027-01-02' });
    never.faults.clear(fault);
    expect(later.digest()).toBe(until(daily(), '2027-02-01').digest());
    expect(until(never, '2027-02-01').digest()).toBe(later.digest());
    expect(later.now - Date.parse('2027-01-01')).toBe(31 * DAY);
  });
});
