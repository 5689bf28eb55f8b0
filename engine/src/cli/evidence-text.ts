/**
 * How declarations and a run stand to standards, as text.
 *
 * Pure: data in, lines out.
 */
import type { DeclaredRequirement, DeclaredStandard, Evidence, OutsideClause } from '../report/evidence/evidence';
import { grouped, indent, table } from './tables';

/** Of one requirement, more places that fall short are counted, not listed. */
const MOST_PLACES = 5;

/** A table for each standard: what each clause asks, and whether declarations hold it. */
export function declaredText(standards: readonly DeclaredStandard[]): string[] {
  return standards.map(({ id, title, requirements, outside }) =>
    [
      `${title} (${id}): aligned with it, never certified by it`,
      table(
        ['clause', 'asks for', 'declared'],
        requirements.map((row) => [row.clause, askText(row), declaredWord(row)]),
      ),
      ...outsideText('not shown by declarations', outside),
    ].join('\n'),
  );
}

/** A table for each standard: what each clause asks, what declarations and the run say, and what falls short in the run. */
export function evidenceText(standards: readonly Evidence[]): string[] {
  return standards.map(({ id, title, requirements, outside }) =>
    [
      `evidence for ${title} (${id}): aligned with it, never certified by it`,
      table(
        ['clause', 'asks for', 'declared', 'shown', 'what the run shows'],
        requirements.map((row) => [row.clause, askText(row), declaredWord(row), row.shown.verdict, row.shown.what]),
      ),
      ...requirements.flatMap(({ clause, aspect, shown }) => shortText(`${clause}, ${aspect}`, shown.findings)),
      ...outsideText('not shown by a simulation', outside),
    ].join('\n'),
  );
}

function askText({ aspect, value, recommended }: DeclaredRequirement): string {
  const asked = Array.isArray(value) ? ` (${grouped(value.length)})` : value === undefined ? '' : ` ${String(value)}`;
  return `${aspect}${asked}${recommended ? ', recommended' : ''}`;
}

function declaredWord({ held, findings }: DeclaredRequirement): string {
  const waived = findings.length > 0 && findings.every((finding) => finding.waived !== undefined);
  return held ? 'yes' : waived ? 'waived' : 'no';
}

function shortText(title: string, findings: Evidence['requirements'][number]['shown']['findings']): string[] {
  if (findings.length === 0) {
    return [];
  }
  const places = findings
    .slice(0, MOST_PLACES)
    .map(({ path, message, waived }) => `${path} ${message}${waived === undefined ? '' : ` (waived: ${waived})`}`);
  const more = findings.length - places.length;
  const rest = more > 0 ? [`and ${grouped(more)} more; --format json lists all`] : [];
  return [indent([`${title} falls short:`, indent([...places, ...rest].join('\n'))].join('\n'))];
}

function outsideText(title: string, outside: readonly OutsideClause[]): string[] {
  return outside.length === 0
    ? []
    : [indent([`${title}:`, indent(outside.map(({ clause, asks }) => `${clause}: ${asks}`).join('\n'))].join('\n'))];
}
