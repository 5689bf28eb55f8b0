/**
 * What a World is given to deploy, read: files, a template as an object, or an estate.
 *
 * Owns     nothing: reads files where paths are given.
 */
import type { Estate } from '@holdfast/model';
import { DiskFiles, MemoryFiles } from '../host/files';
import type { FileSource, ReadOptions, ReadResult } from '../ingest/artifact';
import { readArtifacts } from '../ingest/read-artifacts';
import { ESTATE_KEYS } from './estate-keys';
import type { DeployProps, TemplateObject } from './world-props';

/** @throws IngestRefusal when it cannot be read */
export function readDeclared(
  artifact: string | readonly string[] | TemplateObject | Estate,
  props: DeployProps,
  open: ReadOptions,
): ReadResult {
  const options = { ...open, parameters: props.parameters ?? {}, values: props.values ?? {} };
  if (typeof artifact === 'string') {
    return readArtifacts([artifact], options, new DiskFiles());
  }
  if (Array.isArray(artifact)) {
    return readArtifacts(artifact as readonly string[], options, new DiskFiles());
  }
  const keys = Object.keys(artifact);
  if (keys.every((key) => ESTATE_KEYS.includes(key))) {
    return { estate: artifact as Estate, notRead: [] };
  }
  const name = keys.includes('Resources') ? 'template.json' : 'cdk.tf.json';
  const files: FileSource = new MemoryFiles(new Map([[name, JSON.stringify(artifact)]]));
  return readArtifacts([name], options, files);
}
