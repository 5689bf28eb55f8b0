import {
  BackupPlan,
  Finding,
  RestoreTestingCondition,
  RestoreTestingPlan,
  RestoreTestingPlanRules,
  RestoreTestingSelection,
  RestoreTestingSelectionRules,
  RuleCatalog,
  ServiceSupport,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider, TerraformResource } from 'cdktf';
import { RestoreTestingResources } from '../restore-testing-resources';
import { RestoreTestingVault } from '../restore-testing-vault';
import { tryFindVault, vaultArn } from './declarations';
import { ProtectedResource, tryDescribe } from './resource-arn';
import { LATER, SYNTH } from './token-values';

const RESOURCE_TAG = 'aws:ResourceTag/';

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
  const { resourceType, arns, conditions, resources } = props;
  if (resources !== undefined) {
    return reachOf(resources);
  }
  const tags = (given?: { [key: string]: string }): RestoreTestingCondition[] | undefined =>
    given && Object.entries(given).map(([key, value]) => ({ key: `${RESOURCE_TAG}${key}`, value }));
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

/** A resource, and what AWS Backup would test of it. */
interface Described {
  readonly resource: TerraformResource;
  readonly found: ProtectedResource;
  /** Several while what tells its service from others of the type is a token. */
  readonly resourceTypes: string[];
}

function reachOf(resources: TerraformResource[]): DeclaredReach {
  const described = resources.flatMap((resource): Described[] => {
    const found = tryDescribe(resource);
    const typesOf = (services: string[]) => [...new Set(services.map((id) => ServiceSupport.find(id).resourceType))];
    return found === undefined ? [] : [{ resource, found, resourceTypes: typesOf(found.services) }];
  });
  const types = [
    ...new Set(described.flatMap(({ resourceTypes }) => (resourceTypes.length === 1 ? resourceTypes : []))),
  ];
  return {
    reach: {
      protectedResourceType: types[0] ?? (described.length === 0 ? 'nothing' : LATER),
      protectedResourceArns: [...new Set(described.map(({ found }) => found.arn))],
      services: [...new Set(described.flatMap(({ found }) => found.services))],
    },
    findings: [...unsupported(resources), ...untold(described, types), ...mixed(types, described)],
  };
}

function unsupported(resources: TerraformResource[]): Finding[] {
  return resources.flatMap((resource, index) =>
    tryDescribe(resource) === undefined
      ? [
          finding(
            'restore-testing-selection-construct-not-supported',
            `resources.resources[${index}]`,
            `${resource.node.path} with ${resource.terraformResourceType}`,
          ),
        ]
      : [],
  );
}

/** The resource type is an argument, so that it must follow from at least one of the resources. */
function untold(described: Described[], types: string[]): Finding[] {
  const [first] = described;
  return types.length > 0 || first === undefined
    ? []
    : [
        finding(
          'restore-testing-selection-one-type',
          'resources.resources',
          `${first.resourceTypes.join(' or ')} (${first.resource.node.path})`,
        ),
      ];
}

function mixed(types: string[], described: Described[]): Finding[] {
  const first = (type: string) =>
    described.find(({ resourceTypes }) => resourceTypes.length === 1 && resourceTypes[0] === type);
  const shown = types.map((type) => `${type} (${first(type)?.resource.node.path})`);
  return types.length > 1
    ? [finding('restore-testing-selection-one-type', 'resources.resources', shown.join(', '))]
    : [];
}

function finding(id: string, path: string, given: string): Finding {
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(id);
  return { rule, effect, severity, path, message: `must be ${allowed}, got ${given}`, source };
}
