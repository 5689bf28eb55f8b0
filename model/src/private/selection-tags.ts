import { Finding, IValueProbe } from '../finding';
import { SelectionConditions, TagCondition } from '../selection';
import { matches } from './arns';
import { at, found } from './found';
import { absent, lengthOf, members, readable, shown } from './reading';
import { RESOURCE_TAG } from './resource-tag';
import { SELECTION_RULES as RULES } from './tables/selection';

type Operator = 'stringEquals' | 'stringNotEquals' | 'stringLike' | 'stringNotLike';
const OPERATORS: readonly Operator[] = ['stringEquals', 'stringNotEquals', 'stringLike', 'stringNotLike'];

/** Operators that know no wildcard. */
const EXACT: readonly Operator[] = ['stringEquals', 'stringNotEquals'];

/** The tags of `listOfTags`, any one of which suffices. */
export function checkTags(tags: TagCondition[] | undefined, path: string, probe: IValueProbe): Finding[] {
  const findings: Finding[] = [];
  const count = lengthOf(tags, probe) ?? 0;
  if (count > 30) {
    findings.push(found(RULES.tags, path, String(count)));
  }
  const keys = new Set<string>();
  for (const [index, tag] of members(tags, probe)) {
    const { conditionKey: key, conditionValue: value, conditionType: type } = tag;
    if (readable(type, probe) && type !== 'STRINGEQUALS') {
      findings.push(
        found(RULES.conditionType, at(at(path, index), 'conditionType'), type === '' ? 'none' : shown(type)),
      );
    }
    if (absent(key) || (probe.known(key) && /^aws:ResourceTag\//i.test(key))) {
      findings.push(found(RULES.tagKey, at(at(path, index), 'conditionKey'), shown(key)));
    }
    if (readable(value, probe) && String(value).includes('*')) {
      findings.push(found(RULES.tagStar, at(at(path, index), 'conditionValue'), value));
    }
    if (readable(key, probe)) {
      keys.add(key);
    }
  }
  if (keys.size > 1) {
    findings.push(found(RULES.tagsOr, path, `${keys.size} keys: ${[...keys].join(', ')}`));
  }
  return findings;
}

/** How many conditions there are, when that is known. */
export function conditionCount(conditions: SelectionConditions | undefined, probe: IValueProbe): number | undefined {
  if (absent(conditions)) {
    return 0;
  }
  if (!probe.known(conditions)) {
    return undefined;
  }
  let count = 0;
  for (const operator of OPERATORS) {
    const length = absent(conditions[operator]) ? 0 : lengthOf(conditions[operator], probe);
    if (length === undefined) {
      return undefined;
    }
    count += length;
  }
  return count;
}

/** The conditions, all of which a resource must meet. */
export function checkConditions(
  conditions: SelectionConditions | undefined,
  path: string,
  probe: IValueProbe,
): Finding[] {
  if (!readable(conditions, probe)) {
    return [];
  }
  const findings: Finding[] = [];
  const count = conditionCount(conditions, probe) ?? 0;
  if (count > 30) {
    findings.push(found(RULES.conditions, path, String(count)));
  }
  const byKey = new Map<string, Condition[]>();
  for (const operator of OPERATORS) {
    for (const [index, { conditionKey: key, conditionValue: value }] of members(conditions[operator], probe)) {
      const conditionPath = at(at(path, operator), index);
      findings.push(...checkKey(key, at(conditionPath, 'conditionKey'), probe));
      if (EXACT.includes(operator) && readable(value, probe) && String(value).includes('*')) {
        findings.push(found(RULES.conditionStar, at(conditionPath, 'conditionValue'), String(value)));
      }
      if (readable(key, probe) && readable(value, probe)) {
        byKey.set(key, [...(byKey.get(key) ?? []), { operator, value: String(value), path: conditionPath }]);
      }
    }
  }
  for (const [key, all] of byKey) {
    findings.push(...checkTogether(key, all));
  }
  return findings;
}

interface Condition {
  readonly operator: Operator;
  readonly value: string;
  readonly path: string;
}

function checkKey(key: unknown, path: string, probe: IValueProbe): Finding[] {
  if (!absent(key) && !probe.known(key)) {
    return [];
  }
  const text = String(key);
  if (text.startsWith(RESOURCE_TAG) && text.length > RESOURCE_TAG.length) {
    return [];
  }
  const onlyCase = text.toLowerCase().startsWith(RESOURCE_TAG.toLowerCase()) && text.length > RESOURCE_TAG.length;
  return [found(onlyCase ? RULES.conditionKeyCase : RULES.conditionKey, path, shown(key))];
}

/** What the conditions on one tag come to. */
function checkTogether(key: string, all: readonly Condition[]): Finding[] {
  const of = (operator: Operator) => all.filter((condition) => condition.operator === operator);
  const contradiction = firstContradiction(of('stringEquals'), of('stringLike'), [
    ...of('stringNotEquals'),
    ...of('stringNotLike'),
  ]);
  if (contradiction !== undefined) {
    const [one, other] = contradiction;
    const given = `${one.operator} ${one.value} with ${other.operator} ${other.value} on ${key}`;
    return [found(RULES.contradiction, other.path, given)];
  }
  const positive = of('stringEquals').length + of('stringLike').length;
  const [negative] = [...of('stringNotEquals'), ...of('stringNotLike')];
  return positive === 0 && negative !== undefined
    ? [found(RULES.negative, negative.path, `${negative.operator} ${negative.value} alone on ${key}`)]
    : [];
}

/** Two conditions that no value of a tag meets together. */
function firstContradiction(
  equals: readonly Condition[],
  like: readonly Condition[],
  negative: readonly Condition[],
): [Condition, Condition] | undefined {
  for (const one of equals) {
    const other =
      equals.find((condition) => condition.value !== one.value) ??
      like.find((condition) => !matches(condition.value, one.value)) ??
      negative.find((condition) => excludes(condition, one.value));
    if (other !== undefined) {
      return [one, other];
    }
  }
  for (const one of like) {
    // A pattern read as text stands for all that it matches: `prod*` excludes `prod/*`.
    const other = negative.find(
      (condition) => condition.operator === 'stringNotLike' && excludes(condition, one.value),
    );
    if (other !== undefined) {
      return [one, other];
    }
  }
  return undefined;
}

function excludes(condition: Condition, value: string): boolean {
  return condition.operator === 'stringNotEquals' ? condition.value === value : matches(condition.value, value);
}
