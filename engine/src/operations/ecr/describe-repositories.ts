/**
 * DescribeRepositories: those that are named, or all.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { DescribeRepositoriesCommandInput, DescribeRepositoriesCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { findRepository, shownRepository } from '../find-repository';

export function describeRepositories(
  state: WorldState,
  caller: Caller,
  input: DescribeRepositoriesCommandInput,
): Omit<DescribeRepositoriesCommandOutput, '$metadata'> {
  const { registryId: account = caller.account, repositoryNames: names } = input;
  if (names !== undefined && names.length > 0) {
    const found = names.map((repositoryName) => findRepository(state, caller, { registryId: account, repositoryName }));
    return { repositories: found.map(shownRepository) };
  }
  const all = state.services.repositories.list({ ...caller, account });
  const after = input.nextToken ?? '';
  const left = all.filter(({ name }) => name > after);
  const page = left.slice(0, input.maxResults ?? 100);
  return given({
    repositories: page.map(shownRepository),
    nextToken: page.length < left.length ? page.at(-1)?.name : undefined,
  });
}
