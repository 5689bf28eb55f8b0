/**
 * PutConfigRule: a rule that is there is changed.
 *
 * Source   API of AWS Config 2014-11-12.
 * Gaps     The rule is kept and not evaluated.
 */
import type { PutConfigRuleCommandInput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { refuseWithoutRecorder } from '../config-things';
import { required } from '../find-vault';
import { tagsOf } from '../tag-list';

export function putConfigRule(state: WorldState, caller: Caller, input: PutConfigRuleCommandInput): void {
  const { config } = state.services;
  refuseWithoutRecorder(state, caller, 'config rule');
  const declared = required(input.ConfigRule, 'ConfigRule');
  const named = config.rules
    .list(caller)
    .find(({ arn, id }) => arn === declared.ConfigRuleArn || id === declared.ConfigRuleId);
  const name = required(declared.ConfigRuleName ?? named?.declared.ConfigRuleName, 'ConfigRuleName');
  const before = config.rules.tryFind(caller, name);
  const { partition, account, region } = caller;
  const id = config.idOf('config-rule', caller, name, 6);
  config.rules.put(caller, name, {
    arn: `arn:${partition}:config:${region}:${account}:config-rule/${id}`,
    id,
    declared: { ...declared, ConfigRuleName: name },
    tags: before?.tags ?? tagsOf(input.Tags),
  });
}
