/**
 * Whether the role of a new selection can be used, in a World whose policies decide.
 *
 * Pure: reads a ledger.
 * Source   B1.5 (the texts) and section 12: a role is looked at when its selection is made. Assumed: its tags are asked for
 *          where the selection goes by tags; the role is assumed as for the jobs of the rules, one of which has to do; later on
 *          the service-linked role looks tags up (section 12), so that what the role loses afterwards changes no run.
 * Spec     selections.md
 */
import type { BackupSelection } from '@holdfast/model';
import { roleAccess } from './job-access';
import { assumption, Denied, jobRole, Question, requestOf } from './job-needs';
import type { Ledger } from './ledger';
import { BACKUP_SERVICE } from './organization';
import type { Plan } from './plans';
import { NO_REASON } from './reasons';
import type { Vault } from './vaults';

/** Why a selection cannot have its role. */
export interface SelectionDenial {
  /** AWS's words. */
  readonly text: string;
  /** Which policy said so; undefined where none was asked. */
  readonly denied: Denied | undefined;
}

/** Why a selection cannot have its role, in AWS's words; undefined when nothing is against it. */
export function selectionRefusal(ledger: Ledger, plan: Plan, selection: BackupSelection): string | undefined {
  return ledger.permissions.enforced ? selectionDenial(ledger, plan, selection)?.text : undefined;
}

/** The same with the policy that says so, whether policies decide in the World or not. */
export function selectionDenial(ledger: Ledger, plan: Plan, selection: BackupSelection): SelectionDenial | undefined {
  const { iamRoleArn: roleArn } = selection;
  const { permissions } = ledger;
  return permissions.asEnforced(() => {
    if (!isAssumable(ledger, plan, roleArn)) {
      return { text: `IAM Role ${roleArn} cannot be assumed by AWS Backup`, denied: untrusted(ledger, plan, roleArn) };
    }
    const denied = goesByTags(selection) ? permissions.firstDenied([lookUp(ledger, plan, roleArn)]) : undefined;
    return denied === undefined
      ? undefined
      : { text: `IAM Role ${roleArn} is not authorized to call tag:GetResources`, denied };
  });
}

/** What keeps AWS Backup from assuming a role for the first of the vaults. */
function untrusted(ledger: Ledger, plan: Plan, roleArn: string): Denied | undefined {
  const role = ledger.roles.tryFindRole(roleArn);
  const [vault] = vaultsOf(ledger, plan);
  return role === undefined || vault === undefined
    ? undefined
    : ledger.permissions.firstDenied([assumption(ledger, role, vault, BACKUP_SERVICE)]);
}

/** A plan may name a vault that is not there; then nothing says for what the role is assumed. */
function isAssumable(ledger: Ledger, plan: Plan, roleArn: string): boolean {
  const vaults = vaultsOf(ledger, plan);
  return vaults.length === 0
    ? !ledger.roles.barred.has(roleArn) && !ledger.roles.isMissing(roleArn)
    : vaults.some((vault) => roleAccess(ledger, roleArn, vault) === NO_REASON);
}

/** The vaults of the rules that are there. */
function vaultsOf(ledger: Ledger, { declaration: { env, rules } }: Plan): Vault[] {
  return rules.flatMap(({ targetBackupVaultName: name }) => ledger.vaults.tryFind(env, name) ?? []);
}

function goesByTags({ listOfTags = [], conditions }: BackupSelection): boolean {
  return listOfTags.length > 0 || conditions !== undefined;
}

function lookUp(ledger: Ledger, { declaration: { env } }: Plan, roleArn: string): Question {
  const request = requestOf(ledger, jobRole(ledger, roleArn), 'tag:GetResources', { resource: '*', env });
  return { request, subject: {} };
}
