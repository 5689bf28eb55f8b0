/**
 * DeleteConfigRule.
 *
 * Source   API of AWS Config 2014-11-12. Assumed: the rule is gone at once.
 */
import type { DeleteConfigRuleCommandInput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findConfigRule } from '../config-things';

export function deleteConfigRule(state: WorldState, caller: Caller, input: DeleteConfigRuleCommandInput): void {
  const { declared } = findConfigRule(state, caller, input.ConfigRuleName);
  state.services.config.rules.remove(caller, declared.ConfigRuleName ?? '');
}
