// What seeds reach: a simulation that never comes to a state holds nothing about it.
import { KINDS } from './actions';
import type { Outcome } from './simulation';
import type { Entry, PointEntry, Step } from './steps';

const STATES = [
  ...['CREATED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'EXPIRED', 'ABORTED'].map((state) => `backup ${state}`),
  ...['CREATED', 'RUNNING', 'COMPLETED', 'FAILED'].map((state) => `copy ${state}`),
  ...['RUNNING', 'COMPLETED', 'FAILED'].map((state) => `restore ${state}`),
  ...['COMPLETED', 'MODIFIED', 'COLD', 'EXPIRED', 'DELETED'].map((status) => `point ${status}`),
  'hold ACTIVE',
  'hold CANCELED',
  'temporary point relieved',
  'continuous point refreshed',
  'copy across accounts',
  'copy across Regions',
  'compliance lock past its date',
  'policies decide',
  'a call denied by the organization',
];

export class Reach {
  private readonly reached = new Set<string>();
  private readonly tried = new Set<string>();

  take({ entries, after }: Step): void {
    for (const entry of entries) {
      for (const state of statesOf(entry)) {
        this.reached.add(state);
      }
    }
    for (const { status } of after.holds) {
      this.reached.add(`hold ${status}`);
    }
    if (after.vaults.some(({ LockDate }) => (LockDate?.getTime() ?? Infinity) < after.at)) {
      this.reached.add('compliance lock past its date');
    }
  }

  end({ calls }: Outcome): void {
    for (const { what, call } of calls) {
      this.tried.add(what);
      if (call.caller.principalArn !== undefined) {
        this.reached.add('policies decide');
      }
      if (call.fault?.message.includes('service control policy') === true) {
        this.reached.add('a call denied by the organization');
      }
    }
  }

  /** States and kinds of actions that no seed came to. */
  missing(): string[] {
    return [
      ...STATES.filter((state) => !this.reached.has(state)),
      ...KINDS.map(({ name }) => name).filter((name) => !this.tried.has(name)),
    ];
  }
}

function statesOf(entry: Entry): string[] {
  switch (entry.kind) {
    case 'job':
      return [`${entry.job.kind} ${entry.state}`];
    case 'restore':
      return [`restore ${entry.state}`];
    case 'point':
      return statesOfPoint(entry);
  }
}

function statesOfPoint({ point, status, at }: PointEntry): string[] {
  const [, , , region, account] = point.copyOf?.backupVaultArn.split(':') ?? [];
  const [, , , ownRegion, ownAccount] = point.backupVaultArn.split(':');
  const early = status === 'DELETED' && at < (point.deleteAt ?? Infinity);
  return [
    `point ${status}`,
    ...(account !== undefined && account !== ownAccount ? ['copy across accounts'] : []),
    ...(region !== undefined && region !== ownRegion ? ['copy across Regions'] : []),
    ...(status === 'MODIFIED' && point.continuous ? ['continuous point refreshed'] : []),
    ...(early && point.whyUntil.includes('when its copies are complete') ? ['temporary point relieved'] : []),
  ];
}
