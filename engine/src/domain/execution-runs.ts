/**
 * Executions of state machines as they move on: functions that run, waits, branches, ends.
 *
 * Owns     nothing: moves the executions of state-machines.ts. Where functions do not run, executions stay as they began.
 * Source   API of Step Functions; the developer guide of Step Functions on errors of Lambda.
 * Spec     state-machines.md
 */
import { dateOf, SECOND } from '../kernel/instant';
import { parseJson } from '../kernel/json';
import { taskRefusal } from './execution-access';
import type { FunctionRuns } from './function-runs';
import { type Answer, functionArn, type StandingFunction } from './functions';
import type { Ledger } from './ledger';
import type { Messaging } from './messaging';
import type { Branching } from './state-branches';
import type { Execution, StateMachine } from './state-machines';
import type { Definition, StateFault } from './states-definition';
import { begin, type Course, failed, joined, type Next, type Position, returned, waited } from './states-language';
import { Chance, History } from './states-scope';

type End = { readonly to: 'succeed'; readonly output: unknown } | ({ readonly to: 'fail' } & StateFault);

/** A course under way: that of an execution, or of a branch in it. */
interface Thread {
  readonly execution: Execution;
  readonly machine: StateMachine;
  readonly course: Course;
  /** Where this is a branch of another. */
  readonly within: Thread | undefined;
  readonly done: (end: End) => void;
  /** Whether nothing of it is to go on, as it ended or was left. */
  stopped: boolean;
}

export class ExecutionRuns {
  constructor(
    private readonly ledger: Ledger,
    private readonly messaging: Messaging,
    private readonly functions: FunctionRuns,
  ) {
    messaging.stateMachines.onStart = (execution) => this.start(execution);
  }

  private start(execution: Execution): void {
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
    const thread: Thread = { execution, machine, course, within: undefined, done, stopped: false };
    if (definition.TimeoutSeconds !== undefined) {
      this.functions.later(definition.TimeoutSeconds * SECOND, () => this.timeOut(thread));
    }
    this.go(thread, begin(course, input, ledger.now));
  }

  /** Source: an execution that takes longer is TIMED_OUT, without a cause. */
  private timeOut(thread: Thread): void {
    if (!thread.stopped) {
      thread.stopped = true;
      thread.execution.status = 'TIMED_OUT';
      thread.execution.stoppedAt = this.ledger.now;
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
    execution.stoppedAt = this.ledger.now;
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
      case 'wait':
        this.functions.later(next.ms, () => {
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
      return ended() === branches.length ? joined(thread.course, at, made, ledger.now) : undefined;
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

  private invoke(
    thread: Thread,
    { functionArn: named, payload, at }: Extract<Next, { readonly to: 'invoke' }>,
  ): Next | undefined {
    const { ledger, functions } = this;
    const { course, machine, execution } = thread;
    const standing = this.functionOf(machine, named);
    if (standing === undefined) {
      const fault = { error: 'Lambda.ResourceNotFoundException', cause: `Function not found: ${named}` };
      return failed(course, at, fault, ledger.now);
    }
    const refused = taskRefusal(ledger, machine, execution, standing);
    if (refused !== undefined) {
      return failed(course, at, refused, ledger.now);
    }
    functions.call(standing, JSON.stringify(payload), (answer) => {
      // Source: what a branch that was stopped still does is not waited for.
      if (!isStopped(thread)) {
        const next =
          answer.error === undefined
            ? returned(course, at, parseJson(answer.payload ?? 'null'), ledger.now)
            : failed(course, at, faultOf(answer.error), ledger.now);
        this.go(thread, next);
      }
    });
    return undefined;
  }

  /** By ARN, or by its name in the account and Region of the machine. */
  private functionOf({ env }: StateMachine, named: string): StandingFunction | undefined {
    return this.messaging.functions.tryFind(named.startsWith('arn:') ? named : functionArn(env, named));
  }
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
