// Custom resources: functions that run in the World are asked, and answer.
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { World } from '@holdfast/engine';

/** Answers as the module `cfn-response` does; a property says how. */
const CODE = `
const https = require('https');
exports.handler = (given, context) => {
  console.log(JSON.stringify(given));
  const event = given.Records ? JSON.parse(given.Records[0].Sns.Message) : given;
  const { how, name } = event.ResourceProperties;
  if (how === 'throw') throw new Error('broken');
  if (how === 'silent') return context.done();
  const body = JSON.stringify({
    Status: how === 'refuse' ? 'FAILED' : 'SUCCESS',
    Reason: 'because it was asked to',
    PhysicalResourceId: 'thing-' + name,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    Data: { Upper: name.toUpperCase(), Asked: event.RequestType, Count: event.ResourceProperties.count },
  });
  const url = new URL(event.ResponseURL);
  const headers = { 'content-type': '', 'content-length': body.length };
  const options = { hostname: url.hostname, port: 443, path: url.pathname + url.search, method: 'PUT', headers };
  const request = https.request(options, (response) => {
    if (response.statusCode !== 200) throw new Error('answered ' + response.statusCode);
    context.done();
  });
  request.on('error', (error) => context.done(error));
  request.write(body);
  request.end();
};
`;
const ServiceToken = 'arn:aws:lambda:us-east-1:123456789012:function:answers';
const StackName = 'team';

function template(properties: object, more: object = {}): string {
  return JSON.stringify({
    Resources: { Thing: { Type: 'Custom::Thing', Properties: { ServiceToken, count: 3, ...properties } }, ...more },
    Outputs: {
      Id: { Value: { Ref: 'Thing' } },
      Upper: { Value: { 'Fn::GetAtt': ['Thing', 'Upper'] } },
      Count: { Value: { 'Fn::GetAtt': ['Thing', 'Count'] } },
    },
  });
}

async function here() {
  const world = new World({ start: '2027-01-01T00:00:00Z', runFunctions: true });
  const made = { FunctionName: 'answers', Runtime: 'nodejs20.x', Handler: 'index.handler' };
  const Role = 'arn:aws:iam::123456789012:role/answers';
  const Properties = { ...made, Role, Code: { ZipFile: CODE } };
  await world.deploy({ Resources: { Answers: { Type: 'AWS::Lambda::Function', Properties } } });
  const client = world.client(CloudFormationClient);
  const stack = async () => (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
  const reasons = async () => {
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
    return StackEvents.flatMap((one) => (one.ResourceStatus?.endsWith('_FAILED') ? [one.ResourceStatusReason] : []));
  };
  const asked = () => world.functionRuns().map(({ payload }) => JSON.parse(String(payload)) as Record<string, unknown>);
  return { world, client, stack, reasons, asked };
}

test('a function is asked to make, change and delete a resource, and what it answers is the resource', async () => {
  const { client, stack, asked } = await here();
  await client.send(new CreateStackCommand({ StackName, TemplateBody: template({ name: 'a' }) }));
  expect(await stack()).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    Outputs: [{ OutputValue: 'thing-a' }, { OutputValue: 'A' }, { OutputValue: '3' }],
  });
  await client.send(new UpdateStackCommand({ StackName, TemplateBody: template({ name: 'b' }) }));
  expect(await stack()).toMatchObject({
    StackStatus: 'UPDATE_COMPLETE',
    Outputs: [{ OutputValue: 'thing-b' }, {}, {}],
  });
  await client.send(new DeleteStackCommand({ StackName }));
  // What another id took the place of is deleted after the update.
  expect(asked().map((event) => [event['RequestType'], event['PhysicalResourceId']])).toEqual([
    ['Create', undefined],
    ['Update', 'thing-a'],
    ['Delete', 'thing-a'],
    ['Delete', 'thing-b'],
  ]);
  expect(asked()[1]).toMatchObject({
    ResourceType: 'Custom::Thing',
    LogicalResourceId: 'Thing',
    ResourceProperties: { name: 'b', count: '3' },
    OldResourceProperties: { name: 'a', count: '3' },
  });
});

test('fails and rolls back when the function refuses, throws, or never answers', async () => {
  const { client, stack, reasons } = await here();
  const vault = { Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'vault' } } };
  const cases = [
    ['refuse', 'Received response status [FAILED] from custom resource. Message returned: because it was asked to'],
    ['throw', 'Error: broken'],
    ['silent', 'CloudFormation did not receive a response from your Custom Resource.'],
  ] as const;
  for (const [how, why] of cases) {
    const TemplateBody = template({ name: 'a', how }, vault);
    await client.send(new CreateStackCommand({ StackName, TemplateBody }));
    // A function that refuses everything refuses to delete, too; what was never made is not deleted.
    expect((await stack())?.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await reasons())[0]).toContain(why);
    await client.send(new DeleteStackCommand({ StackName }));
  }
});

test('fails where functions do not run, and for a function that is not there', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const client = world.client(CloudFormationClient);
  await client.send(new CreateStackCommand({ StackName, TemplateBody: template({ name: 'a' }) }));
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const failed = StackEvents.find((one) => one.ResourceStatus === 'CREATE_FAILED');
  expect(failed?.ResourceStatusReason).toBe(`Function not found: ${ServiceToken}`);
});

test('a function that subscribes to a topic is asked by a message of the topic', async () => {
  const { world, client, stack, asked, reasons } = await here();
  const sns = world.client(SNSClient);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'requests' }));
  const subscribed = { TopicArn, Protocol: 'lambda', Endpoint: ServiceToken };
  await sns.send(new SubscribeCommand(subscribed));
  const leave = { StatementId: 'sns', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' };
  await world.client(LambdaClient).send(new AddPermissionCommand({ FunctionName: 'answers', ...leave }));
  const TemplateBody = template({ name: 'a', ServiceToken: TopicArn });
  await client.send(new CreateStackCommand({ StackName, TemplateBody }));
  expect(await reasons()).toEqual([]);
  expect(await stack()).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    Outputs: [{ OutputValue: 'thing-a' }, {}, {}],
  });
  await client.send(new DeleteStackCommand({ StackName }));
  const subjects = asked().map((event) => (event['Records'] as { Sns: { Subject: string } }[])[0]?.Sns.Subject);
  expect(subjects).toEqual(Array(2).fill('AWS CloudFormation custom resource request'));
});

test('a message that nobody answers leaves no resource', async () => {
  const { world, client, stack, reasons } = await here();
  const { TopicArn } = await world.client(SNSClient).send(new CreateTopicCommand({ Name: 'requests' }));
  const TemplateBody = template({ name: 'a', ServiceToken: TopicArn });
  await client.send(new CreateStackCommand({ StackName, TemplateBody }));
  expect((await stack())?.StackStatus).toBe('ROLLBACK_COMPLETE');
  expect((await reasons())[0]).toContain('did not receive a response');
});

test('an attribute that its answer does not have fails what needs it', async () => {
  const { client } = await here();
  const Topic = { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::GetAtt': ['Thing', 'Lower'] } } };
  const TemplateBody = template({ name: 'x' }, { Topic });
  await client.send(new CreateStackCommand({ StackName, TemplateBody }));
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const failed = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
  expect(failed?.LogicalResourceId).toBe('Topic');
  expect(failed?.ResourceStatusReason).toMatch(
    /^CustomResource attribute error: Vendor response doesn't contain Lower attribute in object arn:aws:cloudformation:us-east-1:123456789012:stack\/team\/[0-9a-f-]{36}\|Thing\|[0-9a-f-]{36} in S3 bucket cloudformation-custom-resource-storage-useast1$/,
  );
});
