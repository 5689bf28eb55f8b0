// What stacks make in services around AWS Backup, as those services show it once it was changed.
import { CloudFormationClient, CreateStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as config from '@aws-sdk/client-config-service';
import * as events from '@aws-sdk/client-eventbridge';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import * as ram from '@aws-sdk/client-ram';
import { World } from '@holdfast/engine';

const StackName = 'team';

/** Makes the resource, then changes it. */
async function changed(world: World, Type: string, before: object, after: object, more = {}): Promise<void> {
  const client = world.client(CloudFormationClient);
  const templateOf = (Properties: object) => JSON.stringify({ Resources: { ...more, Thing: { Type, Properties } } });
  await client.send(new CreateStackCommand({ StackName, TemplateBody: templateOf(before) }));
  await client.send(new UpdateStackCommand({ StackName, TemplateBody: templateOf(after) }));
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const failed = StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('FAILED'));
  expect(failed.map(({ ResourceStatusReason }) => ResourceStatusReason)).toEqual([]);
}

let world: World;

beforeEach(() => {
  world = new World({ start: '2027-01-01T00:00:00Z' });
});

test('a log group keeps its events as long as its template says, then for ever', async () => {
  const client = world.client(logs.CloudWatchLogsClient);
  const read = async () => (await client.send(new logs.DescribeLogGroupsCommand({}))).logGroups?.[0]?.retentionInDays;
  const named = { LogGroupName: 'group' };
  const kept = { ...named, RetentionInDays: 30, Tags: [{ Key: 'a', Value: 'b' }] };
  await changed(world, 'AWS::Logs::LogGroup', named, kept);
  expect(await read()).toBe(30);
  const { logGroups } = await client.send(new logs.DescribeLogGroupsCommand({}));
  const resourceArn = String(logGroups?.[0]?.logGroupArn);
  expect(await client.send(new logs.ListTagsForResourceCommand({ resourceArn }))).toMatchObject({ tags: { a: 'b' } });
  const TemplateBody = JSON.stringify({ Resources: { Thing: { Type: 'AWS::Logs::LogGroup', Properties: named } } });
  await world.client(CloudFormationClient).send(new UpdateStackCommand({ StackName, TemplateBody }));
  expect(await read()).toBeUndefined();
  expect(await client.send(new logs.ListTagsForResourceCommand({ resourceArn }))).toMatchObject({ tags: {} });
});

test('a policy of CloudWatch Logs is what its template says last', async () => {
  const named = { PolicyName: 'policy' };
  await changed(
    world,
    'AWS::Logs::ResourcePolicy',
    { ...named, PolicyDocument: '{"Statement":[]}' },
    { ...named, PolicyDocument: '{"Statement":[1]}' },
  );
  const client = world.client(logs.CloudWatchLogsClient);
  const { resourcePolicies = [] } = await client.send(new logs.DescribeResourcePoliciesCommand({}));
  expect(resourcePolicies).toMatchObject([{ policyName: 'policy', policyDocument: '{"Statement":[1]}' }]);
});

test('a statement of a bus takes the place of that of its name, and leaves the others', async () => {
  const client = world.client(events.EventBridgeClient);
  const own = { StatementId: 'own', Principal: '222222222222', Action: 'events:PutEvents' };
  await client.send(new events.PutPermissionCommand(own));
  const Statement = { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' };
  const [before, after] = [
    { StatementId: 'all', Principal: '*', Action: 'events:PutRule' },
    { StatementId: 'all', Statement },
  ];
  await changed(world, 'AWS::Events::EventBusPolicy', before, after);
  const { Policy = '' } = await client.send(new events.DescribeEventBusCommand({}));
  const { Statement: statements } = JSON.parse(Policy) as { Statement: unknown[] };
  expect(statements).toMatchObject([{ Sid: 'own' }, { ...Statement, Sid: 'all' }]);
});

test('a bus loses the policy that its template no longer has', async () => {
  const client = world.client(events.EventBridgeClient);
  const Policy = { Version: '2012-10-17', Statement: [{ Sid: 'a' }] };
  await changed(world, 'AWS::Events::EventBus', { Name: 'bus', Policy }, { Name: 'bus', Description: 'changed' });
  const bus = await client.send(new events.DescribeEventBusCommand({ Name: 'bus' }));
  expect([bus.Policy, bus.Description]).toEqual([undefined, 'changed']);
});

test('a share has the vaults and accounts that its template says last', async () => {
  const Vault = {
    Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
    Properties: { BackupVaultName: 'gapped', MinRetentionDays: 7, MaxRetentionDays: 30 },
  };
  const ResourceArns = [{ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }];
  const before = { Name: 'share', ResourceArns, Principals: ['222222222222', '333333333333'] };
  const after = { ...before, Name: 'changed', Principals: ['333333333333', '444444444444'] };
  await changed(world, 'AWS::RAM::ResourceShare', before, after, { Vault });
  const client = world.client(ram.RAMClient);
  const { resourceShares = [] } = await client.send(new ram.GetResourceSharesCommand({ resourceOwner: 'SELF' }));
  expect(resourceShares).toMatchObject([{ name: 'changed', allowExternalPrincipals: true }]);
  const asked = { associationType: 'PRINCIPAL' as const };
  const { resourceShareAssociations = [] } = await client.send(new ram.GetResourceShareAssociationsCommand(asked));
  const accounts = resourceShareAssociations.map(({ associatedEntity }) => associatedEntity);
  expect(accounts.sort()).toEqual(['333333333333', '444444444444']);
});

test('a conformance pack has the bucket that its template says last, and keeps its ARN', async () => {
  const before = { ConformancePackName: 'pack', TemplateBody: 'Resources: {}' };
  const Tags = [{ Key: 'a', Value: 'b' }];
  await changed(world, 'AWS::Config::ConformancePack', before, { ...before, DeliveryS3Bucket: 'reports', Tags });
  const client = world.client(config.ConfigServiceClient);
  const { ConformancePackDetails = [] } = await client.send(new config.DescribeConformancePacksCommand({}));
  expect(ConformancePackDetails).toMatchObject([{ ConformancePackName: 'pack', DeliveryS3Bucket: 'reports' }]);
  const ResourceArn = ConformancePackDetails[0]?.ConformancePackArn;
  const told = await client.send(new config.ListTagsForResourceCommand({ ResourceArn }));
  expect(told.Tags).toEqual(Tags);
});

test('a role that a service alone assumes is described anew', async () => {
  const asked = { AWSServiceName: 'backup.amazonaws.com' };
  await changed(world, 'AWS::IAM::ServiceLinkedRole', asked, { ...asked, Description: 'changed' });
  const RoleName = 'AWSServiceRoleForBackup';
  const { Role } = await world.client(IAMClient).send(new GetRoleCommand({ RoleName }));
  expect(Role?.Description).toBe('changed');
});
