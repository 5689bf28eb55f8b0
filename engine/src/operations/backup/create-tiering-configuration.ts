/**
 * CreateTieringConfiguration.
 *
 * Source   B5.7/1; B1.5: a repeated CreatorRequestId is answered with what the first call made. Assumed: the texts.
 */
import type { CreateTieringConfigurationInput, CreateTieringConfigurationOutput } from '@aws-sdk/client-backup';
import { TieringConfigurationRules } from '@holdfast/model';
import type { StandingTiering } from '../../domain/tiering-runs';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { toTiering } from '../find-tiering';
import { findVault, required } from '../find-vault';
import { refuse, WIRE } from '../refuse';

export function createTieringConfiguration(
  state: WorldState,
  caller: Caller,
  input: CreateTieringConfigurationInput,
): CreateTieringConfigurationOutput {
  const asked = required(input.TieringConfiguration, 'TieringConfiguration');
  const name = required(asked.TieringConfigurationName, 'TieringConfigurationName');
  const tags = input.TieringConfigurationTags;
  const declaration = toTiering(caller, name, asked.BackupVaultName, asked.ResourceSelection, tags);
  refuse(TieringConfigurationRules.check(declaration, '', WIRE));
  if (declaration.backupVaultName !== '*') {
    findVault(state, caller, declaration.backupVaultName);
  }
  const standing = state.tiering.list(placeOf(caller));
  const again = standing.find(
    ({ creatorRequestId }) => creatorRequestId !== undefined && creatorRequestId === input.CreatorRequestId,
  );
  if (again !== undefined) {
    return answer(again);
  }
  const taken = standing.find(
    (one) =>
      one.declaration.tieringConfigurationName === name ||
      one.declaration.backupVaultName === declaration.backupVaultName,
  );
  if (taken !== undefined) {
    const which = `Tiering configuration ${taken.declaration.tieringConfigurationName} already exists`;
    throw new AwsFault('AlreadyExistsException', `${which} for ${taken.declaration.backupVaultName}.`, {
      arn: taken.arn,
    });
  }
  return answer(state.tiering.create(declaration, input.CreatorRequestId));
}

function answer({ arn, declaration, createdAt }: StandingTiering): CreateTieringConfigurationOutput {
  return {
    TieringConfigurationArn: arn,
    TieringConfigurationName: declaration.tieringConfigurationName,
    CreationTime: dateOf(createdAt),
  };
}
