/**
 * The policy of an event bus as a list of statements.
 *
 * Pure.
 * Source   API of EventBridge 2015-10-07: PutPermission, RemovePermission.
 */
import type { PutPermissionCommandInput } from '@aws-sdk/client-eventbridge';
import type { EventBus } from '../domain/event-buses';
import { parseJson } from '../kernel/json';
import { given } from './backup/shapes';
import { AwsFault } from './fault';
import { required } from './find-vault';

export interface BusStatement {
  readonly Sid?: string;
}

export function statementsOf(policy: string | undefined): BusStatement[] {
  const { Statement = [] } = parseJson(policy ?? '{}') as { Statement?: BusStatement | BusStatement[] };
  return [Statement].flat();
}

/**
 * A whole policy as PutPermission is given it.
 *
 * @throws AwsFault when it is no JSON object with statements. Assumed: name and text.
 */
export function wholePolicy(text: string): string {
  let document: unknown;
  try {
    document = parseJson(text);
  } catch {
    document = undefined;
  }
  const statements = isRecord(document) ? [document['Statement']].flat() : [];
  if (statements.length === 0 || !statements.every(isRecord)) {
    throw new AwsFault('ValidationException', 'Policy must be a JSON policy document with statements.');
  }
  return text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function policyOf(Statement: readonly BusStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** The statement that PutPermission makes unless it is given a whole policy; it takes the place of one of its name. */
export function withStatement(bus: EventBus, input: PutPermissionCommandInput): string {
  const Sid = required(input.StatementId, 'StatementId');
  const principal = required(input.Principal, 'Principal');
  const partition = bus.arn.split(':')[1] ?? 'aws';
  const { Type, Key, Value } = input.Condition ?? {};
  const statement = given({
    Sid,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:${partition}:iam::${principal}:root` },
    Action: required(input.Action, 'Action'),
    Resource: bus.arn,
    Condition: input.Condition === undefined ? undefined : { [Type ?? '']: { [Key ?? '']: Value ?? '' } },
  });
  return policyOf([...statementsOf(bus.policy).filter((one) => one.Sid !== Sid), statement]);
}
