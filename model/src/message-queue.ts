import { Environment } from './environment';

/**
 * A queue of SQS.
 */
export interface MessageQueue {
  /**
   * Name of the queue.
   */
  readonly queueName: string;

  /**
   * Where it is.
   */
  readonly env: Environment;

  /**
   * Its resource policy, as an object.
   *
   * @default - none
   */
  readonly policy?: any;

  /**
   * Where it is declared.
   *
   * @default - not known
   */
  readonly declaredAt?: string;
}
