/**
 * DescribeParameters: what is said of them, without their values.
 *
 * Source   API of Systems Manager 2014-11-06: pages of 50.
 * Gaps     Filters by Name, Path, Type and Tier; others answer NotEmulated.
 */
import type {
  DescribeParametersCommandInput,
  DescribeParametersCommandOutput,
  ParameterStringFilter,
} from '@aws-sdk/client-ssm';
import { newestOf, Parameter } from '../../domain/parameters';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { isUnder } from '../find-parameter';
import { pageOf } from '../page';

const PAGE = 50;

export function describeParameters(
  state: WorldState,
  caller: Caller,
  input: DescribeParametersCommandInput,
): Omit<DescribeParametersCommandOutput, '$metadata'> {
  const named = (input.Filters ?? []).map(({ Key, Values }) => ({ Key, Option: 'BeginsWith', Values }));
  const filters = [...(input.ParameterFilters ?? []), ...named];
  const found = state.services.parameters.list(caller).filter((one) => filters.every((filter) => passes(one, filter)));
  const page = pageOf(found, input.MaxResults ?? PAGE, input.NextToken, {
    service: 'ssm',
    operation: 'DescribeParameters',
    keyOf: ({ name }) => name,
  });
  return given({
    Parameters: page.items.map((parameter) => {
      const newest = newestOf(parameter);
      return given({
        Name: parameter.name,
        ARN: parameter.arn,
        Type: newest.type,
        KeyId: newest.keyId,
        LastModifiedDate: dateOf(newest.changedAt),
        Description: newest.description,
        AllowedPattern: newest.allowedPattern,
        Version: newest.version,
        Tier: newest.tier,
        Policies: [],
        DataType: newest.dataType,
      });
    }),
    NextToken: page.nextToken,
  });
}

function passes(parameter: Parameter, { Key, Option, Values = [] }: Partial<ParameterStringFilter>): boolean {
  const { type, tier } = newestOf(parameter);
  const facts: Readonly<Record<string, string>> = { Name: parameter.name, Type: type, Tier: tier };
  if (Key === 'Path') {
    return Values.some((path) => isUnder(parameter.name, path, Option === 'Recursive'));
  }
  const fact = facts[Key ?? ''];
  if (fact === undefined) {
    throw new AwsFault('NotEmulated', `ssm: filters of DescribeParameters by ${Key} are not emulated`);
  }
  switch (Option ?? 'Equals') {
    case 'BeginsWith':
      return Values.some((value) => fact.startsWith(value));
    case 'Contains':
      return Values.some((value) => fact.includes(value));
    default:
      return Values.includes(fact);
  }
}
