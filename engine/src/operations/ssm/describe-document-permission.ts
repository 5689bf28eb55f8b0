/**
 * DescribeDocumentPermission: accounts that a document is shared with.
 *
 * Source   API of Systems Manager 2014-11-06.
 */
import type {
  DescribeDocumentPermissionCommandInput,
  DescribeDocumentPermissionCommandOutput,
} from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findDocument } from '../find-document';

export function describeDocumentPermission(
  state: WorldState,
  caller: Caller,
  input: DescribeDocumentPermissionCommandInput,
): Omit<DescribeDocumentPermissionCommandOutput, '$metadata'> {
  const AccountIds = [...findDocument(state, caller, input.Name).sharedWith].sort();
  return { AccountIds, AccountSharingInfoList: AccountIds.map((AccountId) => ({ AccountId })) };
}
