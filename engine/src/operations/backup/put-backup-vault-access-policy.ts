/**
 * PutBackupVaultAccessPolicy. The policy is kept; whether it is evaluated is the World's setting.
 *
 * Source   B7.2.
 */
import type { PutBackupVaultAccessPolicyInput } from '@aws-sdk/client-backup';
import { BackupVaultRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import { parseJson } from '../../kernel/json';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findVault, required } from '../find-vault';
import { refuse, WIRE } from '../refuse';

export function putBackupVaultAccessPolicy(
  state: WorldState,
  caller: Caller,
  input: PutBackupVaultAccessPolicyInput,
): void {
  const vault = findVault(state, caller, input.BackupVaultName);
  const policy = required(input.Policy, 'Policy');
  let accessPolicy: unknown;
  try {
    accessPolicy = parseJson(policy);
  } catch {
    // Assumed: the text.
    throw new AwsFault('InvalidParameterValueException', 'Policy must be a JSON document.');
  }
  refuse(BackupVaultRules.check({ backupVaultName: vault.name, env: vault.made.env, accessPolicy }, '', WIRE));
  vault.accessPolicy = policy;
  state.ledger.policyVersion++;
}
