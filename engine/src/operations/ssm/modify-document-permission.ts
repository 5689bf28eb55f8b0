/**
 * ModifyDocumentPermission: shares a document with accounts, or with them no more.
 *
 * Source   API of Systems Manager 2014-11-06.
 * Gaps     A document that is shared is not found from the other account.
 */
import type { ModifyDocumentPermissionCommandInput, ModifyDocumentPermissionCommandOutput } from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findDocument } from '../find-document';

export function modifyDocumentPermission(
  state: WorldState,
  caller: Caller,
  input: ModifyDocumentPermissionCommandInput,
): Omit<ModifyDocumentPermissionCommandOutput, '$metadata'> {
  const { sharedWith } = findDocument(state, caller, input.Name);
  input.AccountIdsToAdd?.forEach((account) => sharedWith.add(account));
  input.AccountIdsToRemove?.forEach((account) => sharedWith.delete(account));
  return {};
}
