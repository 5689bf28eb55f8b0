import { Finding, IValueProbe } from '../finding';
import { RestoreTestingConditions } from '../restore-testing-selection';
import { at, found } from './found';
import { absent, lengthOf, members, readable, shown } from './reading';
import { RESTORE_TESTING_SELECTION as RULES } from './tables/restore-testing';

const KEY = /^aws:ResourceTag\/.+$/;
const OPERATORS = ['stringEquals', 'stringNotEquals'] as const;

interface Condition {
  readonly operator: (typeof OPERATORS)[number];
  readonly value: string;
  readonly path: string;
}

/** The conditions of a selection, all of which a resource must meet. */
export function checkTestConditions(
  conditions: RestoreTestingConditions | undefined,
  path: string,
  probe: IValueProbe,
): Finding[] {
  if (!readable(conditions, probe)) {
    return [];
  }
  const findings: Finding[] = [];
  const count = OPERATORS.reduce((sum, operator) => sum + (lengthOf(conditions[operator], probe) ?? 0), 0);
  if (count > 30) {
    findings.push(found(RULES.conditions, path, String(count)));
  }
  const byKey = new Map<string, Condition[]>();
  for (const operator of OPERATORS) {
    for (const [index, { key, value }] of members(conditions[operator], probe)) {
      const where = at(at(path, operator), index);
      if (absent(key) || (probe.known(key) && !KEY.test(String(key)))) {
        findings.push(found(RULES.conditionKey, at(where, 'key'), shown(key)));
      }
      if (readable(key, probe) && readable(value, probe)) {
        byKey.set(key, [...(byKey.get(key) ?? []), { operator, value: String(value), path: where }]);
      }
    }
  }
  return [...findings, ...[...byKey].flatMap(([key, all]) => checkTogether(key, all))];
}

/** Two conditions on one tag that no value meets. */
function checkTogether(key: string, all: readonly Condition[]): Finding[] {
  const equals = all.filter(({ operator }) => operator === 'stringEquals');
  const first = equals[0];
  const other =
    first &&
    (equals.find(({ value }) => value !== first.value) ??
      all.find(({ operator, value }) => operator === 'stringNotEquals' && value === first.value));
  if (first === undefined || other === undefined) {
    return [];
  }
  const given = `${first.operator} ${first.value} with ${other.operator} ${other.value} on ${key}`;
  return [found(RULES.contradiction, other.path, given)];
}
