/**
 * UpdateDocumentDefaultVersion.
 *
 * Source   API of Systems Manager 2014-11-06.
 */
import type {
  UpdateDocumentDefaultVersionCommandInput,
  UpdateDocumentDefaultVersionCommandOutput,
} from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findDocument, versionOf } from '../find-document';
import { required } from '../find-vault';

export function updateDocumentDefaultVersion(
  state: WorldState,
  caller: Caller,
  input: UpdateDocumentDefaultVersionCommandInput,
): Omit<UpdateDocumentDefaultVersionCommandOutput, '$metadata'> {
  const document = findDocument(state, caller, input.Name);
  const version = versionOf(document, required(input.DocumentVersion, 'DocumentVersion'), undefined);
  document.defaultVersion = version.version;
  return {
    Description: given({
      Name: document.name,
      DefaultVersion: String(version.version),
      DefaultVersionName: version.versionName,
    }),
  };
}
