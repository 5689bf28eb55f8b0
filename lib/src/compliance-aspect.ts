import {
  ComplianceEvidence,
  ComplianceRules,
  ComplianceStandard,
  FindingText,
  Severity,
  Waiver,
  Waivers,
} from '@holdfast/model';
import { IAspect } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { appEstate, READ_BACK } from './private/app-estate';
import { writeCompliance } from './private/compliance-report';
import { annotate, today } from './private/refuse';

/**
 * Properties of a `ComplianceAspect`.
 */
export interface ComplianceAspectProps {
  /**
   * The standards to hold.
   */
  readonly standards: ComplianceStandard[];

  /**
   * Whether what falls short is a warning of the CDK alone, which fails `cdk synth --strict`.
   *
   * @default false - it fails the synthesis; what is only recommended is a warning anyway
   */
  readonly warnOnly?: boolean;

  /**
   * Findings that are accepted, each with the reason; the path is the one in the message, stars match anything.
   *
   * Those of the constructs below count, too. `expires` is held against the context key `holdfast:today`; without it no
   * waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * Holds all plans, vaults, restore tests, frameworks and reports at and below where the aspect is applied against standards,
 * whoever's constructs they are.
 *
 * What falls short fails the synthesis with the clause, unless it is waived with a reason. Either way it stands in the
 * report `holdfast-compliance.json` of the cloud assembly, beside what is declared for each clause. A value that only the
 * deployment knows is taken to be right. Aligned with a standard, never certified by it.
 *
 * Tests and audits count wherever they are at or below the same place: apply it to the app, or to a stage that stands for itself.
 */
export class ComplianceAspect implements IAspect {
  private readonly props: ComplianceAspectProps;
  private root?: IConstruct;

  /**
   * @param props properties
   */
  constructor(props: ComplianceAspectProps) {
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

  /** Other aspects may still change what there is; validation comes after them. */
  private judge(root: IConstruct): string[] {
    const read = appEstate(root);
    const { standards, warnOnly = false } = this.props;
    const waivers = [...read.waivers, ...(this.props.waivers ?? [])];
    const subject = ComplianceEvidence.subject(read, root.node.path, READ_BACK);
    const found = ComplianceRules.check(standards, subject, READ_BACK);
    writeCompliance(root, { standards, subject, probe: READ_BACK, findings: found, waivers });
    const open = Waivers.apply(found, waivers, today(root)).filter(({ waived }) => waived === undefined);
    const failing = warnOnly ? [] : open.filter(({ severity }) => severity === Severity.ERROR);
    for (const finding of open.filter((each) => !failing.includes(each))) {
      annotate(root, { ...finding, severity: Severity.WARNING });
    }
    return failing.map((finding) => FindingText.sentence(finding));
  }
}
