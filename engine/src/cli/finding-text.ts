/**
 * Findings and what was not read, as text.
 *
 * Pure: data in, lines out.
 */
import { Effect, Finding, Severity } from '@holdfast/model';
import type { NotRead } from '../ingest/artifact';
import { SEVERITIES } from './findings';
import { grouped, indent, plural, table } from './tables';

const EFFECTS: Readonly<Record<Effect, string>> = {
  [Effect.REFUSED_BY_AWS]: 'AWS refuses the deploy',
  [Effect.FAILS_AT_RUN]: 'deploys, then jobs fail or do not run',
  [Effect.ADVICE]: 'works, perhaps not as meant',
};

/** More kinds of what was not read than this are counted, not listed. */
const MOST_KINDS = 20;

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
  return group.length === 0 ? [] : [[title, ...group.map(findingText)].join('\n')];
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

/** What was not read, one row for each type and reason. */
export function notReadText(notRead: readonly NotRead[]): string[] {
  if (notRead.length === 0) {
    return [];
  }
  const kinds = new Map<string, NotRead[]>();
  for (const entry of notRead) {
    const key = `${entry.type}\u0000${entry.reason}`;
    kinds.set(key, [...(kinds.get(key) ?? []), entry]);
  }
  const rows = [...kinds.values()].map((entries) => {
    const [first] = entries as [NotRead];
    return [first.type, grouped(entries.length), entries.length === 1 ? first.path : `${first.path}, …`, first.reason];
  });
  const shown = table(['type', 'count', 'where', 'why'], rows.slice(0, MOST_KINDS), ['left', 'right']);
  const more = rows.length - MOST_KINDS;
  return [
    [
      `not read: ${plural(notRead.length, 'thing')} that the engine does not model`,
      shown,
      ...(more > 0 ? [`  and ${plural(more, 'kind')} more; --format json lists all`] : []),
    ].join('\n'),
  ];
}
