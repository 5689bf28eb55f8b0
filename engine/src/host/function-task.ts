/**
 * What the process of a function is told, and what it answers.
 *
 * Pure: types alone.
 */
export interface FunctionTask {
  /** Folder with the code. */
  readonly folder: string;
  /** `<file>.<member>`. */
  readonly handler: string;
  /** JSON text. */
  readonly payload: string;
  /** Instant of the World. */
  readonly now: number;
  /** What chance is drawn from. */
  readonly seed: string;
  readonly timeoutSeconds: number;
  /** Members of the context that are no functions. */
  readonly context: Readonly<Record<string, string>>;
  /** Folders from which the SDK comes that the code does not bring. */
  readonly sdkFolders: readonly string[];
}

/** The last message of the process; before it comes `{ loaded: true }`. */
export interface TaskAnswer {
  /** JSON text. */
  readonly payload?: string;
  readonly error?: { readonly type: string; readonly message: string };
}
