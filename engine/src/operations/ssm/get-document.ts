/**
 * GetDocument: the content of a version.
 *
 * Source   API of Systems Manager 2014-11-06.
 * Gaps     The content is answered in the format that it was written in.
 */
import type {
  DocumentFormat,
  DocumentType,
  GetDocumentCommandInput,
  GetDocumentCommandOutput,
} from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findDocument, versionOf } from '../find-document';

export function getDocument(
  state: WorldState,
  caller: Caller,
  input: GetDocumentCommandInput,
): Omit<GetDocumentCommandOutput, '$metadata'> {
  const document = findDocument(state, caller, input.Name);
  const version = versionOf(document, input.DocumentVersion, input.VersionName);
  if (input.DocumentFormat !== undefined && input.DocumentFormat !== version.format) {
    throw new AwsFault(
      'NotEmulated',
      `ssm: documents of ${version.format} as ${input.DocumentFormat} are not emulated`,
    );
  }
  return given({
    Name: document.name,
    CreatedDate: dateOf(version.createdAt),
    VersionName: version.versionName,
    DocumentVersion: String(version.version),
    Status: 'Active' as const,
    Content: version.content,
    DocumentType: document.type as DocumentType,
    DocumentFormat: version.format as DocumentFormat,
  });
}
