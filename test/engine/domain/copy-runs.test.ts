// Copies one by one: what they move, what they leave behind, and what becomes of the points that they were made of.
import type { Estate, StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { SOURCE_TAG, tagsOfPoint } from '../../../engine/src/domain/tags';
import { createLegalHold } from '../../../engine/src/operations/backup/create-legal-hold';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { describeBackupVault } from '../../../engine/src/operations/backup/describe-backup-vault';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { tagResource } from '../../../engine/src/operations/backup/tag-resource';
import { inject } from '../scenarios/fault-stage';
import { events, heard } from '../scenarios/listeners';
import { CMK, DAY, ENV, HOUR, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const IRELAND = { ...ENV, region: 'eu-west-1' };
const BUCKET = resource('s3', 'pictures', { sizeGiB: 100, dailyChangePercent: 10 });
const DISK = resource('ebs', 'vol-1', { encryptedWith: CMK, sizeGiB: 10, dailyChangePercent: 10 });
const GAP = { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 90 };

function stage(estate: Estate): WorldState {
  return world('2027-01-01', {
    vaults: [vault('main'), vault('other'), vault('far', { env: IRELAND })],
    logicallyAirGappedVaults: [GAP],
    ...estate,
  });
}

/** A plan that runs at 05:00 and copies into these vaults. */
function copying(destinations: string[], more: object = {}) {
  const copyActions = destinations.map((destinationBackupVaultArn) => ({ destinationBackupVaultArn }));
  return plan('p', [rule('r', { scheduleExpression: 'cron(0 5 ? * * *)', copyActions, ...more })]);
}

function back(state: WorldState, arn: string, BackupVaultName = 'main', more: object = {}): void {
  startBackupJob(state, ENV, { BackupVaultName, ResourceArn: arn, IamRoleArn: ROLE, ...more });
  until(state, new Date(state.now + DAY).toISOString());
}

function copy(state: WorldState, RecoveryPointArn: string | undefined, to: string, more: object = {}): void {
  startCopyJob(state, ENV, {
    SourceBackupVaultName: 'main',
    DestinationBackupVaultArn: to,
    RecoveryPointArn,
    IamRoleArn: ROLE,
    ...more,
  });
}

const copies = (state: WorldState, arn: string) => state.jobsOf(arn).filter(({ kind }) => kind === 'copy');
const vaultsOf = (state: WorldState, arn: string) =>
  state
    .pointsOf(arn)
    .map(({ backupVaultName }) => backupVaultName)
    .sort();

describe('a copy', () => {
  test('of a continuous backup is made each day for each action, though one waits for the other (B5.3/7, B6.1/3)', () => {
    const plans = [copying([vaultArn('other'), vaultArn('far', IRELAND)], { enableContinuousBackup: true })];
    const state = until(stage({ resources: [BUCKET], plans }), '2027-01-04');
    expect(copies(state, BUCKET.arn).map((job) => job.state)).toEqual(Array(6).fill('COMPLETED'));
    expect(vaultsOf(state, BUCKET.arn)).toEqual(['far', 'far', 'far', 'main', 'other', 'other', 'other']);
    const [copied] = state.pointsOf(BUCKET.arn).filter(({ backupVaultName }) => backupVaultName === 'far');
    expect(copied?.why).toBe('copy action of rule r of plan p, from vault main');
  });

  test('that waited fails when its source is gone by its turn (B6.1/3)', () => {
    const plans = [copying([vaultArn('other'), vaultArn('far', IRELAND)])];
    const state = until(stage({ resources: [{ ...BUCKET, sizeGiB: 2000 }], plans }), '2027-01-01T09:00Z');
    const waits = () => copies(state, BUCKET.arn).map((job) => job.state);
    while (waits().length === 0) {
      state.runUntil(state.now + HOUR / 6);
    }
    expect(waits()).toEqual(['RUNNING', 'CREATED']);
    const [point] = state.pointsOf(BUCKET.arn);
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn });
    until(state, '2027-01-02T04:00Z');
    expect(waits()).toEqual(['COMPLETED', 'FAILED']);
    expect(copies(state, BUCKET.arn).at(-1)?.why).toContain('source');
  });

  test('that waited fails as well when a continuous point of another is where its source was (B6.1/3)', () => {
    const texts = resource('s3', 'texts');
    const of = ({ arn }: StatefulResource) => [{ selectionName: 's', iamRoleArn: ROLE, resources: [arn] }];
    const copied = { ...copying([vaultArn('other'), vaultArn('far', IRELAND)]), selections: of(BUCKET) };
    // The first copy runs from 08:22 to 11:44.
    const late = rule('late', { scheduleExpression: 'cron(0 10 1 1 ? *)', enableContinuousBackup: true });
    const plans = [copied, plan('q', [late], { selections: of(texts) })];
    const state = until(stage({ resources: [{ ...BUCKET, sizeGiB: 2000 }, texts], plans }), '2027-01-01T09:00Z');
    const [point] = state.pointsOf(BUCKET.arn);
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn });
    until(state, '2027-01-02T04:00Z');
    expect(vaultsOf(state, texts.arn)).toEqual(['main']);
    expect(copies(state, BUCKET.arn).map((job) => job.state)).toEqual(['COMPLETED', 'FAILED']);
  });

  test('moves what changed since the newest point of its destination, and nothing for an older one (B4.4/5)', () => {
    const state = stage({ resources: [BUCKET] });
    back(state, BUCKET.arn);
    back(state, BUCKET.arn);
    back(state, BUCKET.arn);
    const moved = (of: number, to: string) => {
      copy(state, state.pointsOf(BUCKET.arn).filter((one) => one.backupVaultName === 'main')[of]?.recoveryPointArn, to);
      until(state, new Date(state.now + DAY).toISOString());
      return (copies(state, BUCKET.arn).at(-1)?.transferredBytes ?? NaN) / 2 ** 30;
    };
    expect(moved(0, vaultArn('far', IRELAND))).toBe(100);
    expect(moved(2, vaultArn('far', IRELAND))).toBeCloseTo(20, 0);
    expect(moved(1, vaultArn('far', IRELAND))).toBe(0);
    // Within a Region, too, what the destination holds is the base.
    expect(moved(1, vaultArn('other'))).toBe(100);
    expect(moved(2, vaultArn('other'))).toBeCloseTo(10, 0);
  });

  test('of a volume is full the first time, within its Region and into another (B4.4/1, B4.4/5)', () => {
    const state = stage({ resources: [DISK] });
    back(state, DISK.arn);
    back(state, DISK.arn);
    const moved = (of: number, to: string) => {
      copy(state, state.pointsOf(DISK.arn).filter((one) => one.backupVaultName === 'main')[of]?.recoveryPointArn, to);
      until(state, new Date(state.now + DAY).toISOString());
      return (copies(state, DISK.arn).at(-1)?.transferredBytes ?? NaN) / 2 ** 30;
    };
    expect(moved(0, vaultArn('other'))).toBe(10);
    expect(moved(1, vaultArn('other'))).toBeCloseTo(1, 1);
    expect(moved(0, vaultArn('far', IRELAND))).toBe(10);
    expect(moved(1, vaultArn('far', IRELAND))).toBeCloseTo(1, 1);
  });

  test('says why it is there: by a rule, by hand, or on its way out of reach (B6.1/2, B7.6/2)', () => {
    const plans = [copying([vaultArn('other')], { targetLogicallyAirGappedBackupVaultArn: vaultArn('gap') })];
    const state = until(stage({ resources: [DISK], plans }), '2027-01-01T12:00Z');
    const [point] = state.pointsOf(DISK.arn).filter((one) => one.backupVaultName === 'other');
    copy(state, point?.recoveryPointArn, vaultArn('far', IRELAND), { SourceBackupVaultName: 'other' });
    until(state, '2027-01-01T20:00Z');
    const why = new Map(state.pointsOf(DISK.arn).map((one) => [one.backupVaultName, one.why]));
    expect(new Set([why.get('gap'), why.get('other'), why.get('far')]).size).toBe(3);
    expect(why.get('far')).toBe('StartCopyJob made it from vault other');
  });

  test('counts among the points of its vault', () => {
    const plans = [copying([vaultArn('other')])];
    const state = until(stage({ resources: [BUCKET, DISK], plans }), '2027-01-03');
    const count = (BackupVaultName: string) =>
      describeBackupVault(state, ENV, { BackupVaultName }).NumberOfRecoveryPoints;
    expect([count('main'), count('other'), count('gap')]).toEqual([4, 4, 0]);
  });

  test('that a fault refuses says so in the log, in its job and to nobody else', () => {
    const plans = [copying([vaultArn('other')])];
    const state = stage({ resources: [BUCKET], plans });
    inject(state, { kind: 'copy-refused', vault: 'other' });
    until(state, '2027-01-02');
    const told = state.events().filter(({ kind }) => kind === 'copy-job');
    expect(told.map(({ what, why }) => [what, why])).toEqual([
      ['FAILED', expect.stringMatching(/^injected: (?!a fault$)/)],
    ]);
    expect(copies(state, BUCKET.arn)).toMatchObject([{ state: 'FAILED' }]);
    const backups = state.events().filter(({ kind }) => kind === 'backup-job');
    expect(backups.some(({ why }) => why?.includes('injected') === true)).toBe(false);
  });

  test('that a system error holds back is CREATED until it is over, and tells no fault afterwards', () => {
    const plans = [copying([vaultArn('other')])];
    const state = stage({ resources: [BUCKET], plans });
    inject(state, { kind: 'job-fails', jobs: 'copy', retryable: true, to: '2027-01-01T09:00Z' });
    heard(state, 'copies', { source: ['aws.backup'], 'detail-type': ['Copy Job State Change'] });
    until(state, '2027-01-02');
    const told = state.events().filter(({ kind }) => kind === 'copy-job');
    expect(told.map(({ what }) => what)).toEqual(['CREATED', 'RUNNING', 'COMPLETED']);
    expect(told.map(({ why }) => why?.includes('injected') === true)).toEqual([true, false, false]);
    const heardStates = events(state, 'copies').map(({ detail }) => detail['state']);
    expect(heardStates.filter((one) => one === 'CREATED')).toHaveLength(1);
  });
});

describe('a temporary point', () => {
  const TARGET = { targetLogicallyAirGappedBackupVaultArn: vaultArn('gap') };

  test('stays until its last copy is over, whichever that is (B7.6/2)', () => {
    const big = { ...DISK, sizeGiB: 1000 };
    const plans = [copying([vaultArn('far', IRELAND)], TARGET)];
    const state = stage({ resources: [big], plans });
    const seen: string[] = [];
    for (let at = Date.parse('2027-01-01T05:00Z'); at < Date.parse('2027-01-02T04:00Z'); at += HOUR / 12) {
      state.runUntil(at);
      const now = vaultsOf(state, big.arn).join();
      if (now !== seen.at(-1)) {
        seen.push(now);
      }
    }
    expect(seen).toEqual(['', 'main', 'gap,main', 'far,gap']);
  });

  test('stays for its own copies although one by hand fails meanwhile (B7.6/2)', () => {
    const big = { ...DISK, sizeGiB: 1000 };
    const state = stage({ resources: [big], plans: [copying([vaultArn('far', IRELAND)], TARGET)] });
    until(state, '2027-01-01T05:00Z');
    while (state.pointsOf(big.arn).length === 0) {
      state.runUntil(state.now + HOUR / 12);
    }
    copy(state, state.pointsOf(big.arn)[0]?.recoveryPointArn, vaultArn('nowhere'));
    until(state, '2027-01-02T04:00Z');
    expect(
      copies(state, big.arn)
        .map((job) => job.state)
        .sort(),
    ).toEqual(['COMPLETED', 'COMPLETED', 'FAILED']);
    expect(vaultsOf(state, big.arn)).toEqual(['far', 'gap']);
  });

  test('under a legal hold is not given up for its copy (B7.6/2, B5.4/1)', () => {
    const state = stage({ resources: [{ ...DISK, sizeGiB: 1000 }], plans: [copying([], TARGET)] });
    until(state, '2027-01-01T05:00Z');
    while (state.pointsOf(DISK.arn).length === 0) {
      state.runUntil(state.now + HOUR / 12);
    }
    createLegalHold(state, ENV, {
      Title: 'case',
      Description: 'all of it',
      RecoveryPointSelection: { VaultNames: ['main'], ResourceIdentifiers: [DISK.arn] },
    });
    until(state, '2027-01-02T04:00Z');
    expect(vaultsOf(state, DISK.arn)).toEqual(['gap', 'main']);
  });

  test('is the only one that is given up: a copy of any other leaves it where it is (B7.6/2)', () => {
    const state = stage({ resources: [DISK] });
    back(state, DISK.arn, 'main', { Lifecycle: { DeleteAfterDays: 30 } });
    copy(state, state.pointsOf(DISK.arn)[0]?.recoveryPointArn, vaultArn('gap'));
    until(state, '2027-01-03');
    expect(vaultsOf(state, DISK.arn)).toEqual(['gap', 'main']);
  });

  test('without copies of its own goes after the first copy by hand that lasts, and not after one that does not (B7.6/2)', () => {
    const day = 24 * HOUR;
    const state = stage({ resources: [DISK], plans: [copying([], { ...TARGET, lifecycle: { deleteAfterDays: 91 } })] });
    until(state, '2027-01-01T12:00Z');
    expect([vaultsOf(state, DISK.arn), copies(state, DISK.arn).map((job) => job.state)]).toEqual([
      ['main'],
      ['FAILED'],
    ]);
    const [point] = state.pointsOf(DISK.arn);
    copy(state, point?.recoveryPointArn, vaultArn('gap'), { Lifecycle: { DeleteAfterDays: 30 } });
    until(state, new Date(state.now + day / 4).toISOString());
    expect(vaultsOf(state, DISK.arn)).toEqual(['gap', 'main']);
  });
});

test('a copy turns cold when its lifecycle says so (B5.2/1)', () => {
  const lifecycle = { moveToColdStorageAfterDays: 2, deleteAfterDays: 365 };
  const once = rule('r', {
    scheduleExpression: 'cron(0 5 1 1 ? *)',
    copyActions: [{ destinationBackupVaultArn: vaultArn('other'), lifecycle }],
  });
  const files = resource('efs', 'fs-1');
  const state = stage({ resources: [files], plans: [plan('p', [once])] });
  const classOf = (at: string) =>
    until(state, at)
      .pointsOf(files.arn)
      .find(({ backupVaultName }) => backupVaultName === 'other')?.storageClass;
  expect([classOf('2027-01-03T04:59:59Z'), classOf('2027-01-04')]).toEqual(['WARM', 'COLD']);
});

test('a copy takes the tags of its source, and not of what came in its place meanwhile (B6.2/1)', () => {
  const big = { ...DISK, sizeGiB: 10_000 };
  const tagged = (gone: boolean) => {
    const state = stage({ resources: [big] });
    back(state, big.arn);
    const [first] = state.pointsOf(big.arn);
    tagResource(state, ENV, { ResourceArn: first?.recoveryPointArn, Tags: { first: 'yes' } });
    copy(state, first?.recoveryPointArn, vaultArn('far', IRELAND));
    state.runUntil(state.now + HOUR);
    expect(copies(state, big.arn).map((job) => job.state)).toEqual(['RUNNING']);
    if (gone) {
      deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: first?.recoveryPointArn });
      const second = resource('ebs', 'vol-2', { encryptedWith: CMK });
      state.addResource(second);
      startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: second.arn, IamRoleArn: ROLE });
      state.runUntil(state.now + HOUR);
      const [other] = state.pointsOf(second.arn);
      tagResource(state, ENV, { ResourceArn: other?.recoveryPointArn, Tags: { second: 'yes' } });
    }
    until(state, '2027-02-01');
    expect(copies(state, big.arn).map((job) => job.state)).toEqual(['COMPLETED']);
    const { ledger } = state;
    const series = ledger.resources.tryFind(big.arn)?.series.find((one) => ledger.vaultOf(one).name === 'far') ?? -1;
    const [row = -1] = ledger.points.rowsOf(series);
    const { [SOURCE_TAG]: _source, ...own } = tagsOfPoint(ledger, row);
    return own;
  };
  expect([tagged(false), tagged(true)]).toEqual([{ first: 'yes' }, {}]);
});
