/**
 * DescribeConfigRules: those of these names, or all.
 *
 * Source   API of AWS Config 2014-11-12: pages of 25 rules.
 */
import type { DescribeConfigRulesCommandInput, DescribeConfigRulesCommandOutput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findConfigRule } from '../config-things';
import { pageOf } from '../page';

const PAGE = 25;

export function describeConfigRules(
  state: WorldState,
  caller: Caller,
  { ConfigRuleNames: names = [], NextToken }: DescribeConfigRulesCommandInput,
): Omit<DescribeConfigRulesCommandOutput, '$metadata'> {
  const { config } = state.services;
  const rules =
    names.length === 0 ? config.rules.list(caller) : names.map((name) => findConfigRule(state, caller, name));
  const page = pageOf(rules, PAGE, NextToken, {
    service: 'config',
    operation: 'DescribeConfigRules',
    keyOf: ({ arn }) => arn,
  });
  return given({
    ConfigRules: page.items.map(({ arn, id, declared }) => ({
      EvaluationModes: [{ Mode: 'DETECTIVE' as const }],
      ...declared,
      ConfigRuleArn: arn,
      ConfigRuleId: id,
      ConfigRuleState: 'ACTIVE' as const,
    })),
    NextToken: page.nextToken,
  });
}
