/**
 * A World that a server answers for: AWS on one side, control on the other.
 *
 * Owns     the World, and the order of requests: one is over before the next begins, so that a clock that moves is seen
 *          before or after, never in between.
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

export interface ServedProps {
  /** Account, Region and partition where a request names none. */
  readonly env: Environment;
  readonly start: Instant;
  readonly seed: number;
  readonly version: string;
}

export class ServedWorld implements Answering, Controlled {
  state: WorldState;
  private answerer: Answerer;
  private runner: FunctionRunner;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly props: ServedProps) {
    [this.state, this.answerer, this.runner] = begin(props);
  }

  get version(): string {
    return this.props.version;
  }

  get env(): Environment {
    return this.props.env;
  }

  answer(request: WireRequest): Promise<WireAnswer> {
    const answer = this.last.then(() =>
      request.path.startsWith(CONTROL) ? control(this, request) : this.answerer.answer(request),
    );
    this.last = answer.catch(() => undefined);
    return answer;
  }

  runUntil(until: Instant): Promise<void> {
    return this.runner.runUntil(until);
  }

  reset(): void {
    [this.state, this.answerer, this.runner] = begin(this.props);
  }
}

function begin({ env, start, seed }: ServedProps): [WorldState, Answerer, FunctionRunner] {
  const state = new WorldState({ start, seed });
  const runner = new FunctionRunner(state);
  runner.begin();
  return [state, new Answerer(state, loadClient, { env }), runner];
}
