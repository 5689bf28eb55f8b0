import {
  BackupPlan,
  Finding,
  RestoreTestingCondition,
  RestoreTestingPlan,
  RestoreTestingPlanRules,
  RestoreTestingSelection,
  RestoreTestingSelectionRules,
  RuleCatalog,
  SelectionParts,
  StatefulResource,
  Waiver,
} from '@holdfast/model';
import { IConstruct } from 'constructs';
import { RestoreTestingResources } from '../restore-testing-resources';
import { RestoreTestingVault } from '../restore-testing-vault';
import { tryFindVault, vaultArn } from './declarations';
import { protectedWithin, typesWithin } from './resource-arn';
import { SYNTH } from './token-values';

/** What our restore testing plans declared, found again from the constructs; registered, so that two copies of us share it. */
const DECLARATION = Symbol.for('@holdfast/cdk.restoreTestingPlan');

/** A restore testing plan, and what selections and validations added since. */
export interface RestoreTestingDeclaration {
  plan: RestoreTestingPlan;
  readonly waivers: Waiver[];
}

/** Remembers what a plan was declared as. */
export function declareTestingPlan(plan: IConstruct, declaration: RestoreTestingDeclaration): void {
  Object.defineProperty(plan, DECLARATION, { value: declaration });
}

/** What the plan was declared as; undefined for a plan that is not of ours. */
export function tryFindTestingPlan(plan: IConstruct): RestoreTestingDeclaration | undefined {
  return Reflect.get(plan, DECLARATION) as RestoreTestingDeclaration | undefined;
}

/**
 * Takes a change of a plan, and says what the rules find because of it.
 *
 * Paths lose the prefix of the construct that makes the change, which heads the message anyway.
 */
export function judgeChange(
  declaration: RestoreTestingDeclaration,
  change: Partial<RestoreTestingPlan>,
  constructPath: string,
): Finding[] {
  const before = declaration.plan;
  declaration.plan = { ...before, ...change };
  return RestoreTestingPlanRules.checkChange(before, declaration.plan, constructPath, SYNTH);
}

/** What the rules find in a selection of a plan that is not of ours. */
export function judgeAlone(selection: RestoreTestingSelection): Finding[] {
  return RestoreTestingSelectionRules.check(selection, '', SYNTH);
}

/** What the rules find between a plan and the backup plans whose points it is to test. */
export function judgeBackupPlans(plan: RestoreTestingPlan, backupPlans: BackupPlan[]): Finding[] {
  return RestoreTestingPlanRules.checkBackupPlans(plan, backupPlans, '', SYNTH);
}

/** The ARN as the rules spell it; that of a vault of ours is spelled out, not a reference. */
export function declaredVault({ arn, backupVault }: RestoreTestingVault): string {
  const own = backupVault && tryFindVault(backupVault);
  return own === undefined ? arn : vaultArn(own);
}

/** The reach of a selection in the words of the model. */
export interface DeclaredReach {
  readonly reach: Pick<
    RestoreTestingSelection,
    'protectedResourceType' | 'protectedResourceArns' | 'protectedResourceConditions' | 'services'
  >;
  readonly findings: Finding[];
}

/** What a selection reaches, its constructs looked through. */
export function declaredReach(resources: RestoreTestingResources): DeclaredReach {
  const { resourceType, arns, conditions, constructs } = resources;
  if (constructs === undefined) {
    const tags = (given?: { [key: string]: string }): RestoreTestingCondition[] | undefined =>
      given && Object.entries(given).map(([key, value]) => ({ key: `${SelectionParts.RESOURCE_TAG}${key}`, value }));
    const protectedResourceConditions = conditions && {
      stringEquals: tags(conditions.stringEquals),
      stringNotEquals: tags(conditions.stringNotEquals),
    };
    return {
      reach: {
        protectedResourceType: resourceType as string,
        protectedResourceArns: arns,
        protectedResourceConditions,
      },
      findings: [],
    };
  }
  const found = constructs.flatMap(protectedWithin);
  const types = [...new Set(found.map((each) => each.resourceType))];
  return {
    reach: {
      protectedResourceType: types[0] ?? 'nothing',
      protectedResourceArns: [...new Set(found.map(({ arn }) => arn))],
      services: [...new Set(found.map(({ service }) => service))],
    },
    findings: [...unsupported(constructs), ...mixed(types, found)],
  };
}

function unsupported(constructs: IConstruct[]): Finding[] {
  return constructs.flatMap((construct, index) => {
    if (protectedWithin(construct).length > 0) {
      return [];
    }
    const types = typesWithin(construct);
    const held = types.length === 0 ? 'no resource' : types.join(', ');
    return [
      finding(
        'restore-testing-selection-construct-not-supported',
        `resources.constructs[${index}]`,
        `${construct.node.path} with ${held}`,
      ),
    ];
  });
}

function mixed(types: string[], found: StatefulResource[]): Finding[] {
  const shown = types.map((type) => `${type} (${found.find(({ resourceType }) => resourceType === type)?.name})`);
  return types.length > 1
    ? [finding('restore-testing-selection-one-type', 'resources.constructs', shown.join(', '))]
    : [];
}

function finding(id: string, path: string, given: string): Finding {
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(id);
  return { rule, effect, severity, path, message: `must be ${allowed}, got ${given}`, source };
}
