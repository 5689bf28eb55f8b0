// What constructs render, deployed into a World whose functions run: what they were made for happens.
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import * as cdk from '@holdfast/cdk';
import * as cdktf from '@holdfast/cdktf';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { World } from '../../../engine/src/testing/world';
import { synthCdk, synthCdktf, temporaryFolder } from '../../support/synth';

const ENV = { account: '123456789012', region: 'eu-central-1' };
const START = '2027-01-01T00:00:00Z';
const DAILY = 'cron(0 5 * * ? *)';

/** The role of that plan: where policies decide, one that nobody declared makes no backups. */
async function deployRole(world: World): Promise<void> {
  const Principal = { Service: 'backup.amazonaws.com' };
  await world.deploy({
    roles: [
      {
        env: { ...ENV, region: '', partition: 'aws' },
        roleName: 'backups',
        trustPolicy: { Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] },
        managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup'],
      },
    ],
  });
}

/** A plan that backs up into a vault at five. */
async function deployPlan(world: World, vault: string, resources: string[], recoveryPointTags = {}): Promise<void> {
  const iamRoleArn = 'arn:aws:iam::123456789012:role/backups';
  const rule = { ruleName: 'daily', targetBackupVaultName: vault, scheduleExpression: DAILY };
  await world.deploy({
    plans: [
      {
        backupPlanName: 'p',
        env: { ...ENV, partition: 'aws' },
        rules: [{ ...rule, recoveryPointTags }],
        selections: [{ selectionName: 's', iamRoleArn, resources }],
      },
    ],
  });
}

async function asked(world: World, FunctionName: string, request: object): Promise<unknown> {
  const Payload = new TextEncoder().encode(JSON.stringify(request));
  const { Payload: answer } = await world.client(LambdaClient).send(new InvokeCommand({ FunctionName, Payload }));
  return JSON.parse(new TextDecoder().decode(answer));
}

/** A vault of copies, a vault of the workload, and the way back from one to the other. */
const FORMS: readonly (readonly [form: string, synth: () => string])[] = [
  [
    'CDK',
    () =>
      synthCdk((app) => {
        const stack = new Stack(app, 'S', { env: ENV });
        const source = new cdk.Vault(stack, 'Copies', { backupVaultName: 'copies' }).backupVault;
        const destination = new cdk.Vault(stack, 'Primary', { backupVaultName: 'primary' }).backupVault;
        new cdk.CopyBack(stack, 'Back', { source, destination });
      }),
  ],
  [
    'Terraform',
    () =>
      synthCdktf((app) => {
        const stack = new TerraformStack(app, 's');
        new AwsProvider(stack, 'aws', { region: ENV.region, allowedAccountIds: [ENV.account] });
        const source = new cdktf.Vault(stack, 'Copies', { backupVaultName: 'copies' });
        const destination = new cdktf.Vault(stack, 'Primary', { backupVaultName: 'primary' });
        new cdktf.CopyBack(stack, 'Back', { source, destination });
      }),
  ],
];

test.each(FORMS)(
  'the function of CopyBack from %s copies the newest point back, with the rights of its role',
  async (_form, synth) => {
    const world = new World({ start: START, region: ENV.region, runFunctions: true, enforceIam: true });
    const { estate } = await world.deploy(synth());
    const [name = ''] = (estate.functions ?? []).map(({ functionName }) => functionName);
    const { arn } = world.add({ type: 'DynamoDB', name: 'orders', sizeGiB: 1 });
    await deployRole(world);
    await deployPlan(world, 'copies', [arn]);
    await world.advance({ days: 2 });
    const [, newest] = world.pointsOf('orders');
    expect(await asked(world, name, { resourceArns: [arn], dryRun: true })).toMatchObject({
      resources: [{ state: 'WOULD_START', recoveryPointArn: newest?.recoveryPointArn }],
    });
    const copied = await asked(world, name, { resourceArns: [arn] });
    expect(copied).toMatchObject({ complete: true, resources: [{ state: 'STARTED' }] });
    const { copyJobIds } = copied as { readonly copyJobIds: readonly string[] };
    expect(await asked(world, name, { copyJobIds })).toMatchObject({ complete: false, jobs: [{ state: 'RUNNING' }] });
    await world.advance({ hours: 3 });
    expect(await asked(world, name, { copyJobIds })).toMatchObject({ complete: true, jobs: [{ state: 'COMPLETED' }] });
    expect(world.pointsOf('orders').map(({ backupVaultArn }) => backupVaultArn.split(':').at(-1))).toEqual([
      'copies',
      'copies',
      'primary',
    ]);
  },
);

test('a function of an app, from its asset, answers the event of a failed job as it would when deployed', async () => {
  const code = temporaryFolder('code');
  fs.writeFileSync(path.join(code, 'words.js'), 'exports.why = (detail) => detail.statusMessage;');
  fs.writeFileSync(
    path.join(code, 'index.js'),
    `const { BackupClient, StartBackupJobCommand } = require('@aws-sdk/client-backup');
     const { why } = require('./words');
     exports.handler = async ({ detail }) => {
       console.log(why(detail));
       const { RULE_VAULT: BackupVaultName, ROLE: IamRoleArn } = process.env;
       await new BackupClient({}).send(
         new StartBackupJobCommand({ BackupVaultName, IamRoleArn, ResourceArn: detail.resourceArn }),
       );
     };`,
  );
  const out = synthCdk((app) => {
    const stack = new Stack(app, 'S', { env: ENV });
    new cdk.Vault(stack, 'Second', { backupVaultName: 'second' });
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') });
    const handler = new lambda.Function(stack, 'React', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(code),
      environment: { RULE_VAULT: 'second', ROLE: role.roleArn },
    });
    new events.Rule(stack, 'Failed', {
      eventPattern: { source: ['aws.backup'], detailType: ['Backup Job State Change'], detail: { state: ['FAILED'] } },
      targets: [new targets.LambdaFunction(handler)],
    });
  });
  const world = new World({ start: START, region: ENV.region, runFunctions: true });
  await world.deploy(out);
  await deployPlan(world, 'gone', [world.add({ type: 'DynamoDB', name: 'orders', sizeGiB: 1 }).arn]);
  await world.advance({ days: 1 });
  expect(world.functionRuns()).toMatchObject([
    { runs: [{ error: undefined, log: ['Backup job failed. The target Backup Vault does not exist.'] }] },
  ]);
  expect(world.pointsOf('orders')).toMatchObject([{ backupVaultArn: expect.stringMatching(/:second$/) }]);
});

test('the alarms of BackupAlarms tell their topic once when a job fails, and once when it is over', async () => {
  const out = synthCdk((app) => {
    const stack = new Stack(app, 'S', { env: ENV });
    const backupVaults = [new cdk.Vault(stack, 'Kept', { backupVaultName: 'kept' }).backupVault];
    const notificationTopic = new sns.Topic(stack, 'Topic', { topicName: 'alerts' });
    new cdk.BackupAlarms(stack, 'Alarms', { backupVaults, notificationTopic });
    new cdk.BackupDashboard(stack, 'Dashboard', { backupVaults });
  });
  const world = new World({ start: START, region: ENV.region });
  const { notRead } = await world.deploy(out);
  const types = ['AWS::CloudWatch::Dashboard', 'AWS::Logs::LogGroup', 'AWS::Logs::ResourcePolicy'];
  expect(notRead.map(({ type }) => type).sort()).toEqual(types);
  const orders = world.add({ type: 'DynamoDB', name: 'orders', sizeGiB: 1 });
  // 50 tags and that of the rule are one too many.
  const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, 'x']));
  const burdened = world.add({ type: 'DynamoDB', name: 'burdened', sizeGiB: 1, tags });
  // The alarms wait for the first success.
  await deployPlan(world, 'kept', [orders.arn]);
  await world.advance({ days: 1 });
  const before = world.messages('alerts').length;
  await deployPlan(world, 'kept', [burdened.arn], { owner: 'ops' });
  await world.advance({ days: 1 });
  expect(world.summary().backupJobs).toEqual({ COMPLETED: 2, FAILED: 1 });
  const told = world.messages('alerts').map((text) => JSON.parse(text) as Record<string, string>);
  expect(told.slice(before).map(({ OldStateValue, NewStateValue }) => `${OldStateValue} > ${NewStateValue}`)).toEqual([
    'OK > ALARM',
    'ALARM > OK',
  ]);
  expect(told.at(-1)?.['AlarmName']).toContain('Operation');
});
