import { FindingText, RuleCatalog, Severity } from '@holdfast/model';
import {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { AppFinding, AppFindings } from './app-findings';

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
    const { failOn = Severity.ERROR, coverage = false } = this.props;
    const news = AppFindings.of(root, { coverage });
    const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
    return {
      success: !news.some(({ finding }) => failing.includes(finding.severity)),
      violations: news
        .filter(({ finding }) => finding.severity !== Severity.NOTE || failing.includes(Severity.NOTE))
        .map(violation),
    };
  }
}

function violation({ finding, resource }: AppFinding): PolicyViolation {
  return {
    ruleName: finding.rule,
    description: FindingText.sentence(finding),
    severity: finding.severity,
    ruleMetadata: { effect: finding.effect, source: finding.source },
    violatingResources: [{ constructPath: resource?.node.path ?? '', locations: [finding.path] }],
  };
}
