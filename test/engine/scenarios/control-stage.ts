// A World whose file system is backed up every day, and what controls say of it.
import { Estate, FrameworkControl } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { MINUTE } from '../../../engine/src/kernel/instant';
import { createFramework } from '../../../engine/src/operations/backup/create-framework';
import { fromControls } from '../../../engine/src/operations/framework';
import { ENV, plan, resource, rule, vault, world } from './stage';

const START = '2027-01-01T00:00:00Z';
export const FS = resource('efs', 'fs-1');
export const AIR_GAP = { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 60 };
export const DAILY = { scheduleExpression: 'cron(0 5 ? * * *)' };
export const WEEKLY = { scheduleExpression: 'cron(0 5 ? * SUN *)' };

export function staged(more: Partial<Estate> = {}): WorldState {
  return world(START, {
    vaults: [vault('main')],
    resources: [FS],
    plans: [plan('p', [rule('daily', DAILY)])],
    ...more,
  });
}

/** What a control says a minute from now: id of what it looked at, verdict, and what it found. */
export function said(state: WorldState, control: FrameworkControl): string[] {
  const FrameworkName = `f${state.frameworks.everywhere().length}`;
  createFramework(state, ENV, { FrameworkName, FrameworkControls: fromControls([control]) });
  state.runUntil(state.now + MINUTE + 1);
  const framework = state.frameworks.tryFind(ENV, FrameworkName);
  const [result] = framework === undefined ? [] : state.frameworks.resultsOf(framework);
  return (result?.verdicts ?? []).map(({ subject, status, found }) => `${subject.resourceId} ${status}: ${found}`);
}

export function verdicts(state: WorldState, control: FrameworkControl): string[] {
  return said(state, control).map((line) => line.split(' ')[1]?.replace(':', '') ?? '');
}

export function later(state: WorldState, ms: number): WorldState {
  state.runUntil(state.now + ms);
  return state;
}
