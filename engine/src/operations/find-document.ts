/**
 * The document of Systems Manager that a call names, and how it is shown.
 *
 * Pure: reads the World.
 * Source   API of Systems Manager 2014-11-06. The texts are Assumed.
 */
import { createHash } from 'node:crypto';
import type * as sdk from '@aws-sdk/client-ssm';
import { parse } from 'yaml';
import { Document, DocumentContent, DocumentVersion, latestOf } from '../domain/documents';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { parseJson } from '../kernel/json';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

export function findDocument(state: WorldState, caller: Caller, name: string | undefined): Document {
  const wanted = required(name, 'Name');
  const bare = wanted.startsWith('arn:') ? wanted.split(':document/')[1] : wanted;
  const document = state.services.documents.tryFind(caller, bare ?? '');
  if (document === undefined) {
    throw new AwsFault('InvalidDocument', `Document with name ${wanted} does not exist.`);
  }
  return document;
}

/** `$LATEST`, `$DEFAULT`, a number, or the name of a version; the default when nothing is said. */
export function versionOf(
  document: Document,
  version: string | undefined,
  versionName: string | undefined,
): DocumentVersion {
  const { versions, defaultVersion } = document;
  const found =
    version === '$LATEST'
      ? latestOf(document)
      : versions.find((one) =>
          versionName !== undefined && version === undefined
            ? one.versionName === versionName
            : one.version === (version === undefined || version === '$DEFAULT' ? defaultVersion : Number(version)),
        );
  if (found === undefined) {
    throw new AwsFault('InvalidDocumentVersion', `Document ${document.name} has no version ${version ?? versionName}.`);
  }
  return found;
}

export function describeDocumentShape(document: Document, version: DocumentVersion): sdk.DocumentDescription {
  const { read } = version;
  return given({
    Name: document.name,
    Owner: document.owner,
    CreatedDate: dateOf(version.createdAt),
    Status: 'Active' as const,
    Hash: createHash('sha256').update(version.content).digest('hex'),
    HashType: 'Sha256' as const,
    DocumentVersion: String(version.version),
    VersionName: version.versionName,
    Description: read.description,
    Parameters: read.parameters.length === 0 ? undefined : read.parameters,
    PlatformTypes: ['Windows' as const, 'Linux' as const, 'MacOS' as const],
    DocumentType: document.type as sdk.DocumentType,
    SchemaVersion: read.schemaVersion,
    LatestVersion: String(latestOf(document).version),
    DefaultVersion: String(document.defaultVersion),
    DocumentFormat: version.format as sdk.DocumentFormat,
    TargetType: version.targetType,
    Tags: Object.entries(document.tags).map(([Key, Value]) => ({ Key, Value })),
  });
}

/** @throws AwsFault when the content is no document. */
export function readContent(content: string, format: string): DocumentContent {
  const read = format === 'TEXT' ? {} : objectIn(content, format);
  if (read === undefined || (format !== 'TEXT' && read['schemaVersion'] === undefined)) {
    throw new AwsFault('InvalidDocumentContent', `The content is no document in ${format} with a schemaVersion.`);
  }
  const parameters = Object.entries((read['parameters'] ?? {}) as Readonly<Record<string, Record<string, unknown>>>);
  return {
    schemaVersion: textOf(read['schemaVersion']),
    description: textOf(read['description']),
    parameters: parameters.map(([Name, one]) =>
      given({
        Name,
        Type: textOf(one?.['type']) as sdk.DocumentParameterType | undefined,
        Description: textOf(one?.['description']),
        DefaultValue: defaultOf(one?.['default']),
      }),
    ),
  };
}

function objectIn(content: string, format: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = format === 'YAML' ? parse(content) : parseJson(content);
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? (read as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function defaultOf(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}
