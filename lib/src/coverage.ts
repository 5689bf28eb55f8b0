import { Coverage, FindingText, Waiver, Waivers } from '@holdfast/model';
import { IAspect } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { appEstate } from './private/app-estate';
import { writeCoverage } from './private/coverage-report';
import { annotate, today } from './private/refuse';
import { waivePlace } from './private/waived-places';

/** The rule that an unprotected resource breaks. */
const UNPROTECTED = 'resource-unprotected';

/**
 * Properties of a `CoverageAspect`.
 */
export interface CoverageAspectProps {
  /**
   * Whether the synthesis fails where a resource is neither protected nor waived.
   *
   * @default false - each is a warning of the CDK, which fails `cdk synth --strict`
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
   * Name of the report in the cloud assembly.
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
 * Holds every resource that holds data, at and below where the aspect is applied, against the plans of the app.
 *
 * A resource is protected when a selection of a plan takes it: by its ARN or a pattern, by a tag, from another stack, by
 * these constructs or by others. What no plan protects, and nobody waived, is a warning or fails the synthesis. The report
 * in the cloud assembly has a row for each resource, with the plans or the reason why none protects it.
 *
 * Only plans at or below the same place count: apply it to the app, unless a part of it is to stand for itself.
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
  private root?: IConstruct;

  /**
   * @param props properties
   */
  constructor(props: CoverageAspectProps = {}) {
    this.props = props;
  }

  /**
   * Called by the CDK for each construct; what is to be said is said when the app is whole.
   *
   * @param node a construct
   */
  public visit(node: IConstruct): void {
    if (this.root === undefined) {
      this.root = node;
      node.node.addValidation({ validate: () => this.judge(node) });
    }
  }

  /** Tags come and go until all aspects have run; validation comes after them. */
  private judge(root: IConstruct): string[] {
    const read = appEstate(root);
    const waivers = [...read.waivers, ...(this.props.waivers ?? [])];
    const findings = Waivers.apply(Coverage.check(read.estate), waivers, today(root));
    writeCoverage(root, this.props.reportFile ?? 'holdfast-coverage.json', read, findings);
    const unprotected = findings.filter((finding) => finding.waived === undefined);
    if (this.props.failOnUnprotected ?? false) {
      return unprotected.map((finding) => FindingText.sentence(finding));
    }
    for (const finding of unprotected) {
      annotate(read.places.get(finding.path) ?? root, finding);
    }
    return [];
  }
}
