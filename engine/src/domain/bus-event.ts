/**
 * An event on a bus of EventBridge.
 *
 * Pure: the envelope, and the id that it gets.
 * Source   B14.1/1; the user guide of EventBridge, "Events".
 */
import type { Environment } from '@holdfast/model';
import { uuid } from '../kernel/ids';
import { Instant, shortInstant } from '../kernel/instant';

export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601 without fractions of a second. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What a sender knows of an event. */
export interface NewEvent {
  readonly env: Environment;
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
  /** Tells apart what is otherwise the same; 0 when not given. */
  readonly ordinal?: number;
}

/** The event in its envelope; the id follows from what it says. */
export function inEnvelope(seed: number, now: Instant, given: NewEvent): BusEvent {
  const { env, source, detailType, resources, detail } = given;
  const said = JSON.stringify([resources, detail, given.ordinal ?? 0]);
  return {
    version: '0',
    id: uuid(seed, { kind: 'bus-event', names: [env.account, env.region, source, detailType, said], at: now }),
    'detail-type': detailType,
    source,
    account: env.account,
    time: wholeSeconds(now),
    region: env.region,
    resources,
    detail,
  };
}

/** `2027-01-01T05:00:00Z`. */
export function wholeSeconds(at: Instant): string {
  return shortInstant(Math.floor(at / 1000) * 1000);
}
