// Who hears of backups: a queue behind a rule of EventBridge and a topic for the vaults, in every place alike.
import type { Environment, Estate, VaultNotifications } from '@holdfast/model';

const QUEUE = 'events';
const TOPIC = 'alerts';

/** What the rule lets through: calls, which are events even when they are refused, are not among it. */
export const EVENT_TYPES = [
  'Backup Job State Change',
  'Copy Job State Change',
  'Recovery Point State Change',
  'Restore Job State Change',
];

export function queueArn({ partition, region, account }: Environment): string {
  return `arn:${partition}:sqs:${region}:${account}:${QUEUE}`;
}

export function topicArn({ partition, region, account }: Environment): string {
  return `arn:${partition}:sns:${region}:${account}:${TOPIC}`;
}

export function notificationsOf(env: Environment): VaultNotifications {
  return {
    snsTopicArn: topicArn(env),
    backupVaultEvents: ['BACKUP_JOB_COMPLETED', 'COPY_JOB_SUCCESSFUL', 'COPY_JOB_FAILED'],
  };
}

export function listenersOf(places: readonly Environment[]): Pick<Estate, 'queues' | 'topics' | 'eventRules'> {
  return {
    queues: places.map((env) => ({
      queueName: QUEUE,
      env,
      policy: allowing('events.amazonaws.com', 'sqs:SendMessage', queueArn(env)),
    })),
    topics: places.map((env) => ({
      topicName: TOPIC,
      env,
      policy: allowing('backup.amazonaws.com', 'sns:Publish', topicArn(env)),
    })),
    eventRules: places.map((env) => ({
      ruleName: 'backups',
      env,
      eventPattern: { source: ['aws.backup'], 'detail-type': EVENT_TYPES },
      targets: [{ targetId: 'queue', targetArn: queueArn(env) }],
    })),
  };
}

function allowing(Service: string, Action: string, Resource: string): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service }, Action, Resource }] };
}
