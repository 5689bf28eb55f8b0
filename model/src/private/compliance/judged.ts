import { ComplianceRequirement } from '../../compliance-requirement';
import { ComplianceStandard } from '../../compliance-standard';
import { ComplianceSubject } from '../../compliance-subject';
import { Finding, IValueProbe, Severity } from '../../finding';
import { EstateIndex } from '../estate/estate-index';
import { found } from '../found';
import { RULE_OF } from '../tables/compliance';

/** What a requirement is held against. */
export interface Judged {
  readonly index: EstateIndex;
  readonly subject: ComplianceSubject;
  readonly probe: IValueProbe;
  readonly standard: ComplianceStandard;
  readonly requirement: ComplianceRequirement;
}

/** A finding that names the clause: `must be <allowed> under <standard> (<clause>, <demand>), got <given>`. */
export function breach(
  { standard, requirement }: Pick<Judged, 'standard' | 'requirement'>,
  path: string,
  given: string,
  allowed?: string,
): Finding {
  const rule = RULE_OF[requirement.aspect];
  const { clause, demand, lookedUp, because, recommended = false } = requirement;
  const finding = found(rule, path, given, `${allowed ?? rule.allowed} under ${standard.id} (${clause}, ${demand})`);
  return {
    ...finding,
    severity: recommended ? Severity.WARNING : Severity.ERROR,
    source: `${clause}: ${because}${lookedUp ? '' : '; from memory, to be confirmed'}`,
  };
}
