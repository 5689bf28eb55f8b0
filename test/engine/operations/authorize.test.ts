import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  CreateRestoreTestingPlanCommand,
  CreateRestoreTestingSelectionCommand,
  DeleteBackupVaultCommand,
  GetRestoreTestingPlanCommand,
  ListBackupJobsCommand,
  PutBackupVaultAccessPolicyCommand,
  PutBackupVaultLockConfigurationCommand,
} from '@aws-sdk/client-backup';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { World } from '@holdfast/engine';
import { WorldState } from '../../../engine/src/domain/world-state';
import { authorize } from '../../../engine/src/operations/authorize';
import { createUser } from '../../../engine/src/operations/iam/create-user';
import { putUserPolicy } from '../../../engine/src/operations/iam/put-user-policy';

const ACCOUNT = '123456789012';
const OPERATOR = `arn:aws:iam::${ACCOUNT}:role/Operator`;
const CALLER = `arn:aws:sts::${ACCOUNT}:assumed-role/Operator/session`;
const VAULT = `arn:aws:backup:us-east-1:${ACCOUNT}:backup-vault:main`;
const NOT_AUTHORIZED = `User: ${CALLER} is not authorized to perform: `;

async function world(statements: object[], enforceIam = true): Promise<World> {
  const here = new World({ start: '2027-01-01T00:00:00Z', enforceIam });
  const iam = here.client(IAMClient);
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  await iam.send(new CreateRoleCommand({ RoleName: 'Operator', AssumeRolePolicyDocument }));
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'Operator', PolicyName: 'own', PolicyDocument }));
  return here;
}

function operator(here: World): BackupClient {
  return here.client(BackupClient, { principal: OPERATOR });
}

async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'none',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const create = (BackupVaultName: string, BackupVaultTags = {}) =>
  new CreateBackupVaultCommand({ BackupVaultName, BackupVaultTags });

test('a call that no policy allows is denied in words of AWS, and changes nothing', async () => {
  const here = await world([{ Effect: 'Allow', Action: 'backup:List*', Resource: '*' }]);
  const before = here.summary().digest;
  expect(await refusal(operator(here).send(create('main')))).toBe(
    `AccessDeniedException: ${NOT_AUTHORIZED}backup:CreateBackupVault on resource: ${VAULT} because no identity-based policy allows the backup:CreateBackupVault action`,
  );
  expect(here.summary().digest).toBe(before);
  expect(await refusal(operator(here).send(new ListBackupJobsCommand({})))).toBe('none');
});

test('policies decide nothing unless the World is told to, nor about calls without a principal', async () => {
  expect(await refusal(operator(await world([], false)).send(create('main')))).toBe('none');
  expect(await refusal((await world([])).client(BackupClient).send(create('main')))).toBe('none');
});

test('a statement that denies says so, by tags of the request and of the vault', async () => {
  const tag = { StringEquals: { 'aws:RequestTag/kind': 'secret' } };
  const marked = { StringEquals: { 'aws:ResourceTag/keep': 'true' } };
  const here = await world([
    ALL,
    { Effect: 'Deny', Action: 'backup:CreateBackupVault', Resource: '*', Condition: tag },
    { Effect: 'Deny', Action: 'backup:DeleteBackupVault', Resource: '*', Condition: marked },
  ]);
  const client = operator(here);
  expect(await refusal(client.send(create('main', { kind: 'secret' })))).toContain(
    'with an explicit deny in an identity-based policy',
  );
  await client.send(create('main', { keep: 'true' }));
  await client.send(create('other'));
  const remove = (BackupVaultName: string) => refusal(client.send(new DeleteBackupVaultCommand({ BackupVaultName })));
  expect(await remove('main')).toContain('with an explicit deny in an identity-based policy');
  expect(await remove('other')).toBe('none');
});

test('the days of a lock are keys of the request (B11.5/1)', async () => {
  const floor = { NumericLessThanIfExists: { 'backup:MinRetentionDays': '35' } };
  const Action = 'backup:PutBackupVaultLockConfiguration';
  const here = await world([ALL, { Effect: 'Deny', Action, Resource: '*', Condition: floor }]);
  await operator(here).send(create('main'));
  const put = (MinRetentionDays: number) =>
    refusal(
      operator(here).send(
        new PutBackupVaultLockConfigurationCommand({ BackupVaultName: 'main', MinRetentionDays, ChangeableForDays: 3 }),
      ),
    );
  expect(await put(34)).toContain('explicit deny');
  expect(await put(35)).toBe('none');
});

test('the access policy of a vault denies whoever it means (B7.2/1)', async () => {
  const here = await world([ALL]);
  await here.client(BackupClient).send(create('main'));
  const Statement = { Effect: 'Deny', Principal: '*', Action: 'backup:DeleteBackupVault', Resource: '*' };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [Statement] });
  await operator(here).send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName: 'main', Policy }));
  expect(await refusal(operator(here).send(new DeleteBackupVaultCommand({ BackupVaultName: 'main' })))).toBe(
    `AccessDeniedException: ${NOT_AUTHORIZED}backup:DeleteBackupVault on resource: ${VAULT} with an explicit deny in a resource-based policy`,
  );
});

test('whoever hands a role to AWS Backup has to be allowed to pass it', async () => {
  const here = await world([{ Effect: 'Allow', Action: ['backup:*', 'backup-storage:MountCapsule'], Resource: '*' }]);
  const service = { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: service });
  await here.client(IAMClient).send(new CreateRoleCommand({ RoleName: 'AWSBackup', AssumeRolePolicyDocument }));
  const Lifecycle = { DeleteAfterDays: 35 };
  const Rules = [{ RuleName: 'daily', TargetBackupVaultName: 'main', Lifecycle }];
  await operator(here).send(create('main'));
  const { BackupPlanId } = await operator(here).send(
    new CreateBackupPlanCommand({ BackupPlan: { BackupPlanName: 'p', Rules } }),
  );
  const select = (role: string) => {
    const IamRoleArn = `arn:aws:iam::${ACCOUNT}:role/${role}`;
    const BackupSelection = { SelectionName: role, IamRoleArn, Resources: ['*'] };
    return refusal(operator(here).send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection })));
  };
  expect(await select('AWSBackup')).toContain(
    `iam:PassRole on resource: arn:aws:iam::${ACCOUNT}:role/AWSBackup because no identity-based policy allows`,
  );
  const PolicyArn = 'arn:aws:iam::aws:policy/AWSBackupOperatorAccess';
  await here.client(IAMClient).send(new AttachRolePolicyCommand({ RoleName: 'Operator', PolicyArn }));
  expect(await select('AWSBackup')).toBe('none');
  expect(await select('other')).toContain('iam:PassRole');
});

test('a statement about a restore testing plan means that plan, and the role of a selection has to be passed', async () => {
  const arn = `arn:aws:backup:us-east-1:${ACCOUNT}:restore-testing-plan:drill-*`;
  const here = await world([{ Effect: 'Allow', Action: 'backup:*', Resource: arn }]);
  const plan = (RestoreTestingPlanName: string) =>
    new CreateRestoreTestingPlanCommand({
      RestoreTestingPlan: {
        RestoreTestingPlanName,
        ScheduleExpression: 'cron(0 5 ? * * *)',
        RecoveryPointSelection: {
          Algorithm: 'LATEST_WITHIN_WINDOW',
          RecoveryPointTypes: ['SNAPSHOT'],
          IncludeVaults: ['*'],
        },
      },
    });
  expect(await refusal(operator(here).send(plan('drill')))).toBe('none');
  expect(await refusal(operator(here).send(plan('other')))).toContain('backup:CreateRestoreTestingPlan on resource');
  const get = new GetRestoreTestingPlanCommand({ RestoreTestingPlanName: 'drill' });
  expect(await refusal(operator(here).send(get))).toBe('none');
  const select = new CreateRestoreTestingSelectionCommand({
    RestoreTestingPlanName: 'drill',
    RestoreTestingSelection: {
      RestoreTestingSelectionName: 'tables',
      ProtectedResourceType: 'DynamoDB',
      IamRoleArn: `arn:aws:iam::${ACCOUNT}:role/restores`,
      ProtectedResourceArns: ['*'],
    },
  });
  expect(await refusal(operator(here).send(select))).toContain('iam:PassRole on resource');
});

test('the policy of a key decides about the key', async () => {
  const here = await world([ALL]);
  const kms = here.client(KMSClient, { principal: OPERATOR });
  const other = `arn:aws:iam::${ACCOUNT}:role/Other`;
  const Statement = [{ Effect: 'Allow', Principal: { AWS: other }, Action: 'kms:*', Resource: '*' }];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  const own = await kms.send(new CreateKeyCommand({}));
  const theirs = await here.client(KMSClient).send(new CreateKeyCommand({ Policy }));
  const disable = (KeyId?: string) => refusal(kms.send(new DisableKeyCommand({ KeyId })));
  expect(await disable(own.KeyMetadata?.KeyId)).toBe('none');
  expect(await disable(theirs.KeyMetadata?.KeyId)).toContain(
    'because no resource-based policy allows the kms:DisableKey',
  );
});

test('nobody needs leave to ask who they are, and an ARN that is none gets nowhere', () => {
  const state = new WorldState({ start: 0, enforceIam: true });
  const ask = (principalArn: string, operation: string) => () =>
    authorize(state, { partition: 'aws', account: ACCOUNT, region: 'us-east-1', principalArn }, 'sts', operation, {});
  expect(ask(OPERATOR, 'GetCallerIdentity')).not.toThrow();
  expect(ask(OPERATOR, 'AssumeRole')).toThrow('sts:AssumeRole on resource: * because no identity-based policy allows');
  expect(ask('Operator', 'AssumeRole')).toThrow('Operator is no principal.');
});

const TEAM = `arn:aws:mpa:us-east-1:${ACCOUNT}:approval-team/t/1`;
const FRAMEWORK = `arn:aws:backup:us-east-1:${ACCOUNT}:framework:f-1`;
const REPORT = {
  ReportPlanName: 'r',
  ReportDeliveryChannel: { S3BucketName: 'b' },
  ReportSetting: { ReportTemplate: 'CONTROL_COMPLIANCE_REPORT', FrameworkArns: [FRAMEWORK] },
};
const POINT = 'arn:aws:ec2:us-east-1::snapshot/snap-1';

// prettier-ignore
test.each([
  ['backup',  'UpdateRecoveryPointIndexSettings',    { BackupVaultName: 'v', RecoveryPointArn: POINT, Index: 'DISABLED' }, { StringEquals: { 'backup:Index': 'DISABLED' } }],
  ['backup',  'AssociateBackupVaultMpaApprovalTeam', { BackupVaultName: 'v', MpaApprovalTeamArn: TEAM },                   { ArnEquals: { 'backup:MpaApprovalTeamArn': TEAM } }],
  ['backup',  'CreateReportPlan',                    REPORT,                                           { 'ForAnyValue:ArnLike': { 'backup:FrameworkArns': FRAMEWORK } }],
  ['backup',  'UntagResource',                       { ResourceArn: VAULT, TagKeyList: ['keep'] },     { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'keep' } }],
  ['kms',     'TagResource',                         { KeyId: 'k', Tags: [{ TagKey: 'keep', TagValue: 'no' }] }, { StringEquals: { 'aws:RequestTag/keep': 'no' } }],
  ['sns',     'CreateTopic',                         { Name: 't', Tags: [{ Key: 'keep', Value: 'no' }] }, { StringEquals: { 'aws:RequestTag/keep': 'no' } }],
])('a condition of %s:%s is held against what the call says', (service, operation, input, Condition) => {
  const deciding = (...statements: object[]) => {
    const state = new WorldState({ start: Date.UTC(2027, 0, 1), enforceIam: true });
    const env = { partition: 'aws', account: ACCOUNT, region: 'us-east-1' };
    createUser(state, env, { UserName: 'ops' });
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    putUserPolicy(state, env, { UserName: 'ops', PolicyName: 'own', PolicyDocument });
    const caller = { ...env, principalArn: `arn:aws:iam::${ACCOUNT}:user/ops` };
    return () => authorize(state, caller, service, operation, input);
  };
  const Action = `${service}:${operation}`;
  const denied = { Effect: 'Deny', Action, Resource: '*', Condition };
  expect(deciding(ALL)).not.toThrow();
  expect(deciding(ALL, denied)).toThrow('with an explicit deny in an identity-based policy');
});

// prettier-ignore
test.each([
  ['lambda',     'CreateFunction',   'lambda:CreateFunction on resource: arn:aws:lambda:us-east-1:123456789012:function:f',   { FunctionName: 'f', Role: OPERATOR }],
  ['monitoring', 'PutMetricAlarm',   'cloudwatch:PutMetricAlarm on resource: arn:aws:cloudwatch:us-east-1:123456789012:alarm:a', { AlarmName: 'a' }],
  ['tagging',    'GetResources',     'tag:GetResources on resource: *',                                                      {}],
  ['budgets',    'CreateBudget',     'budgets:ModifyBudget on resource: *',                                                  { AccountId: ACCOUNT }],
  ['s3',         'HeadBucket',       's3:ListBucket on resource: arn:aws:s3:::b',                                            { Bucket: 'b' }],
  ['s3',         'CopyObject',       's3:PutObject on resource: arn:aws:s3:::b/k',                                           { Bucket: 'b', Key: 'k' }],
  ['sqs',        'SendMessage',      'sqs:SendMessage on resource: arn:aws:sqs:us-east-1:999999999999:q',                    { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/999999999999/q' }],
  ['sns',        'Publish',          'sns:Publish on resource: arn:aws:sns:eu-west-1:123456789012:t',                        { TopicArn: 'arn:aws:sns:eu-west-1:123456789012:t' }],
  ['dynamodb',   'DeleteTable',      'dynamodb:DeleteTable on resource: arn:aws:dynamodb:us-east-1:123456789012:table/t',    { TableName: 't' }],
])('a call of %s:%s is known as %s', (service, operation, text, input) => {
  const state = new WorldState({ start: Date.UTC(2027, 0, 1), enforceIam: true });
  const env = { partition: 'aws', account: ACCOUNT, region: 'us-east-1' };
  createUser(state, env, { UserName: 'ops' });
  const caller = { ...env, principalArn: `arn:aws:iam::${ACCOUNT}:user/ops` };
  expect(() => authorize(state, caller, service, operation, input)).toThrow(text);
});

test('whoever gives a function a role has to be allowed to hand it to Lambda', () => {
  const state = new WorldState({ start: Date.UTC(2027, 0, 1), enforceIam: true });
  const env = { partition: 'aws', account: ACCOUNT, region: 'us-east-1' };
  const caller = { ...env, principalArn: `arn:aws:iam::${ACCOUNT}:user/ops` };
  const allow = (...statements: object[]) => {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    putUserPolicy(state, env, { UserName: 'ops', PolicyName: 'own', PolicyDocument });
  };
  createUser(state, env, { UserName: 'ops' });
  const make = () => authorize(state, caller, 'lambda', 'CreateFunction', { FunctionName: 'f', Role: OPERATOR });
  const pass = (service: string) => ({
    ...{ Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' },
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  });
  const own = { Effect: 'Allow', Action: 'lambda:*', Resource: '*' };
  allow(own, pass('backup.amazonaws.com'));
  expect(make).toThrow(`iam:PassRole on resource: ${OPERATOR}`);
  allow(own, pass('lambda.amazonaws.com'));
  expect(make).not.toThrow();
});
