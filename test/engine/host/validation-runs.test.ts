// Restore tests that are validated as they would be deployed: rule, state machine, both functions.
import { BackupClient, ListRestoreJobsCommand, StartBackupJobCommand } from '@aws-sdk/client-backup';
import { ListExecutionsCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import * as cdk from '@holdfast/cdk';
import { RestoreTestingResourceType } from '@holdfast/model';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { World } from '../../../engine/src/testing/world';
import { synthCdk } from '../../support/synth';

const ENV = { account: '123456789012', region: 'eu-central-1' };

/** A validator that answers `verdict`, an expression of its event. */
function estateOf(verdict: string): string {
  return synthCdk((app) => {
    const stack = new Stack(app, 'S', { env: ENV });
    new cdk.Vault(stack, 'Vault', { backupVaultName: 'main' });
    const validator = new lambda.Function(stack, 'Validator', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline(`exports.handler = async (event) => (${verdict});`),
    });
    const tests = new cdk.RestoreTestingPlan(stack, 'Tests', {
      restoreTestingPlanName: 'tests',
      startWindow: Duration.hours(1),
    });
    const resources = cdk.RestoreTestingResources.all(RestoreTestingResourceType.DYNAMODB);
    tests.addSelection('Tables', {
      ...{ restoreTestingSelectionName: 'tables', resources, validationWindow: Duration.hours(8) },
    });
    tests.addValidation('Check', { validator });
  });
}

async function validated(verdict: string, hours = 36) {
  const world = new World({ start: '2027-01-01T00:00:00Z', region: ENV.region, runFunctions: true });
  await world.deploy(estateOf(verdict));
  const { arn: ResourceArn } = world.add({ type: 'DynamoDB', name: 'orders', sizeGiB: 1 });
  const backup = world.client(BackupClient);
  const IamRoleArn = `arn:aws:iam::${ENV.account}:role/backups`;
  await backup.send(new StartBackupJobCommand({ BackupVaultName: 'main', ResourceArn, IamRoleArn }));
  await world.advance({ hours });
  const { RestoreJobs = [] } = await backup.send(new ListRestoreJobsCommand({}));
  const machines = world.client(SFNClient);
  const { stateMachines = [] } = await machines.send(new ListStateMachinesCommand({}));
  const { stateMachineArn } = stateMachines[0] ?? {};
  const { executions = [] } = await machines.send(new ListExecutionsCommand({ stateMachineArn }));
  return { job: RestoreJobs.at(-1), execution: executions.at(-1) };
}

// prettier-ignore
test.each<[verdict: string, status: string, message: string | undefined]>([
  ["{ status: event.createdResourceArn.includes(':table/') ? 'SUCCESSFUL' : 'FAILED', message: event.resourceType }", 'SUCCESSFUL', 'DynamoDB'],
  ["{ status: 'FAILED', message: 'rows are missing' }",                   'FAILED',     'rows are missing'],
  ['undefined.rows',                                                       'FAILED',     "TypeError: Cannot read properties of undefined (reading 'rows')"],
  ["event.attempt < 3 ? { status: 'PENDING' } : { status: 'SUCCESSFUL', message: 'attempt ' + event.attempt }", 'SUCCESSFUL', 'attempt 3'],
])('a validator that answers %s', async (verdict, ValidationStatus, ValidationStatusMessage) => {
  const { job, execution } = await validated(verdict);
  expect(job).toMatchObject({ Status: 'COMPLETED', ValidationStatus, ValidationStatusMessage });
  expect(execution?.status).toBe('SUCCEEDED');
  const took = Number(execution?.stopDate) - Number(execution?.startDate);
  // Ten minutes between one attempt and the next.
  expect(took).toBe(verdict.includes('PENDING') ? 2 * 600_000 : 0);
});
