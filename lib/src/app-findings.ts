import { Coverage, EstateRules, Finding, Waivers } from '@holdfast/model';
import { CfnResource } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { appEstate, READ_BACK } from './private/app-estate';
import { ANNOTATION, today } from './private/refuse';

/**
 * What a rule found in an app, and where.
 */
export interface AppFinding {
  /**
   * What the rule found; its path begins with that of the construct.
   */
  readonly finding: Finding;

  /**
   * The resource that the finding is about.
   *
   * @default - it is about no single resource
   */
  readonly resource?: CfnResource;
}

/**
 * Options of `AppFindings`.
 */
export interface AppFindingsOptions {
  /**
   * Whether a resource that no plan protects is told of, too (rule `resource-unprotected`, a warning).
   *
   * @default false
   */
  readonly coverage?: boolean;
}

/**
 * What the rules of Holdfast find in a whole app, whoever's constructs it is made of: for validation plugins and tests.
 */
export class AppFindings {
  /**
   * What is news in the resources at and below a construct: what no waiver of ours accepts, and no construct of ours said already.
   *
   * @param root the app, or a part of it
   * @param options options
   */
  public static of(root: IConstruct, options: AppFindingsOptions = {}): AppFinding[] {
    const { estate, waivers, places } = appEstate(root);
    const found = [...EstateRules.check(estate, READ_BACK), ...(options.coverage ? Coverage.check(estate) : [])];
    return Waivers.apply(found, waivers, today(root))
      .map((finding): AppFinding => ({ finding, resource: placeOf(finding, places) }))
      .filter(({ finding, resource }) => finding.waived === undefined && !isAnnotated(finding, resource));
  }

  private constructor() {}
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
