import type { Estate } from '@holdfast/model';
import { World } from '../../../engine/src/testing/world';
import { read } from './read';

const PATTERN = { source: ['aws.backup'], 'detail-type': ['Backup Job State Change'] };
const allow = (Service: string) => ({
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: '*', Resource: '*' }],
});
const BUS = 'arn:aws:events:eu-central-1:123456789012:event-bus/central';

const STACK = {
  Resources: {
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'inbox' } },
    Policy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: allow('events.amazonaws.com') },
    },
    QueuePolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: allow('sns.amazonaws.com') },
    },
    Subscription: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: { Ref: 'Topic' },
        Protocol: 'sqs',
        Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] },
        RawMessageDelivery: true,
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'jobs',
        EventPattern: PATTERN,
        Targets: [
          {
            Id: 'topic',
            Arn: { Ref: 'Topic' },
            InputTransformer: { InputPathsMap: { state: '$.detail.state' }, InputTemplate: '"job <state>"' },
          },
        ],
      },
    },
  },
};

const CONFIGURATION = {
  provider: { aws: [{ region: 'eu-central-1' }] },
  resource: {
    aws_sns_topic: { topic: { name: 'alerts' } },
    aws_sqs_queue: { queue: { name: 'inbox' } },
    aws_sns_topic_policy: {
      p: { arn: '${aws_sns_topic.topic.arn}', policy: JSON.stringify(allow('events.amazonaws.com')) },
    },
    aws_sqs_queue_policy: {
      p: { queue_url: '${aws_sqs_queue.queue.id}', policy: JSON.stringify(allow('sns.amazonaws.com')) },
    },
    aws_sns_topic_subscription: {
      s: {
        topic_arn: '${aws_sns_topic.topic.arn}',
        protocol: 'sqs',
        endpoint: '${aws_sqs_queue.queue.arn}',
        raw_message_delivery: true,
      },
    },
    aws_cloudwatch_event_rule: { rule: { name: 'jobs', event_pattern: JSON.stringify(PATTERN) } },
    aws_cloudwatch_event_target: {
      t: {
        rule: '${aws_cloudwatch_event_rule.rule.name}',
        target_id: 'topic',
        arn: '${aws_sns_topic.topic.arn}',
        input_transformer: { input_paths: { state: '$.detail.state' }, input_template: '"job <state>"' },
      },
    },
  },
};

function withoutPlaces(estate: Estate): unknown {
  return JSON.parse(JSON.stringify(estate, (key, value: unknown) => (key === 'declaredAt' ? undefined : value)));
}

test('rules, topics and queues are read alike from CloudFormation and Terraform, with what is declared apart', () => {
  const stack = read({ 't.json': STACK });
  const configuration = read({ 'cdk.tf.json': CONFIGURATION });
  expect([stack.notRead, configuration.notRead]).toEqual([[], []]);
  expect(withoutPlaces(stack.estate)).toEqual(withoutPlaces(configuration.estate));
  const { eventRules, topics, queues } = stack.estate;
  expect(eventRules).toMatchObject([
    {
      ruleName: 'jobs',
      eventPattern: PATTERN,
      targets: [{ targetId: 'topic', inputPathsMap: { state: '$.detail.state' }, inputTemplate: '"job <state>"' }],
    },
  ]);
  expect(topics).toMatchObject([
    { topicName: 'alerts', policy: allow('events.amazonaws.com'), subscriptions: [{ rawMessageDelivery: true }] },
  ]);
  expect(queues).toMatchObject([{ queueName: 'inbox', policy: allow('sns.amazonaws.com') }]);
});

// prettier-ignore
test.each<[type: string, properties: object, reason: string]>([
  ['AWS::Events::Rule',        { Name: 'r', ScheduleExpression: 'rate(1 day)' },  'rules that a schedule sets off are not modelled'],
  ['AWS::Events::Rule',        { Name: 'r', EventPattern: { 'Fn::ImportValue': 'x' } }, 'what it says is known only after deployment'],
  ['AWS::SNS::TopicPolicy',    { Topics: ['arn:aws:sns:eu-central-1:1:t'], PolicyDocument: {} }, 'the topic or queue that it names is not among the artifacts'],
  ['AWS::SNS::Subscription',   { TopicArn: 'arn:aws:sns:eu-central-1:1:t', Protocol: 'sms', Endpoint: '1' }, 'the topic that it names is not among the artifacts'],
])('%s %j is listed as not read', (type, Properties, reason) => {
  expect(read({ 't.json': { Resources: { R: { Type: type, Properties } } } })).toMatchObject({
    estate: {},
    notRead: expect.arrayContaining([{ path: 't.json: R', type, reason }]) as unknown,
  });
});

test('what a queue, topic or rule says that decides nothing here is listed, property by property', () => {
  const Properties = { TopicName: 't', KmsMasterKeyId: 'alias/x' };
  expect(read({ 't.json': { Resources: { R: { Type: 'AWS::SNS::Topic', Properties } } } }).notRead).toEqual([
    { path: 't.json: R.KmsMasterKeyId', type: 'AWS::SNS::Topic', reason: 'this property is not modelled' },
  ]);
});

test.each([
  ['CloudFormation', STACK],
  ['Terraform', CONFIGURATION],
])('a World that %s declares hears of its jobs', async (_form, artifact) => {
  const world = new World({ start: '2027-01-01T00:00:00Z', region: 'eu-central-1' });
  const env = { partition: 'aws', account: '123456789012', region: 'eu-central-1' };
  world.add({ type: 'DynamoDB', name: 'orders', tags: { backup: 'daily' } });
  await world.deploy(artifact);
  await world.deploy({
    vaults: [{ backupVaultName: 'main', env }],
    plans: [
      {
        backupPlanName: 'p',
        env,
        rules: [{ ruleName: 'daily', targetBackupVaultName: 'main', lifecycle: { deleteAfterDays: 7 } }],
        selections: [{ selectionName: 's', iamRoleArn: 'arn:aws:iam::123456789012:role/b', resources: ['*'] }],
      },
    ],
  });
  await world.advance({ days: 1 });
  const heard = ['"job CREATED"', '"job RUNNING"', '"job COMPLETED"'];
  expect(world.messages('alerts')).toEqual(heard);
  expect(world.messages('inbox')).toEqual(heard);
  expect(world.deliveries().every(({ delivered }) => delivered)).toBe(true);
  expect(() => world.messages('none')).toThrow("place must be one queue or topic, got 'none', which names 0");
});

test('a bus that no artifact declares is there once a rule names it', async () => {
  const rule = { ...STACK.Resources.Rule, Properties: { ...STACK.Resources.Rule.Properties, EventBusName: BUS } };
  const world = new World({ start: '2027-01-01T00:00:00Z', region: 'eu-central-1' });
  await world.deploy({ Resources: { ...STACK.Resources, Rule: rule } });
  expect(world.alarms()).toEqual([]);
});
