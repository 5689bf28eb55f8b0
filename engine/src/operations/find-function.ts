/**
 * The function that a request names.
 *
 * Pure.
 */
import { functionArn, StandingFunction } from '../domain/functions';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

/** The version that is there before any is published. */
const LATEST = '$LATEST';

/**
 * By name or ARN.
 *
 * @throws AwsFault ResourceNotFoundException
 */
export function findFunction(
  state: WorldState,
  caller: Caller,
  named: string | undefined,
  qualifier = LATEST,
): StandingFunction {
  const name = required(named, 'FunctionName');
  const arn = name.startsWith('arn:') ? name : functionArn(caller, name);
  const found = state.services.messaging.functions.tryFind(arn);
  if (found === undefined || qualifier !== LATEST) {
    throw new AwsFault(
      'ResourceNotFoundException',
      `Function not found: ${qualifier === LATEST ? arn : `${arn}:${qualifier}`}`,
    );
  }
  return found;
}
