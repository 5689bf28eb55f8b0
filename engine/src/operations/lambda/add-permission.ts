/**
 * AddPermission.
 *
 * Source   API of Lambda 2015-03-31.
 */
import type { AddPermissionCommandInput, AddPermissionCommandOutput } from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFunction } from '../find-function';
import { required } from '../find-vault';

export function addPermission(
  state: WorldState,
  caller: Caller,
  input: AddPermissionCommandInput,
): Omit<AddPermissionCommandOutput, '$metadata'> {
  const standing = findFunction(state, caller, input.FunctionName);
  standing.permissions.push({
    statementId: required(input.StatementId, 'StatementId'),
    action: required(input.Action, 'Action'),
    principal: required(input.Principal, 'Principal'),
    sourceArn: input.SourceArn,
    sourceAccount: input.SourceAccount,
  });
  return { Statement: standing.policy ?? '' };
}
