// A World in us-east-1 that counts what it uses, for cases worked out by hand: January 2027 has 31 days, 2,678,400 s.
import type { BackupPlan, BackupRule, Environment, Estate, StatefulResource } from '@holdfast/model';
import { Cost, costOf } from '../../../engine/src/cost/cost';
import { DEFAULT_PRICES } from '../../../engine/src/cost/default-prices';
import { Prices } from '../../../engine/src/cost/price-book';
import { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { plan, resource, rule } from '../scenarios/stage';

export const EAST: Environment = { partition: 'aws', account: '111122223333', region: 'us-east-1' };
/** Seconds of January. */
export const JANUARY = 2_678_400;
/** A rule that runs at 05:00 on the first of January alone. */
export const ONCE = 'cron(0 5 1 1 ? *)';
export const DAILY = 'cron(0 5 ? * * *)';
const KEY = `arn:aws:kms:us-east-1:${EAST.account}:key/1b2c3d4e-0000-4000-8000-000000000001`;

export function east(service: string, name: string, sizeGiB: number, more: Partial<StatefulResource> = {}) {
  return resource(service, name, { env: EAST, sizeGiB, ...more });
}

export function vaultIn(backupVaultName: string, env: Environment = EAST) {
  return { backupVaultName, env, encryptionKeyArn: KEY.replace('us-east-1', env.region) };
}

export function runsOnce(more: Partial<BackupRule> = {}): BackupRule {
  return rule('once', { scheduleExpression: ONCE, ...more });
}

export function daily(deleteAfterDays: number, more: Partial<BackupRule> = {}): BackupRule {
  return rule('daily', { scheduleExpression: DAILY, lifecycle: { deleteAfterDays }, ...more });
}

/** From the first of January 2027 on. */
export function begun(resources: StatefulResource[], rules: BackupRule[], more: Estate = {}): WorldState {
  const state = new WorldState({ start: parseInstant('2027-01-01T00:00:00Z'), meter: true, keepEvents: 0 });
  const plans: BackupPlan[] = rules.length === 0 ? [] : [plan('p', rules, { env: EAST })];
  deploy(state, {
    ...more,
    vaults: [vaultIn('main'), ...(more.vaults ?? [])],
    resources,
    plans: [...plans, ...(more.plans ?? [])],
  });
  return state;
}

export function costAt(state: WorldState, instant: string): Cost {
  state.runUntil(parseInstant(instant));
  return costOf(state, new Prices(DEFAULT_PRICES));
}

export function january(resources: StatefulResource[], rules: BackupRule[], more: Estate = {}): Cost {
  return costAt(begun(resources, rules, more), '2027-02-01T00:00:00Z');
}

/** Microdollars: GiB and seconds of January, at so many microdollars for a GiB and month. */
export function ofJanuary(gibSeconds: number, usdMicros: number): number {
  return Math.round((gibSeconds * usdMicros) / JANUARY);
}
