/**
 * CreateSecret.
 *
 * Source   API of Secrets Manager 2017-10-17: ResourceExistsException, InvalidRequestException for a name that is being deleted. Replicas are not
 *          modelled.
 */
import type { CreateSecretCommandInput, CreateSecretCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { Secret, SecretVersion } from '../../domain/secrets';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { addVersion, hasValue } from '../find-secret';
import { required } from '../find-vault';
import { tagsOf } from '../tag-list';

export function createSecret(
  state: WorldState,
  caller: Caller,
  input: CreateSecretCommandInput,
): Omit<CreateSecretCommandOutput, '$metadata'> {
  const name = required(input.Name, 'Name');
  const { secrets } = state.services;
  if (!/^[\w/+=.@-]{1,512}$/.test(name)) {
    throw new AwsFault(
      'ValidationException',
      `Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!`,
    );
  }
  if ((input.AddReplicaRegions ?? []).length > 0) {
    throw new AwsFault('NotEmulated', 'secretsmanager: replicas of secrets are not emulated');
  }
  const standing = secrets.tryFind(caller, name, state.now);
  if (standing?.deletedAt !== undefined) {
    const why = "You can't create this secret because a secret with this name is already scheduled for deletion.";
    throw new AwsFault('InvalidRequestException', why);
  }
  const again = standing === undefined ? undefined : repeatedVersion(standing, input);
  if (standing !== undefined && again !== undefined) {
    return { ARN: standing.arn, Name: name, VersionId: again.id };
  }
  if (standing !== undefined) {
    const why = `The operation failed because the secret ${name} already exists.`;
    throw new AwsFault('ResourceExistsException', why);
  }
  const { partition, region, account } = caller;
  const secret = {
    name,
    arn: secrets.arnFor({ partition, region, account }, name),
    createdAt: state.now,
    description: input.Description,
    keyId: input.KmsKeyId,
    changedAt: state.now,
    deletedAt: undefined,
    goneAt: undefined,
    policy: undefined,
    tags: tagsOf(input.Tags),
    versions: new Map(),
  };
  const valued = input.SecretString !== undefined || input.SecretBinary !== undefined;
  const version = valued ? addVersion(state, secret, input) : undefined;
  secrets.put(caller, secret);
  return given({ ARN: secret.arn, Name: name, VersionId: version?.id });
}

/** Source: CreateSecret, ClientRequestToken: a version of that id and the same value is what the first call made. */
function repeatedVersion(
  { versions }: Secret,
  { ClientRequestToken: token, SecretString, SecretBinary }: CreateSecretCommandInput,
): SecretVersion | undefined {
  const version = token === undefined ? undefined : versions.get(token);
  return version !== undefined && hasValue(version, SecretString, SecretBinary) ? version : undefined;
}
