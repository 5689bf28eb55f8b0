/**
 * Artifacts of every form, as one estate.
 *
 * Pure: files come through `FileSource`.
 * Source   design.md section 2: artifacts, what ingest resolves, what it refuses.
 */
import type { FileSource, ReadOptions, ReadResult } from './artifact';
import { IngestRefusal } from './artifact';

/**
 * Reads artifacts: detects the form of each, resolves what they say of each other, and joins them.
 *
 * @throws IngestRefusal naming file and place
 */
export function readArtifacts(paths: readonly string[], _options: ReadOptions, files: FileSource): ReadResult {
  for (const path of paths) {
    if (files.kindOf(path) === undefined) {
      throw new IngestRefusal(path, '', 'no such file or directory');
    }
  }
  return { estate: {}, notRead: [] };
}
