// What seeds reach: a simulation that never comes to a state holds nothing about it.
import { KINDS } from './actions';
import type { Outcome } from './simulation';
import type { Entry, JobEntry, PointEntry, Step } from './steps';

const STATES = [
  ...['CREATED', 'PENDING', 'RUNNING', 'COMPLETED', 'PARTIAL', 'FAILED', 'EXPIRED', 'ABORTED'].map(
    (state) => `backup ${state}`,
  ),
  ...['CREATED', 'RUNNING', 'COMPLETED', 'PARTIAL', 'FAILED'].map((state) => `copy ${state}`),
  ...['RUNNING', 'COMPLETED', 'FAILED'].map((state) => `restore ${state}`),
  ...['COMPLETED', 'PARTIAL', 'MODIFIED', 'COLD', 'EXPIRED', 'DELETED'].map((status) => `point ${status}`),
  'hold ACTIVE',
  'hold CANCELED',
  'temporary point relieved',
  'continuous point refreshed',
  'whole stack',
  'whole cluster',
  'copy of a whole stack',
  'child job of a stack within a stack',
  'child job that fails',
  'child job that expires',
  'child job that is stopped with its parent',
  'member deleted before its parent',
  'parent gone with its last member',
  'member taken out of its parent',
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
      if (call.operation === 'DisassociateRecoveryPointFromParent' && call.fault === undefined) {
        this.reached.add('member taken out of its parent');
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
      return [`${entry.job.kind} ${entry.state}`, ...statesOfChild(entry)];
    case 'restore':
      return [`restore ${entry.state}`];
    case 'point':
      return statesOfPoint(entry);
  }
}

function statesOfChild({ within, state, job }: JobEntry): string[] {
  const ends: Readonly<Record<string, string>> = {
    FAILED: 'child job that fails',
    EXPIRED: 'child job that expires',
    ABORTED: 'child job that is stopped with its parent',
  };
  const nested = job.resourceType === 'CloudFormation' && job.resourceArn !== within;
  return within === undefined
    ? []
    : [ends[state] ?? 'child job', ...(nested ? ['child job of a stack within a stack'] : [])];
}

function statesOfKin({ point, status, kin: { isParent, parent } }: PointEntry): string[] {
  const whole = isParent && status === 'COMPLETED';
  return [
    ...(whole && point.resourceType === 'EKS' ? ['whole cluster'] : []),
    ...(whole && point.resourceType === 'CloudFormation' ? ['whole stack'] : []),
    ...(whole && point.copyOf !== undefined ? ['copy of a whole stack'] : []),
    ...(parent !== undefined && status === 'DELETED' ? ['member deleted before its parent'] : []),
    ...(isParent && status === 'DELETED' ? ['parent gone with its last member'] : []),
  ];
}

function statesOfPoint(entry: PointEntry): string[] {
  const { point, status, at } = entry;
  const [, , , region, account] = point.copyOf?.backupVaultArn.split(':') ?? [];
  const [, , , ownRegion, ownAccount] = point.backupVaultArn.split(':');
  const early = status === 'DELETED' && at < (point.deleteAt ?? Infinity);
  return [
    `point ${status}`,
    ...statesOfKin(entry),
    ...(account !== undefined && account !== ownAccount ? ['copy across accounts'] : []),
    ...(region !== undefined && region !== ownRegion ? ['copy across Regions'] : []),
    ...(status === 'MODIFIED' && point.continuous ? ['continuous point refreshed'] : []),
    ...(early && point.whyUntil.includes('when its copies are complete') ? ['temporary point relieved'] : []),
  ];
}
