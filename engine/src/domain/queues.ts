/**
 * Queues of SQS and the messages in them.
 *
 * Owns     the queues by ARN.
 * Units    `…Seconds` are counts, `…At` are Instants.
 * Source   the API of SQS, 2012-11-05.
 * Spec     queues.md
 */
import type { Environment } from '@holdfast/model';
import { createHash } from 'node:crypto';
import { uuid } from '../kernel/ids';
import { Instant, MINUTE, SECOND } from '../kernel/instant';
import { byArn } from '../kernel/order';
import { Repetitions } from '../kernel/repetitions';

/** An attribute of a message, of SNS and SQS alike. */
export interface MessageAttribute {
  /** `String`, `Number`, `Binary` or, in SNS, `String.Array`. */
  readonly type: string;
  /** Base64 of a binary one. */
  readonly value: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export interface Redrive {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** What SetQueueAttributes changes. */
export interface QueueSettings {
  readonly policy: string | undefined;
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  readonly contentBasedDeduplication: boolean;
  readonly redrive: Redrive | undefined;
  /** Attributes that decide nothing here, as they were given. */
  readonly particulars?: Readonly<Record<string, string>>;
}

export const QUEUE_DEFAULTS: QueueSettings = {
  policy: undefined,
  visibilityTimeoutSeconds: 30,
  delaySeconds: 0,
  retentionSeconds: 345_600,
  contentBasedDeduplication: false,
  redrive: undefined,
};

export interface NewMessage {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly delaySeconds: number | undefined;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

export interface QueueMessage extends NewMessage {
  readonly messageId: string;
  readonly sentAt: Instant;
  visibleAt: Instant;
  receiveCount: number;
  firstReceivedAt: Instant | undefined;
  /** When it was handed out last. */
  receivedAt: Instant | undefined;
  receiptHandle: string | undefined;
}

/** A repetition within this time is taken in and dropped, in FIFO queues. */
const DEDUPLICATION = 5 * MINUTE;

export class Queue {
  readonly tags = new Map<string, string>();
  purgedAt: Instant | undefined;
  private held: QueueMessage[] = [];
  private readonly lately = new Map<string, { readonly at: Instant; readonly messageId: string }>();
  private readonly repetitions = new Repetitions();

  constructor(
    readonly arn: string,
    readonly name: string,
    readonly env: Environment,
    readonly createdAt: Instant,
    private readonly seed: number,
    public settings: QueueSettings,
  ) {}

  get fifo(): boolean {
    return this.name.endsWith('.fifo');
  }

  get url(): string {
    return queueUrl(this.env, this.name);
  }

  /** What is in the queue, hidden or not, oldest first. */
  messages(now: Instant): readonly QueueMessage[] {
    const oldest = now - this.settings.retentionSeconds * SECOND;
    this.held = this.held.filter(({ sentAt }) => sentAt > oldest);
    return this.held;
  }

  /** Takes a message in; answers its id. */
  send(message: NewMessage, now: Instant): string {
    const key = this.deduplicationKey(message);
    const before = key === undefined ? undefined : this.lately.get(key);
    if (before !== undefined && now < before.at + DEDUPLICATION) {
      return before.messageId;
    }
    const messageId = this.idFor(message, now);
    const delaySeconds = message.delaySeconds ?? this.settings.delaySeconds;
    this.held.push({
      ...message,
      messageId,
      sentAt: now,
      visibleAt: now + delaySeconds * SECOND,
      receiveCount: 0,
      firstReceivedAt: undefined,
      receivedAt: undefined,
      receiptHandle: undefined,
    });
    if (key !== undefined) {
      this.lately.set(key, { at: now, messageId });
    }
    return messageId;
  }

  /** Hands out up to `most` messages and hides them; `onDead` gets what was received too often. */
  receive(
    most: number,
    hideSeconds: number | undefined,
    now: Instant,
    onDead: (dead: QueueMessage) => void,
  ): QueueMessage[] {
    const { redrive, visibilityTimeoutSeconds } = this.settings;
    const taken: QueueMessage[] = [];
    const blocked = new Set(
      this.fifo
        ? this.messages(now).flatMap((one) => (one.visibleAt > now && one.receiveCount > 0 ? [one.groupId] : []))
        : [],
    );
    for (const message of [...this.messages(now)]) {
      if (message.visibleAt > now || taken.length >= most || (this.fifo && blocked.has(message.groupId))) {
        continue;
      }
      if (redrive !== undefined && message.receiveCount >= redrive.maxReceiveCount) {
        this.drop(message);
        onDead(message);
        continue;
      }
      message.receiveCount++;
      message.firstReceivedAt ??= now;
      message.receivedAt = now;
      message.visibleAt = now + (hideSeconds ?? visibilityTimeoutSeconds) * SECOND;
      message.receiptHandle = Buffer.from(`${message.messageId}#${message.receiveCount}`, 'utf8').toString('base64');
      taken.push(message);
    }
    return taken;
  }

  tryFind(receiptHandle: string, now: Instant): QueueMessage | undefined {
    return this.messages(now).find((message) => message.receiptHandle === receiptHandle);
  }

  drop(message: QueueMessage): void {
    this.held = this.held.filter((one) => one !== message);
  }

  purge(now: Instant): void {
    this.held = [];
    this.purgedAt = now;
  }

  private deduplicationKey(message: NewMessage): string | undefined {
    return this.fifo
      ? (message.deduplicationId ?? (this.settings.contentBasedDeduplication ? message.body : undefined))
      : undefined;
  }

  private idFor(message: NewMessage, now: Instant): string {
    const key = JSON.stringify([message.body, message.attributes, now]);
    const same = this.repetitions.next(now, key);
    return uuid(this.seed, { kind: 'sqs-message', names: [this.arn, key, `${same}`], at: now });
  }
}

export class Queues {
  private readonly byArn = new Map<string, Queue>();

  constructor(private readonly seed: number) {}

  add(env: Environment, name: string, settings: QueueSettings, now: Instant): Queue {
    const queue = new Queue(queueArn(env, name), name, env, now, this.seed, settings);
    this.byArn.set(queue.arn, queue);
    return queue;
  }

  remove(queue: Queue): void {
    this.byArn.delete(queue.arn);
  }

  tryFind(arn: string): Queue | undefined {
    return this.byArn.get(arn);
  }

  /** Every queue, by ARN in ascending order. */
  list(): Queue[] {
    return byArn(this.byArn.values());
  }
}

export function queueArn(env: Environment, name: string): string {
  return `arn:${env.partition}:sqs:${env.region}:${env.account}:${name}`;
}

/** Whether a text has the form of a handle that Queue.receive gives out. */
export function isReceiptHandle(text: string): boolean {
  return /^[0-9a-f-]{36}#\d+$/i.test(Buffer.from(text, 'base64').toString('utf8'));
}

/** The checksum of a body that the official clients compare. */
export function checksumOf(body: string): string {
  return createHash('md5').update(body, 'utf8').digest('hex');
}

export function queueUrl(env: Environment, name: string): string {
  const suffix = env.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://sqs.${env.region}.${suffix}/${env.account}/${name}`;
}
