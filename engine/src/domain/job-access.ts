/**
 * What jobs need beside a vault and a free resource: keys that work, a role that can be assumed and may do what it takes.
 *
 * Pure: reads a ledger. In a World whose keys and roles are all in order, a few comparisons.
 * Source   B4.3/6, B4.3/7, B7.1/1 (which key encrypts what).
 * Spec     keys.md, role-permissions.md
 */
import type { Environment } from '@holdfast/model';
import { intAt } from '../kernel/columns';
import { keyOfPoint } from './encryption';
import { assuming, type Work } from './job-needs';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import { BACKUP_SERVICE } from './organization';
import type { Origin } from './origins';
import { ROLE_BARRED_BY_FAULT } from './injected-reasons';
import { COPY_NOT_UNSHARED, NO_REASON, ROLE_UNASSUMABLE } from './reasons';
import type { Vault } from './vaults';

/**
 * Whether AWS Backup may delete a point: NO_REASON, or why not.
 *
 * Source B12: snapshots of EBS, and the images made of them, are deleted with the role that made them; all else is
 * deleted by the service-linked role, which an account cannot take anything from, and so are copies in another account
 * than the role's (Assumed: B12 has copies made by the service-linked role, and no role is trusted across accounts there).
 */
export function deletionAccess(ledger: Ledger, row: number): number {
  const { points, permissions } = ledger;
  if (ledger.roles.settled) {
    return NO_REASON;
  }
  const series = intAt(points.series, row);
  const { id } = ledger.resourceOf(series).service;
  const vault = ledger.vaultOf(series);
  if ((id !== 'ebs' && id !== 'ec2') || vault.made.airGapped) {
    return NO_REASON;
  }
  const origin = ledger.origins.find(intAt(points.origins, row));
  if (origin.roleArn?.split(':')[4] !== vault.made.env.account) {
    return NO_REASON;
  }
  const refusal = roleAccess(ledger, origin.roleArn, vault);
  return refusal === NO_REASON ? permissions.deletion(origin.roleArn, row) : refusal;
}

/** Why a backup cannot begin; NO_REASON when nothing is against it. */
export function backupAccess(ledger: Ledger, vault: Vault, resource: Resource, origin: Origin): number {
  const refusal = originAccess(ledger, origin, vault);
  if (refusal !== NO_REASON) {
    return refusal;
  }
  const keys = backupKeys(ledger, vault, resource);
  return keys === NO_REASON ? ledger.permissions.backup(origin.roleArn, vault, resource) : keys;
}

/** Why the keys of a backup keep it from being made. */
export function backupKeys(ledger: Ledger, vault: Vault, resource: Resource): number {
  const { keys } = ledger;
  if (keys.unusable === 0) {
    return NO_REASON;
  }
  const ofVault = resource.managed || vault.made.airGapped ? keys.refusalOf(vault.made.encryptionKeyArn) : NO_REASON;
  // Source B13: a backup of a bucket whose objects cannot be read completes without them.
  const readable = resource.service.id === 's3';
  return ofVault !== NO_REASON || readable ? ofVault : keys.refusalOf(resource.declaration.encryptedWith);
}

/** Why a point cannot be copied into a vault. */
export function copyAccess(ledger: Ledger, point: number, destination: Vault, origin: Origin): number {
  const { keys, permissions } = ledger;
  const source = ledger.vaultOf(intAt(ledger.points.series, point));
  const abroad = source.made.env.account !== destination.made.env.account;
  const acrossAccounts = abroad ? accountAccess(ledger, point, source, destination, origin.roleArn) : NO_REASON;
  const role = acrossAccounts === NO_REASON ? originAccess(ledger, origin, source) : acrossAccounts;
  const refusal =
    role !== NO_REASON || keys.unusable === 0
      ? role
      : keys.copyRefusalOf(keyOfPoint(ledger, point), destination.made.encryptionKeyArn);
  return refusal === NO_REASON ? permissions.copy(origin.roleArn, point, destination) : refusal;
}

/** Source B6.3/1 to B6.3/3, B6.3/8. Policies decide where an organization was declared. */
function accountAccess(
  ledger: Ledger,
  point: number,
  source: Vault,
  destination: Vault,
  roleArn: string | undefined,
): number {
  const { organizations, permissions } = ledger;
  const refusal = organizations.copyRefusalOf(source.made.env, destination.made.env, ledger.now);
  if (refusal !== NO_REASON || (organizations.count === 0 && !permissions.enforced)) {
    return refusal;
  }
  return permissions.crossing(roleArn, point, destination);
}

/** Why a copy that is under way cannot end well: the destination's key, or a role that has to unshare (B6.3/9). */
export function copyEndAccess(
  ledger: Ledger,
  source: Vault,
  destination: Vault,
  resource: Resource,
  origin: Origin,
): number {
  const refusal = ledger.keys.copyRefusalOf(undefined, destination.made.encryptionKeyArn);
  const shared = !resource.managed && source.made.env.account !== destination.made.env.account;
  return refusal === NO_REASON && shared && originAccess(ledger, origin, source) !== NO_REASON
    ? COPY_NOT_UNSHARED
    : refusal;
}

/** Where a restore goes: the resource that it makes, and the account and Region that it makes it in. */
export interface RestoreTarget {
  readonly arn: string;
  readonly env: Environment;
}

/** Why a point cannot be restored into a resource, with a role of the account that restores. */
export function restoreAccess(
  ledger: Ledger,
  point: number,
  roleArn: string | undefined,
  { arn, env }: RestoreTarget,
): number {
  const vault = ledger.vaultOf(intAt(ledger.points.series, point));
  const role = roleAccess(ledger, roleArn, vault, undefined, env);
  const refusal = role === NO_REASON ? ledger.keys.refusalOf(keyOfPoint(ledger, point)) : role;
  return refusal === NO_REASON ? ledger.permissions.restore(roleArn, point, arn, env) : refusal;
}

/** Why the role of a job cannot be taken on; which one that is is looked up where it matters alone, as jobs are many. */
function originAccess(ledger: Ledger, origin: Origin, vault: Vault): number {
  return ledger.roles.settled ? NO_REASON : roleAccess(ledger, origin.roleArn, vault);
}

/**
 * Why AWS Backup, or another service, cannot take a role on in order to work for a vault.
 *
 * @param env of the account that has it work: the vault's own, unless it is shared with another
 */
export function roleAccess(
  ledger: Ledger,
  roleArn: string | undefined,
  vault: Vault,
  service?: string,
  env = vault.made.env,
): number {
  const { roles, permissions } = ledger;
  if (roles.settled || roleArn === undefined) {
    return NO_REASON;
  }
  if (roles.barred.has(roleArn)) {
    return ROLE_BARRED_BY_FAULT;
  }
  if (env.account === vault.made.env.account) {
    return permissions.assumed(roleArn, vault, service);
  }
  const work = { env, arn: vault.arn };
  return isAssumable(ledger, work, roleArn, [service ?? BACKUP_SERVICE]) ? NO_REASON : ROLE_UNASSUMABLE;
}

/** Whether one of some services can assume a role to work for something; a role that the World does not know it can. */
export function isAssumable(ledger: Ledger, work: Work, roleArn: string, services: readonly string[]): boolean {
  const { roles, permissions } = ledger;
  const role = roles.tryFindRole(roleArn);
  if (roles.barred.has(roleArn) || role === undefined) {
    return !roles.barred.has(roleArn) && !roles.isMissing(roleArn);
  }
  return services.some((service) => permissions.firstDenied([assuming(ledger, role, work, service)]) === undefined);
}
