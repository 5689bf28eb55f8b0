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
import { pageOf } from '../page';

const PAGE = 100;

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
  const page = pageOf(all, input.maxResults ?? PAGE, input.nextToken, {
    service: 'ecr',
    operation: 'DescribeRepositories',
    parent: account,
    keyOf: ({ name }) => name,
  });
  return given({ repositories: page.items.map(shownRepository), nextToken: page.nextToken });
}
