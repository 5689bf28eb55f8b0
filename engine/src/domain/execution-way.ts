/**
 * How an execution goes on: as the World's clock moves, or at once, while somebody waits for its end.
 *
 * Owns     what is to be done next of an execution that runs at once.
 * Units    milliseconds.
 * Source   API of Step Functions, StartSyncExecution.
 * Assumed  While a call is answered no time passes: an execution that runs at once waits for nothing, and is timed out by what it
 *          would have waited. What goes on side by side does so one after the other.
 * Spec     state-machines.md
 */
import type { FunctionRuns } from './function-runs';
import type { Answer, StandingFunction } from './functions';
import type { TaskAnswer, TaskCall } from './task-integrations';
import type { TaskRuns } from './task-runs';

export interface Way {
  /** Runs a function, and goes on with its answer. */
  invoke(standing: StandingFunction, payload: string, then: (answer: Answer) => void): void;
  /** Calls a service, and goes on with its answer. */
  call(call: Omit<TaskCall, 'requestId'>, then: (answer: TaskAnswer) => void): void;
  later(ms: number, then: () => void): void;
}

/** As the clock moves. */
export function onTheClock(functions: FunctionRuns, tasks: TaskRuns): Way {
  return {
    invoke: (standing, payload, then) => functions.call(standing, payload, then),
    call: (call, then) => tasks.call(call, then),
    later: (ms, then) => functions.later(ms, then),
  };
}

interface Timer {
  readonly at: number;
  readonly then: () => void;
}

/** At once. */
export class AtOnce implements Way {
  private readonly work: (() => Promise<void>)[] = [];
  private timers: Timer[] = [];
  private elapsed = 0;

  constructor(
    private readonly functions: FunctionRuns,
    private readonly tasks: TaskRuns,
  ) {}

  invoke(standing: StandingFunction, payload: string, then: (answer: Answer) => void): void {
    this.work.push(async () => {
      const answer = await this.functions.invoke(standing, payload);
      if (answer !== undefined) {
        then(answer);
      }
    });
  }

  call(call: Omit<TaskCall, 'requestId'>, then: (answer: TaskAnswer) => void): void {
    this.work.push(async () => then(await this.tasks.made(call)));
  }

  later(ms: number, then: () => void): void {
    this.timers.push({ at: this.elapsed + ms, then });
  }

  /** Does what there is to do, in its order, until it is done. */
  async run(isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      const next = this.work.shift();
      if (next !== undefined) {
        await next();
        continue;
      }
      const at = Math.min(...this.timers.map((timer) => timer.at));
      const timer = this.timers.find((one) => one.at === at);
      if (timer === undefined) {
        return;
      }
      this.timers = this.timers.filter((one) => one !== timer);
      this.elapsed = at;
      timer.then();
    }
  }
}
