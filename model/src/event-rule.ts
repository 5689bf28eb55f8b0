import { Environment } from './environment';

/**
 * Where events go that a rule of EventBridge is for.
 */
export interface EventRuleTarget {
  /**
   * Name among the targets of the rule.
   */
  readonly targetId: string;

  /**
   * ARN of the queue, topic, function or whatever else gets the event.
   */
  readonly targetArn: string;

  /**
   * Constant JSON text that it gets instead.
   *
   * @default - the event
   */
  readonly input?: string;

  /**
   * Path of the part that it gets.
   *
   * @default - the whole event
   */
  readonly inputPath?: string;

  /**
   * Paths of the parts that `inputTemplate` names.
   *
   * @default - none
   */
  readonly inputPathsMap?: Record<string, string>;

  /**
   * Text that it gets, with parts of the event in it.
   *
   * @default - the event
   */
  readonly inputTemplate?: string;

  /**
   * Queue that gets what could not be delivered.
   *
   * @default - none
   */
  readonly deadLetterQueueArn?: string;

  /**
   * Group of the message in a FIFO queue.
   *
   * @default - none
   */
  readonly messageGroupId?: string;
}

/**
 * A rule of EventBridge: which events go to which targets.
 */
export interface EventRule {
  /**
   * Name of the rule.
   */
  readonly ruleName: string;

  /**
   * Where it is.
   */
  readonly env: Environment;

  /**
   * Name or ARN of the bus.
   *
   * @default - the default bus
   */
  readonly eventBusName?: string;

  /**
   * The pattern of the events that it is for, as an object.
   */
  readonly eventPattern: any;

  /**
   * Whether it hears of events.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Where the events go.
   *
   * @default - nowhere
   */
  readonly targets?: EventRuleTarget[];

  /**
   * Where it is declared.
   *
   * @default - not known
   */
  readonly declaredAt?: string;
}
