/**
 * Resources that are there once enough signals have come: by a CreationPolicy, or by a wait condition with a handle.
 *
 * Pure: changes nothing but the World it is given.
 * Source   AWS CloudFormation User Guide, "CreationPolicy attribute" (Count 1 and Timeout PT5M unless given, 12 hours at most; of
 *          what is emulated instances and wait conditions have one), "Create wait conditions in a CloudFormation template"
 *          (Count 1 unless given; Data by UniqueId).
 * Assumed  The texts.
 */
import type { MadeResource, Properties, Stack } from '../domain/stacks';
import type { Signals, Woken } from '../domain/stack-waits';
import type { WorldState } from '../domain/world-state';
import { isDictionary } from '../ingest/cloudformation/template';
import { HOUR, MINUTE, SECOND } from '../kernel/instant';
import { Refused } from './refusals';
import { Pause, type Work } from './work';

export const WAIT_CONDITION = 'AWS::CloudFormation::WaitCondition';
const WITH_CREATION_POLICY: readonly string[] = ['AWS::EC2::Instance', WAIT_CONDITION];

const LONGEST = 12 * HOUR;

/** What a resource waits for before it is complete. */
export interface Awaited {
  readonly count: number;
  readonly timeoutMs: number;
  readonly signals: Signals;
  /** Whether they come to a handle. */
  readonly byHandle: boolean;
}

/** What a resource waits for, if anything. @throws Refused when it is not to be understood */
export function awaitedBy(
  state: WorldState,
  { type, properties }: MadeResource,
  creationPolicy: unknown,
): Awaited | undefined {
  if (type === WAIT_CONDITION && properties['Handle'] !== undefined) {
    return byHandle(state, properties);
  }
  if (!isDictionary(creationPolicy) || !WITH_CREATION_POLICY.includes(type)) {
    return undefined;
  }
  const { Count = 1, Timeout = 'PT5M' } = isDictionary(creationPolicy['ResourceSignal'])
    ? creationPolicy['ResourceSignal']
    : {};
  const [, hours = 0, minutes = 0, seconds = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(String(Timeout)) ?? [];
  const timeoutMs = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
  return { count: countOf(Count, 0), timeoutMs: bounded(timeoutMs, Timeout), signals: new Map(), byHandle: false };
}

function byHandle({ services }: WorldState, { Handle, Timeout, Count = 1 }: Properties): Awaited {
  const handle = services.stacks.waits.handles.get(String(Handle).split('/').at(-1) ?? '');
  if (handle === undefined) {
    throw new Refused(`Handle must be that of an AWS::CloudFormation::WaitConditionHandle, got ${String(Handle)}`);
  }
  const timeoutMs = bounded(Number(Timeout) * SECOND, Timeout);
  return { count: countOf(Count, 1), timeoutMs, signals: handle.signals, byHandle: true };
}

function countOf(count: unknown, least: number): number {
  const number = Number(count);
  if (!Number.isInteger(number) || number < least) {
    throw new Refused(`Count must be a whole number from ${least} on, got ${String(count)}`);
  }
  return number;
}

function bounded(timeoutMs: number, given: unknown): number {
  if (!(timeoutMs > 0 && timeoutMs <= LONGEST)) {
    throw new Refused(`Timeout must be above 0 and at most 12 hours, got ${String(given)}`);
  }
  return timeoutMs;
}

/** Waits until enough came; answers what `Fn::GetAtt` gives of it. @throws Refused when it does not come to that */
export function* awaitSignals(
  state: WorldState,
  stack: Stack,
  logicalId: string,
  { count, timeoutMs, signals, byHandle: isCondition }: Awaited,
): Work<Properties> {
  const until = state.now + timeoutMs;
  const wait = state.services.stacks.waits.begin(stack, logicalId, signals, until);
  try {
    for (;;) {
      const failed = [...signals.values()].find(({ status }) => status === 'FAILURE');
      if (failed !== undefined) {
        throw new Refused(
          isCondition
            ? `WaitCondition received failed message: '${failed.reason ?? ''}' for uniqueId: ${failed.uniqueId}`
            : `Received FAILURE signal with UniqueId ${failed.uniqueId}`,
        );
      }
      if (signals.size >= count) {
        const data = [...signals.values()].map((signal) => [signal.uniqueId, signal.data ?? '']);
        return isCondition ? { Data: JSON.stringify(Object.fromEntries(data)) } : {};
      }
      const pause = new Pause();
      wait.wake = (how) => pause.end(how);
      const how = (yield pause) as Woken;
      wait.wake = undefined;
      if (how === 'cancelled' || how === 'stack late') {
        throw new Refused('Resource creation cancelled');
      }
      if (how === 'late' && signals.size < count) {
        throw new Refused(
          isCondition
            ? `WaitCondition timed out. Received ${signals.size} conditions when expecting ${count}`
            : `Failed to receive ${count - signals.size} resource signal(s) within the specified duration`,
        );
      }
    }
  } finally {
    wait.over = true;
  }
}
