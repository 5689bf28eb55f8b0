import { Finding, RuleCatalog } from '@holdfast/model';
import { SYNTH } from './token-values';

/** What the rules find in a list of which each member makes a resource. */
export function checkListKnown(list: string[], path: string): Finding[] {
  if (SYNTH.known(list)) {
    return [];
  }
  const { rule, effect, severity, allowed, source } = RuleCatalog.find('terraform-list-known');
  return [{ rule, effect, severity, path, message: `must be ${allowed}, got a token`, source }];
}
