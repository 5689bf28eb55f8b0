/**
 * ListDocuments of the caller's account.
 *
 * Source   API of Systems Manager 2014-11-06: pages of 10.
 * Gaps     Filters by Name, Owner, DocumentType and tag:…; others answer NotEmulated. Documents of AWS are not listed.
 */
import type {
  DocumentKeyValuesFilter,
  ListDocumentsCommandInput,
  ListDocumentsCommandOutput,
} from '@aws-sdk/client-ssm';
import type { Document } from '../../domain/documents';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { describeDocumentShape, versionOf } from '../find-document';
import { pageOf } from '../page';

const PAGE = 10;

export function listDocuments(
  state: WorldState,
  caller: Caller,
  input: ListDocumentsCommandInput,
): Omit<ListDocumentsCommandOutput, '$metadata'> {
  const filters = input.Filters ?? [];
  const found = state.services.documents.list(caller).filter((one) => filters.every((filter) => passes(one, filter)));
  const page = pageOf(found, input.MaxResults ?? PAGE, input.NextToken, {
    service: 'ssm',
    operation: 'ListDocuments',
    keyOf: ({ name }) => name,
  });
  return given({
    DocumentIdentifiers: page.items.map((document) => {
      const shape = describeDocumentShape(document, versionOf(document, undefined, undefined));
      const { Name, CreatedDate, Owner, VersionName, PlatformTypes, DocumentVersion, DocumentType } = shape;
      const { SchemaVersion, DocumentFormat, TargetType, Tags } = shape;
      return given({
        ...{ Name, CreatedDate, Owner, VersionName, PlatformTypes, DocumentVersion, DocumentType },
        ...{ SchemaVersion, DocumentFormat, TargetType, Tags },
      });
    }),
    NextToken: page.nextToken,
  });
}

function passes(document: Document, { Key = '', Values = [] }: DocumentKeyValuesFilter): boolean {
  if (Key.startsWith('tag:')) {
    return Values.includes(document.tags[Key.slice('tag:'.length)] ?? '');
  }
  switch (Key) {
    case 'Name':
      return Values.some((value) => document.name.startsWith(value));
    case 'Owner':
      return Values.some((value) => value === 'Self' || value === 'All' || value === document.owner);
    case 'DocumentType':
      return Values.includes(document.type);
    default:
      throw new AwsFault('NotEmulated', `ssm: filters of ListDocuments by ${Key} are not emulated`);
  }
}
