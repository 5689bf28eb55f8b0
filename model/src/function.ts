import { Environment } from './environment';

/**
 * Who may invoke a function.
 */
export interface FunctionPermission {
  /**
   * Service, account or ARN, e.g. `events.amazonaws.com`.
   */
  readonly principal: string;

  /**
   * What is allowed, e.g. `lambda:InvokeFunction`.
   */
  readonly action: string;

  /**
   * ARN of the rule, topic or whatever else the service acts for.
   *
   * @default - any
   */
  readonly sourceArn?: string;

  /**
   * Account of that resource.
   *
   * @default - any
   */
  readonly sourceAccount?: string;
}

/**
 * What becomes of events that a function is invoked with and nobody waits for.
 */
export interface FunctionEventSettings {
  /**
   * How often it runs again after it failed, 0 to 2.
   *
   * @default 2
   */
  readonly maximumRetryAttempts?: number;

  /**
   * How old an event may be when it runs again, 60 to 21600 seconds.
   *
   * @default 21600
   */
  readonly maximumEventAgeSeconds?: number;

  /**
   * ARN of what gets the record of each success.
   *
   * @default - nothing
   */
  readonly onSuccessArn?: string;

  /**
   * ARN of what gets the record of each event whose every run failed.
   *
   * @default - nothing
   */
  readonly onFailureArn?: string;
}

/**
 * A function of Lambda.
 */
export interface LambdaFunction {
  /**
   * Name of the function.
   */
  readonly functionName: string;

  /**
   * Where it is.
   */
  readonly env: Environment;

  /**
   * ARN of the role that it runs with.
   *
   * @default - not known
   */
  readonly roleArn?: string;

  /**
   * Runtime, e.g. `nodejs22.x`.
   *
   * @default - an image, which has its own
   */
  readonly runtime?: string;

  /**
   * File and member, e.g. `index.handler`.
   *
   * @default - an image, which has its own
   */
  readonly handler?: string;

  /**
   * Text of the code.
   *
   * @default - none, the code is at `codePath`
   */
  readonly inlineCode?: string;

  /**
   * Folder or archive with the code.
   *
   * @default - none, or not at hand
   */
  readonly codePath?: string;

  /**
   * Variables of its environment.
   *
   * @default - none
   */
  readonly variables?: Record<string, string>;

  /**
   * Seconds that one run may take.
   *
   * @default 3
   */
  readonly timeoutSeconds?: number;

  /**
   * MiB of memory.
   *
   * @default 128
   */
  readonly memoryMib?: number;

  /**
   * ARN of the queue or topic that gets events whose every run failed.
   *
   * @default - none
   */
  readonly deadLetterArn?: string;

  /**
   * Who may invoke it.
   *
   * @default - nobody is named
   */
  readonly permissions?: FunctionPermission[];

  /**
   * What becomes of events.
   *
   * @default - two retries within six hours
   */
  readonly eventSettings?: FunctionEventSettings;

  /**
   * Where it is declared.
   *
   * @default - not known
   */
  readonly declaredAt?: string;
}
