import { World } from '@holdfast/engine';

const ROLE = 'arn:aws:iam::123456789012:role/backup';

/** A stack with a table and a bucket, and a plan that selects what is given. */
function template(resources: readonly unknown[]) {
  return {
    Resources: {
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } },
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: {
          BackupPlan: {
            BackupPlanName: 'p',
            BackupPlanRule: [
              {
                RuleName: 'daily',
                TargetBackupVault: { Ref: 'Vault' },
                ScheduleExpression: 'cron(0 5 * * ? *)',
                Lifecycle: { DeleteAfterDays: 35 },
              },
            ],
          },
        },
      },
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: {
          BackupPlanId: { Ref: 'Plan' },
          BackupSelection: { SelectionName: 's', IamRoleArn: ROLE, Resources: resources },
        },
      },
      Orders: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } },
      Pictures: {
        Type: 'AWS::S3::Bucket',
        Properties: { BucketName: 'pictures', VersioningConfiguration: { Status: 'Enabled' } },
      },
      Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
    },
  };
}

async function run(resources: readonly unknown[]): Promise<World> {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  await world.deploy(template(resources));
  await world.advance({ days: 1 });
  return world;
}

test('a stack that a plan selects by its ARN is backed up with what it holds (B4.5/1)', async () => {
  const world = await run([{ Ref: 'AWS::StackId' }]);
  expect(world.summary().resources.byType).toEqual({ CloudFormation: 1, DynamoDB: 1, S3: 1 });
  // A parent, the template, the table and the bucket.
  expect(world.summary().backupJobs).toEqual({ COMPLETED: 4 });
  for (const name of ['orders', 'pictures']) {
    expect(world.pointsOf(name)).toMatchObject([{ why: expect.stringContaining(':stack/') as string }]);
  }
});

test('a stack that no plan names is no resource, whatever selects everything', async () => {
  const world = await run(['*']);
  expect(world.summary().resources.byType).toEqual({ DynamoDB: 1, S3: 1 });
  expect(world.summary().backupJobs).toEqual({ COMPLETED: 2 });
});
