/**
 * Whether something changed a World, as far as can be told from outside.
 *
 * Pure: reads the World.
 */
import type { WorldState } from '../domain/world-state';
import { Instant, shortInstant } from '../kernel/instant';
import type { Called } from '../operations/call';
import { CONTROL } from '../wire/control';
import type { WireRequest } from '../wire/message';
import { StoreFault } from './store-fault';

const DIGEST_READ: WireRequest = {
  method: 'GET',
  path: `${CONTROL}state`,
  query: {},
  headers: {},
  body: new Uint8Array(0),
};

/** Operations that change nothing, by their names; some that are called so make credentials. */
const READS =
  /^(Describe|List|Get(?!SessionToken|FederationToken|AuthorizationToken)|Head|BatchGet|TransactGet|Query$|Scan$|Search|Simulate)/;

/** What moves when a call changes what its name does not say: events, and what happened by the agenda. */
export function marksOf({ ledger }: WorldState): string {
  return `${ledger.log.count} ${ledger.unsettled} ${ledger.agenda.steps}`;
}

/** Whether a call may have changed the World. Calls that somebody hears of, or a fault looks at, always do. */
export function mayChange(state: WorldState, called: Called, before: string): boolean {
  const { observers, faults } = state.ledger;
  return !READS.test(called.operation) || observers.listening || faults.active !== 0 || before !== marksOf(state);
}

/** @throws StoreFault when something else came of it than was said */
export function refuseOther(said: string, digest: string, what: string): void {
  if (digest !== said) {
    throw new StoreFault(`${what} says ${said}, and its commands come to ${digest}`);
  }
}

/** A command in words. */
export function told(request: WireRequest | undefined, at: Instant | undefined): string {
  return request === undefined ? `the clock to ${shortInstant(at ?? 0)}` : `${request.method} ${request.path}`;
}

/** Reading a digest closes the events of an instant. That is kept as what it is, whatever was read with it. */
export function keptOf(request: WireRequest): WireRequest {
  return request.method === 'GET' && request.path.startsWith(CONTROL) ? DIGEST_READ : request;
}
