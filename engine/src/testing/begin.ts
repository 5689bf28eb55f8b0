/**
 * How a World of a test begins.
 *
 * Pure.
 */
import { BackupLimits } from '@holdfast/model';
import { DEFAULT_ACCOUNT, DEFAULT_REGION, DEFAULT_SEED } from '../cli/defaults';
import { WorldState } from '../domain/world-state';
import type { ReadOptions } from '../ingest/artifact';
import { partitionOf } from '../ingest/environments';
import { parseInstant } from '../kernel/instant';
import type { WorldProps } from './world-props';

const KEEP_EVENTS = 1_000_000;
const { S3_BUCKETS: LEAST, S3_BUCKETS_RAISED: MOST } = BackupLimits;
const QUOTAS = 'quotas of AWS Backup';

/** What fills in what artifacts leave open. */
export function optionsOf({ account = DEFAULT_ACCOUNT, region = DEFAULT_REGION, partition }: WorldProps): ReadOptions {
  return { env: { partition: partition ?? partitionOf(region), account, region }, parameters: {}, values: {} };
}

/** @throws RangeError when a property is none that there is */
export function begin(props: WorldProps): WorldState {
  const state = new WorldState({
    start: parseInstant(props.start),
    seed: props.seed ?? DEFAULT_SEED,
    keepEvents: props.keepEvents ?? KEEP_EVENTS,
    enforceIam: props.enforceIam ?? false,
    meter: true,
    startJitterMinutes: wholeMinutes('startJitterMinutes', props.startJitterMinutes),
    bucketQuota: bucketQuotaOf(props),
  });
  const { services } = state;
  services.events.batchMinutes = wholeMinutes('eventBatchMinutes', props.eventBatchMinutes);
  if (props.observe === true) {
    services.metrics.listen();
    services.trail.listen();
  }
  return state;
}

/** @throws RangeError unless it is one that AWS grants */
function bucketQuotaOf({ bucketQuota: quota = LEAST }: WorldProps): number {
  if (!Number.isInteger(quota) || quota < LEAST || quota > MOST) {
    throw new RangeError(`bucketQuota must be a whole number from ${LEAST} to ${MOST}, got ${quota} (${QUOTAS})`);
  }
  return quota;
}

/** @throws RangeError unless it is 0 or more whole minutes */
function wholeMinutes(name: string, minutes = 0): number {
  if (!Number.isInteger(minutes) || minutes < 0) {
    throw new RangeError(`${name} must be 0 or more whole minutes, got ${minutes}`);
  }
  return minutes;
}
