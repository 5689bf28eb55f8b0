import { GuardrailExemption, GuardrailRoles } from '../../guardrail-options';
import { ArnParts, arnParts } from '../arns';
import { Glob } from '../glob';

/** Condition operators, their keys, and the values of each. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What is named by whom a declaration exempts. */
export type ExemptResources = 'exempt-roles' | 'break-glass-roles' | 'other-exempt-roles' | 'exempt-policies';

/** A statement as a guardrail declares it: before anybody is exempt. */
export interface Template {
  readonly actions: readonly string[];
  /** Resources, or who they are made from: roles that are exempt themselves, or their policies. */
  readonly resources?: readonly string[] | ExemptResources;
  readonly conditions?: Conditions;
  readonly exempt: GuardrailExemption;
  /** Resource control policies name everybody. */
  readonly principal?: '*';
}

/** A statement of a policy, always a denial, with lists even where JSON would have one value. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Deny';
  readonly Principal?: '*';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Conditions;
}

/**
 * The role that AWS Backup makes and passes unless another is given.
 *
 * Source 12.
 */
const DEFAULT_BACKUP_ROLE = 'arn:*:iam::*:role/service-role/AWSBackupDefaultServiceRole';

/** ARNs and patterns whom a statement of this exemption does not bind; the wider ones stand for those they cover. */
export function exemptArns(exempt: GuardrailExemption, roles: GuardrailRoles): string[] {
  const { breakGlassRoleArns = [], deploymentRoleArns = [], backupRoleArns = [DEFAULT_BACKUP_ROLE] } = roles;
  const more = {
    [GuardrailExemption.NOBODY]: undefined,
    [GuardrailExemption.BREAK_GLASS]: [],
    [GuardrailExemption.DEPLOYMENT]: deploymentRoleArns,
    [GuardrailExemption.BACKUP]: backupRoleArns,
  }[exempt];
  return more === undefined ? [] : widest([...breakGlassRoleArns, ...more]);
}

/** Each ARN once, without those that another pattern covers. */
function widest(arns: readonly string[]): string[] {
  const all = [...new Set(arns)].sort();
  return all.filter((arn) => !all.some((other) => other !== arn && covers(other, arn)));
}

/** Whether whatever matches an ARN pattern matches another: part by part, as `ArnLike` does. */
function covers(wide: string, narrow: string): boolean {
  const [a, b] = [arnParts(wide), arnParts(narrow)];
  const parts: readonly (keyof ArnParts)[] = ['partition', 'service', 'region', 'account', 'resource'];
  return a !== undefined && b !== undefined && parts.every((part) => new Glob(a[part]).matches(b[part]));
}

function exemptResources(which: ExemptResources, roles: GuardrailRoles): string[] {
  const others = { ...roles, breakGlassRoleArns: [] };
  const every = (from: GuardrailRoles) =>
    widest([GuardrailExemption.DEPLOYMENT, GuardrailExemption.BACKUP].flatMap((exempt) => exemptArns(exempt, from)));
  return {
    'exempt-roles': () => every(roles),
    'break-glass-roles': () => exemptArns(GuardrailExemption.BREAK_GLASS, roles),
    'other-exempt-roles': () => every(others),
    'exempt-policies': () => widest(roles.exemptPolicyArns ?? []),
  }[which]();
}

/**
 * The statement with its exempt roles; nothing where it has no resource.
 *
 * `aws:PrincipalArn` of a session is the ARN of its role, path included, and of the root user it ends in `:root`, which
 * no pattern of roles matches. `ArnNotLike` over a list denies whoever matches none of it.
 */
export function statementOf(template: Template, roles: GuardrailRoles): Statement[] {
  const { resources: wanted = ['*'] } = template;
  const resources = typeof wanted === 'string' ? exemptResources(wanted, roles) : wanted;
  const exempt = exemptArns(template.exempt, roles);
  const conditions: Conditions = {
    ...template.conditions,
    ...(exempt.length === 0 ? {} : { ArnNotLike: { ...template.conditions?.ArnNotLike, 'aws:PrincipalArn': exempt } }),
  };
  if (resources.length === 0) {
    return [];
  }
  return [
    {
      Effect: 'Deny',
      ...(template.principal === undefined ? {} : { Principal: template.principal }),
      Action: [...template.actions].sort(),
      Resource: [...resources].sort(),
      ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
    },
  ];
}

/** A statement as JSON has it: a list of one is its value, which is shorter. */
export function rendered(statement: Statement): object {
  const { Sid, Effect, Principal, Action, Resource, Condition } = statement;
  return {
    ...(Sid === undefined ? {} : { Sid }),
    Effect,
    ...(Principal === undefined ? {} : { Principal }),
    Action: single(Action),
    Resource: single(Resource),
    ...(Condition === undefined ? {} : { Condition: renderedConditions(Condition) }),
  };
}

function renderedConditions(conditions: Conditions): object {
  return Object.fromEntries(
    Object.entries(conditions).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, value]) => [key, Array.isArray(value) ? single(value) : value]),
      ),
    ]),
  );
}

function single(list: readonly unknown[]): unknown {
  return list.length === 1 ? list[0] : [...list];
}
