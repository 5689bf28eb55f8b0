/**
 * Why a resource did not come about, in the words of its status.
 *
 * Pure.
 * Source   ResourceStatusReason as seen in public threads: what the service says, and a code of the handler.
 * Assumed  Which code goes with which error of a service.
 */
import type { Stack } from '../domain/stacks';
import type { WorldState } from '../domain/world-state';
import { IngestRefusal } from '../ingest/artifact';
import { DeployRefusal } from '../ingest/deploy-call';
import { uuid } from '../kernel/ids';
import { AwsFault } from '../operations/fault';
import type { Wish } from './handler';
import { extraneousKeys } from '../ingest/cloudformation/resource-schemas';
import { ValueFault } from './stack-values';

/** A refusal of CloudFormation's own. */
export class Refused extends Error {}

/**
 * Source: the text, as seen in public threads.
 *
 * @throws Refused for properties that the type does not have
 */
export function refuseExtraneous({ logicalId, type, properties }: Wish): void {
  const extraneous = extraneousKeys(type, properties);
  if (extraneous.length > 0) {
    const what = `Properties validation failed for resource ${logicalId} with message:`;
    throw new Refused([what, ...extraneous].join('\n'));
  }
}

const CODES: readonly (readonly [RegExp, string])[] = [
  [/AlreadyExists|Duplicate|ResourceConflict|EntityAlreadyExists/, 'AlreadyExists'],
  [/AccessDenied/, 'AccessDenied'],
  [/NotFound|NoSuch|DoesNotExist/, 'NotFound'],
  [/LimitExceeded/, 'ServiceLimitExceeded'],
  [/Throttl|TooManyRequests/, 'Throttling'],
  [/Conflict|InvalidResourceState/, 'ResourceConflict'],
  [/NotEmulated/, 'NotEmulated'],
];

/** @throws the error itself, when it is a fault of the engine */
export function whyRefused(state: WorldState, stack: Stack, type: string, error: unknown): string {
  const fault = error instanceof DeployRefusal ? error.fault : error;
  if (fault instanceof AwsFault) {
    const code = CODES.find(([pattern]) => pattern.test(fault.name))?.[1] ?? 'InvalidRequest';
    const token = uuid(state.seed, { kind: 'handler', names: [stack.id, `${stack.events.length}`], at: state.now });
    const service = type.split('::')[1] ?? type;
    const said = `${fault.message} (Service: ${service}, Status Code: ${fault.status})`;
    return `Resource handler returned message: "${said}" (RequestToken: ${token}, HandlerErrorCode: ${code})`;
  }
  if (fault instanceof IngestRefusal) {
    return `Properties validation failed for resource: ${fault.place} ${fault.why}`;
  }
  if (fault instanceof ValueFault || fault instanceof Refused) {
    return fault.message;
  }
  throw error;
}
