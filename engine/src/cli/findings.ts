/**
 * What the rules find in an estate, what its author accepts of it, and what that means for the exit code.
 *
 * Pure: declarations and the text of a waivers file in, findings out.
 * Source   design.md section 2: `--fail-on`, waivers.
 */
import {
  ComplianceStandard,
  Estate,
  EstateRules,
  Finding,
  PlainValues,
  Severity,
  Waiver,
  Waivers,
} from '@holdfast/model';
import { FileSource, IngestRefusal } from '../ingest/artifact';
import { readDocument } from '../ingest/document';
import { shortfalls } from '../report/evidence/evidence';

/** The gravest first. */
export const SEVERITIES: readonly Severity[] = [Severity.ERROR, Severity.WARNING, Severity.NOTE];

const WAIVER_KEYS = ['rule', 'path', 'reason', 'expires'];

/**
 * Every rule over every declaration, waivers laid over.
 *
 * @param weigh weighs the findings before the waivers are laid over
 * @param standards what the declarations are held against beside the rules
 */
export function findingsOf(
  estate: Estate,
  waivers: readonly Waiver[],
  today: string,
  weigh: (findings: readonly Finding[]) => readonly Finding[] = (findings) => findings,
  standards: readonly ComplianceStandard[] = [],
): Finding[] {
  const found = [...weigh(EstateRules.check(estate, new PlainValues())), ...shortfalls(standards, estate)];
  return Waivers.apply(found, [...waivers], today);
}

/** Whether a finding that nobody waived is at `failOn` or graver. */
export function fails(findings: readonly Finding[], failOn: Severity): boolean {
  const grave = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  return findings.some((finding) => finding.waived === undefined && grave.includes(finding.severity));
}

/** The waivers of a file: a list of them, or a map whose `waivers` is that list. */
export function readWaivers(file: string, files: FileSource): Waiver[] {
  const kind = files.kindOf(file);
  if (kind !== 'file') {
    throw new IngestRefusal(file, '', kind === undefined ? 'does not exist' : 'is a directory, not a file');
  }
  const content = readDocument(file, files, 'plain');
  const list = Array.isArray(content) ? content : (content as { waivers?: unknown } | null)?.waivers;
  if (!Array.isArray(list)) {
    throw new IngestRefusal(file, '', 'must be a list of waivers, each with rule, path and reason');
  }
  return list.map((entry: unknown, index) => waiverOf(file, `waivers[${index}]`, entry));
}

function waiverOf(file: string, place: string, entry: unknown): Waiver {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    throw new IngestRefusal(file, place, 'must be a map with rule, path and reason');
  }
  const fields = entry as Record<string, unknown>;
  for (const key of Object.keys(fields).filter((name) => !WAIVER_KEYS.includes(name))) {
    throw new IngestRefusal(file, `${place}.${key}`, `is not a field of a waiver; ${WAIVER_KEYS.join(', ')} are`);
  }
  const text = (key: string): string => {
    const given = fields[key];
    if (typeof given !== 'string' || given.trim() === '') {
      throw new IngestRefusal(file, `${place}.${key}`, `must be text, got ${JSON.stringify(given) ?? 'nothing'}`);
    }
    return given;
  };
  const waiver = { rule: text('rule'), path: text('path'), reason: text('reason') };
  if (fields.expires === undefined) {
    return waiver;
  }
  const expires = text('expires');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(expires) || Number.isNaN(Date.parse(expires))) {
    throw new IngestRefusal(file, `${place}.expires`, `must be a day as YYYY-MM-DD, got ${expires}`);
  }
  return { ...waiver, expires };
}
