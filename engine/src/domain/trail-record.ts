/**
 * Records of CloudTrail, and the events that EventBridge makes of them.
 *
 * Pure: reads a ledger.
 * Source   B14.3/1, B14.3/2; the user guide of CloudTrail, "CloudTrail record contents".
 * Spec     trail.md
 */
import { uuid } from '../kernel/ids';
import { Instant } from '../kernel/instant';
import { NewEvent, wholeSeconds } from './bus-event';
import type { ApiCall } from './changes';
import type { Ledger } from './ledger';

type Fields = Readonly<Record<string, unknown>>;

/** Operations that change nothing begin so. */
const READS = /^(Get|List|Describe|Lookup|Search|Simulate|Check|Test)/;

/** Services whose name in an event source differs from that of the SDK. */
const SOURCES: Readonly<Record<string, string>> = { cloudwatch: 'monitoring', eventbridge: 'events', sfn: 'states' };

/** Whether a call changes something. */
export function isWrite(operation: string): boolean {
  return !READS.test(operation);
}

/** The record of a call. Members of input and output begin small, as CloudTrail writes them. */
export function recordOfCall(seed: number, now: Instant, call: ApiCall): Fields {
  const { env, operation, principalArn, fault } = call;
  const service = SOURCES[call.service] ?? call.service;
  const requestParameters = call.input === undefined ? null : small(call.input);
  return {
    eventVersion: '1.08',
    userIdentity: identityOf(env.partition, env.account, principalArn),
    eventTime: wholeSeconds(now),
    eventSource: `${service}.amazonaws.com`,
    eventName: operation,
    awsRegion: env.region,
    ...(fault !== undefined && { errorCode: fault.name, errorMessage: fault.message }),
    requestParameters,
    responseElements: fault !== undefined || !isWrite(operation) ? null : small(call.output ?? null),
    eventID: uuid(seed, {
      kind: 'trail-record',
      names: [env.account, env.region, operation, JSON.stringify(requestParameters)],
      at: now,
    }),
    readOnly: !isWrite(operation),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: env.account,
    eventCategory: 'Management',
  };
}

/** Source B14.3/2: calls that change something reach EventBridge. Assumed: a trail logs them in every Region. */
export function apiEventOf(ledger: Ledger, call: ApiCall): NewEvent | undefined {
  if (!isWrite(call.operation)) {
    return undefined;
  }
  const service = SOURCES[call.service] ?? call.service;
  return {
    env: call.env,
    source: `aws.${service}`,
    detailType: 'AWS API Call via CloudTrail',
    resources: [],
    detail: recordOfCall(ledger.seed, ledger.now, call),
  };
}

function identityOf(partition: string, account: string, principalArn: string | undefined): Fields {
  if (principalArn === undefined) {
    // Assumed: what deploys goes by the root of the account, as nobody was named.
    return { type: 'Root', principalId: account, arn: `arn:${partition}:iam::${account}:root`, accountId: account };
  }
  const type = principalArn.includes(':assumed-role/')
    ? 'AssumedRole'
    : principalArn.includes(':user/')
      ? 'IAMUser'
      : principalArn.includes(':role/')
        ? 'AssumedRole'
        : 'Root';
  return { type, principalId: principalArn.split('/').at(-1) ?? account, arn: principalArn, accountId: account };
}

/** Keys with a small first letter, at every depth but in maps whose keys are the caller's; dates as text. */
function small(value: unknown): unknown {
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (Array.isArray(value)) {
    return value.map(small);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.map(([key, one]) => [key.charAt(0).toLowerCase() + key.slice(1), MAPS.test(key) ? one : small(one)]),
  );
}

/** Members whose keys are names that the caller chose. */
const MAPS = /Tags$|^Tags|Preference$|^Metadata$|Attributes$|^GlobalSettings$/;
