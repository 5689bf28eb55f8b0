import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
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
            RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 600 },
            DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
          },
        ],
      },
    },
  },
};

const MACHINE = (resource: string) => ({
  StartAt: 'Run',
  States: { Run: { Type: 'Task', Resource: resource, End: true } },
});
const METRIC = { Namespace: 'AWS/Backup', MetricName: 'NumberOfBackupJobsFailed' };

const TERMS = { ...METRIC, Period: 300, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold' };

const RUNNERS = {
  Resources: {
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'react',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::123456789012:role/react',
        Code: { S3Bucket: 'assets', S3Key: 'abc.zip' },
        Environment: { Variables: { LEVEL: '1' } },
        Timeout: 30,
        MemorySize: 256,
        DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-central-1:123456789012:dead' },
      },
      Metadata: { 'aws:asset:path': 'code', 'aws:asset:property': 'Code' },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] },
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: 'arn:aws:events:eu-central-1:123456789012:rule/jobs',
      },
    },
    Events: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'Function' },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-central-1:123456789012:failures' } },
      },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'validate',
        RoleArn: 'arn:aws:iam::123456789012:role/states',
        DefinitionString: JSON.stringify(MACHINE('${Target}')),
        DefinitionSubstitutions: { Target: { 'Fn::GetAtt': ['Function', 'Arn'] } },
      },
    },
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: 'failed',
        ...METRIC,
        Dimensions: [{ Name: 'BackupVaultName', Value: 'main' }],
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 3,
        DatapointsToAlarm: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
        ActionsEnabled: false,
        AlarmActions: ['arn:aws:sns:eu-central-1:123456789012:alerts'],
      },
    },
    Sum: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: 'sum',
        Metrics: [
          { Id: 'a', MetricStat: { Metric: METRIC, Period: 300, Stat: 'Sum' }, ReturnData: false },
          { Id: 'e', Expression: 'FILL(a, 0)', ReturnData: true },
        ],
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
      },
    },
    Both: {
      Type: 'AWS::CloudWatch::CompositeAlarm',
      Properties: {
        AlarmName: 'both',
        AlarmRule: { 'Fn::Sub': 'ALARM("${Alarm}") OR ALARM("${Sum}")' },
        OKActions: ['arn:aws:sns:eu-central-1:123456789012:alerts'],
      },
    },
  },
};

const RUNNERS_CONFIGURATION = {
  provider: { aws: [{ region: 'eu-central-1' }] },
  data: { archive_file: { code: { type: 'zip', source_dir: 'code', output_path: 'out.zip' } } },
  resource: {
    aws_lambda_function: {
      f: {
        function_name: 'react',
        runtime: 'nodejs22.x',
        handler: 'index.handler',
        role: 'arn:aws:iam::123456789012:role/react',
        filename: '${data.archive_file.code.output_path}',
        environment: { variables: { LEVEL: '1' } },
        timeout: 30,
        memory_size: 256,
        dead_letter_config: { target_arn: 'arn:aws:sqs:eu-central-1:123456789012:dead' },
      },
    },
    aws_lambda_permission: {
      p: {
        function_name: '${aws_lambda_function.f.function_name}',
        action: 'lambda:InvokeFunction',
        principal: 'events.amazonaws.com',
        source_arn: 'arn:aws:events:eu-central-1:123456789012:rule/jobs',
      },
    },
    aws_lambda_function_event_invoke_config: {
      e: {
        function_name: '${aws_lambda_function.f.arn}',
        maximum_retry_attempts: 1,
        destination_config: { on_failure: { destination: 'arn:aws:sqs:eu-central-1:123456789012:failures' } },
      },
    },
    aws_sfn_state_machine: {
      m: {
        name: 'validate',
        role_arn: 'arn:aws:iam::123456789012:role/states',
        definition: JSON.stringify(MACHINE('${aws_lambda_function.f.arn}')),
      },
    },
    aws_cloudwatch_metric_alarm: {
      a: {
        alarm_name: 'failed',
        namespace: METRIC.Namespace,
        metric_name: METRIC.MetricName,
        dimensions: { BackupVaultName: 'main' },
        statistic: 'Sum',
        period: 300,
        evaluation_periods: 3,
        datapoints_to_alarm: 1,
        threshold: 1,
        comparison_operator: 'GreaterThanOrEqualToThreshold',
        treat_missing_data: 'notBreaching',
        actions_enabled: false,
        alarm_actions: ['arn:aws:sns:eu-central-1:123456789012:alerts'],
      },
      s: {
        alarm_name: 'sum',
        metric_query: [
          {
            id: 'a',
            metric: { namespace: METRIC.Namespace, metric_name: METRIC.MetricName, period: 300, stat: 'Sum' },
          },
          { id: 'e', expression: 'FILL(a, 0)', return_data: true },
        ],
        evaluation_periods: 1,
        threshold: 1,
        comparison_operator: 'GreaterThanThreshold',
      },
    },
    aws_cloudwatch_composite_alarm: {
      c: {
        alarm_name: 'both',
        alarm_rule:
          'ALARM("${aws_cloudwatch_metric_alarm.a.alarm_name}") OR ALARM("${aws_cloudwatch_metric_alarm.s.alarm_name}")',
        ok_actions: ['arn:aws:sns:eu-central-1:123456789012:alerts'],
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
        retry_policy: { maximum_retry_attempts: 3, maximum_event_age_in_seconds: 600 },
        dead_letter_config: { arn: '${aws_sqs_queue.queue.arn}' },
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
      targets: [
        {
          ...{ targetId: 'topic', inputPathsMap: { state: '$.detail.state' }, inputTemplate: '"job <state>"' },
          ...{ maximumRetryAttempts: 3, maximumEventAgeSeconds: 600 },
          deadLetterQueueArn: 'arn:aws:sqs:eu-central-1:123456789012:inbox',
        },
      ],
    },
  ]);
  expect(topics).toMatchObject([
    { topicName: 'alerts', policy: allow('events.amazonaws.com'), subscriptions: [{ rawMessageDelivery: true }] },
  ]);
  expect(queues).toMatchObject([{ queueName: 'inbox', policy: allow('sns.amazonaws.com') }]);
});

test('functions, state machines and alarms are read alike from CloudFormation and Terraform', () => {
  const stack = read({ 't.json': RUNNERS });
  const configuration = read({ 'cdk.tf.json': RUNNERS_CONFIGURATION });
  expect([stack.notRead, configuration.notRead]).toEqual([[], []]);
  expect(withoutPlaces(stack.estate)).toEqual(withoutPlaces(configuration.estate));
  const { functions, stateMachines, metricAlarms, compositeAlarms } = stack.estate;
  const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:react';
  expect(functions).toMatchObject([
    {
      functionName: 'react',
      codePath: 'code',
      variables: { LEVEL: '1' },
      timeoutSeconds: 30,
      memoryMib: 256,
      permissions: [{ principal: 'events.amazonaws.com' }],
      eventSettings: { maximumRetryAttempts: 1 },
    },
  ]);
  expect(stateMachines).toMatchObject([{ stateMachineName: 'validate', definition: MACHINE(functionArn) }]);
  expect(metricAlarms?.map(({ alarmName, metrics }) => [alarmName, metrics.map((one) => one.returned)])).toEqual([
    ['failed', [undefined]],
    ['sum', [false, undefined]],
  ]);
  expect(compositeAlarms).toMatchObject([{ alarmName: 'both', alarmRule: 'ALARM("failed") OR ALARM("sum")' }]);
});

test.each([
  ['CloudFormation', RUNNERS],
  ['Terraform', RUNNERS_CONFIGURATION],
])('a World has the functions, state machines and alarms that %s declares', async (_form, artifact) => {
  const world = new World({ start: '2027-01-01T00:00:00Z', region: 'eu-central-1' });
  await world.deploy(artifact);
  expect(world.alarms().map(({ name }) => name)).toEqual(['both', 'failed', 'sum']);
  const machine = 'arn:aws:states:eu-central-1:123456789012:stateMachine:validate';
  const states = world.client(SFNClient);
  const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn: machine, input: '{"a":1}' }));
  expect(await states.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({ input: '{"a":1}' });
  const invoke = new InvokeCommand({ FunctionName: 'react', InvocationType: 'Event' });
  await world.client(LambdaClient).send(invoke);
  expect(world.functionRuns()).toHaveLength(1);
});

test.each([
  ['out.zip', 'tf/out.zip'],
  ['${path.module}/out.zip', 'tf/out.zip'],
  ['/srv/out.zip', '/srv/out.zip'],
])('the code of a function whose filename is %s lies at %s', (filename, codePath) => {
  const f = { function_name: 'f', role: 'r', filename };
  const { estate } = read({ 'tf/cdk.tf.json': { resource: { aws_lambda_function: { f } } } }, {}, ['tf']);
  expect(estate.functions).toMatchObject([{ codePath }]);
});

// prettier-ignore
test.each<[type: string, properties: object, reason: string]>([
  ['AWS::Lambda::Permission',  { FunctionName: 'f', Action: 'lambda:InvokeFunction', Principal: '*' }, 'the function that it names is not among the artifacts'],
  ['AWS::Lambda::EventInvokeConfig', { FunctionName: 'f', Qualifier: '$LATEST' },  'the function that it names is not among the artifacts'],
  ['AWS::CloudWatch::Alarm', { ...TERMS, Statistic: 'p99', Threshold: 1 }, 'statistic p99 is not emulated'],
  ['AWS::CloudWatch::Alarm', { ...TERMS, ThresholdMetricId: 'b' }, 'alarms on anomalies are not emulated'],
  ['AWS::CloudWatch::Alarm', { ...TERMS, Threshold: 1, Metrics: [{ Id: 'e', Expression: 'RUNNING_SUM(m)' }] }, 'expression RUNNING_SUM(m) is not emulated'],
  ['AWS::CloudWatch::CompositeAlarm', { AlarmRule: 'AT_LEAST(1, ALARM, (a, b))' }, 'rule AT_LEAST(1, ALARM, (a, b)) is not emulated'],
  ['AWS::StepFunctions::StateMachine', { DefinitionS3Location: { Bucket: 'b', Key: 'k' } }, 'definitions that lie in a bucket are not read'],
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
  const heard = ['"job CREATED"', '"job PENDING"', '"job RUNNING"', '"job COMPLETED"'];
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
