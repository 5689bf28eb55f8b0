/**
 * AddPermission.
 *
 * Source   API of Lambda 2015-03-31.
 */
import type { AddPermissionCommandInput, AddPermissionCommandOutput } from '@aws-sdk/client-lambda';
import { statementOf } from '../../domain/functions';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findFunction } from '../find-function';
import { required } from '../find-vault';

export function addPermission(
  state: WorldState,
  caller: Caller,
  input: AddPermissionCommandInput,
): Omit<AddPermissionCommandOutput, '$metadata'> {
  const standing = findFunction(state, caller, input.FunctionName);
  const statementId = required(input.StatementId, 'StatementId');
  if (standing.permissions.some((one) => one.statementId === statementId)) {
    const text = `The statement id (${statementId}) provided already exists. Please provide a new statement id.`;
    throw new AwsFault('ResourceConflictException', text);
  }
  const permission = {
    statementId,
    action: required(input.Action, 'Action'),
    principal: required(input.Principal, 'Principal'),
    sourceArn: input.SourceArn,
    sourceAccount: input.SourceAccount,
  };
  standing.permissions.push(permission);
  return { Statement: JSON.stringify(statementOf(standing.arn, permission)) };
}
