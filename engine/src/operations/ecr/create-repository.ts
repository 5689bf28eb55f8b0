/**
 * CreateRepository.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { CreateRepositoryCommandInput, CreateRepositoryCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { repositoryTags, shownRepository } from '../find-repository';

const NAME = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

export function createRepository(
  state: WorldState,
  caller: Caller,
  input: CreateRepositoryCommandInput,
): Omit<CreateRepositoryCommandOutput, '$metadata'> {
  const name = input.repositoryName ?? '';
  if (!NAME.test(name) || name.length < 2 || name.length > 256) {
    throw new AwsFault(
      'InvalidParameterException',
      `Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression ${NAME.source}'`,
    );
  }
  const { repositories } = state.services;
  const { partition, account, region } = caller;
  const env = { partition, account, region };
  if (repositories.tryFind(env, name) !== undefined) {
    throw new AwsFault(
      'RepositoryAlreadyExistsException',
      `The repository with name '${name}' already exists in the registry with id '${account}'`,
    );
  }
  const { encryptionType: type = 'AES256', kmsKey } = input.encryptionConfiguration ?? {};
  const made = repositories.put({
    env,
    name,
    createdAt: state.now,
    encryption: { type, keyArn: kmsKey },
    tagMutability: input.imageTagMutability ?? 'MUTABLE',
    scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
    policy: undefined,
    lifecyclePolicy: undefined,
    tags: repositoryTags(input.tags),
  });
  return { repository: shownRepository(made) };
}
