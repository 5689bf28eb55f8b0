/**
 * State machines of Step Functions and their executions.
 *
 * Owns     the state machines by ARN, and the executions, oldest first.
 * Source   the API of Step Functions, 2016-11-23.
 * Spec     state-machines.md
 */
import type { Environment } from '@holdfast/model';
import { uuid } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import { byArn } from '../kernel/order';
import { Repetitions } from '../kernel/repetitions';

/** Source: executions of express ones are on no list, and are described by nothing but logs. */
export type StateMachineType = 'STANDARD' | 'EXPRESS';

export interface StateMachine {
  readonly arn: string;
  readonly type: StateMachineType;
  readonly name: string;
  readonly env: Environment;
  /** JSON text in the Amazon States Language. */
  definition: string;
  roleArn: string;
  readonly createdAt: Instant;
  readonly tags: Map<string, string>;
  /** As it was given. */
  logging: object;
  traced: boolean;
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';

export interface Execution {
  readonly number: number;
  readonly executionArn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly startedAt: Instant;
  /** JSON text. */
  readonly input: string;
  status: ExecutionStatus;
  stoppedAt: Instant | undefined;
  /** JSON text, once it succeeded. */
  output: string | undefined;
  /** Why it failed. */
  error: { readonly error: string; readonly cause: string } | undefined;
}

export class StateMachines {
  readonly executions: Execution[] = [];
  /** Whoever runs what was started. */
  onStart: (execution: Execution) => void = () => {};
  private readonly byArn = new Map<string, StateMachine>();
  private readonly byExecution = new Map<string, Execution>();
  private readonly repetitions = new Repetitions();

  constructor(private readonly seed: number) {}

  add(
    env: Environment,
    name: string,
    definition: string,
    roleArn: string,
    now: Instant,
    type: StateMachineType = 'STANDARD',
  ): StateMachine {
    const kept = { tags: new Map<string, string>(), logging: {}, traced: false };
    const made = { arn: stateMachineArn(env, name), name, type, env, definition, roleArn, createdAt: now, ...kept };
    this.byArn.set(made.arn, made);
    return made;
  }

  tryFind(arn: string): StateMachine | undefined {
    return this.byArn.get(arn);
  }

  remove(arn: string): void {
    this.byArn.delete(arn);
  }

  /** Every state machine, by ARN in ascending order. */
  list(): StateMachine[] {
    return byArn(this.byArn.values());
  }

  tryFindExecution(arn: string): Execution | undefined {
    return this.byExecution.get(arn);
  }

  /** Starts an execution, under a name of its own unless one is given. */
  start(machineArn: string, input: string, now: Instant, given?: string): Execution {
    const execution = this.record(machineArn, input, now, given);
    this.onStart(execution);
    return execution;
  }

  /** An execution that somebody runs. */
  record(machineArn: string, input: string, now: Instant, given?: string): Execution {
    const same = this.repetitions.next(now, machineArn);
    const own = uuid(this.seed, { kind: 'execution', names: [machineArn, input, `${same}`], at: now });
    const name = given ?? own;
    // Source: the name of an express execution may come again, its ARN does not.
    const isExpress = this.byArn.get(machineArn)?.type === 'EXPRESS';
    const arn = isExpress
      ? `${machineArn.replace(':stateMachine:', ':express:')}:${name}:${own}`
      : `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const execution: Execution = {
      number: this.executions.length,
      executionArn: arn,
      name,
      stateMachineArn: machineArn,
      startedAt: now,
      input,
      status: 'RUNNING',
      stoppedAt: undefined,
      output: undefined,
      error: undefined,
    };
    this.executions.push(execution);
    this.byExecution.set(execution.executionArn, execution);
    return execution;
  }
}

export function stateMachineArn(env: Environment, name: string): string {
  return `arn:${env.partition}:states:${env.region}:${env.account}:stateMachine:${name}`;
}
