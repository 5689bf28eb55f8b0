/**
 * Events on their way: from a change to a bus, from a bus by its rules to their targets.
 *
 * Owns     the buses, and the events that wait for their batch.
 * Source   B14.1/1; the user guide of EventBridge, "Event buses" and "Sending events between accounts".
 * Spec     event-rules.md
 */
import { BackupEvent } from '@holdfast/model';
import { MINUTE } from '../kernel/instant';
import { announcedBy, backupEventOf } from './backup-events';
import { BusEvent, inEnvelope, NewEvent } from './bus-event';
import type { Change } from './changes';
import type { Sender } from './deliveries';
import { DEFAULT_BUS, EventBus, EventBuses, EventRule } from './event-buses';
import { EventTarget, payloadOf } from './event-target';
import type { Ledger } from './ledger';
import type { Messaging } from './messaging';
import type { Metrics } from './metrics';
import { DELIVERED, DENIED_BY_POLICY, FORWARDED_BEFORE, TARGET_MISSING } from './reasons';
import { apiEventOf } from './trail-record';

const SERVICE = 'events.amazonaws.com';

export class EventRuns {
  readonly buses = new EventBuses();
  /** Minutes between batches; 0 sends each event at the instant of its change. */
  batchMinutes = 0;
  private readonly turn: number;
  private readonly waiting: (NewEvent | undefined)[] = [];

  constructor(
    private readonly ledger: Ledger,
    private readonly messaging: Messaging,
    private readonly metrics: Metrics,
  ) {
    this.turn = ledger.turn('batch of events is sent', (subject) => this.sendBatched(subject));
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
          this.toTarget(bus, rule, target, happened, forwarded);
        }
      }
    }
  }

  private toTarget(bus: EventBus, rule: EventRule, target: EventTarget, happened: BusEvent, forwarded: boolean): void {
    const sender = { service: SERVICE, arn: rule.arn, env: bus.env, what: happened['detail-type'] };
    if (target.arn.includes(':event-bus/')) {
      this.forward(sender, target, happened, forwarded);
      return;
    }
    const body = payloadOf(target, happened, rule.arn, this.ledger.now);
    const letter = { body, groupId: target.messageGroupId, deduplicationId: happened.id };
    this.messaging.send(sender, target.arn, letter, target.deadLetterArn);
  }

  /** To another bus, of another account or Region too; what was forwarded once stays there. */
  private forward(sender: Sender, target: EventTarget, happened: BusEvent, forwarded: boolean): void {
    const { deliveries } = this.messaging;
    const body = JSON.stringify(happened);
    const bus = this.buses.tryFind(sender.env, target.arn);
    const reason = forwarded ? FORWARDED_BEFORE : this.admission(bus, sender);
    deliveries.record(sender, target.arn, body, reason);
    if (bus !== undefined && reason === DELIVERED) {
      this.match(bus, happened, true);
    } else if (target.deadLetterArn !== undefined) {
      this.messaging.send(sender, target.deadLetterArn, { body });
    }
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
