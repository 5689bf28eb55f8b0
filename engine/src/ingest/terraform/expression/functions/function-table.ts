/**
 * What a function of Terraform's language is to the evaluator.
 */
import type { Value } from '../values';

export interface FunctionDefinition {
  readonly least: number;
  /** No upper bound when left out. */
  readonly most?: number;
  /** Works on the outside of a collection, so that items in it need not be known. */
  readonly structural?: true;
  /** Is called though an argument is not known, and decides itself. */
  readonly takesUnknown?: true;
  readonly call: (args: readonly Value[], name: string) => Value;
}

export type FunctionTable = Readonly<Record<string, FunctionDefinition>>;

/** Argument `i`, null when it was left out. */
export function argument(args: readonly Value[], i: number): Value {
  return args[i] ?? null;
}
