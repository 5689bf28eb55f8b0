/**
 * Evidence for standards: of each clause what was declared, what a run shows of it, and what no run can show.
 *
 * Pure: declarations, a World and its chronicle in, a plain object out.
 * Source   design.md section 2, `check --standard`. What standards ask, and how far a value falls short of it, is model's;
 *          the same history tells here what happened that the report and the matchers tell.
 */
import {
  ComplianceObservation,
  ComplianceReport,
  ComplianceRequirement,
  ComplianceRules,
  ComplianceStandard,
  ComplianceSubject,
  Estate,
  Finding,
  Waivers,
} from '@holdfast/model';
import type { Chronicle } from '../chronicle/chronicle';
import { MEASURES } from './measures';
import { Accepted, Sight } from './sight';
import { FORMS, subjectOf } from './subject';

/** A requirement of a standard, and how declarations stand to it. */
export interface DeclaredRequirement {
  readonly aspect: ComplianceRequirement['aspect'];
  readonly clause: string;
  /** Who asks for the value. */
  readonly demand: string;
  /** False: the clause is from memory, and a specialist has to confirm it. */
  readonly lookedUp: boolean;
  readonly because: string;
  /** Hours, days, Regions or controls; absent where the aspect has none. */
  readonly value?: number | readonly string[];
  /** What is declared of the aspect, each value with its place. */
  readonly declared: string;
  readonly recommended: boolean;
  readonly findings: readonly { readonly path: string; readonly message: string; readonly waived?: string }[];
  /** Whether nothing that was declared falls short of it. */
  readonly held: boolean;
}

/** A clause that neither declarations nor a run can show. */
export interface OutsideClause {
  readonly clause: string;
  readonly asks: string;
  readonly lookedUp: boolean;
}

export interface DeclaredStandard {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly DeclaredRequirement[];
  readonly outside: readonly OutsideClause[];
}

export type Verdict = 'yes' | 'no' | 'not shown';

/** What a run shows of a requirement. */
export interface Shown {
  readonly verdict: Verdict;
  /** What was seen, or why nothing can be. */
  readonly what: string;
  /** What falls short of it. */
  readonly findings: readonly Finding[];
}

export interface EvidencedRequirement extends DeclaredRequirement {
  readonly shown: Shown;
}

export interface Evidence extends Omit<DeclaredStandard, 'requirements'> {
  readonly requirements: readonly EvidencedRequirement[];
}

/** How the declarations of an estate stand to standards. */
export function declaredFor(
  standards: readonly ComplianceStandard[],
  estate: Estate,
  findings: readonly Finding[],
): DeclaredStandard[] {
  const entry = ComplianceReport.entry('', [...standards], subjectOf(estate), [...findings], FORMS) as {
    readonly standards: readonly Omit<DeclaredStandard, 'outside'>[];
  };
  return entry.standards.map((one, index) => ({ ...one, outside: standards[index]?.outside ?? [] }));
}

/** What falls short of standards in the declarations of an estate. */
export function shortfalls(standards: readonly ComplianceStandard[], estate: Estate): Finding[] {
  const subject: ComplianceSubject = subjectOf(estate);
  return standards.length === 0 ? [] : ComplianceRules.check([...standards], subject, FORMS);
}

/** What a run shows beside what was declared. */
export function evidenceFor(
  standards: readonly ComplianceStandard[],
  chronicle: Chronicle,
  estate: Estate,
  findings: readonly Finding[],
  accepted: Accepted,
): Evidence[] {
  const sight = new Sight(chronicle, estate, accepted);
  return declaredFor(standards, estate, findings).map((declared, index) => {
    const standard = standards[index] as ComplianceStandard;
    return {
      ...declared,
      requirements: declared.requirements.map((row, nth) => ({
        ...row,
        shown: shownOf(standard, standard.requirements[nth] as ComplianceRequirement, sight, accepted),
      })),
    };
  });
}

/** What of the evidence counts for an exit code. */
export function findingsOfEvidence(evidence: readonly Evidence[]): Finding[] {
  return evidence.flatMap(({ requirements }) => requirements.flatMap(({ shown }) => shown.findings));
}

function shownOf(
  standard: ComplianceStandard,
  requirement: ComplianceRequirement,
  sight: Sight,
  { waivers, today }: Accepted,
): Shown {
  const { observations, what, cannot } = MEASURES[requirement.aspect](sight, requirement);
  const found = ComplianceRules.observe(standard, requirement, observations as ComplianceObservation[]);
  const findings = Waivers.apply(found, [...waivers], today);
  const open = findings.filter(({ waived }) => waived === undefined).length;
  const verdict = open > 0 ? 'no' : cannot !== undefined || observations.length === 0 ? 'not shown' : 'yes';
  return { verdict, what: [...(cannot === undefined ? [] : [cannot]), ...what].join('; '), findings };
}
