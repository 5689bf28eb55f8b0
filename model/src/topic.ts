import { Environment } from './environment';

/**
 * Somebody who gets what is published to a topic of SNS.
 */
export interface TopicSubscription {
  /**
   * How it is reached, e.g. `sqs` or `email`.
   */
  readonly protocol: string;

  /**
   * ARN or address.
   */
  readonly endpoint: string;

  /**
   * What passes, as an object.
   *
   * @default - everything
   */
  readonly filterPolicy?: any;

  /**
   * What the filter looks at: `MessageAttributes` or `MessageBody`.
   *
   * @default MessageAttributes
   */
  readonly filterPolicyScope?: string;

  /**
   * Whether a queue gets the message without its envelope.
   *
   * @default false
   */
  readonly rawMessageDelivery?: boolean;

  /**
   * Queue that gets what could not be delivered.
   *
   * @default - none
   */
  readonly deadLetterQueueArn?: string;
}

/**
 * A topic of SNS.
 */
export interface Topic {
  /**
   * Name of the topic.
   */
  readonly topicName: string;

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
   * Who gets what is published.
   *
   * @default - nobody
   */
  readonly subscriptions?: TopicSubscription[];

  /**
   * Where it is declared.
   *
   * @default - not known
   */
  readonly declaredAt?: string;
}
