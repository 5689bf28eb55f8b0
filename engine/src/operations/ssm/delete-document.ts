/**
 * DeleteDocument, with all versions; not while it is shared.
 *
 * Source   API of Systems Manager 2014-11-06. Assumed: the text.
 * Gaps     A single version cannot be deleted.
 */
import type { DeleteDocumentCommandInput, DeleteDocumentCommandOutput } from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findDocument } from '../find-document';

export function deleteDocument(
  state: WorldState,
  caller: Caller,
  input: DeleteDocumentCommandInput,
): Omit<DeleteDocumentCommandOutput, '$metadata'> {
  const document = findDocument(state, caller, input.Name);
  if (input.DocumentVersion !== undefined || input.VersionName !== undefined) {
    throw new AwsFault('NotEmulated', 'ssm: DeleteDocument of a single version is not emulated');
  }
  if (document.sharedWith.size > 0) {
    throw new AwsFault(
      'InvalidDocumentOperation',
      `Document ${document.name} is shared; unshare it before it is deleted.`,
    );
  }
  state.services.documents.remove(caller, document.name);
  return {};
}
