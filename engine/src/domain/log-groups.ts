/**
 * Log groups of CloudWatch Logs, their streams, and what was written into them.
 *
 * Owns     groups, streams, events and resource policies, by account and Region. What a rule of EventBridge sends to a log
 *          group is kept before somebody makes that group, too.
 * Units    `…At` are Instants.
 * Source   API of CloudWatch Logs 2014-03-28.
 * Spec     log-groups.md
 */
import type { Environment } from '@holdfast/model';
import { hex128 } from '../kernel/ids';
import { DAY, Instant } from '../kernel/instant';
import { Shelf } from './shelf';
import type { TagMap } from './tags';

export interface LogGroup {
  readonly name: string;
  /** Without the `:*` that some answers have behind it. */
  readonly arn: string;
  readonly createdAt: Instant;
  readonly kmsKeyId: string | undefined;
  readonly groupClass: string;
  readonly streams: Map<string, LogStream>;
  retentionDays: number | undefined;
  tags: TagMap;
}

export interface LogStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Instant;
}

export interface LogEvent {
  readonly id: string;
  /** How many were written before it, and one: tells those of one instant apart. */
  readonly number: number;
  readonly stream: string;
  readonly at: Instant;
  readonly ingestedAt: Instant;
  readonly message: string;
}

export interface LogPolicy {
  readonly name: string;
  readonly document: string;
  readonly updatedAt: Instant;
}

export class LogGroups {
  readonly groups = new Shelf<LogGroup>();
  readonly policies = new Shelf<LogPolicy>();
  private readonly events = new Map<string, LogEvent[]>();
  private written = 0;

  constructor(private readonly seed: number) {}

  /** One more event in a group, whether or not the group was made. */
  write(groupArn: string, stream: string, message: string, at: Instant, now: Instant): void {
    const arn = groupArn.replace(/:\*$/, '');
    const events = this.events.get(arn) ?? [];
    this.events.set(arn, events);
    const hex = hex128(this.seed, { kind: 'log-event', names: [arn, stream, String(events.length)], at });
    const id = BigInt(`0x${hex}`).toString().padStart(56, '0');
    events.push({ id, number: ++this.written, stream, at, ingestedAt: now, message });
  }

  /** The events of a group that its retention has kept, oldest first. */
  eventsOf(groupArn: string, now: Instant, retentionDays?: number): LogEvent[] {
    const oldest = retentionDays === undefined ? -Infinity : now - retentionDays * DAY;
    // The order of writing stays among those of one instant.
    return (this.events.get(groupArn) ?? []).filter(({ at }) => at >= oldest).sort((a, b) => a.at - b.at);
  }

  forget(groupArn: string, stream?: string): void {
    const left = stream === undefined ? [] : (this.events.get(groupArn) ?? []).filter((one) => one.stream !== stream);
    this.events.set(groupArn, left);
  }
}

export function logGroupArn({ partition, account, region }: Environment, name: string): string {
  return `arn:${partition}:logs:${region}:${account}:log-group:${name}`;
}
