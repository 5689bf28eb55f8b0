/**
 * Calls with a token by which their services know them again, and what each made.
 *
 * Owns     the calls of a World.
 * Source   EC2 API reference, "Ensuring idempotency in Amazon EC2 API requests"; API of FSx 2018-03-01, CreateFileSystem.
 * Assumed  A token is known for as long as the World lasts.
 */
import type { Environment } from '@holdfast/model';
import { placeOf } from './vaults';

export interface RememberedCall {
  /** What was asked, in one form. */
  readonly asked: string;
  /** Ids or ARNs of what it made. */
  readonly made: readonly string[];
}

export class RepeatedCalls {
  private readonly calls = new Map<string, RememberedCall>();

  /** The call of an operation that a token of an account and Region was given for. */
  tryFind(env: Environment, operation: string, token: string): RememberedCall | undefined {
    return this.calls.get(`${placeOf(env)} ${operation} ${token}`);
  }

  remember(env: Environment, operation: string, token: string, call: RememberedCall): void {
    this.calls.set(`${placeOf(env)} ${operation} ${token}`, call);
  }
}
