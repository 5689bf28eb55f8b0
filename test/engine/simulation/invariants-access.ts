// Locks, holds, refusals, and who may do what.
import type { BackupVaultListMember } from '@aws-sdk/client-backup';
import { Invariant, invariant, named, when } from './invariant';
import { DENIED_BY_ORGANIZATION, ROOT_ID } from './random-world';
import type { Opening, Step } from './steps';

const LOCK_CALLS = ['PutBackupVaultLockConfiguration', 'DeleteBackupVaultLockConfiguration'];

function lockOf({ Locked, MinRetentionDays, MaxRetentionDays, LockDate }: BackupVaultListMember) {
  return Locked === true
    ? `${MinRetentionDays ?? 0} to ${MaxRetentionDays ?? Infinity} from ${LockDate?.getTime() ?? Infinity}`
    : 'none';
}

function answered({ call }: Step, operations: readonly string[]): boolean {
  return call !== undefined && call.fault === undefined && operations.includes(call.operation);
}

export const accessInvariants: readonly Invariant[] = [
  invariant('a-refusal-changes-nothing', 'a call that is denied or refused leaves everything as it was', (step) => {
    const { call, refused, before, after } = step;
    if (call?.fault === undefined) {
      return [];
    }
    const what = `${call.operation}, refused with ${call.fault.name},`;
    return [
      ...(before.digest === after.digest ? [] : [`${what} changed the digest`]),
      ...(refused?.before === refused?.after ? [] : [`${what} changed what is read`]),
      ...(JSON.stringify(before) === JSON.stringify(after) ? [] : [`${what} changed points, vaults or holds`]),
      ...(step.entries.length === 0 ? [] : [`${what} was told of`]),
    ];
  }),
  invariant('locks-stand-as-put', 'every vault shows the lock that was put last', ({ after }, book) =>
    after.vaults.flatMap((vault) => {
      const lock = book.locks.get(vault.BackupVaultArn ?? '');
      const put = lock === undefined ? 'none' : `${lock.min} to ${lock.max} from ${lock.lockDate}`;
      return put === lockOf(vault) ? [] : [`${vault.BackupVaultArn} shows ${lockOf(vault)}, put ${put}`];
    }),
  ),
  lockIsForEver(),
  invariant(
    'vaults-go-empty',
    'a vault goes when a call that was answered names it, and only when it is empty',
    (step) => {
      const left = new Set(step.after.vaults.map(({ BackupVaultArn }) => BackupVaultArn));
      return step.before.vaults
        .filter(({ BackupVaultArn }) => !left.has(BackupVaultArn))
        .filter(
          ({ BackupVaultArn, BackupVaultName }) =>
            !answered(step, ['DeleteBackupVault']) ||
            step.call?.input['BackupVaultName'] !== BackupVaultName ||
            step.before.points.some((point) => point.backupVaultArn === BackupVaultArn),
        )
        .map(({ BackupVaultArn }) => `${BackupVaultArn} went`);
    },
  ),
  invariant(
    'holds-keep-what-they-list',
    'an active hold lists the points that it keeps, all of them',
    ({ after }, book) =>
      after.holds
        .filter(({ status }) => status === 'ACTIVE')
        .flatMap(({ arn, keeps }) => {
          const booked = [...(book.holds.get(arn)?.keeps ?? [])];
          const missing = booked.filter((key) => !keeps.includes(key));
          const surplus = keeps.filter((key) => !booked.includes(key));
          return [
            ...missing.map((key) => `${named(key)} is not listed by ${arn}`),
            ...surplus.map((key) => `${named(key)} is listed by ${arn}`),
          ];
        }),
  ),
  rightsHold(),
];

/** B7.4/1: past the lock date nobody changes or removes a lock. */
function lockIsForEver(): Invariant {
  return invariant(
    'a-compliance-lock-is-for-ever',
    'past its lock date, a lock is never changed or removed',
    (step) => {
      const after = new Map(step.after.vaults.map((vault) => [vault.BackupVaultArn, vault]));
      return step.before.vaults
        .filter(({ LockDate }) => LockDate !== undefined && LockDate.getTime() <= step.from)
        .flatMap((vault) => {
          const now = after.get(vault.BackupVaultArn);
          return now === undefined || (lockOf(now) === lockOf(vault) && !isOnLock(step, vault))
            ? []
            : [`${vault.BackupVaultArn} had ${lockOf(vault)}, has ${lockOf(now)} after ${step.call?.operation}`];
        });
    },
  );
}

function isOnLock(step: Step, vault: BackupVaultListMember): boolean {
  const { caller, input } = step.call ?? {};
  const arn = `arn:${caller?.partition}:backup:${caller?.region}:${caller?.account}:backup-vault:`;
  return answered(step, LOCK_CALLS) && `${arn}${String(input?.['BackupVaultName'])}` === vault.BackupVaultArn;
}

/** Nobody does more than its policies and the organization's let it. */
function rightsHold(): Invariant {
  return {
    name: 'nobody-exceeds-their-rights',
    says: 'a call is answered only when the policies of its caller and of the organization let it',
    watch: ({ world }: Opening) => {
      const made = new Map(DENIED_BY_ORGANIZATION.map((action, i) => [`p-simulation${i}`, action]));
      const attached = new Set(
        (world.estate.organizations ?? []).flatMap(({ policies = [] }) =>
          policies.flatMap(({ policyId, targetIds = [] }) => targetIds.map((id) => `${id} ${made.get(policyId)}`)),
        ),
      );
      return (step) => {
        const { call } = step;
        if (call === undefined || call.fault !== undefined) {
          return [];
        }
        const action = `${call.service}:${call.operation}`;
        const name = call.caller.principalArn?.split('/').at(-1);
        const person = world.people.find((one) => one.name === name);
        const own = person === undefined || person.allowed.some((pattern) => covers(pattern, action));
        const managed = call.caller.account === world.places[0]?.account;
        const denied = [...attached].some((text) => {
          const [target = '', pattern = ''] = text.split(' ');
          return (target === ROOT_ID || target === call.caller.account) && covers(pattern, action);
        });
        follow(call, made, attached);
        return own && (person === undefined || managed || !denied)
          ? []
          : [`${call.caller.principalArn} did ${action} ${when(step.to)}`];
      };
    },
  };
}

function follow(call: NonNullable<Step['call']>, made: Map<string, string>, attached: Set<string>): void {
  const { PolicyId = '', TargetId = '', Description = '' } = call.input as Record<string, string>;
  if (call.operation === 'CreatePolicy' && DENIED_BY_ORGANIZATION.includes(Description)) {
    const { Policy } = call.output as { Policy?: { PolicySummary?: { Id?: string } } };
    made.set(Policy?.PolicySummary?.Id ?? '', Description);
  } else if (call.operation === 'AttachPolicy') {
    attached.add(`${TargetId} ${made.get(PolicyId)}`);
  } else if (call.operation === 'DetachPolicy') {
    attached.delete(`${TargetId} ${made.get(PolicyId)}`);
  }
}

function covers(pattern: string, action: string): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action;
}
