/**
 * What Audit Manager says of a World, in words.
 *
 * Pure: reads the World.
 * Units    instants are ISO 8601 text.
 */
import { ComplianceStatus, ControlStatus, parametersOf } from '../domain/audit-controls';
import { frameworkStatusOf } from '../domain/frameworks';
import type { WorldState } from '../domain/world-state';
import { shortInstant } from '../kernel/instant';

/** A framework, and what each of its controls says. */
export interface FrameworkView {
  readonly framework: string;
  readonly frameworkArn: string;
  readonly status: ControlStatus;
  readonly controls: readonly ControlView[];
}

export interface ControlView {
  readonly control: string;
  readonly status: ControlStatus;
  /** Undefined before the first time. */
  readonly evaluatedAt: string | undefined;
  readonly resources: readonly ResourceVerdict[];
}

export interface ResourceVerdict {
  /** E.g. `AWS::EFS::FileSystem`. */
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceArn: string;
  readonly status: ComplianceStatus;
  /** What was found, and by which parameters the control judged it. */
  readonly why: string;
}

/** Every framework, by ARN in ascending order. */
export function complianceOf({ frameworks }: WorldState): FrameworkView[] {
  return frameworks.everywhere().map((framework) => {
    const results = frameworks.resultsOf(framework);
    return {
      framework: framework.name,
      frameworkArn: framework.arn,
      status: frameworkStatusOf(results),
      controls: results.map(({ control, status, evaluatedAt, verdicts }) => {
        const parameters = Object.entries(parametersOf(control)).map((pair) => pair.join(' '));
        const asked = parameters.length === 0 ? '' : ` with ${parameters.join(', ')}`;
        return {
          control: control.controlName,
          status,
          evaluatedAt: evaluatedAt === undefined ? undefined : shortInstant(evaluatedAt),
          resources: verdicts.map(({ subject, status: said, found }) => ({
            resourceType: subject.resourceType,
            resourceId: subject.resourceId,
            resourceArn: subject.arn,
            status: said,
            why: `${found}; ${said} by ${control.controlName}${asked}`,
          })),
        };
      }),
    };
  });
}
