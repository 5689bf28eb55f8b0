/**
 * Tasks of executions under way: calls of services that are due now, and tasks that wait for a callback or for their time.
 *
 * Owns     the call that is due, and every token that was given to a task. Making the calls is host's: the clock stands still
 *          until it has made them.
 * Units    milliseconds.
 * Source   the developer guide of Step Functions, "Discover service integration patterns", "Handling errors in Step Functions
 *          workflows".
 * Spec     state-machines.md
 */
import { uuid } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { FunctionRuns } from './function-runs';
import type { Ledger } from './ledger';
import { HEARTBEAT_TIMEOUT, type StateFault, TIMEOUT } from './states-definition';
import type { Patience } from './states-language';
import type { CallService, TaskAnswer, TaskCall } from './task-integrations';

/** How a task that waited ends. */
export type Outcome = { readonly output: unknown } | { readonly fault: StateFault };

/** A task that waits. */
export interface WaitingTask {
  /** ARN of the state machine, which policies name. */
  readonly machineArn: string;
  /** Whether it is past: somebody called back, it ran out of time, or what it belongs to is over. */
  readonly isOver: () => boolean;
  /** Ends it; what comes later is not heard. */
  readonly end: (outcome: Outcome) => void;
  /** It was heard of. */
  heardAt: Instant;
}

/** A task that is to wait. */
export interface Waiter {
  readonly machineArn: string;
  readonly token: string | undefined;
  readonly patience: Patience;
  /** Whether what it belongs to has ended. */
  readonly isStopped: () => boolean;
  readonly then: (outcome: Outcome) => void;
}

export class TaskRuns {
  private make: CallService | undefined;
  /** One at most: the clock stands still for each. */
  private due: (() => Promise<void>) | undefined;
  private readonly byToken = new Map<string, WaitingTask>();
  private count = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly functions: FunctionRuns,
  ) {}

  /** From now on services are called: whoever moves the clock makes the call that is due whenever it stops for them. */
  begin(make: CallService): void {
    this.make = make;
  }

  /** Takes the call that is due, if there is one; the clock may move again when it is made. */
  next(): (() => Promise<void>) | undefined {
    const { due } = this;
    this.due = undefined;
    this.ledger.waitsForTasks = false;
    return due;
  }

  /** Calls a service as soon as the clock stops for it, and goes on with its answer. */
  call(call: Omit<TaskCall, 'requestId'>, then: (answer: TaskAnswer) => void): void {
    this.functions.later(0, () => {
      if (this.make === undefined) {
        then(notMade(call));
        return;
      }
      this.ledger.waitsForTasks = true;
      this.due = async () => then(await this.made(call));
    });
  }

  /** Calls a service at the present instant. */
  async made(call: Omit<TaskCall, 'requestId'>): Promise<TaskAnswer> {
    const { ledger, make } = this;
    if (make === undefined) {
      return notMade(call);
    }
    const names = [call.integration.service, call.integration.action, `${this.count++}`];
    return make({ ...call, requestId: uuid(ledger.seed, { kind: 'states-request', names, at: ledger.now }) });
  }

  /** Begins to wait for a callback, until the task runs out of time. */
  wait({ machineArn, token, patience, isStopped, then }: Waiter): WaitingTask {
    let over = false;
    const waiting: WaitingTask = {
      machineArn,
      isOver: () => over || isStopped(),
      end: (outcome) => {
        if (!waiting.isOver()) {
          over = true;
          then(outcome);
        }
      },
      heardAt: this.ledger.now,
    };
    if (token !== undefined) {
      this.byToken.set(token, waiting);
    }
    const { timeoutMs, heartbeatMs } = patience;
    if (timeoutMs !== undefined) {
      this.functions.later(timeoutMs, () => waiting.end({ fault: { error: TIMEOUT, cause: '' } }));
    }
    if (heartbeatMs !== undefined) {
      this.listen(waiting, heartbeatMs);
    }
    return waiting;
  }

  tryFind(token: string): WaitingTask | undefined {
    return this.byToken.get(token);
  }

  /** Looks again when nobody may have been heard for so long. */
  private listen(waiting: WaitingTask, heartbeatMs: number): void {
    const { ledger, functions } = this;
    functions.later(waiting.heardAt + heartbeatMs - ledger.now, () => {
      if (ledger.now - waiting.heardAt < heartbeatMs) {
        this.listen(waiting, heartbeatMs);
      } else {
        waiting.end({ fault: { error: HEARTBEAT_TIMEOUT, cause: '' } });
      }
    });
  }
}

function notMade({ integration }: Pick<TaskCall, 'integration'>): TaskAnswer {
  return { notRun: `calls of ${integration.service}:${integration.action} are not made in this World` };
}
