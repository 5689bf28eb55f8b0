import { Finding, FindingText, Severity, Waiver, Waivers } from '@holdfast/model';
import { Annotations, TerraformResource } from 'cdktf';
import { IConstruct } from 'constructs';

/** Context key that holds the day against which waivers expire, `YYYY-MM-DD`. */
const TODAY = 'holdfast:today';

/** Below the comment of a resource, where Terraform looks at nothing, this key says what its arguments cannot. */
const METADATA = '//.Holdfast';

/**
 * Declared values that break rules, all of them at once.
 */
export class ValidationError extends Error {
  /** Ids of the broken rules, in the order of the message. */
  public readonly rules: string[];

  constructor(
    /** Path of the construct. */
    public readonly constructPath: string,
    /** What the rules found. */
    public readonly findings: Finding[],
  ) {
    super(FindingText.refusal(constructPath, findings));
    this.name = 'ValidationError';
    this.rules = findings.map((finding) => finding.rule);
  }
}

/**
 * Refuses a declaration: throws its errors, all at once, and annotates the construct with the rest.
 *
 * A waived finding is never thrown; it stays visible, with its reason.
 *
 * @throws ValidationError when there is an error that nobody waived
 */
export function refuse(scope: IConstruct, findings: Finding[], waivers: Waiver[] = []): void {
  const judged = Waivers.apply(findings, waivers, today(scope));
  const errors = judged.filter((finding) => finding.severity === Severity.ERROR && finding.waived === undefined);
  if (errors.length > 0) {
    throw new ValidationError(scope.node.path, errors);
  }
  for (const finding of judged) {
    annotate(scope, finding);
  }
}

/**
 * Writes what Terraform has no argument for into the comment of a resource: waivers with their reasons, and facts.
 */
export function annotateTemplate(resource: TerraformResource, waivers: Waiver[] = [], facts: object = {}): void {
  const metadata = { ...facts, ...(waivers.length === 0 ? {} : { waivers }) };
  if (Object.keys(metadata).length > 0) {
    resource.addOverride(METADATA, metadata);
  }
}

/** There is no clock in a constructor: without the context key nothing has expired. */
export function today(scope: IConstruct): string {
  const given: unknown = scope.node.tryGetContext(TODAY);
  return typeof given === 'string' ? given : '';
}

/** Adds a finding to a construct as what the Terraform CDK has for its severity. */
export function annotate(scope: IConstruct, finding: Finding): void {
  if (finding.waived !== undefined) {
    Annotations.of(scope).addInfo(`${FindingText.sentence(finding)}, waived: ${finding.waived}`);
  } else if (finding.severity === Severity.WARNING) {
    Annotations.of(scope).addWarning(FindingText.sentence(finding));
  } else {
    Annotations.of(scope).addInfo(FindingText.sentence(finding));
  }
}
