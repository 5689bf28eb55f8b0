/**
 * What a definition in the Amazon States Language declares, and how a state of one fails.
 *
 * Pure.
 * Source   the developer guide of Step Functions, "State machine structure", "Workflow states", "Handling errors".
 * Spec     state-machines.md
 */
import type { ChoiceRule } from './choice-rules';

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
}

/** Where a state is left for, and with what: a catcher, a rule of a choice. */
export interface Way {
  readonly Next: string;
  readonly Assign?: Template;
  /** JSONata alone. */
  readonly Output?: unknown;
}

export interface Catcher extends Way {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath?: string | null;
}

export type Template = Readonly<Record<string, unknown>>;

/** How a Map state runs its iterations: in the execution itself, or as executions of their own. */
export interface ProcessorConfig {
  readonly Mode?: 'INLINE' | 'DISTRIBUTED';
  readonly ExecutionType?: string;
}

export interface ItemBatcher {
  readonly MaxItemsPerBatch?: number | string;
  readonly MaxItemsPerBatchPath?: string;
  readonly MaxInputBytesPerBatch?: number | string;
  readonly MaxInputBytesPerBatchPath?: string;
  readonly BatchInput?: unknown;
}

interface MapFields {
  readonly ItemProcessor?: Definition & { readonly ProcessorConfig?: ProcessorConfig };
  /** What ItemProcessor was called before. */
  readonly Iterator?: Definition;
  readonly ItemsPath?: string;
  readonly Items?: unknown;
  readonly ItemSelector?: unknown;
  readonly MaxConcurrency?: number | string;
  readonly MaxConcurrencyPath?: string;
  readonly ToleratedFailureCount?: number | string;
  readonly ToleratedFailureCountPath?: string;
  readonly ToleratedFailurePercentage?: number | string;
  readonly ToleratedFailurePercentagePath?: string;
  readonly ItemBatcher?: ItemBatcher;
  readonly Label?: string;
  readonly ItemReader?: unknown;
  readonly ResultWriter?: unknown;
}

export interface State extends MapFields {
  readonly Type: string;
  readonly QueryLanguage?: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
  readonly ResultPath?: string | null;
  readonly Parameters?: unknown;
  readonly ResultSelector?: unknown;
  readonly Result?: unknown;
  /** JSONata's words for Parameters and for all that makes the output. */
  readonly Arguments?: unknown;
  readonly Output?: unknown;
  readonly Assign?: Template;
  readonly Resource?: string;
  /** Of a task: how long it may take, and how long nobody may have heard of it. */
  readonly TimeoutSeconds?: number | string;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: number | string;
  readonly HeartbeatSecondsPath?: string;
  /** A role in place of the machine's. */
  readonly Credentials?: unknown;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Choices?: readonly (ChoiceRule & Way)[];
  readonly Default?: string;
  readonly Seconds?: number | string;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
  /** Of a Parallel state. */
  readonly Branches?: readonly Definition[];
}

export interface Definition {
  readonly StartAt: string;
  readonly QueryLanguage?: string;
  readonly TimeoutSeconds?: number;
  readonly States: Readonly<Record<string, State>>;
}

export interface StateFault {
  readonly error: string;
  readonly cause: string;
}

/** Something that is not run here; its message says what. */
export class NotRun extends Error {}

/** What a state cannot do with what it was given; its message is the cause, without the state's name. */
export class StateFailure extends Error {
  constructor(
    readonly error: string,
    cause: string,
  ) {
    super(cause);
  }
}

/** Source: an error that is never tried again nor caught. */
export const RUNTIME = 'States.Runtime';

/** Source: errors of a task of which nothing came in its time, and of one that nobody heard of in its time. */
export const TIMEOUT = 'States.Timeout';
export const HEARTBEAT_TIMEOUT = 'States.HeartbeatTimeout';
