import { Environment } from './environment';
import { Finding, IValueProbe, RuleDescription } from './finding';
import { GuardrailExemption } from './guardrail-options';
import { GuardrailDeclaration, GuardrailPolicies } from './guardrail-policies';
import { OrganizationsLimits } from './organizations-limits';
import { at, found } from './private/found';
import { exemptArns } from './private/guardrails/statement';
import { absent, lengthOf, members, readable, shown, whole } from './private/reading';
import { GUARDRAIL } from './private/tables/guardrail';

const ROLE = /^arn:(?:\*|aws[a-z-]*):iam::(?:\*|[\d?*]{1,12}):role\/[\w+=,.@\-/*?]+$/;
/** Wildcards and nothing else after `role/`, in each part of a path. */
const ANY_ROLE = /:role\/[*?/]+$/;
const TARGET = /^(?:r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/;
const NAME = /^[\x20-\x7e]{1,100}$/;

/** Policies of AWS, whose account is `aws`, nobody changes. */
const POLICY = /^arn:(?:\*|aws[a-z-]*):iam::(?:\*|[\d?*]{1,12}):policy\/[\w+=,.@\-/*?]+$/;

/** The lists of roles and of their policies, as they are declared, and the form of what is in them. */
const FORMS = {
  breakGlassRoleArns: [ROLE, GUARDRAIL.roleArn],
  deploymentRoleArns: [ROLE, GUARDRAIL.roleArn],
  backupRoleArns: [ROLE, GUARDRAIL.roleArn],
  exemptPolicyArns: [POLICY, GUARDRAIL.policyArn],
} as const;
type ListName = keyof typeof FORMS;
const LISTS = Object.keys(FORMS) as ListName[];
const OTHERS = ['otherServiceControlPolicies', 'otherResourceControlPolicies', 'otherDeclarativePolicies'] as const;

/**
 * What AWS refuses in guardrails, and what would bind nobody or everybody.
 */
export class GuardrailRules {
  /**
   * What the rules find, the packing into policies included. Never throws.
   *
   * @param declaration the guardrails
   * @param env where they are deployed from
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(
    declaration: GuardrailDeclaration,
    env: Environment,
    path: string,
    probe: IValueProbe,
  ): Finding[] {
    return [
      ...checkGuardrails(declaration, path, probe),
      ...checkRoles(declaration, path, probe),
      ...checkTargets(declaration, env, path, probe),
      ...checkNumbers(declaration, path, probe),
      ...checkNames(declaration, path, probe),
      ...(readableLists(declaration, probe) ? GuardrailPolicies.pack(declaration, path, probe).findings : []),
    ];
  }

  private constructor() {}
}

function readableLists(declaration: GuardrailDeclaration, probe: IValueProbe): boolean {
  return LISTS.every((name) => absent(declaration[name]) || probe.known(declaration[name]));
}

function checkGuardrails({ guardrails }: GuardrailDeclaration, path: string, probe: IValueProbe): Finding[] {
  const where = at(path, 'guardrails');
  const ids = guardrails.map(({ id }) => id);
  return [
    ...(guardrails.length === 0 ? [found(GUARDRAIL.none, where, '0')] : []),
    ...guardrails.flatMap((guardrail, index) => [
      ...(ids.indexOf(guardrail.id) < index ? [found(GUARDRAIL.repeated, at(where, index), guardrail.id)] : []),
      ...guardrail.check(at(where, index), probe),
    ]),
  ];
}

function checkRoles(declaration: GuardrailDeclaration, path: string, probe: IValueProbe): Finding[] {
  const exempting = new Set(declaration.guardrails.flatMap(({ exemptions }) => exemptions));
  const needs = (exemption: GuardrailExemption): boolean => exempting.has(exemption);
  const empty = (name: ListName): boolean => lengthOf(declaration[name] ?? [], probe) === 0;
  const findings = LISTS.flatMap((name) => checkArns(declaration, name, path, probe));
  if (exempting.size > (needs(GuardrailExemption.NOBODY) ? 1 : 0) && empty('breakGlassRoleArns')) {
    findings.push(found(GUARDRAIL.noBreakGlass, at(path, 'breakGlassRoleArns'), '0'));
  }
  if (needs(GuardrailExemption.DEPLOYMENT) && empty('deploymentRoleArns')) {
    findings.push(found(GUARDRAIL.lockedOut, at(path, 'deploymentRoleArns'), '0'));
  }
  if (needs(GuardrailExemption.BACKUP) && absent(declaration.backupRoleArns)) {
    findings.push(found(GUARDRAIL.backupRoles, at(path, 'backupRoleArns'), 'none'));
  }
  const guarded = declaration.guardrails.some(({ id }) => id === 'protect-exempt-roles');
  const exempt = [...exempting].flatMap((exemption) =>
    readableLists(declaration, probe) ? exemptArns(exemption, declaration) : [],
  );
  if (!guarded && exempt.length > 0) {
    const known = exempt.filter((arn) => probe.known(arn));
    findings.push(found(GUARDRAIL.roleUnguarded, at(path, 'guardrails'), known[0] ?? 'a role of this app'));
  }
  return findings;
}

function checkArns(declaration: GuardrailDeclaration, name: ListName, path: string, probe: IValueProbe): Finding[] {
  const arns = declaration[name];
  const where = at(path, name);
  if (!absent(arns) && !probe.known(arns)) {
    return [found(GUARDRAIL.list, where, 'a token')];
  }
  const [form, rule] = FORMS[name];
  const unknown = (arns ?? []).filter((arn) => !absent(arn) && !probe.known(arn)).length;
  return [
    ...(unknown > 0 ? [found(GUARDRAIL.unknownSize, where, `${unknown} that are not`)] : []),
    ...members(arns, probe).flatMap(([index, arn]) => {
      if (!form.test(arn)) {
        return [found(rule, at(where, index), shown(arn))];
      }
      return ANY_ROLE.test(arn) ? [found(GUARDRAIL.roleWide, at(where, index), arn)] : [];
    }),
  ];
}

function checkTargets(
  { targetIds }: GuardrailDeclaration,
  env: Environment,
  path: string,
  probe: IValueProbe,
): Finding[] {
  const where = at(path, 'targetIds');
  const known = members(targetIds, probe);
  return [
    ...(lengthOf(targetIds ?? [], probe) === 0 ? [found(GUARDRAIL.noTarget, where, '0')] : []),
    ...known.flatMap(([index, target]) => {
      if (!TARGET.test(target)) {
        return [found(GUARDRAIL.target, at(where, index), shown(target))];
      }
      const twice = known.some(([earlier, other]) => earlier < index && other === target);
      const own = readable(env.account, probe) && target === env.account;
      return [
        ...(twice ? [found(GUARDRAIL.targetTwice, at(where, index), target)] : []),
        ...(own ? [found(GUARDRAIL.managementAccount, at(where, index), target)] : []),
      ];
    }),
  ];
}

function checkNumbers(declaration: GuardrailDeclaration, path: string, probe: IValueProbe): Finding[] {
  const limits = declaration.limits ?? OrganizationsLimits.CURRENT;
  const numbers = (
    values: object,
    names: readonly string[],
    least: number,
    rule: RuleDescription,
    where: string,
  ): Finding[] =>
    names.flatMap((name) => {
      const value: unknown = Reflect.get(values, name);
      // Policies are made now, so that a number that comes later is none.
      if (!absent(value) && !probe.known(value)) {
        return [found(rule, at(where, name), 'a token')];
      }
      return absent(value) || whole(value, least, Number.MAX_SAFE_INTEGER)
        ? []
        : [found(rule, at(where, name), shown(value))];
    });
  return [
    ...numbers(limits, Object.keys(limits), 1, GUARDRAIL.limits, at(path, 'limits')),
    ...numbers(declaration, OTHERS, 0, GUARDRAIL.others, path),
  ];
}

function checkNames({ policyName, description }: GuardrailDeclaration, path: string, probe: IValueProbe): Finding[] {
  return [
    ...(readable(policyName, probe) && !NAME.test(policyName)
      ? [found(GUARDRAIL.name, at(path, 'policyName'), `${policyName.length} characters: ${shown(policyName)}`)]
      : []),
    ...(readable(description, probe) && description.length > 512
      ? [found(GUARDRAIL.description, at(path, 'description'), `${description.length} characters`)]
      : []),
  ];
}
