/**
 * UpdateDocument: one version more, which is not the default yet.
 *
 * Source   API of Systems Manager 2014-11-06. The texts are Assumed.
 */
import type { UpdateDocumentCommandInput, UpdateDocumentCommandOutput } from '@aws-sdk/client-ssm';
import { DOCUMENT_VERSIONS, latestOf } from '../../domain/documents';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { describeDocumentShape, findDocument, readContent } from '../find-document';
import { required } from '../find-vault';

export function updateDocument(
  state: WorldState,
  caller: Caller,
  input: UpdateDocumentCommandInput,
): Omit<UpdateDocumentCommandOutput, '$metadata'> {
  const document = findDocument(state, caller, input.Name);
  const content = required(input.Content, 'Content');
  const latest = latestOf(document);
  const updated = input.DocumentVersion ?? '$LATEST';
  if (updated !== '$LATEST' && updated !== String(latest.version)) {
    throw new AwsFault(
      'InvalidDocumentVersion',
      `Document ${document.name} can only be updated from its latest version.`,
    );
  }
  if (content === latest.content) {
    throw new AwsFault(
      'DuplicateDocumentContent',
      'The content of the association document matches another document. Change the content of the document and try again.',
    );
  }
  if (document.versions.some(({ versionName }) => versionName !== undefined && versionName === input.VersionName)) {
    throw new AwsFault('DuplicateDocumentVersionName', `Version name ${input.VersionName} exists already.`);
  }
  if (document.versions.length >= DOCUMENT_VERSIONS) {
    throw new AwsFault('DocumentVersionLimitExceeded', `A document has at most ${DOCUMENT_VERSIONS} versions.`);
  }
  const format = input.DocumentFormat ?? latest.format;
  const version = {
    version: latest.version + 1,
    versionName: input.VersionName,
    content,
    format,
    targetType: input.TargetType ?? latest.targetType,
    read: readContent(content, format),
    createdAt: state.now,
  };
  document.versions.push(version);
  return { DocumentDescription: describeDocumentShape(document, version) };
}
