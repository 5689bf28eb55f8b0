/**
 * A call that is made again with the same token makes nothing again.
 *
 * Owns     nothing: what was made is remembered in the World.
 * Source   EC2 API reference, "Ensuring idempotency in Amazon EC2 API requests"; API of FSx 2018-03-01, CreateFileSystem.
 */
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';

export interface TokenedCall {
  readonly operation: string;
  /** Without one every call is another. */
  readonly token: string | undefined;
  /** The whole input. */
  readonly input: object;
  /** What the service answers when the token was given for other parameters. */
  readonly mismatch: () => AwsFault;
}

/** What a call asks, in one form: members in order, bytes as text. */
export function fingerprintOf(input: object): string {
  return JSON.stringify(input, (_key, value: unknown) => {
    if (value instanceof Uint8Array) {
      return Buffer.from(value).toString('base64');
    }
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  });
}

/**
 * What a call makes, or made when it was first made.
 *
 * @param make makes it, and answers its ids or ARNs
 * @throws AwsFault the mismatch
 */
export function madeOnce(
  state: WorldState,
  caller: Caller,
  { operation, token, input, mismatch }: TokenedCall,
  make: () => readonly string[],
): readonly string[] {
  if (token === undefined) {
    return make();
  }
  const { repeatedCalls } = state.services;
  const asked = fingerprintOf(input);
  const before = repeatedCalls.tryFind(caller, operation, token);
  if (before !== undefined) {
    if (before.asked !== asked) {
      throw mismatch();
    }
    return before.made;
  }
  const made = make();
  repeatedCalls.remember(caller, operation, token, { asked, made });
  return made;
}

/** Source: EC2 API reference, "Error codes"; the text as seen in public threads. */
export function ec2Mismatch(): AwsFault {
  const why = 'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).';
  return new AwsFault('IdempotentParameterMismatch', why);
}
