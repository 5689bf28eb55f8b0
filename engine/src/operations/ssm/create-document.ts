/**
 * CreateDocument.
 *
 * Source   API of Systems Manager 2014-11-06. Assumed: the text.
 * Gaps     Attachments and required documents are left out.
 */
import type { CreateDocumentCommandInput, CreateDocumentCommandOutput } from '@aws-sdk/client-ssm';
import type { Document } from '../../domain/documents';
import { latestOf } from '../../domain/documents';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { describeDocumentShape, readContent } from '../find-document';
import { required } from '../find-vault';
import { tagsOf } from '../tag-list';

export function createDocument(
  state: WorldState,
  caller: Caller,
  input: CreateDocumentCommandInput,
): Omit<CreateDocumentCommandOutput, '$metadata'> {
  const { documents } = state.services;
  const name = required(input.Name, 'Name');
  const content = required(input.Content, 'Content');
  if (documents.tryFind(caller, name) !== undefined) {
    throw new AwsFault('DocumentAlreadyExists', `Document with same name ${name} already exists`);
  }
  const format = input.DocumentFormat ?? 'JSON';
  const document: Document = {
    name,
    type: input.DocumentType ?? 'Command',
    owner: caller.account,
    versions: [
      {
        version: 1,
        versionName: input.VersionName,
        content,
        format,
        targetType: input.TargetType,
        read: readContent(content, format),
        createdAt: state.now,
      },
    ],
    sharedWith: new Set(),
    defaultVersion: 1,
    tags: tagsOf(input.Tags),
  };
  documents.put(caller, name, document);
  return { DocumentDescription: describeDocumentShape(document, latestOf(document)) };
}
