/**
 * Events on their way: from a change to a bus, from a bus by its rules to their targets.
 *
 * Owns     the buses, the events that wait for their batch, and those that are to be sent to a target again.
 * Source   B14.1/1; the user guide of EventBridge, "Event buses" and "Sending events between accounts".
 * Spec     event-rules.md
 */
import { BackupEvent } from '@holdfast/model';
import { type Instant, MINUTE } from '../kernel/instant';
import { announcedBy, backupEventOf } from './backup-events';
import { BusEvent, inEnvelope, NewEvent } from './bus-event';
import type { Change } from './changes';
import { deadLetterAttributes, type Exhausted } from './dead-letters';
import type { Sender } from './deliveries';
import { FORWARDED_BEFORE, isRetriable, TARGET_THROTTLED, TARGET_UNAVAILABLE } from './delivery-reasons';
import { DEFAULT_BUS, EventBus, EventBuses, EventRule } from './event-buses';
import { nextTry } from './event-retries';
import { EventTarget, payloadOf } from './event-target';
import type { Ledger } from './ledger';
import type { Messaging } from './messaging';
import type { Dimensions, Metrics } from './metrics';
import { DELIVERED, DENIED_BY_POLICY, TARGET_MISSING } from './reasons';
import { refusalOfCall } from './refused-calls';
import { apiEventOf } from './trail-record';

const SERVICE = 'events.amazonaws.com';

/** What EventBridge calls of the services of its targets. */
const CALLED: Readonly<Record<string, string>> = {
  events: 'PutEvents',
  lambda: 'Invoke',
  logs: 'PutLogEvents',
  sns: 'Publish',
  sqs: 'SendMessage',
  states: 'StartExecution',
};

/** An event for one target, until it has arrived or is given up. */
interface Parcel {
  readonly sender: Sender;
  readonly target: EventTarget;
  readonly happened: BusEvent;
  /** What the target gets. */
  readonly body: string;
  /** Whether it came from another bus. */
  readonly forwarded: boolean;
  readonly firstAt: Instant;
  /** Of the rule, in metrics. */
  readonly dimensions: Dimensions;
  /** How often it was sent again. */
  retries: number;
}

export class EventRuns {
  readonly buses = new EventBuses();
  /** Minutes between batches; 0 sends each event at the instant of its change. */
  batchMinutes = 0;
  private readonly turn: number;
  private readonly waiting: (NewEvent | undefined)[] = [];
  /** Those that are to be sent again, by number. */
  private readonly undelivered = new Map<number, Parcel>();
  private numbered = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly messaging: Messaging,
    private readonly metrics: Metrics,
  ) {
    this.turn = ledger.turn('event is sent', (subject) =>
      subject < 0 ? this.sendAgain(~subject) : this.sendBatched(subject),
    );
  }

  /** Begins to listen, as a rule was put. */
  listen(): void {
    this.ledger.observers.add(this.hear);
  }

  /** An event of a service or of an application arrives at a bus. */
  put(bus: EventBus, given: NewEvent): BusEvent {
    const happened = inEnvelope(this.ledger.seed, this.ledger.now, given);
    this.match(bus, happened, false);
    return happened;
  }

  /** An event of a service: on the default bus of its account and Region. */
  announce(given: NewEvent): void {
    const bus = this.buses.defaultOf(given.env);
    if (bus.mayWant(given.source, given.detailType)) {
      this.put(bus, given);
    }
  }

  private readonly hear = (change: Change): void => {
    const announced = announcedBy(this.ledger, change);
    if (announced === undefined) {
      const given = change.kind === 'api-call' ? apiEventOf(this.ledger, change) : undefined;
      if (given !== undefined) {
        this.announce(given);
      }
      return;
    }
    const bus = this.buses.defaultOf(announced.env);
    const wanted = bus.mayWant(BackupEvent.SOURCE, announced.kind.detailType, announced.state);
    const given = wanted ? backupEventOf(this.ledger, change) : undefined;
    if (given === undefined) {
      return;
    }
    if (this.batchMinutes === 0) {
      this.put(bus, given);
      return;
    }
    const every = this.batchMinutes * MINUTE;
    const subject = this.waiting.push(given) - 1;
    this.ledger.agenda.push((Math.floor(this.ledger.now / every) + 1) * every, this.turn, subject);
  };

  private sendBatched(subject: number): void {
    const given = this.waiting[subject];
    this.waiting[subject] = undefined;
    if (given !== undefined) {
      this.announce(given);
    }
  }

  private match(bus: EventBus, happened: BusEvent, forwarded: boolean): void {
    for (const rule of bus.listening(happened.source, happened['detail-type'])) {
      if (rule.matches?.(happened as unknown as Record<string, unknown>) === true) {
        // Source: rules of the default bus alone are counted by their name without its bus.
        const dimensions = { RuleName: rule.name, ...(bus.name !== DEFAULT_BUS && { EventBusName: bus.name }) };
        this.metrics.count({ env: bus.env, namespace: 'AWS/Events', name: 'TriggeredRules', dimensions });
        for (const target of rule.targets.values()) {
          this.deliver(this.parcelFor(bus, rule, target, happened, forwarded, dimensions));
        }
      }
    }
  }

  private parcelFor(
    bus: EventBus,
    rule: EventRule,
    target: EventTarget,
    happened: BusEvent,
    forwarded: boolean,
    dimensions: Dimensions,
  ): Parcel {
    const { now } = this.ledger;
    const sender = { service: SERVICE, arn: rule.arn, env: bus.env, what: happened['detail-type'] };
    const body = isBus(target) ? JSON.stringify(happened) : payloadOf(target, happened, rule.arn, now);
    return { sender, target, happened, body, forwarded, firstAt: now, dimensions, retries: 0 };
  }

  private sendAgain(number: number): void {
    const parcel = this.undelivered.get(number);
    this.undelivered.delete(number);
    if (parcel !== undefined) {
      this.deliver(parcel);
    }
  }

  /** Sends to a target; what it cannot take for now is sent again, and what it does not take goes to the dead-letter queue. */
  private deliver(parcel: Parcel): void {
    const { ledger, messaging } = this;
    const { sender, target, happened, body } = parcel;
    const bus = isBus(target) ? this.buses.tryFind(sender.env, target.arn) : undefined;
    const reason = this.refusal(sender, target.arn) ?? this.attempt(parcel, bus);
    const next = isRetriable(reason) ? nextTry(target.retry, parcel.firstAt, parcel.retries, ledger.now) : undefined;
    if (typeof next === 'number') {
      parcel.retries++;
      this.count(parcel, 'RetryInvocationAttempts');
      const number = this.numbered++;
      this.undelivered.set(number, parcel);
      ledger.agenda.push(next, this.turn, ~number);
      return;
    }
    const detail = next && `after ${parcel.retries} retries, ${next}`;
    messaging.deliveries.record(sender, target.arn, body, reason, detail);
    if (reason !== DELIVERED) {
      this.giveUp(parcel, reason, next);
    } else if (bus !== undefined) {
      this.match(bus, happened, true);
    }
  }

  /** To another bus, of another account or Region too, where what was forwarded once stays; or to what else it is. */
  private attempt({ sender, target, happened, body, forwarded }: Parcel, bus: EventBus | undefined): number {
    if (isBus(target)) {
      return forwarded ? FORWARDED_BEFORE : this.admission(bus, sender);
    }
    const letter = { body, groupId: target.messageGroupId, deduplicationId: happened.id };
    return this.messaging.attempt(sender, target.arn, letter);
  }

  /** Why a fault keeps the target from taking anything; undefined when none does. */
  private refusal({ service: principal }: Sender, to: string): number | undefined {
    const [, partition = '', service = '', region = '', account = ''] = to.split(':');
    const operation = Object.hasOwn(CALLED, service) ? CALLED[service] : undefined;
    if (operation === undefined) {
      return undefined;
    }
    const asked = { env: { partition, region, account }, service, operation, principal };
    switch (refusalOfCall(this.ledger, asked)?.exception) {
      case undefined:
        return undefined;
      case 'AccessDeniedException':
        return DENIED_BY_POLICY;
      case 'ThrottlingException':
        return TARGET_THROTTLED;
      default:
        return TARGET_UNAVAILABLE;
    }
  }

  private giveUp(parcel: Parcel, reason: number, exhausted: Exhausted | undefined): void {
    const { messaging } = this;
    const { sender, target, body, retries } = parcel;
    const { deadLetterArn } = target;
    this.count(parcel, 'FailedInvocations');
    if (deadLetterArn === undefined) {
      return;
    }
    const attributes = deadLetterAttributes(sender, target.arn, reason, retries, exhausted);
    const letter = { body, attributes };
    const sent = this.refusal(sender, deadLetterArn) ?? messaging.attempt(sender, deadLetterArn, letter);
    messaging.deliveries.record(sender, deadLetterArn, body, sent);
    this.count(parcel, sent === DELIVERED ? 'InvocationsSentToDlq' : 'InvocationsFailedToBeSentToDlq');
  }

  private count({ sender, dimensions }: Parcel, name: string): void {
    this.metrics.count({ env: sender.env, namespace: 'AWS/Events', name, dimensions });
  }

  /** A bus lets its own account in unless its policy denies it; others by its policy, which names accounts, not the service. */
  private admission(bus: EventBus | undefined, { arn, env }: Sender): number {
    if (bus === undefined) {
      return TARGET_MISSING;
    }
    const request = {
      principal: `arn:${env.partition}:iam::${env.account}:root`,
      action: 'events:PutEvents',
      resource: bus.arn,
      sourceArn: arn,
      sourceAccount: env.account,
    };
    return this.messaging.admissions.admits(bus.policy, request) ? DELIVERED : DENIED_BY_POLICY;
  }
}

function isBus({ arn }: EventTarget): boolean {
  return arn.includes(':event-bus/');
}
