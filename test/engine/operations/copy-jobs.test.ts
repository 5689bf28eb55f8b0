import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { describeCopyJob } from '../../../engine/src/operations/backup/describe-copy-job';
import { listCopyJobs } from '../../../engine/src/operations/backup/list-copy-jobs';
import { AwsFault } from '../../../engine/src/operations/fault';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const TABLE = resource('efs', 'orders');
const EXTRA = { ...ENV, region: 'eu-west-1' };

/** Backed up daily at 05:00, each point copied into another vault of the Region. */
function copied(end: string) {
  const daily = rule('daily', {
    scheduleExpression: 'cron(0 5 * * ? *)',
    copyActions: [{ destinationBackupVaultArn: vaultArn('other') }],
  });
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('other')],
    resources: [TABLE],
    plans: [plan('all', [daily])],
  });
  return until(state, end);
}

describe('ListCopyJobs', () => {
  test('lists a copy for each backup, newest first, with both points (B6.1/2)', () => {
    const state = copied('2027-01-03T00:00:00Z');
    const [newest, oldest, ...more] = listCopyJobs(state, ENV, {}).CopyJobs ?? [];
    expect(more).toEqual([]);
    expect(newest?.CreationDate?.getTime()).toBeGreaterThan(oldest?.CreationDate?.getTime() ?? Infinity);
    const points = state.pointsOf(TABLE.arn);
    const arnsIn = (name: string) =>
      points.filter((point) => point.backupVaultName === name).map((point) => point.recoveryPointArn);
    expect([oldest, newest].map((job) => job?.SourceRecoveryPointArn)).toStrictEqual(arnsIn('main'));
    expect([oldest, newest].map((job) => job?.DestinationRecoveryPointArn)).toStrictEqual(arnsIn('other'));
    expect(newest).toMatchObject({
      State: 'COMPLETED',
      SourceBackupVaultArn: vaultArn('main'),
      DestinationBackupVaultArn: vaultArn('other'),
      CreatedBy: { BackupPlanName: 'all', BackupRuleName: 'daily' },
    });
  });

  test('leaves out what its filters do not ask for', () => {
    const state = copied('2027-01-03T00:00:00Z');
    const count = (input: Parameters<typeof listCopyJobs>[2], env = ENV) =>
      listCopyJobs(state, env, input).CopyJobs?.length;
    const [newest, oldest] = listCopyJobs(state, ENV, {}).CopyJobs ?? [];
    const { CreationDate, CompletionDate, SourceRecoveryPointArn } = newest ?? {};
    expect(count({}, EXTRA)).toBe(0);
    expect(count({ ByState: 'FAILED' })).toBe(0);
    expect(count({ ByState: 'COMPLETED' })).toBe(2);
    expect(count({ ByDestinationVaultArn: vaultArn('main') })).toBe(0);
    expect(count({ BySourceRecoveryPointArn: SourceRecoveryPointArn })).toBe(1);
    expect(count({ ByCreatedBefore: CreationDate })).toBe(1);
    expect(count({ ByCreatedAfter: CreationDate })).toBe(0);
    expect(count({ ByCompleteBefore: CompletionDate })).toBe(1);
    expect(count({ ByCompleteAfter: oldest?.CompletionDate })).toBe(1);
    expect(count({ MaxResults: 1 })).toBe(1);
  });
});

test('DescribeCopyJob answers with the job of an id, and refuses an id that no job has', () => {
  const state = copied('2027-01-03T00:00:00Z');
  const [newest] = listCopyJobs(state, ENV, {}).CopyJobs ?? [];
  expect(describeCopyJob(state, ENV, { CopyJobId: newest?.CopyJobId })).toEqual({ CopyJob: newest });
  expect(() => describeCopyJob(state, EXTRA, { CopyJobId: newest?.CopyJobId })).toThrow(AwsFault);
  expect(() => describeCopyJob(state, ENV, { CopyJobId: 'none' })).toThrow(AwsFault);
});

test('the same call twice at one instant makes two jobs with ids of their own (B4.2/1, B6.2/5)', () => {
  const state = copied('2027-01-02T00:00:00Z');
  const RecoveryPointArn = state.pointsOf(TABLE.arn).find(({ copyOf }) => copyOf === undefined)?.recoveryPointArn;
  const common = { IamRoleArn: ROLE, RecoveryPointArn, SourceBackupVaultName: 'main' };
  const copy = () => startCopyJob(state, ENV, { ...common, DestinationBackupVaultArn: vaultArn('other') }).CopyJobId;
  const backUp = () => startBackupJob(state, ENV, { ...common, BackupVaultName: 'main', ResourceArn: TABLE.arn });
  const ids = [copy(), copy(), backUp().BackupJobId, backUp().BackupJobId];
  expect(new Set(ids).size).toBe(4);
  until(state, '2027-01-03T00:00:00Z');
  const arns = state.pointsOf(TABLE.arn).map((point) => `${point.backupVaultName} ${point.recoveryPointArn}`);
  expect(new Set(arns).size).toBe(arns.length);
});
