/**
 * What executions write into the log group of their state machine.
 *
 * Owns     nothing: writes into log-groups.ts.
 * Source   the developer guide of Step Functions, "Using CloudWatch Logs to log execution history": levels, the form of entries,
 *          that input and output are there only where execution data are included.
 * Assumed  Beginning and end alone are written, not each state; the stream is called after machine and day.
 * Spec     state-machines.md
 */
import { formatInstant, type Instant } from '../kernel/instant';
import type { Messaging } from './messaging';
import type { Execution, StateMachine } from './state-machines';

/** LoggingConfiguration, as it was given. */
interface Logging {
  readonly level?: string;
  readonly includeExecutionData?: boolean;
  readonly destinations?: readonly { readonly cloudWatchLogsLogGroup?: { readonly logGroupArn?: string } }[];
}

/** Kinds of the events that an execution ends with, and the levels that have them. */
const ENDS = {
  SUCCEEDED: { type: 'ExecutionSucceeded', levels: ['ALL'] },
  FAILED: { type: 'ExecutionFailed', levels: ['ALL', 'ERROR', 'FATAL'] },
  TIMED_OUT: { type: 'ExecutionTimedOut', levels: ['ALL', 'ERROR', 'FATAL'] },
} as const;

export function logStart(messaging: Messaging, machine: StateMachine, execution: Execution, now: Instant): void {
  const { level, includeExecutionData } = machine.logging as Logging;
  if (level === 'ALL') {
    const data = { input: execution.input, inputDetails: { truncated: false } };
    const details = { ...(includeExecutionData === true && data), roleArn: machine.roleArn };
    write(messaging, machine, execution, now, { id: '1', type: 'ExecutionStarted', details, previous_event_id: '0' });
  }
}

export function logEnd(messaging: Messaging, machine: StateMachine, execution: Execution, now: Instant): void {
  const { level = 'OFF', includeExecutionData } = machine.logging as Logging;
  const { status, output, error } = execution;
  const end = status === 'RUNNING' ? undefined : ENDS[status];
  if (end !== undefined && (end.levels as readonly string[]).includes(level)) {
    const data = { output, outputDetails: { truncated: false } };
    const details = { ...(includeExecutionData === true && output !== undefined && data), ...error };
    write(messaging, machine, execution, now, { id: '2', type: end.type, details, previous_event_id: '1' });
  }
}

function write(
  { logs }: Messaging,
  machine: StateMachine,
  { executionArn }: Execution,
  now: Instant,
  event: object,
): void {
  const stream = `states/${machine.name}/${formatInstant(now).slice(0, 10)}`;
  const entry = JSON.stringify({ ...event, event_timestamp: `${now}`, execution_arn: executionArn });
  for (const { cloudWatchLogsLogGroup } of (machine.logging as Logging).destinations ?? []) {
    const arn = cloudWatchLogsLogGroup?.logGroupArn;
    if (arn !== undefined) {
      logs.write(arn, stream, entry, now, now);
    }
  }
}
