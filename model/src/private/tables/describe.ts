import { Effect, RuleDescription, Severity } from '../../finding';

/** Rules by a short name, as the checks call them. */
export type Table = Readonly<Record<string, RuleDescription>>;

/** A page of the API reference. */
export function api(shape: string): string {
  return `https://docs.aws.amazon.com/aws-backup/latest/devguide/API_${shape}.html`;
}

/** A bullet of the reference that a page does not state, or states only in an example. */
export function fact(bullet: string): string {
  return `AWS Backup facts ${bullet}`;
}

/** AWS answers the deployment with an error. */
export function refused(rule: string, allowed: string, source: string): RuleDescription {
  return { rule, effect: Effect.REFUSED_BY_AWS, severity: Severity.ERROR, allowed, source };
}

/** It deploys, and then jobs fail or never run. */
export function failsAtRun(rule: string, severity: Severity, allowed: string, source: string): RuleDescription {
  return { rule, effect: Effect.FAILS_AT_RUN, severity, allowed, source };
}

/** It works, but perhaps not as its author thinks. */
export function advice(rule: string, severity: Severity, allowed: string, source: string): RuleDescription {
  return { rule, effect: Effect.ADVICE, severity, allowed, source };
}
