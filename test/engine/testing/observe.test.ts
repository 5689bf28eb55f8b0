import { BackupClient, CreateBackupVaultCommand, StartBackupJobCommand } from '@aws-sdk/client-backup';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { World } from '../../../engine/src/testing/world';
import type { WorldProps } from '../../../engine/src/testing/world-props';

const START = '2027-01-01T00:01:00Z';

async function backedUp(props: Partial<WorldProps>, before?: (world: World) => Promise<void>): Promise<World> {
  const world = new World({ start: START, ...props });
  await before?.(world);
  await backUp(world);
  return world;
}

async function backUp(world: World): Promise<void> {
  const { arn: ResourceArn } = world.add({ type: 'DynamoDB', name: 'orders', sizeGiB: 1 });
  const backup = world.client(BackupClient);
  const BackupVaultName = 'main';
  const IamRoleArn = 'arn:aws:iam::123456789012:role/backup';
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName }));
  await backup.send(new StartBackupJobCommand({ BackupVaultName, ResourceArn, IamRoleArn }));
  await world.advance({ hours: 1 });
}

/** How many jobs of the vault completed in the hour. */
async function completed(world: World): Promise<number> {
  const { Datapoints = [] } = await world.client(CloudWatchClient).send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Backup',
      MetricName: 'NumberOfBackupJobsCompleted',
      Dimensions: [{ Name: 'BackupVaultName', Value: 'main' }],
      StartTime: new Date('2027-01-01T00:00:00Z'),
      EndTime: new Date('2027-01-01T02:00:00Z'),
      Period: 7200,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
}

test('a World that observes knows its metrics and its trail when somebody asks afterwards (B14.2/1)', async () => {
  const world = await backedUp({ observe: true });
  expect(await completed(world)).toBe(1);
  expect(world.trail().map(({ eventName }) => eventName)).toEqual(
    expect.arrayContaining(['CreateBackupVault', 'StartBackupJob', 'BackupJobCompleted']),
  );
});

test('another one counts and records from when it is first asked', async () => {
  const asked = await backedUp({}, async (world) => {
    await completed(world);
    world.trail();
  });
  expect(await completed(asked)).toBe(1);
  expect(asked.trail()).not.toEqual([]);
  const never = await backedUp({});
  expect(await completed(never)).toBe(0);
  expect(never.trail()).toEqual([]);
});

test('events come in batches where the World says so (B14.1/1)', async () => {
  const times = async (props: Partial<WorldProps>) => {
    const world = await backedUp(props, async (made) => {
      await made.client(SQSClient).send(new CreateQueueCommand({ QueueName: 'q' }));
      const events = made.client(EventBridgeClient);
      const EventPattern = JSON.stringify({ source: ['aws.backup'], detail: { state: ['PENDING'] } });
      await events.send(new PutRuleCommand({ Name: 'r', EventPattern }));
      const Arn = 'arn:aws:sqs:us-east-1:123456789012:q';
      await events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 'q', Arn }] }));
    });
    return world.messages('q').map((body) => (JSON.parse(body) as { readonly time: string }).time);
  };
  expect(await times({})).toEqual([START]);
  expect(await times({ eventBatchMinutes: 5 })).toEqual(['2027-01-01T00:05:00Z']);
});

test.each([-1, 0.5, Number.NaN])('fails to make batches of %s minutes', (eventBatchMinutes) => {
  expect(() => new World({ start: START, eventBatchMinutes })).toThrow('eventBatchMinutes must be 0 or more');
});
