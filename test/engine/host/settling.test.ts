// What AWS makes in the background, in a World whose clients wait by another clock.
import {
  BackupClient,
  CreateFrameworkCommand,
  CreateLogicallyAirGappedBackupVaultCommand,
  CreateReportPlanCommand,
  DeleteFrameworkCommand,
  DeleteReportPlanCommand,
  DescribeFrameworkCommand,
  DescribeReportPlanCommand,
  ListFrameworksCommand,
  ListReportPlansCommand,
  ListTagsCommand,
  UpdateFrameworkCommand,
  UpdateReportPlanCommand,
} from '@aws-sdk/client-backup';
import { World } from '@holdfast/engine';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorld } from '../../../engine/src/host/served-world';

const FRAMEWORK = {
  FrameworkName: 'audit',
  FrameworkDescription: 'ours',
  FrameworkControls: [{ ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' }],
};
const REPORT = {
  ReportPlanName: 'jobs',
  ReportPlanDescription: 'ours',
  ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
  ReportDeliveryChannel: { S3BucketName: 'reports' },
  ReportPlanTags: { owner: 'platform' },
};
const VAULT = { BackupVaultName: 'apart', MinRetentionDays: 7, MaxRetentionDays: 30 };

test('a served World has made, changed and deleted at once what AWS takes minutes for', async () => {
  const env = { partition: 'aws', account: '111122223333', region: 'eu-central-1' };
  const front = await HttpFront.open(new ServedWorld({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' }));
  const credentials = { accessKeyId: env.account, secretAccessKey: 'secret' };
  const client = new BackupClient({ endpoint: front.url, region: env.region, credentials });
  try {
    await client.send(new CreateFrameworkCommand(FRAMEWORK));
    await client.send(new UpdateFrameworkCommand({ FrameworkName: 'audit', FrameworkDescription: '' }));
    const framework = await client.send(new DescribeFrameworkCommand({ FrameworkName: 'audit' }));
    expect(framework.DeploymentStatus).toBe('COMPLETED');
    expect(framework.FrameworkDescription).toBeUndefined();
    const { ReportPlanArn } = await client.send(new CreateReportPlanCommand(REPORT));
    const { Tags } = await client.send(new ListTagsCommand({ ResourceArn: ReportPlanArn }));
    expect(Tags).toEqual({ owner: 'platform' });
    await client.send(new UpdateReportPlanCommand({ ReportPlanName: 'jobs', ReportPlanDescription: '' }));
    const { ReportPlan } = await client.send(new DescribeReportPlanCommand({ ReportPlanName: 'jobs' }));
    expect(ReportPlan?.DeploymentStatus).toBe('COMPLETED');
    expect(ReportPlan?.ReportPlanDescription).toBeUndefined();
    const vault = await client.send(new CreateLogicallyAirGappedBackupVaultCommand(VAULT));
    expect(vault.VaultState).toBe('AVAILABLE');
    await client.send(new DeleteFrameworkCommand({ FrameworkName: 'audit' }));
    expect((await client.send(new ListFrameworksCommand())).Frameworks).toEqual([]);
    await client.send(new DeleteReportPlanCommand({ ReportPlanName: 'jobs' }));
    expect((await client.send(new ListReportPlansCommand())).ReportPlans).toEqual([]);
  } finally {
    client.destroy();
    await front.close();
  }
});

test('a World in process shows what is still being made until its clock moves', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  const client = world.client(BackupClient);
  await client.send(new CreateFrameworkCommand(FRAMEWORK));
  const describe = () => client.send(new DescribeFrameworkCommand({ FrameworkName: 'audit' }));
  expect((await describe()).DeploymentStatus).toBe('CREATE_IN_PROGRESS');
  const vault = await client.send(new CreateLogicallyAirGappedBackupVaultCommand(VAULT));
  expect(vault.VaultState).toBe('CREATING');
  await world.advance({ hours: 1 });
  expect((await describe()).DeploymentStatus).toBe('COMPLETED');
});
