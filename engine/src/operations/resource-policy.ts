/**
 * The policy of a bucket, topic, queue, function or event bus that a call names.
 *
 * Pure: reads the World.
 */
import type { WorldState } from '../domain/world-state';
import { settingOf } from './bucket-settings';

/** As text; undefined where there is none. */
export function resourcePolicyOf({ buckets, services }: WorldState, service: string, arn: string): string | undefined {
  const { messaging, events } = services;
  switch (service) {
    case 's3': {
      const [, partition = '', , , , path = ''] = arn.split(':');
      const bucket = buckets.tryFind(partition, path.split('/')[0] ?? '');
      return bucket && settingOf(bucket, 'policy')?.Policy;
    }
    case 'sns':
      return messaging.topics.tryFind(arn)?.policy;
    case 'sqs':
      return messaging.queues.tryFind(arn)?.settings.policy;
    case 'lambda':
      return messaging.functions.tryFind(arn)?.policy;
    case 'events': {
      const [, partition = '', , region = '', account = ''] = arn.split(':');
      return arn.includes(':event-bus/')
        ? events.buses.tryFind({ partition, region, account }, arn)?.policy
        : undefined;
    }
    default:
      return undefined;
  }
}
