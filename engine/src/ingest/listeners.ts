/**
 * Rules, topics and queues, put together from what is declared apart: targets, subscriptions, policies.
 *
 * Owns     the parts of one run over all artifacts.
 * Assumed  What cannot be read of them is left out and listed: nothing of it decides what is backed up.
 */
import type {
  Environment,
  Estate,
  EventRule,
  EventRuleTarget,
  MessageQueue,
  Topic,
  TopicSubscription,
} from '@holdfast/model';
import { IngestRefusal, NotRead } from './artifact';

/** Where a part is declared, for what is left out. */
export interface PartPlace {
  readonly path: string;
  readonly type: string;
}

interface Waiting<T> {
  readonly of: string;
  readonly part: T;
  readonly place: PartPlace;
}

export class Listeners {
  private readonly rules = new Map<string, EventRule>();
  private readonly topics = new Map<string, Topic>();
  private readonly queues = new Map<string, MessageQueue>();
  private readonly targets: Waiting<EventRuleTarget>[] = [];
  private readonly subscriptions: Waiting<TopicSubscription>[] = [];
  private readonly policies: Waiting<unknown>[] = [];

  addRule(rule: EventRule): void {
    this.rules.set(ruleKey(rule.env, rule.eventBusName, rule.ruleName), rule);
  }

  addTopic(topic: Topic): void {
    this.topics.set(
      `arn:${topic.env.partition}:sns:${topic.env.region}:${topic.env.account}:${topic.topicName}`,
      topic,
    );
  }

  addQueue(queue: MessageQueue): void {
    this.queues.set(queueKey(queue.env, queue.queueName), queue);
  }

  addTarget(
    env: Environment,
    busName: string | undefined,
    ruleName: string,
    part: EventRuleTarget,
    place: PartPlace,
  ): void {
    this.targets.push({ of: ruleKey(env, busName, ruleName), part, place });
  }

  addSubscription(topicArn: string, part: TopicSubscription, place: PartPlace): void {
    this.subscriptions.push({ of: topicArn, part, place });
  }

  /** A policy of a topic, by its ARN, or of a queue, by its ARN or URL. */
  addPolicy(of: string, part: unknown, place: PartPlace): void {
    this.policies.push({ of: keyOfUrl(of), part, place });
  }

  /** Everything as one, and the parts of what is in no artifact. */
  together(): { readonly estate: Estate; readonly notRead: NotRead[] } {
    const notRead: NotRead[] = [];
    const miss = ({ path, type }: PartPlace, what: string) =>
      notRead.push({ path, type, reason: `the ${what} that it names is not among the artifacts` });
    for (const { of, part, place } of this.targets) {
      change(this.rules, of, (rule) => ({ ...rule, targets: [...(rule.targets ?? []), part] })) || miss(place, 'rule');
    }
    for (const { of, part, place } of this.subscriptions) {
      change(this.topics, of, (topic) => ({ ...topic, subscriptions: [...(topic.subscriptions ?? []), part] })) ||
        miss(place, 'topic');
    }
    for (const { of, part: policy, place } of this.policies) {
      change(this.topics, of, (topic) => ({ ...topic, policy })) ||
        change(this.queues, of, (queue) => ({ ...queue, policy })) ||
        miss(place, 'topic or queue');
    }
    const [eventRules, topics, queues] = [this.rules, this.topics, this.queues].map((map) => [...map.values()]);
    const estate = { eventRules, topics, queues };
    return { estate: Object.fromEntries(Object.entries(estate).filter(([, list]) => list?.length !== 0)), notRead };
  }
}

/** Takes in what `read` adds; answers why it is left out, if it is. */
export function attempt(read: () => void): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof IngestRefusal) {
      return 'what it says is known only after deployment';
    }
    throw error;
  }
}

function change<T>(map: Map<string, T>, key: string, to: (before: T) => T): boolean {
  const before = map.get(key);
  if (before !== undefined) {
    map.set(key, to(before));
  }
  return before !== undefined;
}

function ruleKey({ partition, account, region }: Environment, busName: string | undefined, ruleName: string): string {
  return [partition, account, region, busName?.split('/').at(-1) ?? 'default', ruleName].join('/');
}

function queueKey({ partition, account, region }: Environment, name: string): string {
  return `arn:${partition}:sqs:${region}:${account}:${name}`;
}

/** The ARN of a queue that its URL names. */
function keyOfUrl(text: string): string {
  const [, region, suffix, account, name] =
    /^https:\/\/sqs\.([^.]+)\.(amazonaws\.com(?:\.cn)?)\/(\d+)\/(.+)$/.exec(text) ?? [];
  const partition =
    suffix?.endsWith('.cn') === true ? 'aws-cn' : region?.startsWith('us-gov-') === true ? 'aws-us-gov' : 'aws';
  return name === undefined ? text : `arn:${partition}:sqs:${region}:${account}:${name}`;
}

/** A document that may be written as JSON text. */
export function documentOf(value: unknown): unknown {
  if (typeof value !== 'string') {
    return value;
  }
  try {
    return JSON.parse(value);
  } catch {
    throw new IngestRefusal('', '', 'is no JSON');
  }
}
