// Each type of resource that a stack brings about: made, changed in place or by replacement, and deleted.
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { World } from '@holdfast/engine';

const ROLE = 'arn:aws:iam::123456789012:role/someone';
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const policy = (Action: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }],
});
const rules = (days: number) => [{ RuleName: 'r', TargetBackupVault: 'none', Lifecycle: { DeleteAfterDays: days } }];
const CONTROLS = [{ ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' }];
const dashboard = (text: string) => JSON.stringify({ widgets: [{ type: 'text', properties: { markdown: text } }] });
const CODE = { ZipFile: 'exports.handler = async () => 1;' };
const code = { Runtime: 'nodejs20.x', Handler: 'index.handler', Role: ROLE, Code: CODE };
const machine = (to: string) =>
  JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', Result: to, End: true } } });
const alarm = (Threshold: number) => ({
  AlarmName: 'alarm',
  Namespace: 'AWS/Backup',
  MetricName: 'NumberOfBackupJobsFailed',
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold,
});
const points = (days: number) => ({
  Algorithm: 'LATEST_WITHIN_WINDOW',
  RecoveryPointTypes: ['SNAPSHOT'],
  IncludeVaults: ['*'],
  SelectionWindowDays: days,
});
const denies = policy('backup:DeleteRecoveryPoint', { Effect: 'Deny', Principal: '*' });

/** What stands before the change, the change, whether it takes another resource, and what else is in the template. */
type Row = [type: string, before: object, change: object, replaced: boolean, more?: Readonly<Record<string, object>>];

const KEY = { Other: { Type: 'AWS::KMS::Key' } };
const TOPIC = { Other: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'other' } } };
const QUEUE = { Other: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'other' } } };
const FUNCTION = { Other: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'other', ...code } } };
const BUCKET = { Other: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'other-bucket' } } };
const BUS = { Other: { Type: 'AWS::Events::EventBus', Properties: { Name: 'other' } } };
const GAPPED = {
  Other: {
    Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
    Properties: { BackupVaultName: 'gapped', MinRetentionDays: 7, MaxRetentionDays: 30 },
  },
};
const GROUP = { Other: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'other' } } };
const MEMBER = { ...GROUP, Ada: { Type: 'AWS::IAM::User', Properties: { UserName: 'lovelace' } } };
const REF = { Ref: 'Other' };

// prettier-ignore
const ROWS: Row[] = [
  ['AWS::Backup::BackupVault', { BackupVaultName: 'vault' }, { AccessPolicy: denies, BackupVaultTags: { a: 'b' }, LockConfiguration: { MinRetentionDays: 7 } }, false],
  ['AWS::Backup::BackupVault', { BackupVaultName: 'vault', AccessPolicy: denies, LockConfiguration: { MinRetentionDays: 7 } }, { AccessPolicy: undefined, LockConfiguration: undefined }, false],
  ['AWS::Backup::BackupVault', { BackupVaultName: 'vault' }, { BackupVaultName: 'other' }, true],
  ['AWS::Backup::LogicallyAirGappedBackupVault', { BackupVaultName: 'gapped', MinRetentionDays: 7, MaxRetentionDays: 30 }, { BackupVaultTags: { a: 'b' } }, false],
  ['AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanName: 'p', BackupPlanRule: rules(7) } }, { BackupPlan: { BackupPlanName: 'p', BackupPlanRule: rules(8) }, BackupPlanTags: { a: 'b' } }, false],
  ['AWS::Backup::Framework', { FrameworkName: 'frame', FrameworkControls: CONTROLS }, { FrameworkDescription: 'changed' }, false],
  ['AWS::Backup::ReportPlan', { ReportPlanName: 'report', ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' }, ReportDeliveryChannel: { S3BucketName: 'bucket' } }, { ReportDeliveryChannel: { S3BucketName: 'other' } }, false],
  ['AWS::Backup::RestoreTestingPlan', { RestoreTestingPlanName: 'tests', ScheduleExpression: 'cron(0 5 * * ? *)', RecoveryPointSelection: points(30) }, { RecoveryPointSelection: points(31) }, false],
  ['AWS::Backup::LegalHold', { Title: 'hold', Description: 'of all', RecoveryPointSelection: { VaultNames: ['vault'] } }, { Title: 'other' }, true],
  ['AWS::IAM::Role', { AssumeRolePolicyDocument: TRUST }, { Description: 'changed', Tags: [{ Key: 'a', Value: 'b' }], Policies: [{ PolicyName: 'in', PolicyDocument: policy('s3:*') }], ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }, false],
  ['AWS::IAM::Role', { AssumeRolePolicyDocument: TRUST, RoleName: 'one' }, { RoleName: 'two' }, true],
  ['AWS::IAM::ManagedPolicy', { PolicyDocument: policy('s3:*') }, { PolicyDocument: policy('kms:*') }, false],
  ['AWS::KMS::Key', { Description: 'one' }, { Description: 'two', Enabled: false, Tags: [{ Key: 'a', Value: 'b' }] }, false],
  ['AWS::KMS::Alias', { AliasName: 'alias/one', TargetKeyId: REF }, { AliasName: 'alias/two' }, true, KEY],
  ['AWS::SNS::Topic', { TopicName: 'topic' }, { DisplayName: 'changed' }, false],
  ['AWS::SNS::TopicPolicy', { Topics: [REF], PolicyDocument: policy('sns:Publish', { Principal: '*' }) }, { PolicyDocument: policy('sns:*', { Principal: '*' }) }, false, TOPIC],
  ['AWS::SNS::Subscription', { TopicArn: REF, Protocol: 'email', Endpoint: 'a@example.com' }, { Endpoint: 'b@example.com' }, true, TOPIC],
  ['AWS::SQS::Queue', { QueueName: 'queue' }, { VisibilityTimeout: 60 }, false],
  ['AWS::SQS::QueuePolicy', { Queues: [REF], PolicyDocument: policy('sqs:SendMessage', { Principal: '*' }) }, { PolicyDocument: policy('sqs:*', { Principal: '*' }) }, false, QUEUE],
  ['AWS::Lambda::Function', { FunctionName: 'function', ...code }, { Timeout: 60, Code: { ZipFile: 'exports.handler = async () => 2;' } }, false],
  ['AWS::Lambda::Permission', { FunctionName: REF, Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' }, { Principal: 'sns.amazonaws.com' }, true, FUNCTION],
  ['AWS::Lambda::EventInvokeConfig', { FunctionName: REF, Qualifier: '$LATEST', MaximumRetryAttempts: 1 }, { MaximumRetryAttempts: 0 }, false, FUNCTION],
  ['AWS::StepFunctions::StateMachine', { StateMachineName: 'machine', RoleArn: ROLE, DefinitionString: machine('a') }, { DefinitionString: machine('b') }, false],
  ['AWS::Events::Rule', { Name: 'rule', EventPattern: { source: ['aws.backup'] }, Targets: [{ Id: 'a', Arn: REF }] }, { Targets: [{ Id: 'b', Arn: REF }] }, false, TOPIC],
  ['AWS::CloudWatch::Alarm', alarm(1), { Threshold: 2 }, false],
  ['AWS::CloudWatch::Dashboard', { DashboardName: 'board', DashboardBody: dashboard('a') }, { DashboardBody: dashboard('b') }, false],
  ['AWS::SSM::Parameter', { Name: '/name', Type: 'String', Value: 'a' }, { Value: 'b' }, false],
  ['AWS::Budgets::Budget', { Budget: { BudgetName: 'budget', BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 100, Unit: 'USD' } } }, { Budget: { BudgetName: 'budget', BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 200, Unit: 'USD' } } }, false],
  ['AWS::Config::ConfigurationRecorder', { Name: 'recorder', RoleARN: ROLE }, { RecordingGroup: { AllSupported: true } }, false],
  ['AWS::DynamoDB::Table', { TableName: 'table', KeySchema: [] }, { Tags: [{ Key: 'a', Value: 'b' }] }, false],
  ['AWS::DynamoDB::Table', { TableName: 'table', KeySchema: [] }, { TableName: 'other' }, true],
  ['AWS::EFS::FileSystem', {}, { FileSystemTags: [{ Key: 'a', Value: 'b' }] }, false],
  ['AWS::S3::Bucket', { BucketName: 'bucket' }, { VersioningConfiguration: { Status: 'Enabled' }, Tags: [{ Key: 'a', Value: 'b' }] }, false],
  ['AWS::S3::Bucket', { BucketName: 'bucket' }, { BucketName: 'renamed' }, true],
  ['AWS::S3::BucketPolicy', { Bucket: REF, PolicyDocument: denies }, { PolicyDocument: policy('s3:*', { Effect: 'Deny', Principal: '*' }) }, false, BUCKET],
  ['AWS::ECR::Repository', { RepositoryName: 'repository' }, { ImageTagMutability: 'IMMUTABLE', LifecyclePolicy: { LifecyclePolicyText: '{"rules":[]}' }, Tags: [{ Key: 'a', Value: 'b' }] }, false],
  ['AWS::ECR::Repository', { RepositoryName: 'repository' }, { EncryptionConfiguration: { EncryptionType: 'KMS' }, RepositoryName: 'renamed' }, true],
  ['AWS::Logs::LogGroup', { LogGroupName: 'group' }, { RetentionInDays: 30, Tags: [{ Key: 'a', Value: 'b' }] }, false],
  ['AWS::Logs::LogGroup', { LogGroupName: 'group' }, { LogGroupName: 'other' }, true],
  ['AWS::Logs::ResourcePolicy', { PolicyName: 'policy', PolicyDocument: JSON.stringify(policy('logs:PutLogEvents')) }, { PolicyDocument: JSON.stringify(policy('logs:*')) }, false],
  ['AWS::Events::EventBus', { Name: 'bus', Policy: denies }, { Policy: undefined, Description: 'changed', Tags: [{ Key: 'a', Value: 'b' }] }, false],
  ['AWS::Events::EventBusPolicy', { EventBusName: REF, StatementId: 'all', Action: 'events:PutEvents', Principal: '*' }, { Action: undefined, Principal: undefined, Statement: { Effect: 'Allow', Principal: '*', Action: 'events:*', Resource: '*' } }, false, BUS],
  ['AWS::IAM::Group', { GroupName: 'team' }, { Policies: [{ PolicyName: 'in', PolicyDocument: policy('s3:*') }], ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }, false],
  ['AWS::IAM::Group', { GroupName: 'team' }, { GroupName: 'others' }, true],
  ['AWS::IAM::User', { UserName: 'ada', Groups: [REF] }, { Groups: [], Tags: [{ Key: 'a', Value: 'b' }], Policies: [{ PolicyName: 'in', PolicyDocument: policy('s3:*') }] }, false, GROUP],
  ['AWS::IAM::User', { UserName: 'ada', Groups: [REF] }, { UserName: 'bob' }, true, GROUP],
  ['AWS::IAM::UserToGroupAddition', { GroupName: REF, Users: [] }, { Users: [{ Ref: 'Ada' }] }, false, MEMBER],
  ['AWS::IAM::GroupPolicy', { GroupName: REF, PolicyName: 'in', PolicyDocument: policy('s3:*') }, { PolicyDocument: policy('kms:*') }, false, GROUP],
  ['AWS::IAM::UserPolicy', { UserName: { Ref: 'Ada' }, PolicyName: 'in', PolicyDocument: policy('s3:*') }, { PolicyName: 'other' }, true, MEMBER],
  ['AWS::IAM::Policy', { Groups: [REF], PolicyName: 'in', PolicyDocument: policy('s3:*') }, { Groups: [], Users: [{ Ref: 'Ada' }] }, false, MEMBER],
  ['AWS::IAM::ManagedPolicy', { Groups: [REF], PolicyDocument: policy('s3:*') }, { Groups: [], Users: [{ Ref: 'Ada' }] }, false, MEMBER],
  ['AWS::IAM::ServiceLinkedRole', { AWSServiceName: 'backup.amazonaws.com' }, { Description: 'changed' }, false],
  ['AWS::Config::ConformancePack', { ConformancePackName: 'pack', TemplateBody: 'Resources: {}' }, { Tags: [{ Key: 'a', Value: 'b' }] }, false],
  ['AWS::RAM::ResourceShare', { Name: 'share', ResourceArns: [{ 'Fn::GetAtt': ['Other', 'BackupVaultArn'] }], Principals: ['222222222222'] }, { Name: 'changed', Principals: ['333333333333'], Tags: [{ Key: 'a', Value: 'b' }] }, false, GAPPED],
  ['AWS::CDK::Metadata', { Analytics: 'a' }, { Analytics: 'b' }, false],
];

test.each<Row>(ROWS)('%s is made, changed and deleted (%#)', async (Type, before, change, replaced, more = {}) => {
  const client = new World({ start: '2027-01-01T00:00:00Z' }).client(CloudFormationClient);
  const StackName = 'team';
  const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
  const template = (Properties: object) => JSON.stringify({ Resources: { ...more, Thing: { Type, Properties } } });
  const input = { StackName, Capabilities };
  const statusOf = async (name: string) =>
    (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0]?.StackStatus;
  const told = async (name: string) => {
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
    return StackEvents.map((one) => `${one.LogicalResourceId} ${one.ResourceStatus} ${one.ResourceStatusReason ?? ''}`);
  };
  const { StackId = '' } = await client.send(new CreateStackCommand({ ...input, TemplateBody: template(before) }));
  expect([await statusOf(StackId), await told(StackId)]).toEqual(['CREATE_COMPLETE', expect.anything()]);
  await client.send(new UpdateStackCommand({ ...input, TemplateBody: template({ ...before, ...change }) }));
  const events = await told(StackId);
  expect([await statusOf(StackId), events]).toEqual(['UPDATE_COMPLETE', expect.anything()]);
  expect(events.some((one) => one.startsWith('Thing DELETE_COMPLETE'))).toBe(replaced);
  await client.send(new DeleteStackCommand({ StackName }));
  expect([await statusOf(StackId), await told(StackId)]).toEqual(['DELETE_COMPLETE', expect.anything()]);
});
