/**
 * The repository that a call names, and how answers show one.
 *
 * Pure: reads the World.
 * Source   ECR API reference 2015-09-21: exceptions and their texts (read 2026-11-26).
 */
import type { EncryptionType, ImageTagMutability, Repository as Shown, Tag } from '@aws-sdk/client-ecr';
import { Repository, repositoryArn } from '../domain/repositories';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';

/** The members that name a repository. */
export interface NamesRepository {
  readonly registryId?: string | undefined;
  readonly repositoryName?: string | undefined;
}

export function findRepository(state: WorldState, caller: Caller, names: NamesRepository): Repository {
  const { repositoryName: name = '', registryId: account = caller.account } = names;
  const found = state.services.repositories.tryFind({ ...caller, account }, name);
  if (found === undefined) {
    throw new AwsFault(
      'RepositoryNotFoundException',
      `The repository with name '${name}' does not exist in the registry with id '${account}'`,
    );
  }
  return found;
}

/** What a repository may have one of: the name that texts give it, and that of its exception. */
const POLICIES = {
  lifecyclePolicy: ['Lifecycle policy', 'LifecyclePolicyNotFoundException'],
  policy: ['Repository policy', 'RepositoryPolicyNotFoundException'],
} as const;

/** @throws AwsFault where the repository has none */
export function policyTextOf(repository: Repository, which: keyof typeof POLICIES): string {
  const { env, name, [which]: text } = repository;
  if (text === undefined) {
    const [called, exception] = POLICIES[which];
    throw new AwsFault(
      exception,
      `${called} does not exist for the repository with name '${name}' in the registry with id '${env.account}'`,
    );
  }
  return text;
}

/** By ARN, as calls about tags name it. */
export function findRepositoryByArn(state: WorldState, caller: Caller, arn = ''): Repository {
  const [, account, name] = /^arn:[^:]+:ecr:[^:]+:(\d{12}):repository\/(.+)$/.exec(arn) ?? [];
  if (name === undefined) {
    throw new AwsFault(
      'InvalidParameterException',
      `Invalid parameter at 'resourceArn' failed to satisfy constraint: '${arn}'`,
    );
  }
  return findRepository(state, caller, { registryId: account, repositoryName: name });
}

export function shownRepository({ env, name, createdAt, tagMutability, scanOnPush, encryption }: Repository): Shown {
  return {
    repositoryArn: repositoryArn(env, name),
    registryId: env.account,
    repositoryName: name,
    repositoryUri: `${registryOf(env)}/${name}`,
    createdAt: dateOf(createdAt),
    imageTagMutability: tagMutability as ImageTagMutability,
    imageScanningConfiguration: { scanOnPush },
    encryptionConfiguration: given({
      encryptionType: encryption.type as EncryptionType,
      kmsKey: encryption.keyArn,
    }),
  };
}

/** Where docker would find it. */
export function registryOf({ account, region, partition }: Repository['env']): string {
  return `${account}.dkr.ecr.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
}

export function repositoryTags(tags: readonly Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}
