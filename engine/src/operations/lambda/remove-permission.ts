/**
 * RemovePermission.
 *
 * Source   API of Lambda 2015-03-31, RemovePermission.
 */
import type { RemovePermissionCommandInput } from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findFunction } from '../find-function';

export function removePermission(state: WorldState, caller: Caller, input: RemovePermissionCommandInput): void {
  const { permissions } = findFunction(state, caller, input.FunctionName);
  const at = permissions.findIndex(({ statementId }) => statementId === input.StatementId);
  if (at < 0) {
    throw new AwsFault('ResourceNotFoundException', `Statement ${input.StatementId} is not found in resource policy.`);
  }
  permissions.splice(at, 1);
}
