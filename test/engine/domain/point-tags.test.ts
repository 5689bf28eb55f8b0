// Tags of one recovery point among its like: whoever decides by them sees those that it has now, and of no other.
import type { Estate } from '@holdfast/model';
import { attack } from '../../../engine/src/attack/attack';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { putBackupVaultAccessPolicy } from '../../../engine/src/operations/backup/put-backup-vault-access-policy';
import { listTags } from '../../../engine/src/operations/backup/list-tags';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { describeRestoreJob } from '../../../engine/src/operations/backup/describe-restore-job';
import { tagResource } from '../../../engine/src/operations/backup/tag-resource';
import { untagResource } from '../../../engine/src/operations/backup/untag-resource';
import { updateGlobalSettings } from '../../../engine/src/operations/backup/update-global-settings';
import { createTags } from '../../../engine/src/operations/ec2/create-tags';
import { putRolePolicy } from '../../../engine/src/operations/iam/put-role-policy';
import { attachPolicy } from '../../../engine/src/operations/organizations/attach-policy';
import { createPolicy } from '../../../engine/src/operations/organizations/create-policy';
import { enablePolicyType } from '../../../engine/src/operations/organizations/enable-policy-type';
import { DISK, enforced, ESTATE, last, NO_ACCESS, own, BACKUPS, RESTORES, TABLE } from '../scenarios/enforced-stage';
import { MANAGEMENT, MEMBER, organization } from '../scenarios/organization-stage';
import { DAY, ENV, HOUR, plan, resource, ROLE, rule, until, vault, vaultArn } from '../scenarios/stage';

const KEPT = { StringEquals: { 'aws:ResourceTag/keep': 'yes' } };
const denying = (Action: string | string[]) => ({
  ...{ Sid: 'Keep', Effect: 'Deny', Action, Resource: '*', Condition: KEPT },
});
const daily: Estate = { ...ESTATE, plans: [plan('daily', [rule('daily', { lifecycle: { deleteAfterDays: 5 } })])] };

/** ARNs of the points of the volume in a vault, oldest first. */
function pointsOf(state: WorldState, vaultName = 'main', arn = DISK.arn): string[] {
  const points = state.pointsOf(arn).filter(({ backupVaultName }) => backupVaultName === vaultName);
  return [...points].sort((a, b) => a.createdAt - b.createdAt).map(({ recoveryPointArn }) => recoveryPointArn);
}

/** Three points, of which policies are asked once for all, then a tag on the second. */
function staged(estate: Estate = daily, statement: object = denying('ec2:DeleteSnapshot')) {
  const state = enforced([BACKUPS, RESTORES], estate);
  own(state, statement);
  until(state, '2027-01-04T00:00:00Z');
  const points = pointsOf(state);
  expect(points).toHaveLength(3);
  return { state, points };
}

/** How a copy into the second vault ends. */
function copied(state: WorldState, RecoveryPointArn: string | undefined): string {
  const DestinationBackupVaultArn = vaultArn('second');
  startCopyJob(state, ENV, {
    ...{ SourceBackupVaultName: 'main', DestinationBackupVaultArn, RecoveryPointArn, IamRoleArn: ROLE },
  });
  until(state, new Date(state.now + HOUR).toISOString());
  return last(state, DISK.arn);
}

function tag(state: WorldState, ResourceArn: string | undefined, env = ENV): void {
  tagResource(state, env, { ResourceArn, Tags: { keep: 'yes' } });
}

describe('a tag that one point of a series got after it was made', () => {
  // prettier-ignore
  test.each<[what: string, put: (state: WorldState, arn: string | undefined) => void]>([
    ['TagResource', tag],
    ['CreateTags of EC2', (state, arn = '') => { createTags(state, ENV, { Resources: [arn.split('/').at(-1) ?? ''], Tags: [{ Key: 'keep', Value: 'yes' }] }); }],
  ])('by %s keeps its lifecycle from deleting it, and that of no other', (_, put) => {
    const { state, points } = staged();
    const [first, second, third] = points;
    put(state, second);
    until(state, '2027-01-10T00:00:00Z');
    const left = state.pointsOf(DISK.arn).filter(({ recoveryPointArn }) => points.includes(recoveryPointArn));
    expect(left.map(({ recoveryPointArn, status }) => [recoveryPointArn, status])).toEqual([[second, 'EXPIRED']]);
    expect(pointsOf(state)).not.toContain(first);
    expect(pointsOf(state)).not.toContain(third);
  });

  test('counts from the instant at which it is put, and no longer once it is gone', () => {
    const { state, points } = staged();
    const [first, second] = points;
    until(state, '2027-01-06T14:00:00Z');
    // Verdicts for the like of it were given by now, for the first of them.
    expect(pointsOf(state)).not.toContain(first);
    tag(state, second);
    untagResource(state, ENV, { ResourceArn: second, TagKeyList: ['keep'] });
    until(state, '2027-01-07T14:00:00Z');
    expect(pointsOf(state)).not.toContain(second);
  });

  test('keeps a copy within the account from being made, of this point alone', () => {
    const { state, points } = staged(daily, denying('backup:CopyFromBackupVault'));
    expect(copied(state, points[0])).toBe('COMPLETED');
    tag(state, points[1]);
    expect([copied(state, points[1]), copied(state, points[2])]).toEqual([NO_ACCESS, 'COMPLETED']);
  });

  test('keeps a restore from being made, of this point alone', () => {
    const { state } = staged(daily, denying('dynamodb:RestoreTableFromBackup'));
    const points = pointsOf(state, 'main', TABLE.arn);
    tag(state, points[1]);
    const restored = (RecoveryPointArn: string | undefined, i: number) => {
      const Metadata = { targetTableName: `restored-${i}`, encryptionType: 'Default' };
      const { RestoreJobId } = startRestoreJob(state, ENV, { RecoveryPointArn, IamRoleArn: ROLE, Metadata });
      until(state, new Date(state.now + HOUR).toISOString());
      return describeRestoreJob(state, ENV, { RestoreJobId }).Status;
    };
    expect(points.map(restored)).toEqual(['COMPLETED', 'FAILED', 'COMPLETED']);
  });

  test('is seen by attacks: the like of it are one target, it is another', () => {
    const { state, points } = staged(daily, denying('backup:DeleteRecoveryPoint'));
    const [, second] = points;
    tag(state, second);
    putRolePolicy(state, ENV, {
      RoleName: 'backup',
      PolicyName: 'all',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
      }),
    });
    const attempts = attack(state, [ROLE]).attempts.filter(
      ({ action, resource: arn }) => action === 'backup:DeleteRecoveryPoint' && points.includes(arn),
    );
    expect(attempts.map(({ resource: arn, succeeds }) => [arn, succeeds]).sort()).toEqual(
      [
        [points[0], true],
        [second, false],
      ].sort(),
    );
    expect(attempts.map(({ points: count }) => count).sort()).toEqual([1, 2]);
  });
});

test('a copy out of its account follows the policies of the organization by the tags of its point', () => {
  const central = { ...MEMBER, account: MANAGEMENT.account };
  const files = resource('efs', 'fs-1', { env: MEMBER });
  const { state, root, unit } = organization({
    vaults: [
      vault('main', { env: MEMBER }),
      vault('central', {
        env: central,
        accessPolicy: {
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*' },
        },
      }),
    ],
    resources: [files],
  });
  updateGlobalSettings(state, MANAGEMENT, { GlobalSettings: { isCrossAccountBackupEnabled: 'true' } });
  enablePolicyType(state, MANAGEMENT, { RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' });
  const Content = JSON.stringify({ Version: '2012-10-17', Statement: denying('backup:CopyFromBackupVault') });
  const made = createPolicy(state, MANAGEMENT, {
    Name: 'keep',
    Content,
    Type: 'SERVICE_CONTROL_POLICY',
    Description: '',
  });
  attachPolicy(state, MANAGEMENT, { PolicyId: made.Policy?.PolicySummary?.Id ?? '', TargetId: unit });
  const IamRoleArn = `arn:aws:iam::${MEMBER.account}:role/backup`;
  for (let i = 0; i < 2; i++) {
    startBackupJob(state, MEMBER, { BackupVaultName: 'main', ResourceArn: files.arn, IamRoleArn });
    until(state, new Date(state.now + DAY).toISOString());
  }
  const [first, second] = pointsOf(state, 'main', files.arn);
  const crossed = (RecoveryPointArn: string | undefined) => {
    startCopyJob(state, MEMBER, {
      ...{ SourceBackupVaultName: 'main', DestinationBackupVaultArn: vaultArn('central', central) },
      ...{ RecoveryPointArn, IamRoleArn },
    });
    until(state, new Date(state.now + DAY).toISOString());
    return last(state, files.arn);
  };
  expect([crossed(first), crossed(second)]).toEqual(['COMPLETED', 'COMPLETED']);
  tag(state, second, MEMBER);
  expect([crossed(second), crossed(first)]).toEqual([NO_ACCESS, 'COMPLETED']);
});

test('a vault lets points out by their tags', () => {
  const { state, points } = staged(daily, { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' });
  const Statement = { ...denying('backup:CopyFromBackupVault'), Principal: '*' };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  putBackupVaultAccessPolicy(state, ENV, { BackupVaultName: 'main', Policy });
  tag(state, points[1]);
  expect(points.map((arn) => copied(state, arn))).toEqual(['COMPLETED', NO_ACCESS, 'COMPLETED']);
});

test('tags of the resource, and of the rule, as they were when a point was made tell points apart as well', () => {
  const state = enforced([BACKUPS], ESTATE);
  own(state, denying('ec2:DeleteSnapshot'));
  const make = (RecoveryPointTags: Record<string, string>) => {
    const Lifecycle = { DeleteAfterDays: 2 };
    startBackupJob(state, ENV, {
      ...{ BackupVaultName: 'main', ResourceArn: DISK.arn, IamRoleArn: ROLE, Lifecycle, RecoveryPointTags },
    });
    until(state, new Date(state.now + HOUR).toISOString());
  };
  make({});
  make({ keep: 'yes' });
  state.addResource({ ...DISK, tags: { keep: 'yes' } });
  make({});
  state.addResource(DISK);
  make({});
  const made = pointsOf(state);
  until(state, '2027-01-05T00:00:00Z');
  expect(pointsOf(state)).toEqual([made[1], made[2]]);
});

test('a copy takes all tags of its source, those too that it got later (B6.2/1)', () => {
  const { state, points } = staged(daily, { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' });
  const [first, second] = points;
  tag(state, second);
  expect([copied(state, first), copied(state, second)]).toEqual(['COMPLETED', 'COMPLETED']);
  const source = { 'aws:backup:source-resource': DISK.arn };
  const tags = pointsOf(state, 'second').map((ResourceArn) => listTags(state, ENV, { ResourceArn }).Tags);
  expect(tags).toEqual([source, { keep: 'yes', ...source }]);
});

test('policies are asked once for points that have the same tags', () => {
  const { state, points } = staged();
  const { permissions, decisions, points: rows, resources } = state.ledger;
  decisions.listen();
  const [series = -1] = resources.tryFind(DISK.arn)?.series ?? [];
  const asked = (row: number) => {
    const before = decisions.latest().length;
    permissions.deletion(ROLE, row);
    return decisions.latest().length - before;
  };
  const [one = -1, two = -1, three = -1] = rows.rowsOf(series);
  expect([asked(one), asked(two), asked(three)]).toEqual([1, 0, 0]);
  tag(state, points[1]);
  tag(state, points[2]);
  expect([asked(two), asked(one), asked(three), asked(one)]).toEqual([1, 1, 0, 0]);
});
