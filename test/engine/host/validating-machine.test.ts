// A restore test that a state machine validates without any code: a rule starts it, and its tasks call services alone.
import { BackupClient, ListRestoreJobsCommand, StartBackupJobCommand } from '@aws-sdk/client-backup';
import { World } from '../../../engine/src/testing/world';

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/tests`;
const call = (action: string, Parameters: object, more: object) => ({
  ...{ Type: 'Task', Resource: `arn:aws:states:::aws-sdk:${action}`, Parameters },
  ...more,
});
const verdict = (ValidationStatus: string, more: object) =>
  call(
    'backup:putRestoreValidationResult',
    { 'RestoreJobId.$': '$.job.RestoreJobId', ValidationStatus, ...more },
    { End: true },
  );
const DEFINITION = (table: string) => ({
  StartAt: 'Look',
  States: {
    Look: call(
      'backup:describeRestoreJob',
      { 'RestoreJobId.$': '$.detail.restoreJobId' },
      { ResultPath: '$.job', Next: 'Table' },
    ),
    Table: call(
      'dynamodb:describeTable',
      { 'TableName.$': table },
      { ResultPath: '$.table', Next: 'Fine', Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.e', Next: 'Bad' }] },
    ),
    Fine: verdict('SUCCESSFUL', { 'ValidationStatusMessage.$': '$.table.Table.TableStatus' }),
    Bad: verdict('FAILED', { 'ValidationStatusMessage.$': '$.e.Error' }),
  },
});

function templateOf(table: string): Record<string, unknown> {
  const EventPattern = {
    source: ['aws.backup'],
    'detail-type': ['Restore Job State Change'],
    detail: { status: ['COMPLETED'] },
  };
  return {
    Resources: {
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } },
      Plan: {
        Type: 'AWS::Backup::RestoreTestingPlan',
        Properties: {
          RestoreTestingPlanName: 'tests',
          ScheduleExpression: 'cron(0 12 ? * * *)',
          StartWindowHours: 1,
          RecoveryPointSelection: {
            ...{ Algorithm: 'LATEST_WITHIN_WINDOW', RecoveryPointTypes: ['SNAPSHOT'], IncludeVaults: ['*'] },
          },
        },
      },
      Selection: {
        Type: 'AWS::Backup::RestoreTestingSelection',
        Properties: {
          RestoreTestingPlanName: { Ref: 'Plan' },
          RestoreTestingSelectionName: 'tables',
          ProtectedResourceType: 'DynamoDB',
          ProtectedResourceArns: ['*'],
          IamRoleArn: ROLE,
          ValidationWindowHours: 8,
        },
      },
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: { StateMachineName: 'm', RoleArn: ROLE, DefinitionString: JSON.stringify(DEFINITION(table)) },
      },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: { Name: 'restored', EventPattern, Targets: [{ Id: 'm', Arn: { Ref: 'Machine' }, RoleArn: ROLE }] },
      },
    },
  };
}

const RESTORED = "States.ArrayGetItem(States.StringSplit($.job.CreatedResourceArn, '/'), 1)";

// prettier-ignore
test.each<[looksAt: string, table: string, status: string, message: string]>([
  ['what was restored', RESTORED,                        'SUCCESSFUL', 'ACTIVE'],
  ['something else',    "States.Format('{}', 'none')",   'FAILED',     'DynamoDb.ResourceNotFoundException'],
])('a machine that looks at %s', async (_what, table, ValidationStatus, ValidationStatusMessage) => {
  const world = new World({ start: '2027-01-01T00:00:00Z', region: 'us-east-1', runFunctions: true });
  await world.deploy(templateOf(table));
  const { arn: ResourceArn } = world.add({ type: 'DynamoDB', name: 'orders', sizeGiB: 1 });
  const backup = world.client(BackupClient);
  await backup.send(new StartBackupJobCommand({ BackupVaultName: 'main', ResourceArn, IamRoleArn: ROLE }));
  await world.advance({ hours: 36 });
  const { RestoreJobs = [] } = await backup.send(new ListRestoreJobsCommand({}));
  expect(RestoreJobs.at(-1)).toMatchObject({ Status: 'COMPLETED', ValidationStatus, ValidationStatusMessage });
  await world.close();
});
