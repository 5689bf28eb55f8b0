import { Environment } from './environment';

/**
 * Numbers that Step Functions sets.
 */
export class StateMachineLimits {
  /**
   * Events in the history of one execution (Source quotas of Step Functions).
   */
  public static readonly EVENTS_OF_EXECUTION = 25000;

  private constructor() {}
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
