import { Coverage, FindingText, Waiver, Waivers } from '@holdfast/model';
import { IAspect } from 'cdktf';
import { IConstruct } from 'constructs';
import { appEstate } from './private/app-estate';
import { writeCoverage } from './private/coverage-report';
import { annotate, today } from './private/refuse';
import { waivedPlaces, waivePlace } from './private/waived-places';

/** The rule that an unprotected resource breaks. */
const UNPROTECTED = 'resource-unprotected';

/**
 * Properties of a `CoverageAspect`.
 */
export interface CoverageAspectProps {
  /**
   * Whether the synthesis fails where a resource is neither protected nor waived.
   *
   * @default false - each is a warning of the Terraform CDK
   */
  readonly failOnUnprotected?: boolean;

  /**
   * Resources that need no backup, each with the reason: `path` is the path of the construct, stars match anything.
   *
   * The rule may be left as `resource-unprotected` alone. `expires` is held against the context key `holdfast:today`;
   * without it no waiver has expired. `CoverageAspect.waive` says the same at the construct itself.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * Name of the report in the folder of the synthesized stack.
   *
   * @default 'holdfast-coverage.json'
   */
  readonly reportFile?: string;
}

/**
 * Why a resource needs no backup.
 */
export interface CoverageWaiver {
  /**
   * The reason; it stands in the report.
   */
  readonly reason: string;

  /**
   * Last day on which the waiver holds, `YYYY-MM-DD`.
   *
   * @default - never expires
   */
  readonly expires?: string;
}

/**
 * Holds every resource of a stack that holds data against the plans of the app.
 *
 * A resource is protected when a selection of a plan takes it: by its ARN or a pattern, by a tag, from another stack, by
 * these constructs or by others. What no plan protects, and nobody waived, is a warning or fails the synthesis. The report
 * in the folder of the stack has a row for each resource, with the plans or the reason why none protects it.
 *
 * The Terraform CDK visits stacks, and not the app: add the aspect to each stack, or to a construct in one. Plans of all
 * stacks count. What a module or a data source holds is not seen.
 */
export class CoverageAspect implements IAspect {
  /**
   * Says that whatever holds data at and below a construct needs no backup.
   *
   * @param construct a resource, or a construct around some
   * @param waiver the reason
   */
  public static waive(construct: IConstruct, waiver: CoverageWaiver): void {
    waivePlace(construct, { rule: UNPROTECTED, ...waiver });
  }

  private readonly props: CoverageAspectProps;
  private readonly roots = new Set<IConstruct>();

  /**
   * @param props properties
   */
  constructor(props: CoverageAspectProps = {}) {
    this.props = props;
  }

  /**
   * Called by the Terraform CDK for each construct; what is to be said is said when all aspects have run.
   *
   * @param node a construct
   */
  public visit(node: IConstruct): void {
    if (!node.node.scopes.some((scope) => this.roots.has(scope))) {
      this.roots.add(node);
      node.node.addValidation({ validate: () => this.judge(node) });
    }
  }

  /** Tags come and go until all aspects have run; validation comes after them. */
  private judge(root: IConstruct): string[] {
    const estate = appEstate(root);
    const waivers = [...waivedPlaces(root), ...(this.props.waivers ?? [])];
    const findings = Waivers.apply(Coverage.check(estate), waivers, today(root));
    writeCoverage(root, this.props.reportFile ?? 'holdfast-coverage.json', estate, findings);
    const unprotected = findings.filter((finding) => finding.waived === undefined);
    if (this.props.failOnUnprotected ?? false) {
      return unprotected.map((finding) => FindingText.sentence(finding));
    }
    for (const finding of unprotected) {
      annotate(placeIn(root, finding.path), finding);
    }
    return [];
  }
}

/** The construct with the path, else that around it. */
function placeIn(root: IConstruct, path: string): IConstruct {
  return root.node.findAll().find(({ node }) => node.path === path) ?? root;
}
