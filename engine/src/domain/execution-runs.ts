/**
 * Executions of state machines as they move on: functions that run, services that are called, waits, branches, ends.
 *
 * Owns     who waits for the end of an execution: moves those of state-machines.ts. Where functions do not run, they stay as they
 *          began.
 * Source   API of Step Functions; the developer guide of Step Functions on errors of Lambda.
 * Spec     state-machines.md
 */
import { StateMachineLimits } from '@holdfast/model';
import { dateOf, SECOND } from '../kernel/instant';
import { parseJson } from '../kernel/json';
import { assumptionRefusal, sessionArnOf, taskRefusal } from './execution-access';
import { logEnd, logStart } from './execution-log';
import { AtOnce, onTheClock, type Way } from './execution-way';
import type { FunctionRuns } from './function-runs';
import { type Answer, functionArn, type StandingFunction } from './functions';
import type { Ledger } from './ledger';
import type { Messaging } from './messaging';
import type { Branching } from './state-branches';
import type { Execution, StateMachine } from './state-machines';
import type { Definition, StateFault } from './states-definition';
import {
  answered,
  begin,
  type Calling,
  type Course,
  failed,
  type Invoking,
  type Next,
  notRun,
  type Position,
  returned,
  unfit,
  waited,
} from './states-language';
import { Chance, History } from './states-scope';
import { faultIn, type TaskAnswer } from './task-integrations';
import { type Outcome, TaskRuns, type WaitingTask } from './task-runs';

type End = { readonly to: 'succeed'; readonly output: unknown } | ({ readonly to: 'fail' } & StateFault);

/** A course under way: that of an execution, or of a branch in it. */
interface Thread {
  readonly execution: Execution;
  readonly machine: StateMachine;
  readonly course: Course;
  readonly way: Way;
  /** Where this is a branch of another. */
  readonly within: Thread | undefined;
  readonly done: (end: End) => void;
  /** Whether nothing of it is to go on, as it ended or was left. */
  stopped: boolean;
}

export class ExecutionRuns {
  readonly tasks: TaskRuns;
  /** Who waits for the end of an execution, by its ARN. */
  private readonly starters = new Map<string, () => void>();
  private readonly clock: Way;

  constructor(
    private readonly ledger: Ledger,
    private readonly messaging: Messaging,
    private readonly functions: FunctionRuns,
  ) {
    this.tasks = new TaskRuns(ledger, functions);
    this.clock = onTheClock(functions, this.tasks);
    messaging.stateMachines.onStart = (execution) => this.start(execution, this.clock);
  }

  /** Runs an execution to its end, for a caller who waits; undefined where functions do not run. */
  runAtOnce(machineArn: string, input: string, name: string | undefined): Promise<Execution> | undefined {
    if (!this.functions.runs) {
      return undefined;
    }
    const execution = this.messaging.stateMachines.record(machineArn, input, this.ledger.now, name);
    const way = new AtOnce(this.functions, this.tasks);
    this.start(execution, way);
    return way.run(() => execution.stoppedAt !== undefined).then(() => execution);
  }

  private start(execution: Execution, way: Way): void {
    const { ledger } = this;
    const machine = this.messaging.stateMachines.tryFind(execution.stateMachineArn);
    if (machine === undefined || !this.functions.runs) {
      return;
    }
    const definition = parseJson(machine.definition) as Definition;
    const input = parseJson(execution.input);
    const chance = new Chance(ledger.seed, execution.executionArn);
    const course = { definition, chance, history: new History(), context: contextOf(machine, execution, input) };
    const done = (end: End) => this.end(execution, end);
    const thread: Thread = { execution, machine, course, way, within: undefined, done, stopped: false };
    const seconds = longestOf(machine, definition);
    if (seconds !== undefined) {
      way.later(seconds * SECOND, () => this.timeOut(thread));
    }
    logStart(this.messaging, machine, execution, ledger.now);
    this.go(thread, begin(course, input, ledger.now));
  }

  /** Source: an execution that takes longer is TIMED_OUT, without a cause. */
  private timeOut(thread: Thread): void {
    if (!thread.stopped) {
      thread.stopped = true;
      thread.execution.status = 'TIMED_OUT';
      this.stop(thread.execution);
    }
  }

  private end(execution: Execution, end: End): void {
    if (end.to === 'succeed') {
      execution.status = 'SUCCEEDED';
      execution.output = JSON.stringify(end.output);
    } else {
      execution.status = 'FAILED';
      execution.error = { error: end.error, cause: end.cause };
    }
    this.stop(execution);
  }

  private stop(execution: Execution): void {
    execution.stoppedAt = this.ledger.now;
    const machine = this.messaging.stateMachines.tryFind(execution.stateMachineArn);
    if (machine !== undefined) {
      logEnd(this.messaging, machine, execution, this.ledger.now);
    }
    const then = this.starters.get(execution.executionArn);
    this.starters.delete(execution.executionArn);
    then?.();
  }

  /** Moves a course on until something takes time. */
  private go(thread: Thread, first: Next): void {
    let next: Next | undefined = first;
    while (next !== undefined && !isStopped(thread)) {
      next = this.move(thread, next);
    }
  }

  /** What there is to do at once after that. */
  private move(thread: Thread, next: Next): Next | undefined {
    const { ledger } = this;
    switch (next.to) {
      case 'invoke':
        return this.invoke(thread, next);
      case 'call':
        return this.call(thread, next);
      case 'wait':
        thread.way.later(next.ms, () => {
          // One that was left in the meantime is entered no more.
          if (!isStopped(thread)) {
            this.go(thread, waited(thread.course, next.at, ledger.now));
          }
        });
        return undefined;
      case 'branch':
        return this.branch(thread, next.at, next.branching);
      default:
        thread.stopped = true;
        thread.done(next);
        return undefined;
    }
  }

  /** Runs branches side by side, so many at once; as soon as their state fails, the others are stopped. */
  private branch(thread: Thread, at: Position, { branches, most, fails }: Branching): Next | undefined {
    const { ledger } = this;
    const under = { ...thread, within: thread, stopped: false };
    const outputs = new Map<number, unknown>();
    const faults: StateFault[] = [];
    let [begun, beginning] = [0, false];
    const ended = () => outputs.size + faults.length;
    const start = () => {
      beginning = true;
      while (!under.stopped && begun < branches.length && begun - ended() < most) {
        const number = begun++;
        const { course, input, variables } = branches[number] as Branching['branches'][number];
        const child = { ...under, course, within: under, done: (end: End) => settle(number, end), stopped: false };
        this.go(child, begin(course, input, ledger.now, variables));
        under.stopped = fails(faults) !== undefined;
      }
      beginning = false;
    };
    const after = (): Next | undefined => {
      const fault = fails(faults);
      if (fault !== undefined) {
        return failed(thread.course, at, fault, ledger.now);
      }
      const made = branches.flatMap((_, i) => (outputs.has(i) ? [outputs.get(i)] : []));
      return ended() === branches.length ? answered(thread.course, at, made, ledger.now) : undefined;
    };
    const settle = (number: number, end: End) => {
      if (end.to === 'succeed') {
        outputs.set(number, end.output);
      } else {
        faults.push(end);
      }
      // Branches that end at once come back to the loop that began them.
      if (beginning) {
        return;
      }
      under.stopped = fails(faults) !== undefined;
      start();
      const next = after();
      if (next !== undefined) {
        this.go(thread, next);
      }
    };
    start();
    return after();
  }

  private invoke(thread: Thread, next: Invoking): Next | undefined {
    const { ledger } = this;
    const { course, machine, execution } = thread;
    const { functionArn: named, payload, at } = next;
    const standing = this.functionOf(machine, named);
    if (standing === undefined) {
      const fault = { error: 'Lambda.ResourceNotFoundException', cause: `Function not found: ${named}` };
      return failed(course, at, fault, ledger.now);
    }
    const refused = taskRefusal(ledger, machine, execution, standing);
    if (refused !== undefined) {
      return failed(course, at, refused, ledger.now);
    }
    const waiting = this.wait(thread, next);
    thread.way.invoke(standing, JSON.stringify(payload), (answer) => {
      const fault = answer.error && faultOf(answer.error);
      // Source: a task that waits for a callback is not over with the answer, unless that is an error.
      if (waiting !== undefined) {
        if (fault !== undefined) {
          waiting.end({ fault });
        }
        return;
      }
      // Source: what a branch that was stopped still does is not waited for.
      if (!isStopped(thread)) {
        const output = parseJson(answer.payload ?? 'null');
        const after = fault ? failed(course, at, fault, ledger.now) : returned(course, at, output, ledger.now);
        this.go(thread, after);
      }
    });
    return undefined;
  }

  private call(thread: Thread, next: Calling): Next | undefined {
    const { ledger } = this;
    const { machine, execution, course } = thread;
    const refused = assumptionRefusal(ledger, machine);
    if (refused !== undefined) {
      return failed(course, next.at, refused, ledger.now);
    }
    const { integration, parameters } = next;
    const principalArn = sessionArnOf(ledger, machine, execution);
    const waiting = this.wait(thread, next);
    thread.way.call({ integration, parameters, env: machine.env, principalArn }, (answer) => {
      if (waiting?.isOver() ?? isStopped(thread)) {
        return;
      }
      const after = this.after(thread, next, answer, waiting);
      if (after !== undefined) {
        this.go(thread, after);
      }
    });
    return undefined;
  }

  /** What there is to do once a service answered; undefined where the task waits on. */
  private after(
    { course }: Thread,
    next: Calling,
    answer: TaskAnswer,
    waiting: WaitingTask | undefined,
  ): Next | undefined {
    const { at, integration } = next;
    const { now } = this.ledger;
    if ('notRun' in answer) {
      return notRun(at, answer.notRun);
    }
    if ('unfit' in answer) {
      return unfit(course, next, answer.unfit, now);
    }
    const fault = 'fault' in answer ? answer.fault : faultIn(integration, answer.output);
    if (waiting === undefined) {
      return fault === undefined
        ? answered(course, at, (answer as { readonly output: unknown }).output, now)
        : failed(course, at, fault, now);
    }
    if (fault !== undefined) {
      waiting.end({ fault });
    } else if (integration.pattern !== 'callback') {
      const { ExecutionArn } = (answer as { readonly output: { readonly ExecutionArn: string } }).output;
      this.awaitEnd(ExecutionArn, waiting, integration.pattern === 'job as JSON');
    }
    return undefined;
  }

  /** Where a task has patience, it is over with what comes first: a callback, the end of its job, the end of its time. */
  private wait(thread: Thread, { patience, at }: Invoking | Calling): WaitingTask | undefined {
    const { course, machine } = thread;
    if (patience === undefined) {
      return undefined;
    }
    const then = (outcome: Outcome) => {
      const { now } = this.ledger;
      const next =
        'fault' in outcome ? failed(course, at, outcome.fault, now) : answered(course, at, outcome.output, now);
      this.go(thread, next);
    };
    const isThreadStopped = () => isStopped(thread);
    return this.tasks.wait({ machineArn: machine.arn, token: at.token, patience, isStopped: isThreadStopped, then });
  }

  /** Source: a nested execution that does not succeed fails its task, with what describes it as the cause. */
  private awaitEnd(executionArn: string, waiting: WaitingTask, asJson: boolean): void {
    const execution = this.messaging.stateMachines.tryFindExecution(executionArn);
    if (execution === undefined) {
      return;
    }
    const then = () => {
      const output = describedEnd(execution, asJson);
      const failedSo = { error: 'States.TaskFailed', cause: JSON.stringify(output) };
      waiting.end(execution.status === 'SUCCEEDED' ? { output } : { fault: failedSo });
    };
    if (execution.stoppedAt === undefined) {
      this.starters.set(executionArn, then);
    } else {
      then();
    }
  }

  /** By ARN, or by its name in the account and Region of the machine. */
  private functionOf({ env }: StateMachine, named: string): StandingFunction | undefined {
    return this.messaging.functions.tryFind(named.startsWith('arn:') ? named : functionArn(env, named));
  }
}

/** Source: quotas of Step Functions: an express execution lasts five minutes at most. */
function longestOf({ type }: StateMachine, { TimeoutSeconds }: Definition): number | undefined {
  return type === 'EXPRESS' ? Math.min(TimeoutSeconds ?? Infinity, StateMachineLimits.EXPRESS_SECONDS) : TimeoutSeconds;
}

function isStopped(thread: Thread): boolean {
  return thread.stopped || (thread.within !== undefined && isStopped(thread.within));
}

/** Source: the developer guide of Step Functions, "Accessing execution data from the Context object". */
function contextOf(machine: StateMachine, execution: Execution, input: unknown): Course['context'] {
  return {
    Execution: {
      Id: execution.executionArn,
      Input: input,
      Name: execution.name,
      RoleArn: machine.roleArn,
      StartTime: dateOf(execution.startedAt).toISOString(),
      RedriveCount: 0,
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
  };
}

/** Source: the error is called as the function's exception is, and its cause is what the function answered. */
function faultOf({ type, message }: NonNullable<Answer['error']>): StateFault {
  return { error: type, cause: JSON.stringify({ errorType: type, errorMessage: message }) };
}

/** Source: the developer guide of Step Functions, "Start workflow executions from a task state": text in `.sync`, JSON in `.sync:2`. */
function describedEnd(execution: Execution, asJson: boolean): object {
  const { executionArn, input, name, output, startedAt, stoppedAt, stateMachineArn, status, error } = execution;
  const shown = (text: string) => (asJson ? (parseJson(text) as unknown) : text);
  const included = { Included: true };
  return {
    ...(error !== undefined && { Cause: error.cause, Error: error.error }),
    ...{ ExecutionArn: executionArn, Input: shown(input), InputDetails: included, Name: name },
    ...(output !== undefined && { Output: shown(output), OutputDetails: included }),
    ...{ StartDate: startedAt, StateMachineArn: stateMachineArn, Status: status, StopDate: stoppedAt },
  };
}
