import { Environment } from './environment';

/**
 * Numbers that Step Functions sets.
 */
export class StateMachineLimits {
  /**
   * Events in the history of one execution (Source quotas of Step Functions).
   */
  public static readonly EVENTS_OF_EXECUTION = 25000;

  /**
   * How long an express execution may take, in seconds (Source quotas of Step Functions).
   */
  public static readonly EXPRESS_SECONDS = 300;

  private constructor() {}
}

/**
 * What a state machine writes of its executions.
 */
export interface StateMachineLogging {
  /**
   * `ALL`, `ERROR`, `FATAL` or `OFF`.
   *
   * @default OFF
   */
  readonly level?: string;

  /**
   * Whether input and output are written, too.
   *
   * @default false
   */
  readonly includeExecutionData?: boolean;

  /**
   * ARN of the log group; `:*` may end it.
   *
   * @default - nothing is written
   */
  readonly logGroupArn?: string;
}

/**
 * A state machine of Step Functions.
 */
export interface StateMachine {
  /**
   * Name of the state machine.
   */
  readonly stateMachineName: string;

  /**
   * Where it is.
   */
  readonly env: Environment;

  /**
   * Its definition in the Amazon States Language, as an object.
   */
  readonly definition: any;

  /**
   * `STANDARD` or `EXPRESS`.
   *
   * @default STANDARD
   */
  readonly machineType?: string;

  /**
   * What it writes of its executions.
   *
   * @default - nothing
   */
  readonly logging?: StateMachineLogging;

  /**
   * ARN of the role that it runs with.
   *
   * @default - not known
   */
  readonly roleArn?: string;

  /**
   * Where it is declared.
   *
   * @default - not known
   */
  readonly declaredAt?: string;
}
