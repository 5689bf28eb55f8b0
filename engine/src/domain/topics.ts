/**
 * Topics of SNS and who subscribed to them.
 *
 * Owns     the topics by ARN.
 * Source   the API of SNS, 2010-03-31.
 * Spec     topics.md
 */
import type { Environment } from '@holdfast/model';
import type { Instant } from '../kernel/instant';
import { parseJson } from '../kernel/json';
import { Latest } from '../kernel/latest';
import { byArn } from '../kernel/order';
import { compilePattern, Matcher } from './event-pattern';
import type { MessageAttributes } from './queues';

export interface SubscriptionSettings {
  readonly protocol: string;
  readonly endpoint: string;
  readonly rawMessageDelivery: boolean;
  /** JSON text; undefined when everything passes. */
  readonly filterPolicy: string | undefined;
  readonly filterPolicyScope: 'MessageAttributes' | 'MessageBody';
  /** Queue that gets what could not be delivered. */
  readonly deadLetterArn: string | undefined;
  /** Attributes that decide nothing here, as they were given. */
  readonly particulars?: Readonly<Record<string, string>>;
}

export class Subscription {
  private passes: Matcher | undefined;

  constructor(
    readonly arn: string,
    public settings: SubscriptionSettings,
  ) {
    this.change(settings);
  }

  /** @throws PatternFault when the filter policy is none */
  change(settings: SubscriptionSettings): void {
    const { filterPolicy } = settings;
    this.passes =
      filterPolicy === undefined ? undefined : compilePattern(parseJson(filterPolicy) as Record<string, unknown>);
    this.settings = settings;
  }

  /** Whether the filter policy lets a message pass. */
  wants(message: Published): boolean {
    if (this.passes === undefined) {
      return true;
    }
    if (this.settings.filterPolicyScope === 'MessageAttributes') {
      return this.passes(valuesOf(message.attributes));
    }
    const body = bodyOf(message.message);
    return body !== undefined && this.passes(body);
  }
}

/** One message as it was published. */
export interface Published {
  readonly messageId: string;
  readonly at: Instant;
  readonly subject: string | undefined;
  readonly message: string;
  readonly attributes: MessageAttributes;
}

/** So many messages are kept for those who ask what a topic got. */
const KEPT = 10_000;

export class Topic {
  readonly subscriptions: Subscription[] = [];
  policy: string | undefined;
  displayName = '';
  /** Attributes that decide nothing here, as they were given. */
  readonly attributes = new Map<string, string>();
  readonly tags = new Map<string, string>();
  private readonly latest = new Latest<Published>(KEPT);

  constructor(
    readonly arn: string,
    readonly name: string,
    readonly env: Environment,
  ) {}

  get fifo(): boolean {
    return this.name.endsWith('.fifo');
  }

  /** The latest messages, oldest first. */
  get published(): readonly Published[] {
    return this.latest.list();
  }

  keep(message: Published): void {
    this.latest.add(message);
  }
}

export class Topics {
  private readonly byArn = new Map<string, Topic>();

  add(env: Environment, name: string): Topic {
    const topic = new Topic(topicArn(env, name), name, env);
    this.byArn.set(topic.arn, topic);
    return topic;
  }

  remove(topic: Topic): void {
    this.byArn.delete(topic.arn);
  }

  tryFind(arn: string): Topic | undefined {
    return this.byArn.get(arn);
  }

  tryFindSubscription(arn: string): { readonly topic: Topic; readonly subscription: Subscription } | undefined {
    const topic = this.byArn.get(arn.split(':').slice(0, -1).join(':'));
    const subscription = topic?.subscriptions.find((one) => one.arn === arn);
    return topic === undefined || subscription === undefined ? undefined : { topic, subscription };
  }

  /** Every topic, by ARN in ascending order. */
  list(): Topic[] {
    return byArn(this.byArn.values());
  }
}

export function topicArn(env: Environment, name: string): string {
  return `arn:${env.partition}:sns:${env.region}:${env.account}:${name}`;
}

/** Attributes as a filter policy sees them: numbers as numbers, lists as lists; binary ones are not there. */
function valuesOf(attributes: MessageAttributes): Record<string, unknown> {
  const values = Object.entries(attributes).flatMap(([name, { type, value }]): [string, unknown][] => {
    switch (type.split('.')[0]) {
      case 'Binary':
        return [];
      case 'Number':
        return [[name, Number(value)]];
      default:
        return [[name, type === 'String.Array' ? (parseJson(value) as unknown) : value]];
    }
  });
  return Object.fromEntries(values);
}

/** A body that is no JSON object passes no filter over the body. */
function bodyOf(message: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = parseJson(message);
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
