/**
 * The control endpoints of a served World: its clock, its state, its resources.
 *
 * Pure: requests in, answers out; the clock is moved by whoever serves.
 * Units    instants are ISO 8601 text; durations ISO 8601 of weeks, days, hours, minutes and seconds, as months and years
 *          have no fixed length.
 * Source   design.md section 2, Endpoint.
 */
import type { Environment } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { IngestRefusal } from '../ingest/artifact';
import { readInventoryEntry } from '../ingest/inventory/read-inventory';
import { DAY, HOUR, Instant, MINUTE, shortInstant, tryParseInstant } from '../kernel/instant';
import { simulationOf } from '../report/simulation';
import { textOf, WireAnswer, WireRequest } from './message';
import { SERVICES } from './services';

/** Path under which control is; no service of AWS has a path that begins so. */
export const CONTROL = '/_holdfast/';

/** A World that control works on. */
export interface Controlled {
  readonly state: WorldState;
  readonly version: string;
  /** Account and Region where an entry names none. */
  readonly env: Environment;
  /** Moves the clock, and lets on the way happen what is due. */
  runUntil(until: Instant): Promise<void>;
  /** A World as it was at the start takes the place of this one. */
  reset(): void;
}

/** What is wrong with a request: HTTP 400 with this text. */
class ControlFault extends Error {
  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

type Handler = (world: Controlled, body: unknown) => unknown;

const HANDLERS: Readonly<Record<string, Handler>> = {
  'GET health': ({ version }) => ({
    schema: 'holdfast.health/1',
    version,
    services: Object.values(SERVICES).map(({ signingName }) => signingName),
  }),
  'GET clock': clockOf,
  'POST clock': moveClock,
  'GET state': ({ state }) => simulationOf(state.summary(), [], [], state.digest()),
  'POST reset': (world) => {
    world.reset();
    return clockOf(world);
  },
  'POST resources': addResources,
};

/** Answers a request whose path begins with `CONTROL`. */
export async function control(world: Controlled, request: WireRequest): Promise<WireAnswer> {
  try {
    const name = request.path.slice(CONTROL.length).replace(/\/$/, '');
    const handler = HANDLERS[`${request.method} ${name}`];
    if (handler === undefined) {
      const known = Object.keys(HANDLERS).map((one) => one.replace(' ', ` ${CONTROL}`));
      const there = known.some((one) => one.endsWith(`${CONTROL}${name}`));
      throw new ControlFault(`${request.method} ${request.path} is none of ${known.join(', ')}`, there ? 405 : 404);
    }
    return answer(200, await handler(world, request.method === 'POST' ? bodyOf(request) : undefined));
  } catch (fault) {
    if (fault instanceof ControlFault) {
      return answer(fault.status, { message: fault.message });
    }
    if (fault instanceof IngestRefusal) {
      return answer(400, { message: fault.message });
    }
    throw fault;
  }
}

function clockOf({ state }: Controlled): object {
  return { schema: 'holdfast.clock/1', now: shortInstant(state.now) };
}

async function moveClock(world: Controlled, body: unknown): Promise<unknown> {
  const { advance, to, ...others } = fieldsOf(body);
  const unknown = Object.keys(others);
  if ((advance === undefined) === (to === undefined) || unknown.length > 0) {
    throw new ControlFault(`the body must have either advance or to, got ${JSON.stringify(body)}`);
  }
  const { now } = world.state;
  const until = advance === undefined ? instantOf(to) : now + durationOf(advance);
  if (until < now) {
    throw new ControlFault(`the clock stands at ${shortInstant(now)} and cannot go back to ${shortInstant(until)}`);
  }
  await world.runUntil(until);
  return clockOf(world);
}

function addResources({ state, env }: Controlled, body: unknown): unknown {
  const listed = Array.isArray(body) ? (body as unknown[]) : fieldsOf(body)['resources'];
  if (!Array.isArray(listed)) {
    throw new ControlFault('the body must be a list of resources, or an object whose resources is that list');
  }
  // All are read before the first is added, so that a fault in one leaves the World as it was.
  const read = listed.map((entry, index) => readInventoryEntry(entry, 'the body', `resources[${index}]`, env));
  for (const resource of read) {
    state.addResource(resource);
  }
  return { schema: 'holdfast.resources/1', arns: read.map(({ arn }) => arn) };
}

function bodyOf(request: WireRequest): unknown {
  const text = textOf(request.body);
  if (text.trim() === '') {
    return {};
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (fault) {
    throw new ControlFault(`the body must be JSON: ${(fault as Error).message}`);
  }
}

function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ControlFault(`the body must be an object, got ${JSON.stringify(body)}`);
  }
  return body as Readonly<Record<string, unknown>>;
}

function instantOf(given: unknown): Instant {
  const at = typeof given === 'string' ? tryParseInstant(given) : undefined;
  if (at === undefined) {
    throw new ControlFault(`to must be a time with zone, e.g. 2027-01-31T00:00:00Z, got ${JSON.stringify(given)}`);
  }
  return at;
}

const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const LENGTHS = [7 * DAY, DAY, HOUR, MINUTE, 1000];

function durationOf(given: unknown): number {
  const parts = typeof given === 'string' && given.length < 40 ? DURATION.exec(given) : null;
  const said = parts?.slice(1).filter((part) => part !== undefined) ?? [];
  if (parts === null || said.length === 0) {
    throw new ControlFault(
      `advance must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, e.g. P30D or PT6H, got ${JSON.stringify(given)}`,
    );
  }
  return LENGTHS.reduce((sum, length, index) => sum + length * Number(parts[index + 1] ?? 0), 0);
}

function answer(status: number, body: unknown): WireAnswer {
  const text = `${JSON.stringify(body)}\n`;
  return { status, headers: { 'content-type': 'application/json' }, body: new TextEncoder().encode(text) };
}
