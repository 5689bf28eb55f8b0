/**
 * A root module: a stack of cdktf, a directory of `*.tf.json`, a plan or a state.
 */
import type { Value } from './expression/values';
import type { JsonObject } from './json-file';
import type { Resource } from './resource';

export interface Root {
  /** File that is named in refusals. */
  readonly file: string;
  /** Name of the cdktf stack. */
  readonly stackName?: string | undefined;
  /** Where its state is kept, so that others' `terraform_remote_state` finds it. */
  readonly backend?: { readonly type: string; readonly config: JsonObject } | undefined;
  /** Resources of all its modules, in the order of the file. */
  readonly resources: () => readonly Resource[];
  readonly outputNames: () => readonly string[];
  readonly output: (name: string) => Value;
}
