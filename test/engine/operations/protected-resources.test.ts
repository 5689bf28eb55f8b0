import { describeProtectedResource } from '../../../engine/src/operations/backup/describe-protected-resource';
import { listProtectedResources } from '../../../engine/src/operations/backup/list-protected-resources';
import { listProtectedResourcesByBackupVault } from '../../../engine/src/operations/backup/list-protected-resources-by-backup-vault';
import { listRecoveryPointsByResource } from '../../../engine/src/operations/backup/list-recovery-points-by-resource';
import { AwsFault } from '../../../engine/src/operations/fault';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const TABLE = resource('dynamodb', 'orders');
const VOLUME = resource('ebs', 'vol-0123456789abcdef0');

/** Both resources are backed up daily at 05:00; one of them again, at 07:00 and into another vault. */
function backedUp(end: string) {
  const daily = rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)', lifecycle: { deleteAfterDays: 2 } });
  const again = rule('again', {
    scheduleExpression: 'cron(0 7 2 1 ? 2027)',
    targetBackupVaultName: 'other',
    lifecycle: { deleteAfterDays: 35 },
  });
  const selections = [{ selectionName: 'table', iamRoleArn: ROLE, resources: [TABLE.arn] }];
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('other')],
    resources: [TABLE, VOLUME],
    plans: [plan('all', [daily]), plan('table', [again], { selections })],
  });
  return until(state, end);
}

function arns(results: readonly { readonly ResourceArn?: string | undefined }[] | undefined) {
  return results?.map((one) => one.ResourceArn);
}

test('nothing is protected before its first backup, and everything that has a point is thereafter', () => {
  expect(listProtectedResources(backedUp('2027-01-01T04:00:00Z'), ENV, {}).Results).toEqual([]);
  const state = backedUp('2027-01-02T20:00:00Z');
  expect(arns(listProtectedResources(state, ENV, {}).Results)).toEqual([TABLE.arn, VOLUME.arn].sort());
  expect(listProtectedResources(state, { ...ENV, region: 'eu-west-1' }, {}).Results).toEqual([]);
  expect(arns(listProtectedResourcesByBackupVault(state, ENV, { BackupVaultName: 'other' }).Results)).toEqual([
    TABLE.arn,
  ]);
});

test('the newest point of a resource tells when and where it was backed up last', () => {
  const state = backedUp('2027-01-02T20:00:00Z');
  const points = listRecoveryPointsByResource(state, ENV, { ResourceArn: TABLE.arn }).RecoveryPoints ?? [];
  expect(points.map((point) => point.BackupVaultName)).toEqual(['other', 'main', 'main']);
  const described = describeProtectedResource(state, ENV, { ResourceArn: TABLE.arn });
  expect(described).toMatchObject({
    ResourceType: 'DynamoDB',
    LastBackupVaultArn: vaultArn('other'),
    LastRecoveryPointArn: points[0]?.RecoveryPointArn,
    LastBackupTime: points[0]?.CreationDate,
  });
  const [inMain] =
    listProtectedResourcesByBackupVault(state, ENV, { BackupVaultName: 'main' }).Results?.filter(
      (one) => one.ResourceArn === TABLE.arn,
    ) ?? [];
  expect(inMain?.LastRecoveryPointArn).toBe(points[1]?.RecoveryPointArn);
});

test('what has no point is not a protected resource', () => {
  const state = backedUp('2027-01-01T04:00:00Z');
  expect(() => describeProtectedResource(state, ENV, { ResourceArn: TABLE.arn })).toThrow(AwsFault);
  expect(listRecoveryPointsByResource(state, ENV, { ResourceArn: TABLE.arn }).RecoveryPoints).toEqual([]);
});
