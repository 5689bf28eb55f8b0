/**
 * What policies deny the role of a selection of what backups and copies of the selected resources take, asked before any
 * rule runs.
 *
 * Pure: reads a ledger.
 * Source   B4.3/6, B4.5/1, B6.3/8, B12.
 * Spec     role-permissions.md
 */
import type { BackupSelection } from '@holdfast/model';
import type { AskedNeeds, Unmet } from './asked-needs';
import { declaredBackups, declaredCopies, sourceOf } from './declared-points';
import { backupNeeds, copyNeeds, crossingNeeds, type Need, type PointSource } from './job-needs';
import type { Ledger } from './ledger';
import type { Plan } from './plans';
import type { Vault } from './vaults';

/** Everything that is denied, by rule, resource and step. */
export function unmetOfSelection(ledger: Ledger, asked: AskedNeeds, plan: Plan, selection: BackupSelection): Unmet[] {
  const { iamRoleArn: roleArn } = selection;
  /** Resources and vaults: several rules back up into one vault. */
  const seen = new Set<string>();
  return ledger.permissions.asEnforced(() =>
    declaredBackups(ledger, plan, selection).flatMap((point) => {
      const { resource, vault } = point;
      const key = `${resource.number} ${vault.number}`;
      const backup = seen.has(key) ? [] : backupNeeds(ledger, roleArn, vault, resource);
      seen.add(key);
      const copies = declaredCopies(ledger, point);
      const source = copies.length === 0 ? undefined : sourceOf(ledger, point);
      const copying = source === undefined ? [] : copies.flatMap((copy) => ofCopy(ledger, roleArn, source, copy.vault));
      return [...asked.denied('backup', resource, backup), ...asked.denied('copy', resource, copying)];
    }),
  );
}

/** Across accounts what the destination lets in, and what keys let it read, is not for the role to have. */
function ofCopy(ledger: Ledger, roleArn: string, source: PointSource, destination: Vault): Need[] {
  if (destination.made.env.account === source.vault.made.env.account) {
    return copyNeeds(ledger, roleArn, source, destination);
  }
  const crossing = crossingNeeds(ledger, roleArn, source, destination);
  return crossing.filter(({ request }) => request.principal.arn === roleArn && request.resource !== destination.arn);
}
