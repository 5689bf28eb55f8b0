/**
 * What the expressions of a state can see beside its input: variables, the context object, chance and the time.
 *
 * Owns     how often an execution has drawn, and how many events its history has.
 * Source   the developer guide of Step Functions, "Passing data between states with variables", "Accessing execution data from
 *          the Context object".
 * Assumed  Chance follows from the seed, the execution and how much it drew before.
 * Spec     state-machines.md
 */
import { StateMachineLimits } from '@holdfast/model';
import { hex128, uuid } from '../kernel/ids';
import type { Instant } from '../kernel/instant';

export type Variables = Readonly<Record<string, unknown>>;

/** What `$$` and `$states.context` are, but for the state. */
export type Context = Readonly<Record<string, unknown>>;

export interface Scope {
  readonly variables: Variables;
  readonly context: Context;
  readonly chance: Chance;
  readonly now: Instant;
}

const HEX_OF_53_BITS = 13;

/** The chance of one execution: what it draws, one after another. */
export class Chance {
  private drawn = 0;

  constructor(
    private readonly seed: number,
    private readonly executionArn: string,
  ) {}

  /** A number in [0, 1); the same for the same word, if one is given. */
  number(word?: string): number {
    const names = word === undefined ? [this.executionArn, `${this.drawn++}`] : ['given', word];
    const hex = hex128(this.seed, { kind: 'states-random', names }).slice(0, HEX_OF_53_BITS);
    return parseInt(hex, 16) / 16 ** HEX_OF_53_BITS;
  }

  uuid(): string {
    return uuid(this.seed, { kind: 'states-uuid', names: [this.executionArn, `${this.drawn++}`] });
  }

  /** What a task is to be called back by. */
  token(): string {
    const names = [this.executionArn, `${this.drawn++}`];
    return Buffer.from(hex128(this.seed, { kind: 'states-token', names }), 'hex').toString('base64');
  }
}

/** Assumed: of the kinds of events those two alone are counted that every state has. */
const EVENTS_OF_A_STATE = 2;

/** How far an execution has come, so that one which goes round for ever ends. */
export class History {
  private events = 1;

  /** Counts a state that is entered; false where it no longer fits. */
  enter(): boolean {
    this.events += EVENTS_OF_A_STATE;
    return this.events < StateMachineLimits.EVENTS_OF_EXECUTION;
  }
}
