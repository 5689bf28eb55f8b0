import { AppFinding, AppFindings } from '@holdfast/cdk';
import { FindingText, RuleCatalog, Severity } from '@holdfast/model';
import { CfnResource, PolicyValidationPluginReport, PolicyViolatingResource } from 'aws-cdk-lib/core';
import { NagMessageLevel, NagPack, NagPackProps, NagRuleCompliance } from 'cdk-nag';
import { IConstruct } from 'constructs';

/** Ids of the rules begin so. */
const PACK = 'Holdfast';

/** What resources of AWS Backup are of. */
const BACKUP = 'AWS::Backup::';

/**
 * Properties of `HoldfastPack`.
 */
export interface HoldfastPackProps extends NagPackProps {
  /**
   * Whether a resource that no plan protects is told of, too (rule `Holdfast-resource-unprotected`, a warning).
   *
   * @default false
   */
  readonly coverage?: boolean;
}

/**
 * Every rule of Holdfast over a whole app, whoever's constructs it is made of: a pack of cdk-nag.
 *
 * ```
 * Validations.of(app).addPlugins(new HoldfastPack(app));
 * ```
 *
 * The id of a rule is `Holdfast-<rule>`, never renamed or reused. A finding is accepted, at a construct and all below it, with
 * `Validations.of(construct).acknowledge({ id: 'Holdfast-<rule>', reason })`.
 */
export class HoldfastPack extends NagPack {
  /**
   * Name of the pack.
   */
  public readonly name: string = PACK;

  /**
   * Ids of the rules.
   */
  public readonly ruleIds?: string[] = RuleCatalog.all().map(({ rule }) => `${PACK}-${rule}`);

  private readonly coverage: boolean;

  /** What was found at the path of each resource, while a tree is validated. */
  private found: ReadonlyMap<string, AppFinding[]> = new Map();

  /**
   * @param scope where acknowledgements are written into the templates, if `writeSuppressionsToCloudFormation` asks for it
   * @param props properties
   */
  constructor(scope?: IConstruct, props: HoldfastPackProps = {}) {
    super(scope, props);
    this.packName = PACK;
    this.coverage = props.coverage ?? false;
  }

  /**
   * Holds the resources at and below a construct against every rule.
   *
   * A violation is told of for each rule and resource, in the words of its findings.
   *
   * @param scope the app, or a part of it
   */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    this.found = foundAt(scope, this.coverage);
    const { success, violations } = super.validateScope(scope);
    // cdk-nag keeps the words of the first resource alone; each has its own values.
    const each = violations.flatMap((violation) =>
      violation.violatingResources.map((resource) => ({ ...violation, ...this.said(violation.ruleName, resource) })),
    );
    return { success, violations: each };
  }

  /**
   * Applies what the rules found in the app to a resource.
   *
   * @param node the resource
   */
  protected checkResource(node: CfnResource): void {
    for (const { finding } of this.foundIn(node.node.path)) {
      this.applyRule({
        ruleSuffixOverride: finding.rule,
        info: FindingText.sentence(finding),
        explanation: finding.source,
        level: finding.severity === Severity.ERROR ? NagMessageLevel.ERROR : NagMessageLevel.WARN,
        node,
        rule: () => NagRuleCompliance.NON_COMPLIANT,
      });
    }
  }

  /** The first finding of each rule. */
  private foundIn(path: string): AppFinding[] {
    const here = this.found.get(path) ?? [];
    return here.filter(({ finding }, at) => here.findIndex((other) => other.finding.rule === finding.rule) === at);
  }

  private said(ruleName: string, resource: PolicyViolatingResource) {
    const here = (this.found.get(resource.constructPath ?? '') ?? [])
      .map(({ finding }) => finding)
      .filter(({ rule }) => `${PACK}-${rule}` === ruleName);
    return {
      description: here.map(FindingText.sentence).join('; '),
      violatingResources: [{ ...resource, locations: here.map(({ path }) => path) }],
    };
  }
}

/** Findings by the path of the resource at which they are told; one about no single resource goes to the first of AWS Backup. */
function foundAt(scope: IConstruct, coverage: boolean): ReadonlyMap<string, AppFinding[]> {
  const resources = scope.node.findAll().filter(CfnResource.isCfnResource);
  const first = resources.find(({ cfnResourceType }) => cfnResourceType.startsWith(BACKUP)) ?? resources[0];
  const found = new Map<string, AppFinding[]>();
  for (const each of AppFindings.of(scope, { coverage })) {
    const path = (each.resource ?? first)?.node.path;
    // What cdk-nag is told of fails the synthesis: a note is none.
    if (path !== undefined && each.finding.severity !== Severity.NOTE) {
      found.set(path, [...(found.get(path) ?? []), each]);
    }
  }
  return found;
}
