/**
 * Alarms of CloudWatch: what they watch, what state they are in, and whom they tell.
 *
 * Owns     the alarms by ARN.
 * Units    periods are seconds; `…At` are Instants.
 * Source   API of CloudWatch, PutMetricAlarm, PutCompositeAlarm.
 * Spec     alarms.md
 */
import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Environment } from '@holdfast/model';
import type { Instant } from '../kernel/instant';
import { byArn } from '../kernel/order';
import type { AlarmCondition } from './alarm-rule';
import type { AlarmState, AlarmTerms } from './alarm-verdict';
import type { MetricName, Statistic } from './metrics';
import type { TagMap } from './tags';
import { placeOf } from './vaults';

/** One metric of an alarm, or an expression over the others. */
export interface AlarmQuery {
  readonly id: string;
  readonly metric: MetricName | undefined;
  readonly statistic: Statistic;
  /** Metric math, or a query that begins with SELECT. */
  readonly expression: string | undefined;
  /** Whether the alarm is about this one. */
  readonly returned: boolean;
}

export interface AlarmActions {
  readonly enabled: boolean;
  readonly byState: Readonly<Record<AlarmState, readonly string[]>>;
}

export interface NewAlarm {
  readonly name: string;
  readonly env: Environment;
  readonly description: string | undefined;
  readonly actions: AlarmActions;
  readonly watches: MetricWatch | CompositeWatch;
  /** What DescribeAlarms repeats of the call. */
  readonly shown: Partial<MetricAlarm & CompositeAlarm>;
  readonly tags: TagMap;
}

export interface MetricWatch {
  readonly kind: 'metric';
  readonly queries: readonly AlarmQuery[];
  readonly periodSeconds: number;
  readonly terms: AlarmTerms;
}

export interface CompositeWatch {
  readonly kind: 'composite';
  readonly rule: string;
  readonly holds: AlarmCondition;
}

export interface AlarmChange {
  readonly at: Instant;
  readonly from: AlarmState;
  readonly to: AlarmState;
  readonly why: string;
}

export class Alarm {
  state: AlarmState = 'INSUFFICIENT_DATA';
  readonly history: AlarmChange[] = [];
  tags: TagMap;
  /** Whether actions are taken; calls turn it on and off. */
  actionsEnabled: boolean;

  constructor(
    readonly number: number,
    readonly arn: string,
    readonly made: NewAlarm,
    readonly updatedAt: Instant,
  ) {
    this.tags = made.tags;
    this.actionsEnabled = made.actions.enabled;
  }

  get name(): string {
    return this.made.name;
  }
}

export class Alarms {
  private readonly byArn = new Map<string, Alarm>();
  private readonly all: Alarm[] = [];

  /** The same name again replaces the alarm and keeps its state and its tags. */
  put(made: NewAlarm, now: Instant): Alarm {
    const arn = alarmArn(made.env, made.name);
    const before = this.byArn.get(arn);
    const alarm = new Alarm(this.all.length, arn, made, now);
    alarm.state = before?.state ?? alarm.state;
    alarm.tags = before?.tags ?? alarm.tags;
    alarm.history.push(...(before?.history ?? []));
    this.all.push(alarm);
    this.byArn.set(arn, alarm);
    return alarm;
  }

  remove(alarm: Alarm): void {
    this.byArn.delete(alarm.arn);
  }

  /** The alarm of a number, if it is the one that stands. */
  tryNumber(number: number): Alarm | undefined {
    const alarm = this.all[number];
    return alarm !== undefined && this.byArn.get(alarm.arn) === alarm ? alarm : undefined;
  }

  tryFind(env: Environment, nameOrArn: string): Alarm | undefined {
    return this.byArn.get(nameOrArn.startsWith('arn:') ? nameOrArn : alarmArn(env, nameOrArn));
  }

  /** Those of one account and Region, or all, by ARN in ascending order. */
  list(env?: Environment): Alarm[] {
    const alarms = byArn(this.byArn.values());
    return env === undefined ? alarms : alarms.filter(({ made }) => placeOf(made.env) === placeOf(env));
  }
}

export function alarmArn(env: Environment, name: string): string {
  return `arn:${env.partition}:cloudwatch:${env.region}:${env.account}:alarm:${name}`;
}
