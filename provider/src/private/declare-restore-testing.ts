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
  ServiceSupport,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { IConstruct } from 'constructs';
import { RestoreTestingResources } from '../restore-testing-resources';
import { RestoreTestingVault } from '../restore-testing-vault';
import { tryFindVault, vaultArn } from './declarations';
import { ProtectedResource, protectedWithin, typesWithin } from './resource-arn';
import { LATER, SYNTH } from './token-values';

/** What our restore testing plans declared, found again from the objects; registered, so that two copies of us share it. */
const DECLARATION = Symbol.for('@holdfast/cdktf.restoreTestingPlan');

/** A restore testing plan, and what selections and validations added since. */
export interface RestoreTestingDeclaration {
  plan: RestoreTestingPlan;
  readonly waivers: Waiver[];
  readonly provider?: TerraformProvider;
}

/** Remembers what a plan was declared as. */
export function declareTestingPlan(plan: object, declaration: RestoreTestingDeclaration): void {
  Object.defineProperty(plan, DECLARATION, { value: declaration });
}

/** What the plan was declared as; undefined for a plan that is not of ours. */
export function tryFindTestingPlan(plan: object): RestoreTestingDeclaration | undefined {
  return Reflect.get(plan, DECLARATION) as RestoreTestingDeclaration | undefined;
}

/** Takes a change of a plan, and says what the rules find because of it. */
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

/** What a selection reaches. */
export function declaredReach(props: RestoreTestingResources): DeclaredReach {
  const { resourceType, arns, conditions, constructs } = props;
  if (constructs !== undefined) {
    return reachOf(constructs);
  }
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

/** A resource, and what AWS Backup may take it for. */
interface Described {
  readonly found: ProtectedResource;
  /** Several while what tells its service from others of the type is a token. */
  readonly resourceTypes: string[];
}

function reachOf(constructs: IConstruct[]): DeclaredReach {
  const typesOf = (services: string[]) => [...new Set(services.map((id) => ServiceSupport.find(id).resourceType))];
  const described = constructs
    .flatMap(protectedWithin)
    .map((found) => ({ found, resourceTypes: typesOf(found.services) }));
  const types = [
    ...new Set(described.flatMap(({ resourceTypes }) => (resourceTypes.length === 1 ? resourceTypes : []))),
  ];
  return {
    reach: {
      protectedResourceType: types[0] ?? (described.length === 0 ? 'nothing' : LATER),
      protectedResourceArns: [...new Set(described.map(({ found }) => found.arn))],
      services: [...new Set(described.flatMap(({ found }) => found.services))],
    },
    findings: [...unsupported(constructs), ...untold(described, types), ...mixed(types, described)],
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

/** The resource type is an argument, so that it must follow from at least one of the resources. */
function untold(described: Described[], types: string[]): Finding[] {
  const [first] = described;
  return types.length > 0 || first === undefined
    ? []
    : [
        finding(
          'restore-testing-selection-one-type',
          'resources.constructs',
          `${first.resourceTypes.join(' or ')} (${first.found.name})`,
        ),
      ];
}

function mixed(types: string[], described: Described[]): Finding[] {
  const first = (type: string) =>
    described.find(({ resourceTypes }) => resourceTypes.length === 1 && resourceTypes[0] === type);
  const shown = types.map((type) => `${type} (${first(type)?.found.name})`);
  return types.length > 1
    ? [finding('restore-testing-selection-one-type', 'resources.constructs', shown.join(', '))]
    : [];
}

function finding(id: string, path: string, given: string): Finding {
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(id);
  return { rule, effect, severity, path, message: `must be ${allowed}, got ${given}`, source };
}
