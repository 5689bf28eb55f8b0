/**
 * DescribeDocument: what is said of a version, without its content.
 *
 * Source   API of Systems Manager 2014-11-06.
 */
import type { DescribeDocumentCommandInput, DescribeDocumentCommandOutput } from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { describeDocumentShape, findDocument, versionOf } from '../find-document';

export function describeDocument(
  state: WorldState,
  caller: Caller,
  input: DescribeDocumentCommandInput,
): Omit<DescribeDocumentCommandOutput, '$metadata'> {
  const document = findDocument(state, caller, input.Name);
  const version = versionOf(document, input.DocumentVersion, input.VersionName);
  return { Document: describeDocumentShape(document, version) };
}
