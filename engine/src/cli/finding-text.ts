/**
 * Findings and what was not read, as text.
 *
 * Pure: data in, lines out.
 */
import { Effect, Finding, Severity } from '@holdfast/model';
import type { NotRead } from '../ingest/artifact';
import { SEVERITIES } from './findings';
import { grouped, indent, plural } from './tables';

const EFFECTS: Readonly<Record<Effect, string>> = {
  [Effect.REFUSED_BY_AWS]: 'AWS refuses the deploy',
  [Effect.FAILS_AT_RUN]: 'deploys, then jobs fail or do not run',
  [Effect.ADVICE]: 'works, perhaps not as meant',
};

/** Of one rule, more findings than this are counted, not listed: a mistake in a loop should not bury the others. */
const MOST_ALIKE = 20;
/** More reasons why something was not read than this are counted, not listed. */
const MOST_REASONS = 20;
/** Up to so many things of one reason are named. */
const FEW = 3;
const LINE_LENGTH = 110;

/** The findings by severity, those that were waived last. */
export function findingsText(findings: readonly Finding[]): string[] {
  const open = findings.filter((finding) => finding.waived === undefined);
  const groups = SEVERITIES.map((severity) => open.filter((finding) => finding.severity === severity));
  const waived = findings.filter((finding) => finding.waived !== undefined);
  return [
    ...groups.flatMap((group, index) => groupText(plural(group.length, SEVERITIES[index] as Severity), group)),
    ...groupText(`${waived.length} waived`, waived),
  ];
}

function groupText(title: string, group: readonly Finding[]): string[] {
  if (group.length === 0) {
    return [];
  }
  const counts = new Map<string, number>();
  const shown = group.filter(({ rule }) => {
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    return count <= MOST_ALIKE;
  });
  const more = [...counts]
    .filter(([, count]) => count > MOST_ALIKE)
    .map(([rule, count]) => `  and ${grouped(count - MOST_ALIKE)} more of [${rule}]; --format json lists all`);
  return [[title, ...shown.map(findingText), ...more].join('\n')];
}

function findingText(finding: Finding): string {
  const lines = [finding.message, `[${finding.rule}] ${EFFECTS[finding.effect]} (${finding.source})`];
  if (finding.waived !== undefined) {
    lines.push(`waived: ${finding.waived}`);
  }
  return indent([finding.path, indent(lines.join('\n'))].join('\n'));
}

/** `2 errors, 1 warning, 0 notes, 1 waived`. */
export function countsText(findings: readonly Finding[]): string {
  const open = findings.filter((finding) => finding.waived === undefined);
  const counts = SEVERITIES.map((severity) =>
    plural(open.filter((finding) => finding.severity === severity).length, severity),
  );
  const waived = findings.length - open.length;
  return [...counts, ...(waived > 0 ? [`${grouped(waived)} waived`] : [])].join(', ');
}

/** What was not read, by reason: the things themselves where they are few, else how many of each type. */
export function notReadText(notRead: readonly NotRead[]): string[] {
  const title = `${plural(notRead.length, 'thing')} that the engine does not model`;
  return byReason(`not read: ${title} (--format json lists each)`, notRead);
}

/** What a run with `--enforce-iam` takes to be in order, by reason. */
export function assumedText(assumed: readonly NotRead[] = []): string[] {
  return byReason(
    `taken to be in order: ${plural(assumed.length, 'thing')} that --enforce-iam would have to know (--format json lists each)`,
    assumed,
  );
}

function byReason(title: string, notRead: readonly NotRead[]): string[] {
  if (notRead.length === 0) {
    return [];
  }
  const reasons = new Map<string, NotRead[]>();
  for (const entry of notRead) {
    reasons.set(entry.reason, [...(reasons.get(entry.reason) ?? []), entry]);
  }
  const blocks = [...reasons].slice(0, MOST_REASONS).map(([reason, entries]) => {
    const things = entries.length <= FEW ? entries.map(({ path, type }) => `${path} (${type})`) : typeLines(entries);
    return indent([reason, indent(things.join('\n'))].join('\n'));
  });
  const more = reasons.size - MOST_REASONS;
  return [[title, ...blocks, ...(more > 0 ? [`  and ${plural(more, 'reason')} more`] : [])].join('\n')];
}

/** `AWS::EC2::Subnet 4, AWS::EC2::VPC 1`, in lines of a readable length. */
function typeLines(entries: readonly NotRead[]): string[] {
  const counts = new Map<string, number>();
  for (const { type } of entries) {
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const words = [...counts].map(([type, count]) => `${type} ${grouped(count)}`);
  return words.reduce<string[]>((lines, word) => {
    const line = lines.at(-1);
    return line !== undefined && line.length + word.length < LINE_LENGTH
      ? [...lines.slice(0, -1), `${line}, ${word}`]
      : [...lines.slice(0, -1), ...(line === undefined ? [] : [`${line},`]), word];
  }, []);
}
