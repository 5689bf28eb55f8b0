/**
 * UpdateTieringConfiguration.
 *
 * Source   B5.7/1. Assumed: the text.
 */
import type { UpdateTieringConfigurationInput, UpdateTieringConfigurationOutput } from '@aws-sdk/client-backup';
import { TieringConfigurationRules } from '@holdfast/model';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findTiering, toTiering } from '../find-tiering';
import { findVault, required } from '../find-vault';
import { refuse, WIRE } from '../refuse';

export function updateTieringConfiguration(
  state: WorldState,
  caller: Caller,
  input: UpdateTieringConfigurationInput,
): UpdateTieringConfigurationOutput {
  const standing = findTiering(state, caller, input.TieringConfigurationName);
  const { tieringConfigurationName: name, tags } = standing.declaration;
  const asked = required(input.TieringConfiguration, 'TieringConfiguration');
  const declaration = toTiering(caller, name, asked.BackupVaultName, asked.ResourceSelection, tags);
  refuse(TieringConfigurationRules.check(declaration, '', WIRE));
  if (declaration.backupVaultName !== '*') {
    findVault(state, caller, declaration.backupVaultName);
  }
  const others = state.tiering.list(placeOf(caller)).filter((one) => one !== standing);
  if (others.some((one) => one.declaration.backupVaultName === declaration.backupVaultName)) {
    throw new AwsFault('AlreadyExistsException', `${declaration.backupVaultName} has a tiering configuration.`);
  }
  state.tiering.update(standing, declaration);
  return {
    TieringConfigurationArn: standing.arn,
    TieringConfigurationName: name,
    CreationTime: dateOf(standing.createdAt),
    LastUpdatedTime: dateOf(state.now),
  };
}
