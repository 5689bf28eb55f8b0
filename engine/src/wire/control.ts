/**
 * The control endpoints of a served World: its clock, its state, its resources, its faults, its approvals.
 *
 * Pure: requests in, answers out; the clock is moved by whoever serves.
 * Source   design.md section 2, Endpoint.
 */
import type { Environment } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { IngestRefusal } from '../ingest/artifact';
import { readInventoryEntry } from '../ingest/inventory/read-inventory';
import type { Instant } from '../kernel/instant';
import type { Chronicle } from '../report/chronicle/chronicle';
import type { ContentDamage, ContentFault } from '../report/content-damage';
import type { PageAssets } from '../report/pages/html';
import { simulationOf } from '../report/simulation';
import { answerApproval, listApprovals } from './control-approvals';
import { bodyOf, ControlFault, fieldsOf, jsonAnswer } from './control-body';
import { clockOf, moveClock } from './control-clock';
import { addFaults, clearFaults, listFaults } from './control-faults';
import {
  consolePage,
  consoleScript,
  consoleStyle,
  contentState,
  latestDecisions,
  latestEvents,
  latestJobs,
  report,
  reportFile,
} from './control-console';
import type { WireAnswer, WireRequest } from './message';
import { SERVICES } from './services';

/** Path under which control is; no service of AWS has a path that begins so. */
export const CONTROL = '/_holdfast/';

/** A World that control works on. */
export interface Controlled {
  readonly state: WorldState;
  /** What is known of the course of the World. */
  readonly chronicle: Chronicle;
  /** What requests call the World. */
  readonly name: string;
  readonly version: string;
  /** Account and Region where an entry names none. */
  readonly env: Environment;
  /** Seconds of the World to one of real time; 0 where the clock stands until it is moved. */
  speed: number;
  /** Moves the clock, and lets on the way happen what is due. */
  runUntil(until: Instant): Promise<void>;
  /** A World as it was at the start takes the place of this one. */
  reset(): void;
  /** What could not be done with the bytes of resources. */
  contentFaults(): readonly ContentFault[];
  /** Reads all that was captured. */
  verifyContent(): Promise<readonly ContentDamage[]>;
  /** The page of the console, as it was built. */
  pageAssets(): PageAssets;
  /** The World as a document. */
  snapshot(): Promise<object>;
  /** The World of a document takes the place of this one. */
  load(snapshot: unknown): Promise<void>;
}

/** @param what what the path names below the endpoint, e.g. one fault; empty where it names nothing */
type Handler = (world: Controlled, body: unknown, what: string) => unknown;

const HANDLERS: Readonly<Record<string, Handler>> = {
  'GET ': consolePage,
  'GET console.js': consoleScript,
  'GET console.css': consoleStyle,
  'GET report': report,
  'GET report.html': reportFile,
  'GET jobs': latestJobs,
  'GET events': latestEvents,
  'GET decisions': latestDecisions,
  'GET content': contentState,
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
  'GET snapshot': (world) => world.snapshot(),
  'POST snapshot': async (world, body) => {
    await world.load(body);
    return clockOf(world);
  },
  'POST resources': addResources,
  'GET approvals': listApprovals,
  'POST approvals': answerApproval,
  'GET faults': listFaults,
  'POST faults': addFaults,
  'DELETE faults': clearFaults,
};

/** Endpoints below which each thing has a path of its own. */
const WITH_PARTS = ['DELETE faults', 'GET report', 'GET report.html', 'GET content'];

/** Answers a request whose path begins with `CONTROL`. */
export async function control(world: Controlled, request: WireRequest): Promise<WireAnswer> {
  try {
    const [name = '', ...parts] = request.path.slice(CONTROL.length).replace(/\/$/, '').split('/');
    const key = `${request.method} ${name}`;
    const handler = parts.length <= (WITH_PARTS.includes(key) ? 1 : 0) ? HANDLERS[key] : undefined;
    if (handler === undefined) {
      throw unknownEndpoint(request, Object.keys(HANDLERS));
    }
    const body = request.method === 'POST' ? bodyOf(request) : undefined;
    const answer = await handler(world, body, parts[0] ?? '');
    return isWhole(answer) ? answer : jsonAnswer(200, answer);
  } catch (fault) {
    return refusalOf(fault);
  }
}

/** Whether an endpoint answers something else than JSON. */
function isWhole(answer: unknown): answer is WireAnswer {
  return (answer as Partial<WireAnswer>).body instanceof Uint8Array;
}

/** What control says to a request that it refuses; a fault of the engine itself is thrown again. */
export function refusalOf(fault: unknown): WireAnswer {
  if (fault instanceof ControlFault) {
    return jsonAnswer(fault.status, { message: fault.message });
  }
  if (fault instanceof IngestRefusal) {
    return jsonAnswer(400, { message: fault.message });
  }
  throw fault;
}

/** @param endpoints what there is, as method and name */
export function unknownEndpoint({ method, path }: WireRequest, endpoints: readonly string[]): ControlFault {
  const known = endpoints.map((one) => one.replace(' ', ` ${CONTROL}`));
  const there = known.some((one) => one.split(' ')[1] === path.replace(/\/$/, ''));
  return new ControlFault(`${method} ${path} is none of ${known.join(', ')}`, there ? 405 : 404);
}

function addResources({ state, env }: Controlled, body: unknown): unknown {
  const listed = Array.isArray(body) ? (body as unknown[]) : fieldsOf(body)['resources'];
  if (!Array.isArray(listed)) {
    throw new ControlFault('the body must be a list of resources, or an object whose resources is that list');
  }
  // All are read before the first is added, so that a fault in one leaves the World as it was.
  const read = listed.map((entry, index) => readInventoryEntry(entry, 'the body', `resources[${index}]`, env));
  const holding = read.findIndex(({ content }) => content !== undefined);
  if (holding >= 0) {
    // No file of this machine is read because a caller names it.
    const how = 'fill it through the API of its service (docs/content.md)';
    throw new ControlFault(`resources[${holding}].content cannot be given to a served World: ${how}`);
  }
  for (const resource of read) {
    state.addResource(resource);
  }
  return { schema: 'holdfast.resources/1', arns: read.map(({ arn }) => arn) };
}
