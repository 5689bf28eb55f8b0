/**
 * Whether what is in an account and Region complies with a control of AWS Backup Audit Manager.
 *
 * Pure: reads what is there, and says of each resource what was found.
 * Units    `…Hours` and `…Minutes` are counts.
 * Source   B10.1; decision 0017. What a control asks for is model's ControlDemands.
 * Spec     audit-controls.md
 */
import { ControlDemand, ControlDemands, FrameworkControl, FrameworkControls } from '@holdfast/model';
import { floatAt } from '../kernel/columns';
import { DAY, HOUR, MINUTE, NEVER, shortInstant } from '../kernel/instant';
import { Audited, nameIn, Subject } from './audited';
import { encryptionOfPoint } from './encryption';
import type { Plan } from './plans';
import type { Resource } from './protected-resources';
import { arnOfPoint } from './show';
import type { Vault } from './vaults';
import { boundsOf } from './vault-lock';

export type ComplianceStatus = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';
export type ControlStatus = 'COMPLIANT' | 'NON_COMPLIANT' | 'INSUFFICIENT_DATA';

export interface ControlVerdict {
  readonly subject: Subject;
  readonly status: ComplianceStatus;
  /** What there is instead of, or as, what the control asks for. */
  readonly found: string;
}

/** What the control says of everything in its scope. */
export function judge(control: FrameworkControl, audited: Audited): ControlVerdict[] {
  return JUDGES[control.controlName]?.(control, audited, ControlDemands.of(control)) ?? [];
}

/** Source B10.1/1: what does not apply says nothing, and nothing at all is too little to say. */
export function statusOf(verdicts: readonly ControlVerdict[]): ControlStatus {
  const said = verdicts.filter(({ status }) => status !== 'NOT_APPLICABLE');
  if (said.length === 0) {
    return 'INSUFFICIENT_DATA';
  }
  return said.some(({ status }) => status === 'NON_COMPLIANT') ? 'NON_COMPLIANT' : 'COMPLIANT';
}

/** The parameters of a control as they count, defaults included. */
export function parametersOf(control: FrameworkControl): Record<string, string> {
  const known = FrameworkControls.tryFind(control.controlName)?.parameters ?? [];
  const defaults = known.flatMap(({ parameterName, defaultValue }) =>
    defaultValue === undefined || defaultValue === '' ? [] : [[parameterName, defaultValue]],
  );
  const own = control.controlInputParameters.map(({ parameterName, parameterValue }) => [
    parameterName,
    String(parameterValue),
  ]);
  return Object.fromEntries([...defaults, ...own]) as Record<string, string>;
}

type Judge = (control: FrameworkControl, audited: Audited, demand: ControlDemand) => ControlVerdict[];
/** Undefined where the control has nothing to say. */
type Found = { readonly complies: boolean | undefined; readonly found: string };

const JUDGES: Readonly<Record<string, Judge>> = {
  BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN: ofResources((resource, audited) => {
    const plans = audited.plansOf(resource);
    return { complies: plans.length > 0, found: plans.length === 0 ? 'in no plan' : `in ${namesOf(plans)}` };
  }),
  BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK: (control, audited, demand) =>
    audited.plans(control).map((plan) => verdict(planSubject(plan), frequencyOf(plan, demand))),
  BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED: (control, audited, demand) =>
    audited.vaults(control).map((vault) => {
      const gaps = ControlDemands.vaultGaps(vault.accessPolicy, demand);
      const found = gaps === undefined ? 'its policy denies deletion by hand' : `a policy that denies it: ${gaps}`;
      return verdict(vaultSubject(vault), { complies: gaps === undefined, found });
    }),
  BACKUP_RECOVERY_POINT_ENCRYPTED: (control, audited) =>
    audited.points(control).map((row) => verdict(pointSubject(audited, row), encryptionOf(audited, row))),
  BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK: (control, audited, demand) =>
    audited.points(control).map((row) => verdict(pointSubject(audited, row), retentionOf(audited, row, demand))),
  BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION: ofResources((resource, audited, demand) =>
    copiesOf(resource, audited, 3, (reached) => ControlDemands.metByRegions(audited.env, reached, demand)),
  ),
  BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT: ofResources((resource, audited, demand) =>
    copiesOf(resource, audited, 4, (reached) => ControlDemands.metByAccounts(audited.env, reached, demand)),
  ),
  BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK: ofResources((resource, audited, demand) => {
    const targets = audited.targetsOf(audited.plansOf(resource));
    const complies = targets.some(
      ({ lock }) =>
        lock !== undefined && ControlDemands.metByLock(lock.minRetentionDays, lock.maxRetentionDays, demand),
    );
    return { complies, found: targets.length === 0 ? 'stored in no vault' : `stored in ${locksOf(targets)}` };
  }),
  BACKUP_LAST_RECOVERY_POINT_CREATED: ofResources((resource, audited, demand) =>
    ageOf(resource, audited, demand, false),
  ),
  RESTORE_TIME_FOR_RESOURCES_MEET_TARGET: ofResources((resource, audited, demand) => {
    const took = audited.latestRestoreMs(resource);
    if (took === undefined) {
      // Assumed: AWS Config finds fault with a time that is too long, and there is none.
      return { complies: undefined, found: 'never restored' };
    }
    const minutes = Math.ceil(took / MINUTE);
    return {
      complies: minutes <= (demand.maxRestoreTimeMinutes ?? Infinity),
      found: `its latest restore took ${minutes} minutes`,
    };
  }),
  RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT: ofResources((resource, audited, demand) =>
    resource.service.logicallyAirGapped
      ? ageOf(resource, audited, demand, true)
      : { complies: undefined, found: `no logically air-gapped vault takes ${resource.service.name}` },
  ),
};

function ofResources(look: (resource: Resource, audited: Audited, demand: ControlDemand) => Found): Judge {
  return (control, audited, demand) =>
    audited.resources(control).map((resource) => verdict(resourceSubject(resource), look(resource, audited, demand)));
}

/** Source vector 19: one rule has to do both. */
function frequencyOf(plan: Plan, demand: ControlDemand): Found {
  const rules = plan.rules.map(({ declaration }) => declaration);
  const met = rules.find((rule) => ControlDemands.metByRule(rule, demand));
  const shown = met === undefined ? rules : [met];
  return {
    complies: met !== undefined,
    found: `has ${shown.map((rule) => ControlDemands.describeRule(rule)).join(', ')}`,
  };
}

/** Assumed: snapshots are encrypted when their resource is; what AWS Backup encrypts itself always is (B7.1/1). */
function encryptionOf({ ledger }: Audited, row: number): Found {
  const { encrypted: complies, keyArn } = encryptionOfPoint(ledger, row);
  return {
    complies,
    found: complies ? `encrypted with ${keyArn ?? 'a key that AWS owns'}` : 'not encrypted, as its source',
  };
}

function retentionOf({ ledger: { points } }: Audited, row: number, demand: ControlDemand): Found {
  const deleteAt = floatAt(points.deleteAts, row);
  const days = (deleteAt - floatAt(points.createdAts, row)) / DAY;
  const found = deleteAt === NEVER ? 'kept for ever' : `kept for ${rounded(days)} days`;
  return { complies: days >= (demand.requiredRetentionDays ?? 0), found };
}

/** Source B10.1/2: not for FSx for NetApp ONTAP. Assumed: one plan of the resource has to reach all that is listed. */
function copiesOf(resource: Resource, audited: Audited, part: 3 | 4, meets: (reached: string[]) => boolean): Found {
  if (resource.service.id === 'fsx-ontap') {
    return { complies: undefined, found: `${resource.service.name} has no copies` };
  }
  const reached = audited
    .plansOf(resource)
    .map((plan) =>
      plan.rules.flatMap(({ declaration }) =>
        (declaration.copyActions ?? []).map(({ destinationBackupVaultArn: arn }) => arn.split(':')[part] ?? ''),
      ),
    );
  const all = [...new Set(reached.flat())].sort();
  return { complies: reached.some(meets), found: all.length === 0 ? 'copied nowhere' : `copied to ${all.join(', ')}` };
}

function ageOf(resource: Resource, audited: Audited, demand: ControlDemand, airGapped: boolean): Found {
  const most = (demand.recoveryPointAgeHours ?? Infinity) * HOUR;
  const newest = audited.newestPointAt(resource, airGapped, most);
  if (newest === undefined) {
    return { complies: false, found: `no recovery point${airGapped ? ' in a logically air-gapped vault' : ''}` };
  }
  const age = audited.now - newest;
  const found = `${age > most ? 'its newest' : 'a'} recovery point is ${rounded(age / HOUR)} hours old, of ${shortInstant(newest)}`;
  return { complies: age <= most, found };
}

function verdict(subject: Subject, { complies, found }: Found): ControlVerdict {
  const status = complies === undefined ? 'NOT_APPLICABLE' : complies ? 'COMPLIANT' : 'NON_COMPLIANT';
  return { subject, status, found };
}

function resourceSubject({ arn, declaration, service }: Resource): Subject {
  const resourceType = service.cloudFormationTypes[0] ?? service.resourceType;
  return { resourceType, resourceId: declaration.name === '' ? nameIn(arn) : declaration.name, arn };
}

function planSubject({ id, arn }: Plan): Subject {
  return { resourceType: 'AWS::Backup::BackupPlan', resourceId: id, arn };
}

function vaultSubject({ name, arn }: Vault): Subject {
  return { resourceType: 'AWS::Backup::BackupVault', resourceId: name, arn };
}

function pointSubject({ ledger }: Audited, row: number): Subject {
  const arn = arnOfPoint(ledger, row);
  return { resourceType: 'AWS::Backup::RecoveryPoint', resourceId: arn, arn };
}

function namesOf(plans: readonly Plan[]): string {
  return plans.map(({ declaration }) => declaration.backupPlanName).join(', ');
}

function locksOf(vaults: readonly Vault[]): string {
  return vaults
    .map(({ name, lock }) => (lock === undefined ? `${name} without a lock` : `${name} locked for ${boundsOf(lock)}`))
    .join(', ');
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
