import type { BackupRule } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { CMK, DAY, ENV, plan, resource, ROLE, rule, story, table, until, vault, vaultArn, world } from './stage';

const ORDERS = resource('dynamodb-advanced', 'orders');
const ARCHIVE = 'cron(0 5 1 1 ? *)';

function runs(more: Partial<BackupRule>, one = ORDERS, to = '2027-01-01T12:00Z'): WorldState {
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('second'), vault('third')],
    resources: [one],
    plans: [plan('p', [rule('r', more)])],
  });
  return until(state, to);
}

function copyTo(name: string, env = ENV): { destinationBackupVaultArn: string } {
  return { destinationBackupVaultArn: vaultArn(name, env) };
}

describe('a run', () => {
  test('makes a job that ends in a point, and a copy that follows it (B4.1/5, B6.1/1)', () => {
    expect(story(runs({ copyActions: [copyTo('second')] }))).toEqual(
      table(`
        2027-01-01T05:00Z    | backup-job RUNNING   | orders | main   | r
        2027-01-01T05:02:06Z | backup-job COMPLETED | orders | main   | r
        2027-01-01T05:02:06Z | copy-job RUNNING     | orders | second | r
        2027-01-01T05:04:12Z | copy-job COMPLETED   | orders | second | r
      `),
    );
  });

  test('copies one after the other, as a resource has one job at a time (B4.1/2, B4.3/1, B6.1/2)', () => {
    expect(story(runs({ copyActions: [copyTo('second'), copyTo('third')] }), '2027-01-01T05:02Z')).toEqual(
      table(`
        2027-01-01T05:02:06Z | backup-job COMPLETED | orders | main   | r
        2027-01-01T05:02:06Z | copy-job RUNNING     | orders | second | r
        2027-01-01T05:02:06Z | copy-job CREATED     | orders | third  | r
        2027-01-01T05:04:12Z | copy-job COMPLETED   | orders | second | r
        2027-01-01T05:12:06Z | copy-job RUNNING     | orders | third  | r
        2027-01-01T05:14:12Z | copy-job COMPLETED   | orders | third  | r
      `),
    );
  });

  test('that fires at the start runs, and one that is due at the end does not', () => {
    const state = runs({ scheduleExpression: 'cron(0 0 ? * * *)' }, ORDERS, '2027-01-02');
    expect(state.summary().backupJobs).toEqual({ COMPLETED: 1 });
  });

  test('expires when its completion window closes first (B4.1/1, B4.6/6)', () => {
    const big = resource('dynamodb-advanced', 'orders', { sizeGiB: 5000 });
    expect(story(runs({ startWindowMinutes: 60, completionWindowMinutes: 180 }, big))).toEqual(
      table(`
        2027-01-01T05:00Z | backup-job RUNNING | orders | main | r
        2027-01-01T08:00Z | backup-job EXPIRED | orders | main | r
      `),
    );
    const [job] = runs({ startWindowMinutes: 60, completionWindowMinutes: 180 }, big).jobsOf(big.arn);
    expect(job?.statusMessage).toBe('Backup job expired before completion.');
  });

  test('knows no completion window for FSx', () => {
    const big = resource('fsx-windows', 'backup-1', { sizeGiB: 5000 });
    const state = runs({ startWindowMinutes: 60, completionWindowMinutes: 180 }, big, '2027-01-01T20:00Z');
    expect(state.summary().backupJobs).toEqual({ COMPLETED: 1 });
  });

  test('fails into a vault that does not exist, and says so (B4.3/6, B4.1/10)', () => {
    const state = runs({ targetBackupVaultName: 'gone' });
    expect(state.jobsOf(ORDERS.arn)).toMatchObject([
      { state: 'FAILED', backupVaultName: 'gone', why: 'vault gone does not exist' },
    ]);
    expect(state.summary().recoveryPoints.created).toBe(0);
  });

  test('fails while a database is not available (B4.3/3)', () => {
    const stopped = resource('rds', 'db-1', { state: 'stopped' });
    expect(runs({}, stopped).jobsOf(stopped.arn)[0]?.state).toBe('FAILED');
  });
});

describe('copies fail (vector 13, as far as vaults and keys decide)', () => {
  const other = { ...ENV, account: '999988887777' };
  const far = { ...ENV, region: 'us-east-1' };
  const farOther = { ...other, region: 'us-east-1' };

  function outcome(service: string, name: string, copy: { destinationBackupVaultArn: string }, more = {}): string {
    const one = resource(service, name, more);
    const state = world('2027-01-01', {
      vaults: [
        vault('main'),
        vault('there', { env: other }),
        { backupVaultName: 'bare', env: other },
        vault('far', { env: far }),
        vault('far', { env: farOther }),
        vault('strict', { vaultLock: { minRetentionDays: 60 } }),
      ],
      resources: [one],
      plans: [plan('p', [rule('r', { copyActions: [copy] })])],
    });
    const job = until(state, '2027-01-02')
      .jobsOf(one.arn)
      .find(({ kind }) => kind === 'copy');
    return job?.state === 'FAILED' ? job.why : (job?.state ?? 'no job');
  }

  // prettier-ignore
  test.each<[string, string, string, { destinationBackupVaultArn: string }, object, string]>([
    ['across accounts',                'efs', 'fs-1',  copyTo('there', other), {}, 'COMPLETED'],
    ['across Regions',                 'efs', 'fs-1',  copyTo('far', far),     {}, 'COMPLETED'],
    ['into a vault that is not there', 'efs', 'fs-1',  copyTo('nowhere'),      {}, `destination vault nowhere does not exist`],
    ['into its own vault',             'efs', 'fs-1',  copyTo('main'),         {}, 'vault main holds the source already'],
    ['on the key that AWS manages',    'efs', 'fs-1',  copyTo('bare', other),  {}, 'vault bare of another account uses the key that AWS manages'],
    ['outside the lock',               'efs', 'fs-1',  copyTo('strict'),       {}, 'the retention of the copy is outside what vault strict allows (60 or more days)'],
    ['EBS with an AWS managed key',    'ebs', 'vol-1', copyTo('there', other), { encryptedWith: 'arn:aws:kms:eu-central-1:111122223333:alias/aws/ebs' }, 'the recovery point is encrypted with a key that AWS manages, which no other account can use'],
    ['EBS with a key of its own',      'ebs', 'vol-1', copyTo('there', other), { encryptedWith: CMK }, 'COMPLETED'],
    ['basic DynamoDB',                 'dynamodb', 'orders', copyTo('far', far), {}, 'is not copied across Regions'],
  ])('%s', (_, service, name, copy, more, expected) => {
    expect(outcome(service, name, copy, more)).toMatch(expected);
  });
});

describe('lifecycles', () => {
  test('move what can be cold, and nothing else (B2.3/3)', () => {
    const lifecycle = { moveToColdStorageAfterDays: 30, deleteAfterDays: 365 };
    const state = world('2027-01-01', {
      vaults: [vault('main')],
      resources: [resource('efs', 'fs-1'), resource('rds', 'db-1'), resource('ebs', 'vol-1')],
      plans: [plan('p', [rule('r', { scheduleExpression: ARCHIVE, lifecycle })])],
    });
    expect(until(state, '2027-01-31T05:00Z').summary().recoveryPoints.liveCold).toBe(0);
    expect(until(state, '2027-01-31T05:01Z').summary().recoveryPoints).toMatchObject({
      live: 3,
      liveWarm: 2,
      liveCold: 1,
    });
    expect(state.pointsOf(resource('rds', 'db-1').arn)).toMatchObject([{ coldAt: undefined, storageClass: 'WARM' }]);
    const end = until(state, '2028-01-01T13:00Z').summary().recoveryPoints;
    expect(end).toMatchObject({ created: 6, deleted: 3, live: 3, liveWarm: 3, liveCold: 0 });
  });

  test('move EBS when the rule opts in (B2.3/4)', () => {
    const lifecycle = { moveToColdStorageAfterDays: 30, optInToArchiveForSupportedResources: true };
    const state = runs({ scheduleExpression: ARCHIVE, lifecycle }, resource('ebs', 'vol-1'), '2027-02-10');
    expect(state.summary().recoveryPoints.liveCold).toBe(1);
  });
});

describe('continuous backup', () => {
  const table1 = resource('rds', 'db-1');

  test('is one point that each run refreshes, and copies at the frequency of the rule (B5.3/4, B5.3/7, B6.1/5)', () => {
    const state = runs({ enableContinuousBackup: true, copyActions: [copyTo('second')] }, table1, '2027-01-11');
    const points = state.pointsOf(table1.arn);
    const [continuous] = points.filter((point) => point.continuous);
    expect(points.filter((point) => point.backupVaultName === 'main')).toHaveLength(1);
    expect(points.filter((point) => point.backupVaultName === 'second')).toHaveLength(10);
    expect(continuous).toMatchObject({ createdAt: parseInstant('2027-01-01T05:00Z') });
    expect(continuous?.deleteAt).toBe(parseInstant('2027-01-10T05:00Z') + 35 * DAY);
    expect(points.find((point) => point.copyOf)?.copyOf?.recoveryPointArn).toBe(continuous?.recoveryPointArn);
  });

  test('copies of what another vault made a snapshot name the snapshot, before and after the continuous point is gone (B5.3/2)', () => {
    const daily = { enableContinuousBackup: true, scheduleExpression: 'cron(0 5 1-3 1 ? *)' };
    const later = { ...daily, scheduleExpression: 'cron(0 6 1-3 1 ? *)' };
    const second = { ...later, targetBackupVaultName: 'second', copyActions: [copyTo('third')] };
    const state = world('2027-01-01', {
      vaults: [vault('main'), vault('second'), vault('third')],
      resources: [table1],
      plans: [plan('a', [rule('first', daily)]), plan('b', [rule('r', second)])],
    });
    const sources = () => {
      const points = state.pointsOf(table1.arn);
      const made = points.filter((one) => one.backupVaultName === 'second').map((one) => one.recoveryPointArn);
      const named = points.flatMap(({ copyOf }) => copyOf?.recoveryPointArn ?? []);
      return { made, named };
    };
    const { made, named } = (until(state, '2027-01-04'), sources());
    expect(named).toEqual(made);
    expect(named).toHaveLength(3);
    const [continuous] = state.pointsOf(table1.arn).filter((one) => one.continuous);
    const RecoveryPointArn = continuous?.recoveryPointArn;
    deleteRecoveryPoint(state, ENV, { BackupVaultName: continuous?.backupVaultName, RecoveryPointArn });
    expect(sources().named).toEqual(made);
  });

  test('is a snapshot for a service without point-in-time recovery, with the reason (B2.3/7, B5.3/3)', () => {
    const [point] = runs({ enableContinuousBackup: true }).pointsOf(ORDERS.arn);
    expect(point).toMatchObject({ continuous: false });
    expect(point?.why).toContain('has no point-in-time recovery');
  });

  test('in a second vault is a snapshot (B5.3/2)', () => {
    const state = world('2027-01-01', {
      vaults: [vault('main'), vault('second')],
      resources: [table1],
      plans: [
        plan('a', [rule('first', { enableContinuousBackup: true })]),
        plan('b', [
          rule('later', {
            enableContinuousBackup: true,
            targetBackupVaultName: 'second',
            scheduleExpression: 'cron(0 9 ? * * *)',
          }),
        ]),
      ],
    });
    const points = until(state, '2027-01-02').pointsOf(table1.arn);
    expect(points.map((point) => [point.backupVaultName, point.continuous])).toEqual([
      ['main', true],
      ['second', false],
    ]);
  });
});

test('a run that takes longer than its rule is rare lets the next one wait', () => {
  const slow = resource('dynamodb-advanced', 'orders', { sizeGiB: 1000 });
  const state = runs({ scheduleExpression: 'cron(0 * ? * * *)', startWindowMinutes: 60 }, slow, '2027-01-01T04:00Z');
  expect(story(state)).toEqual(
    table(`
      2027-01-01T00:00Z | backup-job RUNNING   | orders | main | r
      2027-01-01T01:00Z | backup-job CREATED   | orders | main | r
      2027-01-01T01:42Z | backup-job COMPLETED | orders | main | r
      2027-01-01T01:50Z | backup-job RUNNING   | orders | main | r
      2027-01-01T02:00Z | backup-job CREATED   | orders | main | r
      2027-01-01T03:00Z | backup-job EXPIRED   | orders | main | r
      2027-01-01T03:00Z | backup-job CREATED   | orders | main | r
      2027-01-01T03:32Z | backup-job COMPLETED | orders | main | r
      2027-01-01T03:40Z | backup-job RUNNING   | orders | main | r
    `),
  );
  expect(state.summary().backupJobs).toEqual({ COMPLETED: 2, EXPIRED: 1, RUNNING: 1 });
});

describe('a point in a locked vault says who may delete it before its end', () => {
  // prettier-ignore
  test.each([
    [{ minRetentionDays: 7 },                       'locked in governance mode: whoever may remove the lock'],
    [{ minRetentionDays: 7, changeableForDays: 3 }, 'locked: until 2027-01-04T00:00:00Z whoever may remove the lock may delete it before, thereafter nobody'],
  ])('%j', (vaultLock, expected) => {
    const state = world('2027-01-01', {
      vaults: [vault('main', { vaultLock })],
      resources: [ORDERS],
      plans: [plan('p', [rule('r')])],
    });
    expect(until(state, '2027-01-02').pointsOf(ORDERS.arn)[0]?.whyUntil).toContain(expected);
    const later = until(state, '2027-01-05').pointsOf(ORDERS.arn)[0]?.whyUntil;
    const permanent = 'locked in compliance mode, so that nobody deletes it before';
    expect(later).toContain('changeableForDays' in vaultLock ? permanent : expected);
  });
});

test('two selections of one plan may share a name, and a resource in both gets one job (B3.4/1)', () => {
  const twice = ['*', ORDERS.arn].map((arn) => ({ selectionName: 's', iamRoleArn: ROLE, resources: [arn] }));
  const estate = (selections: typeof twice) => ({
    vaults: [vault('main')],
    resources: [ORDERS],
    plans: [plan('p', [rule('r')], { selections })],
  });
  const state = until(world('2027-01-01', estate(twice)), '2027-01-02');
  expect(state.summary().backupJobs).toEqual({ COMPLETED: 1 });
  expect(new Set(state.ledger.plans.list()[0]?.selections.map(({ id }) => id)).size).toBe(2);
  expect(until(world('2027-01-01', estate([...twice].reverse())), '2027-01-02').digest()).toBe(state.digest());
});

test('copies that never catch up cost no step of the agenda while they wait', () => {
  const slow = resource('dynamodb-advanced', 'orders', { sizeGiB: 1500 });
  const more = { scheduleExpression: 'cron(0 0/6 ? * * *)', copyActions: ['second', 'third'].map((to) => copyTo(to)) };
  const state = runs({ ...more, lifecycle: { deleteAfterDays: 365 } }, slow, '2028-01-01');
  const { COMPLETED = 0, CREATED = 0 } = state.summary().copyJobs;
  expect(COMPLETED).toBeGreaterThan(1000);
  expect(CREATED).toBeGreaterThan(100);
  // About four entries a job: its run, its look, its end, the end of its point or start window.
  expect(state.steps).toBeLessThan(20_000);
});

describe('of rules that fall on one instant', () => {
  const kept = (first: BackupRule['lifecycle'], second: BackupRule['lifecycle']): (string | undefined)[] => {
    const rules = [first, second].map((lifecycle, i): BackupRule => ({
      ruleName: ['first', 'second'][i] as string,
      targetBackupVaultName: 'main',
      ...(lifecycle === undefined ? {} : { lifecycle }),
    }));
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [ORDERS], plans: [plan('p', rules)] });
    return until(state, '2027-01-02')
      .jobsOf(ORDERS.arn)
      .map((job) => job.ruleName);
  };

  test('and keep equally long, the first of the document runs (B3.4/4)', () => {
    expect(kept({ deleteAfterDays: 35 }, { deleteAfterDays: 35 })).toEqual(['first']);
    expect(kept(undefined, { deleteAfterDays: -1 })).toEqual(['first']);
  });

  test('one that keeps for ever keeps longest (B3.4/4)', () => {
    expect(kept({ deleteAfterDays: 36_500 }, undefined)).toEqual(['second']);
    expect(kept({ deleteAfterDays: 36_500 }, { deleteAfterDays: -1 })).toEqual(['second']);
  });
});
