/**
 * Whoever hears of backups, put together from what is declared apart: rules with their targets, topics and queues with
 * subscriptions and policies, functions with permissions, state machines, alarms.
 *
 * Owns     the parts of one run over all artifacts.
 * Assumed  What cannot be read of them is left out and listed: nothing of it decides what is backed up.
 */
import type {
  CompositeAlarm,
  Environment,
  Estate,
  EventRule,
  EventRuleTarget,
  FunctionEventSettings,
  FunctionPermission,
  LambdaFunction,
  MessageQueue,
  MetricAlarm,
  StateMachine,
  Topic,
  TopicSubscription,
} from '@holdfast/model';
import { whyNoCompositeAlarm, whyNoMetricAlarm } from './alarms';
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

/** Name of the one metric of an alarm that has no list of them. */
export const SINGLE_METRIC = 'm';

export class Listeners {
  private readonly rules = new Map<string, EventRule>();
  private readonly topics = new Map<string, Topic>();
  private readonly queues = new Map<string, MessageQueue>();
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly stateMachines: StateMachine[] = [];
  private readonly metricAlarms: MetricAlarm[] = [];
  private readonly compositeAlarms: CompositeAlarm[] = [];
  private readonly permissions: Waiting<FunctionPermission>[] = [];
  private readonly eventSettings: Waiting<FunctionEventSettings>[] = [];
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

  addFunction(declared: LambdaFunction): void {
    this.functions.set(functionKey(declared.env, declared.functionName), declared);
  }

  addStateMachine(declared: StateMachine): void {
    this.stateMachines.push(declared);
  }

  /** Takes an alarm in; answers why it is left out, if it is. */
  addMetricAlarm(declared: MetricAlarm): string | undefined {
    const reason = whyNoMetricAlarm(declared);
    this.metricAlarms.push(...(reason === undefined ? [declared] : []));
    return reason;
  }

  /** The same. */
  addCompositeAlarm(declared: CompositeAlarm): string | undefined {
    const reason = whyNoCompositeAlarm(declared);
    this.compositeAlarms.push(...(reason === undefined ? [declared] : []));
    return reason;
  }

  /** Lets somebody invoke a function, by its name or ARN. */
  addPermission(env: Environment, of: string, part: FunctionPermission, place: PartPlace): void {
    this.permissions.push({ of: functionKey(env, of), part, place });
  }

  /** What becomes of the events of a function, by its name or ARN. */
  addEventSettings(env: Environment, of: string, part: FunctionEventSettings, place: PartPlace): void {
    this.eventSettings.push({ of: functionKey(env, of), part, place });
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
    for (const { of, part, place } of this.permissions) {
      change(this.functions, of, (one) => ({ ...one, permissions: [...(one.permissions ?? []), part] })) ||
        miss(place, 'function');
    }
    for (const { of, part: eventSettings, place } of this.eventSettings) {
      change(this.functions, of, (one) => ({ ...one, eventSettings })) || miss(place, 'function');
    }
    const { stateMachines, metricAlarms, compositeAlarms } = this;
    const [eventRules, topics, queues, functions] = [this.rules, this.topics, this.queues, this.functions].map(
      (map) => [...map.values()],
    );
    const estate = { eventRules, topics, queues, functions, stateMachines, metricAlarms, compositeAlarms };
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

/** A function by its name or ARN, which may have a version or alias. */
function functionKey({ partition, account, region }: Environment, of: string): string {
  const arn = of.startsWith('arn:') ? of : `arn:${partition}:lambda:${region}:${account}:function:${of}`;
  return arn.split(':').slice(0, 7).join(':');
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
