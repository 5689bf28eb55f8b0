import type { BackupPlanInput } from '@aws-sdk/client-backup';
import { AwsFault } from '../../../engine/src/operations/fault';
import { createBackupPlan } from '../../../engine/src/operations/backup/create-backup-plan';
import { createBackupSelection } from '../../../engine/src/operations/backup/create-backup-selection';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { listRecoveryPointsByBackupVault } from '../../../engine/src/operations/backup/list-recovery-points-by-backup-vault';
import { updateRecoveryPointLifecycle } from '../../../engine/src/operations/backup/update-recovery-point-lifecycle';
import { ENV, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

const ONE = resource('efs', 'fs-1');
const DAILY: BackupPlanInput = {
  BackupPlanName: 'p',
  Rules: [{ RuleName: 'r', TargetBackupVaultName: 'main', Lifecycle: { DeleteAfterDays: 35 } }],
};

function nameOfFault(operation: () => unknown): string {
  try {
    operation();
    return 'none';
  } catch (error) {
    return error instanceof AwsFault ? `${error.name}: ${error.message}` : String(error);
  }
}

function ran(days: number) {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [ONE], plans: [plan('p', [rule('r')])] });
  return until(state, new Date(Date.UTC(2027, 0, 1 + days)).toISOString());
}

describe('CreateBackupPlan', () => {
  test('answers with id, ARN and version', () => {
    const answer = createBackupPlan(world('2027-01-01', {}), ENV, { BackupPlan: DAILY });
    expect(answer.BackupPlanArn).toBe(`arn:aws:backup:${ENV.region}:${ENV.account}:backup-plan:${answer.BackupPlanId}`);
    expect(Buffer.from(answer.VersionId ?? '', 'base64').toString()).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('fails on the same document again; the same name with another document is a second plan', () => {
    const state = world('2027-01-01', {});
    const first = createBackupPlan(state, ENV, { BackupPlan: DAILY });
    expect(nameOfFault(() => createBackupPlan(state, ENV, { BackupPlan: DAILY }))).toBe(
      'AlreadyExistsException: Backup plan with the same plan document already exists',
    );
    const other = { ...DAILY, Rules: [{ RuleName: 'other', TargetBackupVaultName: 'main' }] };
    expect(createBackupPlan(state, ENV, { BackupPlan: other }).BackupPlanId).not.toBe(first.BackupPlanId);
  });

  test('repeats its answer for the same request', () => {
    const state = world('2027-01-01', {});
    const input = { BackupPlan: DAILY, CreatorRequestId: 'once' };
    expect(createBackupPlan(state, ENV, input)).toEqual(createBackupPlan(state, ENV, input));
  });
});

describe('CreateBackupSelection', () => {
  test('fails with neither resources nor tags, in the words of AWS', () => {
    const state = world('2027-01-01', {});
    const { BackupPlanId } = createBackupPlan(state, ENV, { BackupPlan: DAILY });
    const BackupSelection = { SelectionName: 's', IamRoleArn: ROLE };
    expect(nameOfFault(() => createBackupSelection(state, ENV, { BackupPlanId, BackupSelection }))).toBe(
      "InvalidParameterValueException: Invalid backup selection. Either 'ListOfTags' or 'Resources' section must be non-empty.",
    );
  });

  test('fails on a plan that is not there', () => {
    const input = { BackupPlanId: 'none', BackupSelection: { SelectionName: 's', IamRoleArn: ROLE, Resources: ['*'] } };
    expect(nameOfFault(() => createBackupSelection(world('2027-01-01', {}), ENV, input))).toContain(
      'InvalidParameterValueException: Cannot find Backup plan',
    );
  });
});

describe('ListBackupJobs', () => {
  test('pages through the last 30 days, newest first (B4.1/11)', () => {
    const state = ran(40);
    const first = listBackupJobs(state, ENV, { MaxResults: 20 });
    const second = listBackupJobs(state, ENV, { MaxResults: 20, NextToken: first.NextToken });
    const dates = [...(first.BackupJobs ?? []), ...(second.BackupJobs ?? [])].map((job) => job.CreationDate?.getTime());
    expect(second.NextToken).toBeUndefined();
    expect(dates).toHaveLength(30);
    expect(dates).toEqual([...dates].sort((a, b) => (b ?? 0) - (a ?? 0)));
    expect(first.BackupJobs?.[0]).toMatchObject({ State: 'COMPLETED', CreatedBy: { BackupRuleName: 'r' } });
  });

  test('filters by state, and has nothing for another account', () => {
    expect(listBackupJobs(ran(5), ENV, { ByState: 'FAILED' }).BackupJobs).toEqual([]);
    expect(listBackupJobs(ran(5), { ...ENV, account: '999988887777' }, {}).BackupJobs).toEqual([]);
  });
});

test('ListRecoveryPointsByBackupVault shows when each point ends', () => {
  const { RecoveryPoints } = listRecoveryPointsByBackupVault(ran(3), ENV, { BackupVaultName: 'main' });
  expect(RecoveryPoints?.map((point) => point.CalculatedLifecycle?.DeleteAt?.toISOString())).toEqual([
    '2027-02-07T05:00:00.000Z',
    '2027-02-06T05:00:00.000Z',
    '2027-02-05T05:00:00.000Z',
  ]);
});

describe('UpdateRecoveryPointLifecycle', () => {
  test('moves the end of a point, which then goes at the new one alone (B2.3/5)', () => {
    const state = ran(1);
    const [point] = state.pointsOf(ONE.arn);
    const names = { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn };
    const answer = updateRecoveryPointLifecycle(state, ENV, { ...names, Lifecycle: { DeleteAfterDays: 100 } });
    expect(answer.CalculatedLifecycle?.DeleteAt?.toISOString()).toBe('2027-04-11T05:00:00.000Z');
    const created = () => until(state, state.now < Date.UTC(2027, 3, 1) ? '2027-04-11T05:00Z' : '2027-04-11T13:00Z');
    expect(created().pointsOf(ONE.arn)[0]?.createdAt).toBe(Date.UTC(2027, 0, 1, 5));
    expect(created().pointsOf(ONE.arn)[0]?.createdAt).not.toBe(Date.UTC(2027, 0, 1, 5));
  });

  test('fails on a cold day that is past (B2.3/5)', () => {
    const state = ran(20);
    const [point] = state.pointsOf(ONE.arn);
    const names = { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn };
    const Lifecycle = { MoveToColdStorageAfterDays: 10, DeleteAfterDays: 200 };
    expect(nameOfFault(() => updateRecoveryPointLifecycle(state, ENV, { ...names, Lifecycle }))).toContain('age');
  });
});
