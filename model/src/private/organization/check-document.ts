import { Finding, IValueProbe } from '../../finding';
import { OrganizationsLimits } from '../../organizations-limits';
import { at, found } from '../found';
import { duplicates } from '../names';
import { shown } from '../reading';
import { ORGANIZATION_POLICY as RULES } from '../tables/organization';
import { SEPARATOR } from './render';
import { allowedBy, CHILD_CONTROL, Element, elementBelow, isObject, keyOf, PLANS, VALUE_OPERATORS } from './schema';

const { BACKUP_POLICY_CHARACTERS: SIZE } = OrganizationsLimits;

const TARGET_VAULT = 'target_backup_vault_arn';
const AIR_GAPPED = 'target_logically_air_gapped_backup_vault_arn';

/** The content of a policy, as an object; undefined when it is none. */
export function parsed(document: unknown): Record<string, unknown> | undefined {
  if (typeof document !== 'string') {
    return isObject(document) ? document : undefined;
  }
  try {
    const read: unknown = JSON.parse(document);
    return isObject(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** What the rules find in the content of a policy: its size, its elements, its operators. */
export function checkPolicyDocument(document: unknown, path: string, probe: IValueProbe): Finding[] {
  if (!probe.known(document)) {
    return [];
  }
  const content = parsed(document);
  if (content === undefined) {
    return [found(RULES.element, path, typeof document === 'string' ? 'no JSON object' : shown(document))];
  }
  const findings = checkSize(content, path, probe);
  for (const key of Object.keys(content).filter((name) => name !== 'plans')) {
    findings.push(found(RULES.element, at(path, key), key, 'plans alone at the top'));
  }
  if (isObject(content.plans)) {
    findings.push(...checkNode(content.plans, PLANS, ['plans'], { path, probe }));
  } else {
    findings.push(found(RULES.element, at(path, 'plans'), shown(content.plans), 'an object of plans'));
  }
  return findings;
}

interface Place {
  readonly path: string;
  readonly probe: IValueProbe;
}

function checkSize(content: Record<string, unknown>, path: string, probe: IValueProbe): Finding[] {
  // A token has another length once it is known.
  const size = hasTokens(content, probe) ? 0 : JSON.stringify(content).length;
  return size > SIZE ? [found(RULES.size, path, `${size} characters`)] : [];
}

function hasTokens(node: unknown, probe: IValueProbe): boolean {
  return (
    !probe.known(node) ||
    (typeof node === 'object' && node !== null && Object.values(node).some((below) => hasTokens(below, probe)))
  );
}

function checkNode(node: unknown, element: Element, keys: readonly string[], place: Place): Finding[] {
  if (!place.probe.known(node)) {
    return [];
  }
  const path = at(place.path, keys.join(SEPARATOR));
  if (!isObject(node)) {
    const allowed = isLeaf(element) ? RULES.value.allowed : 'an object of elements';
    return [found(RULES.value, path, shown(node), allowed)];
  }
  const findings = checkChildControl(node, path, place.probe);
  for (const [key, below] of Object.entries(node)) {
    const belowElement = elementBelow(element, key);
    if (key === CHILD_CONTROL || below === undefined) {
      continue;
    } else if (key.startsWith('@@')) {
      findings.push(...checkOperator(key, below, element, path, place.probe));
    } else if (belowElement === undefined) {
      findings.push(found(RULES.element, at(path, key), key, knownElements(element)));
    } else {
      findings.push(...checkNode(below, belowElement, [...keys, key], place));
    }
  }
  findings.push(...checkNames(node, element, path), ...checkVariables(node, path), ...checkCopyKeys(node, path));
  return findings;
}

function isLeaf(element: Element): boolean {
  return element.kind === 'text' || element.kind === 'list';
}

function knownElements(element: Element): string {
  if (isLeaf(element)) {
    return 'an operator, as the element holds values alone';
  }
  return element.kind === 'members' ? Object.keys(element.members).join(', ') : RULES.element.allowed;
}

function checkChildControl(node: Record<string, unknown>, path: string, probe: IValueProbe): Finding[] {
  const control = node[CHILD_CONTROL];
  if (control === undefined || !probe.known(control) || (Array.isArray(control) && allowedBy(control) !== undefined)) {
    return [];
  }
  return [found(RULES.childControl, at(path, CHILD_CONTROL), JSON.stringify(control))];
}

function checkOperator(
  operator: string,
  values: unknown,
  element: Element,
  path: string,
  probe: IValueProbe,
): Finding[] {
  if (!(VALUE_OPERATORS as readonly string[]).includes(operator)) {
    return [found(RULES.operatorUnknown, path, operator)];
  }
  if (!isLeaf(element)) {
    return [found(RULES.value, path, operator, 'an object of elements, as values are set at the ends alone')];
  }
  if (element.kind === 'text' && operator !== '@@assign') {
    return [found(RULES.operatorSingle, path, operator)];
  }
  const right =
    element.kind === 'list'
      ? Array.isArray(values) && values.every((value) => typeof value === 'string')
      : typeof values === 'string';
  const allowed = element.kind === 'list' ? 'a list of texts' : 'one text: numbers and booleans, too, are in quotes';
  return right || !probe.known(values) ? [] : [found(RULES.value, at(path, operator), JSON.stringify(values), allowed)];
}

/** Names that the effective policy could not tell apart (Source B11.1/7). */
function checkNames(node: Record<string, unknown>, element: Element, path: string): Finding[] {
  return duplicates(Object.keys(node), (key) => keyOf(element, key)).map(([first, second]) =>
    found(RULES.keys, at(path, second), `${second} beside ${first}`),
  );
}

/** `$region` where it is not put in (Source B11.1/5). */
function checkVariables(node: Record<string, unknown>, path: string): Finding[] {
  const key = path.split(SEPARATOR).at(-1);
  return VALUE_OPERATORS.flatMap((operator) => {
    const texts = [node[operator]].flat().filter((value): value is string => typeof value === 'string');
    return key === AIR_GAPPED
      ? []
      : texts.filter((value) => value.includes('$region')).map((value) => found(RULES.regionVariable, path, value));
  });
}

/** A copy action stands under the ARN that it names (Source B11.1). */
function checkCopyKeys(node: Record<string, unknown>, path: string): Finding[] {
  const target = node[TARGET_VAULT];
  const key = path.split(SEPARATOR).at(-1);
  const arn = isObject(target) ? target['@@assign'] : undefined;
  return typeof arn === 'string' && arn !== key
    ? [found(RULES.copyKey, at(path, TARGET_VAULT), arn, `${key}, the key of the copy action`)]
    : [];
}
