// What a story is made of.
/** Members of an answer, found by whoever reads the step. */
export type Output = Readonly<Record<string, unknown>>;

/** One call. `'$name'` in its input is what an earlier step kept under that name. */
export interface Call {
  readonly operation: string;
  readonly input: object;
  /** Account that calls; the owner unless given. */
  readonly by?: string;
}

/** A call that is refused: of the step's own operation unless another is named. */
export interface Refusal {
  readonly error: string;
  readonly input: object;
  readonly operation?: string;
  readonly by?: string;
}

export interface Step extends Call {
  /** What of the answer later steps need, by name: a path such as `RecoveryPoints.0.RecoveryPointArn`. */
  readonly keep?: Readonly<Record<string, string>>;
  /** What a second client sees afterwards. */
  readonly then?: Call & { readonly shows: object };
  /** What is refused after the step, and how. */
  readonly fails?: readonly Refusal[];
  /** Minutes that pass after the step. */
  readonly minutes?: number;
  /** Whether the approval team says yes to what waits for it. */
  readonly approved?: boolean;
}

/** A quota: the input whose `#` is a number goes through until it is full. */
export interface Limit extends Call {
  readonly most: number;
}
