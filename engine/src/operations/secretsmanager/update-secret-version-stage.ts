/**
 * UpdateSecretVersionStage.
 *
 * Source   API of Secrets Manager 2017-10-17: a stage moves from one version to another, or goes.
 */
import type {
  UpdateSecretVersionStageCommandInput,
  UpdateSecretVersionStageCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import { moveStage } from '../../domain/secrets';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findSecret, findVersion, forgetDeprecated } from '../find-secret';
import { required } from '../find-vault';

export function updateSecretVersionStage(
  state: WorldState,
  caller: Caller,
  input: UpdateSecretVersionStageCommandInput,
): Omit<UpdateSecretVersionStageCommandOutput, '$metadata'> {
  const { SecretId, VersionStage, RemoveFromVersionId: from, MoveToVersionId: to } = input;
  const secret = findSecret(state, caller, SecretId);
  const stage = required(VersionStage, 'VersionStage');
  const holder = [...secret.versions.values()].find(({ stages }) => stages.has(stage));
  if (holder !== undefined && holder.id !== from && holder.id !== to) {
    const why = `The parameter RemoveFromVersionId must be ${holder.id}, as the stage ${stage} is attached to it.`;
    throw new AwsFault('InvalidParameterException', why);
  }
  moveStage(secret, stage, to === undefined ? undefined : findVersion(secret, { VersionId: to }));
  forgetDeprecated(secret);
  return { ARN: secret.arn, Name: secret.name };
}
