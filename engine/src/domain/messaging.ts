/**
 * The ways from a sender to a queue, a topic and its subscribers, a function, an execution or a log.
 *
 * Owns     queues, topics, functions, state machines, log groups and the record of deliveries.
 * Source   the user guides of SNS ("Amazon SNS message delivery", "subscription filter policies") and EventBridge.
 * Spec     deliveries.md, topics.md
 */
import { uuid } from '../kernel/ids';
import { formatInstant } from '../kernel/instant';
import { Repetitions } from '../kernel/repetitions';
import { Deliveries, Sender } from './deliveries';
import { deadLetterAttributes } from './dead-letters';
import { GROUP_MISSING } from './delivery-reasons';
import { Functions, Invocation, StandingFunction } from './functions';
import type { Ledger } from './ledger';
import { LogGroups } from './log-groups';
import { Admissions } from './policy/admissions';
import { MessageAttributes, Queues } from './queues';
import { DELIVERED, DENIED_BY_POLICY, FILTERED_OUT, TARGET_MISSING, TARGET_NOT_EMULATED } from './reasons';
import { StateMachines } from './state-machines';
import { Published, Subscription, Topic, Topics } from './topics';

/** What is sent. */
export interface Letter {
  readonly body: string;
  readonly subject?: string | undefined;
  readonly attributes?: MessageAttributes;
  /** For FIFO queues and topics. */
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

const NO_ATTRIBUTES: MessageAttributes = {};
/** Protocols that lead out of AWS: what is sent there is recorded as delivered (Assumed: everybody confirmed). */
const OUTSIDE = ['email', 'email-json', 'http', 'https', 'sms', 'application'];

export class Messaging {
  readonly deliveries: Deliveries;
  readonly admissions: Admissions;
  readonly queues: Queues;
  readonly topics = new Topics();
  readonly functions: Functions;
  readonly stateMachines: StateMachines;
  readonly logs: LogGroups;
  /** Of what is published. */
  private readonly repetitions = new Repetitions();
  /** What host does with an invocation, when functions run. */
  onInvoke: ((invocation: Invocation) => void) | undefined;

  constructor(private readonly ledger: Ledger) {
    this.deliveries = new Deliveries(ledger);
    this.admissions = new Admissions(ledger);
    this.queues = new Queues(ledger.seed);
    this.functions = new Functions(ledger.seed);
    this.stateMachines = new StateMachines(ledger.seed);
    this.logs = new LogGroups(ledger.seed);
  }

  /** Sends to an ARN and records what came of it; `deadLetterArn` gets what did not arrive. */
  send(sender: Sender, to: string, letter: Letter, deadLetterArn?: string): boolean {
    const reason = this.attempt(sender, to, letter);
    this.deliveries.record(sender, to, letter.body, reason);
    if (reason !== DELIVERED && deadLetterArn !== undefined) {
      this.send(sender, deadLetterArn, { ...letter, attributes: deadLetterAttributes(sender, to, reason) });
    }
    return reason === DELIVERED;
  }

  /** Publishes to a topic for whoever may: each subscriber whose filter lets it pass gets it. Answers the message's id. */
  publish(topic: Topic, letter: Letter): string {
    const { now, seed } = this.ledger;
    const attributes = letter.attributes ?? NO_ATTRIBUTES;
    const said = JSON.stringify([letter.subject, letter.body, attributes]);
    const same = this.repetitions.next(now, `${topic.arn} ${letter.body}`);
    const messageId = uuid(seed, { kind: 'sns-message', names: [topic.arn, said, `${same}`], at: now });
    const message = { messageId, at: now, subject: letter.subject, message: letter.body, attributes };
    topic.keep(message);
    for (const subscription of topic.subscriptions) {
      this.pass(topic, subscription, message, letter);
    }
    return messageId;
  }

  /** Invokes a function, whose answer nobody waits for. */
  invoke(standing: StandingFunction, payload: string): void {
    const invocation = this.functions.invoke(standing, payload, this.ledger.now);
    this.onInvoke?.(invocation);
  }

  /** Sends to an ARN, once; answers why it arrived or why not, which nobody records. */
  attempt(sender: Sender, to: string, letter: Letter): number {
    const [, , service] = to.split(':');
    switch (service) {
      case 'sqs':
        return this.toQueue(sender, to, letter);
      case 'sns':
        return this.toTopic(sender, to, letter);
      case 'lambda':
        return this.toFunction(sender, to, letter);
      case 'states':
        this.stateMachines.start(to, letter.body, this.ledger.now);
        return DELIVERED;
      case 'logs':
        this.toLogGroup(to, letter);
        return DELIVERED;
      default:
        return TARGET_NOT_EMULATED;
    }
  }

  private toQueue(sender: Sender, to: string, letter: Letter): number {
    const queue = this.queues.tryFind(to);
    if (queue === undefined) {
      return TARGET_MISSING;
    }
    if (!this.admits(queue.settings.policy, sender, 'sqs:SendMessage', to)) {
      return DENIED_BY_POLICY;
    }
    if (queue.fifo && letter.groupId === undefined) {
      return GROUP_MISSING;
    }
    const { groupId, deduplicationId, body } = letter;
    // Source: EventBridge gives FIFO queues its event id for deduplication; here the body tells repetitions apart.
    queue.send(
      {
        body,
        attributes: letter.attributes ?? NO_ATTRIBUTES,
        delaySeconds: undefined,
        groupId: queue.fifo ? groupId : undefined,
        deduplicationId: queue.fifo ? (deduplicationId ?? body) : undefined,
      },
      this.ledger.now,
    );
    return DELIVERED;
  }

  private toLogGroup(to: string, letter: Letter): void {
    const { now } = this.ledger;
    this.logs.write(to, formatInstant(now).slice(0, 10).replaceAll('-', '/'), letter.body, now, now);
  }

  private toTopic(sender: Sender, to: string, letter: Letter): number {
    const topic = this.topics.tryFind(to);
    if (topic === undefined) {
      return TARGET_MISSING;
    }
    if (!this.admits(topic.policy, sender, 'sns:Publish', to)) {
      return DENIED_BY_POLICY;
    }
    this.publish(topic, letter);
    return DELIVERED;
  }

  private toFunction(sender: Sender, to: string, letter: Letter): number {
    const standing = this.functions.tryFind(to);
    if (standing === undefined) {
      return TARGET_MISSING;
    }
    if (!this.admits(standing.policy, sender, 'lambda:InvokeFunction', standing.arn)) {
      return DENIED_BY_POLICY;
    }
    this.invoke(standing, letter.body);
    return DELIVERED;
  }

  private admits(policy: string | undefined, sender: Sender, action: string, resource: string): boolean {
    const { service, arn, env, byRole } = sender;
    return this.admissions.admits(policy, {
      // The account stands for its role: it needs no leave of a policy in the same account, but nothing may deny it.
      principal: byRole === true ? `arn:${env.partition}:iam::${env.account}:root` : service,
      action,
      resource,
      sourceArn: arn,
      sourceAccount: env.account,
    });
  }

  /** One subscriber's share of a message. */
  private pass(topic: Topic, subscription: Subscription, message: Published, letter: Letter): void {
    const { protocol, endpoint, rawMessageDelivery, deadLetterArn } = subscription.settings;
    const sender = { service: 'sns.amazonaws.com', arn: topic.arn, env: topic.env, what: message.subject ?? '' };
    if (!subscription.wants(message)) {
      this.deliveries.record(sender, endpoint, message.message, FILTERED_OUT);
      return;
    }
    if (OUTSIDE.includes(protocol)) {
      this.deliveries.record(sender, endpoint, message.message, DELIVERED);
      return;
    }
    const raw = rawMessageDelivery && protocol !== 'lambda';
    const body =
      protocol === 'lambda'
        ? JSON.stringify({ Records: [recordOf(topic, subscription, message)] })
        : raw
          ? message.message
          : JSON.stringify(envelopeOf(topic, message));
    const { groupId, deduplicationId } = letter;
    const attributes = raw ? message.attributes : NO_ATTRIBUTES;
    this.send(sender, endpoint, { body, attributes, groupId, deduplicationId }, deadLetterArn);
  }
}

/** What a queue gets of a message unless it asked for the raw one. Nothing is signed here. */
function envelopeOf(topic: Topic, { messageId, subject, message, at, attributes }: Published): Record<string, unknown> {
  return {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topic.arn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message,
    Timestamp: formatInstant(at),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributesIn(attributes) }),
  };
}

/** What a function gets of a message. */
function recordOf(topic: Topic, subscription: Subscription, message: Published): Record<string, unknown> {
  return {
    EventVersion: '1.0',
    EventSubscriptionArn: subscription.arn,
    EventSource: 'aws:sns',
    Sns: { Subject: null, MessageAttributes: {}, ...envelopeOf(topic, message) },
  };
}

function attributesIn(attributes: MessageAttributes): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { type, value }]) => [name, { Type: type, Value: value }]),
  );
}
