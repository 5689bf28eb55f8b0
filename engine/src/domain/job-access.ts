/**
 * What jobs need beside a vault and a free resource: keys that work, a role that can be assumed.
 *
 * Pure: reads a ledger. In a World whose keys and roles are all in order, two comparisons.
 * Source   B4.3/6, B4.3/7, B7.1/1 (which key encrypts what).
 * Spec     keys.md, roles.md
 */
import { KeyPolicies } from '@holdfast/model';
import { at } from '../kernel/columns';
import { admits } from './copy-admission';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import type { Origin } from './origins';
import { COPY_KEY_NOT_SHARED, COPY_NOT_ADMITTED, COPY_NOT_UNSHARED, NO_REASON, SOURCE_MANAGED_KEY } from './reasons';
import type { Vault } from './vaults';

/**
 * Whether AWS Backup may delete a point.
 *
 * Source B12: snapshots of EBS, and the images made of them, are deleted with the role that made them; all else is
 * deleted by the service-linked role, which an account cannot take anything from.
 */
export function deletionPermitted(ledger: Ledger, row: number): boolean {
  if (ledger.roles.settled) {
    return true;
  }
  const { points } = ledger;
  const { id } = ledger.resourceOf(at(points.series, row)).service;
  const byRole = (id === 'ebs' || id === 'ec2') && !ledger.vaultOf(at(points.series, row)).made.airGapped;
  return !byRole || roleAccess(ledger, ledger.origins.find(at(points.origins, row))) === NO_REASON;
}

/** Why a backup cannot begin; NO_REASON when nothing is against it. */
export function backupAccess(ledger: Ledger, vault: Vault, resource: Resource, origin: Origin): number {
  const refusal = roleAccess(ledger, origin);
  return refusal === NO_REASON ? backupKeys(ledger, vault, resource) : refusal;
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
  const { keys } = ledger;
  const source = ledger.vaultOf(at(ledger.points.series, point));
  const abroad = source.made.env.account !== destination.made.env.account;
  const acrossAccounts = abroad ? accountAccess(ledger, point, source, destination, origin) : NO_REASON;
  const refusal = acrossAccounts === NO_REASON ? roleAccess(ledger, origin) : acrossAccounts;
  return refusal !== NO_REASON || keys.unusable === 0
    ? refusal
    : keys.copyRefusalOf(keyOfPoint(ledger, point), destination.made.encryptionKeyArn);
}

/** Source B6.3/1 to B6.3/3, B6.3/5. Policies decide where an organization was declared. */
function accountAccess(ledger: Ledger, point: number, source: Vault, destination: Vault, origin: Origin): number {
  const { organizations, keys, now } = ledger;
  const [from, to] = [source.made.env, destination.made.env];
  const refusal = organizations.copyRefusalOf(from, to, now);
  if (refusal !== NO_REASON || organizations.count === 0) {
    return refusal;
  }
  const organization = organizations.of(from);
  const membership = organization?.membershipOf(from.account);
  const copier = { account: from.account, roleArn: origin.roleArn, membership };
  if (!admits(destination.accessPolicy, 'backup:CopyIntoBackupVault', copier)) {
    return COPY_NOT_ADMITTED;
  }
  const resource = ledger.resourceOf(at(ledger.points.series, point));
  const key = resource.managed ? undefined : keys.tryFindByArn(keyOfPoint(ledger, point) ?? '');
  if (key === undefined) {
    return NO_REASON;
  }
  const roleArn = KeyPolicies.serviceLinkedRoleArn(to.partition, to.account);
  const receiver = { account: to.account, roleArn, membership: organization?.membershipOf(to.account) };
  const shared = admits(key.policy, 'kms:Decrypt', receiver);
  return key.made.awsManaged ? SOURCE_MANAGED_KEY : shared ? NO_REASON : COPY_KEY_NOT_SHARED;
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
  return refusal === NO_REASON && shared && roleAccess(ledger, origin) !== NO_REASON ? COPY_NOT_UNSHARED : refusal;
}

function roleAccess(ledger: Ledger, origin: Origin): number {
  return ledger.roles.settled ? NO_REASON : ledger.roles.refusalOf(origin.roleArn);
}

/**
 * The key that a point is encrypted with; undefined for one that AWS manages, or none.
 *
 * Source B7.1/1: the vault's for copies and for what AWS Backup manages fully, else that of the resource.
 */
export function keyOfPoint(ledger: Ledger, row: number): string | undefined {
  const { points } = ledger;
  const series = at(points.series, row);
  const vault = ledger.vaultOf(series);
  const resource = ledger.resourceOf(series);
  return resource.managed || vault.made.airGapped || at(points.sources, row) >= 0
    ? vault.made.encryptionKeyArn
    : resource.declaration.encryptedWith;
}
