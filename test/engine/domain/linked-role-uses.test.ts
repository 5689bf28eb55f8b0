// What keeps the roles that AWS Backup alone assumes: resources of the account that need them, whatever their Region.
import { isLinkedService, linkedRoleUses } from '../../../engine/src/domain/linked-role-uses';
import { createFramework } from '../../../engine/src/operations/backup/create-framework';
import { createReportPlan } from '../../../engine/src/operations/backup/create-report-plan';
import { createRestoreTestingPlan } from '../../../engine/src/operations/backup/create-restore-testing-plan';
import { ENV, vault, vaultArn, world } from '../scenarios/stage';

const ELSEWHERE = { ...ENV, region: 'us-west-2' };
const CHINA = { ...ENV, partition: 'aws-cn', region: 'cn-north-1' };
const OTHER = { ...ENV, account: '999999999999' };
const PLACES = [ENV, ELSEWHERE, CHINA, OTHER];

test('each of them is needed by what it works on in its account and partition (B12)', () => {
  const state = world('2027-01-01', { vaults: PLACES.map((env) => vault('main', { env })) });
  for (const place of PLACES) {
    createFramework(state, place, {
      FrameworkName: 'own',
      FrameworkControls: [{ ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' }],
    });
    createReportPlan(state, place, {
      ReportPlanName: 'jobs',
      ReportDeliveryChannel: { S3BucketName: 'reports' },
      ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
    });
    createRestoreTestingPlan(state, place, {
      RestoreTestingPlan: {
        RestoreTestingPlanName: 'weekly',
        ScheduleExpression: 'cron(0 5 ? * 1 *)',
        RecoveryPointSelection: {
          Algorithm: 'LATEST_WITHIN_WINDOW',
          IncludeVaults: ['*'],
          RecoveryPointTypes: ['SNAPSHOT'],
        },
      },
    });
  }
  const uses = (service: Parameters<typeof linkedRoleUses>[1], account = ENV) =>
    linkedRoleUses(state, service, account).map((arn) => arn.replace(/[-:][0-9a-f_-]{16,}$/, ''));
  expect(uses('backup.amazonaws.com')).toEqual([vaultArn('main'), vaultArn('main', ELSEWHERE)]);
  expect(uses('backup.amazonaws.com', OTHER)).toEqual([vaultArn('main', OTHER)]);
  expect(uses('backup.amazonaws.com', CHINA)).toEqual([vaultArn('main', CHINA)]);
  const of = (kind: string, name: string) =>
    [ENV, ELSEWHERE].map((env) => `arn:aws:backup:${env.region}:${env.account}:${kind}:${name}`);
  expect(uses('reports.backup.amazonaws.com')).toEqual([...of('framework', 'own'), ...of('report-plan', 'jobs')]);
  expect(uses('restore-testing.backup.amazonaws.com')).toEqual(of('restore-testing-plan', 'weekly'));
  expect(uses('restore-testing.backup.amazonaws.com', { ...ENV, account: '000000000000' })).toEqual([]);
});

test('three services have a role of their own, and no other name has', () => {
  const services = ['backup', 'reports.backup', 'restore-testing.backup'].map((name) => `${name}.amazonaws.com`);
  expect(services.map(isLinkedService)).toEqual([true, true, true]);
  expect(['ec2.amazonaws.com', '', 'toString'].map(isLinkedService)).toEqual([false, false, false]);
});
