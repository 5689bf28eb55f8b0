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
import { jobRole, Question, requestOf } from './job-needs';
import type { Ledger } from './ledger';
import type { Plan } from './plans';
import { NO_REASON } from './reasons';

/** Why a selection cannot have its role, in AWS's words; undefined when nothing is against it. */
export function selectionRefusal(ledger: Ledger, plan: Plan, selection: BackupSelection): string | undefined {
  const { iamRoleArn: roleArn } = selection;
  const { permissions } = ledger;
  if (!permissions.enforced) {
    return undefined;
  }
  if (!isAssumable(ledger, plan, roleArn)) {
    return `IAM Role ${roleArn} cannot be assumed by AWS Backup`;
  }
  return goesByTags(selection) && permissions.firstDenied([lookUp(ledger, plan, roleArn)]) !== undefined
    ? `IAM Role ${roleArn} is not authorized to call tag:GetResources`
    : undefined;
}

/** A plan may name a vault that is not there; then nothing says for what the role is assumed. */
function isAssumable(ledger: Ledger, { declaration }: Plan, roleArn: string): boolean {
  const vaults = declaration.rules.flatMap(
    ({ targetBackupVaultName }) => ledger.vaults.tryFind(declaration.env, targetBackupVaultName) ?? [],
  );
  return vaults.length === 0
    ? !ledger.roles.barred.has(roleArn) && !ledger.roles.isMissing(roleArn)
    : vaults.some((vault) => roleAccess(ledger, roleArn, vault) === NO_REASON);
}

function goesByTags({ listOfTags = [], conditions }: BackupSelection): boolean {
  return listOfTags.length > 0 || conditions !== undefined;
}

function lookUp(ledger: Ledger, { declaration: { env } }: Plan, roleArn: string): Question {
  const request = requestOf(ledger, jobRole(ledger, roleArn), 'tag:GetResources', { resource: '*', env });
  return { request, subject: {} };
}
