import { Environment } from './environment';

/**
 * Numbers that EventBridge sets for targets of rules.
 */
export class EventRuleLimits {
  /**
   * How often an event is sent again at most, which is the default, too (Source API RetryPolicy).
   */
  public static readonly MAXIMUM_RETRY_ATTEMPTS = 185;

  /**
   * How young an event may have to be, in seconds (Source API RetryPolicy).
   */
  public static readonly MINIMUM_EVENT_AGE_SECONDS = 60;

  /**
   * How old an event that is sent again may be at most, which is the default, too, in seconds (Source API RetryPolicy).
   */
  public static readonly MAXIMUM_EVENT_AGE_SECONDS = 86400;

  private constructor() {}
}

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
   * How often an event that it could not take is sent again: 0 to 185.
   *
   * @default 185
   */
  readonly maximumRetryAttempts?: number;

  /**
   * How old such an event may be, in seconds: 60 to 86400.
   *
   * @default 86400
   */
  readonly maximumEventAgeSeconds?: number;

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
