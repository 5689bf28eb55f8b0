// Rules, queues and alarms by the official clients in process, and the calls themselves as events.
import { BackupClient, CreateBackupVaultCommand, DeleteBackupVaultCommand } from '@aws-sdk/client-backup';
import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { World } from '@holdfast/engine';

const PLACE = 'us-east-1:123456789012';

test('a deletion that is refused reaches a queue by way of a rule and a topic, and is in the trail (B14.3/1, B14.3/2)', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  world.trail();
  const sqs = world.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }));
  const sns = world.client(SNSClient);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
  const Endpoint = `arn:aws:sqs:${PLACE}:inbox`;
  const Attributes = { RawMessageDelivery: 'true' };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));
  const events = world.client(EventBridgeClient);
  const EventPattern = JSON.stringify({
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: { eventName: ['DeleteBackupVault'], errorCode: [{ exists: true }] },
  });
  await events.send(new PutRuleCommand({ Name: 'refused', EventPattern }));
  await events.send(new PutTargetsCommand({ Rule: 'refused', Targets: [{ Id: 't', Arn: TopicArn }] }));
  const backup = world.client(BackupClient);
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  await expect(backup.send(new DeleteBackupVaultCommand({ BackupVaultName: 'none' }))).rejects.toThrow();
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages?.map(({ Body }) => JSON.parse(Body ?? '') as object)).toMatchObject([
    {
      source: 'aws.backup',
      detail: { eventName: 'DeleteBackupVault', requestParameters: { backupVaultName: 'none' } },
    },
  ]);
  expect(world.trail().map(({ eventSource, eventName }) => `${String(eventSource)} ${String(eventName)}`)).toEqual([
    'sqs.amazonaws.com CreateQueue',
    'sns.amazonaws.com CreateTopic',
    'sns.amazonaws.com Subscribe',
    'events.amazonaws.com PutRule',
    'events.amazonaws.com PutTargets',
    'backup.amazonaws.com CreateBackupVault',
    'backup.amazonaws.com DeleteBackupVault',
    'sqs.amazonaws.com ReceiveMessage',
  ]);
});

test('a body goes in and comes out with the checksum that the client compares', async () => {
  const sqs = new World({ start: '2027-01-01T00:00:00Z' }).client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }));
  const sent = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'é' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages).toMatchObject([{ Body: 'é', MessageId: sent.MessageId, MD5OfBody: sent.MD5OfMessageBody }]);
});

test('an alarm is put and described', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const client = world.client(CloudWatchClient);
  await client.send(
    new PutMetricAlarmCommand({
      AlarmName: 'failed',
      Namespace: 'AWS/Backup',
      MetricName: 'NumberOfBackupJobsFailed',
      Dimensions: [{ Name: 'BackupVaultName', Value: 'main' }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    }),
  );
  await world.advance({ minutes: 6 });
  const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({}));
  expect(MetricAlarms).toMatchObject([{ AlarmName: 'failed', StateValue: 'OK' }]);
  expect(world.alarms()).toMatchObject([{ name: 'failed', state: 'OK', history: [{ from: 'INSUFFICIENT_DATA' }] }]);
});
