/**
 * Calls of operations on behalf of declarations: in canonical order, with their place when AWS refuses.
 *
 * Pure.
 */
import type { Environment } from '@holdfast/model';
import { AwsFault } from '../operations/fault';

/** AWS would refuse to deploy: the operation, what it was asked for, and its answer. */
export class DeployRefusal extends Error {
  constructor(
    /** Construct path, file and logical id, or Terraform address. */
    readonly declaredAt: string,
    /** Name of the operation, e.g. `CreateBackupPlan`. */
    readonly operation: string,
    readonly fault: AwsFault,
  ) {
    super(`${declaredAt}: ${operation} answers ${fault.name}: ${fault.message}`);
    this.name = 'DeployRefusal';
  }
}

export function call<T>(declaredAt: string, operation: string, operate: () => T): T {
  try {
    return operate();
  } catch (error) {
    throw error instanceof AwsFault ? new DeployRefusal(declaredAt, operation, error) : error;
  }
}

export function inOrder<T extends { readonly env: Environment }>(
  declared: readonly T[] | undefined,
  nameOf: (one: T) => string,
): T[] {
  const keyOf = (one: T) => [one.env.partition, one.env.account, one.env.region, nameOf(one)].join('\u0000');
  return (declared ?? [])
    .map((one) => [keyOf(one), one] as const)
    .sort(([a], [b]) => compare(a, b))
    .map(([, one]) => one);
}

export function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
