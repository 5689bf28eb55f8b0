// A file system that is backed up every day at 05:00, with a copy in Ireland, and faults for it.
import type { Fault } from '../../../engine/src/domain/fault';
import type { StandingFault } from '../../../engine/src/domain/faults';
import type { JobView } from '../../../engine/src/domain/views';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { readFault } from '../../../engine/src/ingest/read-fault';
import { ENV, plan, resource, rule, vault, vaultArn, world } from './stage';

export const START = '2027-01-01';
export const IRELAND = { ...ENV, region: 'eu-west-1' };
export const COPIED = rule('daily', {
  scheduleExpression: 'cron(0 5 ? * * *)',
  startWindowMinutes: 60,
  completionWindowMinutes: 120,
  copyActions: [{ destinationBackupVaultArn: vaultArn('far', IRELAND) }],
});

export function daily(faults: Fault[] = [], seed = 1, copied = COPIED): WorldState {
  const state = world(
    START,
    {
      vaults: [vault('main'), vault('far', { env: IRELAND })],
      resources: [resource('efs', 'fs-1')],
      plans: [plan('p', [copied])],
    },
    seed,
  );
  for (const fault of faults) {
    inject(state, fault);
  }
  return state;
}

export function inject(state: WorldState, fault: Fault): StandingFault {
  const read = readFault(fault, 'test', '', state.now);
  return state.faults.add(read.fault, read.from, read.to);
}

export function jobs(state: WorldState, kind: JobView['kind'] = 'backup'): JobView[] {
  return state.jobsOf(resource('efs', 'fs-1').arn).filter((job) => job.kind === kind);
}

export function last(state: WorldState, kind: JobView['kind'] = 'backup'): JobView {
  return jobs(state, kind).at(-1) as JobView;
}
