/**
 * One World of a server: AWS on one side, control on the other.
 *
 * Owns     the World, and the order of requests: one is over before the next begins, so that a clock that moves is seen
 *          before or after, never in between.
 * Units    a speed is seconds of the World to one of real time.
 * Source   design.md section 2, Endpoint.
 */
import type { Environment } from '@holdfast/model';
import { WorldState } from '../domain/world-state';
import type { Instant } from '../kernel/instant';
import { Answerer } from '../wire/answer';
import { CONTROL, control, Controlled } from '../wire/control';
import type { WireAnswer, WireRequest } from '../wire/message';
import { FunctionRunner } from './function-runner';
import type { Answering } from './http-front';
import { loadClient } from './load-client';
import { RunningClock } from './running-clock';

export interface ServedProps {
  /** Account, Region and partition where a request names none. */
  readonly env: Environment;
  readonly start: Instant;
  readonly seed: number;
  readonly version: string;
  /** How fast clocks run by themselves; 0 unless given: they stand until they are moved. */
  readonly speed?: number;
  /** Whether signatures are verified, and policies decide; not unless given. */
  readonly enforceIam?: boolean;
  /** The clock by which signatures grow old; that of this machine unless given. */
  readonly clockSkew?: ClockSkew;
  /** Whether functions of Lambda run, code of callers as a process of this machine; so it is unless given. */
  readonly runFunctions?: boolean;
}

/** Clients sign with the clock of their machine, while that of the World stands where it was moved to. */
export type ClockSkew = 'world' | 'wall' | 'off';
export const CLOCK_SKEWS: readonly ClockSkew[] = ['world', 'wall', 'off'];

export class ServedWorld implements Answering, Controlled {
  state: WorldState;
  private answerer: Answerer;
  private runner: FunctionRunner;
  private clock: RunningClock;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(
    private readonly props: ServedProps,
    /** The real time, in milliseconds. */
    private readonly wall: () => number = Date.now,
  ) {
    [this.state, this.answerer, this.runner] = begin(props, wall);
    this.clock = new RunningClock(props.speed ?? 0, wall);
  }

  get version(): string {
    return this.props.version;
  }

  get env(): Environment {
    return this.props.env;
  }

  get speed(): number {
    return this.clock.speed;
  }

  set speed(speed: number) {
    this.clock = new RunningClock(speed, this.wall);
  }

  /** Whether nothing is under way or waits. */
  get idle(): boolean {
    return this.waiting === 0;
  }

  answer(request: WireRequest): Promise<WireAnswer> {
    return this.inTurn(async () => {
      await this.catchUp();
      return request.path.startsWith(CONTROL) ? control(this, request) : this.answerer.answer(request);
    });
  }

  runUntil(until: Instant): Promise<void> {
    return this.runner.runUntil(until);
  }

  reset(): void {
    [this.state, this.answerer, this.runner] = begin(this.props, this.wall);
    this.speed = this.props.speed ?? 0;
  }

  /** Empties the World when what was asked before is answered. */
  empty(): Promise<void> {
    return this.inTurn(async () => this.reset());
  }

  /** Moves a clock that runs by itself to where it is by now. */
  private async catchUp(): Promise<void> {
    const passed = this.clock.passed();
    if (passed > 0) {
      await this.runUntil(this.state.now + passed);
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.waiting++;
    const done = this.last.then(work).finally(() => this.waiting--);
    this.last = done.catch(() => undefined);
    return done;
  }
}

function begin(props: ServedProps, wall: () => number): [WorldState, Answerer, FunctionRunner] {
  const { env, start, seed, enforceIam = false, clockSkew = 'wall', runFunctions = true } = props;
  const state = new WorldState({ start, seed, enforceIam });
  state.ledger.settlesAtOnce = true;
  const runner = new FunctionRunner(state, { localCode: false });
  if (runFunctions) {
    runner.begin();
  }
  const clocks = { world: () => state.now, wall, off: undefined };
  const callers = enforceIam ? { env, checks: { now: clocks[clockSkew] } } : { env };
  return [state, new Answerer(state, loadClient, callers), runner];
}
