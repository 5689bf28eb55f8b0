/**
 * The tiering configuration that a call names, and its shape.
 *
 * Pure: reads the World. Assumed: the text.
 */
import type { ResourceSelection, TieringConfiguration as SdkTiering } from '@aws-sdk/client-backup';
import type { TieringConfiguration } from '@holdfast/model';
import type { StandingTiering } from '../domain/tiering-runs';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given, toDate } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

export function findTiering(state: WorldState, caller: Caller, name: string | undefined): StandingTiering {
  const wanted = required(name, 'TieringConfigurationName');
  const all = state.tiering.list(placeOf(caller));
  const found = all.find(({ declaration }) => declaration.tieringConfigurationName === wanted);
  if (found === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Tiering configuration ${wanted} does not exist.`);
  }
  return found;
}

/** The declaration of a request. */
export function toTiering(
  { partition, account, region }: Caller,
  name: string,
  vault: string | undefined,
  selections: readonly ResourceSelection[] | undefined,
  tags?: Record<string, string>,
): TieringConfiguration {
  return {
    tieringConfigurationName: name,
    backupVaultName: required(vault, 'BackupVaultName'),
    env: { partition, account, region },
    resourceSelection: required(selections, 'ResourceSelection').map((one) => ({
      resourceType: one.ResourceType ?? '',
      resources: one.Resources ?? [],
      tieringDownSettingsInDays: one.TieringDownSettingsInDays ?? 0,
    })),
    ...(tags !== undefined && { tags }),
  };
}

export function showTiering(standing: StandingTiering): SdkTiering {
  const { declaration, arn, createdAt, updatedAt, creatorRequestId } = standing;
  return {
    TieringConfigurationName: declaration.tieringConfigurationName,
    TieringConfigurationArn: arn,
    BackupVaultName: declaration.backupVaultName,
    ResourceSelection: declaration.resourceSelection.map((one) => ({
      ResourceType: one.resourceType,
      Resources: [...one.resources],
      TieringDownSettingsInDays: one.tieringDownSettingsInDays,
    })),
    CreationTime: dateOf(createdAt),
    ...given({ CreatorRequestId: creatorRequestId, LastUpdatedTime: toDate(updatedAt) }),
  };
}
