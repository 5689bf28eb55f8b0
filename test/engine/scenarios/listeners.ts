// Rules, topics and queues of a World, by the operations that a stack would call.
import type { Environment } from '@holdfast/model';
import type { BusEvent } from '../../../engine/src/domain/bus-event';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { putRule } from '../../../engine/src/operations/eventbridge/put-rule';
import { putTargets } from '../../../engine/src/operations/eventbridge/put-targets';
import { createTopic } from '../../../engine/src/operations/sns/create-topic';
import { createQueue } from '../../../engine/src/operations/sqs/create-queue';
import { ENV } from './stage';

export function topicNamed(name: string, env: Environment = ENV): string {
  return `arn:aws:sns:${env.region}:${env.account}:${name}`;
}

export function queueNamed(name: string, env: Environment = ENV): string {
  return `arn:aws:sqs:${env.region}:${env.account}:${name}`;
}

export function topic(state: WorldState, name: string, Policy?: string): string {
  const Attributes = { ...(Policy !== undefined && { Policy }), ...(name.endsWith('.fifo') && { FifoTopic: 'true' }) };
  return createTopic(state, ENV, { Name: name, Attributes }).TopicArn!;
}

export function queue(state: WorldState, name: string, Attributes: Record<string, string> = {}): string {
  createQueue(state, ENV, { QueueName: name, Attributes });
  return queueNamed(name);
}

/** A rule whose events go to a queue of its own name. */
export function heard(state: WorldState, name: string, pattern: object, target: object = {}, env = ENV): void {
  createQueue(state, env, { QueueName: name });
  putRule(state, env, { Name: name, EventPattern: JSON.stringify(pattern) });
  const Targets = [{ Id: 'queue', Arn: queueNamed(name, env), ...target }];
  putTargets(state, env, { Rule: name, Targets });
}

export function bodies(state: WorldState, name: string, env = ENV): string[] {
  const queue = state.services.messaging.queues.tryFind(queueNamed(name, env));
  return (queue?.messages(state.now) ?? []).map(({ body }) => body);
}

export function events(state: WorldState, name: string, env = ENV): BusEvent[] {
  return bodies(state, name, env).map((body) => JSON.parse(body) as BusEvent);
}

/** Why each delivery arrived or not, one line each: `arrived|lost  target  why`. */
export function outcomes(state: WorldState): string[] {
  return state.services.messaging.deliveries
    .list()
    .map(
      ({ delivered, to, why }) => `${delivered ? 'arrived' : 'lost'} ${to.split(':').slice(5).join(':') || to} ${why}`,
    );
}
