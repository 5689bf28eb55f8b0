// The test vectors that concern plans, jobs and points, by their numbers; those of
// vaults are in vault-vectors.test.ts.
import type { Estate, Lifecycle } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { DeployRefusal } from '../../../engine/src/ingest/deploy-call';
import { formatInstant, parseInstant } from '../../../engine/src/kernel/instant';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { ENV, plan, resource, ROLE, rule, story, table, until, vault, vaultArn, world } from './stage';

const ORDERS = resource('dynamodb-advanced', 'orders');

function deployed(estate: Estate): WorldState {
  return world('2027-01-01', { vaults: [vault('main')], ...estate });
}

function answerTo(operation: () => unknown): string {
  try {
    operation();
    return 'ok';
  } catch (error) {
    return error instanceof DeployRefusal ? error.fault.message : (error as Error).message;
  }
}

function planAnswer(more: Parameters<typeof rule>[1]): string {
  return answerTo(() => deployed({ plans: [plan('p', [rule('r', more)])] }));
}

test('vector 1: without a schedule a plan made on Monday at 10:00Z runs on Tuesday at 05:00Z, to start by 13:00Z (B4.1/3)', () => {
  const state = world('2027-01-04T10:00Z', {
    vaults: [vault('main')],
    resources: [ORDERS],
    plans: [plan('p', [rule('r')])],
  });
  until(state, '2027-01-05T05:00:01Z');
  const [job] = state.jobsOf(ORDERS.arn);
  expect(formatInstant(job?.createdAt ?? NaN)).toBe('2027-01-05T05:00:00.000Z');
  expect(formatInstant(job?.startBy ?? NaN)).toBe('2027-01-05T13:00:00.000Z');
});

describe('vector 2: the start window is 60 to 52560000 minutes', () => {
  // prettier-ignore
  test.each([
    [59,         false],
    [60,         true],
    [52_560_000, true],
    [52_560_001, false],
  ])('%d', (startWindowMinutes, accepted) => {
    const answer = planAnswer({ startWindowMinutes, completionWindowMinutes: 52_560_000 });
    expect(answer === 'ok').toBe(accepted);
  });
});

describe('vector 3: lifecycles that AWS takes', () => {
  const APART =
    'Error in rule r : Invalid lifecycle. DeleteAfterDays cannot be less than 90 days apart from MoveToColdStorageAfterDays';
  const BOUNDS = 'Error in rule r : Invalid lifecycle. DeleteAfterDays cannot be less than 1 or more than 36500 days';
  // prettier-ignore
  test.each<[Lifecycle, string]>([
    [{ moveToColdStorageAfterDays: 30, deleteAfterDays: 119 }, APART],
    [{ moveToColdStorageAfterDays: 30, deleteAfterDays: 120 }, 'ok'],
    [{ moveToColdStorageAfterDays: 7 },                        'ok'],
    [{ deleteAfterDays: 0 },                                   BOUNDS],
    [{ deleteAfterDays: 1 },                                   'ok'],
    [{ deleteAfterDays: 36_500 },                              'ok'],
    [{ deleteAfterDays: 36_501 },                              BOUNDS],
  ])('%j', (lifecycle, answer) => {
    expect(planAnswer({ lifecycle })).toBe(answer);
  });
});

describe('vector 4: continuous backup keeps at most 35 days, and never cold', () => {
  // prettier-ignore
  test.each<[Lifecycle, string]>([
    [{ deleteAfterDays: 35 },                                 'ok'],
    [{ deleteAfterDays: 36 },                                 'Error in rule r : Invalid lifecycle. DeleteAfterDays cannot be less than 1 or more than 36500 days'],
    [{ moveToColdStorageAfterDays: 7, deleteAfterDays: 97 },  'Error in rule r : Invalid lifecycle. MoveToColdStorageAfterDays is unavailable'],
  ])('%j', (lifecycle, answer) => {
    expect(planAnswer({ lifecycle, enableContinuousBackup: true })).toBe(answer);
  });

  // The reference: the service needs the value. CDK and lib fill 35 in.
  test.each<[string, Lifecycle | undefined]>([
    ['no lifecycle', undefined],
    ['no deleteAfterDays', {}],
    ['always (-1)', { deleteAfterDays: -1 }],
  ])('without days to delete after it is refused: %s', (_, lifecycle) => {
    const more = lifecycle === undefined ? {} : { lifecycle };
    const answer = answerTo(() =>
      deployed({
        plans: [plan('p', [{ ruleName: 'r', targetBackupVaultName: 'main', enableContinuousBackup: true, ...more }])],
      }),
    );
    expect(answer).toBe(
      'Error in rule r : Invalid lifecycle. DeleteAfterDays cannot be less than 1 or more than 36500 days',
    );
  });

  test('with the code and the context that AWS sends (B2.3/7)', () => {
    const lifecycle = { moveToColdStorageAfterDays: 7, deleteAfterDays: 97 };
    try {
      deployed({ plans: [plan('p', [rule('r', { lifecycle, enableContinuousBackup: true })])] });
      throw new Error('deployed');
    } catch (error) {
      expect(error).toMatchObject({ operation: 'CreateBackupPlan', fault: { code: 'ERROR_3015' } });
      expect((error as DeployRefusal).fault.context).toBe(
        '["r","Invalid lifecycle. MoveToColdStorageAfterDays is unavailable"]',
      );
    }
  });
});

test('vector 5: of overlapping rules the longer one runs: 2 twelve-hourly and 8 hourly backups a day (B3.4/2)', () => {
  const state = deployed({
    resources: [ORDERS],
    plans: [
      plan('p', [
        rule('hourly', {
          scheduleExpression: 'cron(0 * ? * * *)',
          startWindowMinutes: 60,
          lifecycle: { deleteAfterDays: 1 },
        }),
        rule('half-daily', {
          scheduleExpression: 'cron(0 0/12 ? * * *)',
          startWindowMinutes: 480,
          lifecycle: { deleteAfterDays: 7 },
        }),
      ]),
    ],
  });
  until(state, '2027-01-03');
  const second = state.jobsOf(ORDERS.arn).filter((job) => job.createdAt >= parseInstant('2027-01-02'));
  const hours = (name: string) =>
    second.filter((job) => job.ruleName === name).map((job) => new Date(job.createdAt).getUTCHours());
  expect(hours('half-daily')).toEqual([0, 12]);
  expect(hours('hourly')).toEqual([8, 9, 10, 11, 20, 21, 22, 23]);
});

test('vector 6: a second job of a busy resource waits, and expires when the first runs past its start window (B3.4/1, B4.3/1, B4.6/4)', () => {
  // 1000 GiB take 2 + 100 minutes.
  const waiting = world('2027-01-01', {
    vaults: [vault('main')],
    resources: [resource('dynamodb-advanced', 'orders', { sizeGiB: 1000 })],
    plans: [
      plan('a', [rule('first', { startWindowMinutes: 60 })]),
      plan('b', [rule('second', { startWindowMinutes: 60 })]),
    ],
  });
  until(waiting, '2027-01-01T05:30Z');
  expect(waiting.jobsOf(ORDERS.arn).map((job) => job.state)).toEqual(['RUNNING', 'CREATED']);
  until(waiting, '2027-01-02');
  const [first, second] = waiting.jobsOf(ORDERS.arn);
  expect(first?.state).toBe('COMPLETED');
  expect(second).toMatchObject({
    state: 'EXPIRED',
    completedAt: parseInstant('2027-01-01T06:00Z'),
    statusMessage: 'Backup job failed because there was a running job for the same resource.',
  });
});

describe('vector 7: the end of a point and of its copies', () => {
  const started = (): WorldState => {
    const state = world('2026-01-01T05:10Z', { vaults: [vault('main'), vault('other')], resources: [ORDERS] });
    const input = { BackupVaultName: 'main', ResourceArn: ORDERS.arn, IamRoleArn: ROLE };
    startBackupJob(state, ENV, { ...input, Lifecycle: { DeleteAfterDays: 35 } });
    return until(state, '2026-01-03T12:00Z');
  };
  const copied = (Lifecycle?: { DeleteAfterDays: number }): string => {
    const state = started();
    startCopyJob(state, ENV, {
      RecoveryPointArn: state.pointsOf(ORDERS.arn)[0]?.recoveryPointArn,
      SourceBackupVaultName: 'main',
      DestinationBackupVaultArn: vaultArn('other'),
      IamRoleArn: ROLE,
      Lifecycle,
    });
    until(state, '2026-01-04');
    const copy = state.pointsOf(ORDERS.arn).find((point) => point.backupVaultName === 'other');
    expect(formatInstant(copy?.createdAt ?? NaN)).toBe('2026-01-01T05:10:00.000Z');
    return formatInstant(copy?.deleteAt ?? Infinity);
  };

  test('a job started 2026-01-01T05:10Z with 35 days ends 2026-02-05T05:10Z and is gone by 13:10Z (B2.3/1, B5.2/1, B5.2/2)', () => {
    const state = started();
    expect(formatInstant(state.pointsOf(ORDERS.arn)[0]?.deleteAt ?? NaN)).toBe('2026-02-05T05:10:00.000Z');
    until(state, '2026-02-05T05:10Z');
    expect(state.pointsOf(ORDERS.arn)).toHaveLength(1);
    until(state, '2026-02-05T13:10Z');
    expect(state.pointsOf(ORDERS.arn)).toHaveLength(0);
  });

  // prettier-ignore
  test.each<[string, { DeleteAfterDays: number } | undefined, string]>([
    ['35 days',        { DeleteAfterDays: 35 },  '2026-02-05T05:10:00.000Z'],
    ['always (-1)',    { DeleteAfterDays: -1 },  '2026-02-05T05:10:00.000Z'],
    ['no lifecycle',   undefined,                '2026-02-05T05:10:00.000Z'],
    ['100 days',       { DeleteAfterDays: 100 }, '2026-04-11T05:10:00.000Z'],
  ])('a copy made two days later with %s', (_, lifecycle, end) => {
    expect(copied(lifecycle)).toBe(end);
  });
});

describe('vector 7: the copies that a rule makes (B6.2/1, B6.2/2)', () => {
  // prettier-ignore
  test.each<[Lifecycle | undefined, string]>([
    [undefined,                   '2027-02-05T05:00:00.000Z'],
    [{},                          '2027-02-05T05:00:00.000Z'],
    [{ deleteAfterDays: -1 },     '2027-02-05T05:00:00.000Z'],
    [{ deleteAfterDays: 90 },     '2027-04-01T05:00:00.000Z'],
    [{ deleteAfterDays: 36_500 }, '2126-12-08T05:00:00.000Z'],
  ])('with %j of a source kept 35 days', (lifecycle, end) => {
    const copy = { destinationBackupVaultArn: vaultArn('other'), ...(lifecycle === undefined ? {} : { lifecycle }) };
    const state = deployed({
      vaults: [vault('main'), vault('other')],
      resources: [ORDERS],
      plans: [plan('p', [rule('r', { copyActions: [copy] })])],
    });
    const copied = until(state, '2027-01-02').pointsOf(ORDERS.arn).find((point) => point.backupVaultName === 'other');
    expect(formatInstant(copied?.deleteAt ?? NaN)).toBe(end);
  });
});

test('vector 11: volumes by ARN or anything tagged, less what is tagged for testing (B3.1/1, B3.1/2, B3.1/3, B3.1/5)', () => {
  const tagged = { tags: { backup: 'true' } };
  const test = { tags: { backup: 'true', stage: 'test' } };
  const state = deployed({
    resources: [
      resource('ebs', 'vol-plain'),
      resource('ebs', 'vol-test', test),
      resource('efs', 'fs-tagged', tagged),
      resource('efs', 'fs-test', test),
      resource('efs', 'fs-plain'),
    ],
    plans: [
      plan('p', [rule('r')], {
        selections: [
          {
            selectionName: 's',
            iamRoleArn: ROLE,
            resources: ['arn:aws:ec2:*:*:volume/*'],
            listOfTags: [{ conditionKey: 'backup', conditionValue: 'true' }],
            conditions: { stringNotEquals: [{ conditionKey: 'aws:ResourceTag/stage', conditionValue: 'test' }] },
          },
        ],
      }),
    ],
  });
  const ran = until(state, '2027-01-02').resources.filter((one) => state.jobsOf(one.arn).length > 0);
  expect(ran.map((one) => one.name).sort()).toEqual(['fs-tagged', 'vol-plain']);
});

describe('vector 12: opt-in', () => {
  const optedOut = (key: string, id: string, name: string, selection: object): number => {
    const one = resource(id, name, { tags: { backup: 'true' } });
    const state = deployed({
      regionSettings: [{ env: ENV, resourceTypeOptInPreference: { [key]: false } }],
      resources: [one],
      plans: [plan('p', [rule('r')], { selections: [{ selectionName: 's', iamRoleArn: ROLE, ...selection }] })],
    });
    return until(state, '2027-01-02').jobsOf(one.arn).length;
  };

  test('a selection by tags alone leaves out a type that is opted out (B3.1/6, B3.3/4)', () => {
    const listOfTags = [{ conditionKey: 'backup', conditionValue: 'true' }];
    expect(optedOut('EFS', 'efs', 'fs-1', { listOfTags })).toBe(0);
  });

  test('an ARN that names the type disregards the opt-in (B3.1/9, B3.3/4)', () => {
    expect(optedOut('EFS', 'efs', 'fs-1', { resources: ['arn:aws:elasticfilesystem:*:*:file-system/*'] })).toBe(1);
  });

  test('the ARN of a cluster, which several services share, heeds it (B3.3/4)', () => {
    const one = resource('aurora', 'c1');
    expect(optedOut('Aurora', 'aurora', 'c1', { resources: [one.arn] })).toBe(0);
  });
});

describe('vector 18: the first backup into a second vault of the Region', () => {
  const movedInto = (service: string, name: string): number => {
    const one = resource(service, name, { sizeGiB: 100, dailyChangePercent: 1 });
    const state = world('2027-01-01', { vaults: [vault('main'), vault('other')], resources: [one] });
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: one.arn, IamRoleArn: ROLE });
    until(state, '2027-01-02');
    startBackupJob(state, ENV, { BackupVaultName: 'other', ResourceArn: one.arn, IamRoleArn: ROLE });
    until(state, '2027-01-03');
    return (state.jobsOf(one.arn)[1]?.transferredBytes ?? NaN) / 2 ** 30;
  };

  test('is full for EFS, which AWS Backup manages fully (B4.4/1)', () => {
    expect(movedInto('efs', 'fs-1')).toBe(100);
  });

  test('is incremental for EBS (B4.4/1)', () => {
    expect(movedInto('ebs', 'vol-1')).toBeCloseTo(1, 6);
  });
});

test('vector 21: every 12 hours from 12:30 on fires once a day (B2.2/3)', () => {
  const state = deployed({
    resources: [ORDERS],
    plans: [plan('p', [rule('r', { scheduleExpression: 'cron(30 12/12 * * ? *)' })])],
  });
  until(state, '2027-01-04');
  expect(story(state).filter((line) => line.includes('RUNNING'))).toEqual(
    table(`
      2027-01-01T12:30Z | backup-job RUNNING | orders | main | r
      2027-01-02T12:30Z | backup-job RUNNING | orders | main | r
      2027-01-03T12:30Z | backup-job RUNNING | orders | main | r
    `),
  );
});

describe('vector 22: a job at 04:30 with maintenance from 05:00 to 05:30', () => {
  const jobOf = (service: string) => {
    const one = resource(service, 'one', { preferredMaintenanceWindow: 'fri:05:00-fri:05:30' });
    const rules = [rule('r', { scheduleExpression: 'cron(30 4 ? * * *)' })];
    const state = until(deployed({ resources: [one], plans: [plan('p', rules)] }), '2027-01-02');
    return state.jobsOf(one.arn)[0];
  };

  test('fails for RDS (B4.3/2, B4.6/7)', () => {
    expect(jobOf('rds')).toMatchObject({
      state: 'FAILED',
      completedAt: parseInstant('2027-01-01T04:30Z'),
      statusMessage:
        'Backup job could not start because it is either inside or too close to the weekly maintenance window configured',
    });
  });

  test('is no obstacle for Aurora (B4.3/2)', () => {
    expect(jobOf('aurora')).toMatchObject({ state: 'COMPLETED', statusMessage: '' });
  });
});

test('vector 23: 02:30 in New York is skipped on the Sunday on which clocks spring forward (B2.2/4)', () => {
  const state = world('2027-03-13', {
    vaults: [vault('main')],
    resources: [ORDERS],
    plans: [
      plan('p', [
        rule('r', { scheduleExpression: 'cron(30 2 * * ? *)', scheduleExpressionTimezone: 'America/New_York' }),
      ]),
    ],
  });
  until(state, '2027-03-16');
  expect(story(state).filter((line) => line.includes('RUNNING'))).toEqual(
    table(`
      2027-03-13T07:30Z | backup-job RUNNING | orders | main | r
      2027-03-15T06:30Z | backup-job RUNNING | orders | main | r
    `),
  );
});

test('vector 24: 51 tags, those of the resource and those of the rule together, fail the job (B4.3/4, B4.6/2)', () => {
  const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`key-${i}`, 'x']));
  const stateOf = (count: number) => {
    const one = resource('efs', 'fs-1', { tags: tags(count) });
    const state = deployed({
      resources: [one],
      plans: [plan('p', [rule('r', { recoveryPointTags: { added: 'x' } })])],
    });
    return until(state, '2027-01-02').jobsOf(one.arn)[0];
  };
  expect(stateOf(49)?.state).toBe('COMPLETED');
  expect(stateOf(50)).toMatchObject({
    state: 'FAILED',
    statusMessage: 'The resultant tag set must not have more than 50 user tags.',
  });
});

test('deploying the same estate twice is refused by name', () => {
  const estate = { vaults: [vault('main', { declaredAt: 'app/Main' })] };
  const state = world('2027-01-01', estate);
  expect(() => deploy(state, estate)).toThrow('app/Main: CreateBackupVault answers AlreadyExistsException');
});
