/**
 * AddPermission.
 *
 * Source   API of Lambda 2015-03-31.
 */
import type { AddPermissionCommandInput, AddPermissionCommandOutput } from '@aws-sdk/client-lambda';
import { functionArn } from '../../domain/functions';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

export function addPermission(
  state: WorldState,
  caller: Caller,
  input: AddPermissionCommandInput,
): Omit<AddPermissionCommandOutput, '$metadata'> {
  const name = required(input.FunctionName, 'FunctionName');
  const arn = name.startsWith('arn:') ? name : functionArn(caller, name);
  const standing = state.services.messaging.functions.tryFind(arn);
  if (standing === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Function not found: ${arn}`);
  }
  standing.permissions.push({
    statementId: required(input.StatementId, 'StatementId'),
    action: required(input.Action, 'Action'),
    principal: required(input.Principal, 'Principal'),
    sourceArn: input.SourceArn,
    sourceAccount: input.SourceAccount,
  });
  return { Statement: standing.policy ?? '' };
}
