import {
  ComplianceEvidence,
  ComplianceRules,
  ComplianceStandard,
  Finding,
  FindingText,
  Severity,
  Waiver,
  Waivers,
} from '@holdfast/model';
import { Aspects, IAspect, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { READ_BACK } from './private/app-reading';
import { complianceEstate } from './private/compliance-estate';
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
   * Whether what falls short is a warning of the Terraform CDK alone.
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
 * report `holdfast-compliance.json` in the folder of the stack, beside what is declared for each clause. A value that only
 * Terraform knows is taken to be right. Aligned with a standard, never certified by it.
 *
 * The Terraform CDK visits stacks, and not the app: add one aspect to each stack that belongs together. What is at and below
 * all of its places is judged as one, so that vaults, tests and audits may be in stacks of their own. A module cannot be
 * read, nor can rules that a dynamic block makes: each is a warning (rule `terraform-unread`).
 */
export class ComplianceAspect implements IAspect {
  private readonly props: ComplianceAspectProps;
  private readonly roots = new Set<IConstruct>();

  /**
   * @param props properties
   */
  constructor(props: ComplianceAspectProps) {
    this.props = props;
  }

  /**
   * Called by the Terraform CDK for each construct; what is to be said is said when all aspects of the stack have run.
   *
   * @param node a construct
   */
  public visit(node: IConstruct): void {
    if (!node.node.scopes.some((scope) => this.roots.has(scope))) {
      this.roots.add(node);
      node.node.addValidation({ validate: () => this.judge(node) });
    }
  }

  /** Other aspects may still change what there is; validation comes after them. */
  private judge(root: IConstruct): string[] {
    const places = this.placesBeside(root);
    const { declarations, unread, ...read } = complianceEstate(places);
    const { standards, warnOnly = false } = this.props;
    const waivers = [...read.waivers, ...(this.props.waivers ?? [])];
    const subject = ComplianceEvidence.subject(declarations, commonPath(places), READ_BACK);
    const findings = [...ComplianceRules.check(standards, subject, READ_BACK), ...unread];
    writeCompliance(root, { standards, subject, probe: READ_BACK, findings, waivers });
    const open = Waivers.apply(findings, waivers, today(root)).filter(
      (finding) => finding.waived === undefined && tellerOf(finding, places) === root,
    );
    const failing = warnOnly ? [] : open.filter(({ severity }) => severity === Severity.ERROR);
    for (const finding of open.filter((each) => !failing.includes(each))) {
      annotate(root, { ...finding, severity: Severity.WARNING });
    }
    return failing.map((finding) => FindingText.sentence(finding));
  }

  /** All places of the aspect, those that are not visited yet among them, in the order of the tree. */
  private placesBeside(root: IConstruct): IConstruct[] {
    const all = root.node.root.node
      .findAll()
      .filter(
        (each) =>
          each.node.scopes.some((scope) => TerraformStack.isStack(scope)) &&
          (this.roots.has(each) || Aspects.of(each).all.includes(this)),
      );
    return all.filter(({ node }) => !node.scopes.some((scope) => scope.node !== node && all.includes(scope)));
  }
}

/** Each finding is told of once: by the place that it is in, and by the first where it is in none. */
function tellerOf({ path }: Finding, places: readonly IConstruct[]): IConstruct | undefined {
  const isWithin = ({ node }: IConstruct) =>
    [`${node.path}/`, `${node.path}.`].some((prefix) => `${path}.`.startsWith(prefix));
  return places.find(isWithin) ?? places[0];
}

/** The path of the only place, or of what is around all of them; that of the app is empty. */
function commonPath([first, ...others]: readonly IConstruct[]): string {
  const scopes = first!.node.scopes.filter((scope) => others.every(({ node }) => node.scopes.includes(scope)));
  return scopes.at(-1)?.node.path ?? '';
}
