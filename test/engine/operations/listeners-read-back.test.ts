// What programs that deploy ask of SNS, SQS, EventBridge, Lambda, Step Functions and RAM beside making things.
import { BackupClient, CreateLogicallyAirGappedBackupVaultCommand } from '@aws-sdk/client-backup';
import * as events from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as ram from '@aws-sdk/client-ram';
import * as sfn from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import { World } from '@holdfast/engine';

const ACCOUNT = '123456789012';
const REGION = 'us-east-1';
const OTHER = '444455556666';

function world(): World {
  return new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
}

async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'none',
    (error: Error) => error.name,
  );
}

test('a topic shows its attributes and subscriptions, and takes them with it when it goes', async () => {
  const client = world().client(sns.SNSClient);
  const { TopicArn } = await client.send(
    new sns.CreateTopicCommand({ Name: 'backups', Tags: [{ Key: 'owner', Value: 'ops' }] }),
  );
  const set = (AttributeName: string, AttributeValue: string) =>
    client.send(new sns.SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
  await set('KmsMasterKeyId', 'alias/aws/sns');
  await expect(refusal(set('None', 'x'))).resolves.toBe('InvalidParameterException');
  await expect(refusal(set('Policy', 'x'))).resolves.toBe('InvalidParameterException');
  const { Attributes } = await client.send(new sns.GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes).toMatchObject({ Owner: ACCOUNT, KmsMasterKeyId: 'alias/aws/sns', SubscriptionsConfirmed: '0' });
  expect(Attributes?.['Policy']).toContain('AWS:SourceOwner');
  const ResourceArn = TopicArn;
  await client.send(new sns.TagResourceCommand({ ResourceArn, Tags: [{ Key: 'stage', Value: 'prod' }] }));
  await client.send(new sns.UntagResourceCommand({ ResourceArn, TagKeys: ['owner'] }));
  const { Tags } = await client.send(new sns.ListTagsForResourceCommand({ ResourceArn }));
  expect(Tags).toEqual([{ Key: 'stage', Value: 'prod' }]);
  const queue = `arn:aws:sqs:${REGION}:${ACCOUNT}:queue`;
  const made = await client.send(
    new sns.SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: queue,
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  const { SubscriptionArn } = made;
  const change = (AttributeName: string, AttributeValue: string) =>
    client.send(new sns.SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
  await change('FilterPolicy', '{"state":["FAILED"]}');
  await expect(refusal(change('FilterPolicy', '{"state":"FAILED"}'))).resolves.toBe('InvalidParameterException');
  await expect(refusal(change('None', 'x'))).resolves.toBe('InvalidParameterException');
  const shown = await client.send(new sns.GetSubscriptionAttributesCommand({ SubscriptionArn }));
  expect(shown.Attributes).toMatchObject({ RawMessageDelivery: 'true', FilterPolicy: '{"state":["FAILED"]}' });
  const listed = await client.send(new sns.ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(listed.Subscriptions).toMatchObject([{ SubscriptionArn, Protocol: 'sqs', Endpoint: queue }]);
  await client.send(new sns.UnsubscribeCommand({ SubscriptionArn }));
  const gone = client.send(new sns.GetSubscriptionAttributesCommand({ SubscriptionArn }));
  await expect(refusal(gone)).resolves.toBe('NotFoundException');
  expect((await client.send(new sns.ListTopicsCommand())).Topics).toEqual([{ TopicArn }]);
  await client.send(new sns.DeleteTopicCommand({ TopicArn }));
  await expect(refusal(client.send(new sns.GetTopicAttributesCommand({ TopicArn })))).resolves.toBe(
    'NotFoundException',
  );
  await expect(refusal(client.send(new sns.ListTagsForResourceCommand({ ResourceArn })))).resolves.toBe(
    'ResourceNotFoundException',
  );
});

test('a queue shows the attributes that it has and how much is in it, and is emptied, tagged and deleted', async () => {
  const client = world().client(sqs.SQSClient);
  const Attributes = { VisibilityTimeout: '60', KmsMasterKeyId: 'alias/aws/sqs' };
  const { QueueUrl } = await client.send(
    new sqs.CreateQueueCommand({ QueueName: 'failed', Attributes, tags: { owner: 'ops' } }),
  );
  await client.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: '5' } }));
  const set = (given: Record<string, string>) =>
    client.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: given }));
  await expect(refusal(set({ VisibilityTimeout: '43201' }))).resolves.toBe('InvalidAttributeValue');
  await expect(refusal(set({ FifoThroughputLimit: 'perQueue' }))).resolves.toBe('InvalidAttributeName');
  await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'one', DelaySeconds: 0 }));
  await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'two' }));
  await client.send(new sqs.ReceiveMessageCommand({ QueueUrl }));
  const read = async (...AttributeNames: sqs.QueueAttributeName[]) =>
    (await client.send(new sqs.GetQueueAttributesCommand({ QueueUrl, AttributeNames }))).Attributes;
  expect(await read('All')).toMatchObject({
    QueueArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:failed`,
    VisibilityTimeout: '60',
    DelaySeconds: '5',
    KmsMasterKeyId: 'alias/aws/sqs',
    SqsManagedSseEnabled: 'false',
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '1',
  });
  await client.send(new sqs.PurgeQueueCommand({ QueueUrl }));
  expect(await read('ApproximateNumberOfMessagesNotVisible')).toEqual({ ApproximateNumberOfMessagesNotVisible: '0' });
  await client.send(new sqs.TagQueueCommand({ QueueUrl, Tags: { stage: 'prod' } }));
  await client.send(new sqs.UntagQueueCommand({ QueueUrl, TagKeys: ['owner'] }));
  expect((await client.send(new sqs.ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ stage: 'prod' });
  expect((await client.send(new sqs.ListQueuesCommand({ QueueNamePrefix: 'f' }))).QueueUrls).toEqual([QueueUrl]);
  const found = await client.send(new sqs.GetQueueUrlCommand({ QueueName: 'failed', QueueOwnerAWSAccountId: ACCOUNT }));
  expect(found.QueueUrl).toBe(QueueUrl);
  await client.send(new sqs.DeleteQueueCommand({ QueueUrl }));
  await expect(refusal(client.send(new sqs.GetQueueUrlCommand({ QueueName: 'failed' })))).resolves.toBe(
    'QueueDoesNotExist',
  );
});

test('buses and rules show what they were put with, their targets and tags, and go when they are empty', async () => {
  const client = world().client(events.EventBridgeClient);
  const Name = 'central';
  await client.send(new events.CreateEventBusCommand({ Name, Description: 'ours', Tags: [{ Key: 'a', Value: '1' }] }));
  await client.send(new events.UpdateEventBusCommand({ Name, Description: 'theirs' }));
  const permit = { EventBusName: Name, Action: 'events:PutEvents', Principal: OTHER, StatementId: 'member' };
  await client.send(new events.PutPermissionCommand(permit));
  const bus = await client.send(new events.DescribeEventBusCommand({ Name }));
  expect(bus).toMatchObject({ Description: 'theirs', Policy: expect.stringContaining(`${OTHER}:root`) });
  const revoke = () => client.send(new events.RemovePermissionCommand({ EventBusName: Name, StatementId: 'member' }));
  await revoke();
  await expect(refusal(revoke())).resolves.toBe('ResourceNotFoundException');
  expect((await client.send(new events.DescribeEventBusCommand({ Name }))).Policy).toBeUndefined();
  const buses = await client.send(new events.ListEventBusesCommand({}));
  expect(buses.EventBuses?.map((one) => one.Name)).toEqual(['central', 'default']);
  const rule = { Name: 'failed', EventBusName: Name, EventPattern: '{"source":["aws.backup"]}' };
  const { RuleArn } = await client.send(new events.PutRuleCommand({ ...rule, Tags: [{ Key: 'a', Value: '1' }] }));
  await client.send(new events.PutRuleCommand({ ...rule, Description: 'again' }));
  const Arn = `arn:aws:sns:${REGION}:${ACCOUNT}:backups`;
  const target = { Id: 't', Arn, RetryPolicy: { MaximumRetryAttempts: 3 } };
  await client.send(new events.PutTargetsCommand({ Rule: 'failed', EventBusName: Name, Targets: [target] }));
  const shown = await client.send(new events.DescribeRuleCommand({ Name: 'failed', EventBusName: Name }));
  expect(shown).toMatchObject({ Arn: RuleArn, Description: 'again', State: 'ENABLED', CreatedBy: ACCOUNT });
  const targets = await client.send(new events.ListTargetsByRuleCommand({ Rule: 'failed', EventBusName: Name }));
  expect(targets.Targets).toEqual([target]);
  for (const ResourceARN of [RuleArn, bus.Arn]) {
    await client.send(new events.TagResourceCommand({ ResourceARN, Tags: [{ Key: 'b', Value: '2' }] }));
    await client.send(new events.UntagResourceCommand({ ResourceARN, TagKeys: ['a'] }));
    const { Tags } = await client.send(new events.ListTagsForResourceCommand({ ResourceARN }));
    expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
  }
  const remove = () => client.send(new events.DeleteEventBusCommand({ Name }));
  await expect(refusal(remove())).resolves.toBe('ValidationException');
  await client.send(new events.RemoveTargetsCommand({ Rule: 'failed', EventBusName: Name, Ids: ['t'] }));
  await client.send(new events.DeleteRuleCommand({ Name: 'failed', EventBusName: Name }));
  await remove();
  await expect(refusal(client.send(new events.DescribeEventBusCommand({ Name })))).resolves.toBe(
    'ResourceNotFoundException',
  );
  const standing = client.send(new events.DeleteEventBusCommand({ Name: 'default' }));
  await expect(refusal(standing)).resolves.toBe('ValidationException');
});

test('a function shows its configuration, changes it and its code, and says who may invoke it', async () => {
  const client = world().client(lambda.LambdaClient);
  const FunctionName = 'listener';
  const Role = `arn:aws:iam::${ACCOUNT}:role/lambda`;
  const made = await client.send(
    new lambda.CreateFunctionCommand({
      FunctionName,
      Role,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: Buffer.from('one') },
      Tags: { owner: 'ops' },
    }),
  );
  expect(made).toMatchObject({ State: 'Active', CodeSize: 3, Timeout: 3, Version: '$LATEST' });
  await client.send(
    new lambda.UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 9, Description: 'd', Layers: ['l'] }),
  );
  await client.send(new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: Buffer.from('twice') }));
  const Resource = made.FunctionArn;
  await client.send(new lambda.TagResourceCommand({ Resource, Tags: { stage: 'prod' } }));
  await client.send(new lambda.UntagResourceCommand({ Resource, TagKeys: ['owner'] }));
  expect((await client.send(new lambda.ListTagsCommand({ Resource }))).Tags).toEqual({ stage: 'prod' });
  await client.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 2 }));
  const shown = await client.send(new lambda.GetFunctionCommand({ FunctionName }));
  expect(shown).toMatchObject({
    Configuration: { Timeout: 9, Description: 'd', CodeSize: 5, Role, Layers: [{ Arn: 'l' }] },
    Tags: { stage: 'prod' },
    Concurrency: { ReservedConcurrentExecutions: 2 },
  });
  expect(shown.Configuration?.CodeSha256).not.toBe(made.CodeSha256);
  await client.send(new lambda.DeleteFunctionConcurrencyCommand({ FunctionName }));
  const configuration = await client.send(new lambda.GetFunctionConfigurationCommand({ FunctionName }));
  expect(configuration.MemorySize).toBe(128);
  const versions = await client.send(new lambda.ListVersionsByFunctionCommand({ FunctionName }));
  expect(versions.Versions).toHaveLength(1);
  expect((await client.send(new lambda.ListFunctionsCommand())).Functions).toHaveLength(1);
  const signing = await client.send(new lambda.GetFunctionCodeSigningConfigCommand({ FunctionName }));
  expect(signing.FunctionName).toBe(FunctionName);
  const publish = new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: Buffer.from('x'), Publish: true });
  await expect(refusal(client.send(publish))).resolves.toBe('NotEmulated');
  const policy = () => client.send(new lambda.GetPolicyCommand({ FunctionName }));
  await expect(refusal(policy())).resolves.toBe('ResourceNotFoundException');
  const StatementId = 'topic';
  const permit = { FunctionName, StatementId, Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' };
  await client.send(new lambda.AddPermissionCommand(permit));
  await expect(refusal(client.send(new lambda.AddPermissionCommand(permit)))).resolves.toBe(
    'ResourceConflictException',
  );
  expect((await policy()).Policy).toContain('"Sid":"topic"');
  const revoke = () => client.send(new lambda.RemovePermissionCommand({ FunctionName, StatementId }));
  await revoke();
  await expect(refusal(revoke())).resolves.toBe('ResourceNotFoundException');
  const invoked = () => client.send(new lambda.GetFunctionEventInvokeConfigCommand({ FunctionName }));
  await expect(refusal(invoked())).resolves.toBe('ResourceNotFoundException');
  await client.send(new lambda.PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 1 }));
  expect((await invoked()).MaximumRetryAttempts).toBe(1);
  await client.send(new lambda.DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
  await expect(refusal(invoked())).resolves.toBe('ResourceNotFoundException');
  await client.send(new lambda.DeleteFunctionCommand({ FunctionName }));
  await expect(refusal(client.send(new lambda.GetFunctionCommand({ FunctionName })))).resolves.toBe(
    'ResourceNotFoundException',
  );
});

test('a state machine shows its definition, changes it, is tagged, checked beforehand and deleted', async () => {
  const client = world().client(sfn.SFNClient);
  const definition = (state: string) =>
    JSON.stringify({ StartAt: state, States: { [state]: { Type: 'Pass', End: true } } });
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/runbook`;
  const made = await client.send(
    new sfn.CreateStateMachineCommand({
      name: 'runbook',
      definition: definition('A'),
      roleArn,
      tags: [{ key: 'a', value: '1' }],
    }),
  );
  const { stateMachineArn } = made;
  await client.send(new sfn.UpdateStateMachineCommand({ stateMachineArn, definition: definition('B') }));
  const wrong = client.send(new sfn.UpdateStateMachineCommand({ stateMachineArn, definition: '{}' }));
  await expect(refusal(wrong)).resolves.toBe('InvalidDefinition');
  const shown = await client.send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
  expect(shown).toMatchObject({ definition: definition('B'), roleArn, status: 'ACTIVE', type: 'STANDARD' });
  const resourceArn = stateMachineArn;
  await client.send(new sfn.TagResourceCommand({ resourceArn, tags: [{ key: 'b', value: '2' }] }));
  await client.send(new sfn.UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));
  const tags = () => client.send(new sfn.ListTagsForResourceCommand({ resourceArn }));
  expect((await tags()).tags).toEqual([{ key: 'b', value: '2' }]);
  expect((await client.send(new sfn.ListStateMachinesCommand())).stateMachines).toMatchObject([{ name: 'runbook' }]);
  const versions = await client.send(new sfn.ListStateMachineVersionsCommand({ stateMachineArn }));
  expect(versions.stateMachineVersions).toEqual([]);
  const checked = async (text: string) =>
    (await client.send(new sfn.ValidateStateMachineDefinitionCommand({ definition: text }))).result;
  expect([await checked(definition('A')), await checked('{}')]).toEqual(['OK', 'FAIL']);
  await client.send(new sfn.DeleteStateMachineCommand({ stateMachineArn }));
  const gone = client.send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
  await expect(refusal(gone)).resolves.toBe('StateMachineDoesNotExist');
  await expect(refusal(tags())).resolves.toBe('ResourceNotFound');
});

test('a share is renamed and tagged, and shows what is in it and who it is for', async () => {
  const here = world();
  const client = here.client(ram.RAMClient);
  const { BackupVaultArn } = await here.client(BackupClient).send(
    new CreateLogicallyAirGappedBackupVaultCommand({
      BackupVaultName: 'apart',
      MinRetentionDays: 7,
      MaxRetentionDays: 30,
    }),
  );
  const { resourceShare } = await client.send(
    new ram.CreateResourceShareCommand({
      name: 'vaults',
      resourceArns: [BackupVaultArn ?? ''],
      principals: [OTHER],
      tags: [{ key: 'a', value: '1' }],
    }),
  );
  const resourceShareArn = resourceShare?.resourceShareArn;
  await client.send(new ram.UpdateResourceShareCommand({ resourceShareArn, name: 'renamed' }));
  await client.send(new ram.TagResourceCommand({ resourceShareArn, tags: [{ key: 'b', value: '2' }] }));
  await client.send(new ram.UntagResourceCommand({ resourceShareArn, tagKeys: ['a'] }));
  const { resourceShares } = await client.send(new ram.GetResourceSharesCommand({ resourceOwner: 'SELF' }));
  expect(resourceShares).toMatchObject([{ name: 'renamed', tags: [{ key: 'b', value: '2' }] }]);
  const associated = async (associationType: 'RESOURCE' | 'PRINCIPAL') =>
    (await client.send(new ram.GetResourceShareAssociationsCommand({ associationType }))).resourceShareAssociations;
  expect(await associated('RESOURCE')).toMatchObject([{ associatedEntity: BackupVaultArn, status: 'ASSOCIATED' }]);
  expect(await associated('PRINCIPAL')).toMatchObject([{ associatedEntity: OTHER, status: 'ASSOCIATING' }]);
  const { permissions } = await client.send(new ram.ListResourceSharePermissionsCommand({ resourceShareArn }));
  expect(permissions).toMatchObject([{ resourceType: 'backup:BackupVault', status: 'ASSOCIATED' }]);
});
