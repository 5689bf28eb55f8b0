/**
 * Where a subscription may send to, by its protocol.
 *
 * Pure.
 * Source   API of SNS 2010-03-31, Subscribe; SNS developer guide, "FIFO topics" (read 2026-11-27). Texts: as seen in public
 *          threads, unless `Assumed` stands beside them.
 */
import type { Topic } from '../domain/topics';
import { invalidParameter } from './topic-bounds';

const ARN = '^arn:[a-z-]+:';
const FORMS: Readonly<Record<string, readonly [form: RegExp, fault: string]>> = {
  http: [/^http:\/\/./, 'Endpoint must match the specified protocol'],
  https: [/^https:\/\/./, 'Endpoint must match the specified protocol'],
  email: [/^[^@\s]+@[^@\s]+$/, 'Email address'],
  'email-json': [/^[^@\s]+@[^@\s]+$/, 'Email address'],
  sms: [/^\+?[0-9][0-9 ()./-]{0,20}$/, 'Invalid SMS endpoint'],
  sqs: [new RegExp(`${ARN}sqs:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]+(\\.fifo)?$`), 'SQS endpoint ARN'],
  lambda: [new RegExp(`${ARN}lambda:[a-z0-9-]+:\\d{12}:function:.`), 'Lambda endpoint ARN'],
  firehose: [new RegExp(`${ARN}firehose:[a-z0-9-]+:\\d{12}:deliverystream/.`), 'Firehose endpoint ARN'],
  application: [new RegExp(`${ARN}sns:[a-z0-9-]+:\\d{12}:endpoint/.`), 'Application endpoint arn invalid'],
};
/** Source: SNS developer guide, quotas: subscriptions of a FIFO topic. */
export const MOST_OF_FIFO = 100;

export function refuseEndpoint({ fifo }: Topic, protocol: string, endpoint: string): void {
  const known = Object.hasOwn(FORMS, protocol) ? FORMS[protocol] : undefined;
  if (known === undefined) {
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  }
  const [form, fault] = known;
  if (!form.test(endpoint)) {
    throw invalidParameter(protocol === 'sms' ? `${fault}: ${endpoint}` : fault);
  }
  if (!fifo && protocol === 'sqs' && endpoint.endsWith('.fifo')) {
    const why = 'FIFO SQS Queues can not be subscribed to standard SNS topics';
    throw invalidParameter(`Invalid parameter: Endpoint Reason: ${why}`);
  }
  // Source: developer guide: queues alone, of either kind, since 2023.
  if (fifo && protocol !== 'sqs') {
    throw invalidParameter('Invalid parameter: Endpoint Reason: Please use FIFO SQS queue');
  }
}
