/**
 * Terraform's artifacts as declarations: one estate from all of them.
 *
 * Pure: files come through `FileSource`.
 * Source   Terraform 1.11 language docs (JSON configuration syntax, expressions) and "JSON output format";
 *          /reference/terraform.md; AWS provider 5.100.0 for defaults and computed attributes.
 */
import type { FileSource, ReadOptions, ReadResult } from '../artifact';
import { IngestRefusal } from '../artifact';

/** Which of Terraform's forms an artifact has. */
export type TerraformKind = 'cdktf.out' | 'cdk.tf.json' | 'plan' | 'state';

/** One artifact that Terraform or cdktf wrote. */
export interface TerraformInput {
  readonly kind: TerraformKind;
  /** A directory for `cdktf.out`, a directory or file for `cdk.tf.json`, else a file. */
  readonly path: string;
}

/**
 * The estate that the artifacts declare together.
 *
 * @throws IngestRefusal when a property that the engine reads cannot be known
 */
export function readTerraform(inputs: readonly TerraformInput[], options: ReadOptions, files: FileSource): ReadResult {
  for (const input of inputs) {
    files.kindOf(input.path);
    throw new IngestRefusal(input.path, '', `a ${input.kind} is not read yet in ${options.env.region}`);
  }
  return { estate: {}, notRead: [] };
}
