import { Coverage, EstateRules, Finding, FindingText, RuleCatalog, Severity, Waivers } from '@holdfast/model';
import {
  CfnResource,
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { appEstate, READ_BACK } from './private/app-estate';
import { ANNOTATION, today } from './private/refuse';

/**
 * Properties of `HoldfastChecks`.
 */
export interface HoldfastChecksProps {
  /**
   * Least severity that fails the synthesis; what is less severe is reported.
   *
   * @default Severity.ERROR
   */
  readonly failOn?: Severity;

  /**
   * Whether a resource that no plan protects is told of, too (rule `resource-unprotected`, a warning).
   *
   * @default false
   */
  readonly coverage?: boolean;
}

/** The least severe last. */
const SEVERITIES = [Severity.ERROR, Severity.WARNING, Severity.NOTE];

/**
 * Every rule of Holdfast over a whole app, whoever's constructs it is made of: a validation plugin of the CDK.
 *
 * ```
 * Validations.of(app).addPlugins(new HoldfastChecks());
 * ```
 *
 * What plans, selections and vaults of `aws-cdk-lib` declare is held against the same rules as these constructs, across
 * stacks. A finding is accepted with `Validations.of(construct).acknowledge({ id: 'Holdfast::<rule>', reason })`; the ids
 * of the rules are never renamed or reused.
 */
export class HoldfastChecks implements IPolicyValidationPlugin {
  /**
   * Name of the plugin, and the first part of the ids that it acknowledges.
   */
  public readonly name = 'Holdfast';

  /**
   * Ids of the rules.
   */
  public readonly ruleIds?: string[] = RuleCatalog.all().map(({ rule }) => rule);

  private readonly props: HoldfastChecksProps;

  /**
   * @param props properties
   */
  constructor(props: HoldfastChecksProps = {}) {
    this.props = props;
  }

  /**
   * Called by the CDK when the templates are written.
   *
   * @param context the app
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.report(context.appConstruct);
  }

  private report(root: IConstruct): PolicyValidationPluginReport {
    const { estate, waivers, places } = appEstate(root);
    const { failOn = Severity.ERROR, coverage = false } = this.props;
    const found = [...EstateRules.check(estate, READ_BACK), ...(coverage ? Coverage.check(estate) : [])];
    const news = Waivers.apply(found, waivers, today(root))
      .map((finding): Placed => ({ finding, resource: placeOf(finding, places) }))
      .filter(({ finding, resource }) => finding.waived === undefined && !isAnnotated(finding, resource));
    const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
    return {
      success: !news.some(({ finding }) => failing.includes(finding.severity)),
      violations: news
        .filter(({ finding }) => finding.severity !== Severity.NOTE || failing.includes(Severity.NOTE))
        .map(violation),
    };
  }
}

/** A finding, and the resource that it is about, as far as that is known. */
interface Placed {
  readonly finding: Finding;
  readonly resource?: CfnResource;
}

/** The longest place that the path begins with. */
function placeOf(finding: Finding, places: ReadonlyMap<string, CfnResource>): CfnResource | undefined {
  const [longest] = [...places.keys()]
    .filter((place) => finding.path === place || finding.path.startsWith(`${place}.`))
    .sort((a, b) => b.length - a.length);
  return longest === undefined ? undefined : places.get(longest);
}

/** Whether a construct of ours said it already, where it was made. */
function isAnnotated({ rule }: Finding, resource: CfnResource | undefined): boolean {
  const scopes = resource?.node.scopes ?? [];
  return scopes.some(({ node }) => node.metadata.some(({ data }) => String(data).includes(`${ANNOTATION}${rule}]`)));
}

function violation({ finding, resource }: Placed): PolicyViolation {
  return {
    ruleName: finding.rule,
    description: FindingText.sentence(finding),
    severity: finding.severity,
    ruleMetadata: { effect: finding.effect, source: finding.source },
    violatingResources: [{ constructPath: resource?.node.path ?? '', locations: [finding.path] }],
  };
}
