// How scans of rules and of calls share an account, and what each of them reads.
import type { StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { listScanJobs } from '../../../engine/src/operations/backup/list-scan-jobs';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { startScanJob } from '../../../engine/src/operations/backup/start-scan-job';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { deleteRole } from '../../../engine/src/operations/iam/delete-role';
import { inject } from '../scenarios/fault-stage';
import { events, heard } from '../scenarios/listeners';
import { CMK, DAY, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const MAIN = { BackupVaultName: 'main' };
const OTHER = { ...ENV, account: '444455556666' };
const SCANNER = `arn:aws:iam::${ENV.account}:role/scanner`;
const BUCKET = resource('s3', 'pictures', { sizeGiB: 100, dailyChangePercent: 1 });
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' },
});
const VOLUME = resource('ebs', 'vol-0123456789abcdef0');

/** Backed up daily at 05:00, with a rule and a plan that say more. */
function daily(resources: StatefulResource[], scanActions: object[], scanSettings?: object[]): WorldState {
  const scanned = rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)', scanActions } as object);
  const settings = scanSettings === undefined ? {} : { scanSettings };
  return world('2027-01-01', { vaults: [vault('main')], resources, plans: [plan('p', [scanned], settings as object)] });
}

/** A World in which each resource was backed up by hand, so many times, in a vault of its account. */
function backedUp(resources: StatefulResource[], times = 1): WorldState {
  const vaults = [vault('main'), vault('other'), vault('main', { env: OTHER })];
  const state = world('2027-01-01', { vaults, resources }, 1, 1000);
  for (let n = 1; n <= times; n++) {
    for (const { arn, env } of resources) {
      const IamRoleArn = ROLE.replace(ENV.account, env.account);
      startBackupJob(state, env, { ...MAIN, ResourceArn: arn, IamRoleArn });
    }
    until(state, `2027-01-${String(n + 1).padStart(2, '0')}`);
  }
  return state;
}

function scan(state: WorldState, RecoveryPointArn: string | undefined, more: object = {}, env = ENV): string {
  const roles = { IamRoleArn: ROLE.replace(ENV.account, env.account), ScannerRoleArn: SCANNER };
  const input = { ...MAIN, RecoveryPointArn, ...roles, MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN', ...more };
  return startScanJob(state, env, input as Parameters<typeof startScanJob>[2]).ScanJobId ?? '';
}

function jobs(state: WorldState, env = ENV) {
  return listScanJobs(state, env, { MaxResults: 1000 }).ScanJobs ?? [];
}

const pointsOf = (state: WorldState, of: StatefulResource) => state.pointsOf(of.arn).map((one) => one.recoveryPointArn);

describe('the actions of a rule', () => {
  const ACTION = { malwareScanner: 'GUARDDUTY', scanMode: 'FULL_SCAN' };
  const setting = (resourceTypes?: string[]) => ({
    malwareScanner: 'GUARDDUTY',
    scannerRoleArn: SCANNER,
    ...(resourceTypes === undefined ? {} : { resourceTypes }),
  });

  // prettier-ignore
  test.each<[string, object[], object[] | undefined, string[]]>([
    ['for its type',                 [ACTION],                           [setting(['S3'])],                        ['FULL_SCAN S3']],
    ['for all types',                [ACTION],                           [setting(['ALL'])],                       ['FULL_SCAN S3', 'FULL_SCAN EBS']],
    ['for another type',             [ACTION],                           [setting(['EC2'])],                       []],
    ['for the second of two',        [ACTION],                           [setting(['EC2']), setting(['EBS'])],     ['FULL_SCAN EBS']],
    ['for no type',                  [ACTION],                           [setting()],                              []],
    ['without settings',             [ACTION],                           undefined,                                []],
    ['without actions',              [],                                 [setting(['ALL'])],                       []],
    ['twice',                        [ACTION, ACTION],                   [setting(['S3'])],                        ['FULL_SCAN S3']],
    ['without a scanner or a mode',  [{}],                               [setting(['S3'])],                        ['FULL_SCAN S3']],
  ])('%s make the scans that they should (B5.6/1)', (_, actions, settings, expected) => {
    const state = until(daily([BUCKET, VOLUME], actions, settings), '2027-01-02');
    expect(jobs(state).map((job) => `${job.ScanMode} ${job.ResourceType}`).sort()).toEqual([...expected].sort());
    expect(jobs(state).every((job) => job.MalwareScanner === 'GUARDDUTY')).toBe(true);
  });

  test('that ask for full scans get them each day, incremental ones once there is a base (B5.6/2)', () => {
    const modes = (scanMode: string) => {
      const action = { malwareScanner: 'GUARDDUTY', scanMode };
      return jobs(until(daily([BUCKET], [action], [setting(['S3'])]), '2027-01-04')).map((job) => job.ScanMode);
    };
    expect(modes('FULL_SCAN')).toEqual(['FULL_SCAN', 'FULL_SCAN', 'FULL_SCAN']);
    expect(modes('INCREMENTAL_SCAN')).toEqual(['INCREMENTAL_SCAN', 'INCREMENTAL_SCAN', 'FULL_SCAN']);
  });
});

describe('an account', () => {
  const buckets = (n: number, env = ENV) =>
    Array.from({ length: n }, (_, i) => resource('s3', `b${env.account}-${i}`, { sizeGiB: 500, env }));

  test('runs 150 scans at a time, whatever another does; the next begins when one ends (B5.6/3)', () => {
    const [ours, theirs] = [buckets(152), buckets(151, OTHER)];
    const state = backedUp([...ours, ...theirs]);
    const counted = (env = ENV) => {
      const states = jobs(state, env).map(({ State }) => State);
      return ['RUNNING', 'CREATED', 'COMPLETED'].map((one) => states.filter((state_) => state_ === one).length);
    };
    theirs.forEach((one) => scan(state, pointsOf(state, one)[0], {}, OTHER));
    ours.forEach((one) => scan(state, pointsOf(state, one)[0]));
    expect(counted()).toEqual([150, 2, 0]);
    expect(counted(OTHER)).toEqual([150, 1, 0]);
    const [first] = jobs(state).slice(-1);
    until(state, '2027-01-05');
    expect(counted()).toEqual([0, 0, 152]);
    expect(first?.State).toBe('RUNNING');
  });

  test('lets one resource wait while others run, and fails nothing but of the resource that is asked for (B5.6/3)', () => {
    const [busy, idle] = [resource('s3', 'busy', { sizeGiB: 500 }), resource('s3', 'idle', { sizeGiB: 500 })];
    const state = backedUp([busy, idle], 12);
    const [waiting, others] = [pointsOf(state, busy), pointsOf(state, idle)];
    waiting.forEach((arn) => scan(state, arn));
    others.slice(0, 9).forEach((arn) => scan(state, arn));
    const states = (of: StatefulResource) =>
      jobs(state)
        .filter((job) => job.ResourceArn === of.arn)
        .map(({ State }) => State);
    const count = (of: StatefulResource, wanted: string) => states(of).filter((one) => one === wanted).length;
    expect([count(busy, 'RUNNING'), count(busy, 'CREATED')]).toEqual([5, 7]);
    expect([count(idle, 'RUNNING'), count(idle, 'CREATED')]).toEqual([5, 4]);
    expect(jobs(state).some(({ State }) => State === 'FAILED')).toBe(false);
  });
});

describe('a scan', () => {
  test('has an id of its own in capitals, though the same is asked for again at one instant', () => {
    const state = backedUp([BUCKET], 2);
    createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
    deleteRole(state, ENV, { RoleName: 'backup' });
    const [one, other] = pointsOf(state, BUCKET);
    const ids = [scan(state, one), scan(state, one), scan(state, other), scan(state, one, { IdempotencyToken: 'a' })];
    expect(new Set(ids).size).toBe(4);
    expect(ids.filter((id) => /^[0-9A-F-]{36}$/.test(id))).toEqual(ids);
    expect(jobs(state).every(({ State }) => State === 'FAILED')).toBe(true);
  });

  test('has an id that does not follow from scans of other points', () => {
    const id = (before: boolean) => {
      const state = backedUp([BUCKET], 2);
      const [one, other] = pointsOf(state, BUCKET);
      if (before) {
        scan(state, one);
      }
      return scan(state, other);
    };
    expect(id(true)).toBe(id(false));
  });

  test('reads what a point stores when it builds on another, and everything when it does not (B5.6/2)', () => {
    const took = (mode: string) => {
      const state = backedUp([BUCKET], 2);
      const [base, next] = pointsOf(state, BUCKET);
      scan(state, base);
      until(state, '2027-01-04');
      scan(state, next, { ScanMode: mode });
      until(state, '2027-01-06');
      const [last] = jobs(state);
      return Number(last?.CompletionDate) - Number(last?.CreationDate);
    };
    expect(took('FULL_SCAN')).toBeGreaterThan(5 * took('INCREMENTAL_SCAN'));
  });

  test('builds on a scan that was complete, of another point, and on the one that is asked for (B5.6/2)', () => {
    const state = backedUp([BUCKET], 4);
    const arns = pointsOf(state, BUCKET);
    const base = (of: number, ScanBaseRecoveryPointArn?: string) => {
      scan(state, arns[of], { ScanMode: 'INCREMENTAL_SCAN', ScanBaseRecoveryPointArn });
      const [last] = jobs(state);
      return [last?.ScanMode, last?.ScanBaseRecoveryPointArn];
    };
    scan(state, arns[0]);
    // The first is still being read.
    expect(base(1)).toEqual(['FULL_SCAN', undefined]);
    until(state, '2027-01-07');
    expect(base(2, arns[0])).toEqual(['INCREMENTAL_SCAN', arns[0]]);
    until(state, '2027-01-08');
    expect(base(3)).toEqual(['INCREMENTAL_SCAN', arns[2]]);
    until(state, '2027-01-09');
    // Its own last scan is none to build on.
    expect(base(3)).toEqual(['INCREMENTAL_SCAN', arns[2]]);
  });

  test('builds on one that ended 365 days ago, and on none that ended a moment before (B5.6/2)', () => {
    for (const [later, mode] of [
      [0, 'INCREMENTAL_SCAN'],
      [1, 'FULL_SCAN'],
    ] as const) {
      const state = backedUp([BUCKET], 2);
      const [base, next] = pointsOf(state, BUCKET);
      scan(state, base);
      until(state, '2027-01-05');
      const ended = Number(jobs(state)[0]?.CompletionDate);
      state.runUntil(ended + 365 * DAY + later);
      scan(state, next, { ScanMode: 'INCREMENTAL_SCAN' });
      expect(jobs(state)[0]?.ScanMode).toBe(mode);
    }
  });

  test('of a copy builds on another, unless it is one of an instance (B5.6/2)', () => {
    const modes = (of: StatefulResource) => {
      const state = backedUp([of], 2);
      const [base, next] = pointsOf(state, of);
      scan(state, base);
      until(state, '2027-01-05');
      startCopyJob(state, ENV, {
        SourceBackupVaultName: 'main',
        DestinationBackupVaultArn: vaultArn('other'),
        RecoveryPointArn: next,
        IamRoleArn: ROLE,
      });
      until(state, '2027-01-06');
      const copy = state.pointsOf(of.arn).find(({ backupVaultName }) => backupVaultName === 'other');
      scan(state, copy?.recoveryPointArn, { BackupVaultName: 'other', ScanMode: 'INCREMENTAL_SCAN' });
      return jobs(state)[0]?.ScanMode;
    };
    expect([VOLUME, BUCKET, resource('ec2', 'i-0123456789abcdef0')].map(modes)).toEqual([
      'INCREMENTAL_SCAN',
      'INCREMENTAL_SCAN',
      'FULL_SCAN',
    ]);
  });

  test('fails when its role is gone, or its point before its turn comes (B2.5/1)', () => {
    const state = backedUp([BUCKET]);
    createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
    deleteRole(state, ENV, { RoleName: 'backup' });
    scan(state, pointsOf(state, BUCKET)[0]);
    expect(jobs(state)).toMatchObject([{ State: 'FAILED', StatusMessage: 'IAM Role cannot be assumed by AWS Backup' }]);
    const waiting = backedUp([resource('s3', 'pictures', { sizeGiB: 500 })], 6);
    const arns = pointsOf(waiting, BUCKET);
    arns.forEach((arn) => scan(waiting, arn));
    deleteRecoveryPoint(waiting, ENV, { ...MAIN, RecoveryPointArn: arns[5] });
    until(waiting, '2027-01-20');
    const last = jobs(waiting).find((job) => job.RecoveryPointArn === arns[5]);
    expect(last).toMatchObject({ State: 'FAILED', StatusMessage: 'Cannot find recovery point' });
    const ran = waiting.events().filter(({ kind, what }) => kind === 'scan-job' && what === 'RUNNING');
    expect(ran).toHaveLength(5);
  });

  test('fails when the key that its point is under cannot be used (B13)', () => {
    const state = backedUp([BUCKET]);
    inject(state, { kind: 'key-disabled', key: CMK });
    scan(state, pointsOf(state, BUCKET)[0]);
    until(state, '2027-01-03');
    expect(jobs(state)).toMatchObject([
      { State: 'FAILED', StatusMessage: expect.stringContaining('KMS key is either') },
    ]);
  });

  test('finds malware in what was backed up at the very instant of the infection, and after it (B5.6/3)', () => {
    const found = (infectAt: string) => {
      const state = until(world('2027-01-01', { vaults: [vault('main')], resources: [BUCKET] }), infectAt);
      const infected = state.ledger.resources.tryFind(BUCKET.arn);
      if (infected !== undefined) {
        state.scans.infect(infected);
      }
      until(state, '2027-01-01T02:00Z');
      return state;
    };
    const results = ['2027-01-01T02:00Z', '2027-01-01T01:59Z'].map((at) => {
      const state = found(at);
      startBackupJob(state, ENV, { ...MAIN, ResourceArn: BUCKET.arn, IamRoleArn: ROLE });
      until(state, '2027-01-02');
      scan(state, pointsOf(state, BUCKET)[0]);
      until(state, '2027-01-03');
      return jobs(state)[0]?.ScanResult?.ScanResultStatus;
    });
    expect(results).toEqual(['THREATS_FOUND', 'THREATS_FOUND']);
  });

  test('is told by the log and to whoever listens, with its role, and without a rule when it was a call', () => {
    const state = backedUp([BUCKET]);
    heard(state, 'scans', { source: ['aws.backup'], 'detail-type': ['Scan Job State Change'] });
    scan(state, pointsOf(state, BUCKET)[0]);
    until(state, '2027-01-03');
    const told = state.events().filter(({ kind }) => kind === 'scan-job');
    expect(told.map(({ what }) => what)).toEqual(['CREATED', 'RUNNING', 'COMPLETED']);
    expect(told[0]).toMatchObject({ resourceArn: BUCKET.arn, backupVaultArn: vaultArn('main') });
    const last = events(state, 'scans').at(-1)?.detail;
    expect(last?.['iamRoleArn']).toBe(ROLE);
    expect(last?.['createdBy'] ?? null).toBeNull();
  });
});
