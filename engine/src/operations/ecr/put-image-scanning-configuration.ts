/**
 * PutImageScanningConfiguration.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type {
  PutImageScanningConfigurationCommandInput,
  PutImageScanningConfigurationCommandOutput,
} from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRepository } from '../find-repository';

export function putImageScanningConfiguration(
  state: WorldState,
  caller: Caller,
  input: PutImageScanningConfigurationCommandInput,
): Omit<PutImageScanningConfigurationCommandOutput, '$metadata'> {
  const found = findRepository(state, caller, input);
  const scanOnPush = input.imageScanningConfiguration?.scanOnPush ?? false;
  state.services.repositories.change(found, { scanOnPush });
  const { env, name } = found;
  return { registryId: env.account, repositoryName: name, imageScanningConfiguration: { scanOnPush } };
}
