import { ComplianceObservation } from './compliance-observation';
import { ComplianceAspect as Aspect, ComplianceRequirement } from './compliance-requirement';
import { ComplianceStandard } from './compliance-standard';
import { ComplianceSubject } from './compliance-subject';
import { Finding, IValueProbe } from './finding';
import { boundOf } from './private/compliance/bounds';
import { declaredOf } from './private/compliance/declared';
import { breach, Judged } from './private/compliance/judged';
import { missingControls, noneOf, observed } from './private/compliance/observed';
import {
  checkContinuous,
  checkCopies,
  checkFrequency,
  checkLongRetention,
  checkMaxRetention,
  checkMinRetention,
  checkWarm,
} from './private/compliance/plans';
import {
  checkCompliance,
  checkGovernance,
  checkKeys,
  checkLockMinimum,
  checkRegions,
} from './private/compliance/vaults';
import { EstateIndex } from './private/estate/estate-index';
import { at, found } from './private/found';
import { absent, days, readable } from './private/reading';
import { COMPLIANCE } from './private/tables/compliance';

/** How each aspect is held against a subject. */
const CHECKS: Readonly<Record<Aspect, (judged: Judged) => Finding[]>> = {
  [Aspect.MAX_HOURS_BETWEEN_BACKUPS]: checkFrequency,
  [Aspect.MIN_RETENTION_DAYS]: checkMinRetention,
  [Aspect.LONG_RETENTION_DAYS]: checkLongRetention,
  [Aspect.MAX_RETENTION_DAYS]: checkMaxRetention,
  [Aspect.MIN_WARM_DAYS]: checkWarm,
  [Aspect.CONTINUOUS_BACKUP]: checkContinuous,
  [Aspect.CROSS_REGION_COPY]: (judged) => checkCopies(judged, (part) => part === 'region'),
  [Aspect.CROSS_ACCOUNT_COPY]: (judged) => checkCopies(judged, (part) => part === 'account'),
  [Aspect.COPY_ELSEWHERE]: (judged) => checkCopies(judged, () => true),
  [Aspect.CUSTOMER_MANAGED_KEY]: checkKeys,
  [Aspect.GOVERNANCE_LOCK]: checkGovernance,
  [Aspect.COMPLIANCE_LOCK]: checkCompliance,
  [Aspect.LOCK_MIN_RETENTION_DAYS]: checkLockMinimum,
  [Aspect.REGIONS]: checkRegions,
  [Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS]: (judged) =>
    checkNumber(judged, 'restoreTesting', judged.subject.restoreTestGapDays),
  [Aspect.AUDIT_CONTROLS]: checkControls,
  [Aspect.EVIDENCE_RETENTION_DAYS]: (judged) => checkNumber(judged, 'reports', judged.subject.evidenceRetentionDays),
};

/**
 * What a standard refuses.
 */
export class ComplianceRules {
  /**
   * What falls short of the standards, each finding with the clause. Never throws.
   *
   * What is only recommended is a warning; everything else is an error, whoever asks for it: the message says whether
   * the clause itself does. A value that is known only at deployment is taken to be right.
   *
   * @param standards the standards
   * @param subject what is held against them
   * @param probe tells which values are known now
   */
  public static check(standards: ComplianceStandard[], subject: ComplianceSubject, probe: IValueProbe): Finding[] {
    const index = new EstateIndex(subject.estate, probe);
    return [
      ...ComplianceRules.conflicts(standards, subject.declaredAt ?? ''),
      ...standards.flatMap((standard) =>
        standard.requirements.flatMap((requirement) =>
          CHECKS[requirement.aspect]({ index, subject, probe, standard, requirement }),
        ),
      ),
    ];
  }

  /**
   * What is declared of an aspect, in words: each value with its place. For reports. Never throws.
   *
   * @param aspect what it is about
   * @param subject what was declared
   * @param probe tells which values are known now
   */
  public static declared(aspect: Aspect, subject: ComplianceSubject, probe: IValueProbe): string {
    return declaredOf(aspect, subject, probe);
  }

  /**
   * What falls short of one requirement of a standard in what a run showed, each finding with the clause. Never throws.
   *
   * @param standard the standard
   * @param requirement one of its requirements
   * @param observations what was seen of its aspect, place by place
   */
  public static observe(
    standard: ComplianceStandard,
    requirement: ComplianceRequirement,
    observations: ComplianceObservation[],
  ): Finding[] {
    return observed(standard, requirement, observations);
  }

  /**
   * What no plan can hold at once: a floor above a ceiling, or no Region that all allow.
   *
   * @param standards the standards
   * @param path where they are named, empty for none
   */
  public static conflicts(standards: ComplianceStandard[], path: string): Finding[] {
    const place = at(path, 'standards');
    const floors = [
      ...demands(standards, Aspect.MIN_RETENTION_DAYS),
      ...demands(standards, Aspect.LONG_RETENTION_DAYS),
    ];
    const [floor] = floors.sort((a, b) => b.value - a.value);
    const [ceiling] = demands(standards, Aspect.MAX_RETENTION_DAYS).sort((a, b) => a.value - b.value);
    const findings: Finding[] = [];
    if (floor !== undefined && ceiling !== undefined && floor.value > ceiling.value) {
      const given = `${floor.id}, which keeps at least ${days(floor.value)} (${floor.clause}), and ${ceiling.id}, which keeps at most ${days(ceiling.value)} (${ceiling.clause})`;
      findings.push(found(COMPLIANCE.conflict, place, given));
    }
    const lists = regionLists(standards);
    if (
      lists.length > 1 &&
      lists.reduce((all, { names }) => all.filter((name) => names.includes(name)), lists[0]!.names).length === 0
    ) {
      const given = lists.map(({ id, clause }) => `${id} (${clause})`).join(' and ');
      findings.push(found(COMPLIANCE.conflict, place, `${given}, which have no Region in common`));
    }
    return findings;
  }

  private constructor() {}
}

function checkNumber(judged: Judged, member: string, given: number | undefined): Finding[] {
  const bound = boundOf(judged.requirement);
  const path = at(judged.subject.declaredAt ?? '', member);
  if (absent(given)) {
    return [breach(judged, path, 'none', bound.allowed)];
  }
  return readable(given, judged.probe) && !bound.fits(given)
    ? [breach(judged, path, bound.shown(given), bound.allowed)]
    : [];
}

function checkControls(judged: Judged): Finding[] {
  const missing = missingControls(judged.requirement, judged.subject.auditControls ?? []);
  const path = at(judged.subject.declaredAt ?? '', 'auditControls');
  return missing.length === 0 ? [] : [breach(judged, path, noneOf(missing))];
}

interface Demand {
  readonly id: string;
  readonly clause: string;
  readonly value: number;
}

/** What standards demand of an aspect; what is recommended excludes nothing. */
function demands(standards: ComplianceStandard[], aspect: Aspect): Demand[] {
  return standards.flatMap(({ id, requirements }) =>
    requirements
      .filter((one) => one.aspect === aspect && one.recommended !== true)
      .map(({ clause, value = 0 }) => ({ id, clause, value })),
  );
}

function regionLists(standards: ComplianceStandard[]): { id: string; clause: string; names: string[] }[] {
  return standards.flatMap(({ id, requirements }) =>
    requirements
      .filter((one) => one.aspect === Aspect.REGIONS && one.recommended !== true)
      .map(({ clause, names = [] }) => ({ id, clause, names })),
  );
}
